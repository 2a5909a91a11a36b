/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Some of the customers: by a filter that is typed, by conditions that are
 * picked, by a segment, by a figure. */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

/* Asha came four times in June, Ramesh three times this month, Sunita once. */
static const char sales[] =
	"for day in 03 08 14 27; do regulars sale add --customer 'Asha Patel' --amount 90 "
	"--date 2026-06-$day --quiet; done\n"
	"for day in 03 10 17; do regulars sale add --customer 'Ramesh Shah' --item 'Masala chai' "
	"--date 2026-11-$day --quiet; done\n"
	"regulars sale add --customer 'Patil Sunita' --item 'Bun maska' --date 2026-10-02 --quiet\n"
	"regulars customer edit 'Patil Sunita' --tag staff --area Adajan --quiet\n"
	"regulars consent 'Asha Patel' --sms yes --how asked --quiet\n";

static struct term *open_customers(struct place *p, const char *script)
{
	struct term *t;

	place_tea_house(p);
	place_run(p, sales, NULL);
	place_run(p, script, NULL);
	t = place_open(p);
	press(t, "2");
	see(t, "8 customers");
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

/* -- typed -- */

static void a_mistake_is_shown_where_it_is(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "F7");
	see(t, "press F7 once more");
	whole(t);
	type(t, "visits >= 3");
	see(t, "2 of 8");
	see(t, "> Ramesh Shah");
	type(t, " and last_vist > 60d");
	see(t, "did you mean last_visit?");
	see_at(t, 4, "                         ^^^^^^^^^");
	see(t, "> Ramesh Shah");		/* whom it chose before */
	screen_is(t, "customers-mistake-80x24");
	whole(t);
	press(t, "enter");			/* there is something to mend */
	see(t, "did you mean last_visit?");
	for (int i = 0; i < 7; i++)
		press(t, "left");
	type(t, "i");
	see(t, "1 of 8");
	gone(t, "did you mean");
	see(t, "> Asha Patel");
	press(t, "enter");
	see(t, "Filter: visits >= 3 and last_visit > 60d");
	gone(t, "F7 adds");
	whole(t);
	press(t, "enter");
	see(t, "4 visits");			/* her card */
	press(t, "esc");
	see(t, "1 of 8");
	press(t, "esc");			/* the filter goes, and comes back with its key */
	see(t, "8 customers");
	gone(t, "Filter:");
	press(t, "ctrl-w");
	see(t, "1 of 8");
	press(t, "esc");
	press(t, "esc");
	see_at(t, 0, "Home");
}

/* What helps is on this screen, not at a command line. */
static void a_mistake_says_what_helps_here(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "F7");
	type(t, "patel");
	see(t, "there is no field \"patel\". F1 lists what can be written here");
	see(t, "goes one line up");
	gone(t, "regulars help");
	whole(t);
	press(t, "ctrl-u");
	type(t, "segment = foo");
	see(t, "there is no segment \"foo\"");
	gone(t, "regulars segment");
	press(t, "ctrl-u");
	type(t, "tag:staf");
	see(t, "nobody has the tag \"staf\"; did you mean \"staff\"?");
}

static void finding_and_sorting_work_within(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "F7");
	type(t, "visits > 0");
	see(t, "3 of 8");
	press(t, "enter");
	see_at(t, 5, "> Ramesh Shah");
	see_at(t, 6, "Patil Sunita");
	type(t, "patel");
	see(t, "2 found");			/* Asha, and a similar name */
	see(t, "> Asha Patel");
	see(t, "Patil Sunita");
	type(t, "x");
	see(t, "Nobody among them");
	press(t, "esc");
	see(t, "3 of 8");
	press(t, "F6");
	press(t, "2");
	see(t, "by name");
	see_at(t, 5, "> Asha Patel");
	see(t, "3 of 8");
	whole(t);
}

static void what_others_do_is_followed(void **state)
{
	struct place *p = *state;
	struct term *t = open_customers(p, ":");

	press(t, "F7");
	type(t, "visits >= 3");
	press(t, "enter");
	see(t, "2 of 8");
	press(t, "down");
	see(t, "> Asha Patel");
	place_run(p, "regulars sale add --customer 'Patil Sunita' --amount 20 --date 2026-11-19 "
		  "--quiet\n"
		  "regulars sale add --customer 'Patil Sunita' --amount 20 --date 2026-11-20 "
		  "--quiet", NULL);
	see(t, "3 of 8");
	see_at(t, 5, "Patil Sunita");
	see(t, "> Asha Patel");
}

/* -- picked -- */

