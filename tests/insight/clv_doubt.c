/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "tests/insight/little_shop.h"

/* Bad cases: words, and no number that means nothing. */

static void expect_no_model(struct past *p, int32_t as_of, enum clv_state said)
{
	struct clv c = clv_in(p, &(struct clv_options){ .as_of = as_of });
	struct sheet sheet = { .columns = NULL };
	struct clv_person one;

	assert_int_equal(c.state, said);
	assert_true(strlen(clv_words(&c)) > 20);
	assert_true(c.expected == 0 && c.value == 0);
	assert_false(clv_person(&c, 1, &one));
	clv_sheet(&c, &sheet);
	assert_int_equal(sheet_rows(&sheet), 0);
	sheet_release(&sheet);
	clv_release(&c);
}

static void without_a_model_it_is_said_in_words(void **state)
{
	struct past p = { .cap = 0 };
	struct clv_person one;
	struct clv c;

	(void)state;
	expect_no_model(&p, 0, CLV_NOBODY);
	for (int i = 1; i <= 500; i++)	/* one visit each */
		past_visit(&p, i, START + i % 90, 500);
	expect_no_model(&p, 0, CLV_FEW);
	expect_no_model(&p, START - 1, CLV_NOBODY);
	expect_no_model(&p, START + 2000, CLV_SILENT);
	expect_no_model(&p, CLOCK_LAST_DAY, CLV_SILENT);
	past_release(&p);
	for (int i = 1; i <= 5; i++)	/* five customers, every ten days */
		for (int k = 0; k <= 36; k++)
			past_visit(&p, i, START + 10 * k + i, 500);
	expect_no_model(&p, 0, CLV_FEW);
	/* What they did so far can be told: 36.5 visits a year at 5.00. */
	c = clv_in(&p, &(struct clv_options){ .horizon = 52 });
	assert_near(c.plain.average, 500, 1e-12);
	assert_near(c.plain.visits_a_year, 36.5, .02);
	assert_near(c.plain.value, 5 * 36.5 * 500, .03);
	assert_true(clv_history(&c, 5, &one));
	assert_int_equal(one.x, 36);
	assert_near(one.t_x, 360 / 7., 1e-12);
	assert_near(one.T, one.t_x, 1e-12);
	assert_false(clv_history(&c, 6, &one));
	clv_release(&c);
	past_release(&p);
	for (int i = 1; i <= 30; i++)	/* all on the day itself */
		past_visit(&p, i, START, 500);
	expect_no_model(&p, 0, CLV_FEW);
	past_release(&p);
}

/* Two visits of everybody, so far apart. */
static struct past twice(int people, int days)
{
	struct past p = { .cap = 0 };

	for (int i = 1; i <= people; i++)
		for (int k = 0; k < 2; k++)
			past_visit(&p, i, START + k * days, 500 + i);
	return p;
}

static void who_stopped_may_not_be_told(void **state)
{
	struct past p = twice(25, 400);

	(void)state;
	expect_no_model(&p, 0, CLV_UNSURE);	/* a and b may be anything */
	for (int k = 0; k < 3; k++)		/* nor does one customer tell */
		past_visit(&p, 26, START + 200 * k, 400);
	expect_no_model(&p, 0, CLV_UNSURE);
	past_release(&p);
	p = twice(1000, 400);
	expect_no_model(&p, 0, CLV_UNSURE);
	past_release(&p);
}

static void a_young_shop_does_not_tell_a_year(void **state)
{
	struct past p = twice(50, 1);
	struct clv c;

	(void)state;
	expect_no_model(&p, 0, CLV_SHORT);
	c = clv_in(&p, &(struct clv_options){ 0 });
	assert_near(c.plain.average, 525.5, 1e-12);
	assert_true(c.plain.visits_a_year == 0 && c.plain.value == 0);
	clv_release(&c);
	past_release(&p);
	little_shop(&p);	/* 119 days */
	c = clv_in(&p, &(struct clv_options){ .horizon = 17 });
	assert_int_equal(c.state, CLV_FITTED);
	assert_null(clv_caution(&c));
	clv_release(&c);
	c = clv_in(&p, &(struct clv_options){ .horizon = 18 });
	assert_int_equal(c.state, CLV_FITTED);
	assert_non_null(clv_caution(&c));
	clv_release(&c);
	c = clv_in(&p, &(struct clv_options){ .horizon = 8 * 17 });
	assert_int_equal(c.state, CLV_FITTED);
	clv_release(&c);
	expect_no_model(&p, START + 40, CLV_SHORT);
	past_release(&p);
}

static void expect_sense(const struct clv *c)
{
	struct clv_person one;

	assert_int_equal(c->state, CLV_FITTED);
	assert_true(isfinite(c->expected) && isfinite(c->value));
	assert_true(c->expected >= 0 && c->value >= 0);
	for (size_t i = 0; i < c->h.n; i++) {
		clv_at(c, i, &one);
		assert_true(one.alive >= 0 && one.alive <= 1);
		assert_true(isfinite(one.expected) && one.expected >= 0);
		assert_true(one.average >= 0 && one.value >= 0);
	}
	assert_true(strlen(clv_words(c)) > 20 && strlen(clv_spend_words(c)) > 20);
}

