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

/* Programs and rewards, as an owner makes, tries and changes them. */

/* Three visits of Asha's before there was any program but the tea card. */
static const char past[] =
	"for day in 05 09 14; do\n"
	"regulars sale add --customer 'Asha Patel' --amount 60 --date 2026-11-${day}T10:00:00"
	" --quiet\n"
	"done\n";

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static struct term *open_programs(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "ctrl-p");
	type(t, "Programs");
	press(t, "enter");
	see(t, "+ New program");
	whole(t);
	return t;
}

static struct term *open_tea_house(struct place *p)
{
	place_tea_house(p);
	return open_programs(p);
}

/* Other text in the field that has the focus. */
static void fill(struct term *t, const char *text)
{
	press(t, "ctrl-u");
	type(t, text);
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

static void shows_rules_in_words(void **state)
{
	struct term *t = open_tea_house(*state);

	see(t, "Every sale gives 1 stamp. 3 stamps: Free tea.");
	see(t, "Nobody holds any yet.");
	press(t, "down");
	see(t, "Free tea (free).");
	see(t, "Given so far: 0.");
	press(t, "enter");
	see(t, "A reward stays as it is");
	press(t, "end");
	see(t, "Several run side by side");
	screen_is(t, "programs-80x24");
}

static void says_a_new_card_back_as_it_is_typed(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "F3");
	see(t, "1 Stamp card: one for each visit");
	whole(t);
	press(t, "1");
	see(t, "10 stamps fill the card, which gives nothing yet.");
	fill(t, "Lunch card");
	press(t, "tab");
	fill(t, "5");
	see(t, "5 stamps fill the card");
	press(t, "tab");
	type(t, "50");
	see(t, "Every sale of ₹50 or more gives 1 stamp.");
	press(t, "tab");
	type(t, "Free khari");
	see(t, "5 stamps: Free khari.");
	screen_is(t, "program-form-80x24");
	press(t, "F10");
	see(t, "Lunch card runs.");
	whole(t);
	see(t, "  Free khari");
	assert_prints(*state, "regulars program show 'Lunch card'", "50.00");
	assert_prints(*state, "regulars program show 'Lunch card'", "Free khari");
}

static void a_name_that_is_taken_is_not_lost_work(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "F3");
	press(t, "1");
	fill(t, "tea CARD");
	for (int i = 0; i < 3; i++)
		press(t, "tab");
	type(t, "A cake");
	press(t, "ctrl-s");
	see(t, "of that name already");
	see(t, "tea CARD");
	for (int i = 0; i < 3; i++)
		press(t, "backtab");
	fill(t, "Cake card");
	press(t, "ctrl-s");
	see(t, "Cake card runs.");
}

static void what_does_not_fit_is_said_at_its_field(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "F3");
	press(t, "1");
	press(t, "ctrl-s");
	see(t, "What does the full card give?");
	whole(t);
	type(t, "A cake");
	gone(t, "What does the full card give?");
	press(t, "up");
	press(t, "up");
	fill(t, "0");
	press(t, "ctrl-s");
	gone(t, "runs.");
	see(t, "1 to 1000");
	press(t, "esc");
	see(t, "Leave without saving?");
	press(t, "enter");
	see(t, "A cake");
	press(t, "esc");
	press(t, "2");
	see(t, "+ New program");
	gone(t, "A cake");
}

static void points_buy_a_reward(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "F3");
	press(t, "3");
	see(t, "1 point for every ₹10 paid.");
	press(t, "ctrl-s");
	see(t, "Points need a use");
	type(t, "Cup of ten");
	press(t, "tab");
	press(t, "2");		/* money off */
	press(t, "tab");
	fill(t, "150");
	press(t, "ctrl-s");
	see(t, "How much does it take off?");
	type(t, "20");
	see(t, "150 points: Cup of ten (₹20 off).");
	press(t, "ctrl-s");
	see(t, "Points runs.");
	assert_prints(*state, "regulars reward list", "Cup of ten");
	assert_prints(*state, "regulars verify", "All is well.");
}

/* -- the past -- */

static void tries_rules_and_writes_nothing(void **state)
{
	struct place *p = *state;
	struct buf before = { 0 }, after = { 0 };
	struct term *t;

	place_demo(p);
	place_run(p, "regulars report day --json", &before);
	t = open_programs(p);
	press(t, "F3");
	press(t, "1");
	fill(t, "Lunch card");
	for (int i = 0; i < 3; i++)
		press(t, "tab");
	type(t, "Free khari");
	press(t, "tab");
	type(t, "15");
	press(t, "tab");
	type(t, "5");
	press(t, "ctrl-t");
	see(t, "known customers");
	see(t, "would have had the reward:");
	see(t, "would have cost you");
	see(t, "> 10 stamps");
	see(t, "12 stamps");
	whole(t);
	press(t, "esc");
	see(t, "Free khari");		/* what was typed is still there */
	place_run(p, "regulars report day --json", &after);
	assert_string_equal(before.at, after.at);
	buf_release(&before);
	buf_release(&after);
}

