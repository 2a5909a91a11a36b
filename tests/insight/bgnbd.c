/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/bgnbd.h"

#include <stdio.h>

#include "tests/insight/past.h"

/* The maximum of the CDNOW sample (Fader, Hardie and Lee 2005), in weeks. */
static const struct bgnbd cdnow = { .2425945, 4.4136018, .7929221, 2.425907 };

static double expected(const struct bgnbd *m, int32_t x, double T, double t)
{
	struct bgnbd_series s;
	double visits;

	bgnbd_series_start(&s, m, x);
	visits = bgnbd_series_at(&s, T, t);
	bgnbd_series_release(&s);
	return visits;
}

/* Figures of one history at these parameters, worked out with fifty digits from
 * the equations 3, 7 and 10 of that paper; 0 where a double holds no such number. */
struct vector {
	int32_t x;
	double t_x, T, likelihood, alive, after[3];
};
static const double spans[] = { 1, 39, 365 };

static const struct vector vectors[] = {
	{ 0, 0, 0, 0, 1, { .053184289153609901, 1.1950099599542825, 4.223676046756114 } },
	{ 0, 0, 38.857142857142854, -.55379124890745159, 1,
	  { .0055867463653270721, .19479361415137219, 1.1580735058558456 } },
	{ 1, 1.7142857142857142, 38.857142857142854, -4.4711179915277781, .21239104328080718,
	  { .0060697239600292973, .20341884279541284, 1.0654646142334473 } },
	{ 2, 30.428571428571427, 38.857142857142854, -9.4595595379184968, .72662030428574892,
	  { .037446191677443888, 1.2259944261269436, 6.0279113696996494 } },
	{ 7, 35, 77.86, -23.944781501937765, .048949935628071662,
	  { .0042924427223382185, .14725709952726891, .7900224041630378 } },
	{ 26, 30.857142857142858, 31, -37.728327501558202, .96885443847604403,
	  { .71057375785319846, 20.748902354613983, 83.139899316685513 } },
	{ 29, 37.7, 38.857142857142854, -44.431764537812194, .94555984799034563,
	  { .63358885164633529, 19.256925524733934, 81.589648629298489 } },
	{ 50, 10, 52, 3.857631580876174, 1.0904901488901391e-28,
	  { 9.6469728351443728e-29, 3.0622479137597717e-27, 1.3914821118143751e-26 } },
	{ 80, 51.9, 52, -57.017567010408791, .98889681257752209,
	  { 1.3970529708749817, 44.242781191346462, 200.20171295689556 } },
	{ 131, 372, 373, -275.55277673878627, .9915896810668102,
	  { .34446113696867746, 12.935909191280353, 94.823568150140537 } },
	{ 200, 5, 365, 400.20642938710037, 0, { 0, 0, 0 } },
	{ 300, 364, 365, -369.23594979013241, .9940988999222222,
	  { .80709834630778761, 30.276654017098437, 220.72821858881202 } },
	{ 1, .14285714, 520, -4.3333144117257092, .0083361035157481399,
	  { 1.974440892169668e-5, .00075858987136489681, .0063593728487936741 } },
	{ 1000, 10, 100, 3225.1668381498374, 0, { 0, 0, 0 } },
	{ 1000, 99.9, 100, 1251.6421063214712, .99793959353771934,
	  { 9.5238597436411321, 327.51165135590095, 1761.5187854583263 } },
};

#define assert_exact(a, b) assert_close(a, b, fabs(b) * 1e-9 + 1e-300)

static double likelihood_of(const struct vector *v)
{
	const double times[] = { v->t_x, v->T };
	const struct bgnbd_history row = { .x = v->x, .last = 0, .end = 1, .n = 1 };
	double gradient[4];

	return bgnbd_likelihood(&(struct bgnbd_sample){ &row, 1, times, 2 }, &cdnow, gradient);
}

static void histories_have_the_figures_of_the_paper(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const struct vector *v = &vectors[i];
		double alive = bgnbd_alive(&cdnow, v->x, v->t_x, v->T);

		assert_close(likelihood_of(v), v->likelihood, fabs(v->likelihood) * 1e-9 + 1e-12);
		assert_exact(alive, v->alive);
		for (size_t k = 0; k < 3; k++)
			assert_exact(alive * expected(&cdnow, v->x, v->T, spans[k]), v->after[k]);
	}
}

