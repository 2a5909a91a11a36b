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

/* Does the first letter with a direction go right to left? Then the end of
 * the text is at the left. */
bool bidi_begins_right(const int32_t *letters, size_t n);

/* Left to right as seen, Arabic letters in their joined forms, marks after
 * their letter; gives how many letters there are then: lam and alef make one,
 * joiners have done their work. */
size_t bidi_visual(int32_t *letters, size_t n);

/* Only the order of words: each is left as it was written. */
void bidi_words(int32_t *letters, size_t n);

#endif
