/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* The book of customers and one of its cards, as somebody looks through them. */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

/* The tea house after a script, its customers open. */
static struct term *open_book(struct place *p, const char *script)
{
	struct term *t;

	place_tea_house(p);
	place_run(p, script, NULL);
	t = place_open(p);
	press(t, "2");
	see_at(t, 0, "Customers");
	whole(t);
	return t;
}

static struct term *open_card(struct place *p, const char *script, const char *who)
{
	struct term *t = open_book(p, script);

	type(t, who);
	see(t, "1 found");
	press(t, "enter");
	gone(t, "Find:");
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

/* -- the book -- */

static void finds_in_every_script_at_each_key(void **state)
{
	struct term *t = open_book(*state,
		"regulars sale add --customer 'Patil Sunita' --amount 90 --quiet\n"
		"for i in 1 2 3; do\n"
		"regulars sale add --customer 9824055501 --amount 20 --quiet; done");

	see(t, "8 customers");
	type(t, "patel");
	see(t, "5 found");
	see_at(t, 5, "> Asha Patel");
	see_at(t, 6, "પટેલ સુરેશ");
	see(t, "similar names:");
	screen_is(t, "customers-found-80x24");
	press(t, "esc");
	see(t, "8 customers");
	see_at(t, 0, "Customers");
	type(t, "Նարե");
	see(t, "1 found");
	press(t, "ctrl-u");
	type(t, "5501");
	see_at(t, 5, "> પટેલ સુરેશ");
	press(t, "esc");
	press(t, "esc");
	see_at(t, 0, "Home");
}

static void the_line_between_is_never_chosen(void **state)
{
	struct term *t = open_book(*state, ":");
	int row, line, col;

	type(t, "patel");
	see(t, "similar names:");
	assert_true(term_find(t, "similar names:", &line, &col));
	for (int i = 0; i < 8; i++) {
		press(t, i < 5 ? "down" : "up");
		assert_true(term_find(t, "> ", &row, &col));
		assert_int_not_equal(row, line);
	}
}

static void sorts_as_one_chooses(void **state)
{
	struct term *t = open_book(*state,
		"regulars sale add --customer 'Ramesh Shah' --amount 90 --quiet\n"
		"regulars sale add --customer 'Asha Patel' --amount 20 --quiet\n"
		"regulars sale add --customer 'Asha Patel' --amount 20 --quiet");

	see(t, "by last visit");
	press(t, "ctrl-t");
	whole(t);
	press(t, "4");
	see(t, "by money spent");
	see_at(t, 5, "> Ramesh Shah");
	press(t, "F6");
	press(t, "2");
	see(t, "by name");
	see_at(t, 5, "> Asha Patel");
	see_at(t, 6, "Bhupendrasinh");
	press(t, "F6");
	press(t, "5");
	see(t, "by day added");
	see_at(t, 5, "> Bhupendrasinh");
}

/* What another terminal does is there by itself, and whoever was chosen stays
 * chosen although their place is another. */
static void follows_what_others_do(void **state)
{
	struct place *p = *state;
	struct term *t = open_book(p, "regulars sale add --customer 'Asha Patel' --amount 20 "
				   "--quiet");

	see_at(t, 5, "> Asha Patel");
	press(t, "ctrl-t");
	press(t, "4");
	see_at(t, 5, "> Asha Patel");
	place_run(p, "regulars sale add --customer 'Ramesh Shah' --amount 90 --quiet", NULL);
	see_at(t, 6, "> Asha Patel");
	see_at(t, 5, "Ramesh Shah");
	place_run(p, "regulars customer add 'Zarine Irani' --quiet", NULL);
	see(t, "9 customers");
}

static void fits_every_size(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 40, 120 }, { 24, 132 }, { 24, 60 } };
	struct place *p = *state;
	struct term *t = open_card(p, "regulars sale add --customer 'Ramesh Shah' --amount 90 "
				   "--quiet", "ramesh");

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		see(t, "Birthday in 6 days");
		see(t, "Ramesh Shah");
		whole(t);
		press(t, "esc");
		see(t, "Find:");
		see(t, "Ramesh Shah");
		whole(t);
		press(t, "enter");
	}
	term_resize(t, 1, 1);
	term_resize(t, 24, 80);
	see(t, "Birthday in 6 days");
}

/* -- the card -- */

