/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"
#include "insight/retention.h"

const struct definition retention_definitions[] = {
	{ "customers", N_("Customers are known people with at least one visit in the window. A "
			  "visit is one customer on one shop day, however many sales.") },
	{ "new", N_("New is whose first visit ever is in the window.") },
	{ "returning", N_("Returning is who has a visit in the window that was not their first "
			  "ever. Who came first and again in it is both new and returning.") },
	{ "reactivated", N_("Reactivated is who came in the window after a silence of the days "
			    "that count as having left.") },
	{ "lapsed", N_("Lapsed is whose last visit is the days of silence or more before the end "
		       "of the window.") },
	{ "repeat_purchase_rate", N_("Came again, the repeat purchase rate, is of the customers of "
				     "the window, the share with at least two visits in it.") },
	{ "repeat_within", N_("Came again within 30 days, or more, is of the new customers who "
			      "came first that many days or more before the end of the window, the "
			      "share whose second visit came within the days.") },
	{ "retention_rate", N_("Had come before and came, the retention rate, is of the customers "
			       "who had come before the window began, the share with a visit in "
			       "it.") },
	{ "churn_rate", N_("Not since, or churn, is of the customers with a visit in the 90 days "
			   "before the last 90, the share with none in the last 90; or as many "
			   "days as were asked for. Counted back from the end of the window.") },
	{ "churn_rate_own_gap", N_("Churn by own gap is of the customers with at least three "
				   "visits, the share silent at the end of the window for longer "
				   "than twice the median of the days between their own visits; or "
				   "as many times as were asked for.") },
	{ "purchases_per_customer", N_("Visits of a customer are the visits in the window, divided "
				       "by its customers.") },
	{ "days_between_visits", N_("Days between visits are the days from one visit of a customer "
				    "to the next, for visits in the window.") },
	{ "average_basket", N_("Average basket is revenue divided by sales, those without a "
			       "customer too; walk-in totals are left out.") },
	{ "new_revenue", N_("Revenue of new customers is what was paid on first visits ever; "
			    "returning is what was paid on later ones; the rest is of sales "
			    "without a customer.") },
	DEFINITION_ERASED,
	DEFINITION_WINDOW,
	{ 0 }
};

static const struct sheet_column columns[] = {
	{ "figure", N_("Figure"), SHEET_WORD },
	{ "number", N_("Number"), SHEET_COUNT },
	{ "money", N_("Money"), SHEET_MONEY },
	{ "share", N_("Share"), SHEET_SHARE },
	{ "of", N_("Of"), SHEET_COUNT },
	{ 0 }
};

static void add_count(struct sheet *out, const char *figure, int64_t n)
{
	sheet_text(out, figure);
	sheet_count(out, n);
	sheet_nothing(out);
	sheet_nothing(out);
	sheet_nothing(out);
}

static void add_money(struct sheet *out, const char *figure, int64_t minor)
{
	sheet_text(out, figure);
	sheet_nothing(out);
	sheet_money(out, minor);
	sheet_nothing(out);
	sheet_nothing(out);
}

static void add_nothing(struct sheet *out, const char *figure)
{
	sheet_text(out, figure);
	for (size_t i = 1; i < out->column_count; i++)
		sheet_nothing(out);
}

static void add_share(struct sheet *out, const char *figure, struct share share)
{
	sheet_text(out, figure);
	sheet_count(out, share.part);
	sheet_nothing(out);
	sheet_share(out, share);
	sheet_count(out, share.whole);
}

static const char *const again_names[RETENTION_WITHIN] = {
	N_("Came again within 30 days"), N_("Came again within 60 days"),
	N_("Came again within 90 days"), N_("Came again within 180 days"),
	N_("Came again within 365 days")
};

void retention_sheet(const struct retention *r, struct sheet *out)
{
	sheet_start(out, columns);
	add_count(out, N_("Customers"), r->customers);
	add_count(out, N_("New"), r->new);
	add_count(out, N_("Returning"), r->returning);
	add_count(out, N_("Reactivated"), r->reactivated);
	add_share(out, N_("Lapsed"), (struct share){ r->lapsed, r->ever });
	add_count(out, N_("Visits"), r->visits);
	add_count(out, N_("Sales"), r->takings.sales);
	add_money(out, N_("Revenue"), r->takings.revenue);
	add_money(out, N_("Revenue of new customers"), r->parts.new);
	add_money(out, N_("Revenue of returning customers"), r->parts.returning);
	add_money(out, N_("Revenue of nobody known"), r->parts.anonymous);
	if (r->takings.sales)
		add_money(out, N_("Average basket"), r->average_basket);
	else
		add_nothing(out, N_("Average basket"));
	add_share(out, N_("Repeat purchase rate"), r->repeat_purchase);
	add_share(out, N_("Retention rate"), r->retention);
	add_share(out, N_("Churn"), r->churn);
	add_share(out, N_("Churn by own gap"), r->churn_own_gap);
	for (int i = 0; i < RETENTION_WITHIN; i++)
		add_share(out, again_names[i], r->again[i]);
}
