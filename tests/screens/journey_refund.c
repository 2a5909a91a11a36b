/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Money that goes back, and entries that are taken back. */

static void all_of_a_sale_goes_back_once(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "ctrl-t");
	see(t, "Which sale is given back?");
	see(t, "₹120.00  Asha Patel");
	press(t, "1");
	see(t, "Refund of ₹120.00, Asha Patel: how much goes back?");
	see(t, "> 120.00");
	press(t, "enter");
	see(t, "Refunded ₹120.00");
	see(t, "-₹120.00");
	press(t, "F11");
	press(t, "1");
	see(t, "All of that sale was given back already.");
	assert_prints(p, "regulars sale list", "-120.00");
	assert_prints(p, "regulars verify", "");
}

static void a_part_goes_back_and_then_the_rest(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "ctrl-t");
	press(t, "1");
	type(t, "20");		/* in place of all of it */
	press(t, "enter");
	see(t, "Refunded ₹20.00");
	press(t, "ctrl-t");
	press(t, "1");
	see(t, "> 100.00");
	press(t, "backspace");	/* it may also be changed */
	press(t, "enter");
	see(t, "Refunded ₹100.00");
	press(t, "ctrl-t");
	press(t, "1");
	see(t, "given back already");
	assert_prints(p, "regulars verify", "");
}

static void more_than_was_paid_is_refused_and_asked_again(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "ctrl-t");
	press(t, "1");
	type(t, "500");
	press(t, "enter");
	see(t, "Press any key");
	press(t, "enter");
	see(t, "> 500");
	press(t, "ctrl-u");
	type(t, "0");
	press(t, "enter");
	see(t, "a refund is more than nothing");
	press(t, "enter");
	press(t, "esc");
	assert_prints_not(p, "regulars sale list --json", "refund\"");
}

/* Of whoever is on the screen; of all, else. */
static void the_sales_are_theirs_whose_sale_it_is(void **state)
{
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	rings_up(t, "suresh", "30");
	press(t, "enter");
	press(t, "ctrl-t");
	see(t, "2 10:42  ₹120.00");
	type(t, "120");
	gone(t, "₹30.00  પટેલ");
	press(t, "esc");
	press(t, "esc");
	gone(t, "Which sale");
	type(t, "2345");
	press(t, "enter");
	press(t, "ctrl-t");
	see(t, "1 10:42  ₹120.00");
	gone(t, "2 10:42");
	press(t, "esc");
	press(t, "esc");
	press(t, "esc");
	type(t, "nilesh");
	press(t, "enter");
	press(t, "ctrl-t");
	see(t, "There is no sale to give back.");
}

/* The line is long at the till next to it. */
static void a_sale_that_is_begun_waits(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	type(t, "2345");
	press(t, "enter");
	type(t, "40");
	press(t, "ctrl-t");
	press(t, "1");
	press(t, "enter");
	see(t, "Refunded ₹120.00");
	see(t, "Sale ₹ 40");
	see(t, "Tea card: 0 of 3 stamps");
	press(t, "enter");
	see(t, "₹40.00, Asha Patel.");
	assert_int_equal(count_sales(p), 2);
}

static void the_last_entry_is_taken_back(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "ctrl-z");
	see(t, "Take your last entry of today back?");
	see(t, "10:42  Sale  ₹120.00  Asha Patel");
	press(t, "enter");	/* No */
	gone(t, "Take your last entry");
	assert_prints(p, "regulars sale list --json", "\"undone\": false");
	press(t, "ctrl-z");
	press(t, "2");
	see(t, "is undone");
	assert_prints(p, "regulars sale list --json", "\"undone\": true");
	type(t, "2345");
	press(t, "enter");
	see(t, "Tea card: 0 of 3 stamps");
	assert_prints(p, "regulars verify", "");
}

static void only_ones_own_entry_is_taken_back(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "\"$REGULARS\" --as ramesh sale add --amount 99 --customer 9824012345 --quiet",
		  NULL);
	p->args[3] = "kiran";
	t = at_counter(p);
	see(t, "₹99.00");
	press(t, "ctrl-z");
	see(t, "you have made no entry today that could be undone");
}

/* Undone from another screen, too. */
static void undo_works_from_home(void **state)
{
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "esc");
	see_at(t, 0, "Home");
	press(t, "ctrl-z");
	see(t, "Take your last entry of today back?");
	press(t, "2");
	see(t, "is undone");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(all_of_a_sale_goes_back_once),
		PLACE_TEST(a_part_goes_back_and_then_the_rest),
		PLACE_TEST(more_than_was_paid_is_refused_and_asked_again),
		PLACE_TEST(the_sales_are_theirs_whose_sale_it_is),
		PLACE_TEST(a_sale_that_is_begun_waits),
		PLACE_TEST(the_last_entry_is_taken_back),
		PLACE_TEST(only_ones_own_entry_is_taken_back),
		PLACE_TEST(undo_works_from_home),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_refund", tests, NULL, NULL);
}
