/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SHOP_FIXTURE_H
#define TESTS_SHOP_FIXTURE_H

/* A shop in a folder of its own for each test: in memory, for durability is
 * not the point here. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "shop/sale.h"
#include "shop/verbs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

struct fixture {
	char dir[64];
	struct shop shop;
	struct actor by;
};

#define MUST(call)							\
	do {								\
		enum status st_ = (call);				\
		if (st_ != ST_OK)					\
			print_error("%s: %s\n", #call, status_text());	\
		assert_int_equal(st_, ST_OK);				\
	} while (0)

static inline int64_t at(const char *when)
{
	int64_t instant;

	MUST(instant_parse(when, &instant));
	return instant;
}

static inline int fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct settings s = { .name = "Patel Tea House", .country = "IN", .decimals = -1 };

	digest_start();
	MUST(clock_set_zone("Asia/Kolkata"));
	strcpy(f->dir, access("/dev/shm", W_OK) ? "/tmp/regulars-XXXXXX" :
						  "/dev/shm/regulars-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	strcpy(f->by.who, "asha");
	strcpy(f->by.terminal, "till 1");
	f->by.now = at("2026-03-01T09:14:00");
	MUST(shop_create(f->dir, &s, false, &f->by));
	MUST(shop_open(f->dir, &f->shop));
	*state = f;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	static const char *const files[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock" };
	char path[128];

	shop_close(&f->shop);
	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, files[i]);
		unlink(path);
	}
	rmdir(f->dir);
	free(f);
	return 0;
}

/* A sale of 'amount' with what the caller set in 'more' (NULL: nothing): its seq. */
static inline int64_t sell(struct fixture *f, int64_t customer, int64_t amount,
			   const struct sale *more)
{
	struct sale s = more ? *more : (struct sale){ 0 };
	struct trade_run run;

	s.customer = customer;
	s.amount = amount;
	s.source = s.source ? s.source : "";
	s.receipt = s.receipt ? s.receipt : "";
	MUST(sale_add(&f->shop, &f->by, &s, &run));
	return run.seq;
}

static inline enum status give_back(struct fixture *f, int64_t sale, int64_t amount)
{
	struct refund r = { .sale = sale, .amount = amount, .number = "" };
	struct trade_run run;

	return refund_add(&f->shop, &f->by, &r, &run);
}

struct balance_question {
	int64_t customer, unit, usable, balance;
	int32_t day;
};

static inline enum status read_balance(struct txn *txn, void *arg)
{
	struct balance_question *q = arg;
	struct holder h;
	struct position *p;

	holder_load(txn, q->customer, &h);
	p = holder_position(&h, q->unit);
	q->usable = q->balance = 0;
	if (p) {
		position_load(txn, q->customer, p);
		q->usable = position_usable(p, q->day);
		q->balance = p->balance;
	}
	holder_release(&h);
	return txn_status(txn);
}

static inline int64_t usable_of(struct fixture *f, int64_t customer, enum unit_class class,
				int64_t id)
{
	struct balance_question q = { .customer = customer, .unit = unit_make(class, id),
				      .day = clock_day(f->by.now) };

	MUST(store_read(f->shop.store, read_balance, &q));
	return q.usable;
}

static inline int64_t points_of(struct fixture *f, int64_t customer, int64_t program)
{
	return usable_of(f, customer, UNIT_PROGRAM, program);
}

static inline int64_t ready(struct fixture *f, int64_t customer, int64_t reward)
{
	return usable_of(f, customer, UNIT_REWARD, reward);
}

static inline enum status read_figures(struct txn *txn, void *arg)
{
	struct holder *h = arg;

	holder_load(txn, h->id, h);
	holder_release(h);
	return txn_status(txn);
}

static inline struct figures figures_of(struct fixture *f, int64_t customer)
{
	struct holder h = { .id = customer };

	MUST(store_read(f->shop.store, read_figures, &h));
	return h.figures;
}

/* A stamp card with a free tea at the goal; the program is filled in. */
static inline void add_card(struct fixture *f, struct program *p, struct reward *r)
{
	p->kind = PROGRAM_STAMPS;
	strcpy(p->name, "Tea card");
	if (!p->from)
		p->from = 1;
	strcpy(r->name, "Free tea");
	MUST(program_add_with_reward(&f->shop, &f->by, p, r));
}

static inline void add_points(struct fixture *f, struct program *p)
{
	p->kind = PROGRAM_POINTS;
	strcpy(p->name, "Points");
	if (!p->from)
		p->from = 1;
	MUST(program_add(&f->shop, &f->by, p));
}

#endif
