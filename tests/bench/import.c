/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "exchange/import.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* A till's sales from a file in the generic form into a shop with a stamp card
 * and points in force, beside SQLite, which is given the same columns after
 * they were read, and makes an index by customer and one by receipt at the end.
 * A customer comes twenty times. */

enum { COMES = 20, ROUNDS_MOST = 5 };

struct rung_up {
	int64_t occurred, customer, item, amount, tender;
	char receipt[24];
};

static void ring_up(int64_t i, int64_t sales, struct rung_up *r)
{
	struct dice d = { (uint64_t)i };

	r->occurred = clock_day_start(day_from_civil(2024, 1, 1)) + i * CLOCK_MINUTE;
	r->customer = 1 + dice_below(&d, (int)(sales / COMES));
	r->item = dice_below(&d, DEMO_ITEMS);
	r->amount = demo_items[r->item].price;
	r->tender = dice_chance(&d, 70) ? TENDER_CASH : TENDER_CARD;
	snprintf(r->receipt, sizeof(r->receipt), "R-%lld", (long long)(1000 + i));
}

static void write_file(const char *path, int64_t sales)
{
	struct customer *c = mem_alloc(sizeof(*c));
	FILE *f = fopen(path, "w");
	struct rung_up r;
	char when[INSTANT_TEXT];

	if (!f)
		bench_fail("cannot write %s", path);
	fputs("date,receipt,customer,name,phone,item,sku,category,quantity,amount,tender\n", f);
	for (int64_t i = 0; i < sales; i++) {
		const struct item *item;

		ring_up(i, sales, &r);
		item = &demo_items[r.item];
		counter_person(r.customer, c);
		instant_print(r.occurred, when);
		fprintf(f, "%s,%s,%s,%s,%s,%s,%s,%s,1,%lld.%02lld,%s\n", when, r.receipt, c->code,
			c->name, c->phones[0].text, item->name, item->code, item->category,
			(long long)r.amount / 100, (long long)r.amount % 100,
			r.tender == TENDER_CASH ? "cash" : "card");
	}
	if (fclose(f))
		bench_fail("cannot write %s", path);
	free(c);
}

/* -- ours -- */

/* Told by the process that imported. */
struct told {
	double seconds, lite_seconds;
	double grown;			/* bytes of the store */
	struct bench_memory memory;
};

struct task {
	int64_t sales;
	struct told *told;		/* shared */
};

static void import(void *arg)
{
	const struct task *task = arg;
	struct counter c;
	struct import_options how = { 0 };
	struct import_result *result = mem_alloc(sizeof(*result));
	double begin;
	uint64_t before;

	counter_make(&c, "shop");
	before = store_size(c.shop.store);
	c.by.now = clock_day_start(day_from_civil(2027, 1, 1));
	begin = bench_seconds();
	bench_must(import_file(&c.shop, &c.by, "sales.csv", &how, result));
	task->told->seconds = bench_seconds() - begin;
	if (result->sales != task->sales || result->rejected)
		bench_fail("%lld sales were imported, %lld rows rejected",
			   (long long)result->sales, (long long)result->rejected);
	task->told->grown = (double)(store_size(c.shop.store) - before);
	free(result);
	counter_close(&c);
}

/* -- SQLite -- */

static struct customer *everybody(int64_t n)
{
	struct customer *c = mem_alloc((size_t)(n + 1) * sizeof(*c));

	for (int64_t id = 1; id <= n; id++)
		counter_person(id, &c[id]);
	return c;
}

static void insert_row(struct lite_query *q, const struct rung_up *r, const struct customer *c)
{
	const struct item *item = &demo_items[r->item];

	lite_text(q, 4, r->receipt);
	lite_text(q, 5, c->code);
	lite_text(q, 6, c->name);
	lite_text(q, 7, c->phones[0].text);
	lite_text(q, 8, item->name);
	lite_text(q, 9, item->code);
	lite_text(q, 10, item->category);
	lite_text(q, 11, r->tender == TENDER_CASH ? "cash" : "card");
	LITE_DO(q, r->occurred, 1000, r->amount);
}

