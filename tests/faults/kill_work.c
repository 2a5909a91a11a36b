/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/till.h"

#include <time.h>

#include "exchange/import.h"

/* Work of many commits is killed at any instant: verify is clean, what it told
 * of is there, and the same work once more leaves the shop, to the digest of its
 * last entry, as if nobody had been killed. */

enum { SEED = 20260301, RECEIPTS = 3000, BAD_EVERY = 50, LAPSED = 500, DEALS = 60, WRITER = 0 };

struct outcome {
	int64_t entries;
	uint8_t digest[DIGEST_SIZE];
};

/* What the one that works is given. */
struct job {
	char shop[80], file[80], rejected[96];
	int to;			/* tells how far it is; -1: nobody listens */
	long told;		/* of an earlier one: so much must be there */
	bool tells_first;	/* the control: says it before it is so */
	struct till till;
	int64_t at_start;
};

struct work {
	const char *what;
	bool others;		/* somebody else has the shop open */
	void (*prepare)(struct job *job);	/* NULL: nothing */
	void (*run)(struct job *job);
	long kills_short, kills_long;
};

struct yard {
	const struct work *work;
	char base[64];
	struct job job;
	uint8_t *shop;
	size_t len;
	struct outcome *wanted;		/* shared with the children */
	int64_t longest_us;
	uint64_t seed;
	long kills, told, losses;
};

static void tell(const struct job *job, long done)
{
	if (job->to >= 0 && write(job->to, &done, sizeof(done)) != sizeof(done))
		_exit(1);
}

/* -- an import: some rows are wrong, most people come back -- */

static void write_file(struct job *job)
{
	FILE *f = fopen(job->file, "w");

	if (!f)
		die("cannot write %s", job->file);
	fprintf(f, "date,receipt,customer,name,phone,item,amount\n");
	for (int i = 0; i < RECEIPTS; i++)
		fprintf(f, "2026-02-%02d,T-%d,C%d,Person %d,98240%05d,Chai,%s\n", 1 + i % 28, i,
			i % 40, i % 40, 10000 + i % 40, i % BAD_EVERY ? "12.50" : "12.5o");
	fclose(f);
}

static bool import_told(void *arg, const struct import_progress *p)
{
	const long all = RECEIPTS - RECEIPTS / BAD_EVERY;
	struct job *job = arg;
	long done = (long)(p->rows - p->rows / BAD_EVERY - 1);

	if (job->tells_first)
		done += 900;
	tell(job, done < all ? done : all);
	return true;
}

static void import(struct job *job)
{
	struct import_options how = { .rejected = job->rejected, .step = import_told, .arg = job };
	struct import_result *result = mem_alloc(sizeof(*result));

	NEED(import_file(&job->till.shop, &job->till.by, job->file, &how, result));
	if (result->rejected != RECEIPTS / BAD_EVERY)
		die("%" PRId64 " rows were rejected", result->rejected);
	free(result);
}

/* -- what has lapsed, and sales of the past -- */

static void sell_long_ago(struct job *job)
{
	struct program brief = { .kind = PROGRAM_POINTS, .name = "Brief", .from = 1, .earn = 1,
				 .spend = 100, .validity = VALID_DAYS, .valid_for = 10 };
	struct till *t = &job->till;
	struct actor by = t->by;

	by.now -= 60 * 24 * CLOCK_HOUR;
	NEED(program_add(&t->shop, &by, &brief));
	for (int i = 0; i < LAPSED; i++) {
		struct customer *c = mem_alloc(sizeof(*c));
		struct sale s = { .amount = 5000, .source = "", .receipt = "" };
		struct trade_run run = { 0 };

		snprintf(c->name, sizeof(c->name), "Person %d", i);
		NEED(customer_add(&t->shop, &by, c, true));
		s.customer = c->id;
		by.now += CLOCK_MINUTE;
		NEED(sale_add(&t->shop, &by, &s, &run));
		free(c);
	}
}

static void sweep_lapsed(struct job *job)
{
	struct swept out;

	NEED(sweep(&job->till.shop, &job->till.by, &out));
}

/* The program is made by whoever comes first; its op makes that one. */
static void award_past(struct job *job)
{
	struct program late = { .kind = PROGRAM_POINTS, .name = "Late", .from = 1, .earn = 1,
				.spend = 100 };
	struct actor by = job->till.by;
	struct awarded out;

	by.has_op = true;
	op_from_text("the late program", by.op);
	NEED(program_add(&job->till.shop, &by, &late));
	tell(job, 1);
	NEED(program_award_past(&job->till.shop, &by, late.id, &out));
}

/* -- sales, refunds, undos, people, adjustments and closes, one after the other -- */

