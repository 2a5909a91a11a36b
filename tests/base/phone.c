/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/phone.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

/* Of data/phone-plans.tsv. */
enum { COUNTRY, CODE, MAIN, INTL, TRUNK, EXAMPLE_MOBILE = 10, EXAMPLE_FIXED, COLUMNS = 14 };

static int tried, right;

static void try(const char *country, const char *typed, const char *expected)
{
	struct phone_number n;

	tried++;
	if (phone_parse(typed, country, &n) == ST_OK && n.e164 &&
	    strcmp(n.text, expected) == 0)
		right++;
	else
		printf("# %s %s: expected %s\n", country, typed, expected);
}

/* "98240 12-34 5" */
static void spread(const char *digits, char *out)
{
	for (int i = 1; *digits; i++) {
		*out++ = *digits++;
		if (i % 2 == 0 && *digits)
			*out++ = " -."[i / 2 % 3];
	}
	*out = '\0';
}

/* All the ways in which one number may be written in its own country. */
static void try_forms(char *const column[], const char *digits)
{
	const char *country = column[COUNTRY], *code = column[CODE], *trunk = column[TRUNK];
	const char *intl = strspn(column[INTL], "0123456789") == strlen(column[INTL])
			   ? column[INTL] : "00";
	char parts[64], typed[128], expected[32];

	snprintf(expected, sizeof(expected), "+%s%s", code, digits);
	spread(digits, parts);
	try(country, digits, expected);
	try(country, parts, expected);
	try(country, expected, expected);
	snprintf(typed, sizeof(typed), "+%s %s", code, parts);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "+%s (%s) %s", code, trunk, parts);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "00%s%s", code, digits);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "%s %s %s", intl, code, parts);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "%s%s", code, digits);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "%s%s", trunk, digits);
	try(country, typed, expected);
	snprintf(typed, sizeof(typed), "(%s) %s", trunk, parts);
	try(country, typed, expected);
}

static void split(char *line, char *column[])
{
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < COLUMNS; i++) {
		column[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
}

static void test_examples_of_all_countries(void **state)
{
	const char *folder = getenv("srcdir");
	char path[4096], line[8192], *column[COLUMNS];
	int countries = 0;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/data/phone-plans.tsv", folder ? folder : ".");
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		split(line, column);
		if (*column[COUNTRY] < 'A' || *column[COUNTRY] > 'Z')
			continue;
		countries++;
		assert_true(phone_country_exists(column[COUNTRY]));
		if (*column[EXAMPLE_MOBILE])
			try_forms(column, column[EXAMPLE_MOBILE]);
		if (*column[EXAMPLE_FIXED])
			try_forms(column, column[EXAMPLE_FIXED]);
	}
	fclose(f);
	assert_true(countries > 240);
	assert_true(tried > 4800);
	printf("# %d of %d\n", right, tried);
	assert_true(right * 1000L >= tried * 985L);
}

static void assert_kept(const char *country, const char *typed, const char *expected)
{
	struct phone_number n;

	if (phone_parse(typed, country, &n) != ST_OK)
		fail_msg("%s %s: %s", country, typed, status_text());
	if (strcmp(n.text, expected) != 0)
		fail_msg("%s %s: %s", country, typed, n.text);
	assert_false(n.e164);
	assert_false(n.mobile);
}

static void assert_read(const char *country, const char *typed, const char *expected)
{
	struct phone_number n;

	if (phone_parse(typed, country, &n) != ST_OK)
		fail_msg("%s %s: %s", country, typed, status_text());
	if (strcmp(n.text, expected) != 0)
		fail_msg("%s %s: %s", country, typed, n.text);
	assert_int_equal(n.e164, *expected == '+');
}

