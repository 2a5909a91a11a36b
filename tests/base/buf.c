/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#include <cmocka.h>

/* What a shell makes of the word. */
static void assert_word(const char *text)
{
	struct buf command = { 0 };
	char got[200];
	size_t n;
	FILE *shell;

	buf_text(&command, "printf '%s|' ");
	buf_shell_word(&command, text);
	shell = popen(command.at, "r");
	assert_non_null(shell);
	n = fread(got, 1, sizeof(got), shell);
	assert_int_equal(pclose(shell), 0);
	assert_int_equal(n, strlen(text) + 1);
	assert_memory_equal(got, text, strlen(text));
	assert_int_equal(got[n - 1], '|');
	buf_release(&command);
}

static void test_shell_words(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_shell_word(&b, "/home/asha/shop");
	assert_string_equal(b.at, "'/home/asha/shop'");
	buf_release(&b);
	assert_word("/home/asha/shop");
	assert_word("Asha's shop");
	assert_word("''");
	assert_word("two  blanks and a tab\t");
	assert_word("\"$HOME\" `id` $(id) \\ \\\\ * ? ; & | > # ~ !");
	assert_word("\xe0\xaa\xaa\xe0\xaa\x9f\xe0\xab\x87\xe0\xaa\xb2's\nline");
	assert_word("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shell_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
