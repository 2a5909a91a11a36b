/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv_write.h"
#include "base/mem.h"
#include "base/money.h"
#include "ledger/journal.h"

enum {
	TEXT_MOST = 64 * 1024 * 1024,
	LINE_MORE = 4096,	/* for a sentence on what is wrong */
	ONE = 1000		/* thousandths */
};

/* -- one line -- */

/* For one more row and what is wrong with it. */
static void make_room(struct batch *b)
{
	size_t need = b->text_len + 2 * CSV_ROW_MAX + CSV_COLUMNS_MAX + LINE_MORE;

	if (b->text_cap < need) {
		b->text_cap = need + b->text_cap / 2;
		b->text = mem_resize(b->text, b->text_cap);
	}
	if (!b->text_len)
		b->text[b->text_len++] = '\0';
}

/* Gives where it is. */
static size_t add_text(struct batch *b, const char *text)
{
	size_t at = b->text_len;

	b->text_len = (size_t)(stpcpy(b->text + at, text) + 1 - b->text);
	return at;
}

static struct line_read *add_line(struct batch *b, const struct csv_row *row)
{
	struct line_read *line;

	make_room(b);
	b->lines = mem_grow(b->lines, b->line_count, &b->line_cap, sizeof(*b->lines));
	line = &b->lines[b->line_count++];
	*line = (struct line_read){ .line = row->line, .at = b->text_len };
	b->rows++;
	return line;
}

/* Keeps status_text() as what is wrong with the line. */
static void set_wrong(struct batch *b, struct line_read *line)
{
	if (line->why)
		return;
	line->why = add_text(b, status_text());
}

static void set_column_wrong(struct batch *b, struct line_read *line, enum column c)
{
	if (fail(ST_INVALID, "%s: %s", column_name(c), status_text()) != ST_OK)
		set_wrong(b, line);
}

static enum status too_long(void)
{
	return fail(ST_INVALID, "a receipt has at most %d lines", ENTRY_LINES);
}

/* -- values of a line of sales -- */

static const char *cell(const struct batch *b, const struct csv_row *row, enum column c)
{
	return b->columns->place[c] < 0 ? "" : row->field[b->columns->place[c]];
}

/* The whole column once more, since a date says too little by itself. */
static enum status settle_dates(struct batch *b)
{
	struct date_column column = { .unclear = { 0 } };
	struct csv_row row;
	struct csv *csv;
	enum status st = csv_open(b->path, &csv);

	if (st != ST_OK)
		return st;
	while ((st = csv_next(csv, &row)) == ST_OK || st == ST_INVALID)
		if (st == ST_OK && row.n == b->columns->n)
			date_column_add(&column, cell(b, &row, COLUMN_DATE), row.line);
	csv_close(csv);
	return st == ST_NOT_FOUND ? date_column_order(&column, &b->dates) : st;
}

/* Fails only when the order of the dates cannot be settled. */
static enum status read_date(struct batch *b, struct line_read *line, const char *text)
{
	enum status st = date_read(text, b->dates, &line->occurred);

	if (st == ST_REFUSED) {
		st = settle_dates(b);
		if (st != ST_OK)
			return st;
		st = date_read(text, b->dates, &line->occurred);
	}
	if (st != ST_OK)
		set_column_wrong(b, line, COLUMN_DATE);
	return ST_OK;
}

static void read_numbers(struct batch *b, struct line_read *line, const struct csv_row *row)
{
	const char *amount = cell(b, row, COLUMN_AMOUNT);
	const char *quantity = cell(b, row, COLUMN_QUANTITY);

	if (money_parse(amount, b->decimals, &line->amount) != ST_OK)
		set_column_wrong(b, line, COLUMN_AMOUNT);
	line->quantity = ONE;
	if (*quantity && money_parse(quantity, 3, &line->quantity) != ST_OK)
		set_column_wrong(b, line, COLUMN_QUANTITY);
}

