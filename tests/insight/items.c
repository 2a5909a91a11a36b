/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/items.h"

#include "tests/insight/hand.h"

static const struct hand_item cafe[] = {
	{ "Chai", "Tea", 2000, 600 }, { "Khari", "Snacks", 1500, 0 },
	{ "Kesar", "Tea", 4000, 1000 }, { "Never sold", "Tea", 100, 10 }, { 0 }
};
enum { CHAI = 1, KHARI, KESAR };
#define OF(item_, quantity_, amount_) { (item_), (quantity_), (amount_) }

struct found {
	struct sold sold;
	struct items items;
};

static struct found found_of(struct hand *h, const struct items_options *o)
{
	struct found f;

	assert_int_equal(sold_read(h->store, &f.sold), ST_OK);
	assert_int_equal(items_of(&f.sold, o, &f.items), ST_OK);
	return f;
}

static void found_release(struct found *f)
{
	items_release(&f->items);
	sold_release(&f->sold);
}

static const struct items_row *row(const struct found *f, const char *name)
{
	for (size_t i = 0; i < f->items.n; i++)
		if (!strcmp(f->sold.goods.row[f->items.row[i].item].name, name))
			return &f->items.row[i];
	return NULL;
}

static void sums_are_of_the_window(void **state)
{
	const struct items_row *r;
	struct found f;

	hand_items(*state, cafe);
	HAND_ROWS(*state, SOLD(99, 1, 100, OF(CHAI, 1000, 100)),
		  SOLD(100, 1, 5000, OF(CHAI, 2000, 4000), OF(CHAI, 500, 1000), OF(0, 1000, 5)),
		  SOLD(101, 0, 2000, OF(CHAI, 1000, 2000)),
		  SOLD(102, 2, 3000, OF(KHARI, 2000, 3000)),
		  SOLD(103, 2, 2000, OF(CHAI, 1000, 2000)), REFUND(200, 2, -500, 5));
	f = found_of(*state, &(struct items_options){ .window = { 100, 103, NULL } });
	assert_int_equal(f.items.n, 2);
	assert_int_equal(f.items.nameless, 1);
	r = row(&f, "Chai");
	assert_int_equal(r->sales, 3);
	assert_int_equal(r->quantity, 4500);
	assert_int_equal(r->revenue, 5000 + 2000 + 1500);
	assert_true(r->has_margin);
	assert_int_equal(r->margin, 8500 - 2700);
	assert_int_equal(r->customers, 2);
	r = row(&f, "Khari");
	assert_int_equal(r->revenue, 3000);
	assert_false(r->has_margin);
	assert_null(row(&f, "Never sold"));
	found_release(&f);
}

/* Customer 1 comes back, 2 too late, 3 the same day only; 4 came too late to be
 * counted, and 5 had bought chai before the window. */
static void who_tries_an_item_and_comes_back(void **state)
{
	const struct items_row *r;
	struct found f;

	hand_items(*state, cafe);
	HAND_ROWS(*state, SOLD(90, 5, 1, OF(CHAI, 1000, 1)),
		  SOLD(100, 1, 2000, OF(CHAI, 1000, 2000), OF(KHARI, 1000, 1)),
		  SOLD(100, 2, 2000, OF(CHAI, 1000, 2000)),
		  SOLD(100, 3, 2000, OF(CHAI, 1000, 2000)), SALE(100, 3, 700),
		  SOLD(110, 1, 3900, OF(KESAR, 1000, 4000), OF(KHARI, 1000, 500)),
		  SALE(110, 1, 50), SOLD(130, 1, 800, OF(CHAI, 1000, 800)),
		  SOLD(131, 2, 9, OF(CHAI, 1000, 9)), SOLD(131, 1, 9, OF(CHAI, 1000, 9)),
		  SOLD(105, 5, 9, OF(CHAI, 1000, 9)), SOLD(120, 4, 9, OF(CHAI, 1000, 9)),
		  SALE(140, 0, 1));
	f = found_of(*state, &(struct items_options){ .window = { 100, 140, NULL } });
	assert_int_equal(f.items.used.days, 30);
	r = row(&f, "Chai");
	assert_int_equal(r->customers, 5);
	assert_int_equal(r->came_back.whole, 3);
	assert_int_equal(r->came_back.part, 1);
	/* on day 110 and, thirty days after the first, on day 130; not on 131 */
	assert_int_equal(r->return_revenue, 3900 + 50 + 800);
	assert_int_equal(r->return_margin, 4000 - 1000 + 800 - 600);
	assert_int_equal(items_return_each(&f.items, r), 1067);
	r = row(&f, "Khari");
	assert_int_equal(r->came_back.whole, 1);
	assert_int_equal(r->return_revenue, 4750);
	assert_int_equal(row(&f, "Kesar")->came_back.whole, 1);
	assert_int_equal(row(&f, "Kesar")->came_back.part, 1);
	assert_int_equal(f.items.came_back.whole, 5);
	assert_int_equal(f.items.came_back.part, 3);
	assert_null(items_best(&f.items));
	found_release(&f);
	f = found_of(*state, &(struct items_options){ .window = { 100, 140, NULL }, .days = 31 });
	assert_int_equal(row(&f, "Chai")->came_back.part, 2);
	found_release(&f);
}

