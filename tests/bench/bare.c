/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bare.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "tests/bench/bench.h"

struct bare {
	MDB_env *env;
	MDB_dbi dbi[TABLES];
	MDB_txn *reader, *writer;
};

static void must(int error)
{
	if (error)
		bench_fail("bare LMDB: %s", mdb_strerror(error));
}

struct bare *bare_open(const char *dir)
{
	struct bare *b = mem_alloc(sizeof(*b));
	MDB_txn *txn;

	must(mdb_env_create(&b->env));
	must(mdb_env_set_maxdbs(b->env, TABLES));
	must(mdb_env_set_mapsize(b->env, (size_t)16 << 30));
	must(mdb_env_open(b->env, dir, 0, 0600));
	must(mdb_txn_begin(b->env, NULL, MDB_RDONLY, &txn));
	for (unsigned i = 0; i < TABLES; i++)
		must(mdb_dbi_open(txn, table_name(i), 0, &b->dbi[i]));
	must(mdb_txn_commit(txn));
	return b;
}

void bare_close(struct bare *b)
{
	if (b->reader)
		mdb_txn_abort(b->reader);
	mdb_env_close(b->env);
	free(b);
}

void bare_begin(struct bare *b)
{
	must(mdb_txn_begin(b->env, NULL, 0, &b->writer));
}

void bare_put(struct bare *b, const struct put *put)
{
	MDB_val key = { put->key_len, (void *)(uintptr_t)put->key };
	MDB_val value = { put->value_len, NULL };

	if (put->deletes) {
		must(mdb_del(b->writer, put->table, &key, NULL));
		return;
	}
	must(mdb_put(b->writer, put->table, &key, &value, put->flags | MDB_RESERVE));
	memset(value.mv_data, 0, put->value_len);
}

void bare_commit(struct bare *b)
{
	must(mdb_txn_commit(b->writer));
}

size_t bare_look_up(struct bare *b, enum table table, const struct key *key,
		    void *room, size_t size)
{
	MDB_val k = { key->len, (void *)(uintptr_t)key->at }, v;
	MDB_cursor *cursor;

	if (b->reader)
		must(mdb_txn_renew(b->reader));
	else
		must(mdb_txn_begin(b->env, NULL, MDB_RDONLY, &b->reader));
	must(mdb_cursor_open(b->reader, b->dbi[table], &cursor));
	must(mdb_cursor_get(cursor, &k, &v, MDB_SET_RANGE));
	mdb_cursor_close(cursor);
	if (table == TABLE_PHONE)
		k = (MDB_val){ 4, (char *)k.mv_data + k.mv_size - 4 };
	else
		k = (MDB_val){ 4, v.mv_data };
	must(mdb_get(b->reader, b->dbi[TABLE_CUSTOMER], &k, &v));
	if (v.mv_size > size)
		bench_fail("bare LMDB: a longer value than expected");
	memcpy(room, v.mv_data, v.mv_size);
	mdb_txn_reset(b->reader);
	return v.mv_size;
}

void bare_copy(const char *dir, const char *to)
{
	MDB_env *env;

	mkdir(to, 0700);
	must(mdb_env_create(&env));
	must(mdb_env_set_mapsize(env, (size_t)16 << 30));
	must(mdb_env_open(env, dir, MDB_RDONLY, 0600));
	must(mdb_env_copy2(env, to, MDB_CP_COMPACT));
	mdb_env_close(env);
}

size_t bare_pass(struct bare *b, enum table table)
{
	volatile uint8_t sum = 0;
	MDB_cursor *cursor;
	MDB_val key, value;
	size_t n = 0;
	MDB_txn *txn;

	must(mdb_txn_begin(b->env, NULL, MDB_RDONLY, &txn));
	must(mdb_cursor_open(txn, b->dbi[table], &cursor));
	while (!mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
		sum = (uint8_t)(sum + *(const uint8_t *)value.mv_data);
		n++;
	}
	mdb_cursor_close(cursor);
	mdb_txn_abort(txn);
	return n;
}

const char *bare_version(void)
{
	return mdb_version(NULL, NULL, NULL);
}
