/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SIMULATE_LIFE_H
#define SHOP_SIMULATE_LIFE_H

#include "shop/simulate.h"

/* What one program gives to one customer after another: shop/simulate.c reads
 * their sales. */
struct past {
	int64_t seq, occurred;
	int32_t day;
	int64_t total, refunded;
	int64_t amount;			/* earned, before the daily cap and refunds */
};

struct life {
	const struct program *program;
	const struct reward *reward;	/* NULL: none */
	const struct rewards *rewards;
	struct simulation *out;
	struct kept *kept;		/* what the customer at hand has */
	size_t kept_count, kept_cap;
	int32_t *waits;			/* days to the reward, of those who reached it */
	size_t wait_cap;
	bool overflow;
};

/* All sales of one customer that count, in the order they occurred. */
void life_live(struct life *l, const struct past *sales, size_t n);
/* Fills in what is known after the last customer, and frees. */
void life_end(struct life *l);

#endif
