/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/clock.h"
#include "insight/cohorts.h"
#include "insight/months.h"
#include "insight/retention.h"
#include "insight/rfm.h"
#include "shop/verify.h"
#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* The standard figures over a shop's whole history in one scan of the journal,
 * beside SQLite with indexes that cover the questions and beside LMDB's bare pass
 * over the same rows; and proving that history. */

enum { CUSTOMERS = 50000, ROUNDS_MOST = 9 };

/* Whatever takes turns: ours, and what stands beside it. */
struct rival {
	struct counter *counter;
	struct lite_query *query[4];	/* QUESTIONS of them */
	struct bare *bare;
	int32_t day;			/* that the questions ask from; 0: they do not */
};

/* Like retention_read() over the last year: takings; who came twice; who of
 * the earlier ones came again; who fell silent in the last ninety days. */
static const char *const year_questions[] = {
	"SELECT count(*), sum(total) FROM sale WHERE day BETWEEN ?1 - 364 AND ?1",
	"SELECT count(*), sum(n > 1) FROM (SELECT count(DISTINCT day) n FROM sale"
	" WHERE day BETWEEN ?1 - 364 AND ?1 GROUP BY customer)",
	"SELECT count(*), sum(last >= ?1 - 364) FROM (SELECT min(day) first, max(day) last"
	" FROM sale GROUP BY customer) WHERE first < ?1 - 364",
	"SELECT count(*), sum(last <= ?1 - 90) FROM (SELECT max(day) last FROM sale"
	" WHERE day > ?1 - 180 GROUP BY customer HAVING min(day) <= ?1 - 90)",
};

/* Of all days: revenue by month, the repeat rate, cohorts, and R, F and M in
 * fifths. The month stands in the table, which spares SQLite the calendar. */
static const char *const whole_questions[] = {
	"SELECT month, count(*), sum(total) FROM sale GROUP BY month",
	"SELECT count(*), sum(n > 1) FROM (SELECT count(DISTINCT day) n FROM sale"
	" GROUP BY customer)",
	"SELECT first, month - first, count(DISTINCT customer), sum(total) FROM sale JOIN"
	" (SELECT customer AS c, min(month) AS first FROM sale GROUP BY customer)"
	" ON customer = c GROUP BY 1, 2",
	"SELECT ntile(5) OVER (ORDER BY r), ntile(5) OVER (ORDER BY f), ntile(5) OVER"
	" (ORDER BY m) FROM (SELECT max(day) r, count(DISTINCT day) f, sum(total) m"
	" FROM sale GROUP BY customer)",
};
enum { QUESTIONS = 4 };

static void insert(void *arg, const struct sold *s)
{
	int year, month, date;

	day_to_civil(s->day, &year, &month, &date);
	LITE_DO(arg, s->customer, s->day, year * 12 + month, s->total);
}

static struct lite *fill_lite(struct counter *c)
{
	struct lite *l = lite_open("figures.db", "OFF");

	if (!l)
		return NULL;
	lite_run(l, "CREATE TABLE sale(customer INT, day INT, month INT, total INT); BEGIN");
	counter_each(c, insert, lite_prepare(l, "INSERT INTO sale VALUES(?, ?, ?, ?)"));
	lite_run(l, "CREATE INDEX by_customer ON sale(customer, day, month, total);"
		 "CREATE INDEX by_month ON sale(month, total);"
		 "CREATE INDEX by_day ON sale(day, total); ANALYZE; COMMIT");
	return l;
}

/* -- turns, in milliseconds -- */

static double ask_year(struct rival *r)
{
	struct retention_options year = { .from = r->day - 364, .to = r->day };
	struct retention retention;
	double begin = bench_seconds();

	bench_must(retention_read(r->counter->shop.store, &year, &retention));
	return (bench_seconds() - begin) * 1e3;
}

static double ask_whole(struct rival *r)
{
	double begin = bench_seconds();
	struct retention retention;
	struct cohorts cohorts;
	struct months months;
	struct scan s;
	struct rfm rfm;

	bench_must(scan_read(r->counter->shop.store, &s));
	bench_must(months_of(&s, &(struct months_options){ 0 }, &months));
	bench_must(retention_of(&s, &(struct retention_options){ 0 }, &retention));
	bench_must(cohorts_of(&s, &(struct cohort_options){ 0 }, &cohorts));
	bench_must(rfm_of(&s, &(struct rfm_options){ 0 }, &rfm));
	months_release(&months);
	cohorts_release(&cohorts);
	rfm_release(&rfm);
	scan_release(&s);
	return (bench_seconds() - begin) * 1e3;
}

static double ask_lite(struct rival *r)
{
	double begin = bench_seconds();
	int64_t sum;

	for (int i = 0; i < QUESTIONS; i++) {
		if (r->day)
			lite_number(r->query[i], 1, r->day);
		lite_read(r->query[i], &sum);
	}
	return (bench_seconds() - begin) * 1e3;
}

static double pass_bare(struct rival *r)
{
	double begin = bench_seconds();

	bare_pass(r->bare, TABLE_JOURNAL);
	return (bench_seconds() - begin) * 1e3;
}

