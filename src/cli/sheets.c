/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sheets.h"

#include "base/language.h"
#include "cli/out.h"

enum status report_csv(struct run *run, bool *csv)
{
	*csv = args_yes(run->args, "csv");
	if (*csv && run->json)
		return wrong_usage(run, "--csv and --json are two answers; give one of them");
	return ST_OK;
}

static void print_grid(struct run *run, const struct sheet *s)
{
	struct format plain = plain_format(run);
	char room[FORMAT_TEXT];
	struct grid grid;

	grid_start(&grid);
	for (const struct sheet_column *c = s->columns; c < s->columns + s->column_count; c++)
		grid_column(&grid, c->title, sheet_is_text(c) ? GRID_LEFT : GRID_RIGHT);
	for (size_t row = 0; row < sheet_rows(s); row++)
		for (size_t i = 0; i < s->column_count; i++)
			grid_cell(&grid, sheet_shown(s, (struct sheet_place){ row, i }, &plain,
						     room));
	grid_end_list(&grid, run);
}

void report_sheet(struct run *run, const struct sheet *s)
{
	if (args_yes(run->args, "csv"))
		sheet_csv(s, run->shop.decimals, &run->out);
	else
		print_grid(run, s);
}

void report_definitions(json_t *json, const struct definition *definitions)
{
	json_t *all = json_object_get(json, "definitions");

	if (!all) {
		all = json_object();
		json_object_set_new(json, "definitions", all);
	}
	for (; definitions->name; definitions++)
		json_object_set_new(all, definitions->name, json_string(definitions->text));
}
