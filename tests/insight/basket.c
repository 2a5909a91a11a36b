/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/basket_people.h"

#include <math.h>

#include "tests/insight/hand.h"

static const struct hand_item cafe[] = {
	{ "Chai", "Tea", 2000, 600 }, { "Khari", "Snacks", 1500, 0 },
	{ "Kesar", "Tea", 4000, 0 }, { "Bag", "", 0, 0 }, { 0 }
};
enum { CHAI = 1, KHARI, KESAR, BAG };
#define ONE(item_) { (item_), 1000, 100 }

struct found {
	struct sold sold;
	struct basket basket;
};

static struct found found_of(struct hand *h, const struct basket_options *o)
{
	struct found f;

	assert_int_equal(sold_read(h->store, &f.sold), ST_OK);
	assert_int_equal(basket_of(&f.sold, o, &f.basket), ST_OK);
	return f;
}

static void found_release(struct found *f)
{
	basket_release(&f->basket);
	sold_release(&f->sold);
}

/* NULL: there is no such rule. */
static const struct basket_rule *rule(const struct found *f, const char *lhs, const char *rhs)
{
	for (size_t i = 0; i < f->basket.n; i++) {
		const struct basket_rule *r = &f->basket.rule[i];

		if (!strcmp(basket_name(&f->sold, &f->basket, r->lhs), lhs) &&
		    !strcmp(basket_name(&f->sold, &f->basket, r->rhs), rhs))
			return r;
	}
	return NULL;
}

static bool is_near(double have, double want)
{
	return fabs(have - want) <= 1e-6 * (1 + fabs(want));
}

static void sell(struct hand *h, int times, const struct row *row)
{
	for (int i = 0; i < times; i++)
		hand_rows(h, (const struct row[]){ *row, { .kind = ENTRY_NONE } });
}

static void nothing_comes_of_nothing(void **state)
{
	struct found f = found_of(*state, &(struct basket_options){ 0 });

	assert_int_equal(f.basket.baskets, 0);
	assert_int_equal(f.basket.n, 0);
	found_release(&f);
}

/* Chai in 6 of 10 receipts, khari in 5, both in 4. */
static void tea_and_snacks(struct hand *h)
{
	hand_items(h, cafe);
	sell(h, 4, &(struct row)SOLD(100, 1, 200, ONE(KHARI), ONE(CHAI), ONE(CHAI)));
	sell(h, 2, &(struct row)SOLD(101, 2, 200, ONE(CHAI), { 0, 1000, 50 }));
	sell(h, 1, &(struct row)SOLD(102, 3, 200, ONE(KHARI)));
	sell(h, 3, &(struct row)SOLD(103, 0, 200, ONE(KESAR)));
	sell(h, 1, &(struct row)SOLD(104, 0, 200, { 0, 1000, 50 }));
	sell(h, 1, &(struct row)SALE(104, 4, 200));
}

static void support_confidence_and_lift_are_as_defined(void **state)
{
	const struct basket_options options = { .support = BASKET_WHOLE / 10, .confidence = 1 };
	const struct basket_rule *r;
	struct found f;

	tea_and_snacks(*state);
	f = found_of(*state, &options);
	assert_int_equal(f.basket.receipts, 12);
	assert_int_equal(f.basket.baskets, 10);
	assert_int_equal(f.basket.nameless, 3);
	assert_int_equal(f.basket.used.min_count, 1);
	assert_int_equal(f.basket.things, 3);
	assert_int_equal(f.basket.pairs, 1);
	assert_int_equal(f.basket.n, 2);
	r = rule(&f, "Chai", "Khari");
	assert_int_equal(r->count, 4);
	assert_int_equal(r->lhs_count, 6);
	assert_int_equal(r->rhs_count, 5);
	assert_true(is_near(basket_support(&f.basket, r), 0.4));
	assert_true(is_near(basket_confidence(r), 4.0 / 6));
	assert_true(is_near(basket_lift(&f.basket, r), 4.0 / 6 / 0.5));
	assert_true(is_near(r->p_value, (15.0 * 4 + 6) / 252));
	assert_false(r->significant);
	assert_int_equal(basket_of_hundred(r), 67);
	r = rule(&f, "Khari", "Chai");
	assert_true(is_near(basket_confidence(r), 0.8));
	assert_ptr_equal(r, &f.basket.rule[0]);
	assert_true(basket_is_mirror(&f.basket, 1));
	assert_false(basket_is_mirror(&f.basket, 0));
	found_release(&f);
}

