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
		"C2,,,,,,,,,,K-1\n", 2, 2, &r);
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

static void assert_born(struct fixture *f, const char *who, const char *birthday)
{
	assert_string_equal(person(f, who).birthday, birthday);
}

static void reads_birthdays_as_people_write_them(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "name,birthday\nAsha,14/08/1990\nRavi,3.4.1951\nMeena,1990-05-27\n"
		"Nina,05-27\nGopal,12/25/80\nHari,01/02/99\nIsha,19700203\n"
		"Jay,૧૪/૦૮/૧૯૯૦\n", 8, 0, &r);
	assert_int_equal(r.reason_count, 0);
	assert_born(f, "Asha", "1990-08-14");
	assert_born(f, "Ravi", "1951-04-03");
	assert_born(f, "Meena", "1990-05-27");
	assert_born(f, "Nina", "05-27");
	assert_born(f, "Gopal", "1980-12-25");
	assert_born(f, "Hari", "1999-02-01");
	assert_born(f, "Isha", "1970-02-03");
	assert_born(f, "Jay", "1990-08-14");
}

static void reads_birthdays_in_the_order_of_the_column(void **state)
{
	struct fixture *f = *state;
	struct import_options month = { .dates = DATES_MDY };
	struct import_result r;
	struct files files;

	/* India writes the day first; the second row says otherwise. */
	import_text(f, "name,birthday\nAsha,03/04/1990\nRavi,08/14/65\n", 2, 0, &r);
	assert_born(f, "Asha", "1990-03-04");
	assert_born(f, "Ravi", "1965-08-14");
	import_text(f, "name,birthday\nMeena,03/04/1990\n", 1, 0, &r);
	assert_born(f, "Meena", "1990-04-03");
	files_make(&files);
	MUST(import_how(f, &files, "name,birthday\nNina,03/04/1990\n", &month, &r));
	assert_born(f, "Nina", "1990-03-04");
	files_remove(&files);
}

static void nobody_is_refused_for_a_birthday(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "name,birthday,area\nMeena,31 May,Paldi\nAsha,31/02/1990,\n"
		"Ravi,14/08/2190,\nNina,?,\n", 4, 0, &r);
	assert_int_equal(r.customers_added, 4);
	assert_int_equal(r.reason_count, 4);
	assert_int_equal(r.reasons[0].line, 2);
	assert_string_equal(r.reasons[0].text, "the birthday \"31 May\" cannot be read and is left "
			    "out; write it like 1990-05-27");
	assert_string_equal(r.rejected_to, "");
	assert_born(f, "Meena", "");
	assert_string_equal(person(f, "Meena").area, "Paldi");
	assert_born(f, "Asha", "");
	assert_born(f, "Ravi", "");
}

static void a_customer_by_name_gets_the_name(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "date,customer,phone,total\n2026-02-01,Amb One,9824011111,40\n"
		"2026-02-02,Amb Two,9824022222,20\n2026-02-03,Amb One,9824011111,10\n", 3, 0, &r);
	assert_int_equal(r.customers_added, 2);
	assert_string_equal(person(f, "9824011111").name, "Amb One");
	assert_string_equal(person(f, "9824011111").code, "");
	import_text(f, "date,customer,phone,total\n2026-02-04,C17,9824033333,40\n"
		"2026-02-04,Amb Two,9824022222,7\n", 2, 0, &r);
	assert_string_equal(person(f, "9824033333").code, "C17");
	assert_string_equal(person(f, "9824033333").name, "");
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
		CASE(reads_birthdays_as_people_write_them),
		CASE(reads_birthdays_in_the_order_of_the_column),
		CASE(nobody_is_refused_for_a_birthday),
		CASE(a_customer_by_name_gets_the_name),
		CASE(fills_in_what_was_not_known),
		CASE(the_same_person_twice_in_a_file_is_one),
		CASE(books_opening_balances_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
