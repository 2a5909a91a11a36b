/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv.h"
#include "insight/clv_check.h"

#include <string.h>

#include "base/clock.h"
#include "tests/insight/past.h"

/* A little shop whose figures another program worked out: the likelihood as the
 * papers have it, SciPy's minimizer and its 2F1. */
enum { START = 10000, LITTLE = 120, AS_OF = START + 100 };

static void little_shop(struct past *p)
{
	static const int again[] = { 0, 0, 1, 2, 0, 4, 1, 9 };

	for (int i = 1; i <= LITTLE; i++) {
		int32_t day = START + i * 13 % 50;

		past_visit(p, i, day, 1000 + i * 37 % 900);
		for (int j = 1; j <= again[(i * i + i / 3) % 8]; j++) {
			day += 1 + (i * 5 + j * 11) % (4 + i % 19);
			past_visit(p, i, day, (500 + i * i * 37 % 2900) *
				   (60 + (j * 53 + i * 7) % 80) / 100);
		}
	}
}

static struct clv clv_in(const struct past *p, const struct clv_options *o)
{
	struct clv c;

	assert_int_equal(clv_of(&p->scan, o, &c), ST_OK);
	assert_true(c.whole);
	return c;
}

static void a_little_shop_has_the_figures_of_another_program(void **state)
{
	static const struct {
		int64_t customer;
		int32_t x;
		double alive, expected;
		int64_t average, value;
	} people[] = {
		{ 3, 1, .06749036357099092, .13412792331878007, 1784, 233 },
		{ 7, 2, .022766050176219795, .07859259971755315, 2137, 163 },
		{ 23, 0, 1, .5636457437714885, 1951, 1069 },
		{ 50, 0, 1, .3652671162886611, 1951, 692 },
	};
	struct past p = { .cap = 0 };
	struct clv_person one;
	struct clv c;

	(void)state;
	little_shop(&p);
	c = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .horizon = 26, .decimals = 2 });
	assert_int_equal(c.state, CLV_FITTED);
	assert_int_equal(c.customers, LITTLE);
	assert_int_equal(c.first_day, START);
	assert_int_equal(c.h.repeat, 70);
	assert_int_equal(c.visits.maximum.state, MAXIMUM_CONVERGED);
	assert_near(c.visits.m.r, .3078231549032428, 1e-5);
	assert_near(c.visits.m.alpha, .45226388036987947, 1e-5);
	assert_near(c.visits.m.a, .9905721626142814, 1e-5);
	assert_near(c.visits.m.b, .9136016373470384, 1e-5);
	assert_close(c.visits.log_likelihood, -387.4672142286862, 1e-7);
	assert_int_equal(c.spend, CLV_SPEND_FITTED);
	assert_int_equal(c.h.spending_n, 70);
	assert_near(c.money.m.p, 3.315513371813469, 1e-4);
	assert_near(c.money.m.q, 14.262185324712958, 1e-4);
	assert_near(c.money.m.gamma, 78.04152554459358, 1e-4);
	assert_close(c.money.log_likelihood, -251.9830822132517, 1e-7);
	assert_near(c.expected, 77.57156343410509, 1e-6);
	assert_near(c.alive, 58.55150598543638, 1e-6);
	assert_true(c.months == 6);
	assert_near(c.value, 146201.5436618557, 1e-6);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		assert_true(clv_person(&c, people[i].customer, &one));
		assert_int_equal(one.x, people[i].x);
		assert_near(one.alive, people[i].alive, 1e-5);
		assert_near(one.expected, people[i].expected, 1e-5);
		assert_int_equal(one.average, people[i].average);
		assert_int_equal(one.value, people[i].value);
	}
	assert_false(clv_person(&c, LITTLE + 1, &one));
	assert_false(clv_person(&c, 0, &one));
	clv_release(&c);
	past_release(&p);
}