static enum status find_sale(struct txn *txn, void *arg)
{
	int64_t *seq = arg;
	char receipt[32];

	snprintf(receipt, sizeof(receipt), "%d-%" PRId64, WRITER, *seq);
	return sale_by_receipt(txn, receipt, seq);
}

static void give_back(struct till *t, const struct actor *by, long n, struct trade_run *run)
{
	struct refund r = { .number = "", .reason = "cold", .sale = n, .amount = 1 };

	NEED(store_read(t->shop.store, find_sale, &r.sale));
	NEED(refund_add(&t->shop, by, &r, run));
}

static void add_person(struct till *t, const struct actor *by, long n, struct trade_run *run)
{
	struct customer *c = mem_alloc(sizeof(*c));

	snprintf(c->name, sizeof(c->name), "Person %ld", n);
	NEED(customer_add(&t->shop, by, c, true));
	free(c);
	run->repeated = true;		/* it does not tell */
}

static void adjust(struct till *t, const struct actor *by, struct trade_run *run)
{
	struct adjustment a = { .customer = 1, .program = TILL_PROGRAM, .amount = 5,
				.reason = "late" };

	NEED(balance_adjust(&t->shop, by, &a, run));
}

static void close_day(struct till *t, const struct actor *by, struct trade_run *run)
{
	struct day_close c = { .day = clock_day(by->now), .takings = 10000000 };

	NEED(day_close(&t->shop, by, &c, run));
}

static void take_back(struct till *t, const struct actor *by, struct trade_run *run)
{
	NEED(undo_last(&t->shop, by, 0, run));
}

static void deal(struct job *job, long n)
{
	struct till *t = &job->till;
	struct actor by = t->by;
	struct trade_run run = { 0 };
	bool repeated;
	char op[32];

	snprintf(op, sizeof(op), "deal %ld", n);
	by.has_op = true;
	op_from_text(op, by.op);
	by.now += n / 6 * 24 * CLOCK_HOUR + n % 6 * CLOCK_MINUTE;
	switch (n % 6) {
	case 0:
	case 2:
		NEED(till_sell(t, WRITER, n, &repeated));
		run.repeated = repeated;
		break;
	case 1: give_back(t, &by, n - 1, &run); break;
	case 3: adjust(t, &by, &run); break;
	case 4:
		if (n % 4)
			add_person(t, &by, n, &run);
		else
			take_back(t, &by, &run);
		break;
	case 5: close_day(t, &by, &run); break;
	}
	if (n < job->told && !run.repeated)
		die("deal %ld was acknowledged and is lost", n);
}

static void deals(struct job *job)
{
	for (long n = 0; n < DEALS; n++) {
		deal(job, n);
		tell(job, n + 1);
	}
}

static const struct work works[] = {
	{ "an import, its till alone", false, NULL, import, 10, 500 },
	{ "an import beside another till", true, NULL, import, 10, 2000 },
	{ "a sweep of lapsed points", false, sell_long_ago, sweep_lapsed, 20, 2000 },
	{ "awards for sales of the past", false, sell_long_ago, award_past, 20, 2000 },
	{ "sales, refunds, undos, adjustments, closes", true, NULL, deals, 50, 5000 },
};
enum { WORKS = sizeof(works) / sizeof(works[0]) };

/* -- children -- */

static int prepares(void *arg)
{
	struct yard *y = arg;

	till_open(&y->job.till, y->job.shop);
	if (y->work->prepare)
		y->work->prepare(&y->job);
	till_close(&y->job.till);
	return 0;
}

static enum status look(struct txn *txn, void *arg)
{
	struct outcome *o = arg;

	o->entries = journal_last(txn, o->digest);
	return txn_status(txn);
}

static struct outcome outcome_now(struct till *t)
{
	struct outcome o = { 0 };

	NEED(store_read(t->shop.store, look, &o));
	return o;
}

static int works_on(void *arg)
{
	struct yard *y = arg;

	till_open(&y->job.till, y->job.shop);
	y->work->run(&y->job);
	*y->wanted = outcome_now(&y->job.till);
	till_close(&y->job.till);
	return 0;
}

/* The same, and its outcome is nobody's. */
static int is_killed(void *arg)
{
	struct yard *y = arg;

	till_open(&y->job.till, y->job.shop);
	y->work->run(&y->job);
	till_close(&y->job.till);
	return 0;
}

static int only_looks_on(void *arg)
{
	struct yard *y = arg;

	till_open(&y->job.till, y->job.shop);
	tell(&y->job, 0);
	while (pause())
		continue;
	return 0;
}

