/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/till.h"

#include <time.h>

#include "insight/day.h"

/* The machine's clock jumps: its battery is empty, somebody sets it, summer
 * begins and ends, a day ends while the till is open. Sales go on, the journal
 * stays a chain, verify is clean, and each day's figures are those of the sales
 * that the clock put there. What day that is, libc says here. */

enum { SEED = 20260301, DAYS = CLOCK_LAST_DAY + 1 };

struct street {
	char dir[64];
	struct till till;
	int64_t taken[DAYS];
	long sales, jumps;
	uint64_t seed;
};

static void street_open(struct street *s, const char *zone)
{
	char base[64];

	memset(s, 0, sizeof(*s));
	s->seed = SEED;
	scratch_make(base);
	strcpy(s->dir, base);
	till_make(strcat(base, "/shop"));
	till_open(&s->till, base);
	NEED(clock_set_zone(zone));
	setenv("TZ", zone, 1);
	tzset();
}

static void street_close(struct street *s)
{
	till_close(&s->till);
	scratch_remove(s->dir);
	unsetenv("TZ");
}

/* The days since 1970-01-01 of what a clock in the shop shows. */
static int32_t day_by_libc(int64_t instant)
{
	time_t seconds = (time_t)(instant / CLOCK_SECOND - (instant % CLOCK_SECOND < 0));
	struct tm shown;

	localtime_r(&seconds, &shown);
	shown.tm_hour = shown.tm_min = shown.tm_sec = 0;
	shown.tm_isdst = 0;
	return (int32_t)(timegm(&shown) / (24 * 3600));
}

static void sell_at(struct street *s, int64_t now)
{
	struct sale sale = { .customer = 1 + s->sales % TILL_CUSTOMERS, .source = "",
			     .amount = 1 + (int64_t)(next_random(&s->seed) % 9000) };
	struct trade_run run = { 0 };
	struct actor by = s->till.by;
	char receipt[32];

	snprintf(receipt, sizeof(receipt), "R-%ld", s->sales);
	sale.receipt = receipt;
	by.now = now;
	if (sale_add(&s->till.shop, &by, &sale, &run) != ST_OK)
		die("at %" PRId64 " no sale: %s", now, status_text());
	s->taken[day_by_libc(now)] += sale.amount;
	s->sales++;
}

/* Every day that has sales, and the days beside it. Gives how many have. */
static long check_days(struct street *s)
{
	struct day_report r;
	long days = 0;

	for (int32_t day = CLOCK_FIRST_DAY + 1; day < CLOCK_LAST_DAY; day++) {
		if (!s->taken[day - 1] && !s->taken[day] && !s->taken[day + 1])
			continue;
		NEED(day_read(s->till.shop.store, day, day, &r));
		if (r.takings.revenue != s->taken[day])
			die("day %d has %" PRId64 ", and should have %" PRId64, day,
			    r.takings.revenue, s->taken[day]);
		days += s->taken[day] > 0;
		day_release(&r);
	}
	check_verify(&s->till);
	return days;
}

/* -- jumps -- */

static int64_t jump(struct street *s, int64_t now)
{
	static const int64_t jumps[] = {
		-CLOCK_HOUR, CLOCK_HOUR, -24 * CLOCK_HOUR, 24 * CLOCK_HOUR,
		-366 * 24 * CLOCK_HOUR, 366 * 24 * CLOCK_HOUR, -40 * CLOCK_MINUTE,
	};

	if (next_random(&s->seed) % 5)
		return now + (int64_t)(next_random(&s->seed) % (uint64_t)CLOCK_HOUR);
	s->jumps++;
	if (next_random(&s->seed) % 40 == 0)	/* an empty battery: 2000-01-01 */
		return INT64_C(946684800) * CLOCK_SECOND;
	return now + jumps[next_random(&s->seed) % (sizeof(jumps) / sizeof(jumps[0]))];
}

static const char *const zones[] = { "Asia/Kolkata", "Europe/London", "America/New_York",
				     "Australia/Lord_Howe", "Pacific/Apia" };

static void sales_go_on_whatever_the_clock_does(void **state)
{
	long sales = short_or_long(1000, 20000), jumps = 0;
	struct street *s = mem_alloc(sizeof(*s));

	(void)state;
	for (size_t z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		int64_t now;

		street_open(s, zones[z]);
		now = s->till.by.now;
		while (s->sales < sales / 5)
			sell_at(s, now = jump(s, now));
		assert_true(check_days(s) > 10);
		jumps += s->jumps;
		street_close(s);
	}
	report("clock", "times the clock was set back or forward between sales", jumps, 0, SEED);
	free(s);
}

/* -- the hours that there are twice or not at all -- */

static void every_minutes(struct street *s, const char *from, int minutes)
{
	int64_t now;

	NEED(instant_parse(from, &now));
	for (int i = 0; i < 40 * 60; i += minutes)
		sell_at(s, now + i * CLOCK_MINUTE);
}

