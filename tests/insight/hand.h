/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_HAND_H
#define TESTS_INSIGHT_HAND_H

/* Small shops made by hand: entries go into the journal as they are said. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/book.h"
#include "shop/item.h"
#include "shop/program.h"
#include "shop/reward.h"

#include <cmocka.h>	/* last: it has a macro fail() */

struct row {
	enum entry_kind kind;
	int32_t day;
	int64_t customer, total;
	int64_t about;		/* seq, from 1 in the order they are given */
	int minute;
	const struct line *lines;	/* the last has neither item nor amount */
};

struct hand {
	char base[64], dir[80];
	struct store *store;
};

static enum status hand_nothing(struct txn *txn, void *arg)
{
	(void)txn;
	(void)arg;
	return ST_OK;
}

static int hand_setup(void **state)
{
	struct hand *h = mem_alloc(sizeof(*h));

	digest_start();
	snprintf(h->base, sizeof(h->base), "/tmp/regulars-insight-XXXXXX");
	assert_non_null(mkdtemp(h->base));
	snprintf(h->dir, sizeof(h->dir), "%s/shop", h->base);
	assert_int_equal(store_create(h->dir, &(struct store_options){ 0 }, hand_nothing, NULL),
			 ST_OK);
	assert_int_equal(store_open(h->dir, &(struct store_options){ 0 }, &h->store), ST_OK);
	*state = h;
	return 0;
}

static int hand_teardown(void **state)
{
	static const char *const files[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock" };
	struct hand *h = *state;
	char path[128];

	store_close(h->store);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "%s/%s", h->dir, files[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(h->dir), 0);
	assert_int_equal(rmdir(h->base), 0);
	free(h);
	return 0;
}

#define HAND_TEST(f) cmocka_unit_test_setup_teardown(f, hand_setup, hand_teardown)

static struct entry *hand_start(struct book *b, struct entry *e, const struct row *row)
{
	struct actor by = { .who = "test", .now = clock_day_start(row->day) };

	book_start(b, e, row->kind, &by);
	entry_occurred(e, by.now + row->minute * CLOCK_MINUTE);
	e->customer = row->customer;
	e->total = row->total;
	e->about = row->about;
	for (const struct line *l = row->lines; l && (l->item || l->amount); l++)
		e->lines[e->line_count++] = *l;
	return e;
}

static enum status hand_post(struct txn *txn, void *arg)
{
	const struct row *row = arg;
	struct entry *e = mem_alloc(sizeof(*e));
	enum status st = ST_OK;
	struct book b;

	book_open(&b, txn);
	for (; row->kind && st == ST_OK; row++)
		st = book_post(&b, hand_start(&b, e, row));
	free(e);
	return st == ST_OK ? book_close(&b) : st;
}

/* The last has no kind. */
static inline void hand_rows(struct hand *h, const struct row *row)
{
	assert_int_equal(store_write(h->store, hand_post, (void *)(uintptr_t)row), ST_OK);
}

#define HAND_ROWS(h, ...) \
	hand_rows((h), (const struct row[]){ __VA_ARGS__, { .kind = ENTRY_NONE } })
#define OTHER(kind_, day_, customer_) \
	{ .kind = (kind_), .day = (day_), .customer = (customer_) }
#define SALE_AT(day_, minute_, customer_, total_) \
	{ .kind = ENTRY_SALE, .day = (day_), .minute = (minute_), \
	  .customer = (customer_), .total = (total_) }
#define SALE(day_, customer_, total_) SALE_AT(day_, 0, customer_, total_)
/* Of lines { item, thousandths, amount }. */
#define SOLD(day_, customer_, total_, ...) \
	{ .kind = ENTRY_SALE, .day = (day_), .customer = (customer_), .total = (total_), \
	  .lines = (const struct line[]){ __VA_ARGS__, { 0 } } }
#define REFUND(day_, customer_, total_, sale_) \
	{ .kind = ENTRY_REFUND, .day = (day_), .customer = (customer_), .total = (total_), \
	  .about = (sale_) }
#define UNDO(day_, customer_, entry_) \
	{ .kind = ENTRY_UNDO, .day = (day_), .customer = (customer_), .about = (entry_) }
#define WALK_IN(day_, total_) { .kind = ENTRY_WALK_IN, .day = (day_), .total = (total_) }

static inline void hand_put(struct txn *txn, enum table table, int64_t id,
			    const struct record_type *type, const void *rec)
{
	uint8_t bytes[4096];
	size_t len = sizeof(bytes);
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)id, 4);
	assert_int_equal(record_encode(type, rec, bytes, &len), ST_OK);
	txn_put(txn, table, &k, (struct bytes){ bytes, len });
}

struct hand_item {
	const char *name, *category;
	int64_t price, own_cost;
};

static inline enum status hand_put_items(struct txn *txn, void *arg)
{
	const struct hand_item *row = arg;
	struct item item = { 0 };

	for (int64_t id = 1; row->name; row++, id++) {
		item.id = id;
		snprintf(item.name, sizeof(item.name), "%s", row->name);
		snprintf(item.category, sizeof(item.category), "%s", row->category);
		item.price = row->price;
		item.own_cost = row->own_cost;
		hand_put(txn, TABLE_ITEM, id, &item_type, &item);
	}
	return txn_status(txn);
}

/* Ids are 1, 2, ... in the order in which they are given; the last has no name. */
static inline void hand_items(struct hand *h, const struct hand_item *row)
{
	assert_int_equal(store_write(h->store, hand_put_items, (void *)(uintptr_t)row), ST_OK);
}

#endif
