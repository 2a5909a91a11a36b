/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SIMULATE_H
#define SHOP_SIMULATE_H

#include "shop/program.h"
#include "shop/reward.h"
#include "shop/shop.h"

/* What a program would have given for the sales that were, had it been there:
 * nothing is written. What was refunded earns nothing from the start. Whoever
 * has enough takes the reward with the sale that makes it enough. */
struct simulation_ask {
	const struct program *program;	/* in the book or not; its 'from' is not looked at */
	const struct reward *reward;	/* NULL: the program's own, of points the cheapest */
	int32_t from, through;		/* days whose sales count; 0: no limit */
};

struct simulation {
	int32_t first_day, last_day;	/* of the sales that counted */
	int64_t sales, earning_sales;	/* of known customers */
	int64_t customers, earners;
	int64_t given;			/* points or stamps */
	int64_t payment;		/* worth of those points as payment, minor units */
	int64_t rewards;		/* issued, those on the way too */
	int64_t own_cost, value;	/* of them, to the shop and to customers */
	int64_t goal;			/* points or stamps that the reward takes; 0: no reward */
	int64_t reached;		/* customers who would have had it once or more */
	int64_t median_days;		/* from their first sale to it; -1: nobody */
};

/* ST_FULL: sums larger than can be kept. */
MUST_CHECK enum status program_simulate(struct shop *shop, const struct simulation_ask *ask,
					struct simulation *out);

#endif
