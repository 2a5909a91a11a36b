/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/why.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "shop/consent.h"
#include "shop/item.h"
#include "shop/rule.h"
#include "shop/why_parts.h"

enum { QUANTITY_ONE = 1000 };

/* -- what was bought -- */

static const char *line_name(const struct why *w, size_t i, struct item *item,
			     char room[SALE_WORDS])
{
	const struct line *line = &w->deed.entry->lines[i];

	if (!line->item)
		return sale_words(&w->side, i + 1, room);
	return item_get(w->txn, line->item, item) ? item->name : "";
}

static void add_line(struct why *w, size_t i)
{
	const struct line *line = &w->deed.entry->lines[i];
	const struct format *f = w->format;
	char room[SALE_WORDS], amount[FORMAT_TEXT], quantity[FORMAT_TEXT];
	struct item item;
	const char *name = line_name(w, i, &item, room);

	format_money_short(f, line->amount, amount);
	format_number(f, line->quantity / QUANTITY_ONE, quantity);
	if (line->quantity % QUANTITY_ONE)
		buf_printf(w->out, "  %s  %s.%03d  %s\n", name, quantity,
			   abs((int)(line->quantity % QUANTITY_ONE)), amount);
	else if (line->quantity != QUANTITY_ONE)
		buf_printf(w->out, "  %s  %s  %s\n", name, quantity, amount);
	else
		buf_printf(w->out, "  %s  %s\n", name, amount);
}

static void add_money(struct why *w)
{
	const struct entry *e = w->deed.entry;
	const struct format *f = w->format;
	char bill[FORMAT_TEXT], off[FORMAT_TEXT], total[FORMAT_TEXT];

	if (e->kind != ENTRY_SALE && e->kind != ENTRY_REFUND)
		return;
	format_money_short(f, e->total + e->discount, bill);
	format_money_short(f, e->discount, off);
	format_money_short(f, e->kind == ENTRY_SALE ? e->total : -e->total, total);
	if (e->kind == ENTRY_REFUND)
		buf_printf(w->out, _("Given back: %s\n"), total);
	else if (e->discount)
		buf_printf(w->out, _("Bill: %s, less %s: %s paid\n"), bill, off, total);
	else
		buf_printf(w->out, _("Bill: %s\n"), total);
}

static void add_tender(struct why *w, const struct tender *t)
{
	char amount[FORMAT_TEXT];

	format_money_short(w->format, t->amount, amount);
	if (t->kind == TENDER_CASH)
		buf_printf(w->out, _("  %s in cash\n"), amount);
	else if (t->kind == TENDER_CARD)
		buf_printf(w->out, _("  %s by bank card\n"), amount);
}

/* -- what was changed in a customer's record -- */

static const char *label_of(const char *name)
{
	const struct field *f = record_field(&customer_type, name);

	return f && f->label ? _(f->label) : name;
}

/* A text, a number, or several of them. */
static void value_text(const json_t *value, struct buf *out)
{
	size_t i;
	json_t *part;

	if (json_is_string(value))
		buf_printf(out, out->len ? ", %s" : "%s", json_string_value(value));
	else if (json_is_integer(value))
		buf_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	json_array_foreach(value, i, part)
		value_text(part, out);
}

static void add_old_value(struct why *w, const json_t *value)
{
	struct buf text = { 0 };

	value_text(value, &text);
	if (text.len)
		buf_printf(w->out, _("    it was: %s\n"), text.at);
	buf_release(&text);
}

static void add_changes(struct why *w)
{
	json_t *old = json_loads(w->side.before, 0, NULL);
	char names[RULE_SIZE], *rest = names, *name;

	memcpy(names, w->deed.entry->rule, sizeof(names));
	while ((name = strsep(&rest, ","))) {
		if (!*name)
			continue;
		buf_printf(w->out, "  %s\n", label_of(name));
		add_old_value(w, json_object_get(old, name));
	}
	json_decref(old);
}

/* -- what they said about being written to -- */

static void add_answer(struct why *w)
{
	struct consent said;

	if (!consent_of_entry(w->deed.entry, &said))
		return;
	buf_printf(w->out, "%s\n", tell_consent_short(&said));
	if (said.how >= 0)
		buf_printf(w->out, "  %s\n", tell_consent_how((enum consent_how)said.how));
	if (*w->side.reason)
		buf_printf(w->out, "  %s\n", w->side.reason);
}

