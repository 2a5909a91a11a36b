/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/bidi.h"

#include <assert.h>
#include <string.h>

#include <fribidi.h>

#include "base/text.h"

enum { MOST = TEXT_LETTERS_MAX, ZWNJ = 0x200c, ZWJ = 0x200d };

/* A text as fribidi takes it. 'base' goes right to left if the first letter
 * with a direction does. */
struct line {
	FriBidiChar letters[MOST];
	FriBidiStrIndex n;
	FriBidiCharType types[MOST];
	FriBidiLevel levels[MOST];
	FriBidiParType base;
};

static FriBidiCharType direction(int32_t letter)
{
	return fribidi_get_bidi_type((FriBidiChar)letter);
}

bool bidi_is_needed(const int32_t *letters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (FRIBIDI_IS_RTL(direction(letters[i])) ||
		    direction(letters[i]) == FRIBIDI_TYPE_AN)
			return true;
	return false;
}

bool bidi_begins_right(const int32_t *letters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (FRIBIDI_IS_LETTER(direction(letters[i])))
			return FRIBIDI_IS_RTL(direction(letters[i]));
	return false;
}

static bool line_read(struct line *l, const int32_t *letters, size_t n)
{
	FriBidiBracketType brackets[MOST];

	assert(n <= MOST);
	for (size_t i = 0; i < n; i++)
		l->letters[i] = (FriBidiChar)letters[i];
	l->n = (FriBidiStrIndex)n;
	l->base = FRIBIDI_PAR_WLTR;
	fribidi_get_bidi_types(l->letters, l->n, l->types);
	fribidi_get_bracket_types(l->letters, l->n, l->types, brackets);
	return fribidi_get_par_embedding_levels_ex(l->types, brackets, l->n,
						   &l->base, l->levels) != 0;
}

static void line_join(struct line *l)
{
	FriBidiJoiningType joins[MOST];

	fribidi_get_joining_types(l->letters, l->n, joins);
	fribidi_join_arabic(l->types, l->n, l->levels, joins);
	fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, l->levels, l->n,
		      joins, l->letters);
}

static bool is_used_up(FriBidiChar c)
{
	return c == FRIBIDI_CHAR_FILL || c == ZWJ || c == ZWNJ;
}

size_t bidi_visual(int32_t *letters, size_t n)
{
	struct line l;
	size_t kept = 0;

	if (!n || !line_read(&l, letters, n))
		return n;
	line_join(&l);
	if (!fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, l.types, l.n, 0, l.base,
				  l.levels, l.letters, NULL))
		return n;
	for (size_t i = 0; i < n; i++)
		if (!is_used_up(l.letters[i]))
			letters[kept++] = (int32_t)l.letters[i];
	return kept;
}

/* A word, or the space between two. */
struct word {
	size_t at, n;
	int level;
};

static size_t words_read(const struct line *l, struct word words[MOST])
{
	size_t count = 0;

	for (size_t i = 0; i < (size_t)l->n; i++) {
		bool space = l->letters[i] == ' ';

		if (!i || space != (l->letters[i - 1] == ' '))
			words[count++] = (struct word){ .at = i, .level = l->levels[i] };
		words[count - 1].n++;
	}
	return count;
}

static void words_reverse(struct word *words, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct word other = words[i];

		words[i] = words[n - 1 - i];
		words[n - 1 - i] = other;
	}
}

/* Rule L2 of Unicode's algorithm, with words for letters: whatever lies at
 * this level or deeper is turned around. */
static void words_turn(struct word *words, size_t n, int level)
{
	size_t from = 0;

	for (size_t i = 0; i <= n; i++)
		if (i == n || words[i].level < level) {
			words_reverse(words + from, i - from);
			from = i + 1;
		}
}

void bidi_words(int32_t *letters, size_t n)
{
	struct word words[MOST];
	struct line l;
	size_t count, kept = 0;
	int deepest = 0;

	if (!n || !line_read(&l, letters, n))
		return;
	count = words_read(&l, words);
	for (size_t i = 0; i < count; i++)
		if (words[i].level > deepest)
			deepest = words[i].level;
	for (int level = deepest; level > 0; level--)
		words_turn(words, count, level);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < words[i].n; k++)
			letters[kept++] = (int32_t)l.letters[words[i].at + k];
}
