/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv.h"
#include "insight/clv_check.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/insight/past.h"

/* The CDNOW sample of Fader and Hardie and the figures for it, where the
 * environment's REGULARS_DATA says in which folder they are (cdnow/ and
 * reference/). Without it these tests are skipped: small data of our own stands
 * in tests/insight/clv.c. */

struct cdnow {
	struct past past;
	struct clv clv;
	struct clv_check check;
	json_t *figures;
};

static char *path_to(const char *file)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", getenv("REGULARS_DATA"), file);
	return path;
}

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_int_equal(day_parse(text, &day), ST_OK);
	return day;
}

/* " 00004 0001 19970118  2   29.73": the customer's second number, cents. */
static void read_sales(struct past *p)
{
	FILE *f = fopen(path_to("cdnow/CDNOW_sample.txt"), "r");
	unsigned customer, date, whole, cents;
	char line[128], day[32];

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%*u %u %u %*u %u.%u", &customer, &date, &whole, &cents) != 4)
			continue;
		snprintf(day, sizeof(day), "%04u-%02u-%02u", date / 10000, date / 100 % 100,
			 date % 100);
		past_visit(p, customer, day_of(day), whole * 100 + cents);
	}
	fclose(f);
}

static const struct clv_options options = { .horizon = 39, .decimals = 2 };

static int setup(void **state)
{
	struct cdnow *d = mem_alloc(sizeof(*d));
	struct clv_options o = options;

	*state = d;
	o.as_of = day_of("1997-09-30");
	read_sales(&d->past);
	d->figures = json_load_file(path_to("reference/cdnow_sample.json"), 0, NULL);
	assert_non_null(d->figures);
	assert_int_equal(clv_of(&d->past.scan, &o, &d->clv), ST_OK);
	assert_int_equal(d->clv.state, CLV_FITTED);
	clv_check_of(&d->clv, &d->past.scan, &d->check);
	return 0;
}

static int teardown(void **state)
{
	struct cdnow *d = *state;

	clv_check_release(&d->check);
	clv_release(&d->clv);
	past_release(&d->past);
	json_decref(d->figures);
	free(d);
	return 0;
}

/* "bgnbd.tracking.week": what stands there. */
static json_t *at(const struct cdnow *d, const char *path)
{
	json_t *json = d->figures;
	char part[64];

	for (const char *end; *path; path = *end ? end + 1 : end) {
		end = strchr(path, '.');
		end = end ? end : path + strlen(path);
		snprintf(part, sizeof(part), "%.*s", (int)(end - path), path);
		json = json_object_get(json, part);
		if (!json)
			fail_msg("no %s among the figures", part);
	}
	return json;
}

static double number(const struct cdnow *d, const char *path)
{
	return json_number_value(at(d, path));
}

static double number_in(const struct cdnow *d, const char *path, size_t i)
{
	return json_number_value(json_array_get(at(d, path), i));
}

static void the_histories_are_the_published_ones(void **state)
{
	struct cdnow *d = *state;
	const struct histories *h = &d->clv.h;
	int32_t most = 0;

	for (size_t i = 0; i < h->n; i++)
		most = h->rows[i].x > most ? h->rows[i].x : most;
	assert_int_equal(h->n, number(d, "cbs.customers"));
	assert_int_equal(h->repeat, number(d, "cbs.repeat_customers"));
	assert_int_equal(h->repeat_visits, number(d, "cbs.sum_x"));
	assert_int_equal(h->repeat - (int64_t)h->spending_n, number(d, "cbs.x_gt0_and_mx_zero"));
	assert_int_equal(most, number(d, "cbs.max_x"));
	assert_int_equal(d->check.came, number(d, "cbs.sum_x_star"));
	assert_int_equal(d->past.scan.visit_count, number(d, "customer_days(visits)"));
	assert_int_equal(d->clv.customers, 2357);
	assert_true(h->merged_n < h->n);
}

static void bgnbd_is_fitted_as_published(void **state)
{
	struct cdnow *d = *state;
	const struct bgnbd_fit *f = &d->clv.visits;
	const double found[] = { f->m.r, f->m.alpha, f->m.a, f->m.b };
	static const char *const names[] = { "bgnbd.r", "bgnbd.alpha", "bgnbd.a", "bgnbd.b" };

	assert_int_equal(f->maximum.state, MAXIMUM_CONVERGED);
	assert_close(f->log_likelihood, number(d, "bgnbd.LL"), 1e-4);
	for (size_t i = 0; i < 4; i++) {
		assert_near(found[i], number(d, names[i]), 1e-4);
		assert_near(f->error[i], number_in(d, "bgnbd.se_r_alpha_a_b", i), 1e-3);
	}
}

