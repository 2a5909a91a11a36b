/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include <lmdb.h>
#include <malloc.h>
#include <sys/resource.h>

/* Several processes in one store, a map that grows, signals, forks. */

/* -- several processes -- */

static int writes_a(struct store *store)
{
	return store_write(store, write_row, &(struct row){ "a", "theirs", false });
}

static void another_process_is_seen(void **state)
{
	struct fixture *f = *state;

	partner_start(f);
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_int_equal(partner_does(f, partner_is_ready), 0);
	assert_false(store_is_alone(f->store));
	partner_end(f, SIGKILL);
	assert_true(store_is_alone(f->store));
}

static void the_version_grows_with_everyones_commits(void **state)
{
	struct fixture *f = *state;
	uint64_t before;

	partner_start(f);
	MUST(store_open(f->dir, &f->options, &f->store));
	before = store_version(f->store);
	assert_int_equal(partner_does(f, writes_a), ST_OK);
	assert_int_equal(store_version(f->store), before + 1);
	assert_true(is_there(f->store, "a", "theirs"));
	assert_int_equal(store_version(f->store), before + 1);
	MUST(store_write(f->store, write_row, &(struct row){ "a", "ours", false }));
	assert_int_equal(store_version(f->store), before + 2);
}

/* Even though the file of another opening may have as many commits. */
static void no_version_comes_back_after_another_opening(void **state)
{
	struct fixture *f = *state;
	unsigned opening = store_opening(f->store);
	uint64_t before;

	MUST(store_write(f->store, write_row, &(struct row){ "a", "ours", false }));
	before = store_version(f->store);
	assert_int_equal(store_opening(f->store), opening);
	store_close(f->store);
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_true(store_version(f->store) > before + 1000000);
	assert_int_equal(store_opening(f->store), opening + 1);
}

struct view {
	struct fixture *f;
	bool first, later;
};

static enum status reads_around_a_write(struct txn *txn, void *arg)
{
	struct view *v = arg;

	v->first = has_row(txn, TABLE_ITEM, "a", "ours");
	assert_int_equal(partner_does(v->f, writes_a), ST_OK);
	v->later = has_row(txn, TABLE_ITEM, "a", "ours");
	return ST_OK;
}

static void a_reader_sees_one_moment_and_stops_no_writer(void **state)
{
	struct fixture *f = *state;
	struct view v = { f, false, false };

	partner_start(f);
	MUST(store_open(f->dir, &f->options, &f->store));
	MUST(store_write(f->store, write_row, &(struct row){ "a", "ours", false }));
	MUST(store_read(f->store, reads_around_a_write, &v));
	assert_true(v.first && v.later);
	assert_true(is_there(f->store, "a", "theirs"));
}

static enum status adds_one(struct txn *txn, void *arg)
{
	struct key k = key_of("n");
	struct bytes value;
	uint32_t n = 0;

	(void)arg;
	if (txn_get(txn, TABLE_ITEM, &k, &value))
		memcpy(&n, value.at, sizeof(n));
	n++;
	txn_put(txn, TABLE_ITEM, &k, (struct bytes){ &n, sizeof(n) });
	return ST_OK;
}

static int adds_a_thousand(struct store *store)
{
	int wrong = 0;

	for (int i = 0; i < 1000; i++)
		wrong |= store_write(store, adds_one, NULL) != ST_OK;
	return wrong;
}

static enum status reads_n(struct txn *txn, void *arg)
{
	struct key k = key_of("n");
	struct bytes value;

	if (txn_get(txn, TABLE_ITEM, &k, &value))
		memcpy(arg, value.at, sizeof(uint32_t));
	return ST_OK;
}

static void two_writers_take_turns(void **state)
{
	struct fixture *f = *state;
	uint32_t n = 0;

	partner_start(f);
	MUST(store_open(f->dir, &f->options, &f->store));
	partner_tell(f, adds_a_thousand);
	assert_int_equal(adds_a_thousand(f->store), 0);
	assert_int_equal(partner_answer(f), 0);
	MUST(store_read(f->store, reads_n, &n));
	assert_int_equal(n, 2000);
}

/* One process that takes all places but the store's own at its start. */
static int takes_places(const struct fixture *f, int places)
{
	MDB_env *env;
	MDB_txn *txn;
	int pause[2];
	char byte;

	if (mdb_env_create(&env) || mdb_env_set_maxreaders(env, 512) ||
	    mdb_env_set_maxdbs(env, TABLES + 4) ||
	    mdb_env_open(env, f->dir, MDB_NOTLS, 0600) || pipe(pause))
		return 1;
	while (places-- > 0)
		if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn))
			return 1;
	if (write(f->tell, "r", 1) != 1)
		return 1;
	return (int)read(pause[0], &byte, 1);	/* until it is killed */
}

