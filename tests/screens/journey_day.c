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

/* The end of a day: what was counted, what is booked for it, and days before. */

static const char sales[] =
	"regulars sale add --customer 'Asha Patel' --amount 80 --tender cash --quiet\n"
	"regulars sale add --amount 40 --tender card --quiet\n"
	"regulars sale add --amount 25 --date 2026-11-20T18:00:00 --quiet\n";

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static struct term *open_day(struct place *p)
{
	struct term *t;

	place_tea_house(p);
	place_run(p, sales, NULL);
	t = place_open(p);
	press(t, "ctrl-p");
	type(t, "Day close");
	press(t, "enter");
	see(t, "not closed yet");
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

/* The fingerprint in the line that begins with 'label'. */
static void fingerprint_after(struct term *t, const char *label, char out[64])
{
	struct buf line = { 0 };
	int row, col;

	assert_true(term_find(t, label, &row, &col));
	term_line(t, row, &line);
	snprintf(out, 64, "%s", strstr(line.at, label) + strlen(label) + 1);
	buf_release(&line);
}

static void shows_the_day_so_far(void **state)
{
	struct term *t = open_day(*state);

	see(t, "Sat 21 Nov: today, not closed yet");
	see(t, "Yesterday is not closed yet");
	see(t, "₹120.00");
	see(t, "In cash");
	see(t, "₹80.00");
	see(t, "50 %");
	see(t, "Tea card");
	screen_is(t, "day-80x24");
}

static void what_was_not_rung_up_is_shown_then_booked(void **state)
{
	char shown[64], command[160];
	struct place *p = *state;
	struct term *t = open_day(p);

	press(t, "F10");
	see(t, "How much money came in on Sat 21 Nov?");
	see(t, "₹120.00 were rung up.");
	whole(t);
	type(t, "500");
	press(t, "enter");
	see(t, "₹380.00 was not rung up: it will be booked");
	whole(t);
	press(t, "enter");		/* No stands first */
	see(t, "not closed yet");
	press(t, "ctrl-s");
	type(t, "500");
	press(t, "enter");
	press(t, "2");
	see(t, "Sat 21 Nov is closed.");
	see(t, "Sat 21 Nov: closed");
	see(t, "Not rung up");
	see(t, "₹380.00");
	whole(t);
	fingerprint_after(t, "Write this on paper:", shown);
	assert_prints(p, "regulars report day", shown);
	snprintf(command, sizeof(command), "regulars verify --against %s", shown);
	assert_prints(p, command, "All is well.");
}

static void a_short_drawer_is_asked_about(void **state)
{
	struct place *p = *state;
	struct term *t = open_day(p);

	press(t, "ctrl-s");
	type(t, "119.99");
	press(t, "enter");
	see(t, "Close the day short?");
	see(t, "₹119.99 is less than the ₹120.00 that were rung up");
	whole(t);
	press(t, "enter");		/* No stands first */
	see(t, "not closed yet");
	press(t, "ctrl-s");
	type(t, "1.2.3.4");
	press(t, "enter");
	see(t, "Press any key");
	press(t, "enter");
	press(t, "ctrl-u");
	type(t, "100");
	press(t, "enter");
	press(t, "2");
	see(t, "Sat 21 Nov: closed");
	see(t, "Short by");
	see(t, "₹20.00");
	whole(t);
	assert_prints(p, "regulars report day --json", "\"short\": \"20.00\"");
}

static void a_day_closed_by_mistake_is_opened_again(void **state)
{
	struct place *p = *state;
	struct term *t = open_day(p);

	press(t, "ctrl-s");
	type(t, "500");
	press(t, "enter");
	press(t, "2");
	see(t, "Sat 21 Nov: closed");
	see(t, "Open again");
	press(t, "enter");
	see(t, "Ctrl-Z opens it again");
	place_run(p, "regulars sale add --amount 10 --tender cash --quiet", NULL);
	press(t, "ctrl-z");
	see(t, "Open Sat 21 Nov again?");
	whole(t);
	press(t, "enter");		/* No stands first */
	see(t, "Sat 21 Nov: closed");
	press(t, "ctrl-z");
	press(t, "2");
	see(t, "Sat 21 Nov is open again.");
	see(t, "not closed yet");
	gone(t, "Not rung up");
	assert_prints(p, "regulars verify", "All is well.");
}

static void the_drawer_need_not_be_counted(void **state)
{
	struct term *t = open_day(*state);

	press(t, "ctrl-s");
	press(t, "enter");
	see(t, "The money was not counted");
	press(t, "2");
	see(t, "Sat 21 Nov: closed");
	gone(t, "Not rung up");
	press(t, "enter");
	see(t, "Sat 21 Nov is closed already.");
}

static void the_arrows_lead_to_other_days(void **state)
{
	struct place *p = *state;
	struct term *t = open_day(p);

	press(t, "right");		/* tomorrow has not begun */
	see(t, "Sat 21 Nov: today");
	press(t, "left");
	see(t, "Fri 20 Nov: not closed");
	see(t, "₹25.00");
	press(t, "ctrl-s");
	see(t, "How much money came in on Fri 20 Nov?");
	type(t, "25");
	press(t, "enter");
	see(t, "exactly what was rung up");
	press(t, "2");
	see(t, "Fri 20 Nov: closed");
	press(t, "left");
	see(t, "Thu 19 Nov: not closed");
	press(t, "home");
	see(t, "Sat 21 Nov: today");
	gone(t, "Yesterday is not closed yet");
	assert_prints(p, "regulars report day --day 2026-11-20", "Patel Tea House, 2026-11-20\n");
}

static void a_sale_elsewhere_appears_by_itself(void **state)
{
	struct place *p = *state;
	struct term *t = open_day(p);

	place_run(p, "regulars sale add --amount 1000 --tender cash --quiet", NULL);
	see(t, "₹1,120.00");
}

static void walk(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "ctrl-p");
	type(t, "Day close");
	press(t, "enter");
	see(t, "not closed yet");
	whole(t);
	press(t, "left");
	whole(t);
	press(t, "right");
	press(t, "ctrl-s");
	whole(t);
	press(t, "enter");
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
		TEST(shows_the_day_so_far),
		TEST(what_was_not_rung_up_is_shown_then_booked),
		TEST(a_short_drawer_is_asked_about),
		TEST(a_day_closed_by_mistake_is_opened_again),
		TEST(the_drawer_need_not_be_counted),
		TEST(the_arrows_lead_to_other_days),
		TEST(a_sale_elsewhere_appears_by_itself),
		TEST(fits_terminals_of_all_kinds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
