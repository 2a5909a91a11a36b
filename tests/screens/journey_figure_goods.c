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

/* What goes with what, who could take the better one, which items bring people
 * back: from a figure to its people. */

/* Thirty people on three days: twenty take chai, the first ten of them with
 * khari; the last ten take bun maska. Then the shop rings up something else. */
static const char trade[] =
	"awk 'BEGIN { print \"date,receipt,customer,name,item,quantity,amount\"\n"
	"for (who = 1; who <= 30; who++) for (day = 5; day <= 15; day += 5) {\n"
	"row = sprintf(\"2026-10-%02dT10:00:00,%d-%d,C%d,Person %d\", day, who, day, who, who)\n"
	"print row (who <= 20 ? \",Masala chai,1,20.00\" : \",Bun maska,1,40.00\")\n"
	"if (who <= 10) print row \",Khari,2,30.00\" } }' >sales.csv\n"
	"regulars import sales.csv --quiet\n"
	"regulars sale add --item 'hem and sleeves@9' --quiet\n";

static struct term *open_shop(struct place *p)
{
	place_tea_house(p);
	place_run(p, trade, NULL);
	return place_open(p);
}

static void a_pair_leads_to_who_never_took_the_other(void **state)
{
	struct term *t = open_shop(*state);

	figure_go(t, "What goes with what?");
	see(t, "> Masala chai");
	see(t, "Khari goes with Masala chai: of 100 who take Masala chai, 50 take");
	see(t, "10 customers who take Masala chai never took Khari");
	screen_is(t, "figure-together-80x24");
	figure_whole(t);
	press(t, "enter");
	see(t, "10 of 38");
	see(t, "Person 11");
	see(t, "Filter: bought(item = \"Masala chai\"");
	press(t, "esc");
	see(t, "> Masala chai");
	press(t, "tab");
	see(t, "No two categories are together more often than chance");
	gone(t, "Enter Open");
	gone(t, "Keep");
	figure_whole(t);
	press(t, "enter");
	see(t, "No two categories are together more often than chance");
	press(t, "F5");
	see(t, "too few to tell");
	figure_whole(t);
	press(t, "esc");
	press(t, "F1");
	see(t, "90 receipts name");
	see(t, "1 line names no item and is left out.");
}

static void who_takes_the_cheaper_one_is_told_what_to_say(void **state)
{
	struct term *t = open_shop(*state);
	struct buf out = { 0 };

	figure_go(t, "Who could take the better one?");
	see(t, "> Khari");
	see(t, "opens the 10 customers who take Khari again and again");
	see(t, "Say: \"You like our Khari: may it be Bun maska today?");
	screen_is(t, "figure-better-80x24");
	figure_whole(t);
	press(t, "enter");
	see(t, "10 of 38");
	gone(t, "Person 11");
	press(t, "esc");
	press(t, "F7");
	see(t, "What shall this segment be called?");
	type(t, "Khari only");
	press(t, "enter");
	gone(t, "What shall this segment be called?");
	place_run(*state, "regulars segment show 'Khari only'", &out);
	assert_non_null(strstr(out.at, "bought(item = \"Khari\""));
	buf_release(&out);
}

static void items_are_told_by_who_comes_back(void **state)
{
	struct term *t = open_shop(*state);

	figure_go(t, "Which items bring people back?");
	see(t, "> Masala chai");
	see(t, "100 % of those new to Masala chai came again within 30 days");
	see(t, "too few to tell");
	screen_is(t, "figure-returns-80x24");
	figure_whole(t);
	press(t, "tab");
	see(t, "Revenue");
	figure_whole(t);
	press(t, "down");
	press(t, "enter");
	see(t, "10 of 38");
}

static void without_items_each_says_what_is_missing(void **state)
{
	static const char *const questions[] = { "What goes with what?",
		"Who could take the better one?", "Which items bring people back?" };
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars sale add --customer 'Asha Patel' --amount 60 --quiet", NULL);
	t = place_open(p);
	for (size_t i = 0; i < 3; i++) {
		figure_go(t, questions[i]);
		see(t, "No sale in these days names an item.");
		figure_whole(t);
		gone(t, "Enter Open");
		gone(t, "Table");
		press(t, "enter");
		press(t, "F5");
		press(t, "F6");
		see(t, "No sale in these days names an item.");
		figure_whole(t);
		press(t, "esc");
	}
}

static void sales_of_nobody_tell_what_goes_together(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "for i in 1 2 3 4 5 6 7 8; do\n"
		  "regulars sale add --item 'Masala chai' --item Khari --quiet\n"
		  "regulars sale add --item 'Bun maska' --quiet\n"
		  "done\n"
		  "regulars sale add --customer 'Asha Patel' --amount 9 --quiet", NULL);
	t = place_open(p);
	figure_go(t, "What goes with what?");
	see(t, "of 100 who take");
	see(t, "100    2.0          0");
	see(t, "All customers who take");
	figure_whole(t);
}

/* Others change the list of items while a figure names them. */
static void items_that_change_are_followed(void **state)
{
	struct term *t = open_shop(*state);

	figure_go(t, "What goes with what?");
	see(t, "> Masala chai");
	place_run(*state, "regulars item edit 'Masala chai' --name 'House chai' --category hot\n"
		  "regulars item add Thali --category meals", NULL);
	see(t, "> House chai");
	press(t, "enter");
	see(t, "10 of 38");
	see(t, "Filter: bought(item = \"House chai\"");
}

static void walk(struct place *p)
{
	struct term *t = place_open(p);

	figure_go(t, "What goes with what?");
	see(t, "Masala");
	see(t, "50");
	figure_whole(t);
	press(t, "ctrl-t");
	see(t, "Masala");
	figure_whole(t);
	press(t, "esc");
	press(t, "esc");
	figure_go(t, "Who could take the better one?");
	see(t, "Khari");
	figure_whole(t);
	press(t, "esc");
	figure_go(t, "Which items bring people back?");
	see(t, "100");
	figure_whole(t);
}

static void each_works_on_every_terminal(void **state)
{
	place_tea_house(*state);
	place_run(*state, trade, NULL);
	place_on_each_terminal(*state, walk);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
		CASE(a_pair_leads_to_who_never_took_the_other),
		CASE(who_takes_the_cheaper_one_is_told_what_to_say),
		CASE(items_are_told_by_who_comes_back),
		CASE(without_items_each_says_what_is_missing),
		CASE(sales_of_nobody_tell_what_goes_together),
		CASE(items_that_change_are_followed),
		CASE(each_works_on_every_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
