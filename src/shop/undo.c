/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "shop/sale.h"

static bool can_be_undone(enum entry_kind kind)
{
	return kind == ENTRY_SALE || kind == ENTRY_REFUND || kind == ENTRY_CLAIM ||
	       kind == ENTRY_ADJUST || kind == ENTRY_OPENING || kind == ENTRY_WALK_IN ||
	       kind == ENTRY_CLOSE;
}

/* One's own newest entry of today that can be undone and stands, into t->other.
 * Other kinds are changed anew, not undone: they are passed over. */
static enum status own_last(struct trade *t)
{
	struct range r;
	bool found = false;
	int32_t today = clock_day(t->by.now);
	enum status st = ST_OK;

	range_start(&r, t->txn, TABLE_JOURNAL, NULL);
	while (!found && st == ST_OK && range_previous(&r)) {
		st = entry_decode(r.key, r.value, t->other);
		if (st != ST_OK || clock_day(t->other->recorded) != today)
			break;
		found = !strcmp(t->other->who, t->by.who) && can_be_undone(t->other->kind) &&
			!entry_is_undone(t->txn, t->other->seq);
	}
	range_end(&r);
	if (st != ST_OK || found)
		return st;
	return fail(ST_REFUSED, "you have made no entry today that could be undone");
}

/* Nothing builds on the close of a day: it is undone after later entries too. */
static bool is_own_close(struct trade *t, int64_t seq)
{
	return journal_read(t->txn, seq, t->other) == ST_OK && t->other->kind == ENTRY_CLOSE &&
	       !strcmp(t->other->who, t->by.who) &&
	       clock_day(t->other->recorded) == clock_day(t->by.now);
}

/* Into t->other. 'expected' is what a person has seen and agreed to; 0: any. */
static enum status find(struct trade *t, int64_t expected)
{
	enum status st;

	if (expected && entry_is_undone(t->txn, expected))
		return fail(ST_REFUSED, "that entry is undone already; look again");
	if (expected && is_own_close(t, expected))
		return ST_OK;
	st = own_last(t);
	if (st == ST_OK && expected && t->other->seq != expected)
		return fail(ST_REFUSED, "another entry is your last one by now; look again");
	return st;
}

struct later {
	struct trade *t;
	int64_t seq, found;
};

static bool is_later(const struct pending_row *row, void *arg)
{
	struct later *l = arg;

	if (row->seq > l->seq && row->kind != ENTRY_CUSTOMER && row->kind != ENTRY_CONSENT &&
	    row->kind != ENTRY_UNDO && !entry_is_undone(l->t->txn, row->seq))
		l->found = row->seq;
	return !l->found;
}

/* What is about the entry has the customer of it, but an anonymous one is in
 * no timeline. */
static void find_about(struct later *l)
{
	struct key prefix;
	struct range r;

	prefix.len = 0;
	key_int(&prefix, (uint64_t)l->seq, 8);
	range_start(&r, l->t->txn, TABLE_ABOUT, &prefix);
	while (!l->found && range_next(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + 8, 8);

		if (!entry_is_undone(l->t->txn, seq))
			l->found = seq;
	}
	range_end(&r);
}

static enum status nothing_later(struct trade *t)
{
	struct later l = { t, t->other->seq, 0 };
	int64_t customer = account_of(t->txn, t->other->customer);

	if (customer)
		book_timeline(&t->book, customer, is_later, &l);
	else
		find_about(&l);
	if (l.found)
		return fail(ST_REFUSED, "entry %" PRId64 " came after it; %s", l.found,
			    t->other->kind == ENTRY_SALE ? "refund the sale instead" :
							   "adjust the balance instead");
	return txn_status(t->txn);
}

/* Its natural key is free again: the corrected sale may carry the receipt. */
static void free_key(struct trade *t)
{
	const struct entry *e = t->other;
	struct key k;

	if (e->kind == ENTRY_SALE && e->receipt[0])
		k = done_receipt(e->source, e->receipt);
	else if (e->kind == ENTRY_REFUND && e->number[0])
		k = refund_key(e);
	else if (e->kind == ENTRY_OPENING)
		k = opening_key(e->customer, unit_make(UNIT_PROGRAM, e->subject));
	else if (e->kind == ENTRY_WALK_IN || e->kind == ENTRY_CLOSE)
		k = day_key(e->kind == ENTRY_CLOSE ? DONE_CLOSE : DONE_WALK_IN, e->day);
	else
		return;
	txn_delete(t->txn, TABLE_DONE, &k);
}

/* Does the opposite of t->other. */
static enum status reverse(struct trade *t)
{
	struct entry *e = t->entry;
	enum status st = ST_OK;

	free_key(t);
	book_start(&t->book, e, ENTRY_UNDO, &t->by);
	entry_occurred(e, t->other->occurred > t->by.now ? t->other->occurred : t->by.now);
	e->about = t->other->seq;
	e->customer = t->other->customer;
	e->total = -t->other->total;
	for (uint32_t i = t->other->posting_count; i-- > 0 && st == ST_OK;)
		st = book_reverse(&t->book, e, t->other, i);
	if (st == ST_OK)
		st = book_post(&t->book, e);
	t->seq = e->seq;
	return st;
}

/* What the close booked as not rung up goes with it: the next close counts anew. */
static enum status reverse_walk_in(struct trade *t, int64_t close)
{
	struct key k = day_key(DONE_WALK_IN, t->other->day);
	enum status st;
	uint64_t total;
	int64_t seq;

	if (!done_find(t->txn, &k, &seq, &total))
		return txn_status(t->txn);
	st = journal_read(t->txn, seq, t->other);
	if (st == ST_OK)
		st = reverse(t);
	return st == ST_OK ? journal_read(t->txn, close, t->other) : st;
}

static enum status undo_work(struct trade *t, void *arg)
{
	const int64_t *expected = arg;
	enum status st = find(t, *expected);

	if (st == ST_OK)
		st = nothing_later(t);
	if (st == ST_OK && t->other->kind == ENTRY_CLOSE)
		st = reverse_walk_in(t, t->other->seq);
	return st == ST_OK ? reverse(t) : st;
}

enum status undo_last(struct shop *shop, const struct actor *by, int64_t expected,
		      struct trade_run *out)
{
	*out = (struct trade_run){ .work = undo_work, .arg = &expected,
				   .content = digest_content(&expected, sizeof(expected)) };
	return trade_run(shop, by, out);
}

/* -- which one it would be -- */

struct next_asked {
	const struct shop *shop;
	const struct actor *by;
	int64_t seq;
};

static enum status next_work(struct txn *txn, void *arg)
{
	struct next_asked *a = arg;
	struct trade t;
	enum status st;

	trade_open(&t, txn, a->shop, a->by);
	st = find(&t, 0);
	if (st == ST_OK)
		st = nothing_later(&t);
	a->seq = t.other->seq;
	trade_abandon(&t);
	return st;
}

enum status undo_next(const struct shop *shop, const struct actor *by, int64_t *seq)
{
	struct next_asked a = { .shop = shop, .by = by };
	enum status st = store_read(shop->store, next_work, &a);

	*seq = a.seq;
	return st;
}