static void without_a_support_five_baskets_are_the_least(void **state)
{
	struct found f;

	tea_and_snacks(*state);
	f = found_of(*state, &(struct basket_options){ 0 });
	assert_int_equal(f.basket.used.min_count, 5);
	assert_int_equal(f.basket.n, 0);
	found_release(&f);
	f = found_of(*state, &(struct basket_options){ .min_count = 4 });
	assert_int_equal(f.basket.n, 2);
	found_release(&f);
	f = found_of(*state, &(struct basket_options){ .min_count = 4,
						       .confidence = BASKET_WHOLE / 10 * 7 });
	assert_int_equal(f.basket.n, 1);
	found_release(&f);
}

/* 0.07 x 100 is 7 and not 8, and 3 of 10 is a confidence of 0.3. */
static void borders_are_exact(void **state)
{
	struct found f;

	hand_items(*state, cafe);
	sell(*state, 7, &(struct row)SOLD(100, 0, 1, ONE(CHAI), ONE(KHARI)));
	sell(*state, 63, &(struct row)SOLD(100, 0, 1, ONE(CHAI)));
	sell(*state, 30, &(struct row)SOLD(100, 0, 1, ONE(KESAR)));
	f = found_of(*state, &(struct basket_options){ .support = BASKET_WHOLE / 100 * 7,
						       .confidence = BASKET_WHOLE / 10 });
	assert_int_equal(f.basket.used.min_count, 7);
	assert_int_equal(f.basket.n, 2);
	found_release(&f);
	f = found_of(*state, &(struct basket_options){ .support = BASKET_WHOLE / 100 * 7,
						       .confidence = BASKET_WHOLE / 10 + 1 });
	assert_int_equal(f.basket.n, 1);
	found_release(&f);
}

static void what_is_more_than_chance_is_told_apart(void **state)
{
	struct found f;

	hand_items(*state, cafe);
	sell(*state, 40, &(struct row)SOLD(100, 0, 1, ONE(CHAI), ONE(KHARI)));
	sell(*state, 40, &(struct row)SOLD(100, 0, 1, ONE(KESAR)));
	sell(*state, 20, &(struct row)SOLD(100, 0, 1, ONE(KESAR), ONE(BAG)));
	sell(*state, 10, &(struct row)SOLD(100, 0, 1, ONE(CHAI), ONE(BAG)));
	f = found_of(*state, &(struct basket_options){ 0 });
	assert_true(rule(&f, "Khari", "Chai")->significant);
	assert_true(rule(&f, "Chai", "Khari")->significant);
	assert_false(rule(&f, "Chai", "Bag")->significant);
	assert_true(f.basket.rule[0].significant);
	found_release(&f);
}

static void categories_are_things_too(void **state)
{
	const struct basket_rule *r;
	struct found f;

	tea_and_snacks(*state);
	sell(*state, 2, &(struct row)SOLD(104, 0, 200, ONE(BAG), ONE(KESAR)));
	f = found_of(*state, &(struct basket_options){ .by_category = true, .min_count = 1 });
	assert_int_equal(f.basket.baskets, 12);
	assert_int_equal(f.basket.things, 2);
	assert_int_equal(f.basket.nameless, 5);
	r = rule(&f, "Tea", "Snacks");
	assert_int_equal(r->count, 4);
	assert_int_equal(r->lhs_count, 11);
	found_release(&f);
}

static void a_visit_is_all_of_a_customers_day(void **state)
{
	const struct basket_options options = { .by_visit = true, .min_count = 1 };
	struct found f;

	hand_items(*state, cafe);
	HAND_ROWS(*state, SOLD(100, 1, 1, ONE(CHAI)), SOLD(100, 2, 1, ONE(KHARI)),
		  SOLD(101, 1, 1, ONE(KHARI)), SOLD(100, 1, 1, ONE(KESAR)),
		  SOLD(100, 0, 1, ONE(CHAI)), SOLD(100, 0, 1, ONE(BAG)));
	f = found_of(*state, &options);
	assert_int_equal(f.basket.baskets, 5);
	assert_int_equal(f.basket.pairs, 1);
	assert_int_equal(rule(&f, "Chai", "Kesar")->count, 1);
	assert_int_equal(rule(&f, "Chai", "Kesar")->lhs_count, 2);
	found_release(&f);
}

static void the_window_and_the_people_are_kept_to(void **state)
{
	struct people_set only = { 0 };
	struct found f;

	tea_and_snacks(*state);
	f = found_of(*state, &(struct basket_options){ .window = { 101, 103, NULL },
						       .min_count = 1 });
	assert_int_equal(f.basket.baskets, 6);
	assert_int_equal(f.basket.n, 0);
	found_release(&f);
	people_add(&only, 1);
	people_add(&only, 3);
	f = found_of(*state, &(struct basket_options){ .window = { 0, 0, &only },
						       .min_count = 1 });
	assert_int_equal(f.basket.baskets, 5);
	assert_int_equal(rule(&f, "Khari", "Chai")->count, 4);
	found_release(&f);
	people_release(&only);
}

