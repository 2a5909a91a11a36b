/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_BASKET_PAIRS_H
#define INSIGHT_BASKET_PAIRS_H

#include "insight/basket.h"

/* Baskets as one array of things, and which pairs are in many of them. */

struct baskets {
	uint32_t *thing;	/* ascending in a basket; the last one with BASKET_END */
	size_t n, cap;
	int64_t *count;		/* baskets with each thing */
	size_t things;		/* thing < things */
	int64_t baskets, receipts, nameless;
};
#define BASKET_END 0x80000000u

void baskets_gather(const struct sold *s, const struct basket_options *options,
		    struct baskets *out);
void baskets_release(struct baskets *b);

struct basket_pair {
	uint32_t a, b;		/* a < b */
	int64_t count;
};
struct pair_teller {
	bool (*each)(void *arg, const struct basket_pair *pair);	/* false: enough */
	void *arg;
};
/* Tells every pair that is in at least 'min_count' baskets; gives how many things
 * are in so many. Memory: twice that of the baskets, and some bytes for each
 * thing. Time: one step for each pair in each basket. */
size_t baskets_pairs(const struct baskets *b, int64_t min_count, const struct pair_teller *tell);

#endif
