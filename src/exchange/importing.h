/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_IMPORTING_H
#define EXCHANGE_IMPORTING_H

#include "exchange/batch.h"
#include "exchange/bits.h"
#include "exchange/known.h"
#include "exchange/rejects.h"
#include "shop/customer.h"
#include "shop/trade.h"
#include "shop/word.h"

/* An import being done: shared by its files. */

enum { PEOPLE_ROW = 512 };

/* Whose rows they are (people.c). */
struct people {
	struct known rows;		/* what the columns say -> customer */
	struct known names;		/* all folded names of the book -> customer */
	bool names_read;
	struct bits met;		/* customers counted already */
	char row[PEOPLE_ROW];		/* what the columns say, of the last people_find() */
	struct customer candidate;	/* the same, read */
	bool gets_code;			/* the candidate's code goes to the customer found */
	bool birthday_left;		/* the candidate's cannot be read */
	char left[IMPORT_SENTENCE];	/* a phone or an email of a till that cannot be read */
};
enum { PEOPLE_NOBODY = 0, PEOPLE_NEW = -1, PEOPLE_SEVERAL = UINT32_MAX };

/* How many equal rows were booked, of contents met lately (sales.c). */
struct place {
	uint64_t content;
	uint32_t n;
};
enum { PLACES = 4096 };

struct importing {
	struct shop *shop;
	const struct actor *by;
	const struct import_options *how;
	struct import_result *result, kept;	/* 'kept': as of the last batch that was */
	struct formats formats;
	const struct till_format *format;	/* NULL: the file is in our own contract */
	struct binding *binding;
	struct columns columns;
	struct batch batch;
	bool tried;			/* the unit of work was run before, and is run again */
	bool late;			/* the file is read once more, for what waited */
	struct bits waiting;		/* first lines of refunds that stand above their sales */
	uint64_t version;		/* of the store, after our last batch */
	int64_t began;			/* milliseconds of a clock that only goes forward */
	struct rejects rejects;
	struct trade trade;		/* of the batch that is being booked */
	struct word_batch words;
	struct people people;
	struct known items;
	bool goods_met;			/* a line of the receipt has an item for the first time */
	struct bits booked;		/* entries that lines of this file made or met */
	struct place places[PLACES];
	struct line lines[ENTRY_LINES];
};

/* Tells of a line in the result, as long as there is room. */
void import_note(struct import_result *r, long line, const char *why);

/* In all of these the transaction's status tells a hard error from a receipt
 * that is refused, for which nothing was changed. */

/* Reads the columns that say whose row it is. PEOPLE_NOBODY: they are empty.
 * PEOPLE_NEW: there is nobody like that yet. ST_INVALID: a column cannot be
 * read. ST_REFUSED: it fits two people. */
MUST_CHECK enum status people_find(struct importing *im, const char *const field[COLUMNS],
				   int64_t *customer);
/* Of the last people_find(), when its receipt will be booked: puts a new
 * customer in and counts them. */
MUST_CHECK enum status people_settle(struct importing *im, int64_t *customer);
/* Is an entry's customer another than the row's? Nobody can say it of who was erased:
 * they are nobody now. */
bool people_differ(struct importing *im, int64_t before, int64_t now);
/* For a row of a file of customers: every column, without the cache. A birthday
 * that cannot be read is left out: 'birthday_left'. */
MUST_CHECK enum status people_read(struct importing *im, const char *const field[COLUMNS],
				   int64_t *customer);
/* Tells of what was left out of that row, if anything was. */
void note_left(struct importing *im, long line);
void people_forget(struct people *p);
void people_end(struct people *p);

/* 0: the row names none; GOODS_NEW: it is not in the list yet (goods.c). Sets
 * 'goods_met' when goods_settle() has something to do. */
enum { GOODS_NEW = -1 };
MUST_CHECK enum status goods_find(struct importing *im, const char *const field[COLUMNS],
				  int64_t *item);
MUST_CHECK enum status goods_settle(struct importing *im, const char *const field[COLUMNS],
				    int64_t *item);

/* What the lines of a receipt say together (receipt_read() in sales.c). */
struct reading {
	const struct receipt *receipt;
	const char *who[COLUMNS];	/* the columns that say whose it is */
	char number[RECEIPT_SIZE];
	int64_t customer, occurred, total;
	int64_t refunded, refunded_at;	/* given back so far, as a till says */
	uint8_t consent[CONSENT_CHANNELS];
	size_t line_count;		/* of im->lines */
	size_t tender_count;
	struct tender tenders[TENDERS];
};
MUST_CHECK enum status receipt_read(struct importing *im, const struct receipt *r,
				    struct reading *in);
/* Does the number say of itself which sale of this shop it is, by the store's number
 * or by "SOURCE:RECEIPT" (own.c)? Or which refund? */
bool own_sale(struct importing *im, const char *number, int64_t *seq);
bool own_refund(struct importing *im, const char *number, int64_t *seq);
/* Counts it as known. ST_EXISTS: the file says something else of it. */
MUST_CHECK enum status own_met(struct importing *im, struct reading *in, const char *number,
			       int64_t seq);
/* Whose receipt numbers those of the file are; "" the shop's own. */
const char *import_source(const struct importing *im);

/* Books a receipt, sales.c and refunds.c, or takes a person in, customers.c. */
MUST_CHECK enum status import_sale(struct importing *im, const struct receipt *r);
MUST_CHECK enum status import_refund(struct importing *im, const struct receipt *r);
/* What a till says was given back of a sale so far, less what is booked. */
MUST_CHECK enum status import_refunded(struct importing *im, const struct reading *in,
				       int64_t sale, bool *booked);
/* A till_stands (exchange/till.h); 'im' is a struct importing. Opens a transaction. */
bool import_stands(void *im, const char *receipt);
/* 'occurred' 0: now. */
MUST_CHECK enum status import_consents(struct importing *im, int64_t customer,
				       const uint8_t states[CONSENT_CHANNELS], int64_t occurred);
MUST_CHECK enum status import_person(struct importing *im, const struct receipt *r);

#endif
