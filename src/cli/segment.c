/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <string.h>

#include "cli/context.h"
#include "cli/out.h"
#include "shop/segment.h"
#include "store/record_text.h"

static const struct field where_flags[] = {
	FLAG_TEXT("where", SEGMENT_FILTER, .value = "FILTER", .help = "who is in it: "
		  "\"last_visit > 60d and visits >= 3\""),
	{ 0 }
};

static json_t *segment_json(const struct run *run, const struct segment *s)
{
	return record_json(&segment_type, s, run->shop.decimals);
}

static enum status answer(struct run *run, const struct segment *s)
{
	if (run->json)
		out_json(run, segment_json(run, s));
	return ST_OK;
}

static enum status take_filter(struct run *run, struct segment *s)
{
	args_apply(run->args, s);
	strcpy(s->filter, args_text(run->args, "where"));
	return ST_OK;
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
		st = segment_add(&run->shop, &run->by, &s);
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
		st = segment_edit(&run->shop, &run->by, args_operand(run->args, 0), &s);
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

static void list_rows(struct run *run, const struct segments *all)
{
	struct grid g;

	grid_start(&g);
	grid_column(&g, "Segment", GRID_LEFT);
	grid_column(&g, "Filter", GRID_LEFT);
	for (size_t i = 0; i < all->n; i++) {
		grid_cell(&g, all->row[i].name);
		grid_cell(&g, all->row[i].filter);
	}
	grid_end_list(&g, run);
}

static void list_json(struct run *run, const struct segments *all)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_array_append_new(rows, segment_json(run, &all->row[i]));
	out_json(run, json_pack("{s:o}", "segments", rows));
}

static enum status run_list(struct run *run)
{
	struct segments all;
	enum status st = segments_read(&run->shop, &all);

	if (st == ST_OK && run->json)
		list_json(run, &all);
	else if (st == ST_OK)
		list_rows(run, &all);
	segments_release(&all);
	return st;
}

static void show(struct run *run, const struct segment *s)
{
	struct segment shown = *s;

	shown.id = 0;
	out_record(run, &segment_type, &shown);
}

static enum status run_show(struct run *run)
{
	struct segments all;
	const struct segment *s = NULL;
	enum status st = segments_read(&run->shop, &all);

	if (st == ST_OK) {
		s = segment_by_name(&all, args_operand(run->args, 0));
		st = s ? answer(run, s) : ST_NOT_FOUND;
	}
	if (st == ST_OK && !run->json)
		show(run, s);
	segments_release(&all);
	return st;
}

const struct command segment_commands[] = {
	{ "segment", "add", "keeps a filter under a name", "[NAME]", .record = &segment_type,
	  .flags = where_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "segment", "edit", "gives a segment another filter or name", "SEGMENT",
	  .record = &segment_type, .flags = where_flags, .needs = WRITE_SHOP, .run = run_edit },
	{ "segment", "list", "lists the segments", "", .needs = READ_SHOP, .run = run_list },
	{ "segment", "show", "shows one", "SEGMENT", .needs = READ_SHOP, .run = run_show },
	{ "segment", "remove", "removes a segment; its people stay in the book", "SEGMENT",
	  .needs = WRITE_SHOP, .run = run_remove },
	{ .name = NULL }
};
