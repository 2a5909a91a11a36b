/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/till.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* The sale that is being made, without a screen or a shop. */

static const struct format rupees = { .symbol = "₹", .decimals = 2, .zero = '0',
				      .grouping = GROUPING_INDIAN };
static struct till t;

static int start(void **state)
{
	(void)state;
	digest_start();
	till_start(&t, 17, 1700000000000);
	return 0;
}

static void type(const char *text)
{
	edit_act(&t.amount, &(struct event){ ACT_TEXT, text });
}

static enum status add(int64_t item, const char *name, int64_t price)
{
	struct draft_line line = { .item = item, .price = price };

	snprintf(line.name, sizeof(line.name), "%s", name);
	return till_add(&t, &line);
}

static int64_t bill(void)
{
	int64_t sum;

	assert_int_equal(till_bill(&t, &rupees, &sum), ST_OK);
	return sum;
}

static void begins_with_nothing(void **state)
{
	static const uint8_t none[OP_SIZE];
	struct till other;

	(void)state;
	assert_false(till_is_begun(&t));
	assert_int_equal(bill(), 0);
	assert_int_equal(t.draft.customer, 17);
	assert_memory_not_equal(t.draft.op, none, OP_SIZE);
	till_start(&other, 17, 1700000000000);
	assert_memory_not_equal(t.draft.op, other.draft.op, OP_SIZE);
}

static void an_amount_is_read_as_people_type_it(void **state)
{
	int64_t sum;

	(void)state;
	type("1,250.50");
	assert_true(till_is_begun(&t));
	assert_int_equal(bill(), 125050);
	edit_set(&t.amount, "૧૨૦");
	assert_int_equal(bill(), 12000);
	edit_set(&t.amount, "12.505");
	assert_int_equal(till_bill(&t, &rupees, &sum), ST_INVALID);
	edit_set(&t.amount, "-5");
	assert_int_equal(till_bill(&t, &rupees, &sum), ST_INVALID);
	edit_set(&t.amount, "");
	type("abc");
	assert_string_equal(t.amount.text, "");
}

static void items_are_counted(void **state)
{
	(void)state;
	assert_int_equal(add(1, "Masala chai", 2000), ST_OK);
	assert_int_equal(add(2, "Khari", 1500), ST_OK);
	assert_int_equal(add(1, "Masala chai", 2000), ST_OK);
	assert_int_equal(add(1, "Masala chai", 1800), ST_OK);	/* another price: another line */
	assert_int_equal(t.draft.line_count, 3);
	assert_int_equal(till_count(&t, 1), 3);
	assert_int_equal(bill(), 2 * 2000 + 1500 + 1800);
	type("10");
	assert_int_equal(bill(), 2 * 2000 + 1500 + 1800 + 1000);
	till_take_item(&t, 1);
	assert_int_equal(till_count(&t, 1), 2);
	till_take_item(&t, 1);
	till_take_item(&t, 9);
	assert_int_equal(t.draft.line_count, 2);
	assert_string_equal(t.draft.lines[1].name, "Khari");
	till_take_last(&t);
	till_take_last(&t);
	assert_int_equal(t.draft.line_count, 0);
	till_take_last(&t);
	assert_int_equal(bill(), 1000);
}

static void there_is_an_end_to_lines_and_sums(void **state)
{
	int64_t sum;
	char name[32];

	(void)state;
	for (int i = 0; i < DRAFT_LINES; i++) {
		snprintf(name, sizeof(name), "Item %d", i);
		assert_int_equal(add(i + 1, name, 100), ST_OK);
	}
	assert_int_equal(add(1, "Item 0", 100), ST_OK);
	assert_int_equal(add(99, "One more", 100), ST_FULL);
	t.draft.lines[0].price = MONEY_MOST;
	t.draft.lines[0].quantity = 1000000;
	assert_true(till_line_amount(&t.draft.lines[0]) > MONEY_MOST);
	assert_int_equal(till_bill(&t, &rupees, &sum), ST_FULL);
}

