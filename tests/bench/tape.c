/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/tape.h"

#include <lmdb.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static struct buf tape;
static size_t *ends, end_count, end_cap;
static bool running;

void tape_start(void)
{
	buf_clear(&tape);
	end_count = 0;
	running = true;
}

void tape_end_unit(void)
{
	ends = mem_grow(ends, end_count, &end_cap, sizeof(*ends));
	ends[end_count++] = tape.len;
}

void tape_stop(void)
{
	running = false;
}

/* A piece of tape is a struct put and the bytes of its key. */
void tape_each(size_t unit, tape_put *each, void *arg)
{
	const char *at = tape.at + (unit ? ends[unit - 1] : 0), *end = tape.at + ends[unit];
	struct put put;

	while (at < end) {
		memcpy(&put, at, sizeof(put));
		put.key = at += sizeof(put);
		at += put.key_len;
		each(arg, &put);
	}
}

static int record(int error, const MDB_val *key, struct put put)
{
	if (error || !running)
		return error;
	put.key_len = key->mv_size;
	buf_add(&tape, &put, sizeof(put));
	buf_add(&tape, key->mv_data, key->mv_size);
	return 0;
}

/* The linker's --wrap=NAME turns calls of NAME into calls of __wrap_NAME, and
 * those of __real_NAME into calls of NAME. */
int __real_mdb_put(MDB_txn *, MDB_dbi, MDB_val *, MDB_val *, unsigned);
int __real_mdb_cursor_put(MDB_cursor *, MDB_val *, MDB_val *, unsigned);
int __real_mdb_del(MDB_txn *, MDB_dbi, MDB_val *, MDB_val *);
int __real_mdb_cursor_del(MDB_cursor *, unsigned);
int __wrap_mdb_put(MDB_txn *, MDB_dbi, MDB_val *, MDB_val *, unsigned);
int __wrap_mdb_cursor_put(MDB_cursor *, MDB_val *, MDB_val *, unsigned);
int __wrap_mdb_del(MDB_txn *, MDB_dbi, MDB_val *, MDB_val *);
int __wrap_mdb_cursor_del(MDB_cursor *, unsigned);

int __wrap_mdb_put(MDB_txn *txn, MDB_dbi dbi, MDB_val *key, MDB_val *value, unsigned flags)
{
	struct put put = { .table = dbi, .value_len = value->mv_size, .flags = flags };

	return record(__real_mdb_put(txn, dbi, key, value, flags), key, put);
}

int __wrap_mdb_cursor_put(MDB_cursor *cursor, MDB_val *key, MDB_val *value, unsigned flags)
{
	struct put put = { .table = mdb_cursor_dbi(cursor), .value_len = value->mv_size,
			   .flags = flags };

	return record(__real_mdb_cursor_put(cursor, key, value, flags), key, put);
}

int __wrap_mdb_del(MDB_txn *txn, MDB_dbi dbi, MDB_val *key, MDB_val *value)
{
	struct put put = { .table = dbi, .deletes = true };

	return record(__real_mdb_del(txn, dbi, key, value), key, put);
}

int __wrap_mdb_cursor_del(MDB_cursor *cursor, unsigned flags)
{
	struct put put = { .table = mdb_cursor_dbi(cursor), .deletes = true };
	MDB_val key, value;
	int error = mdb_cursor_get(cursor, &key, &value, MDB_GET_CURRENT);

	if (!error)
		error = record(0, &key, put);
	return error ? error : __real_mdb_cursor_del(cursor, flags);
}
