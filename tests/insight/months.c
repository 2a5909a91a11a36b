/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/months.h"

#include "insight/calendar.h"

#include "tests/insight/hand.h"

static struct months months_in(struct hand *h, const struct months_options *o)
{
	struct months m;
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(months_of(&s, o, &m), ST_OK);
	scan_release(&s);
	return m;
}

static int32_t day(int month, int date)
{
	return day_from_civil(2026, month, date);
}

static void a_calendar_knows_months(void **state)
{
	struct calendar c;

	(void)state;
	calendar_start(&c, day_from_civil(2023, 12, 31), day_from_civil(2024, 3, 1));
	assert_int_equal(c.months, 4);
	assert_int_equal(c.from, day_from_civil(2023, 12, 1));
	assert_int_equal(c.to, day_from_civil(2024, 3, 31));
	assert_int_equal(calendar_month(&c, day_from_civil(2024, 2, 29)), 2);
	assert_int_equal(calendar_month(&c, day_from_civil(2024, 3, 1)), 3);
	assert_int_equal(c.first[3], day_from_civil(2024, 3, 1));
	assert_int_equal(c.first[4], day_from_civil(2024, 4, 1));
	calendar_release(&c);
}

static void a_shop_without_sales_has_no_months(void **state)
{
	struct months m = months_in(*state, &(struct months_options){ 0 });

	assert_int_equal(m.n, 0);
	months_release(&m);
}

static void assert_people(const struct month *m, int64_t customers, int64_t new, int64_t returning)
{
	assert_int_equal(m->customers, customers);
	assert_int_equal(m->new, new);
	assert_int_equal(m->returning, returning);
}

static void assert_money(const struct month *m, int64_t new, int64_t returning, int64_t anonymous)
{
	assert_int_equal(m->parts.new, new);
	assert_int_equal(m->parts.returning, returning);
	assert_int_equal(m->parts.anonymous, anonymous);
	assert_int_equal(m->takings.revenue, new + returning + anonymous);
}

static void months_are_counted_apart(void **state)
{
	struct months m;

	/* 1 in January, twice in March; 2 in January and again in it; 3 in
	 * March; nobody in February. The refund of 1's January is in March. */
	HAND_ROWS(*state, SALE(day(1, 10), 1, 100), SALE(day(1, 10), 2, 10),
		  SALE(day(1, 31), 2, 20), SALE(day(1, 31), 0, 7),
		  SALE(day(3, 1), 3, 40), REFUND(day(3, 1), 1, -30, 1),
		  SALE(day(3, 2), 1, 50), SALE(day(3, 5), 1, 60), WALK_IN(day(3, 5), 999));
	m = months_in(*state, &(struct months_options){ 0 });
	assert_int_equal(m.n, 3);
	assert_int_equal(m.row[1].from, day(2, 1));
	assert_int_equal(m.row[1].to, day(2, 28));
	assert_people(&m.row[0], 2, 2, 1);
	assert_people(&m.row[1], 0, 0, 0);
	assert_people(&m.row[2], 2, 1, 1);
	assert_money(&m.row[0], 110, 20, 7);
	assert_money(&m.row[1], 0, 0, 0);
	assert_money(&m.row[2], 10, 110, 0);
	assert_true(m.row[0].whole);
	assert_true(m.row[1].whole);
	assert_false(m.row[2].whole);
	assert_int_equal(m.used.from, day(1, 1));
	assert_int_equal(m.used.to, day(3, 5));
	months_release(&m);
}

static void a_window_cuts_months(void **state)
{
	struct months m;

	HAND_ROWS(*state, SALE(day(1, 10), 1, 100), SALE(day(1, 20), 1, 10),
		  SALE(day(2, 3), 2, 5), SALE(day(2, 4), 2, 6));
	m = months_in(*state, &(struct months_options){ .from = day(1, 15), .to = day(2, 3) });
	assert_int_equal(m.n, 2);
	assert_false(m.row[0].whole);
	assert_false(m.row[1].whole);
	assert_people(&m.row[0], 1, 0, 1);
	assert_people(&m.row[1], 1, 1, 0);
	assert_money(&m.row[0], 0, 10, 0);
	assert_money(&m.row[1], 5, 0, 0);
	months_release(&m);
}

static void a_sheet_has_a_row_for_each_month(void **state)
{
	struct months m;
	struct sheet sheet;
	struct buf csv = { 0 };

	HAND_ROWS(*state, SALE(day(1, 31), 1, 150));
	m = months_in(*state, &(struct months_options){ 0 });
	months_sheet(&m, &sheet);
	sheet_csv(&sheet, 2, &csv);
	buf_add(&csv, "", 1);
	assert_non_null(strstr(csv.at, "2026-01,1,1.50,1.50,0.00,0.00,1,1,0,yes"));
	buf_release(&csv);
	sheet_release(&sheet);
	months_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_calendar_knows_months),
		HAND_TEST(a_shop_without_sales_has_no_months),
		HAND_TEST(months_are_counted_apart),
		HAND_TEST(a_window_cuts_months),
		HAND_TEST(a_sheet_has_a_row_for_each_month),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