static void people_take_the_first_and_never_the_other(void **state)
{
	struct buf text = { 0 };
	struct found f;

	tea_and_snacks(*state);
	sell(*state, 1, &(struct row)SOLD(105, 5, 1, ONE(CHAI)));
	sell(*state, 1, &(struct row)SOLD(106, 2, 1, ONE(KHARI)));
	f = found_of(*state, &(struct basket_options){ .min_count = 1 });
	assert_int_equal(rule(&f, "Chai", "Khari")->people, 1);		/* 5 */
	assert_int_equal(rule(&f, "Khari", "Chai")->people, 1);		/* 3 */
	basket_filter(&f.sold, &f.basket, rule(&f, "Chai", "Khari"), &text);
	assert_string_equal(text.at, "bought(item = \"Chai\") and not bought(item = \"Khari\")");
	found_release(&f);
	/* "never" is at any time, also after the window */
	f = found_of(*state, &(struct basket_options){ .window = { 100, 101, NULL },
						       .min_count = 1 });
	assert_int_equal(rule(&f, "Chai", "Khari")->people, 0);
	buf_clear(&text);
	basket_filter(&f.sold, &f.basket, rule(&f, "Chai", "Khari"), &text);
	assert_string_equal(text.at, "bought(item = \"Chai\", 1970-04-11..1970-04-12) and not "
			    "bought(item = \"Khari\")");
	found_release(&f);
	buf_release(&text);
}

static void what_cannot_be_is_refused(void **state)
{
	static const struct basket_options wrong[] = {
		{ .support = -1 }, { .support = BASKET_WHOLE + 1 }, { .confidence = -1 },
		{ .confidence = BASKET_WHOLE + 1 }, { .min_count = -1 },
		{ .window = { 200, 100, NULL } },
	};
	struct basket b;
	struct sold s;

	tea_and_snacks(*state);
	assert_int_equal(sold_read(((struct hand *)*state)->store, &s), ST_OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(basket_of(&s, &wrong[i], &b), ST_INVALID);
		basket_release(&b);
	}
	sold_release(&s);
}

/* Every pair counted by hand, over receipts of any length. */
static void pairs_are_counted_as_one_would(void **state)
{
	enum { ITEMS = 40, RECEIPTS = 120 };
	static struct hand_item items[ITEMS + 1];
	static char names[ITEMS][16];
	static int together[ITEMS][ITEMS];
	struct line lines[ITEMS * 2 + 1];
	uint32_t dice = 7;
	struct found f;

	for (int i = 0; i < ITEMS; i++) {
		snprintf(names[i], sizeof(names[i]), "i%02d", i);
		items[i] = (struct hand_item){ names[i], "", 0, 0 };
	}
	hand_items(*state, items);
	for (int i = 0; i < RECEIPTS; i++) {
		bool has[ITEMS] = { false };
		size_t n = 1 + (dice = dice * 1664525 + 1013904223) / 65536 % (ITEMS * 2);

		memset(lines, 0, sizeof(lines));
		for (size_t k = 0; k < n; k++) {
			int item = (int)((dice = dice * 1664525 + 1013904223) / 65536 % ITEMS);

			has[item] = true;
			lines[k] = (struct line){ item + 1, 1000, 5 };
		}
		sell(*state, 1, &(struct row){ .kind = ENTRY_SALE, .day = 100, .lines = lines });
		for (int a = 0; a < ITEMS; a++)
			for (int b = 0; b < ITEMS; b++)
				together[a][b] += has[a] && has[b];
	}
	f = found_of(*state, &(struct basket_options){ .support = 1, .confidence = 1 });
	assert_int_equal(f.basket.baskets, RECEIPTS);
	assert_int_equal(f.basket.n, ITEMS * (ITEMS - 1));
	for (size_t i = 0; i < f.basket.n; i++) {
		const struct basket_rule *r = &f.basket.rule[i];

		assert_int_equal(r->count, together[r->lhs][r->rhs]);
		assert_int_equal(r->lhs_count, together[r->lhs][r->lhs]);
		assert_int_equal(r->rhs_count, together[r->rhs][r->rhs]);
	}
	found_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(nothing_comes_of_nothing),
		HAND_TEST(support_confidence_and_lift_are_as_defined),
		HAND_TEST(without_a_support_five_baskets_are_the_least),
		HAND_TEST(borders_are_exact),
		HAND_TEST(what_is_more_than_chance_is_told_apart),
		HAND_TEST(categories_are_things_too),
		HAND_TEST(a_visit_is_all_of_a_customers_day),
		HAND_TEST(the_window_and_the_people_are_kept_to),
		HAND_TEST(people_take_the_first_and_never_the_other),
		HAND_TEST(what_cannot_be_is_refused),
		HAND_TEST(pairs_are_counted_as_one_would),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
