/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/columns.h"
#include "screens/figure_parts.h"

/* A figure's sheet on the screen. Numbers are never cut: what does not fit is
 * scrolled to, while the first column stays. */

enum { TEXT_LEAST = 16, TEXT_MOST = 30, FIRST_PRIORITY = 100, AROUND = 3, MARK = 2 };

enum status figure_make_table(struct figure *f, struct ui *ui)
{
	enum status st = f->kind->before_sheet ? f->kind->before_sheet(f, ui) : ST_OK;

	if (st != ST_OK)
		return st;
	sheet_release(&f->sheet);
	f->kind->sheet(f, &f->sheet);
	list_count(&f->rows, sheet_rows(&f->sheet));
	if (f->rows.n == f->list.n)
		list_choose(&f->rows, f->list.at);
	if (f->first_column >= f->sheet.column_count)
		f->first_column = 0;
	return ST_OK;
}

/* -- which columns -- */

struct numbers {
	const struct figure *f;
	const struct ui *ui;
	struct list_view view;
	struct heading headings[COLUMNS_MOST + 1];
};

/* Of the sheet, for the i-th that is drawn. */
static size_t column_of(const struct figure *f, size_t i)
{
	return i ? i + f->first_column : 0;
}

static int widest(const struct numbers *t, size_t column)
{
	char room[FORMAT_TEXT];
	int most = 1;

	for (size_t row = t->view.first; row < t->view.last; row++) {
		struct sheet_place at = { row, column };
		int cols = shown_columns(sheet_shown(&t->f->sheet, at, &t->ui->format, room));

		most = cols > most ? cols : most;
	}
	return most;
}

static void set_headings(struct numbers *t)
{
	const struct sheet *s = &t->f->sheet;

	for (size_t i = 0; i < COLUMNS_MOST && column_of(t->f, i) < s->column_count; i++) {
		const struct sheet_column *c = &s->columns[column_of(t->f, i)];
		struct heading *h = &t->headings[i];
		int cols = widest(t, column_of(t->f, i));

		h->title = c->title;
		h->want = cols < TEXT_MOST ? cols : TEXT_MOST;
		h->least = sheet_is_text(c) && cols > TEXT_LEAST ? TEXT_LEAST : cols;
		h->priority = FIRST_PRIORITY - (int)i;
		h->align = !i || sheet_is_text(c) ? ALIGN_LEFT : ALIGN_RIGHT;
	}
}

/* -- drawing -- */

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct numbers *t = arg;
	struct sheet_place at = { row, column_of(t->f, column) };

	out->text = sheet_shown(&t->f->sheet, at, &t->ui->format, out->room);
}

void figure_table_draw(const struct figure *f, const struct ui *ui, const struct canvas *c)
{
	size_t lines = columns_rows(f->rows.n, c->at.h);
	struct numbers t = { .f = f, .ui = ui, .view = list_view(&f->rows, lines) };

	set_headings(&t);
	columns_draw(c, &(struct listing){ .headings = t.headings, .list = &f->rows,
					   .cell = draw_cell, .arg = &t, .focused = true,
					   .empty = _("There is nothing to count yet.") });
}

bool figure_table_goes_on(const struct figure *f, const struct ui *ui, const struct canvas *c)
{
	size_t lines = columns_rows(f->rows.n, c->at.h), shown = 0;
	struct numbers t = { .f = f, .ui = ui, .view = list_view(&f->rows, lines) };
	int widths[COLUMNS_MOST] = { 0 };

	set_headings(&t);
	columns_fit(t.headings, c->at.w - MARK, widths);
	for (size_t i = 0; i < COLUMNS_MOST; i++)
		shown += widths[i] > 0;
	return shown + f->first_column < f->sheet.column_count;
}

bool figure_table_act(struct figure *f, const struct ui *ui, const struct event *e)
{
	const struct canvas c = { stdscr, { 0, 0, ui_rows(ui), ui_cols(ui) - 2 } };

	if (e->action == ACT_LEFT || e->action == ACT_RIGHT) {
		if (e->action == ACT_LEFT)
			f->first_column -= f->first_column > 0;
		else
			f->first_column += figure_table_goes_on(f, ui, &c);
		return true;
	}
	list_fit(&f->rows, columns_rows(f->rows.n, ui_rows(ui) - AROUND));
	return list_act(&f->rows, e->action);
}
