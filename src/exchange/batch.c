/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/batch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "ledger/journal.h"

enum {
	TEXT_MOST = 64 * 1024 * 1024,
	LINE_MORE = 4096,	/* for a sentence on what is wrong */
	ONE = 1000		/* thousandths */
};

static const char *text_at(const struct batch *b, size_t at)
{
	return b->text + at;
}

static struct receipt *last_receipt(const struct batch *b)
{
	return b->receipt_count ? &b->receipts[b->receipt_count - 1] : NULL;
}

/* -- one line -- */

/* For one more row and what is wrong with it. */
static void make_room(struct batch *b)
{
	size_t need = b->text_len + CSV_ROW_MAX + CSV_COLUMNS_MAX + LINE_MORE;

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

/* -- receipts -- */

static void open_receipt(struct batch *b, enum receipt_kind kind, size_t number, size_t refund)
{
	b->receipts = mem_grow(b->receipts, b->receipt_count, &b->receipt_cap,
			       sizeof(*b->receipts));
	b->receipts[b->receipt_count++] = (struct receipt){
		.kind = kind, .first = b->line_count - 1, .n = 1,
		.number = number, .refund = refund };
}

static bool same_text(const struct batch *b, size_t x, size_t y)
{
	return x && y && *text_at(b, x) && !strcmp(text_at(b, x), text_at(b, y));
}

/* Does the line go on with that receipt? */
static bool goes_on(const struct batch *b, const struct receipt *r, const struct receipt *line)
{
	if (r->kind == RECEIPT_PERSON || !same_text(b, r->number, line->number))
		return false;
	if (r->kind == RECEIPT_BROKEN || line->kind == RECEIPT_BROKEN)
		return true;
	return r->kind == line->kind &&
	       (r->kind == RECEIPT_SALE || same_text(b, r->refund, line->refund));
}

/* Does this number stand in the lines' text, between other signs than letters
 * and digits? */
static bool mentions(const struct batch *b, const struct receipt *r, size_t number)
{
	const struct line_read *last = &b->lines[r->first + r->n - 1];
	const char *text = text_at(b, b->lines[r->first].at), *word = text_at(b, number);
	const char *end = text_at(b, last->why ? last->why : b->text_len);
	size_t len = strlen(word);

	while (len && (text = memmem(text, (size_t)(end - text), word, len))) {
		if (!isalnum((unsigned char)text[-1]) && !isalnum((unsigned char)text[len]))
			return true;
		text++;
	}
	return false;
}

/* A line that could not be taken apart belongs to the receipt before it when
 * it names that. */
static void place_unreadable(struct batch *b)
{
	struct receipt *last = last_receipt(b);
	struct receipt line = { .first = b->line_count - 1, .n = 1 };

	if (last && (last->kind == RECEIPT_UNREADABLE ||
		     (last->number && mentions(b, &line, last->number))))
		last->n++;
	else
		open_receipt(b, RECEIPT_UNREADABLE, 0, 0);
}

static bool is_bad(const struct receipt *r)
{
	return r && (r->kind == RECEIPT_UNREADABLE || r->kind == RECEIPT_BROKEN);
}

/* Bad lines belong to the receipt that goes on behind them, too, and to the
 * next one when they name it. */
static void place_line(struct batch *b, const struct receipt *line)
{
	struct receipt *last = last_receipt(b);

	if (is_bad(last) && b->receipt_count > 1 && goes_on(b, last - 1, line)) {
		(last - 1)->n += last->n + 1;
		b->receipt_count--;
	} else if (last && last->kind == RECEIPT_UNREADABLE && line->number &&
		   mentions(b, last, line->number)) {
		last->n++;
		last->kind = RECEIPT_BROKEN;
		last->number = line->number;
		last->refund = line->refund;
	} else if (last && goes_on(b, last, line)) {
		last->n++;
		if (last->kind == RECEIPT_BROKEN)
			last->kind = line->kind;
	} else {
		open_receipt(b, line->kind, line->number, line->refund);
	}
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
		add_text(b, row->field[i]);
	}
	line->fields = row->n;
	return line;
}

/* The rest of a receipt that was given up for its length. */
static void check_length(struct batch *b, struct line_read *line, size_t number)
{
	if (!b->overlong.len)
		return;
	if (number && !strcmp(text_at(b, number), b->overlong.at) && too_long() != ST_OK)
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
	check_length(b, line, whose.number);
	place_line(b, &whose);
	return ST_OK;
}

static void add_person(struct batch *b, const struct csv_row *row)
{
	struct receipt none;

	add_fields(b, row, &none);
	open_receipt(b, RECEIPT_PERSON, 0, 0);
}

static enum status wrong_width(const struct batch *b, const struct csv_row *row)
{
	if (row->unended && row->n < b->columns->n)
		return fail(ST_INVALID, "the file ends inside this line, which has %zu of %zu "
			    "columns: it was cut off; export it again", row->n, b->columns->n);
	return fail(ST_INVALID, "the line has %zu columns, and the first line of the file has %zu; "
		    "put quotes around text that has the delimiter in it",
		    row->n, b->columns->n);
}

