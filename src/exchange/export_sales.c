/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv_write.h"
#include "base/money.h"
#include "shop/item.h"
#include "shop/number.h"
#include "shop/rule.h"
#include "store/record_text.h"

/* Sales and refunds by the contract that an import reads (exchange/import.h). */

struct sale_row {
	const struct export_row *row;
	struct buf *out;
	int64_t sum;		/* of the lines, as they were rung up */
};

static void add(struct buf *out, const char *text)
{
	csv_add_field(out, text, CSV_FOR_SHEETS);
}

/* Of a refund that of its sale, whatever receipt the till gave it; "" of a sale
 * that is not in the book. The store's own numbers are the shop's in a file. */
static void receipt_number(const struct export_row *row, char out[RECEIPT_TEXT])
{
	const struct entry *e = row->entry->e;
	struct entry *sale = NULL;
	char own[NUMBER_TEXT];

	out[0] = '\0';
	if (e->kind != ENTRY_REFUND) {
		sale_receipt(e, out);
	} else if (e->about) {
		sale = entry_new();
		if (journal_read(row->txn, e->about, sale) == ST_OK)
			sale_receipt(sale, out);
		entry_free(sale);
	}
	if (out[0] != '@')
		return;
	number_print(row->txn, NUMBER_SALE, e->kind == ENTRY_REFUND ? e->about : e->seq, own);
	snprintf(out, RECEIPT_TEXT, "%s", own);
}

/* Another shop cannot know what the till's own receipt of a refund is. */
static bool has_own_receipt(const struct entry *e)
{
	return e->kind == ENTRY_REFUND && (!e->about || !strcmp(e->receipt, e->number));
}

static void add_refund_number(const struct sale_row *s)
{
	const struct entry *e = s->row->entry->e;
	char own[NUMBER_TEXT] = "";

	if (e->kind == ENTRY_REFUND && (!e->number[0] || has_own_receipt(e)))
		number_print(s->row->txn, NUMBER_SALE, e->seq, own);
	add(s->out, own[0] ? own : e->number);
}

static void start_row(const struct sale_row *s)
{
	const struct entry *e = s->row->entry->e;
	char time[INSTANT_TEXT], receipt[RECEIPT_TEXT];

	instant_print(e->occurred, time);
	receipt_number(s->row, receipt);
	add(s->out, time);
	add(s->out, receipt);
	add_refund_number(s);
	export_who(s->row, s->out);
	export_reach(s->row->customer, s->out);
}

static const char *tender(const struct entry *e)
{
	return e->tender_count && e->tenders[0].kind < TENDERS ? tender_names[e->tenders[0].kind] :
								 "";
}

static void end_row(const struct sale_row *s, int64_t amount)
{
	char money[MONEY_TEXT];

	money_print(amount, s->row->shop->decimals, money);
	add(s->out, money);
	add(s->out, tender(s->row->entry->e));
	csv_end_row(s->out);
}

static void add_goods(const struct sale_row *s, size_t i)
{
	static const struct field quantity = { .tag = 1, .type = FIELD_QUANTITY, .name = "quantity",
					       .offset = offsetof(struct line, quantity),
					       .size = sizeof(int64_t) };
	const struct line *line = &s->row->entry->e->lines[i];
	char words[SALE_WORDS];
	struct buf text = { 0 };
	struct item item = { .id = 0 };

	if (line->item && item_get(s->row->txn, line->item, &item))
		add(s->out, item.name);
	else
		add(s->out, sale_words(s->row->entry->side, i + 1, words));
	add(s->out, item.code);
	add(s->out, item.category);
	field_text(&quantity, line, 0, &text);
	add(s->out, text.at ? text.at : "");
	buf_release(&text);
}

/* Of what was paid, the share of the lines up to this one: what points and
 * rewards took off is spread over them as their amounts are. */
static int64_t paid_through(const struct sale_row *s, int64_t rung_up)
{
	int64_t paid = s->row->entry->e->total, share;

	if (!s->sum || !mul_div(paid, rung_up, s->sum, ROUND_FLOOR, &share))
		return paid;
	return share;
}

static void add_lines(const struct sale_row *s)
{
	const struct entry *e = s->row->entry->e;
	int64_t rung_up = 0, before = 0;

	for (size_t i = 0; i < e->line_count; i++) {
		int64_t through;

		rung_up += e->lines[i].amount;
		through = paid_through(s, rung_up);
		start_row(s);
		add_goods(s, i);
		end_row(s, through - before);
		before = through;
	}
}

/* One row for all of it. */
static void add_total(const struct sale_row *s)
{
	start_row(s);
	for (int i = 0; i < 4; i++)
		add(s->out, "");
	end_row(s, s->row->entry->e->total);
}

/* Lines that make a bill: none below zero, which would be a refund. */
static bool sum_lines(const struct entry *e, int64_t *sum)
{
	*sum = 0;
	for (size_t i = 0; i < e->line_count; i++)
		if (e->lines[i].amount < 0 || !sum_checked(*sum, e->lines[i].amount, sum))
			return false;
	return e->line_count > 0;
}

void export_sale(void *arg, const struct export_row *row, struct buf *out)
{
	struct sale_row s = { row, out, 0 };

	(void)arg;
	if (row->entry->undone)
		return;
	if (row->entry->e->kind == ENTRY_SALE && sum_lines(row->entry->e, &s.sum))
		add_lines(&s);
	else
		add_total(&s);
}