static void somebody_new_has_the_figures_of_the_paper(void **state)
{
	static const double weeks[][2] = {
		{ 1, .053184289153609901 }, { 13, .53363720693915264 },
		{ 39, 1.1950099599542825 }, { 52, 1.4440122933567157 },
		{ 365, 4.223676046756114 }, { 3650, 10.7379989866568 } };

	(void)state;
	for (size_t i = 0; i < sizeof(weeks) / sizeof(weeks[0]); i++)
		assert_exact(expected(&cdnow, 0, 0, weeks[i][0]), weeks[i][1]);
	assert_true(expected(&cdnow, 0, 0, 0) == 0);
}

/* The R package BTYD, walkthrough of its BG/NBD: its own maximum. */
static void another_program_says_the_same(void **state)
{
	static const struct bgnbd m = { .2425982, 4.4136842, .7929899, 2.4261667 };
	static const double after_20[] = { .3474606, .04283391, .004158973, .0003583685 };

	(void)state;
	assert_near(expected(&m, 0, 0, 52), 1.444004, 1e-6);
	assert_near(bgnbd_alive(&m, 26, 30.85714, 31), .9688523, 1e-6);
	assert_near(bgnbd_alive(&m, 26, 30.85714, 31) * expected(&m, 26, 31, 52), 25.75659, 1e-5);
	for (int i = 0; i < 4; i++)
		assert_near(bgnbd_alive(&m, 10 + 5 * i, 20, 39) *
			    expected(&m, 10 + 5 * i, 39, 52), after_20[i], 1e-5);
}

/* The same package's manual, and the sheets of the paper's authors. */
static void chances_are_those_of_other_programs(void **state)
{
	static const struct bgnbd m = { .243, 4.414, .793, 2.426 };
	static const double month[] = { .0019995214, .0015170236, .0011633150, .0009003148,
					.0007023638, .0005517902, .0004361913, .0003467171,
					.0002769613, .0002222260 };
	double found[22], sum = 0;

	(void)state;
	bgnbd_chances(&m, 39, found, 22);
	assert_near(found[0], .5737864, 1e-6);
	bgnbd_chances(&m, 2, found, 22);
	assert_near(found[10], 1.07869e-7, 1e-5);
	bgnbd_chances(&m, 30, found, 22);
	for (size_t i = 0; i < 10; i++)
		assert_near(found[11 + i], month[i], 1e-6);
	for (size_t i = 0; i < 22; i++)
		sum += found[i];
	assert_close(sum, 1, 1e-12);
}

/* Where the formula with 2F1 divides by zero, runs over, or takes away nearly all. */
static void hard_places_are_as_any_other(void **state)
{
	struct bgnbd m = cdnow, near_one;
	double sum = 0, chances[400];

	(void)state;
	m.a = 1;
	near_one = m;
	near_one.a = 1 + 1e-9;
	assert_near(expected(&m, 3, 38, 52), expected(&near_one, 3, 38, 52), 1e-8);
	/* What is expected is the mean of what may come. */
	bgnbd_chances(&m, 10, chances, 400);
	for (size_t i = 1; i < 400; i++)
		sum += (double)i * chances[i];
	assert_near(expected(&m, 0, 0, 10), sum, 1e-9);
	m.a = .001;
	m.b = .002;
	bgnbd_chances(&m, 10, chances, 400);
	sum = 0;
	for (size_t i = 1; i < 400; i++)
		sum += (double)i * chances[i];
	assert_near(expected(&m, 0, 0, 10), sum, 1e-9);
	/* Nobody leaves, everybody comes as often: a visit a week. */
	m = (struct bgnbd){ 1e5, 1e5, 1e-5, 1e5 };
	assert_near(expected(&m, 30, 30, 52), 52, 1e-3);
	assert_true(isfinite(expected(&cdnow, 80000, 1, 260)));
	assert_true(bgnbd_alive(&cdnow, 80000, 1, 12000) == 0);
	assert_near(bgnbd_alive(&cdnow, 80000, 12000, 12000), 1, 1e-4);
}

/* -- the fit -- */

struct drawn {
	struct bgnbd_history *rows;
	double *times;
	size_t n;
};

