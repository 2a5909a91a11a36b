/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/behind.h"

/* Each call of the system that opening a shop, a sale and a refund make fails
 * once, or from then on: whatever was told must be true. The parent looks at
 * the shop while the one that dealt still has it open, then lets it mend what
 * went wrong. */

enum { WRITER = 0 };

enum step { STEP_OPEN, STEP_SALE, STEP_REFUND, STEPS,
	    STEP_FAULTS_OVER = STEPS,	/* status: was the fault met? */
	    STEP_MENDED };
static const char *const step_names[] = { "opening", "the sale", "the refund" };

/* -- the deal -- */

struct deal {
	const char *dir;
	int64_t sale;		/* the one that is given back */
	bool lies;		/* the control: all went well */
	int to;
	struct till till;
	enum status st[STEPS];
};

static void tell_step(struct deal *d, enum step step, enum status st)
{
	d->st[step] = st;
	tell(d->to, step, d->lies ? ST_OK : st, st == ST_OK ? "" : status_text());
}

static enum status give_back(struct till *t, int64_t sale, bool *repeated)
{
	struct refund r = { .sale = sale, .number = "", .reason = "" };
	struct actor by = t->by;
	struct trade_run run = { 0 };
	enum status st;

	by.has_op = true;
	by.now += CLOCK_HOUR;
	op_from_text("the refund", by.op);
	st = refund_add(&t->shop, &by, &r, &run);
	*repeated = run.repeated;
	return st;
}

/* One sale and one refund, each with its operation id. */
static enum status do_step(struct till *t, enum step step, int64_t sale, bool *repeated)
{
	return step == STEP_SALE ? till_sell(t, WRITER, 1, repeated) :
	       give_back(t, sale, repeated);
}

static void do_all(struct deal *d)
{
	bool repeated;

	tell_step(d, STEP_OPEN, shop_open(d->dir, &d->till.shop));
	for (enum step step = STEP_SALE; step < STEPS && d->st[STEP_OPEN] == ST_OK; step++)
		tell_step(d, step, do_step(&d->till, step, d->sale, &repeated));
}

/* Without the fault: what was refused for want of room can be done at once,
 * what broke the store after opening it again. */
static void mend(struct deal *d)
{
	bool repeated, again = d->st[STEP_OPEN] != ST_OK;

	for (enum step step = STEP_SALE; step < STEPS; step++)
		again |= d->st[step] != ST_OK && d->st[step] != ST_FULL;
	if (again) {
		shop_close(&d->till.shop);
		NEED(shop_open(d->dir, &d->till.shop));
	}
	for (enum step step = STEP_SALE; step < STEPS; step++)
		if (d->st[step] != ST_OK || d->st[STEP_OPEN] != ST_OK)
			NEED(do_step(&d->till, step, d->sale, &repeated));
	shop_close(&d->till.shop);
}

/* deal|lie DIR SALE CALL HOW NTH ERROR TO FROM */
static int deal(char **argv)
{
	struct deal d = { .dir = argv[2], .sale = atoll(argv[3]), .to = atoi(argv[8]),
			  .lies = !strcmp(argv[1], "lie") };
	struct shim_fault fault = read_fault(argv + 4);
	bool met;
	char byte;

	till_start(&d.till);
	SHIM(shim_arm)(&fault);
	do_all(&d);
	SHIM(shim_count)(&met);
	SHIM(shim_arm)(NULL);
	tell(d.to, STEP_FAULTS_OVER, met, "");
	if (read(atoi(argv[9]), &byte, 1) != 1)
		return 1;
	mend(&d);
	tell(d.to, STEP_MENDED, ST_OK, "");
	return 0;
}

/* -- the parent -- */

struct run {
	char base[64], dir[80];
	uint8_t *shop;			/* data.mdb before each deal */
	size_t shop_len;
	int64_t sale;
	struct told told[STEP_MENDED + 1];
	bool heard[STEP_MENDED + 1];
	long faults, refused, unknown, unknown_kept, ended;
};

static int make_first_sale(void *arg)
{
	struct till t;
	bool repeated;

	till_open(&t, arg);
	NEED(till_sell(&t, WRITER, 0, &repeated));
	till_close(&t);
	return 0;
}

static enum status find_last(struct txn *txn, void *arg)
{
	uint8_t digest[DIGEST_SIZE];

