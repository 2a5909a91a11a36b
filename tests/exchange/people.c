/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

/* Whose rows they are. */

static struct customer add_person(struct fixture *f, const char *name, const char *phone)
{
	struct customer c = { .id = 0 };

	strcpy(c.name, name);
	if (*phone)
		MUST(customer_add_phone(&c, phone, "IN"));
	MUST(customer_add(&f->shop, &f->by, &c, true));
	return c;
}

/* Sales of 1.00 on another day each time, to whom 'who' says under the columns
 * that it begins with; gives how many were rejected. */
static int64_t sell_to(struct fixture *f, const char *who, struct import_result *r)
{
	struct files files;
	char text[1000], rows[900], *save, *end = text;
	bool header = true;
	static int day;

	day = day % 28 + 1;
	snprintf(rows, sizeof(rows), "%s", who);
	for (char *row = strtok_r(rows, "\n", &save); row; row = strtok_r(NULL, "\n", &save)) {
		end += header ? sprintf(end, "date,amount,%s\n", row) :
				sprintf(end, "2026-02-%02d,1.00,%s\n", day, row);
		header = false;
	}
	files_make(&files);
	MUST(import_how(f, &files, text, NULL, r));
	assert_int_equal(r->rows, r->accepted + r->duplicates + r->rejected);
	assert_verified(f);
	files_remove(&files);
	return r->rejected;
}

static int64_t spent(struct fixture *f, const char *who)
{
	return figures_of(f, person(f, who).id).spend;
}

static void an_id_names_somebody(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	assert_int_equal(sell_to(f, "customer,name,phone\n17850.0,Asha,9824012345\n17850.0,,\n"
				 "17850,Asha,9824012345\n00017,,\n17,,\n", &r), 0);
	assert_int_equal(r.customers_added, 4);	/* just as it is written */
	assert_int_equal(spent(f, "17850.0"), 200);
	assert_int_equal(spent(f, "00017"), 100);
	assert_int_equal(sell_to(f, "customer\n17\n", &r), 0);
	assert_int_equal(r.customers_added, 0);
	assert_int_equal(r.customers_matched, 1);
	assert_int_equal(spent(f, "17"), 200);
}

static void a_phone_names_somebody(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	add_person(f, "Asha Patel", "9824012345");
	assert_int_equal(sell_to(f, "phone,name\n098240-12345,Asha\n+91 98240 12345,\n"
				 "98240 54321,Ravi\n", &r), 0);
	assert_int_equal(r.customers_matched, 1);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(spent(f, "Asha Patel"), 200);
	assert_int_equal(spent(f, "Ravi"), 100);
}

static void a_phone_of_two_needs_the_name(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	add_person(f, "Asha Patel", "9824012345");
	add_person(f, "Ravi Patel", "9824012345");
	assert_int_equal(sell_to(f, "phone,name\n9824012345,ravi patel\n9824012345,\n"
				 "9824012345,Meena\n9824012345,ASHA PATEL\n", &r), 2);
	assert_string_equal(r.reasons[0].text, "Asha Patel (#1) and Ravi Patel (#2) share this "
		"phone or email; say which with the name, or the till's id in a column customer");
	assert_int_equal(spent(f, "Asha Patel"), 100);
	assert_int_equal(spent(f, "Ravi Patel"), 100);
}

static void a_spreadsheets_phone_rejects_the_receipt(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	assert_int_equal(sell_to(f, "customer,phone\nC1,9824012345\nC1,4.41E+11\nC2,4.41E+11\n"
				 "C1,9824012345\n", &r), 2);
	assert_non_null(strstr(r.reasons[0].text, "4.41E+11"));
	assert_memory_equal(r.reasons[0].text, "phone: ", 7);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(spent(f, "C1"), 200);
}

static void an_email_and_a_name_name_somebody(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	assert_int_equal(sell_to(f, "email,name\nasha@example.com,Asha Patel\n"
				 "Asha@Example.com,\n,asha  patel\n,Ravi\n,RAVI\n"
				 "not an address,\n", &r), 1);
	assert_int_equal(r.customers_added, 2);
	assert_int_equal(spent(f, "asha@example.com"), 300);
	assert_int_equal(spent(f, "Ravi"), 200);
	add_person(f, "Ravi", "9824012345");
	assert_int_equal(sell_to(f, "name\nRavi\nAsha Patel\n", &r), 1);
	assert_memory_equal(r.reasons[0].text, "several people are called Ravi", 30);
}

/* Known at the counter first, by the till's file later. */
static void a_new_id_goes_to_whom_it_must_be(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	add_person(f, "Asha Patel", "9824012345");
	add_person(f, "Ravi", "9824054321");
	assert_int_equal(sell_to(f, "customer,name,phone\nC1,Asha Patel,9824012345\n"
				 "C2,Meena,9824054321\nC3,,9824012345\n", &r), 0);
	assert_int_equal(r.customers_matched, 1);
	assert_int_equal(r.customers_changed, 1);
	assert_int_equal(r.customers_added, 2);	/* another name; an id that was given */
	assert_string_equal(person(f, "C1").name, "Asha Patel");
	assert_int_equal(person(f, "C1").id, 1);
	assert_string_equal(person(f, "C2").name, "Meena");
}

static void erased_people_are_not_found(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	int64_t id = add_person(f, "Asha Patel", "9824012345").id;

	MUST(customer_erase(&f->shop, &f->by, id));
	assert_int_equal(sell_to(f, "name,phone\nAsha Patel,\nAsha Patel,9824012345\n", &r), 0);
	assert_int_equal(r.customers_added, 2);
	assert_int_equal(figures_of(f, id).sales, 0);
}

static void a_card_counts_when_it_is_mapped(void **state)
{
	const char *const maps[] = { "card=loyalty" };
	struct import_options how = { .map_count = 1, .maps = maps };
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, "date,amount,card,loyalty\n2026-02-01,1.00,5,K-1\n"
			"2026-02-02,1.00,5,k-1\n2026-02-02,1.00,5,\n", &how, &r));
	assert_rows(&r, 3, 0, 0);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(r.named, 2);
	assert_int_equal(spent(f, "K-1"), 200);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_id_names_somebody),
		CASE(a_phone_names_somebody),
		CASE(a_phone_of_two_needs_the_name),
		CASE(a_spreadsheets_phone_rejects_the_receipt),
		CASE(an_email_and_a_name_name_somebody),
		CASE(a_new_id_goes_to_whom_it_must_be),
		CASE(erased_people_are_not_found),
		CASE(a_card_counts_when_it_is_mapped),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
