/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/retention.h"

#include "tests/insight/hand.h"

static struct retention retention_in(struct hand *h, const struct retention_options *options)
{
	struct retention r;

	assert_int_equal(retention_read(h->store, options, &r), ST_OK);
	return r;
}

static void assert_share(struct share s, int64_t part, int64_t whole)
{
	assert_int_equal(s.part, part);
	assert_int_equal(s.whole, whole);
}

static void a_shop_without_sales_has_zeros(void **state)
{
	struct retention r = retention_in(*state, &(struct retention_options){ 0 });

	assert_int_equal(r.used.from, 0);
	assert_int_equal(r.used.to, 0);
	assert_int_equal(r.used.quiet_days, 90);
	assert_int_equal(r.used.gap_times, 2);
	assert_int_equal(r.customers, 0);
	assert_int_equal(r.average_basket, 0);
	assert_share(r.churn, 0, 0);
	assert_true(share_value(r.churn) == 0);
}

static void the_whole_history_is_the_window_unless_said(void **state)
{
	struct retention r;

	HAND_ROWS(*state, SALE(1000, 1, 1000), SALE(1040, 1, 500),
		  SALE(1010, 2, 999), SALE(1020, 0, 400),
		  WALK_IN(1020, 5000), REFUND(1030, 2, -99, 3));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_int_equal(r.used.from, 1000);
	assert_int_equal(r.used.to, 1040);
	assert_int_equal(r.customers, 2);
	assert_int_equal(r.new, 2);
	assert_int_equal(r.returning, 1);
	assert_int_equal(r.takings.sales, 4);
	assert_int_equal(r.takings.revenue, 2800);
	assert_int_equal(r.takings.known_revenue, 2400);
	assert_int_equal(r.takings.walk_in, 5000);
	assert_int_equal(r.average_basket, 700);
	assert_share(r.repeat_purchase, 1, 2);
	assert_true(share_value(r.repeat_purchase) == 0.5);
	assert_share(r.retention, 0, 0);
}

static void a_refund_after_the_last_sale_moves_nothing(void **state)
{
	struct retention_options asked = { .to = 400 };
	struct retention r;

	/* At day 300 customer 1 has been silent for one of two usual gaps. */
	HAND_ROWS(*state, SALE(200, 1, 10), SALE(240, 1, 10), SALE(280, 1, 10),
		  SALE(300, 2, 10));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_share(r.churn_own_gap, 0, 1);
	HAND_ROWS(*state, REFUND(400, 1, -10, 3));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_int_equal(r.used.to, 300);
	assert_int_equal(r.lapsed, 0);
	assert_share(r.churn_own_gap, 0, 1);
	assert_int_equal(r.takings.revenue, 40);
	r = retention_in(*state, &asked);
	assert_int_equal(r.lapsed, 2);
	assert_share(r.churn_own_gap, 1, 1);
	assert_int_equal(r.takings.revenue, 30);
}

static void retention_is_of_those_who_were_there_at_the_start(void **state)
{
	struct retention r;

	/* 1 and 2 were there before day 200; 1 came again in the window, 2
	 * only after it; 3 is new; 4 comes after the window. */
	HAND_ROWS(*state, SALE(100, 1, 10), SALE(199, 2, 10),
		  SALE(200, 1, 10), SALE(230, 3, 10),
		  SALE(231, 2, 10), SALE(231, 4, 10));
	r = retention_in(*state, &(struct retention_options){ .from = 200, .to = 230 });
	assert_share(r.retention, 1, 2);
	assert_int_equal(r.customers, 2);
	assert_int_equal(r.new, 1);
	assert_int_equal(r.returning, 1);
	assert_share(r.repeat_purchase, 0, 2);
	assert_int_equal(r.takings.sales, 2);
	assert_false(share_tells(r.retention));
	assert_true(share_tells((struct share){ 1, 20 }));
}

static void visits_are_days_not_sales(void **state)
{
	struct retention r;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(100, 1, 10),
		  SALE(100, 1, 10));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_share(r.repeat_purchase, 0, 1);
	assert_share(r.churn_own_gap, 0, 0);
	assert_int_equal(r.takings.sales, 3);
}

