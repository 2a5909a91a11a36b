/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cooling.h"

#include "tests/insight/hand.h"

static struct cooling cooling_in(struct hand *h, const struct cooling_options *options)
{
	struct scan s;
	struct cooling c;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(cooling_of(&s, options, &c), ST_OK);
	scan_release(&s);
	return c;
}

static void nobody_cools_in_a_shop_without_sales(void **state)
{
	struct cooling c = cooling_in(*state, &(struct cooling_options){ 0 });

	assert_int_equal(c.n, 0);
	assert_int_equal(c.whole, 0);
	assert_int_equal(c.used.as_of, 0);
	assert_int_equal(c.used.gap_times, 2);
	cooling_release(&c);
}

/* 1 comes every 10 days, then not for 21: overdue. 2 the same with 20 days: just
 * not. 3 came twice only. 4 has gaps of 5, 7, 9 and 30, whose median is 8, and
 * is silent for 17. 5 sets the day. */
static void fill(struct hand *h)
{
	HAND_ROWS(h, SALE(1000, 1, 100), SALE(1010, 1, 200), SALE(1020, 1, 300),
		  SALE(1001, 2, 100), SALE(1011, 2, 100), SALE(1021, 2, 100),
		  SALE(1000, 3, 9000), SALE(1001, 3, 9000),
		  SALE(973, 4, 500), SALE(978, 4, 500), SALE(985, 4, 500), SALE(994, 4, 500),
		  SALE(1024, 4, 500), SALE(1041, 5, 1));
}

static void silence_is_by_ones_own_usual_gap(void **state)
{
	struct cooling c;

	fill(*state);
	c = cooling_in(*state, &(struct cooling_options){ 0 });
	assert_int_equal(c.used.as_of, 1041);
	assert_int_equal(c.whole, 3);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.paid, 3100);
	assert_int_equal(c.row[0].customer, 4);	/* who paid most comes first */
	assert_int_equal(c.row[0].silence, 17);
	assert_true(c.row[0].usual == 8);
	assert_int_equal(c.row[0].visits, 5);
	assert_int_equal(c.row[0].paid, 2500);
	assert_int_equal(c.row[1].customer, 1);
	assert_int_equal(c.row[1].last_day, 1020);
	assert_int_equal(c.row[1].silence, 21);
	cooling_release(&c);
}

static void some_may_be_left_out(void **state)
{
	struct people_set erased = { 0 };
	struct cooling c;

	fill(*state);
	people_add(&erased, 4);
	c = cooling_in(*state, &(struct cooling_options){ .except = &erased });
	assert_int_equal(c.whole, 2);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.row[0].customer, 1);
	assert_int_equal(c.paid, 600);
	cooling_release(&c);
	people_release(&erased);
}

static void other_days_and_gaps_can_be_asked_for(void **state)
{
	struct cooling c;

	fill(*state);
	c = cooling_in(*state, &(struct cooling_options){ .gap_times = 1 });
	assert_int_equal(c.n, 3);
	cooling_release(&c);
	c = cooling_in(*state, &(struct cooling_options){ .gap_times = 1, .gap_most = 2 });
	assert_int_equal(c.n, 1);
	assert_int_equal(c.row[0].customer, 2);
	cooling_release(&c);
	c = cooling_in(*state, &(struct cooling_options){ .as_of = 1015 });
	assert_int_equal(c.whole, 1);	/* 4, with 21 days since 994 and a median of 7 */
	assert_int_equal(c.n, 1);
	assert_true(c.row[0].usual == 7);
	assert_int_equal(c.row[0].silence, 21);
	assert_int_equal(c.row[0].paid, 2000);
	cooling_release(&c);
}

static void options_below_zero_are_refused(void **state)
{
	const struct scan s = { .visit_count = 0 };
	struct cooling c;

	(void)state;
	assert_int_equal(cooling_of(&s, &(struct cooling_options){ .gap_times = -1 }, &c),
			 ST_INVALID);
	cooling_release(&c);
}

static void months_tell_when_one_fell_silent(void **state)
{
	struct hand *h = *state;
	struct months months;
	int64_t silent[12];
	struct scan s;

	fill(h);
	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(months_of(&s, &(struct months_options){ 990, 1041 }, &months), ST_OK);
	assert_int_equal(months.n, 3);	/* to 1972-09-30, October, from 1972-11-01 (1035) */
	cooling_months(&s, &months, 10, silent);
	assert_int_equal(silent[0], 0);
	assert_int_equal(silent[1], 4);	/* 3 on 1011, 1 on 1030, 2 on 1031, 4 on 1034 */
	assert_int_equal(silent[2], 0);
	months_release(&months);
	scan_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(nobody_cools_in_a_shop_without_sales),
		HAND_TEST(silence_is_by_ones_own_usual_gap),
		HAND_TEST(some_may_be_left_out),
		HAND_TEST(other_days_and_gaps_can_be_asked_for),
		HAND_TEST(options_below_zero_are_refused),
		HAND_TEST(months_tell_when_one_fell_silent),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
