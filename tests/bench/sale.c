/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/counter.h"
#include "tests/bench/lite.h"
#include "tests/bench/tape.h"

/* A sale at the counter that is on the disk when the till says so: as
 * sale_add() does it; LMDB with nothing around it, putting the same bytes; and
 * SQLite keeping a book of the same content. They take turns. */

enum { CUSTOMERS = 50000, TURN = 400, ROUNDS_MOST = 25 };
enum who { OURS, BARE, ROLLBACK, WAL, CONTENDERS };

/* What they start with. Few sales a transaction leave the pages as single
 * sales do, which is what their size is told from; many take less time. */
enum { FEW = 100, MANY = 50000 };
struct book_size {
	int sales, at_once;
	double *bytes;			/* shared: of a sale, once they are in */
};

struct contest {
	const struct book_size *size;
	struct counter counter;
	struct bare *bare;
	struct lite_book *rollback, *wal;
	struct sold *sold;			/* of this turn */
	struct entry *entry;
	size_t rounds;
	double rate[CONTENDERS][ROUNDS_MOST];	/* sales a second */
	double flush[ROUNDS_MOST];		/* seconds */
	struct disk used[CONTENDERS];
	bool disk_tells;
};

static void sell(struct contest *c)
{
	struct trade_run run;

	for (int i = 0; i < TURN; i++) {
		counter_sell(&c->counter, &run);
		tape_end_unit();
		c->sold[i].seq = run.seq;
	}
}

/* Out of the time that is taken. */
static void look_up_what_was_sold(struct contest *c)
{
	for (int i = 0; i < TURN; i++) {
		bench_must(shop_entry(&c->counter.shop, c->sold[i].seq, c->entry));
		counter_sold(c->entry, &c->sold[i]);
	}
}

static void put(void *bare, const struct put *p)
{
	bare_put(bare, p);
}

static void play(struct bare *b, size_t unit)
{
	bare_begin(b);
	tape_each(unit, put, b);
	bare_commit(b);
}

static void work(struct contest *c, enum who who)
{
	for (int i = 0; i < TURN && who == BARE; i++)
		play(c->bare, (size_t)i);
	for (int i = 0; i < TURN && who == ROLLBACK; i++)
		lite_book_sell(c->rollback, &c->sold[i]);
	for (int i = 0; i < TURN && who == WAL; i++)
		lite_book_sell(c->wal, &c->sold[i]);
	if (who == OURS)
		sell(c);
}

static void turn(struct contest *c, enum who who)
{
	struct disk before, after;
	double begin;

	c->disk_tells = disk_counters(&before);
	begin = bench_seconds();
	work(c, who);
	c->rate[who][c->rounds] = TURN / (bench_seconds() - begin);
	if (!c->disk_tells || !disk_counters(&after))
		return;
	c->used[who].flushes += (after.flushes - before.flushes) / TURN;
	c->used[who].bytes += (after.bytes - before.bytes) / TURN;
}

static void play_round(struct contest *c)
{
	tape_start();
	c->flush[c->rounds] = disk_flush_seconds();
	turn(c, OURS);
	tape_stop();
	look_up_what_was_sold(c);
	turn(c, BARE);
	if (c->rollback) {
		turn(c, ROLLBACK);
		turn(c, WAL);
	}
	c->rounds++;
}

/* -- where they start from: the same sales in each -- */

static void prepare(void *arg)
{
	const struct book_size *size = arg;
	struct counter c;
	uint64_t before;

	counter_make(&c, "filled");
	counter_add_customers(&c, CUSTOMERS);
	before = store_size(c.shop.store);
	counter_fill(&c, size->sales, size->at_once);
	*size->bytes = (double)(store_size(c.shop.store) - before) / size->sales;
	counter_close(&c);
}

static void fill_lite(struct contest *c)
{
	struct lite_book *b = lite_book_open("filled.db", "OFF");

	if (!b)
		return;
	lite_book_fill(b, &c->counter);
	lite_run(lite_of(b), "VACUUM INTO 'rollback.db'; VACUUM INTO 'wal.db'");
	lite_book_close(b);
}

