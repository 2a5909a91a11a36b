/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/digits.h"

#include <cmocka.h>

/* What is read from 'text', as ASCII; what is not ASCII shows as '?'. */
static const char *plain(const char *text)
{
	static char out[64];
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text)) && n + 1 < sizeof(out))
		out[n++] = c < 0x80 ? (char)c : '?';
	out[n] = '\0';
	return out;
}

static void test_scripts(void **state)
{
	(void)state;
	assert_string_equal(plain("0123456789"), "0123456789");
	assert_string_equal(plain("૯૮૨૪"), "9824");
	assert_string_equal(plain("०१२३४५६७८९"), "0123456789");
	assert_string_equal(plain("٠١٢٣٤٥٦٧٨٩"), "0123456789");
	assert_string_equal(plain("۰۹"), "09");
	assert_string_equal(plain("𝟎𝟗"), "09");
}

static void test_signs(void **state)
{
	(void)state;
	assert_string_equal(plain("−5"), "-5");
	assert_string_equal(plain("١٢٫٥٠"), "12.50");
	assert_string_equal(plain("1\u00a0149\u202f5"), "1 149 5");
	assert_string_equal(plain("1’149"), "1'149");
	assert_string_equal(plain("+(12)"), "+(12)");
	assert_string_equal(plain("\u202a+91\u202c\ufeff"), "+91");
	assert_string_equal(plain("₹5é"), "?5?");
}

static void test_bad_bytes(void **state)
{
	const char *at = "\xff" "1\xe0\xa5" "2\xc0\xaf" "3\xed";
	uint32_t expected[] = { 0xfffd, '1', 0xfffd, '2', 0xfffd, 0xfffd, '3', 0xfffd, 0, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++)
		assert_int_equal(digit_read(&at), expected[i]);
	assert_int_equal(*at, '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_signs),
		cmocka_unit_test(test_bad_bytes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
