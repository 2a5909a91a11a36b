/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* What the shop settles about itself, and what it sells. */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static struct term *open_screen(struct place *p, const char *name)
{
	struct term *t;

	place_tea_house(p);
	t = place_open(p);
	press(t, "ctrl-p");
	type(t, name);
	press(t, "enter");
	see_at(t, 0, name);
	whole(t);
	return t;
}

static void assert_prints(struct place *p, const char *script, const char *text)
{
	struct buf out = { 0 };

	place_run(p, script, &out);
	if (!strstr(out.at, text))
		print_error("%s printed:\n%s\n", script, out.at);
	assert_non_null(strstr(out.at, text));
	buf_release(&out);
}

static void down(struct term *t, int times)
{
	while (times--)
		press(t, "down");
}

/* -- settings -- */

static void each_setting_says_what_it_changes(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	see(t, "Stands at the top of every screen.");
	press(t, "down");
	see(t, "The words on every screen");
	down(t, 2);
	see(t, "Which day and hour a sale belongs to.");
	see(t, "Asia/Kolkata");
	down(t, 3);
	see(t, "It looks like this: 21 Nov 2026");
	press(t, "end");
	see(t, "None is ever changed.");
	see(t, "regulars");
}

static void a_new_name_stands_at_the_top_at_once(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	press(t, "enter");
	press(t, "ctrl-u");
	type(t, "ચા ઘર");
	press(t, "enter");
	see_at(t, 0, "ચા ઘર");
	whole(t);
	assert_prints(*state, "regulars config show", "ચા ઘર");
	press(t, "enter");
	press(t, "ctrl-u");
	press(t, "enter");
	see(t, "a shop needs a name");
	press(t, "enter");
	see_at(t, 0, "ચા ઘર");
}

static void languages_are_named_in_themselves(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	press(t, "down");
	press(t, "enter");
	see(t, "हिन्दी");
	see(t, "ગુજરાતી");
	see(t, "Հայերեն");
	see(t, "Gujarati");
	whole(t);
	press(t, "3");
	looks_whole(t);
	see(t, "ગુજરાતી");
	assert_prints(*state, "regulars config show", "gu");
}

static void numbers_and_dates_change_as_they_are_chosen(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	down(t, 6);
	press(t, "enter");
	see(t, "2026 Nov 21");
	whole(t);
	press(t, "4");
	see(t, "It looks like this: 2026 Nov 21   ₹12,34,567.00");
	press(t, "down");
	press(t, "enter");
	see(t, "by lakh and crore");
	press(t, "2");
	see(t, "₹1,234,567.00");
	assert_prints(*state, "regulars config show", "ymd");
}

static void digits_are_those_of_the_language(void **state)
{
	struct term *t;

	place_tea_house(*state);
	place_run(*state, "regulars config set language gu; regulars config set digits native",
		  NULL);
	t = place_open(*state);
	see(t, "૨૧");
	looks_whole(t);
}

static void a_zone_that_is_none_names_near_ones(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	down(t, 3);
	press(t, "enter");
	see(t, "Another one ...");
	press(t, "end");
	press(t, "enter");
	press(t, "ctrl-u");
	type(t, "Asia/Kolkatta");
	press(t, "enter");
	see(t, "Asia/Kolkata");
	see(t, "Press any key");
	press(t, "enter");
	assert_prints(*state, "regulars config show", "Asia/Kolkata");
}

static void a_country_is_found_by_typing(void **state)
{
	struct term *t = open_screen(*state, "Settings");

	down(t, 2);
	press(t, "enter");
	type(t, "armen");
	see(t, "Armenia");
	whole(t);
	press(t, "enter");
	see(t, "It is so from now on.");
	assert_prints(*state, "regulars config show", "AM");
}

static void which_looks_right_is_asked_once(void **state)
{
	struct place *p = *state;
	struct term *t = open_screen(p, "Settings");

	down(t, 8);
	press(t, "enter");
	see(t, "Which looks right?");
	see(t, "ﺎﻓ");			/* joined and in visual order */
	see(t, "فاطمہ");		/* left to the terminal */
	whole(t);
	press(t, "2");
	see(t, "from now on");
	see(t, "put in order by the terminal");
	assert_prints(p, "cat shop/terminal-asha", "xterm-256color terminal\n");
	t = place_open(p);		/* it holds in the next terminal of this kind */
	press(t, "ctrl-p");
	type(t, "Settings");
	press(t, "enter");
	down(t, 8);
	see(t, "put in order by the terminal");
	press(t, "enter");
	press(t, "1");
	see(t, "put in order by regulars");
	assert_prints(p, "cat shop/terminal-asha", "xterm-256color app\n");
	press(t, "enter");
	press(t, "3");
	assert_prints(p, "wc -l <shop/terminal-asha", "1");
}