/* The window ends at D = 1000; (D - 180, D - 90] is 821 .. 910. */
static void churn_has_borders(void **state)
{
	struct retention r;

	HAND_ROWS(*state, SALE(820, 1, 10),			/* too early to be asked */
		  SALE(821, 2, 10),				/* lost */
		  SALE(910, 3, 10),				/* lost */
		  SALE(900, 4, 10), SALE(911, 4, 10),	/* stayed */
		  SALE(850, 5, 10), SALE(1000, 5, 10),	/* stayed */
		  SALE(911, 6, 10),				/* too late to be asked */
		  SALE(850, 7, 10), SALE(1001, 7, 10));	/* lost by D */
	r = retention_in(*state, &(struct retention_options){ .to = 1000 });
	assert_share(r.churn, 3, 5);
	assert_int_equal(r.lapsed, 4);	/* 1, 2, 3, 7 */
	/* A window that begins late asks the same people. */
	r = retention_in(*state, &(struct retention_options){ .from = 990, .to = 1000 });
	assert_share(r.churn, 3, 5);
	assert_int_equal(r.lapsed, 4);
	/* (D - 20, D - 10] of D = 920 is 901 .. 910: 3 only. */
	r = retention_in(*state, &(struct retention_options){ .to = 920, .quiet_days = 10 });
	assert_share(r.churn, 1, 1);
}

static struct share own_gap(struct hand *h, int32_t to, int times)
{
	struct retention_options options = { .to = to, .gap_times = times };

	return retention_in(h, &options).churn_own_gap;
}

static void an_odd_number_of_gaps_has_a_middle_one(void **state)
{
	/* Gaps 30, 2, 10: the median is 10. */
	HAND_ROWS(*state, SALE(100, 1, 10), SALE(130, 1, 10),
		  SALE(132, 1, 10), SALE(142, 1, 10));
	assert_share(own_gap(*state, 162, 0), 0, 1);	/* 20 is not longer than 2 x 10 */
	assert_share(own_gap(*state, 163, 0), 1, 1);
	assert_share(own_gap(*state, 172, 3), 0, 1);
	assert_share(own_gap(*state, 173, 3), 1, 1);
	/* By day 132 the gaps are 30 and 2: the median is 16. */
	assert_share(own_gap(*state, 141, 0), 0, 1);
}

static void an_even_number_of_gaps_has_the_mean_of_two(void **state)
{
	/* Gaps 3, 10: the median is 6.5, twice it 13. */
	HAND_ROWS(*state, SALE(100, 1, 10), SALE(103, 1, 10),
		  SALE(113, 1, 10));
	assert_share(own_gap(*state, 126, 0), 0, 1);
	assert_share(own_gap(*state, 127, 0), 1, 1);
	/* Once it: between 6 and 7. */
	assert_share(own_gap(*state, 119, 1), 0, 1);
	assert_share(own_gap(*state, 120, 1), 1, 1);
}

static void two_visits_are_too_few_for_an_own_gap(void **state)
{
	HAND_ROWS(*state, SALE(100, 1, 10), SALE(101, 1, 10));
	assert_share(own_gap(*state, 900, 0), 0, 0);
}

static void who_comes_back_after_a_silence_is_reactivated(void **state)
{
	struct retention_options o = { .from = 200 };
	struct retention r;

	/* 1 after 90 days, before the window; 2 after 90 in it, twice; 3 after
	 * 89; 4 is new. */
	HAND_ROWS(*state, SALE(100, 1, 10), SALE(190, 1, 10), SALE(201, 1, 10),
		  SALE(150, 2, 10), SALE(240, 2, 10), SALE(330, 2, 10),
		  SALE(200, 3, 10), SALE(289, 3, 10), SALE(330, 4, 10));
	r = retention_in(*state, &o);
	assert_int_equal(r.reactivated, 1);
	assert_int_equal(r.visits, 6);
	assert_int_equal(r.customers, 4);
	assert_int_equal(r.ever, 4);
	o.from = 150;
	assert_int_equal(retention_in(*state, &o).reactivated, 2);
}

static void gaps_have_a_median(void **state)
{
	struct retention_options o = { .from = 101 };
	struct retention r;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(101, 1, 10), SALE(106, 1, 10),
		  SALE(120, 1, 10), SALE(121, 2, 10), SALE(129, 2, 10));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_int_equal(r.gaps.n, 4);	/* 1, 5, 14, 8 */
	assert_int_equal(r.gaps.days, 28);
	assert_true(r.gaps.median == 6.5);
	o.to = 120;
	r = retention_in(*state, &o);
	assert_int_equal(r.gaps.n, 3);	/* 1, 5, 14 */
	assert_true(r.gaps.median == 5);
}