static void who_comes_every_day_goes_on(void **state)
{
	struct past p = { .cap = 0 };
	struct clv c;

	(void)state;
	for (int i = 1; i <= 40; i++)
		for (int k = 0; k <= 60; k++)
			past_visit(&p, i, START + k, 250);
	c = clv_in(&p, &(struct clv_options){ .horizon = 10 });
	expect_sense(&c);
	assert_int_equal(c.visits.maximum.state, MAXIMUM_AT_BOUND);
	assert_int_equal(c.spend, CLV_SPEND_EQUAL);
	assert_near(c.expected, 40 * 70, .02);
	assert_near(c.alive, 40, 1e-3);
	clv_release(&c);
	past_release(&p);
}

static void equal_histories_make_sense(void **state)
{
	struct past p = { .cap = 0 };
	struct clv c;

	(void)state;
	for (int i = 1; i <= 300; i++)
		for (int k = 0; k < 2; k++)
			past_visit(&p, i, START + 7 * k, 250 + i);
	past_visit(&p, 301, START + 400, 100);
	c = clv_in(&p, &(struct clv_options){ 0 });
	expect_sense(&c);
	assert_int_not_equal(c.visits.maximum.state, MAXIMUM_CONVERGED);
	clv_release(&c);
	past_release(&p);
}

static void somebody_may_have_come_a_thousand_times(void **state)
{
	struct past p = { .cap = 0 };
	struct clv_person one;
	struct clv c;

	(void)state;
	little_shop(&p);
	for (int k = 0; k <= 1000; k++)
		past_visit(&p, LITTLE + 1, START - 900 + k, 400);
	for (int k = 0; k <= 1000; k++)
		past_visit(&p, LITTLE + 2, START - 2000 + k, 400);
	c = clv_in(&p, &(struct clv_options){ .as_of = AS_OF });
	expect_sense(&c);
	assert_true(clv_person(&c, LITTLE + 1, &one));
	assert_int_equal(one.x, 1000);
	assert_true(one.alive > .9 && one.expected > 200 && one.expected < 365);
	assert_int_equal(one.average, 400);
	assert_true(clv_person(&c, LITTLE + 2, &one));
	assert_true(one.alive < 1e-9);
	assert_int_equal(one.value, 0);
	clv_release(&c);
	past_release(&p);
}

static void free_visits_and_refunds_do_no_harm(void **state)
{
	struct past p = { .cap = 0 };
	struct clv_person one;
	struct clv c;

	(void)state;
	little_shop(&p);
	for (int i = 1; i <= 9; i++)	/* free, or given back with more than was paid */
		for (int k = 0; k < 4; k++)
			past_visit(&p, LITTLE + i, START + 20 * k, i % 2 ? 0 : -700);
	c = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .decimals = 2 });
	expect_sense(&c);
	assert_int_equal(c.spend, CLV_SPEND_FITTED);
	assert_int_equal(c.h.repeat, 79);
	assert_int_equal(c.h.spending_n, 70);
	assert_near(c.money.m.p, 3.315513371813469, 1e-4);
	assert_true(clv_person(&c, LITTLE + 2, &one));
	assert_true(one.mean == -700);
	assert_true(one.average > 0 && one.average < 1951);
	clv_release(&c);
	past_release(&p);
}

static enum clv_spend_state spend_of(int64_t paid, int64_t more)
{
	struct past p = { .cap = 0 };
	enum clv_spend_state said;
	struct clv c;

	for (int i = 1; i <= 60; i++)
		for (int k = 0; k <= i % 4; k++)
			past_visit(&p, i, START + i + 9 * k * (1 + i % 3), paid +
				   (i == 2 ? more : 0));
	c = clv_in(&p, &(struct clv_options){ 0 });
	expect_sense(&c);
	said = c.spend;
	if (said == CLV_SPEND_EQUAL)
		assert_true(c.plain.average == (double)paid);
	clv_release(&c);
	past_release(&p);
	return said;
}

static void what_they_spend_may_tell_nothing(void **state)
{
	(void)state;
	assert_int_equal(spend_of(500, 0), CLV_SPEND_EQUAL);
	assert_int_equal(spend_of(0, 0), CLV_SPEND_NOTHING);
	assert_int_equal(spend_of(-100, 0), CLV_SPEND_NOTHING);
	assert_int_equal(spend_of(0, 100), CLV_SPEND_FEW);
	spend_of(500, INT64_C(100000000000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_model_it_is_said_in_words),
		cmocka_unit_test(who_stopped_may_not_be_told),
		cmocka_unit_test(a_young_shop_does_not_tell_a_year),
		cmocka_unit_test(who_comes_every_day_goes_on),
		cmocka_unit_test(equal_histories_make_sense),
		cmocka_unit_test(somebody_may_have_come_a_thousand_times),
		cmocka_unit_test(free_visits_and_refunds_do_no_harm),
		cmocka_unit_test(what_they_spend_may_tell_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