static struct drawn draw(const struct bgnbd *m, size_t n, uint64_t seed)
{
	struct drawn d = { mem_alloc(n * sizeof(*d.rows)), mem_alloc(2 * n * sizeof(double)), n };

	for (size_t i = 0; i < n; i++) {
		double rate = chance_gamma(&seed, m->r) / m->alpha;
		double leaves = chance_beta(&seed, m->a, m->b), t = 0;
		double *last = &d.times[2 * i], *end = last + 1;

		*end = 10 + 60 * chance(&seed);
		d.rows[i] = (struct bgnbd_history){
			.last = (uint32_t)(2 * i), .end = (uint32_t)(2 * i + 1), .n = 1 };
		do {
			t += chance_exponential(&seed) / rate;
			if (t > *end)
				break;
			d.rows[i].x++;
			*last = t;
		} while (chance(&seed) > leaves);
	}
	return d;
}

static void drawn_release(struct drawn *d)
{
	free(d->rows);
	free(d->times);
}

static struct bgnbd_fit fit_of(const struct bgnbd_sample *s)
{
	struct bgnbd_fit fit;
	int steps = 0;

	bgnbd_fit_start(&fit, s);
	for (; !fit.maximum.over; steps++)
		bgnbd_fit_step(&fit);
	assert_true(steps < 2000);
	assert_true(isfinite(fit.log_likelihood) && isfinite(fit.m.r * fit.m.alpha));
	assert_true(isfinite(fit.m.a * fit.m.b));
	bgnbd_fit_release(&fit);
	return fit;
}

static struct bgnbd_sample sample_of(const struct drawn *d)
{
	return (struct bgnbd_sample){ d->rows, d->n, d->times, 2 * d->n };
}

static void derivatives_are_those_of_the_likelihood(void **state)
{
	static const struct bgnbd places[] = {
		{ .2425945, 4.4136018, .7929221, 2.425907 }, { 3, .5, 1, 1 },
		{ .01, 200, 40, .05 }, { 50, 60, 1e-3, 300 } };
	struct drawn d = draw(&cdnow, 300, 7);
	struct bgnbd_sample s = sample_of(&d);
	double by[4], ignored[4];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		bgnbd_likelihood(&s, &places[i], by);
		for (size_t k = 0; k < 4; k++) {
			struct bgnbd above = places[i], below = places[i];
			double *ups[] = { &above.r, &above.alpha, &above.a, &above.b };
			double *downs[] = { &below.r, &below.alpha, &below.a, &below.b };
			double *up = ups[k], *down = downs[k];
			double width = *up * 1e-5, rise;

			*up += width;
			*down -= width;
			rise = bgnbd_likelihood(&s, &above, ignored) -
				bgnbd_likelihood(&s, &below, ignored);
			assert_close(by[k] * 2 * width, rise, 1e-9 + fabs(rise) * 1e-5);
		}
	}
	drawn_release(&d);
}

static void merging_changes_nothing(void **state)
{
	static const double times[] = { 0, 3, 5, 9 };
	static const struct bgnbd_history apart[] = {
		{ 0, 0, 3, 1 }, { 2, 1, 3, 1 }, { 2, 1, 3, 1 }, { 0, 0, 3, 1 }, { 2, 2, 3, 1 } };
	static const struct bgnbd_history merged[] = {
		{ 0, 0, 3, 2 }, { 2, 1, 3, 2 }, { 2, 2, 3, 1 } };
	double by[4], by_merged[4];

	(void)state;
	assert_near(bgnbd_likelihood(&(struct bgnbd_sample){ apart, 5, times, 4 }, &cdnow, by),
		    bgnbd_likelihood(&(struct bgnbd_sample){ merged, 3, times, 4 }, &cdnow,
				     by_merged), 1e-14);
	for (size_t i = 0; i < 4; i++)
		assert_near(by[i], by_merged[i], 1e-13);
}

