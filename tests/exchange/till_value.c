/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/till_value.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Money, dates and zones as tills write them. */

static void reads_money(void **state)
{
	static const struct {
		const char *text;
		int64_t minor;
	} good[] = {
		{ "$1,149.00 ", 114900 }, { "($33.62)", -3362 }, { "$(33.62)", -3362 },
		{ "-$5.00", -500 }, { "$-5.00", -500 }, { "5.00-", -500 }, { "−$5.00", -500 },
		{ "₹1,23,456.50", 12345650 }, { "Rs. 40", 4000 }, { "12.50 EUR", 1250 },
		{ "CA$7.10", 710 }, { "'12.00", 1200 }, { "€ 1.149,00", 114900 },
		{ "$.50", 50 }, { "0", 0 }, { "£0.00", 0 }, { "+3.10", 310 },
		{ "1'149.00 CHF", 114900 },
	};
	static const char *const bad[] = {
		"", "$", "abc", "12ab34", "50%", "1.2.3", "$1,14.00", "12:30", "--"
	};
	int64_t minor;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		if (till_money(good[i].text, 2, &minor) != ST_OK || minor != good[i].minor)
			print_error("%s: %lld\n", good[i].text, (long long)minor);
		assert_int_equal(till_money(good[i].text, 2, &minor), ST_OK);
		assert_int_equal(minor, good[i].minor);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (till_money(bad[i], 2, &minor) == ST_OK)
			print_error("%s was taken for %lld\n", bad[i], (long long)minor);
		assert_int_equal(till_money(bad[i], 2, &minor), ST_INVALID);
	}
}

static void other_currencies_are_told(void **state)
{
	static const struct {
		const char *text, *code;
		bool foreign;
	} rows[] = {
		{ "$5.00", "USD", false }, { "US$5.00", "USD", false },
		{ "5.00 USD", "USD", false },
		{ "5.00", "USD", false }, { "-$5.00", "CAD", false }, { "CA$5.00", "CAD", false },
		{ "₹1,23,456.50", "INR", false }, { "Rs. 40", "INR", false },
		{ "₨40", "PKR", false }, { "R$ 5", "BRL", false }, { "£5", "GBP", false },
		{ "€5.00", "USD", true }, { "£7.00", "USD", true }, { "CA$7.10", "USD", true },
		{ "EUR 5.00", "USD", true }, { "5.00EUR", "USD", true }, { "5 ₹", "USD", true },
		{ "$5.00", "INR", true }, { "USD 5", "CAD", true }, { "US$5", "CAD", true },
		{ "¥500", "USD", true }, { "($5.00)", "EUR", true }, { "-£5.00", "EUR", true },
	};
	int64_t minor;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum status st = till_price(rows[i].text, 2, rows[i].code, &minor);

		if ((st == ST_OK) == rows[i].foreign)
			print_error("%s in %s\n", rows[i].text, rows[i].code);
		assert_int_equal(st, rows[i].foreign ? ST_INVALID : ST_OK);
		if (rows[i].foreign)
			assert_non_null(strstr(status_text(), "another currency"));
	}
}

static void takes_the_guard_off(void **state)
{
	(void)state;
	assert_string_equal(till_text("'+16135550127"), "+16135550127");
	assert_string_equal(till_text("'0012"), "0012");
	assert_string_equal(till_text("'#1001"), "#1001");
	assert_string_equal(till_text("'t Hooft"), "'t Hooft");
	assert_string_equal(till_text("'"), "'");
	assert_string_equal(till_code("'C2"), "C2");
	assert_string_equal(till_code("'0012"), "0012");
	assert_string_equal(till_code("C'2"), "C'2");
	assert_string_equal(till_code("'"), "'");
}

static void takes_dates_apart(void **state)
{
	static const struct {
		const char *date, *time, *text, *zone;
		bool half;
	} rows[] = {
		{ "16-Dec-2023 02:44 AM EST", "", "2023-12-16 02:44 AM", "EST", true },
		{ "Dec 16, 2023", "2:44 PM", "2023-12-16 2:44 PM", "", true },
		{ "Sat, 16 December 2023", "", "2023-12-16", "", false },
		{ "1-Sept-23 9:05", "", "2023-09-01 9:05", "", false },
		{ "2025-05-11 09:55:16 -0400", "", "2025-05-11 09:55:16", "-0400", false },
		{ "2025-05-11T09:55:16Z", "", "2025-05-11T09:55:16", "Z", false },
		{ "2025-05-11T09:55:16+05:30", "", "2025-05-11T09:55:16", "+05:30", false },
		{ "7/28/26 1:33 PM", "", "7/28/26 1:33 PM", "", true },
		{ "7/28/26", "1:33\u202fp.m.", "7/28/26 1:33 pm", "", true },
		{ "01/10/2026 23:50", "10:00", "01/10/2026 23:50", "", false },
		{ "2026-05-30", "13:03:14", "2026-05-30 13:03:14", "", false },
		{ "12/27/2018", "", "12/27/2018", "", false },
		{ "2026-05-30 13:03 Eastern Time (US & Canada)", "", "2026-05-30 13:03",
		  "Eastern Time (US & Canada)", false },
		{ "", "", "", "", false },
	};
	struct till_date d;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		till_date_read(rows[i].date, rows[i].time, &d);
		assert_string_equal(d.text, rows[i].text);
		assert_string_equal(d.zone, rows[i].zone);
		assert_int_equal(d.half, rows[i].half);
	}
}

