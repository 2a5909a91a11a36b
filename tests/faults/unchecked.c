/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/harm.h"

/* The control of flip.c: a store whose rows have no check, for all of them have
 * the same one. It is linked with --wrap, which puts this in the place of what
 * the store asks. */

uint64_t __wrap_row_hash(enum table table, struct bytes key, struct bytes value);
uint64_t __wrap_row_hash(enum table table, struct bytes key, struct bytes value)
{
	(void)table;
	(void)key;
	(void)value;
	return 0;
}

static void a_store_without_its_check_gives_wrong_answers(void **state)
{
	struct harm *h = *state;

	flip_names(h, NULL);
	tell(h);
	report("control", "a store that does not check its rows, bits flipped in names", h->tries,
	       h->silent, SEED);
	assert_true(h->wrong > 0);
	assert_true(h->silent > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_store_without_its_check_gives_wrong_answers,
						harm_setup, harm_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
