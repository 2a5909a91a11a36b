/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/explain_events.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
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
	char money[FORMAT_TEXT];
	const char *reward;
	struct buf *out;
};

static void tell_sale(const struct telling *t)
{
	const struct event *e = t->e;
	bool own = unit_class(e->unit) == UNIT_REWARD;

	if (e->counter == COUNTER_OPENING)
		buf_printf(t->out, _("a head start, with sale %s"), e->receipt);
	else if (e->counter == COUNTER_EXPIRED)
		buf_printf(t->out, _("lapsed by then, seen at sale %s"), e->receipt);
	else if (e->counter == COUNTER_ISSUED && own)
		buf_printf(t->out, _("made ready by sale %s"), e->receipt);
	else if (e->counter == COUNTER_ISSUED)
		buf_printf(t->out, _("earned by sale %1$s of %2$s"), e->receipt, t->money);
	else if (own)
		buf_printf(t->out, _("used on sale %s"), e->receipt);
	else if (e->reward)
		buf_printf(t->out, _("for \"%1$s\", at sale %2$s"), t->reward, e->receipt);
	else
		buf_printf(t->out, _("paid on the bill of sale %s"), e->receipt);
}

static void tell_refund(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_EXPIRED)
		buf_printf(t->out, _("lapsed by then, seen at a refund of sale %s"), e->receipt);
	else if (e->amount < 0)
		buf_printf(t->out, _("taken back: %1$s of sale %2$s was refunded"), t->money,
			   e->receipt);
	else
		buf_printf(t->out, _("given back: %1$s of sale %2$s was refunded"), t->money,
			   e->receipt);
}

static void tell_claim(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_ISSUED)
		buf_text(t->out, _("bought with points"));
	else if (e->receipt[0])
		buf_printf(t->out, _("\"%1$s\" claimed on sale %2$s"), t->reward, e->receipt);
	else
		buf_printf(t->out, _("\"%s\" claimed"), t->reward);
}

static void tell_adjustment(struct txn *txn, const struct telling *t)
{
	struct side *side = mem_alloc(sizeof(*side));

	if (side_get(txn, t->e->seq, side) && side->reason[0])
		buf_printf(t->out, _("adjusted by hand: %s"), side->reason);
	else
		buf_text(t->out, _("adjusted by hand"));
	free(side);
}

static void tell_award(const struct telling *t)
{
	const struct event *e = t->e;

	if (e->counter == COUNTER_ISSUED)
		buf_printf(t->out, _("awarded later for sale %s"), e->receipt);
	else
		tell_sale(t);
}

void event_tell(const struct event_teller *with, const struct event *e, const char *reward,
		struct buf *out)
{
	struct telling t = { .e = e, .reward = reward, .out = out };
	char day[FORMAT_TEXT], amount[FORMAT_TEXT];

	format_day(with->format, e->day, day);
	format_number(with->format, e->amount, amount);
	format_money(with->format, e->total < 0 ? -e->total : e->total, t.money);
	buf_printf(out, "  %s  %s%s  ", day, e->amount < 0 ? "" : "+", amount);
	switch (e->kind) {
	case ENTRY_SALE: tell_sale(&t); break;
	case ENTRY_REFUND: tell_refund(&t); break;
	case ENTRY_CLAIM: tell_claim(&t); break;
	case ENTRY_ADJUST: tell_adjustment(with->txn, &t); break;
	case ENTRY_AWARD: tell_award(&t); break;
	case ENTRY_OPENING: buf_text(out, _("brought as the opening balance")); break;
	case ENTRY_LAPSE: buf_text(out, P_("points", "lapsed")); break;
	default:
		buf_printf(out, _("entry %s"), format_number(with->format, e->seq, amount));
	}
	if (e->undone)
		buf_printf(out, " %s", _("(undone)"));
}

void event_origin(struct txn *txn, int64_t seq, struct entry *room, struct buf *out)
{
	char receipt[RECEIPT_TEXT];

	if (journal_read(txn, seq, room) != ST_OK)
		return;
	receipt_of(room, receipt);
	switch (room->kind) {
	case ENTRY_SALE: buf_printf(out, _("sale %s"), receipt); break;
	case ENTRY_REFUND: buf_printf(out, _("a refund of sale %s"), receipt); break;
	case ENTRY_AWARD: buf_printf(out, _("an award for sale %s"), receipt); break;
	case ENTRY_ADJUST: buf_text(out, _("an adjustment")); break;
	case ENTRY_OPENING: buf_text(out, _("the opening balance")); break;
	default: buf_printf(out, _("entry %" PRId64), seq);
	}
}
