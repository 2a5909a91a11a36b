/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add(struct lines *l, const char *text)
{
	lines_add(l, text, strlen(text));
}

static void assert_line(struct lines *l, const char *text)
{
	const char *line;
	size_t len;

	assert_int_equal(lines_next(l, &line, &len), LINE_WHOLE);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(line, text, len);
}

static void assert_kind(struct lines *l, enum line_kind kind)
{
	const char *line;
	size_t len;

	assert_int_equal(lines_next(l, &line, &len), kind);
}

static void pieces_become_lines(void **state)
{
	struct lines l = { .from = 0 };

	(void)state;
	assert_kind(&l, LINE_NONE);
	assert_false(lines_unended(&l));
	add(&l, "one\ntw");
	assert_line(&l, "one");
	assert_kind(&l, LINE_NONE);
	assert_true(lines_unended(&l));
	add(&l, "o\n\nthree\n");
	assert_line(&l, "two");
	assert_line(&l, "");
	assert_line(&l, "three");
	assert_kind(&l, LINE_NONE);
	assert_false(lines_unended(&l));
	lines_release(&l);
}

static void bytes_one_by_one_are_the_same(void **state)
{
	struct lines l = { .from = 0 };

	(void)state;
	for (const char *p = "first"; *p; p++) {
		lines_add(&l, p, 1);
		assert_kind(&l, LINE_NONE);
	}
	add(&l, "\n");
	assert_line(&l, "first");
	lines_release(&l);
}

static void what_is_too_long_is_told_once(void **state)
{
	struct lines l = { .from = 0 };
	char *much = mem_alloc(LINE_MOST + 1);

	(void)state;
	memset(much, 'x', LINE_MOST);
	add(&l, much);
	assert_kind(&l, LINE_NONE);
	add(&l, "\n");
	assert_kind(&l, LINE_WHOLE);
	for (int i = 0; i < 5; i++) {	/* what is thrown away takes no room */
		add(&l, much);
		assert_kind(&l, LINE_NONE);
		assert_true(lines_unended(&l));
	}
	assert_true(l.text.cap < 8 * LINE_MOST);
	add(&l, "x\nnext\n");
	assert_kind(&l, LINE_TOO_LONG);
	assert_line(&l, "next");
	assert_false(lines_unended(&l));
	lines_release(&l);
	free(much);
}

static void one_byte_too_long_at_once(void **state)
{
	struct lines l = { .from = 0 };
	char *much = mem_alloc(LINE_MOST + 3);

	(void)state;
	memset(much, 'x', LINE_MOST + 1);
	much[LINE_MOST + 1] = '\n';
	add(&l, much);
	assert_kind(&l, LINE_TOO_LONG);
	assert_kind(&l, LINE_NONE);
	assert_false(lines_unended(&l));
	lines_release(&l);
	free(much);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_become_lines),
		cmocka_unit_test(bytes_one_by_one_are_the_same),
		cmocka_unit_test(what_is_too_long_is_told_once),
		cmocka_unit_test(one_byte_too_long_at_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
