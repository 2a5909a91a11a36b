/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_STANDING_H
#define SHOP_STANDING_H

#include "shop/customer.h"

/* How a customer stands today: what may be counted on, not what has lapsed. */
struct standing {
	struct customer customer;
	struct holder holder;		/* with all its lots */
	struct programs programs;
	struct rewards rewards;
	int32_t today;
};

/* 'customer' 0: nobody, with the shop's programs and rewards. ST_NOT_FOUND:
 * there is no such customer. Release it whatever these return. */
MUST_CHECK enum status standing_read(const struct shop *shop, int64_t customer, int32_t today,
				     struct standing *out);
MUST_CHECK enum status standing_load(struct txn *txn, int64_t customer, int32_t today,
				     struct standing *out);
void standing_release(struct standing *s);

/* Stamps on the card or points; below zero: owed. */
int64_t standing_balance(const struct standing *s, const struct program *p);
int64_t standing_pending(const struct standing *s, const struct program *p);
/* How often a reward is ready. */
int64_t standing_ready(const struct standing *s, const struct reward *r);
/* Worth showing: it runs, or the customer has something in it. */
bool standing_shows(const struct standing *s, const struct program *p);

/* How many points buy the reward, or at how many stamps the card gives it; 0:
 * nothing gives it. */
int64_t reward_mark(const struct reward *r, const struct program *p);
/* The points or stamps that are missing for one more of it; 0: none. */
int64_t standing_missing(const struct standing *s, const struct reward *r);
/* Is it ready, or enough there to buy it? Its dates, bill and limits are left
 * to the claim, which says which of them is not met. */
bool standing_can_have(const struct standing *s, const struct reward *r);
/* What points are worth as payment, in minor units; 0 for those that buy
 * rewards alone, or are fewer than the program takes. */
int64_t points_worth(const struct program *p, int64_t points);

#endif
