/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_ACCOUNT_H
#define LEDGER_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "ledger/journal.h"
#include "ledger/unit.h"

/* What the journal adds up to for one customer. Everything here is derived:
 * `verify` makes it again from the journal and compares. */

struct lot {
	int64_t unit;
	int64_t through;	/* last shop day it is good; LOT_NEVER */
	int64_t acquired;	/* instant the credit occurred */
	int64_t seq, n;		/* entry and posting that opened it */
	int64_t from;		/* first shop day it may be spent */
	int64_t left;
	bool changed, stored;	/* against the store, inside a book */
};
#define LOT_NEVER INT64_C(0xffffffff)

/* One unit of one customer. */
struct position {
	int64_t unit, balance;	/* below zero: owed */
	bool loaded;		/* 'lots' has those in the store too, in spending order */
	struct lot *lots;
	size_t lot_count, lot_cap;
};

/* Running figures over the customer's sales that were not undone. */
struct figures {
	int64_t sales, visits;		/* visits: distinct shop days */
	int64_t spend;			/* sales less refunds, minor units */
	int64_t first_day, last_day;
};

struct holder {
	int64_t id;
	struct figures figures;
	struct position *positions;
	size_t position_count, position_cap;
	bool changed;
	bool gone;			/* into another: it has no row any more */
	size_t pending;			/* its newest row in the book's timeline, + 1 */
};

enum { ACCOUNT_UNITS = 200 };

/* The stored form of a holder without its lots. */
struct account {
	struct figures figures;
	uint32_t balance_count;
	struct balance { int64_t unit, amount; } balances[ACCOUNT_UNITS];
	struct unknown later;
};
extern const struct record_type account_type;

/* The shop's side of a unit, over all customers; with their balances it sums
 * to zero. issued <= 0, redeemed and expired >= 0, moved 0. */
struct house {
	int64_t side[COUNTERPARTS];
	struct unknown later;
};
extern const struct record_type house_type;

/* NULL: the customer has never held the unit. */
struct position *holder_position(const struct holder *h, int64_t unit);
struct position *holder_position_add(struct holder *h, int64_t unit);
void holder_release(struct holder *h);

/* In spending order: lapses first, never-lapsing last; then older; then lower. */
int lot_compare(const void *a, const void *b);
struct lot *position_lot(struct position *p, int64_t seq, int64_t n);
struct lot *position_lot_add(struct position *p, const struct lot *lot);
bool lot_usable(const struct lot *lot, int32_t day);	/* not lapsed, not pending */
/* What the customer may count on at 'day': lapsed lots are not in it. */
int64_t position_usable(const struct position *p, int32_t day);
int64_t position_pending(const struct position *p, int32_t day);

/* Does to the holder what the i-th posting of a decided entry says; the same
 * for an entry being made and for one replayed. The lots that its moves name
 * must be there. ST_CORRUPT: they are not, or a lot would go below zero. */
MUST_CHECK enum status holder_apply(struct holder *h, const struct entry *e, uint32_t i);

/* -- stored forms -- */

struct key account_key(int64_t customer);
struct key lot_key(int64_t customer, const struct lot *lot);
struct key lot_prefix(int64_t customer, int64_t unit);
bool lot_from_row(struct bytes key, struct bytes value, struct lot *lot);
struct bytes lot_value(const struct lot *lot, uint8_t room[20]);

/* Without lots. False: no row (the holder is then new and empty) or the
 * transaction failed. */
bool holder_load(struct txn *txn, int64_t customer, struct holder *h);
void holder_store(struct txn *txn, const struct holder *h);
/* Brings in the stored lots of a unit, once; lots opened since stay. */
void position_load(struct txn *txn, int64_t customer, struct position *p);

void house_load(struct txn *txn, int64_t unit, struct house *h);
void house_store(struct txn *txn, int64_t unit, const struct house *h);

/* Timeline row: customer, occurred, seq; value: the kind. */
struct key timeline_key(int64_t customer, int64_t occurred, int64_t seq);
struct key timeline_prefix(int64_t customer);

#endif
