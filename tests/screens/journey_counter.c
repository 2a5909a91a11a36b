/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* The counter: finding, selling, items. */

/* -- finding and selling -- */

static int presses;

static void by_hand(struct term *t, const char *keys)
{
	char one[2] = "";

	for (; *keys; keys++, presses++) {
		one[0] = *keys;
		press(t, *keys == '\r' ? "enter" : one);
	}
}

/* Four digits of a phone, or of a name, and the amount. */
static void a_sale_takes_under_ten_keys(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	by_hand(t, "2345\r");
	see_at(t, 2, "Asha Patel");
	by_hand(t, "120\r");
	see(t, "Saved @");
	see(t, "₹120.00, Asha Patel.");
	assert_true(presses < 10);
	press(t, "enter");
	presses = 0;
	by_hand(t, "asha\r");
	see_at(t, 2, "Asha Patel");
	by_hand(t, "45\r");
	see(t, "₹45.00, Asha Patel.");
	assert_true(presses < 10);
	assert_int_equal(count_sales(p), 2);
	assert_prints(p, "regulars verify", "");
}

static void everybody_is_found_in_any_script(void **state)
{
	static const char *const found[][2] = {
		{ "suresh", "પટેલ સુરેશ" }, { "સુરેશ", "પટેલ સુરેશ" }, { "nilesh", "पटेल नीलेश" },
		{ "नीलेश", "पटेल नीलेश" }, { "nare", "Նարե Սարգսյան" },
		{ "tea17001", "Asha Patel" },
		{ "77123", "पटेल नीलेश" }, { "+91 99090 77123", "पटेल नीलेश" },
	};
	struct term *t = tea_counter(state);

	for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++) {
		type(t, found[i][0]);
		press(t, "enter");
		see_at(t, 2, found[i][1]);
		looks_whole(t);
		press(t, "esc");
		see_at(t, 2, found[i][0]);
		press(t, "esc");
		see_at(t, 2, "name, phone or card");
	}
}

static void similar_names_stand_apart(void **state)
{
	struct term *t = tea_counter(state);
	int similar, row, col;

	type(t, "patel");
	see(t, "similar names:");
	term_find(t, "similar names:", &similar, &col);
	assert_true(term_find(t, "Asha Patel", &row, &col) && row < similar);
	assert_true(term_find(t, "Patel Suresh", &row, &col) && row < similar);
	assert_true(term_find(t, "Patil Sunita", &row, &col) && row > similar);
	see(t, "+ new customer \"patel\"");
	looks_whole(t);
	footer_whole(t);
	screen_is(t, "counter-found-80x24");
	/* The choice passes over the line. */
	press(t, "end");
	press(t, "up");
	press(t, "enter");
	see_at(t, 2, "Patil Sunita");
}

/* Who came last stands first, in whatever script their name is. */
static void a_script_is_no_merit(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars customer add 'આશા શાહ' --phone 9825010009 --force --quiet\n"
		  "regulars sale add --amount 20 --customer 9825010009 --quiet", NULL);
	t = at_counter(p);
	type(t, "asha");
	see(t, "> આશા શાહ");
	see(t, "  Asha Patel");
}

static void the_choice_goes_up_and_down(void **state)
{
	struct term *t = tea_counter(state);

	type(t, "patel");
	cursor_is(t, 2, 13);
	press(t, "down");
	see(t, "> પટેલ સુરેશ");
	cursor_is(t, 6, 1);
	press(t, "up");
	see(t, "> Asha Patel");
	press(t, "down");
	press(t, "enter");
	see_at(t, 2, "પટેલ સુરેશ");
	/* It was the next one: Esc goes back to the list. */
	press(t, "esc");
	press(t, "down");
	press(t, "enter");
	see_at(t, 2, "पटेल नीलेश");
}

static void the_first_sale_fills_the_screen(void **state)
{
	struct term *t = tea_counter(state);

	rings_up(t, "2345", "120");
	see(t, "Their first sale!");
	see(t, "Welcome! 3 stamps give you Free tea.");
	looks_whole(t);
	screen_is(t, "counter-welcome-80x24");
	/* The next customer is typed without another key before. */
	type(t, "suresh");
	see_at(t, 2, "suresh");
	press(t, "enter");
	see_at(t, 2, "પટેલ સુરેશ");
	press(t, "esc");
	press(t, "esc");
	rings_up(t, "2345", "30");
	gone(t, "Their first sale!");
	see(t, "1 more for Free tea.");
}

