/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/newcomer.h"

#include <string.h>

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Somebody new in one line. */

struct row {
	const char *typed, *name, *phone, *second, *email;
};

static void lines_as_staff_type_them(void **state)
{
	static const struct row rows[] = {
		{ "Asha Patel 98240 12345", "Asha Patel", "+919824012345", "", "" },
		{ "9824012345 Asha Patel", "Asha Patel", "+919824012345", "", "" },
		{ "Asha 98240-12345 Patel", "Asha Patel", "+919824012345", "", "" },
		{ "Asha, +91 98240 12345", "Asha", "+919824012345", "", "" },
		{ "(0)98240 12345 Asha", "Asha", "+919824012345", "", "" },
		{ "પટેલ આશા ૯૮૨૪૦ ૧૨૩૪૫", "પટેલ આશા", "+919824012345", "", "" },
		{ "فاطمہ پٹیل ۹۸۲۴۰۱۲۳۴۵", "فاطمہ پٹیل", "+919824012345", "", "" },
		{ "Asha 9824012345 9824055501", "Asha", "+919824012345", "+919824055501", "" },
		{ "Asha 98240 12345 98240 55501", "Asha", "+919824012345", "+919824055501", "" },
		{ "Asha asha@example.in 9824012345", "Asha", "+919824012345", "",
		  "asha@example.in" },
		{ "Asha", "Asha", "", "", "" },
		{ "9824012345", "", "+919824012345", "", "" },
		{ "Asha 2", "Asha 2", "", "", "" },		/* the second Asha */
		{ "Flat 12 Asha", "Flat 12 Asha", "", "", "" },
		{ "Asha 123456", "Asha", "123456", "", "" },	/* kept as it is */
		{ "  ", "", "", "", "" },
		{ "O'Brien-Shah", "O'Brien-Shah", "", "", "" },
	};
	struct customer c;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(newcomer_read(rows[i].typed, "IN", &c), ST_OK);
		assert_string_equal(c.name, rows[i].name);
		assert_string_equal(c.phone_count > 0 ? c.phones[0].text : "", rows[i].phone);
		assert_string_equal(c.phone_count > 1 ? c.phones[1].text : "", rows[i].second);
		assert_string_equal(c.email_count > 0 ? c.emails[0].address : "", rows[i].email);
	}
}

static void a_phone_that_cannot_be_texted_is_said(void **state)
{
	struct customer c;

	(void)state;
	assert_int_equal(newcomer_read("Asha 98240 12345", "IN", &c), ST_OK);
	assert_null(newcomer_untextable(&c));
	assert_int_equal(newcomer_read("Asha 123456", "IN", &c), ST_OK);
	assert_string_equal(newcomer_untextable(&c), "123456");
}

static void digits_in_a_name_may_be_half_a_phone(void **state)
{
	struct customer c;
	char digits[20];

	(void)state;
	assert_int_equal(newcomer_read("Zubin 982", "IN", &c), ST_OK);
	assert_true(newcomer_short_phone(&c, digits, sizeof(digits)));
	assert_string_equal(digits, "982");
	assert_int_equal(newcomer_read("Asha 2", "IN", &c), ST_OK);
	assert_false(newcomer_short_phone(&c, digits, sizeof(digits)));
	assert_int_equal(newcomer_read("Asha 98240 12345", "IN", &c), ST_OK);
	assert_false(newcomer_short_phone(&c, digits, sizeof(digits)));
}

static void what_cannot_be_read_is_said(void **state)
{
	struct customer c;

	(void)state;
	assert_int_equal(newcomer_read("Asha @@", "IN", &c), ST_INVALID);
	assert_int_equal(newcomer_read("Asha 12345678901234567890", "IN", &c), ST_INVALID);
	assert_int_equal(newcomer_read("9824012345 9824055501 9909077123 9825010002 9825010003",
				       "IN", &c), ST_FULL);
}

static void a_name_longer_than_a_record_is_cut_between_letters(void **state)
{
	char line[900] = "";
	struct customer c;

	(void)state;
	for (int i = 0; i < 40; i++)
		strcat(line, "શ્રી ");
	assert_int_equal(newcomer_read(line, "IN", &c), ST_OK);
	assert_true(strlen(c.name) < sizeof(c.name));
	assert_true(text_is_clean(c.name));
}

static void amounts_are_no_phones(void **state)
{
	(void)state;
	assert_true(looks_like_phone("9824012345", "IN"));
	assert_true(looks_like_phone("98240 12345", "IN"));
	assert_true(looks_like_phone("૯૮૨૪૦૧૨૩૪૫", "IN"));
	assert_false(looks_like_phone("9824012345.00", "IN"));
	assert_false(looks_like_phone("12500", "IN"));
	assert_false(looks_like_phone("1,25,000", "IN"));
	assert_false(looks_like_phone("", "IN"));
}

static void codes_are_no_phones(void **state)
{
	(void)state;
	assert_true(looks_like_code("TEA17001", "IN"));
	assert_true(looks_like_code("8901234567890", "IN"));
	assert_true(looks_like_code("123456", "IN"));
	assert_false(looks_like_code("9824012345", "IN"));
	assert_false(looks_like_code("12345", "IN"));
	assert_false(looks_like_code("ramesh", "IN"));
	assert_false(looks_like_code("asha 12345", "IN"));
	assert_false(looks_like_code("પટેલ123456", "IN"));
	assert_false(looks_like_code("", "IN"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_as_staff_type_them),
		cmocka_unit_test(a_phone_that_cannot_be_texted_is_said),
		cmocka_unit_test(digits_in_a_name_may_be_half_a_phone),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(a_name_longer_than_a_record_is_cut_between_letters),
		cmocka_unit_test(amounts_are_no_phones),
		cmocka_unit_test(codes_are_no_phones),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/newcomer", tests, NULL, NULL);
}
