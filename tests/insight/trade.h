/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_TRADE_H
#define TESTS_INSIGHT_TRADE_H

/* A small shop that trades, for figures of programs. */

#include "insight/flows.h"
#include "insight/liability.h"
#include "tests/shop/people.h"

static inline void go_to(struct fixture *f, int32_t day)
{
	f->by.now = clock_day_start(day) + 10 * CLOCK_HOUR;
}

static inline int32_t today(const struct fixture *f)
{
	return clock_day(f->by.now);
}

static inline int32_t day(const char *text)
{
	int32_t d;

	MUST(day_parse(text, &d));
	return d;
}

static inline int64_t somebody(struct fixture *f, const char *name)
{
	struct customer c = named(name);

	MUST(customer_add(&f->shop, &f->by, &c, true));
	return c.id;
}

static inline int64_t sell_on(struct fixture *f, int32_t on, int64_t customer, int64_t amount)
{
	go_to(f, on);
	return sell(f, customer, amount, NULL);
}

static inline enum status claim(struct fixture *f, int64_t customer, int64_t reward)
{
	struct claim c = { .customer = customer, .reward = reward, .receipt = "" };
	struct trade_run run;

	f->by.now += CLOCK_MINUTE;
	return reward_claim(&f->shop, &f->by, &c, &run);
}

static inline void take_back_last(struct fixture *f)
{
	struct trade_run run;

	MUST(undo_last(&f->shop, &f->by, 0, &run));
}

static inline void merge_people(struct fixture *f, int64_t from, int64_t into)
{
	struct customer_merge m = { .from = from, .into = into };
	struct customer_merged done;

	MUST(customer_merge(&f->shop, &f->by, &m, &done));
	holder_release(&done.holder);
}

static inline struct flows flows_now(struct fixture *f)
{
	struct flows flows;

	MUST(flows_read(f->shop.store, NULL, today(f), &flows));
	return flows;
}

static inline struct liability liability_now(struct fixture *f)
{
	struct liability l;

	MUST(liability_read(f->shop.store, today(f), &l));
	return l;
}

#define TRADE_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

#endif
