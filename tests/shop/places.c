/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/places.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Tables as the tz database has them, and lines that it does not have. */
static const char countries[] =
	"# comment\n"
	"IN\tIndia\n"
	"AM\tArmenia\n"
	"BQ\tCaribbean NL\n"
	"X\n"
	"\n"
	"ZZ Nowhere\n"
	"US\tUnited States\n"
	"CI\tC\303\264te d'Ivoire\n"
	"YY\tbad \377 bytes\n"
	"WW";

static const char zones[] =
	"# comment\n"
	"IN\t+2232+08822\tAsia/Kolkata\n"
	"AM\t+4011+04430\tAsia/Yerevan\n"
	"US\t+404251-0740023\tAmerica/New_York\tEastern (most areas)\n"
	"US\t+340308-1181434\tAmerica/Los_Angeles\tPacific\n"
	"US\t+0000\n"
	"US\t\tAmerica/A_name_that_is_longer_than_any_zone_there_is_or_that_will_ever_be\n";

static char dir[64];

static void write_table(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/regulars-places-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	setenv("TZDIR", dir, 1);
	write_table("iso3166.tab", countries);
	write_table("zone.tab", zones);
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = { "iso3166.tab", "zone.tab" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	return rmdir(dir);
}

static void countries_are_read_by_name(void **state)
{
	static const char *const names[] = { "Armenia", "Caribbean NL", "C\303\264te d'Ivoire",
					     "India", "United States" };
	struct places p;

	(void)state;
	places_load(&p);
	assert_int_equal(p.n, 5);
	for (size_t i = 0; i < p.n; i++)
		assert_string_equal(p.row[i].name, names[i]);
	assert_string_equal(p.row[3].country, "IN");
	places_release(&p);
	assert_int_equal(p.n, 0);
}

static void zones_are_those_of_the_country(void **state)
{
	struct zones z;

	(void)state;
	zones_load("US", &z);
	assert_int_equal(z.n, 2);
	assert_string_equal(z.row[0].name, "America/New_York");
	assert_string_equal(z.row[0].remark, "Eastern (most areas)");
	assert_string_equal(z.row[1].name, "America/Los_Angeles");
	zones_release(&z);
	zones_load("IN", &z);
	assert_int_equal(z.n, 1);
	assert_string_equal(z.row[0].remark, "");
	zones_release(&z);
	zones_load("FR", &z);
	assert_int_equal(z.n, 0);
	zones_release(&z);
}

static void the_clock_says_the_country(void **state)
{
	static const struct {
		const char *tz, *country;	/* NULL: cannot be told */
	} cases[] = { { "Asia/Kolkata", "IN" }, { ":America/Los_Angeles", "US" }, { "UTC", NULL },
		      { "IST-5:30", NULL }, { "Asia/Nowhere", NULL } };
	char country[3];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		setenv("TZ", cases[i].tz, 1);
		assert_int_equal(place_here(country), cases[i].country != NULL);
		if (cases[i].country)
			assert_string_equal(country, cases[i].country);
	}
}

static void without_tables_there_are_none(void **state)
{
	struct places p;
	struct zones z;
	char country[3];

	(void)state;
	setenv("TZDIR", "/nowhere", 1);
	setenv("TZ", "Asia/Kolkata", 1);
	places_load(&p);
	zones_load("IN", &z);
	assert_int_equal(p.n + z.n, 0);
	assert_false(place_here(country));
	places_release(&p);
	zones_release(&z);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(countries_are_read_by_name),
		TEST(zones_are_those_of_the_country),
		TEST(the_clock_says_the_country),
		TEST(without_tables_there_are_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
