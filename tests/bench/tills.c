/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"

/* Four tills that sell as fast as they can into one shop: do all get their
 * turn, and how long does the unluckiest sale wait? Ours and SQLite (WAL,
 * FULL) take turns. */

enum { TILLS = 4, CUSTOMERS = 50000, SALES = 100000, ROUNDS_MOST = 6 };

struct till {
	long sales;
	double longest;		/* seconds one sale took */
};

/* Shared with the tills. */
struct round {
	double begin, end;
	struct till till[TILLS];
};

struct result {
	double rate[ROUNDS_MOST], longest[ROUNDS_MOST], least_share[ROUNDS_MOST];
};

typedef void till_work(int number, struct round *r);

static void count(struct till *t, double began)
{
	double took = bench_seconds() - began;

	t->sales++;
	if (took > t->longest)
		t->longest = took;
}

static void wait_for(double when)
{
	while (bench_seconds() < when)
		usleep(100);
}

static void sell_in_ours(int number, struct round *r)
{
	struct counter c;
	struct trade_run run;
	double now;

	counter_open(&c, "shop", CUSTOMERS, (uint64_t)number + 10);
	wait_for(r->begin);
	while ((now = bench_seconds()) < r->end) {
		counter_sell(&c, &run);
		count(&r->till[number], now);
	}
	counter_close(&c);
}

/* A sale like ours: two lines, points and a stamp. Numbers are of the till. */
static void ask(struct sold *s, struct dice *dice, int number, long n)
{
	*s = (struct sold){
		.seq = (int64_t)number << 40 | n, .occurred = n, .total = 5000, .day = 20000,
		.customer = 1 + dice_below(dice, CUSTOMERS), .line_count = 2, .tender_count = 1,
		.posting_count = 2, .lines = { { 1, 1000, 2500 }, { 6, 1000, 2500 } },
		.tenders = { { TENDER_CASH, 5000 } },
		.postings = { { .unit = 5, .amount = 1 }, { .unit = 9, .amount = 10 } } };
	memcpy(s->op, &s->seq, sizeof(s->seq));
}

static void sell_in_lite(int number, struct round *r)
{
	struct lite_book *b = lite_book_open("book.db", "WAL");
	struct dice dice = { (uint64_t)number + 10 };
	struct sold s;
	double now;

	wait_for(r->begin);
	while ((now = bench_seconds()) < r->end) {
		ask(&s, &dice, number, (long)(now * 1e6));
		lite_book_sell(b, &s);
		count(&r->till[number], now);
	}
	lite_book_close(b);
}

/* -- one round: four processes for some seconds -- */

static void start_tills(struct round *r, till_work *work)
{
	fflush(stdout);
	for (int i = 0; i < TILLS; i++) {
		pid_t pid = fork();

		if (pid < 0)
			bench_fail("cannot start a process: %s", strerror(errno));
		if (!pid) {
			work(i, r);
			exit(0);
		}
	}
	for (int i = 0; i < TILLS; i++) {
		int status;

		if (wait(&status) < 0 || status)
			exit(1);
	}
}

static void play(struct round *r, till_work *work, struct result *out, int n)
{
	double seconds = bench_times(4, 2), least = 1e9, most = 0, sum = 0;

	*r = (struct round){ .begin = bench_seconds() + 0.3 };
	r->end = r->begin + seconds;
	start_tills(r, work);
	for (int i = 0; i < TILLS; i++) {
		double sales = (double)r->till[i].sales;

		sum += sales;
		least = sales < least ? sales : least;
		most = sales > most ? sales : most;
		if (r->till[i].longest > out->longest[n])
			out->longest[n] = r->till[i].longest;
	}
	out->rate[n] = sum / seconds;
	out->least_share[n] = least / most;
}

/* -- the table -- */

static void rows(struct result *ours, struct result *lite, size_t n, bool with_lite)
{
	const char *yardstick = with_lite ? "SQLite WAL" : NULL;
	double shorter[ROUNDS_MOST], rate[ROUNDS_MOST];

	for (size_t i = 0; i < n && with_lite; i++) {
		shorter[i] = lite->longest[i] / ours->longest[i];
		rate[i] = ours->rate[i] / lite->rate[i];
	}
	bench_row(&(struct bench_row){
		.figure = "four tills at once, sales together", .unit = "/s",
		.ratio = with_lite ? bench_median(rate, n) : 0,
		.ours = bench_median(ours->rate, n), .yardstick = yardstick,
		.theirs = bench_median(lite->rate, n) });
	bench_row(&(struct bench_row){
		.figure = "  the longest a sale waited", .unit = "ms",
		.ratio = with_lite ? bench_median(shorter, n) : 0, .target = 20,
		.kind = with_lite ? RATIO_AT_LEAST : NO_TARGET,
		.ours = bench_median(ours->longest, n) * 1e3, .yardstick = yardstick,
		.theirs = bench_median(lite->longest, n) * 1e3 });
	bench_row(&(struct bench_row){
		.figure = "  the slowest till behind the quickest", .unit = "%",
		.ours = 100 - 100 * bench_median(ours->least_share, n), .yardstick = yardstick,
		.theirs = 100 - 100 * bench_median(lite->least_share, n),
		.kind = OURS_AT_MOST, .target = 10 });
}

static void prepare(void *arg)
{
	struct counter c;
	struct lite_book *b = lite_book_open("book.db", "WAL");

	counter_make(&c, "shop");
	counter_add_customers(&c, CUSTOMERS);
	counter_fill(&c, SALES, 20000);
	if (b) {
		*(bool *)arg = true;
		lite_book_fill(b, &c);
		lite_book_close(b);
	}
	counter_close(&c);
}

int main(void)
{
	static struct result ours, lite;
	struct round *r;
	bool *with_lite;
	int rounds;

	bench_start();
	r = bench_shared(sizeof(*r));
	with_lite = bench_shared(sizeof(*with_lite));
	bench_apart(prepare, with_lite);
	sync();
	rounds = bench_times(ROUNDS_MOST, 2);
	for (int i = 0; i < rounds; i++) {
		play(r, sell_in_ours, &ours, i);
		if (*with_lite)
			play(r, sell_in_lite, &lite, i);
	}
	rows(&ours, &lite, (size_t)rounds, *with_lite);
	return 0;
}
