/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"
#include "store/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

enum { READERS = 512, DEFAULT_MAP_MIB = 16 * 1024 };

enum status store_fail(const struct store *store, int error, const char *what)
{
	const char *dir = store->dir;

	switch (error) {
	case MDB_MAP_FULL:
		return fail(ST_FULL, "the store in %s has outgrown the memory that this program "
			    "may map; nothing was changed; raise the limit (ulimit -v) and start "
			    "regulars again", dir);
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return fail(ST_FULL, "the disk under %s is full; nothing was changed; "
			    "make room and try again", dir);
	case MDB_READERS_FULL:
		return fail(ST_BUSY, "more than %d programs have the store in %s open", READERS,
			    dir);
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_INVALID:
	case MDB_BAD_TXN:
		return fail(ST_CORRUPT, "the store in %s is damaged (%s); run: regulars verify",
			    dir, mdb_strerror(error));
	case MDB_VERSION_MISMATCH:
		return fail(ST_TOO_NEW, "the store in %s was written by another version of LMDB",
			    dir);
	case EACCES:
	case EPERM:
	case EROFS:
		return fail(ST_SYSTEM, "no permission to use the store in %s; it must belong to "
			    "who runs regulars, on a disk that can be written", dir);
	default:
		return fail(ST_SYSTEM, "cannot %s the store in %s: %s", what, dir,
			    mdb_strerror(error));
	}
}

/* LMDB's own asserts see damage that nothing else does. */
static void assert_failed(MDB_env *env, const char *what)
{
	(void)env;
	(void)what;
	guard_stop();
}

/* A full address space (ulimit -v, a 32-bit machine) gets a smaller map. */
static int open_with_map(struct store *store, const struct store_options *options)
{
	size_t wanted = options->map_mib ? (size_t)options->map_mib : DEFAULT_MAP_MIB;
	size_t sizes[] = { sizeof(size_t) == 4 && wanted > 1024 ? 1024 : wanted, 1024, 256 };
	int error = ENOMEM;

	for (size_t i = 0; i < 3 && (error == ENOMEM || error == EINVAL); i++) {
		if (store->env)
			mdb_env_close(store->env);
		store->env = NULL;
		if ((error = mdb_env_create(&store->env)) ||
		    (error = mdb_env_set_maxdbs(store->env, TABLES + 4)) ||
		    (error = mdb_env_set_maxreaders(store->env, READERS)) ||
		    (error = mdb_env_set_mapsize(store->env, sizes[i] << 20)))
			continue;
		mdb_env_set_assert(store->env, assert_failed);
		error = mdb_env_open(store->env, store->dir, 0, 0600);
	}
	return error;
}

static int open_table(struct store *store, MDB_txn *txn, unsigned table, bool make)
{
	unsigned flags;
	int error = mdb_dbi_open(txn, table_name(table), make ? MDB_CREATE : 0,
				 &store->dbi[table]);

	if (!error)
		error = mdb_dbi_flags(txn, store->dbi[table], &flags);
	return !error && flags ? MDB_INCOMPATIBLE : error;	/* none of ours has flags */
}

/* Opens all tables, of which those from 'have' on may be made; gives how many
 * are open then. */
static unsigned open_all(struct store *store, MDB_txn *txn, unsigned have, int *error)
{
	unsigned table = 0;

	for (*error = 0; table < TABLES; table++)
		if ((*error = open_table(store, txn, table, table >= have)))
			break;
	return table;
}

/* A store of an older program lacks the newest tables: it gets them. Any other
 * missing table is damage: an empty one in its place would be a shop that
 * forgot. (Tables are only ever added at the end.) */
static enum status add_tables(struct store *store, unsigned have)
{
	MDB_stat tables;
	MDB_txn *txn;
	int error = mdb_env_stat(store->env, &tables);

	if (!error && tables.ms_entries != have)
		return fail(ST_CORRUPT, "the store in %s is damaged or not a shop's: its table %s "
			    "is not there; restore the last backup", store->dir, table_name(have));
	if (!error)
		error = mdb_txn_begin(store->env, NULL, 0, &txn);
	if (error)
		return store_fail(store, error, "open");
	open_all(store, txn, have, &error);	/* the handles of before went with their txn */
	if (error)
		mdb_txn_abort(txn);
	else
		error = mdb_txn_commit(txn);
	return error ? store_fail(store, error, "open") : ST_OK;
}

static enum status open_tables(struct store *store)
{
	MDB_txn *txn;
	unsigned have;
	int error = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);

	if (error)
		return store_fail(store, error, "open");
	have = open_all(store, txn, TABLES, &error);
	if (!error)
		error = mdb_txn_commit(txn);
	else
		mdb_txn_abort(txn);
	if (error == MDB_NOTFOUND || error == MDB_INCOMPATIBLE)
		return add_tables(store, have);
	return error ? store_fail(store, error, "open") : ST_OK;
}

