/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/sheet.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv_write.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/money.h"

void sheet_start(struct sheet *s, const struct sheet_column *columns)
{
	*s = (struct sheet){ .columns = columns };
	while (columns[s->column_count].name)
		s->column_count++;
	assert(s->column_count && s->column_count <= SHEET_COLUMNS);
}

void sheet_release(struct sheet *s)
{
	free(s->cells);
	buf_release(&s->text);
	*s = (struct sheet){ 0 };
}

size_t sheet_rows(const struct sheet *s)
{
	return s->column_count ? s->cell_count / s->column_count : 0;
}

/* -- cells -- */

static struct sheet_cell *next_cell(struct sheet *s)
{
	s->cells = mem_grow(s->cells, s->cell_count, &s->cell_cap, sizeof(*s->cells));
	s->cells[s->cell_count] = (struct sheet_cell){ 0 };
	return &s->cells[s->cell_count++];
}

/* One that is known, of the kind that its column has. */
static struct sheet_cell *cell_of(struct sheet *s, enum sheet_kind kind)
{
	assert(s->columns[s->cell_count % s->column_count].kind == kind);
	next_cell(s)->known = true;
	return &s->cells[s->cell_count - 1];
}

void sheet_text(struct sheet *s, const char *text)
{
	enum sheet_kind kind = s->columns[s->cell_count % s->column_count].kind;

	assert(kind == SHEET_TEXT || kind == SHEET_WORD);
	cell_of(s, kind)->n = (int64_t)s->text.len;
	buf_add(&s->text, text, strlen(text) + 1);
}

void sheet_count(struct sheet *s, int64_t n)
{
	cell_of(s, SHEET_COUNT)->n = n;
}

void sheet_money(struct sheet *s, int64_t minor)
{
	cell_of(s, SHEET_MONEY)->n = minor;
}

void sheet_day(struct sheet *s, int32_t day)
{
	struct sheet_cell *cell = cell_of(s, SHEET_DAY);

	cell->n = day;
	cell->known = day != 0;
}

void sheet_month(struct sheet *s, int32_t day)
{
	struct sheet_cell *cell = cell_of(s, SHEET_MONTH);

	cell->n = day;
	cell->known = day != 0;
}

void sheet_share(struct sheet *s, struct share share)
{
	struct sheet_cell *cell = cell_of(s, SHEET_SHARE);

	cell->share = share;
	cell->known = share.whole != 0;
}

void sheet_number(struct sheet *s, double number)
{
	struct sheet_cell *cell = cell_of(s, SHEET_NUMBER);

	cell->number = number;
	cell->known = isfinite(number);
}

void sheet_nothing(struct sheet *s)
{
	next_cell(s);
}

static const char *text_of(const struct sheet *s, const struct sheet_cell *cell)
{
	return s->text.at + cell->n;
}

/* -- for people -- */

bool sheet_is_text(const struct sheet_column *column)
{
	return column->kind == SHEET_TEXT || column->kind == SHEET_WORD;
}

static const char *share_shown(struct share share, const struct format *f, char room[FORMAT_TEXT])
{
	if (!share_tells(share))
		return _("too few");
	return format_percent(f, llround(10000 * share_value(share)), room);
}

const char *sheet_shown(const struct sheet *s, struct sheet_place at, const struct format *f,
			char room[FORMAT_TEXT])
{
	const struct sheet_cell *cell = &s->cells[at.row * s->column_count + at.column];

	if (!cell->known)
		return "";
	switch (s->columns[at.column].kind) {
	case SHEET_TEXT: return text_of(s, cell);
	case SHEET_WORD: return *text_of(s, cell) ? _(text_of(s, cell)) : "";
	case SHEET_COUNT: return format_number(f, cell->n, room);
	case SHEET_MONEY: return format_amount(f, cell->n, room);
	case SHEET_DAY: return format_day(f, (int32_t)cell->n, room);
	case SHEET_MONTH: return format_month(f, (int32_t)cell->n, room);
	case SHEET_SHARE: return share_shown(cell->share, f, room);
	case SHEET_NUMBER: break;
	}
	return format_decimal(f, cell->number, 2, room);
}

/* -- for programs -- */

enum { CSV_ROOM = 400 };	/* a double has up to 309 digits before the point */

/* Without noughts at the end, and never "-0". */
static void print_number(double number, char out[CSV_ROOM])
{
	size_t len = (size_t)snprintf(out, CSV_ROOM, "%.6f", number);

	while (out[len - 1] == '0')
		len--;
	out[len - (out[len - 1] == '.')] = '\0';
	if (!strcmp(out, "-0"))
		strcpy(out, "0");
}

static const char *csv_text(const struct sheet *s, size_t i, int decimals, char room[CSV_ROOM])
{
	const struct sheet_cell *cell = &s->cells[i];

	*room = '\0';
	if (!cell->known)
		return room;
	switch (s->columns[i % s->column_count].kind) {
	case SHEET_TEXT:
	case SHEET_WORD: return text_of(s, cell);
	case SHEET_COUNT: snprintf(room, CSV_ROOM, "%" PRId64, cell->n); break;
	case SHEET_MONEY: money_print(cell->n, decimals, room); break;
	case SHEET_DAY: day_print((int32_t)cell->n, room); break;
	case SHEET_MONTH:
		day_print((int32_t)cell->n, room);
		room[strlen("2026-03")] = '\0';
		break;
	case SHEET_SHARE: print_number(share_value(cell->share), room); break;
	case SHEET_NUMBER: print_number(cell->number, room); break;
	}
	return room;
}

void sheet_csv(const struct sheet *s, int decimals, struct buf *out)
{
	char room[CSV_ROOM];

	for (size_t i = 0; i < s->column_count; i++)
		csv_add_field(out, s->columns[i].name, CSV_FOR_SHEETS);
	if (s->column_count)
		csv_end_row(out);
	for (size_t i = 0; i < s->cell_count; i++) {
		csv_add_field(out, csv_text(s, i, decimals, room), CSV_FOR_SHEETS);
		if (i % s->column_count == s->column_count - 1)
			csv_end_row(out);
	}
}
