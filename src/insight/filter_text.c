/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Room for the longest field of a customer, folded. */
enum { TEXT_ROOM = 1001, FOLDED_ROOM = 6 * TEXT_ROOM };

static bool fits(const struct ready *r, const char *text, const char *want)
{
	return r->test->compare == HAS_PART ? strstr(text, want) != NULL : !strcmp(text, want);
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

/* As written, or as both are spelled in Latin letters. */
static bool compare(const struct ready *r, const char *text)
{
	char folded[FOLDED_ROOM];

	text_fold(text, folded, sizeof(folded));
	if (*r->fold ? fits(r, folded, r->fold) : !*text && r->test->compare != HAS_PART)
		return true;
	if (!*r->latin || (is_ascii(text) && is_ascii(r->test->text)))
		return false;
	text_romanise(text, folded, sizeof(folded));
	return fits(r, folded, r->latin);
}

static bool compare_bytes(const struct ready *r, struct bytes bytes)
{
	char text[TEXT_ROOM];

	if (bytes.len >= sizeof(text))
		return false;
	memcpy(text, bytes.at, bytes.len);
	text[bytes.len] = '\0';
	return compare(r, text);
}

static unsigned place(struct bytes b)
{
	const uint8_t *at = b.at;
	unsigned hash = (unsigned)b.len;

	for (size_t i = 0; i < b.len; i++)
		hash = hash * 31 + at[i];
	return hash % MEMO;
}

/* The same, but asked once for what was met before. */
static bool remembered(const struct ready *r, struct bytes b)
{
	struct memo *m;

	if (b.len > MEMO_TEXT)
		return compare_bytes(r, b);
	m = &r->memo[place(b)];
	if (m->known && m->len == b.len && !memcmp(m->text, b.at, b.len))
		return m->is;
	*m = (struct memo){ .len = (uint8_t)b.len, .known = 1, .is = compare_bytes(r, b) };
	memcpy(m->text, b.at, b.len);
	return m->is;
}

/* Phones are compared by their digits. */
static bool phone_is(const struct ready *r, struct bytes b)
{
	const char *at = b.at;
	char digits[32];
	size_t n = 0;

	for (size_t i = 0; i < b.len && n + 1 < sizeof(digits); i++)
		if (at[i] >= '0' && at[i] <= '9')
			digits[n++] = at[i];
	digits[n] = '\0';
	return *r->digits && fits(r, digits, r->digits);
}

static bool any_row(const struct ready *r, struct bytes rows)
{
	struct bytes row;

	if (!rows.len)
		return !*r->test->text;
	while (peek_row(&rows, &row)) {
		struct peek f = peek_at(row);

		if (!peek_next(&f) || f.tag != 1 || !f.has_bytes)
			continue;
		if (r->digits ? phone_is(r, f.bytes) : remembered(r, f.bytes))
			return true;
	}
	return false;
}

bool text_holds(const struct ready *r, struct person *p)
{
	struct bytes text = person_text(p, r->test->field->detail);

	if (r->test->compare == IS_THERE)
		return text.len > 0;
	if (r->test->field->what != WHAT_TEXT)
		return any_row(r, text) != r->inverse;
	return remembered(r, text) != r->inverse;
}
