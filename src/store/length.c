/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A transaction that takes pages at the end of the file and gives them back
 * before it ends never writes them, so a whole file may be shorter than its
 * last page number says. Whether one that is shorter lacks anything is found
 * out by a child that touches every page in use. */

enum { WALK_SECONDS = 600 };

/* All pages of one tree; the bytes of long values, which have pages of their own. */
static int walk_tree(MDB_txn *txn, MDB_dbi dbi, size_t page)
{
	MDB_cursor *cursor;
	MDB_val key, value;
	volatile unsigned char touched;
	int error = mdb_cursor_open(txn, dbi, &cursor);

	if (error)
		return error;
	while (!(error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)))
		for (size_t i = 0; i < value.mv_size; i += page)
			touched = ((const unsigned char *)value.mv_data)[i];
	(void)touched;
	mdb_cursor_close(cursor);
	return error == MDB_NOTFOUND ? 0 : error;
}

/* In the child, with an environment of its own: the parent's is not touched. */
static int walk(const char *dir, size_t whole, size_t page)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	int error;

	signal(SIGBUS, SIG_DFL);
	signal(SIGSEGV, SIG_DFL);
	alarm(WALK_SECONDS);
	if ((error = mdb_env_create(&env)) || (error = mdb_env_set_maxdbs(env, TABLES + 4)) ||
	    (error = mdb_env_set_mapsize(env, whole)) ||
	    (error = mdb_env_open(env, dir, MDB_RDONLY, 0600)) ||
	    (error = mdb_txn_begin(env, NULL, MDB_RDONLY, &txn)))
		return error;
	/* LMDB's own: 0 is the list of free pages, 1 that of the tables. */
	error = walk_tree(txn, 0, page);
	if (!error)
		error = walk_tree(txn, 1, page);
	for (unsigned i = 0; i < TABLES && !error; i++)
		if (!(error = mdb_dbi_open(txn, table_name(i), 0, &dbi)))
			error = walk_tree(txn, dbi, page);
	return error == MDB_NOTFOUND ? 0 : error;	/* a table that is missing is told later */
}

/* WALKED_NOT: it could not be found out. */
enum walked { WALKED, WALKED_INTO_A_HOLE, WALKED_NOT };

static enum walked walk_in_child(const struct store *store, uint64_t whole, size_t page)
{
	int status, error;
	pid_t child = fork();

	if (!child) {
		error = walk(store->dir, (size_t)whole, page);
		_exit(!error ? WALKED : error == MDB_CORRUPTED || error == MDB_PAGE_NOTFOUND ?
		      WALKED_INTO_A_HOLE : WALKED_NOT);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return WALKED_NOT;
	if (child < 0)
		return WALKED_NOT;
	if (WIFEXITED(status))
		return (enum walked)WEXITSTATUS(status);
	return WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGALRM ? WALKED_NOT :
	       WALKED_INTO_A_HOLE;
}

/* So that the walk is not done at every start. Under the writer's lock, where
 * nobody else changes the length. */
static void extend(const struct store *store, mdb_filehandle_t fd, size_t page)
{
	MDB_envinfo info;
	MDB_txn *txn;
	struct stat file;
	int ignored = 0;	/* the file is then as good as before */

	if (mdb_txn_begin(store->env, NULL, 0, &txn))
		return;
	if (!mdb_env_info(store->env, &info) && !fstat(fd, &file) &&
	    (uint64_t)file.st_size < page * (info.me_last_pgno + 1))
		ignored = ftruncate(fd, (off_t)(page * (info.me_last_pgno + 1)));
	(void)ignored;
	mdb_txn_abort(txn);
}

static enum status cannot_look(const struct store *store)
{
	return fail(ST_SYSTEM, "cannot look at the store in %s: %s; close other programs and try "
		    "again", store->dir, strerror(errno));
}

enum status length_check(const struct store *store)
{
	enum walked walked = WALKED_INTO_A_HOLE;
	struct stat file;
	MDB_envinfo info;
	MDB_stat main;
	mdb_filehandle_t fd;
	uint64_t whole;

	if (mdb_env_info(store->env, &info) || mdb_env_stat(store->env, &main) ||
	    mdb_env_get_fd(store->env, &fd) || fstat(fd, &file))
		return cannot_look(store);
	whole = (uint64_t)main.ms_psize * (info.me_last_pgno + 1);
	if ((uint64_t)file.st_size >= whole)
		return ST_OK;
	if (file.st_size % main.ms_psize == 0)
		walked = walk_in_child(store, whole, main.ms_psize);
	if (walked == WALKED_NOT)
		return cannot_look(store);
	if (walked == WALKED_INTO_A_HOLE)
		return fail(ST_CORRUPT, "%s/data.mdb was cut off: it has %lld bytes and should "
			    "have %llu; restore the last backup", store->dir,
			    (long long)file.st_size, (unsigned long long)whole);
	extend(store, fd, main.ms_psize);
	return ST_OK;
}
