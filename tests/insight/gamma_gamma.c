/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/gamma_gamma.h"

#include "tests/insight/past.h"

/* The maximum of the CDNOW sample (Fader and Hardie, note 025), in dollars. */
static const struct gamma_gamma cdnow = { 6.24957, 3.74422, 15.44352 };

static void expected_averages_are_those_of_the_note(void **state)
{
	(void)state;
	assert_close(gamma_gamma_expected(&cdnow, 2, 22.345), 24.65, .005);
	assert_close(gamma_gamma_expected(&cdnow, 1, 11.77), 18.91, .005);
	assert_close(gamma_gamma_expected(&cdnow, 0, 0), 35.17, .005);
	assert_close(gamma_gamma_expected(&cdnow, 7, 73.74142857), 71.46, .005);
	/* Many visits: one's own mean. */
	assert_near(gamma_gamma_expected(&cdnow, 100000, 12), 12, 1e-4);
}

struct drawn {
	struct spending *rows;
	size_t n;
};

/* By x, as the likelihood wants them. */
static struct drawn draw(const struct gamma_gamma *m, size_t n, uint64_t seed)
{
	struct drawn d = { mem_alloc(n * sizeof(*d.rows)), n };

	for (size_t i = 0; i < n; i++) {
		int32_t x = 1 + (int32_t)(i * 8 / n);
		double rate = chance_gamma(&seed, m->q) / m->gamma;

		d.rows[i] = (struct spending){ x, chance_gamma(&seed, m->p * x) / rate / x };
	}
	return d;
}

static struct gamma_gamma_fit fit_of(const struct spending *rows, size_t n)
{
	struct gamma_gamma_fit fit;
	int steps = 0;

	gamma_gamma_fit_start(&fit, &(struct gamma_gamma_sample){ rows, n });
	for (; !fit.maximum.over; steps++)
		gamma_gamma_fit_step(&fit);
	assert_true(steps < 2000);
	assert_true(isfinite(fit.m.p * fit.m.q * fit.m.gamma));
	gamma_gamma_fit_release(&fit);
	return fit;
}

static void derivatives_are_those_of_the_likelihood(void **state)
{
	static const struct gamma_gamma places[] = {
		{ 6.24957, 3.74422, 15.44352 }, { .3, 40, 900 }, { 80, 1.01, .2 } };
	struct drawn d = draw(&cdnow, 200, 5);
	struct gamma_gamma_sample s = { d.rows, d.n };
	double by[3], ignored[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		gamma_gamma_likelihood(&s, &places[i], by);
		for (size_t k = 0; k < 3; k++) {
			struct gamma_gamma above = places[i], below = places[i];
			double *up = (double *[]){ &above.p, &above.q, &above.gamma }[k];
			double *down = (double *[]){ &below.p, &below.q, &below.gamma }[k];
			double width = *up * 1e-5, rise;

			*up += width;
			*down -= width;
			rise = gamma_gamma_likelihood(&s, &above, ignored) -
				gamma_gamma_likelihood(&s, &below, ignored);
			assert_close(by[k] * 2 * width, rise, 1e-8 + fabs(rise) * 1e-5);
		}
	}
	free(d.rows);
}

/* p = q = 1: density x gamma / (gamma + x mean)^(x + 1) ... at x = 1 it is
 * gamma / (gamma + mean)^2. */
static void the_likelihood_of_one_is_its_density(void **state)
{
	static const struct gamma_gamma m = { 1, 1, 5 };
	static const struct spending one = { 1, 3 };
	double by[3];

	(void)state;
	assert_near(gamma_gamma_likelihood(&(struct gamma_gamma_sample){ &one, 1 }, &m, by),
		    log(5. / 64), 1e-12);
	assert_near(by[2], 1 / 5. - 2 / 8., 1e-12);
}

static void parameters_are_found_again(void **state)
{
	static const struct gamma_gamma truths[] = {
		{ 6, 3.7, 15 }, { 2, 3, 500 }, { 12, 8, 40000 } };
	static const size_t sizes[] = { 2000, 20000 };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		const struct gamma_gamma *m = &truths[i / 2];
		struct drawn d = draw(m, sizes[i % 2], 50 + i);
		struct gamma_gamma_fit fit = fit_of(d.rows, d.n);

		assert_int_equal(fit.maximum.state, MAXIMUM_CONVERGED);
		assert_close(fit.m.p, m->p, 4 * fit.error[0]);
		assert_close(fit.m.q, m->q, 4 * fit.error[1]);
		assert_close(fit.m.gamma, m->gamma, 4 * fit.error[2]);
		assert_true(fit.error[1] > 0 && fit.error[1] < .2 * m->q);
		free(d.rows);
	}
}

/* The same money in another unit is the same fit. */
static void the_unit_of_money_does_not_matter(void **state)
{
	struct drawn d = draw(&cdnow, 1500, 9);
	struct gamma_gamma_fit fit = fit_of(d.rows, d.n), paise;

	(void)state;
	for (size_t i = 0; i < d.n; i++)
		d.rows[i].mean *= 1e6;
	paise = fit_of(d.rows, d.n);
	assert_near(paise.m.p, fit.m.p, 1e-5);
	assert_near(paise.m.q, fit.m.q, 1e-5);
	assert_near(paise.m.gamma, fit.m.gamma * 1e6, 1e-5);
	assert_near(paise.log_likelihood, fit.log_likelihood - 1500 * log(1e6), 1e-9);
	free(d.rows);
}

static void those_who_spend_alike_end_at_a_bound(void **state)
{
	struct spending rows[100];
	struct gamma_gamma_fit fit;

	(void)state;
	for (int i = 0; i < 100; i++)
		rows[i] = (struct spending){ 1 + i / 10, 7.5 };
	fit = fit_of(rows, 100);
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
	fit = fit_of(rows, 1);
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
	for (int i = 0; i < 100; i++)
		rows[i].mean = i % 2 ? 1e-2 : 1e13;
	fit = fit_of(rows, 100);
	assert_true(isfinite(fit.log_likelihood) || fit.maximum.state == MAXIMUM_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expected_averages_are_those_of_the_note),
		cmocka_unit_test(derivatives_are_those_of_the_likelihood),
		cmocka_unit_test(the_likelihood_of_one_is_its_density),
		cmocka_unit_test(parameters_are_found_again),
		cmocka_unit_test(the_unit_of_money_does_not_matter),
		cmocka_unit_test(those_who_spend_alike_end_at_a_bound),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
