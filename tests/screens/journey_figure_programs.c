/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/figures.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Does the card work, the month in money, do members take part: each with whom
 * to tell about it. */

/* Ramesh has a reward ready and has not come for a month, Asha is one stamp
 * away, Sunita has not come since August. */
static const char trade[] =
	"regulars program edit 'Tea card' --from 2026-01-01 --quiet\n"
	"sell() { regulars sale add --customer \"$1\" --amount 60 --date $2T10:00:00 --quiet; }\n"
	"sell 'Patil Sunita' 2026-08-01\n"
	"for day in 01 05 20; do sell 'Ramesh Shah' 2026-10-$day; done\n"
	"regulars sale add --amount 45 --date 2026-10-09T10:00:00 --quiet\n"
	"for day in 10 19; do sell 'Asha Patel' 2026-11-$day; done\n";

static struct term *open_figure(struct place *p, const char *figure)
{
	struct term *t;

	place_tea_house(p);
	place_run(p, trade, NULL);
	t = place_open(p);
	figure_go(t, figure);
	return t;
}

static void go_down(struct term *t, int lines)
{
	while (lines-- > 0)
		press(t, "down");
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

static void says_what_a_card_does(void **state)
{
	struct term *t = open_figure(*state, "Does the card work?");

	see(t, "One stamp away from the reward");
	see(t, "Enter opens these 3 customers.");
	figure_whole(t);
	screen_is(t, "figure-programs-80x24");
	press(t, "F5");
	see(t, "Reach the reward");
	see(t, "Tea card");
	press(t, "F5");
	press(t, "F1");
	see(t, "Take part, or members, are customers who ever got");
}

static void opens_who_is_one_stamp_away(void **state)
{
	struct term *t = open_figure(*state, "Does the card work?");

	go_down(t, 2);
	see(t, "Tell them that one visit is missing.");
	press(t, "enter");
	see(t, "Asha Patel");
	see(t, "stamps_left(\"Tea card\") <= 1");
	gone(t, "Ramesh Shah");
}

static void keeps_who_has_something_waiting(void **state)
{
	struct term *t = open_figure(*state, "Does the card work?");

	go_down(t, 3);
	see(t, "Tell them what waits for them.");
	press(t, "F7");
	see(t, "who is among them is asked anew each time.");
	type(t, "Waiting");
	press(t, "enter");
	gone(t, "What shall this segment be called?");
	assert_prints(*state, "regulars segment list", "ready > 0 and last_visit > 14d");
	assert_prints(*state, "regulars customer list --where 'segment:\"Waiting\"'",
		      "Ramesh Shah");
	press(t, "down");
	press(t, "enter");
	see(t, "Patil Sunita");
	see(t, "not earned(60d)");
	gone(t, "Asha Patel");
}

static void goes_from_one_program_to_the_next(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars program add Points --earn 1 --per 10 --from 2026-01-01 --quiet\n",
		  NULL);
	place_run(p, trade, NULL);
	t = place_open(p);
	figure_go(t, "Does the card work?");
	see(t, "1 of 2");
	press(t, "right");
	see(t, "Use points within 180 days");
	gone(t, "One stamp away");
	figure_whole(t);
	press(t, "left");
	see(t, "Fill the card within 180 days");
}

static void says_so_without_a_program(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_run(p, "regulars init --name 'Patel Tea House' --country IN --quiet\n"
		  "regulars customer add 'Asha Patel' --quiet\n"
		  "regulars sale add --customer 'Asha Patel' --amount 60 --quiet\n", NULL);
	t = place_open(p);
	figure_go(t, "Does the card work?");
	see(t, "There is no stamp card and no points program yet.");
	figure_whole(t);
	press(t, "enter");
	press(t, "esc");
	figure_go(t, "Do members take part?");
	see(t, "Nobody is a member of a program yet.");
	press(t, "enter");
	press(t, "esc");
	figure_go(t, "The month in money");
	see(t, "Takings");
	gone(t, "Owed before");
}

static void shows_the_month_in_money(void **state)
{
	struct term *t = open_figure(*state, "The month in money");

	see(t, "Oct 2026");
	see(t, "225.00");
	figure_whole(t);
	screen_is(t, "figure-money-80x24");
	press(t, "left");
	see(t, "1 Sep 2026 to 30 Sep 2026");
	press(t, "right");
	see(t, "1 Oct 2026 to 31 Oct 2026");
	gone(t, "is not over");
	press(t, "right");
	see(t, "Nov 2026 is not over: it is counted so far.");
	press(t, "left");
	see(t, "1 Oct 2026 to 31 Oct 2026");
	press(t, "enter");
	see(t, "Ramesh Shah");
	gone(t, "Asha Patel");
	press(t, "esc");
	go_down(t, 2);
	see(t, "Ask for a name or a phone number at the sale");
	gone(t, "Enter Open");
	press(t, "enter");
	see(t, "This line is about nobody in particular.");
}

static void shows_who_took_part(void **state)
{
	struct term *t = open_figure(*state, "Do members take part?");

	see(t, "Nov 2026");
	figure_whole(t);
	screen_is(t, "figure-engagement-80x24");
	press(t, "up");
	see(t, "1 member did nothing in Oct 2026");
	press(t, "enter");
	see(t, "Patil Sunita");
	gone(t, "Ramesh Shah");
}

/* Another terminal sells while the page is open. */
static void follows_the_sales(void **state)
{
	struct term *t = open_figure(*state, "Does the card work?");

	see(t, "Enter opens these 3 customers.");
	place_run(*state, "regulars sale add --customer 'Bhupendrasinh Chauhan' --amount 60 "
		  "--quiet", NULL);
	see(t, "Enter opens these 4 customers.");
}

static void look_at_each(struct place *p)
{
	static const char *const figures[] = {
		"Does the card work?", "The month in money", "Do members take part?" };
	struct term *t = place_open(p);

	for (size_t i = 0; i < 3; i++) {
		figure_go(t, figures[i]);
		gone(t, "Counting");
		figure_whole(t);
		press(t, "ctrl-t");
		figure_whole(t);
		press(t, "esc");
		press(t, "esc");
	}
}

static void fits_each_terminal(void **state)
{
	place_tea_house(*state);
	place_run(*state, trade, NULL);
	place_on_each_terminal(*state, look_at_each);
}

int main(void)
{
#define JOURNEY(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		JOURNEY(says_what_a_card_does),
		JOURNEY(opens_who_is_one_stamp_away),
		JOURNEY(keeps_who_has_something_waiting),
		JOURNEY(goes_from_one_program_to_the_next),
		JOURNEY(says_so_without_a_program),
		JOURNEY(shows_the_month_in_money),
		JOURNEY(shows_who_took_part),
		JOURNEY(follows_the_sales),
		JOURNEY(fits_each_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
