/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/pattern.h"

#include <cmocka.h>

static bool fits(const char *text, const char *digits)
{
	struct pattern *p = pattern_make(text);
	bool yes = pattern_fits(p, digits);

	pattern_free(p);
	return yes;
}

/* How many digits a start takes, or -1. */
static int starts(const char *text, const char *digits, struct match *m)
{
	struct pattern *p = pattern_make(text);
	bool yes = pattern_starts(p, digits, m);

	pattern_free(p);
	return yes ? (int)(m->end - digits) : -1;
}

static void test_whole(void **state)
{
	(void)state;
	assert_true(fits("12", "12"));
	assert_false(fits("12", "123"));
	assert_false(fits("12", "1"));
	assert_true(fits("[2-47]d", "79"));
	assert_false(fits("[2-47]d", "59"));
	assert_true(fits("1|23|4", "23"));
	assert_true(fits("1|23|4", "4"));
	assert_false(fits("1|23|4", "13"));
	assert_true(fits("(?:1|2(?:3|4)?)5", "245"));
	assert_true(fits("(?:1|2(?:3|4)?)5", "25"));
	assert_false(fits("(?:1|2(?:3|4)?)5", "235x"));
}

static void test_repeats(void **state)
{
	(void)state;
	assert_true(fits("d{3}", "123"));
	assert_false(fits("d{3}", "12"));
	assert_false(fits("d{3}", "1234"));
	assert_true(fits("1d{2,4}", "12345"));
	assert_true(fits("1d{2,4}", "123"));
	assert_false(fits("1d{2,4}", "12"));
	assert_false(fits("1d{2,4}", "123456"));
	assert_true(fits("(?:12){2}3?", "1212"));
	assert_true(fits("1d{0,3}9", "1999"));
	assert_true(fits("", ""));
}

static void test_starts_and_parts(void **state)
{
	const char *digits = "0151512345678901";
	struct match m;

	(void)state;
	assert_int_equal(starts("0?(15)?", digits, &m), 3);
	assert_ptr_equal(m.part[0].from, digits + 1);
	assert_ptr_equal(m.part[0].to, digits + 3);
	assert_null(m.part[1].to);
	assert_int_equal(starts("0?(99)?", digits, &m), 1);
	assert_null(m.part[0].to);
	assert_int_equal(starts("([57]d{3})$|0", "5123", &m), 4);
	assert_int_equal(starts("([57]d{3})$|0", "51234", &m), -1);
	assert_null(m.part[0].to);
	assert_int_equal(starts("0(1d)?(d{10,11})?", "01234567890", &m), 3);
	assert_int_equal(starts("0(1d)?(d{10,11})?", "0121234567890", &m), 13);
	assert_int_equal(m.part[1].to - m.part[1].from, 10);
	assert_int_equal(starts("9", digits, &m), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_starts_and_parts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