static enum status read_values(struct batch *b, struct line_read *line,
			       const struct csv_row *row)
{
	enum status st = read_date(b, line, cell(b, row, COLUMN_DATE));

	if (st != ST_OK)
		return st;
	read_numbers(b, line, row);
	if (!line->why && line->amount > 0 && *cell(b, row, COLUMN_REFUND) &&
	    fail(ST_INVALID, "a line with a refund number has an amount below zero") != ST_OK)
		set_wrong(b, line);
	return ST_OK;
}

/* -- reading -- */

/* Keeps the line's texts; gives where its receipt and refund numbers are. */
static struct line_read *add_fields(struct batch *b, const struct csv_row *row,
				    struct receipt *whose)
{
	struct line_read *line = add_line(b, row);

	*whose = (struct receipt){ .kind = RECEIPT_BROKEN };
	for (size_t i = 0; i < row->n; i++) {
		enum column c = i < b->columns->n ? b->columns->meaning[i] : COLUMNS;

		if (c == COLUMN_RECEIPT)
			whose->number = b->text_len;
		else if (c == COLUMN_REFUND)
			whose->refund = b->text_len;
		add_text(b, csv_without_guard(row->field[i]));
	}
	line->fields = row->n;
	return line;
}

/* The rest of a receipt that was given up for its length. */
static void check_length(struct batch *b, struct line_read *line, const struct receipt *whose)
{
	size_t name = receipt_name(b, whose);

	if (!b->overlong.len)
		return;
	if (name && !strcmp(b->text + name, b->overlong.at) && too_long() != ST_OK)
		set_wrong(b, line);
	else
		buf_clear(&b->overlong);
}

static enum status add_sale_line(struct batch *b, const struct csv_row *row)
{
	struct receipt whose;
	struct line_read *line = add_fields(b, row, &whose);
	enum status st = read_values(b, line, row);

	if (st != ST_OK)
		return st;
	if (!line->why)
		whose.kind = line->amount < 0 ? RECEIPT_REFUND : RECEIPT_SALE;
	check_length(b, line, &whose);
	receipts_add(b, &whose);
	return ST_OK;
}

static void add_person(struct batch *b, const struct csv_row *row)
{
	struct receipt whose;

	add_fields(b, row, &whose);
	whose.kind = RECEIPT_PERSON;
	receipts_add(b, &whose);
}

enum status wrong_width(const struct csv_row *row, size_t n)
{
	if (row->unended && row->n < n)
		return fail(ST_INVALID, "the file ends inside this line, which has %zu of %zu "
			    "columns: it was cut off; export it again", row->n, n);
	return fail(ST_INVALID, "the line has %zu columns, and the first line of the file has %zu; "
		    "put quotes around text that has the delimiter in it", row->n, n);
}

/* What stands before the place where it went wrong is as it should be. */
static void add_wrong_width(struct batch *b, const struct csv_row *row)
{
	struct receipt whose;
	struct line_read *line = add_fields(b, row, &whose);

	if (wrong_width(row, b->columns->n) != ST_OK)
		set_wrong(b, line);
	if (whose.number)
		receipts_add(b, &whose);
	else
		receipts_add_unreadable(b);
}

static void add_unreadable(struct batch *b, const struct csv_row *row)
{
	struct line_read *line = add_line(b, row);

	add_text(b, row->raw);
	line->fields = 1;
	set_wrong(b, line);
	receipts_add_unreadable(b);
}

/* -- lines of a till -- */

static size_t behind(const struct batch *b, size_t at)
{
	return at + strlen(b->text + at) + 1;
}

static void add_texts(struct batch *b, const struct till_line *line, struct receipt *whose)
{
	memcpy(b->text + b->text_len, line->text, line->text_len);
	whose->number = b->text_len;
	for (int c = 0; c < COLUMN_RECEIPT; c++)
		whose->number = behind(b, whose->number);
	whose->refund = behind(b, whose->number);
	b->text_len += line->text_len;
}

