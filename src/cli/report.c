/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/days.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/report_clv.h"
#include "cli/report_programs.h"
#include "cli/reports.h"
#include "insight/summary.h"

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
	  .flags = report_retention_flags, .needs = READ_SHOP, .run = report_retention },
	{ "report", "months", "shows revenue by month, and who brought it", "",
	  .flags = report_months_flags, .needs = READ_SHOP, .run = report_months },
	{ "report", "cohorts", "shows who came again, by the month of their first visit", "",
	  .flags = report_cohorts_flags, .needs = READ_SHOP, .run = report_cohorts },
	{ "report", "rfm", "groups customers by when they came last, how often, for how much", "",
	  .flags = report_rfm_flags, .needs = READ_SHOP, .run = report_rfm },
	{ "report", "clv", "shows what customers are worth, and who is likely still a regular", "",
	  .flags = report_clv_flags, .needs = READ_SHOP, .run = report_clv },
	{ "report", "hours", "shows on which weekdays and hours sales are made", "",
	  .flags = report_hours_flags, .needs = READ_SHOP, .run = report_hours },
	{ "report", "basket", "shows what goes with what", "",
	  .flags = report_basket_flags, .needs = READ_SHOP, .run = report_basket },
	{ "report", "upsell", "shows who always takes the cheaper of two items", "",
	  .flags = report_upsell_flags, .needs = READ_SHOP, .run = report_upsell },
	{ "report", "items", "shows what items bring, and which bring people back", "",
	  .flags = report_items_flags, .needs = READ_SHOP, .run = report_items },
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