static void coming_again_is_asked_of_who_had_the_time(void **state)
{
	struct retention_options o = { .to = 200 };
	struct retention r;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(130, 1, 10),		/* in 30 days */
		  SALE(100, 2, 10), SALE(131, 2, 10),			/* in 31 */
		  SALE(170, 3, 10),					/* never */
		  SALE(171, 4, 10), SALE(172, 4, 10),			/* not asked yet */
		  SALE(110, 5, 10), SALE(201, 5, 10));			/* after the end */
	r = retention_in(*state, &o);
	assert_share(r.again[0], 1, 4);
	assert_share(r.again[1], 2, 3);
	assert_share(r.again[3], 0, 0);
	o.from = 101;
	assert_share(retention_in(*state, &o).again[0], 0, 2);
}

static void revenue_has_three_parts(void **state)
{
	struct retention r;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(101, 1, 20), SALE(101, 0, 5),
		  SALE(103, 0, 0), REFUND(102, 1, -3, 2), REFUND(100, 1, -1, 1));
	r = retention_in(*state, &(struct retention_options){ 0 });
	assert_int_equal(r.parts.new, 9);
	assert_int_equal(r.parts.returning, 17);
	assert_int_equal(r.parts.anonymous, 5);
}

static void an_average_is_rounded_half_away_from_zero(void **state)
{
	HAND_ROWS(*state, SALE(100, 0, 10), SALE(100, 0, 15));
	assert_int_equal(retention_in(*state, &(struct retention_options){ 0 }).average_basket, 13);
	HAND_ROWS(*state, REFUND(100, 0, -30, 1));
	assert_int_equal(retention_in(*state, &(struct retention_options){ 0 }).average_basket, -3);
}

static void a_window_may_lie_beside_the_history(void **state)
{
	struct retention r;

	HAND_ROWS(*state, SALE(100, 1, 10));
	r = retention_in(*state, &(struct retention_options){ .from = 200 });
	assert_int_equal(r.used.to, 200);
	assert_int_equal(r.customers, 0);
	assert_share(r.retention, 0, 1);
	assert_int_equal(r.lapsed, 1);
	r = retention_in(*state, &(struct retention_options){ .to = 50 });
	assert_int_equal(r.used.from, 50);
	assert_int_equal(r.customers, 0);
	assert_share(r.retention, 0, 0);
	assert_int_equal(r.lapsed, 0);
}

static void assert_refused(struct hand *h, struct retention_options options)
{
	struct retention r;

	assert_int_equal(retention_read(h->store, &options, &r), ST_INVALID);
}

static void impossible_windows_are_refused(void **state)
{
	assert_refused(*state, (struct retention_options){ .from = 11, .to = 10 });
	assert_string_equal(status_text(),
			    "the window from 1970-01-12 to 1970-01-11 ends before it starts");
	assert_refused(*state, (struct retention_options){ .quiet_days = -1 });
	assert_refused(*state, (struct retention_options){ .quiet_days = INT32_MAX });
	assert_refused(*state, (struct retention_options){ .gap_times = -1 });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_shop_without_sales_has_zeros),
		HAND_TEST(the_whole_history_is_the_window_unless_said),
		HAND_TEST(a_refund_after_the_last_sale_moves_nothing),
		HAND_TEST(retention_is_of_those_who_were_there_at_the_start),
		HAND_TEST(visits_are_days_not_sales),
		HAND_TEST(churn_has_borders),
		HAND_TEST(an_odd_number_of_gaps_has_a_middle_one),
		HAND_TEST(an_even_number_of_gaps_has_the_mean_of_two),
		HAND_TEST(two_visits_are_too_few_for_an_own_gap),
		HAND_TEST(who_comes_back_after_a_silence_is_reactivated),
		HAND_TEST(gaps_have_a_median),
		HAND_TEST(coming_again_is_asked_of_who_had_the_time),
		HAND_TEST(revenue_has_three_parts),
		HAND_TEST(an_average_is_rounded_half_away_from_zero),
		HAND_TEST(a_window_may_lie_beside_the_history),
		HAND_TEST(impossible_windows_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
