/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_QUOTE_H
#define SHOP_QUOTE_H

#include "shop/sale.h"

/* What a sale would come to, before it is booked. */

struct quote {
	int64_t total;		/* left to pay in money */
	int64_t discount;	/* what the reward and points take off */
	int64_t points;		/* that would pay */
};

/* Books it and takes it back in the same transaction: nothing is written.
 * ST_REFUSED and the others: what sale_add() would say. */
MUST_CHECK enum status sale_quote(struct shop *shop, const struct actor *by, const struct sale *s,
				  struct quote *out);

#endif
