/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <math.h>

#include "insight/cohorts.h"
#include "insight/months.h"
#include "insight/retention.h"
#include "insight/rfm.h"

#include "tests/insight/hand.h"

/* Figures of known data against what others published of them: the CDNOW
 * sample of Fader and Hardie, and the orders that come with the R package rfm.
 * Both are read from the folder that REGULARS_DATA names, and left out where
 * there is none. */

static const char *folder;

static FILE *data_open(const char *name)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "r");
	assert_non_null(f);
	return f;
}

static void assert_close(double got, double expected)
{
	assert_true(fabs(got - expected) < 1e-9);
}

static void post(struct hand *h, struct row *rows, size_t n)
{
	rows[n] = (struct row){ .kind = ENTRY_NONE };
	hand_rows(h, rows);
}

enum { ROWS = 10000 };

/* " 00004 0001 19970101  2   29.33" */
static void post_cdnow(struct hand *h)
{
	FILE *f = data_open("cdnow/CDNOW_sample.txt");
	struct row *rows = mem_alloc(ROWS * sizeof(*rows));
	long master, id, date, units, whole, cents;
	size_t n = 0;

	while (fscanf(f, "%ld %ld %ld %ld %ld.%ld", &master, &id, &date, &units, &whole,
		      &cents) == 6)
		rows[n++] = (struct row)SALE(day_from_civil((int)(date / 10000),
							    (int)(date / 100 % 100),
							    (int)(date % 100)),
					     id, whole * 100 + cents);
	fclose(f);
	assert_int_equal(n, 6919);
	post(h, rows, n);
	free(rows);
}

static json_t *load_reference(void)
{
	FILE *f = data_open("reference/cdnow_sample.json");
	json_t *json = json_loadf(f, 0, NULL);

	fclose(f);
	assert_non_null(json);
	return json;
}

static struct scan scan_of(struct hand *h)
{
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	return s;
}

static json_int_t whole(const json_t *json, const char *name)
{
	json_t *v = json_object_get(json, name);

	assert_true(json_is_integer(v));
	return json_integer_value(v);
}

static int64_t cents(const json_t *dollars)
{
	return (int64_t)(json_number_value(dollars) * 100 + 0.5);
}

/* -- CDNOW -- */

static void assert_again(const struct retention *r, const json_t *expected)
{
	for (int i = 0; i < RETENTION_WITHIN; i++) {
		char name[40];
		json_t *of;

		snprintf(name, sizeof(name), "repeat_within_%dd", retention_within[i]);
		of = json_object_get(expected, name);
		assert_int_equal(r->again[i].whole, of ? whole(of, "eligible") : 0);
		assert_int_equal(r->again[i].part, of ? whole(of, "repeaters") : 0);
	}
}

static void assert_plain(const struct scan *s, int32_t day, const json_t *expected)
{
	struct retention_options o = { .to = day };
	json_t *gaps = json_object_get(expected, "interpurchase_days");
	struct retention r;

	assert_int_equal(retention_of(s, &o, &r), ST_OK);
	assert_int_equal(r.customers, whole(expected, "customers"));
	assert_int_equal(r.repeat_purchase.whole, whole(expected, "customers"));
	assert_int_equal(r.repeat_purchase.part, whole(expected, "repeat_customers_visits"));
	assert_int_equal(r.visits, whole(expected, "visits"));
	assert_int_equal(r.takings.revenue, cents(json_object_get(expected, "revenue")));
	assert_int_equal(r.lapsed, whole(expected, "inactive90_count"));
	assert_int_equal(r.churn.whole, whole(expected, "churn90_base"));
	assert_int_equal(r.churn.part, whole(expected, "churn90_lost"));
	assert_int_equal(r.gaps.n, whole(gaps, "n"));
	assert_true(r.gaps.median == json_number_value(json_object_get(gaps, "median")));
	assert_close((double)r.gaps.days / (double)r.gaps.n,
			   json_number_value(json_object_get(gaps, "mean")));
	assert_again(&r, expected);
}

