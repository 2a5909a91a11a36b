/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void any_numbers_are_sorted(void **state)
{
	enum { N = 3000 };
	static int64_t v[N], room[N];
	uint64_t dice = 7;

	(void)state;
	for (int i = 0; i < N; i++) {
		dice = dice * UINT64_C(6364136223846793005) + 1;
		v[i] = (int64_t)dice >> (dice >> 40) % 64;
	}
	v[5] = INT64_MIN;
	v[6] = INT64_MAX;
	v[7] = 0;
	numbers_sort(v, N, room);
	for (int i = 1; i < N; i++)
		assert_true(v[i - 1] <= v[i]);
	assert_true(v[0] == INT64_MIN);
	assert_true(v[N - 1] == INT64_MAX);
}

static void few_need_no_sorting(void **state)
{
	int64_t v[3] = { 4, 4, 4 }, room[3];

	(void)state;
	numbers_sort(v, 0, room);
	numbers_sort(v, 1, room);
	numbers_sort(v, 3, room);
	assert_int_equal(v[0], 4);
}

static void quantiles_lie_on_lines(void **state)
{
	static const int64_t v[] = { 1, 2, 3, 4, 10 };

	(void)state;
	assert_true(numbers_quantile(v, 5, 1, 5) == 1.8);
	assert_true(numbers_quantile(v, 5, 1, 2) == 3);
	assert_true(numbers_quantile(v, 5, 4, 5) == 4 + 6.0 / 5);
	assert_true(numbers_quantile(v, 5, 1, 1) == 10);
	assert_true(numbers_quantile(v, 1, 4, 5) == 1);
}

/* Else a tie would be split by the last bit of a sum. */
static void a_quantile_between_equals_is_their_number(void **state)
{
	static const int64_t v[] = { 0, 9007199254740991, 9007199254740991, 9007199254740992 };

	(void)state;
	assert_true(numbers_quantile(v, 4, 2, 5) == 9007199254740991.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_numbers_are_sorted),
		cmocka_unit_test(few_need_no_sorting),
		cmocka_unit_test(quantiles_lie_on_lines),
		cmocka_unit_test(a_quantile_between_equals_is_their_number),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