/* What stands before the place where it went wrong is as it should be. */
static void add_wrong_width(struct batch *b, const struct csv_row *row)
{
	struct receipt whose;
	struct line_read *line = add_fields(b, row, &whose);

	if (wrong_width(b, row) != ST_OK)
		set_wrong(b, line);
	if (whose.number)
		place_line(b, &whose);
	else
		place_unreadable(b);
}

static void add_unreadable(struct batch *b, const struct csv_row *row)
{
	struct line_read *line = add_line(b, row);

	add_text(b, row->raw);
	line->fields = 1;
	set_wrong(b, line);
	place_unreadable(b);
}

/* Spreadsheets end tables with lines of delimiters alone. */
static bool is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (*row->field[i])
			return false;
	return true;
}

static enum status add_row(struct batch *b, enum status st, const struct csv_row *row)
{
	if (st == ST_INVALID)
		add_unreadable(b, row);
	else if (is_empty(row))
		return ST_OK;
	else if (row->n != b->columns->n)
		add_wrong_width(b, row);
	else if (b->columns->kind == IMPORT_CUSTOMERS)
		add_person(b, row);
	else
		return add_sale_line(b, row);
	return ST_OK;
}

/* The last receipt may go on, and bad lines may belong to the one before. */
static size_t finished(const struct batch *b)
{
	size_t held = is_bad(last_receipt(b)) ? 2 : 1;

	if (b->ended || b->columns->kind == IMPORT_CUSTOMERS)
		return b->receipt_count;
	return b->receipt_count > held ? b->receipt_count - held : 0;
}

/* A receipt longer than any that can be booked is not waited for. */
static bool give_up_overlong(struct batch *b)
{
	const struct receipt *last = last_receipt(b);

	if (!last || (last->n <= ENTRY_LINES && b->text_len < TEXT_MOST))
		return false;
	buf_clear(&b->overlong);
	if (last->number)
		buf_text(&b->overlong, text_at(b, last->number));
	if (too_long() != ST_OK)
		set_wrong(b, &b->lines[b->line_count - 1]);
	return true;
}

enum status batch_read(struct batch *b, size_t most_lines, size_t most_receipts)
{
	struct csv_row row;
	enum status st;

	b->ready = 0;
	while (!b->ended && !b->ready) {
		st = csv_next(b->csv, &row);
		b->ended = st == ST_NOT_FOUND;
		if (st == ST_OK || st == ST_INVALID)
			st = add_row(b, st, &row);
		if (st != ST_OK && !b->ended)
			return st;
		if (give_up_overlong(b))
			b->ready = b->receipt_count;
		else if (b->line_count >= most_lines || b->receipt_count > most_receipts ||
			 b->text_len > TEXT_MOST / 2)
			b->ready = finished(b);
	}
	if (b->ended)
		b->ready = b->receipt_count;
	return ST_OK;
}

/* -- making room -- */

void batch_drop(struct batch *b)
{
	size_t lines = b->ready < b->receipt_count ? b->receipts[b->ready].first : b->line_count;
	size_t shift = lines < b->line_count ? b->lines[lines].at - 1 : b->text_len;

	memmove(b->receipts, b->receipts + b->ready,
		(b->receipt_count - b->ready) * sizeof(*b->receipts));
	memmove(b->lines, b->lines + lines, (b->line_count - lines) * sizeof(*b->lines));
	b->receipt_count -= b->ready;
	b->line_count -= lines;
	b->ready = 0;
	if (!b->line_count) {
		b->text_len = 0;
		return;
	}
	memmove(b->text + 1, b->text + 1 + shift, b->text_len - 1 - shift);
	b->text_len -= shift;
	for (size_t i = 0; i < b->line_count; i++) {
		b->lines[i].at -= shift;
		b->lines[i].why -= b->lines[i].why ? shift : 0;
	}
	for (size_t i = 0; i < b->receipt_count; i++) {
		b->receipts[i].first -= lines;
		b->receipts[i].number -= b->receipts[i].number ? shift : 0;
		b->receipts[i].refund -= b->receipts[i].refund ? shift : 0;
	}
}

void batch_release(struct batch *b)
{
	buf_release(&b->overlong);
	free(b->text);
	free(b->lines);
	free(b->receipts);
	b->text = NULL;
	b->lines = NULL;
	b->receipts = NULL;
	b->text_len = b->text_cap = b->line_count = b->line_cap = b->receipt_count = b->receipt_cap = b->ready = 0;
	b->rows = 0;
	b->ended = false;
}

void batch_fields(const struct batch *b, const struct line_read *line,
		  const char *field[COLUMNS])
{
	const char *at = text_at(b, line->at);

	for (enum column c = 0; c < COLUMNS; c++)
		field[c] = "";
	for (size_t i = 0; i < line->fields && i < b->columns->n; i++, at += strlen(at) + 1)
		if (b->columns->meaning[i] != COLUMNS)
			field[b->columns->meaning[i]] = at;
}
