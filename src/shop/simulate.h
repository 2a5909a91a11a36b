/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SIMULATE_H
#define SHOP_SIMULATE_H

#include "shop/trade.h"

/* What a program would have given for the sales that are in the book since its
 * 'from': known customers' sales that were not undone, less their refunds. The
 * program need not be in the book; nothing is written. */
struct simulation {
	int32_t from, through;		/* first and last day with a sale that counts; 0: none */
	int64_t sales, customers;	/* that count */
	int64_t given;			/* points or stamps, with head starts and caps */
	int64_t rewards;		/* stamps: cards completed; points: given / cost, whole */
	int64_t cost;			/* rewards at own cost; points at their value */
	int64_t reached;		/* customers who would have had a first reward */
	int64_t median_days;		/* from their first sale that counts to that reward */
};

/* 'reward' is what the goal or the points lead to; NULL: the one that the shop
 * has for it (of those that points buy the cheapest), and where there is none
 * points lead to the fewest that pay (min_redeem). */
MUST_CHECK enum status program_simulate(struct shop *shop, const struct program *p,
					const struct reward *reward, struct simulation *out);

#endif
