/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/hours.h"

#include "tests/insight/hand.h"

static struct hours hours_in(struct hand *h, const struct hours_options *o)
{
	struct hours out;
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(hours_of(&s, o, &out), ST_OK);
	scan_release(&s);
	return out;
}

static void a_shop_without_sales_has_no_hours(void **state)
{
	struct hours h = hours_in(*state, &(struct hours_options){ 0 });
	struct sheet sheet;

	assert_int_equal(h.sales, 0);
	assert_int_equal(h.open_from, -1);
	hours_sheet(&h, &sheet);
	assert_int_equal(sheet_rows(&sheet), 0);
	sheet_release(&sheet);
}

static void sales_stand_in_the_hour_they_began(void **state)
{
	/* 2026-03-02 is a Monday. */
	int32_t monday = day_from_civil(2026, 3, 2);
	struct hours h;

	HAND_ROWS(*state, SALE_AT(monday, 9 * 60, 1, 10), SALE_AT(monday, 9 * 60 + 59, 0, 20),
		  SALE_AT(monday + 7, 9 * 60 + 1, 2, 30), SALE_AT(monday + 7, 10 * 60, 2, 40),
		  SALE_AT(monday + 1, 17 * 60, 2, 5),
		  { .kind = ENTRY_REFUND, .day = monday + 1, .minute = 600, .customer = 2,
		    .total = -5, .about = 5 }, WALK_IN(monday, 999),
		  SALE_AT(monday + 6, 23 * 60 + 59, 2, 1), UNDO(monday + 6, 2, 8));
	h = hours_in(*state, &(struct hours_options){ 0 });
	assert_int_equal(h.cell[0][9].sales, 3);
	assert_int_equal(h.cell[0][9].revenue, 60);
	assert_int_equal(h.cell[0][10].sales, 1);
	assert_int_equal(h.cell[1][17].sales, 1);
	assert_int_equal(h.cell[1][10].sales, 0);
	assert_int_equal(h.cell[1][10].revenue, -5);
	assert_int_equal(h.day[0].sales, 4);
	assert_int_equal(h.day[0].revenue, 100);
	assert_int_equal(h.days[0], 2);
	assert_int_equal(h.days[1], 1);
	assert_int_equal(h.days[6], 0);
	assert_int_equal(h.sales, 5);
	assert_int_equal(h.most, 3);
	assert_int_equal(h.open_from, 9);
	assert_int_equal(h.open_to, 17);
	h = hours_in(*state, &(struct hours_options){ .from = monday + 1, .to = monday + 7 });
	assert_int_equal(h.cell[0][9].sales, 1);
	assert_int_equal(h.sales, 3);
	assert_int_equal(h.days[0], 1);
}

static void a_sheet_has_the_open_hours(void **state)
{
	struct sheet sheet;
	struct hours h;

	HAND_ROWS(*state, SALE_AT(100, 540, 1, 10), SALE_AT(101, 660, 1, 10));
	h = hours_in(*state, &(struct hours_options){ 0 });
	hours_sheet(&h, &sheet);
	assert_int_equal(sheet_rows(&sheet), 7 * 3);
	sheet_release(&sheet);
}

static void the_shop_was_open_for_all_not_for_some(void **state)
{
	struct people_set only = { 0 };
	struct scan s;
	struct hours h;

	/* Two Mondays (2026-03-02); on one of them 2 came. */
	int32_t monday = day_from_civil(2026, 3, 2);

	HAND_ROWS(*state, SALE_AT(monday, 540, 1, 10), SALE_AT(monday + 7, 540, 2, 10),
		  SALE_AT(monday + 8, 540, 0, 10));
	people_add(&only, 2);
	assert_int_equal(scan_read_of(((struct hand *)*state)->store, &only, &s), ST_OK);
	assert_int_equal(hours_of(&s, &(struct hours_options){ 0 }, &h), ST_OK);
	assert_int_equal(h.sales, 1);
	assert_int_equal(h.days[0], 2);
	assert_int_equal(h.days[1], 1);
	scan_release(&s);
	people_release(&only);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_shop_without_sales_has_no_hours),
		HAND_TEST(sales_stand_in_the_hour_they_began),
		HAND_TEST(the_shop_was_open_for_all_not_for_some),
		HAND_TEST(a_sheet_has_the_open_hours),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
