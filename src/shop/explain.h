/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_EXPLAIN_H
#define SHOP_EXPLAIN_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/shop.h"

/* Tells one customer's points, stamps and rewards in words: what is there, in
 * which lots and until when, how far the next reward is and why, and which
 * entries made it so, newest first. */
struct explaining {
	int64_t customer;
	int64_t now;
	const struct format *format;
	size_t most;		/* entries and lots told of each program or reward; 0: all */
};

/* Adds lines in the language that is used; those that go into detail begin with
 * two spaces. ST_NOT_FOUND: there is no such customer. */
MUST_CHECK enum status shop_explain(struct shop *shop, const struct explaining *ask,
				    struct buf *out);

#endif
