/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

/* What the files of src/store share; nobody else includes it. */

#include <lmdb.h>
#include <signal.h>

#include "store/store.h"

enum { RANGES_AT_ONCE = 16, DIR_ROOM = 4096, PATH_ROOM = DIR_ROOM + 128 };

struct txn {
	MDB_txn *mdb;
	struct store *store;
	enum status status;
	bool write, map_full;
	MDB_cursor *writer[TABLES];		/* appends keep their place */
	MDB_cursor *open_range[RANGES_AT_ONCE];
};

struct store {
	MDB_env *env;
	MDB_dbi dbi[TABLES];
	char *dir;
	int use_lock;			/* shared flock while open */
	bool forked;			/* in a child: an environment never crosses a fork */
	bool in_work, broken;
	MDB_txn *parked;		/* a reset read transaction, for the next read */
	unsigned commits, opening;
};

/* ST_SYSTEM, ST_FULL, ST_CORRUPT or ST_BUSY with a sentence: "cannot read the
 * store in DIR: ...". The only place where MDB_ codes become ours. */
enum status store_fail(const struct store *store, int mdb_error, const char *what);

/* Opens the environment and the tables of 'dir' under the opening lock. */
MUST_CHECK enum status env_open(struct store *store, const struct store_options *options);
void env_close(struct store *store);

/* store_open() without the look whether a shop is there; and its end. */
MUST_CHECK enum status store_open_here(const char *dir, const struct store_options *options,
				       struct store **out);
void store_finish(struct store *store);

/* The number of the last commit in the file; 0: given up. */
uint64_t last_commit(const struct store *store);

/* Ends cursors and gives a failed or read transaction back. */
void txn_release(struct txn *txn);
/* Begins; handles a map that another process grew and a full reader table. */
MUST_CHECK enum status txn_begin(struct store *store, bool write, struct txn *txn);

/* data.mdb has all its pages (length.c): a file that a backup tool or a bad disk
 * cut off would kill us with SIGBUS at the first touch of what is missing. */
MUST_CHECK enum status length_check(const struct store *store);

/* What the check of a row is made from (row_hash.c). */
uint64_t row_hash(enum table table, struct bytes key, struct bytes value);

/* Folders of ours in 'folder' whose names begin so, with files of a store, and that
 * nobody wrote in for a day: what a crash left behind (backup.c). */
void clear_away_old(const char *folder, const char *prefix);

/* Signals that end programs wait from now on; must_end() (child.h) looks for them. */
void block_ends(sigset_t *before);

/* Locks and file systems (files.c). */
bool file_system_is_local(const char *dir);	/* false also when it cannot be seen */
MUST_CHECK enum status file_system_allowed(const char *dir, const struct store_options *options);
MUST_CHECK enum status lock_take(const char *dir, const char *name, int how, int *fd);
/* use.lock: shared by all who have the store open, alone for who replaces it.
 * Beside that lock, who replaces it holds its gate from the moment when they ask
 * for it (an OFD lock on the same file, gone with its process): who has the
 * store open sees it and closes, who would open it waits. ST_BUSY after ten
 * seconds. */
MUST_CHECK enum status use_lock_share(const char *dir, int *fd);
MUST_CHECK enum status use_lock_alone(const char *dir, int *fd);
bool use_lock_is_wanted(int fd);
/* Without taking it. */
MUST_CHECK enum status lock_open(const char *dir, const char *name, int *fd);
void lock_drop(int fd);
MUST_CHECK enum status dir_sync(const char *dir);

#endif
