/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text_sounds.h"

/* The prices of edits were found with lists of names in twelve scripts; see
 * tests/shop/search_names.c. */
enum { SLIGHT = 1, PLAIN = 2 };

static char sound_at(const struct sounds *s, size_t i)
{
	return !i && s->first ? s->first : s->at[i];
}

/* E is between A and I: rehman is rahman, devi is divi. */
static unsigned replace_vowel(char a, char b)
{
	if (a != 'E' && b != 'E')
		return PLAIN;
	if (a == 'I' || b == 'I')
		return 0;
	return a == 'A' || b == 'A' ? SLIGHT : PLAIN;
}

/* Where a script leaves vowels out, romanising has put an a. */
static unsigned replace(const struct sounds *x, size_t i, const struct sounds *y, size_t j)
{
	char a = sound_at(x, i), b = sound_at(y, j);

	if (a == b)
		return 0;
	if (sound_is_vowel(a) && sound_is_vowel(b)) {
		if ((x->vowels_left_out && a == 'A') || (y->vowels_left_out && b == 'A'))
			return 0;
		return replace_vowel(a, b);
	}
	if (sound_plain(a) == sound_plain(b))
		return 0;
	if (sound_loose(a) != sound_loose(b))
		return SOUNDS_FAR;
	return x->consonants_mixed || y->consonants_mixed ? SLIGHT : PLAIN;
}

static bool same_kind(char a, char b)
{
	return sound_loose(a) == sound_loose(b);
}

static bool both_vowels(char a, char b)
{
	return sound_is_vowel(a) && sound_is_vowel(b);
}

static bool is_beside(const struct sounds *s, size_t i, bool (*such)(char, char))
{
	return (i && such(s->at[i - 1], s->at[i])) ||
	       (i + 1 < s->n && such(s->at[i + 1], s->at[i]));
}

/* Kaur is kour, mueller muller; the last vowel is often not written (ghose). */
static unsigned leave_out_vowel(const struct sounds *s, size_t i, const struct sounds *other)
{
	bool beside = is_beside(s, i, both_vowels);

	if (sound_at(s, i) == 'A')
		return beside || s->vowels_left_out || other->vowels_left_out ? 0 : SLIGHT;
	return beside || other->vowels_left_out || i + 1 == s->n ? SLIGHT : PLAIN;
}

static unsigned leave_out(const struct sounds *s, size_t i, const struct sounds *other)
{
	char c = sound_at(s, i);

	if (sound_is_vowel(c))
		return leave_out_vowel(s, i, other);
	if (c == 'H')
		return 0;
	if (c == 'h')
		return PLAIN;		/* harutyunyan, arutyunyan */
	return is_beside(s, i, same_kind) ? SLIGHT : SOUNDS_FAR;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The usual edit distance, row by row. */
unsigned sounds_apart(const struct sounds *a, const struct sounds *b, bool start)
{
	unsigned row[SOUNDS_MAX + 1], best;	/* what is done of a, as each start of b */

	row[0] = 0;
	for (size_t j = 0; j < b->n; j++)
		row[j + 1] = row[j] + leave_out(b, j, a);
	for (size_t i = 0; i < a->n; i++) {
		unsigned corner = row[0], out = leave_out(a, i, b);

		row[0] += out;
		for (size_t j = 0; j < b->n; j++) {
			unsigned edit = least(corner + replace(a, i, b, j), row[j + 1] + out);

			corner = row[j + 1];
			row[j + 1] = least(edit, row[j] + leave_out(b, j, a));
		}
	}
	best = row[b->n];
	for (size_t j = 0; start && j < b->n; j++)
		best = least(best, row[j]);
	return best;
}
