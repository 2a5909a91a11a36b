/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_MERGE_H
#define LEDGER_MERGE_H

#include "ledger/book.h"

/* One customer became another. Two entries, ENTRY_MERGE: the first takes what
 * 'from' has out of all lots (a debt is credited away) and has 'into' as its
 * subject; the second, about the first, gives it to 'into', in the same lots. A
 * customer with more than fits has more such pairs; only the first entry of the
 * first is about none. A stamp card that is full then gives its reward in one
 * more entry, about the last first one.
 *
 * The entries of before stay those of 'from'. The timeline and the figures have
 * them under 'into', and whoever meets their customer asks who that is now. */
struct merge {
	int64_t from, into;
	int64_t seq;		/* of the first entry */
};

/* Moves the history, once the entries are posted: 'from' has no account after
 * it. */
void book_take_over(struct book *b, int64_t from, int64_t into);

/* Who the customer is now; the same, if they were never merged. */
int64_t account_of(struct txn *txn, int64_t customer);

/* All of them at once, with 'into' as it is now. */
struct merges {
	struct merge *row, *by_into;
	size_t n, cap;
};

void merges_load(struct txn *txn, struct merges *m);
void merges_release(struct merges *m);
int64_t merges_find(const struct merges *m, int64_t customer);	/* as account_of() */
/* Who became this one, in the order in which they did. */
const struct merge *merges_of(const struct merges *m, int64_t into, size_t *n);

/* Made by hand: after the last is added, settled. */
void merges_add(struct merges *m, const struct merge *row);
void merges_settle(struct merges *m);

/* The row of table merged: customer u32; into u32, seq u64. */
enum { MERGE_ROW = 12 };
void merge_row(const struct entry *e, struct key *key, uint8_t value[MERGE_ROW]);
void merge_put(struct txn *txn, const struct entry *e);

#endif