static void insert_all(struct lite *l, const struct rung_up *rows, int64_t n,
		       const struct customer *people)
{
	struct lite_query *q;

	lite_run(l, "CREATE TABLE sale(occurred INT, quantity INT, amount INT, receipt TEXT,"
		 " customer TEXT, name TEXT, phone TEXT, item TEXT, sku TEXT, category TEXT,"
		 " tender TEXT); BEGIN");
	q = lite_prepare(l, "INSERT INTO sale VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	for (int64_t i = 0; i < n; i++)
		insert_row(q, &rows[i], &people[rows[i].customer]);
	lite_run(l, "CREATE INDEX timeline ON sale(customer, occurred);"
		 "CREATE UNIQUE INDEX receipt ON sale(receipt); COMMIT");
}

static void insert(void *arg)
{
	const struct task *task = arg;
	struct rung_up *rows = mem_alloc((size_t)task->sales * sizeof(*rows));
	struct customer *people = everybody(task->sales / COMES);
	struct lite *l = lite_open("sales.db", "DELETE");
	double begin;

	for (int64_t i = 0; i < task->sales; i++)
		ring_up(i, task->sales, &rows[i]);
	begin = bench_seconds();
	if (l) {
		insert_all(l, rows, task->sales, people);
		lite_close(l);
		task->told->lite_seconds = bench_seconds() - begin;
	}
	free(rows);
	free(people);
}

/* -- the table -- */

static void time_rows(int64_t sales, const struct told *rounds, size_t n)
{
	double seconds[ROUNDS_MOST], lite[ROUNDS_MOST], ratio[ROUNDS_MOST];
	bool all = sales == 1000000;
	char figure[64];

	for (size_t i = 0; i < n; i++) {
		seconds[i] = rounds[i].seconds;
		lite[i] = rounds[i].lite_seconds;
		ratio[i] = rounds[i].lite_seconds / rounds[i].seconds;
	}
	snprintf(figure, sizeof(figure), "import of %lld sales", (long long)sales);
	bench_row(&(struct bench_row){
		.figure = figure, .unit = "s", .ours = bench_median(seconds, n),
		.kind = all ? OURS_AT_MOST : NO_TARGET, .target = 4 });
	if (lite[0] > 0)
		bench_row(&(struct bench_row){
			.figure = "", .unit = "s", .ours = bench_median(seconds, n),
			.yardstick = "SQLite, rows alone", .theirs = bench_median(lite, n),
			.ratio = bench_median(ratio, n),
			.kind = all ? RATIO_AT_LEAST : NO_TARGET, .target = 1 });
}

static void size_rows(int64_t sales, const struct told *rounds, size_t n)
{
	double own[ROUNDS_MOST], resident[ROUNDS_MOST];

	for (size_t i = 0; i < n; i++) {
		own[i] = rounds[i].memory.own / 1e6;
		resident[i] = rounds[i].memory.resident / 1e6;
	}
	bench_row(&(struct bench_row){
		.figure = "  memory of its own at the most", .unit = "MB",
		.ours = bench_median(own, n), .kind = OURS_AT_MOST, .target = 150 });
	bench_row(&(struct bench_row){
		.figure = "  bytes of an imported sale, all included", .unit = "B",
		.ours = rounds[0].grown / (double)sales, .kind = OURS_AT_MOST, .target = 330 });
	bench_note("%.0f MB were resident with the pages of the store, which the system "
		   "can take back", bench_median(resident, n));
}

static void measure(struct told *told, int64_t sales, int times)
{
	struct told rounds[ROUNDS_MOST];
	struct bench_memory memory;
	struct task task = { sales, told };

	write_file("sales.csv", sales);
	for (int i = 0; i < times; i++) {
		*told = (struct told){ 0 };
		bench_apart_watched(import, &task, &memory);
		bench_apart(insert, &task);
		rounds[i] = *told;
		rounds[i].memory = memory;
		bench_remove("shop");
		bench_remove("sales.db");
	}
	time_rows(sales, rounds, (size_t)times);
	size_rows(sales, rounds, (size_t)times);
}

int main(void)
{
	struct told *told = bench_shared(sizeof(*told));

	bench_start();
	bench_must(clock_set_zone("Asia/Kolkata"));
	measure(told, 10000, bench_times(5, 3));
	measure(told, 100000, bench_times(5, 3));
	if (!bench_quick())
		measure(told, 1000000, 3);
	return 0;
}
