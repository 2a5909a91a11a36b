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

/* A new owner: from an empty folder to a shop, and to the first reward. */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static void leave(struct term *t)
{
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

/* Past the language, to the first question. */
static struct term *begin(struct place *p, const char *language)
{
	struct term *t = place_open(p);

	press(t, language);
	press(t, "1");
	see(t, "1/5");
	whole(t);
	return t;
}

static void answer(struct term *t, const char *text, const char *next)
{
	if (*text)
		type(t, text);
	press(t, "enter");
	see(t, next);
	whole(t);
}

/* The field is emptied first: a good answer stands there. */
static void answer_instead(struct term *t, const char *text, const char *next)
{
	press(t, "ctrl-u");
	answer(t, text, next);
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

/* -- to the first reward -- */

static void from_nothing_to_the_first_reward(void **state)
{
	struct place *p = *state;
	struct term *t = begin(p, "1");

	answer(t, "Asha Tea House", "2/5");
	see(t, "> India");
	answer(t, "", "3/5");
	screen_is(t, "wizard-kind-80x24");
	answer(t, "", "4/5");
	answer_instead(t, "2", "5/5");
	press(t, "enter");
	see(t, "say what they get");
	press(t, "enter");
	screen_is(t, "wizard-reward-80x24");
	answer(t, "Free tea", "Your shop is ready");
	see_at(t, 0, "Asha Tea House");

	answer(t, "Meena Shah 98240 12345", "New customer");
	answer(t, "", "Meena Shah");
	answer(t, "40", "Their first sale!");
	press(t, "enter");
	answer(t, "meena", "1 of 2");
	answer(t, "40", "Free tea");
	answer(t, "meena", "Meena Shah");
	press(t, "ctrl-r");
	see(t, "Free tea");
	press(t, "1");
	press(t, "enter");
	see(t, "Free tea");
	press(t, "esc");
	leave(t);
	assert_prints(p, "regulars journal --json | grep -c '\"claim\"'", "1");
	assert_prints(p, "regulars verify", "");
}

/* The same keys where nobody reads English; digits of the keyboard too. */
static void from_nothing_to_the_first_reward_in_gujarati(void **state)
{
	struct place *p = *state;
	struct term *t = begin(p, "3");

	answer(t, "આશા ટી હાઉસ", "2/5");
	answer(t, "", "3/5");
	press(t, "૧");
	see(t, "4/5");
	answer_instead(t, "૨", "5/5");
	type(t, "મફત ચા");
	press(t, "enter");
	gone(t, "5/5");
	see_at(t, 0, "આશા ટી હાઉસ");
	gone(t, "Your shop is ready");
	whole(t);

	type(t, "મીના શાહ 98240 12345");
	press(t, "enter");
	press(t, "enter");
	see(t, "મીના શાહ");
	type(t, "40");
	press(t, "enter");
	see(t, "મફત ચા");
	whole(t);
	press(t, "enter");
	/* found in Latin letters */
	type(t, "meena");
	press(t, "enter");
	see(t, "મીના શાહ");
	type(t, "૪૦");
	press(t, "enter");
	see(t, "મફત ચા");
	whole(t);
	leave(t);
	assert_prints(p, "regulars config show", "gu");
	assert_prints(p, "regulars program list", "2");
	assert_prints(p, "regulars verify", "");
}

/* -- the answers -- */

static void going_back_loses_nothing(void **state)
{
	struct term *t = begin(*state, "1");

	press(t, "enter");
	see(t, "Type the name that stands above your door.");
	answer(t, "Asha Tea House", "2/5");
	answer(t, "armenia", "3/5");
	press(t, "down");
	press(t, "enter");
	see(t, "How much must one spend");
	answer_instead(t, "500", "5/5");
	answer_instead(t, "x", "Press any key");
	press(t, "enter");
	for (int i = 0; i < 4; i++)
		press(t, "esc");
	see(t, "1/5");
	see(t, "Asha Tea House");
	answer(t, "", "2/5");
	see(t, "armenia");
	answer(t, "", "3/5");
	answer(t, "", "500");
	answer(t, "", "5/5");
	see(t, "x");
	/* the first Esc before all answers asks */
	for (int i = 0; i < 5; i++)
		press(t, "esc");
	see(t, "Leave without saving?");
	press(t, "enter");
	see(t, "Asha Tea House");
	press(t, "esc");
	press(t, "2");
	see(t, "Look around");
	leave(t);
	place_run(*state, "test ! -e shop", NULL);
}

static void points_say_what_they_give_back(void **state)
{
	struct place *p = *state;
	struct term *t = begin(p, "1");

	answer(t, "Asha Tea House", "2/5");
	answer(t, "", "3/5");
	press(t, "2");
	see(t, "100.00");
	answer(t, "", "So 5 % of what they spend comes back");
	answer_instead(t, "2", "Your shop is ready");
	leave(t);
	assert_prints(p, "regulars program show Points", "2.00");
}

static void a_large_country_is_asked_for_its_clock(void **state)
{
	struct place *p = *state;
	struct term *t = begin(p, "1");

	answer(t, "Corner Bakery", "2/5");
	answer(t, "united st", "Which clock does it go by?");
	see(t, "1 America/New_York");
	see(t, "Eastern");
	type(t, "angeles");
	press(t, "enter");
	see(t, "3/5");
	press(t, "3");
	see(t, "Your shop is ready");
	leave(t);
	assert_prints(p, "regulars config show", "USD");
	assert_prints(p, "regulars config show", "America/Los_Angeles");
}

static void the_currency_is_asked_where_it_is_not_clear(void **state)
{
	struct place *p = *state;
	struct term *t = begin(p, "1");

	answer(t, "Tienda", "2/5");
	answer(t, "ecuador", "Which clock");
	press(t, "1");
	see(t, "Which currency?");
	type(t, "usd");
	press(t, "enter");
	see(t, "3/5");
	press(t, "3");
	see(t, "Your shop is ready");
	leave(t);
	assert_prints(p, "regulars config show", "USD");
}

static void countries_that_do_not_fit_are_said(void **state)
{
	struct term *t = begin(*state, "1");

	answer(t, "Shop", "2/5");
	type(t, "atlantis");
	see(t, "No country fits");
	press(t, "enter");
	see(t, "2/5");
	answer_instead(t, "oman", "3/5");
	press(t, "esc");
	see(t, "> Oman");
	whole(t);
}

/* -- where it is made -- */

static void folders_above_are_made(void **state)
{
	struct place *p = *state;
	struct term *t;

	snprintf(p->shop, sizeof(p->shop), "%s/a/b/shop", p->dir);
	t = begin(p, "1");
	answer(t, "Shop", "2/5");
	answer(t, "", "3/5");
	press(t, "3");
	see(t, "Your shop is ready");
	leave(t);
	place_run(p, "regulars --shop a/b/shop verify", NULL);
}

static void a_folder_that_cannot_be_made_is_said(void **state)
{
	struct place *p = *state;
	struct term *t;

	snprintf(p->shop, sizeof(p->shop), "/proc/shop");
	t = begin(p, "1");
	answer(t, "Shop", "2/5");
	answer(t, "", "3/5");
	press(t, "3");
	see(t, "Press any key");
	see(t, "cannot make");
	whole(t);
	press(t, "enter");
	see(t, "3/5");
	leave(t);
}

static void it_fits_the_smallest_window(void **state)
{
	struct place *p = *state;
	struct term *t;

	p->how.rows = 16;
	p->how.cols = 60;
	t = begin(p, "1");
	answer(t, "Asha Tea House", "2/5");
	press(t, "pgup");
	see(t, "> ");
	press(t, "pgdn");
	see(t, "> India");
	answer(t, "", "I decide later.");
	press(t, "2");
	answer(t, "", "5/5");
	see(t, "comes back to them");
	screen_is(t, "wizard-worth-60x16");
}

/* -- looking around -- */

static void looking_around_leaves_nothing_behind(void **state)
{
	struct place *p = *state;
	struct term *t = place_open(p);

	press(t, "1");
	press(t, "2");
	see_at(t, 0, "SAMPLE");
	see(t, "This is a sample shop");
	whole(t);
	place_run(p, "ls -d regulars-demo-*", NULL);
	press(t, "1");
	see_at(t, 0, "SAMPLE");
	see(t, "Find:");
	press(t, "esc");
	press(t, "esc");
	see(t, "Leave the sample shop?");
	press(t, "enter");
	see(t, "This is a sample shop");
	press(t, "esc");
	press(t, "2");
	see(t, "Start my shop");
	place_run(p, "test -z \"$(ls -A)\"", NULL);

	press(t, "1");
	answer(t, "Asha Tea House", "2/5");
	answer(t, "", "3/5");
	press(t, "3");
	see_at(t, 0, "Asha Tea House");
	gone(t, "SAMPLE");
	leave(t);
	place_run(p, "regulars verify", NULL);
}

static void leaving_at_once_removes_the_sample(void **state)
{
	struct place *p = *state;
	struct term *t = place_open(p);

	press(t, "1");
	press(t, "2");
	see_at(t, 0, "SAMPLE");
	leave(t);
	place_run(p, "test -z \"$(ls -A)\"", NULL);
}

static void what_cannot_be_shown_is_said(void **state)
{
	struct place *p = *state;
	struct term *t;

	p->how.term = "linux";
	p->how.keyboard = KEYS_LINUX;
	t = begin(p, "3");
	answer(t, "Asha", "2/5");
	answer(t, "", "3/5");
	press(t, "3");
	see(t, "Your shop is ready");
	leave(t);
	assert_prints(p, "regulars config show", "gu");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(from_nothing_to_the_first_reward),
		TEST(from_nothing_to_the_first_reward_in_gujarati),
		TEST(going_back_loses_nothing),
		TEST(points_say_what_they_give_back),
		TEST(a_large_country_is_asked_for_its_clock),
		TEST(the_currency_is_asked_where_it_is_not_clear),
		TEST(countries_that_do_not_fit_are_said),
		TEST(folders_above_are_made),
		TEST(a_folder_that_cannot_be_made_is_said),
		TEST(it_fits_the_smallest_window),
		TEST(looking_around_leaves_nothing_behind),
		TEST(leaving_at_once_removes_the_sample),
		TEST(what_cannot_be_shown_is_said),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