static void retention_of_cdnow(void **state)
{
	json_t *json = load_reference(), *plain = json_object_get(json, "plain"), *expected;
	const char *date;
	struct scan s;
	int32_t day;

	post_cdnow(*state);
	s = scan_of(*state);
	assert_int_equal(json_object_size(plain), 5);
	json_object_foreach(plain, date, expected) {
		assert_int_equal(day_parse(date, &day), ST_OK);
		assert_plain(&s, day, expected);
	}
	scan_release(&s);
	json_decref(json);
}

static void assert_cohort(const struct cohorts *c, size_t i, const json_t *active,
			  const json_t *revenue)
{
	assert_int_equal(json_array_size(active), c->n);
	for (size_t k = 0; k < c->n; k++) {
		bool begun = k < cohort_months(c, i);

		assert_int_equal(begun, !json_is_null(json_array_get(active, k)));
		if (!begun)
			continue;
		assert_int_equal(c->active[cohort_cell(c, i, k)],
				 json_integer_value(json_array_get(active, k)));
		assert_int_equal(c->revenue[cohort_cell(c, i, k)],
				 cents(json_array_get(revenue, k)));
	}
}

static void cohorts_of_cdnow(void **state)
{
	json_t *json = load_reference(), *all = json_object_get(json, "cohorts");
	struct cohorts c;
	char month[DAY_TEXT];
	struct scan s;
	size_t found = 0;

	post_cdnow(*state);
	s = scan_of(*state);
	assert_int_equal(cohorts_of(&s, &(struct cohort_options){ 0 }, &c), ST_OK);
	assert_int_equal(c.n, 18);
	assert_true(c.last_whole);
	for (size_t i = 0; i < c.n; i++) {
		day_print(c.month[i], month);
		month[7] = '\0';
		assert_int_equal(c.size[i], json_integer_value(json_object_get(
				 json_object_get(all, "size"), month)));
		if (!c.size[i])
			continue;
		assert_cohort(&c, i, json_object_get(json_object_get(all, "active"), month),
			      json_object_get(json_object_get(all, "revenue"), month));
		found++;
	}
	assert_int_equal(found, 3);
	cohorts_release(&c);
	scan_release(&s);
	json_decref(json);
}

/* A month's revenue is that of all cohorts in it, for nobody is anonymous. */
static void months_of_cdnow(void **state)
{
	json_t *json = load_reference(), *cohort;
	json_t *all = json_object_get(json_object_get(json, "cohorts"), "revenue");
	int64_t expected[18] = { 0 };
	const char *month;
	struct months m;
	struct scan s;

	post_cdnow(*state);
	s = scan_of(*state);
	assert_int_equal(months_of(&s, &(struct months_options){ 0 }, &m), ST_OK);
	assert_int_equal(m.n, 18);
	json_object_foreach(all, month, cohort) {
		size_t first = (size_t)(month[6] - '1');

		for (size_t k = 0; first + k < 18; k++)
			expected[first + k] += cents(json_array_get(cohort, k));
	}
	for (size_t i = 0; i < 18; i++) {
		assert_int_equal(m.row[i].takings.revenue, expected[i]);
		assert_int_equal(m.row[i].parts.new + m.row[i].parts.returning, expected[i]);
		assert_true(m.row[i].whole);
	}
	months_release(&m);
	scan_release(&s);
	json_decref(json);
}

static void assert_cuts(const struct rfm *r, enum rfm_scale scale, const json_t *expected)
{
	double unit = scale == RFM_MONETARY ? 100 : 1;

	for (size_t i = 0; i < RFM_CUTS; i++)
		assert_close(r->cuts[scale][i] / unit,
				   json_number_value(json_array_get(expected, i)));
}

static void assert_counts(const int64_t counts[RFM_SCORES + 1], const json_t *expected)
{
	for (int i = 1; i <= RFM_SCORES; i++) {
		char score[2] = { (char)('0' + i), '\0' };

		assert_int_equal(counts[i], json_integer_value(json_object_get(expected, score)));
	}
}

