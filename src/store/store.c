/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"

enum { OPENING_SHIFT = 40 };	/* more commits than a file sees */

/* LMDB forbids the same file twice in a process; there is one. */
static struct store the_store;
static bool is_open;
static unsigned openings;

const char *store_dir(const struct store *store)
{
	return store->dir;
}

/* -- transactions -- */

/* Gives the map another size; 0: that of the process that made the file larger
 * than our map. LMDB lets go of the old map first: without a new one nothing
 * can be touched any more. */
static int map_again(struct store *store, size_t size)
{
	int error = mdb_env_set_mapsize(store->env, size);

	store->broken |= error != 0;
	return error ? MDB_MAP_FULL : 0;
}

static int begin_once(struct store *store, bool write, struct txn *txn)
{
	int error;

	if (write)
		return mdb_txn_begin(store->env, NULL, 0, &txn->mdb);
	if (!store->parked)
		return mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn->mdb);
	txn->mdb = store->parked;
	store->parked = NULL;
	error = mdb_txn_renew(txn->mdb);
	if (error)
		mdb_txn_abort(txn->mdb);
	return error;
}

enum status txn_begin(struct store *store, bool write, struct txn *txn)
{
	int error = 0, dead;

	memset(txn, 0, sizeof(*txn));
	txn->store = store;
	txn->write = write;
	for (int tries = 0; tries < 3; tries++) {
		error = begin_once(store, write, txn);
		if (error == MDB_MAP_RESIZED)
			error = map_again(store, 0);
		else if (error == MDB_READERS_FULL)
			error = mdb_reader_check(store->env, &dead);
		else
			break;
		if (error)
			break;
	}
	return error ? store_fail(store, error, "read") : ST_OK;
}

static enum status usable(const struct store *store)
{
	assert(!store->in_work);
	assert(!store->forked);
	if (store->broken)
		return fail(ST_SYSTEM, "the store in %s had a fault and was given up; start "
			    "regulars again, and run: regulars verify", store->dir);
	return ST_OK;
}

enum status store_read(struct store *store, store_work *work, void *arg)
{
	struct txn txn;
	enum status st = usable(store);

	if (st == ST_OK)
		st = txn_begin(store, false, &txn);
	if (st != ST_OK)
		return st;
	store->in_work = true;
	st = work(&txn, arg);
	store->in_work = false;
	if (txn.status != ST_OK)
		st = txn.status;
	txn_release(&txn);
	store->parked = txn.mdb;
	return st;
}

static enum status grow(struct store *store)
{
	MDB_envinfo info;
	int error = mdb_env_info(store->env, &info);

	if (!error)
		error = info.me_mapsize > SIZE_MAX / 2 ? MDB_MAP_FULL :
			map_again(store, info.me_mapsize * 2);
	return error ? store_fail(store, error, "grow") : ST_OK;
}

/* LMDB lets nobody begin any more after its last write, which makes a commit
 * happen, had failed. */
static bool failed_before_last_write(struct store *store, uint64_t before)
{
	struct txn txn;
	bool same;

	if (txn_begin(store, false, &txn) != ST_OK)
		return false;
	same = mdb_txn_id(txn.mdb) == before;
	txn_release(&txn);
	store->parked = txn.mdb;
	return same;
}

/* LMDB calls a write that was cut short EIO; a disk that fills up does that. */
static bool disk_is_full(const struct store *store)
{
	struct statvfs disk;

	return !statvfs(store->dir, &disk) &&
	       (uint64_t)disk.f_bavail * disk.f_frsize < 1024 * 1024;
}

/* For want of room or memory nothing was changed, and work can go on. Any other
 * failed commit may have happened: the store is given up until it is opened
 * again. */
static enum status commit_failed(struct store *store, int error, uint64_t before)
{
	bool unchanged = failed_before_last_write(store, before);

	if (unchanged && error == EIO && disk_is_full(store))
		error = ENOSPC;
	if (unchanged && (error == ENOSPC || error == EDQUOT || error == EFBIG ||
			  error == ENOMEM))
		return store_fail(store, error, "write");
	store->broken = true;
	return fail(ST_UNKNOWN, "the disk under %s reported a fault (%s) while writing: it is not "
		    "known whether this was kept; start regulars again, and run: regulars verify",
		    store->dir, mdb_strerror(error));
}

static enum status commit(struct txn *txn, uint64_t before)
{
	struct store *store = txn->store;
	int error, dead;

	for (unsigned i = 0; i < TABLES; i++)
		if (txn->writer[i])
			mdb_cursor_close(txn->writer[i]);
	error = mdb_txn_commit(txn->mdb);	/* also gives the transaction back */
	if (error == MDB_MAP_FULL)
		txn->map_full = true;
	if (error && !txn->map_full)
		return commit_failed(store, error, before);
	if (++store->commits % 1000 == 0)
		mdb_reader_check(store->env, &dead);
	return error ? ST_FULL : ST_OK;
}