static void what_staff_need_is_seen_at_a_glance(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars customer edit 9825010004 --notes 'two sugars, no milk' --quiet",
		  NULL);
	for (int i = 0; i < 3; i++)
		place_run(p, "regulars sale add --amount 50 --customer 9825010004 --quiet", NULL);
	t = at_counter(p);
	type(t, "ramesh");
	see(t, "reward ready");
	press(t, "enter");
	see_at(t, 2, "Ramesh Shah");
	see_at(t, 2, "98250 10004");
	see(t, "Ready: Free tea");
	see(t, "Tea card: 0 of 3 stamps");
	see(t, "Birthday: Fri 27 Nov");
	see(t, "Last visit: today");
	see(t, "Note: two sugars, no milk");
	see(t, "Say: Your Free tea is ready!");
	looks_whole(t);
	footer_whole(t);
	screen_is(t, "counter-sale-80x24");
	term_resize(t, 16, 60);
	see(t, "Ramesh Shah");
	see(t, "Ready: Free tea");
	see(t, "Note: two sugars");
	see(t, "Say: Your Free tea is ready!");
	see(t, "Sale ₹");
	looks_whole(t);
	footer_whole(t);
	term_resize(t, 40, 120);
	see(t, "Say: Your Free tea is ready!");
	looks_whole(t);
}

/* -- amounts -- */

static void an_amount_has_only_digits(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	type(t, "asha");
	press(t, "enter");
	press(t, "enter");
	see(t, "Type the amount of the sale first.");
	type(t, "x");
	see(t, "An amount has only digits.");
	type(t, "12.345");
	press(t, "enter");
	see(t, "Press any key");
	press(t, "enter");
	see(t, "12.345");	/* still there, to be mended */
	press(t, "ctrl-u");
	type(t, "૧૨.૫૦");
	press(t, "enter");
	see(t, "₹12.50, Asha Patel.");
	assert_int_equal(count_sales(p), 1);
}

/* The next customer's phone, typed into the sale of the last one. */
static void a_phone_is_no_amount(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	type(t, "asha");
	press(t, "enter");
	by_hand(t, "9824055501");
	press(t, "enter");
	see(t, "Is 9824055501 an amount?");
	press(t, "enter");	/* No */
	see(t, "Sale ₹ 9824055501");
	press(t, "ctrl-n");
	see(t, "First finish this sale");
	press(t, "F4");
	see(t, "This sale is not saved yet");
	press(t, "enter");	/* No */
	see(t, "Sale ₹ 9824055501");
	press(t, "F4");
	press(t, "2");
	see_at(t, 2, "Walk-in");
	gone(t, "9824055501");
	type(t, "0");
	press(t, "enter");
	see(t, "A sale of nothing?");
	press(t, "enter");	/* No */
	assert_int_equal(count_sales(p), 0);
}

static void esc_peels_one_thing_at_a_time(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	type(t, "asha");
	press(t, "enter");
	press(t, "tab");
	type(t, "1");
	type(t, "2");
	see(t, "1 x Khari");
	press(t, "tab");
	type(t, "7");
	see(t, "Sum: ₹42.00");
	press(t, "esc");
	see(t, "Sum: ₹35.00");
	press(t, "backspace");
	gone(t, "1 x Khari");
	press(t, "esc");
	see(t, "Drop 1 item of this sale?");
	press(t, "enter");	/* No */
	see(t, "1 x Masala chai");
	press(t, "esc");
	press(t, "esc");	/* No */
	see(t, "1 x Masala chai");
	press(t, "esc");
	press(t, "2");
	gone(t, "1 x Masala chai");
	see_at(t, 2, "Asha Patel");
	press(t, "esc");
	see_at(t, 2, "Find: asha");
	press(t, "esc");
	see_at(t, 2, "name, phone or card");
	press(t, "esc");
	see_at(t, 0, "Home");
	assert_int_equal(count_sales(p), 0);
}

static void a_sale_to_nobody_in_particular(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	press(t, "F4");
	see_at(t, 2, "Walk-in");
	type(t, "60");
	press(t, "ctrl-y");
	see_at(t, 5, "paid in cash");
	press(t, "enter");
	see(t, "₹60.00.");
	see(t, "walk-in");
	assert_int_equal(count_sales(p), 1);
	assert_prints(p, LAST_SALE, "cash");
	/* The next one is paid as this one was. */
	rings_up(t, "2345", "70");
	see(t, "₹70.00, Asha Patel.");
	assert_prints(p, LAST_SALE, "cash");
}

/* The customer comes after the items; it is the same sale. */
static void what_was_rung_up_becomes_somebodys(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	press(t, "ctrl-e");
	press(t, "tab");
	type(t, "1");
	type(t, "3");
	press(t, "ctrl-f");
	see(t, "Whose is the sale of ₹60.00?");
	press(t, "esc");
	see(t, "Sum: ₹60.00");
	press(t, "ctrl-f");
	type(t, "asha");
	press(t, "enter");
	see_at(t, 2, "Asha Patel");
	see(t, "Sum: ₹60.00");
	press(t, "enter");
	see(t, "₹60.00, Asha Patel.");
	assert_int_equal(count_sales(p), 1);
}

/* -- items -- */

