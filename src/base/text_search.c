/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text_scripts.h"

/* Fold and romanise read the same letters; romanise needs the marks that fold
 * leaves out. The third step, the skeleton, is text_skeleton.c. */

enum {
	NUKTA_OFFSET = 0x3c, BLOCK = 0x80,
	INDIC_FIRST = 0x900, INDIC_END = 0xd80,
	MARKS_KEPT_END = 0x1ab0,	/* from INDIC_FIRST on, marks are vowels */
	CANDRABINDU_OFFSET = 0x01, ANUSVARA_OFFSET = 0x02,
	ALEF = 0x627, WAW = 0x648, NOON = 0x646, KAF = 0x6a9, HEH = 0x6c1, YEH = 0x6cc,
	HAMZA_ABOVE = 0x654, SMALL_ALEF = 0x670
};

static bool is_indic(int32_t c)
{
	return c >= INDIC_FIRST && c < INDIC_END;
}

static bool is_nukta(int32_t c)
{
	return is_indic(c) && c % BLOCK == NUKTA_OFFSET;
}

/* What ASCII folds to: ' ' for what parts words, 0 for an apostrophe. */
static int32_t fold_ascii(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 'a' - 'A';
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	switch (c) {
	case '\'': case '`':
		return 0;
	case '$': case '+': case '<': case '=': case '>': case '^': case '|': case '~':
		return c;
	}
	return ' ';
}

/* One letter for those that people type for one another; 0: leave it out. */
static int32_t alike(int32_t c)
{
	switch (c) {
	case 0x649: case 0x64a: case 0x6cd: case 0x6d0: case 0x6d2:
		return YEH;
	case 0x643: case 0x6aa:
		return KAF;
	case 0x629: case 0x647: case 0x6c3: case 0x6d5:
		return HEH;
	case 0x671:
		return ALEF;
	case 0x6ba:
		return NOON;
	case 0x131:
		return 'i';
	case 0xf8:
		return 'o';
	case 0x142:
		return 'l';
	case 0x111: case 0xf0:
		return 'd';
	case 0x621: case 0x640:			/* lone hamza, tatweel */
	case 0x2bb: case 0x2bc: case 0x2018: case 0x2019: case 0x5f3:
	case 0x55a: case 0x55b: case 0x55c: case 0x55e:	/* over Armenian vowels */
		return 0;
	}
	return c;
}

static const struct pair {
	int32_t letter, as[2];
} pairs[] = {
	{ .letter = 0xe6, .as = { 'a', 'e' } },
	{ .letter = 0x153, .as = { 'o', 'e' } },
	{ .letter = 0xfe, .as = { 't', 'h' } },
	/* consonants that carry no vowel: Bengali's, Malayalam's */
	{ .letter = 0x9ce, .as = { 0x9a4, 0x9cd } },
	{ .letter = 0xd7a, .as = { 0xd23, 0xd4d } },
	{ .letter = 0xd7b, .as = { 0xd28, 0xd4d } },
	{ .letter = 0xd7c, .as = { 0xd30, 0xd4d } },
	{ .letter = 0xd7d, .as = { 0xd32, 0xd4d } },
	{ .letter = 0xd7e, .as = { 0xd33, 0xd4d } },
	{ .letter = 0xd7f, .as = { 0xd15, 0xd4d } },
};

/* A digit of any script as 0-9: Unicode keeps the ten in a row. */
static int32_t ascii_digit(int32_t c)
{
	int32_t zero = c;

	while (zero > c - 9 && utf8proc_category(zero - 1) == UTF8PROC_CATEGORY_ND)
		zero--;
	return '0' + (c - zero);
}

static int32_t fold_letter(int32_t c)
{
	if (c < 0x80)
		return fold_ascii((char)c);
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ND:
		return ascii_digit(c);
	case UTF8PROC_CATEGORY_PC: case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS: case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI: case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO: case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL: case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
		return alike(c) ? ' ' : 0;
	default:
		return alike(c);
	}
}

enum { QUEUE_MAX = 32 };	/* NFKD makes at most 18 of one */

/* The letters of a text, one by one: NFKD, case folded, alike ones made one,
 * without what is invisible or not UTF-8, a space for what parts words. */
struct reader {
	const char *at;
	int32_t queue[QUEUE_MAX];
	int count, next;
};

static void reader_decompose(struct reader *r, int32_t c)
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
				      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	int boundclass = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, r->queue, QUEUE_MAX,
						     how, &boundclass);

	r->count = n > 0 && n <= QUEUE_MAX ? (int)n : 0;
	/* Of the Indic letters only those with a dot come apart. */
	if (is_indic(c) && r->count > 1 && !is_nukta(r->queue[1])) {
		r->queue[0] = c;
		r->count = 1;
	}
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (r->count == 1 && pairs[i].letter == r->queue[0]) {
			memcpy(r->queue, pairs[i].as, sizeof(pairs[i].as));
			r->count = 2;
		}
}