static void without_sales_there_is_nothing_to_try_on(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "F6");
	see(t, "nothing to try it on");
	whole(t);
}

static void the_past_is_awarded_once_it_was_shown(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, past, NULL);
	t = open_programs(p);
	press(t, "F3");
	press(t, "1");
	fill(t, "Lunch card");
	press(t, "tab");
	fill(t, "2");
	press(t, "tab");
	press(t, "tab");
	type(t, "Free khari");
	for (int i = 0; i < 3; i++)
		press(t, "tab");
	fill(t, "1 11 2026");
	press(t, "ctrl-s");
	see(t, "stamps: 3. 1 reward is then ready at once.");
	whole(t);
	press(t, "enter");		/* No stands first */
	assert_prints(p, "regulars program list", "Tea card");
	gone(t, "Lunch card runs.");
	press(t, "ctrl-s");
	press(t, "2");
	see(t, "Lunch card runs. 3 past sales brought 3 stamps.");
	see(t, "1 ready");
	assert_prints(p, "regulars customer show 'Asha Patel'", "Free khari (1 ready)");
}

/* -- changing -- */

static void changes_stops_and_resumes(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "enter");
	see(t, "Head start");
	press(t, "tab");
	fill(t, "4");
	press(t, "ctrl-s");
	see(t, "Tea card is changed. What was given before stays as it is.");
	see(t, "4 stamps: Free tea.");
	press(t, "ctrl-x");
	see(t, "Stop Tea card?");
	press(t, "enter");
	gone(t, "Stopped.");
	press(t, "ctrl-x");
	press(t, "2");
	see(t, "Tea card is stopped.");
	see(t, "Stopped.");
	whole(t);
	press(t, "ctrl-x");
	see(t, "Tea card runs again.");
	assert_prints(*state, "regulars program show 'Tea card'", "4");
}

static void adds_a_reward_on_the_way(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "ctrl-n");
	see(t, "4 A reward in \"Tea card\"");
	press(t, "4");
	see(t, "4 A gift");
	press(t, "1");
	type(t, "A biscuit");
	press(t, "tab");
	fill(t, "9");
	press(t, "ctrl-s");
	see(t, "The card is full before that.");
	fill(t, "2");
	see(t, "On the way, at 2 stamps: A biscuit.");
	press(t, "tab");
	type(t, "samosa");
	press(t, "ctrl-s");
	see(t, "there is no such item on the list");
	fill(t, "khari");
	press(t, "ctrl-s");
	see(t, "A biscuit can be had from now on.");
	see(t, "On the way, at 2 stamps: A");
	assert_prints(*state, "regulars program show 'Tea card'", "A biscuit at 2 stamps");
	assert_prints(*state, "regulars verify", "All is well.");
}

static void another_reward_takes_the_full_card(void **state)
{
	struct term *t = open_tea_house(*state);

	press(t, "ctrl-n");
	press(t, "4");
	press(t, "3");
	type(t, "Ten percent");
	see(t, "Cards that fill from now on give this");
	press(t, "ctrl-s");
	see(t, "Ten percent can be had from now on.");
	see(t, "3 stamps: Ten percent.");
	assert_prints(*state, "regulars program show 'Tea card'", "Ten percent");
}

/* -- what holds on any terminal -- */

static void walk(struct place *p)
{
	struct term *t = open_programs(p);

	press(t, "ctrl-n");
	whole(t);
	press(t, "3");
	whole(t);
	press(t, "ctrl-t");
	whole(t);
	press(t, "esc");
	press(t, "esc");
	press(t, "ctrl-t");
	whole(t);
	press(t, "esc");
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

static void fits_terminals_of_all_kinds(void **state)
{
	struct place *p = *state;

	place_demo(p);
	place_on_each_terminal(p, walk);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(shows_rules_in_words),
		TEST(says_a_new_card_back_as_it_is_typed),
		TEST(a_name_that_is_taken_is_not_lost_work),
		TEST(what_does_not_fit_is_said_at_its_field),
		TEST(points_buy_a_reward),
		TEST(tries_rules_and_writes_nothing),
		TEST(without_sales_there_is_nothing_to_try_on),
		TEST(the_past_is_awarded_once_it_was_shown),
		TEST(changes_stops_and_resumes),
		TEST(adds_a_reward_on_the_way),
		TEST(another_reward_takes_the_full_card),
		TEST(fits_terminals_of_all_kinds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
