/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_RECENT_H
#define SHOP_RECENT_H

#include "shop/sale.h"
#include "shop/tell.h"

/* Entries of the journal, newest first: by when they were made, and for one
 * customer, or when that is asked for, by when they occurred. */

enum recent_kinds {
	RECENT_ALL,
	RECENT_SALES,		/* sales, refunds and walk-in totals */
	RECENT_COUNTER,		/* what is done at the counter: these, claims, balances changed */
	RECENT_TIMELINE,	/* and what else moved a customer's points, stamps, rewards, and
				   what they said about consent */
	RECENT_CONSENT		/* that alone */
};

struct recent_ask {
	int64_t customer;	/* 0: of all */
	int32_t from, to;	/* shop days; 0 open */
	enum recent_kinds kinds;
	int64_t limit;		/* 0: all */
	const int64_t *seqs;	/* NULL, or these 'limit' entries in this order, whatever else
				   is asked; one that cannot be read is of kind NONE */
	bool by_time;		/* of all: of the last RECENT_LOOK entries, the 'limit' that
				   occurred last, in that order; an import does not hide
				   what was sold today */
};
enum { RECENT_LOOK = 5000 };

/* -- as they stand in the store -- */

struct listed_entry {
	const struct entry *e;
	const struct side *side;
	const char *name;	/* of its customer; "" */
	const char *label;	/* the same, but customer_label() of who has no name */
	bool undone;
};
typedef void recent_each(void *arg, const struct listed_entry *row);

MUST_CHECK enum status recent_walk(struct txn *txn, const struct recent_ask *ask,
				   recent_each *each, void *arg);

/* -- copied, for screens -- */

struct recent_row {
	int64_t seq, customer;
	enum entry_kind kind;	/* tell_kind() has the word */
	int32_t day;
	int minute;		/* of that day */
	int64_t occurred;
	int64_t total, discount;	/* as in struct entry: a refund's total is below zero */
	bool undone;
	char name[200];		/* label of the customer as they are now; "" nobody */
	char who[WHO_SIZE];	/* that made the entry */
	char receipt[RECEIPT_TEXT];	/* sales and refunds; "" others */
	char words[160];	/* tell_moves(), else tell_subject(), cut */
	char reason[160];	/* that was given with it, cut; "" none */
};

struct recent {
	struct recent_row *row;
	size_t n, cap;
};

/* Release it whatever this returns. */
MUST_CHECK enum status recent_read(const struct shop *shop, const struct recent_ask *ask,
				   const struct format *f, struct recent *out);
void recent_release(struct recent *r);

#endif
