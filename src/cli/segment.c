/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/context.h"
#include "cli/out.h"
#include "cli/where.h"
#include "shop/segment.h"
#include "store/record_text.h"

static const struct field where_flags[] = {
	FLAG_TEXT("where", SEGMENT_FILTER, .value = "FILTER", .help = "who is in it: "
		  "\"last_visit > 60d and visits >= 3\""),
	{ 0 }
};

static enum status answer(struct run *run, const struct segment *s)
{
	if (run->json)
		out_json(run, record_json(&segment_type, s, run->shop.decimals));
	return ST_OK;
}

static enum status take_filter(struct run *run, struct segment *s)
{
	const char *filter = args_text(run->args, "where");

	args_apply(run->args, s);
	strcpy(s->filter, filter);
	return *filter ? where_check(run, filter) : ST_OK;
}

static enum status run_add(struct run *run)
{
	struct segment s = { 0 };
	enum status st = take_filter(run, &s);

	if (st == ST_OK)
		st = take_name(run, &s);
	if (st == ST_OK && !*s.filter)
		st = wrong_usage(run, "say who is in it: --where FILTER");
	if (st == ST_OK)
		st = filter_keep(&run->shop, &run->by, NULL, &s);
	if (st != ST_OK)
		return st;
	out_done(run, "%s is kept.", s.name);
	return answer(run, &s);
}

static enum status run_edit(struct run *run)
{
	struct segment s = { 0 };
	enum status st = take_filter(run, &s);

	if (st == ST_OK && !*s.name && !*s.filter)
		st = wrong_usage(run, "say what shall be changed: --where FILTER, --name TEXT");
	if (st == ST_OK)
		st = filter_keep(&run->shop, &run->by, args_operand(run->args, 0), &s);
	if (st != ST_OK)
		return st;
	out_done(run, "%s is changed.", s.name);
	return answer(run, &s);
}

static enum status run_remove(struct run *run)
{
	struct segment s;
	enum status st = segment_remove(&run->shop, &run->by, args_operand(run->args, 0), &s);

	if (st != ST_OK)
		return st;
	out_done(run, "%s is removed; the people stay.", s.name);
	return answer(run, &s);
}

/* -- looking -- */

/* How many people the filter chooses today; -1: it cannot be read any more,
 * since something that it names is not there. */
static enum status count(struct run *run, const struct segment *s, int64_t *people)
{
	struct people_set found = { 0 };
	struct filter_mistake mistake;
	struct filter *filter;
	enum status st = filter_parse(&run->shop, s->filter, &filter, &mistake);

	*people = -1;
	if (st != ST_OK)
		return st == ST_INVALID ? ST_OK : st;
	st = filter_run(&run->shop, filter, clock_day(run->by.now), &found);
	*people = (int64_t)found.n;
	people_release(&found);
	filter_free(filter);
	return st;
}

static json_t *segment_json(const struct run *run, const struct segment *s, int64_t people)
{
	json_t *json = record_json(&segment_type, s, run->shop.decimals);

	json_object_set_new(json, "people", people < 0 ? json_null() : json_integer(people));
	return json;
}

struct listed {
	struct run *run;
	struct grid grid;
	json_t *rows;
};

static enum status list_one(struct listed *l, const struct segment *s)
{
	int64_t people;
	enum status st = count(l->run, s, &people);

	if (st != ST_OK)
		return st;
	json_array_append_new(l->rows, segment_json(l->run, s, people));
	grid_cell(&l->grid, s->name);
	if (people < 0)
		grid_cell(&l->grid, "?");
	else
		grid_cellf(&l->grid, "%" PRId64, people);
	grid_cell(&l->grid, s->filter);
	return ST_OK;
}

static enum status run_list(struct run *run)
{
	struct listed l = { .run = run, .rows = json_array() };
	struct segments all;
	enum status st = segments_read(&run->shop, &all);

	grid_start(&l.grid);
	grid_column(&l.grid, "Segment", GRID_LEFT);
	grid_column(&l.grid, "People", GRID_RIGHT);
	grid_column(&l.grid, "Filter", GRID_LEFT);
	for (size_t i = 0; st == ST_OK && i < all.n; i++)
		st = list_one(&l, &all.row[i]);
	if (run->json)
		out_json(run, json_pack("{s:O}", "segments", l.rows));
	else
		grid_end_list(&l.grid, run);
	buf_release(&l.grid.text);
	json_decref(l.rows);
	segments_release(&all);
	return st;
}

static enum status show(struct run *run, const struct segment *s)
{
	struct segment shown = *s;
	char number[24];
	int64_t people;
	enum status st = count(run, s, &people);

	if (st != ST_OK)
		return st;
	if (run->json) {
		out_json(run, segment_json(run, s, people));
		return ST_OK;
	}
	shown.id = 0;
	out_record(run, &segment_type, &shown);
	snprintf(number, sizeof(number), "%" PRId64, people);
	out_pair(run, "People", people < 0 ? "the filter cannot be read any more" : number);
	return ST_OK;
}

static enum status run_show(struct run *run)
{
	struct segments all;
	const struct segment *s = NULL;
	enum status st = segments_read(&run->shop, &all);

	if (st == ST_OK) {
		s = segment_by_name(&all, args_operand(run->args, 0));
		st = s ? show(run, s) : ST_NOT_FOUND;
	}
	segments_release(&all);
	return st;
}

const struct command segment_commands[] = {
	{ "segment", "add", "keeps a filter under a name", "[NAME]", .record = &segment_type,
	  .flags = where_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "segment", "edit", "gives a segment another filter or name", "SEGMENT",
	  .record = &segment_type, .flags = where_flags, .needs = WRITE_SHOP, .run = run_edit },
	{ "segment", "list", "lists the segments, and how many people are in each today", "",
	  .needs = READ_SHOP, .run = run_list },
	{ "segment", "show", "shows one, and how many people are in it today", "SEGMENT",
	  .needs = READ_SHOP, .run = run_show },
	{ "segment", "remove", "removes a segment; its people stay in the book", "SEGMENT",
	  .needs = WRITE_SHOP, .run = run_remove },
	{ .name = NULL }
};