static void what_is_expected_is_as_published(void **state)
{
	struct cdnow *d = *state;
	double n = (double)d->clv.customers;

	assert_near(d->clv.alive / n, number(d, "bgnbd.mean_palive"), 1e-5);
	assert_close(d->clv.expected, number(d, "bgnbd.sum_cet39"), 5e-4);
	assert_near(d->check.expected, number(d, "bgnbd.sum_cet39"), 1e-6);
	assert_int_equal(d->check.came, number(d, "bgnbd.actual_holdout_x"));
	assert_near(d->check.mean_error, number(d, "bgnbd.MAE_cet39"), 1e-5);
	assert_near(d->check.root_mean_square_error, number(d, "bgnbd.RMSE_cet39"), 1e-5);
	assert_near(d->check.correlation, number(d, "bgnbd.corr_cet39_actual"), 1e-5);
}

static void somebody_new_is_expected_to_come_as_published(void **state)
{
	struct cdnow *d = *state;
	struct bgnbd_series series;
	const char *weeks;
	json_t *visits;

	bgnbd_series_start(&series, &d->clv.visits.m, 0);
	json_object_foreach(at(d, "bgnbd.E_X(t)"), weeks, visits)
	{
		double t = strcmp(weeks, "0.142857") ? strtod(weeks, NULL) : 1 / 7.;

		assert_near(bgnbd_series_at(&series, 0, t), json_number_value(visits), 1e-5);
	}
	bgnbd_series_release(&series);
}

static void times_are_as_published(void **state)
{
	struct cdnow *d = *state;

	for (size_t i = 0; i < CLV_TIMES; i++) {
		const struct clv_times *t = &d->check.times[i];
		double n = (double)t->customers;

		assert_int_equal(t->customers, number_in(d, "bgnbd.freq_table.actual", i));
		assert_close(t->expected_customers,
				    number_in(d, "bgnbd.freq_table.expected", i), 2e-3);
		assert_int_equal(t->customers, number_in(d, "bgnbd.cond_by_freq.count", i));
		assert_close((double)t->came / n,
				    number_in(d, "bgnbd.cond_by_freq.actual", i), 1e-6);
		assert_near(t->expected / n, number_in(d, "bgnbd.cond_by_freq.expected", i), 1e-5);
	}
}

static void weeks_are_as_published(void **state)
{
	struct cdnow *d = *state;
	size_t n = json_array_size(at(d, "bgnbd.tracking.week"));

	assert_int_equal(n, 78);
	assert_int_equal(d->check.week_count, n);
	assert_int_equal(d->check.weeks[n - 1].last, day_of("1998-06-30"));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(d->check.weeks[i].came,
				 number_in(d, "bgnbd.tracking.cum_actual", i));
		assert_near(d->check.weeks[i].expected,
			    number_in(d, "bgnbd.tracking.cum_expected", i), 1e-4);
	}
}

static void gamma_gamma_is_fitted_as_published(void **state)
{
	struct cdnow *d = *state;
	const struct gamma_gamma_fit *f = &d->clv.money;
	const double found[] = { f->m.p, f->m.q, f->m.gamma };
	static const char *const names[] = { "gammagamma.p", "gammagamma.q", "gammagamma.v" };

	assert_int_equal(d->clv.spend, CLV_SPEND_FITTED);
	assert_int_equal(f->maximum.state, MAXIMUM_CONVERGED);
	assert_int_equal(d->clv.h.spending_n, number(d, "gammagamma.n"));
	assert_close(f->log_likelihood, number(d, "gammagamma.LL"), 1e-4);
	for (size_t i = 0; i < 3; i++) {
		assert_near(found[i], number(d, names[i]), 1e-4);
		assert_near(f->error[i], number_in(d, "gammagamma.se_p_q_v", i), 1e-3);
	}
	assert_near(gamma_gamma_expected(&f->m, 0, 0), number(d, "gammagamma.population_mean"),
		    1e-5);
}

