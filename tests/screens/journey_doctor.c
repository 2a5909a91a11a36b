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

/* Is everything in order? */

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static struct term *open_doctor(struct place *p)
{
	struct term *t = place_open(p);

	press(t, "ctrl-p");
	type(t, "Doctor");
	press(t, "enter");
	see_at(t, 0, "Doctor");
	whole(t);
	return t;
}

static void all_is_well_in_a_new_shop(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	t = open_doctor(p);
	see(t, "Everything is in order.");
	see(t, "It opens and has 14 entries.");
	see(t, "It is 21 Nov 2026, 10:42 in Asia/Kolkata.");
	see(t, "it may be sent to");
	press(t, "end");
	see(t, "Patel  પટેલ  पटेल");
	press(t, "enter");
	see(t, "fonts-noto-core");
	whole(t);
	press(t, "esc");
	see_at(t, 0, "Doctor");
	press(t, "esc");
	see_at(t, 0, "Home");
	press(t, "9");
	see_at(t, 0, "Settings");
	press(t, "end");
	for (int i = 0; i < 4; i++)
		press(t, "up");
	press(t, "enter");
	see_at(t, 0, "Doctor");
}

static void what_is_to_be_mended_stands_first(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "chmod 755 shop", NULL);
	t = open_doctor(p);
	see(t, "Something has to be mended");
	see_at(t, 5, "> BAD");
	see_at(t, 5, "Other users of this computer");
	press(t, "enter");
	see(t, "What to do");
	see(t, "chmod 700 '");
	whole(t);
	place_run(p, "chmod 700 shop", NULL);
	press(t, "esc");
	see(t, "Everything is in order.");
}

static void the_book_is_proved_from_here(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	p->how.now = "2027-03-01T10:00:00";
	t = open_doctor(p);
	see(t, "Some things are worth a look.");
	see(t, "never proved");
	press(t, "ctrl-t");
	see(t, "All is well: 14 entries were proved.");
	gone(t, "never proved");
	see(t, "All was well on 1 Mar 2027, 10:00.");
	place_run(p, "REGULARS_NOW=2027-03-01T10:00 regulars sweep --quiet", NULL);
	press(t, "ctrl-l");
	see(t, "Everything is in order.");
}

static void a_shop_that_does_not_open_names_the_doctor(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, ": >shop/data.mdb", NULL);
	t = place_open(p);
	see(t, "was cut off");
	see(t, "regulars doctor");
	ends_with(t, 4);
}

static void walk_through(struct place *p)
{
	struct term *t = open_doctor(p);

	press(t, "down");
	press(t, "down");
	whole(t);
	press(t, "enter");
	whole(t);
	press(t, "esc");
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

static void it_is_right_on_any_terminal(void **state)
{
	place_tea_house(*state);
	place_on_each_terminal(*state, walk_through);
}

#define journey(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		journey(all_is_well_in_a_new_shop),
		journey(what_is_to_be_mended_stands_first),
		journey(the_book_is_proved_from_here),
		journey(a_shop_that_does_not_open_names_the_doctor),
		journey(it_is_right_on_any_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