static void the_book_is_asked_for_an_amount(void **state)
{
	struct till_room room;
	struct sale sale;

	(void)state;
	type("120");
	t.draft.tender = TENDER_CARD;
	assert_int_equal(till_sale(&t, &rupees, &room, &sale), ST_OK);
	assert_int_equal(sale.customer, 17);
	assert_int_equal(sale.amount, 12000);
	assert_int_equal(sale.line_count, 0);
	assert_int_equal(sale.tender_count, 1);
	assert_int_equal(sale.tenders[0].kind, TENDER_CARD);
	assert_int_equal(sale.tenders[0].amount, 0);	/* all that is left to pay */
	assert_string_equal(sale.receipt, "");
}

static void the_book_is_asked_for_items_and_an_amount_beside_them(void **state)
{
	struct till_room room;
	struct sale sale;

	(void)state;
	assert_int_equal(add(1, "Masala chai", 2000), ST_OK);
	assert_int_equal(add(1, "Masala chai", 2000), ST_OK);
	assert_int_equal(add(0, "Hem of a curtain", 5000), ST_OK);
	type("7.50");
	t.draft.reward = 3;
	t.draft.points = 40;
	t.draft.points_program = 2;
	assert_int_equal(till_sale(&t, &rupees, &room, &sale), ST_OK);
	assert_int_equal(sale.amount, 0);
	assert_int_equal(sale.line_count, 3);
	assert_int_equal(sale.lines[0].quantity, 2000);
	assert_int_equal(sale.lines[0].amount, 4000);
	assert_int_equal(sale.lines[2].item, 0);
	assert_int_equal(sale.lines[2].amount, 750);
	assert_string_equal(sale.words, "2 Hem of a curtain\n");
	assert_int_equal(sale.reward, 3);
	assert_int_equal(sale.points, 40);
	assert_int_equal(sale.points_program, 2);
	assert_int_equal(sale.tender_count, 0);
}

static void what_cannot_be_read_is_not_asked_for(void **state)
{
	struct till_room room;
	struct sale sale;

	(void)state;
	type("1.2.3.4");
	assert_int_equal(till_sale(&t, &rupees, &room, &sale), ST_INVALID);
}

static void a_draft_is_all_of_it(void **state)
{
	struct draft draft;
	struct till again;

	(void)state;
	assert_int_equal(add(1, "Masala chai", 2000), ST_OK);
	type("12.5");
	t.draft.points = 40;
	till_draft(&t, &draft);
	assert_string_equal(draft.amount, "12.5");
	till_take_up(&again, &draft);
	assert_memory_equal(again.draft.op, t.draft.op, OP_SIZE);
	assert_string_equal(again.amount.text, "12.5");
	assert_int_equal(again.draft.line_count, 1);
	assert_int_equal(again.draft.points, 40);
	/* It is typed on as before. */
	assert_true(edit_act(&again.amount, &(struct event){ ACT_TEXT, "0" }));
	assert_false(edit_act(&again.amount, &(struct event){ ACT_TEXT, "x" }));
	assert_string_equal(again.amount.text, "12.50");
}

static void a_sale_can_become_anothers(void **state)
{
	(void)state;
	type("120");
	t.draft.reward = 3;
	t.draft.points = 40;
	till_give_to(&t, 17);
	assert_int_equal(t.draft.reward, 3);
	till_give_to(&t, 18);
	assert_int_equal(t.draft.customer, 18);
	assert_int_equal(t.draft.reward, 0);
	assert_int_equal(t.draft.points, 0);
	assert_int_equal(bill(), 12000);
}

static void a_reward_alone_is_begun_and_no_bill(void **state)
{
	(void)state;
	t.draft.reward = 3;
	assert_true(till_is_begun(&t));
	assert_false(till_has_bill(&t));
}

#define TEST(test) cmocka_unit_test_setup(test, start)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(begins_with_nothing),
		TEST(an_amount_is_read_as_people_type_it),
		TEST(items_are_counted),
		TEST(there_is_an_end_to_lines_and_sums),
		TEST(the_book_is_asked_for_an_amount),
		TEST(the_book_is_asked_for_items_and_an_amount_beside_them),
		TEST(what_cannot_be_read_is_not_asked_for),
		TEST(a_draft_is_all_of_it),
		TEST(a_sale_can_become_anothers),
		TEST(a_reward_alone_is_begun_and_no_bill),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/till", tests, NULL, NULL);
}
