/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "exchange/dates.h"

static int set_zone(void **state)
{
	(void)state;
	return clock_set_zone("Asia/Kolkata") == ST_OK ? 0 : -1;
}

static void assert_reads(const char *text, enum date_order order, const char *when)
{
	int64_t instant = 0;
	char shown[INSTANT_TEXT] = "";

	if (date_read(text, order, &instant) == ST_OK)
		instant_print(instant, shown);
	assert_string_equal(shown, when);
}

static void reads_what_files_have(void **state)
{
	static const struct {
		const char *text;
		enum date_order order;
		const char *when;
	} all[] = {
		{ "2026-03-01", DATES_AUTO, "2026-03-01T00:00:00" },
		{ "2026-03-01T09:14:00", DATES_AUTO, "2026-03-01T09:14:00" },
		{ "2026-03-01 09:14", DATES_AUTO, "2026-03-01T09:14:00" },
		{ "2026-03-01 9:14:05", DATES_AUTO, "2026-03-01T09:14:05" },
		{ "2026-03-01T09:14:00Z", DATES_AUTO, "2026-03-01T14:44:00" },
		{ "2026-03-01T09:14:00-05:00", DATES_DMY, "2026-03-01T19:44:00" },
		{ "2026/3/1", DATES_AUTO, "2026-03-01T00:00:00" },
		{ "2026.03.01 23:59", DATES_MDY, "2026-03-01T23:59:00" },
		{ "20260301", DATES_AUTO, "2026-03-01T00:00:00" },
		{ "२०२६-०३-०१", DATES_AUTO, "2026-03-01T00:00:00" },
		{ "01/03/2026", DATES_DMY, "2026-03-01T00:00:00" },
		{ "01/03/2026", DATES_MDY, "2026-01-03T00:00:00" },
		{ "1.3.2026", DATES_DMY, "2026-03-01T00:00:00" },
		{ "01-03-26", DATES_DMY, "2026-03-01T00:00:00" },
		{ "26-03-01", DATES_YMD, "2026-03-01T00:00:00" },
		{ "31/12/69", DATES_DMY, "2069-12-31T00:00:00" },
		{ "31/12/70", DATES_DMY, "1970-12-31T00:00:00" },
		{ "7/28/26 1:33 PM", DATES_MDY, "2026-07-28T13:33:00" },
		{ "7/28/2026, 12:05 am", DATES_MDY, "2026-07-28T00:05:00" },
		{ "7/28/2026 12:05PM", DATES_MDY, "2026-07-28T12:05:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_reads(all[i].text, all[i].order, all[i].when);
}

static void refuses_what_is_no_date(void **state)
{
	static const struct {
		const char *text;
		enum date_order order;
	} all[] = {
		{ "", DATES_AUTO }, { "yesterday", DATES_AUTO }, { "2026-02-30", DATES_AUTO },
		{ "2026-13-01", DATES_DMY }, { "31/02/2026", DATES_DMY },
		{ "03/14/2026", DATES_DMY }, { "14/03/2026", DATES_MDY },
		{ "1/2", DATES_DMY }, { "1/2/3", DATES_DMY }, { "1/2/20266", DATES_DMY },
		{ "01/03-2026", DATES_DMY }, { "001/03/2026", DATES_DMY },
		{ "01/03/2026 25:00", DATES_DMY }, { "01/03/2026 13:00 PM", DATES_DMY },
		{ "01/03/2026 9", DATES_DMY }, { "2026-03-01 09:14:00 or so", DATES_AUTO },
		{ "2200-01-01", DATES_AUTO }, { "01/01/2200", DATES_DMY },
		{ "1969-12-31", DATES_AUTO }, { "2026-03-01T24:00:00", DATES_AUTO },
		{ "99999999999999999999999999999999999999999999999999-01-01", DATES_AUTO },
		{ "26-03-01", DATES_MDY },
	};
	int64_t instant;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_int_equal(date_read(all[i].text, all[i].order, &instant), ST_INVALID);
}

static void asks_for_an_order(void **state)
{
	int64_t instant;

	(void)state;
	assert_int_equal(date_read("01/03/2026", DATES_AUTO, &instant), ST_REFUSED);
	assert_int_equal(date_read("13/03/2026", DATES_AUTO, &instant), ST_REFUSED);
	assert_int_equal(date_read("01.03.26 9:00", DATES_AUTO, &instant), ST_REFUSED);
}

/* Dates parted by spaces: their order; 0 and the sentence when there is none. */
static enum date_order order_of(const char *dates)
{
	struct date_column c = { .unclear = { 0 } };
	enum date_order order;
	char all[400], *save, *date;
	long line = 2;

	snprintf(all, sizeof(all), "%s", dates);
	for (date = strtok_r(all, " ", &save); date; date = strtok_r(NULL, " ", &save))
		date_column_add(&c, date, line++);
	return date_column_order(&c, &order) == ST_OK ? order : DATES_AUTO;
}

static void a_column_settles_its_order(void **state)
{
	(void)state;
	assert_int_equal(order_of("01/03/2026 02/03/2026 13/03/2026"), DATES_DMY);
	assert_int_equal(order_of("01/03/2026 02/03/2026 03/13/2026"), DATES_MDY);
	assert_int_equal(order_of("1.3.26 31.3.26"), DATES_DMY);
	assert_int_equal(order_of("2026-03-01 03/13/2026 nonsense 99/99/2026"), DATES_MDY);
	/* What reads the same both ways asks nobody. */
	assert_int_equal(order_of("03/03/2026 04/04/2026"), DATES_DMY);
}

static void an_open_column_quotes_a_date(void **state)
{
	(void)state;
	assert_int_equal(order_of("03/03/2026 03/04/2026 05/06/2026"), DATES_AUTO);
	assert_string_equal(status_text(), "line 3: \"03/04/2026\" can be read in two ways, and no "
			    "date of the file settles it; say --dates dmy when the day stands "
			    "first, --dates mdy when the month does");
	assert_int_equal(order_of("13/03/2026 03/14/2026"), DATES_AUTO);
	assert_string_equal(status_text(), "the dates have two orders: line 2 has \"13/03/2026\", "
			    "line 3 has \"03/14/2026\"; say which is right with --dates dmy or "
			    "--dates mdy, and the other lines are rejected");
}

static void one_slip_in_a_hundred_settles_nothing_else(void **state)
{
	struct date_column c = { .unclear = { 0 } };
	enum date_order order;

	(void)state;
	date_column_add(&c, "03/14/2026", 2);
	for (long line = 3; line < 102; line++)
		date_column_add(&c, "14/03/2026", line);
	assert_int_equal(date_column_order(&c, &order), ST_INVALID);
	date_column_add(&c, "15/03/2026", 102);
	assert_int_equal(date_column_order(&c, &order), ST_OK);
	assert_int_equal(order, DATES_DMY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_files_have),
		cmocka_unit_test(refuses_what_is_no_date),
		cmocka_unit_test(asks_for_an_order),
		cmocka_unit_test(a_column_settles_its_order),
		cmocka_unit_test(an_open_column_quotes_a_date),
		cmocka_unit_test(one_slip_in_a_hundred_settles_nothing_else),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_zone, NULL);
}
