/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/reports.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/cohorts.h"

const struct field report_cohorts_flags[] = {
	FLAG_FROM, FLAG_TO,
	FLAG("split", FIELD_DAY, .help = "compares who came first from the month of this day on "
	     "with those before"),
	FLAG("days", FIELD_INT, .least = 1, .most = 3650, .value = "N", .help = "days to come "
	     "again in, for --split; else 30"),
	FLAG_WHERE,
	FLAG_CSV,
	{ 0 }
};

/* -- as JSON -- */

/* Null for the months that have not begun. */
static json_t *cohort_json(const struct run *run, const struct cohorts *c, size_t cohort)
{
	json_t *json = json_object(), *active = json_array(), *revenue = json_array();

	for (size_t k = 0; k < c->n; k++) {
		bool begun = k < cohort_months(c, cohort);
		size_t cell = begun ? cohort_cell(c, cohort, k) : 0;

		json_array_append_new(active, begun ? json_integer(c->active[cell]) : json_null());
		json_array_append_new(revenue, begun ? figure_money(run, c->revenue[cell]) :
						       json_null());
	}
	json_object_set_new(json, "month", report_month(c->month[cohort]));
	json_object_set_new(json, "size", json_integer(c->size[cohort]));
	json_object_set_new(json, "active", active);
	json_object_set_new(json, "revenue", revenue);
	return json;
}

static json_t *group_json(struct share share)
{
	json_t *json = json_object();

	json_object_set_new(json, "customers", json_integer(share.whole));
	json_object_set_new(json, "came_again", json_integer(share.part));
	json_object_set_new(json, "rate", figure_share(share));
	return json;
}

static json_t *change_json(const struct run *run, const struct cohorts *c)
{
	const struct cohort_change *change = &c->change;
	struct format plain = plain_format(run);
	json_t *json = json_object();
	char sentence[COHORT_SENTENCE];

	cohorts_sentence(c, &plain, sentence);
	json_object_set_new(json, "since_month", report_month(c->used.split));
	json_object_set_new(json, "days", json_integer(c->used.within));
	json_object_set_new(json, "since", group_json(change->since));
	json_object_set_new(json, "before", group_json(change->before));
	json_object_set_new(json, "tells", json_boolean(change->tells));
	json_object_set_new(json, "low", change->tells ? json_real(change->difference.low) :
							 json_null());
	json_object_set_new(json, "high", change->tells ? json_real(change->difference.high) :
							  json_null());
	json_object_set_new(json, "sentence", json_string(sentence));
	return json;
}

static void cohorts_json(struct run *run, const struct cohorts *c)
{
	json_t *json = json_object(), *rows = json_array();
	int64_t customers = 0;

	json_object_set_new(json, "from", figure_day(c->used.from));
	json_object_set_new(json, "to", figure_day(c->used.to));
	json_object_set_new(json, "last_whole", json_boolean(c->last_whole));
	for (size_t i = 0; i < c->n; i++) {
		customers += c->size[i];
		if (c->size[i])
			json_array_append_new(rows, cohort_json(run, c, i));
	}
	json_object_set_new(json, "sample", json_pack("{s:I}", "customers",
						      (json_int_t)customers));
	json_object_set_new(json, "cohorts", rows);
	json_object_set_new(json, "change", c->used.split ? change_json(run, c) :
								  json_null());
	report_definitions(json, cohorts_definitions);
	out_json(run, json);
}

/* -- in words -- */

/* Months side by side in 80 columns. */
enum { MONTHS_ACROSS = 11 };

static void print_cell(struct grid *grid, const struct cohorts *c, size_t cohort, size_t k)
{
	struct share share = { 0, c->size[cohort] };
	const char *open = "";

	if (k >= cohort_months(c, cohort)) {
		grid_cell(grid, "");
		return;
	}
	share.part = c->active[cohort_cell(c, cohort, k)];
	if (k == cohort_months(c, cohort) - 1 && !c->last_whole)
		open = "*";
	if (share_tells(share))
		grid_cellf(grid, "%.0f%s", 100 * share_value(share), open);
	else
		grid_cellf(grid, "(%" PRId64 ")%s", share.part, open);
}

static void print_cohorts(struct run *run, const struct cohorts *c)
{
	size_t across = c->n <= MONTHS_ACROSS ? c->n - 1 : MONTHS_ACROSS;
	char text[DAY_TEXT];
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "First came in", GRID_LEFT);
	grid_column(&grid, "Customers", GRID_RIGHT);
	for (size_t k = 1; k <= across; k++) {
		snprintf(text, sizeof(text), "+%zu", k);
		grid_column(&grid, text, GRID_RIGHT);
	}
	for (size_t i = 0; i < c->n; i++) {
		if (!c->size[i])
			continue;
		day_print(c->month[i], text);
		text[7] = '\0';
		grid_cell(&grid, text);
		grid_cellf(&grid, "%" PRId64, c->size[i]);
		for (size_t k = 1; k <= across; k++)
			print_cell(&grid, c, i, k);
	}
	grid_end_list(&grid, run);
}

static void cohorts_words(struct run *run, const struct cohorts *c)
{
	struct format plain = plain_format(run);
	char sentence[COHORT_SENTENCE];

	report_window(run, c->used.from, c->used.to);
	if (!c->n)
		return;
	print_cohorts(run, c);
	out_line(run, "Of 100 customers, so many came that many months later; (3) is customers, "
		 "where the month had fewer than %d.%s", SHARE_FEW,
		 c->last_whole ? "" : " * is not over yet.");
	cohorts_sentence(c, &plain, sentence);
	if (*sentence)
		out_line(run, "%s", sentence);
}

static void show(struct run *run, const struct cohorts *c, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		cohorts_json(run, c);
	} else if (csv) {
		cohorts_sheet(c, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else {
		cohorts_words(run, c);
	}
}

enum status report_cohorts(struct run *run)
{
	const struct cohort_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
		.split = (int32_t)args_number(run->args, "split"),
		.within = (int)args_number(run->args, "days"),
	};
	struct cohorts c = { .n = 0 };
	struct scan s = { 0 };
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_scan(run, &s);
	if (st == ST_OK)
		st = cohorts_of(&s, &options, &c);
	if (st == ST_OK)
		show(run, &c, csv);
	if (st == ST_OK)
		report_after_last(run, c.used.to, s.last_sale_day);
	cohorts_release(&c);
	scan_release(&s);
	return st;
}
