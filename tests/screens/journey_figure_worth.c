/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* What customers are worth: the screen, its people, and the line on the card. */

static const char question[] = "What are they worth?";

/* The menu of figures, and in it the question, wherever it stands. */
static void open_worth(struct term *t)
{
	press(t, t->keyboard == KEYS_VT100 ? "esc-8" : "F8");
	figure_choose(t, question);
}

static struct term *open_demo(struct place *p)
{
	struct term *t;

	place_demo(p);
	t = place_open(p);
	open_worth(t);
	see(t, "worth most and cooling");
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

/* -- in the sample shop -- */

static void says_what_they_are_worth_and_who_may_leave(void **state)
{
	struct term *t = open_demo(*state);

	see(t, "customers are expected to bring about");
	see(t, "who came again about");
	see(t, "of the most valuable fifth may be leaving");
	figure_whole(t);
	screen_is(t, "figure-worth-80x24");
	press(t, "tab");
	see(t, "Each is expected to bring");
	figure_whole(t);
}

/* The filter of the list finds as many as the list says. */
static void its_people_are_those_that_it_counts(void **state)
{
	struct term *t = open_demo(*state);
	char count[32], command[256];
	struct buf line = { 0 };
	const char *filter;
	int row, col, n;

	assert_true(term_find(t, "customers in all", &row, &col));
	term_line(t, row, &line);
	n = atoi(strstr(line.at, "> ") + 2);
	assert_true(n > 2);
	press(t, "enter");
	see(t, "Filter: value >= ");
	snprintf(count, sizeof(count), "%d of ", n);
	see(t, count);
	assert_true(term_find(t, "Filter: ", &row, &col));
	buf_clear(&line);
	term_line(t, row, &line);
	filter = strstr(line.at, "value");
	assert_non_null(filter);
	assert_non_null(strstr(filter, "and p_alive < 0.7"));
	snprintf(command, sizeof(command), "regulars report clv --csv --where '%.*s' | wc -l",
		 (int)strcspn(filter, "\n"), filter);
	snprintf(count, sizeof(count), "%d\n", n + 1);
	assert_prints(*state, command, count);
	buf_release(&line);
	press(t, "esc");
	see_at(t, 0, question);
}

static void its_people_become_a_segment(void **state)
{
	struct term *t = open_demo(*state);

	press(t, "F7");
	see(t, "What shall this segment be called?");
	type(t, "May leave");
	press(t, "enter");
	gone(t, "What shall this segment be called?");
	figure_whole(t);
	assert_prints(*state, "regulars segment list", "May leave");
}

static void a_customer_of_the_list_has_it_on_the_card(void **state)
{
	struct term *t = open_demo(*state);

	press(t, "down");
	see(t, "Enter opens the card");
	press(t, "enter");
	see(t, "Likely still a regular: ");
	see(t, "May bring about");
	figure_whole(t);
	press(t, "esc");
	see_at(t, 0, question);
}

static void what_was_expected_stands_beside_what_came(void **state)
{
	struct term *t = open_demo(*state);

	press(t, "backtab");
	see(t, "was it right?");
	see(t, "1 week a column");
	see(t, "visits were made");
	figure_whole(t);
	screen_is(t, "figure-worth-check-80x24");
	press(t, "enter");
	see(t, "was it right?");
	press(t, "F5");
	see(t, "Week ends");
	see(t, "Came again");
	press(t, "esc");
	see(t, "was it right?");
}

static void the_model_stands_on_f1(void **state)
{
	struct term *t = open_demo(*state);

	press(t, "F1");
	see(t, "of whom");
	gone(t, "BG/NBD: r 0.");		/* last of all */
	press(t, "pgdn");
	see(t, "revenue, not profit");
	press(t, "pgdn");
	press(t, "pgdn");
	see(t, "Keeps the people of the chosen line");
	for (int i = 0; i < 3; i++)
		press(t, "up");
	see(t, "For who wants to check the model: BG/NBD: r 0.");
	see(t, "log-likelihood");
	see(t, "Gamma-Gamma: p ");
	press(t, "esc");
	see_at(t, 0, question);
}

static void walk(struct place *p)
{
	struct term *t = place_open(p);

	open_worth(t);
	see(t, "bring about");
	figure_whole(t);
	press(t, "tab");
	figure_whole(t);
	press(t, "tab");
	see(t, "Visits after the first one");
	figure_whole(t);
	press(t, "ctrl-t");
	see(t, "Week ends");
	figure_whole(t);
}

static void fits_each_terminal(void **state)
{
	place_demo(*state);
	place_on_each_terminal(*state, walk);
}

/* -- with too few -- */

static const char few_sales[] =
	"for d in 07-11 08-05 09-09 10-13 11-17; do\n"
	"REGULARS_NOW=2026-${d}T10:00:00 regulars sale add --customer 'Asha Patel' --amount 90"
	" --quiet; done";

static void too_few_are_told_in_words(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, few_sales, NULL);
	t = place_open(p);
	open_worth(t);
	see(t, "Too few to tell: it takes twenty customers");
	see(t, "each visit teaches more");
	see(t, "So far a visit brings ₹90");
	gone(t, "^T Table");
	figure_whole(t);
	press(t, "enter");
	press(t, "F5");
	press(t, "F6");
	see(t, "Too few to tell: it takes twenty customers");
	press(t, "tab");
	figure_whole(t);
}

