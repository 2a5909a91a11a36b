/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/quote.h"

#include "tests/shop/people.h"

/* What a sale would come to is what it comes to, and nothing is written. */

struct shop_of {
	struct program points;
	struct reward voucher;
	int64_t asha;
};

static struct shop_of with_points(struct fixture *f)
{
	struct shop_of s = {
		.points = { .earn = 1, .spend = 1000, .point_value = 100, .max_share = 5000 },
		.voucher = { .name = "Voucher", .kind = REWARD_AMOUNT, .cost = 20, .value = 3000 },
	};
	struct customer c = named("Asha Patel");

	s.asha = add_customer(f, &c);
	add_points(f, &s.points);
	s.voucher.program = s.points.id;
	MUST(reward_add(&f->shop, &f->by, &s.voucher));
	sell(f, s.asha, 60000, NULL);
	return s;
}

static void is_what_the_sale_comes_to(void **state)
{
	struct fixture *f = *state;
	struct shop_of s = with_points(f);
	struct sale sale = { .customer = s.asha, .source = "", .receipt = "", .amount = 10000,
			     .reward = s.voucher.id, .points = 60, .points_program = s.points.id };
	uint64_t version = store_version(f->shop.store);
	struct trade_run run;
	struct quote q;
	struct entry *e = calloc(1, sizeof(*e));

	MUST(sale_quote(&f->shop, &f->by, &sale, &q));
	assert_int_equal(q.points, 35);		/* half of what the voucher leaves */
	assert_int_equal(q.discount, 3000 + 3500);
	assert_int_equal(q.total, 3500);
	assert_int_equal(store_version(f->shop.store), version);
	assert_int_equal(points_of(f, s.asha, s.points.id), 60);
	MUST(sale_add(&f->shop, &f->by, &sale, &run));
	MUST(shop_entry(&f->shop, run.seq, e));
	assert_int_equal(e->total, q.total);
	assert_int_equal(e->discount, q.discount);
	free(e);
}

static void refuses_what_the_sale_would(void **state)
{
	struct fixture *f = *state;
	struct shop_of s = with_points(f);
	struct sale sale = { .customer = s.asha, .source = "", .receipt = "", .amount = 50,
			     .points = 60 };
	struct quote q;

	assert_int_equal(sale_quote(&f->shop, &f->by, &sale, &q), ST_REFUSED);
	assert_int_equal(q.total, 0);
	sale.amount = -1;
	assert_int_equal(sale_quote(&f->shop, &f->by, &sale, &q), ST_REFUSED);
}

/* It does not use up the operation of the sale itself. */
static void leaves_the_operation_to_the_sale(void **state)
{
	struct fixture *f = *state;
	struct sale sale = { .source = "", .receipt = "", .amount = 1000 };
	struct trade_run run;
	struct quote q;

	f->by.has_op = true;
	f->by.op[0] = 7;
	MUST(sale_quote(&f->shop, &f->by, &sale, &q));
	assert_int_equal(q.total, 1000);
	assert_int_equal(q.discount, 0);
	MUST(sale_add(&f->shop, &f->by, &sale, &run));
	assert_false(run.repeated);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(is_what_the_sale_comes_to),
		TEST(refuses_what_the_sale_would),
		TEST(leaves_the_operation_to_the_sale),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("shop/quote", tests, NULL, NULL);
}
