/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/scan.h"

#include "tests/insight/hand.h"

static struct scan scan_of(struct hand *h)
{
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	return s;
}

static struct takings takings_of(const struct scan *s, int32_t from, int32_t to)
{
	struct takings t;

	assert_int_equal(scan_takings(s, from, to, &t), ST_OK);
	return t;
}

static void an_empty_journal_has_nothing(void **state)
{
	struct scan s = scan_of(*state);
	struct takings t = takings_of(&s, CLOCK_FIRST_DAY, CLOCK_LAST_DAY);
	struct visitors v;

	assert_int_equal(t.sales, 0);
	assert_int_equal(t.revenue, 0);
	assert_int_equal(s.first_day, 0);
	assert_int_equal(s.last_day, 0);
	assert_int_equal(s.last_sale_day, 0);
	assert_int_equal(s.visit_count, 0);
	scan_visitors(&s, CLOCK_FIRST_DAY, CLOCK_LAST_DAY, &v);
	assert_int_equal(v.customers, 0);
	scan_release(&s);
}

static void takings_are_kept_by_day(void **state)
{
	struct takings t;
	struct scan s;

	HAND_ROWS(*state, SALE(100, 1, 1000), SALE(100, 0, 250),
		  WALK_IN(100, 9000), OTHER(ENTRY_CUSTOMER, 100, 2),
		  REFUND(101, 1, -400, 1), SALE(102, 2, 50),
		  OTHER(ENTRY_ADJUST, 103, 2));
	s = scan_of(*state);
	t = takings_of(&s, 100, 100);
	assert_int_equal(t.sales, 2);
	assert_int_equal(t.known_sales, 1);
	assert_int_equal(t.refunds, 0);
	assert_int_equal(t.revenue, 1250);
	assert_int_equal(t.known_revenue, 1000);
	assert_int_equal(t.walk_in, 9000);
	t = takings_of(&s, 101, 101);
	assert_int_equal(t.sales, 0);
	assert_int_equal(t.refunds, 1);
	assert_int_equal(t.revenue, -400);
	assert_int_equal(t.known_revenue, -400);
	assert_int_equal(t.refunded, 400);
	t = takings_of(&s, 100, 102);
	assert_int_equal(t.sales, 3);
	assert_int_equal(t.known_sales, 2);
	assert_int_equal(t.revenue, 900);
	assert_int_equal(t.walk_in, 9000);
	assert_int_equal(s.first_day, 100);
	assert_int_equal(s.last_day, 102);
	scan_release(&s);
}

static void spans_may_reach_past_the_book(void **state)
{
	struct scan s;

	HAND_ROWS(*state, SALE(CLOCK_LAST_DAY, 1, 7));
	s = scan_of(*state);
	assert_int_equal(takings_of(&s, -5, INT32_MAX).revenue, 7);
	assert_int_equal(takings_of(&s, 9, 8).revenue, 0);
	scan_release(&s);
}

static void what_was_undone_never_happened(void **state)
{
	struct takings t;
	struct scan s;

	HAND_ROWS(*state, SALE(100, 1, 1000), SALE(105, 1, 70),
		  UNDO(105, 1, 2), REFUND(106, 1, -1000, 1),
		  UNDO(106, 1, 4), WALK_IN(106, 30),
		  UNDO(106, 0, 6));
	s = scan_of(*state);
	t = takings_of(&s, 1, 200);
	assert_int_equal(t.sales, 1);
	assert_int_equal(t.refunds, 0);
	assert_int_equal(t.revenue, 1000);
	assert_int_equal(t.walk_in, 0);
	assert_int_equal(s.visit_count, 1);
	assert_int_equal(s.last_day, 100);
	assert_int_equal(s.last_sale_day, 100);
	scan_release(&s);
}

static void the_last_sale_is_the_latest_not_the_last_recorded(void **state)
{
	struct scan s;

	HAND_ROWS(*state, SALE_AT(100, 600, 1, 10),
		  SALE_AT(101, 61, 1, 10), SALE_AT(101, 59, 0, 10),
		  SALE_AT(99, 900, 1, 10),
		  REFUND(102, 1, -10, 1));
	s = scan_of(*state);
	assert_int_equal(s.last_sale_day, 101);
	assert_int_equal(s.last_sale_minute, 61);
	assert_int_equal(s.first_day, 99);
	assert_int_equal(s.last_day, 102);
	scan_release(&s);
}

