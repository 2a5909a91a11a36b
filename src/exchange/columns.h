/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_COLUMNS_H
#define EXCHANGE_COLUMNS_H

#include "base/buf.h"
#include "exchange/csv.h"
#include "exchange/import.h"

/* What the columns of a file mean, from its header and --map. */

enum column {
	COLUMN_DATE, COLUMN_RECEIPT, COLUMN_REFUND, COLUMN_CUSTOMER, COLUMN_NAME,
	COLUMN_PHONE, COLUMN_EMAIL, COLUMN_CARD, COLUMN_ITEM, COLUMN_SKU, COLUMN_CATEGORY,
	COLUMN_QUANTITY, COLUMN_AMOUNT, COLUMN_TENDER,
	COLUMN_BIRTHDAY, COLUMN_LANGUAGE, COLUMN_AREA, COLUMN_ADDRESS, COLUMN_TAGS,
	COLUMN_NOTES, COLUMN_PROGRAM, COLUMN_BALANCE,
	COLUMN_SMS_CONSENT, COLUMN_EMAIL_CONSENT, COLUMN_WHATSAPP_CONSENT,
	COLUMNS
};
const char *column_name(enum column c);
/* Is it read in files of that kind? IMPORT_KINDS: in any. */
bool column_is_of(enum column c, enum import_kind kind);

struct columns {
	enum import_kind kind;			/* IMPORT_KINDS: cannot be told */
	enum column wanted;			/* when it was refused: the one that is missing or
						   could be two; COLUMNS: none in particular */
	size_t n;				/* columns of the file */
	enum column meaning[CSV_COLUMNS_MAX];	/* COLUMNS: not read */
	int place[COLUMNS];			/* the other way round; -1: not there */
	bool used[CSV_COLUMNS_MAX];		/* read for something else (a till's file) ... */
	enum column part[CSV_COLUMNS_MAX];	/* ... for a part of this, as the time of the
						   date; COLUMNS: for which rows count */
	bool may_be_name;			/* a heading is "customer", none is "name" */
	enum date_order birthdays;		/* as the rows have them; AUTO: no telling */
};

/* Nothing is known of these n columns yet. */
void columns_clear(struct columns *c, size_t n);
/* The column of that heading or number ("#3" is a number always). ST_INVALID:
 * there is none; the sentence lists what there is. */
MUST_CHECK enum status column_find(const struct csv_row *header, const char *heading,
				   size_t *at);
/* The headings for a sentence: "date", "total" ... */
const char *columns_list(const struct csv_row *header, char out[IMPORT_SENTENCE]);

/* Names in any case, with spaces, underscores or dashes in them, also those
 * that tills use. ST_INVALID: what is needed is not there, or two columns could
 * be the same; the sentence says which --map settles it, and *out has what is clear
 * all the same. */
MUST_CHECK enum status columns_read(const struct csv_row *header,
				    const struct import_options *how, struct columns *out);

/* What only the rows can tell, by the first ones of that file: a column headed
 * "customer" that has people's names in it is the name. It is not while one of
 * them has a digit or another sign of a code (C17, CUST-A). And the order of
 * birthdays. Fails when the file cannot be read. */
MUST_CHECK enum status columns_look(const char *path, struct columns *c);

/* "till, staff": appends the names of columns that are not read. */
void columns_unread(const struct columns *c, const struct csv_row *header, struct buf *out);

#endif