static void some_days_tell_nothing_of_a_year(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "REGULARS_NOW=2026-11-19T10:00:00 regulars sale add --customer 'Asha Patel' "
		     "--amount 90 --quiet\n"
		     "REGULARS_NOW=2026-11-20T10:00:00 regulars sale add --customer 'Asha Patel' "
		     "--amount 91 --quiet\n", NULL);
	t = place_open(p);
	open_worth(t);
	see(t, "Too few to tell: it takes twenty customers");
	see(t, "So far a visit brings ₹90.50");
	gone(t, "in a year");
	figure_whole(t);
}

static void the_card_says_that_there_are_too_few(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, few_sales, NULL);
	t = place_open(p);
	press(t, "2");
	see_at(t, 0, "Customers");
	type(t, "Asha");
	see(t, "found");
	press(t, "enter");
	see(t, "Too few customers come again to tell who stays.");
	figure_whole(t);
}

static const char four_days[] =
	"for i in $(seq 30); do for d in 14 15 16 17; do\n"
	"echo 2026-11-$d,98250$((20000 + i)),90; done; done >sales.csv\n"
	"(echo date,phone,amount; cat sales.csv) >young.csv\n"
	"regulars import young.csv --quiet\n";

static void a_young_shop_is_told_that_it_is_too_early(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_run(p, "regulars init --name Tea --country IN --quiet", NULL);
	place_run(p, four_days, NULL);
	t = place_open(p);
	press(t, t->keyboard == KEYS_VT100 ? "esc-8" : "F8");
	see(t, "too early to tell");
	open_worth(t);
	see(t, "The visits go back too short a time to look so far ahead.");
	see(t, "So far a visit brings ₹90.");
	figure_whole(t);
	press(t, "esc");
	press(t, "esc");
	press(t, "2");
	see_at(t, 0, "Customers");
	press(t, "enter");
	see(t, "It is too early to tell who stays.");
	press(t, "F1");
	see(t, "is the chance that they have not stopped");
	figure_whole(t);
}

/* 30 customers, four times in twenty weeks: enough for a model, not for a year. */
static const char twenty_weeks[] =
	"for i in $(seq 30); do for k in 0 1 2 3; do\n"
	"[ $k -gt $((i % 5)) ] || echo $(date -u -d \"2026-06-20 +$((k * (7 + i) + i)) days\" "
	"+%F),98250$((20000 + i)),$((90 + 7 * i + k)); done; done >sales.csv\n"
	"(echo date,phone,amount; cat sales.csv) >young.csv\n"
	"regulars import young.csv --quiet\n";

static void it_is_said_that_a_year_is_far(struct place *p)
{
	struct term *t = place_open(p);

	open_worth(t);
	see(t, "This looks further ahead than the visits go back");
	figure_whole(t);
	press(t, "tab");
	press(t, "tab");
	see(t, "This looks further ahead than the visits go back");
	figure_whole(t);
}

static void it_is_said_on_each_terminal(void **state)
{
	struct place *p = *state;

	place_run(p, "regulars init --name Tea --country IN --quiet", NULL);
	place_run(p, twenty_weeks, NULL);
	place_on_each_terminal(p, it_is_said_that_a_year_is_far);
}

#define PLACE_TEST(f) cmocka_unit_test_setup_teardown(f, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(says_what_they_are_worth_and_who_may_leave),
		PLACE_TEST(its_people_are_those_that_it_counts),
		PLACE_TEST(its_people_become_a_segment),
		PLACE_TEST(a_customer_of_the_list_has_it_on_the_card),
		PLACE_TEST(what_was_expected_stands_beside_what_came),
		PLACE_TEST(the_model_stands_on_f1),
		PLACE_TEST(fits_each_terminal),
		PLACE_TEST(too_few_are_told_in_words),
		PLACE_TEST(some_days_tell_nothing_of_a_year),
		PLACE_TEST(the_card_says_that_there_are_too_few),
		PLACE_TEST(a_young_shop_is_told_that_it_is_too_early),
		PLACE_TEST(it_is_said_on_each_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
