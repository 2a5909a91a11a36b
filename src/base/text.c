/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "base/mem.h"

enum {
	ZWNJ = 0x200c,
	ZWJ = 0x200d,
	REPLACEMENT = 0xfffd,
	FIRST_JOINED_SCRIPT = 0x600,	/* Arabic; no script before it needs joiners */
	VIRAMA_CLASS = 9,
	WORD_MAX = 64			/* for text_distance() */
};

/* Where text goes: never past 'size' and always with its NUL. */
struct sink {
	char *at;
	size_t size, len;
	bool full;
};

static void sink_put(struct sink *s, int32_t c)
{
	utf8proc_uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char(c, bytes);

	if (s->full || n >= s->size - s->len) {
		s->full = true;
		return;
	}
	memcpy(s->at + s->len, bytes, n);
	s->len += n;
	s->at[s->len] = '\0';
}

/* Bytes of the character at 'at', or 0 when it is not UTF-8. */
static size_t decode(const char *at, size_t left, int32_t *c)
{
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)at,
					      (utf8proc_ssize_t)left, c);

	return n > 0 ? (size_t)n : 0;
}

enum kind { KIND_KEEP, KIND_SPACE, KIND_JOINER, KIND_BAD };

static enum kind kind_of(int32_t c)
{
	if (c == ZWJ || c == ZWNJ)
		return KIND_JOINER;
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return KIND_SPACE;
	case UTF8PROC_CATEGORY_CC:
		return (c >= '\t' && c <= '\r') || c == 0x85 ? KIND_SPACE : KIND_BAD;
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
		return KIND_BAD;
	default:
		return KIND_KEEP;
	}
}

/* Why a text cannot be kept, and where: a byte for FLAW_BYTES, else a
 * character, both counted from 1. */
struct flaw {
	enum { FLAW_NONE, FLAW_BYTES, FLAW_LETTER, FLAW_LONG } what;
	size_t place;
	int32_t letter;
};

/* Plain ASCII, which most text is. False: there is more than ASCII in it. */
static bool clean_ascii(const char *in, size_t len, struct sink *out,
			struct flaw *flaw)
{
	size_t n = 0;
	bool gap = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)in[i];

		if (c >= 0x80)
			return false;
		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			gap = n > 0;
			continue;
		}
		if (c < ' ' || c == 0x7f) {
			*flaw = (struct flaw){
				.what = FLAW_LETTER, .place = i + 1, .letter = c
			};
			return true;
		}
		if (n + gap + 1 >= out->size) {
			*flaw = (struct flaw){ .what = FLAW_LONG };
			return true;
		}
		if (gap)
			out->at[n++] = ' ';
		out->at[n++] = (char)c;
		gap = false;
	}
	out->at[n] = '\0';
	return true;
}

static bool is_joined_letter(int32_t c)
{
	utf8proc_category_t g = utf8proc_category(c);

	return c >= FIRST_JOINED_SCRIPT &&
	       g >= UTF8PROC_CATEGORY_LU && g <= UTF8PROC_CATEGORY_ME;
}

/* A joiner does something between two letters; older Malayalam and Bengali
 * also end a word in virama and ZWJ. Anywhere else nobody can see it. */
static bool joiner_has_use(int32_t before, int32_t joiner, int32_t after)
{
	if (!is_joined_letter(before))
		return false;
	if (is_joined_letter(after))
		return true;
	return joiner == ZWJ &&
	       utf8proc_get_property(before)->combining_class == VIRAMA_CLASS;
}

/* Leaves out what may not stay; 'out' has room for 'len' + 1 bytes. */
static struct flaw filter(const char *in, size_t len, struct sink *out)
{
	struct flaw none = { .what = FLAW_NONE };
	int32_t c, after, before = 0;
	bool gap = false;

	for (size_t i = 0, n, place = 1; i < len; i += n, place++) {
		enum kind kind;

		n = decode(in + i, len - i, &c);
		if (!n)
			return (struct flaw){ .what = FLAW_BYTES, .place = i + 1 };
		kind = kind_of(c);
		if (kind == KIND_BAD)
			return (struct flaw){
				.what = FLAW_LETTER, .place = place, .letter = c
			};
		if (kind == KIND_SPACE) {
			gap = out->len > 0;
			before = 0;
			continue;
		}
		if (kind == KIND_JOINER) {
			decode(in + i + n, len - i - n, &after);
			if (!joiner_has_use(before, c, after))
				continue;
		}
		if (gap)
			sink_put(out, ' ');
		sink_put(out, c);
		before = c;
		gap = false;
	}
	return none;
}

/* NFC of valid UTF-8. */
static struct flaw compose(const struct sink *in, struct sink *out)
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)in->at;
	utf8proc_ssize_t len = (utf8proc_ssize_t)in->len, n;
	int32_t *letters;

	n = utf8proc_decompose(bytes, len, NULL, 0, how);
	assert(n >= 0);
	letters = mem_alloc((size_t)n * sizeof(*letters));
	utf8proc_decompose(bytes, len, letters, n, how);
	n = utf8proc_normalize_utf32(letters, n, how);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		sink_put(out, letters[i]);
	free(letters);
	return (struct flaw){ .what = out->full ? FLAW_LONG : FLAW_NONE };
}