static void open_all(struct contest *c, struct book_size *size)
{
	bench_apart(prepare, size);
	c->size = size;
	bare_copy("filled", "ours");
	bare_copy("filled", "bare");
	counter_open(&c->counter, "ours", CUSTOMERS, 2);
	c->bare = bare_open("bare");
	fill_lite(c);
	c->rollback = lite_book_open("rollback.db", "DELETE");
	c->wal = lite_book_open("wal.db", "WAL");
	c->sold = mem_alloc(TURN * sizeof(*c->sold));
	c->entry = mem_alloc(sizeof(*c->entry));
	sync();		/* what filling left to be written is not of the sales */
}

static void close_all(struct contest *c)
{
	counter_close(&c->counter);
	bare_close(c->bare);
	if (c->rollback) {
		lite_book_close(c->rollback);
		lite_book_close(c->wal);
	}
	free(c->sold);
	free(c->entry);
	free(c);
}

/* -- what came of it -- */

static double ratio(const struct contest *c, enum who theirs)
{
	double r[ROUNDS_MOST];

	for (size_t i = 0; i < c->rounds; i++)
		r[i] = c->rate[OURS][i] / c->rate[theirs][i];
	return bench_median(r, c->rounds);
}

static void row(struct contest *c, const char *figure, enum who theirs, double target)
{
	static const char *const names[] = { "", "bare LMDB", "SQLite rollback", "SQLite WAL" };

	bench_row(&(struct bench_row){
		.figure = figure, .unit = "/s", .yardstick = names[theirs],
		.ratio = ratio(c, theirs), .ours = bench_median(c->rate[OURS], c->rounds),
		.theirs = bench_median(c->rate[theirs], c->rounds),
		.kind = target > 0 ? RATIO_AT_LEAST : NO_TARGET, .target = target });
}

static void disk_use(const struct contest *c, enum who who, const char *name)
{
	double n = (double)c->rounds;

	bench_note("%s: %.2f flushes and %.1f kB to the disk a sale", name,
		   c->used[who].flushes / n, c->used[who].bytes / n / 1000);
}

static void report(struct contest *c)
{
	char figure[64];

	snprintf(figure, sizeof(figure), "durable sale, %d sales in the book", c->size->sales);
	row(c, figure, BARE, 0.8);
	if (c->rollback) {
		row(c, "", ROLLBACK, 2);
		row(c, "", WAL, 0);
	}
	if (c->size->at_once == FEW)
		bench_row(&(struct bench_row){
			.figure = "  bytes of a counter sale, all included", .unit = "B",
			.ours = *c->size->bytes, .kind = OURS_AT_MOST, .target = 420 });
	bench_note("writing 4 KiB and flushing it takes this disk %.0f us",
		   bench_median(c->flush, c->rounds) * 1e6);
	if (!c->disk_tells)
		return;
	disk_use(c, OURS, "ours");
	disk_use(c, BARE, "bare LMDB");
	if (c->rollback) {
		disk_use(c, ROLLBACK, "SQLite rollback");
		disk_use(c, WAL, "SQLite WAL");
	}
}

static void contest(void *arg)
{
	struct contest *c = mem_alloc(sizeof(*c));
	size_t rounds;

	open_all(c, arg);
	rounds = (size_t)bench_times(c->size->at_once == FEW ? ROUNDS_MOST : 15, 8);
	while (c->rounds < rounds)
		play_round(c);
	report(c);
	close_all(c);
	bench_remove("filled");
	bench_remove("ours");
	bench_remove("bare");
	bench_remove("filled.db");
	bench_remove("rollback.db");
	bench_remove("wal.db");
}

int main(void)
{
	double *bytes = bench_shared(sizeof(*bytes));
	struct book_size small = { 100000, FEW, bytes }, large = { 1000000, MANY, bytes };

	bench_start();
	bench_note("%s; SQLite %s", bare_version(), lite_version());
	bench_apart(contest, &small);
	if (!bench_quick())
		bench_apart(contest, &large);
	return 0;
}
