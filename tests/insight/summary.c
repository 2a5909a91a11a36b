/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/summary.h"

#include "tests/insight/hand.h"
#include "shop/customer.h"

static enum status put_people(struct txn *txn, void *arg)
{
	struct customer *c = mem_alloc(sizeof(*c));

	(void)arg;
	c->id = 1;	/* a mobile after a landline */
	c->phone_count = 2;
	c->phones[0] = (struct phone){ "+912612345678", true, false };
	c->phones[1] = (struct phone){ "+919824012345", true, true };
	hand_put(txn, TABLE_CUSTOMER, 1, &customer_type, c);
	c->id = 2;	/* cannot be verified */
	c->phone_count = 1;
	c->phones[0] = (struct phone){ "12345", false, true };
	hand_put(txn, TABLE_CUSTOMER, 2, &customer_type, c);
	c->id = 3;
	c->phone_count = 0;
	c->erased = true;
	hand_put(txn, TABLE_CUSTOMER, 3, &customer_type, c);
	hand_put(txn, TABLE_PROGRAM, 1, &program_type,
		 &(struct program){ .id = 1, .name = "Card" });
	free(c);
	return ST_OK;
}

/* Wednesday, 4 March 2026. */
static int32_t today(void)
{
	return day_from_civil(2026, 3, 4);
}

static void assert_period(const struct summary_period *p, int back, int64_t sales, int64_t revenue)
{
	assert_int_equal(p->from, today() - back);
	assert_int_equal(p->takings.sales, sales);
	assert_int_equal(p->takings.revenue, revenue);
}

static void a_new_shop_is_empty(void **state)
{
	struct hand *h = *state;
	struct summary s;

	assert_int_equal(summary_read(h->store, today(), &s), ST_OK);
	assert_int_equal(s.customers, 0);
	assert_int_equal(s.last_sale_day, 0);
	assert_int_equal(s.ever.takings.sales, 0);
	assert_int_equal(s.liability.program_count, 0);
	summary_release(&s);
}

static void people_are_counted_once_and_not_when_erased(void **state)
{
	struct hand *h = *state;
	struct summary s;

	assert_int_equal(store_write(h->store, put_people, NULL), ST_OK);
	assert_int_equal(summary_read(h->store, today(), &s), ST_OK);
	assert_int_equal(s.customers, 2);
	assert_int_equal(s.textable, 1);
	assert_int_equal(s.liability.program_count, 1);
	assert_int_equal(s.liability.day, today());
	summary_release(&s);
}

static void periods_begin_and_end_as_the_calendar_does(void **state)
{
	struct hand *h = *state;
	struct summary s;

	HAND_ROWS(h, SALE(today() - 32, 1, 1),		/* 31 January */
		  SALE(today() - 31, 1, 20),		/* 1 February */
		  SALE(today() - 4, 2, 300),		/* 28 February */
		  SALE(today() - 3, 1, 4000),		/* Sunday, 1 March */
		  SALE(today() - 2, 0, 50000),		/* Monday */
		  SALE_AT(today(), 610, 3, 600000), SALE_AT(today(), 555, 2, 7000000),
		  SALE_AT(today(), 600, 2, 0), SALE(today() + 1, 1, 99));
	assert_int_equal(summary_read(h->store, today(), &s), ST_OK);
	assert_period(&s.today, 0, 3, 7600000);
	assert_period(&s.week, 2, 4, 7650000);
	assert_period(&s.month, 3, 5, 7654000);
	assert_period(&s.last_month, 31, 2, 320);
	assert_int_equal(s.last_month.to, today() - 4);
	assert_period(&s.ever, 32, 8, 7654321);
	assert_int_equal(s.today.takings.known_sales, 3);
	assert_int_equal(s.today.visitors.customers, 2);
	assert_int_equal(s.today.visitors.new, 1);
	assert_int_equal(s.today.visitors.returning, 1);
	assert_int_equal(s.month.visitors.customers, 3);
	assert_int_equal(s.month.visitors.returning, 2);
	assert_int_equal(s.ever.visitors.customers, 3);
	assert_int_equal(s.last_sale_day, today() + 1);
	assert_int_equal(s.last_sale_minute, 0);
	summary_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_new_shop_is_empty),
		HAND_TEST(people_are_counted_once_and_not_when_erased),
		HAND_TEST(periods_begin_and_end_as_the_calendar_does),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
