/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in a process of its own: how long it is waited for, and what it says. */

#include <poll.h>

#include "store/child.h"
#include "tests/store/fixture.h"

/* -- patience -- */

static enum status be_silent(void *arg, FILE *tell)
{
	(void)arg;
	(void)tell;
	poll(NULL, 0, 1600);
	return ST_OK;
}

static int64_t grows(void *arg)
{
	return ++*(int64_t *)arg;
}

static int64_t stands(void *arg)
{
	return *(int64_t *)arg;
}

static enum child_end wait_for(int64_t (*seen)(void *arg))
{
	int64_t at = 0;
	struct child c = { .work = be_silent, .seen = seen, .arg = &at, .patience = 1 };
	enum child_end end;
	enum status st = child_run(&c, &end);

	assert_int_equal(st == ST_OK, end == CHILD_ENDED);
	return end;
}

/* A copy to a slow stick says nothing, but its file grows. */
static void work_that_can_be_seen_is_waited_for(void **state)
{
	(void)state;
	assert_int_equal(wait_for(grows), CHILD_ENDED);
	assert_int_equal(wait_for(stands), CHILD_SILENT);
	assert_int_equal(wait_for(NULL), CHILD_SILENT);
}

/* -- words -- */

static enum status say_lines(void *arg, FILE *tell)
{
	(void)arg;
	fputs("f ", tell);
	child_say(tell, "the name \"A\n=0 \tB\"");
	return fail(ST_EXISTS, "%s", "there is\nf no such file");
}

static bool hear(void *arg, const char *line)
{
	char *heard = arg;

	assert_string_equal(heard, "");
	strcpy(heard, line);
	return true;
}

/* Names come from anywhere; each sentence arrives whole, as one. */
static void a_newline_in_a_sentence_ends_nothing(void **state)
{
	char heard[CHILD_LINE] = "";
	struct child c = { .work = say_lines, .line = hear, .arg = heard, .patience = 60 };
	enum child_end end;

	(void)state;
	assert_int_equal(child_run(&c, &end), ST_EXISTS);
	assert_int_equal(end, CHILD_ENDED);
	assert_non_null(strstr(status_text(), "such file"));
	assert_string_equal(heard, "f the name \"A =0  B\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_that_can_be_seen_is_waited_for),
		cmocka_unit_test(a_newline_in_a_sentence_ends_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
