/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv_check.h"

#include "base/clock.h"
#include "tests/insight/little_shop.h"

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
		cmocka_unit_test(what_came_is_counted_by_week),
		cmocka_unit_test(nothing_is_held_out_at_the_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
