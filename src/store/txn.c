/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A value on disk is the caller's bytes and four bytes of check. The check
 * covers table and key too, so that a row under a wrong key is found. */
enum { CHECK = 4 };

static const char *const names[TABLES] = {
	[TABLE_META] = "meta", [TABLE_JOURNAL] = "journal", [TABLE_SIDE] = "side",
	[TABLE_CUSTOMER] = "customer", [TABLE_ITEM] = "item", [TABLE_PROGRAM] = "program",
	[TABLE_REWARD] = "reward", [TABLE_DONE] = "done", [TABLE_ABOUT] = "about",
	[TABLE_UNDONE] = "undone", [TABLE_TIMELINE] = "timeline",
	[TABLE_ACCOUNT] = "account", [TABLE_HOUSE] = "house", [TABLE_LOT] = "lot",
	[TABLE_PHONE] = "phone", [TABLE_EMAIL] = "email", [TABLE_CARD] = "card",
	[TABLE_CODE] = "code", [TABLE_WORD] = "word", [TABLE_ITEM_KEY] = "item_key",
	[TABLE_MERGED] = "merged", [TABLE_SEGMENT] = "segment",
};

const char *table_name(enum table t)
{
	return names[t];
}

static void check_of(enum table table, MDB_val key, struct bytes value, uint8_t out[CHECK])
{
	uint64_t hash = row_hash(table, (struct bytes){ key.mv_data, key.mv_size }, value);

	for (unsigned i = 0; i < CHECK; i++)
		out[i] = (uint8_t)(hash >> (8 * i));
}

/* The caller's part of a stored value; false when it is damaged. */
static bool checked(enum table table, MDB_val key, MDB_val stored, struct bytes *value)
{
	uint8_t check[CHECK];

	*value = (struct bytes){ stored.mv_data, 0 };
	if (stored.mv_size < CHECK)
		return false;
	value->len = stored.mv_size - CHECK;
	check_of(table, key, *value, check);
	return !memcmp(check, (const uint8_t *)stored.mv_data + value->len, CHECK);
}

enum status txn_status(const struct txn *txn)
{
	return txn->status;
}

enum status txn_fail(struct txn *txn, enum status st)
{
	assert(st != ST_OK);
	if (txn->status == ST_OK)
		txn->status = st;
	return txn->status;
}

static void mdb_failed(struct txn *txn, int error, const char *what)
{
	if (error == MDB_MAP_FULL)
		txn->map_full = true;
	txn_fail(txn, store_fail(txn->store, error, what));
}

static void damaged_row(struct txn *txn, enum table table, MDB_val key)
{
	char hex[2 * 24 + 1] = "";

	for (size_t i = 0; i < key.mv_size && i < 24; i++)
		snprintf(hex + 2 * i, 3, "%02x", ((const uint8_t *)key.mv_data)[i]);
	txn_fail(txn, fail(ST_CORRUPT, "the store has a damaged row: table %s, key %s; "
			   "run: regulars verify", names[table], hex));
}

bool txn_get(struct txn *txn, enum table table, const struct key *key, struct bytes *value)
{
	MDB_val k = { key->len, (void *)(uintptr_t)key->at }, v;
	int error;

	*value = (struct bytes){ "", 0 };
	if (txn->status != ST_OK)
		return false;
	/* The writing cursor is often on the right page already. */
	error = txn->writer[table] ? mdb_cursor_get(txn->writer[table], &k, &v, MDB_SET_KEY) :
				     mdb_get(txn->mdb, txn->store->dbi[table], &k, &v);
	if (error == MDB_NOTFOUND)
		return false;
	if (error) {
		mdb_failed(txn, error, "read");
		return false;
	}
	if (checked(table, k, v, value))
		return true;
	damaged_row(txn, table, k);
	return false;
}

bool txn_has(struct txn *txn, enum table table, const struct key *key)
{
	struct bytes value;

	return txn_get(txn, table, key, &value);
}

static MDB_cursor *writer(struct txn *txn, enum table table)
{
	int error;

	assert(txn->write);
	if (txn->status != ST_OK)
		return NULL;
	if (txn->writer[table])
		return txn->writer[table];
	error = mdb_cursor_open(txn->mdb, txn->store->dbi[table], &txn->writer[table]);
	if (error)
		mdb_failed(txn, error, "write");
	return error ? NULL : txn->writer[table];
}

