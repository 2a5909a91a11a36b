/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Rewards at the counter, and points that pay. */

static void a_reward_is_given_with_a_bill_and_without(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "50");
	press(t, "enter");
	rings_up(t, "2345", "50");
	press(t, "ctrl-r");
	see(t, "First find the customer whose reward it is.");
	type(t, "2345");
	press(t, "ctrl-r");
	see(t, "No reward is ready, and no points can be used.");
	press(t, "esc");
	press(t, "esc");
	rings_up(t, "2345", "50");
	see(t, "Your Free tea is ready!");
	type(t, "2345");
	press(t, "F5");
	see(t, "What is redeemed?");
	press(t, "1");
	see(t, "Free tea: Enter gives it, or type the amount of the bill");
	press(t, "esc");
	gone(t, "Enter gives it");
	press(t, "ctrl-r");
	press(t, "enter");
	press(t, "enter");
	see(t, "Free tea for Asha Patel.");
	see(t, "Here is your Free tea!");
	assert_prints(p, "regulars verify", "");
}

static void what_is_ready_is_given_without_finding_them_again(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	for (int i = 0; i < 2; i++)
		place_run(p, "regulars sale add --amount 50 --customer 9824012345 --quiet", NULL);
	t = at_counter(p);
	rings_up(t, "2345", "50");
	see(t, "Your Free tea is ready!");
	see(t, "^R Redeem F5");
	press(t, "F5");
	see_at(t, 2, "Asha Patel");
	see(t, "Free tea: Enter gives it");
	press(t, "enter");
	see(t, "Free tea for Asha Patel.");
	gone(t, "Redeem");
	press(t, "F5");
	see(t, "First find the customer whose reward it is.");
	assert_prints(p, "regulars verify", "");
}

static void points_that_may_not_pay_all_say_why(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars program add Points --earn 1 --per 10 --point-value 1 "
		  "--max-share 50% --quiet\n"
		  "regulars sale add --amount 2000 --customer 9824012345 --quiet", NULL);
	t = at_counter(p);
	type(t, "asha");
	press(t, "enter");
	type(t, "40");
	press(t, "ctrl-r");
	press(t, "1");
	see(t, "Points may pay at most 50 %");
	type(t, "900");
	press(t, "enter");
	see(t, "Only 200 points are there.");
	see(t, "20 points pay");
	see(t, "Points may pay at most 50 % of a bill.");
	see(t, "To pay: ₹20.00");
}

static void points_pay_as_much_as_they_can(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars program add Points --earn 1 --per 10 --point-value 0.50 --quiet\n"
		  "regulars sale add --amount 2000 --customer 9824012345 --quiet", NULL);
	t = at_counter(p);
	type(t, "asha");
	press(t, "enter");
	type(t, "40");
	press(t, "ctrl-r");
	see(t, "200 points, worth ₹100.00");
	press(t, "1");
	see(t, "How many points pay for this bill?");
	see(t, "> 80");		/* the bill needs no more */
	press(t, "enter");
	see(t, "80 points pay");
	see(t, "To pay: ₹0.00");
	press(t, "ctrl-r");
	press(t, "1");
	type(t, "30");		/* in place of what was proposed */
	press(t, "enter");
	see(t, "30 points pay");
	see(t, "To pay: ₹25.00");
	press(t, "enter");
	see(t, "₹40.00 less ₹15.00 is ₹25.00");
}

static void a_bill_that_is_too_small_for_points_says_so(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars program add Points --earn 1 --per 10 --point-value 1 "
		  "--min-redeem 50 --quiet\n"
		  "regulars sale add --amount 2000 --customer 9824012345 --quiet", NULL);
	t = at_counter(p);
	type(t, "asha");
	press(t, "enter");
	type(t, "40");
	press(t, "ctrl-r");
	press(t, "1");
	press(t, "enter");
	see(t, "takes 50 points or more as payment");
	type(t, "0");		/* ₹400 */
	see(t, "To pay: ₹200.00");
	gone(t, "takes 50 points or more");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(a_reward_is_given_with_a_bill_and_without),
		PLACE_TEST(what_is_ready_is_given_without_finding_them_again),
		PLACE_TEST(points_that_may_not_pay_all_say_why),
		PLACE_TEST(points_pay_as_much_as_they_can),
		PLACE_TEST(a_bill_that_is_too_small_for_points_says_so),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_redeem", tests, NULL, NULL);
}