static void conditions_are_picked_from_lists(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "ctrl-w");
	press(t, "ctrl-w");
	see(t, "Whom do you want to see?");
	whole(t);
	press(t, "1");
	see(t, "longer ago than");
	press(t, "1");
	see(t, "How long?");
	press(t, "down");
	press(t, "down");
	press(t, "enter");
	see(t, "Filter: last_visit > 30d");
	see(t, "2 of 8");
	whole(t);
	press(t, "ctrl-w");
	see(t, "Take a condition away");
	type(t, "written");
	press(t, "enter");
	press(t, "1");
	see(t, "last_visit > 30d and consent.sms");
	see(t, "1 of 8");
	see(t, "> Asha Patel");
	press(t, "ctrl-w");
	press(t, "1");
	see(t, "Which condition goes?");
	whole(t);
	press(t, "1");
	see(t, "Filter: consent.sms");
	see(t, "1 of 8");
	press(t, "ctrl-w");
	press(t, "1");
	press(t, "1");
	see(t, "press F7 once more");
	see(t, "8 customers");
}

/* What there is in this shop can be picked, and what is not is said. */
static void values_are_those_of_the_shop(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "F7");
	press(t, "F7");
	type(t, "bought an item");
	press(t, "enter");
	press(t, "2");
	see(t, "Which item?");
	see(t, "Bun maska");
	whole(t);
	type(t, "masala");
	press(t, "enter");
	see(t, "How long?");
	type(t, "0");
	press(t, "enter");
	see(t, "it is 1 day at least");
	press(t, "space");
	see(t, "type a number of days");
	type(t, "20");
	see(t, "Enter takes this number");
	whole(t);
	press(t, "enter");
	see(t, "bought(item = \"Masala chai\", 20d)");
	see(t, "1 of 8");
	see(t, "> Ramesh Shah");
	press(t, "ctrl-u");
	press(t, "F7");
	type(t, "money");
	press(t, "enter");
	press(t, "1");
	type(t, "abc");			/* letters are no amount */
	press(t, "enter");
	see(t, "type an amount, such as 500");
	press(t, "space");
	type(t, "300");
	press(t, "enter");
	see(t, "spend >= 300.00");
	see(t, "> Asha Patel");
	press(t, "F7");
	type(t, "tag");
	press(t, "enter");
	press(t, "1");
	press(t, "1");
	see(t, "and tag:\"staff\"");
	see(t, "Nobody fits the filter.");
	press(t, "F7");
	type(t, "segment");
	press(t, "enter");
	press(t, "1");
	see(t, "There is no segment yet");
	whole(t);
}

static void help_has_the_words_of_a_filter(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "F1");
	gone(t, "What can be written in a filter");
	see(t, "Opens the customer's card");
	gone(t, "Goes to the people whom");	/* that key means the other now */
	press(t, "esc");
	press(t, "F7");
	press(t, "F1");
	see(t, "What can be written in a filter");
	see(t, "visits(90d) >= 3: days with a purchase");
	press(t, "pgdn");
	press(t, "pgdn");
	press(t, "pgdn");
	whole(t);
	press(t, "end");
	see(t, "Leaves regulars");
	press(t, "esc");
	see(t, "press F7 once more");
}

/* -- kept -- */

/* It would stay in the journal when she is erased. */
static void a_filter_that_names_somebody_is_not_kept(void **state)
{
	struct place *p = *state;
	struct term *t = open_customers(p, ":");

	press(t, "F7");
	type(t, "name ~ \"asha\"");
	press(t, "ctrl-s");
	see(t, "Keep this filter");
	type(t, "Ashas");
	press(t, "enter");
	see(t, "a segment does not keep what \"name\" is compared with");
	see(t, "give these people a tag");
	whole(t);
	assert_prints(p, "regulars segment list", "None.");
}

static void a_filter_is_kept_and_opened_again(void **state)
{
	struct place *p = *state;
	struct term *t = open_customers(p, ":");

	press(t, "F7");
	type(t, "last_visit > 30d");
	see(t, "2 of 8");
	press(t, "ctrl-s");
	see(t, "Keep this filter");
	whole(t);
	type(t, "Cooling");
	press(t, "enter");
	see(t, "Cooling is kept.");
	see(t, "Cooling: last_visit > 30d");
	assert_prints(p, "regulars segment list", "last_visit > 30d");
	press(t, "esc");
	see(t, "8 customers");

	press(t, "ctrl-g");
	see_at(t, 0, "Segments");
	see(t, "> Cooling");
	see_at(t, 3, "2  last_visit > 30d");
	whole(t);
	press(t, "enter");
	see(t, "Cooling: last_visit > 30d");
	see(t, "2 of 8");
	press(t, "F7");
	type(t, " and visits > 1");
	see(t, "Filter: last_visit > 30d and visits > 1");
	see(t, "1 of 8");
	press(t, "F10");
	press(t, "1");				/* the same segment */
	see(t, "Cooling: last_visit > 30d and visits > 1");
	press(t, "esc");
	see_at(t, 0, "Segments");
	see_at(t, 3, "1  last_visit > 30d and visits > 1");

	press(t, "F6");
	press(t, "ctrl-u");
	type(t, "Away");
	press(t, "enter");
	see(t, "> Away");
	press(t, "ctrl-x");
	see(t, "Remove the segment Away?");
	press(t, "enter");			/* No is chosen */
	see(t, "> Away");
	press(t, "ctrl-x");
	press(t, "2");
	see(t, "Nothing is kept yet.");
	whole(t);
	assert_prints(p, "regulars segment list", "None.");
}

