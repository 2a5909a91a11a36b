/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/reports.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/erased.h"
#include "insight/rfm.h"

#define FLAG_CUTS(name_, help_) FLAG_TEXT(name_, 200, .value = "A,B,C,D", .help = help_)

const struct field report_rfm_flags[] = {
	FLAG_AS_OF,
	FLAG("from", FIELD_DAY, .help = "only visits from this day on; else all"),
	FLAG_CUTS("recency_cuts", "own borders of the scale in days, as 7,14,30,60; else fifths"),
	FLAG_CUTS("frequency_cuts", "the same in visits"),
	FLAG_CUTS("monetary_cuts", "the same in money"),
	FLAG_TEXT("segment", 40, .help = "lists the customers of this one"),
	FLAG("people", FIELD_BOOL, .help = "lists every customer"),
	FLAG_WHERE,
	FLAG_CSV,
	{ 0 }
};

/* -- cuts -- */

static enum status cut_parse(const struct run *run, enum rfm_scale scale, const char *text,
			     int64_t *out)
{
	if (scale == RFM_MONETARY)
		return money_parse(text, run->shop.decimals, out);
	if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 6)
		return fail(ST_INVALID, "\"%s\" is not a whole number", text);
	*out = atol(text);
	return ST_OK;
}

static enum status take_cuts(const struct run *run, const char *flag, enum rfm_scale scale,
			     struct rfm_options *o)
{
	char text[201], *rest = text, *cut;
	enum status st = ST_OK;
	int n = 0;

	if (!args_has(run->args, flag))
		return ST_OK;
	o->own[scale] = true;
	strncpy(text, args_text(run->args, flag), sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	while (st == ST_OK && (cut = strsep(&rest, ",")) && n++ < RFM_CUTS)
		st = cut_parse(run, scale, cut, &o->cuts[scale][n - 1]);
	if (st == ST_OK && n != RFM_CUTS)
		return fail(ST_INVALID, "four cuts make five groups; give four, as in 7,14,30,60");
	return st;
}

static enum status read_options(const struct run *run, struct rfm_options *o)
{
	enum status st;

	*o = (struct rfm_options){ .as_of = (int32_t)args_number(run->args, "as_of"),
				   .from = (int32_t)args_number(run->args, "from") };
	st = take_cuts(run, "recency_cuts", RFM_RECENCY, o);
	if (st == ST_OK)
		st = take_cuts(run, "frequency_cuts", RFM_FREQUENCY, o);
	return st == ST_OK ? take_cuts(run, "monetary_cuts", RFM_MONETARY, o) : st;
}

/* -- of whom -- */

struct asked {
	bool people;		/* one row a customer */
	bool some;		/* of one segment */
	enum rfm_segment segment;
};

static enum status read_asked(const struct run *run, struct asked *out)
{
	const char *text = args_text(run->args, "segment");

	*out = (struct asked){ .people = args_yes(run->args, "people") || *text, .some = *text };
	if (*text && !rfm_segment_find(text, &out->segment))
		return fail(ST_NOT_FOUND, "there is no segment \"%s\"; see them with: "
			    "regulars report rfm", text);
	return ST_OK;
}

static bool is_asked(const struct asked *a, const struct rfm_row *row)
{
	return !a->some || row->segment == a->segment;
}

/* Filters leave them out already. */
static enum status leave_erased(const struct run *run, struct rfm *r)
{
	struct people_set erased;
	enum status st = erased_read(run->shop.store, &erased);

	if (st == ST_OK)
		rfm_leave_out(r, &erased);
	people_release(&erased);
	return st;
}

/* The rows that were not asked for, out. */
static void keep_asked(struct rfm *r, const struct asked *a)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (is_asked(a, &r->row[i]))
			r->row[n++] = r->row[i];
	r->n = n;
}

/* -- as JSON -- */

static json_t *segment_json(const struct run *run, const struct rfm *r, enum rfm_segment i)
{
	json_t *json = json_object();

	json_object_set_new(json, "name", json_string(rfm_kinds[i].name));
	json_object_set_new(json, "key", json_string(rfm_kinds[i].key));
	json_object_set_new(json, "customers", json_integer(r->segments[i].customers));
	json_object_set_new(json, "monetary", figure_money(run, r->segments[i].monetary));
	json_object_set_new(json, "who", json_string(rfm_kinds[i].who));
	json_object_set_new(json, "action", json_string(rfm_kinds[i].action));
	return json;
}