static void a_card_tells_what_to_know_first(void **state)
{
	struct term *t = open_card(*state,
		"regulars customer edit 'Ramesh Shah' --notes 'no sugar' --tag morning --quiet\n"
		"regulars sale add --customer 'Ramesh Shah' --amount 90 --quiet\n"
		"regulars sale add --customer 'Ramesh Shah' --item 'Masala chai' --receipt R-9 "
		"--quiet",
		"ramesh");

	see(t, "Birthday in 6 days, Fri 27 Nov");
	see(t, "no sugar");
	see(t, "+91 98250 10004");
	see(t, "morning");
	see(t, "2/3");
	see(t, "1 visit, ₹110 spent");
	screen_is(t, "customer-card-80x24");
}

static void a_line_says_why(void **state)
{
	struct term *t = open_card(*state,
		"regulars sale add --customer 'Ramesh Shah' --item 'Masala chai' --receipt R-9 "
		"--quiet",
		"ramesh");

	press(t, "enter");
	see(t, "Sale R-9");
	see(t, "Masala chai  ₹20");
	see(t, "Tea card: +1 earned");
	see(t, "by asha");
	whole(t);
	press(t, "esc");
	press(t, "ctrl-w");
	see(t, "Tea card: 1 of 3");
	whole(t);
	press(t, "enter");
	see(t, "Birthday in 6 days");
}

static void a_balance_is_changed_by_hand_with_a_reason(void **state)
{
	struct place *p = *state;
	struct term *t = open_card(p, "regulars sale add --customer 'Ramesh Shah' --amount 90 "
				   "--quiet", "ramesh");

	press(t, "ctrl-t");
	see(t, "How many stamps");
	type(t, "1");
	press(t, "enter");
	see(t, "Why is it changed?");
	whole(t);
	type(t, "the card was wet");
	press(t, "enter");
	see(t, "2/3");
	see(t, "Changed by hand");
	press(t, "enter");
	see(t, "Reason: the card was wet");
	press(t, "esc");
	press(t, "ctrl-t");
	type(t, "-9");
	press(t, "enter");
	type(t, "too many");
	press(t, "enter");
	see(t, "Press any key");
	press(t, "space");
	see(t, "How many stamps");
	press(t, "esc");
	gone(t, "How many stamps");
	see(t, "2/3");
}

/* More than are read at first. */
static void a_long_history_is_there_to_its_end(void **state)
{
	struct term *t = open_card(*state,
		"{ echo date,receipt,phone,amount\n"
		"for i in $(seq 230); do echo 2026-0$((i % 9 + 1))-15,R-$i,9825010004,20; done; "
		"} >till.csv\n"
		"regulars import till.csv --quiet", "ramesh");

	see(t, "9 visits");
	press(t, "end");
	gone(t, "more below");
	see(t, "15 Jan 2026");
	press(t, "home");
	see(t, "Customer changed");
}

static void a_sale_begins_from_the_card(void **state)
{
	struct term *t = open_card(*state, ":", "ramesh");

	press(t, "ctrl-e");
	see_at(t, 0, "Counter");
	see(t, "Ramesh Shah");
}

/* -- changing the book -- */

static void somebody_new_is_added(void **state)
{
	struct place *p = *state;
	struct term *t = open_book(p, ":");

	type(t, "zarine irani");
	see(t, "Nobody is like that");
	press(t, "F3");
	see(t, "New customer");
	see(t, "zarine irani");
	whole(t);
	type(t, "98250 99999, 123");
	press(t, "tab");
	see(t, "+91 98250 99999, 123");
	type(t, "3.5.1988");
	press(t, "tab");
	see(t, "03/05/1988");
	type(t, "gujarati");
	press(t, "ctrl-s");
	see(t, "zarine irani is in the book now.");
	see(t, "123 (cannot be texted)");
	assert_prints(p, "regulars customer show 'zarine irani' --json", "\"1988-05-03\"");
	assert_prints(p, "regulars customer show 'zarine irani' --json", "\"gu\"");
}

