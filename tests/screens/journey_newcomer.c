/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Somebody new at the counter, in one line. */

static void somebody_new_in_one_line(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	type(t, "Bhavna");
	press(t, "ctrl-n");
	see(t, "New customer");
	see(t, "> Bhavna");
	type(t, " ૯૮૨૪૦ ૧૨૩૯૯ b@example.in");
	press(t, "enter");
	see_at(t, 2, "Bhavna");
	see_at(t, 2, "+91 98240 12399");
	see(t, "Added. Type the amount of the sale, or Esc.");
	type(t, "30");
	press(t, "enter");
	see(t, "Their first sale!");
	assert_prints(p, "regulars customer show Bhavna", "b@example.in");
}

static void enter_on_nobody_adds_somebody(void **state)
{
	struct term *t = tea_counter(state);

	type(t, "zzyzx");
	see(t, "Nobody has this name, phone or card.");
	press(t, "enter");
	see(t, "> zzyzx");
	press(t, "esc");
	see_at(t, 2, "Find: zzyzx");
}

static void a_phone_that_cannot_be_verified_is_no_wall(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	press(t, "F3");
	type(t, "Kiran 123456");
	press(t, "enter");
	see(t, "123456 could not be verified");
	see(t, "cannot be texted");
	see_at(t, 2, "Kiran");
	assert_prints(p, "regulars customer show Kiran", "123456");
}

static void somebody_like_that_is_asked_about(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	press(t, "ctrl-n");
	type(t, "Asha P 98240 12345");
	press(t, "enter");
	see(t, "Add somebody like that again?");
	see(t, "Asha Patel");
	press(t, "enter");	/* No */
	gone(t, "Add somebody like that again?");
	see_at(t, 2, "Asha P 98240 12345");	/* not lost */
	press(t, "ctrl-n");
	press(t, "enter");
	press(t, "2");
	see_at(t, 2, "Asha P");
	assert_prints(p, "regulars customer list", "Asha P ");
}

static void a_line_that_cannot_be_read_is_asked_again(void **state)
{
	struct term *t = tea_counter(state);

	press(t, "ctrl-n");
	type(t, "Kiran kiran@@");
	press(t, "enter");
	see(t, "Press any key");
	press(t, "enter");
	see(t, "> Kiran kiran@@");
}

static void nobody_similar_is_taken_for_somebody_new(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);
	int fresh, similar, col;

	type(t, "sana");
	see(t, "> + new customer \"sana\"");
	see(t, "Enter New");
	term_find(t, "+ new customer", &fresh, &col);
	assert_true(term_find(t, "similar names:", &similar, &col) && fresh < similar);
	assert_true(term_find(t, "Patil Sunita", &fresh, &col) && fresh > similar);
	press(t, "down");
	see(t, "> Patil Sunita");
	see(t, "Enter Sale");
	press(t, "up");
	press(t, "enter");
	see(t, "New customer");
	see(t, "> sana");
	press(t, "enter");
	see_at(t, 2, "sana");
	assert_prints(p, "regulars customer list", "sana");
}

static void digits_too_few_for_a_phone_are_asked_about(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	press(t, "F3");
	type(t, "Zubin 12");
	press(t, "enter");
	see(t, "Is 12 a part of the name?");
	press(t, "enter");	/* No */
	see_at(t, 2, "Zubin 12");
	assert_prints_not(p, "regulars customer list", "Zubin");
	press(t, "F3");
	press(t, "enter");
	press(t, "2");
	see_at(t, 2, "Zubin 12");
	see(t, "Added.");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(somebody_new_in_one_line),
		PLACE_TEST(enter_on_nobody_adds_somebody),
		PLACE_TEST(nobody_similar_is_taken_for_somebody_new),
		PLACE_TEST(digits_too_few_for_a_phone_are_asked_about),
		PLACE_TEST(a_phone_that_cannot_be_verified_is_no_wall),
		PLACE_TEST(somebody_like_that_is_asked_about),
		PLACE_TEST(a_line_that_cannot_be_read_is_asked_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_newcomer", tests, NULL, NULL);
}
