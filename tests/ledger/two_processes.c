/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/world.h"

#include <sys/wait.h>

#include "base/mem.h"
#include "shop/verify.h"

/* Two tills at once on the same customers of the same shop: every action that
 * was acknowledged is there once, and verify finds the books in order. */

enum { TILLS = 2, ACTIONS = 400 };

static uint64_t first_seed = 1;

/* One acknowledged action, as a till tells it. */
struct told {
	int till;
	int64_t seq;
	uint8_t op[OP_SIZE];
};

static enum status act(struct world *w, struct action *a, int64_t *sale, struct trade_run *run)
{
	struct refund back = { .sale = *sale, .number = "" };
	enum status st;

	world_random_action(w, a);
	if (a->kind == REFUND || a->kind == CLAIM)	/* the model knows of no sale here */
		world_random_sell(w, a);
	if (a->kind == SELL && *sale && percent(&w->chance, 20)) {
		memcpy(w->f->by.op, a->op, OP_SIZE);
		w->f->by.has_op = true;
		return refund_add(&w->f->shop, &w->f->by, &back, run);
	}
	/* Two tills give no receipt the same number. */
	if (a->receipt[0])
		snprintf(a->receipt, sizeof(a->receipt), "%d-%d", w->who, (int)w->step);
	st = world_do(w, a, run);
	if (st == ST_OK && a->kind == SELL)
		*sale = run->seq;
	return st;
}

static void till(struct world *w, int number, int fd)
{
	int64_t sale = 0;

	MUST(shop_open(w->f->dir, &w->f->shop));
	w->chance.state += (uint64_t)number * 1000003;
	w->who = number;
	snprintf(w->f->by.who, sizeof(w->f->by.who), "till%d", number);
	for (w->step = 1; w->step <= ACTIONS; w->step++) {
		struct told told = { .till = number };
		struct trade_run run = { 0 };
		struct action a;

		w->f->by.now += from_to(&w->chance, 0, CLOCK_HOUR);
		if (act(w, &a, &sale, &run) != ST_OK || run.repeated)
			continue;
		told.seq = run.seq;
		memcpy(told.op, w->f->by.op, OP_SIZE);
		assert_int_equal(write(fd, &told, sizeof(told)), sizeof(told));
	}
	shop_close(&w->f->shop);
	_exit(0);
}

struct looking {
	const struct told *told;
	size_t n, good;
	int64_t last;
};

static enum status look_for(struct txn *txn, void *arg)
{
	struct looking *l = arg;
	uint8_t digest[DIGEST_SIZE];

	l->good = 0;
	l->last = journal_last(txn, digest);
	for (size_t i = 0; i < l->n; i++) {
		struct key k = done_key(DONE_OP);
		uint64_t content;
		int64_t seq;

		key_bytes(&k, l->told[i].op, OP_SIZE);
		l->good += done_find(txn, &k, &seq, &content) && seq == l->told[i].seq;
	}
	return txn_status(txn);
}

static void tell_fault(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

static void two_tills_at_once(void **state)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_ask ask = { .watch = &watch };
	struct told *told = NULL;
	size_t n = 0, cap = 0;
	struct verify_result result;
	struct looking before = { 0 }, l;
	struct world w;
	int fd[2], status;

	(void)state;
	world_open(&w, first_seed);
	MUST(store_read(w.f->shop.store, look_for, &before));
	shop_close(&w.f->shop);		/* no environment crosses a fork */
	assert_int_equal(pipe(fd), 0);
	for (int i = 0; i < TILLS; i++)
		if (!fork())
			till(&w, i, fd[1]);
	close(fd[1]);
	do {
		told = mem_grow(told, n, &cap, sizeof(*told));
	} while (read(fd[0], &told[n], sizeof(*told)) == sizeof(*told) && ++n);
	close(fd[0]);
	for (int i = 0; i < TILLS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	MUST(shop_open(w.f->dir, &w.f->shop));
	l = (struct looking){ .told = told, .n = n };
	MUST(store_read(w.f->shop.store, look_for, &l));
	assert_true(n > ACTIONS);
	assert_int_equal(l.good, n);
	assert_int_equal(l.last, before.last + (int64_t)n);
	MUST(shop_verify(&w.f->shop, &ask, &result));
	assert_int_equal(result.faults, 0);
	free(told);
	world_close(&w);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_tills_at_once),
	};

	if (argc > 1)
		first_seed = strtoull(argv[1], NULL, 10);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
