/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/months.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "insight/calendar.h"

const struct definition months_definitions[] = {
	{ "revenue", N_("Revenue is what all sales of the month came to, less the refunds given "
			"in it. Walk-in totals told at day close are not in it.") },
	{ "new_revenue", N_("Revenue of new customers is what was paid on customers' first "
			    "visits ever; returning is what was paid on later ones; the rest is "
			    "of sales without a customer. The three sum to the revenue.") },
	{ "customers", N_("Customers are known people with at least one visit in the month, each "
			  "counted once. A visit is one customer on one shop day.") },
	{ "new", N_("New is whose first visit ever is in the month; returning is who has a visit "
		    "in it that was not their first. Who came first and again in the month is "
		    "both.") },
	{ "whole", N_("A month that the window cuts, or that the sales do not reach the end of, "
		      "is not whole: compare it with care.") },
	DEFINITION_ERASED,
	DEFINITION_WINDOW,
	{ 0 }
};

/* -- customers -- */

/* Of the k-th customer. In a run of visits each month is counted
 * once, where it begins; of the first visit and the second, which may be of one
 * month, each is something else. Without branches, for months come as they like. */
static void count_customer(const struct scan *s, const struct calendar *c, size_t k,
			   struct months *out)
{
	size_t first = s->start[k], next = s->start[k + 1], i = first, last = SIZE_MAX;

	while (i < next && visit_day(s->visits[i]) < out->used.from)
		i++;
	for (; i < next && visit_day(s->visits[i]) <= out->used.to; i++) {
		size_t month = calendar_month(c, visit_day(s->visits[i]));
		unsigned begins = month != last;

		last = month;
		out->row[month].customers += begins;
		if (i == first)
			out->row[month].new++;
		else
			out->row[month].returning += begins | (i == first + 1);
	}
}

static enum status count(const struct scan *s, const struct calendar *c, struct months *out)
{
	enum status st = ST_OK;

	out->n = c->months;
	out->row = mem_alloc(out->n * sizeof(*out->row));
	for (size_t i = 0; i < out->n && st == ST_OK; i++) {
		struct month *m = &out->row[i];

		m->from = c->first[i] > out->used.from ? c->first[i] : out->used.from;
		m->to = c->first[i + 1] - 1;
		m->to = m->to < out->used.to ? m->to : out->used.to;
		m->whole = m->from == c->first[i] && m->to == c->first[i + 1] - 1;
		st = scan_takings(s, m->from, m->to, &m->takings);
		if (st == ST_OK)
			st = scan_revenue(s, m->from, m->to, &m->parts);
	}
	for (size_t k = 0; k < s->customer_count && st == ST_OK; k++)
		count_customer(s, c, k, out);
	return st;
}

enum status months_of(const struct scan *s, const struct months_options *options,
		      struct months *out)
{
	struct calendar c;
	enum status st;

	*out = (struct months){ .used = *options };
	st = scan_window(s, &out->used.from, &out->used.to);
	if (st != ST_OK || !out->used.to)
		return st;
	calendar_start(&c, out->used.from, out->used.to);
	/* The shop began somewhere in its first month: that is all of it. */
	if (!options->from)
		out->used.from = c.from;
	st = count(s, &c, out);
	calendar_release(&c);
	return st;
}

void months_release(struct months *m)
{
	free(m->row);
	*m = (struct months){ 0 };
}

/* -- as a sheet -- */

static const struct sheet_column columns[] = {
	{ "month", N_("Month"), SHEET_MONTH },
	{ "sales", N_("Sales"), SHEET_COUNT },
	{ "revenue", N_("Revenue"), SHEET_MONEY },
	{ "new_revenue", N_("By new"), SHEET_MONEY },
	{ "returning_revenue", N_("by others"), SHEET_MONEY },
	{ "anonymous_revenue", N_("unknown"), SHEET_MONEY },
	{ "customers", N_("People"), SHEET_COUNT },
	{ "new", N_("New"), SHEET_COUNT },
	{ "returning", N_("Again"), SHEET_COUNT },
	{ "whole", N_("Whole"), SHEET_WORD },
	{ 0 }
};

void months_sheet(const struct months *m, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < m->n; i++) {
		const struct month *row = &m->row[i];

		sheet_month(out, row->from);
		sheet_count(out, row->takings.sales);
		sheet_money(out, row->takings.revenue);
		sheet_money(out, row->parts.new);
		sheet_money(out, row->parts.returning);
		sheet_money(out, row->parts.anonymous);
		sheet_count(out, row->customers);
		sheet_count(out, row->new);
		sheet_count(out, row->returning);
		sheet_text(out, row->whole ? N_("yes") : N_("in part"));
	}
}
