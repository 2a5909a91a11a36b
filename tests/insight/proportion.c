/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/proportion.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_between(struct interval i, double low, double high)
{
	assert_true(fabs(i.low - low) < 0.00005);
	assert_true(fabs(i.high - high) < 0.00005);
}

/* Newcombe, Statistics in Medicine 17 (1998) 857 - 872: table I, method 3. */
static void the_published_intervals_of_one_share(void **state)
{
	(void)state;
	assert_between(share_interval((struct share){ 81, 263 }), 0.2553, 0.3662);
	assert_between(share_interval((struct share){ 15, 148 }), 0.0624, 0.1605);
	assert_between(share_interval((struct share){ 0, 20 }), 0, 0.1611);
	assert_between(share_interval((struct share){ 1, 29 }), 0.0061, 0.1718);
	assert_between(share_interval((struct share){ 0, 0 }), 0, 1);
}

/* The same, 873 - 890: table II, method 10. */
static void the_published_intervals_of_two_shares(void **state)
{
	(void)state;
	assert_between(share_difference((struct share){ 56, 70 }, (struct share){ 48, 80 }),
		       0.0524, 0.3339);
	assert_between(share_difference((struct share){ 9, 10 }, (struct share){ 3, 10 }),
		       0.1705, 0.8090);
	assert_between(share_difference((struct share){ 5, 56 }, (struct share){ 0, 29 }),
		       -0.0381, 0.1926);
	assert_between(share_difference((struct share){ 10, 10 }, (struct share){ 0, 20 }),
		       0.6791, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_intervals_of_one_share),
		cmocka_unit_test(the_published_intervals_of_two_shares),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
