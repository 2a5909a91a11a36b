/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))
#define ZONES "/usr/share/zoneinfo"

static void use(const char *zone)
{
	if (clock_set_zone(zone) != ST_OK)
		fail_msg("%s", status_text());
}

static int64_t at(const char *text)
{
	int64_t instant;

	if (instant_parse(text, &instant) != ST_OK)
		fail_msg("%s", status_text());
	return instant;
}

static void assert_at(const char *local, const char *utc)
{
	char text[INSTANT_TEXT];

	if (at(local) != at(utc)) {
		instant_print(at(local), text);
		fail_msg("%s is %s, not %s", local, text, utc);
	}
}

static void test_zone_names(void **state)
{
	(void)state;
	assert_string_equal(clock_zone(), "UTC");
	use("Asia/Calcutta");
	assert_string_equal(clock_zone(), "Asia/Calcutta");
	use("Asia/Kolkata");
	assert_string_equal(clock_zone(), "Asia/Kolkata");
	assert_true(clock_zone_exists("America/Argentina/Buenos_Aires"));
	assert_true(clock_zone_exists("Etc/GMT+5"));
	assert_true(clock_zone_exists("UTC"));
	assert_false(clock_zone_exists("Asia"));
	assert_false(clock_zone_exists("Asia/"));
	assert_false(clock_zone_exists(""));
	assert_false(clock_zone_exists(NULL));
	assert_false(clock_zone_exists("zone1970.tab"));
	assert_false(clock_zone_exists("../zoneinfo/Asia/Kolkata"));
	assert_false(clock_zone_exists(ZONES "/Asia/Kolkata"));
	assert_false(clock_zone_exists("Asia/./Kolkata"));
	assert_false(clock_zone_exists("right/Asia/Kolkata"));
	assert_false(clock_zone_exists("IST-5:30"));
}

static void assert_near(const char *wrong, const char *meant)
{
	assert_int_equal(clock_set_zone(wrong), ST_INVALID);
	if (!strstr(status_text(), meant))
		fail_msg("%s: %s", wrong, status_text());
	assert_string_equal(clock_zone(), "Asia/Kolkata");
}

static void test_near_zones(void **state)
{
	(void)state;
	use("Asia/Kolkata");
	assert_near("Asia/Kolkatta", "Did you mean Asia/Kolkata");
	assert_near("asia/kolkata", "Did you mean Asia/Kolkata");
	assert_near("Kolkata", "Did you mean Asia/Kolkata");
	assert_near("America/New York", "Did you mean America/New_York");
	assert_near("Europe/Lodnon", "Did you mean Europe/London");
	assert_near("Nowhere/Atall", "Write one like Asia/Kolkata");
	assert_int_equal(clock_day(0), 0);
	assert_int_equal(clock_minute_of_day(0), 330);
}

/* A folder of zones with one of our own in it, and a file that is none. */
static void test_other_zone_folder(void **state)
{
	char folder[] = "/tmp/regulars-zones-XXXXXX", path[64], zone[65536];
	size_t len;
	FILE *f = fopen(ZONES "/Asia/Tokyo", "r");

	(void)state;
	assert_non_null(f);
	len = fread(zone, 1, sizeof(zone), f);
	fclose(f);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/Till", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(zone, 1, len, f), len);
	fclose(f);
	setenv("TZDIR", folder, 1);
	use("Till");
	assert_int_equal(clock_minute_of_day(0), 540);
	assert_false(clock_zone_exists("Asia/Tokyo"));
	assert_int_equal(truncate(path, 3), 0);
	assert_false(clock_zone_exists("Till"));
	unlink(path);
	rmdir(folder);
	unsetenv("TZDIR");
	use("UTC");
}

static void test_summer_time(void **state)
{
	struct civil c;

	(void)state;
	use("America/New_York");
	assert_at("2026-03-08T01:59:59", "2026-03-08T06:59:59Z");
	assert_at("2026-03-08T02:00:00", "2026-03-08T07:00:00Z");
	assert_at("2026-03-08T02:30:00", "2026-03-08T07:00:00Z");
	assert_at("2026-03-08T02:59:59.5", "2026-03-08T07:00:00Z");
	assert_at("2026-03-08T03:00:00", "2026-03-08T07:00:00Z");
	assert_at("2026-11-01T00:59:59", "2026-11-01T04:59:59Z");
	assert_at("2026-11-01T01:30:00", "2026-11-01T05:30:00Z");
	assert_at("2026-11-01T02:00:00", "2026-11-01T07:00:00Z");
	assert_at("2199-07-01T12:00", "2199-07-01T16:00Z");
	c = clock_civil(at("2026-11-01T06:30:00.000007Z"));
	assert_int_equal(c.hour, 1);
	assert_int_equal(c.minute, 30);
	assert_int_equal(c.micro, 7);
	use("Australia/Lord_Howe");		/* by half an hour */
	assert_at("2026-10-04T02:15:00", "2026-10-03T15:30:00Z");
	assert_at("2026-04-05T01:45:00", "2026-04-04T14:45:00Z");
}

