/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/people.h"

/* Whom words mean, and who is in the book already. */

/* -- likely duplicates -- */

static void a_likely_duplicate_is_named(void **state)
{
	struct fixture *f = *state;
	struct customer asha = with_phone("Asha Patel", "9824012345"), c;

	MUST(customer_add_email(&asha, "asha@example.in"));
	strcpy(asha.area, "Maninagar");
	add_customer(f, &asha);

	c = with_phone("Somebody Else", "+91 98240 12345");
	assert_int_equal(customer_add(&f->shop, &f->by, &c, false), ST_EXISTS);
	assert_non_null(strstr(status_text(), "Asha Patel (#1) has the same phone"));
	assert_null(strstr(status_text(), "--"));	/* that is for the command line to say */
	c = named("Somebody Else");
	MUST(customer_add_email(&c, "ASHA@example.in"));
	assert_int_equal(customer_add(&f->shop, &f->by, &c, false), ST_EXISTS);
	assert_non_null(strstr(status_text(), "the same email"));

	c = with_phone("પટેલ આશા", "9824000001");	/* another script, another order */
	strcpy(c.area, "MANINAGAR");
	assert_int_equal(customer_add(&f->shop, &f->by, &c, false), ST_EXISTS);
	assert_non_null(strstr(status_text(), "the same area"));
	strcpy(c.area, "Satellite");
	assert_int_equal(add_customer(f, &c), 2);
}

static void force_and_what_tells_apart_let_people_in(void **state)
{
	struct fixture *f = *state;
	struct customer first = named("Asha Patel"), c = first, longer = named("Asha Patel Rao");

	add_customer(f, &first);
	assert_int_equal(customer_add(&f->shop, &f->by, &c, false), ST_EXISTS);
	add_customer(f, &longer);
	c = with_phone("Asha Patel", "9824012345");
	add_customer(f, &c);
	c = with_phone("Rita", "9824012345");
	MUST(customer_add(&f->shop, &f->by, &c, true));
	assert_int_equal(c.id, 4);
}

/* -- whom words mean -- */

static int64_t add_family(struct fixture *f)
{
	struct customer asha = with_phone("Asha Patel", "9824012345");
	struct customer ravi = with_phone("Ravi Patel", "9824012345");

	MUST(customer_add_card(&asha, "4006381333931"));
	strcpy(asha.code, "C17");
	MUST(customer_add_email(&asha, "asha@example.in"));
	add_customer(f, &asha);
	MUST(customer_add_phone(&ravi, "9824067890", "IN"));
	MUST(customer_add(&f->shop, &f->by, &ravi, true));
	return ravi.id;
}

static void words_mean_one_person(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(add_family(f), 2);
	assert_means(f, "#1", 1);
	assert_means(f, "#2", 2);
	assert_means(f, "4006381333931", 1);
	assert_means(f, "C17", 1);
	assert_means(f, "asha@Example.in", 1);
	assert_means(f, "+91 98240 67890", 2);
	assert_means(f, "098240 67890", 2);
	assert_means(f, "4067890", 2);
	assert_means(f, "067890", 2);
	assert_means(f, " ravi  PATEL ", 2);
	assert_means(f, "Asha", 1);
}

static void what_fits_two_is_refused_with_both(void **state)
{
	struct fixture *f = *state;

	add_family(f);
	assert_refused(f, "9824012345", ST_REFUSED, "Asha Patel (#1) and Ravi Patel (#2)");
	assert_refused(f, "patel", ST_REFUSED, "Asha Patel (#1) and Ravi Patel (#2)");
}

static void the_whole_name_goes_before_a_part_of_one(void **state)
{
	struct fixture *f = *state;
	struct customer longer = named("Asha Patel Rao"), exact = named("Asha Patel");

	add_customer(f, &longer);
	assert_int_equal(add_customer(f, &exact), 2);
	assert_means(f, "asha patel", 2);
	assert_means(f, "rao asha", 1);
}

static void nobody_is_said_with_near_names(void **state)
{
	struct fixture *f = *state;

	add_family(f);
	assert_refused(f, "Aasha Patell", ST_NOT_FOUND, "Asha Patel (#1)");
	assert_refused(f, "Zubin", ST_NOT_FOUND, "nobody is called \"Zubin\"");
	assert_refused(f, "#99", ST_NOT_FOUND, "#99");
	assert_refused(f, "#99999999999999999999", ST_NOT_FOUND, "no customer");
	assert_refused(f, "#x", ST_INVALID, "#17");
	assert_refused(f, "#", ST_INVALID, "#17");
	assert_refused(f, "", ST_INVALID, "say which customer");
	assert_refused(f, "12345", ST_NOT_FOUND, "12345");	/* too short for a phone's end */
	assert_refused(f, "1", ST_NOT_FOUND, "1");	/* an id says so with # */
	assert_refused(f, "asha\x1b[2J", ST_INVALID, "U+001B");
}

int main(void)
{
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		IN_SHOP(a_likely_duplicate_is_named),
		IN_SHOP(force_and_what_tells_apart_let_people_in),
		IN_SHOP(words_mean_one_person),
		IN_SHOP(what_fits_two_is_refused_with_both),
		IN_SHOP(the_whole_name_goes_before_a_part_of_one),
		IN_SHOP(nobody_is_said_with_near_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
