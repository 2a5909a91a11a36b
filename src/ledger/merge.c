/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* -- rows -- */

void merge_row(const struct entry *e, struct key *key, uint8_t value[MERGE_ROW])
{
	struct key v;

	*key = account_key(e->customer);
	v = account_key(e->subject);
	key_int(&v, (uint64_t)e->seq, 8);
	memcpy(value, v.at, MERGE_ROW);
}

void merge_put(struct txn *txn, const struct entry *e)
{
	uint8_t value[MERGE_ROW];
	struct key k;

	merge_row(e, &k, value);
	txn_put(txn, TABLE_MERGED, &k, (struct bytes){ value, MERGE_ROW });
}

static bool read_row(struct bytes key, struct bytes value, struct merge *out)
{
	if (key.len != 4 || value.len != MERGE_ROW)
		return false;
	*out = (struct merge){
		.from = (int64_t)key_read(key.at, 4), .into = (int64_t)key_read(value.at, 4),
		.seq = (int64_t)key_read((const uint8_t *)value.at + 4, 8) };
	return true;
}

static void damaged(struct txn *txn)
{
	txn_fail(txn, fail(ST_CORRUPT, "a damaged row in table merged; "
			   "run: regulars verify --repair"));
}

int64_t account_of(struct txn *txn, int64_t customer)
{
	struct merge m = { .into = customer };
	struct bytes value;
	struct key k;
	int64_t last;

	if (!customer)
		return 0;
	do {
		last = m.seq;
		customer = m.into;
		k = account_key(customer);
		if (!txn_get(txn, TABLE_MERGED, &k, &value))
			break;
		if (!read_row((struct bytes){ k.at, k.len }, value, &m)) {
			damaged(txn);
			break;
		}
	} while (m.seq > last);		/* later ones only: no ring, whatever is stored */
	return customer;
}

/* -- all of them -- */

void merges_add(struct merges *m, const struct merge *row)
{
	m->row = mem_grow(m->row, m->n, &m->cap, sizeof(*m->row));
	m->row[m->n++] = *row;
}

static int by_from(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static int by_into(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	if (x->into != y->into)
		return x->into > y->into ? 1 : -1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static const struct merge *find(const struct merges *m, int64_t from)
{
	struct merge key = { .from = from };

	return m->n ? bsearch(&key, m->row, m->n, sizeof(key), by_from) : NULL;
}

void merges_settle(struct merges *m)
{
	if (!m->n)
		return;
	qsort(m->row, m->n, sizeof(*m->row), by_from);
	for (size_t i = 0; i < m->n; i++) {
		const struct merge *next = find(m, m->row[i].into);

		for (int64_t seq = m->row[i].seq; next && next->seq > seq;
		     next = find(m, next->into)) {
			m->row[i].into = next->into;
			seq = next->seq;
		}
	}
	m->by_into = mem_alloc(m->n * sizeof(*m->row));
	memcpy(m->by_into, m->row, m->n * sizeof(*m->row));
	qsort(m->by_into, m->n, sizeof(*m->row), by_into);
}

void merges_load(struct txn *txn, struct merges *m)
{
	struct merge row;
	struct range r;

	range_start(&r, txn, TABLE_MERGED, NULL);
	while (range_next(&r)) {
		if (read_row(r.key, r.value, &row))
			merges_add(m, &row);
		else
			damaged(txn);
	}
	range_end(&r);
	merges_settle(m);
}

void merges_release(struct merges *m)
{
	free(m->row);
	free(m->by_into);
	*m = (struct merges){ 0 };
}

int64_t merges_find(const struct merges *m, int64_t customer)
{
	const struct merge *row = find(m, customer);

	return row ? row->into : customer;
}

const struct merge *merges_of(const struct merges *m, int64_t into, size_t *n)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->by_into[middle].into < into)
			low = middle + 1;
		else
			high = middle;
	}
	for (*n = 0; low + *n < m->n && m->by_into[low + *n].into == into;)
		++*n;
	return *n ? &m->by_into[low] : NULL;
}

/* -- the history -- */

static void move_stored(struct book *b, int64_t from, int64_t into)
{
	struct key prefix = timeline_prefix(from), old, moved;
	struct range r;
	uint8_t kind = 0;
	bool found;

	do {
		range_start(&r, b->txn, TABLE_TIMELINE, &prefix);
		found = range_next(&r) && r.key.len == 20 && r.value.len == 1;
		old.len = 0;
		moved = timeline_prefix(into);
		if (found) {
			kind = *(const uint8_t *)r.value.at;
			key_bytes(&old, r.key.at, r.key.len);
			key_bytes(&moved, (const uint8_t *)r.key.at + 4, r.key.len - 4);
		}
		range_end(&r);
		if (found) {
			txn_delete(b->txn, TABLE_TIMELINE, &old);
			txn_put(b->txn, TABLE_TIMELINE, &moved, (struct bytes){ &kind, 1 });
		}
	} while (found && txn_status(b->txn) == ST_OK);
}

/* The rows of both in one chain, from the newest back. */
static void move_pending(struct book *b, struct holder *from, struct holder *into)
{
	into->pending = from->pending = 0;
	for (size_t i = 0; i < b->row_count; i++) {
		struct pending_row *row = &b->rows[i];

		if (row->customer != from->id && row->customer != into->id)
			continue;
		row->customer = into->id;
		row->older = into->pending;
		into->pending = i + 1;
	}
}

void book_take_over(struct book *b, int64_t from_id, int64_t into_id)
{
	struct holder *from = book_holder(b, from_id), *into = book_holder(b, into_id);

	move_stored(b, from_id, into_id);
	move_pending(b, from, into);
	for (size_t i = 0; i < from->position_count; i++)	/* they take part in it */
		holder_position_add(into, from->positions[i].unit);
	book_recount(b, into);
	into->changed = from->changed = from->gone = true;
}
