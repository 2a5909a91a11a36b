/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/explain_events.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "shop/rule.h"

/* -- gathering -- */

static void receipt_of(const struct entry *e, char out[RECEIPT_TEXT])
{
	*out = '\0';
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND)
		sale_receipt(e, out);
	if (e->about && (*out == '@' || e->kind != ENTRY_REFUND))
		snprintf(out, RECEIPT_TEXT, "@%" PRId64, e->about);
}

static void add_events(struct events *all, const struct entry *e, bool undone)
{
	for (uint32_t i = e->posting_count; i-- > 0;) {
		const struct posting *p = &e->postings[i];
		struct event *event;

		if (p->counter == COUNTER_MOVED)	/* both sides of a merge are here */
			continue;
		all->row = mem_grow(all->row, all->n, &all->cap, sizeof(*all->row));
		event = &all->row[all->n++];
		*event = (struct event){
			.seq = e->seq, .unit = p->unit, .counter = p->counter,
			.amount = p->amount, .reward = p->reward, .total = e->total,
			.kind = e->kind, .day = e->day, .undone = undone };
		receipt_of(e, event->receipt);
	}
}

/* By the sale's own number where it has one. */
static void name_receipts(struct txn *txn, struct events *all, struct entry *room)
{
	for (size_t i = 0; i < all->n; i++) {
		struct event *event = &all->row[i];
		int64_t sale = event->receipt[0] == '@' ? strtoll(event->receipt + 1, NULL, 10) : 0;

		if (sale && sale != event->seq && journal_read(txn, sale, room) == ST_OK &&
		    room->kind == ENTRY_SALE)
			sale_receipt(room, event->receipt);
	}
}

enum status events_load(struct txn *txn, int64_t customer, struct events *out)
{
	struct key prefix = timeline_prefix(customer);
	struct entry *e = entry_new();
	struct range r;

	*out = (struct events){ 0 };
	range_start(&r, txn, TABLE_TIMELINE, &prefix);
	while (range_previous(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + 12, 8);

		if (journal_read(txn, seq, e) != ST_OK)
			break;
		if (e->kind != ENTRY_UNDO)
			add_events(out, e, entry_is_undone(txn, seq));
	}
	range_end(&r);
	name_receipts(txn, out, e);
	entry_free(e);
	return txn_status(txn);
}

void events_release(struct events *e)
{
	free(e->row);
	*e = (struct events){ 0 };
}

/* -- telling -- */

struct telling {
	const struct event *e;
	char day[DAY_TEXT], money[MONEY_TEXT];
	const char *reward;
	struct buf *out;
};

static void tell_sale(const struct telling *t)
{
	const struct event *e = t->e;
	bool own = unit_class(e->unit) == UNIT_REWARD;

	if (e->counter == COUNTER_OPENING)
		buf_printf(t->out, "  %s  %+" PRId64 "  a head start, with sale %s", t->day,
			   e->amount, e->receipt);
	else if (e->counter == COUNTER_EXPIRED)
		buf_printf(t->out, "  %s  %+" PRId64 "  lapsed by then, seen at sale %s", t->day,
			   e->amount, e->receipt);
	else if (e->counter == COUNTER_ISSUED && own)
		buf_printf(t->out, "  %s  %+" PRId64 "  made ready by sale %s", t->day, e->amount,
			   e->receipt);
	else if (e->counter == COUNTER_ISSUED)
		buf_printf(t->out, "  %s  %+" PRId64 "  earned by sale %s of %s", t->day, e->amount,
			   e->receipt, t->money);
	else if (own)
		buf_printf(t->out, "  %s  %+" PRId64 "  used on sale %s", t->day, e->amount,
			   e->receipt);
	else if (e->reward)
		buf_printf(t->out, "  %s  %+" PRId64 "  for \"%s\", at sale %s", t->day, e->amount,
			   t->reward, e->receipt);
	else
		buf_printf(t->out, "  %s  %+" PRId64 "  paid on the bill of sale %s", t->day,
			   e->amount, e->receipt);
}

