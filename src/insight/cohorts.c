/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cohorts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "insight/calendar.h"

const struct definition cohorts_definitions[] = {
	{ "cohorts", N_("A cohort is all customers whose first visit ever was in one calendar "
			"month. A visit is one customer on one shop day.") },
	{ "active", N_("Active is how many of the cohort had at least one visit in the month, "
		       "each counted once; the first number is the cohort itself. A month that "
		       "has not begun by the last day of the window is left empty.") },
	{ "revenue", N_("Revenue is what was paid on the visits of the month; a refund comes off "
			"the visit that it follows. Per head is divided by all of the cohort, "
			"those who stayed away too.") },
	{ "last_whole", N_("Where the window does not reach the end of its last month, the last "
			   "number of every cohort may still grow.") },
	{ "change", N_("Whether new customers come again within the days is asked only of those "
		       "whose first visit is that long ago. The difference has a 95-percent "
		       "interval "
		       "(Newcombe). It does not say what caused it.") },
	DEFINITION_ERASED,
	{ 0 }
};

enum { WITHIN = 30 };

/* One customer's visits by the end of the window. */
struct history {
	const uint64_t *visits;
	const int64_t *paid;
	size_t n;
};

static bool add_customer(struct cohorts *c, const struct calendar *months,
			 const struct history *h)
{
	size_t cohort = calendar_month(months, visit_day(h->visits[0])), last = SIZE_MAX;
	bool over = false;

	c->size[cohort]++;
	for (size_t i = 0; i < h->n; i++) {
		size_t month = calendar_month(months, visit_day(h->visits[i]));
		size_t cell = cohort_cell(c, cohort, month - cohort);

		c->active[cell] += month != last;
		over |= __builtin_add_overflow(c->revenue[cell], h->paid[i], &c->revenue[cell]);
		last = month;
	}
	return !over;
}

static void ask_again(struct cohorts *c, const struct history *h)
{
	int32_t first = visit_day(h->visits[0]);
	struct share *share;

	if (!c->used.split || first > c->used.to - c->used.within)
		return;
	share = first < c->used.split ? &c->change.before : &c->change.since;
	share->whole++;
	share->part += h->n > 1 && visit_day(h->visits[1]) - first <= c->used.within;
}

static enum status count(const struct scan *s, const struct calendar *months, struct cohorts *c)
{
	bool fits = true;

	for (size_t k = 0; k < s->customer_count; k++) {
		size_t i = s->start[k];
		struct history h = { s->visits + i, s->paid + i, 0 };

		if (visit_day(h.visits[0]) < c->used.from)
			continue;
		for (h.n = s->start[k + 1] - i; h.n && visit_day(h.visits[h.n - 1]) > c->used.to;)
			h.n--;
		if (!h.n)
			continue;
		fits &= add_customer(c, months, &h);
		ask_again(c, &h);
	}
	return fits ? ST_OK : takings_too_large();
}

static enum status check(const struct cohorts *c)
{
	char split[DAY_TEXT];

	if (c->used.within < 1 || c->used.within > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "%d is not a number of days to come again in; "
			    "give a number from 1", c->used.within);
	if (!c->used.split || (c->used.split > c->used.from && c->used.split <= c->used.to))
		return ST_OK;
	day_print(c->used.split, split);
	return fail(ST_INVALID, "%.7s has no new customers before it or after it to compare; "
		    "choose a month in the middle of the window", split);
}

static void make_room(struct cohorts *c, struct calendar *months)
{
	size_t cells;

	c->n = months->months;
	c->month = months->first;
	months->first = NULL;
	cells = c->n * (c->n + 1) / 2;
	c->size = mem_alloc(c->n * sizeof(*c->size));
	/* Zeroed memory that is not touched is not there yet. */
	c->active = mem_alloc(cells * sizeof(*c->active));
	c->revenue = mem_alloc(cells * sizeof(*c->revenue));
}

enum status cohorts_of(const struct scan *s, const struct cohort_options *options,
		       struct cohorts *out)
{
	struct calendar months;
	enum status st;

	*out = (struct cohorts){ .used = *options };
	if (!out->used.within)
		out->used.within = WITHIN;
	st = scan_window(s, &out->used.from, &out->used.to);
	if (st != ST_OK || !out->used.to)
		return st;
	out->used.from = month_first(out->used.from);
	if (out->used.split)
		out->used.split = month_first(out->used.split);
	st = check(out);
	if (st != ST_OK)
		return st;
	calendar_start(&months, out->used.from, out->used.to);
	out->last_whole = out->used.to == months.to;
	make_room(out, &months);
	st = count(s, &months, out);
	out->change.tells = share_tells(out->change.since) && share_tells(out->change.before);
	out->change.difference = share_difference(out->change.since, out->change.before);
	calendar_release(&months);
	return st;
}

void cohorts_release(struct cohorts *c)
{
	free(c->month);
	free(c->size);
	free(c->active);
	free(c->revenue);
	*c = (struct cohorts){ 0 };
}