/* One entry at least for each that was told of. */
static int checks(void *arg)
{
	struct yard *y = arg;
	struct outcome o;

	if (y->job.tells_first)
		hush();
	till_open(&y->job.till, y->job.shop);
	check_verify(&y->job.till);
	o = outcome_now(&y->job.till);
	if (o.entries < y->job.at_start + y->job.told)
		die("%ld were acknowledged, and there are %" PRId64 " entries more", y->job.told,
		    o.entries - y->job.at_start);
	y->work->run(&y->job);
	o = outcome_now(&y->job.till);
	if (o.entries != y->wanted->entries || memcmp(o.digest, y->wanted->digest, DIGEST_SIZE))
		die("once more left another shop: %" PRId64 " entries, and should be %" PRId64,
		    o.entries, y->wanted->entries);
	check_verify(&y->job.till);
	till_close(&y->job.till);
	return 0;
}

/* -- the parent -- */

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static int read_start(void *arg)
{
	struct yard *y = arg;

	till_open(&y->job.till, y->job.shop);
	*y->wanted = outcome_now(&y->job.till);
	till_close(&y->job.till);
	return 0;
}

static void yard_open(struct yard *y, const struct work *work)
{
	memset(y, 0, sizeof(*y));
	y->work = work;
	y->seed = SEED;
	scratch_make(y->base);
	snprintf(y->job.shop, sizeof(y->job.shop), "%s/shop", y->base);
	snprintf(y->job.file, sizeof(y->job.file), "%s/till.csv", y->base);
	snprintf(y->job.rejected, sizeof(y->job.rejected), "%s/rejected.csv", y->base);
	y->job.to = -1;
	y->wanted = mmap(NULL, sizeof(*y->wanted), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(y->wanted != MAP_FAILED);
	write_file(&y->job);
	till_make(y->job.shop);
	assert_int_equal(child_run(prepares, y), 0);
	assert_int_equal(child_run(read_start, y), 0);
	y->job.at_start = y->wanted->entries;
	y->shop = data_read(y->job.shop, &y->len);
	y->longest_us = now_us();
	assert_int_equal(child_run(works_on, y), 0);
	y->longest_us = now_us() - y->longest_us;
	assert_true(y->wanted->entries > y->job.at_start);
}

static void yard_close(struct yard *y)
{
	scratch_remove(y->base);
	munmap(y->wanted, sizeof(*y->wanted));
	free(y->shop);
}

static pid_t start(struct yard *y, child_work *work, int *from)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		die("cannot make a pipe");
	y->job.to = ends[1];
	child = child_start(work, y);
	y->job.to = -1;
	*from = ends[0];
	close(ends[1]);
	return child;
}

static void kill_once(struct yard *y)
{
	int64_t life = (int64_t)(next_random(&y->seed) % (uint64_t)(y->longest_us * 11 / 10));
	struct timespec wait = { life / 1000000, life % 1000000 * 1000 };
	int from, quiet = -1;
	pid_t child, other = 0;
	long told;

	data_write(y->job.shop, y->shop, y->len);
	y->job.told = 0;
	if (y->work->others)
		other = start(y, only_looks_on, &quiet);
	if (other && read(quiet, &told, sizeof(told)) != sizeof(told))
		die("nobody looks on");
	child = start(y, is_killed, &from);
	nanosleep(&wait, NULL);
	kill(child, SIGKILL);
	y->kills += child_result(child) == 128 + SIGKILL;
	while (read(from, &told, sizeof(told)) == sizeof(told))
		y->job.told = told;
	y->told += y->job.told;
	close(from);
	y->losses += child_run(checks, y) != 0;
	if (other) {
		kill(other, SIGKILL);
		child_result(other);
		close(quiet);
	}
}

static void work_outlives_kill_9(void **state)
{
	struct yard y;

	(void)state;
	for (int i = 0; i < WORKS; i++) {
		long kills = short_or_long(works[i].kills_short, works[i].kills_long);

		yard_open(&y, &works[i]);
		while (y.kills < kills && !y.losses)
			kill_once(&y);
		printf("# it told of %ld in all\n", y.told);
		report("kill", works[i].what, y.kills, y.losses, SEED);
		assert_int_equal(y.losses, 0);
		yard_close(&y);
	}
}

static void a_batch_that_is_told_before_it_is_kept_is_seen(void **state)
{
	struct yard y;

	(void)state;
	yard_open(&y, &works[1]);
	y.job.tells_first = true;
	for (int tries = 0; tries < 500 && !y.losses; tries++)
		kill_once(&y);
	report("control", "an import that says a batch is kept before it is, killed", y.kills,
	       y.losses, SEED);
	assert_int_equal(y.losses, 1);
	yard_close(&y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_outlives_kill_9),
		cmocka_unit_test(a_batch_that_is_told_before_it_is_kept_is_seen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
