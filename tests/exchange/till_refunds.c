/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/till.h"

/* Refunds in a till's own ways: whose sale they are of, and what is given back. */

/* -- refunds with a receipt of their own -- */

static void a_refund_goes_to_the_latest_sale_that_it_fits(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("match"));
	r = import_twice(&t, "When,No,Kind,Ref,Money,Who,What\n"
			 "2026-02-18,1,Sale,,50.00,Meena Desai,Tea\n"
			 "2026-02-19,2,Sale,,20.00,Meena Desai,Khari\n"
			 "2026-02-20,3,Sale,,90.00,Ravi Shah,Tea\n"
			 "2026-02-21,4,Refund,,50.00,Meena Desai,\n"	/* 1: 2 is less */
			 "2026-02-22,5,Refund,,-15.00,Meena Desai,\n"	/* 2 */
			 "2026-02-23,6,Refund,,15.00,Meena Desai,\n"	/* nothing is left */
			 "2026-02-24,7,Refund,,10.00,Ravi Shah,Khari\n"	/* he never bought one */
			 "2026-02-25,8,Refund,,10.00,Ravi Shah,Tea\n"	/* 3 */
			 "2026-02-17,9,Refund,,1.00,Meena Desai,\n"	/* before all sales */
			 "2026-02-26,10,Refund,,1.00,,\n");		/* nobody's */
	assert_int_equal(r.sales, 3);
	assert_int_equal(r.refunds, 7);
	assert_int_equal(r.unknown_refunds, 4);
	assert_int_equal(r.revenue, 16000 - 5000 - 1500 - 1500 - 1000 - 1000 - 100 - 100);
	assert_refund_of(t.f, 1, "");		/* 9 */
	assert_refund_of(t.f, 2, "1");
	assert_refund_of(t.f, 3, "2");
	assert_refund_of(t.f, 4, "");
	assert_refund_of(t.f, 5, "");
	assert_refund_of(t.f, 6, "3");
	assert_refund_of(t.f, 7, "");
	assert_entry(t.f, ENTRY_REFUND, 2, "4", -5000);
	/* Their own money, also where no sale fits. */
	assert_int_equal(figures_of(t.f, person(t.f, "Meena Desai").id).spend,
			 7000 - 5000 - 1500 - 1500 - 100);
	assert_int_equal(figures_of(t.f, person(t.f, "Ravi Shah").id).spend, 9000 - 1000 - 1000);
	end(&t);
}

/* A number of the refund alone stands for its receipt; whoever is new comes in with it. */
static void a_refund_by_its_number_alone_is_one(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("match"));
	r = import_twice(&t, "When,No,Kind,Ref,Money,Who\n"
			 "2026-02-20 10:00,,Refund,F1,-10.00,Meena Desai\n"
			 "2026-02-20 10:00,,Refund,F1,-5.00,Meena Desai\n"
			 "2026-02-20 10:00,,Refund,F2,-1.00,Meena Desai\n");
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.revenue, -1600);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(figures_of(t.f, person(t.f, "Meena Desai").id).spend, -1600);
	end(&t);
}

/* Undone, both can be imported again: their natural keys are free. */
static void such_refunds_can_be_undone(void **state)
{
	struct told t;
	struct import_result r;
	struct trade_run run;
	static const char text[] =
		"When,No,Kind,Ref,Money\n2026-02-18,1,Sale,,50.00\n"
		"2026-02-21,4,Refund,,50.00\n2026-02-22,5,Refund,,3.00\n";

	start(&t, state, TILL AMOUNT REFUNDS("match"));
	r = import(&t, text);
	assert_int_equal(r.unknown_refunds, 1);
	for (int i = 0; i < 2; i++)
		MUST(undo_last(&t.f->shop, &t.f->by, 0, &run));
	assert_verified(t.f);
	r = import_twice(&t, text);
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.duplicates, 1);
	assert_int_equal(r.revenue, -5300);
	end(&t);
}

static void points_go_back_with_a_matched_refund(void **state)
{
	struct told t;
	struct customer meena;
	struct program p = { .earn = 1, .spend = 100 };

	start(&t, state, TILL AMOUNT REFUNDS("match"));
	add_points(t.f, &p);
	import_twice(&t, "When,No,Kind,Ref,Money,Who\n2026-02-18,1,Sale,,50.00,Meena Desai\n");
	meena = person(t.f, "Meena Desai");
	assert_int_equal(points_of(t.f, meena.id, p.id), 50);
	import_twice(&t, "When,No,Kind,Ref,Money,Who\n"
		     "2026-02-19,2,Refund,,20.00,Meena Desai\n"
		     "2026-02-20,3,Refund,,99.00,Meena Desai\n");
	assert_int_equal(points_of(t.f, meena.id, p.id), 30);
	end(&t);
}

/* -- refunds that name their sale -- */

static void a_refund_of_a_sale_before_the_file_counts(void **state)
{
	struct told t;
	struct import_result r;
	static const char refunds[] =
		"When,No,Kind,Ref,Money\n2026-02-21,1,Refund,F1,-5.00\n"
		"2026-02-21,1,Refund,F2,-5.00\n2026-02-22,1,Refund,,-2.00\n";

	start(&t, state, TILL AMOUNT REFUNDS("receipt"));
	r = import_twice(&t, refunds);
	assert_int_equal(r.refunds, 3);
	assert_int_equal(r.unknown_refunds, 3);
	assert_int_equal(r.revenue, -1200);
	/* The file with the sale comes later: nothing is booked twice. */
	r = import_twice(&t, "When,No,Kind,Ref,Money\n2026-02-18,1,Sale,,50.00\n");
	assert_int_equal(r.sales, 1);
	r = import_twice(&t, refunds);
	assert_int_equal(r.duplicates, 3);
	end(&t);
}

