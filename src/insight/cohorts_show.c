/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/language.h"
#include "base/money.h"
#include "insight/cohorts.h"

static const struct sheet_column columns[] = {
	{ "month", N_("First came in"), SHEET_MONTH },
	{ "size", N_("Customers"), SHEET_COUNT },
	{ "later", N_("Months later"), SHEET_COUNT },
	{ "active", N_("Came"), SHEET_COUNT },
	{ "share", N_("Share"), SHEET_SHARE },
	{ "revenue", N_("Revenue"), SHEET_MONEY },
	{ "revenue_per_head", N_("Per head"), SHEET_MONEY },
	{ "revenue_per_head_so_far", N_("Per head so far"), SHEET_MONEY },
	{ "whole", N_("Whole"), SHEET_WORD },
	{ 0 }
};

static void add_money_per_head(struct sheet *out, int64_t sum, int64_t heads)
{
	int64_t each;

	if (heads && mul_div(sum, 1, heads, ROUND_HALF_UP, &each))
		sheet_money(out, each);
	else
		sheet_nothing(out);
}

static void add_cohort(const struct cohorts *c, size_t cohort, struct sheet *out)
{
	size_t months = cohort_months(c, cohort);
	int64_t so_far = 0;
	bool fits = true;

	for (size_t k = 0; k < months; k++) {
		size_t cell = cohort_cell(c, cohort, k);

		fits &= sum_checked(so_far, c->revenue[cell], &so_far);
		sheet_month(out, c->month[cohort]);
		sheet_count(out, c->size[cohort]);
		sheet_count(out, (int64_t)k);
		sheet_count(out, c->active[cell]);
		sheet_share(out, (struct share){ c->active[cell], c->size[cohort] });
		sheet_money(out, c->revenue[cell]);
		add_money_per_head(out, c->revenue[cell], c->size[cohort]);
		add_money_per_head(out, so_far, fits ? c->size[cohort] : 0);
		sheet_text(out, k < months - 1 || c->last_whole ? N_("yes") : N_("in part"));
	}
}

void cohorts_sheet(const struct cohorts *c, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < c->n; i++)
		if (c->size[i])
			add_cohort(c, i, out);
}

/* -- the change, in words -- */

static int percent(double share)
{
	return (int)lround(100 * share);
}

static void say_too_few(const struct cohorts *c, const char *month, char out[COHORT_SENTENCE])
{
	const struct share *since = &c->change.since, *before = &c->change.before;

	snprintf(out, COHORT_SENTENCE, _("Too few new customers to tell whether more come again "
		 "within %d days since %s: %" PRId64 " of %" PRId64 " since, %" PRId64
		 " of %" PRId64 " before; it takes %d of each."), c->used.within, month,
		 since->part, since->whole, before->part, before->whole, SHARE_FEW);
}

void cohorts_sentence(const struct cohorts *c, const struct format *f,
		      char out[COHORT_SENTENCE])
{
	const struct cohort_change *change = &c->change;
	int low = percent(change->difference.low), high = percent(change->difference.high);
	char month[FORMAT_TEXT];

	out[0] = '\0';
	if (!c->used.split)
		return;
	format_month(f, c->used.split, month);
	if (!change->tells)
		say_too_few(c, month, out);
	else if (change->difference.low > 0 || change->difference.high < 0)
		snprintf(out, COHORT_SENTENCE, _("Since %s new customers come again within %d "
			 "days %d %% against %d %% before (by %d to %d of 100; other "
			 "things changed too)."), month, c->used.within,
			 percent(share_value(change->since)), percent(share_value(change->before)),
			 low, high);
	else
		snprintf(out, COHORT_SENTENCE, _("Since %s new customers come again within %d "
			 "days %d %% against %d %% before: that may be chance."), month,
			 c->used.within, percent(share_value(change->since)),
			 percent(share_value(change->before)));
}