static void start_crowd(struct fixture *f, int places)
{
	int from[2];
	char byte;

	assert_int_equal(pipe(from), 0);
	f->tell = from[1];
	f->hear = from[0];
	f->partner = fork();
	if (!f->partner)
		_exit(takes_places(f, places));
	assert_int_equal(read(f->hear, &byte, 1), 1);
}

static void too_many_programs_are_told_and_dead_ones_make_room(void **state)
{
	struct fixture *f = *state;

	start_crowd(f, 512);
	assert_opens(f, ST_BUSY, "512 programs");
	kill(f->partner, SIGKILL);
	waitpid(f->partner, NULL, 0);
	MUST(store_open(f->dir, &f->options, &f->store));
	f->partner = 0;
	assert_true(store_is_alone(f->store));
}

/* -- the map grows -- */

enum { GROWN_ROWS = 4000 };

struct growth {
	unsigned runs;
	bool whole;
};

/* 4 MiB, which a map of 1 MiB does not hold. */
static enum status grows(struct txn *txn, void *arg)
{
	struct growth *g = arg;
	uint8_t bytes[1000] = { 0 };

	g->runs++;
	assert_int_equal(txn_count(txn, TABLE_ITEM), 0);	/* from its start each time */
	for (unsigned i = 0; i < GROWN_ROWS; i++) {
		struct key k = { 0 };

		key_int(&k, i, 4);
		txn_put(txn, TABLE_ITEM, &k, (struct bytes){ bytes, sizeof(bytes) });
	}
	return ST_OK;
}

static enum status counts_grown(struct txn *txn, void *arg)
{
	((struct growth *)arg)->whole = txn_count(txn, TABLE_ITEM) == GROWN_ROWS;
	return ST_OK;
}

static int grows_the_store(struct store *store)
{
	return store_write(store, grows, &(struct growth){ 0 });
}

static int small_map_setup(void **state)
{
	struct fixture *f;

	folder_setup(state);
	f = *state;
	f->options.map_mib = 1;
	MUST(store_create(f->dir, &f->options, nothing, NULL));
	return 0;
}

static void work_runs_again_when_the_map_was_full(void **state)
{
	struct fixture *f = *state;
	struct growth g = { 0 };

	MUST(store_open(f->dir, &f->options, &f->store));
	assert_false(is_there(f->store, "a", ""));	/* a reader is parked */
	MUST(store_write(f->store, grows, &g));
	assert_true(g.runs > 1);
	MUST(store_read(f->store, counts_grown, &g));
	assert_true(g.whole);
	store_close(f->store);
	MUST(store_open(f->dir, &f->options, &f->store));
	MUST(store_read(f->store, counts_grown, &g));
	assert_true(g.whole);
}

static void readers_and_writers_follow_anothers_growth(void **state)
{
	static int (*const then[])(struct store *) = { writes_a, partner_is_ready };
	struct fixture *f = *state;
	struct growth g = { 0 };

	for (unsigned i = 0; i < 2; i++) {
		partner_start(f);
		MUST(store_open(f->dir, &f->options, &f->store));
		assert_false(is_there(f->store, "a", ""));
		assert_int_equal(partner_does(f, grows_the_store), ST_OK);
		then[i](f->store);
		MUST(store_read(f->store, counts_grown, &g));
		assert_int_equal(g.whole, i == 1);	/* and row "a" */
		store_close(f->store);
		f->store = NULL;
		partner_end(f, SIGKILL);
		nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
		MUST(store_create(f->dir, &f->options, nothing, NULL));
	}
}

#ifndef __SANITIZE_ADDRESS__	/* the sanitizers need more memory than is left here */
/* In a child, because the memory it may map is taken away. */
static int grows_without_memory(const struct fixture *f)
{
	struct rlimit none = { 0, 0 };
	struct store *store;
	struct growth g = { 0 };

	mallopt(M_TRIM_THRESHOLD, 64 << 20);	/* what is freed here can be had again below */
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	free(mem_alloc(16 << 20));
	if (store_open(f->dir, &f->options, &store) != ST_OK || setrlimit(RLIMIT_AS, &none))
		return 1;
	if (store_write(store, grows, &g) != ST_FULL || !strstr(status_text(), "ulimit"))
		return 2;
	if (store_read(store, counts_grown, &g) != ST_SYSTEM || store_version(store) != 0 ||
	    store_size(store) != 0 || store_write(store, grows, &g) != ST_SYSTEM)
		return 3;
	store_close(store);
	return 0;
}

