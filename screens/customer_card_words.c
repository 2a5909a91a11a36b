/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/customer_card.h"
#include "shop/item.h"

/* What one entry did, for whoever asks why. */

struct why {
	const struct ui *ui;
	struct deed deed;
	struct side side;
	struct buf *out;
	bool undone;
};

enum { QUANTITY_ONE = 1000 };

/* -- what was bought -- */

/* "2 hem and sleeves" are the words of line 2. */
static const char *line_words(const struct side *side, size_t line, char out[200])
{
	const char *at = side->words;
	char *end;

	out[0] = '\0';
	while (*at) {
		size_t len = strcspn(at, "\n");
		bool mine = strtoul(at, &end, 10) == line && end > at && *end == ' ';

		if (mine)
			snprintf(out, 200, "%.*s", (int)(at + len - end - 1), end + 1);
		at += len + (at[len] != '\0');
	}
	return out;
}

static const char *line_name(struct txn *txn, const struct why *w, size_t i, char out[200])
{
	const struct line *line = &w->deed.entry->lines[i];
	struct item item;

	if (!line->item)
		return line_words(&w->side, i + 1, out);
	snprintf(out, 200, "%s", item_get(txn, line->item, &item) ? item.name : "");
	return out;
}

static void add_line(struct txn *txn, struct why *w, size_t i)
{
	const struct line *line = &w->deed.entry->lines[i];
	const struct format *f = &w->ui->format;
	char name[200], amount[FORMAT_TEXT], quantity[FORMAT_TEXT];

	line_name(txn, w, i, name);
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
	const struct format *f = &w->ui->format;
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
static void add_movement(struct why *w, const struct posting *p, const char *amount)
{
	const char *name = unit_name(&w->deed.standing, p->unit);

	buf_text(w->out, "  ");
	switch (p->counter) {
	case COUNTER_ISSUED:
		buf_printf(w->out, _("%s: %s earned"), name, amount);
		break;
	case COUNTER_REDEEMED:
		buf_printf(w->out, _("%s: %s used"), name, amount);
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

static void add_posting(struct why *w, const struct posting *p)
{
	const struct format *f = &w->ui->format;
	char amount[FORMAT_TEXT], with_sign[FORMAT_TEXT + 1], day[FORMAT_TEXT];

	format_number(f, p->amount, amount);
	snprintf(with_sign, sizeof(with_sign), "%s%s", p->amount > 0 ? "+" : "", amount);
	add_movement(w, p, with_sign);
	if (p->amount > 0 && p->from > w->deed.entry->day)
		buf_printf(w->out, _("    to be used from %s\n"),
			   format_day(f, (int32_t)p->from, day));
	if (p->amount > 0 && p->through)
		buf_printf(w->out, _("    good through %s\n"),
			   format_day(f, (int32_t)p->through, day));
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
	buf_printf(w->out, "  %s\n", tell_consent_how((enum consent_how)said.how));
	if (*w->side.reason)
		buf_printf(w->out, "  %s\n", w->side.reason);
}

/* -- the whole -- */

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
	format_day(&w->ui->format, e->day, day);
	format_time(&w->ui->format, e->minute, time);
	buf_printf(w->out, _("  %s at %s, by %s at %s\n"), day, time, e->who, e->terminal);
	if (w->undone)
		buf_text(w->out, _("  It was undone later: nothing of it counts.\n"));
}

static enum status add_all(struct txn *txn, void *arg)
{
	struct why *w = arg;
	const struct entry *e = w->deed.entry;

	buf_clear(w->out);
	if (!side_get(txn, e->seq, &w->side))
		record_clear(&side_type, &w->side);
	w->undone = entry_is_undone(txn, e->seq);
	add_head(w);
	add_money(w);
	for (size_t i = 0; i < e->line_count; i++)
		add_line(txn, w, i);
	if (e->posting_count)
		buf_text(w->out, _("Points, stamps and rewards\n"));
	for (uint32_t i = 0; i < e->posting_count; i++)
		add_posting(w, &e->postings[i]);
	if (e->kind == ENTRY_CUSTOMER) {
		buf_text(w->out, _("What was written\n"));
		add_changes(w);
	}
	if (e->kind == ENTRY_CONSENT)
		add_answer(w);
	else if (*w->side.reason)
		buf_printf(w->out, _("Reason: %s\n"), w->side.reason);
	return txn_status(txn);
}

enum status card_entry_words(const struct ui *ui, int64_t seq, struct buf *out)
{
	struct trade_run run = { .seq = seq };
	struct why *w = mem_alloc(sizeof(*w));
	enum status st = deed_read(ui->shop, &run, ui_today(ui), &w->deed);

	w->ui = ui;
	w->out = out;
	if (st == ST_OK)
		st = store_read(ui->shop->store, add_all, w);
	deed_release(&w->deed);
	free(w);
	return st;
}
