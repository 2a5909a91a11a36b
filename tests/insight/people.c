/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/people.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void nobody(void **state)
{
	struct people_set set = { 0 };

	(void)state;
	assert_false(people_has(&set, 1));
	assert_int_equal(people_next(&set, 0), 0);
	people_release(&set);
}

static void walks_upwards(void **state)
{
	static const int64_t ids[] = { 70000, 1, 63, 64, 65, 4095, 4096, 70000, 127, 1 };
	static const int64_t sorted[] = { 1, 63, 64, 65, 127, 4095, 4096, 70000, 0 };
	struct people_set set = { 0 };
	int64_t id = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		people_add(&set, ids[i]);
	assert_int_equal(set.n, 8);
	for (size_t i = 0; i < sizeof(sorted) / sizeof(sorted[0]); i++) {
		id = people_next(&set, id);
		assert_int_equal(id, sorted[i]);
	}
	assert_int_equal(people_next(&set, 66), 127);
	assert_int_equal(people_next(&set, 70000), 0);
	assert_int_equal(people_next(&set, UINT32_MAX), 0);
	people_release(&set);
	assert_int_equal(set.n, 0);
}

static void has_who_was_added_alone(void **state)
{
	struct people_set set = { 0 };
	size_t n = 0;

	(void)state;
	for (int64_t id = 3; id < 1000; id += 7)
		people_add(&set, id);
	for (int64_t id = -5; id < 100000; id++) {
		assert_true(people_has(&set, id) == (id > 0 && id < 1000 && id % 7 == 3));
		n += people_has(&set, id);
	}
	assert_int_equal(set.n, n);
	people_release(&set);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody),
		cmocka_unit_test(walks_upwards),
		cmocka_unit_test(has_who_was_added_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