static void put(struct txn *txn, enum table table, const struct key *key,
		struct bytes value, unsigned flags)
{
	MDB_val k = { key->len, (void *)(uintptr_t)key->at };
	MDB_val v = { value.len + CHECK, NULL };
	MDB_cursor *cursor = writer(txn, table);
	int error;

	if (!cursor)
		return;
	/* The room is asked for first and filled in place: no copy of our own. */
	error = mdb_cursor_put(cursor, &k, &v, flags | MDB_RESERVE);
	if (error) {
		mdb_failed(txn, error, "write");
		return;
	}
	if (value.len)
		memcpy(v.mv_data, value.at, value.len);
	check_of(table, (MDB_val){ key->len, (void *)(uintptr_t)key->at },
		 (struct bytes){ v.mv_data, value.len }, (uint8_t *)v.mv_data + value.len);
}

void txn_put(struct txn *txn, enum table table, const struct key *key, struct bytes value)
{
	put(txn, table, key, value, 0);
}

void txn_append(struct txn *txn, enum table table, const struct key *key, struct bytes value)
{
	put(txn, table, key, value, MDB_APPEND);
}

void txn_put_rising(struct txn *txn, enum table table, const struct key *key, struct bytes value)
{
	MDB_cursor *cursor = writer(txn, table);
	MDB_val k, v, own = { key->len, (void *)(uintptr_t)key->at };
	int error = cursor ? mdb_cursor_get(cursor, &k, &v, MDB_LAST) : MDB_NOTFOUND;
	bool above = error == MDB_NOTFOUND ||
		     (!error && mdb_cmp(txn->mdb, txn->store->dbi[table], &own, &k) > 0);

	put(txn, table, key, value, above ? MDB_APPEND : 0);
}

void txn_delete(struct txn *txn, enum table table, const struct key *key)
{
	MDB_val k = { key->len, (void *)(uintptr_t)key->at };
	int error;

	if (txn->status != ST_OK)
		return;
	error = mdb_del(txn->mdb, txn->store->dbi[table], &k, NULL);
	if (error && error != MDB_NOTFOUND)
		mdb_failed(txn, error, "write");
}

void txn_empty(struct txn *txn, enum table table)
{
	int error;

	if (txn->status != ST_OK)
		return;
	if (txn->writer[table]) {
		mdb_cursor_close(txn->writer[table]);
		txn->writer[table] = NULL;
	}
	error = mdb_drop(txn->mdb, txn->store->dbi[table], 0);
	if (error)
		mdb_failed(txn, error, "write");
}

uint64_t txn_count(struct txn *txn, enum table table)
{
	MDB_stat stat;
	int error;

	if (txn->status != ST_OK)
		return 0;
	error = mdb_stat(txn->mdb, txn->store->dbi[table], &stat);
	if (error)
		mdb_failed(txn, error, "read");
	return error ? 0 : stat.ms_entries;
}

/* -- ranges -- */

void range_start(struct range *r, struct txn *txn, enum table table, const struct key *prefix)
{
	MDB_cursor **slot = txn->open_range;
	int error;

	r->txn = txn;
	r->table = table;
	r->cursor = NULL;
	r->place = RANGE_NEW;
	r->lenient = r->damaged = false;
	r->prefix.len = 0;
	if (prefix)
		key_bytes(&r->prefix, prefix->at, prefix->len);
	if (txn->status != ST_OK)
		return;
	while (*slot)
		slot++;
	assert(slot < txn->open_range + RANGES_AT_ONCE);
	error = mdb_cursor_open(txn->mdb, txn->store->dbi[table], slot);
	if (error)
		mdb_failed(txn, error, "read");
	else
		r->cursor = *slot;
}

void range_end(struct range *r)
{
	MDB_cursor **slot = r->txn->open_range;

	if (!r->cursor)
		return;
	while (*slot != r->cursor)
		slot++;
	mdb_cursor_close(r->cursor);
	r->cursor = *slot = NULL;
}

/* Rows that are read in order lie one after the other in pages that mostly
 * follow each other: what is a page further is asked for in time. Elsewhere in
 * memory, or in none of ours, it does no harm. */
static void look_ahead(const MDB_val *v)
{
	enum { PAGE = 4096, LINE = 64, HEADER = 24, MOST = 512 };
	uintptr_t next = (uintptr_t)v->mv_data + PAGE - HEADER;
	size_t len = v->mv_size < MOST ? v->mv_size : MOST;

	__builtin_prefetch((const void *)(((uintptr_t)v->mv_data | (PAGE - 1)) + 1));
	for (size_t i = 0; i < len + HEADER; i += LINE)
		__builtin_prefetch((const void *)(next + i));
}

