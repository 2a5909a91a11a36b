/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/retention.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"

const int retention_within[RETENTION_WITHIN] = { 30, 60, 90, 180, 365 };

static enum status check(const struct retention_options *o)
{
	if (o->quiet_days < 0 || o->quiet_days > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "%d is not a number of days to be silent; "
			    "give a number from 1", o->quiet_days);
	if (o->gap_times < 0 || o->gap_times > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "%d is not how many usual gaps to wait; "
			    "give a number from 1", o->gap_times);
	return ST_OK;
}

/* One customer's visits by the end of the window, in order. */
struct history {
	const uint64_t *visits;
	size_t n;
};

static int32_t last_day(const struct history *h)
{
	return visit_day(h->visits[h->n - 1]);
}

/* Is the silence longer than 'times' the median gap? The gaps that are short
 * enough to say so are counted: more than half of them, and the median is one.
 * When they are just half, the median lies between the longest of them and the
 * shortest of the others. Without branches, for gaps come as they like. */
static bool is_overdue(const struct history *h, int32_t to, int32_t times)
{
	int32_t silence = to - last_day(h), longest = 0, shortest = INT32_MAX;
	int32_t most = silence ? (silence - 1) / times : -1;
	size_t gaps = h->n - 1, within = 0;

	for (size_t i = 1; i < h->n; i++) {
		int32_t gap = visit_day(h->visits[i]) - visit_day(h->visits[i - 1]);
		bool is_short = gap <= most;
		int32_t low = is_short ? gap : 0, high = is_short ? INT32_MAX : gap;

		within += is_short;
		longest = low > longest ? low : longest;
		shortest = high < shortest ? high : shortest;
	}
	if (within * 2 != gaps)
		return within * 2 > gaps;
	return (int64_t)times * ((int64_t)longest + shortest) < 2 * (int64_t)silence;
}

static void count_silence(struct retention *r, const struct history *h)
{
	const struct retention_options *o = &r->used;
	int64_t quiet_from = (int64_t)o->to - o->quiet_days;	/* silent after this day */
	bool quiet = last_day(h) <= quiet_from, came = false;

	r->ever++;
	r->lapsed += quiet;
	for (size_t i = h->n; i-- > 0 && !came;) {
		int32_t day = visit_day(h->visits[i]);

		if (day <= quiet_from - o->quiet_days)
			break;
		came = day <= quiet_from;
	}
	r->churn.whole += came;
	r->churn.part += came && quiet;
	if (h->n < 3)
		return;
	r->churn_own_gap.whole++;
	r->churn_own_gap.part += is_overdue(h, o->to, o->gap_times);
}

static void count_again(struct retention *r, const struct history *h)
{
	int32_t first = visit_day(h->visits[0]);

	for (int i = 0; i < RETENTION_WITHIN && first >= r->used.from; i++) {
		if (first > r->used.to - retention_within[i])
			break;
		r->again[i].whole++;
		r->again[i].part += h->n > 1 &&
				    visit_day(h->visits[1]) - first <= retention_within[i];
	}
}

/* 'gaps' counts them by their days. */
static void count_gaps(struct retention *r, const struct history *h, uint32_t *gaps)
{
	int32_t longest = 0;
	size_t first = 0;

	while (first < h->n && visit_day(h->visits[first]) < r->used.from)
		first++;
	r->visits += (int64_t)(h->n - first);
	first += !first;	/* the first visit has none before it */
	if (first >= h->n)
		return;
	for (size_t i = first; i < h->n; i++) {
		int32_t gap = visit_day(h->visits[i]) - visit_day(h->visits[i - 1]);

		gaps[gap]++;
		longest = gap > longest ? gap : longest;
	}
	r->gaps.n += (int64_t)(h->n - first);
	r->gaps.days += last_day(h) - visit_day(h->visits[first - 1]);
	r->reactivated += longest >= r->used.quiet_days;
}

static double median_of(const uint32_t *gaps, int64_t n)
{
	int64_t below = 0;
	int32_t low = 0, high;

	if (!n)
		return 0;
	while (below + gaps[low] <= (n - 1) / 2)
		below += gaps[low++];
	for (high = low; below + gaps[high] <= n / 2;)
		below += gaps[high++];
	return (low + high) / 2.0;
}

static void count_customers(const struct scan *s, struct retention *r)
{
	uint32_t *gaps = mem_alloc((CLOCK_LAST_DAY + 1) * sizeof(*gaps));

	for (size_t k = 0; k < s->customer_count; k++) {
		struct history h = { .visits = s->visits + s->start[k] };

		for (h.n = s->start[k + 1] - s->start[k]; h.n && last_day(&h) > r->used.to;)
			h.n--;
		if (!h.n)
			continue;
		r->retention.whole += visit_day(h.visits[0]) < r->used.from;
		count_silence(r, &h);
		count_again(r, &h);
		count_gaps(r, &h, gaps);
	}
	r->gaps.median = median_of(gaps, r->gaps.n);
	free(gaps);
}

static void count_visitors(const struct scan *s, struct retention *r)
{
	struct visitors v;

	scan_visitors(s, r->used.from, r->used.to, &v);
	r->customers = v.customers;
	r->new = v.new;
	r->returning = v.returning;
	r->repeat_purchase = (struct share){ v.repeat, v.customers };
	r->retention.part = v.customers - v.new;
}

enum status retention_of(const struct scan *s, const struct retention_options *options,
			 struct retention *out)
{
	enum status st = check(options);

	*out = (struct retention){ .used = *options };
	if (st != ST_OK)
		return st;
	st = scan_window(s, &out->used.from, &out->used.to);
	if (!out->used.quiet_days)
		out->used.quiet_days = 90;
	if (!out->used.gap_times)
		out->used.gap_times = 2;
	if (st == ST_OK)
		st = scan_takings(s, out->used.from, out->used.to, &out->takings);
	if (st == ST_OK)
		st = scan_revenue(s, out->used.from, out->used.to, &out->parts);
	if (st != ST_OK)
		return st;
	count_visitors(s, out);
	count_customers(s, out);
	if (out->takings.sales &&
	    !mul_div(out->takings.revenue, 1, out->takings.sales, ROUND_HALF_UP,
		     &out->average_basket))
		return fail(ST_FULL, "an average larger than can be kept");
	return ST_OK;
}

enum status retention_read(struct store *store, const struct retention_options *options,
			   struct retention *out)
{
	struct scan s;
	enum status st = scan_read(store, &s);

	*out = (struct retention){ .used = *options };
	if (st == ST_OK)
		st = retention_of(&s, options, out);
	scan_release(&s);
	return st;
}
