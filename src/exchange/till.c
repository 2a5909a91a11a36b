/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/till.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/mem.h"
#include "exchange/batch.h"
#include "exchange/spool.h"
#include "exchange/till_order.h"
#include "exchange/till_row.h"
#include "store/backup.h"

enum { WRITE_AT = 1 << 20, STEP_ROWS = 20000, WHOLE = 8 };

/* A line that is wrong when no other one of the file is of its receipt. */
struct cancelled {
	size_t place;
	enum skip_reason reason;
};

struct till {
	struct till_reading how;
	struct till_rows rows;
	struct csv *csv;
	int fd;
	struct buf text, texts, why;	/* waiting to be written; of the row */
	struct buf last;		/* number of the receipt that was read last */
	struct buf bad, bad_why;	/* a line that cannot be read, until the next one is */
	long bad_line;			/* 0: none */
	uint64_t written;
	struct place *places;
	size_t n, cap, next;
	const char *map;
	int64_t skipped[SKIP_REASONS];
	struct cancelled *cancelled;
	size_t cancelled_n, cancelled_cap;
};

/* A line in the file of texts: this, then why, the contract's texts and the
 * till's own, each ended by NUL, up to a multiple of eight bytes. */
struct stored {
	struct till_line line;
	size_t why;			/* bytes */
};

/* -- the file of texts -- */

static enum status flush(struct till *t)
{
	if (file_write(t->fd, t->text.at, t->text.len) != ST_OK)
		return fail(ST_SYSTEM, "the file cannot be kept while it is imported: %s; set "
			    "TMPDIR to a folder with room", strerror(errno));
	t->written += t->text.len;
	buf_clear(&t->text);
	return ST_OK;
}

static const char *number_of(const struct buf *texts)
{
	const char *number = texts->at;

	for (int c = 0; c < COLUMN_RECEIPT; c++)
		number += strlen(number) + 1;
	return number;
}

/* Lines without a number are receipts of their own. */
static uint64_t receipt_of(const struct till *t, const struct till_line *line, uint64_t at)
{
	const char *number = number_of(&t->texts), *refund;
	uint64_t parts[2] = { at, 0 };

	refund = number + strlen(number) + 1;
	if (*number)
		parts[0] = digest_content(number, strlen(number));
	if (*number && line->is_refund)
		parts[1] = *refund ? digest_content(refund, strlen(refund)) :
				     (uint64_t)line->occurred;
	return (digest_content(parts, sizeof(parts)) & ~UINT64_C(1)) | line->is_refund;
}

static enum status keep(struct till *t, const struct till_line *line, const struct csv_row *row)
{
	uint64_t at = t->written + t->text.len;
	struct stored head = { .line = *line, .why = t->why.len + 1 };
	static const char zeros[WHOLE];

	head.line.fields = row->n;
	head.line.text_len = t->texts.len;
	t->places = mem_grow(t->places, t->n, &t->cap, sizeof(*t->places));
	t->places[t->n++] = (struct place){
		.occurred = t->why.len ? INT64_MAX : line->occurred, .at = at, .first = at,
		.receipt = receipt_of(t, line, at) };
	buf_add(&t->text, &head, sizeof(head));
	buf_add(&t->text, t->why.len ? t->why.at : "", t->why.len + 1);
	buf_add(&t->text, t->texts.at, t->texts.len);
	for (size_t i = 0; i < row->n; i++)
		buf_add(&t->text, row->field[i], strlen(row->field[i]) + 1);
	buf_add(&t->text, zeros, (WHOLE - t->text.len % WHOLE) % WHOLE);
	return t->text.len >= WRITE_AT ? flush(t) : ST_OK;
}

/* -- rows -- */

static enum status foreign(const char *currency, const struct till_reading *how, long line)
{
	int at = how->binding->column[FORMAT_CURRENCY].names.at[0];

	return fail(ST_INVALID, "line %ld is in %.8s, and the shop's currency is %s: nothing was "
		    "imported; if the amounts are in %s all the same, say --map -=%d", line,
		    currency, how->currency, how->currency, at + 1);
}

/* Of a row that cannot be taken apart only its number is believed. */
static enum status keep_wrong(struct till *t, const struct csv_row *row, struct till_line *line)
{
	buf_printf(&t->why, "%s", status_text());
	till_rows_texts(&t->rows, false, &t->texts);
	return keep(t, line, row);
}

