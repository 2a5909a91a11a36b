/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sheets.h"

#include "base/language.h"
#include "base/text.h"
#include "cli/out.h"

enum status report_csv(struct run *run, bool *csv)
{
	*csv = args_yes(run->args, "csv");
	if (*csv && run->json)
		return wrong_usage(run, "--csv and --json are two answers; give one of them");
	return ST_OK;
}

/* What has no room beside the first column comes below, with that column again. */
enum { PAPER = 80, BETWEEN = 2 };

struct printed {
	struct run *run;
	const struct sheet *sheet;
	struct format plain;
};

static int column_width(const struct printed *p, size_t column)
{
	int widest = text_columns(p->sheet->columns[column].title);
	char room[FORMAT_TEXT];

	for (size_t row = 0; row < sheet_rows(p->sheet); row++) {
		int width = text_columns(sheet_shown(p->sheet, (struct sheet_place){ row, column },
						     &p->plain, room));

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* How many columns from 'first' on have room beside the first one of all; at least
 * one has. */
static size_t fitting(const struct printed *p, size_t first)
{
	int width = column_width(p, 0);
	size_t n = 0;

	while (first + n < p->sheet->column_count) {
		width += BETWEEN + column_width(p, first + n);
		if (n && width > PAPER)
			break;
		n++;
	}
	return n;
}

static void head(const struct printed *p, struct grid *grid, size_t column)
{
	const struct sheet_column *c = &p->sheet->columns[column];

	grid_column(grid, c->title, sheet_is_text(c) ? GRID_LEFT : GRID_RIGHT);
}

static void cell(const struct printed *p, struct grid *grid, struct sheet_place at)
{
	char room[FORMAT_TEXT];

	grid_cell(grid, sheet_shown(p->sheet, at, &p->plain, room));
}

static void print_columns(const struct printed *p, size_t first, size_t n)
{
	struct grid grid;

	grid_start(&grid);
	head(p, &grid, 0);
	for (size_t i = first; i < first + n; i++)
		head(p, &grid, i);
	for (size_t row = 0; row < sheet_rows(p->sheet); row++) {
		cell(p, &grid, (struct sheet_place){ row, 0 });
		for (size_t i = first; i < first + n; i++)
			cell(p, &grid, (struct sheet_place){ row, i });
	}
	grid_end_list(&grid, p->run);
}

static void print_grid(struct run *run, const struct sheet *s)
{
	struct printed p = { run, s, plain_format(run) };
	size_t n = 0;

	for (size_t first = 1; first == 1 || first < s->column_count; first += n) {
		n = fitting(&p, first);
		if (first > 1)
			out_line(run, "%s", "");
		print_columns(&p, first, n);
		if (!sheet_rows(s))
			break;	/* "None." once */
	}
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
