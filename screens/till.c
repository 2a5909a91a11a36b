/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/till.h"

#include <stdio.h>
#include <string.h>

#include "base/money.h"

void till_start(struct till *t, int64_t customer, int64_t now)
{
	*t = (struct till){ .draft.customer = customer, .amount.kind = EDIT_NUMBER };
	t->amount.most = DRAFT_AMOUNT - 1;
	op_make(now, t->draft.op);
}

void till_take_up(struct till *t, const struct draft *draft)
{
	till_start(t, 0, 0);
	t->draft = *draft;
	edit_set(&t->amount, draft->amount);
}

void till_draft(const struct till *t, struct draft *out)
{
	*out = t->draft;
	memcpy(out->amount, t->amount.text, sizeof(out->amount) - 1);
}

void till_give_to(struct till *t, int64_t customer)
{
	if (customer == t->draft.customer)
		return;
	t->draft.customer = customer;
	t->draft.reward = t->draft.points = t->draft.points_program = 0;
}

bool till_has_bill(const struct till *t)
{
	return *t->amount.text || t->draft.line_count;
}

bool till_is_begun(const struct till *t)
{
	return till_has_bill(t) || t->draft.reward || t->draft.points;
}

/* -- items -- */

static bool same_line(const struct draft_line *a, const struct draft_line *b)
{
	return a->item == b->item && a->price == b->price && strcmp(a->name, b->name) == 0;
}

enum status till_add(struct till *t, const struct draft_line *line)
{
	struct draft *d = &t->draft;

	for (uint32_t i = 0; i < d->line_count; i++)
		if (same_line(&d->lines[i], line)) {
			d->lines[i].quantity++;
			return ST_OK;
		}
	if (d->line_count == DRAFT_LINES)
		return fail(ST_FULL, "a sale at the counter has at most %d different items; "
			    "save this one and go on with another", DRAFT_LINES);
	d->lines[d->line_count] = *line;
	d->lines[d->line_count++].quantity = 1;
	return ST_OK;
}

static void take_line(struct draft *d, uint32_t i)
{
	if (--d->lines[i].quantity > 0)
		return;
	d->line_count--;
	memmove(&d->lines[i], &d->lines[i + 1], (d->line_count - i) * sizeof(d->lines[0]));
}

void till_take_last(struct till *t)
{
	if (t->draft.line_count)
		take_line(&t->draft, t->draft.line_count - 1);
}

void till_take_item(struct till *t, int64_t item)
{
	for (uint32_t i = t->draft.line_count; i-- > 0;)
		if (t->draft.lines[i].item == item) {
			take_line(&t->draft, i);
			return;
		}
}

int64_t till_count(const struct till *t, int64_t item)
{
	int64_t n = 0;

	for (uint32_t i = 0; i < t->draft.line_count; i++)
		if (t->draft.lines[i].item == item)
			n += t->draft.lines[i].quantity;
	return n;
}

/* -- what it comes to -- */

int64_t till_line_amount(const struct draft_line *line)
{
	int64_t amount;

	if (!mul_div(line->price, line->quantity, 1, ROUND_FLOOR, &amount) || amount > MONEY_MOST)
		return MONEY_MOST + 1;
	return amount;
}

static enum status typed_amount(const struct till *t, const struct format *f, int64_t *amount)
{
	*amount = 0;
	if (!*t->amount.text)
		return ST_OK;
	return format_read_money(f, t->amount.text, amount);
}

enum status till_bill(const struct till *t, const struct format *f, int64_t *bill)
{
	enum status st = typed_amount(t, f, bill);

	for (uint32_t i = 0; st == ST_OK && i < t->draft.line_count; i++) {
		int64_t amount = till_line_amount(&t->draft.lines[i]);

		if (amount > MONEY_MOST || !sum_checked(*bill, amount, bill))
			st = fail(ST_FULL, "the items come to more than can be kept");
	}
	if (st == ST_OK && *bill < 0)
		st = fail(ST_INVALID, "a sale cannot be below zero; to give money back, refund "
			  "the sale it was paid in");
	return st;
}

/* Lines without an item say in words what they were. */
static void add_words(struct till_room *room, size_t number, const char *name)
{
	size_t used = strlen(room->words);
	int n = snprintf(room->words + used, sizeof(room->words) - used, "%zu %s\n", number, name);

	if (n < 0 || used + (size_t)n >= sizeof(room->words))
		room->words[used] = '\0';
}

static size_t fill_lines(const struct till *t, struct till_room *room)
{
	const struct draft *d = &t->draft;

	for (uint32_t i = 0; i < d->line_count; i++) {
		room->lines[i] = (struct line){
			.item = d->lines[i].item,
			.quantity = d->lines[i].quantity * 1000,
			.amount = till_line_amount(&d->lines[i]),
		};
		if (!d->lines[i].item)
			add_words(room, i + 1, d->lines[i].name);
	}
	return d->line_count;
}

enum status till_sale(const struct till *t, const struct format *f, struct till_room *room,
		      struct sale *out)
{
	const struct draft *d = &t->draft;
	int64_t bill, typed = 0;
	enum status st = till_bill(t, f, &bill);

	if (st == ST_OK)
		st = typed_amount(t, f, &typed);
	if (st != ST_OK)
		return st;
	*room = (struct till_room){ .tender = { d->tender, 0 } };
	*out = (struct sale){ .customer = d->customer, .source = "", .receipt = "",
			      .words = room->words, .reward = d->reward,
			      .points = d->points, .points_program = d->points_program };
	out->line_count = fill_lines(t, room);
	if (!out->line_count)
		out->amount = bill;
	else if (typed)
		room->lines[out->line_count++] = (struct line){ 0, 1000, typed };
	out->lines = room->lines;
	if (d->tender) {
		out->tenders = &room->tender;
		out->tender_count = 1;
	}
	return ST_OK;
}
