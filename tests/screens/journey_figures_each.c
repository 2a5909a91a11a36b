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

/* Each figure on the sample shop: what it shows, its table, its definition, and
 * that the people behind a number are as many as it says. */

static void do_they_come_back(void **state)
{
	static const char name[] = "Do they come back?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-retention-80x24");
	for (int i = 0; i < 8; i++) {
		figure_people(t, name);
		press(t, "down");
	}
	press(t, "tab");
	for (int i = 0; i < 4; i++) {
		figure_people(t, name);
		press(t, "right");
	}
	screen_is(t, "figure-retention-months-80x24");
	press(t, "F5");
	press(t, "end");
	press(t, "enter");
	see(t, "This line is about nobody in particular.");
	press(t, "home");
	screen_is(t, "figure-retention-table-80x24");
	press(t, "esc");
	press(t, "F1");
	see(t, "Counted here: all days");
	see(t, "Customers are known people");
	figure_whole(t);
}

static void who_cools_off(void **state)
{
	static const char name[] = "Who cools off?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-cooling-80x24");
	figure_people(t, name);
	press(t, "down");
	press(t, "enter");
	see_at(t, 0, "Customer");
	see(t, "હેતલ પરમાર");
	place_run(p, "for id in $(regulars customer find 'હેતલ પરમાર' --json | "
		     "grep -o '\"id\": [0-9]*' | cut -d ' ' -f 2); do "
		     "regulars customer edit \"#$id\" --name 'Hetal who moved' --quiet; done",
		  NULL);
	press(t, "esc");
	see(t, "Hetal who moved");
	see_at(t, 0, name);
	press(t, "tab");
	screen_is(t, "figure-cooling-all-80x24");
	figure_people(t, name);
	press(t, "F5");
	screen_is(t, "figure-cooling-table-80x24");
	press(t, "F1");
	see(t, "the median of the days between their visits");
	figure_whole(t);
}

/* The picture ends after 300; the table, the file and the filter have all. */
static void none_is_left_out_of_a_long_list(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_run(p, "regulars demo shop --customers 1200 --seed 7 --quiet", NULL);
	p->how.folder = p->dir;
	t = figure_open(p, "Who cools off?");
	press(t, "tab");
	see(t, "in all, first 300 here");
	press(t, "end");
	see(t, "The first 300 of ");
	figure_whole(t);
	press(t, "F6");
	see(t, "silent-2026-11-21.csv");
	press(t, "F5");
	press(t, "end");
	gone(t, "more below");
	press(t, "enter");
	see_at(t, 0, "Customer");
	press(t, "esc");
	place_run(p, "n=$(regulars customer list --where 'gaps > 2' | wc -l)\n"
			 "test $n -gt 301 && test $(wc -l < silent-2026-11-21.csv) = $n && "
			 "! grep -q '^,' silent-2026-11-21.csv", NULL);
}

static void do_new_customers_stay(void **state)
{
	static const char name[] = "Do new customers stay?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-cohorts-80x24");
	figure_people(t, name);
	press(t, "right");
	figure_people(t, name);
	press(t, "left");
	press(t, "tab");
	screen_is(t, "figure-cohorts-money-80x24");
	press(t, "tab");
	screen_is(t, "figure-cohorts-together-80x24");
	press(t, "F5");
	screen_is(t, "figure-cohorts-table-80x24");
	press(t, "F1");
	see(t, "A cohort is all customers whose first visit");
	figure_whole(t);
}

static void who_are_the_best(void **state)
{
	static const char name[] = "Who are my best customers?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-groups-80x24");
	for (int i = 0; i < 11; i++) {
		figure_people(t, name);
		press(t, "down");
	}
	press(t, "tab");
	press(t, "right");
	screen_is(t, "figure-groups-often-80x24");
	figure_people(t, name);
	press(t, "tab");
	see(t, "little money");
	figure_whole(t);
	press(t, "F5");
	screen_is(t, "figure-groups-table-80x24");
	press(t, "F1");
	see(t, "Each scale goes from 1 to 5");
	figure_whole(t);
}

static void what_each_month_brought(void **state)
{
	static const char name[] = "What did each month bring?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-months-80x24");
	figure_people(t, name);
	press(t, "up");
	figure_people(t, name);
	press(t, "down");
	press(t, "tab");
	screen_is(t, "figure-months-sources-80x24");
	press(t, "tab");
	screen_is(t, "figure-months-people-80x24");
	press(t, "F5");
	screen_is(t, "figure-months-table-80x24");
	press(t, "F1");
	see(t, "Revenue is what all sales of the month came to");
	figure_whole(t);
}

static void when_the_shop_is_busy(void **state)
{
	static const char name[] = "When is the shop busy?";
	struct place *p = *state;
	struct term *t;

	place_demo(p);
	t = figure_open(p, name);
	screen_is(t, "figure-hours-80x24");
	press(t, "enter");
	see(t, "Filter: visited(weekday = ");
	see(t, " of 194 ");
	press(t, "esc");
	press(t, "tab");
	screen_is(t, "figure-hours-money-80x24");
	press(t, "F5");
	screen_is(t, "figure-hours-table-80x24");
	press(t, "F1");
	see(t, "A sale counts in the hour in which it began");
	figure_whole(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(do_they_come_back, place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(who_cools_off, place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(none_is_left_out_of_a_long_list, place_setup,
						place_teardown),
		cmocka_unit_test_setup_teardown(do_new_customers_stay, place_setup,
						place_teardown),
		cmocka_unit_test_setup_teardown(who_are_the_best, place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(what_each_month_brought, place_setup,
						place_teardown),
		cmocka_unit_test_setup_teardown(when_the_shop_is_busy, place_setup,
						place_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