static void buy_and_return(struct hand *h, int64_t customer, int64_t item, bool returns)
{
	HAND_ROWS(h, SOLD(100, customer, 10, OF(item, 1000, 10)));
	if (returns)
		HAND_ROWS(h, SOLD(101, customer, 2000, OF(CHAI, 1000, 2000)));
}

static void what_tells_comes_first(void **state)
{
	struct buf text = { 0 };
	struct found f;

	hand_items(*state, cafe);
	for (int i = 1; i <= SHARE_FEW; i++) {
		buy_and_return(*state, i, KESAR, i <= 15);
		buy_and_return(*state, 100 + i, KHARI, i <= 5);
	}
	HAND_ROWS(*state, SALE(200, 0, 1));
	f = found_of(*state, &(struct items_options){ 0 });
	assert_ptr_equal(row(&f, "Kesar"), &f.items.row[0]);
	assert_ptr_equal(row(&f, "Khari"), &f.items.row[1]);
	assert_ptr_equal(row(&f, "Chai"), &f.items.row[2]);	/* 20 tried it, none returned */
	assert_int_equal(items_return_each(&f.items, row(&f, "Kesar")), 15 * 1400 / 20);
	/* 15 of 20, where 20 of 60 is usual */
	assert_true(row(&f, "Kesar")->stands_out);
	assert_false(row(&f, "Khari")->stands_out);
	assert_ptr_equal(items_best(&f.items), row(&f, "Kesar"));
	found_release(&f);
	for (int i = 1; i <= 5; i++)
		HAND_ROWS(*state, SOLD(102, 100 + i, 9000, OF(KESAR, 1000, 9000)));
	f = found_of(*state, &(struct items_options){ 0 });
	assert_ptr_equal(row(&f, "Khari"), &f.items.row[0]);
	assert_ptr_equal(row(&f, "Chai"), &f.items.row[1]);
	assert_ptr_equal(row(&f, "Kesar"), &f.items.row[2]);
	assert_int_equal(row(&f, "Khari")->return_margin, 5 * (1400 + 8000));
	items_filter(&f.sold, &f.items, row(&f, "Khari"), &text);
	assert_string_equal(text.at, "bought(item = \"Khari\")");
	buf_release(&text);
	found_release(&f);
}

static void only_those_who_are_asked_for(void **state)
{
	struct people_set only = { 0 };
	struct found f;

	hand_items(*state, cafe);
	buy_and_return(*state, 1, CHAI, true);
	buy_and_return(*state, 2, CHAI, true);
	HAND_ROWS(*state, SALE(200, 0, 1));
	people_add(&only, 2);
	f = found_of(*state, &(struct items_options){ .window = { .only = &only } });
	assert_int_equal(row(&f, "Chai")->sales, 2);
	assert_int_equal(row(&f, "Chai")->customers, 1);
	assert_int_equal(row(&f, "Chai")->came_back.whole, 1);
	people_release(&only);
	found_release(&f);
}

static void sums_too_large_are_said(void **state)
{
	struct items items;
	struct sold sold;

	hand_items(*state, cafe);
	HAND_ROWS(*state, SOLD(100, 1, 1, OF(CHAI, 1000, INT64_MAX - 5)),
		  SOLD(100, 1, 1, OF(CHAI, 1000, INT64_MAX - 5)));
	assert_int_equal(sold_read(((struct hand *)*state)->store, &sold), ST_OK);
	assert_int_equal(items_of(&sold, &(struct items_options){ 0 }, &items), ST_FULL);
	items_release(&items);
	assert_int_equal(items_of(&sold, &(struct items_options){ .days = -1 }, &items),
			 ST_INVALID);
	items_release(&items);
	sold_release(&sold);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(sums_are_of_the_window),
		HAND_TEST(who_tries_an_item_and_comes_back),
		HAND_TEST(what_tells_comes_first),
		HAND_TEST(only_those_who_are_asked_for),
		HAND_TEST(sums_too_large_are_said),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