static void test_days_that_begin_late(void **state)
{
	int32_t day = day_from_civil(2018, 11, 4);

	(void)state;
	use("America/Sao_Paulo");		/* 00:00 to 01:00 */
	assert_int_equal(clock_day_start(day), at("2018-11-04T03:00:00Z"));
	assert_int_equal(clock_day(clock_day_start(day)), day);
	assert_int_equal(clock_day(clock_day_start(day) - 1), day - 1);
	use("Pacific/Apia");			/* had no 2011-12-30 */
	assert_int_equal(clock_day_start(day_from_civil(2011, 12, 30)), at("2011-12-30T10:00Z"));
	assert_int_equal(clock_day_start(day_from_civil(2011, 12, 31)), at("2011-12-30T10:00Z"));
	assert_int_equal(clock_day(at("2011-12-30T09:59:59Z")), day_from_civil(2011, 12, 29));
	assert_int_equal(clock_day(at("2011-12-30T10:00Z")), day_from_civil(2011, 12, 31));
}

/* Against the C library itself, each quarter of an hour of some years. */
static void test_agrees_with_libc(void **state)
{
	static const char *const zones[] = {
		"UTC", "Asia/Kolkata", "America/New_York", "Europe/London", "Africa/Casablanca",
		"America/St_Johns", "Pacific/Apia", "Africa/Monrovia", "America/Havana",
	};
	static const int years[] = { 1970, 1972, 2005, 2011, 2026, 2045, 2199 };

	(void)state;
	for (size_t z = 0; z < LENGTH(zones); z++) {
		use(zones[z]);
		for (size_t y = 0; y < LENGTH(years); y++) {
			time_t t = (time_t)day_from_civil(years[y], 1, 1) * 86400 + 450;

			for (int i = 0; i < 366 * 96; i++, t += 900) {
				struct civil c = clock_civil(t * CLOCK_SECOND);
				struct tm tm;

				localtime_r(&t, &tm);
				assert_true(c.year == tm.tm_year + 1900 && c.day == tm.tm_mday &&
					    c.month == tm.tm_mon + 1 && c.hour == tm.tm_hour &&
					    c.minute == tm.tm_min && c.second == tm.tm_sec);
			}
		}
	}
}

/* What a clock shows leads back to the instant, or to the earlier one of the
 * two that show the same. */
static void test_there_and_back(void **state)
{
	int64_t end = at("2027-01-01T00:00Z");

	(void)state;
	use("Europe/London");
	for (int64_t t = at("2026-01-01T00:07Z"); t < end; t += CLOCK_HOUR / 4) {
		struct civil c = clock_civil(t);
		int64_t back = clock_instant(&c);

		if (t >= at("2026-10-25T01:00:00Z") && t < at("2026-10-25T02:00:00Z"))
			assert_int_equal(back, t - CLOCK_HOUR);
		else
			assert_int_equal(back, t);
		assert_int_equal(clock_day(t), day_from_civil(c.year, c.month, c.day));
		assert_int_equal(clock_minute_of_day(t), c.hour * 60 + c.minute);
	}
}

static void test_far_instants(void **state)
{
	(void)state;
	use("Asia/Kolkata");
	assert_int_equal(clock_minute_of_day(-1), 329);
	assert_int_equal(clock_day(-20 * CLOCK_HOUR), -1);
	assert_int_equal(clock_civil(-1).micro, 999999);
	assert_true(clock_day(INT64_MIN) < 0);
	assert_true(clock_day(INT64_MAX) > 0);
	assert_in_range(clock_minute_of_day(INT64_MIN), 0, 1439);
	assert_in_range(clock_minute_of_day(INT64_MAX), 0, 1439);
}