static int64_t instant_of(const char *date, const char *time, const char *zone,
			  enum date_order order)
{
	struct zone_memory *m = zone_memory_new();
	struct till_date d;
	int64_t instant = 0;

	till_date_read(date, time, &d);
	if (till_instant(m, &d, zone, order, &instant) != ST_OK)
		print_error("%s %s %s: %s\n", date, time, zone, status_text());
	zone_memory_free(m);
	return instant;
}

static int64_t at(const char *iso)
{
	int64_t instant;

	assert_int_equal(instant_parse(iso, &instant), ST_OK);
	return instant;
}

static void knows_zones(void **state)
{
	static const struct {
		const char *date, *time, *zone, *is;
	} rows[] = {
		{ "2026-05-30", "13:03:14", "Eastern Time (US & Canada)", "2026-05-30T17:03:14Z" },
		{ "2026-01-30", "13:03:14", "eastern time (us & canada)", "2026-01-30T18:03:14Z" },
		{ "2026-05-30", "13:03", "(GMT-05:00) Eastern Time (US & Canada)",
		  "2026-05-30T17:03Z" },
		{ "2026-05-30", "13:03", "Australia/Perth", "2026-05-30T05:03Z" },
		{ "2026-05-30", "13:03", "AWST", "2026-05-30T05:03Z" },
		{ "2023-12-16 02:44 AM EST", "", "", "2023-12-16T07:44Z" },
		{ "2023-07-16 02:44 AM EDT", "", "UTC", "2023-07-16T06:44Z" },
		{ "2025-05-11 09:55:16 -0400", "", "", "2025-05-11T13:55:16Z" },
		{ "2025-05-11 09:55:16 UTC", "", "", "2025-05-11T09:55:16Z" },
		{ "2025-05-11 09:55", "", "GMT+2", "2025-05-11T07:55Z" },
		{ "2025-05-11 09:55", "", "+5:30", "2025-05-11T04:25Z" },
		{ "2025-05-11 09:55", "", "", "2025-05-11T04:25Z" },
		{ "2025-05-11 09:55 IST", "", "", "2025-05-11T04:25Z" },
		/* the hour that New York skips, and the one it has twice */
		{ "2026-03-08", "02:30", "America/New_York", "2026-03-08T06:30Z" },
		{ "2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30Z" },
		{ "2026-11-01", "03:00", "America/New_York", "2026-11-01T08:00Z" },
	};

	(void)state;
	assert_int_equal(clock_set_zone("Asia/Kolkata"), ST_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t is = instant_of(rows[i].date, rows[i].time, rows[i].zone, DATES_AUTO);

		if (is != at(rows[i].is))
			print_error("%s %s %s\n", rows[i].date, rows[i].time, rows[i].zone);
		assert_int_equal(is, at(rows[i].is));
	}
	assert_string_equal(clock_zone(), "Asia/Kolkata");
}

/* In summer a till that still says EST means the clock on its wall. */
static void the_shop_has_the_first_say_of_letters(void **state)
{
	(void)state;
	assert_int_equal(clock_set_zone("America/New_York"), ST_OK);
	assert_int_equal(instant_of("16-Jul-2023 02:44 AM EST", "", "", DATES_AUTO),
			 at("2023-07-16T06:44Z"));
	assert_int_equal(clock_set_zone("Asia/Jerusalem"), ST_OK);
	assert_int_equal(instant_of("2025-01-11 09:55 IST", "", "", DATES_AUTO),
			 at("2025-01-11T07:55Z"));
}

static void refuses_what_is_no_time(void **state)
{
	struct zone_memory *m = zone_memory_new();
	struct till_date d;
	int64_t instant;

	(void)state;
	till_date_read("2026-05-30 13:03", "", &d);
	assert_int_equal(till_instant(m, &d, "Middle Earth", DATES_AUTO, &instant), ST_INVALID);
	assert_non_null(strstr(status_text(), "Middle Earth"));
	till_date_read("yesterday", "", &d);
	assert_int_equal(till_instant(m, &d, "", DATES_AUTO, &instant), ST_INVALID);
	till_date_read("03/04/2026", "", &d);
	assert_int_equal(till_instant(m, &d, "", DATES_AUTO, &instant), ST_REFUSED);
	till_date_read("2026-13-04", "", &d);
	assert_int_equal(till_instant(m, &d, "", DATES_AUTO, &instant), ST_INVALID);
	till_date_read("1969-12-31", "", &d);
	assert_int_equal(till_instant(m, &d, "", DATES_AUTO, &instant), ST_INVALID);
	zone_memory_free(m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_money),
		cmocka_unit_test(other_currencies_are_told),
		cmocka_unit_test(takes_the_guard_off),
		cmocka_unit_test(takes_dates_apart),
		cmocka_unit_test(knows_zones),
		cmocka_unit_test(the_shop_has_the_first_say_of_letters),
		cmocka_unit_test(refuses_what_is_no_time),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
