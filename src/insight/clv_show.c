/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"

const struct definition clv_definitions[] = {
	{ "p_alive", N_("Likely still a regular, P(alive), is the chance that they have not "
			"stopped coming for good, by how often and how lately they came. Who came "
			"once only counts as certain, since the model lets nobody stop before "
			"a second visit.") },
	{ "expected_purchases", N_("Expected purchases are the visits over the horizon, each "
				   "customer's weighted with the chance that they still come.") },
	{ "value", N_("Value is, month by month, the expected visits times what a customer is "
		      "expected to spend on one, less the discount of each month. A month is "
		      "4.345 weeks, or 30 days where time is in days; 52 weeks, or 365 days, are "
		      "twelve months, and other horizons in proportion, the last month in part. "
		      "It is revenue, not profit.") },
	{ "average", N_("The expected average is drawn from a customer's own repeat visits "
			"towards the mean of all, the less so the more visits there are.") },
	{ "visit", N_("A visit is one customer on one shop day, with all that was paid that day "
		      "less the refunds that follow it. x is the visits after the first, t_x the "
		      "time from the first to the last, T from the first to the end of the day "
		      "that is looked back from, in days / 7.") },
	{ "sample", N_("All known customers who had come by that day are learnt from, whoever is "
		       "shown; later visits are not looked at. What they spend is learnt from "
		       "those who came again and paid.") },
	{ "model", N_("The model of visits is BG/NBD (Fader, Hardie and Lee 2005): visits come at "
		      "random at a rate that differs among customers (gamma: r, alpha), and after "
		      "each one some stop for good, with a chance that differs too (beta: a, b). "
		      "What they spend is Gamma-Gamma (Fader and Hardie 2013: p, q, gamma). Both "
		      "are fitted by maximum likelihood.") },
	{ "few", N_("With fewer than twenty customers who came again there is no model, only the "
		    "average of a visit and how often they came in a year.") },
	DEFINITION_ERASED,
	{ 0 }
};

static const char *const quality[] = {
	[MAXIMUM_CONVERGED] = N_("The model was fitted to the visits."),
	[MAXIMUM_FLAT] = N_("The model was fitted, but the visits do not tell its parameters "
			    "apart: what is expected can be used, single parameters cannot."),
	[MAXIMUM_AT_BOUND] = N_("The model was fitted with parameters at their bounds: what is "
				"expected can be used, single parameters cannot."),
	[MAXIMUM_FAILED] = "",
};

static const char *const spend_quality[] = {
	[MAXIMUM_CONVERGED] = N_("What they spend was fitted to their repeat visits."),
	[MAXIMUM_FLAT] = N_("What they spend was fitted, but does not tell single parameters."),
	[MAXIMUM_AT_BOUND] = N_("What they spend was fitted with parameters at their bounds, and "
				"does not tell single parameters."),
	[MAXIMUM_FAILED] = "",
};

const char *clv_words(const struct clv *c)
{
	switch (c->state) {
	case CLV_NOBODY:
		return N_("No known customer had come by that day.");
	case CLV_FEW:
		return N_("Too few to tell: it takes twenty customers who came again.");
	case CLV_SILENT:
		return N_("The last sale is more than a year before that day; look back from a "
			  "day on which the shop was selling.");
	case CLV_NO_FIT:
		return N_("The visits do not go by the model, so it cannot tell what to expect.");
	case CLV_UNSURE:
		return N_("The visits do not tell yet who has stopped coming, so nothing can be "
			  "said of those to come.");
	case CLV_SHORT:
		return N_("The visits go back too short a time to look so far ahead.");
	case CLV_FITTED:
		break;
	}
	return quality[c->visits.maximum.state];
}

const char *clv_spend_words(const struct clv *c)
{
	switch (c->spend) {
	case CLV_SPEND_FEW:
		return N_("Too few customers paid on repeat visits: the average of all visits "
			  "stands for everybody.");
	case CLV_SPEND_EQUAL:
		return N_("Everybody spends the same on repeat visits: the average of all visits "
			  "stands for everybody.");
	case CLV_SPEND_NO_FIT:
		return N_("What customers spend tells no mean to rely on: the average of all "
			  "visits stands for everybody.");
	case CLV_SPEND_NOTHING:
		return N_("Nothing was paid on the whole: there is no value to tell.");
	case CLV_SPEND_FITTED:
		break;
	}
	return spend_quality[c->money.maximum.state];
}

const char *clv_caution(const struct clv *c)
{
	if (c->state != CLV_FITTED ||
	    c->h.to - c->first_day >= c->used.horizon * c->used.unit)
		return NULL;
	return N_("This looks further ahead than the visits go back: take it as a rough guide.");
}

/* -- the sheet -- */

struct ranked {
	int64_t value;
	double expected;
	size_t row;
};

static int by_value(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	if (x->expected != y->expected)
		return x->expected > y->expected ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static const struct sheet_column columns[] = {
	{ "id", N_("Customer"), SHEET_COUNT },
	{ "x", N_("Came again"), SHEET_COUNT },
	{ "t_x", N_("t_x"), SHEET_NUMBER },
	{ "T", N_("T"), SHEET_NUMBER },
	{ "last_visit", N_("Last visit"), SHEET_DAY },
	{ "p_alive", N_("Still a regular"), SHEET_NUMBER },
	{ "expected_purchases", N_("Expected visits"), SHEET_NUMBER },
	{ "average", N_("A visit brings"), SHEET_MONEY },
	{ "value", N_("Worth"), SHEET_MONEY },
	{ .name = NULL }
};

static void add_row(const struct clv *c, const struct clv_person *p, struct sheet *out)
{
	sheet_count(out, p->customer);
	sheet_count(out, p->x);
	sheet_number(out, p->t_x);
	sheet_number(out, p->T);
	sheet_day(out, p->last);
	sheet_number(out, p->alive);
	sheet_number(out, p->expected);
	if (c->spend == CLV_SPEND_NOTHING) {
		sheet_nothing(out);
		sheet_nothing(out);
		return;
	}
	sheet_money(out, p->average);
	sheet_money(out, p->value);
}

void clv_sheet(const struct clv *c, struct sheet *out)
{
	struct ranked *order = mem_alloc(c->h.n * sizeof(*order));
	struct clv_person p;
	size_t n = 0;

	sheet_start(out, columns);
	for (size_t i = 0; c->state == CLV_FITTED && i < c->h.n; i++) {
		clv_at(c, i, &p);
		if (!c->used.only || people_has(c->used.only, p.customer))
			order[n++] = (struct ranked){ p.value, p.expected, i };
	}
	qsort(order, n, sizeof(*order), by_value);
	for (size_t i = 0; i < n; i++) {
		clv_at(c, order[i].row, &p);
		add_row(c, &p, out);
	}
	free(order);
}