static void a_day_of_23_or_25_hours_has_all_its_sales(void **state)
{
	static const struct { const char *zone, *from; } changes[] = {
		{ "Europe/London", "2026-03-28T20:00:00" },
		{ "Europe/London", "2026-10-24T20:00:00" },
		{ "America/New_York", "2026-03-07T20:00:00" },
		{ "America/New_York", "2026-10-31T20:00:00" },
		{ "America/Sao_Paulo", "2018-11-03T20:00:00" },	/* midnight is missing */
		{ "America/Sao_Paulo", "2018-02-17T20:00:00" },	/* 23 o'clock comes twice */
		{ "Australia/Lord_Howe", "2026-04-04T20:00:00" },	/* half an hour */
		{ "Pacific/Apia", "2011-12-29T10:00:00" },	/* a day is missing */
	};
	struct street *s = mem_alloc(sizeof(*s));
	long sales = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		street_open(s, changes[i].zone);
		every_minutes(s, changes[i].from, 7);
		assert_in_range(check_days(s), 2, 3);
		sales += s->sales;
		street_close(s);
	}
	report("clock", "sales around the hours that there are twice or not at all", sales, 0,
	       NO_SEED);
	free(s);
}

/* -- midnight -- */

static void close_at(struct street *s, int64_t now, int32_t day, enum status expected)
{
	struct day_close c = { .day = day, .takings = s->taken[day] };
	struct actor by = s->till.by;
	struct trade_run run = { 0 };

	by.now = now;
	assert_int_equal(day_close(&s->till.shop, &by, &c, &run), expected);
}

/* The till stays open over midnight, and the day is closed after it. */
static void a_day_may_end_while_the_till_is_open(void **state)
{
	struct street *s = mem_alloc(sizeof(*s));
	struct trade_run run = { 0 };
	struct actor by;
	int64_t midnight;
	int32_t day;

	(void)state;
	street_open(s, "Asia/Kolkata");
	NEED(instant_parse("2028-02-29T00:00:00", &midnight));
	day = clock_day(midnight);
	assert_int_equal(day, day_by_libc(midnight));
	sell_at(s, midnight - 1);
	sell_at(s, midnight);
	sell_at(s, midnight + 24 * CLOCK_HOUR - 1);
	sell_at(s, midnight + 24 * CLOCK_HOUR);
	assert_int_equal(check_days(s), 3);
	close_at(s, midnight + 25 * CLOCK_HOUR, day, ST_OK);
	close_at(s, midnight + 25 * CLOCK_HOUR, day + 2, ST_REFUSED);
	/* Set back before the close: sales go on, and the day says they are late. */
	sell_at(s, midnight + CLOCK_HOUR);
	assert_int_equal(check_days(s), 3);
	/* What was done "tomorrow" is not one's last entry of today. */
	by = s->till.by;
	by.now = midnight + 72 * CLOCK_HOUR;
	assert_int_equal(undo_last(&s->till.shop, &by, 0, &run), ST_REFUSED);
	check_verify(&s->till);
	street_close(s);
	report("clock", "midnights that a till was open at", 3, 0, NO_SEED);
	free(s);
}

/* -- people born on 29 February -- */

static void a_leap_day_is_a_birthday_in_every_year(void **state)
{
	static const struct { const char *typed; enum status expected; } births[] = {
		{ "1992-02-29", ST_OK }, { "02-29", ST_OK }, { "2000-02-29", ST_OK },
		{ "1991-02-29", ST_INVALID }, { "1900-02-29", ST_INVALID },
		{ "02-30", ST_INVALID },
	};
	static const char *const today[] = { "2026-02-28", "2028-02-29", "2100-03-01" };
	struct street *s = mem_alloc(sizeof(*s));
	long tries = 0;

	(void)state;
	street_open(s, "Asia/Kolkata");
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++)
		for (size_t k = 0; k < sizeof(today) / sizeof(today[0]); k++) {
			struct customer *c = mem_alloc(sizeof(*c));
			struct actor by = s->till.by;

			NEED(instant_parse(today[k], &by.now));
			snprintf(c->name, sizeof(c->name), "Born %zu", i);
			assert_int_equal(customer_set_birthday(c, births[i].typed),
					 births[i].expected);
			if (births[i].expected == ST_OK)
				NEED(customer_add(&s->till.shop, &by, c, true));
			sell_at(s, by.now);
			free(c);
			tries++;
		}
	check_days(s);
	street_close(s);
	report("clock", "leap days as birthdays, in leap years and others", tries, 0, NO_SEED);
	free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sales_go_on_whatever_the_clock_does),
		cmocka_unit_test(a_day_of_23_or_25_hours_has_all_its_sales),
		cmocka_unit_test(a_day_may_end_while_the_till_is_open),
		cmocka_unit_test(a_leap_day_is_a_birthday_in_every_year),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
