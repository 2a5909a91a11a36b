/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "shop/sale.h"

static bool can_be_undone(enum entry_kind kind)
{
	return kind == ENTRY_SALE || kind == ENTRY_REFUND || kind == ENTRY_CLAIM ||
	       kind == ENTRY_ADJUST || kind == ENTRY_OPENING || kind == ENTRY_WALK_IN ||
	       kind == ENTRY_CLOSE;
}

/* One's own newest entry of today that still stands, into t->other. */
static enum status own_last(struct trade *t)
{
	struct range r;
	int64_t found = 0;
	int32_t today = clock_day(t->by.now);
	enum status st = ST_OK;

	range_start(&r, t->txn, TABLE_JOURNAL, NULL);
	while (!found && st == ST_OK && range_previous(&r)) {
		st = entry_decode(r.key, r.value, t->other);
		if (st != ST_OK || clock_day(t->other->recorded) != today)
			break;
		if (!strcmp(t->other->who, t->by.who) && t->other->kind != ENTRY_UNDO &&
		    t->other->kind != ENTRY_LAPSE && !entry_is_undone(t->txn, t->other->seq))
			found = t->other->seq;
	}
	range_end(&r);
	if (st != ST_OK)
		return st;
	if (!found)
		return fail(ST_REFUSED, "you have made no entry today that could be undone");
	if (t->other->kind == ENTRY_MERGE)
		return fail(ST_REFUSED, "your last entry, %" PRId64 ", made one of two customers; "
			    "that is not undone", found);
	if (!can_be_undone(t->other->kind))
		return fail(ST_REFUSED, "your last entry, %" PRId64 " (%s), is not undone this "
			    "way; edit it instead", found, entry_kind_name(t->other->kind));
	return ST_OK;
}

struct later {
	struct trade *t;
	int64_t seq, found;
};

static bool is_later(const struct pending_row *row, void *arg)
{
	struct later *l = arg;

	if (row->seq > l->seq && row->kind != ENTRY_CUSTOMER && row->kind != ENTRY_UNDO &&
	    !entry_is_undone(l->t->txn, row->seq))
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
	else if (e->kind == ENTRY_REFUND && e->number[0] &&
		 journal_read(t->txn, e->about, t->entry) == ST_OK)
		k = refund_key(t->entry, e->number);
	else if (e->kind == ENTRY_OPENING)
		k = opening_key(e->customer, unit_make(UNIT_PROGRAM, e->subject));
	else if (e->kind == ENTRY_WALK_IN || e->kind == ENTRY_CLOSE)
		k = day_key(e->kind == ENTRY_CLOSE ? DONE_CLOSE : DONE_WALK_IN, e->day);
	else
		return;
	txn_delete(t->txn, TABLE_DONE, &k);
}

static enum status undo_work(struct trade *t, void *arg)
{
	struct entry *e = t->entry;
	enum status st = own_last(t);

	(void)arg;
	if (st == ST_OK)
		st = nothing_later(t);
	if (st != ST_OK)
		return st;
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

enum status undo_last(struct shop *shop, const struct actor *by, struct trade_run *out)
{
	*out = (struct trade_run){ .work = undo_work, .content = 1 };
	return trade_run(shop, by, out);
}
