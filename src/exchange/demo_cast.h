/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_DEMO_CAST_H
#define EXCHANGE_DEMO_CAST_H

#include "shop/customer.h"
#include "shop/item.h"

/* Who and what is in the sample shop; shared by the demo's files. */

/* SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine. */
struct dice {
	uint64_t state;
};
uint64_t dice_roll(struct dice *d);
int dice_below(struct dice *d, int n);			/* 0 .. n - 1 */
bool dice_chance(struct dice *d, int percent);

/* Customer 'id' of the shop with this seed, whole; always the same. */
void demo_person(uint64_t seed, int64_t id, int32_t day, struct customer *c);

enum { DEMO_ITEMS = 10 };
extern const struct item demo_items[DEMO_ITEMS];	/* prices in paise */

/* A customer comes, or somebody unknown (customer 0). */
struct demo_visit {
	int32_t minute;			/* since the first day's midnight */
	uint32_t customer;
};
enum { DEMO_DAYS = 548 };		/* eighteen months */
/* All visits of 'customers' people in DEMO_DAYS from 'first_day' on, in order
 * of time, and those of strangers between them. The caller frees them. */
struct demo_visit *demo_visits(uint64_t seed, int64_t customers, int32_t first_day, size_t *n);

#endif
