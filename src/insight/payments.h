/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_PAYMENTS_H
#define INSIGHT_PAYMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sales and refunds of known customers, to be put in the order of customer and
 * day. */

/* The key is the customer, 32 bits, the shop day, 31, and at the end whether it
 * is a refund: as numbers they sort so. */
struct payment {
	uint64_t key;
	int64_t amount;		/* minor units; of a refund below zero */
};

static inline uint64_t payment_key(int64_t customer, int32_t day, bool refund)
{
	return (uint64_t)customer << 32 | (uint64_t)(uint32_t)day << 1 | refund;
}

static inline bool payment_is_refund(uint64_t key)
{
	return key & 1;
}

static inline int32_t payment_day(uint64_t key)
{
	return (int32_t)((uint32_t)key >> 1);
}

/* { 0 } is empty; the owner releases it. */
struct payments {
	struct payment *row;
	size_t n, cap;
	size_t sorted;		/* so many are in order, from the first on */
	struct payment *spare;	/* room for as many, once they were sorted: whoever can
				   use it may take it and leave NULL */
	uint64_t left;		/* bits that are to be sorted by yet */
};

/* Makes room for 'more' rows. */
void payments_reserve(struct payments *p, size_t more);

static inline void payments_add(struct payments *p, uint64_t key, int64_t amount)
{
	if (p->n == p->cap)
		payments_reserve(p, 1);
	p->row[p->n++] = (struct payment){ key, amount };
}

/* By customer, then day; refunds of a day may stand anywhere among its sales. */
void payments_sort(struct payments *p);
/* The same in steps of some milliseconds for a million: false until it is done.
 * Nothing is added meanwhile. */
bool payments_sort_step(struct payments *p);
void payments_release(struct payments *p);

#endif
