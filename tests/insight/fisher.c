/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/fisher.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>

#include <cmocka.h>

/* Expected values are exact fractions of binomials, rounded to a double. */

static bool is_near(double have, double want)
{
	return fabs(have - want) <= 1e-9 * fabs(want);
}

static void chance_is_that_of_the_hypergeometric(void **state)
{
	static const struct {
		struct meeting m;
		double p;
	} cases[] = {
		{ { 8, 4, 4, 3 }, 17.0 / 70 },	/* the lady who tasted tea */
		{ { 8, 4, 4, 4 }, 1.0 / 70 },
		{ { 9835, 2513, 1903, 736 }, 1.44389155474375e-45 },
		{ { 9835, 2513, 1715, 394 }, 0.996986839125454 },
		{ { 9835, 545, 705, 100 }, 2.97780616733291e-19 },
		{ { 100, 30, 40, 12 }, 0.585729190964811 },
		{ { 100, 30, 40, 9 }, 0.941972555358533 },
		{ { 20000, 300, 200, 9 }, 0.00331695347430166 },
		{ { 1000, 5, 5, 0 }, 1 },
		{ { 10, 10, 10, 10 }, 1 },
		{ { 10, 6, 6, 2 }, 1 },		/* two at least must meet */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_true(is_near(fisher_chance(&cases[i].m), cases[i].p));
}

static void the_two_things_are_alike(void **state)
{
	(void)state;
	for (int64_t both = 0; both <= 40; both++)
		assert_true(is_near(fisher_chance(&(struct meeting){ 500, 40, 170, both }),
				    fisher_chance(&(struct meeting){ 500, 170, 40, both })));
}

static void large_counts_end_in_a_number(void **state)
{
	static const struct meeting large[] = {
		{ 10000000, 5000000, 5000000, 2500000 }, { 10000000, 5000000, 5000000, 1000 },
		{ 10000000, 5000000, 5000000, 5000000 }, { 10000000, 9999999, 9999999, 9999998 },
		{ 1000000, 1000, 1000, 1000 }, { 1, 0, 0, 0 }, { 0, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(large) / sizeof(*large); i++) {
		double p = fisher_chance(&large[i]);

		assert_true(p >= 0 && p <= 1);
	}
	assert_true(fabs(fisher_chance(&large[0]) - 0.5) < 0.001);
	assert_true(fisher_chance(&large[1]) > 0.999999);
	assert_true(fisher_chance(&large[4]) < 1e-300);
}

/* The example of Benjamini and Hochberg (1995), 15 p-values: four are called. */
static void as_many_are_called_as_in_the_paper(void **state)
{
	double p[] = { 0.0459, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
		       0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000 };

	(void)state;
	assert_true(is_near(fisher_threshold(p, 15, 15, 0.05), 0.0095));
	assert_true(is_near(fisher_threshold(p, 4, 15, 0.05), 0.0095));
	assert_true(is_near(fisher_threshold(p, 15, 1500, 0.05), -1));
	assert_true(is_near(fisher_threshold(p, 0, 15, 0.05), -1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chance_is_that_of_the_hypergeometric),
		cmocka_unit_test(the_two_things_are_alike),
		cmocka_unit_test(large_counts_end_in_a_number),
		cmocka_unit_test(as_many_are_called_as_in_the_paper),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
