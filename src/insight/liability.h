/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_LIABILITY_H
#define INSIGHT_LIABILITY_H

#include "shop/program.h"
#include "shop/reward.h"

/* What the shop owes its customers in points, stamps and rewards that are
 * ready, from the shop's side of the double entry and the open lots. */

/* One unit over all customers. Counts of points, stamps or rewards. */
struct holdings {
	/* Since the beginning. */
	int64_t issued;		/* given, less what refunds took back */
	int64_t redeemed;	/* used, less what refunds gave back */
	int64_t expired;
	int64_t adjusted;	/* by hand, net */
	int64_t opening;	/* brought from paper or another system; head starts */

	/* Customers' balances: issued + opening + adjusted - redeemed - expired,
	 * which is usable + pending + lapsed - owed. */
	int64_t outstanding;
	int64_t usable;		/* may be spent on the day */
	int64_t pending;	/* only later */
	int64_t lapsed;		/* no longer good (by its date, or by the customer's
				 * absence), not yet swept: nobody can claim it */
	int64_t owed;		/* customers below zero */
};

struct liability_program {
	int64_t id;
	char name[sizeof(((struct program *)0)->name)];
	enum program_kind kind;
	bool stopped;
	struct holdings held;
	int64_t point_value;	/* minor units for one point; 0: they buy rewards only */
	int64_t value;		/* (usable + pending) x point_value; 0 for stamps: a card
				 * that is not full is worth nothing yet */
};

struct liability_reward {
	int64_t id, program;
	char name[sizeof(((struct reward *)0)->name)];
	bool stopped;
	struct holdings held;	/* redeemed: claimed */
	int64_t ready;		/* usable + pending */
	int64_t value;		/* ready x its value to the customer */
	int64_t own_cost;	/* ready x its own cost to the shop */
};

struct liability {
	int32_t day;			/* as of */
	struct liability_program *programs;	/* by id */
	size_t program_count;
	struct liability_reward *rewards;	/* by id */
	size_t reward_count;
	int64_t points_value;		/* of all programs */
	int64_t rewards_value, rewards_own_cost;
};

/* As of now; 'day' says which lots have lapsed. ST_CORRUPT; ST_FULL: sums
 * larger than can be kept. Release *out whatever it returns. */
MUST_CHECK enum status liability_run(struct txn *txn, int32_t day, struct liability *out);
MUST_CHECK enum status liability_read(struct store *store, int32_t day, struct liability *out);
void liability_release(struct liability *l);

#endif