/* Day by day with the rules of the calendar as they are taught. */
static void test_calendar(void **state)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int32_t day = day_from_civil(1600, 1, 1);
	int week = 5;		/* a Saturday */

	(void)state;
	assert_int_equal(day_from_civil(1970, 1, 1), 0);
	assert_int_equal(day_from_civil(2199, 12, 31), CLOCK_LAST_DAY);
	for (int year = 1600; year <= 2400; year++) {
		bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

		for (int month = 1; month <= 12; month++) {
			int last = length[month - 1] + (leap && month == 2);

			assert_false(date_exists(year, month, last + 1));
			assert_int_equal(day_month_end(day), day + last - 1);
			for (int date = 1; date <= last; date++, day++, week = (week + 1) % 7) {
				int y, m, d;

				day_to_civil(day, &y, &m, &d);
				assert_true(y == year && m == month && d == date);
				assert_int_equal(day_from_civil(year, month, date), day);
				assert_int_equal(day_of_week(day), week);
				assert_true(date_exists(year, month, date));
			}
		}
	}
	assert_false(date_exists(2026, 0, 1));
	assert_false(date_exists(2026, 13, 1));
	assert_false(date_exists(2026, 1, 0));
}

static void test_months_later(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{ "2026-01-31", 1, "2026-02-28" }, { "2028-01-31", 1, "2028-02-29" },
		{ "2026-01-31", 12, "2027-01-31" }, { "2028-02-29", 12, "2029-02-28" },
		{ "2026-11-30", 3, "2027-02-28" }, { "2026-03-31", -1, "2026-02-28" },
		{ "2026-01-15", -1, "2025-12-15" }, { "2026-01-15", -25, "2023-12-15" },
		{ "2026-05-15", 0, "2026-05-15" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[DAY_TEXT];
		int32_t day;

		assert_int_equal(day_parse(cases[i].from, &day), ST_OK);
		day_print(day_add_months(day, cases[i].months), text);
		assert_string_equal(text, cases[i].to);
	}
	assert_int_equal(day_year_end(day_from_civil(2026, 1, 1)), day_from_civil(2026, 12, 31));
	assert_int_equal(day_year_end(day_from_civil(2026, 12, 31)), day_from_civil(2026, 12, 31));
}

static void test_dates_refused(void **state)
{
	static const char *const cases[][2] = {
		{ "", "not a date" }, { "2026", "not a date" }, { "2026-3-1", "not a date" },
		{ "26-03-01", "not a date" }, { "2026-03-01 ", "not a date" },
		{ " 2026-03-01", "not a date" }, { "2026/03/01", "not a date" },
		{ "2026-03-011", "not a date" }, { "2026-03-0x", "not a date" },
		{ "2026-02-29", "not in the calendar" }, { "2026-13-01", "not in the calendar" },
		{ "2026-00-10", "not in the calendar" }, { "1970-01-01", "outside" },
		{ "2200-01-01", "outside" }, { "0000-01-01", "outside" },
	};
	int32_t day = 77;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(day_parse(cases[i][0], &day), ST_INVALID);
		if (!strstr(status_text(), cases[i][1]))
			fail_msg("%s: %s", cases[i][0], status_text());
	}
	assert_int_equal(day, 77);
	assert_int_equal(day_parse("1970-01-02", &day), ST_OK);
	assert_int_equal(day, CLOCK_FIRST_DAY);
	assert_int_equal(day_parse("2199-12-31", &day), ST_OK);
	assert_int_equal(day, CLOCK_LAST_DAY);
}

static void test_times(void **state)
{
	(void)state;
	use("Asia/Kolkata");
	assert_at("2026-03-01T09:14:00", "2026-03-01T03:44:00Z");
	assert_at("2026-03-01 09:14", "2026-03-01T03:44:00Z");
	assert_at("2026-03-01", "2026-02-28T18:30:00Z");
	assert_at("2026-03-01T09:14:00+05:30", "2026-03-01T03:44:00Z");
	assert_at("2026-03-01 09:14:00 +0530", "2026-03-01T03:44:00Z");
	assert_at("2026-03-01T09:14:00-03", "2026-03-01T12:14:00Z");
	assert_at("2026-03-01T09:14:00 Z", "2026-03-01T14:44:00");
	assert_int_equal(at("2026-03-01T00:00:00.25Z") - at("2026-03-01T00:00:00Z"), 250000);
	assert_int_equal(at("2026-03-01T00:00:00.1234567Z") % CLOCK_SECOND, 123456);
}

