/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/upsell.h"

#include "tests/insight/hand.h"

static const struct hand_item cafe[] = {
	{ "Chai", "Tea", 2000, 600 }, { "Ginger", "Tea", 2000, 0 }, { "Kesar", "Tea", 4000, 0 },
	{ "Lemon", "Tea", 3000, 0 }, { "Khari", "Snacks", 0, 0 }, { "Bun", "Snacks", 0, 0 },
	{ "Bag", "", 10, 0 }, { "Sack", "", 20, 0 }, { "Ring", "Gold", 500, 0 }, { 0 }
};
enum { CHAI = 1, GINGER, KESAR, LEMON, KHARI, BUN, BAG, SACK, RING };
#define ONE(item_) { (item_), 1000, 100 }

struct found {
	struct sold sold;
	struct upsell upsell;
};

static struct found found_of(struct hand *h, const struct upsell_options *o)
{
	struct found f;

	assert_int_equal(sold_read(h->store, &f.sold), ST_OK);
	assert_int_equal(upsell_of(&f.sold, o, &f.upsell), ST_OK);
	return f;
}

static void found_release(struct found *f)
{
	upsell_release(&f->upsell);
	sold_release(&f->sold);
}

static const struct upsell_row *row(const struct found *f, const char *category)
{
	for (size_t i = 0; i < f->upsell.n; i++)
		if (!strcmp(f->sold.goods.category[f->upsell.row[i].category], category))
			return &f->upsell.row[i];
	return NULL;
}

static void sell(struct hand *h, int times, const struct row *row)
{
	for (int i = 0; i < times; i++)
		hand_rows(h, (const struct row[]){ *row, { .kind = ENTRY_NONE } });
}

static const char *low(const struct found *f, const char *category)
{
	return f->sold.goods.row[row(f, category)->low].name;
}

static const char *high(const struct found *f, const char *category)
{
	return f->sold.goods.row[row(f, category)->high].name;
}

/* Ginger is second of the teas, but costs what chai does. */
static void the_pair_is_the_commonest_of_two_prices(void **state)
{
	struct found f;

	hand_items(*state, cafe);
	sell(*state, 9, &(struct row)SOLD(100, 0, 1, ONE(CHAI)));
	sell(*state, 8, &(struct row)SOLD(100, 0, 1, ONE(GINGER)));
	sell(*state, 5, &(struct row)SOLD(100, 0, 1, ONE(KESAR)));
	sell(*state, 4, &(struct row)SOLD(100, 0, 1, ONE(LEMON)));
	sell(*state, 4, &(struct row)SOLD(100, 0, 1, ONE(BAG), ONE(SACK), ONE(RING)));
	f = found_of(*state, &(struct upsell_options){ 0 });
	assert_int_equal(f.upsell.n, 1);
	assert_string_equal(low(&f, "Tea"), "Chai");
	assert_string_equal(high(&f, "Tea"), "Kesar");
	assert_int_equal(row(&f, "Tea")->low_sales, 9);
	assert_int_equal(row(&f, "Tea")->high_sales, 5);
	assert_int_equal(row(&f, "Tea")->low_price, 2000);
	assert_int_equal(row(&f, "Tea")->high_price, 4000);
	assert_int_equal(row(&f, "Tea")->people, 0);
	assert_int_equal(f.upsell.worth, 0);
	found_release(&f);
}

static void the_dearer_one_may_be_the_commoner(void **state)
{
	struct found f;

	hand_items(*state, cafe);
	sell(*state, 3, &(struct row)SOLD(100, 0, 1, { KHARI, 3000, 600 }));
	sell(*state, 5, &(struct row)SOLD(100, 0, 1, { BUN, 2000, 3000 }));
	f = found_of(*state, &(struct upsell_options){ 0 });
	assert_string_equal(low(&f, "Snacks"), "Khari");
	assert_string_equal(high(&f, "Snacks"), "Bun");
	assert_int_equal(row(&f, "Snacks")->low_price, 200);
	assert_int_equal(row(&f, "Snacks")->high_price, 1500);
	found_release(&f);
}

/* 1 always takes chai; 2 had kesar once, long ago; 3 came twice only; 4 has
 * three cups on one receipt. */
static void people_always_take_the_cheaper_one(void **state)
{
	struct buf text = { 0 };
	struct upsell_row step;
	struct found f;

	hand_items(*state, cafe);
	sell(*state, 1, &(struct row)SOLD(50, 2, 1, ONE(KESAR)));
	sell(*state, 4, &(struct row)SOLD(100, 1, 1, ONE(CHAI), ONE(CHAI)));
	sell(*state, 4, &(struct row)SOLD(100, 2, 1, ONE(CHAI)));
	sell(*state, 2, &(struct row)SOLD(100, 3, 1, ONE(CHAI)));
	sell(*state, 1, &(struct row)SOLD(100, 4, 1, ONE(CHAI), ONE(LEMON), ONE(CHAI), ONE(CHAI)));
	sell(*state, 3, &(struct row)SOLD(101, 0, 1, ONE(KESAR)));
	f = found_of(*state, &(struct upsell_options){ .window = { 60, 0, NULL } });
	assert_int_equal(row(&f, "Tea")->people, 1);
	assert_int_equal(row(&f, "Tea")->sales, 4);
	assert_int_equal(row(&f, "Tea")->more, 4 * 2000);
	upsell_filter(&f.sold, &f.upsell, row(&f, "Tea"), &text);
	assert_string_equal(text.at, "bought(item = \"Chai\", 1970-03-02..1970-04-12) >= 3 and "
			    "not bought(item = \"Kesar\")");
	buf_clear(&text);
	upsell_words(&f.sold, row(&f, "Tea"), "20.00", &text);
	assert_string_equal(text.at, "You like our Chai: may it be Kesar today? It is 20.00 more.");
	assert_int_equal(f.upsell.worth, 1);
	step = *row(&f, "Tea");	/* only half the price more */
	step.high_price = 3000;
	buf_clear(&text);
	upsell_words(&f.sold, &step, "10.00", &text);
	assert_string_equal(text.at, "You like our Chai: may it be Kesar today? It is only 10.00 "
			    "more.");
	step.high_price++;
	buf_clear(&text);
	upsell_words(&f.sold, &step, "10.01", &text);
	assert_null(strstr(text.at, "only"));
	buf_release(&text);
	found_release(&f);
	f = found_of(*state, &(struct upsell_options){ .least = 2 });
	assert_int_equal(row(&f, "Tea")->people, 2);
	found_release(&f);
}

static void what_cannot_be_is_refused(void **state)
{
	struct upsell u;
	struct sold s;

	hand_items(*state, cafe);
	HAND_ROWS(*state, SALE(100, 1, 1));
	assert_int_equal(sold_read(((struct hand *)*state)->store, &s), ST_OK);
	assert_int_equal(upsell_of(&s, &(struct upsell_options){ .least = -1 }, &u), ST_INVALID);
	upsell_release(&u);
	assert_int_equal(upsell_of(&s, &(struct upsell_options){ .window = { 9, 8, NULL } }, &u),
			 ST_INVALID);
	upsell_release(&u);
	sold_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(the_pair_is_the_commonest_of_two_prices),
		HAND_TEST(the_dearer_one_may_be_the_commoner),
		HAND_TEST(people_always_take_the_cheaper_one),
		HAND_TEST(what_cannot_be_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
