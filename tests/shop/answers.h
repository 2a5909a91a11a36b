/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SHOP_ANSWERS_H
#define TESTS_SHOP_ANSWERS_H

/* Customers and what they say about being written to. */

#include "shop/consent.h"
#include "tests/shop/damage.h"
#include "tests/shop/people.h"

static inline enum status read_one(struct txn *txn, void *arg)
{
	struct customer *c = arg;

	customer_get(txn, c->id, c);
	return txn_status(txn);
}

static inline struct customer person(struct fixture *f, int64_t id)
{
	struct customer c = { .id = id };

	MUST(store_read(f->shop.store, read_one, &c));
	return c;
}

static inline struct trade_run say(struct fixture *f, int64_t id, enum consent_channel ch,
			    enum consent_state state)
{
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = ch, .state = state }, &run));
	return run;
}

static inline int64_t asha(struct fixture *f)
{
	struct customer c = with_phone("Asha Patel", "98765 43210");

	return add_customer(f, &c);
}

#endif
