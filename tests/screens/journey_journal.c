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

/* The journal: what was done, by whom, why; and how one finds it again. */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static const char morning[] =
	"export REGULARS_NOW=2026-11-20T09:10:00\n"
	"regulars sale add --customer 'Ramesh Shah' --item 'Masala chai' --receipt R-9 --quiet\n"
	"\"$REGULARS\" --as ramesh sale add --amount 45 --quiet\n"
	"export REGULARS_NOW=2026-11-21T10:02:00\n"
	"\"$REGULARS\" --as ramesh sale refund R-9 --amount 5 --quiet\n"
	"regulars customer edit 'Asha Patel' --notes 'no sugar' --quiet\n"
	"regulars sale add --customer 'પટેલ સુરેશ' --amount 120 --quiet";

static struct term *open_journal(struct place *p, const char *script)
{
	struct term *t;

	place_tea_house(p);
	place_run(p, script, NULL);
	t = place_open(p);
	press(t, "8");
	see_at(t, 0, "Journal");
	whole(t);
	return t;
}

static void all_is_there_newest_first(void **state)
{
	struct term *t = open_journal(*state, morning);

	see(t, "19 entries");
	see_at(t, 5, "> Today");
	see_at(t, 5, "પટેલ સુરેશ");
	see_at(t, 6, "Notes");
	see_at(t, 7, "Refund");
	see_at(t, 7, "ramesh");
	see_at(t, 9, "R-9");
	screen_is(t, "journal-80x24");
	press(t, "end");
	see(t, "Setting changed");
	press(t, "home");
	see_at(t, 5, "> Today");
}

static void a_line_says_why_and_leads_to_the_customer(void **state)
{
	struct term *t = open_journal(*state, morning);

	press(t, "enter");
	see(t, "Tea card: +1 earned");
	see(t, "Tea card: Every sale gives 1 stamp.");
	see(t, "Fingerprint of everything up to it: 19-");
	whole(t);
	press(t, "enter");
	for (int i = 0; i < 4; i++)
		press(t, "down");
	press(t, "enter");
	see(t, "Sale R-9");
	see(t, "Masala chai  ₹20");
	see(t, "Later: Refund R-9, 21 Nov 2026");
	whole(t);
	press(t, "ctrl-o");
	see_at(t, 0, "Customer");
	see(t, "+91 98250 10004");
	press(t, "esc");
	see_at(t, 0, "Journal");
	see_at(t, 9, "> 20 Nov 2026");
	press(t, "ctrl-o");
	see(t, "+91 98250 10004");
	press(t, "esc");
	press(t, "up");
	press(t, "ctrl-o");
	see(t, "This entry is of no customer.");
	press(t, "enter");
	see(t, "Bill: ₹45");
	press(t, "ctrl-o");		/* no key for nobody's card */
	see(t, "Bill: ₹45");
}

static void only_what_is_asked_for(void **state)
{
	struct place *p = *state;
	struct term *t = open_journal(p, morning);

	press(t, "ctrl-t");
	whole(t);
	press(t, "2");
	see(t, "Sales, refunds, not rung up");
	see(t, "4 entries");
	gone(t, "Notes");
	press(t, "F6");
	press(t, "end");
	press(t, "up");
	press(t, "enter");
	see(t, "Whose work?");
	press(t, "2");
	see(t, "by ramesh");
	see(t, "2 entries");
	place_run(p, "REGULARS_NOW=2026-11-21T10:41 \"$REGULARS\" --as ramesh sale add --amount 7",
		  NULL);
	see(t, "3 entries");
	see_at(t, 5, "₹7");
	see_at(t, 6, "> Today");	/* it came in above the chosen one */
	press(t, "esc");		/* everything, and the same line */
	see(t, "All entries, newest first");
	see(t, "> Today 10:02  Refund R-9");
	press(t, "ctrl-t");
	press(t, "end");
	press(t, "enter");
	see(t, "Of which customer?");
	see(t, "#6");
	press(t, "enter");
	see(t, "Ramesh Shah");
	see(t, "3 entries");
	whole(t);
	press(t, "ctrl-t");
	press(t, "7");
	see(t, "There is no such entry.");
	whole(t);
	press(t, "esc");
	press(t, "esc");
	see_at(t, 0, "Home");
}

static void a_day_and_a_receipt_are_found(void **state)
{
	struct term *t = open_journal(*state, morning);

	press(t, "ctrl-y");
	whole(t);
	type(t, "20.11.");
	press(t, "enter");
	see(t, "> 20 Nov 2026");
	see(t, "₹45");
	press(t, "ctrl-y");
	type(t, "1.2.2020");
	press(t, "enter");
	see(t, "Nothing happened on that day or before it.");
	press(t, "ctrl-f");
	type(t, "R-9");
	press(t, "enter");
	see(t, "> 20 Nov 2026  Sale R-9");
	press(t, "F2");
	type(t, "1");
	press(t, "enter");
	see(t, "> Today 10:00  Setting changed");
	press(t, "F2");
	type(t, "R-77");
	press(t, "enter");
	see(t, "R-77");
	press(t, "space");
	press(t, "esc");
	whole(t);
}

static void what_others_do_comes_in_above(void **state)
{
	struct place *p = *state;
	struct term *t = open_journal(p, morning);

	press(t, "down");
	see_at(t, 6, "> Today");
	place_run(p, "REGULARS_NOW=2026-11-21T10:41 regulars sale add --amount 33", NULL);
	see_at(t, 5, "₹33");
	see_at(t, 7, "> Today");
	see_at(t, 7, "Notes");
}

static void ones_own_last_entry_is_taken_back(void **state)
{
	struct place *p = *state;
	struct term *t = open_journal(p, morning);

	press(t, "ctrl-z");
	see(t, "Take your last entry of today back?");
	see(t, "₹120");
	press(t, "enter");		/* No is chosen */
	gone(t, "Take your last entry");
	see(t, "19 entries");
	press(t, "ctrl-z");
	press(t, "2");
	see(t, "is undone.");
	see(t, "Sale @19, undone");
	see(t, "20 entries");
	whole(t);
}

static void walk_through(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "8");
	see_at(t, 0, "Journal");
	whole(t);
	press(t, "down");
	press(t, "ctrl-t");
	whole(t);
	press(t, "esc");
	press(t, "ctrl-y");
	whole(t);
	press(t, "esc");
	press(t, "down");
	press(t, "down");
	whole(t);
	press(t, "enter");
	see(t, "Bill: ");
	whole(t);
	press(t, "esc");
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

static void it_is_right_on_any_terminal(void **state)
{
	place_tea_house(*state);
	place_run(*state, morning, NULL);
	place_on_each_terminal(*state, walk_through);
}

#define journey(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		journey(all_is_there_newest_first),
		journey(a_line_says_why_and_leads_to_the_customer),
		journey(only_what_is_asked_for),
		journey(a_day_and_a_receipt_are_found),
		journey(what_others_do_comes_in_above),
		journey(ones_own_last_entry_is_taken_back),
		journey(it_is_right_on_any_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
