/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H

#include "base/buf.h"
#include "shop/recent.h"
#include "shop/standing.h"

/* What the book holds, row by row, in the order of the book. Rows are made in
 * parts of some milliseconds, and no transaction is open while one is written:
 * a slow reader holds up nobody, and memory stays as small for a million sales
 * as for ten. What is changed meanwhile is in the rows that come after.
 *
 * As CSV, sales and customers are files that an import reads: sales with what
 * was paid for each line, after points and rewards; no undone ones and nothing
 * that was not rung up. Customers are one row each, with further phones, emails
 * and cards in columns that an import leaves alone; points are a row for each
 * program in which somebody has some, as opening balances. */

enum export_kind {
	EXPORT_CUSTOMERS, EXPORT_SALES, EXPORT_ITEMS, EXPORT_POINTS, EXPORT_JOURNAL, EXPORT_KINDS
};

/* What one row is made of; NULL is what it has none of. */
struct export_row {
	struct txn *txn;
	const struct shop *shop;
	const struct listed_entry *entry;
	const struct customer *customer;	/* the entry's, or the person */
	const struct standing *standing;	/* of the person */
	const struct item *item;
};
/* Appends a row, or several, or none. */
typedef void export_shape(void *arg, const struct export_row *row, struct buf *out);
/* Of this customer, as they are after merging (0: nobody's)? */
typedef bool export_wants(void *arg, int64_t customer);
typedef enum status export_write(void *arg, const char *text, size_t len);

struct export_options {
	enum export_kind kind;
	int64_t now;			/* balances are as of this moment */
	export_shape *shape;		/* NULL: CSV with a line of names */
	export_wants *wants;		/* whose rows; NULL: everybody, and nobody too */
	export_write *write;		/* between transactions; its failure ends the export. It may
					   close the shop, for somebody who waits for the store */
	void *arg;			/* of all three */
};
/* The shop is closed and opened again when somebody wants its store between two
 * parts, and may be closed after it. ST_BUSY: it does not come back in time, or
 * came back out of a backup. */
MUST_CHECK enum status export_run(struct shop *shop, const struct export_options *how);

/* The rows as CSV: export_csv.c, export_sales.c. */
void export_names(enum export_kind kind, struct buf *out);
export_shape export_customer, export_item, export_points, export_journal, export_sale;
/* Their cells for whose it is: customer, name; phone, email. */
void export_who(const struct export_row *row, struct buf *out);
void export_reach(const struct customer *c, struct buf *out);

#endif