static void reader_fill(struct reader *r)
{
	int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)r->at,
					      -1, &c);

	r->next = r->count = 0;
	r->at += n > 0 ? n : 1;
	if (n > 0)
		reader_decompose(r, c);
}

/* 0 at the end. */
static int32_t reader_next(struct reader *r)
{
	int32_t c = 0;

	while (!c) {
		if (r->next < r->count)
			c = fold_letter(r->queue[r->next++]);
		else if (!*r->at)
			return 0;
		else if (!(*r->at & 0x80))
			c = fold_ascii(*r->at++);
		else
			reader_fill(r);
	}
	return c;
}

/* Accents and short vowels; not the vowel signs of Indic and other scripts
 * that cannot do without them. */
static bool is_accent(int32_t c)
{
	utf8proc_category_t g;

	if (c < 0x300 || (c >= INDIC_FIRST && c < MARKS_KEPT_END))
		return false;
	g = utf8proc_category(c);
	return g == UTF8PROC_CATEGORY_MN || g == UTF8PROC_CATEGORY_ME;
}

/* Words parted by one space; the space waits for the word after it. */
struct words {
	char *at;
	size_t size, len;
	bool gap, full;
};

static void words_add(struct words *w, int32_t c)
{
	utf8proc_uint8_t bytes[4] = { (utf8proc_uint8_t)c };
	size_t gap = w->gap && w->len, n = 1;

	if (c == ' ') {
		w->gap = true;
		return;
	}
	if (c >= 0x80)
		n = (size_t)utf8proc_encode_char(c, bytes);
	w->full = w->full || gap + n >= w->size - w->len;
	if (w->full)
		return;
	if (gap)
		w->at[w->len++] = ' ';
	memcpy(w->at + w->len, bytes, n);
	w->len += n;
	w->at[w->len] = '\0';
	w->gap = false;
}

void text_fold(const char *in, char *out, size_t size)
{
	struct reader reader = { .at = in };
	struct words words = { .at = out, .size = size };
	int32_t c;

	if (!size)
		return;
	out[0] = '\0';
	while (!words.full && (c = reader_next(&reader))) {
		if (is_accent(c) || is_nukta(c))
			continue;
		if (is_indic(c) && c % BLOCK == CANDRABINDU_OFFSET)
			c += ANUSVARA_OFFSET - CANDRABINDU_OFFSET;
		words_add(&words, c);
	}
}

/* Marks that change no spelling in Arabic: all but the hamza that makes a
 * vowel of waw, and the small alef. */
static bool is_arabic_mark(int32_t c, int32_t before)
{
	return c >= 0x610 && c < 0x6ee && is_accent(c) && c != SMALL_ALEF &&
	       !(c == HAMZA_ABOVE && before == WAW);
}

/* The letters of 'in' with the marks that spelling needs, as an array the
 * caller frees. */
static int32_t *read_letters(const char *in, size_t *n)
{
	struct reader reader = { .at = in };
	int32_t *letters = NULL, c, before = ' ';
	size_t cap = 0;

	for (*n = 0; (c = reader_next(&reader)); before = c) {
		if (is_arabic_mark(c, before) || (c == ' ' && before == ' '))
			continue;
		letters = mem_grow(letters, *n, &cap, sizeof(*letters));
		letters[(*n)++] = c;
	}
	return letters;
}

/* A letter of no script that has a table stays as it is. */
static void keep_letter(struct spelling *s, int32_t c)
{
	char bytes[5] = { 0 };
	size_t n = (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)bytes);

	if (s->len + n >= s->size)
		s->size = s->len + 1;	/* full: nothing shorter may follow */
	spelling_write(s, bytes);
}

static void romanise_next(struct spelling *s)
{
	int32_t c = spelling_peek(s, 0);

	if (spell_arabic(s) || spell_indic(s) || spell_armenian(s) ||
	    spell_cyrillic(s) || spell_greek(s))
		return;
	s->i++;
	if (c != ' ') {
		if (!is_accent(c))
			keep_letter(s, c);
		return;
	}
	s->last = SPELLED_NOTHING;
	if (s->len && s->out[s->len - 1] != ' ')
		spelling_write(s, " ");
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

void text_romanise(const char *in, char *out, size_t size)
{
	struct spelling s = { .out = out, .size = size };
	int32_t *letters;

	if (!size || is_ascii(in)) {
		text_fold(in, out, size);
		return;
	}
	out[0] = '\0';
	s.letters = letters = read_letters(in, &s.n);
	while (s.i < s.n && s.len + 1 < s.size)
		romanise_next(&s);
	free(letters);
	while (s.len && out[s.len - 1] == ' ')
		out[--s.len] = '\0';
}
