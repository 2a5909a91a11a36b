/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

static void test_amounts(void **state)
{
	static const struct {
		const char *text;
		int decimals;
		int64_t minor;
	} cases[] = {
		{ "12.50", 2, 1250 }, { "12,50", 2, 1250 }, { "12.5", 2, 1250 },
		{ "1,5", 2, 150 }, { "12", 2, 1200 }, { "007", 2, 700 },
		{ "-3", 2, -300 }, { "+3", 2, 300 }, { "−0,05", 2, -5 },
		{ "- 3", 2, -300 }, { "  3.00 ", 2, 300 }, { ".5", 2, 50 }, { "-0", 2, 0 },
		{ "1,149.00", 2, 114900 }, { "1.149,00", 2, 114900 },
		{ "1 149,00", 2, 114900 }, { "1\u00a0149.00", 2, 114900 },
		{ "1'149.00", 2, 114900 }, { "12,34,567.50", 2, 123456750 },
		{ "1,234", 2, 123400 }, { "1,00,000", 2, 10000000 }, { "1 149", 2, 114900 },
		{ "1.234.567", 2, 123456700 }, { "1,234,567", 2, 123456700 },
		{ "1.234.567,8", 2, 123456780 }, { "1,149.000", 2, 114900 },
		{ "१२.५०", 2, 1250 }, { "١٬١٤٩٫٥٠", 2, 114950 },
		{ "12.5000", 2, 1250 }, { "0.500", 2, 50 }, { "1234.500", 2, 123450 },
		{ "1200", 0, 1200 }, { "1200.00", 0, 1200 }, { "1,200", 0, 1200 },
		{ "1.234", 3, 1234 }, { "1.5", 3, 1500 }, { "1,234.5", 3, 1234500 },
		{ "0,234", 3, 234 }, { "1.2345", 4, 12345 },
		{ "10000000000000.00", 2, MONEY_MOST }, { "-10000000000000", 2, -MONEY_MOST },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t minor = 77;

		if (money_parse(cases[i].text, cases[i].decimals, &minor) != ST_OK)
			fail_msg("%s: %s", cases[i].text, status_text());
		if (minor != cases[i].minor)
			fail_msg("%s: %lld", cases[i].text, (long long)minor);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		int decimals;
		const char *why;
	} cases[] = {
		{ "", 2, "not an amount" }, { ".", 2, "not an amount" },
		{ "-", 2, "not an amount" }, { "12.", 2, "not an amount" },
		{ "abc", 2, "not an amount" }, { "1e5", 2, "not an amount" },
		{ "0x10", 2, "not an amount" }, { "--5", 2, "not an amount" },
		{ "5-", 2, "not an amount" }, { "(5)", 2, "not an amount" },
		{ "12 .50", 2, "not an amount" }, { "1,2,3", 2, "not an amount" },
		{ "1,149,00", 2, "not an amount" }, { "1,23,45", 2, "not an amount" },
		{ "1,234.567.89", 2, "not an amount" }, { "0,123,456", 2, "not an amount" },
		{ "1 234'567", 2, "not an amount" }, { "1,234,56.78", 2, "not an amount" },
		{ "12.50\n", 2, "not an amount" }, { "\xff", 2, "not an amount" },
		{ "1.234", 2, "more decimals" }, { "12.505", 2, "more decimals" },
		{ "1 234.567", 2, "more decimals" }, { "1,50", 0, "more decimals" },
		{ "0.001", 2, "more decimals" }, { "1.23456", 4, "more decimals" },
		{ "12.500", 2, "thousands or decimals" }, { "15.000", 0, "thousands or decimals" },
		{ "1,234", 3, "thousands or decimals" }, { "1,234", 4, "thousands or decimals" },
		{ "10000000000000.01", 2, "more than one amount" },
		{ "99999999999999999999999999999999", 0, "more than one amount" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t minor = 77;

		if (money_parse(cases[i].text, cases[i].decimals, &minor) != ST_INVALID)
			fail_msg("%s was taken for %lld", cases[i].text, (long long)minor);
		assert_int_equal(minor, 77);
		if (!strstr(status_text(), cases[i].why))
			fail_msg("%s: %s", cases[i].text, status_text());
	}
	assert_int_equal(money_parse("2 apples", 2, &(int64_t){ 0 }), ST_INVALID);
	assert_non_null(strstr(status_text(), "\"2 apples\""));
}

static void test_print(void **state)
{
	char text[MONEY_TEXT];

	(void)state;
	money_print(1250, 2, text);
	assert_string_equal(text, "12.50");
	money_print(-5, 2, text);
	assert_string_equal(text, "-0.05");
	money_print(0, 3, text);
	assert_string_equal(text, "0.000");
	money_print(1200, 0, text);
	assert_string_equal(text, "1200");
	money_print(INT64_MIN, 4, text);
	assert_string_equal(text, "-922337203685477.5808");
	money_print(INT64_MAX, 0, text);
	assert_string_equal(text, "9223372036854775807");
}

static void test_printed_is_read_back(void **state)
{
	char text[MONEY_TEXT];
	int64_t minor;

	(void)state;
	for (int decimals = 0; decimals <= 4; decimals++) {
		for (int64_t n = 1; n < MONEY_MOST; n = n * 3 + 1) {
			money_print(-n, decimals, text);
			if (decimals == 0 || n % 10) {
				assert_int_equal(money_parse(text, decimals, &minor), ST_OK);
				assert_int_equal(minor, -n);
			}
		}
	}
}

static void test_sums(void **state)
{
	int64_t sum = 5;

	(void)state;
	assert_true(sum_checked(2, -3, &sum));
	assert_int_equal(sum, -1);
	assert_false(sum_checked(INT64_MAX, 1, &sum));
	assert_false(sum_checked(INT64_MIN, -1, &sum));
	assert_int_equal(sum, -1);
}

static int64_t product(int64_t a, int64_t b, int64_t c, enum rounding how)
{
	int64_t result;

	assert_true(mul_div(a, b, c, how, &result));
	return result;
}

static void test_products(void **state)
{
	int64_t result = 5;

	(void)state;
	assert_int_equal(product(7, 1, 2, ROUND_FLOOR), 3);
	assert_int_equal(product(-7, 1, 2, ROUND_FLOOR), -4);
	assert_int_equal(product(7, 1, 2, ROUND_CEIL), 4);
	assert_int_equal(product(-7, 1, 2, ROUND_CEIL), -3);
	assert_int_equal(product(7, 1, 2, ROUND_HALF_UP), 4);
	assert_int_equal(product(-7, 1, 2, ROUND_HALF_UP), -4);
	assert_int_equal(product(5, 1, 4, ROUND_HALF_UP), 1);
	assert_int_equal(product(-5, 1, 4, ROUND_HALF_UP), -1);
	assert_int_equal(product(6, 1, 3, ROUND_CEIL), 2);
	assert_int_equal(product(6, 1, 3, ROUND_HALF_UP), 2);
	assert_int_equal(product(INT64_MAX, INT64_MAX, INT64_MAX, ROUND_FLOOR), INT64_MAX);
	assert_int_equal(product(INT64_MIN, 1, 1, ROUND_HALF_UP), INT64_MIN);
	assert_false(mul_div(INT64_MAX, 2, 1, ROUND_FLOOR, &result));
	assert_false(mul_div(INT64_MIN, INT64_MIN, 1, ROUND_CEIL, &result));
	assert_int_equal(result, 5);
}

static void test_currencies(void **state)
{
	const struct currency *c, *before = NULL;
	unsigned n = 0;

	(void)state;
	c = currency_find("inr");
	assert_string_equal(c->code, "INR");
	assert_string_equal(c->symbol, "₹");
	assert_string_equal(c->name, "Indian Rupee");
	assert_int_equal(c->decimals, 2);
	assert_int_equal(currency_find("JPY")->decimals, 0);
	assert_int_equal(currency_find("KWD")->decimals, 3);
	assert_string_equal(currency_find("KWD")->symbol, "KWD");
	assert_string_equal(currency_find("AMD")->symbol, "֏");
	assert_null(currency_find("XYZ"));
	assert_null(currency_find("XAU"));
	assert_null(currency_find(""));
	assert_null(currency_find("INRX"));
	for (; (c = currency_at(n)); n++, before = c) {
		assert_int_equal(strlen(c->code), 3);
		assert_true(c->decimals >= 0 && c->decimals <= 4);
		assert_true(*c->symbol && *c->name);
		assert_ptr_equal(currency_find(c->code), c);
		assert_true(!before || strcmp(before->code, c->code) < 0);
	}
	assert_true(n > 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_printed_is_read_back),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_products),
		cmocka_unit_test(test_currencies),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