static void sums_are_those_of_its_people(void **state)
{
	struct clv_options some = { .as_of = AS_OF };
	struct past p = { .cap = 0 };
	struct people_set only = { .n = 0 };
	double expected = 0, alive = 0;
	int64_t value = 0;
	struct sheet sheet = { .columns = NULL };
	struct clv_person one;
	struct clv all, few;

	(void)state;
	little_shop(&p);
	all = clv_in(&p, &some);
	for (int64_t i = 7; i < 300; i += 7) {	/* some have not come at all */
		people_add(&only, i);
		if (!clv_person(&all, i, &one))
			continue;
		expected += one.expected;
		alive += one.alive;
		value += one.value;
	}
	some.only = &only;
	few = clv_in(&p, &some);
	assert_int_equal(few.customers, LITTLE / 7);
	assert_near(few.expected, expected, 1e-12);
	assert_near(few.alive, alive, 1e-12);
	assert_close(few.value, (double)value, LITTLE / 7);
	/* Whoever is shown, all are learnt from. */
	assert_true(few.visits.m.r == all.visits.m.r);
	clv_sheet(&few, &sheet);
	assert_int_equal(sheet_rows(&sheet), LITTLE / 7);
	for (size_t i = 1; i < sheet_rows(&sheet); i++)
		assert_true(sheet.cells[(i + 1) * sheet.column_count - 1].n <=
			    sheet.cells[i * sheet.column_count - 1].n);
	sheet_release(&sheet);
	people_release(&only);
	clv_release(&few);
	clv_release(&all);
	past_release(&p);
}

static void horizon_and_discount_are_as_asked(void **state)
{
	struct past p = { .cap = 0 };
	struct clv usual, plain, dear, half, days;

	(void)state;
	little_shop(&p);
	usual = clv_in(&p, &(struct clv_options){ .as_of = AS_OF });
	assert_int_equal(usual.used.horizon, 52);
	assert_true(usual.months == 12);
	assert_true(usual.used.discount == 1);
	plain = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .discount = CLV_DISCOUNT_NONE });
	dear = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .discount = 10 });
	assert_true(plain.used.discount == 0);
	assert_true(plain.value > usual.value && usual.value > dear.value);
	assert_true(plain.expected == usual.expected);
	half = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .horizon = 26 });
	assert_true(half.months == 6);
	assert_true(half.value < usual.value && half.expected < usual.expected);
	days = clv_in(&p, &(struct clv_options){ .as_of = AS_OF, .unit = 1 });
	assert_int_equal(days.used.horizon, 365);
	assert_true(days.months == 12);
	assert_near(days.visits.m.alpha, 7 * usual.visits.m.alpha, 1e-5);
	clv_release(&usual);
	clv_release(&plain);
	clv_release(&dear);
	clv_release(&half);
	clv_release(&days);
	past_release(&p);
}

/* Without a discount value is what the visits of the horizon bring, to a year's
 * difference between twelve months of 4.345 weeks and 52 weeks. */
static void value_is_of_the_horizon(void **state)
{
	static const int weeks[] = { 1, 2, 6, 13, 39, 52, 60, 104, 260 };
	static const int days[] = { 1, 3, 30, 45, 365, 700 };
	struct clv_options o = { .as_of = AS_OF, .discount = CLV_DISCOUNT_NONE, .decimals = 2 };
	struct past p = { .cap = 0 };
	struct clv_person one;
	struct clv c;

	(void)state;
	for (int i = 1; i <= 40; i++)
		for (int k = 0; k <= 60; k++)
			past_visit(&p, i, AS_OF - 240 + i + 3 * k, 500);
	for (size_t i = 0; i < sizeof(weeks) / sizeof(weeks[0]); i++) {
		o.horizon = weeks[i];
		c = clv_in(&p, &o);
		assert_near(c.value, c.expected * 500, .01);
		assert_true(clv_person(&c, 40, &one));
		assert_near((double)one.value, one.expected * 500, .01);
		clv_release(&c);
	}
	o.unit = 1;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		o.horizon = days[i];
		c = clv_in(&p, &o);
		assert_near(c.value, c.expected * 500, .02);
		clv_release(&c);
	}
	past_release(&p);
}

