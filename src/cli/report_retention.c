/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "cli/figures.h"
#include "cli/out.h"
#include "cli/reports.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/retention.h"

const struct field report_retention_flags[] = {
	FLAG_FROM, FLAG_TO,
	FLAG("days", FIELD_INT, .least = 1, .most = 3650, .value = "N", .help = "days of silence "
	     "that count as having left; else 90"),
	FLAG("gaps", FIELD_INT, .least = 1, .most = 100, .value = "N", .help = "silence in "
	     "a customer's own usual gaps that counts so; else 2"),
	FLAG_WHERE,
	FLAG_CSV,
	{ 0 }
};

/* -- as JSON -- */

static json_t *again_json(const struct retention *r)
{
	json_t *json = json_array();

	for (int i = 0; i < RETENTION_WITHIN; i++) {
		json_t *row = json_object();

		json_object_set_new(row, "days", json_integer(retention_within[i]));
		json_object_set_new(row, "eligible", json_integer(r->again[i].whole));
		json_object_set_new(row, "repeaters", json_integer(r->again[i].part));
		json_object_set_new(row, "rate", figure_share(r->again[i]));
		json_array_append_new(json, row);
	}
	return json;
}

/* How many each rate is of: part and whole. */
static json_t *sample_json(const struct retention *r)
{
	json_t *json = json_object();

	json_object_set_new(json, "repeat_purchase_rate", figure_sample(r->repeat_purchase));
	json_object_set_new(json, "retention_rate", figure_sample(r->retention));
	json_object_set_new(json, "churn_rate", figure_sample(r->churn));
	json_object_set_new(json, "churn_rate_own_gap", figure_sample(r->churn_own_gap));
	return json;
}

static json_t *gaps_json(const struct retention_gaps *gaps)
{
	json_t *json = json_object();

	json_object_set_new(json, "n", json_integer(gaps->n));
	json_object_set_new(json, "mean", gaps->n ? json_real((double)gaps->days /
						      (double)gaps->n) : json_null());
	json_object_set_new(json, "median", gaps->n ? json_real(gaps->median) : json_null());
	return json;
}

static void retention_json(struct run *run, const struct retention *r)
{
	json_t *json = json_object();

	json_object_set_new(json, "from", figure_day(r->used.from));
	json_object_set_new(json, "to", figure_day(r->used.to));
	json_object_set_new(json, "days", json_integer(r->used.quiet_days));
	json_object_set_new(json, "gaps", json_integer(r->used.gap_times));
	json_object_set_new(json, "customers", json_integer(r->customers));
	json_object_set_new(json, "new", json_integer(r->new));
	json_object_set_new(json, "returning", json_integer(r->returning));
	json_object_set_new(json, "reactivated", json_integer(r->reactivated));
	json_object_set_new(json, "lapsed", json_integer(r->lapsed));
	json_object_set_new(json, "customers_ever", json_integer(r->ever));
	json_object_set_new(json, "visits", json_integer(r->visits));
	json_object_set_new(json, "purchases_per_customer",
			    r->customers ? json_real((double)r->visits / (double)r->customers) :
					   json_null());
	figures_add_takings(run, json, &r->takings);
	json_object_set_new(json, "repeat_purchase_rate", figure_share(r->repeat_purchase));
	json_object_set_new(json, "retention_rate", figure_share(r->retention));
	json_object_set_new(json, "churn_rate", figure_share(r->churn));
	json_object_set_new(json, "churn_rate_own_gap", figure_share(r->churn_own_gap));
	json_object_set_new(json, "average_basket", r->takings.sales ?
			    figure_money(run, r->average_basket) : json_null());
	figures_add_parts(run, json, &r->parts);
	json_object_set_new(json, "repeat_within", again_json(r));
	json_object_set_new(json, "days_between_visits", gaps_json(&r->gaps));
	json_object_set_new(json, "sample", sample_json(r));
	report_definitions(json, retention_definitions);
	out_json(run, json);
}

/* -- in words -- */

static void retention_words(struct run *run, const struct retention *r)
{
	char text[40];

	report_window(run, r->used.from, r->used.to);
	if (!r->used.to)
		return;
	print_count(run, "Customers", r->customers);
	print_count(run, "New", r->new);
	print_count(run, "Returning", r->returning);
	print_count(run, "Reactivated", r->reactivated);
	print_count(run, "Lapsed", r->lapsed);
	print_count(run, "Sales", r->takings.sales);
	print_money(run, "Revenue", r->takings.revenue);
	print_money(run, "of new customers", r->parts.new);
	print_money(run, "of returning ones", r->parts.returning);
	print_money(run, "of nobody known", r->parts.anonymous);
	if (r->takings.sales)
		print_money(run, "Average basket", r->average_basket);
	print_share(run, "Repeat purchase rate", r->repeat_purchase);
	print_share(run, "Retention rate", r->retention);
	print_share(run, "Churn", r->churn);
	print_share(run, "Churn by own gap", r->churn_own_gap);
	print_share(run, "Again within 30 days", r->again[0]);
	print_share(run, "Again within 90 days", r->again[2]);
	if (r->customers) {
		snprintf(text, sizeof(text), "%.2f", (double)r->visits / (double)r->customers);
		out_pair(run, "Visits per customer", text);
	}
	if (r->gaps.n >= SHARE_FEW) {
		snprintf(text, sizeof(text), "%g (the median)", r->gaps.median);
		out_pair(run, "Days between visits", text);
	}
}

static void show(struct run *run, const struct retention *r, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		retention_json(run, r);
	} else if (csv) {
		retention_sheet(r, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else {
		retention_words(run, r);
	}
}

enum status report_retention(struct run *run)
{
	const struct retention_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
		.quiet_days = (int)args_number(run->args, "days"),
		.gap_times = (int)args_number(run->args, "gaps"),
	};
	struct scan s = { 0 };
	struct retention r;
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_scan(run, &s);
	if (st == ST_OK)
		st = retention_of(&s, &options, &r);
	if (st == ST_OK)
		show(run, &r, csv);
	if (st == ST_OK)
		report_after_last(run, r.used.to, s.last_sale_day);
	scan_release(&s);
	return st;
}
