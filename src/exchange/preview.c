/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "exchange/till_row.h"

enum {
	CELL_MOST = 120,	/* bytes of a text that are kept */
	STEP_ROWS = 20000,
	MONEY_DECIMALS = 4
};

/* The days of a column of dates, for each order that they may be in. */
struct span {
	int32_t first[DATES_ORDERS], last[DATES_ORDERS];
};

struct reading {
	struct preview *p;
	struct csv *csv;
	struct date_column dates;
	struct span span;
	struct binding *binding;	/* of a till's file: */
	struct till_reading how;
	struct till_rows rows;
	struct buf texts, why;
	bool unsettled;			/* the order of its dates */
};

/* -- rows that are kept to be shown -- */

static void keep_row(struct preview *p, const struct csv_row *row, struct preview_row *out)
{
	*out = (struct preview_row){ .line = row->line, .n = row->n, .at = p->text.len };
	for (size_t i = 0; i < row->n; i++) {
		buf_add(&p->text, row->field[i], text_cut(row->field[i], CELL_MOST));
		buf_add(&p->text, "", 1);
	}
}

const char *preview_cell(const struct preview *p, const struct preview_row *row, size_t column)
{
	const char *at = p->text.at + row->at;

	if (column >= row->n)
		return "";
	while (column--)
		at += strlen(at) + 1;
	return at;
}

/* -- dates -- */

static void widen(struct span *s, enum date_order order, int32_t day)
{
	if (!s->first[order] || day < s->first[order])
		s->first[order] = day;
	if (day > s->last[order])
		s->last[order] = day;
}

/* In the order that a person said, else in the two that a column can have. */
static void add_date(struct reading *r, const char *text, long line)
{
	enum date_order said = r->p->dates;
	enum date_order first = said == DATES_AUTO ? DATES_DMY : said;
	enum date_order last = said == DATES_AUTO ? DATES_MDY : said;
	int64_t instant;
	enum status st = date_read(text, DATES_AUTO, &instant);
	int32_t day = st == ST_OK ? clock_day(instant) : 0;

	for (enum date_order o = first; o <= last; o++)
		if (st == ST_OK)
			widen(&r->span, o, day);
		else if (st == ST_REFUSED && date_read(text, o, &instant) == ST_OK)
			widen(&r->span, o, clock_day(instant));
	date_column_add(&r->dates, text, line);
}

/* What the till's rows say, or its description where they leave it open. */
static void settle_till_dates(struct reading *r)
{
	struct preview *p = r->p;

	p->settled = r->unsettled ? DATES_AUTO : r->rows.order;
	if (r->unsettled && p->ready)
		snprintf(p->why, sizeof(p->why), "%s", status_text());
	p->ready &= !r->unsettled;
	p->first_day = r->span.first[DATES_AUTO];
	p->last_day = r->span.last[DATES_AUTO];
}

static void settle_dates(struct reading *r)
{
	struct preview *p = r->p;
	const struct date_column *c = &r->dates;

	p->sample = c->unclear.rows ? c->unclear : c->only_dmy.rows ? c->only_dmy : c->only_mdy;
	if (p->till) {
		settle_till_dates(r);
		return;
	}
	p->settled = p->dates;
	if (p->dates == DATES_AUTO && date_column_order(c, &p->settled) != ST_OK) {
		p->settled = DATES_AUTO;
		if (p->ready)
			snprintf(p->why, sizeof(p->why), "%s", status_text());
		p->ready = false;
	}
	p->first_day = r->span.first[p->settled];
	p->last_day = r->span.last[p->settled];
}

/* -- the table -- */

static bool is_value_of(enum column c, const char *text)
{
	int64_t value;

	if (c == COLUMN_AMOUNT)
		return money_parse(text, 4, &value) == ST_OK;
	return date_read(text, DATES_DMY, &value) == ST_OK ||
	       date_read(text, DATES_MDY, &value) == ST_OK;
}

static enum status read_columns(struct reading *r, const struct csv_row *header,
				const struct import_options *how)
{
	struct preview *p = r->p;
	enum status st = ST_OK;

	if (!p->till_picked)
		st = formats_detect(&p->formats, header, &p->till);
	if (st != ST_OK)
		return st;
	if (!p->till)
		return columns_read(header, how, &p->columns);
	st = binding_make(p->till, header, how, &r->binding, &p->columns);
	r->how = (struct till_reading){ .path = p->path, .binding = r->binding,
					.dates = p->dates, .decimals = MONEY_DECIMALS };
	till_rows_start(&r->rows, &r->how);
	return st;
}

