/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/rule.h"
#include "shop/segment.h"

/* A segment is what its last entry says. Where entries were lost nobody can say
 * whether one of them was it: what stands is then left alone. */

struct told {
	struct segment *row;		/* by id */
	size_t n, cap;
};

/* Where the segment stands, or should stand. */
static size_t place_of(const struct told *t, int64_t id)
{
	size_t i = t->n;

	while (i > 0 && t->row[i - 1].id >= id)
		i--;
	return i;
}

static void take(struct told *t, const struct segment *s)
{
	size_t i = place_of(t, s->id);

	if (i == t->n || t->row[i].id != s->id) {
		t->row = mem_grow(t->row, t->n, &t->cap, sizeof(*t->row));
		memmove(t->row + i + 1, t->row + i, (t->n - i) * sizeof(*t->row));
		t->n++;
	}
	t->row[i] = *s;
}

static void read_entries(struct verify *v, struct told *t)
{
	struct entry_head head;
	struct segment s;
	struct range r;

	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		if (r.damaged || !entry_head(r.key, r.value, &head) ||
		    head.kind != ENTRY_SEGMENT || !verify_entry(v, head.seq, v->entry))
			continue;
		if (entry_get_rule(v->entry, &segment_type, &s, 0) == ST_OK &&
		    s.id == v->entry->subject && s.id > 0)
			take(t, &s);
		else
			verify_fault(v, "entry %" PRId64 ": what it says of a segment cannot be "
				     "read", head.seq);
	}
	range_end(&r);
}

static bool is_told(const struct told *t, const struct segment *s)
{
	size_t i = place_of(t, s->id);

	if (i == t->n)
		return false;
	for (const struct field *f = segment_type.fields; f->tag; f++)
		if (!field_is_equal(f, &t->row[i], s))
			return false;
	return true;
}

void verify_segments(struct verify *v)
{
	struct told t = { 0 };
	struct segment s;
	struct range r;
	size_t found = 0;

	read_entries(v, &t);
	range_start(&r, v->txn, TABLE_SEGMENT, NULL);
	while (verify_next(v, &r)) {
		int64_t id = r.key.len == 4 ? (int64_t)key_read(r.key.at, 4) : 0;

		if (!id || record_decode(&segment_type, &s, r.value.at, r.value.len) != ST_OK)
			verify_fault(v, "segment %" PRId64 ": the record cannot be read", id);
		else if (s.id != id)
			verify_fault(v, "segment %" PRId64 " stands under another number", s.id);
		else if (!v->lost.n && !is_told(&t, &s))
			verify_fault(v, "segment %" PRId64 " (%s) is not what its last entry says",
				     s.id, s.name);
		found++;
	}
	range_end(&r);
	if (!v->lost.n && found < t.n)
		verify_fault(v, "the journal tells of %zu segments, and %zu are there", t.n, found);
	free(t.row);
}

/* Rows as they stand where nothing speaks against them: a later program may have
 * put more into them than an entry tells this one. */
static void keep_good(struct verify *v, struct told *t)
{
	struct segment s;
	struct range r;

	range_start(&r, v->txn, TABLE_SEGMENT, NULL);
	while (verify_next(v, &r))
		if (r.key.len == 4 &&
		    record_decode(&segment_type, &s, r.value.at, r.value.len) == ST_OK &&
		    s.id == (int64_t)key_read(r.key.at, 4) && (v->lost.n || is_told(t, &s)))
			take(t, &s);
	range_end(&r);
}

void rebuild_segments(struct verify *v)
{
	struct told t = { 0 };

	read_entries(v, &t);
	keep_good(v, &t);
	txn_empty(v->txn, TABLE_SEGMENT);
	for (size_t i = 0; i < t.n; i++) {
		struct key k = account_key(t.row[i].id);
		uint8_t row[2048];
		size_t len = sizeof(row);

		if (record_encode(&segment_type, &t.row[i], row, &len) == ST_OK)
			txn_put(v->txn, TABLE_SEGMENT, &k, (struct bytes){ row, len });
	}
	free(t.row);
}
