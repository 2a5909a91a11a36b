/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/out.h"
#include "store/record_text.h"

enum { CELL_SIZE = 1000 };

void grid_start(struct grid *g)
{
	*g = (struct grid){ 0 };
}

void grid_column(struct grid *g, const char *heading, enum grid_side side)
{
	assert(g->columns < GRID_COLUMNS);
	g->right[g->columns++] = side == GRID_RIGHT;
	grid_cell(g, heading);
}

void grid_cell(struct grid *g, const char *text)
{
	char shown[CELL_SIZE];

	text_printable(text, shown, sizeof(shown));
	buf_add(&g->text, shown, strlen(shown) + 1);
	g->cells++;
}

void grid_cellf(struct grid *g, const char *format, ...)
{
	char text[CELL_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	grid_cell(g, text);
}

static void measure(const struct grid *g, int width[GRID_COLUMNS])
{
	const char *cell = g->text.at;

	memset(width, 0, GRID_COLUMNS * sizeof(width[0]));
	for (size_t i = 0; i < g->cells; i++, cell += strlen(cell) + 1) {
		int columns = text_columns(cell);

		if (columns > width[i % g->columns])
			width[i % g->columns] = columns;
	}
}

/* Nothing is padded behind the last cell of a line that has a text. */
static void print(const struct grid *g, const int width[GRID_COLUMNS], struct buf *out)
{
	const char *cell = g->text.at;
	size_t spaces = 0;

	for (size_t i = 0; i < g->cells; i++, cell += strlen(cell) + 1) {
		size_t column = i % g->columns;
		size_t pad = (size_t)(width[column] - text_columns(cell));

		if (!column)
			spaces = 0;
		if (g->right[column])
			spaces += pad;
		if (*cell)
			buf_printf(out, "%*s%s", (int)spaces, "", cell);
		spaces = (*cell ? 0 : spaces) + (g->right[column] ? 0 : pad) + 2;
		if (column == g->columns - 1)
			buf_text(out, "\n");
	}
}

void grid_end(struct grid *g, struct run *run)
{
	int width[GRID_COLUMNS];

	if (g->cells > g->columns) {
		measure(g, width);
		print(g, width, &run->out);
	}
	buf_release(&g->text);
	*g = (struct grid){ 0 };
}

void grid_end_list(struct grid *g, struct run *run)
{
	if (g->cells == g->columns)
		out_done(run, "None.");
	grid_end(g, run);
}

/* -- lists of records -- */

static bool is_number(const struct field *f)
{
	return f->type == FIELD_INT || f->type == FIELD_MONEY || f->type == FIELD_QUANTITY ||
	       f->type == FIELD_PERCENT;
}

void listing_start(struct listing *l, struct run *run, const char *name)
{
	l->run = run;
	l->any = false;
	if (run->json) {
		buf_printf(&run->out, "{\"%s\": [", name);
		return;
	}
	grid_start(&l->grid);
	for (const char *const *column = l->columns; *column; column++) {
		const struct field *f = record_field(l->type, *column);

		grid_column(&l->grid, f->label, is_number(f) ? GRID_RIGHT : GRID_LEFT);
	}
}

static void add_json(struct listing *l, const void *rec)
{
	json_t *json = record_json(l->type, rec, l->run->shop.decimals);
	char *text;

	if (l->more)
		l->more(rec, json);
	text = json_dumps(json, 0);
	buf_printf(&l->run->out, "%s%s", l->any ? ", " : "", text);
	l->any = true;
	free(text);
	json_decref(json);
}

static void add_row(struct listing *l, const void *rec)
{
	struct buf text = { 0 };

	for (const char *const *column = l->columns; *column; column++) {
		const struct field *f = record_field(l->type, *column);

		buf_clear(&text);
		if (!field_is_empty(f, rec) || f->type == FIELD_CHOICE)
			field_text(f, rec, l->run->shop.decimals, &text);
		grid_cell(&l->grid, text.at ? text.at : "");
	}
	buf_release(&text);
}

void listing_add(struct listing *l, const void *rec)
{
	if (l->run->json)
		add_json(l, rec);
	else
		add_row(l, rec);
}

void listing_end(struct listing *l)
{
	if (l->run->json)
		buf_printf(&l->run->out, "], \"currency\": \"%s\"}\n",
			   l->run->shop.settings.currency);
	else
		grid_end_list(&l->grid, l->run);
}