	*(int64_t *)arg = journal_last(txn, digest);
	return txn_status(txn);
}

static int setup(void **state)
{
	struct run *r = mem_alloc(sizeof(*r));
	struct till t;

	signal(SIGPIPE, SIG_IGN);
	scratch_make(r->base);
	snprintf(r->dir, sizeof(r->dir), "%s/shop", r->base);
	till_make(r->dir);
	assert_int_equal(child_run(make_first_sale, r->dir), 0);
	till_open(&t, r->dir);
	NEED(store_read(t.shop.store, find_last, &r->sale));
	till_close(&t);
	r->shop = data_read(r->dir, &r->shop_len);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct run *r = *state;

	scratch_remove(r->base);
	free(r->shop);
	free(r);
	return 0;
}

/* -- looking -- */

static void judge(const struct run *r, enum step step, unsigned times)
{
	const struct told *t = &r->told[step];
	bool known = r->heard[step] && t->status != ST_UNKNOWN;

	if (times > 1)
		die("%s is there %u times", step_names[step], times);
	if (known && t->status == ST_OK && !times)
		die("%s was acknowledged and is lost", step_names[step]);
	if (known && t->status != ST_OK && times)
		die("%s was refused and is there: %s", step_names[step], t->sentence);
	if (!r->heard[step] && times)
		die("%s is there and nobody was told", step_names[step]);
}

static void count_found(struct till *t, unsigned times[STEPS])
{
	struct found f = { 0 };

	check_verify(t);
	NEED(store_read(t->shop.store, scan_journal, &f));
	times[STEP_SALE] = f.times[WRITER] ? f.times[WRITER][1] : 0;
	times[STEP_REFUND] = (unsigned)f.refunds;
	if (!f.times[WRITER] || f.times[WRITER][0] != 1)
		die("the sale before is lost");
	free(f.times[WRITER]);
}

/* Is what was told true? While the one that dealt has the shop open still.
 * The exit status tells how many unknown outcomes were kept. */
static int looks(void *arg)
{
	struct run *r = arg;
	unsigned times[STEPS];
	struct till t;
	int kept = 0;

	till_open(&t, r->dir);
	count_found(&t, times);
	for (enum step step = STEP_SALE; step < STEPS; step++) {
		judge(r, step, times[step]);
		kept += times[step] && r->told[step].status == ST_UNKNOWN;
	}
	till_close(&t);
	return kept;
}

static int looks_quietly(void *arg)
{
	hush();
	return looks(arg);
}

/* The same once more, by whoever comes next: nothing happens twice. */
static int repeats(void *arg)
{
	struct run *r = arg;
	unsigned before[STEPS], after[STEPS];
	struct till t;
	bool repeated;

	till_open(&t, r->dir);
	count_found(&t, before);
	for (enum step step = STEP_SALE; step < STEPS; step++) {
		NEED(do_step(&t, step, r->sale, &repeated));
		if (repeated != (before[step] == 1))
			die("%s was %s", step_names[step], repeated ? "repeated" : "not repeated");
	}
	count_found(&t, after);
	if (after[STEP_SALE] != 1 || after[STEP_REFUND] != 1)
		die("repeating made more of it");
	till_close(&t);
	return 0;
}

static void check_sentences(struct run *r)
{
	for (enum step step = STEP_OPEN; step < STEPS; step++) {
		if (!r->heard[step] || r->told[step].status == ST_OK)
			continue;
		r->refused += r->told[step].status != ST_UNKNOWN;
		r->unknown += r->told[step].status == ST_UNKNOWN;
		assert_true(strlen(r->told[step].sentence) > 20);
		if (getenv("FAULTS_TELL"))
			printf("# %s: %s: %s\n", step_names[step],
			       status_name((enum status)r->told[step].status),
			       r->told[step].sentence);
	}
}

/* True: it told this step. */
static bool hear_until(struct run *r, const struct behind *b, int step)
{
	struct told t;

	while (hear(b, &t)) {
		r->told[t.step] = t;
		r->heard[t.step] = true;
		if (t.step == step)
			return true;
	}
	return false;
}

static void start_deal(struct run *r, struct behind *b, const char *how,
		       const struct shim_fault *f)
{
	struct words w = { .n = 0 };

	data_write(r->dir, r->shop, r->shop_len);
	memset(r->heard, 0, sizeof(r->heard));
	memset(r->told, 0, sizeof(r->told));
	b->under = r->dir;
	add_word(&w, how);
	add_word(&w, r->dir);
	add_number(&w, (long)r->sale);
	add_fault(&w, f);
	behind_start(b, &w);
}

