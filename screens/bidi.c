/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/bidi.h"

#include <assert.h>
#include <string.h>

#include <fribidi.h>

#include "base/text.h"
#include "screens/terminal.h"

enum { MOST = TEXT_LETTERS_MAX, ZWNJ = 0x200c, ZWJ = 0x200d, MINUS = 0x2212 };

/* A text as fribidi takes it. */
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

bool bidi_is_right(const int32_t *letters, size_t n)
{
	size_t right = 0, left = 0, figures = 0;

	for (size_t i = 0; i < n; i++) {
		FriBidiCharType type = direction(letters[i]);

		right += FRIBIDI_IS_LETTER(type) && FRIBIDI_IS_RTL(type);
		left += FRIBIDI_IS_LETTER(type) && !FRIBIDI_IS_RTL(type);
		figures += FRIBIDI_IS_NUMBER(type) != 0;
	}
	if (terminal.words_right_to_left)
		return right > left;
	return right && !left && !figures;
}

/* -- figures and signs that stay together -- */

static bool is_figure(FriBidiCharType type)
{
	return FRIBIDI_IS_NUMBER(type);
}

static bool is_left(FriBidiCharType type)
{
	return is_figure(type) || type == FRIBIDI_TYPE_LTR;
}

/* Signs that belong to what they touch. Currencies are, with the percent sign,
 * what Unicode calls a terminator of numbers. */
static bool is_sign(const struct line *l, FriBidiStrIndex i)
{
	FriBidiChar c = l->letters[i];

	return (c > ' ' && c < 0x80 && strchr("+-^@#/", (int)c)) || c == MINUS ||
	       l->types[i] == FRIBIDI_TYPE_ET;
}

/* "1,250.50", "10:30": between two figures. */
static bool is_separator(const struct line *l, FriBidiStrIndex i)
{
	return l->types[i] == FRIBIDI_TYPE_CS && i > 0 && i + 1 < l->n &&
	       is_figure(l->types[i - 1]) && is_figure(l->types[i + 1]);
}

/* The end of what is written without a gap from 'i' on. */
static FriBidiStrIndex token_end(const struct line *l, FriBidiStrIndex i, bool *left, bool *sign)
{
	for (*left = *sign = false; i < l->n; i++) {
		*left |= is_left(l->types[i]);
		*sign |= is_sign(l, i);
		if (!is_left(l->types[i]) && !is_sign(l, i) && !is_separator(l, i))
			break;
	}
	return i;
}

/* After Arabic letters figures take a direction of their own, and the signs
 * before them do not follow: "+1" would be seen as "1+". Where the words of the
 * program go left to right all figures do: a row that begins with such a name
 * goes on to its right. */
static void keep_together(struct line *l)
{
	bool left, sign;

	for (FriBidiStrIndex i = 0, end; i < l->n; i = end + 1) {
		end = token_end(l, i, &left, &sign);
		if (left && (sign || !terminal.words_right_to_left))
			for (; i < end; i++)
				l->types[i] = FRIBIDI_TYPE_LTR;
	}
}

/* The base, 'right' or not, is given: the first letter says little of a text
 * made of parts. */
static bool line_read(struct line *l, const int32_t *letters, size_t n, bool right)
{
	FriBidiBracketType brackets[MOST];

	assert(n <= MOST);
	for (size_t i = 0; i < n; i++)
		l->letters[i] = (FriBidiChar)letters[i];
	l->n = (FriBidiStrIndex)n;
	l->base = right ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
	fribidi_get_bidi_types(l->letters, l->n, l->types);
	fribidi_get_bracket_types(l->letters, l->n, l->types, brackets);
	keep_together(l);
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

size_t bidi_visual(int32_t *letters, size_t n, bool right)
{
	struct line l;
	size_t kept = 0;

	if (!n || !line_read(&l, letters, n, right))
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

void bidi_words(int32_t *letters, size_t n, bool right)
{
	struct word words[MOST];
	struct line l;
	size_t count, kept = 0;
	int deepest = 0;

	if (!n || !line_read(&l, letters, n, right))
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
