/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/sheet.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"

#include <cmocka.h>	/* last: it has a macro fail() */

static const struct sheet_column columns[] = {
	{ "who", "Who", SHEET_TEXT },
	{ "day", "Day", SHEET_WORD },
	{ "people", "People", SHEET_COUNT },
	{ "revenue", "Revenue", SHEET_MONEY },
	{ "since", "Since", SHEET_DAY },
	{ "month", "Month", SHEET_MONTH },
	{ "again", "Came again", SHEET_SHARE },
	{ "lift", "Lift", SHEET_NUMBER },
	{ 0 }
};

static const struct format here = { .symbol = "₹", .decimals = 2, .grouping = GROUPING_INDIAN,
				    .zero = '0' };

static struct sheet sheet_of_two(void)
{
	struct sheet s;

	sheet_start(&s, columns);
	sheet_text(&s, "=1+1, \"Asha\"");
	sheet_text(&s, "Mon");
	sheet_count(&s, 123456);
	sheet_money(&s, -1234567);
	sheet_day(&s, day_from_civil(2026, 3, 1));
	sheet_month(&s, day_from_civil(2026, 3, 31));
	sheet_share(&s, (struct share){ 1, 3 });
	sheet_number(&s, 1.5136344);
	sheet_text(&s, "");
	sheet_nothing(&s);
	sheet_nothing(&s);
	sheet_nothing(&s);
	sheet_day(&s, 0);
	sheet_month(&s, 0);
	sheet_share(&s, (struct share){ 0, 0 });
	sheet_number(&s, INFINITY);
	return s;
}

static void csv_is_for_programs(void **state)
{
	struct sheet s = sheet_of_two();
	struct buf csv = { 0 };

	(void)state;
	sheet_csv(&s, 2, &csv);
	assert_string_equal(csv.at,
		"who,day,people,revenue,since,month,again,lift\n"
		"\"'=1+1, \"\"Asha\"\"\",Mon,123456,-12345.67,2026-03-01,2026-03,"
		"0.333333,1.513634\n"
		",,,,,,,\n");
	buf_release(&csv);
	sheet_release(&s);
}

static void assert_shown(const struct sheet *s, size_t row, const char *const *expected)
{
	char room[FORMAT_TEXT];

	for (size_t i = 0; i < s->column_count; i++)
		assert_string_equal(sheet_shown(s, (struct sheet_place){ row, i }, &here, room),
				    expected[i]);
}

static void people_read_words(void **state)
{
	struct sheet s = sheet_of_two();

	(void)state;
	assert_int_equal(sheet_rows(&s), 2);
	assert_shown(&s, 0, (const char *const[]){ "=1+1, \"Asha\"", "Mon", "1,23,456",
		     "-12,345.67", "1 Mar 2026", "Mar 2026", "too few", "1.51" });
	assert_shown(&s, 1, (const char *const[]){ "", "", "", "", "", "", "", "" });
	sheet_release(&s);
}

static void shares_of_enough_are_percent(void **state)
{
	static const struct sheet_column one[] = { { "again", "Came again", SHEET_SHARE }, { 0 } };
	char room[FORMAT_TEXT];
	struct sheet s;

	(void)state;
	sheet_start(&s, one);
	sheet_share(&s, (struct share){ 1139, 2357 });
	sheet_share(&s, (struct share){ 19, 19 });
	sheet_share(&s, (struct share){ 0, SHARE_FEW });
	assert_string_equal(sheet_shown(&s, (struct sheet_place){ 0, 0 }, &here, room), "48.3 %");
	assert_string_equal(sheet_shown(&s, (struct sheet_place){ 1, 0 }, &here, room), "too few");
	assert_string_equal(sheet_shown(&s, (struct sheet_place){ 2, 0 }, &here, room), "0 %");
	sheet_release(&s);
}

static void numbers_have_no_noughts_at_the_end(void **state)
{
	static const struct sheet_column one[] = { { "n", "Number", SHEET_NUMBER }, { 0 } };
	static const double numbers[] = { 2, 0.5, -0.00000001, 1e20, 0 };
	struct buf csv = { 0 };
	struct sheet s;

	(void)state;
	sheet_start(&s, one);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sheet_number(&s, numbers[i]);
	sheet_csv(&s, 2, &csv);
	assert_string_equal(csv.at, "n\n2\n0.5\n0\n100000000000000000000\n0\n");
	buf_release(&csv);
	sheet_release(&s);
}

static void an_empty_one_has_a_header(void **state)
{
	struct sheet s, none = { 0 };
	struct buf csv = { 0 };

	(void)state;
	assert_int_equal(sheet_rows(&none), 0);
	sheet_start(&s, columns);
	assert_int_equal(sheet_rows(&s), 0);
	sheet_csv(&s, 2, &csv);
	assert_string_equal(csv.at, "who,day,people,revenue,since,month,again,lift\n");
	buf_release(&csv);
	sheet_release(&s);
	sheet_release(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_is_for_programs),
		cmocka_unit_test(people_read_words),
		cmocka_unit_test(shares_of_enough_are_percent),
		cmocka_unit_test(numbers_have_no_noughts_at_the_end),
		cmocka_unit_test(an_empty_one_has_a_header),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
