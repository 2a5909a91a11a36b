/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Tags are typed by hand, and a slip in one would choose nobody without a word. */

enum { TAGS_MOST = 1000 };

static void add_once(struct names *n, struct bytes text)
{
	char name[160], folded[160];

	if (text.len >= sizeof(name) || n->n >= TAGS_MOST)
		return;
	memcpy(name, text.at, text.len);
	name[text.len] = '\0';
	text_fold(name, folded, sizeof(folded));
	for (size_t i = 0; i < n->n; i++)
		if (!strcmp(n->row[i], folded))
			return;
	/* One more is kept for the NULL at the end. */
	n->row = mem_grow(n->row, n->n + 1, &n->cap, sizeof(*n->row));
	n->row[n->n++] = mem_text(folded);
	n->row[n->n] = NULL;
}

static void add_rows(struct names *n, struct bytes rows)
{
	struct bytes row;

	while (peek_row(&rows, &row)) {
		struct peek f = peek_at(row);

		if (peek_next(&f) && f.tag == 1 && f.has_bytes)
			add_once(n, f.bytes);
	}
}

static void read_tags(struct parser *p, unsigned tag)
{
	struct range r;

	p->tags_read = true;
	if (!p->txn)
		return;
	range_start(&r, p->txn, TABLE_CUSTOMER, NULL);
	while (range_next(&r)) {
		struct peek f = peek_at(r.value);

		while (peek_next(&f))
			if (f.tag == tag && f.has_bytes)
				add_rows(&p->tags, f.bytes);
	}
	range_end(&r);
}

/* Where there are none yet any may come; and who has none of that name can be looked
 * for, unless it is but a slip of a finger. */
bool parse_known_tag(struct parser *p, const struct filter_test *t)
{
	char folded[160];
	const char *near;

	if (!*t->text || (t->compare != IS_EQUAL && t->compare != IS_NOT_EQUAL))
		return true;
	if (!p->tags_read)
		read_tags(p, t->field->detail);
	text_fold(t->text, folded, sizeof(folded));
	for (size_t i = 0; i < p->tags.n; i++)
		if (!strcmp(p->tags.row[i], folded))
			return true;
	if (!p->tags.n)
		return true;
	near = filter_name_meant(folded, (const char *const *)p->tags.row);
	if (near)
		fail(ST_INVALID, "nobody has the tag \"%.60s\"; did you mean \"%s\"?", t->text,
		     near);
	else
		fail(ST_INVALID, "nobody has the tag \"%.60s\"", t->text);
	return !near && (p->negated || t->compare == IS_NOT_EQUAL);
}
