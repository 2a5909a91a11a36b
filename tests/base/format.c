/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/language.h"
#include "base/money.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

enum { GUJARATI = 0x0ae6, HINDI = 0x0966, URDU = 0x06f0 };

static const struct format rupees = {
	.symbol = "₹", .read_too = { "Rs", "INR" }, .decimals = 2,
	.grouping = GROUPING_INDIAN, .zero = '0'
};
static const struct format drams = {
	.symbol = "֏", .symbol_behind = true, .read_too = { "AMD", "AMD" },
	.grouping = GROUPING_THOUSANDS, .zero = '0'
};

static struct format with_zero(uint32_t zero)
{
	struct format f = rupees;

	f.zero = zero;
	return f;
}

static void test_groups(void **state)
{
	static const struct {
		int64_t n;
		const char *none, *thousands, *indian;
	} cases[] = {
		{ 0, "0", "0", "0" }, { 999, "999", "999", "999" },
		{ 1000, "1000", "1,000", "1,000" }, { -1000, "-1000", "-1,000", "-1,000" },
		{ 12345, "12345", "12,345", "12,345" },
		{ 100000, "100000", "100,000", "1,00,000" },
		{ -999999, "-999999", "-999,999", "-9,99,999" },
		{ 1234567, "1234567", "1,234,567", "12,34,567" },
		{ 1000000000, "1000000000", "1,000,000,000", "1,00,00,00,000" },
		{ INT64_MAX, "9223372036854775807", "9,223,372,036,854,775,807",
		  "92,23,37,20,36,85,47,75,807" },
		{ INT64_MIN, "-9223372036854775808", "-9,223,372,036,854,775,808",
		  "-92,23,37,20,36,85,47,75,808" },
	};
	struct format f = rupees;
	char out[FORMAT_TEXT];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		f.grouping = GROUPING_NONE;
		assert_string_equal(format_number(&f, cases[i].n, out), cases[i].none);
		f.grouping = GROUPING_THOUSANDS;
		assert_string_equal(format_number(&f, cases[i].n, out), cases[i].thousands);
		f.grouping = GROUPING_INDIAN;
		assert_string_equal(format_number(&f, cases[i].n, out), cases[i].indian);
	}
}

static void test_money(void **state)
{
	struct format f = rupees;
	char out[FORMAT_TEXT];

	(void)state;
	assert_string_equal(format_money(&f, 12345678950, out), "₹12,34,56,789.50");
	assert_string_equal(format_money(&f, -5, out), "-₹0.05");
	assert_string_equal(format_amount(&f, -114900, out), "-1,149.00");
	assert_string_equal(format_money_short(&f, 412000, out), "₹4,120");
	assert_string_equal(format_money_short(&f, 412050, out), "₹4,120.50");
	assert_string_equal(format_money_short(&f, -6000, out), "-₹60");
	assert_string_equal(format_money(&drams, 1234567, out), "1,234,567 ֏");
	assert_string_equal(format_money(&drams, -50, out), "-50 ֏");
	assert_string_equal(format_money_short(&drams, 50, out), "50 ֏");
	strcpy(f.symbol, "Rs");
	assert_string_equal(format_money(&f, -5000, out), "-Rs 50.00");
	strcpy(f.symbol, "Fr.");
	assert_string_equal(format_money(&f, 5000, out), "Fr. 50.00");
	strcpy(f.symbol, "");
	assert_string_equal(format_money(&f, 5000, out), "50.00");
	f.decimals = 3;
	assert_string_equal(format_money(&f, 1234500, out), "1,234.500");
}