static void assert_visits(const struct scan *s, size_t n, const int64_t (*expected)[2])
{
	assert_int_equal(s->visit_count, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(visit_customer(s->visits[i]), expected[i][0]);
		assert_int_equal(visit_day(s->visits[i]), expected[i][1]);
	}
}

static void visits_recorded_in_order_are_sorted_by_customer(void **state)
{
	static const int64_t expected[][2] = {
		{ 1, 100 }, { 1, 4000 }, { 2, 100 }, { 5000, 100 }, { 5000, 101 },
		{ 3000000, 101 }, { 4290772991, 101 }, { 4294967295, 101 } };
	struct scan s;

	HAND_ROWS(*state, SALE(100, 5000, 1), SALE(100, 1, 1),
		  SALE(100, 0, 1), SALE(100, 2, 1), SALE(100, 1, 1),
		  SALE(101, 4294967295, 1), SALE(101, 3000000, 1),
		  SALE(101, 5000, 1), SALE(101, 4294967295, 1), SALE(101, 4290772991, 1),
		  SALE(4000, 1, 1));
	s = scan_of(*state);
	assert_visits(&s, 8, expected);
	assert_int_equal(scan_next_customer(&s, 0), 2);
	assert_int_equal(scan_next_customer(&s, 7), 8);
	scan_release(&s);
}

static void visits_recorded_out_of_order_are_sorted_by_day_too(void **state)
{
	static const int64_t expected[][2] = {
		{ 7, 1 }, { 7, 99 }, { 7, 2050 }, { 7, 84005 }, { 2000000, 3 }, { 2000000, 2047 } };
	struct scan s;

	HAND_ROWS(*state, SALE(2050, 7, 1), SALE(2047, 2000000, 1),
		  SALE(84005, 7, 1), SALE(99, 7, 1),
		  SALE(3, 2000000, 1), SALE(1, 7, 1), SALE(2050, 7, 1));
	s = scan_of(*state);
	assert_visits(&s, 6, expected);
	scan_release(&s);
}

static void visitors_are_new_returning_or_both(void **state)
{
	struct visitors v;
	struct scan s;

	/* 1 came before the span and in it; 2 first in it, twice; 3 first in
	 * it, once; 4 before it only; 5 after it only. */
	HAND_ROWS(*state, SALE(90, 1, 1), SALE(90, 4, 1),
		  SALE(100, 1, 1), SALE(100, 2, 1), SALE(110, 2, 1),
		  SALE(110, 3, 1), SALE(110, 3, 1), SALE(111, 5, 1),
		  SALE(111, 3, 1));
	s = scan_of(*state);
	scan_visitors(&s, 100, 110, &v);
	assert_int_equal(v.customers, 3);
	assert_int_equal(v.new, 2);
	assert_int_equal(v.returning, 2);
	assert_int_equal(v.repeat, 1);
	scan_release(&s);
}

static void sums_that_do_not_fit_are_said(void **state)
{
	struct takings t;
	struct scan s;

	HAND_ROWS(*state, SALE(100, 0, INT64_MAX), SALE(101, 0, INT64_MAX));
	s = scan_of(*state);
	assert_int_equal(scan_takings(&s, 100, 100, &t), ST_OK);
	assert_int_equal(t.revenue, INT64_MAX);
	assert_int_equal(scan_takings(&s, 100, 101, &t), ST_FULL);
	scan_release(&s);

	HAND_ROWS(*state, SALE(101, 0, 1));
	assert_int_equal(scan_read(((struct hand *)*state)->store, &s), ST_FULL);
	scan_release(&s);
}