static void names_must_tell_them_apart(void **state)
{
	struct term *t = open_customers(*state,
		"regulars segment add Cooling --where 'last_visit > 30d' --quiet");

	press(t, "F7");
	type(t, "visits > 0");
	press(t, "ctrl-s");
	type(t, "cooling");
	press(t, "enter");
	see(t, "There is a segment cooling already");
	whole(t);
	press(t, "2");
	see(t, "Keep this filter");		/* asked again, with what was typed */
	type(t, " down");
	press(t, "enter");
	see(t, "cooling down is kept.");
	press(t, "F7");
	type(t, " and first_visit < 2026-11-01");
	press(t, "ctrl-s");
	press(t, "2");
	see(t, "the days in the filter stay as they are now.");
	type(t, "Cooling");
	press(t, "enter");
	press(t, "1");				/* that one is changed */
	see(t, "Cooling is kept, with the days that it has now.");
	see(t, "Cooling: visits > 0 and first_visit");
}

static void a_segment_counts_what_others_do(void **state)
{
	struct place *p = *state;
	struct term *t = open_customers(p,
		"regulars segment add Regular --where 'visits >= 3' --quiet\n"
		"regulars segment add Gone --where 'member(\"Tea card\") and visits = 0' --quiet");

	press(t, "ctrl-g");
	see_at(t, 3, "2  visits >= 3");
	place_run(p, "regulars program edit 'Tea card' --name 'Chai card' --quiet\n"
		  "for day in 19 20; do regulars sale add --customer 'Patil Sunita' --amount 20 "
		  "--date 2026-11-$day --quiet; done", NULL);
	see_at(t, 3, "3  visits >= 3");
	see_at(t, 4, "?  member(\"Tea card\")");
	press(t, "down");
	press(t, "enter");			/* and its filter can be mended */
	see(t, "there is no program \"Tea card\"");
	whole(t);
}

/* -- from elsewhere, and to elsewhere -- */

static void a_figure_opens_its_people(void **state)
{
	struct term *t = open_customers(*state, ":");

	press(t, "esc");
	press(t, "7");
	see_at(t, 0, "Figures");
	press(t, "1");
	press(t, "enter");
	see_at(t, 0, "Customers");
	see(t, "Filter: visits(");
	see(t, "by money spent");
	see(t, "F6 writes names and phones into a file");
	see(t, "^O File F6");			/* the figure's key for it */
	whole(t);
	press(t, "esc");			/* back to the figure at once */
	gone(t, "Filter:");
	see(t, "Table F5");
}

/* Into the folder in which regulars was started. */
static void the_people_become_a_file(void **state)
{
	struct place *p = *state;
	char before[PATH_MAX];
	struct term *t;

	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(p->dir), 0);
	t = open_customers(p, ":");
	assert_int_equal(chdir(before), 0);
	press(t, "F7");
	type(t, "visits >= 3");
	press(t, "enter");
	see(t, "2 of 8");
	see(t, "Enter Open  ^O File  ^N New F3");
	press(t, "ctrl-o");
	see(t, "customers-2026-11-21.csv");
	assert_prints(p, "cut -d , -f 2 customers-2026-11-21.csv",
		      "name\nRamesh Shah\nAsha Patel\n");
}

static void on_every_terminal(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "2");
	see(t, "8 customers");
	press(t, "ctrl-w");
	type(t, "area = \"Adajan\" and visits >= 1 and not tag:nobody and first_vist > 1d");
	see(t, "did you mean first_visit?");
	whole(t);
	press(t, "backspace");
	press(t, "ctrl-u");
	press(t, "ctrl-w");
	whole(t);
	type(t, "area");
	press(t, "enter");
	press(t, "1");
	press(t, "1");
	see(t, "1 of 8");
	see(t, "> Patil Sunita");
	press(t, "enter");
	whole(t);
	press(t, "ctrl-g");
	whole(t);
}

static void it_fits_every_terminal(void **state)
{
	struct place *p = *state;

	place_tea_house(p);
	place_run(p, sales, NULL);
	place_on_each_terminal(p, on_every_terminal);
}

#define journey(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		journey(a_mistake_is_shown_where_it_is),
		journey(a_mistake_says_what_helps_here),
		journey(finding_and_sorting_work_within),
		journey(what_others_do_is_followed),
		journey(conditions_are_picked_from_lists),
		journey(values_are_those_of_the_shop),
		journey(help_has_the_words_of_a_filter),
		journey(a_filter_that_names_somebody_is_not_kept),
		journey(a_filter_is_kept_and_opened_again),
		journey(names_must_tell_them_apart),
		journey(a_segment_counts_what_others_do),
		journey(a_figure_opens_its_people),
		journey(the_people_become_a_file),
		journey(it_fits_every_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
