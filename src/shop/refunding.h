/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_REFUNDING_H
#define SHOP_REFUNDING_H

#include "shop/sale.h"

/* A refund being made: shared by refund.c (the entry) and refund_units.c (what
 * goes back in points, stamps and rewards). */
struct refunding {
	struct trade *t;
	struct entry *e;		/* the refund */
	const struct entry *sale;	/* the sale, its award or a claim on it, in turn */
	struct refunded before;
	int64_t original, refunded;	/* money: of the sale, back in all with this refund */
	bool whole;
};

/* Adds to r->e what goes back for the postings of the sale, or of an entry
 * about it. */
MUST_CHECK enum status refund_postings(struct refunding *r, const struct entry *source);

/* NULL: more units than can be told apart. */
struct refunded_unit *refunded_unit(struct refunded *r, int64_t unit);

#endif