/* Each has its own number, whatever of their sale is known. */
static void refunds_of_one_unknown_sale_are_each_booked(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("either"));
	r = import_twice(&t, "When,No,Kind,Ref,Money\n2026-02-21,TA,Refund,P2,-5.00\n"
			 "2026-02-20,TA,Refund,P1,-3.00\n");
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.unknown_refunds, 2);
	assert_int_equal(r.duplicates, 0);
	assert_int_equal(r.revenue, -800);
	r = import_twice(&t, "When,No,Kind,Ref,Money\n2026-02-22,TA,Refund,P3,-5.00\n"
			 "2026-02-23,TA,Refund,,-5.00\n2026-02-24,TA,Refund,,-5.00\n");
	assert_int_equal(r.refunds, 3);
	assert_int_equal(r.revenue, -1500);
	end(&t);
}

static void a_refund_gives_back_what_is_left(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("either"));
	r = import_twice(&t, "When,No,Kind,Ref,Money\n2026-02-18,1,Sale,,10.00\n"
			 "2026-02-19,1,Refund,P1,-4.00\n2026-02-20,1,Refund,P2,-7.00\n"
			 "2026-02-21,1,Refund,P3,-1.00\n2026-02-22,2,Sale,,10.00\n"
			 "2026-02-23,2,Refund,,-11.00\n2026-02-24,2,Refund,,-11.00\n");
	assert_int_equal(r.refunds, 3);
	assert_int_equal(r.revenue, 0);
	assert_int_equal(r.rejected, 0);
	assert_int_equal(r.duplicates, 2);
	assert_entry(t.f, ENTRY_REFUND, 2, "1", -600);
	assert_entry(t.f, ENTRY_REFUND, 3, "2", -1000);
	assert_int_equal(r.reason_count, 4);
	assert_int_equal(r.reasons[0].line, 4);
	assert_string_equal(r.reasons[0].text, "the refund of 7.00 was more than the 6.00 of "
			    "the sale that is left: tax or tip");
	end(&t);
}

static void lines_of_a_refund_are_one(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("match"));
	r = import_twice(&t, "When,No,Kind,Money,What\n2026-02-20 10:00,2,Refund,-10.00,Tea\n"
			 "2026-02-20 10:00,2,Refund,-5.00,Khari\n"
			 "2026-02-18 10:00,1,Sale,10.00,Tea\n2026-02-18 10:00,1,Sale,5.00,Khari\n");
	assert_int_equal(r.accepted, 4);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.revenue, 0);
	assert_refund_of(t.f, 1, "1");
	end(&t);
}

static void either_takes_the_receipt_first(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("either"));
	r = import_twice(&t, "When,No,Kind,Ref,Money\n2026-02-18,1,Sale,,50.00\n"
			 "2026-02-19,2,Sale,,60.00\n2026-02-20,1,Refund,P9,-10.00\n"
			 "2026-02-20,9,Refund,P8,-10.00\n");
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.unknown_refunds, 0);
	assert_refund_of(t.f, 1, "1");
	assert_refund_of(t.f, 2, "2");
	end(&t);
}

/* -- given back so far -- */

#define SO_FAR TILL AMOUNT "column refunded { names = {\"Back\"} plus = {\"Other\"} }\n"

static void only_what_is_new_of_so_far_is_booked(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, SO_FAR);
	r = import_twice(&t, "When,No,Money,Back,Other\n2026-02-18,1,50.00,,\n"
			 "2026-02-18,2,30.00,5.00,(1.00)\n");
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.revenue, 7600);
	r = import(&t, "When,No,Money,Back,Other\n2026-02-18,1,50.00,8.00,0.00\n"
		   "2026-02-18,2,30.00,12.00,\n2026-02-19,3,10.00,99.00,\n");
	assert_int_equal(r.accepted, 3);
	assert_int_equal(r.refunds, 3);
	assert_int_equal(r.revenue, 1000 - 800 - 800 - 1000);
	assert_entry(t.f, ENTRY_REFUND, 1, "2", -400);
	assert_entry(t.f, ENTRY_REFUND, 3, "2", -800);
	assert_verified(t.f);
	end(&t);
}

/* What was given back at the counter is a part of it. */
static void so_far_knows_of_the_counter(void **state)
{
	struct told t;
	struct import_result r;
	struct entry *sale;

	start(&t, state, SO_FAR);
	import(&t, "When,No,Money,Back\n2026-02-18,1,50.00,\n");
	sale = nth(t.f, ENTRY_SALE, 1);
	MUST(give_back(t.f, sale->seq, 700));
	r = import_twice(&t, "When,No,Money,Back\n2026-02-18,1,50.00,10.00\n");
	assert_int_equal(r.revenue, -300);
	free(sale);
	end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_refund_goes_to_the_latest_sale_that_it_fits),
		TEST(a_refund_by_its_number_alone_is_one),
		TEST(such_refunds_can_be_undone),
		TEST(points_go_back_with_a_matched_refund),
		TEST(a_refund_of_a_sale_before_the_file_counts),
		TEST(refunds_of_one_unknown_sale_are_each_booked),
		TEST(a_refund_gives_back_what_is_left),
		TEST(lines_of_a_refund_are_one),
		TEST(either_takes_the_receipt_first),
		TEST(only_what_is_new_of_so_far_is_booked),
		TEST(so_far_knows_of_the_counter),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