static void customers_are_as_published(void **state)
{
	struct cdnow *d = *state;
	struct clv_person p;
	size_t i;
	json_t *row;

	json_array_foreach(at(d, "examples"), i, row)
	{
		int64_t id = json_integer_value(json_object_get(row, "id"));
#define SAID(name) json_number_value(json_object_get(row, name))
		assert_true(clv_person(&d->clv, id, &p));
		assert_int_equal(p.x, SAID("x"));
		assert_close(p.t_x, SAID("t_x"), 1e-8);
		assert_close(p.T, SAID("T"), 1e-8);
		assert_close(p.mean / 100, SAID("mx"), 1e-8);
		assert_near(p.alive, SAID("palive"), 1e-5);
		assert_near(p.expected, SAID("cet39"), 1e-5);
		assert_int_equal(p.average, llround(SAID("e_value") * 100));
#undef SAID
	}
}

/* Expected averages of the first ten customers, as note 025 prints them. */
static void averages_are_those_of_the_note(void **state)
{
	static const int64_t cents[] = { 2465, 1891, 3517, 3517, 3517, 7146, 1891, 3517, 2728,
					 3517 };
	struct cdnow *d = *state;
	struct clv_person p;

	for (int64_t i = 0; i < 10; i++) {
		assert_true(clv_person(&d->clv, i + 1, &p));
		assert_int_equal(p.average, cents[i]);
	}
}

/* Twelve months at one per cent: what 52 weeks are unless said otherwise. */
static void a_year_is_worth_what_was_published(void **state)
{
	struct cdnow *d = *state;
	struct clv_options o = { .as_of = day_of("1997-09-30"), .decimals = 2 };
	struct clv_person p;
	struct sheet sheet = { .columns = NULL };
	struct clv year;
	size_t i;
	json_t *row;

	assert_int_equal(clv_of(&d->past.scan, &o, &year), ST_OK);
	assert_int_equal(year.months, 12);
	assert_int_equal(llround(year.value), llround(number(d, "clv12.sum") * 100));
	json_array_foreach(at(d, "examples"), i, row)
	{
		assert_true(clv_person(&year, json_integer_value(json_object_get(row, "id")), &p));
		assert_int_equal(p.value, llround(json_number_value(
					json_object_get(row, "clv12")) * 100));
		assert_near(p.expected, json_number_value(json_object_get(row, "cet52")), 1e-5);
	}
	clv_sheet(&year, &sheet);
	assert_int_equal(sheet_rows(&sheet), 2357);
	for (i = 0; i < 10; i++) {
		const struct sheet_cell *cells = &sheet.cells[i * sheet.column_count];

		assert_int_equal(cells[0].n, number_in(d, "clv12.top10_ids", i));
		assert_int_equal(cells[sheet.column_count - 1].n,
				 llround(number_in(d, "clv12.top10", i) * 100));
	}
	assert_int_equal(sheet.cells[sheet.column_count - 1].n,
			 llround(number(d, "clv12.max") * 100));
	assert_near(year.value / 100 / 2357, number(d, "clv12.mean"), 1e-6);
	sheet_release(&sheet);
	clv_release(&year);
}

/* In days all is the same but alpha, which is seven times as large, and the
 * density of the times. */
static void days_tell_the_same_as_weeks(void **state)
{
	struct cdnow *d = *state;
	struct clv_options o = { .as_of = day_of("1997-09-30"), .unit = 1, .horizon = 273 };
	struct clv days;

	assert_int_equal(clv_of(&d->past.scan, &o, &days), ST_OK);
	assert_near(days.visits.m.alpha, 7 * number(d, "bgnbd.alpha"), 1e-4);
	assert_near(days.visits.m.b, number(d, "bgnbd.b"), 1e-4);
	assert_close(days.visits.log_likelihood,
			    number(d, "bgnbd.LL") - 2457 * log(7), 1e-4);
	assert_near(days.expected, number(d, "bgnbd.sum_cet39"), 1e-6);
	clv_release(&days);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_histories_are_the_published_ones),
		cmocka_unit_test(bgnbd_is_fitted_as_published),
		cmocka_unit_test(what_is_expected_is_as_published),
		cmocka_unit_test(somebody_new_is_expected_to_come_as_published),
		cmocka_unit_test(times_are_as_published),
		cmocka_unit_test(weeks_are_as_published),
		cmocka_unit_test(gamma_gamma_is_fitted_as_published),
		cmocka_unit_test(customers_are_as_published),
		cmocka_unit_test(averages_are_those_of_the_note),
		cmocka_unit_test(a_year_is_worth_what_was_published),
		cmocka_unit_test(days_tell_the_same_as_weeks),
	};

	if (!getenv("REGULARS_DATA")) {
		puts("1..0 # SKIP REGULARS_DATA does not say where the CDNOW sample is");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
