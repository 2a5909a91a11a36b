/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/health.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "store/private.h"

/* LMDB's own list of free pages: each value begins with how many it names. */
static int count_free(MDB_txn *txn, uint64_t *pages)
{
	MDB_cursor *cursor;
	MDB_val key, value;
	size_t n;
	int error = mdb_cursor_open(txn, 0, &cursor);

	*pages = 0;
	if (error)
		return error;
	while (!(error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))) {
		if (value.mv_size < sizeof(n))
			continue;
		memcpy(&n, value.mv_data, sizeof(n));
		if (n < value.mv_size / sizeof(n))
			*pages += n;
	}
	mdb_cursor_close(cursor);
	return error == MDB_NOTFOUND ? 0 : error;
}

static enum status health_work(struct txn *txn, void *arg)
{
	struct store_health *out = arg;
	MDB_stat tables;
	uint64_t pages;
	int error = mdb_env_stat(txn->store->env, &tables);

	if (!error)
		error = count_free(txn->mdb, &pages);
	if (error)
		return txn_fail(txn, store_fail(txn->store, error, "look at"));
	out->free_bytes = pages * tables.ms_psize;
	return ST_OK;
}

struct readers {
	struct store_health *out;
	uint64_t now;
	long last;		/* a program's lines stand together */
};

/* "   1234 7f3c5a2b1740 567": program, thread, the state it looks at; "-" none. */
static int take_reader(const char *line, void *arg)
{
	struct readers *r = arg;
	unsigned long long state;
	long pid;
	int n = sscanf(line, "%ld %*s %llu", &pid, &state);

	if (n < 1)
		return 0;
	r->out->others += pid != r->last && pid != (long)getpid();
	r->last = pid;
	if (n == 2 && state < r->now && r->now - state > r->out->behind) {
		r->out->behind = r->now - state;
		r->out->behind_pid = pid;
	}
	return 0;
}

enum status store_health(struct store *store, struct store_health *out)
{
	struct readers readers = { .out = out };
	enum status st;

	*out = (struct store_health){ .bytes = store_size(store) };
	st = store_read(store, health_work, out);
	readers.now = last_commit(store);
	if (st == ST_OK && mdb_reader_list(store->env, take_reader, &readers) < 0)
		st = fail(ST_SYSTEM, "cannot see who has the store in %s open", store->dir);
	return st;
}

enum status disk_health(const char *dir, struct disk_health *out)
{
	struct statvfs disk;

	if (statvfs(dir, &disk))
		return fail(ST_SYSTEM, "cannot look at the disk under %s: %s", dir,
			    strerror(errno));
	out->local = file_system_is_local(dir);
	out->free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	return ST_OK;
}
