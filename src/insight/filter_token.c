/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* As keyboards, telephones and word processors write them. */
static const struct quotes {
	const char *open, *close;
} quotes[] = {
	{ "\"", "\"" }, { "'", "'" }, { "\u201c", "\u201d" }, { "\u2018", "\u2019" },
	{ "\u00ab", "\u00bb" }, { "\u201e", "\u201c" },
};

static const char signs[] = "()=!<>~,:";

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const struct quotes *opening(const char *text)
{
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (!strncmp(text, quotes[i].open, strlen(quotes[i].open)))
			return &quotes[i];
	return NULL;
}

/* What is compared and printed must be clean; the store has nothing else. */
static bool keep_text(struct token *t, const char *from, size_t len)
{
	size_t room = 3 * len + 1;	/* composing may make it longer */

	t->text = mem_alloc(room);
	return text_clean(from, len, t->text, room) == ST_OK;
}

/* Behind a \ any character is itself. */
static bool read_quoted(const char *text, const struct quotes *q, struct token *t)
{
	const char *at = text + t->at + strlen(q->open);
	struct buf inside = { 0 };
	bool whole = false;

	buf_text(&inside, "");
	while (*at && !(whole = !strncmp(at, q->close, strlen(q->close)))) {
		at += *at == '\\' && at[1];
		buf_add(&inside, at++, 1);
	}
	t->kind = TOKEN_TEXT;
	t->len = (size_t)(at - text) - t->at + (whole ? strlen(q->close) : 0);
	if (!whole)
		fail(ST_INVALID, "this quote is not closed; write %s at its end", q->close);
	else
		whole = keep_text(t, inside.at, inside.len);
	buf_release(&inside);
	return whole;
}

static void read_sign(const char *text, struct token *t)
{
	const char *at = text + t->at;

	t->kind = TOKEN_SIGN;
	t->len = 1 + (strchr("=!<>", *at) && (at[1] == '=' || (*at == '<' && at[1] == '>')));
	memcpy(t->sign, at, t->len);
	/* As in other languages. */
	if (!strcmp(t->sign, "=="))
		strcpy(t->sign, "=");
	if (!strcmp(t->sign, "<>"))
		strcpy(t->sign, "!=");
}

bool token_next(const char *text, size_t from, struct token *t)
{
	const struct quotes *q;
	size_t end;

	*t = (struct token){ .at = from };
	while (is_space(text[t->at]))
		t->at++;
	if (!text[t->at])
		return true;
	q = opening(text + t->at);
	if (q)
		return read_quoted(text, q, t);
	if (strchr(signs, text[t->at])) {
		read_sign(text, t);
		return true;
	}
	for (end = t->at; text[end] && !is_space(text[end]) && !strchr(signs, text[end]); end++)
		if (text[end] == '"')
			break;
	t->kind = TOKEN_WORD;
	t->len = end - t->at;
	return keep_text(t, text + t->at, t->len);
}
