/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_FILTER_SHOP_H
#define TESTS_INSIGHT_FILTER_SHOP_H

/* Whom a filter chooses in a shop of a test. */

#include "insight/filter.h"
#include "shop/consent.h"
#include "shop/item.h"
#include "shop/segment.h"
#include "tests/shop/people.h"

static inline int32_t on(const char *day)
{
	int32_t out;

	MUST(day_parse(day, &out));
	return out;
}

static inline struct filter *parsed(struct fixture *f, const char *text)
{
	struct filter_mistake mistake;
	struct filter *out;

	if (filter_parse(&f->shop, text, &out, &mistake) != ST_OK)
		print_error("%s: %s\n", text, status_text());
	assert_non_null(out);
	return out;
}

/* "1 3" */
static inline void chosen(struct fixture *f, const char *text, int32_t today, struct buf *out)
{
	struct filter *filter = parsed(f, text);
	struct people_set found;

	MUST(filter_run(&f->shop, filter, today, &found));
	for (int64_t id = 0; (id = people_next(&found, id));)
		buf_printf(out, "%s%d", out->len ? " " : "", (int)id);
	people_release(&found);
	filter_free(filter);
	if (!out->at)
		buf_text(out, "");
}

/* Printed and read again it is the same text. */
static inline void assert_prints_itself(struct fixture *f, const char *text)
{
	struct filter *first = parsed(f, text), *second;
	struct buf once = { 0 }, twice = { 0 };

	filter_print(first, &once);
	second = parsed(f, once.at);
	filter_print(second, &twice);
	assert_string_equal(once.at, twice.at);
	filter_free(first);
	filter_free(second);
	buf_release(&once);
	buf_release(&twice);
}

#endif
