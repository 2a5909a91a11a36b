/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"
#include "shop/simulate.h"

/* What would have been, and what then is, are the same. */

static void three_weeks(struct fixture *f)
{
	for (int day = 0; day < 21; day++) {
		sell(f, 17, 1000, NULL);
		if (day % 3 == 0)
			sell(f, 18, 2500, NULL);
		if (day % 7 == 0)
			sell(f, 0, 9900, NULL);
		f->by.now += 24 * CLOCK_HOUR;
	}
}

static void stamps_are_as_they_would_be(void **state)
{
	struct fixture *f = *state;
	struct program p = { .name = "Card", .kind = PROGRAM_STAMPS, .goal = 5, .from = 1 };
	struct reward r = { .name = "Tea", .own_cost = 600 };
	struct simulation s;
	struct awarded past;

	three_weeks(f);
	MUST(program_simulate(&f->shop, &p, &r, &s));
	assert_int_equal(s.sales, 28);
	assert_int_equal(s.customers, 2);
	assert_int_equal(s.given, 28);
	assert_int_equal(s.rewards, 5);		/* 21 / 5 and 7 / 5 */
	assert_int_equal(s.cost, 3000);
	assert_int_equal(s.reached, 2);
	assert_int_equal(s.median_days, 4);	/* 17 on the fifth day, 18 on the thirteenth */
	MUST(program_add_with_reward(&f->shop, &f->by, &p, &r));
	MUST(program_award_past(&f->shop, &f->by, p.id, &past));
	assert_int_equal(past.amount, s.given);
	assert_int_equal(ready(f, 17, r.id) + ready(f, 18, r.id), s.rewards);
}

static void points_are_as_they_would_be(void **state)
{
	struct fixture *f = *state;
	struct program p = { .name = "Points", .kind = PROGRAM_POINTS, .earn = 1, .spend = 300,
			     .point_value = 100, .min_redeem = 20, .daily_cap = 5, .from = 1 };
	struct simulation s;
	struct awarded past;

	three_weeks(f);
	MUST(give_back(f, sell(f, 17, 3000, NULL), 0));	/* was nothing in the end */
	MUST(program_simulate(&f->shop, &p, NULL, &s));
	assert_int_equal(s.given, 21 * 3 + 7 * 5);	/* 8 are cut to 5 a day */
	assert_int_equal(s.cost, s.given * 100);
	assert_int_equal(s.reached, 2);
	assert_int_equal(s.median_days, 6);
	MUST(program_add(&f->shop, &f->by, &p));
	MUST(program_award_past(&f->shop, &f->by, p.id, &past));
	assert_int_equal(past.amount, s.given);
}

static void nothing_is_written(void **state)
{
	struct fixture *f = *state;
	struct program p = { .kind = PROGRAM_STAMPS, .goal = 5, .from = 1 };
	struct simulation s;
	uint64_t before;

	before = store_version(f->shop.store);
	MUST(program_simulate(&f->shop, &p, NULL, &s));
	assert_int_equal(s.sales, 0);
	assert_int_equal(store_version(f->shop.store), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
		CASE(stamps_are_as_they_would_be),
		CASE(points_are_as_they_would_be),
		CASE(nothing_is_written),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
