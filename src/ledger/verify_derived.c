/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/verify.h"

#include <inttypes.h>
#include <string.h>

/* Tables with at most one row for an entry: about, undone, timeline, merged, and
 * the shop's natural keys. As long as the tally of what is stored is that of what
 * the journal makes, no row is looked up. */

static void put_seq(struct derived_row *row, int64_t seq)
{
	for (unsigned i = 8; i-- > 0; seq >>= 8)
		row->value[i] = (uint8_t)seq;
	row->len = 8;
}

static bool about_row(struct verify *v, const struct entry *e, struct derived_row *out)
{
	(void)v;
	out->key.len = out->len = 0;
	key_int(&out->key, (uint64_t)e->about, 8);
	key_int(&out->key, (uint64_t)e->seq, 8);
	return e->about != 0;
}

static int64_t about_seq(struct bytes key, struct bytes value)
{
	(void)value;
	return key.len == 16 ? (int64_t)key_read((const uint8_t *)key.at + 8, 8) : 0;
}

static bool undone_row(struct verify *v, const struct entry *e, struct derived_row *out)
{
	(void)v;
	out->key.len = 0;
	key_int(&out->key, (uint64_t)e->about, 8);
	put_seq(out, e->seq);
	return e->kind == ENTRY_UNDO;
}

static int64_t undone_seq(struct bytes key, struct bytes value)
{
	return key.len == 8 && value.len == 8 ? (int64_t)key_read(value.at, 8) : 0;
}

static bool timeline_row(struct verify *v, const struct entry *e, struct derived_row *out)
{
	out->key = timeline_key(merges_find(&v->merges, e->customer), e->occurred, e->seq);
	out->value[0] = (uint8_t)e->kind;
	out->len = 1;
	return e->customer != 0;
}

static int64_t timeline_seq(struct bytes key, struct bytes value)
{
	return key.len == 20 && value.len == 1 ?
	       (int64_t)key_read((const uint8_t *)key.at + 12, 8) : 0;
}

static bool merged_row(struct verify *v, const struct entry *e, struct derived_row *out)
{
	(void)v;
	merge_row(e, &out->key, out->value);
	out->len = MERGE_ROW;
	return e->kind == ENTRY_MERGE && !e->about;
}

static int64_t merged_seq(struct bytes key, struct bytes value)
{
	return key.len == 4 && value.len == MERGE_ROW ?
	       (int64_t)key_read((const uint8_t *)value.at + 4, 8) : 0;
}

const struct derived derived_about = { TABLE_ABOUT, about_row, about_seq, 0 };
const struct derived derived_undone = { TABLE_UNDONE, undone_row, undone_seq, 0 };
const struct derived derived_timeline = { TABLE_TIMELINE, timeline_row, timeline_seq, 0 };
const struct derived derived_merged = { TABLE_MERGED, merged_row, merged_seq, 0 };

static bool is_of(const struct derived *d, struct bytes key)
{
	return !d->space || (key.len && *(const uint8_t *)key.at >= d->space);
}

/* -- which row is wrong -- */

static void note_customer(struct verify *v, const struct derived *d, int64_t customer)
{
	if (d->table == TABLE_TIMELINE)
		seqs_add(&v->unclear, customer);
}

static bool is_row(const struct derived_row *row, struct bytes key, struct bytes value)
{
	return row->key.len == key.len && !memcmp(row->key.at, key.at, key.len) &&
	       row->len == value.len && !memcmp(row->value, value.at, value.len);
}

static void blame_stored(struct verify *v, const struct derived *d)
{
	struct derived_row row;
	struct range r;

	range_start(&r, v->txn, d->table, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		int64_t seq;

		if (r.damaged || !is_of(d, r.key))
			continue;
		seq = d->seq(r.key, r.value);
		if (seq && verify_entry(v, seq, v->entry) && d->row(v, v->entry, &row) &&
		    is_row(&row, r.key, r.value))
			continue;
		/* Of a lost entry it is no wonder, and the others can be played. */
		if (r.key.len >= 4 && !verify_is_lost(v, seq))
			note_customer(v, d, (int64_t)key_read(r.key.at, 4));
		verify_fault(v, "table %s has a row that entry %" PRId64 " did not make",
			     table_name(d->table), seq);
	}
	range_end(&r);
}

static void tell_taken(struct verify *v, const struct derived *d, const struct entry *e,
		       int64_t other)
{
	if (e->kind == ENTRY_SALE && e->receipt[0])
		verify_fault(v, "receipt %s is counted twice: entries %" PRId64 " and %" PRId64,
			     e->receipt, other, e->seq);
	else
		verify_fault(v, "table %s has the row of entry %" PRId64 " for entry %" PRId64,
			     table_name(d->table), e->seq, other);
}

static void blame_entry(struct verify *v, const struct derived *d, const struct entry *e)
{
	struct derived_row row;
	struct bytes stored, key;
	enum peek found;

	if (!d->row(v, e, &row))
		return;
	key = (struct bytes){ row.key.at, row.key.len };
	found = verify_peek(v, d->table, &row.key, &stored);
	if (found == PEEK_THERE && is_row(&row, key, stored))
		return;
	note_customer(v, d, merges_find(&v->merges, e->customer));
	if (found == PEEK_NONE)
		verify_fault(v, "entry %" PRId64 ": its row in table %s is missing", e->seq,
			     table_name(d->table));
	else if (found == PEEK_THERE && d->seq(key, stored) != e->seq)
		tell_taken(v, d, e, d->seq(key, stored));
}

void verify_derived(struct verify *v, const struct derived *d)
{
	struct tally found = { 0 };
	struct range r;

	range_start(&r, v->txn, d->table, NULL);
	while (verify_next(v, &r))
		if (is_of(d, r.key))
			tally_add(&found, r.key, r.value);
	range_end(&r);
	if (txn_status(v->txn) != ST_OK || tally_equal(&found, &v->due[d->table]))
		return;
	blame_stored(v, d);
	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	while (verify_next_entry(v, &r))
		blame_entry(v, d, v->entry);
	range_end(&r);
}

/* -- making them again -- */

/* Deletes the rows from a space on, one by one: those below are not ours. */
static void empty_from(struct verify *v, const struct derived *d)
{
	struct key from, k;
	struct range r;
	bool found;

	from.len = 0;
	key_int(&from, d->space, 1);
	do {
		range_start(&r, v->txn, d->table, NULL);
		r.lenient = true;
		range_seek(&r, &from);
		found = range_next(&r) && r.key.len <= KEY_MOST;
		k.len = 0;
		if (found)
			key_bytes(&k, r.key.at, r.key.len);
		range_end(&r);
		if (found)
			txn_delete(v->txn, d->table, &k);
	} while (found);
}

void rebuild_derived(struct verify *v, const struct derived *d)
{
	struct derived_row row;
	struct range r;

	if (d->space)
		empty_from(v, d);
	else
		txn_empty(v->txn, d->table);
	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	while (verify_next_entry(v, &r) && verify_step(v))
		if (d->row(v, v->entry, &row))
			txn_put(v->txn, d->table, &row.key, (struct bytes){ row.value, row.len });
	range_end(&r);
}
