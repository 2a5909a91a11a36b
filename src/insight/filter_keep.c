/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

static bool is_of_one_person(const struct filter_test *t)
{
	return filter_field_is_personal(t->field) && t->text && *t->text;
}

static const char *find(const struct filter_node *n)
{
	const char *name = NULL;

	if (n->kind == NODE_SEGMENT)
		return NULL;	/* its words stand elsewhere, and were looked at there */
	if (n->kind == NODE_TEST)
		return is_of_one_person(&n->test) ? n->test.field->word.name : NULL;
	for (n = n->first; n && !name; n = n->next)
		name = find(n);
	return name;
}

const char *filter_names_somebody(const struct filter *f)
{
	return find(f->root);
}

static enum status check(struct shop *shop, const char *text)
{
	struct filter_mistake mistake;
	struct filter *f;
	enum status st = filter_parse(shop, text, &f, &mistake);
	const char *field = st == ST_OK ? filter_names_somebody(f) : NULL;

	if (field)
		st = fail(ST_REFUSED, "a segment does not keep what \"%s\" is compared with: it "
			  "would stay in the journal when that customer is erased; give these "
			  "people a tag, and keep tag:NAME", field);
	filter_free(f);
	return st;
}

enum status filter_keep(struct shop *shop, const struct actor *by, const char *which,
			struct segment *s)
{
	enum status st = *s->filter ? check(shop, s->filter) : ST_OK;

	if (st != ST_OK)
		return st;
	return which ? segment_edit(shop, by, which, s) : segment_add(shop, by, s);
}