static enum status read_heading(struct reading *r)
{
	struct preview *p = r->p;
	struct import_options how = preview_options(p);
	struct csv_row row;
	enum status st = csv_next(r->csv, &row);

	if (st == ST_NOT_FOUND)
		return fail(ST_INVALID, "the file is empty: it needs a line of column names and "
			    "the table below");
	if (st != ST_OK)
		return st;
	p->no_heading = false;
	for (size_t i = 0; i < row.n; i++)
		p->no_heading |= is_value_of(COLUMN_AMOUNT, row.field[i]) ||
				 is_value_of(COLUMN_DATE, row.field[i]);
	st = read_columns(r, &row, &how);
	p->ready = st == ST_OK;
	snprintf(p->why, sizeof(p->why), "%s", p->ready ? "" : status_text());
	keep_row(p, &row, &p->heading);
	return columns_look(p->path, &p->columns);
}

static void add_till_row(struct reading *r, const struct csv_row *row)
{
	struct till_line line = { 0 };
	struct till_date date;

	till_rows_take(&r->rows, row);
	if (till_rows_skip(&r->rows) != SKIP_REASONS) {
		r->p->skipped++;
		return;
	}
	if (r->p->till->kind != IMPORT_SALES || r->unsettled)
		return;
	buf_clear(&r->texts);
	buf_clear(&r->why);
	till_rows_date(&r->rows, &date);
	date_column_add(&r->dates, date.text, row->line);
	r->unsettled = till_rows_read(&r->rows, &line, &r->texts, &r->why) != ST_OK;
	if (line.occurred)
		widen(&r->span, DATES_AUTO, clock_day(line.occurred));
}

static void add_row(struct reading *r, const struct csv_row *row)
{
	struct preview *p = r->p;
	int date = p->columns.place[COLUMN_DATE];

	p->rows++;
	if (p->till && row->n == p->columns.n)
		add_till_row(r, row);
	else if (date >= 0 && row->n == p->columns.n)
		add_date(r, row->field[date], row->line);
	if (p->row_count < PREVIEW_ROWS)
		keep_row(p, row, &p->row[p->row_count++]);
}

static enum status show_step(struct reading *r, import_step *step, void *arg)
{
	struct import_progress progress = { .rows = r->p->rows, .seconds_left = -1 };

	if (!step || r->p->rows % STEP_ROWS || !r->p->rows)
		return ST_OK;
	progress.done = csv_position(r->csv, &progress.total);
	return step(arg, &progress) ? ST_OK :
	       fail(ST_CANCELLED, "reading the file was stopped; nothing was changed");
}

static enum status read_rows(struct reading *r, import_step *step, void *arg)
{
	struct csv_row row;
	enum status st = ST_OK;

	while (st == ST_OK) {
		st = csv_next(r->csv, &row);
		if (st == ST_INVALID)
			r->p->rows++;
		else if (st == ST_OK && !csv_is_empty(&row))
			add_row(r, &row);
		if (st == ST_OK || st == ST_INVALID)
			st = show_step(r, step, arg);
	}
	return st == ST_NOT_FOUND ? ST_OK : st;
}

static void describe(struct preview *p, const struct csv *csv)
{
	struct csv_about about = csv_describe(csv);

	p->encoding = about.encoding;
	p->delimiter = about.delimiter;
	snprintf(p->note, sizeof(p->note), "%s", about.note);
}

static enum status read_table(struct reading *r, import_step *step, void *arg)
{
	enum status st = read_heading(r);

	if (st == ST_OK)
		st = read_rows(r, step, arg);
	if (st != ST_OK)
		return st;
	describe(r->p, r->csv);
	settle_dates(r);
	return ST_OK;
}

/* It is read more than once, which a pipe cannot be. */
static enum status check_file(const char *path)
{
	struct stat file;

	if (!stat(path, &file) && !S_ISREG(file.st_mode))
		return fail(ST_INVALID, "%.200s is not a file that can be read twice; choose a CSV "
			    "file", path);
	return ST_OK;
}

