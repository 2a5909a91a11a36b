/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_DEMO_H
#define EXCHANGE_DEMO_H

#include "shop/shop.h"

/* A sample shop: a tea house in Surat with eighteen months of trade that look
 * like a shop's: a weekly rhythm, mornings and evenings, regulars who cool and
 * go, new faces, a stamp card and points, rewards claimed, refunds. The same
 * seed and last day give the same shop. */
#define DEMO_ZONE "Asia/Kolkata"

struct demo_options {
	int64_t customers;		/* 1 .. 1,000,000 */
	uint64_t seed;
	int64_t now;			/* the trade ends here */
	bool (*step)(void *arg, size_t done, size_t total);	/* false: stop; may be NULL */
	void *arg;
};

/* Makes the shop in 'dir', which must not be there or be empty. */
MUST_CHECK enum status demo_make(const char *dir, const struct demo_options *options);

#endif