static void tell_refund(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_EXPIRED)
		buf_printf(t->out, "  %s  %+" PRId64 "  lapsed by then, seen at a refund of sale "
			   "%s", t->day, e->amount, e->receipt);
	else if (e->amount < 0)
		buf_printf(t->out, "  %s  %+" PRId64 "  taken back: %s of sale %s was refunded",
			   t->day, e->amount, t->money, e->receipt);
	else
		buf_printf(t->out, "  %s  %+" PRId64 "  given back: %s of sale %s was refunded",
			   t->day, e->amount, t->money, e->receipt);
}

static void tell_claim(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_ISSUED)
		buf_printf(t->out, "  %s  %+" PRId64 "  bought with points", t->day, e->amount);
	else if (e->receipt[0])
		buf_printf(t->out, "  %s  %+" PRId64 "  \"%s\" claimed on sale %s", t->day,
			   e->amount, t->reward, e->receipt);
	else
		buf_printf(t->out, "  %s  %+" PRId64 "  \"%s\" claimed", t->day, e->amount,
			   t->reward);
}

static void tell_adjustment(struct txn *txn, const struct telling *t)
{
	struct side *side = mem_alloc(sizeof(*side));

	if (side_get(txn, t->e->seq, side) && side->reason[0])
		buf_printf(t->out, "  %s  %+" PRId64 "  adjusted by hand: %s", t->day, t->e->amount,
			   side->reason);
	else
		buf_printf(t->out, "  %s  %+" PRId64 "  adjusted by hand", t->day, t->e->amount);
	free(side);
}

static void tell_award(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_ISSUED)
		buf_printf(t->out, "  %s  %+" PRId64 "  awarded later for sale %s", t->day,
			   e->amount, e->receipt);
	else
		tell_sale(t);
}

void event_tell(struct txn *txn, const struct event *e, const char *reward, int decimals,
		struct buf *out)
{
	struct telling t = { .e = e, .reward = reward, .out = out };

	day_print(e->day, t.day);
	money_print(e->total < 0 ? -e->total : e->total, decimals, t.money);
	switch (e->kind) {
	case ENTRY_SALE: tell_sale(&t); break;
	case ENTRY_REFUND: tell_refund(&t); break;
	case ENTRY_CLAIM: tell_claim(&t); break;
	case ENTRY_ADJUST: tell_adjustment(txn, &t); break;
	case ENTRY_AWARD: tell_award(&t); break;
	case ENTRY_OPENING:
		buf_printf(out, "  %s  %+" PRId64 "  brought as the opening balance", t.day,
			   e->amount);
		break;
	case ENTRY_LAPSE:
		buf_printf(out, "  %s  %+" PRId64 "  lapsed", t.day, e->amount);
		break;
	default:
		buf_printf(out, "  %s  %+" PRId64 "  entry %" PRId64, t.day, e->amount, e->seq);
	}
	if (e->undone)
		buf_text(out, " (undone)");
}

void event_origin(struct txn *txn, int64_t seq, struct entry *room, struct buf *out)
{
	char receipt[RECEIPT_TEXT];

	if (journal_read(txn, seq, room) != ST_OK)
		return;
	receipt_of(room, receipt);
	switch (room->kind) {
	case ENTRY_SALE: buf_printf(out, "sale %s", receipt); break;
	case ENTRY_REFUND: buf_printf(out, "a refund of sale %s", receipt); break;
	case ENTRY_AWARD: buf_printf(out, "an award for sale %s", receipt); break;
	case ENTRY_ADJUST: buf_text(out, "an adjustment"); break;
	case ENTRY_OPENING: buf_text(out, "the opening balance"); break;
	default: buf_printf(out, "entry %" PRId64, seq);
	}
}
