/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

/* A store in a folder of its own for each test, and a partner: another process
 * that has the same store open and does what it is told. */

#include <dirent.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

struct fixture {
	char base[64], dir[80];
	struct store_options options;
	struct store *store;
	pid_t partner;
	int tell, hear;
};

#define MUST(call)							\
	do {								\
		enum status st_ = (call);				\
		if (st_ != ST_OK)					\
			print_error("%s: %s\n", #call, status_text());	\
		assert_int_equal(st_, ST_OK);				\
	} while (0)

static inline unsigned names_in(const char *dir)
{
	unsigned n = 0;
	DIR *d = opendir(dir);

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;	/* . and .. */
}

static inline enum status nothing(struct txn *txn, void *arg)
{
	(void)txn;
	(void)arg;
	return ST_OK;
}

static inline int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* A folder for a store that is not there yet. */
static inline int folder_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	snprintf(f->base, sizeof(f->base), "%s/regulars-store-XXXXXX",
		 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	assert_non_null(mkdtemp(f->base));
	snprintf(f->dir, sizeof(f->dir), "%s/shop", f->base);
	*state = f;
	return 0;
}

/* A store that is there and closed. */
static inline int closed_setup(void **state)
{
	struct fixture *f;

	folder_setup(state);
	f = *state;
	MUST(store_create(f->dir, &f->options, nothing, NULL));
	return 0;
}

static inline int open_setup(void **state)
{
	struct fixture *f;

	closed_setup(state);
	f = *state;
	MUST(store_open(f->dir, &f->options, &f->store));
	return 0;
}

static inline void partner_end(struct fixture *f, int signal)
{
	if (!f->partner)
		return;
	kill(f->partner, signal);
	waitpid(f->partner, NULL, 0);
	close(f->tell);
	close(f->hear);
	f->partner = 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	partner_end(f, SIGKILL);
	store_close(f->store);
	nftw(f->base, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

/* The exit status of a child, or 128 and the signal that ended it. */
static inline int result_of(pid_t child)
{
	int status;

	assert_true(child > 0);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The store is not opened, for this reason, in a sentence with the folder and
 * the word in it. */
static inline void assert_opens(struct fixture *f, enum status st, const char *word)
{
	assert_int_equal(store_open(f->dir, &f->options, &f->store), st);
	assert_null(f->store);
	assert_non_null(strstr(status_text(), f->dir));
	if (!strstr(status_text(), word))
		print_error("\"%s\" is not in: %s\n", word, status_text());
	assert_non_null(strstr(status_text(), word));
}

/* -- the partner -- */

/* What a partner does with its store; 0 when it went as it should. */
typedef int partner_work(struct store *store);

static inline void partner_serve(const struct fixture *f, int hear, int tell)
{
	struct store *store;
	partner_work *work;

	if (store_open(f->dir, &f->options, &store) != ST_OK)
		_exit(1);
	while (read(hear, &work, sizeof(work)) == sizeof(work)) {
		int result = work(store);

		if (write(tell, &result, sizeof(result)) != sizeof(result))
			break;
	}
	_exit(0);
}

/* To be called before the store is opened here. */
static inline void partner_start(struct fixture *f)
{
	int to[2], from[2];

	assert_null(f->store);
	assert_int_equal(pipe(to), 0);
	assert_int_equal(pipe(from), 0);
	f->partner = fork();
	if (!f->partner) {
		close(to[1]);
		close(from[0]);
		partner_serve(f, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	f->tell = to[1];
	f->hear = from[0];
}

static inline void partner_tell(struct fixture *f, partner_work *work)
{
	assert_int_equal(write(f->tell, &work, sizeof(work)), sizeof(work));
}

static inline int partner_answer(struct fixture *f)
{
	int result = -1;

	assert_int_equal(read(f->hear, &result, sizeof(result)), sizeof(result));
	return result;
}

static inline int partner_does(struct fixture *f, partner_work *work)
{
	partner_tell(f, work);
	return partner_answer(f);
}

static inline int partner_is_ready(struct store *store)
{
	return store_version(store) == 0;
}

/* -- rows of text -- */

static inline struct key key_of(const char *text)
{
	struct key k = { 0 };

	key_text(&k, text);
	return k;
}

static inline void put_row(struct txn *txn, enum table table, const char *key, const char *value)
{
	struct key k = key_of(key);

	txn_put(txn, table, &k, (struct bytes){ value, strlen(value) });
}

/* Is the row there with this value? */
static inline bool has_row(struct txn *txn, enum table table, const char *key, const char *value)
{
	struct key k = key_of(key);
	struct bytes v;

	return txn_get(txn, table, &k, &v) && v.len == strlen(value) &&
	       !memcmp(v.at, value, v.len);
}

/* One row of TABLE_ITEM, as a unit of work. */
struct row {
	const char *key, *value;
	bool there;
};

static inline enum status write_row(struct txn *txn, void *arg)
{
	const struct row *row = arg;

	put_row(txn, TABLE_ITEM, row->key, row->value);
	return ST_OK;
}

static inline enum status read_row(struct txn *txn, void *arg)
{
	struct row *row = arg;

	row->there = has_row(txn, TABLE_ITEM, row->key, row->value);
	return ST_OK;
}

static inline bool is_there(struct store *store, const char *key, const char *value)
{
	struct row row = { key, value, false };

	MUST(store_read(store, read_row, &row));
	return row.there;
}

#endif