static void without_memory_to_grow_it_is_refused_in_a_sentence(void **state)
{
	struct fixture *f = *state;
	struct growth g = { 0 };
	pid_t child = fork();

	if (!child)
		_exit(grows_without_memory(f));
	assert_int_equal(result_of(child), 0);
	MUST(store_open(f->dir, &f->options, &f->store));
	MUST(store_write(f->store, grows, &g));		/* nothing was kept of the other one */
}

static int opens_with_little_memory(const struct fixture *f)
{
	struct rlimit some = { (rlim_t)2 << 30, (rlim_t)2 << 30 };
	struct store *store;
	struct store_options options = { 0 };

	if (setrlimit(RLIMIT_AS, &some))
		return 1;
	return store_open(f->dir, &options, &store) == ST_OK && is_there(store, "a", "1") ? 0 : 2;
}

static void little_memory_gets_a_smaller_map(void **state)
{
	struct fixture *f = *state;
	pid_t child;

	MUST(store_open(f->dir, &f->options, &f->store));
	MUST(store_write(f->store, write_row, &(struct row){ "a", "1", false }));
	store_close(f->store);
	f->store = NULL;
	child = fork();
	if (!child)
		_exit(opens_with_little_memory(f));
	assert_int_equal(result_of(child), 0);
}

#endif

/* -- signals and forks -- */

static volatile sig_atomic_t caught;

static void catch(int signal)
{
	(void)signal;
	caught++;
}

static enum status raises(struct txn *txn, void *arg)
{
	put_row(txn, TABLE_ITEM, "a", "1");
	raise(*(int *)arg);
	assert_int_equal(caught, 0);
	return ST_OK;
}

static void a_signal_waits_for_the_commit(void **state)
{
	static const int signals[] = { SIGTSTP, SIGINT, SIGTERM, SIGHUP };
	struct fixture *f = *state;

	for (unsigned i = 0; i < 4; i++) {
		int signal_ = signals[i];
		uint64_t before = store_version(f->store);
		sigset_t blocked;

		caught = 0;
		signal(signal_, catch);
		MUST(store_write(f->store, raises, &signal_));
		assert_int_equal(caught, 1);
		assert_int_equal(store_version(f->store), before + 1);
		sigprocmask(SIG_BLOCK, NULL, &blocked);
		assert_false(sigismember(&blocked, signal_));
		signal(signal_, SIG_DFL);
	}
}

static void what_was_begun_when_it_was_ended_is_kept(void **state)
{
	struct fixture *f = *state;
	pid_t child = fork();

	if (!child) {
		int signal_ = SIGTERM;

		caught = 0;
		if (store_open(f->dir, &f->options, &f->store) == ST_OK &&
		    store_write(f->store, raises, &signal_) == ST_OK)
			_exit(0);	/* the signal comes before this */
		_exit(1);
	}
	assert_int_equal(result_of(child), 128 + SIGTERM);
	MUST(store_open(f->dir, &f->options, &f->store));
	assert_true(is_there(f->store, "a", "1"));
}

#ifndef NDEBUG
static void a_store_does_not_cross_a_fork(void **state)
{
	struct fixture *f = *state;
	pid_t child = fork();

	if (!child) {
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		_exit(store_write(f->store, nothing, NULL));
	}
	assert_int_equal(result_of(child), 128 + SIGABRT);
	MUST(store_write(f->store, write_row, &(struct row){ "a", "1", false }));
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(another_process_is_seen, closed_setup),
		CASE(the_version_grows_with_everyones_commits, closed_setup),
		CASE(no_version_comes_back_after_another_opening, open_setup),
		CASE(a_reader_sees_one_moment_and_stops_no_writer, closed_setup),
		CASE(two_writers_take_turns, closed_setup),
		CASE(too_many_programs_are_told_and_dead_ones_make_room, closed_setup),
		CASE(work_runs_again_when_the_map_was_full, small_map_setup),
		CASE(readers_and_writers_follow_anothers_growth, small_map_setup),
#ifndef __SANITIZE_ADDRESS__
		CASE(without_memory_to_grow_it_is_refused_in_a_sentence, small_map_setup),
		CASE(little_memory_gets_a_smaller_map, closed_setup),
#endif
		CASE(a_signal_waits_for_the_commit, open_setup),
		CASE(what_was_begun_when_it_was_ended_is_kept, closed_setup),
#ifndef NDEBUG
		CASE(a_store_does_not_cross_a_fork, open_setup),
#endif
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
