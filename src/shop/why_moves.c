/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/why_parts.h"

#include <stdio.h>

#include "base/language.h"

/* A posting of an old customer may have drawn from hundreds of lots. */
enum { LOTS_TOLD = 12, OTHERS_TOLD = 12 };

const char *why_entry_words(const struct why *w, char out[ENTRY_WORDS])
{
	const struct entry *e = w->room;
	char receipt[RECEIPT_TEXT] = "", day[FORMAT_TEXT], seq[FORMAT_TEXT];

	format_day(w->format, e->day, day);
	format_number(w->format, e->seq, seq);
	if (e->kind != ENTRY_SALE && e->kind != ENTRY_REFUND) {
		snprintf(out, ENTRY_WORDS, _("%1$s, %2$s (entry %3$s)"), tell_kind(e->kind), day,
			 seq);
		return out;
	}
	sale_receipt(e, receipt);
	snprintf(out, ENTRY_WORDS, _("%1$s %2$s, %3$s (entry %4$s)"), tell_kind(e->kind), receipt,
		 day, seq);
	return out;
}

/* -- what it moved -- */

static const char *unit_name(const struct standing *s, int64_t unit)
{
	const struct program *p = program_by_id(&s->programs, unit_id(unit));
	const struct reward *r = reward_by_id(&s->rewards, unit_id(unit));

	if (unit_class(unit) == UNIT_PROGRAM)
		return p ? p->name : "";
	return unit_class(unit) == UNIT_REWARD && r ? r->name : "";
}

/* Why the amount moved: one sentence for each side of the shop's. */
static void tell_movement(struct why *w, const struct posting *p, const char *amount)
{
	const char *name = unit_name(&w->deed.standing, p->unit);

	buf_text(w->out, "  ");
	switch (p->counter) {
	case COUNTER_ISSUED:
		buf_printf(w->out, p->amount < 0 ? _("%s: %s taken back") : _("%s: %s earned"),
			   name, amount);
		break;
	case COUNTER_REDEEMED:
		buf_printf(w->out, p->amount > 0 ? _("%s: %s given back") : _("%s: %s used"),
			   name, amount);
		break;
	case COUNTER_EXPIRED:
		buf_printf(w->out, _("%s: %s lapsed"), name, amount);
		break;
	case COUNTER_OPENING:
		buf_printf(w->out, _("%s: %s brought along"), name, amount);
		break;
	case COUNTER_MOVED:
		buf_printf(w->out, _("%s: %s moved between two who became one"), name, amount);
		break;
	default:
		buf_printf(w->out, _("%s: %s by hand"), name, amount);
	}
	buf_text(w->out, "\n");
}

static void tell_dates(struct why *w, const struct posting *p)
{
	char day[FORMAT_TEXT];

	if (p->amount <= 0)
		return;
	if (p->from > w->deed.entry->day)
		buf_printf(w->out, _("    to be used from %s\n"),
			   format_day(w->format, (int32_t)p->from, day));
	if (p->through)
		buf_printf(w->out, _("    good through %s\n"),
			   format_day(w->format, (int32_t)p->through, day));
}

/* A lot is known by the entry that opened it. */
static void tell_lot(struct why *w, const struct move *m)
{
	char words[ENTRY_WORDS], amount[FORMAT_TEXT], through[FORMAT_TEXT];
	const struct entry *e = w->room;
	bool lapses;

	format_number(w->format, m->amount < 0 ? -m->amount : m->amount, amount);
	if (journal_read(w->txn, m->seq, w->room) != ST_OK)
		return;
	why_entry_words(w, words);
	lapses = m->n >= 0 && m->n < e->posting_count && e->postings[m->n].through;
	if (lapses)
		format_day(w->format, (int32_t)e->postings[m->n].through, through);
	buf_text(w->out, "    ");
	if (m->amount < 0 && lapses)
		buf_printf(w->out, _("%1$s of those from: %2$s, good through %3$s"), amount, words,
			   through);
	else if (m->amount < 0)
		buf_printf(w->out, _("%1$s of those from: %2$s"), amount, words);
	else
		buf_printf(w->out, _("%1$s back to those from: %2$s"), amount, words);
	buf_text(w->out, "\n");
}

static void tell_lots(struct why *w, uint32_t posting)
{
	const struct entry *e = w->deed.entry;
	unsigned long left = 0, told = 0;

	for (uint32_t i = 0; i < e->move_count; i++) {
		if (e->moves[i].posting != posting)
			continue;
		if (told == LOTS_TOLD)
			left++;
		else if (++told)
			tell_lot(w, &e->moves[i]);
	}
	if (left)
		buf_printf(w->out, ngettext("    and of %lu more\n", "    and of %lu more\n", left),
			   left);
}

void why_tell_moves(struct why *w)
{
	const struct entry *e = w->deed.entry;
	char amount[FORMAT_TEXT], with_sign[FORMAT_TEXT + 1];

	if (e->posting_count)
		buf_text(w->out, _("Points, stamps and rewards\n"));
	for (uint32_t i = 0; i < e->posting_count; i++) {
		const struct posting *p = &e->postings[i];

		format_number(w->format, p->amount, amount);
		snprintf(with_sign, sizeof(with_sign), "%s%s", p->amount > 0 ? "+" : "", amount);
		tell_movement(w, p, with_sign);
		tell_dates(w, p);
		tell_lots(w, i);
	}
}

/* -- what belongs to it -- */

static void tell_what_it_is_about(struct why *w)
{
	const struct entry *e = w->deed.entry;
	char words[ENTRY_WORDS];

	if (e->kind == ENTRY_REFUND && !e->about)
		buf_text(w->out, _("  The sale that it is of is not in the book.\n"));
	if (!e->about || journal_read(w->txn, e->about, w->room) != ST_OK)
		return;
	why_entry_words(w, words);
	if (e->kind == ENTRY_UNDO)
		buf_printf(w->out, _("  It took back: %s\n"), words);
	else if (e->kind == ENTRY_REFUND)
		buf_printf(w->out, _("  It gave back money of: %s\n"), words);
	else
		buf_printf(w->out, _("  It belongs to: %s\n"), words);
}

void why_tell_others(struct why *w)
{
	char words[ENTRY_WORDS];
	struct key prefix = { .len = 0 };
	unsigned long told = 0, left = 0;
	struct range r;

	tell_what_it_is_about(w);
	key_int(&prefix, (uint64_t)w->deed.entry->seq, 8);
	range_start(&r, w->txn, TABLE_ABOUT, &prefix);
	while (range_next(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + 8, 8);

		if (told == OTHERS_TOLD) {
			left++;
			continue;
		}
		if (journal_read(w->txn, seq, w->room) != ST_OK)
			break;
		buf_printf(w->out, _("  Later: %s\n"), why_entry_words(w, words));
		told++;
	}
	range_end(&r);
	if (left)
		buf_printf(w->out, ngettext("  and %lu more\n", "  and %lu more\n", left), left);
}
