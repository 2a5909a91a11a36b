/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_FLOWS_H
#define INSIGHT_FLOWS_H

#include "insight/people.h"
#include "insight/scan.h"
#include "shop/program.h"
#include "shop/reward.h"

/* What was paid, and how points, stamps and rewards moved, as one row for each:
 * what the figures of programs are made from. A million sales that earn take
 * 64 MB. What was undone is left out; who was merged counts as whom they
 * became, from the beginning.
 *
 * What has lapsed counts on the first day on which it could not be used any
 * more, whenever it was taken off. Only what lapses by absence counts on the
 * day on which it was taken off: flows_absent() says since when it was gone. */

/* The unit of rows that are sales, refunds and walk-in totals, by their kind. */
enum { FLOW_PAID = 0 };

struct flow {
	int64_t amount;		/* to the customer; below zero: from them. Of FLOW_PAID:
				 * what they paid; below zero: got back */
	uint32_t seq;		/* of the entry; 0: has lapsed, and was not taken off yet. No
				 * store has room for more entries than fit */
	uint32_t customer;	/* 0: nobody known */
	uint32_t unit;
	int32_t day;
	int32_t through;	/* last good day of the lot that was opened, or that lost
				 * it by lapsing or a refund; 0: it never lapses by date */
	uint8_t counter;	/* enum counterpart, never COUNTER_MOVED */
	uint8_t kind;		/* enum entry_kind */
	uint8_t place;		/* of the posting in its entry */
	bool for_reward;	/* what was used went for a reward, not to pay a bill */
};

struct flows {
	struct programs programs;	/* rules, as they are now */
	struct rewards rewards;
	struct flow *row;	/* by entry; what was not taken off yet at the end */
	size_t n;
	uint32_t *order;	/* of the rows, by customer, then day, then entry */
	size_t nobody;		/* so many of them come first, and are of nobody known */
	int32_t first_day, last_day;	/* with a sale; 0 without any */
	bool whole;		/* all of the journal is in it, and it is in order */

	/* While it is read. */
	size_t cap, taken_off;	/* rows of entries: n less those not taken off yet */
	int64_t last;		/* the entry that was read last */
	uint64_t version;	/* of the store, when it was whole */
	unsigned opening;	/* which opening of the store */
	int32_t today;
	const struct people_set *only;
};

/* All at once. 'only': of these customers; NULL all. ST_CORRUPT, ST_FULL.
 * Release *out whatever it returns. */
MUST_CHECK enum status flows_read(struct store *store, const struct people_set *only,
				  int32_t today, struct flows *out);
/* The same in parts, for screens: some milliseconds a call, until 'whole'. After
 * that, what is new. Begins with { 0 }. 'done': of a thousand. */
MUST_CHECK enum status flows_update(struct store *store, int32_t today, struct flows *f,
				    int *done);
void flows_release(struct flows *f);
void flows_put_in_order(struct flows *f);	/* when all rows are there */

/* The rows of one customer after the other. */
struct flow_person {
	int64_t customer;
	const struct flows *flows;
	size_t first, n;	/* in 'order' */
};
/* Begins with { 0 } in *p; false after the last. */
bool flows_next(const struct flows *f, struct flow_person *p);
static inline const struct flow *flow_at(const struct flow_person *p, size_t i)
{
	return &p->flows->row[p->flows->order[p->first + i]];
}

/* The day of the customer's latest sale on or before 'day'; 0: none. */
int32_t flows_last_visit(const struct flow_person *p, int32_t day);
/* Had they been away at the end of 'day' for so long that what they have in
 * the program is gone? */
bool flows_absent(const struct flow_person *p, const struct program *program, int32_t day);
/* The day on which they first got points or stamps of the program, or of any
 * for 0, earned, awarded, brought along or by hand; 0: never. */
int32_t flows_joined(const struct flow_person *p, int64_t program);

/* Did they earn points or stamps; use a reward, or pay with points? */
static inline bool flow_earns(const struct flow *row)
{
	return unit_class(row->unit) == UNIT_PROGRAM && row->counter == COUNTER_ISSUED &&
	       row->amount > 0;
}

static inline bool flow_uses(const struct flow *row)
{
	return row->unit != FLOW_PAID && row->counter == COUNTER_REDEEMED && row->amount < 0 &&
	       (unit_class(row->unit) == UNIT_REWARD || !row->for_reward);
}

/* Is the unit the program's points or stamps, or a reward of it? */
bool flow_is_of(const struct flows *f, const struct flow *row, int64_t program);

#endif
