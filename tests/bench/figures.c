/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/clock.h"
#include "insight/retention.h"
#include "shop/verify.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* The standard figures over a shop's whole history in one scan of the journal,
 * beside SQLite with indexes that cover the questions; and proving that history. */

enum { CUSTOMERS = 50000, ROUNDS_MOST = 9 };

/* Like retention_read() over the last year: takings; who came twice; who of
 * the earlier ones came again; who fell silent in the last ninety days. */
static const char *const questions[] = {
	"SELECT count(*), sum(total) FROM sale WHERE day BETWEEN ?1 - 364 AND ?1",
	"SELECT count(*), sum(n > 1) FROM (SELECT count(DISTINCT day) n FROM sale"
	" WHERE day BETWEEN ?1 - 364 AND ?1 GROUP BY customer)",
	"SELECT count(*), sum(last >= ?1 - 364) FROM (SELECT min(day) first, max(day) last"
	" FROM sale GROUP BY customer) WHERE first < ?1 - 364",
	"SELECT count(*), sum(last <= ?1 - 90) FROM (SELECT max(day) last FROM sale"
	" WHERE day > ?1 - 180 GROUP BY customer HAVING min(day) <= ?1 - 90)",
};
enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

static void insert(void *arg, const struct sold *s)
{
	LITE_DO(arg, s->customer, s->day, s->total);
}

static struct lite *fill_lite(struct counter *c)
{
	struct lite *l = lite_open("figures.db", "OFF");

	if (!l)
		return NULL;
	lite_run(l, "CREATE TABLE sale(customer INT, day INT, total INT); BEGIN");
	counter_each(c, insert, lite_prepare(l, "INSERT INTO sale VALUES(?, ?, ?)"));
	lite_run(l, "CREATE INDEX by_customer ON sale(customer, day);"
		 "CREATE INDEX by_day ON sale(day, total); ANALYZE; COMMIT");
	return l;
}

static double ask_ours(struct counter *c, int32_t day)
{
	struct retention_options year = { .from = day - 364, .to = day };
	struct retention r;
	double begin = bench_seconds();

	bench_must(retention_read(c->shop.store, &year, &r));
	return (bench_seconds() - begin) * 1e3;
}

static double ask_lite(struct lite_query *q[QUESTIONS], int32_t day)
{
	double begin = bench_seconds();
	int64_t sum;

	for (int i = 0; i < QUESTIONS; i++) {
		lite_number(q[i], 1, day);
		lite_read(q[i], &sum);
	}
	return (bench_seconds() - begin) * 1e3;
}

static void figures(struct counter *c, struct lite *l, int32_t day)
{
	double ours[ROUNDS_MOST], lite[ROUNDS_MOST] = { 0 }, ratio[ROUNDS_MOST];
	struct lite_query *q[QUESTIONS] = { NULL };
	size_t n = (size_t)bench_times(ROUNDS_MOST, 5);

	for (int i = 0; i < QUESTIONS && l; i++)
		q[i] = lite_prepare(l, questions[i]);
	for (size_t i = 0; i < n; i++) {
		ours[i] = ask_ours(c, day);
		if (l)
			lite[i] = ask_lite(q, day);
		ratio[i] = lite[i] / ours[i];
	}
	bench_row(&(struct bench_row){
		.figure = "  the four figures of a year", .unit = "ms",
		.ours = bench_median(ours, n), .yardstick = l ? "SQLite" : NULL,
		.theirs = bench_median(lite, n), .ratio = bench_median(ratio, n) });
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
	struct counter c;
	struct lite *l;

	counter_make(&c, "figures");
	counter_add_customers(&c, CUSTOMERS);
	counter_fill(&c, sales, 50000);
	l = fill_lite(&c);
	bench_note("a history of %d sales and %d customers", sales, CUSTOMERS);
	figures(&c, l, clock_day(c.by.now));
	verify(&c);
	if (l)
		lite_close(l);
	counter_close(&c);
	bench_remove("figures");
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
