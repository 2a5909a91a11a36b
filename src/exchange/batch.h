/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_BATCH_H
#define EXCHANGE_BATCH_H

#include "base/buf.h"
#include "exchange/columns.h"
#include "exchange/dates.h"
#include "exchange/till.h"

/* Lines of a file, read ahead and put together to receipts, so that a unit of
 * work on them can be run again and waits for no disk but the store's. */

struct line_read {
	long line;
	size_t at, fields;	/* in 'text': so many, each ended by NUL */
	size_t why;		/* in 'text': what is wrong with it; 0 nothing */
	int64_t occurred, amount, quantity;	/* thousandths */

	bool of_till;		/* the texts are those of the contract, and: */
	bool has_total;
	int64_t total, refunded, refunded_at;	/* as in struct till_line */
	uint8_t consent[CONSENT_CHANNELS];
	const char *original;	/* the till's own, 'fields' texts */
};

enum receipt_kind {
	RECEIPT_UNREADABLE,	/* not even its number is known */
	RECEIPT_BROKEN,		/* its values are wrong */
	RECEIPT_SALE,
	RECEIPT_REFUND,
	RECEIPT_PERSON		/* a row of a file of customers */
};

/* Lines first ... first + n - 1. */
struct receipt {
	enum receipt_kind kind;
	size_t first, n;
	size_t number, refund;	/* in 'text', as the file has them; 0 none */
};

struct batch {
	/* set by the caller */
	const char *path;	/* to look through the dates once more */
	const struct columns *columns;
	enum date_order dates;
	int decimals;

	struct csv *csv;
	struct till *till;	/* what is read instead; NULL: the contract */
	int64_t rows;		/* read in all */
	char *text;		/* begins with a NUL that belongs to no line */
	size_t text_len, text_cap;
	struct line_read *lines;
	size_t line_count, line_cap;
	struct receipt *receipts;
	size_t receipt_count, receipt_cap;
	size_t ready;		/* receipts that have all their lines */
	struct buf overlong;	/* name of a receipt given up for its length */
	bool ended;
};

/* Reads on until 'most' lines or receipts (whichever comes first, or a bound
 * on memory) are ready. ST_INVALID: the order of the dates cannot be settled.
 * ST_SYSTEM: the file cannot be read on. */
MUST_CHECK enum status batch_read(struct batch *b, size_t most_lines, size_t most_receipts);
/* Forgets what was ready. */
void batch_drop(struct batch *b);
/* Forgets all; 'csv' and what the caller set stay. */
void batch_release(struct batch *b);

/* The line's texts by what they mean, "" where the file has none. */
void batch_fields(const struct batch *b, const struct line_read *line,
		  const char *field[COLUMNS]);

/* -- parts (receipts.c) -- */

/* The last line goes to the receipt before it, or begins one like 'line'. */
void receipts_add(struct batch *b, const struct receipt *line);
/* In 'text': what its lines have in common, its number, or that of the refund
 * where it has no other; 0 none. */
size_t receipt_name(const struct batch *b, const struct receipt *r);
/* Says what is wrong with a row that has not n columns. */
MUST_CHECK enum status wrong_width(const struct csv_row *row, size_t n);
/* Does this number stand in the text, between other signs than letters and
 * digits? */
bool receipt_is_named(const char *text, size_t text_len, const char *number);
/* The last line could not be taken apart: it goes where it is named. */
void receipts_add_unreadable(struct batch *b);
/* How many cannot go on any more. */
size_t receipts_finished(const struct batch *b);

#endif
