/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_programs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/engagement.h"
#include "insight/money.h"
#include "store/record_text.h"

const struct field report_money_flags[] = {
	FLAG_TEXT("month", 8, .value = "MONTH", .help = "as in 2026-10; else the last whole one; "
		  "the figures are of the whole shop, known customers or not"),
	FLAG_CSV, { 0 }
};

const struct field report_engagement_flags[] = {
	FLAG("from", FIELD_DAY, .help = "from the month of this day on; else the first with a "
	     "member"),
	FLAG("to", FIELD_DAY, .help = "through this day; else the last sale's"),
	FLAG_WHERE, FLAG_CSV, { 0 }
};

static void set_month(json_t *json, int32_t day)
{
	char text[DAY_TEXT];

	day_print(day, text);
	text[strlen("2026-10")] = '\0';
	json_object_set_new(json, "month", json_string(text));
}

/* -- the month in money -- */

static json_t *programs_json(const struct run *run, const struct programs *programs,
			     const struct money_month *month)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < programs->n; i++) {
		json_t *json = json_object();

		json_object_set_new(json, "program", json_text(programs->row[i].name));
		json_object_set_new(json, "rewards_cost",
				    figure_money(run, month->program[i].rewards));
		json_object_set_new(json, "points_cost",
				    figure_money(run, month->program[i].points));
		json_array_append_new(rows, json);
	}
	return rows;
}

static json_t *month_json(const struct run *run, const struct programs *programs,
			  const struct money_month *month)
{
	json_t *json = json_object();

	if (!month->there) {
		json_decref(json);
		return json_null();
	}
	set_month(json, month->month);
	json_object_set_new(json, "members", figure_money(run, month->members));
	json_object_set_new(json, "others", figure_money(run, month->others));
	json_object_set_new(json, "unknown", figure_money(run, month->unknown));
	json_object_set_new(json, "walk_in", figure_money(run, month->walk_in));
	json_object_set_new(json, "takings", figure_money(run, month->takings));
	json_object_set_new(json, "programs", programs_json(run, programs, month));
	json_object_set_new(json, "given", figure_money(run, month->given));
	json_object_set_new(json, "owed_before", figure_money(run, month->owed_before));
	json_object_set_new(json, "owed_moved",
			    figure_money(run, month->owed - month->owed_before));
	json_object_set_new(json, "owed", figure_money(run, month->owed));
	return json;
}

static void money_json(struct run *run, const struct money *m, const struct programs *programs)
{
	static const char *const names[MONEY_MONTHS] = { "this", "month_before", "year_before" };
	json_t *json = json_object();

	for (int i = 0; i < MONEY_MONTHS; i++)
		json_object_set_new(json, names[i], month_json(run, programs, &m->month[i]));
	report_definitions(json, money_definitions);
	out_json(run, json);
}

static void money_show(struct run *run, const struct money *m, bool csv)
{
	char day[DAY_TEXT];
	struct sheet sheet;

	day_print(m->month[MONEY_NOW].month, day);
	if (!csv && !m->month[MONEY_NOW].there) {
		out_line(run, "There were no sales by the end of %.7s.", day);
		return;
	}
	if (!csv)
		out_line(run, "%.7s", day);
	money_sheet(m, &sheet);
	report_sheet(run, &sheet);
	sheet_release(&sheet);
}

static enum status asked_month(struct run *run, int32_t *month)
{
	const char *text = args_text(run->args, "month");
	char day[DAY_TEXT + 8];

	*month = 0;
	if (!args_has(run->args, "month"))
		return ST_OK;
	snprintf(day, sizeof(day), "%s-01", text);
	if (strlen(text) == strlen("2026-10") && day_parse(day, month) == ST_OK)
		return ST_OK;
	return wrong_usage(run, "\"%s\" is not a month; give it as 2026-10", text);
}

enum status report_money(struct run *run)
{
	int32_t today = clock_day(run->by.now), month;
	struct flows flows = { .n = 0 };
	struct money money = { .n = 0 };
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = asked_month(run, &month);
	if (st == ST_OK)
		st = flows_read(run->shop.store, NULL, today, &flows);
	if (st == ST_OK && month > today)
		st = fail(ST_INVALID, "%s has not begun yet; ask for a month that has",
			  args_text(run->args, "month"));
	if (st == ST_OK && !month)
		month = money_last_month(&flows, today);
	if (st == ST_OK)
		st = money_of(&flows, month ? month : today, &money);
	if (st == ST_OK && run->json)
		money_json(run, &money, &flows.programs);
	else if (st == ST_OK)
		money_show(run, &money, csv);
	money_release(&money);
	flows_release(&flows);
	return st;
}

/* -- engagement -- */

static json_t *engagement_month_json(const struct engagement_month *m)
{
	json_t *json = json_object();

	set_month(json, m->month);
	json_object_set_new(json, "over", json_boolean(m->over));
	json_object_set_new(json, "members", json_integer(m->members));
	json_object_set_new(json, "came", json_integer(m->came));
	json_object_set_new(json, "earned", json_integer(m->earned));
	json_object_set_new(json, "used", json_integer(m->used));
	json_object_set_new(json, "part", json_integer(m->part));
	json_object_set_new(json, "share", figure_share(engagement_share(m)));
	return json;
}

static void engagement_json(struct run *run, const struct engagement *e)
{
	json_t *json = json_object(), *rows = json_array();

	json_object_set_new(json, "from", figure_day(e->used.from));
	json_object_set_new(json, "to", figure_day(e->used.to));
	for (size_t i = 0; i < e->n; i++)
		json_array_append_new(rows, engagement_month_json(&e->month[i]));
	json_object_set_new(json, "months", rows);
	report_definitions(json, engagement_definitions);
	out_json(run, json);
}

static void engagement_show(struct run *run, const struct engagement *e, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		engagement_json(run, e);
		return;
	}
	if (!csv && !e->n) {
		out_line(run, "Nobody is a member of a program yet.");
		return;
	}
	engagement_sheet(e, &sheet);
	report_sheet(run, &sheet);
	sheet_release(&sheet);
	if (!csv && !e->month[e->n - 1].over)
		out_line(run, "The last month is not over: it is still growing.");
}

enum status report_engagement(struct run *run)
{
	const struct engagement_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
	};
	struct engagement engagement = { .n = 0 };
	struct flows flows = { .n = 0 };
	struct people_set only = { 0 };
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_flows(run, &only, &flows);
	if (st == ST_OK)
		st = engagement_of(&flows, &options, &engagement);
	if (st == ST_OK)
		engagement_show(run, &engagement, csv);
	engagement_release(&engagement);
	flows_release(&flows);
	people_release(&only);
	return st;
}
