/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_TILL_H
#define EXCHANGE_TILL_H

#include "exchange/bind.h"

/* A till's file, translated by its description: lines of our own contract, in
 * order of time and with those of a receipt together, wherever they stand in the
 * file. Their text waits in a file without a name; what is kept in memory is an
 * index of 32 bytes for each line. */

struct till_line {
	long line;			/* of the till's file */
	int64_t occurred, amount, quantity;
	bool is_refund;			/* then 'amount' is below zero */
	bool has_total;
	int64_t total;			/* of the receipt, as the till has it */
	int64_t refunded, refunded_at;	/* given back of this line so far; 0: with the sale */
	uint8_t consent[CONSENT_CHANNELS];	/* enum consent_state */
	const char *why;		/* what is wrong with it, or "" */
	size_t text_len;
	const char *text;		/* COLUMNS texts of the contract, each ended by NUL */
	size_t fields;			/* the till's own, each ended by NUL: */
	const char *original;
};

/* Is there a sale with that receipt of the till in the book, not wholly refunded? */
typedef bool till_stands(void *book, const char *receipt);

struct till_reading {
	const char *path;
	const struct binding *binding;
	enum date_order dates;
	int decimals;
	const char *currency;		/* the shop's */
	import_step *step;		/* NULL: nobody looks */
	void *arg;
	till_stands *stands;		/* NULL: there is no book to ask */
	void *book;
};

struct till;

/* Reads the whole file. A row that says that a sale is no sale is skipped; one that
 * says it was void or cancelled is wrong when that sale stands in the book and no other row
 * of the file is of it. ST_INVALID: the order of the dates cannot be settled,
 * or another currency: the sentence says what to do. ST_CANCELLED: 'step' said
 * so. ST_SYSTEM: it cannot be read, or there is no room for its text. The caller
 * closes it with till_close() in any case. */
MUST_CHECK enum status till_open(const struct till_reading *how, struct till **out);
void till_close(struct till *t);

/* The next line, good until till_close(); false: there are no more. */
bool till_next(struct till *t, struct till_line *line);
void till_rewind(struct till *t);
/* Lines given, of 'total'. */
long long till_position(const struct till *t, long long *total);

/* Rows that are no sale, and the encoding and delimiter of the file. */
const int64_t *till_skipped(const struct till *t);
struct csv_about till_describe(const struct till *t);

#endif
