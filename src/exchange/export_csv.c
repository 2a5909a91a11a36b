/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv_write.h"
#include "base/money.h"
#include "shop/consent.h"
#include "shop/item.h"
#include "shop/number.h"
#include "store/record_text.h"

static const char *const names[EXPORT_KINDS][24] = {
	[EXPORT_CUSTOMERS] = { "customer", "name", "phone", "email", "card", "birthday", "language",
			       "area", "address", "tags", "notes", "sms_consent",
			       "email_consent", "whatsapp_consent", "more_phones",
			       "more_emails", "more_cards", "added", "visits", "spend",
			       "first_visit", "last_visit" },
	[EXPORT_SALES] = { "date", "receipt", "refund", "customer", "name", "phone", "email",
			   "item", "sku", "category", "quantity", "amount", "tender" },
	[EXPORT_ITEMS] = { "item", "sku", "category", "price", "own_cost", "digit", "stopped" },
	[EXPORT_POINTS] = { "customer", "name", "phone", "email", "program", "unit", "balance",
			    "pending" },
	[EXPORT_JOURNAL] = { "entry", "recorded", "occurred", "kind", "who", "terminal", "receipt",
			     "number", "customer", "name", "amount", "discount", "total", "about",
			     "undone", "reason" },
};

static void add(struct buf *out, const char *text)
{
	csv_add_field(out, text, CSV_FOR_SHEETS);
}

void export_names(enum export_kind kind, struct buf *out)
{
	for (size_t i = 0; names[kind][i]; i++)
		add(out, names[kind][i]);
	csv_end_row(out);
}

/* -- cells -- */

static void add_number(struct buf *out, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	add(out, text);
}

static void add_money(struct buf *out, const struct export_row *row, int64_t minor)
{
	char text[MONEY_TEXT];

	money_print(minor, row->shop->decimals, text);
	add(out, text);
}

static void add_day(struct buf *out, int64_t day)
{
	char text[DAY_TEXT] = "";

	if (day)
		day_print((int32_t)day, text);
	add(out, text);
}

static void add_time(struct buf *out, int64_t instant)
{
	char text[INSTANT_TEXT];

	instant_print(instant, text);
	add(out, text);
}

/* The till's own id of a person, or the store's number. */
void export_who(const struct export_row *row, struct buf *out)
{
	const struct customer *c = row->customer;
	char number[NUMBER_TEXT] = "";

	if (c->id && !*c->code)
		number_print(row->txn, NUMBER_CUSTOMER, c->id, number);
	add(out, *c->code ? c->code : number);
	add(out, c->name);
}

void export_reach(const struct customer *c, struct buf *out)
{
	add(out, c->phone_count ? c->phones[0].text : "");
	add(out, c->email_count ? c->emails[0].address : "");
}

/* -- people -- */

static void add_list(const struct customer *c, const char *list, uint32_t from, struct buf *out)
{
	const struct field *f = record_field(&customer_type, list);
	const struct field *text = f->of->fields;	/* its one visible field stands first */
	struct buf all = { 0 };

	for (uint32_t i = from; i < *(const uint32_t *)field_at(f, c); i++)
		buf_printf(&all, "%s%s", i > from ? ", " : "",
			   (const char *)field_at(text, field_row(f, c, i)));
	add(out, all.at ? all.at : "");
	buf_release(&all);
}

static const char *may_write(const struct customer *c, enum consent_channel ch)
{
	enum consent_state state = consent_of(c, ch);

	return state == CONSENT_YES ? "yes" : state == CONSENT_NO ? "no" : "";
}

/* In the order of the columns. */
void export_customer(void *arg, const struct export_row *row, struct buf *out)
{
	const struct customer *c = row->customer;
	const struct figures *f = &row->standing->holder.figures;

	(void)arg;
	export_who(row, out);
	export_reach(c, out);
	add(out, c->card_count ? c->cards[0].code : "");
	add(out, c->birthday);
	add(out, c->language);
	add(out, c->area);
	add(out, c->address);
	add_list(c, "tags", 0, out);
	add(out, c->notes);
	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		add(out, may_write(c, ch));
	add_list(c, "phones", 1, out);
	add_list(c, "emails", 1, out);
	add_list(c, "cards", 1, out);
	add_day(out, c->added);
	add_number(out, f->visits);
	add_money(out, row, f->spend);
	add_day(out, f->first_day);
	add_day(out, f->last_day);
	csv_end_row(out);
}

/* Below zero is owed, and no opening balance. */
void export_points(void *arg, const struct export_row *row, struct buf *out)
{
	const struct standing *s = row->standing;

	(void)arg;
	for (size_t i = 0; i < s->programs.n; i++) {
		const struct program *p = &s->programs.row[i];

		if (!standing_balance(s, p) && !standing_pending(s, p))
			continue;
		export_who(row, out);
		export_reach(row->customer, out);
		add(out, p->name);
		add(out, program_unit(p));
		add_number(out, standing_balance(s, p));
		add_number(out, standing_pending(s, p));
		csv_end_row(out);
	}
}

/* -- things -- */

void export_item(void *arg, const struct export_row *row, struct buf *out)
{
	const struct item *item = row->item;

	(void)arg;
	add(out, item->name);
	add(out, item->code);
	add(out, item->category);
	add_money(out, row, item->price);
	add_money(out, row, item->own_cost);
	add_number(out, item->digit);
	add(out, item->stopped ? "yes" : "no");
	csv_end_row(out);
}

/* -- entries -- */

void export_journal(void *arg, const struct export_row *row, struct buf *out)
{
	const struct entry *e = row->entry->e;
	char receipt[RECEIPT_TEXT] = "";

	(void)arg;
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND)
		sale_receipt(e, receipt);
	add_number(out, e->seq);
	add_time(out, e->recorded);
	add_time(out, e->occurred);
	add(out, entry_kind_name(e->kind));
	add(out, e->who);
	add(out, e->terminal);
	add(out, receipt);
	add(out, e->number);
	export_who(row, out);
	add_money(out, row, e->total + e->discount);
	add_money(out, row, e->discount);
	add_money(out, row, e->total);
	add_number(out, e->about);
	add(out, row->entry->undone ? "yes" : "no");
	add(out, row->entry->side->reason);
	csv_end_row(out);
}
