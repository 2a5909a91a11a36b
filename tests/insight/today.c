/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/today.h"

#include "shop/customer.h"
#include "tests/insight/hand.h"

/* What Home shows, and that it follows the journal. */

/* Wednesday, 4 March 2026. */
static int32_t today(void)
{
	return day_from_civil(2026, 3, 4);
}

static void read_whole(struct hand *h, int32_t day, struct today *t)
{
	do
		assert_int_equal(today_update(h->store, day, t), ST_OK);
	while (!t->whole);
}

static void a_new_shop_has_nothing_to_show(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	read_whole(h, today(), &t);
	assert_int_equal(t.takings.sales, 0);
	assert_int_equal(t.known.whole, 0);
	assert_int_equal(t.best_hour, -1);
	assert_int_equal(t.customers, 0);
	assert_int_equal(t.programs, 0);
	assert_int_equal(t.sales_ever, 0);
	today_release(&t);
}

static void the_day_and_those_before_it(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	HAND_ROWS(h, SALE(today() - 14, 1, 1), SALE(today() - 13, 1, 20),
		  SALE_AT(today() - 1, 700, 2, 300), SALE_AT(today() - 1, 701, 2, 300),
		  SALE_AT(today() - 1, 702, 2, 300),
		  SALE_AT(today(), 555, 1, 4000), SALE_AT(today(), 610, 0, 50000),
		  SALE_AT(today(), 599, 3, 600000), SALE_AT(today(), 612, 3, 7000000),
		  UNDO(today(), 3, 9), REFUND(today(), 1, -1000, 6));
	read_whole(h, today(), &t);
	assert_int_equal(t.takings.sales, 3);
	assert_int_equal(t.takings.revenue, 653000);
	assert_int_equal(t.takings.refunds, 1);
	assert_int_equal(t.known.part, 2);
	assert_int_equal(t.known.whole, 3);
	assert_int_equal(t.new_customers, 1);
	assert_int_equal(t.best_hour, 9);
	assert_int_equal(t.days[0].revenue, 20);
	assert_int_equal(t.days[TODAY_DAYS - 2].sales, 3);
	assert_int_equal(t.days[TODAY_DAYS - 1].sales, 3);
	assert_int_equal(t.sales_ever, 8);
	today_release(&t);
}

static void yesterday_is_not_todays_best_hour(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	HAND_ROWS(h, SALE_AT(today() - 1, 700, 2, 300));
	read_whole(h, today(), &t);
	assert_int_equal(t.best_hour, -1);
	assert_int_equal(t.sales_ever, 1);
	assert_int_equal(t.takings.sales, 0);
	today_release(&t);
}

/* What came since is added; what was undone since, or another day, is taken
 * off what was there. */
static void it_follows_what_others_do(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	HAND_ROWS(h, SALE_AT(today(), 600, 1, 100), SALE_AT(today(), 700, 2, 900));
	read_whole(h, today(), &t);
	assert_int_equal(t.takings.revenue, 1000);
	assert_int_equal(t.new_customers, 2);
	HAND_ROWS(h, SALE_AT(today(), 605, 1, 10), UNDO(today(), 2, 2),
		  SALE_AT(today() - 2, 600, 1, 5), WALK_IN(today(), 77));
	read_whole(h, today(), &t);
	assert_int_equal(t.takings.revenue, 110);
	assert_int_equal(t.takings.sales, 2);
	assert_int_equal(t.takings.known_revenue, 110);
	assert_int_equal(t.takings.walk_in, 77);
	assert_int_equal(t.best_hour, 10);
	assert_int_equal(t.new_customers, 0);
	assert_int_equal(t.days[TODAY_DAYS - 3].revenue, 5);
	assert_int_equal(t.sales_ever, 3);
	HAND_ROWS(h, UNDO(today(), 1, 1), UNDO(today(), 1, 3));
	read_whole(h, today(), &t);
	assert_int_equal(t.takings.revenue, 0);
	assert_int_equal(t.best_hour, -1);
	read_whole(h, today() + 1, &t);
	assert_int_equal(t.takings.walk_in, 0);
	assert_int_equal(t.days[TODAY_DAYS - 2].walk_in, 77);
	assert_int_equal(t.days[TODAY_DAYS - 4].sales, 1);
	assert_int_equal(t.sales_ever, 1);
	today_release(&t);
}

/* The file may be another one by then, with fewer entries or with others. */
static void another_opening_begins_anew(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	HAND_ROWS(h, SALE_AT(today(), 600, 1, 100));
	read_whole(h, today(), &t);
	t.seq = 1000;
	t.days[TODAY_DAYS - 1].revenue = 999;
	t.opening--;
	read_whole(h, today(), &t);
	assert_int_equal(t.takings.revenue, 100);
	assert_int_equal(t.sales_ever, 1);
	assert_int_equal(t.seq, 1);
	today_release(&t);
}

static void much_is_read_in_parts(void **state)
{
	enum { MANY = 60000 };
	struct hand *h = *state;
	struct today t = { 0 };
	struct row *rows = mem_alloc((MANY + 1) * sizeof(*rows));

	for (int i = 0; i < MANY; i++)
		rows[i] = (struct row)SALE_AT(today(), 60, 0, 1);
	hand_rows(h, rows);
	assert_int_equal(today_update(h->store, today(), &t), ST_OK);
	assert_false(t.whole);
	HAND_ROWS(h, UNDO(today(), 0, 1), UNDO(today(), 0, MANY));
	assert_int_equal(today_update(h->store, today(), &t), ST_OK);
	assert_true(t.whole);
	assert_int_equal(t.takings.sales, MANY - 2);
	assert_int_equal(t.hours[1], MANY - 2);
	today_release(&t);
	free(rows);
}

static enum status put_shop(struct txn *txn, void *arg)
{
	struct customer *c = mem_alloc(sizeof(*c));

	(void)arg;
	c->id = 1;
	hand_put(txn, TABLE_CUSTOMER, 1, &customer_type, c);
	c->id = 2;
	c->erased = true;
	hand_put(txn, TABLE_CUSTOMER, 2, &customer_type, c);
	hand_put(txn, TABLE_PROGRAM, 1, &program_type,
		 &(struct program){ .id = 1, .name = "Card" });
	hand_put(txn, TABLE_PROGRAM, 2, &program_type,
		 &(struct program){ .id = 2, .name = "Points", .stopped = true });
	free(c);
	return ST_OK;
}

static void who_is_in_the_book_and_what_runs(void **state)
{
	struct hand *h = *state;
	struct today t = { 0 };

	assert_int_equal(store_write(h->store, put_shop, NULL), ST_OK);
	read_whole(h, today(), &t);
	assert_int_equal(t.customers, 2);
	assert_int_equal(t.programs, 1);
	today_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_new_shop_has_nothing_to_show),
		HAND_TEST(the_day_and_those_before_it),
		HAND_TEST(yesterday_is_not_todays_best_hour),
		HAND_TEST(it_follows_what_others_do),
		HAND_TEST(another_opening_begins_anew),
		HAND_TEST(much_is_read_in_parts),
		HAND_TEST(who_is_in_the_book_and_what_runs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
