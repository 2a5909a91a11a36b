/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The names that a filter may use are read in one transaction with it. */

struct parsing {
	struct shop *shop;
	const char *text;
	struct filter *filter;
	struct filter_mistake *mistake;
};

static void names_release(struct names *n)
{
	for (size_t i = 0; i < n->n; i++)
		free(n->row[i]);
	free(n->row);
}

static enum status parse_work(struct txn *txn, void *arg)
{
	struct parsing *a = arg;
	struct parser p = { .txn = txn, .filter = a->filter, .mistake = a->mistake };
	enum status st;

	*a->filter = (struct filter){ 0 };
	settings_format(&a->shop->settings, a->shop->settings.language, false,
			&a->filter->format);
	memcpy(a->filter->country, a->shop->settings.country, sizeof(a->filter->country));
	programs_load(txn, &p.programs);
	segments_load(txn, &p.segments);
	st = filter_parse_in(&p, a->text, &a->filter->root);
	programs_release(&p.programs);
	segments_release(&p.segments);
	names_release(&p.items);
	names_release(&p.categories);
	names_release(&p.tags);
	return txn_status(txn) == ST_OK ? st : txn_status(txn);
}

enum status filter_parse(struct shop *shop, const char *text, struct filter **out,
			 struct filter_mistake *mistake)
{
	struct parsing a = { shop, text, mem_alloc(sizeof(struct filter)), mistake };
	enum status st;

	*mistake = (struct filter_mistake){ 0 };
	st = store_read(shop->store, parse_work, &a);
	*out = st == ST_OK ? a.filter : NULL;
	if (st != ST_OK)
		free(a.filter);
	return st;
}

enum status filter_run(struct shop *shop, const struct filter *f, int32_t today,
		       struct people_set *out)
{
	struct filter_search s;
	enum status st = filter_begin(shop, f, today, &s);

	while (st == ST_OK && !s.whole)
		st = filter_step(shop, &s);
	*out = s.found;
	s.found = (struct people_set){ 0 };
	filter_end(&s);
	return st;
}