static void assert_paid(const struct scan *s, size_t n, const int64_t *expected)
{
	assert_int_equal(s->visit_count, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(s->paid[i], expected[i]);
}

static void a_refund_comes_off_the_latest_visit_before_it(void **state)
{
	/* 1 on day 100, 110 and 120; 2 on day 105 */
	static const int64_t expected[] = { 150, 65, 70, 30 };
	struct scan s;

	HAND_ROWS(*state, REFUND(99, 1, -7, 0),	/* before any visit: off none */
		  SALE(120, 1, 70), SALE(100, 1, 100), SALE(100, 1, 50),
		  REFUND(110, 1, -10, 3),	/* that day's sale comes later */
		  SALE(110, 1, 80), REFUND(119, 1, -5, 3),
		  REFUND(300, 2, -70, 0), SALE(105, 2, 100), REFUND(105, 0, -4, 0));
	s = scan_of(*state);
	assert_paid(&s, 4, expected);
	assert_int_equal(s.new_revenue[99], 0);
	assert_int_equal(s.new_revenue[100], 150);
	assert_int_equal(s.new_revenue[110], 0);
	assert_int_equal(s.new_revenue[105], 100);
	assert_int_equal(s.new_revenue[300], -70);
	scan_release(&s);
}

static void only_some_may_be_asked_for(void **state)
{
	static const int64_t expected[] = { 6, 20 };
	struct people_set only = { 0 };
	struct scan s;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(101, 2, 20), SALE_AT(102, 61, 3, 5),
		  SALE(102, 0, 1000), WALK_IN(102, 9000), REFUND(103, 1, -4, 1));
	people_add(&only, 1);
	people_add(&only, 2);
	assert_int_equal(scan_read_of(((struct hand *)*state)->store, &only, &s), ST_OK);
	assert_paid(&s, 2, expected);
	assert_int_equal(takings_of(&s, 1, 200).revenue, 26);
	assert_int_equal(takings_of(&s, 1, 200).sales, 2);
	assert_int_equal(takings_of(&s, 1, 200).walk_in, 0);
	assert_int_equal(s.last_day, 103);
	assert_int_equal(s.last_sale_day, 102);
	assert_null(s.by_hour[102]);
	scan_release(&s);
	people_release(&only);
	s = scan_of(*state);
	assert_int_equal(s.by_hour[102][1].sales, 1);
	assert_int_equal(s.by_hour[102][1].revenue, 5);
	assert_int_equal(s.by_hour[102][0].revenue, 1000);
	scan_release(&s);
}

static void a_window_ends_with_the_last_sale(void **state)
{
	int32_t from = 0, to = 0;
	struct scan s;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(105, 1, 10), REFUND(190, 1, -4, 2));
	s = scan_of(*state);
	assert_int_equal(scan_window(&s, &from, &to), ST_OK);
	assert_int_equal(from, 100);
	assert_int_equal(to, 105);
	from = 120;	/* nothing was sold since */
	to = 0;
	assert_int_equal(scan_window(&s, &from, &to), ST_OK);
	assert_int_equal(to, 120);
	from = 0;
	to = 190;	/* asked for, it is in */
	assert_int_equal(scan_window(&s, &from, &to), ST_OK);
	assert_int_equal(from, 100);
	assert_int_equal(to, 190);
	scan_release(&s);
}

static enum status append_impossible_day(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct row row = SALE(100, 1, 10);
	struct book b;
	enum status st;

	book_open(&b, txn);
	hand_start(&b, e, &row)->day = *(int32_t *)arg;
	st = book_post(&b, e);
	free(e);
	return st == ST_OK ? book_close(&b) : st;
}

static void a_day_outside_the_book_is_damage(void **state)
{
	struct hand *h = *state;
	int32_t day = CLOCK_LAST_DAY + 1;
	struct scan s;

	assert_int_equal(store_write(h->store, append_impossible_day, &day), ST_OK);
	assert_int_equal(scan_read(h->store, &s), ST_CORRUPT);
	scan_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(an_empty_journal_has_nothing),
		HAND_TEST(takings_are_kept_by_day),
		HAND_TEST(spans_may_reach_past_the_book),
		HAND_TEST(what_was_undone_never_happened),
		HAND_TEST(the_last_sale_is_the_latest_not_the_last_recorded),
		HAND_TEST(visits_recorded_in_order_are_sorted_by_customer),
		HAND_TEST(visits_recorded_out_of_order_are_sorted_by_day_too),
		HAND_TEST(visitors_are_new_returning_or_both),
		HAND_TEST(a_refund_comes_off_the_latest_visit_before_it),
		HAND_TEST(a_window_ends_with_the_last_sale),
		HAND_TEST(only_some_may_be_asked_for),
		HAND_TEST(sums_that_do_not_fit_are_said),
		HAND_TEST(a_day_outside_the_book_is_damage),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
