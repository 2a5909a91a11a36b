/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/shop.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

static struct settings shop_in(const char *country)
{
	struct settings s = { .decimals = -1 };

	strcpy(s.country, country);
	if (country_currency(country))
		strcpy(s.currency, country_currency(country));
	return s;
}

/* An amount of 1234567.50 and a day, as the settings have them written. */
static void assert_written(const struct settings *s, const char *language, const char *money,
			   const char *day)
{
	struct format f;
	char out[FORMAT_TEXT];
	int64_t minor = 12345675;

	settings_format(s, language, false, &f);
	for (int i = 1; i < f.decimals; i++)
		minor *= 10;
	if (!f.decimals)
		minor /= 10;
	assert_string_equal(format_money(&f, minor, out), money);
	assert_string_equal(format_day(&f, day_from_civil(2026, 11, 21), out), day);
}

static void test_countries(void **state)
{
	static const struct { const char *country, *money, *day; } cases[] = {
		{ "IN", "₹12,34,567.50", "21 Nov 2026" },
		{ "PK", "Rs 1,234,567.50", "21 Nov 2026" },
		{ "AM", "1,234,567.50 ֏", "21 Nov 2026" },
		{ "NP", "Rs 12,34,567.50", "21 Nov 2026" },
		{ "BD", "৳12,34,567.50", "21 Nov 2026" },
		{ "DE", "1,234,567.50 €", "21 Nov 2026" },
		{ "GB", "£1,234,567.50", "21 Nov 2026" },
		{ "AE", "AED 1,234,567.50", "21 Nov 2026" },
		{ "JP", "¥1,234,567", "2026 Nov 21" },
		{ "KW", "KWD 1,234,567.500", "21 Nov 2026" },
		{ "PH", "₱1,234,567.50", "Nov 21, 2026" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct settings s = shop_in(cases[i].country);

		assert_written(&s, "en", cases[i].money, cases[i].day);
	}
}

static void test_what_the_shop_chose(void **state)
{
	struct settings s = shop_in("IN");

	(void)state;
	s.decimals = 0;
	s.grouping = GROUPING_BY_3;
	s.date_order = DATE_ORDER_YMD;
	assert_written(&s, "en", "₹1,234,567", "2026 Nov 21");
	s.grouping = GROUPING_OFF;
	s.date_order = DATE_ORDER_MDY;
	assert_written(&s, "en", "₹1234567", "Nov 21, 2026");
	s = shop_in("JP");
	s.grouping = GROUPING_BY_2;
	s.date_order = DATE_ORDER_DMY;
	assert_written(&s, "en", "¥12,34,567", "21 Nov 2026");
	s.grouping = s.date_order = s.digits = 99;	/* a later program's */
	assert_written(&s, "gu", "¥1,234,567", "2026 Nov 21");
}

static void test_digits(void **state)
{
	struct settings s = shop_in("IN");

	(void)state;
	assert_written(&s, "gu", "₹12,34,567.50", "21 Nov 2026");
	s.digits = DIGITS_NATIVE;
	assert_written(&s, "gu", "₹૧૨,૩૪,૫૬૭.૫૦", "૨૧ Nov ૨૦૨૬");
	assert_written(&s, "hi", "₹१२,३४,५६७.५०", "२१ Nov २०२६");
	assert_written(&s, "ur", "₹۱۲,۳۴,۵۶۷.۵۰", "۲۱ Nov ۲۰۲۶");
	assert_written(&s, "hy", "₹12,34,567.50", "21 Nov 2026");
	assert_written(&s, "en", "₹12,34,567.50", "21 Nov 2026");
	s.digits = DIGITS_LATIN;
	assert_written(&s, "gu", "₹12,34,567.50", "21 Nov 2026");
}

static void test_plain_terminals(void **state)
{
	static const struct { const char *country, *money; } cases[] = {
		{ "IN", "Rs 50.00" }, { "PK", "Rs 50.00" }, { "AM", "50.00 AMD" },
		{ "DE", "50.00 EUR" }, { "PL", "50.00 PLN" }, { "PE", "S/50.00" },
	};
	struct format f;
	char out[FORMAT_TEXT];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct settings s = shop_in(cases[i].country);

		s.digits = DIGITS_NATIVE;
		settings_format(&s, "gu", true, &f);
		assert_string_equal(format_money(&f, 5000, out), cases[i].money);
	}
}

/* What is shown on one terminal may be typed on another. */
static void test_signs_that_are_read(void **state)
{
	static const struct { const char *country, *typed; } cases[] = {
		{ "IN", "₹50" }, { "IN", "Rs. 50" }, { "IN", "inr 50" }, { "AM", "50 ֏" },
		{ "AM", "50 AMD" }, { "PK", "PKR 50" }, { "AE", "aed50" },
	};
	struct format f;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct settings s = shop_in(cases[i].country);
		int64_t minor = 0;

		settings_format(&s, "en", i % 2 == 0, &f);
		assert_int_equal(format_read_money(&f, cases[i].typed, &minor), ST_OK);
		assert_int_equal(minor, 5000);
	}
}

static void test_before_there_is_a_shop(void **state)
{
	struct settings s = { .decimals = -1 };
	struct format f;
	char out[FORMAT_TEXT];

	(void)state;
	settings_format(&s, "en", false, &f);
	assert_string_equal(format_money(&f, 123456, out), "1,234.56");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_countries),
		cmocka_unit_test(test_what_the_shop_chose),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_plain_terminals),
		cmocka_unit_test(test_signs_that_are_read),
		cmocka_unit_test(test_before_there_is_a_shop),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