static void a_likely_double_is_asked_about(void **state)
{
	struct place *p = *state;
	struct term *t = open_book(p, ":");

	press(t, "ctrl-n");
	type(t, "R. Shah");
	press(t, "enter");
	type(t, "98250 10004");
	press(t, "F10");
	see(t, "Is this the same person?");
	see(t, "Ramesh Shah (#6)");
	press(t, "enter");			/* No is chosen */
	gone(t, "Is this the same person?");
	press(t, "esc");
	see(t, "Leave without saving?");
	press(t, "esc");
	press(t, "ctrl-s");
	press(t, "2");
	see(t, "R. Shah is in the book now.");
	assert_prints(p, "regulars customer list", "R. Shah");
}

/* What is not typed anew stays, also what another terminal wrote meanwhile. */
static void a_change_touches_nothing_else(void **state)
{
	struct place *p = *state;
	struct term *t = open_card(p, "regulars customer edit 'Ramesh Shah' --channel whatsapp "
				   "--quiet", "ramesh");

	press(t, "ctrl-o");
	see(t, "Customer details");
	see(t, "27/11");
	place_run(p, "regulars customer edit 'Ramesh Shah' --notes 'no sugar' --quiet", NULL);
	press(t, "end");
	type(t, "bhai");
	press(t, "ctrl-s");
	see(t, "Saved.");
	see(t, "Ramesh Shahbhai");
	see(t, "no sugar");
	assert_prints(p, "regulars customer show '#6'", "whatsapp");
	assert_prints(p, "regulars customer show '#6'", "11-27");
}

static void what_cannot_be_read_is_said_at_its_field(void **state)
{
	struct term *t = open_card(*state, ":", "ramesh");

	press(t, "F6");
	press(t, "down");
	press(t, "down");
	press(t, "ctrl-u");
	type(t, "31.2.");
	press(t, "ctrl-s");
	see(t, "is not in the calendar");
	see(t, "Customer details");
	press(t, "ctrl-u");
	press(t, "ctrl-s");
	see(t, "Saved.");
	gone(t, "Birthday in");
}

static void two_become_one(void **state)
{
	struct place *p = *state;
	struct term *t = open_card(p, "regulars sale add --customer 'Patil Sunita' --amount 90 "
				   "--quiet", "asha");

	press(t, "ctrl-k");
	type(t, "98250 10003");
	press(t, "enter");
	see(t, "Patil Sunita (#5) becomes part of Asha Patel (#1)");
	whole(t);
	press(t, "enter");
	see(t, "No visit yet");
	press(t, "ctrl-k");
	type(t, "#5");
	press(t, "enter");
	press(t, "2");
	see(t, "They are one customer now.");
	see(t, "1 visit");
	assert_prints(p, "regulars customer show '#5'", "Asha Patel");
}

static void erasing_asks_for_the_name(void **state)
{
	struct place *p = *state;
	struct term *t = open_card(p, ":", "5501");

	press(t, "ctrl-x");
	see(t, "To agree, type: પટેલ સુરેશ");
	press(t, "enter");
	see(t, "Nobody was erased.");
	press(t, "ctrl-x");
	type(t, "patel suresh");		/* a keyboard may have no Gujarati */
	press(t, "enter");
	see(t, "Erased.");
	see_at(t, 0, "Customers");
	press(t, "esc");
	see(t, "7 customers");
}

/* -- names in Latin letters -- */

static void the_setting_says_how_names_are_shown(void **state)
{
	struct place *p = *state;
	struct term *t = open_book(p, "regulars config set names both --quiet");

	see(t, "In Latin letters");
	see(t, "Patel Suresh");
	see(t, "પટેલ સુરેશ");
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
	place_run(p, "regulars config set names latin --quiet", NULL);
	t = place_open(p);
	press(t, "2");
	see(t, "Patel Suresh");
	gone(t, "પટેલ સુરેશ");
}

#define journey(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		journey(finds_in_every_script_at_each_key),
		journey(the_line_between_is_never_chosen),
		journey(sorts_as_one_chooses),
		journey(follows_what_others_do),
		journey(fits_every_size),
		journey(a_card_tells_what_to_know_first),
		journey(a_line_says_why),
		journey(a_balance_is_changed_by_hand_with_a_reason),
		journey(a_long_history_is_there_to_its_end),
		journey(a_sale_begins_from_the_card),
		journey(somebody_new_is_added),
		journey(a_likely_double_is_asked_about),
		journey(a_change_touches_nothing_else),
		journey(what_cannot_be_read_is_said_at_its_field),
		journey(two_become_one),
		journey(erasing_asks_for_the_name),
		journey(the_setting_says_how_names_are_shown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
