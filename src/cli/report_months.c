/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/reports.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/hours.h"
#include "insight/months.h"

const struct field report_months_flags[] = { FLAG_FROM, FLAG_TO, FLAG_WHERE, FLAG_CSV,
	{ 0 } };
const struct field report_hours_flags[] = { FLAG_FROM, FLAG_TO, FLAG_WHERE, FLAG_CSV,
	{ 0 } };

/* -- in common -- */

enum status report_scan(struct run *run, struct scan *out)
{
	struct people_set people;
	bool some;
	enum status st = where_read(run, &people, &some);

	if (st == ST_OK)
		st = scan_read_of(run->shop.store, some ? &people : NULL, out);
	people_release(&people);
	return st;
}

void report_window(struct run *run, int32_t from, int32_t to)
{
	char first[DAY_TEXT], last[DAY_TEXT];

	if (!to) {
		out_line(run, "There are no sales yet.");
		return;
	}
	day_print(from, first);
	day_print(to, last);
	out_line(run, "From %s through %s", first, last);
}

void report_after_last(struct run *run, int32_t day, int32_t last)
{
	char text[DAY_TEXT];

	if (!last || day <= last || run->json || args_yes(run->args, "csv"))
		return;
	day_print(last, text);
	out_line(run, "The last sale was on %s: nobody can have come after it.", text);
}

json_t *report_month(int32_t day)
{
	char text[DAY_TEXT];

	day_print(day, text);
	text[7] = '\0';
	return json_string(text);
}

/* -- months -- */

static json_t *month_json(const struct run *run, const struct month *m)
{
	json_t *json = json_object();

	json_object_set_new(json, "month", report_month(m->from));
	json_object_set_new(json, "from", figure_day(m->from));
	json_object_set_new(json, "to", figure_day(m->to));
	json_object_set_new(json, "whole", json_boolean(m->whole));
	figures_add_takings(run, json, &m->takings);
	figures_add_parts(run, json, &m->parts);
	json_object_set_new(json, "customers", json_integer(m->customers));
	json_object_set_new(json, "new", json_integer(m->new));
	json_object_set_new(json, "returning", json_integer(m->returning));
	return json;
}

static void months_json(struct run *run, const struct months *m)
{
	json_t *json = json_object(), *rows = json_array();

	json_object_set_new(json, "from", figure_day(m->used.from));
	json_object_set_new(json, "to", figure_day(m->used.to));
	for (size_t i = 0; i < m->n; i++)
		json_array_append_new(rows, month_json(run, &m->row[i]));
	json_object_set_new(json, "months", rows);
	report_definitions(json, months_definitions);
	out_json(run, json);
}

/* Without the column that says which are whole: a star has room beside the month. */
static const struct sheet_column words_columns[] = {
	{ "month", "Month", SHEET_TEXT },
	{ "sales", "Sales", SHEET_COUNT },
	{ "revenue", "Revenue", SHEET_MONEY },
	{ "new_revenue", "By new", SHEET_MONEY },
	{ "returning_revenue", "by others", SHEET_MONEY },
	{ "anonymous_revenue", "unknown", SHEET_MONEY },
	{ "customers", "People", SHEET_COUNT },
	{ "new", "New", SHEET_COUNT },
	{ "returning", "Again", SHEET_COUNT },
	{ 0 }
};

static void add_words(struct sheet *s, const struct month *m)
{
	char text[DAY_TEXT];

	day_print(m->from, text);
	strcpy(text + strlen("2026-03"), m->whole ? "" : "*");
	sheet_text(s, text);
	sheet_count(s, m->takings.sales);
	sheet_money(s, m->takings.revenue);
	sheet_money(s, m->parts.new);
	sheet_money(s, m->parts.returning);
	sheet_money(s, m->parts.anonymous);
	sheet_count(s, m->customers);
	sheet_count(s, m->new);
	sheet_count(s, m->returning);
}

static void months_words(struct run *run, const struct months *m)
{
	struct sheet sheet;
	bool whole = true;

	report_window(run, m->used.from, m->used.to);
	if (!m->n)
		return;
	sheet_start(&sheet, words_columns);
	for (size_t i = 0; i < m->n; i++) {
		add_words(&sheet, &m->row[i]);
		whole &= m->row[i].whole;
	}
	report_sheet(run, &sheet);
	sheet_release(&sheet);
	if (!whole)
		out_line(run, "* is not a whole month in these days.");
}