static enum status write_once(struct store *store, store_work *work, void *arg, bool *map_full)
{
	struct txn txn;
	uint64_t before;
	enum status st = txn_begin(store, true, &txn);

	*map_full = false;
	if (st != ST_OK)
		return st;
	before = last_commit(store);
	store->in_work = true;
	st = work(&txn, arg);
	store->in_work = false;
	if (txn.status != ST_OK)
		st = txn.status;
	if (st == ST_OK) {
		for (unsigned i = 0; i < RANGES_AT_ONCE; i++)
			assert(!txn.open_range[i]);
		st = commit(&txn, before);
	} else {
		txn_release(&txn);
	}
	*map_full = txn.map_full;
	return st;
}

enum status store_write(struct store *store, store_work *work, void *arg)
{
	sigset_t stops, before;
	bool map_full;
	enum status st = usable(store);

	if (st != ST_OK)
		return st;
	/* A writer that is stopped here would stop every other one. */
	sigemptyset(&stops);
	sigaddset(&stops, SIGTSTP);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGHUP);
	sigprocmask(SIG_BLOCK, &stops, &before);
	do {
		st = write_once(store, work, arg, &map_full);
	} while (map_full && (st = grow(store)) == ST_OK);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return st;
}

uint64_t last_commit(const struct store *store)
{
	MDB_envinfo info;

	return store->broken || mdb_env_info(store->env, &info) ? 0 : info.me_last_txnid;
}

uint64_t store_version(struct store *store)
{
	uint64_t commit = last_commit(store);

	return commit ? ((uint64_t)store->opening << OPENING_SHIFT) + commit : 0;
}

unsigned store_opening(const struct store *store)
{
	return store->opening;
}

uint64_t store_size(struct store *store)
{
	MDB_envinfo info;
	MDB_stat stat_;

	if (store->broken || mdb_env_info(store->env, &info) ||
	    mdb_env_stat(store->env, &stat_))
		return 0;
	return (uint64_t)stat_.ms_psize * (info.me_last_pgno + 1);
}

/* mdb_reader_list() prints a table with a process id at the start of each line. */
static int count_other(const char *line, void *found)
{
	long pid = strtol(line, NULL, 10);

	if (pid > 0 && pid != (long)getpid())
		*(bool *)found = true;
	return 0;
}

bool store_is_alone(struct store *store)
{
	bool other = false;
	int dead;

	mdb_reader_check(store->env, &dead);
	return mdb_reader_list(store->env, count_other, &other) >= 0 && !other;
}

bool store_is_wanted(const struct store *store)
{
	return use_lock_is_wanted(store->use_lock);
}

/* -- opening and making -- */

/* A child has nothing to do with its parent's store, and may open one of its
 * own. The lock stays the parent's. */
static void forked(void)
{
	the_store.forked = true;
	if (is_open)
		close(the_store.use_lock);
	is_open = false;
}

static enum status start(const char *dir, const struct store_options *options)
{
	static bool watching;

	assert(!is_open);
	memset(&the_store, 0, sizeof(the_store));
	the_store.use_lock = -1;
	if (!watching)
		watching = !pthread_atfork(NULL, NULL, forked);
	the_store.dir = mem_text(dir);
	return file_system_allowed(dir, options);
}

void store_finish(struct store *store)
{
	env_close(store);
	lock_drop(store->use_lock);
	free(store->dir);
	store->dir = NULL;
	is_open = false;
}

enum status store_open_here(const char *dir, const struct store_options *options,
			    struct store **out)
{
	enum status st = start(dir, options);

	*out = NULL;
	if (st == ST_OK && !options->held)
		st = use_lock_share(dir, &the_store.use_lock);
	if (st == ST_OK)
		st = env_open(&the_store, options);
	if (st != ST_OK) {
		store_finish(&the_store);
		return st;
	}
	is_open = true;
	the_store.opening = ++openings;
	*out = &the_store;
	return ST_OK;
}

enum status store_open(const char *dir, const struct store_options *options, struct store **out)
{
	char path[PATH_ROOM];
	struct stat file;

	*out = NULL;
	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	if (!stat(path, &file) && !file.st_size)	/* LMDB would begin a new one in it */
		return fail(ST_CORRUPT, "%s was cut off: it is empty; restore the last backup",
			    path);
	if (access(path, F_OK) && errno != EACCES)
		return fail(ST_NOT_FOUND, "there is no shop in %s; make one with: "
			    "regulars init, or look around with: regulars demo", dir);
	return store_open_here(dir, options, out);
}

void store_close(struct store *store)
{
	if (store && is_open)
		store_finish(store);
}
