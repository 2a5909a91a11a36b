/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lines.h"

#include <string.h>

static void drop_given(struct lines *l)
{
	if (!l->from)
		return;
	memmove(l->text.at, l->text.at + l->from, l->text.len - l->from);
	l->text.len -= l->from;
	l->from = 0;
}

void lines_add(struct lines *l, const char *bytes, size_t len)
{
	drop_given(l);
	buf_add(&l->text, bytes, len);
}

/* Of a line that is too long nothing is kept but that it was. */
static enum line_kind wait_for_more(struct lines *l)
{
	if (l->text.len - l->from > LINE_MOST)
		l->skipping = true;
	if (l->skipping)
		l->from = l->text.len;
	return LINE_NONE;
}

enum line_kind lines_next(struct lines *l, const char **line, size_t *len)
{
	const char *end;
	bool skipped = l->skipping;

	if (l->from == l->text.len)
		return LINE_NONE;
	*line = l->text.at + l->from;
	end = memchr(*line, '\n', l->text.len - l->from);
	if (!end)
		return wait_for_more(l);
	*len = (size_t)(end - *line);
	l->from += *len + 1;
	l->skipping = false;
	return skipped || *len > LINE_MOST ? LINE_TOO_LONG : LINE_WHOLE;
}

bool lines_unended(const struct lines *l)
{
	return l->skipping || l->from < l->text.len;
}

void lines_release(struct lines *l)
{
	buf_release(&l->text);
	*l = (struct lines){ .from = 0 };
}
