/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/recent.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ledger/merge.h"
#include "shop/rule.h"

/* -- walking -- */

#define KIND(kind) (1u << (kind))

static const unsigned sales = KIND(ENTRY_SALE) | KIND(ENTRY_REFUND) | KIND(ENTRY_WALK_IN);
static const unsigned counter = KIND(ENTRY_CLAIM) | KIND(ENTRY_ADJUST) | KIND(ENTRY_OPENING);
static const unsigned moving = KIND(ENTRY_AWARD) | KIND(ENTRY_LAPSE) | KIND(ENTRY_MERGE);
static const unsigned consent = KIND(ENTRY_CONSENT);

static unsigned kinds_of(enum recent_kinds kinds)
{
	switch (kinds) {
	case RECENT_ALL: break;
	case RECENT_SALES: return sales;
	case RECENT_COUNTER: return sales | counter;
	case RECENT_TIMELINE: return sales | counter | moving | consent;
	case RECENT_CONSENT: return consent;
	}
	return ~0u;
}

struct walk {
	struct txn *txn;
	const struct recent_ask *ask;
	recent_each *each;
	void *arg;
	int64_t n;
	struct entry *e;
	struct side *side;
	struct customer *customer;
};

/* The kind is a byte from disk. */
static bool is_of_kinds(enum recent_kinds kinds, enum entry_kind kind)
{
	return kinds == RECENT_ALL || (kind < ENTRY_KINDS && (kinds_of(kinds) & KIND(kind)));
}

static bool is_asked_for(const struct recent_ask *a, enum entry_kind kind, int32_t day)
{
	return is_of_kinds(a->kinds, kind) && (!a->from || day >= a->from) &&
	       (!a->to || day <= a->to);
}

static bool is_enough(const struct walk *w)
{
	return w->ask->limit && w->n >= w->ask->limit;
}

static void give(struct walk *w)
{
	struct listed_entry row = { w->e, w->side, "", "", false };

	if (!side_get(w->txn, w->e->seq, w->side))
		record_clear(&side_type, w->side);
	if (w->e->customer && customer_get(w->txn, w->e->customer, w->customer)) {
		row.name = w->customer->name;
		row.label = customer_label(w->customer);
	}
	row.undone = entry_is_undone(w->txn, w->e->seq);
	w->each(w->arg, &row);
	w->n++;
}

/* The head says what is not asked for, without decoding the rest. */
static enum status walk_journal(struct walk *w)
{
	struct entry_head head;
	struct range r;
	enum status st = ST_OK;

	range_start(&r, w->txn, TABLE_JOURNAL, NULL);
	while (st == ST_OK && !is_enough(w) && range_previous(&r)) {
		if (entry_head(r.key, r.value, &head) &&
		    !is_asked_for(w->ask, head.kind, head.day))
			continue;
		st = entry_decode(r.key, r.value, w->e);
		if (st == ST_OK)
			give(w);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(w->txn) : st;
}

/* The newest so far, newest first. */
struct newest {
	struct entry_head *row;
	size_t n, most;
};

static bool is_newer(const struct entry_head *a, const struct entry_head *b)
{
	if (a->day != b->day)
		return a->day > b->day;
	return a->minute != b->minute ? a->minute > b->minute : a->seq > b->seq;
}

static void keep_newest(struct newest *all, const struct entry_head *head)
{
	size_t at = all->n;

	if (all->n == all->most && !is_newer(head, &all->row[all->n - 1]))
		return;
	while (at > 0 && is_newer(head, &all->row[at - 1]))
		at--;
	all->n += all->n < all->most;
	memmove(&all->row[at + 1], &all->row[at], (all->n - 1 - at) * sizeof(*all->row));
	all->row[at] = *head;
}

static void find_newest(const struct walk *w, struct newest *all)
{
	struct entry_head head;
	struct range r;
	int looked = 0;

	range_start(&r, w->txn, TABLE_JOURNAL, NULL);
	while (looked++ < RECENT_LOOK && range_previous(&r))
		if (entry_head(r.key, r.value, &head) && is_asked_for(w->ask, head.kind, head.day))
			keep_newest(all, &head);
	range_end(&r);
}

static enum status walk_by_time(struct walk *w)
{
	struct newest all = { .most = (size_t)w->ask->limit };
	enum status st = ST_OK;

