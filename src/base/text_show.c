/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

enum {
	BYTES_MAX = 4 * TEXT_LETTERS_MAX,
	APART_MAX = 2 * BYTES_MAX,	/* at most three letters come of two bytes, four of three */
	ZWNJ = 0x200c, ZWJ = 0x200d,
	GRAPHEME_JOINER = 0x34f,	/* joins nothing, and cannot be seen */
	FIRST_JOINED_SCRIPT = 0x600,	/* Arabic; no script before it needs joiners */
	NUKTA = 0x3c, BLOCK = 0x80, INDIC_FIRST = 0x900, INDIC_END = 0xb80
};

/* A letter and its dot below. NFC takes these apart; a terminal that counts
 * its own way (Konsole) then loses a column when a vowel sign follows. */
static const struct dotted {
	int32_t letter, with_dot;
} dotted[] = {
	/* Devanagari */
	{ 0x915, 0x958 }, { 0x916, 0x959 }, { 0x917, 0x95a }, { 0x91c, 0x95b },
	{ 0x921, 0x95c }, { 0x922, 0x95d }, { 0x92b, 0x95e }, { 0x92f, 0x95f },
	/* Bengali */
	{ 0x9a1, 0x9dc }, { 0x9a2, 0x9dd }, { 0x9af, 0x9df },
	/* Gurmukhi */
	{ 0xa16, 0xa59 }, { 0xa17, 0xa5a }, { 0xa1c, 0xa5b }, { 0xa2b, 0xa5e },
	{ 0xa32, 0xa33 }, { 0xa38, 0xa36 },
	/* Oriya */
	{ 0xb21, 0xb5c }, { 0xb22, 0xb5d },
};

/* 0: has none. */
static int32_t with_dot(int32_t letter)
{
	for (size_t i = 0; i < sizeof(dotted) / sizeof(*dotted); i++)
		if (dotted[i].letter == letter)
			return dotted[i].with_dot;
	return 0;
}

static bool is_dot_below(int32_t c)
{
	return c >= INDIC_FIRST && c < INDIC_END && c % BLOCK == NUKTA;
}

/* Chooses how the character before it looks. */
static bool is_selector(int32_t c)
{
	return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) ||
	       (c >= 0x180b && c <= 0x180f && c != 0x180e);
}

static bool is_skin_tone(int32_t c)
{
	return c >= 0x1f3fb && c <= 0x1f3ff;
}

static bool takes_joiner(int32_t c)
{
	utf8proc_category_t g = utf8proc_category(c);

	return c >= FIRST_JOINED_SCRIPT &&
	       g >= UTF8PROC_CATEGORY_LU && g <= UTF8PROC_CATEGORY_ME;
}

/* Adds a letter to 'n' others; gives how many there are now. */
static size_t add_letter(int32_t *out, size_t n, int32_t c)
{
	int32_t before = n ? out[n - 1] : 0;

	if (is_selector(c) || is_skin_tone(c) || c == GRAPHEME_JOINER)
		return n;
	if ((c == ZWJ || c == ZWNJ) && !takes_joiner(before))
		return n;
	if (is_dot_below(c) && with_dot(before)) {
		out[n - 1] = with_dot(before);
		return n;
	}
	out[n] = c;
	return n + 1;
}

/* NFC of valid UTF-8 without control characters. */
static size_t compose(const char *text, int32_t letters[APART_MAX])
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_ssize_t n;

	n = utf8proc_decompose((const utf8proc_uint8_t *)text,
			       (utf8proc_ssize_t)strlen(text), letters, APART_MAX, how);
	assert(n >= 0 && n <= APART_MAX);
	return (size_t)utf8proc_normalize_utf32(letters, n, how);
}

/* White space that is not a space, in a copy cut to 'size'. */
static void copy_spaced(const char *in, char *out, size_t size)
{
	size_t n = strnlen(in, size - 1);

	for (size_t i = 0; i < n; i++)
		out[i] = in[i] >= '\t' && in[i] <= '\r' ? ' ' : in[i];
	out[n] = '\0';
}

size_t text_letters(const char *in, int32_t out[TEXT_LETTERS_MAX])
{
	char spaced[BYTES_MAX + 1], text[BYTES_MAX + 1];
	int32_t apart[APART_MAX];
	size_t n = 0, composed;

	copy_spaced(in, spaced, sizeof(spaced));
	text_printable(spaced, text, sizeof(text));
	composed = compose(text, apart);
	for (size_t i = 0; i < composed && n < TEXT_LETTERS_MAX; i++)
		n = add_letter(out, n, apart[i]);
	return n;
}

bool text_is_spacing_mark(int32_t letter)
{
	return utf8proc_category(letter) == UTF8PROC_CATEGORY_MC;
}