static struct flaw clean_any(const char *in, size_t len, struct sink *out)
{
	struct sink kept = { .at = mem_alloc(len + 1), .size = len + 1 };
	struct flaw flaw = filter(in, len, &kept);

	/* Composing makes a text at most three times shorter: what is far too
	 * long is not worth the work, which grows with the square of it. */
	if (!flaw.what && kept.len / 4 >= out->size)
		flaw.what = FLAW_LONG;
	if (!flaw.what)
		flaw = compose(&kept, out);
	free(kept.at);
	return flaw;
}

static struct flaw clean(const char *in, size_t len, char *out, size_t size)
{
	struct sink sink = { .at = out, .size = size };
	struct flaw flaw = { .what = FLAW_NONE };

	assert(size > 0 && in != out);
	out[0] = '\0';
	if (!clean_ascii(in, len, &sink, &flaw)) {
		out[0] = '\0';
		flaw = clean_any(in, len, &sink);
	}
	if (flaw.what)
		out[0] = '\0';
	return flaw;
}

enum status text_clean(const char *in, size_t len, char *out, size_t size)
{
	struct flaw flaw = clean(in, len, out, size);

	switch (flaw.what) {
	case FLAW_NONE:
		return ST_OK;
	case FLAW_BYTES:
		return fail(ST_INVALID, "byte %zu of the text is not UTF-8: "
			    "save it as UTF-8 and try again", flaw.place);
	case FLAW_LETTER:
		return fail(ST_INVALID, "character %zu of the text is U+%04X, "
			    "which cannot be seen or is not known: leave it out",
			    flaw.place, (unsigned)flaw.letter);
	case FLAW_LONG:
		return fail(ST_FULL, "the text is longer than %zu bytes: "
			    "shorten it", size - 1);
	}
	return ST_OK;
}

bool text_is_clean(const char *text)
{
	size_t len = strlen(text);
	char room[512], *copy;
	bool same;

	copy = len < sizeof(room) ? room : mem_alloc(len + 1);
	same = !clean(text, len, copy, len + 1).what && !strcmp(text, copy);
	if (copy != room)
		free(copy);
	return same;
}

/* What a screen may get for 'c'; 0 for nothing. */
static int32_t shown(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return REPLACEMENT;
	case UTF8PROC_CATEGORY_CF:
		return c == ZWJ || c == ZWNJ ? c : 0;
	default:
		return c;
	}
}

void text_printable(const char *in, char *out, size_t size)
{
	struct sink sink = { .at = out, .size = size };
	size_t n, left = strlen(in);

	if (!size)
		return;
	out[0] = '\0';
	for (; left && !sink.full; in += n, left -= n) {
		int32_t c;

		n = decode(in, left, &c);
		if (!n) {
			n = 1;
			c = REPLACEMENT;
		} else if (c < ' ' || c > '~') {
			c = shown(c);
		}
		if (c)
			sink_put(&sink, c);
	}
}

/* Unicode 15.1 joins consonants across a virama into one cluster; the
 * library's older rules do not. */
static bool is_conjunct(int32_t before, int32_t after)
{
	return utf8proc_get_property(before)->combining_class == VIRAMA_CLASS &&
	       utf8proc_category(after) == UTF8PROC_CATEGORY_LO;
}

bool text_may_part(int32_t before, int32_t after, int32_t *state)
{
	/* Always asked: it keeps count of flags and emoji. */
	bool part = utf8proc_grapheme_break_stateful(before, after, state);

	return part && !is_conjunct(before, after);
}

size_t text_cluster(const char *text)
{
	int32_t state = 0, before = 0, c;
	size_t at = 0;

	while (text[at]) {
		size_t n = decode(text + at, strnlen(text + at, 4), &c);

		if (!n)
			c = REPLACEMENT;
		if (at && text_may_part(before, c, &state))
			break;
		before = c;
		at += n ? n : 1;
	}
	return at;
}

size_t text_cut(const char *text, size_t max)
{
	size_t len = strnlen(text, max), at = 0, cut = 0;
	int32_t state = 0, before = 0, c;

	if (!text[len])
		return len;
	while (at <= max) {
		size_t n = decode(text + at, strnlen(text + at, 4), &c);

		if (!n)
			c = REPLACEMENT;
		if (at && text_may_part(before, c, &state))
			cut = at;
		before = c;
		at += n ? n : 1;
	}
	return cut;
}

int text_columns(const char *text)
{
	size_t n, left = strlen(text);
	int columns = 0;

	for (; left; text += n, left -= n) {
		int32_t c;
		int width;

		n = decode(text, left, &c);
		width = n ? wcwidth((wchar_t)c) : 0;
		if (width > 0)
			columns += width;
		n = n ? n : 1;
	}
	return columns;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned text_distance(const char *a, const char *b, unsigned limit)
{
	size_t an = strlen(a), bn = strlen(b);
	unsigned rows[3][WORD_MAX + 1];
	unsigned *above2 = rows[0], *above = rows[1], *row = rows[2], *spare;

	if (an > WORD_MAX || bn > WORD_MAX)
		return limit + 1;
	for (unsigned j = 0; j <= bn; j++)
		above[j] = j;
	for (unsigned i = 1; i <= an; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= bn; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1);
			row[j] = least(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], above2[j - 2] + 1);
		}
		spare = above2;
		above2 = above;
		above = row;
		row = spare;
	}
	return least(above[bn], limit + 1);
}