static void test_native_digits(void **state)
{
	struct format gujarati = with_zero(GUJARATI), hindi = with_zero(HINDI),
		      urdu = with_zero(URDU), two_bytes = with_zero(0x0660);
	char out[FORMAT_TEXT];

	(void)state;
	assert_string_equal(format_money(&gujarati, 12345678950, out), "₹૧૨,૩૪,૫૬,૭૮૯.૫૦");
	assert_string_equal(format_money(&hindi, -1150, out), "-₹११.५०");
	assert_string_equal(format_number(&urdu, 1234567890, out), "۱,۲۳,۴۵,۶۷,۸۹۰");
	assert_string_equal(format_number(&two_bytes, 19, out), "١٩");
	assert_string_equal(format_percent(&hindi, 4833, out), "४८.३ %");
	assert_string_equal(format_time(&urdu, 642, out), "۱۰:۴۲");
	gujarati.decimals = 4;
	strcpy(gujarati.symbol, "15 bytes of it!");
	assert_string_equal(format_money(&gujarati, INT64_MIN, out),
			    "-15 bytes of it!૯૨,૨૩,૩૭,૨૦,૩૬,૮૫,૪૭૭.૫૮૦૮");
}

static void test_percent(void **state)
{
	static const struct { int64_t hundredths; const char *text; } cases[] = {
		{ 4833, "48.3 %" }, { 4835, "48.4 %" }, { 4834, "48.3 %" }, { 7100, "71 %" },
		{ 7104, "71 %" }, { 7096, "71 %" }, { 0, "0 %" }, { 4, "0 %" }, { 5, "0.1 %" },
		{ 10000, "100 %" }, { 123456, "1,234.6 %" }, { -4833, "-48.3 %" },
		{ -4835, "-48.3 %" }, { -4836, "-48.4 %" }, { -5, "0 %" }, { -6, "-0.1 %" },
	};
	char out[FORMAT_TEXT];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(format_percent(&rupees, cases[i].hundredths, out),
				    cases[i].text);
}

static void test_days(void **state)
{
	int32_t day = day_from_civil(2026, 11, 21);	/* a Saturday */
	struct format f = rupees;
	char out[FORMAT_TEXT];

	(void)state;
	assert_string_equal(format_day(&f, day, out), "21 Nov 2026");
	assert_string_equal(format_weekday(&f, day, out), "Sat 21 Nov");
	assert_string_equal(format_day(&f, day_from_civil(2026, 5, 1), out), "1 May 2026");
	f.dates = DATE_MDY;
	assert_string_equal(format_day(&f, day, out), "Nov 21, 2026");
	assert_string_equal(format_weekday(&f, day, out), "Sat Nov 21");
	f.dates = DATE_YMD;
	assert_string_equal(format_day(&f, day, out), "2026 Nov 21");
	assert_string_equal(format_weekday(&f, day, out), "Sat Nov 21");
	f.dates = DATE_ISO;
	assert_string_equal(format_day(&f, day, out), "2026-11-21");
	assert_string_equal(format_time(&f, 0, out), "00:00");
	assert_string_equal(format_time(&f, 9 * 60 + 5, out), "09:05");
	assert_string_equal(format_time(&f, 1439, out), "23:59");
}

static void test_ago(void **state)
{
	int32_t today = day_from_civil(2026, 11, 21);
	char out[FORMAT_TEXT];

	(void)state;
	assert_string_equal(format_ago(&rupees, today, today, out), "today");
	assert_string_equal(format_ago(&rupees, today - 1, today, out), "yesterday");
	assert_string_equal(format_ago(&rupees, today - 2, today, out), "2 days ago");
	assert_string_equal(format_ago(&rupees, today - 60, today, out), "60 days ago");
	assert_string_equal(format_ago(&rupees, today - 61, today, out), "21 Sep 2026");
	assert_string_equal(format_ago(&rupees, today + 1, today, out), "22 Nov 2026");
}

static void test_other_languages(void **state)
{
	struct format f = with_zero(GUJARATI);
	int32_t today = day_from_civil(2026, 11, 21);
	char out[FORMAT_TEXT];

	(void)state;
	assert_true(language_use("gu"));
	assert_string_equal(format_day(&f, today, out), "૨૧ નવે ૨૦૨૬");
	assert_string_equal(format_weekday(&f, today, out), "શનિ ૨૧ નવે");
	assert_string_equal(format_ago(&f, today - 3, today, out), "૩ દિવસ પહેલાં");
	assert_true(language_use("hy"));
	f = drams;
	assert_string_equal(format_day(&f, today, out), "21 նոյ 2026");
	assert_string_equal(format_ago(&f, today - 1, today, out), "երեկ");
	assert_true(language_use("en"));
	assert_string_equal(format_ago(&f, today - 1, today, out), "yesterday");
}