static void rfm_of_cdnow(void **state)
{
	json_t *json = load_reference(), *expected = json_object_get(json, "rfm");
	struct rfm_options o = { .as_of = day_from_civil(1998, 7, 1) };
	int64_t counts[RFM_SCALES][RFM_SCORES + 1] = { { 0 } }, cells[6][6][6] = { { { 0 } } };
	int64_t different = 0;
	struct rfm r;
	struct scan s;

	post_cdnow(*state);
	s = scan_of(*state);
	assert_int_equal(rfm_of(&s, &o, &r), ST_OK);
	for (const struct rfm_row *row = r.row; row < r.row + r.n; row++) {
		counts[RFM_RECENCY][row->r]++;
		counts[RFM_FREQUENCY][row->f]++;
		counts[RFM_MONETARY][row->m]++;
		different += !cells[row->r][row->f][row->m]++;
	}
	assert_cuts(&r, RFM_RECENCY, json_object_get(expected, "q_rec"));
	assert_cuts(&r, RFM_FREQUENCY, json_object_get(expected, "q_freq"));
	assert_cuts(&r, RFM_MONETARY, json_object_get(expected, "q_mon"));
	assert_counts(counts[RFM_RECENCY], json_object_get(expected, "R_counts"));
	assert_counts(counts[RFM_FREQUENCY], json_object_get(expected, "F_counts"));
	assert_counts(counts[RFM_MONETARY], json_object_get(expected, "M_counts"));
	assert_int_equal(cells[5][5][5], whole(expected, "n555"));
	assert_int_equal(cells[1][1][1], whole(expected, "n111"));
	assert_int_equal(different, whole(expected, "n_segments"));
	rfm_release(&r);
	scan_release(&s);
	json_decref(json);
}

/* -- the package rfm -- */

struct people {
	char name[1000][64];
	size_t n;
};

static int64_t person(struct people *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->name[i], name))
			return (int64_t)i + 1;
	assert_true(p->n < 1000);
	snprintf(p->name[p->n], sizeof(p->name[0]), "%s", name);
	return (int64_t)++p->n;
}

/* "Brion Stark,2004-12-20,32,Brion,Stark,..." after a header */
static void post_orders(struct hand *h)
{
	FILE *f = data_open("rfm/rfm_data_orders.csv");
	struct row *rows = mem_alloc(ROWS * sizeof(*rows));
	struct people *people = mem_alloc(sizeof(*people));
	char line[500], name[64], date[11];
	size_t n = 0;
	int32_t day;
	long total;

	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f)) {
		assert_int_equal(sscanf(line, "%63[^,],%10[^,],%ld,", name, date, &total), 3);
		assert_int_equal(day_parse(date, &day), ST_OK);
		rows[n++] = (struct row)SALE(day, person(people, name), total * 100);
	}
	fclose(f);
	assert_int_equal(n, 4906);
	assert_int_equal(people->n, 995);
	post(h, rows, n);
	free(rows);
	free(people);
}

/* The package prints a score's upper border as the quantile and 1, which no
 * number of the score reaches. Its day of analysis is 2006-12-31. */
static void rfm_of_the_orders(void **state)
{
	struct rfm_options o = { .as_of = day_from_civil(2006, 12, 31) };
	FILE *f = data_open("reference/rfm_orders_thresholds.csv");
	double v[6];
	char line[200];
	struct rfm r;
	struct scan s;

	post_orders(*state);
	s = scan_of(*state);
	assert_int_equal(rfm_of(&s, &o, &r), ST_OK);
	assert_non_null(fgets(line, sizeof(line), f));
	for (int i = 0; i < RFM_CUTS; i++) {
		assert_int_equal(fscanf(f, "%lf,%lf,%lf,%lf,%lf,%lf", &v[0], &v[1], &v[2], &v[3],
					&v[4], &v[5]), 6);
		assert_close(r.cuts[RFM_RECENCY][i] + 1, v[1]);
		assert_close(r.cuts[RFM_FREQUENCY][i] + 1, v[3]);
		assert_close(r.cuts[RFM_MONETARY][i] / 100 + 1, v[5]);
	}
	fclose(f);
	rfm_release(&r);
	scan_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(retention_of_cdnow),
		HAND_TEST(cohorts_of_cdnow),
		HAND_TEST(months_of_cdnow),
		HAND_TEST(rfm_of_cdnow),
		HAND_TEST(rfm_of_the_orders),
	};

	folder = getenv("REGULARS_DATA");
	if (!folder || !*folder) {
		puts("1..0 # SKIP REGULARS_DATA names no folder with the data of others");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