/* Spreadsheets add empty cells at the end of rows. */
static struct csv_row without_rest(const struct till *t, const struct csv_row *row)
{
	struct csv_row cut = *row;

	while (cut.n > t->how.binding->n && !*row->field[cut.n - 1])
		cut.n--;
	return cut;
}

static bool ends_sale(enum skip_reason reason)
{
	return reason == SKIP_VOID || reason == SKIP_CANCELLED;
}

static enum status skip_row(struct till *t, const struct csv_row *row, enum skip_reason reason)
{
	struct till_line line = { .line = row->line };
	const char *number = till_rows_receipt(&t->rows);

	t->skipped[reason]++;
	if (!ends_sale(reason) || !*number || till_rows_is_refund(&t->rows) ||
	    !t->how.stands || !t->how.stands(t->how.book, number))
		return ST_OK;
	t->cancelled = mem_grow(t->cancelled, t->cancelled_n, &t->cancelled_cap,
				sizeof(*t->cancelled));
	t->cancelled[t->cancelled_n++] = (struct cancelled){ t->n, reason };
	fail(ST_REFUSED, "receipt %s was booked before and is cancelled now: refund it with "
	     "regulars sale refund %s:%s", number, t->how.binding->format->till, number);
	return keep_wrong(t, row, &line);
}

static enum status add_row(struct till *t, const struct csv_row *row)
{
	struct till_line line = { .line = row->line };
	enum skip_reason skip;
	const char *currency;
	enum status st;

	buf_clear(&t->texts);
	buf_clear(&t->why);
	if (row->n != t->how.binding->n && wrong_width(row, t->how.binding->n) != ST_OK)
		return keep_wrong(t, row, &line);
	skip = till_rows_skip(&t->rows);
	if (skip != SKIP_REASONS)
		return skip_row(t, row, skip);
	currency = till_rows_foreign(&t->rows);
	if (currency)
		return foreign(currency, &t->how, row->line);
	st = till_rows_read(&t->rows, &line, &t->texts, &t->why);
	if (st == ST_OK && line.is_refund && !line.amount && !t->why.len)
		t->skipped[SKIP_OTHER]++;	/* nothing was given back */
	else if (st == ST_OK)
		st = keep(t, &line, row);
	return st;
}

/* -- lines that cannot be read: of the receipt that they name -- */

static enum status keep_bad(struct till *t, const char *number)
{
	struct till_line line = { .line = t->bad_line };
	const char *const fields[] = { t->bad.at };
	const struct csv_row raw = { .line = t->bad_line, .n = 1, .field = fields };

	buf_clear(&t->texts);
	buf_clear(&t->why);
	for (int c = 0; c < COLUMNS; c++)
		buf_add(&t->texts, c == COLUMN_RECEIPT ? number : "",
			c == COLUMN_RECEIPT ? strlen(number) + 1 : 1);
	buf_text(&t->why, t->bad_why.at);
	t->bad_line = 0;
	return keep(t, &line, &raw);
}

/* The receipt before it, else the one that the next line is of. */
static enum status settle_bad(struct till *t, const char *next)
{
	const char *last = t->last.len ? t->last.at : "";

	if (!t->bad_line)
		return ST_OK;
	if (receipt_is_named(t->bad.at, t->bad.len, last))
		return keep_bad(t, last);
	return keep_bad(t, receipt_is_named(t->bad.at, t->bad.len, next) ? next : "");
}

static enum status add_unreadable(struct till *t, const struct csv_row *row)
{
	char why[IMPORT_SENTENCE];
	enum status st;

	snprintf(why, sizeof(why), "%s", status_text());
	st = settle_bad(t, "");
	buf_clear(&t->bad);
	buf_clear(&t->bad_why);
	buf_add(&t->bad, row->raw, strlen(row->raw));
	buf_text(&t->bad_why, why);
	t->bad_line = row->line;
	return st;
}

/* -- the rows -- */

static enum status add_whole(struct till *t, const struct csv_row *row)
{
	struct csv_row whole = without_rest(t, row);
	const char *number;
	enum status st;

	till_rows_take(&t->rows, &whole);
	number = till_rows_receipt(&t->rows);
	st = settle_bad(t, number);
	buf_clear(&t->last);
	buf_text(&t->last, number);
	return st == ST_OK ? add_row(t, &whole) : st;
}

static enum status show_step(const struct till *t, int64_t rows)
{
	struct import_progress p = { .rows = rows, .seconds_left = -1 };

