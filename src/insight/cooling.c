/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cooling.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/money.h"
#include "insight/numbers.h"

enum { TIMES = 2, LEAST_VISITS = 3, SHORT = 64 };

const struct definition cooling_definitions[] = {
	{ "usual", N_("A customer's usual gap is the median of the days between their visits: half "
		      "of the gaps are shorter, half longer. It takes three visits. A visit is one "
		      "customer on one shop day.") },
	{ "cooling", N_("Overdue, or cooling, is who has been silent for more than twice their own "
			"usual gap on the day of the shop's last sale; overdue lately is who has "
			"been so for five gaps at most.") },
	{ "paid", N_("Paid is all that they ever paid, less refunds.") },
	{ "erased", N_("Who was erased is not among them.") },
	{ 0 }
};

/* One customer's visits by 'as_of', and room to sort the gaps between them. */
struct history {
	const uint64_t *visits;
	size_t n;
	int64_t *gaps, *room;
};

static void sort_few(int64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int64_t x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

static double usual_gap(const struct history *h)
{
	size_t n = h->n - 1;

	for (size_t i = 0; i < n; i++)
		h->gaps[i] = visit_day(h->visits[i + 1]) - visit_day(h->visits[i]);
	if (n < SHORT)
		sort_few(h->gaps, n);
	else
		numbers_sort(h->gaps, n, h->room);
	return numbers_quantile(h->gaps, n, 1, 2);
}

static bool is_cooling(const struct cooling_options *o, const struct cooling_row *row)
{
	return row->silence > o->gap_times * row->usual &&
	       (!o->gap_most || row->silence <= o->gap_most * row->usual);
}

static bool add_row(struct cooling *c, size_t *cap, const struct cooling_row *row)
{
	c->row = mem_grow(c->row, c->n, cap, sizeof(*c->row));
	c->row[c->n++] = *row;
	return sum_checked(c->paid, row->paid, &c->paid);
}

static bool sum_paid(const struct scan *s, size_t first, size_t n, int64_t *sum)
{
	*sum = 0;
	for (size_t i = first; i < first + n; i++)
		if (!sum_checked(*sum, s->paid[i], sum))
			return false;
	return true;
}

static int richer_first(const void *a, const void *b)
{
	const struct cooling_row *x = a, *y = b;

	if (x->paid != y->paid)
		return x->paid < y->paid ? 1 : -1;
	return x->customer > y->customer ? 1 : -1;
}

/* How many of a customer's visits, from place 'i' to 'end', are by that day. */
static size_t visits_by(const struct scan *s, size_t i, size_t end, int32_t as_of)
{
	while (end > i && visit_day(s->visits[end - 1]) > as_of)
		end--;
	return end - i;
}

static enum status find_rows(const struct scan *s, struct cooling *c, struct history *h)
{
	size_t cap = 0, next;

	for (size_t i = 0; i < s->visit_count; i = next) {
		struct cooling_row row = { .customer = visit_customer(s->visits[i]) };

		next = scan_next_customer(s, i);
		if (c->used.except && people_has(c->used.except, row.customer))
			continue;
		h->visits = s->visits + i;
		h->n = visits_by(s, i, next, c->used.as_of);
		if (h->n < LEAST_VISITS)
			continue;
		c->whole++;
		row.last_day = visit_day(h->visits[h->n - 1]);
		row.silence = c->used.as_of - row.last_day;
		row.visits = (int64_t)h->n;
		row.usual = usual_gap(h);
		if (is_cooling(&c->used, &row) &&
		    (!sum_paid(s, i, h->n, &row.paid) || !add_row(c, &cap, &row)))
			return takings_too_large();
	}
	return ST_OK;
}

enum status cooling_of(const struct scan *s, const struct cooling_options *options,
		       struct cooling *out)
{
	struct history h = { .gaps = NULL };
	enum status st;

	*out = (struct cooling){ .used = *options };
	if (options->gap_times < 0 || options->gap_most < 0 || options->as_of < 0)
		return fail(ST_INVALID, "gaps and days are counted from 0");
	if (!out->used.as_of)
		out->used.as_of = s->last_sale_day;
	if (!out->used.gap_times)
		out->used.gap_times = TIMES;
	h.gaps = mem_alloc((s->visit_count + 1) * sizeof(*h.gaps));
	h.room = mem_alloc((s->visit_count + 1) * sizeof(*h.room));
	st = find_rows(s, out, &h);
	free(h.gaps);
	free(h.room);
	if (out->n)
		qsort(out->row, out->n, sizeof(*out->row), richer_first);
	return st;
}

void cooling_release(struct cooling *c)
{
	free(c->row);
	*c = (struct cooling){ .n = 0 };
}

void cooling_months(const struct scan *s, const struct months *months, int quiet_days,
		    int64_t *out)
{
	size_t next, n;

	for (size_t i = 0; i < months->n; i++)
		out[i] = 0;
	for (size_t i = 0; i < s->visit_count; i = next) {
		next = scan_next_customer(s, i);
		n = visits_by(s, i, next, months->used.to);
		for (size_t m = 0; n && m < months->n; m++) {
			int32_t silent = visit_day(s->visits[i + n - 1]) + quiet_days;

			out[m] += silent >= months->row[m].from && silent <= months->row[m].to;
		}
	}
}
