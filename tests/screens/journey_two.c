/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Two tills at work in one shop. */

static void each_sees_what_the_other_sells(void **state)
{
	struct place *p = *state;
	struct term *one = tea_counter(state), *other = at_counter(p);

	rings_up(one, "2345", "120");
	see(one, "Their first sale!");
	see(other, "₹120.00");
	see(other, "+1 stamp");
	rings_up(other, "suresh", "30");
	press(one, "enter");
	see(one, "₹30.00");
	see(one, "પટેલ સુરેશ");
	assert_int_equal(count_sales(p), 2);
	assert_prints(p, "regulars verify", "");
}

/* What stands on the screen of a customer changes under the hand of who types. */
static void a_standing_changes_while_somebody_types(void **state)
{
	struct place *p = *state;
	struct term *one = tea_counter(state), *other = at_counter(p);

	type(one, "2345");
	press(one, "enter");
	see(one, "Tea card: 0 of 3 stamps");
	type(one, "4");
	rings_up(other, "2345", "120");
	see(one, "Tea card: 1 of 3 stamps");
	see(one, "Sale ₹ 4");
	type(one, "5");
	press(one, "enter");
	see(one, "₹45.00, Asha Patel.");
	see(one, "(2 of 3)");
}

static void a_choice_stays_while_the_list_changes(void **state)
{
	struct place *p = *state;
	struct term *one = tea_counter(state), *other = at_counter(p);

	type(one, "patel");
	press(one, "down");
	press(one, "down");
	see(one, "> पटेल नीलेश");
	rings_up(other, "nilesh", "30");	/* moves up: their visit is the newest */
	see(one, "today");
	see(one, "> पटेल नीलेश");
	press(one, "enter");
	see_at(one, 2, "पटेल नीलेश");
}

/* One reward, asked for at both. */
static void a_reward_is_given_once(void **state)
{
	struct place *p = *state;
	struct term *one, *other;

	place_tea_house(p);
	for (int i = 0; i < 3; i++)
		place_run(p, "regulars sale add --amount 50 --customer 9824012345 --quiet", NULL);
	one = at_counter(p);
	other = at_counter(p);
	type(one, "2345");
	press(one, "ctrl-r");
	press(one, "1");
	see(one, "Enter gives it");
	type(other, "2345");
	press(other, "ctrl-r");
	press(other, "1");
	press(other, "enter");
	see(other, "Free tea for Asha Patel.");
	press(one, "enter");
	see(one, "is not ready for this customer");
	press(one, "enter");
	press(one, "esc");
	gone(one, "Enter gives it");
	assert_prints(p, "regulars verify", "");
}

static void both_sell_to_one_person(void **state)
{
	struct place *p = *state;
	struct term *one = tea_counter(state), *other = at_counter(p);

	for (int i = 0; i < 5; i++) {
		rings_up(one, "2345", "20");
		rings_up(other, "2345", "30");
		press(one, "enter");
		press(other, "enter");
	}
	assert_int_equal(count_sales(p), 10);
	assert_prints(p, "regulars customer show TEA17001", "1 of 3 stamps");
	assert_prints(p, "regulars verify", "");
}

/* Found at one till, undone at the other. */
static void what_was_undone_is_shown_as_undone(void **state)
{
	struct place *p = *state;
	struct term *one = tea_counter(state), *other = at_counter(p);

	rings_up(one, "2345", "120");
	press(one, "enter");
	see(other, "₹120.00");
	press(one, "ctrl-z");
	press(one, "2");
	see(one, "is undone");
	see(other, "undone");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(each_sees_what_the_other_sells),
		PLACE_TEST(a_standing_changes_while_somebody_types),
		PLACE_TEST(a_choice_stays_while_the_list_changes),
		PLACE_TEST(a_reward_is_given_once),
		PLACE_TEST(both_sell_to_one_person),
		PLACE_TEST(what_was_undone_is_shown_as_undone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_two", tests, NULL, NULL);
}