static json_t *customer_json(const struct run *run, const struct rfm_row *row)
{
	json_t *json = json_object();

	json_object_set_new(json, "id", json_integer(row->customer));
	json_object_set_new(json, "recency", json_integer(row->recency));
	json_object_set_new(json, "frequency", json_integer(row->frequency));
	json_object_set_new(json, "monetary", figure_money(run, row->monetary));
	json_object_set_new(json, "r", json_integer(row->r));
	json_object_set_new(json, "f", json_integer(row->f));
	json_object_set_new(json, "m", json_integer(row->m));
	json_object_set_new(json, "segment", json_string(rfm_kinds[row->segment].name));
	return json;
}

/* Money as the currency has it: quantiles lie between two amounts. */
static double cut_value(const struct run *run, const struct rfm *r, enum rfm_scale scale, int i)
{
	double value = r->cuts[scale][i];

	for (int d = 0; d < run->shop.decimals && scale == RFM_MONETARY; d++)
		value /= 10;
	return value;
}

static json_t *cuts_json(const struct run *run, const struct rfm *r)
{
	static const char *const names[RFM_SCALES] = { "recency", "frequency", "monetary" };
	json_t *json = json_object();

	for (enum rfm_scale scale = 0; scale < RFM_SCALES; scale++) {
		json_t *cuts = json_array();

		for (int i = 0; i < RFM_CUTS; i++)
			json_array_append_new(cuts, json_real(cut_value(run, r, scale, i)));
		json_object_set_new(json, names[scale], cuts);
	}
	return json;
}

static void rfm_json(struct run *run, const struct rfm *r)
{
	json_t *json = json_object(), *segments = json_array(), *customers = json_array();
	int64_t sample = 0;

	for (enum rfm_segment i = 0; i < RFM_SEGMENTS; i++) {
		json_array_append_new(segments, segment_json(run, r, i));
		sample += r->segments[i].customers;
	}
	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(customers, customer_json(run, &r->row[i]));
	json_object_set_new(json, "as_of", figure_day(r->used.as_of));
	json_object_set_new(json, "from", figure_day(r->used.from));
	json_object_set_new(json, "scale", json_string("1 to 5, 5 is best"));
	json_object_set_new(json, "cuts", r->n ? cuts_json(run, r) : json_null());
	json_object_set_new(json, "sample", json_pack("{s:I}", "customers", (json_int_t)sample));
	json_object_set_new(json, "tells", json_boolean(r->tells));
	json_object_set_new(json, "segments", segments);
	json_object_set_new(json, "customers", customers);
	report_definitions(json, rfm_definitions);
	out_json(run, json);
}

/* -- in words -- */

struct cut_text {
	char text[32];
};

static struct cut_text cut_text(const struct run *run, const struct rfm *r,
				enum rfm_scale scale, int cut)
{
	struct cut_text out;
	double value = cut_value(run, r, scale, cut);
	int digits = scale == RFM_MONETARY ? run->shop.decimals : value > floor(value);

	snprintf(out.text, sizeof(out.text), "%.*f", digits, value);
	return out;
}

static void print_scale(struct run *run, struct grid *grid, const struct rfm *r,
			enum rfm_scale scale)
{
	static const char *const names[RFM_SCALES] = {
		"Last came, days ago", "Visits", "Paid" };

	grid_cell(grid, names[scale]);
	for (int score = 1; score <= RFM_SCORES; score++) {
		int above = scale == RFM_RECENCY ? RFM_SCORES - score : score - 1;

		if (above == 0)
			grid_cellf(grid, "to %s", cut_text(run, r, scale, 0).text);
		else if (above < RFM_CUTS && r->cuts[scale][above] == r->cuts[scale][above - 1])
			grid_cell(grid, "nobody");	/* ties are never split */
		else
			grid_cellf(grid, "over %s", cut_text(run, r, scale, above - 1).text);
	}
}

