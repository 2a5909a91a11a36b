/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_TEXT_SOUNDS_H
#define BASE_TEXT_SOUNDS_H

#include <stdbool.h>
#include <stddef.h>

/* What a romanised word sounds like, and how far two words are apart.
 *
 * Sounds are a byte each. Consonants are small letters, vowels the capitals A,
 * E, I and U; a vowel at the start is 'a', and 'first' says which. H is an h
 * between vowels. Four more capitals are spellings with two readings, one for
 * each kind of skeleton: G what gyan, gnan, jnan and dnyan begin with, C the c
 * of carlos and caturvedi, R the rh of burhan and lorha (lodha), Z the zh of
 * azhar and pazhani (palani). */
enum { SOUNDS_MAX = 64 };

struct sounds {
	char at[SOUNDS_MAX];
	size_t n;
	char first;			/* the vowel at the start, 0 for none */
	bool vowels_left_out;		/* its script does not write short ones */
	bool consonants_mixed;		/* its script or its readers mix d and t */
};

/* 'written' is the word in its own script. */
struct sounds sounds_of(const char *latin, const char *written);

/* Two of the same in a row are one; 0 is none. */
void sounds_add(struct sounds *s, char sound);

bool sound_is_vowel(char sound);
/* What it is in a skeleton of either kind; 0 for nothing. */
char sound_plain(char sound);
char sound_loose(char sound);

/* What it costs to make 'b' of 'a' by leaving out, adding and replacing sounds:
 * nothing to 2 where the spellings of a name differ, 1 for an a more or an e
 * for an a, 2 for most other vowels and for consonants that are alike in a
 * loose skeleton, SOUNDS_FAR for other consonants. With 'start' it is enough
 * that 'b' begins so. */
enum { SOUNDS_FAR = 6 };
unsigned sounds_apart(const struct sounds *a, const struct sounds *b, bool start);

#endif
