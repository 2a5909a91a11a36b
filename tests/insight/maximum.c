/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/maximum.h"

#include <gsl/gsl_errno.h>

#include "tests/insight/past.h"

/* Two parameters with a known hill: value = -(u^2 + k v^2) / 2, where u and v
 * are turned against the logs, and the top is at 'top'. */
struct hill {
	double top[2], k;
	int calls;
};

static double hill(void *arg, const double *logs, double *gradient)
{
	struct hill *h = arg;
	double x = logs[0] - h->top[0], y = logs[1] - h->top[1];
	double u = (x + y) / sqrt(2), v = (x - y) / sqrt(2);

	h->calls++;
	gradient[0] = -(u + h->k * v) / sqrt(2);
	gradient[1] = -(u - h->k * v) / sqrt(2);
	return 3 - (u * u + h->k * v * v) / 2;
}

static struct maximum climb(const struct maximum_problem *p)
{
	struct maximum m;
	int steps = 0;

	maximum_start(&m, p);
	for (; !m.over; steps++)
		maximum_step(&m);
	assert_true(steps < 2000);
	maximum_release(&m);
	return m;
}

static struct maximum climb_hill(struct hill *h)
{
	return climb(&(struct maximum_problem){
		.n = 2, .least = { -5, -5 }, .most = { 5, 5 }, .sample = 1, .value = hill,
		.arg = h });
}

static void the_top_is_found_with_its_errors(void **state)
{
	struct hill h = { .top = { 1.25, -2 }, .k = 9 };
	struct maximum m = climb_hill(&h);

	(void)state;
	assert_int_equal(m.state, MAXIMUM_CONVERGED);
	assert_close(m.logs[0], 1.25, 1e-6);
	assert_close(m.logs[1], -2, 1e-6);
	assert_close(m.value, 3, 1e-10);
	/* The variance of each is (1 + 1/k) / 2. */
	assert_near(m.error[0], sqrt((1 + 1 / 9.) / 2), 1e-6);
	assert_near(m.error[1], m.error[0], 1e-6);
	assert_int_equal(m.bound[0], 0);
	assert_int_equal(m.evaluations, h.calls);
}

static void a_top_outside_is_a_bound(void **state)
{
	struct hill h = { .top = { 20, 1 }, .k = 1 };
	struct maximum m = climb_hill(&h);

	(void)state;
	assert_int_equal(m.state, MAXIMUM_AT_BOUND);
	assert_int_equal(m.bound[0], 1);
	assert_int_equal(m.bound[1], 0);
	assert_true(m.logs[0] == 5);
	assert_close(m.logs[1], 1, 1e-6);
	assert_true(m.error[0] == 0);
	assert_near(m.error[1], 1, 1e-6);
	h.top[0] = -40;
	h.top[1] = 60;
	m = climb_hill(&h);
	assert_int_equal(m.state, MAXIMUM_AT_BOUND);
	assert_int_equal(m.bound[0], -1);
	assert_int_equal(m.bound[1], 1);
}

static void a_ridge_is_told(void **state)
{
	struct hill h = { .top = { 1, 1 }, .k = 1e-4 };
	struct maximum m = climb_hill(&h);

	(void)state;
	assert_int_equal(m.state, MAXIMUM_FLAT);
	assert_true(m.error[0] == 0);
	assert_close(m.value, 3, 1e-4);
}

static void a_start_that_is_near_needs_no_climb(void **state)
{
	struct hill far = { .top = { 1.25, -2 }, .k = 9 }, near = far;
	struct maximum_problem p = {
		.n = 2, .least = { -5, -5 }, .most = { 5, 5 }, .sample = 1, .value = hill,
		.arg = &near, .near = true, .start = { 1.2, -1.9 } };
	struct maximum m = climb(&p);

	(void)state;
	assert_int_equal(m.state, MAXIMUM_CONVERGED);
	assert_close(m.logs[0], 1.25, 1e-6);
	climb_hill(&far);
	assert_true(near.calls < far.calls);
}

static double nonsense(void *arg, const double *logs, double *gradient)
{
	(void)arg;
	(void)logs;
	gradient[0] = gradient[1] = NAN;
	return NAN;
}

/* It rises and rises towards the middle of a wall. */
static double saddle(void *arg, const double *logs, double *gradient)
{
	(void)arg;
	gradient[0] = logs[0];
	gradient[1] = -logs[1];
	return (logs[0] * logs[0] - logs[1] * logs[1]) / 2;
}

static void what_has_no_top_is_no_maximum(void **state)
{
	struct maximum_problem p = {
		.n = 2, .least = { -5, -5 }, .most = { 5, 5 }, .sample = 1, .value = nonsense };

	(void)state;
	assert_int_equal(climb(&p).state, MAXIMUM_FAILED);
	p.value = saddle;
	assert_int_not_equal(climb(&p).state, MAXIMUM_CONVERGED);
}

static void count_call(const char *reason, const char *file, int line, int code)
{
	(void)reason;
	(void)file;
	(void)line;
	(void)code;
}

static void gsl_is_left_as_it_was(void **state)
{
	struct hill h = { .top = { 1, 1 }, .k = 1 };

	(void)state;
	gsl_set_error_handler(count_call);
	climb_hill(&h);
	assert_ptr_equal(gsl_set_error_handler(NULL), count_call);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_top_is_found_with_its_errors),
		cmocka_unit_test(a_top_outside_is_a_bound),
		cmocka_unit_test(a_ridge_is_told),
		cmocka_unit_test(a_start_that_is_near_needs_no_climb),
		cmocka_unit_test(what_has_no_top_is_no_maximum),
		cmocka_unit_test(gsl_is_left_as_it_was),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
