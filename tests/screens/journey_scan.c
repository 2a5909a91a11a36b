/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Scanners at the counter: cards, items, codes that nobody has, and never an
 * amount. */

static void a_card_opens_its_owner(void **state)
{
	struct term *t = tea_counter(state);

	scan(t, "TEA17001");
	see_at(t, 2, "Asha Patel");
	type(t, "20");
	press(t, "enter");
	see(t, "₹20.00, Asha Patel.");
	/* The next card comes while the first sale fills the screen. */
	scan(t, "TEA17001");
	see_at(t, 2, "Asha Patel");
	see(t, "Sale ₹");
}

static void a_card_is_found_from_any_screen(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	t = place_open(p);
	scan(t, "TEA17001");
	see(t, "Asha Patel");
}

static void items_are_rung_up(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	scan(t, "8901234567890");
	see_at(t, 2, "Walk-in");
	see(t, "1 x Bun maska");
	scan(t, "8901234567890");
	see(t, "2 x Bun maska");
	see(t, "Sum: ₹80.00");
	/* The customer comes after the items. */
	scan(t, "TEA17001");
	see_at(t, 2, "Asha Patel");
	see(t, "2 x Bun maska");
	press(t, "enter");
	see(t, "₹80.00, Asha Patel.");
	assert_int_equal(count_sales(p), 1);
	assert_prints(p, LAST_SALE, "Bun maska");
}

static void an_item_is_theirs_whose_sale_it_is(void **state)
{
	struct term *t = tea_counter(state);

	scan(t, "TEA17001");
	scan(t, "8901234567890");
	see_at(t, 2, "Asha Patel");
	see(t, "1 x Bun maska");
}

static void a_code_goes_into_no_amount(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	scan(t, "TEA17001");
	type(t, "12.50");
	scan(t, "4006381333931");
	see(t, "4006381333931 is neither an item nor somebody's card");
	see(t, "Sale ₹ 12.50");
	scan(t, "XYZ-12345678");
	see(t, "XYZ-12345678 is neither an item");
	see(t, "Sale ₹ 12.50");
	scan(t, "8901234567890");
	see(t, "Sum: ₹52.50");
	see(t, "Sale ₹ 12.50");
	assert_int_equal(count_sales(p), 0);
	press(t, "enter");
	see(t, "₹52.50, Asha Patel.");
}

static void a_code_takes_no_items_by_its_digits(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars item add 'Cake of the day' --digit 4 --quiet", NULL);
	t = at_counter(p);
	scan(t, "TEA17001");
	press(t, "tab");
	type(t, "1");
	scan(t, "4006381333931");
	see(t, "4006381333931 is neither an item");
	see(t, "Sum: ₹20.00");
	see(t, "1 x Masala chai");
	gone(t, "1 x Khari");
	gone(t, "cost today");
	scan(t, "8901234567890");
	see(t, "Sum: ₹60.00");
}

/* The same, one key at a time as slow scanners type. */
static void a_slow_scanner_is_one_too(void **state)
{
	static const char code[] = "8901234567890\r";
	struct term *t = tea_counter(state);

	scan(t, "TEA17001");
	press(t, "tab");
	for (size_t i = 0; i + 1 < sizeof(code); i++)
		assert_true(term_send(t, &code[i], 1));
	see(t, "Sum: ₹40.00");
	see(t, "1 x Bun maska");
	gone(t, "Masala chai  ");
}

static void a_code_goes_into_no_price_and_no_refund(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars item add 'Cake of the day' --digit 4 --quiet", NULL);
	t = at_counter(p);
	rings_up(t, "2345", "120");
	press(t, "enter");
	press(t, "ctrl-t");
	press(t, "1");
	see(t, "how much goes back?");
	see(t, "> 120.00");
	scan(t, "8901234567890");
	see(t, "how much goes back?");
	gone(t, "8901");
	press(t, "esc");
	assert_prints_not(p, "regulars sale list --json", "refund\"");
	press(t, "ctrl-e");
	press(t, "tab");
	press(t, "4");
	see(t, "What does Cake of the day cost today?");
	scan(t, "8901234567890");
	see(t, "What does Cake of the day cost today?");
	gone(t, "8901");
}

