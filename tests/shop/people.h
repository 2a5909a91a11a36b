/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SHOP_PEOPLE_H
#define TESTS_SHOP_PEOPLE_H

/* Customers for tests, and whom words mean. */

#include "shop/customer.h"
#include "tests/shop/fixture.h"

static inline struct customer named(const char *name)
{
	struct customer c = { .id = 0 };

	strcpy(c.name, name);
	return c;
}

static inline struct customer with_phone(const char *name, const char *phone)
{
	struct customer c = named(name);

	MUST(customer_add_phone(&c, phone, "IN"));
	return c;
}

static inline int64_t add_customer(struct fixture *f, struct customer *c)
{
	MUST(customer_add(&f->shop, &f->by, c, false));
	return c->id;
}

struct who_question {
	const struct shop *shop;
	const char *who;
	int64_t id;
};

static inline enum status ask_who(struct txn *txn, void *arg)
{
	struct who_question *q = arg;

	return customer_resolve(txn, q->shop, q->who, &q->id);
}

/* The id that the words mean, or 0 with the status in *st. */
static inline int64_t who(struct fixture *f, const char *words, enum status *st)
{
	struct who_question q = { .shop = &f->shop, .who = words };

	*st = store_read(f->shop.store, ask_who, &q);
	return *st == ST_OK ? q.id : 0;
}

#define assert_means(f, words, expected)				\
	do {								\
		enum status st_;					\
		int64_t id_ = who(f, words, &st_);			\
		if (id_ != (expected))					\
			print_error("%s: %s\n", words, status_text());	\
		assert_int_equal(id_, expected);			\
	} while (0)

static inline void assert_refused(struct fixture *f, const char *words, enum status expected,
				  const char *said)
{
	enum status st;

	who(f, words, &st);
	assert_int_equal(st, expected);
	if (!strstr(status_text(), said))
		print_error("\"%s\" is not in: %s\n", said, status_text());
	assert_non_null(strstr(status_text(), said));
}

#endif
