/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/filter.h"
#include "insight/scan.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* Choosing among a million customers by a filter: beside SQLite with indexes on
 * the same columns, and beside a scan of nothing but these columns in memory. */

enum { ROUNDS_MOST = 9 };

/* ?1 is today. */
static const struct question {
	const char *name, *filter, *sql;
	bool columns;			/* the packed columns can tell */
	bool scanned;			/* it asks a scan of the journal */
} questions[] = {
	{ "filter by figures", "last_visit > 60d and visits >= 3",
	  "SELECT id FROM customer WHERE visits >= 3 AND last < ?1 - 60 AND last > 0",
	  true, false },
	{ "filter by figures and a tag", "last_visit > 60d and visits >= 3 and not tag:staff",
	  "SELECT id FROM customer WHERE visits >= 3 AND last < ?1 - 60 AND last > 0"
	  " AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.customer = id AND tag.name = 'staff')",
	  true, false },
	{ "filter by visits in a window", "visits(90d) >= 2",
	  "SELECT customer FROM sale WHERE day > ?1 - 90 AND day <= ?1 GROUP BY customer"
	  " HAVING count(DISTINCT day) >= 2", false, true },
	{ "filter by what was bought", "bought(item = \"Kesar chai\", 90d) and visits >= 3",
	  "SELECT id FROM customer WHERE visits >= 3 AND id IN (SELECT customer FROM line"
	  " WHERE item = 3 AND day > ?1 - 90 AND day <= ?1)", false, false },
	{ "filter by tag alone", "tag:staff",
	  "SELECT customer FROM tag WHERE name = 'staff' AND ?1 > 0", false, false },
};
enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

struct columns {
	int32_t *visits, *last;
	bool *staff;
	size_t n;
};

struct filled {
	struct columns *columns;
	struct lite_query *sale, *line;
};

/* -- the same in memory and in SQLite -- */

static void take_sale(void *arg, const struct sold *s)
{
	struct filled *f = arg;
	struct columns *c = f->columns;

	c->visits[s->customer] += c->last[s->customer] != s->day;
	c->last[s->customer] = s->day;
	if (f->sale)
		LITE_DO(f->sale, s->customer, s->day, s->total);
	for (uint32_t i = 0; i < s->line_count && f->line; i++)
		LITE_DO(f->line, s->customer, s->day, s->lines[i].item);
}

/* One in forty is of the staff. */
static bool is_staff(int64_t id)
{
	return id % 40 == 0;
}

static enum status add_tags(struct trade *t, void *arg)
{
	struct customer *before = mem_alloc(sizeof(*before)), *after = mem_alloc(sizeof(*after));
	int64_t n = *(int64_t *)arg;
	enum status st = ST_OK;

	for (int64_t id = 40; id <= n && st == ST_OK; id += 40) {
		customer_get(t->txn, id, before);
		*after = *before;
		st = customer_add_tag(after, "staff");
		if (st == ST_OK)
			st = customer_update(t, before, after);
	}
	free(before);
	free(after);
	return st;
}

static struct lite *fill_lite(struct counter *c, struct columns *columns)
{
	struct lite *l = lite_open("filter.db", "OFF");
	struct filled f = { .columns = columns };
	struct lite_query *customer, *tag;

	if (l) {
		lite_run(l, "CREATE TABLE customer(id INTEGER PRIMARY KEY, visits INT, last INT);"
			 "CREATE TABLE tag(customer INT, name TEXT);"
			 "CREATE TABLE sale(customer INT, day INT, total INT);"
			 "CREATE TABLE line(customer INT, day INT, item INT); BEGIN");
		f.sale = lite_prepare(l, "INSERT INTO sale VALUES(?, ?, ?)");
		f.line = lite_prepare(l, "INSERT INTO line VALUES(?, ?, ?)");
	}
	counter_each(c, take_sale, &f);
	if (!l)
		return NULL;
	customer = lite_prepare(l, "INSERT INTO customer VALUES(?, ?, ?)");
	tag = lite_prepare(l, "INSERT INTO tag VALUES(?, 'staff')");
	for (int64_t id = 1; id <= c->customers; id++) {
		LITE_DO(customer, id, columns->visits[id], columns->last[id]);
		if (is_staff(id))
			LITE_DO(tag, id);
	}
	lite_run(l, "CREATE INDEX figures ON customer(visits, last);"
		 "CREATE INDEX tags ON tag(customer, name); "
		 "CREATE INDEX tagged ON tag(name, customer);"
		 "CREATE INDEX sales ON sale(day, customer);"
		 "CREATE INDEX lines ON line(item, day, customer); ANALYZE; COMMIT");
	return l;
}

/* -- measuring -- */

static double ask_ours(struct counter *c, const struct filter *f, int32_t today, size_t *n)
{
	struct people_set found;
	double begin = bench_seconds();

	bench_must(filter_run(&c->shop, f, today, &found));
	*n = found.n;
	people_release(&found);
	return (bench_seconds() - begin) * 1e3;
}

/* In parts: until somebody is found; or all, with the scan that screens have. */
static double ask_parts(struct counter *c, const struct filter *f, int32_t today,
			const struct scan *scan)
{
	struct filter_search s;
	double begin = bench_seconds(), took;

	bench_must(filter_begin(&c->shop, f, today, &s));
	if (scan)
		filter_use_scan(&s, scan);
	while (!s.whole && (scan || !s.found.n))
		bench_must(filter_step(&c->shop, &s));
	took = bench_seconds() - begin;
	filter_end(&s);
	return took * 1e3;
}