static void options_have_limits(void **state)
{
	static const struct clv_options bad[] = {
		{ .unit = 30 }, { .horizon = 261 }, { .horizon = -1 },
		{ .unit = 1, .horizon = 1821 }, { .discount = 100 }, { .discount = -2 },
		{ .as_of = -1 }, { .as_of = CLOCK_LAST_DAY + 1 } };
	struct past p = { .cap = 0 };
	struct clv c;

	(void)state;
	little_shop(&p);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(clv_of(&p.scan, &bad[i], &c), ST_INVALID);
		clv_release(&c);
	}
	c = clv_in(&p, &(struct clv_options){ .unit = 1, .horizon = 1820 });
	clv_release(&c);
	past_release(&p);
}

/* -- bad cases: words, and no number that means nothing -- */

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

/* -- beside what came -- */

static void what_came_is_counted_by_week(void **state)
{
	struct past p = { .cap = 0 };
	int64_t came = 0, later = 0, people = 0;
	double expected = 0;
	struct clv_check k;
	struct clv c;

	(void)state;
	little_shop(&p);
	past_visit(&p, LITTLE + 1, AS_OF + 1, 100);	/* too late to be in it */
	past_visit(&p, LITTLE + 1, AS_OF + 3, 100);
	c = clv_in(&p, &(struct clv_options){ .as_of = AS_OF });
	clv_check_of(&c, &p.scan, &k);
	assert_int_equal(k.from, AS_OF + 1);
	assert_int_equal(k.to, START + 119);
	assert_int_equal(k.week_count, 120 / 7);
	assert_int_equal(k.weeks[0].last, START + 6);
	for (size_t i = 0; i < p.scan.visit_count; i++) {
		int64_t customer = visit_customer(p.scan.visits[i]);

		came += i && customer == visit_customer(p.scan.visits[i - 1]) &&
			customer <= LITTLE && visit_day(p.scan.visits[i]) <= START + 118;
		later += customer <= LITTLE && visit_day(p.scan.visits[i]) > AS_OF;
	}
	assert_int_equal(k.weeks[k.week_count - 1].came, came);
	assert_int_equal(k.came, later);
	assert_int_equal(later, 7);
	for (size_t i = 1; i < k.week_count; i++)
		assert_true(k.weeks[i].expected > k.weeks[i - 1].expected);
	for (size_t i = 0; i < CLV_TIMES; i++) {
		people += k.times[i].customers;
		expected += k.times[i].expected_customers;
	}
	assert_int_equal(people, LITTLE);
	assert_near(expected, LITTLE, 1e-9);
	assert_true(k.expected > 2 && k.expected < 20);
	assert_true(k.correlation > 0 && k.correlation <= 1);
	clv_check_release(&k);
	clv_release(&c);
	past_release(&p);
}

static void nothing_is_held_out_at_the_end(void **state)
{
	struct past p = { .cap = 0 };
	struct clv_check k;
	struct clv c;

	(void)state;
	little_shop(&p);
	c = clv_in(&p, &(struct clv_options){ 0 });
	assert_int_equal(c.used.as_of, START + 119);
	clv_check_of(&c, &p.scan, &k);
	assert_int_equal(k.came, 0);
	assert_true(k.expected == 0 && k.correlation == 0);
	assert_true(isfinite(k.mean_error));
	clv_check_release(&k);
	clv_release(&c);
	past_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_little_shop_has_the_figures_of_another_program),
		cmocka_unit_test(sums_are_those_of_its_people),
		cmocka_unit_test(horizon_and_discount_are_as_asked),
		cmocka_unit_test(value_is_of_the_horizon),
		cmocka_unit_test(options_have_limits),
		cmocka_unit_test(without_a_model_it_is_said_in_words),
		cmocka_unit_test(who_stopped_may_not_be_told),
		cmocka_unit_test(a_young_shop_does_not_tell_a_year),
		cmocka_unit_test(who_comes_every_day_goes_on),
		cmocka_unit_test(equal_histories_make_sense),
		cmocka_unit_test(somebody_may_have_come_a_thousand_times),
		cmocka_unit_test(free_visits_and_refunds_do_no_harm),
		cmocka_unit_test(what_they_spend_may_tell_nothing),
		cmocka_unit_test(what_came_is_counted_by_week),
		cmocka_unit_test(nothing_is_held_out_at_the_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
