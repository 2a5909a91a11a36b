/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/figures.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* The menu of figures, what their screens have in common, and that the people
 * behind a number are as many as it says. */

static const char *const questions[] = {
	"Do they come back?", "Who cools off?", "Do new customers stay?",
	"Who are my best customers?", "What did each month bring?", "When is the shop busy?"
};
enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

static void assert_prints(struct place *p, const char *script, const char *text)
{
	struct buf out = { 0 };

	place_run(p, script, &out);
	if (!strstr(out.at, text))
		print_error("%s printed:\n%s\n", script, out.at);
	assert_non_null(strstr(out.at, text));
	buf_release(&out);
}

/* -- the menu -- */

static void the_menu_answers_questions(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = place_open(p);
	press(t, "7");
	see_at(t, 0, "Figures");
	screen_is(t, "figures-80x24");
	figure_whole(t);
	press(t, "down");
	press(t, "enter");
	see_at(t, 0, "Who cools off?");
	press(t, "esc");
	see_at(t, 0, "Figures");
	press(t, "esc");
	see_at(t, 0, "Home");
}

static void one_key_leads_there_from_everywhere(void **state)
{
	static const char *const screens[] = { "1", "2", "3", "4", "5", "6", "8", "9" };
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = place_open(p);
	for (size_t i = 0; i < sizeof(screens) / sizeof(*screens); i++) {
		press(t, screens[i]);
		gone(t, "Last 7 days");
		press(t, i % 2 ? "F8" : "ctrl-b");
		see_at(t, 0, "Figures");
		press(t, "esc");
		press(t, "esc");
		see_at(t, 0, "Home");
	}
}

/* -- what all have in common -- */

static void a_table_becomes_a_file(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	p->how.folder = p->dir;
	t = figure_open(p, "What did each month bring?");
	press(t, "F6");
	see(t, "months-2026-11-21.csv");
	assert_prints(p, "head -c 6 months-2026-11-21.csv | od -An -c", "357 273 277   m   o   n");
	assert_prints(p, "head -n 1 months-2026-11-21.csv",
		      "month,sales,revenue,new_revenue,returning_revenue,anonymous_revenue,"
		      "customers,new,returning,whole");
	assert_prints(p, "test $(wc -l < months-2026-11-21.csv) = 20\n"
			 "regulars report months --csv > cli\n"
			 "tail -c +4 months-2026-11-21.csv | cmp - cli && echo same", "same");
	press(t, "ctrl-o");
	see(t, "months-2026-11-21-2.csv");	/* never over another */
	assert_prints(p, "ls -l months*.csv | grep -c '^-rw-------'", "2");
	figure_whole(t);
}

static void a_folder_that_cannot_be_written_is_said(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	p->how.folder = "/proc";
	t = figure_open(p, "What did each month bring?");
	press(t, "F6");
	see(t, "cannot be written");
	looks_whole(t);
}

static void other_days_are_for_all_figures(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, "Do they come back?");
	see(t, "all days, 23 May 2025 to 20 Nov 2026");
	press(t, "ctrl-y");
	see(t, "Which days shall be counted?");
	press(t, "down");
	press(t, "down");
	press(t, "enter");
	see(t, "the last 90 days, 23 Aug 2026 to 20 Nov 2026");
	figure_whole(t);
	press(t, "esc");
	see(t, "the last 90 days; lines with * are of all days");
	see(t, "Who cools off? *");
	press(t, "ctrl-y");
	press(t, "down");
	press(t, "enter");
	see(t, "this year; lines with *");
	press(t, "ctrl-y");
	press(t, "up");
	press(t, "enter");
	figure_choose(t, "When is the shop busy?");
	see(t, "the last 90 days, 23 Aug 2026 to 20 Nov 2026");
}

static void people_are_kept_as_a_segment(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, "Who are my best customers?");
	press(t, "F7");
	see(t, "What shall this segment be called?");
	see(t, "who is among them is asked anew each time.");
	type(t, "Best of all");
	press(t, "enter");
	see(t, "Best of all is kept.");
	assert_prints(p, "regulars segment list", "Best of all");
	press(t, "ctrl-w");
	type(t, "best of ALL");
	press(t, "enter");
	see(t, "There is a segment best of ALL already");
	looks_whole(t);
	press(t, "2");
	see(t, "best of ALL");			/* it is asked again */
	press(t, "enter");
	press(t, "1");				/* that one is changed */
	see(t, "Best of all is kept.");
	looks_whole(t);
	press(t, "F9");				/* and each question stands in the menu */
	type(t, "cohort");
	press(t, "enter");
	see_at(t, 0, "Do new customers stay?");
}

