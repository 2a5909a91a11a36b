/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/scan.h"

#include <stdlib.h>

#include "base/clock.h"
#include "insight/scan_parts.h"

/* -- asking -- */

enum status scan_window(const struct scan *s, int32_t *from, int32_t *to)
{
	char first[DAY_TEXT], last[DAY_TEXT];

	if (!*to)
		*to = s->last_sale_day > *from ? s->last_sale_day : *from;
	if (!*from)
		*from = s->first_day < *to ? s->first_day : *to;
	if (*from <= *to)
		return ST_OK;
	day_print(*from, first);
	day_print(*to, last);
	return fail(ST_INVALID, "the window from %s to %s ends before it starts", first, last);
}

enum status scan_takings(const struct scan *s, int32_t from, int32_t to, struct takings *out)
{
	bool over = false;

	*out = (struct takings){ 0 };
	for (int32_t day = from < 0 ? 0 : from; day <= to && day <= CLOCK_LAST_DAY; day++) {
		const struct takings *t = &s->days[day];

		out->sales += t->sales;
		out->known_sales += t->known_sales;
		out->refunds += t->refunds;
		over |= __builtin_add_overflow(out->revenue, t->revenue, &out->revenue);
		over |= __builtin_add_overflow(out->known_revenue, t->known_revenue,
					       &out->known_revenue);
		over |= __builtin_add_overflow(out->refunded, t->refunded, &out->refunded);
		over |= __builtin_add_overflow(out->walk_in, t->walk_in, &out->walk_in);
	}
	return over ? takings_too_large() : ST_OK;
}

enum status scan_revenue(const struct scan *s, int32_t from, int32_t to,
			 struct revenue_parts *out)
{
	struct takings t;
	enum status st = scan_takings(s, from, to, &t);
	bool over = false;

	*out = (struct revenue_parts){ 0 };
	for (int32_t day = from < 0 ? 0 : from; day <= to && day <= CLOCK_LAST_DAY; day++)
		over |= __builtin_add_overflow(out->new, s->new_revenue[day], &out->new);
	over |= __builtin_sub_overflow(t.known_revenue, out->new, &out->returning);
	over |= __builtin_sub_overflow(t.revenue, t.known_revenue, &out->anonymous);
	return st == ST_OK && over ? takings_too_large() : st;
}

size_t scan_next_customer(const struct scan *s, size_t i)
{
	int64_t customer = visit_customer(s->visits[i]);

	while (i < s->visit_count && visit_customer(s->visits[i]) == customer)
		i++;
	return i;
}

void scan_visitors(const struct scan *s, int32_t from, int32_t to, struct visitors *out)
{
	*out = (struct visitors){ 0 };
	for (size_t k = 0; k < s->customer_count; k++) {
		size_t i = s->start[k], next = s->start[k + 1], before = i, end = next, n;

		while (before < next && visit_day(s->visits[before]) < from)
			before++;
		while (end > before && visit_day(s->visits[end - 1]) > to)
			end--;
		n = end - before;
		if (!n)
			continue;
		out->customers++;
		out->new += before == i;
		out->returning += before > i || n > 1;
		out->repeat += n > 1;
	}
}

/* -- in one go -- */

static enum status run(struct txn *txn, const struct people_set *only, struct scan *out)
{
	struct gathering g = { .only = only };
	struct heads h;

	gathering_start(&g, txn, out);
	heads_start(&h, txn);
	while (heads_next(&h))
		if (!h.undone)
			gathering_add(&g, &h);
	heads_end(&h);
	if (txn_status(txn) == ST_OK) {
		payments_sort(&g.payments);
		gathering_fold(&g, txn);
		gathering_finish(&g);
	}
	gathering_release(&g);
	return txn_status(txn);
}

enum status scan_run(struct txn *txn, struct scan *out)
{
	return run(txn, NULL, out);
}

struct asked {
	const struct people_set *only;
	struct scan *out;
};

static enum status scan_work(struct txn *txn, void *arg)
{
	const struct asked *a = arg;

	scan_release(a->out);	/* run again */
	return run(txn, a->only, a->out);
}

enum status scan_read_of(struct store *store, const struct people_set *only, struct scan *out)
{
	struct asked a = { only, out };

	*out = (struct scan){ 0 };
	return store_read(store, scan_work, &a);
}

enum status scan_read(struct store *store, struct scan *out)
{
	return scan_read_of(store, NULL, out);
}

void scan_release(struct scan *s)
{
	free(s->days);
	free(s->new_revenue);
	free(s->open);
	for (int32_t day = s->first_day; s->by_hour && day <= s->last_day; day++)
		free(s->by_hour[day]);
	free(s->by_hour);
	free(s->visits);
	free(s->start);
	scan_reading_release(s->reading);
	*s = (struct scan){ 0 };
}