static void add_till_line(struct batch *b, const struct till_line *from)
{
	const struct csv_row where = { .line = from->line };
	struct receipt whose = { .kind = from->is_refund ? RECEIPT_REFUND : RECEIPT_SALE };
	struct line_read *line = add_line(b, &where);

	add_texts(b, from, &whose);
	line->of_till = true;
	line->occurred = from->occurred;
	line->amount = from->amount;
	line->quantity = from->quantity;
	line->has_total = from->has_total;
	line->total = from->total;
	line->refunded = from->refunded;
	line->refunded_at = from->refunded_at;
	memcpy(line->consent, from->consent, sizeof(line->consent));
	line->original = from->original;
	line->fields = from->fields;
	if (*from->why) {
		line->why = add_text(b, from->why);
		whose.kind = RECEIPT_BROKEN;
	} else if (b->columns->kind == IMPORT_CUSTOMERS) {
		whose.kind = RECEIPT_PERSON;
	}
	check_length(b, line, &whose);
	receipts_add(b, &whose);
}

static enum status next_till_line(struct batch *b)
{
	struct till_line line;

	if (!till_next(b->till, &line))
		return ST_NOT_FOUND;
	add_till_line(b, &line);
	return ST_OK;
}

/* -- the file's own rows -- */

static enum status add_row(struct batch *b, enum status st, const struct csv_row *row)
{
	if (st == ST_INVALID)
		add_unreadable(b, row);
	else if (csv_is_empty(row))
		return ST_OK;
	else if (row->n != b->columns->n)
		add_wrong_width(b, row);
	else if (b->columns->kind == IMPORT_CUSTOMERS)
		add_person(b, row);
	else
		return add_sale_line(b, row);
	return ST_OK;
}

/* A receipt longer than any that can be booked is not waited for. */
static bool give_up_overlong(struct batch *b)
{
	const struct receipt *last;
	size_t name;

	if (!b->receipt_count)
		return false;
	last = &b->receipts[b->receipt_count - 1];
	if (last->n <= ENTRY_LINES && b->text_len < TEXT_MOST)
		return false;
	buf_clear(&b->overlong);
	name = receipt_name(b, last);
	if (name)
		buf_text(&b->overlong, b->text + name);
	if (too_long() != ST_OK)
		set_wrong(b, &b->lines[b->line_count - 1]);
	return true;
}

static enum status next_row(struct batch *b)
{
	struct csv_row row;
	enum status st = csv_next(b->csv, &row);

	return st == ST_OK || st == ST_INVALID ? add_row(b, st, &row) : st;
}

enum status batch_read(struct batch *b, size_t most_lines, size_t most_receipts)
{
	enum status st;

	b->ready = 0;
	while (!b->ended && !b->ready) {
		st = b->till ? next_till_line(b) : next_row(b);
		b->ended = st == ST_NOT_FOUND;
		if (st != ST_OK && !b->ended)
			return st;
		if (give_up_overlong(b))
			b->ready = b->receipt_count;
		else if (b->line_count >= most_lines || b->receipt_count > most_receipts ||
			 b->text_len > TEXT_MOST / 2)
			b->ready = receipts_finished(b);
	}
	if (b->ended)
		b->ready = b->receipt_count;
	return ST_OK;
}

/* -- making room -- */

void batch_release(struct batch *b)
{
	buf_release(&b->overlong);
	free(b->text);
	free(b->lines);
	free(b->receipts);
	b->text = NULL;
	b->lines = NULL;
	b->receipts = NULL;
	b->text_len = b->text_cap = b->line_count = b->line_cap = 0;
	b->receipt_count = b->receipt_cap = b->ready = 0;
	b->rows = 0;
	b->ended = false;
}

void batch_fields(const struct batch *b, const struct line_read *line,
		  const char *field[COLUMNS])
{
	const char *at = b->text + line->at;

	for (enum column c = 0; c < COLUMNS; c++)
		field[c] = "";
	for (size_t i = 0; line->of_till ? i < COLUMNS : i < line->fields && i < b->columns->n;
	     i++, at += strlen(at) + 1)
		if (line->of_till)
			field[i] = at;
		else if (b->columns->meaning[i] != COLUMNS)
			field[b->columns->meaning[i]] = at;
}
