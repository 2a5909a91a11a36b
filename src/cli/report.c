/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/days.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/report_programs.h"
#include "insight/retention.h"
#include "insight/summary.h"

static const struct field retention_flags[] = {
	FLAG("from", FIELD_DAY, .help = "first day of the window; else the first sale's"),
	FLAG("to", FIELD_DAY, .help = "last day of the window; else the last sale's"),
	FLAG("days", FIELD_INT, .least = 1, .most = 3650, .value = "N", .help = "days of silence "
	     "that count as having left; else 90"),
	FLAG("gaps", FIELD_INT, .least = 1, .most = 100, .value = "N", .help = "silence in "
	     "a customer's own usual gaps that counts so; else 2"),
	{ 0 }
};

/* -- retention -- */

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
	json_object_set_new(json, "lapsed", json_integer(r->lapsed));
	figures_add_takings(run, json, &r->takings);
	json_object_set_new(json, "repeat_purchase_rate", figure_share(r->repeat_purchase));
	json_object_set_new(json, "retention_rate", figure_share(r->retention));
	json_object_set_new(json, "churn_rate", figure_share(r->churn));
	json_object_set_new(json, "churn_rate_own_gap", figure_share(r->churn_own_gap));
	json_object_set_new(json, "average_basket", figure_money(run, r->average_basket));
	out_json(run, json);
}

static void retention_words(struct run *run, const struct retention *r)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (!r->used.to) {
		out_line(run, "There are no sales yet.");
		return;
	}
	day_print(r->used.from, from);
	day_print(r->used.to, to);
	out_line(run, "From %s through %s", from, to);
	print_count(run, "Customers", r->customers);
	print_count(run, "New", r->new);
	print_count(run, "Returning", r->returning);
	print_count(run, "Lapsed", r->lapsed);
	print_count(run, "Sales", r->takings.sales);
	print_money(run, "Revenue", r->takings.revenue);
	print_money(run, "Average basket", r->average_basket);
	print_share(run, "Repeat purchase rate", r->repeat_purchase);
	print_share(run, "Retention rate", r->retention);
	print_share(run, "Churn", r->churn);
	print_share(run, "Churn by own gap", r->churn_own_gap);
}

static enum status run_retention(struct run *run)
{
	const struct retention_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
		.quiet_days = (int)args_number(run->args, "days"),
		.gap_times = (int)args_number(run->args, "gaps"),
	};
	struct retention r;
	enum status st = retention_read(run->shop.store, &options, &r);

	if (st == ST_OK && run->json)
		retention_json(run, &r);
	else if (st == ST_OK)
		retention_words(run, &r);
	return st;
}

/* -- summary -- */

static json_t *period_json(const struct run *run, const struct summary_period *p)
{
	json_t *json = json_object();

	json_object_set_new(json, "from", figure_day(p->from));
	json_object_set_new(json, "to", figure_day(p->to));
	figures_add_takings(run, json, &p->takings);
	json_object_set_new(json, "customers", json_integer(p->visitors.customers));
	json_object_set_new(json, "new", json_integer(p->visitors.new));
	json_object_set_new(json, "returning", json_integer(p->visitors.returning));
	json_object_set_new(json, "repeat", json_integer(p->visitors.repeat));
	return json;
}

static void summary_json(struct run *run, const struct summary *s)
{
	json_t *json = json_object();

	json_object_set_new(json, "day", figure_day(s->day));
	json_object_set_new(json, "customers", json_integer(s->customers));
	json_object_set_new(json, "textable", json_integer(s->textable));
	json_object_set_new(json, "last_sale", figure_day(s->last_sale_day));
	json_object_set_new(json, "today", period_json(run, &s->today));
	json_object_set_new(json, "week", period_json(run, &s->week));
	json_object_set_new(json, "month", period_json(run, &s->month));
	json_object_set_new(json, "last_month", period_json(run, &s->last_month));
	json_object_set_new(json, "ever", period_json(run, &s->ever));
	json_object_set_new(json, "liability", figures_liability(run, &s->liability));
	out_json(run, json);
}

static void add_period(struct grid *grid, const struct run *run, const char *label,
		       const struct summary_period *p)
{
	char money[MONEY_TEXT];

	grid_cell(grid, label);
	grid_cellf(grid, "%" PRId64, p->takings.sales);
	grid_cell(grid, amount_text(run, p->takings.revenue, money));
	grid_cellf(grid, "%" PRId64, p->visitors.customers);
	grid_cellf(grid, "%" PRId64, p->visitors.new);
	grid_cellf(grid, "%" PRId64, p->visitors.returning);
}

static void summary_words(struct run *run, const struct summary *s)
{
	struct grid grid;

	print_count(run, "Customers", s->customers);
	print_count(run, "with a mobile phone", s->textable);
	grid_start(&grid);
	grid_column(&grid, "", GRID_LEFT);
	grid_column(&grid, "Sales", GRID_RIGHT);
	grid_column(&grid, "Revenue", GRID_RIGHT);
	grid_column(&grid, "Customers", GRID_RIGHT);
	grid_column(&grid, "New", GRID_RIGHT);
	grid_column(&grid, "Returning", GRID_RIGHT);
	add_period(&grid, run, "Today", &s->today);
	add_period(&grid, run, "This week", &s->week);
	add_period(&grid, run, "This month", &s->month);
	add_period(&grid, run, "Last month", &s->last_month);
	add_period(&grid, run, "Ever", &s->ever);
	grid_end(&grid, run);
	print_liability(run, &s->liability);
}

static enum status run_summary(struct run *run)
{
	struct summary s;
	enum status st = summary_read(run->shop.store, clock_day(run->by.now), &s);

	if (st == ST_OK && run->json)
		summary_json(run, &s);
	else if (st == ST_OK)
		summary_words(run, &s);
	summary_release(&s);
	return st;
}

static enum status run_liability(struct run *run)
{
	struct liability l;
	enum status st = liability_read(run->shop.store, clock_day(run->by.now), &l);

	if (st == ST_OK && run->json)
		out_json(run, figures_liability(run, &l));
	else if (st == ST_OK)
		print_liability(run, &l);
	liability_release(&l);
	return st;
}

const struct command report_commands[] = {
	{ "report", "summary", "shows what the shop is today", "",
	  .needs = READ_SHOP, .run = run_summary },
	{ "report", "retention", "shows whether customers come back", "",
	  .flags = retention_flags, .needs = READ_SHOP, .run = run_retention },
	{ "report", "liability", "shows what the shop owes in points and rewards", "",
	  .needs = READ_SHOP, .run = run_liability },
	{ "report", "programs", "shows what each program does, costs and owes", "",
	  .flags = report_programs_flags, .needs = READ_SHOP, .run = report_programs },
	{ "report", "money", "shows a month in money, beside the months before", "",
	  .flags = report_money_flags, .needs = READ_SHOP, .run = report_money },
	{ "report", "engagement", "shows how many members take part, by month", "",
	  .flags = report_engagement_flags, .needs = READ_SHOP, .run = report_engagement },
	{ "report", "day", "shows the figures of one day", "",
	  .flags = report_day_flags, .needs = READ_SHOP, .run = report_day },
	{ "day", "close", "ends the day and prints its report with the fingerprint to keep", "",
	  .flags = day_close_flags, .needs = WRITE_SHOP, .run = day_close_run },
	{ .name = NULL }
};