static void a_new_card_becomes_somebodys(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	scan(t, "NEW-99001");
	see(t, "NEW-99001 is neither somebody's card nor an item.");
	see_at(t, 2, "name, phone or card");
	press(t, "F3");
	see(t, "The card NEW-99001 becomes theirs.");
	type(t, "Bhavna Shah 98240 12399");
	press(t, "enter");
	see_at(t, 2, "Bhavna Shah");
	press(t, "esc");
	press(t, "esc");
	scan(t, "NEW-99001");
	see_at(t, 2, "Bhavna Shah");
	assert_prints(p, "regulars customer show NEW-99001", "Bhavna Shah");
}

static void a_new_card_can_be_all_that_is_known(void **state)
{
	struct term *t = tea_counter(state);

	scan(t, "NEW-99001");
	press(t, "ctrl-n");
	press(t, "enter");
	see_at(t, 2, "NEW-99001");
	see(t, "Added.");
}

static void a_new_card_is_given_to_who_lost_theirs(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	scan(t, "NEW-99001");
	type(t, "2345");
	press(t, "enter");
	see(t, "Give the card NEW-99001 to Asha Patel?");
	press(t, "2");
	see(t, "The card NEW-99001 is theirs now.");
	type(t, "20");
	press(t, "enter");
	press(t, "enter");
	scan(t, "NEW-99001");
	see_at(t, 2, "Asha Patel");
	assert_prints(p, "regulars customer show TEA17001", "NEW-99001");
	/* Scanned in front of somebody whose sale has not begun. */
	scan(t, "NEW-99002");
	see(t, "Give the card NEW-99002 to Asha Patel?");
	press(t, "enter");	/* No */
	gone(t, "Give the card");
	see_at(t, 2, "Asha Patel");
}

static void a_card_is_forgotten_by_esc(void **state)
{
	struct term *t = tea_counter(state);

	scan(t, "NEW-99001");
	see(t, "NEW-99001");
	type(t, "suresh");
	press(t, "esc");
	see(t, "NEW-99001");	/* one layer at a time */
	press(t, "esc");
	gone(t, "NEW-99001");
	see_at(t, 0, "Counter");
}

static void another_card_does_not_take_a_sale_over(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars customer edit 9824055501 --card TEA17002 --quiet", NULL);
	t = at_counter(p);
	scan(t, "TEA17001");
	scan(t, "TEA17002");	/* nothing was rung up yet */
	see_at(t, 2, "પટેલ સુરેશ");
	type(t, "30");
	scan(t, "TEA17001");
	see(t, "This card is somebody else's.");
	see_at(t, 2, "પટેલ સુરેશ");
	see(t, "Sale ₹ 30");
}

/* Over a slow line, typing arrives in one piece. */
static void fast_typing_is_not_taken_for_a_card(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	scan(t, "suresh");
	see_at(t, 2, "પટેલ સુરેશ");
	scan(t, "120.50");
	see(t, "₹120.50");
	press(t, "enter");
	scan(t, "9824012345");
	see_at(t, 2, "Asha Patel");
	press(t, "esc");
	press(t, "esc");
	scan(t, "kanubhai");
	see(t, "New customer");
	gone(t, "is neither somebody's card");
	assert_int_equal(count_sales(p), 1);
}

/* With a line feed behind its Enter. */
static void a_scanner_that_adds_a_line_feed_presses_enter_once(void **state)
{
	struct term *t = tea_counter(state);

	term_scan_ended(t, "TEA17001", "\r\n");
	see_at(t, 2, "Asha Patel");
	gone(t, "Type the amount of the sale first.");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(a_card_opens_its_owner),
		PLACE_TEST(a_card_is_found_from_any_screen),
		PLACE_TEST(items_are_rung_up),
		PLACE_TEST(an_item_is_theirs_whose_sale_it_is),
		PLACE_TEST(a_code_goes_into_no_amount),
		PLACE_TEST(a_code_takes_no_items_by_its_digits),
		PLACE_TEST(a_slow_scanner_is_one_too),
		PLACE_TEST(a_code_goes_into_no_price_and_no_refund),
		PLACE_TEST(a_new_card_becomes_somebodys),
		PLACE_TEST(a_new_card_can_be_all_that_is_known),
		PLACE_TEST(a_new_card_is_given_to_who_lost_theirs),
		PLACE_TEST(a_card_is_forgotten_by_esc),
		PLACE_TEST(another_card_does_not_take_a_sale_over),
		PLACE_TEST(fast_typing_is_not_taken_for_a_card),
		PLACE_TEST(a_scanner_that_adds_a_line_feed_presses_enter_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_scan", tests, NULL, NULL);
}
