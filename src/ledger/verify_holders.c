/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/verify_holders.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One customer after another, in the order of the timeline: their entries are
 * played again in the order they were recorded. Memory is that of one customer. */

/* -- figures -- */

static void note_sale(struct replay *r, const struct entry *e)
{
	struct figures *f = &r->h.figures;

	if (verify_is_undone(r->v, e->seq))
		return;
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND)
		f->spend = (int64_t)((uint64_t)f->spend + (uint64_t)e->total);
	if (e->kind != ENTRY_SALE)
		return;
	f->sales++;
	r->days = mem_grow(r->days, r->day_count, &r->day_cap, sizeof(*r->days));
	r->days[r->day_count++] = e->day;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static void count_visits(struct replay *r)
{
	struct figures *f = &r->h.figures;

	if (!r->day_count)
		return;
	qsort(r->days, r->day_count, sizeof(*r->days), by_day);
	f->first_day = r->days[0];
	f->last_day = r->days[r->day_count - 1];
	for (size_t i = 0; i < r->day_count; i++)
		f->visits += !i || r->days[i] != r->days[i - 1];
}

/* -- postings -- */

/* Where entries are lost, what later ones took from a lot is the witness that
 * it was there: what is short is taken as given, against 'adjusted'. */
static void make_up(struct replay *r, struct position *p, const struct move *move)
{
	struct lot *lot = position_lot(p, move->seq, move->n);
	int64_t *side = &verify_unit(r->v, p->unit)->house.side[COUNTER_ADJUSTED];
	int64_t missing;

	if (!lot)
		lot = position_lot_add(p, &(struct lot){
			.unit = p->unit, .seq = move->seq, .n = move->n, .through = LOT_NEVER });
	if (move->amount >= -lot->left)
		return;
	missing = lot->left + move->amount;
	if (__builtin_add_overflow(*side, missing, side) ||
	    __builtin_sub_overflow(p->balance, missing, &p->balance))
		return;
	lot->left -= missing;
}

static enum status apply(struct replay *r, const struct entry *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; i < e->posting_count && st == ST_OK; i++) {
		struct position *p = holder_position_add(&r->h, e->postings[i].unit);

		for (uint32_t m = 0; r->v->lost.n && m < e->move_count; m++)
			if (e->moves[m].posting == (int64_t)i)
				make_up(r, p, &e->moves[m]);
		st = holder_apply(&r->h, e, i);
	}
	return st;
}

/* The entries of one of those whose history this is. */
static bool play(struct replay *r, int64_t customer)
{
	const struct entry *e = r->v->entry;

	for (size_t i = 0; i < r->seqs.n; i++) {
		if (!verify_entry(r->v, r->seqs.at[i], r->v->entry) || e->customer != customer)
			continue;	/* what is nobody's was told with the timeline */
		note_sale(r, e);
		if (apply(r, e) == ST_OK)
			continue;
		if (!seqs_have(&r->v->unclear, r->h.id))
			verify_fault(r->v, "customer %" PRId64 ": the journal contradicts "
				     "itself: %s", r->h.id, status_text());
		return false;
	}
	return true;
}

/* Who was merged comes first: that ends with nothing in their lots, and the
 * merge gives it back to the same lots, which are here by then. */
static bool replay(struct replay *r)
{
	size_t n;
	const struct merge *m = merges_of(&r->v->merges, r->h.id, &n);
	bool good = true;

	for (size_t i = 0; i < n && good; i++)
		good = play(r, m[i].from);
	good = good && play(r, r->h.id);
	if (good)
		count_visits(r);
	return good && txn_status(r->v->txn) == ST_OK;
}

/* -- one after another -- */

static void next_timeline(struct replay *r)
{
	while (range_next(&r->timeline)) {
		if (r->timeline.damaged || r->timeline.key.len != 20)
			continue;
		r->next = (int64_t)key_read(r->timeline.key.at, 4);
		if (r->next)
			return;
	}
	r->next = 0;
}

void replay_start(struct replay *r, struct verify *v)
{
	*r = (struct replay){ .v = v };
	range_start(&r->timeline, v->txn, TABLE_TIMELINE, NULL);
	r->timeline.lenient = true;
	next_timeline(r);
}

static void clear(struct replay *r, int64_t customer)
{
	holder_release(&r->h);
	r->h = (struct holder){ .id = customer };
	r->seqs.n = r->day_count = 0;
}

bool replay_customer(struct replay *r, int64_t customer)
{
	clear(r, customer);
	while (r->next == customer && customer) {
		seqs_add(&r->seqs, (int64_t)key_read((const uint8_t *)r->timeline.key.at + 12, 8));
		next_timeline(r);
	}
	seqs_sort(&r->seqs);
	return replay(r);
}

void replay_end(struct replay *r)
{
	range_end(&r->timeline);
	clear(r, 0);
	free(r->seqs.at);
	free(r->days);
}

/* -- making balances, lots and the house again -- */

static int by_unit(const void *a, const void *b)
{
	int64_t x = ((const struct position *)a)->unit, y = ((const struct position *)b)->unit;

	return (x > y) - (x < y);
}

void holder_sort(struct holder *h)
{
	if (h->position_count)
		qsort(h->positions, h->position_count, sizeof(*h->positions), by_unit);
}

static void put_holder(struct txn *txn, struct holder *h)
{
	holder_store(txn, h);
	holder_sort(h);
	for (size_t i = 0; i < h->position_count; i++)
		for (size_t j = 0; j < h->positions[i].lot_count; j++) {
			const struct lot *lot = &h->positions[i].lots[j];
			struct key k = lot_key(h->id, lot);
			uint8_t room[20];

			if (lot->left > 0)
				txn_append(txn, TABLE_LOT, &k, lot_value(lot, room));
		}
}

void rebuild_holders(struct verify *v)
{
	struct replay r;

	txn_empty(v->txn, TABLE_ACCOUNT);
	txn_empty(v->txn, TABLE_LOT);
	txn_empty(v->txn, TABLE_HOUSE);
	replay_start(&r, v);
	while (r.next && verify_step(v)) {
		/* What contradicts itself is kept as far as it goes. */
		(void)replay_customer(&r, r.next);
		put_holder(v->txn, &r.h);
	}
	replay_end(&r);
	for (size_t i = 0; i < v->unit_count; i++)
		house_store(v->txn, v->units[i].unit, &v->units[i].house);
}
