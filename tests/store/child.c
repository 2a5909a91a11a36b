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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_that_can_be_seen_is_waited_for),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
