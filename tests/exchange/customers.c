/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

/* Files of customers, with the balances they bring. */

static void takes_people_in(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct customer c;

	import_text(f, "customer,name,phone,email,birthday,language,area,address,tags,notes,card\n"
		"C1,Asha Patel,9824012345,asha@example.com,05-27,gu,Paldi,\"4, Rose Lane\","
		"regular; tea,\"likes it hot, no sugar\",K-1\n"
		",રવિ,,,,,,,,,\n"
		",,,,05-27,,,,,,\n"
		",Meena,,,31 May,,,,,,\n"
		"C2,,,,,,,,,,K-1\n", 2, 3, &r);
	assert_int_equal(r.kind, IMPORT_CUSTOMERS);
	assert_int_equal(r.customers_added, 2);
	c = person(f, "K-1");
	assert_string_equal(c.name, "Asha Patel");
	assert_string_equal(c.code, "C1");
	assert_string_equal(c.birthday, "05-27");
	assert_string_equal(c.language, "gu");
	assert_string_equal(c.area, "Paldi");
	assert_string_equal(c.address, "4, Rose Lane");
	assert_string_equal(c.notes, "likes it hot, no sugar");
	assert_int_equal(c.tag_count, 2);
	assert_string_equal(c.tags[1].name, "tea");
	assert_string_equal(person(f, "રવિ").name, "રવિ");
}

static void fills_in_what_was_not_known(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct files files;
	struct customer c;

	files_make(&files);
	MUST(import_how(f, &files, "customer,name,phone\nC1,Asha,9824012345\n", NULL, &r));
	MUST(import_how(f, &files, "customer,name,phone,area\nC1,Asha Patel,9824054321,Paldi\n",
			NULL, &r));
	assert_rows(&r, 1, 0, 0);
	assert_int_equal(r.customers_changed, 1);
	assert_int_equal(r.customers_differ, 1);
	assert_int_equal(r.customers_matched, 1);
	c = person(f, "C1");
	assert_string_equal(c.name, "Asha");	/* what is known stays */
	assert_string_equal(c.area, "Paldi");
	assert_int_equal(c.phone_count, 2);
	MUST(import_how(f, &files, "customer,name,phone,area\nC1,Asha,9824054321,\n", NULL, &r));
	assert_rows(&r, 0, 1, 0);
	assert_int_equal(r.customers_changed, 0);
	assert_verified(f);
	files_remove(&files);
}

static void the_same_person_twice_in_a_file_is_one(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, "name,phone,email\nAsha,9824012345,\n"
			"Asha,9824012345,asha@example.com\nAsha,9824012345,\n", NULL, &r));
	assert_rows(&r, 2, 1, 0);
	assert_int_equal(r.customers_added, 1);
	assert_string_equal(person(f, "asha@example.com").name, "Asha");
	assert_verified(f);
	files_remove(&files);
}

static void books_opening_balances_once(void **state)
{
	struct fixture *f = *state;
	struct program card = { .goal = 10 }, points = { .earn = 1, .spend = 1000 };
	struct reward reward = { .id = 0 };
	struct import_result r;
	struct files files;

	add_card(f, &card, &reward);
	import_text(f, "name,balance\nAsha,7\nRavi,0\nMeena,\nNina,-3\nGopal,some\nHari,1.5\n",
		    3, 3, &r);
	assert_int_equal(r.openings, 1);
	assert_int_equal(points_of(f, person(f, "Asha").id, card.id), 7);
	add_points(f, &points);
	import_text(f, "name,program,balance\nIsha,Points,\"1,200\"\nJay,,5\nLalit,Pionts,5\n",
		    1, 2, &r);
	assert_int_equal(points_of(f, person(f, "Isha").id, points.id), 1200);
	files_make(&files);
	MUST(import_how(f, &files, "name,program,balance,area\nAsha,Tea card,8,Paldi\n"
			"Asha,Points,50,Paldi\n", NULL, &r));
	assert_rows(&r, 1, 0, 1);
	assert_string_equal(r.reasons[0].text, "this customer's opening balance in \"Tea card\" is "
		"booked already, as 7; correct it with: regulars adjust");
	assert_int_equal(points_of(f, person(f, "Asha").id, card.id), 7);
	assert_int_equal(points_of(f, person(f, "Asha").id, points.id), 50);
	assert_verified(f);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(takes_people_in),
		CASE(fills_in_what_was_not_known),
		CASE(the_same_person_twice_in_a_file_is_one),
		CASE(books_opening_balances_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
