/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv_check.h"

#include <math.h>
#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"

/* -- week by week -- */

/* How many came for the first time on each day, and how many came again, both
 * counted from the first visit of all. */
struct days {
	int32_t first, n;
	int64_t *born, *came;
};

static void count_days(struct days *d, const struct clv *c, const struct scan *s)
{
	size_t next;

	d->born = mem_alloc((size_t)d->n * sizeof(*d->born));
	d->came = mem_alloc((size_t)d->n * sizeof(*d->came));
	for (size_t i = 0; i < s->visit_count; i = next) {
		next = scan_next_customer(s, i);
		if (visit_day(s->visits[i]) > c->used.as_of)
			continue;
		d->born[visit_day(s->visits[i]) - d->first]++;
		for (size_t k = i + 1; k < next; k++)
			d->came[visit_day(s->visits[k]) - d->first]++;
	}
}

/* E[X(t)] for each number of days. */
static double *expect_days(const struct clv *c, int32_t n)
{
	double *visits = mem_alloc((size_t)n * sizeof(*visits));
	struct bgnbd_series series;

	bgnbd_series_start(&series, &c->visits.m, 0);
	for (int32_t i = 1; i < n; i++)
		visits[i] = bgnbd_series_at(&series, 0, (double)i / c->used.unit);
	bgnbd_series_release(&series);
	return visits;
}

static void count_weeks(struct clv_check *k, const struct clv *c, const struct scan *s)
{
	struct days d = { .first = c->first_day, .n = k->to - c->first_day + 1 };
	double *visits = expect_days(c, d.n);
	int64_t came = 0;

	count_days(&d, c, s);
	k->week_count = (size_t)d.n / 7;
	k->weeks = mem_alloc(k->week_count * sizeof(*k->weeks));
	for (size_t w = 0; w < k->week_count; w++) {
		int32_t last = (int32_t)w * 7 + 6;

		k->weeks[w].last = d.first + last;
		for (int32_t day = last - 6; day <= last; day++)
			came += d.came[day];
		k->weeks[w].came = came;
		for (int32_t day = 0; day <= last; day++)
			k->weeks[w].expected += (double)d.born[day] * visits[last - day];
	}
	free(visits);
	free(d.born);
	free(d.came);
}

/* -- customer by customer -- */

static size_t times_of(int32_t x)
{
	return x < CLV_TIMES ? (size_t)x : CLV_TIMES - 1;
}

/* What each of the merged histories lets expect after the day. */
static double *expect_after(const struct clv_check *k, const struct clv *c)
{
	double *visits = mem_alloc(c->h.merged_n * sizeof(*visits));
	double unit = c->used.unit, time = (k->to - k->from + 1) / unit;
	struct bgnbd_series series = { .n = 0 };

	for (size_t i = 0; i < c->h.merged_n; i++) {
		const struct bgnbd_history *h = &c->h.merged[i];

		if (!i || h->x != h[-1].x) {
			bgnbd_series_release(&series);
			bgnbd_series_start(&series, &c->visits.m, h->x);
		}
		visits[i] = bgnbd_alive(&c->visits.m, h->x, h->last / unit, h->end / unit) *
			bgnbd_series_at(&series, h->end / unit, time);
	}
	bgnbd_series_release(&series);
	return visits;
}

static void expect_customers(struct clv_check *k, const struct clv *c)
{
	for (size_t i = 0; i < c->h.merged_n; i++) {
		const struct bgnbd_history *h = &c->h.merged[i];
		double chance[CLV_TIMES];

		bgnbd_chances(&c->visits.m, (double)h->end / c->used.unit, chance, CLV_TIMES);
		for (size_t n = 0; n < CLV_TIMES; n++)
			k->times[n].expected_customers += h->n * chance[n];
	}
}

struct sums {
	double came, expected, came_squares, expected_squares, products, errors, squares;
};

static void tell_errors(struct clv_check *k, const struct sums *s)
{
	double n = (double)k->customers;
	double both = (n * s->came_squares - s->came * s->came) *
		(n * s->expected_squares - s->expected * s->expected);

	k->mean_error = s->errors / n;
	k->root_mean_square_error = sqrt(s->squares / n);
	if (both > 0)
		k->correlation = (n * s->products - s->came * s->expected) / sqrt(both);
}

/* The rows of the model and the customers of the scan are in the same order. */
static void count_customers(struct clv_check *k, const struct clv *c, const struct scan *s)
{
	double *visits = expect_after(k, c), expected, came;
	struct sums sums = { 0 };
	size_t at = 0, next;

	for (size_t i = 0; i < s->visit_count && at < c->h.n; i = next) {
		const struct history_row *row = &c->h.rows[at];
		struct clv_times *t = &k->times[times_of(row->x)];

		next = scan_next_customer(s, i);
		if (row->customer != visit_customer(s->visits[i]))
			continue;
		at++;
		came = (double)(next - i) - row->x - 1;
		expected = visits[row->place];
		t->customers++;
		t->came += (int64_t)came;
		t->expected += expected;
		sums.came += came;
		sums.expected += expected;
		sums.came_squares += came * came;
		sums.expected_squares += expected * expected;
		sums.products += came * expected;
		sums.errors += fabs(came - expected);
		sums.squares += (came - expected) * (came - expected);
	}
	k->customers = (int64_t)c->h.n;
	k->came = (int64_t)sums.came;
	k->expected = sums.expected;
	tell_errors(k, &sums);
	free(visits);
}

void clv_check_of(const struct clv *c, const struct scan *s, struct clv_check *out)
{
	*out = (struct clv_check){ .from = c->used.as_of + 1, .to = s->last_sale_day };
	if (out->to < c->used.as_of)
		out->to = c->used.as_of;
	count_weeks(out, c, s);
	expect_customers(out, c);
	count_customers(out, c, s);
}

void clv_check_release(struct clv_check *k)
{
	free(k->weeks);
	*k = (struct clv_check){ 0 };
}

static const struct sheet_column columns[] = {
	{ "week_ends", N_("Week ends"), SHEET_DAY },
	{ "came", N_("Came again"), SHEET_COUNT },
	{ "expected", N_("Expected"), SHEET_NUMBER },
	{ .name = NULL }
};

void clv_check_sheet(const struct clv_check *k, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < k->week_count; i++) {
		sheet_day(out, k->weeks[i].last);
		sheet_count(out, k->weeks[i].came);
		sheet_number(out, k->weeks[i].expected);
	}
}
