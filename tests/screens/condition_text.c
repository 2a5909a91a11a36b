/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/condition_text.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* The text of a filter as conditions. */

static void assert_parts(const char *text, const char *expected)
{
	struct condition_part parts[CONDITIONS_MOST];
	size_t n = conditions_split(text, parts);
	struct buf all = { 0 };

	buf_text(&all, "");
	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "[%.*s]", (int)parts[i].len, text + parts[i].at);
	assert_string_equal(all.at, expected);
	buf_release(&all);
}

static void and_joins_them(void **state)
{
	(void)state;
	assert_parts("", "");
	assert_parts("  ", "");
	assert_parts("visits > 3", "[visits > 3]");
	assert_parts(" visits > 3  AND not tag:staff and ready",
		     "[visits > 3][not tag:staff][ready]");
	assert_parts("visits>3 and(area=x)", "[visits>3][(area=x)]");
	assert_parts("tag:sand and brand = android", "[tag:sand][brand = android]");
	assert_parts("and and", "");
	assert_parts("visits > 3 and ", "[visits > 3]");
}

static void brackets_and_quotes_hold_together(void **state)
{
	(void)state;
	assert_parts("(a > 1 and b > 2) and c", "[(a > 1 and b > 2)][c]");
	assert_parts("bought(item = \"Salt and pepper\") and c",
		     "[bought(item = \"Salt and pepper\")][c]");
	assert_parts("tag:'you and me' and c", "[tag:'you and me'][c]");
	assert_parts("tag:\"so \\\" and so\" and c", "[tag:\"so \\\" and so\"][c]");
	assert_parts("tag:\u201cyou and me\u201d and c", "[tag:\u201cyou and me\u201d][c]");
	assert_parts("tag:\"not closed and c", "[tag:\"not closed and c]");
	assert_parts("(not closed and c", "[(not closed and c]");
	assert_parts(") and c", "[)][c]");
	assert_parts("area = \"સુરત and\" and c", "[area = \"સુરત and\"][c]");
}

static void with_an_or_it_is_one(void **state)
{
	(void)state;
	assert_parts("a > 1 and b or c", "[a > 1 and b or c]");
	assert_parts("(a or b) and c", "[(a or b)][c]");
	assert_parts("order = \"a or b\" and c", "[order = \"a or b\"][c]");
}

static void many_are_not_too_many(void **state)
{
	struct condition_part parts[CONDITIONS_MOST];
	struct buf text = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_printf(&text, "%sv > %d", i ? " and " : "", i);
	assert_int_equal(conditions_split(text.at, parts), CONDITIONS_MOST);
	assert_int_equal(parts[CONDITIONS_MOST - 1].at + parts[CONDITIONS_MOST - 1].len, text.len);
	buf_release(&text);
}

static void assert_with(const char *text, const char *more, const char *expected)
{
	struct buf out = { 0 };

	conditions_with(text, more, &out);
	assert_string_equal(out.at, expected);
	buf_release(&out);
}

static void one_more_is_added(void **state)
{
	(void)state;
	assert_with("", "ready", "ready");
	assert_with(" ", "ready", "ready");
	assert_with("a > 1", "ready", "a > 1 and ready");
	assert_with("a > 1 or b", "ready", "(a > 1 or b) and ready");
}

static void assert_without(const char *text, size_t i, const char *expected)
{
	struct buf out = { 0 };

	conditions_without(text, i, &out);
	assert_string_equal(out.at, expected);
	buf_release(&out);
}

static void one_is_taken_away(void **state)
{
	(void)state;
	assert_without("a > 1 and (b or c) and d", 0, "(b or c) and d");
	assert_without("a > 1 and (b or c) and d", 1, "a > 1 and d");
	assert_without("a > 1 and (b or c) and d", 2, "a > 1 and (b or c)");
	assert_without("a > 1", 0, "");
	assert_without("a or b", 0, "");
	assert_without("", 0, "");
}

static void names_are_quoted(void **state)
{
	struct buf out = { 0 };

	(void)state;
	condition_quote("Tea \"special\" \\ ચા", &out);
	assert_string_equal(out.at, "\"Tea \\\"special\\\" \\\\ ચા\"");
	assert_parts(out.at, "[\"Tea \\\"special\\\" \\\\ ચા\"]");
	buf_release(&out);
}

static void days_are_dates(void **state)
{
	(void)state;
	assert_true(condition_has_date("visits(2026-08-01..2026-08-31) >= 1"));
	assert_true(condition_has_date("visits > 3 and cohort = 2026-01"));
	assert_true(condition_has_date("last_visit<2026-01-05"));
	assert_false(condition_has_date("last_visit > 60d and spend(12m) >= 2026"));
	assert_false(condition_has_date("birthday = 05-27 and code = C-2026-01"));
	assert_false(condition_has_date("tag:\"2026-08\""));
	assert_false(condition_has_date(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(and_joins_them),
		cmocka_unit_test(brackets_and_quotes_hold_together),
		cmocka_unit_test(with_an_or_it_is_one),
		cmocka_unit_test(many_are_not_too_many),
		cmocka_unit_test(one_more_is_added),
		cmocka_unit_test(one_is_taken_away),
		cmocka_unit_test(names_are_quoted),
		cmocka_unit_test(days_are_dates),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