static void test_money_is_read(void **state)
{
	static const struct { const char *text; int64_t minor; } cases[] = {
		{ "12.50", 1250 }, { "1,250", 125000 }, { "₹12.50", 1250 }, { "₹ 12.50", 1250 },
		{ "12.50₹", 1250 }, { "12.50 ₹ ", 1250 }, { " ₹12", 1200 }, { "-₹12", -1200 },
		{ "₹-12", -1200 }, { "- ₹ 12", -1200 }, { "−₹12", -1200 }, { "Rs 50", 5000 },
		{ "rs50", 5000 }, { "Rs. 50", 5000 }, { "Rs.50", 5000 }, { "RS.50.25", 5025 },
		{ "₹.50", 50 }, { "50 Rs.", 5000 }, { "50rs", 5000 }, { "INR 50", 5000 },
		{ "50 inr", 5000 }, { "50/-", 5000 }, { "Rs. 1,250/-", 125000 },
		{ "12,34,567.50", 123456750 }, { "₹૧,૨૫૦.૫૦", 125050 }, { "१२.५०", 1250 },
		{ "۵۰", 5000 }, { "₹ 1 149,00", 114900 },
	};
	int64_t minor;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		minor = 77;
		if (format_read_money(&rupees, cases[i].text, &minor) != ST_OK)
			fail_msg("%s: %s", cases[i].text, status_text());
		if (minor != cases[i].minor)
			fail_msg("%s: %lld", cases[i].text, (long long)minor);
	}
	assert_int_equal(format_read_money(&drams, "1,250 ֏", &minor), ST_OK);
	assert_int_equal(minor, 1250);
	assert_int_equal(format_read_money(&drams, "amd 1250", &minor), ST_OK);
	assert_int_equal(minor, 1250);
}

static void test_money_is_refused(void **state)
{
	static const struct { const char *text, *quoted; } cases[] = {
		{ "", "\"\"" }, { "₹", "\"₹\"" }, { "Rs", "\"Rs\"" }, { "₹₹5", "\"₹5\"" },
		{ "-₹-5", "\"--5\"" }, { "$5", "\"$5\"" }, { "5/", "\"5/\"" }, { "12.", "\"12.\"" },
		{ "12.505", "\"12.505\"" }, { "₹1.250", "thousands or decimals" },
		{ "5 apples", "\"5 apples\"" }, { "\xff", "not an amount" },
		{ "/-", "not an amount" }, { ".", "not an amount" },
	};
	char endless[5000];
	int64_t minor = 77;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (format_read_money(&rupees, cases[i].text, &minor) != ST_INVALID)
			fail_msg("%s was taken for %lld", cases[i].text, (long long)minor);
		if (!strstr(status_text(), cases[i].quoted))
			fail_msg("%s: %s", cases[i].text, status_text());
	}
	memset(endless, '5', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_int_equal(format_read_money(&rupees, endless, &minor), ST_INVALID);
	assert_int_equal(minor, 77);
}

/* Whatever a field shows can be left as it is. */
static void test_what_is_written_is_read(void **state)
{
	static const char *const symbols[] = { "₹", "Rs", "Fr.", "kr", "" };
	static const uint32_t zeros[] = { '0', GUJARATI, HINDI, URDU };
	char out[FORMAT_TEXT];
	int64_t minor;

	(void)state;
	for (unsigned i = 0; i < LENGTH(symbols) * LENGTH(zeros) * 3 * 2 * 5; i++) {
		struct format f = { .grouping = (enum grouping)(i % 3), .symbol_behind = i / 3 % 2,
				    .decimals = (int)(i / 6 % 5),
				    .zero = zeros[i / 30 % LENGTH(zeros)] };

		strcpy(f.symbol, symbols[i / 120]);
		for (int64_t n = 1; n < MONEY_MOST; n = n * 7 + 3) {
			assert_int_equal(format_read_money(&f, format_money(&f, -n, out), &minor),
					 ST_OK);
			assert_int_equal(minor, -n);
		}
	}
}