	assert(w->ask->limit > 0);
	all.row = mem_alloc(all.most * sizeof(*all.row));
	find_newest(w, &all);
	for (size_t i = 0; st == ST_OK && i < all.n; i++) {
		st = journal_read(w->txn, all.row[i].seq, w->e);
		if (st == ST_OK)
			give(w);
	}
	free(all.row);
	return st == ST_OK ? txn_status(w->txn) : st;
}

static enum status walk_timeline(struct walk *w)
{
	struct key prefix = timeline_prefix(account_of(w->txn, w->ask->customer));
	struct range r;
	enum status st = ST_OK;

	range_start(&r, w->txn, TABLE_TIMELINE, &prefix);
	while (st == ST_OK && !is_enough(w) && range_previous(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + r.key.len - 8, 8);

		st = journal_read(w->txn, seq, w->e);
		if (st == ST_OK && is_asked_for(w->ask, w->e->kind, w->e->day))
			give(w);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(w->txn) : st;
}

/* Damage in one of them hides no other. */
static void read_leniently(struct txn *txn, int64_t seq, struct entry *e)
{
	struct key k = { .len = 0 };
	struct range r;

	key_int(&k, (uint64_t)seq, 8);
	range_start(&r, txn, TABLE_JOURNAL, &k);
	r.lenient = true;
	if (!range_next(&r) || r.damaged || entry_decode(r.key, r.value, e) != ST_OK)
		entry_clear(e);
	e->seq = seq;
	range_end(&r);
}

static enum status walk_named(struct walk *w)
{
	for (int64_t i = 0; i < w->ask->limit; i++) {
		read_leniently(w->txn, w->ask->seqs[i], w->e);
		give(w);
	}
	return txn_status(w->txn);
}

static enum status walk_asked(struct walk *w)
{
	if (w->ask->seqs)
		return walk_named(w);
	if (w->ask->customer)
		return walk_timeline(w);
	return w->ask->by_time ? walk_by_time(w) : walk_journal(w);
}

enum status recent_walk(struct txn *txn, const struct recent_ask *ask, recent_each *each,
			void *arg)
{
	struct walk w = { .txn = txn, .ask = ask, .each = each, .arg = arg, .e = entry_new(),
			  .side = mem_alloc(sizeof(struct side)),
			  .customer = mem_alloc(sizeof(struct customer)) };
	enum status st = walk_asked(&w);

	entry_free(w.e);
	free(w.side);
	free(w.customer);
	return st;
}

/* -- copying -- */

struct copying {
	const struct recent_ask *ask;
	const struct format *f;
	struct standing rules;		/* programs and rewards; nobody's */
	struct recent *out;
};

static void copy_cut(char *out, size_t size, const char *text)
{
	size_t len = text_cut(text, size - 1);

	memcpy(out, text, len);
	out[len] = '\0';
}

static void copy_row(void *arg, const struct listed_entry *listed)
{
	struct copying *c = arg;
	struct recent *all = c->out;
	const struct entry *e = listed->e;
	struct buf words = { 0 };
	struct recent_row *row;

	all->row = mem_grow(all->row, all->n, &all->cap, sizeof(*all->row));
	row = &all->row[all->n++];
	*row = (struct recent_row){
		.seq = e->seq, .customer = e->customer, .kind = e->kind, .day = e->day,
		.minute = e->minute, .occurred = e->occurred, .total = e->total,
		.discount = e->discount, .undone = listed->undone };
	copy_cut(row->name, sizeof(row->name), listed->label);
	copy_cut(row->who, sizeof(row->who), e->who);
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND)
		sale_receipt(e, row->receipt);
	tell_moves(e, &c->rules, c->f, &words);
	if (!words.len)
		tell_subject(e, &words);
	copy_cut(row->words, sizeof(row->words), words.len ? words.at : "");
	copy_cut(row->reason, sizeof(row->reason), listed->side->reason);
	buf_release(&words);
}

static enum status copy_work(struct txn *txn, void *arg)
{
	struct copying *c = arg;
	enum status st = standing_load(txn, 0, 0, &c->rules);

	return st == ST_OK ? recent_walk(txn, c->ask, copy_row, c) : st;
}

enum status recent_read(const struct shop *shop, const struct recent_ask *ask,
			const struct format *f, struct recent *out)
{
	struct copying *c = mem_alloc(sizeof(*c));
	enum status st;

	*out = (struct recent){ 0 };
	c->ask = ask;
	c->f = f;
	c->out = out;
	st = store_read(shop->store, copy_work, c);
	standing_release(&c->rules);
	free(c);
	return st;
}

void recent_release(struct recent *r)
{
	free(r->row);
	*r = (struct recent){ 0 };
}
