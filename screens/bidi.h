/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_BIDI_H
#define SCREENS_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Right-to-left letters put in the order in which they are seen, for
 * terminals that do not do it. At most TEXT_LETTERS_MAX letters. */

/* Is there anything that does not go from left to right? */
bool bidi_is_needed(const int32_t *letters, size_t n);

/* Is it read from the right, so that its end is at the left? A text of nothing
 * else is, as a name may be; a mixed one only where the words of the program
 * are (terminal.words_right_to_left) and most of its letters go right to left. */
bool bidi_is_right(const int32_t *letters, size_t n);

/* Left to right as seen, Arabic letters in their joined forms, marks after
 * their letter; gives how many letters there are then: lam and alef make one,
 * joiners have done their work. 'right' is what bidi_is_right() said of the
 * text, also when only a part of it is shown. Figures keep the sign that
 * touches them: "+1", "^E", "#12". */
size_t bidi_visual(int32_t *letters, size_t n, bool right);

/* Only the order of words: each is left as it was written. */
void bidi_words(int32_t *letters, size_t n, bool right);

#endif
