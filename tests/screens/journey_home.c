/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Home, and what the loop owes the terminal and other terminals. */

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

/* -- what it shows -- */

static void a_young_shop_is_told_the_next_step(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_run(p, "regulars init --name 'Patel Tea House' --country IN --quiet", NULL);
	t = place_open(p);
	see(t, "Next: give your regulars a reason to come back");
	see(t, "> 3");
	screen_is(t, "home-young-80x24");
	place_run(p, "regulars program add 'Tea card' --goal 3 --reward 'Free tea' --quiet", NULL);
	see(t, "Next: add your first customer");
	see(t, "> 1");
	place_run(p, "regulars customer add 'Asha Patel' --phone 9824012345 --quiet", NULL);
	see(t, "Next: make the first sale");
	gone(t, "Today");
	press(t, "enter");
	see(t, "Find:");
	place_run(p, "regulars sale add --customer 'Asha Patel' --amount 60 --quiet", NULL);
	press(t, "esc");
	see(t, "Today   1 sale   ₹60");
	gone(t, "Next:");
	whole(t);
	leave(t);
}

static void figures_find_room_in_any_size(void **state)
{
	static const struct {
		int rows, cols;
		const char *name;
	} sizes[] = { { 16, 60, "home-60x16" }, { 40, 120, "home-120x40" } };
	struct place *p = *state;

	place_demo(p);
	for (size_t i = 0; i < 2; i++) {
		struct term *t;

		p->how.rows = sizes[i].rows;
		p->how.cols = sizes[i].cols;
		t = place_open(p);
		see(t, "Last 7 days");
		whole(t);
		screen_is(t, sizes[i].name);
	}
}

/* -- where it leads -- */

static void every_number_opens_its_screen(void **state)
{
	static const char *const names[] = { "Counter", "Customers", "Programs", "Items", "Import",
					     "Day close", "Figures", "Journal",
					     "Settings" };
	struct place *p = *state;
	struct term *t;
	char number[2] = "1";

	place_tea_house(p);
	t = place_open(p);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++, number[0]++) {
		press(t, number);
		see_at(t, 0, names[i]);
		whole(t);
		press(t, "esc");
		see_at(t, 0, "Home");
	}
	press(t, "૧");
	see_at(t, 0, "Counter");
	press(t, "esc");
	press(t, "right");
	press(t, "down");
	press(t, "enter");
	see_at(t, 0, "Figures");
}

static void a_scanned_card_opens_its_customer(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	t = place_open(p);
	scan(t, "TEA17001");
	see(t, "Asha Patel");
	see(t, "98240 12345");
	press(t, "esc");
	see_at(t, 0, "Home");
	/* one that begins with the digits of the menu */
	scan(t, "3300012345");
	see(t, "Nobody has the card 3300012345.");
	see_at(t, 0, "Home");
	press(t, "9");
	see_at(t, 0, "Settings");
	press(t, "down");	/* not a part of what is scanned */
	scan(t, "tea17001");
	see(t, "Asha Patel");
	whole(t);
	leave(t);
}

static void anothers_sale_appears_by_itself(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars sale add --customer TEA17001 --amount 20 --quiet", NULL);
	t = place_open(p);
	see(t, "Today   1 sale   ₹20");
	place_run(p, "regulars sale add --amount 15.50 --quiet", NULL);
	see(t, "Today   2 sales   ₹35.50   regulars 50 %");
	see(t, "10:00");
	leave(t);
}

/* -- the terminal -- */

static void until_stopped(struct term *t)
{
	siginfo_t info;

	assert_int_equal(waitid(P_PID, (id_t)t->pid, &info, WSTOPPED | WEXITED | WNOWAIT), 0);
	assert_int_equal(info.si_code, CLD_STOPPED);
	while (t->alternate && term_pump(t, t->patience_ms))
		;
	assert_false(t->alternate);
}

static void stopping_gives_the_terminal_back_for_a_while(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	t = place_open(p);
	for (int i = 0; i < 2; i++) {
		kill(t->pid, SIGTSTP);
		until_stopped(t);
		kill(t->pid, SIGCONT);
		see_at(t, 0, "Home");
		assert_true(t->alternate);
	}
	press(t, "1");
	see(t, "Find:");
	/* in brackets: the newline is none */
	paste(t, "asha\npatel");
	see(t, "asha patel");
	whole(t);
	leave(t);
}

static void whatever_ends_it_gives_the_terminal_back(void **state)
{
	static const struct {
		int signal, status;
	} ends[] = {
		{ SIGINT, 0 }, { SIGQUIT, 0 }, { SIGABRT, 128 + SIGABRT },
#ifndef __SANITIZE_ADDRESS__	/* which takes these for itself */
		{ SIGSEGV, 4 }, { SIGBUS, 4 },
#endif
	};
	struct place *p = *state;

	place_tea_house(p);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct term *t = place_open(p);

		press(t, "1");
		kill(t->pid, ends[i].signal);
		ends_clean(t, ends[i].status);
	}
	place_run(p, "regulars verify", NULL);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_young_shop_is_told_the_next_step),
		TEST(figures_find_room_in_any_size),
		TEST(every_number_opens_its_screen),
		TEST(a_scanned_card_opens_its_customer),
		TEST(anothers_sale_appears_by_itself),
		TEST(stopping_gives_the_terminal_back_for_a_while),
		TEST(whatever_ends_it_gives_the_terminal_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