/* Within four standard errors, which one fit in 4000 is not. */
static void parameters_are_found_again(void **state)
{
	static const struct bgnbd truths[] = {
		{ .24, 4.4, .8, 2.4 }, { .8, 6, .8, 5 }, { 2, 8, .5, 4 }, { 1.2, 10, 2, 3 } };
	static const size_t sizes[] = { 1500, 20000 };

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		const struct bgnbd *m = &truths[i / 2];
		struct drawn d = draw(m, sizes[i % 2], 1000 + i);
		struct bgnbd_sample s = sample_of(&d);
		struct bgnbd_fit fit = fit_of(&s);

		assert_int_equal(fit.maximum.state, MAXIMUM_CONVERGED);
		assert_close(fit.m.r, m->r, 4 * fit.error[0]);
		assert_close(fit.m.alpha, m->alpha, 4 * fit.error[1]);
		assert_close(fit.m.a, m->a, 4 * fit.error[2]);
		assert_close(fit.m.b, m->b, 4 * fit.error[3]);
		assert_true(fit.error[0] > 0 && fit.error[0] < .1 * m->r);
		drawn_release(&d);
	}
}

static struct bgnbd_fit fit_equal(int32_t x, double t_x, double T, uint32_t n)
{
	const double times[] = { t_x, T };
	const struct bgnbd_history row = { .x = x, .last = 0, .end = 1, .n = n };

	return fit_of(&(struct bgnbd_sample){ &row, 1, times, 2 });
}

static void equal_histories_end_at_a_bound(void **state)
{
	/* Every day for thirty days. */
	struct bgnbd_fit fit = fit_equal(30, 30 / 7., 30 / 7., 200);

	(void)state;
	assert_int_equal(fit.maximum.state, MAXIMUM_AT_BOUND);
	assert_near(bgnbd_alive(&fit.m, 30, 30 / 7., 30 / 7.), 1, 1e-3);
	assert_near(expected(&fit.m, 30, 30 / 7., 52), 364, 1e-2);
	assert_true(fit.error[0] == 0);

	/* Nobody came again: none will. */
	fit = fit_equal(0, 0, 20, 500);
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
	assert_close(expected(&fit.m, 0, 20, 52), 0, .02);

	/* All once more and then no more, far back: they have left. */
	fit = fit_equal(1, 1, 100, 300);
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
	assert_close(bgnbd_alive(&fit.m, 1, 1, 100), 0, .02);

	fit = fit_equal(80000, 12000, 12001, 3);
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
	fit = fit_equal(3, 2, 0, 50);	/* no time at all, which no shop has */
	assert_int_not_equal(fit.maximum.state, MAXIMUM_CONVERGED);
}

/* Where nobody leaves, a goes to zero and b anywhere: an optimizer without bounds
 * ends in a = 1e-55. */
static void where_nobody_leaves_a_is_at_its_bound(void **state)
{
	static const struct bgnbd stay = { 2, 8, 1e-12, 1 };
	struct drawn d = draw(&stay, 3000, 1);
	struct bgnbd_sample s = sample_of(&d);
	struct bgnbd_fit fit = fit_of(&s);

	(void)state;
	assert_int_equal(fit.maximum.state, MAXIMUM_AT_BOUND);
	assert_int_equal(fit.maximum.bound[2], -1);
	assert_near(fit.m.a, 1e-5, 1e-9);
	assert_near(fit.m.r, 2, .2);
	assert_near(expected(&fit.m, 0, 0, 40), 10, .05);
	drawn_release(&d);
}

static void a_handful_of_customers_does_no_harm(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		struct drawn d = draw(&cdnow, 1 + seed % 12, seed);
		struct bgnbd_sample s = sample_of(&d);
		struct bgnbd_fit fit = fit_of(&s);

		assert_true(isfinite(expected(&fit.m, 2, 20, 52)));
		drawn_release(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(histories_have_the_figures_of_the_paper),
		cmocka_unit_test(somebody_new_has_the_figures_of_the_paper),
		cmocka_unit_test(another_program_says_the_same),
		cmocka_unit_test(chances_are_those_of_other_programs),
		cmocka_unit_test(hard_places_are_as_any_other),
		cmocka_unit_test(derivatives_are_those_of_the_likelihood),
		cmocka_unit_test(merging_changes_nothing),
		cmocka_unit_test(parameters_are_found_again),
		cmocka_unit_test(equal_histories_end_at_a_bound),
		cmocka_unit_test(where_nobody_leaves_a_is_at_its_bound),
		cmocka_unit_test(a_handful_of_customers_does_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