/* The number of the transaction that a meta page tells of; it stands at the end
 * of what LMDB 0.9 keeps there. */
static bool read_meta(mdb_filehandle_t fd, size_t page, unsigned which, size_t *txn)
{
	const size_t head = sizeof(size_t) == 8 ? 16 : 12, tree = sizeof(size_t) == 8 ? 48 : 28;
	size_t at = page * which + head + 2 * sizeof(uint32_t) + 2 * sizeof(size_t) + 2 * tree +
		    sizeof(size_t);

	return pread(fd, txn, sizeof(*txn), (off_t)at) == sizeof(*txn);
}

static bool metas_follow(mdb_filehandle_t fd, size_t page)
{
	size_t one, other;

	return read_meta(fd, page, 0, &one) && read_meta(fd, page, 1, &other) &&
	       (one == other + 1 || other == one + 1 || !one || !other);
}

/* LMDB has two meta pages, without a check, and takes the one with the higher
 * number: a flipped bit there would show yesterday's shop, whole and wrong.
 * But the two always tell of two transactions that follow each other. */
static enum status check_metas(const struct store *store)
{
	mdb_filehandle_t fd;
	MDB_stat tables;
	MDB_txn *txn;
	bool follow;

	if (mdb_env_get_fd(store->env, &fd) || mdb_env_stat(store->env, &tables))
		return fail(ST_SYSTEM, "cannot look at the store in %s", store->dir);
	if (!tables.ms_entries || metas_follow(fd, tables.ms_psize))
		return ST_OK;
	/* Somebody may have committed in between; not while we may write. */
	if (mdb_txn_begin(store->env, NULL, 0, &txn))
		return fail(ST_SYSTEM, "cannot look at the store in %s", store->dir);
	follow = metas_follow(fd, tables.ms_psize);
	mdb_txn_abort(txn);
	return follow ? ST_OK :
		fail(ST_CORRUPT, "the store in %s is damaged: its last two states do not follow "
		     "each other; restore the last backup", store->dir);
}

/* LMDB writes to lock.mdb through its map, where a full disk is a SIGBUS: its
 * pages are taken before. Nothing of ours may have the file open after that. */
static int take_lock_pages(const struct store *store)
{
	enum { READER = 64, HEAD = 4096 };	/* at most, of LMDB 0.9 */
	char path[PATH_ROOM];
	int fd, error;

	snprintf(path, sizeof(path), "%s/lock.mdb", store->dir);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno;
	error = fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, HEAD + READERS * READER) ? errno : 0;
	close(fd);
	/* Where it cannot be asked for, it is not. */
	return error == ENOSPC || error == EDQUOT || error == EFBIG ? error : 0;
}

static enum status open_locked(struct store *store, const struct store_options *options)
{
	unsigned flags = 0;
	int error = take_lock_pages(store), dead;
	enum status st;

	if (!error)
		error = open_with_map(store, options);
	if (error)
		return store_fail(store, error, "open");
	/* Durability hangs on these: no flag that flushes less is ever on. */
	mdb_env_get_flags(store->env, &flags);
	if (flags & (MDB_NOSYNC | MDB_NOMETASYNC | MDB_WRITEMAP | MDB_MAPASYNC | MDB_NOLOCK))
		return fail(ST_SYSTEM, "the store was opened with unsafe flags %x", flags);
	st = check_metas(store);
	if (st == ST_OK)
		st = length_check(store);
	if (st != ST_OK)
		return st;
	mdb_reader_check(store->env, &dead);
	return open_tables(store);
}

/* LMDB 0.9.31 races when one process opens while another closes (ITS#9278),
 * so both happen under a lock of their own. */
enum status env_open(struct store *store, const struct store_options *options)
{
	int opening;
	enum status st = lock_take(store->dir, "open.lock", LOCK_EX, &opening);

	if (st != ST_OK)
		return st;
	st = open_locked(store, options);
	if (st != ST_OK && store->env) {
		mdb_env_close(store->env);
		store->env = NULL;
	}
	lock_drop(opening);
	return st;
}

void env_close(struct store *store)
{
	int opening = -1;

	if (!store->env)
		return;
	if (store->parked)
		mdb_txn_abort(store->parked);
	store->parked = NULL;
	if (lock_take(store->dir, "open.lock", LOCK_EX, &opening) != ST_OK)
		opening = -1;	/* closing goes on: the lock only guards an old LMDB */
	mdb_env_close(store->env);
	store->env = NULL;
	lock_drop(opening);
}
