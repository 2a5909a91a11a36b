/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_BOOK_H
#define LEDGER_BOOK_H

#include "ledger/account.h"

/* The ledger inside one write transaction. Holders that entries touch are kept
 * here, changed in memory and written once at the end, in key order: one sale
 * or two hundred thousand use the same code, and a large import writes each
 * row once.
 *
 *	book_open(&book, txn);
 *	book_start(&book, &entry, kind, &by);	the entry has its seq and time
 *	book_credit(...), book_debit(...)	decide and apply its postings
 *	book_post(&book, &entry);		the entry is in the journal
 *	... more entries ...
 *	book_close(&book);			balances, lots and indexes are written
 */

struct actor {
	char who[WHO_SIZE];		/* the Unix user, until there is staff */
	char terminal[WHO_SIZE];
	int64_t now;
	bool has_op;
	uint8_t op[OP_SIZE];		/* of the operation: the same one happens once */
};

struct pending_row {
	int64_t customer, occurred, seq;
	enum entry_kind kind;
	int32_t day;
	size_t older;			/* the same customer's row before it, + 1 */
};

struct book {
	struct txn *txn;
	int64_t last;			/* seq of the newest entry */
	uint8_t digest[DIGEST_SIZE];	/* and its digest */
	struct holder **holders, *recent;	/* 'recent': the one asked for last */
	size_t holder_count, holder_cap;
	uint32_t **places;		/* by customer / 1024: for 1024 customers, their place in
					   'holders' + 1 */
	size_t place_count;
	struct { int64_t unit; struct house house; } *houses;
	size_t house_count, house_cap;
	struct pending_row *rows;
	size_t row_count, row_cap;
	struct entry *scratch;		/* for entries read back */
};

void book_open(struct book *b, struct txn *txn);
/* Writes what is pending and frees; on a failed transaction only frees. */
MUST_CHECK enum status book_close(struct book *b);
/* Frees without writing: the unit of work is being given up. */
void book_abandon(struct book *b);
/* How many rows wait to be written: callers close a batch in time. */
size_t book_weight(const struct book *b);

/* Clears *e and gives it seq, kind, who, where and when (recorded and occurred
 * now; the caller may set occurred, day and minute to earlier). */
void book_start(struct book *b, struct entry *e, enum entry_kind kind, const struct actor *by);
/* Sets occurred with its day and minute. */
void entry_occurred(struct entry *e, int64_t occurred);

struct holder *book_holder(struct book *b, int64_t customer);
/* With its lots; NULL when the customer has never held the unit. */
struct position *book_position(struct book *b, int64_t customer, int64_t unit);

/* The unit goes to the entry's customer; opens a lot. */
MUST_CHECK enum status book_credit(struct book *b, struct entry *e, const struct posting *p);

struct debit {
	int64_t unit, amount;		/* amount > 0 */
	enum counterpart counter;
	int64_t own;			/* entry whose lots are taken first; 0 */
	int64_t reward;			/* what it is spent on; 0 */
	bool clawback;			/* takes pending lots too, and may leave a debt;
					   what has lapsed is taken off before */
};
/* Spending order; lapsed lots are left alone. ST_REFUSED: not enough, nothing
 * was done. */
MUST_CHECK enum status book_debit(struct book *b, struct entry *e, const struct debit *d);

struct give_back {
	const struct entry *spent;	/* the entry that drew */
	uint32_t posting;		/* which of its postings */
	int64_t already;		/* given back before */
	int64_t amount;
	int64_t grace;			/* through day for what has lapsed since */
};
/* Back to the lots it came from, last drawn first. */
MUST_CHECK enum status book_give_back(struct book *b, struct entry *e, const struct give_back *g);

/* Does the opposite of the i-th posting of an entry whose lots nothing has
 * touched since. */
MUST_CHECK enum status book_reverse(struct book *b, struct entry *e, const struct entry *original,
				    uint32_t i);

/* Debits what is left of lots lapsed before 'day'; adds one posting per unit.
 * Gives whether there was anything. */
MUST_CHECK enum status book_lapse(struct book *b, struct entry *e, int32_t day, bool *any);

/* Appends the entry with its indexes and the customer's figures. */
MUST_CHECK enum status book_post(struct book *b, struct entry *e);

/* Counts the customer's figures anew, from the timeline. */
void book_recount(struct book *b, struct holder *h);

/* The customer's entries, newest first, those of this book too. 'each' says
 * whether to go on. */
typedef bool timeline_each(const struct pending_row *row, void *arg);
void book_timeline(struct book *b, int64_t customer, timeline_each *each, void *arg);
/* May the entry be of this day? A row's own day is reckoned in the zone that
 * the shop has now; the entry has the one of its time. */
bool row_may_be_of_day(const struct pending_row *row, int32_t day);
bool entry_is_undone(struct txn *txn, int64_t seq);

#endif