static double ask_lite(struct lite_query *q, int32_t today, size_t *n)
{
	double begin = bench_seconds();
	int64_t sum;

	lite_number(q, 1, today);
	*n = lite_read(q, &sum);
	return (bench_seconds() - begin) * 1e3;
}

static double ask_columns(const struct columns *c, bool staff, int32_t today, size_t *n)
{
	struct people_set found = { 0 };
	double begin = bench_seconds();

	for (size_t id = 1; id < c->n; id++)
		if (c->visits[id] >= 3 && c->last[id] < today - 60 && !(staff && c->staff[id]))
			people_add(&found, (int64_t)id);
	*n = found.n;
	people_release(&found);
	return (bench_seconds() - begin) * 1e3;
}

struct took {
	double ours[ROUNDS_MOST], first[ROUNDS_MOST], there[ROUNDS_MOST], lite[ROUNDS_MOST];
	double columns[ROUNDS_MOST], by_lite[ROUNDS_MOST], by_columns[ROUNDS_MOST];
};

static void say(const struct question *q, struct took *t, size_t n, bool lite)
{
	double ours = bench_median(t->ours, n);

	bench_row(&(struct bench_row){
		.figure = q->name, .unit = "ms", .ours = ours, .yardstick = lite ? "SQLite" : NULL,
		.theirs = bench_median(t->lite, n), .ratio = bench_median(t->by_lite, n),
		.kind = bench_quick() ? NO_TARGET : OURS_AT_MOST, .target = 100 });
	if (q->columns)
		bench_row(&(struct bench_row){
			.figure = "", .unit = "ms", .ours = ours, .yardstick = "packed columns",
			.theirs = bench_median(t->columns, n),
			.ratio = bench_median(t->by_columns, n) });
	if (q->scanned)
		bench_row(&(struct bench_row){
			.figure = "  with a scan that is there", .unit = "ms",
			.ours = bench_median(t->there, n),
			.kind = bench_quick() ? NO_TARGET : OURS_AT_MOST, .target = 100 });
	bench_row(&(struct bench_row){
		.figure = "  its first rows", .unit = "ms", .ours = bench_median(t->first, n) });
}

struct asking {
	struct counter *counter;
	struct lite *lite;
	struct columns columns;
	struct scan scan;
};

static void ask(struct asking *a, const struct question *q)
{
	struct counter *c = a->counter;
	const struct columns *columns = &a->columns;
	const struct scan *scan = &a->scan;
	int32_t today = clock_day(c->by.now);
	size_t rounds = (size_t)bench_times(ROUNDS_MOST, 5), n, same;
	struct lite_query *query = a->lite ? lite_prepare(a->lite, q->sql) : NULL;
	struct filter_mistake mistake;
	struct filter *f;
	struct took t = { 0 };

	bench_must(filter_parse(&c->shop, q->filter, &f, &mistake));
	for (size_t i = 0; i < rounds; i++) {
		t.ours[i] = ask_ours(c, f, today, &n);
		t.first[i] = ask_parts(c, f, today, NULL);
		if (q->scanned)
			t.there[i] = ask_parts(c, f, today, scan);
		if (query)
			t.lite[i] = ask_lite(query, today, &same);
		if (query && same != n)
			bench_fail("%s: %zu people, SQLite has %zu", q->filter, n, same);
		t.by_lite[i] = t.lite[i] / t.ours[i];
		if (q->columns)
			t.columns[i] = ask_columns(columns, strstr(q->filter, "tag"), today, &same);
		t.by_columns[i] = t.columns[i] / t.ours[i];
	}
	filter_free(f);
	say(q, &t, rounds, query != NULL);
}

static void fill(struct counter *c, int64_t n)
{
	struct trade_run tags = { .work = add_tags, .arg = &n };

	counter_make(c, "filter");
	counter_add_customers(c, n);
	counter_fill(c, n, 50000);
	bench_must(trade_run(&c->shop, &c->by, &tags));
}

int main(void)
{
	int64_t n = bench_times(1000000, 100000);
	struct counter c;
	struct asking a = { .counter = &c, .columns = { .n = (size_t)n + 1 } };

	bench_start();
	fill(&c, n);
	a.columns.visits = mem_alloc(a.columns.n * sizeof(*a.columns.visits));
	a.columns.last = mem_alloc(a.columns.n * sizeof(*a.columns.last));
	a.columns.staff = mem_alloc(a.columns.n * sizeof(*a.columns.staff));
	for (size_t id = 1; id < a.columns.n; id++)
		a.columns.staff[id] = is_staff((int64_t)id);
	a.lite = fill_lite(&c, &a.columns);
	bench_must(scan_read(c.shop.store, &a.scan));
	bench_note("%lld customers and as many sales", (long long)n);
	for (int i = 0; i < QUESTIONS; i++)
		ask(&a, &questions[i]);
	if (a.lite)
		lite_close(a.lite);
	scan_release(&a.scan);
	free(a.columns.visits);
	free(a.columns.last);
	free(a.columns.staff);
	counter_close(&c);
	return 0;
}
