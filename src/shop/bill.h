/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_BILL_H
#define SHOP_BILL_H

#include "shop/sale.h"

/* What a reward and points take off a bill: the reward first, then points, on
 * what is left. A discount never exceeds what is left of the bill and costs no
 * more points than it was worth. */

/* Refusals, before anything is changed. */
MUST_CHECK enum status bill_check(struct trade *t, const struct sale *s, int64_t bill);
/* Adds the postings to *e and lowers its total. */
MUST_CHECK enum status bill_apply(struct trade *t, struct entry *e, const struct sale *s);

/* Makes the payments what is left to pay: what points and a reward paid was not
 * paid in money, and a payment of 0 is the rest. */
void bill_settle(struct entry *e);

/* Somebody wants a reward. */
struct reward_wish {
	const struct reward *reward;
	int64_t customer;
	int64_t bill;		/* its size; -1: no bill */
	int32_t day;		/* on which it is used */
};
/* May they have it? A reward that is ready stays good when it is no longer
 * given; while stamps or points are owed, none is given. */
MUST_CHECK enum status reward_allowed(struct trade *t, const struct reward_wish *w);
/* Takes the ready reward, or the points that buy it: all of its cost, or
 * 'cost' when the bill could not use all of its value. */
MUST_CHECK enum status reward_take(struct trade *t, struct entry *e, const struct reward *r,
				   int64_t cost);

#endif
