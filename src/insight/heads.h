/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_HEADS_H
#define INSIGHT_HEADS_H

#include "ledger/journal.h"

/* The pass over the heads of the journal that figures are made of, and what a
 * head adds to the takings. */

/* The pass itself: each row's head in recorded order, and whether it was
 * undone. An ENTRY_UNDO is a row too. heads_end() may come at any time. */
struct heads {
	struct range rows;		/* its key and value are the row's */
	struct entry_head head;
	bool undone;
	int64_t *undone_seqs;
	size_t undone_count, undone_cap, undone_at;
};

void heads_start(struct heads *h, struct txn *txn);
void heads_start_after(struct heads *h, struct txn *txn, int64_t seq);
bool heads_next(struct heads *h);	/* false after the last, or when the transaction failed */
void heads_end(struct heads *h);

/* What a span of days took, in minor units. */
struct takings {
	int64_t sales;		/* rung up, anonymous ones too */
	int64_t known_sales;	/* of them: with a customer */
	int64_t refunds;	/* how many, on the day of the refund */
	int64_t revenue;	/* sales less refunds; below zero on a day of returns */
	int64_t known_revenue;	/* of it: of known customers */
	int64_t refunded;	/* what refunds gave back, >= 0 */
	int64_t walk_in;	/* not rung up, told at day close; in none of the above */
};

/* Sales, refunds and walk-in totals; else nothing. False: larger than can be kept. */
MUST_CHECK static inline bool takings_add(struct takings *t, const struct entry_head *head)
{
	bool known = head->customer != 0, over = false;

	switch (head->kind) {
	case ENTRY_SALE:
		t->sales++;
		t->known_sales += known;
		break;
	case ENTRY_REFUND:
		t->refunds++;
		over = __builtin_sub_overflow(t->refunded, head->total, &t->refunded);
		break;
	case ENTRY_WALK_IN:
		return !__builtin_add_overflow(t->walk_in, head->total, &t->walk_in);
	default:
		return true;
	}
	over |= __builtin_add_overflow(t->revenue, head->total, &t->revenue);
	if (known)
		over |= __builtin_add_overflow(t->known_revenue, head->total, &t->known_revenue);
	return !over;
}

enum status takings_too_large(void);	/* ST_FULL, and says so */

#endif