/* -- items -- */

static void a_list_of_items_is_typed_in_a_row(void **state)
{
	struct term *t = open_screen(*state, "Items");

	see(t, "Masala chai");
	press(t, "ctrl-n");
	type(t, "Lemon tea");
	press(t, "enter");
	type(t, "30");
	press(t, "enter");
	type(t, "tea");
	press(t, "ctrl-s");
	see(t, "Lemon tea is on the list.");
	type(t, "Ginger tea");
	press(t, "enter");
	type(t, "25");
	press(t, "ctrl-s");
	see(t, "Ginger tea is on the list.");
	press(t, "esc");
	see(t, "Ginger tea");
	see(t, "₹25.00");
	whole(t);
	assert_prints(*state, "regulars item list --json", "\"category\": \"tea\"");
	screen_is(t, "items-80x24");
}

static void a_digit_picks_the_item_at_the_counter(void **state)
{
	struct term *t = open_screen(*state, "Items");

	press(t, "9");
	see(t, "At the counter 9 picks Masala chai.");
	press(t, "2");
	see(t, "2 picks Khari already.");
	whole(t);
	press(t, "enter");		/* No stands first */
	gone(t, "already");
	press(t, "2");
	press(t, "2");
	see(t, "At the counter 2 picks Masala chai.");
	press(t, "2");
	see(t, "Masala chai has no quick digit any more.");
	assert_prints(*state, "regulars verify", "All is well.");
}

static void letters_narrow_the_list_and_esc_peels(void **state)
{
	struct term *t = open_screen(*state, "Items");

	type(t, "MASKA");
	see(t, "Bun maska");
	gone(t, "Khari");
	type(t, "zzz");
	see(t, "Nothing fits.");
	whole(t);
	press(t, "esc");
	see(t, "Khari");
	press(t, "down");
	press(t, "enter");
	see(t, "No longer sold");
	press(t, "tab");
	press(t, "ctrl-u");
	type(t, "45");
	press(t, "esc");
	see(t, "Leave without saving?");
	press(t, "esc");
	press(t, "F10");
	see(t, "Khari is changed.");
	see(t, "₹45.00");
}

static void a_scanned_barcode_goes_into_the_code(void **state)
{
	struct term *t = open_screen(*state, "Items");

	press(t, "ctrl-n");
	type(t, "Tea 250 g");
	press(t, "up");
	scan(t, "8904567890123");
	see(t, "8904567890123");
	see(t, "Tea 250 g");
	whole(t);
	press(t, "ctrl-s");
	see(t, "Tea 250 g is on the list.");
	assert_prints(*state, "regulars item list --json", "8904567890123");
}

/* -- what holds on any terminal -- */

static void walk(struct place *p, const char *name)
{
	struct term *t = place_open(p);

	press(t, "ctrl-p");
	type(t, name);
	press(t, "enter");
	whole(t);
	press(t, "down");
	press(t, "enter");
	whole(t);
	press(t, "esc");
	down(t, 8);
	whole(t);
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

static void walk_both(struct place *p)
{
	walk(p, "Settings");
	walk(p, "Items");
}

static void fits_terminals_of_all_kinds(void **state)
{
	struct place *p = *state;

	place_demo(p);
	place_on_each_terminal(p, walk_both);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_setting_says_what_it_changes),
		TEST(a_new_name_stands_at_the_top_at_once),
		TEST(languages_are_named_in_themselves),
		TEST(numbers_and_dates_change_as_they_are_chosen),
		TEST(digits_are_those_of_the_language),
		TEST(a_zone_that_is_none_names_near_ones),
		TEST(a_country_is_found_by_typing),
		TEST(which_looks_right_is_asked_once),
		TEST(a_list_of_items_is_typed_in_a_row),
		TEST(a_digit_picks_the_item_at_the_counter),
		TEST(letters_narrow_the_list_and_esc_peels),
		TEST(a_scanned_barcode_goes_into_the_code),
		TEST(fits_terminals_of_all_kinds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
