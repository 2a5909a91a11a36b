/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_TEXT_SCRIPTS_H
#define BASE_TEXT_SCRIPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the letters of each script are spelled in Latin: for text_romanise()
 * only. The spellings are those people use for names (patel, khachatryan),
 * not a scholar's transliteration. */

/* What Arabic writing leaves out must be guessed: the last sound written. */
enum spelled {
	SPELLED_NOTHING,	/* start of a word */
	SPELLED_VOWEL,
	SPELLED_ONSET,		/* a consonant that waits for its vowel */
	SPELLED_CODA		/* a consonant that ends a syllable */
};

/* One text on its way to Latin: folded letters, marks still in place, words
 * parted by one space; 'i' is the letter to spell next. */
struct spelling {
	const int32_t *letters;
	size_t n, i;
	enum spelled last;
	char *out;		/* ends in NUL, never past 'size' */
	size_t size, len;
};

/* The letter 'by' places away; 0 before the start and after the end. */
int32_t spelling_peek(const struct spelling *s, int by);

/* Adds ASCII text to what is written. */
void spelling_write(struct spelling *s, const char *latin);

/* Each spells the letter at 'i' and moves past what it used. False: not a
 * letter of this script, nothing was done. */
bool spell_indic(struct spelling *s);
bool spell_arabic(struct spelling *s);
bool spell_armenian(struct spelling *s);
bool spell_cyrillic(struct spelling *s);
bool spell_greek(struct spelling *s);

#endif