static void items_come_by_their_digit(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	type(t, "asha");
	press(t, "enter");
	press(t, "tab");
	see(t, "Bun maska");
	type(t, "1");
	type(t, "1");
	type(t, "2");
	type(t, "9");	/* no item */
	see(t, "x2");
	see(t, "2 x Masala chai");
	see(t, "Sum: ₹55.00");
	looks_whole(t);
	footer_whole(t);
	screen_is(t, "counter-items-80x24");
	press(t, "enter");
	see(t, "₹55.00, Asha Patel.");
	assert_prints(p, LAST_SALE, "Masala chai");
}

static void what_was_added_last_is_seen_on_a_small_screen(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars customer edit 9824012345 --notes 'two sugars' --quiet\n"
		  "for i in 4 5 6 7 8 9; do regulars item add \"Special tea $i\" --price 30 "
		  "--digit $i --quiet; done", NULL);
	t = at_counter(p);
	term_resize(t, 16, 60);
	type(t, "2345");
	press(t, "enter");
	press(t, "tab");
	see(t, "1 Masala chai ");
	see(t, "9 Special tea 9 ");
	type(t, "1");
	type(t, "3");
	see(t, "1 x Bun maska");
	see(t, "Sum: ₹60.00");
	looks_whole(t);
}

static void an_item_without_a_price_asks_for_it(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars item add 'Cake of the day' --digit 4 --quiet", NULL);
	t = at_counter(p);
	press(t, "ctrl-e");
	press(t, "tab");
	press(t, "4");
	see(t, "What does Cake of the day cost today?");
	type(t, "75");
	press(t, "enter");
	see(t, "Sum: ₹75.00");
	press(t, "4");
	press(t, "esc");
	see(t, "Sum: ₹75.00");
	press(t, "enter");
	see(t, "₹75.00.");
}

/* -- all terminals -- */

static void sells(struct place *p, const char *term, enum keyboard keyboard, const char *locale)
{
	struct term *t;

	p->how.term = term;
	p->how.keyboard = keyboard;
	p->how.locale = locale;
	t = at_counter(p);
	rings_up(t, "2345", "20");
	see(t, "20.00, Asha Patel");
	looks_whole(t);
	press(t, "enter");
	type(t, "patel");
	see(t, "Patel Suresh");		/* in the letters that it can show */
	looks_whole(t);
	press(t, "down");
	press(t, "enter");
	looks_whole(t);
	press(t, "tab");
	looks_whole(t);
}

static void sells_on_any_terminal(void **state)
{
	struct place *p = *state;

	place_tea_house(p);
	sells(p, "xterm", KEYS_PUTTY, "C.UTF-8");
	sells(p, "linux", KEYS_LINUX, "C.UTF-8");
	sells(p, "vt100", KEYS_VT100, "C");
	sells(p, "xterm-256color", KEYS_XTERM, "C");
}

/* PuTTY sends the keypad's digits as keys of their own. */
static void the_keypad_types_amounts(void **state)
{
	static const char keypad[] = "\033Oq\033Or\033Op\033On\033Ou\033Op\033OM";
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	p->how.term = "xterm";
	p->how.keyboard = KEYS_PUTTY;
	t = at_counter(p);
	type(t, "asha");
	press(t, "enter");
	assert_true(term_send(t, keypad, sizeof(keypad) - 1));
	see(t, "₹120.50, Asha Patel");
}

static void fits_every_size(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 40, 120 }, { 17, 61 }, { 24, 200 },
					{ 1, 1 }, { 24, 80 } };
	struct term *t = tea_counter(state);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		type(t, "patel");
		looks_whole(t);
		press(t, "enter");
		press(t, "tab");
		looks_whole(t);
		press(t, "esc");
		press(t, "esc");
		press(t, "esc");
	}
	see_at(t, 2, "name, phone or card");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(a_sale_takes_under_ten_keys),
		PLACE_TEST(everybody_is_found_in_any_script),
		PLACE_TEST(similar_names_stand_apart),
		PLACE_TEST(a_script_is_no_merit),
		PLACE_TEST(the_choice_goes_up_and_down),
		PLACE_TEST(the_first_sale_fills_the_screen),
		PLACE_TEST(what_staff_need_is_seen_at_a_glance),
		PLACE_TEST(an_amount_has_only_digits),
		PLACE_TEST(a_phone_is_no_amount),
		PLACE_TEST(esc_peels_one_thing_at_a_time),
		PLACE_TEST(a_sale_to_nobody_in_particular),
		PLACE_TEST(what_was_rung_up_becomes_somebodys),
		PLACE_TEST(items_come_by_their_digit),
		PLACE_TEST(what_was_added_last_is_seen_on_a_small_screen),
		PLACE_TEST(an_item_without_a_price_asks_for_it),
		PLACE_TEST(sells_on_any_terminal),
		PLACE_TEST(the_keypad_types_amounts),
		PLACE_TEST(fits_every_size),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_counter", tests, NULL, NULL);
}
