/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify_parts.h"

#include <inttypes.h>

#include "ledger/done.h"
#include "shop/sale.h"
#include "shop/verbs.h"

/* The natural keys of what was done. An entry that was undone has given its
 * key free; one without a number of its own never had one. */

static int64_t opened(const struct entry *e)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].counter == COUNTER_OPENING)
			sum += e->postings[i].amount;
	return sum;
}

static bool natural_key(const struct entry *e, struct key *key, uint64_t *content)
{
	switch (e->kind) {
	case ENTRY_SALE:
		*key = done_receipt(e->source, e->receipt);
		*content = sale_entry_content(e);
		return e->receipt[0];
	case ENTRY_REFUND:
		*key = refund_key(e);
		*content = refund_content(e->about, -e->total);
		return e->number[0];
	case ENTRY_OPENING:
		*key = opening_key(e->customer, unit_make(UNIT_PROGRAM, e->subject));
		*content = (uint64_t)opened(e);
		return true;
	case ENTRY_WALK_IN:
		*key = day_key(DONE_WALK_IN, e->day);
		*content = (uint64_t)e->total;
		return true;
	case ENTRY_CLOSE:
		*key = day_key(DONE_CLOSE, e->day);
		*content = e->subject ? (uint64_t)e->total : UINT64_MAX;
		return true;
	default:
		return false;
	}
}

static bool done_row(struct verify *v, const struct entry *e, struct derived_row *out)
{
	uint64_t seq = (uint64_t)e->seq, content;

	if (verify_is_undone(v, e->seq) || !natural_key(e, &out->key, &content))
		return false;
	for (unsigned i = 8; i-- > 0; seq >>= 8, content >>= 8) {
		out->value[i] = (uint8_t)seq;
		out->value[8 + i] = (uint8_t)content;
	}
	out->len = 16;
	return true;
}

static int64_t done_seq(struct bytes key, struct bytes value)
{
	(void)key;
	return value.len == 16 ? (int64_t)key_read(value.at, 8) : 0;
}

const struct derived derived_done = { TABLE_DONE, done_row, done_seq, DONE_OP + 1 };

/* -- operation ids: no entry has them, so they are only looked at -- */

/* Entry 0 stands for an operation that had nothing to change, and nothing to
 * point at. */
static bool names_entry(const struct verify *v, const struct range *r)
{
	int64_t seq = done_seq(r->key, r->value);

	return r->key.len == 1 + OP_SIZE && r->value.len == 16 && seq >= 0 &&
	       seq <= v->last;
}

void verify_operations(struct verify *v)
{
	struct key prefix = done_key(DONE_OP);
	struct range r;

	range_start(&r, v->txn, TABLE_DONE, &prefix);
	r.lenient = true;
	while (range_next(&r))
		if (!r.damaged && !names_entry(v, &r))
			verify_fault(v, "table done has an operation id for entry %" PRId64
				     ", which is not there", done_seq(r.key, r.value));
	range_end(&r);
}

/* An operation id is of use while its command may be repeated: one that cannot
 * be read any more is let go. */
void rebuild_operations(struct verify *v)
{
	struct key prefix = done_key(DONE_OP), last = prefix;
	struct range r;
	bool found;

	do {
		range_start(&r, v->txn, TABLE_DONE, &prefix);
		r.lenient = true;
		range_seek(&r, &last);
		while ((found = range_next(&r)) && !r.damaged && names_entry(v, &r))
			continue;
		last.len = 0;
		if (found && r.key.len <= KEY_MOST)
			key_bytes(&last, r.key.at, r.key.len);
		range_end(&r);
		if (last.len)
			txn_delete(v->txn, TABLE_DONE, &last);
	} while (last.len && txn_status(v->txn) == ST_OK);
}
