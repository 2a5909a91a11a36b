/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/condition_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* -- words of a filter -- */

static const char *const quotes[][2] = {
	{ "\"", "\"" }, { "'", "'" }, { "\u201c", "\u201d" }, { "\u2018", "\u2019" },
	{ "\u00ab", "\u00bb" }, { "\u201e", "\u201c" },
};
static const char breaks[] = " \t()=!<>~,:\"";

/* Behind what is in quotes; 'at' when nothing in quotes begins there. */
static const char *behind_quotes(const char *at)
{
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		size_t open = strlen(quotes[i][0]), close = strlen(quotes[i][1]);

		if (strncmp(at, quotes[i][0], open))
			continue;
		for (at += open; *at && strncmp(at, quotes[i][1], close); at++)
			at += *at == '\\' && at[1];
		return *at ? at + close : at;
	}
	return at;
}

/* Behind the next word, sign or text in quotes. */
static const char *behind_token(const char *at)
{
	const char *end = behind_quotes(at);

	if (end == at)
		end = at + strcspn(at, breaks);
	return end == at && *at ? at + 1 : end;
}

static bool is_word(const char *at, const char *end, const char *word)
{
	return (size_t)(end - at) == strlen(word) && !strncasecmp(at, word, strlen(word));
}

/* -- parts -- */

static struct condition_part trimmed(const char *text, const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	return (struct condition_part){ (size_t)(from - text), (size_t)(to - from) };
}

static size_t add(struct condition_part *out, size_t n, struct condition_part part)
{
	if (part.len)
		out[n++] = part;
	return n;
}

/* Cuts at every "and" of the outermost level; *either: there is an "or". */
static size_t split(const char *text, struct condition_part *out, bool *either)
{
	const char *from = text, *at = text, *end;
	size_t n = 0;
	int depth = 0;

	for (*either = false; *at; at = end) {
		end = behind_token(at);
		depth += *at == '(';
		depth -= *at == ')' && depth > 0;
		*either |= !depth && is_word(at, end, "or");
		if (depth || !is_word(at, end, "and") || n + 1 == CONDITIONS_MOST)
			continue;
		n = add(out, n, trimmed(text, from, at));
		from = end;
	}
	return add(out, n, trimmed(text, from, at));
}

size_t conditions_split(const char *text, struct condition_part out[CONDITIONS_MOST])
{
	bool either;
	size_t n = split(text, out, &either);

	return either ? add(out, 0, trimmed(text, text, text + strlen(text))) : n;
}

void conditions_with(const char *text, const char *more, struct buf *out)
{
	struct condition_part parts[CONDITIONS_MOST];
	bool either;

	if (!split(text, parts, &either))
		buf_text(out, more);
	else
		buf_printf(out, either ? "(%s) and %s" : "%s and %s", text, more);
}

void conditions_without(const char *text, size_t i, struct buf *out)
{
	struct condition_part parts[CONDITIONS_MOST];
	size_t n = conditions_split(text, parts);
	const char *between = "";

	buf_text(out, "");
	for (size_t p = 0; p < n; p++) {
		if (p == i)
			continue;
		buf_printf(out, "%s%.*s", between, (int)parts[p].len, text + parts[p].at);
		between = " and ";
	}
}

/* 2026-08, 2026-08-01..2026-08-31: a year with a month. */
static bool is_date(const char *at, const char *end)
{
	size_t digits = 0;

	while (at + digits < end && isdigit((unsigned char)at[digits]))
		digits++;
	return digits == 4 && at + digits < end && at[digits] == '-';
}

bool condition_has_date(const char *text)
{
	const char *end;

	for (const char *at = text; *at; at = end) {
		end = behind_token(at);
		if (is_date(at, end))
			return true;
	}
	return false;
}

void condition_quote(const char *name, struct buf *out)
{
	buf_text(out, "\"");
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			buf_text(out, "\\");
		buf_add(out, name, 1);
	}
	buf_text(out, "\"");
}