/* Takes the ratio of each round; leaves figure, target and yardstick alone. */
static void take_turns(struct bench_row *row, struct rival *r, double (*ours)(struct rival *),
		       double (*theirs)(struct rival *))
{
	double a[ROUNDS_MOST], b[ROUNDS_MOST], ratio[ROUNDS_MOST];
	size_t n = (size_t)bench_times(ROUNDS_MOST, 5);

	for (size_t i = 0; i < n; i++) {
		a[i] = ours(r);
		b[i] = theirs(r);
		ratio[i] = b[i] / a[i];
	}
	row->unit = "ms";
	row->ours = bench_median(a, n);
	row->theirs = bench_median(b, n);
	row->ratio = bench_median(ratio, n);
	bench_row(row);
}

static void beside_lite(struct counter *c, struct lite *l, int32_t day, bool large)
{
	struct bench_row row = { .figure = "  months, repeat rate, cohorts, RFM of all",
				 .yardstick = "SQLite, index covers",
				 .kind = large ? RATIO_AT_LEAST : NO_TARGET, .target = 10 };
	struct rival year = { .counter = c, .day = day }, whole = { .counter = c };

	if (!l) {
		bench_note("SQLite is not in this build: its rows are left out");
		return;
	}
	for (int i = 0; i < QUESTIONS; i++) {
		year.query[i] = lite_prepare(l, year_questions[i]);
		whole.query[i] = lite_prepare(l, whole_questions[i]);
	}
	take_turns(&(struct bench_row){ .figure = "  the four figures of a year",
					.yardstick = "SQLite" }, &year, ask_year, ask_lite);
	take_turns(&row, &whole, ask_whole, ask_lite);
}

/* On a copy, for nobody opens one store twice; its pages stand in order. */
static void beside_bare(struct counter *c, bool large)
{
	struct rival r = { .counter = c, .bare = bare_open("figures-copy") };
	struct bench_row row = { .figure = "  the same beside a bare pass",
				 .yardstick = "LMDB's rows, bare",
				 .kind = large ? OURS_AT_MOST : NO_TARGET, .target = 60 };

	take_turns(&row, &r, ask_whole, pass_bare);
	bare_close(r.bare);
}

/* -- reading in parts, as the screens do -- */

static void in_parts(struct counter *c)
{
	struct scan s = { 0 };
	double slowest = 0, took, begin;
	int parts = 0;

	while (!s.whole) {
		begin = bench_seconds();
		bench_must(scan_update(c->shop.store, &s));
		took = (bench_seconds() - begin) * 1e3;
		slowest = took > slowest ? took : slowest;
		parts++;
	}
	bench_row(&(struct bench_row){ .figure = "  slowest part of reading for screens",
				       .unit = "ms", .ours = slowest });
	counter_fill(c, 1, 1);
	begin = bench_seconds();
	bench_must(scan_update(c->shop.store, &s));
	bench_row(&(struct bench_row){ .figure = "  and after one more sale", .unit = "ms",
				       .ours = (bench_seconds() - begin) * 1e3 });
	bench_note("%d parts", parts);
	scan_release(&s);
}

/* -- verify -- */

static void tell(void *arg, const char *sentence)
{
	(void)arg;
	bench_note("%s", sentence);
}

static void verify(struct counter *c)
{
	struct verify_watch watch = { .fault = tell };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result r;
	double begin = bench_seconds(), took;

	bench_must(shop_verify(&c->shop, &ask, &r));
	took = bench_seconds() - begin;
	if (r.faults)
		bench_fail("verify found %llu faults", (unsigned long long)r.faults);
	bench_row(&(struct bench_row){
		.figure = "  entries that verify proves", .unit = "/s",
		.ours = (double)r.entries / took });
	bench_note("%lld entries, %llu rows in %.2f s", (long long)r.entries,
		   (unsigned long long)r.rows, took);
}

static void measure(void *arg)
{
	int sales = *(const int *)arg;
	bool large = sales >= 1000000;
	struct counter c;
	struct lite *l;
	int32_t day;

	counter_make(&c, "figures");
	counter_add_customers(&c, CUSTOMERS);
	counter_fill(&c, sales, 50000);
	day = clock_day(c.by.now);
	counter_close(&c);
	bare_copy("figures", "figures-copy");
	counter_open(&c, "figures", CUSTOMERS, 2);
	l = fill_lite(&c);
	bench_note("a history of %d sales and %d customers", sales, CUSTOMERS);
	beside_lite(&c, l, day, large);
	beside_bare(&c, large);
	in_parts(&c);
	verify(&c);
	if (l)
		lite_close(l);
	counter_close(&c);
	bench_remove("figures");
	bench_remove("figures-copy");
	bench_remove("figures.db");
}

int main(void)
{
	int sales[] = { 10000, 100000, 1000000 };

	bench_start();
	for (int i = 0; i < bench_times(3, 2); i++)
		bench_apart(measure, &sales[i]);
	return 0;
}