static void test_ways_of_countries(void **state)
{
	static const char *const cases[][3] = {
		{ "AR", "011 15-2345-6789", "+5491123456789" },
		{ "AR", "11 15 2345 6789", "+5491123456789" },
		{ "AR", "0343 15 412-5678", "+5493434125678" },
		{ "AR", "54 9 11 2345 6789", "+5491123456789" },
		{ "AR", "011 2345-6789", "+541123456789" },
		{ "MX", "044 222 123 4567", "+522221234567" },
		{ "MX", "045 222 123 4567", "+522221234567" },
		{ "MX", "01 222 123 4567", "+522221234567" },
		{ "MX", "+52 1 222 123 4567", "+522221234567" },
		{ "MX", "00 1 201 555 0123", "+12015550123" },
		{ "IT", "06 1234 5678", "+390612345678" },
		{ "IT", "+39 (0)6 1234 5678", "+390612345678" },
		{ "IT", "39 312 345 6789", "+393123456789" },
		{ "RU", "8 (912) 345-67-89", "+79123456789" },
		{ "RU", "810 44 7400 123456", "+447400123456" },
		{ "KZ", "8 771 000 9998", "+77710009998" },
		{ "BR", "0 15 11 96123-4567", "+5511961234567" },
		{ "BR", "90 15 11 96123-4567", "+5511961234567" },
		{ "US", "011 91 98240 12345", "+919824012345" },
		{ "US", "0091 98240 12345", "+919824012345" },
		{ "US", "1-201-555-0123", "+12015550123" },
		{ "AU", "0011 44 7400 123456", "+447400123456" },
		{ "CU", "119 44 7400 123456", "+447400123456" },
		{ "JP", "010 44 7400 123456", "+447400123456" },
		{ "AG", "464-1234", "+12684641234" },
		{ "BB", "250 1234", "+12462501234" },
		{ "GG", "256789", "+441481256789" },
		{ "HU", "06 20 123 4567", "+36201234567" },
		{ "GB", "+44 (0)20 7946 0958", "+442079460958" },
		{ "DE", "030/123456", "+4930123456" },
		{ "DE", "49 151 23456789", "+4915123456789" },
		{ "ES", "+34 (0) 612 345 678", "+34612345678" },
		{ "JM", "201 555 0123", "+12015550123" },
		{ "PL", "48 362 12 34", "+48483621234" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_read(cases[i][0], cases[i][1], cases[i][2]);
}

static void test_plus_is_judged_by_its_own_country(void **state)
{
	(void)state;
	assert_read("US", "+91 98240 12345", "+919824012345");
	assert_read("IN", "+1 201 555 0123", "+12015550123");
	assert_read(NULL, "+44 7400 123456", "+447400123456");
	assert_read("XX", "0044 7400 123456", "+447400123456");
	assert_read("US", "+0091 98240 12345", "+919824012345");
	assert_read("IN", "+870 301234567", "+870301234567");
}

static void test_plus_is_never_of_the_shops_country(void **state)
{
	(void)state;
	assert_kept("IN", "+4479460958", "+4479460958");
	assert_kept("US", "+4479460958", "+4479460958");
	assert_read("IN", "4479460958", "+914479460958");
	assert_kept("IN", "+9824012345", "+9824012345");
	assert_kept("IN", "+44 98240 1234", "+44982401234");
	assert_kept("IN", "+999 12345678", "+99912345678");
	assert_kept("IN", "+00 44 7946 0958", "+4479460958");
	assert_kept("IN", "00 44 7946 0958", "+4479460958");
	assert_kept("IT", "00 61 234 5678", "+612345678");
	assert_kept("US", "00 44 7946 0958", "004479460958");
	assert_kept("IN", "+0000", "+0000");
	assert_kept("IN", "+0 98240 12345", "+09824012345");
	assert_kept("IN", "+12345678901234567", "+12345678901234567");
}

static void test_what_cannot_be_verified_is_kept(void **state)
{
	(void)state;
	assert_read("IN", "12345", "12345");
	assert_read("IN", "0 1234", "01234");
	assert_read("IN", "98240 1234", "982401234");
	assert_read("IN", "98240 123456", "98240123456");
	assert_read("US", "555-0123", "5550123");
	assert_read("US", "101 555 0123", "1015550123");
	assert_read(NULL, "98240 12345", "9824012345");
	assert_read("IN", "12345678901234567", "12345678901234567");
}

static void test_signs_and_scripts(void **state)
{
	(void)state;
	assert_read("IN", "  (098240) 12.345 ", "+919824012345");
	assert_read("IN", "tel:+91-98240-12345", "+919824012345");
	assert_read("IN", "९८२४० १२३४५", "+919824012345");
	assert_read("IN", "+૯૧ ૯૮૨૪૦ ૧૨૩૪૫", "+919824012345");
	assert_read("IR", "۰۹۱۲۳۴۵۶۷۸۹", "+989123456789");
	assert_read("IN", "+91‑98240–12345", "+919824012345");
	assert_read("IN", "\u202a+91 98240\u00a012345\u202c", "+919824012345");
	assert_read("IN", "'+919824012345", "+919824012345");
	assert_read("IN", "9824012345.0", "+919824012345");
	assert_read("in", "98240 12345", "+919824012345");
}

static void test_refused(void **state)
{
	static const char *const cases[][2] = {
		{ "", "3 to 17 digits" }, { "12", "3 to 17 digits" },
		{ "+", "3 to 17 digits" }, { "()", "3 to 17 digits" },
		{ "123456789012345678", "3 to 17 digits" },
		{ "98240 12345 / 98240 12346", "3 to 17 digits" },
		{ "98240 12345, 98240 12346", "one number" },
		{ "asha", "not a phone number" }, { "98240 12345 ext 3", "not a phone number" },
		{ "98240+12345", "not a phone number" }, { "98240\n12345", "not a phone number" },
		{ "९८२४० अ", "not a phone number" }, { "98240\xff", "not a phone number" },
		{ "4.41E+11", "spreadsheet" }, { "9.82401e+09", "spreadsheet" },
		{ "9.824E9", "export" },
	};
	struct phone_number n;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (phone_parse(cases[i][0], "IN", &n) != ST_INVALID)
			fail_msg("%s was taken for %s", cases[i][0], n.text);
		if (!strstr(status_text(), cases[i][1]))
			fail_msg("%s: %s", cases[i][0], status_text());
	}
}

static bool is_mobile(const char *country, const char *typed)
{
	struct phone_number n;

	assert_int_equal(phone_parse(typed, country, &n), ST_OK);
	return n.mobile;
}

static void test_mobile(void **state)
{
	(void)state;
	assert_true(is_mobile("IN", "98240 12345"));
	assert_false(is_mobile("IN", "079 2640 1234"));
	assert_true(is_mobile("GB", "07400 123456"));
	assert_false(is_mobile("GB", "020 7946 0958"));
	assert_true(is_mobile("US", "+1 876 210 1234"));
	assert_true(is_mobile("US", "201 555 0123"));	/* cannot be told */
	assert_false(is_mobile("IN", "12345"));
}

static void test_read_twice_is_the_same(void **state)
{
	static const char *const typed[] = { "98240 12345", "079 2640 1234", "12345", "0012",
		"+4479460958", "004479460958", "+0000", "+0000123", "0000447400123456",
		"+09824012345", "+00012", "12345678901234567" };

	(void)state;
	for (size_t i = 0; i < LENGTH(typed); i++) {
		struct phone_number first, second;

		assert_int_equal(phone_parse(typed[i], "IN", &first), ST_OK);
		assert_int_equal(phone_parse(first.text, "IN", &second), ST_OK);
		assert_memory_equal(&first, &second, sizeof(first));
	}
}

static void test_countries(void **state)
{
	(void)state;
	assert_true(phone_country_exists("IN"));
	assert_true(phone_country_exists("am"));
	assert_false(phone_country_exists("ZZ"));
	assert_false(phone_country_exists("001"));
	assert_false(phone_country_exists(""));
	assert_false(phone_country_exists(NULL));
}

static void test_show(void **state)
{
	static const char *const cases[][2] = {
		{ "+919824012345", "+91 98240 12345" }, { "+12015550123", "+1 201 555 0123" },
		{ "+33612345678", "+33 6 12 34 56 78" }, { "+37477123456", "+374 77 123456" },
		{ "+4915123456789", "+49 151 2345 6789" }, { "+2471234", "+247 1234" },
		{ "12345", "12345" }, { "+", "+" }, { "+999", "+999" }, { "", "" },
	};
	char shown[2 * PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		phone_show(cases[i][0], shown);
		assert_string_equal(shown, cases[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples_of_all_countries),
		cmocka_unit_test(test_ways_of_countries),
		cmocka_unit_test(test_plus_is_judged_by_its_own_country),
		cmocka_unit_test(test_plus_is_never_of_the_shops_country),
		cmocka_unit_test(test_what_cannot_be_verified_is_kept),
		cmocka_unit_test(test_signs_and_scripts),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_mobile),
		cmocka_unit_test(test_read_twice_is_the_same),
		cmocka_unit_test(test_countries),
		cmocka_unit_test(test_show),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