/* -- the whole -- */

/* Of both, since an import and a late note tell of what was before. */
static void add_recorded(struct why *w)
{
	const struct entry *e = w->deed.entry;
	int64_t apart = e->recorded - e->occurred;
	char day[FORMAT_TEXT], time[FORMAT_TEXT];

	if (apart < CLOCK_MINUTE && apart > -CLOCK_MINUTE)
		return;
	format_day(w->format, clock_day(e->recorded), day);
	format_time(w->format, clock_minute_of_day(e->recorded), time);
	buf_printf(w->out, _("  It was written into the book on %s at %s.\n"), day, time);
}

static void add_undone(struct why *w)
{
	struct key k = { .len = 0 };
	char words[ENTRY_WORDS];
	struct bytes value;

	key_int(&k, (uint64_t)w->deed.entry->seq, 8);
	if (!txn_get(w->txn, TABLE_UNDONE, &k, &value) || value.len != 8)
		return;
	buf_text(w->out, _("  It was undone later: nothing of it counts.\n"));
	if (journal_read(w->txn, (int64_t)key_read(value.at, 8), w->room) == ST_OK)
		buf_printf(w->out, "    %s\n", why_entry_words(w, words));
}

static void add_head(struct why *w)
{
	const struct entry *e = w->deed.entry;
	char day[FORMAT_TEXT], time[FORMAT_TEXT], receipt[RECEIPT_TEXT];

	buf_text(w->out, tell_kind(e->kind));
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND) {
		sale_receipt(e, receipt);
		buf_printf(w->out, " %s", receipt);
	}
	buf_text(w->out, "\n");
	format_day(w->format, e->day, day);
	format_time(w->format, e->minute, time);
	buf_printf(w->out, _("  %s at %s, by %s at %s\n"), day, time, e->who, e->terminal);
	add_recorded(w);
	add_undone(w);
	why_tell_others(w);
}

/* What a day's close prints on paper is of the same kind. */
static void add_fingerprint(struct why *w)
{
	struct key k = { .len = 0 };
	char fingerprint[FINGERPRINT_TEXT], seq[FORMAT_TEXT];
	uint8_t digest[DIGEST_SIZE];
	struct bytes value;
	int64_t number = w->deed.entry->seq;

	key_int(&k, (uint64_t)number, 8);
	if (!txn_get(w->txn, TABLE_JOURNAL, &k, &value))
		return;
	digest_numbered((uint64_t)number, value.at, value.len, digest);
	fingerprint_print(number, digest, fingerprint);
	buf_printf(w->out, _("Entry %s of the book\n"), format_number(w->format, number, seq));
	buf_printf(w->out, _("  Fingerprint of everything up to it: %s\n"), fingerprint);
}

static void add_all(struct why *w)
{
	const struct entry *e = w->deed.entry;

	add_head(w);
	add_money(w);
	for (size_t i = 0; i < e->line_count; i++)
		add_line(w, i);
	for (size_t i = 0; i < e->tender_count; i++)
		add_tender(w, &e->tenders[i]);
	why_tell_moves(w);
	why_tell_rules(w);
	why_tell_change(w);
	if (e->kind == ENTRY_CUSTOMER) {
		buf_text(w->out, _("What was written\n"));
		add_changes(w);
	}
	if (e->kind == ENTRY_CONSENT)
		add_answer(w);
	else if (*w->side.reason)
		buf_printf(w->out, _("Reason: %s\n"), w->side.reason);
	add_fingerprint(w);
}

static enum status why_work(struct txn *txn, void *arg)
{
	struct why *w = arg;

	w->txn = txn;
	buf_clear(w->out);
	if (!side_get(txn, w->deed.entry->seq, &w->side))
		record_clear(&side_type, &w->side);
	add_all(w);
	return txn_status(txn);
}

enum status shop_why(const struct shop *shop, const struct why_ask *ask, struct buf *out)
{
	struct trade_run run = { .seq = ask->seq };
	struct why *w = mem_alloc(sizeof(*w));
	enum status st = deed_read(shop, &run, ask->today, &w->deed);

	w->format = ask->format;
	w->decimals = shop->decimals;
	w->out = out;
	w->room = entry_new();
	if (st == ST_OK)
		st = store_read(shop->store, why_work, w);
	entry_free(w->room);
	deed_release(&w->deed);
	free(w);
	return st;
}