static void test_numbers_are_read(void **state)
{
	int64_t n = 77;

	(void)state;
	assert_int_equal(format_read_number(&rupees, "1,250", &n), ST_OK);
	assert_int_equal(n, 1250);
	assert_int_equal(format_read_number(&rupees, " ૧૨ ", &n), ST_OK);
	assert_int_equal(n, 12);
	assert_int_equal(format_read_number(&rupees, "-3", &n), ST_OK);
	assert_int_equal(n, -3);
	assert_int_equal(format_read_number(&rupees, "1.5", &n), ST_INVALID);
	assert_string_equal(status_text(), "\"1.5\" is not a whole number: write it like 12.");
	assert_int_equal(format_read_number(&rupees, "₹5", &n), ST_INVALID);
	assert_int_equal(format_read_number(&rupees, "", &n), ST_INVALID);
	assert_int_equal(n, -3);
}

static int32_t day_read(enum date_style dates, const char *text)
{
	struct format f = rupees;
	int32_t day = -77, today = day_from_civil(2026, 11, 22);

	f.dates = dates;
	if (format_read_day(&f, text, today, &day) != ST_OK)
		assert_int_equal(day, -77);
	return day;
}

static void test_days_are_read(void **state)
{
	static const struct { enum date_style dates; const char *text; } cases[] = {
		{ DATE_DMY, "21.11.2026" }, { DATE_DMY, "21/11/26" }, { DATE_DMY, "21-11-2026" },
		{ DATE_DMY, "2026-11-21" }, { DATE_DMY, "21 11" }, { DATE_DMY, "21.11." },
		{ DATE_DMY, " 21 . 11 . 26 " }, { DATE_DMY, "21 Nov 2026" },
		{ DATE_DMY, "21 nov" }, { DATE_DMY, "Nov 21" }, { DATE_DMY, "21 November 26" },
		{ DATE_DMY, "21Nov2026" }, { DATE_DMY, "2026 Nov 21" },
		{ DATE_DMY, "૨૧/૧૧/૨૦૨૬" }, { DATE_DMY, "२१ ११ २६" }, { DATE_DMY, "۲۱-۱۱" },
		{ DATE_MDY, "11/21/2026" }, { DATE_MDY, "11/21/26" }, { DATE_MDY, "11 21" },
		{ DATE_MDY, "2026/11/21" }, { DATE_MDY, "Nov 21, 2026" }, { DATE_MDY, "21 Nov" },
		{ DATE_YMD, "2026-11-21" }, { DATE_YMD, "26.11.21" }, { DATE_YMD, "11-21" },
		{ DATE_YMD, "2026 Nov 21" }, { DATE_ISO, "2026-11-21" }, { DATE_ISO, "11-21" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		if (day_read(cases[i].dates, cases[i].text) != day_from_civil(2026, 11, 21))
			fail_msg("%s: %d", cases[i].text, day_read(cases[i].dates, cases[i].text));
	assert_int_equal(day_read(DATE_DMY, "27/5/85"), day_from_civil(1985, 5, 27));
	assert_int_equal(day_read(DATE_DMY, "1/1/46"), day_from_civil(2046, 1, 1));
	assert_int_equal(day_read(DATE_DMY, "1/1/71"), day_from_civil(1971, 1, 1));
	assert_int_equal(day_read(DATE_DMY, "29 2 2028"), day_from_civil(2028, 2, 29));
}

static void test_days_are_refused(void **state)
{
	static const struct { enum date_style dates; const char *text, *why; } cases[] = {
		{ DATE_DMY, "", "not a date" }, { DATE_DMY, "21", "not a date" },
		{ DATE_DMY, "Nov", "not a date" }, { DATE_DMY, "Nov 2026", "not a date" },
		{ DATE_DMY, "21 Foo 2026", "not a date" }, { DATE_DMY, "1 2 3 4", "not a date" },
		{ DATE_DMY, "21 Nov Dec", "not a date" }, { DATE_DMY, "1 2 Nov 26", "not a date" },
		{ DATE_DMY, "21/11/202", "not a date" }, { DATE_DMY, "21/11/20266", "not a date" },
		{ DATE_DMY, "121/11/26", "not a date" }, { DATE_DMY, "21/011/26", "not a date" },
		{ DATE_DMY, "21:11:26", "not a date" }, { DATE_DMY, "21\xff""11", "not a date" },
		{ DATE_DMY, "21 11 2026 x", "not a date" },
		{ DATE_YMD, "21 11 2026", "not a date" },
		{ DATE_DMY, "31/11/2026", "calendar" }, { DATE_DMY, "11/21/2026", "calendar" },
		{ DATE_DMY, "29/2/2026", "calendar" }, { DATE_DMY, "0 11", "calendar" },
		{ DATE_DMY, "1/1/1960", "outside" }, { DATE_DMY, "1/1/2200", "outside" },
		{ DATE_DMY, "1/1/47", "outside" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (day_read(cases[i].dates, cases[i].text) != -77)
			fail_msg("%s was taken for a date", cases[i].text);
		if (!strstr(status_text(), cases[i].why))
			fail_msg("%s: %s", cases[i].text, status_text());
	}
	assert_int_equal(day_read(DATE_YMD, "21 Foo"), -77);
	assert_string_equal(status_text(), "\"21 Foo\" is not a date: write it like 2026-11-21.");
}

/* In every language and order, with each script's digits. */
static void test_days_that_are_written_are_read(void **state)
{
	static const uint32_t zeros[] = { '0', GUJARATI, HINDI, URDU };
	const struct language *l;
	char out[FORMAT_TEXT];
	int32_t day;

	(void)state;
	for (size_t i = 0; (l = language_at(i)); i++) {
		assert_true(language_use(l->code));
		for (int32_t d = CLOCK_FIRST_DAY; d < CLOCK_LAST_DAY; d += 17) {
			struct format f = with_zero(zeros[(d / 3) % 4]);

			f.dates = (enum date_style)(d % 3);
			if (format_read_day(&f, format_day(&f, d, out), 20000, &day) != ST_OK)
				fail_msg("%s: %s", out, status_text());
			assert_int_equal(day, d);
		}
	}
	assert_true(language_use("en"));
}

static void test_months_and_decimals(void **state)
{
	struct format f = rupees;
	int32_t day = day_from_civil(2026, 3, 31);
	char out[FORMAT_TEXT];

	(void)state;
	assert_string_equal(format_month(&f, day, out), "Mar 2026");
	f.dates = DATE_YMD;
	assert_string_equal(format_month(&f, day, out), "2026 Mar");
	f.dates = DATE_ISO;
	assert_string_equal(format_month(&f, day, out), "2026-03");
	assert_string_equal(format_decimal(&f, 1.5136344, 2, out), "1.51");
	assert_string_equal(format_decimal(&f, -0.125, 2, out), "-0.13");
	assert_string_equal(format_decimal(&f, 123456.7, 0, out), "1,23,457");
	assert_string_equal(format_decimal(&f, 1e300, 2, out), "1e+300");
	f.zero = HINDI;
	assert_string_equal(format_decimal(&f, 2.5, 1, out), "२.५");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_money),
		cmocka_unit_test(test_native_digits),
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_months_and_decimals),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_ago),
		cmocka_unit_test(test_other_languages),
		cmocka_unit_test(test_money_is_read),
		cmocka_unit_test(test_money_is_refused),
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_numbers_are_read),
		cmocka_unit_test(test_days_are_read),
		cmocka_unit_test(test_days_are_refused),
		cmocka_unit_test(test_days_that_are_written_are_read),
	};

	language_start();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