static void a_sale_elsewhere_is_counted(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars sale add --customer 'Asha Patel' --amount 80 --quiet\n", NULL);
	t = figure_open(p, "What did each month bring?");
	see(t, "1 customer came in Nov 2026");
	place_run(p, "regulars sale add --customer 'Ramesh Shah' --amount 40 --quiet\n", NULL);
	see(t, "2 customers came in Nov 2026");
	see(t, "₹120");
}

/* -- young shops -- */

static void a_shop_without_sales_says_what_is_missing(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	t = place_open(p);
	press(t, "F8");
	see(t, "none has been rung up yet");
	screen_is(t, "figures-empty-80x24");
	for (size_t i = 0; i < QUESTIONS; i++) {
		figure_choose(t, questions[i]);
		see(t, "No sale has been rung up yet.");
		figure_whole(t);
		press(t, "F5");
		press(t, "F6");
		press(t, "F7");
		press(t, "enter");
		press(t, "tab");
		see(t, "No sale has been rung up yet.");
		press(t, "F1");
		see(t, "There is nothing to count yet.");
		press(t, "esc");
		press(t, "esc");
		see_at(t, 0, "Figures");
	}
}

static void sales_of_nobody_known_are_told_apart(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars sale add --amount 80 --quiet\n", NULL);
	t = figure_open(p, "Do they come back?");
	see(t, "All sales so far are of nobody in particular");
	figure_whole(t);
}

static void three_sales_are_too_few(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars sale add --customer 'Asha Patel' --amount 80 --quiet\n"
		     "regulars sale add --customer 'Asha Patel' --amount 20 --date "
		     "2026-11-10T09:00:00 --quiet\n"
		     "regulars sale add --customer 'Ramesh Shah' --amount 40 --quiet\n", NULL);
	t = place_open(p);
	press(t, "ctrl-b");
	see(t, "₹");
	gone(t, "champion");
	gone(t, "overdue");
	gone(t, "sales then");
	figure_choose(t, "Do they come back?");
	screen_is(t, "figure-retention-few-80x24");
	press(t, "esc");
	figure_choose(t, "Who cools off?");
	see(t, "Nobody has come three times yet");
	see(t, "too few to tell (0 of 0)");
	press(t, "esc");
	figure_choose(t, "Do new customers stay?");
	see(t, "once another month has begun");
	press(t, "tab");
	see(t, "too few to tell");
	press(t, "esc");
	figure_choose(t, "Who are my best customers?");
	see(t, "With fewer than 50 customers chance decides");
	gone(t, "%");
	gone(t, "Nobody is in it now");
	press(t, "enter");
	see_at(t, 0, "Customers");
	press(t, "esc");
	figure_whole(t);
}

/* -- other terminals -- */

static void walk(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "ctrl-b");
	see_at(t, 0, "Figures");
	figure_whole(t);
	for (size_t i = 0; i < QUESTIONS; i++) {
		figure_choose(t, questions[i]);
		figure_whole(t);
		press(t, "right");
		press(t, "down");
		figure_whole(t);
		press(t, "tab");
		figure_whole(t);
		press(t, "ctrl-t");
		figure_whole(t);
		press(t, "right");
		press(t, "down");
		figure_whole(t);
		press(t, "?");
		figure_whole(t);
		press(t, "esc");
		press(t, "esc");
		press(t, "esc");
		see_at(t, 0, "Figures");
	}
}

static void every_terminal_shows_them_whole(void **state)
{
	struct place *p = *state;

	place_demo(p);
	place_on_each_terminal(p, walk);
}

#define JOURNEY(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNEY(the_menu_answers_questions),
		JOURNEY(one_key_leads_there_from_everywhere),
		JOURNEY(a_table_becomes_a_file),
		JOURNEY(a_folder_that_cannot_be_written_is_said),
		JOURNEY(other_days_are_for_all_figures),
		JOURNEY(people_are_kept_as_a_segment),
		JOURNEY(a_sale_elsewhere_is_counted),
		JOURNEY(a_shop_without_sales_says_what_is_missing),
		JOURNEY(sales_of_nobody_known_are_told_apart),
		JOURNEY(three_sales_are_too_few),
		JOURNEY(every_terminal_shows_them_whole),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
