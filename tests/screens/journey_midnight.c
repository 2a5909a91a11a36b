/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/report.h"
#include "tests/screens/counter.h"

#include <stdio.h>
#include <unistd.h>

/* The till stays open while the clock goes on, and jumps: libfaketime says what
 * time it is, as a file has it. */

static const char *const libraries[] = {
	"/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
	"/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
	"/usr/lib/faketime/libfaketime.so.1",
};
enum { LIBRARIES = sizeof(libraries) / sizeof(libraries[0]) };

static const char *library(void)
{
	for (int i = 0; i < LIBRARIES; i++)
		if (!access(libraries[i], R_OK))
			return libraries[i];
	return NULL;
}

static void set_clock(struct place *p, const char *time)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/time", p->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%s\n", time);
	fclose(f);
}

static struct term *at_counter_with_clock(struct place *p, const char *time)
{
	char preload[128], file[128];
	struct term *t;

	place_tea_house(p);
	set_clock(p, time);
	snprintf(preload, sizeof(preload), "LD_PRELOAD=%s", library());
	snprintf(file, sizeof(file), "FAKETIME_TIMESTAMP_FILE=%s/time", p->dir);
	p->how.env = WORDS("REGULARS_NOW=", "TZ=Asia/Kolkata", "FAKETIME_NO_CACHE=1",
			   "FAKETIME_DONT_FAKE_MONOTONIC=1", preload, file);
	t = at_counter(p);
	p->how.env = NULL;
	return t;
}

static void sells(struct term *t, const char *amount)
{
	char said[64];

	rings_up(t, "2345", amount);
	snprintf(said, sizeof(said), "₹%s.00, Asha Patel.", amount);
	see(t, said);
}

static void leaves(struct term *t)
{
	press(t, "ctrl-q");
	press(t, "2");
	ends_clean(t, 0);
}

static void assert_day(struct place *p, const char *day, const char *revenue)
{
	char command[128], text[64];

	snprintf(command, sizeof(command), "regulars report day --day %s --json", day);
	snprintf(text, sizeof(text), "\"revenue\": \"%s\"", revenue);
	assert_prints(p, command, text);
}

static void a_sale_after_midnight_is_of_the_new_day(void **state)
{
	struct place *p = *state;
	struct term *t = at_counter_with_clock(p, "2026-11-21 23:59:50");

	sells(t, "10");
	set_clock(p, "2026-11-22 00:00:10");
	sells(t, "20");
	leaves(t);
	assert_day(p, "2026-11-21", "10.00");
	assert_day(p, "2026-11-22", "20.00");
	place_run(p, "regulars verify", NULL);
	report("clock", "midnights while the counter was open", 1, 0, NO_SEED);
}

static void sales_go_on_when_the_clock_jumps(void **state)
{
	static const char *const times[] = { "2026-11-20 10:00:00", "2027-11-21 10:00:00",
					     "2000-01-01 00:00:00", "2026-11-21 10:00:00" };
	struct place *p = *state;
	struct term *t = at_counter_with_clock(p, "2026-11-21 10:00:00");

	sells(t, "10");
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		set_clock(p, times[i]);
		sells(t, i % 2 ? "30" : "20");
	}
	leaves(t);
	assert_day(p, "2026-11-20", "20.00");
	assert_day(p, "2027-11-21", "30.00");
	assert_day(p, "2000-01-01", "20.00");
	assert_day(p, "2026-11-21", "40.00");
	place_run(p, "regulars verify", NULL);
	report("clock", "times the clock jumped while the counter was open",
	       sizeof(times) / sizeof(times[0]), 0, NO_SEED);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_sale_after_midnight_is_of_the_new_day),
		TEST(sales_go_on_when_the_clock_jumps),
	};

	if (getenv("SANITIZED") || !library()) {
		puts("1..0 # SKIP it needs libfaketime, and cannot stand before the sanitizers");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