static void months_show(struct run *run, const struct months *m, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		months_json(run, m);
	} else if (csv) {
		months_sheet(m, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else {
		months_words(run, m);
	}
}

enum status report_months(struct run *run)
{
	const struct months_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
	};
	struct months m = { .n = 0 };
	struct scan s = { 0 };
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_scan(run, &s);
	if (st == ST_OK)
		st = months_of(&s, &options, &m);
	if (st == ST_OK)
		months_show(run, &m, csv);
	if (st == ST_OK)
		report_after_last(run, m.used.to, s.last_sale_day);
	months_release(&m);
	scan_release(&s);
	return st;
}

/* -- hours -- */

static json_t *hour_json(const struct run *run, int hour, const struct scan_hour *cell)
{
	json_t *json = json_object();

	json_object_set_new(json, "hour", json_integer(hour));
	json_object_set_new(json, "sales", json_integer(cell->sales));
	json_object_set_new(json, "revenue", figure_money(run, cell->revenue));
	return json;
}

static json_t *weekday_json(const struct run *run, const struct hours *h, int weekday)
{
	json_t *json = json_object(), *hours = json_array();

	json_object_set_new(json, "weekday", json_string(weekday_names[weekday]));
	json_object_set_new(json, "days", json_integer(h->days[weekday]));
	json_object_set_new(json, "sales", json_integer(h->day[weekday].sales));
	json_object_set_new(json, "revenue", figure_money(run, h->day[weekday].revenue));
	for (int hour = 0; hour < SCAN_HOURS; hour++)
		json_array_append_new(hours, hour_json(run, hour, &h->cell[weekday][hour]));
	json_object_set_new(json, "hours", hours);
	return json;
}

static void hours_json(struct run *run, const struct hours *h)
{
	json_t *json = json_object(), *weekdays = json_array();

	json_object_set_new(json, "from", figure_day(h->used.from));
	json_object_set_new(json, "to", figure_day(h->used.to));
	json_object_set_new(json, "sales", json_integer(h->sales));
	for (int weekday = 0; weekday < WEEKDAYS; weekday++)
		json_array_append_new(weekdays, weekday_json(run, h, weekday));
	json_object_set_new(json, "weekdays", weekdays);
	report_definitions(json, hours_definitions);
	out_json(run, json);
}

/* As many hours side by side as 80 columns have room for. */
enum { HOURS_ACROSS = 12 };

static void print_hours(struct run *run, const struct hours *h, int first)
{
	int last = first + HOURS_ACROSS - 1 < h->open_to ? first + HOURS_ACROSS - 1 : h->open_to;
	struct grid grid;
	char title[24];

	grid_start(&grid);
	grid_column(&grid, "", GRID_LEFT);
	for (int hour = first; hour <= last; hour++) {
		snprintf(title, sizeof(title), "%02d", hour);
		grid_column(&grid, title, GRID_RIGHT);
	}
	grid_column(&grid, "Days", GRID_RIGHT);
	for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
		grid_cell(&grid, weekday_names[weekday]);
		for (int hour = first; hour <= last; hour++)
			grid_cellf(&grid, "%" PRId64, h->cell[weekday][hour].sales);
		grid_cellf(&grid, "%" PRId64, h->days[weekday]);
	}
	grid_end(&grid, run);
}

/* The hour with the most sales a day, the first of equals. */
static void print_busiest(struct run *run, const struct hours *h)
{
	for (int weekday = 0; weekday < WEEKDAYS; weekday++)
		for (int hour = 0; hour < SCAN_HOURS; hour++) {
			if (h->cell[weekday][hour].sales != h->most)
				continue;
			out_line(run, "Most sales began on %s from %02d:00: %" PRId64 ", on "
				 "%" PRId64 " such day%s.", weekday_names[weekday], hour, h->most,
				 h->days[weekday], h->days[weekday] == 1 ? "" : "s");
			return;
		}
}

static void hours_show(struct run *run, const struct hours *h, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		hours_json(run, h);
		return;
	}
	if (csv) {
		hours_sheet(h, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
		return;
	}
	report_window(run, h->used.from, h->used.to);
	for (int hour = h->open_from; hour >= 0 && hour <= h->open_to; hour += HOURS_ACROSS)
		print_hours(run, h, hour);
	if (h->most && h->open_to == 0)
		out_line(run, "All sales stand at midnight: what was imported knows days, not "
			 "hours.");
	else if (h->most)
		print_busiest(run, h);
}

enum status report_hours(struct run *run)
{
	const struct hours_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
	};
	struct scan s = { 0 };
	struct hours h;
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_scan(run, &s);
	if (st == ST_OK)
		st = hours_of(&s, &options, &h);
	if (st == ST_OK)
		hours_show(run, &h, csv);
	if (st == ST_OK)
		report_after_last(run, h.used.to, s.last_sale_day);
	scan_release(&s);
	return st;
}