	if (!t->how.step || rows % STEP_ROWS)
		return ST_OK;
	p.done = csv_position(t->csv, &p.total);
	return t->how.step(t->how.arg, &p) ? ST_OK :
	       fail(ST_CANCELLED, "reading the file was stopped; nothing was changed");
}

static enum status read_rows(struct till *t)
{
	struct csv_row row;
	int64_t rows = 0;
	enum status st = csv_next(t->csv, &row);	/* the header */

	while (st == ST_OK) {
		st = csv_next(t->csv, &row);
		if (st == ST_INVALID)
			st = add_unreadable(t, &row);
		else if (st == ST_OK && !csv_is_empty(&row))
			st = add_whole(t, &row);
		if (st == ST_OK)
			st = show_step(t, ++rows);
	}
	if (st == ST_NOT_FOUND)
		st = settle_bad(t, "");
	return st == ST_OK ? flush(t) : st;
}

/* -- sales that are cancelled now -- */

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Of the lines that are not cancelled, in order. */
static uint64_t *other_receipts(const struct till *t, size_t *n)
{
	uint64_t *receipts = mem_alloc((t->n + 1) * sizeof(*receipts));
	size_t next = 0;

	*n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (next < t->cancelled_n && t->cancelled[next].place == i)
			next++;
		else
			receipts[(*n)++] = t->places[i].receipt;
	qsort(receipts, *n, sizeof(*receipts), by_number);
	return receipts;
}

/* One of two payments of a bill may have failed: then the bill was paid. */
static void settle_cancelled(struct till *t)
{
	size_t n, next = 0, kept = 0;
	uint64_t *others;

	if (!t->cancelled_n)
		return;
	others = other_receipts(t, &n);
	for (size_t i = 0; i < t->n; i++) {
		bool is_cancelled = next < t->cancelled_n && t->cancelled[next].place == i;
		bool drop = is_cancelled && bsearch(&t->places[i].receipt, others, n,
						    sizeof(*others), by_number);

		if (is_cancelled)
			t->skipped[t->cancelled[next++].reason] -= !drop;
		if (!drop)
			t->places[kept++] = t->places[i];
	}
	t->n = kept;
	free(others);
}

/* -- the whole -- */

static enum status map_texts(struct till *t)
{
	void *map;

	if (!t->written)
		return ST_OK;
	map = mmap(NULL, t->written, PROT_READ, MAP_PRIVATE, t->fd, 0);
	if (map == MAP_FAILED)
		return fail(ST_SYSTEM, "the file cannot be kept while it is imported: %s",
			    strerror(errno));
	t->map = map;
	return ST_OK;
}

enum status till_open(const struct till_reading *how, struct till **out)
{
	struct till *t = mem_alloc(sizeof(*t));
	enum status st;

	*out = t;
	t->how = *how;
	t->fd = -1;
	till_rows_start(&t->rows, &t->how);
	st = spool_temporary(&t->fd);
	if (st == ST_OK)
		st = csv_open(how->path, &t->csv);
	if (st == ST_OK)
		st = read_rows(t);
	if (st == ST_OK)
		st = map_texts(t);
	settle_cancelled(t);
	if (st == ST_OK && how->binding->format->kind == IMPORT_SALES)
		till_put_in_order(t->places, t->n);
	return st;
}

void till_close(struct till *t)
{
	if (!t)
		return;
	if (t->map)
		munmap((void *)t->map, t->written);
	if (t->fd >= 0)
		close(t->fd);
	csv_close(t->csv);
	till_rows_release(&t->rows);
	buf_release(&t->text);
	buf_release(&t->texts);
	buf_release(&t->why);
	buf_release(&t->last);
	buf_release(&t->bad);
	buf_release(&t->bad_why);
	free(t->places);
	free(t->cancelled);
	free(t);
}

bool till_next(struct till *t, struct till_line *line)
{
	const struct stored *s;

	if (t->next == t->n)
		return false;
	s = (const struct stored *)(t->map + t->places[t->next++].at);
	*line = s->line;
	line->why = (const char *)(s + 1);
	line->text = line->why + s->why;
	line->original = line->text + line->text_len;
	return true;
}

void till_rewind(struct till *t)
{
	t->next = 0;
}

long long till_position(const struct till *t, long long *total)
{
	*total = (long long)t->n;
	return (long long)t->next;
}

const int64_t *till_skipped(const struct till *t)
{
	return t->skipped;
}

struct csv_about till_describe(const struct till *t)
{
	return csv_describe(t->csv);
}