enum status preview_read(struct preview *p, import_step *step, void *arg)
{
	struct reading r = { .p = p };
	enum status st = check_file(p->path);

	p->rows = p->skipped = 0;
	p->row_count = 0;
	p->ready = false;
	buf_clear(&p->text);
	if (st == ST_OK)
		st = csv_open(p->path, &r.csv);
	if (st != ST_OK)
		return st;
	st = read_table(&r, step, arg);
	csv_close(r.csv);
	if (r.binding)
		till_rows_release(&r.rows);
	binding_free(r.binding);
	buf_release(&r.texts);
	buf_release(&r.why);
	return st;
}

enum status preview_open(const char *path, import_step *step, void *arg, struct preview **out)
{
	struct preview *p = mem_alloc(sizeof(*p));
	enum status st = ST_OK;

	*out = p;
	p->encoding = p->delimiter = "";
	if ((size_t)snprintf(p->path, sizeof(p->path), "%s", path) >= sizeof(p->path))
		st = fail(ST_INVALID, "the path of the file is too long: %.80s...", path);
	if (st == ST_OK)
		st = formats_load(&p->formats);
	if (st == ST_OK)
		st = preview_read(p, step, arg);
	if (st == ST_OK)
		return ST_OK;
	preview_free(p);
	*out = NULL;
	return st;
}

void preview_free(struct preview *p)
{
	if (!p)
		return;
	buf_release(&p->text);
	formats_free(&p->formats);
	free(p);
}

/* -- what a person says -- */

static void write_maps(struct preview *p)
{
	p->map_count = 0;
	for (size_t i = 0; i < CSV_COLUMNS_MAX; i++) {
		char *map = p->map[p->map_count];

		if (!p->picked[i])
			continue;
		snprintf(map, PREVIEW_MAP, "%s=#%zu",
			 p->pick[i] == COLUMNS ? "-" : column_name(p->pick[i]), i + 1);
		p->maps[p->map_count++] = map;
	}
}

void preview_pick(struct preview *p, size_t column, enum column meaning)
{
	if (column >= p->columns.n)
		return;
	for (size_t i = 0; i < CSV_COLUMNS_MAX && meaning != COLUMNS; i++)
		if (p->picked[i] && p->pick[i] == meaning)
			p->pick[i] = COLUMNS;
	p->picked[column] = true;
	p->pick[column] = meaning;
	write_maps(p);
}

void preview_pick_till(struct preview *p, const struct till_format *till)
{
	p->till = till;
	p->till_picked = true;
	memset(p->picked, 0, sizeof(p->picked));
	write_maps(p);
}

enum column preview_likely(const struct preview *p, size_t column)
{
	static const enum column needed[] = { COLUMN_DATE, COLUMN_AMOUNT };

	if (p->ready || !p->row_count || p->columns.meaning[column] != COLUMNS)
		return p->columns.meaning[column];
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (p->columns.place[needed[i]] < 0 &&
		    is_value_of(needed[i], preview_cell(p, &p->row[0], column)))
			return needed[i];
	return p->columns.wanted;
}

/* The date comes before the amount, which has a decimal sign. */
static int likeliness(const struct preview *p, size_t column)
{
	enum column c = preview_likely(p, column);
	const char *text = p->row_count ? preview_cell(p, &p->row[0], column) : "";

	if (p->columns.meaning[column] != COLUMNS)
		return 0;
	if (c == COLUMN_DATE && is_value_of(c, text))
		return 3;
	if (c != COLUMN_AMOUNT || !is_value_of(c, text))
		return 0;
	return strpbrk(text, ".,") ? 2 : 1;
}

/* Of two the one further right: totals stand there. */
size_t preview_likely_column(const struct preview *p)
{
	size_t best = 0;

	for (size_t i = 1; i < p->columns.n; i++)
		if (likeliness(p, i) >= likeliness(p, best))
			best = i;
	return likeliness(p, best) ? best : 0;
}

struct import_options preview_options(const struct preview *p)
{
	return (struct import_options){ .map_count = p->map_count, .maps = p->maps,
					.dates = p->dates,
					.format = p->till ? p->till->name : FORMAT_GENERIC };
}