static bool take_row(struct range *r, int error, MDB_val k, MDB_val v)
{
	if (error == MDB_NOTFOUND)
		return false;
	if (error) {
		mdb_failed(r->txn, error, "read");
		return false;
	}
	if (r->prefix.len && (k.mv_size < r->prefix.len ||
			      memcmp(k.mv_data, r->prefix.at, r->prefix.len)))
		return false;
	look_ahead(&v);
	r->key = (struct bytes){ k.mv_data, k.mv_size };
	r->damaged = !checked(r->table, k, v, &r->value);
	if (!r->damaged || r->lenient)
		return true;
	damaged_row(r->txn, r->table, k);
	return false;
}

static bool step(struct range *r, MDB_cursor_op op, MDB_val k)
{
	MDB_val v;
	int error;

	if (!r->cursor || r->txn->status != ST_OK)
		return false;
	r->place = RANGE_ON_ROW;
	error = mdb_cursor_get(r->cursor, &k, &v, op);
	return take_row(r, error, k, v);
}

void range_seek(struct range *r, const struct key *from)
{
	MDB_val k = { from->len, (void *)(uintptr_t)from->at }, v;
	int error;

	if (!r->cursor || r->txn->status != ST_OK)
		return;
	error = mdb_cursor_get(r->cursor, &k, &v, MDB_SET_RANGE);
	error = mdb_cursor_get(r->cursor, &k, &v, error ? MDB_LAST : MDB_PREV);
	r->place = error == MDB_NOTFOUND ? RANGE_AT_START : RANGE_ROW_BEFORE;
	if (error && error != MDB_NOTFOUND)
		mdb_failed(r->txn, error, "read");
}

bool range_next(struct range *r)
{
	MDB_val k = { r->prefix.len, r->prefix.at };

	if (r->place == RANGE_ON_ROW || r->place == RANGE_ROW_BEFORE)
		return step(r, MDB_NEXT, k);
	return step(r, r->prefix.len ? MDB_SET_RANGE : MDB_FIRST, k);
}

/* Rows that are stepped over are not looked at, and so not checked. */
static bool step_to(struct range *r, const struct key *key, unsigned near)
{
	MDB_val k, v;
	int error = 0, order = 1;

	while (near-- > 0 && !error && order > 0) {
		error = mdb_cursor_get(r->cursor, &k, &v, MDB_NEXT);
		order = error ? 0 : memcmp(key->at, k.mv_data,
					   key->len < k.mv_size ? key->len : k.mv_size);
	}
	return !error && !order && k.mv_size == key->len && take_row(r, error, k, v);
}

bool range_find(struct range *r, const struct key *key, unsigned near)
{
	if (!r->cursor || r->txn->status != ST_OK)
		return false;
	if (near && r->place == RANGE_ON_ROW && step_to(r, key, near))
		return true;
	return step(r, MDB_SET_KEY, (MDB_val){ key->len, (void *)(uintptr_t)key->at });
}

/* The first key after all that begin with the prefix; false: there is none. */
static bool after_prefix(struct key *k)
{
	while (k->len && k->at[k->len - 1] == 0xff)
		k->len--;
	if (k->len)
		k->at[k->len - 1]++;
	return k->len > 0;
}

bool range_previous(struct range *r)
{
	struct key end = r->prefix;
	MDB_val none = { 0 };

	if (r->place == RANGE_NEW) {
		if (!after_prefix(&end))
			return step(r, MDB_LAST, none);
		range_seek(r, &end);
	}
	if (r->place == RANGE_AT_START)
		return false;
	return step(r, r->place == RANGE_ON_ROW ? MDB_PREV : MDB_GET_CURRENT, none);
}

void txn_release(struct txn *txn)
{
	for (unsigned i = 0; i < RANGES_AT_ONCE; i++)
		if (txn->open_range[i])
			mdb_cursor_close(txn->open_range[i]);
	for (unsigned i = 0; i < TABLES; i++)
		if (txn->writer[i])
			mdb_cursor_close(txn->writer[i]);
	if (txn->write)
		mdb_txn_abort(txn->mdb);
	else
		mdb_txn_reset(txn->mdb);
}