static void test_times_refused(void **state)
{
	static const char *const cases[][2] = {
		{ "", "not a time" }, { "09:14", "not a time" }, { "2026-03-01T", "not a time" },
		{ "2026-03-01T9:14", "not a time" }, { "2026-03-01T24:00", "not a time" },
		{ "2026-03-01T09:60", "not a time" }, { "2026-03-01T09:14:60", "not a time" },
		{ "2026-03-01T09:14:", "not a time" }, { "2026-03-01T09:14:00.", "not a time" },
		{ "2026-03-01T09:14.5", "not a time" }, { "2026-03-01T09:14:00x", "not a time" },
		{ "2026-03-01T09:14:00+5", "not a time" }, { "2026-03-01x09:14", "not a time" },
		{ "2026-03-01T09:14:00+05:3", "not a time" },
		{ "2026-03-01T09:14:00+24:00", "not a time" },
		{ "2026-03-01T09:14:00Z ", "not a time" }, { "2026-03-01T+9:14", "not a time" },
		{ "2026-02-30T09:14", "not in the calendar" }, { "1970-01-01T12:00", "outside" },
		{ "2199-12-31T23:00:00-12:00", "outside" }, { "2300-01-01T00:00", "outside" },
	};
	int64_t instant = 77;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (instant_parse(cases[i][0], &instant) != ST_INVALID)
			fail_msg("%s was taken", cases[i][0]);
		if (!strstr(status_text(), cases[i][1]))
			fail_msg("%s: %s", cases[i][0], status_text());
	}
	assert_int_equal(instant, 77);
}

static void test_spans(void **state)
{
	static const struct {
		const char *text;
		int months, days;
	} cases[] = {
		{ "12m", 12, 0 }, { "90d", 0, 90 }, { "4w", 0, 28 }, { "2y", 24, 0 },
		{ "0d", 0, 0 }, { "200y", 2400, 0 }, { "73000d", 0, 73000 },
	};
	static const char *const bad[] = {
		"", "d", "12", "m12", "12 m", "1.5y", "-1d", "+1d", " 1d", "1y6m", "12x",
		"201y", "73001d", "99999999999999999999d", "0x1d",
	};
	int months, days;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(span_parse(cases[i].text, &months, &days), ST_OK);
		assert_int_equal(months, cases[i].months);
		assert_int_equal(days, cases[i].days);
	}
	for (size_t i = 0; i < LENGTH(bad); i++) {
		if (span_parse(bad[i], &months, &days) != ST_INVALID)
			fail_msg("%s was taken", bad[i]);
	}
}

static void test_print(void **state)
{
	char day[DAY_TEXT], text[INSTANT_TEXT];

	(void)state;
	use("Asia/Kolkata");
	day_print(day_from_civil(2026, 3, 1), day);
	assert_string_equal(day, "2026-03-01");
	instant_print(at("2026-03-01T03:44:00Z"), text);
	assert_string_equal(text, "2026-03-01T09:14:00");
	instant_print(at("2026-03-01T03:44:00.00012Z"), text);
	assert_string_equal(text, "2026-03-01T09:14:00.000120");
	instant_print(INT64_MIN, text);
	assert_true(strlen(text) < INSTANT_TEXT);
}

static void test_now(void **state)
{
	int64_t before = time(NULL) * CLOCK_SECOND;

	(void)state;
	use("Asia/Kolkata");
	unsetenv("REGULARS_NOW");
	assert_int_equal(clock_check(), ST_OK);
	assert_true(clock_now() >= before && clock_now() < before + CLOCK_HOUR);
	setenv("REGULARS_NOW", "2026-03-01T09:14:00", 1);
	assert_int_equal(clock_check(), ST_OK);
	assert_int_equal(clock_now(), at("2026-03-01T03:44:00Z"));
	setenv("REGULARS_NOW", "2026-03-01T09:14:00Z", 1);
	assert_int_equal(clock_now(), at("2026-03-01T09:14:00Z"));
	setenv("REGULARS_NOW", "tomorrow", 1);
	assert_int_equal(clock_check(), ST_INVALID);
	assert_non_null(strstr(status_text(), "REGULARS_NOW is \"tomorrow\""));
	unsetenv("REGULARS_NOW");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zone_names),
		cmocka_unit_test(test_near_zones),
		cmocka_unit_test(test_other_zone_folder),
		cmocka_unit_test(test_summer_time),
		cmocka_unit_test(test_days_that_begin_late),
		cmocka_unit_test(test_agrees_with_libc),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_far_instants),
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_months_later),
		cmocka_unit_test(test_dates_refused),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_times_refused),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_now),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