/* False: there is no such call to fail any more. */
static bool deal_with(struct run *r, const struct shim_fault *f)
{
	struct behind b = { 0 };
	bool met = true;
	int kept, exit;

	start_deal(r, &b, "deal", f);
	if (hear_until(r, &b, STEP_FAULTS_OVER))
		met = r->told[STEP_FAULTS_OVER].status;
	check_sentences(r);
	kept = child_run(looks, r);
	assert_in_range(kept, 0, STEPS);
	r->unknown_kept += kept;
	assert_true(write(b.go, "", 1) == 1 || errno == EPIPE);
	hear_until(r, &b, STEP_MENDED);
	exit = behind_end(&b);
	r->ended += exit != 0;
	if (exit && !ended_for_memory(&b, exit))
		die("the deal ended with %d: %s", exit, b.stderr_text);
	assert_int_equal(child_run(repeats, r), 0);
	return met;
}

static void sweep_one(struct run *r, const struct sweep *s)
{
	struct shim_fault f = { s->call, s->how, 1, s->error };
	struct run before = *r;

	while (deal_with(r, &f)) {
		r->faults++;
		f.nth++;
		assert_in_range(f.nth, 1, MOST_CALLS);
	}
	printf("# %-26s %3ld faults: %2ld refused, %2ld unknown (%ld kept), %2ld ended for "
	       "memory\n", s->what, r->faults - before.faults, r->refused - before.refused,
	       r->unknown - before.unknown, r->unknown_kept - before.unknown_kept,
	       r->ended - before.ended);
	assert_true(r->faults > before.faults);		/* else the shim sees nothing */
}

static void whatever_call_fails_what_was_told_is_true(void **state)
{
	struct run *r = *state;

	for (int i = 0; i < SWEEPS; i++)
		sweep_one(r, &sweeps[i]);
	report("call", "calls while a shop was opened, a sale and a refund made", r->faults, 0,
	       NO_SEED);
}

static void a_till_that_says_yes_to_all_is_seen(void **state)
{
	struct run *r = *state;
	struct shim_fault f = { SHIM_WRITE, SHIM_EVER_AFTER, 1, ENOSPC };
	long seen = 0;

	for (f.nth = 1; f.nth < 10; f.nth++) {
		struct behind b = { 0 };

		start_deal(r, &b, "lie", &f);
		assert_true(hear_until(r, &b, STEP_FAULTS_OVER));
		seen += child_run(looks_quietly, r) == 99;
		close(b.go);
		b.go = -1;
		behind_end(&b);
	}
	report("control", "a till that says yes to all, on a full disk", 9, seen, NO_SEED);
	assert_true(seen > 0);
}

static void a_network_disk_is_refused_unless_it_is_allowed(void **state)
{
	static const char *const types[] = { "6969", "ff534d42", "65735546" };	/* statfs(2) */
	struct shim_fault none = { SHIM_LENGTH, SHIM_ONCE, MOST_CALLS, 0 };
	struct run *r = *state;
	char path[128];
	FILE *conf;

	for (size_t i = 0; i < 2 * sizeof(types) / sizeof(types[0]); i++) {
		struct behind b = { .extra = "SHIM_DISK", .value = types[i / 2] };
		bool allowed = i % 2;

		snprintf(path, sizeof(path), "%s/shop.conf", r->dir);
		conf = fopen(path, "w");
		assert_non_null(conf);
		fprintf(conf, "network_disk = %s\n", allowed ? "true" : "false");
		fclose(conf);
		start_deal(r, &b, "deal", &none);
		assert_true(hear_until(r, &b, STEP_FAULTS_OVER));
		assert_int_equal(r->told[STEP_OPEN].status, allowed ? ST_OK : ST_REFUSED);
		assert_true(allowed || strstr(r->told[STEP_OPEN].sentence, "network"));
		close(b.go);
		b.go = -1;
		behind_end(&b);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(whatever_call_fails_what_was_told_is_true),
		CASE(a_till_that_says_yes_to_all_is_seen),
		CASE(a_network_disk_is_refused_unless_it_is_allowed),
	};

	if (argc == 10)
		return deal(argv);
	if (is_sanitized())
		return 0;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