static void print_scales(struct run *run, const struct rfm *r)
{
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "Score", GRID_LEFT);
	grid_column(&grid, "1", GRID_RIGHT);
	grid_column(&grid, "2", GRID_RIGHT);
	grid_column(&grid, "3", GRID_RIGHT);
	grid_column(&grid, "4", GRID_RIGHT);
	grid_column(&grid, "5 (best)", GRID_RIGHT);
	for (enum rfm_scale scale = 0; scale < RFM_SCALES; scale++)
		print_scale(run, &grid, r, scale);
	grid_end(&grid, run);
}

static void rfm_words(struct run *run, const struct rfm *r)
{
	char as_of[DAY_TEXT];

	if (!r->n) {
		out_line(run, r->used.as_of ? "Nobody known has come by then." :
					      "There are no sales yet.");
		return;
	}
	day_print(r->used.as_of, as_of);
	out_line(run, "%zu customers, looked back from %s", r->n, as_of);
	if (!r->tells)
		out_line(run, "Too few to tell: with fewer than %d a fifth is a handful of people. "
			 "Look at them by name, or set cuts of your own (--recency-cuts ...).",
			 RFM_FEW);
	print_scales(run, r);
}

static const struct sheet_column named_columns[] = {
	{ "customer", "Customer", SHEET_TEXT },
	{ "recency", "Days ago", SHEET_COUNT },
	{ "frequency", "Visits", SHEET_COUNT },
	{ "monetary", "Paid", SHEET_MONEY },
	{ "r", "R", SHEET_COUNT },
	{ "f", "F", SHEET_COUNT },
	{ "m", "M", SHEET_COUNT },
	{ "segment", "Segment", SHEET_WORD },
	{ 0 }
};

/* The people as one calls them; scripts get their numbers. */
static enum status people_words(struct run *run, const struct rfm *r)
{
	struct customer *who = mem_alloc(sizeof(*who));
	enum status st = ST_OK;
	struct sheet sheet;

	sheet_start(&sheet, named_columns);
	for (size_t i = 0; st == ST_OK && i < r->n; i++) {
		const struct rfm_row *row = &r->row[i];

		st = read_customer(run, row->customer, who);
		sheet_text(&sheet, customer_label(who));
		sheet_count(&sheet, row->recency);
		sheet_count(&sheet, row->frequency);
		sheet_money(&sheet, row->monetary);
		sheet_count(&sheet, row->r);
		sheet_count(&sheet, row->f);
		sheet_count(&sheet, row->m);
		sheet_text(&sheet, rfm_kinds[row->segment].name);
	}
	if (st == ST_OK && r->n)
		report_sheet(run, &sheet);
	sheet_release(&sheet);
	free(who);
	return st;
}

static enum status show(struct run *run, struct rfm *r, const struct asked *a, bool csv)
{
	struct sheet sheet;

	if (!csv && !run->json)
		rfm_words(run, r);
	keep_asked(r, a);
	if (run->json) {
		rfm_json(run, r);
		return ST_OK;
	}
	if (a->people && !csv)
		return people_words(run, r);
	if (a->people)
		rfm_people_sheet(r, &sheet);
	else
		rfm_sheet(r, &sheet);
	if (csv || r->n)
		report_sheet(run, &sheet);
	sheet_release(&sheet);
	return ST_OK;
}

enum status report_rfm(struct run *run)
{
	struct rfm_options options;
	struct rfm r = { .n = 0 };
	struct scan s = { 0 };
	struct people_set people = { 0 };
	struct asked asked;
	bool csv, some = false;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = read_options(run, &options);
	if (st == ST_OK)
		st = read_asked(run, &asked);
	if (st == ST_OK)
		st = where_read(run, &people, &some);
	if (st == ST_OK)
		st = scan_read(run->shop.store, &s);
	if (st == ST_OK)
		st = rfm_of(&s, &options, &r);
	if (st == ST_OK && some)
		rfm_keep(&r, &people);
	else if (st == ST_OK)
		st = leave_erased(run, &r);
	if (st == ST_OK)
		st = show(run, &r, &asked, csv);
	if (st == ST_OK)
		report_after_last(run, r.used.as_of, s.last_sale_day);
	people_release(&people);
	rfm_release(&r);
	scan_release(&s);
	return st;
}
