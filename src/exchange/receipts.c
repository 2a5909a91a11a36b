/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/batch.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

/* Which lines belong to one receipt. */

static const char *text_at(const struct batch *b, size_t at)
{
	return b->text + at;
}

static struct receipt *last_receipt(const struct batch *b)
{
	return b->receipt_count ? &b->receipts[b->receipt_count - 1] : NULL;
}

static void open_receipt(struct batch *b, enum receipt_kind kind, size_t number, size_t refund)
{
	b->receipts = mem_grow(b->receipts, b->receipt_count, &b->receipt_cap,
			       sizeof(*b->receipts));
	b->receipts[b->receipt_count++] = (struct receipt){
		.kind = kind, .first = b->line_count - 1, .n = 1,
		.number = number, .refund = refund };
}

static bool same_text(const struct batch *b, size_t x, size_t y)
{
	return x && y && *text_at(b, x) && !strcmp(text_at(b, x), text_at(b, y));
}

static bool has_text(const struct batch *b, size_t at)
{
	return at && *text_at(b, at);
}

/* Money given back under a number of its own alone: that stands for the receipt. */
static bool is_by_refund(const struct batch *b, const struct receipt *r)
{
	return (r->kind == RECEIPT_REFUND || r->kind == RECEIPT_BROKEN) &&
	       !has_text(b, r->number) && has_text(b, r->refund);
}

size_t receipt_name(const struct batch *b, const struct receipt *r)
{
	return is_by_refund(b, r) ? r->refund : r->number;
}

/* Refunds of a till without a number are told apart by their time. */
static bool same_refund(const struct batch *b, const struct receipt *r,
			const struct receipt *line)
{
	const struct line_read *x = &b->lines[r->first], *y = &b->lines[b->line_count - 1];

	if (y->of_till && !*text_at(b, r->refund) && !*text_at(b, line->refund))
		return x->occurred == y->occurred;
	return same_text(b, r->refund, line->refund);
}

/* Does the line go on with that receipt? */
static bool goes_on(const struct batch *b, const struct receipt *r, const struct receipt *line)
{
	if (is_by_refund(b, r) && is_by_refund(b, line))
		return same_text(b, r->refund, line->refund);
	if (r->kind == RECEIPT_PERSON || !same_text(b, r->number, line->number))
		return false;
	if (r->kind == RECEIPT_BROKEN || line->kind == RECEIPT_BROKEN)
		return true;
	return r->kind == line->kind &&
	       (r->kind == RECEIPT_SALE || same_refund(b, r, line));
}

bool receipt_is_named(const char *text, size_t text_len, const char *number)
{
	const char *at = text, *end = text + text_len;
	size_t len = strlen(number);

	while (len && (at = memmem(at, (size_t)(end - at), number, len))) {
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
		    (at + len == end || !isalnum((unsigned char)at[len])))
			return true;
		at++;
	}
	return false;
}

static bool mentions(const struct batch *b, const struct receipt *r, size_t number)
{
	const struct line_read *last = &b->lines[r->first + r->n - 1];
	const char *text = text_at(b, b->lines[r->first].at);
	const char *end = text_at(b, last->why ? last->why : b->text_len);

	return receipt_is_named(text, (size_t)(end - text), text_at(b, number));
}

/* A line that could not be taken apart belongs to the receipt before it when
 * it names that. */
void receipts_add_unreadable(struct batch *b)
{
	struct receipt *last = last_receipt(b);
	struct receipt line = { .first = b->line_count - 1, .n = 1 };
	size_t name = last ? receipt_name(b, last) : 0;

	if (last && (last->kind == RECEIPT_UNREADABLE || (name && mentions(b, &line, name))))
		last->n++;
	else
		open_receipt(b, RECEIPT_UNREADABLE, 0, 0);
}

static bool is_bad(const struct receipt *r)
{
	return r && (r->kind == RECEIPT_UNREADABLE || r->kind == RECEIPT_BROKEN);
}

/* Bad lines belong to the receipt that goes on behind them, too, and to the
 * next one when they name it. */
void receipts_add(struct batch *b, const struct receipt *line)
{
	struct receipt *last = last_receipt(b);
	size_t name = receipt_name(b, line);

	if (is_bad(last) && b->receipt_count > 1 && goes_on(b, last - 1, line)) {
		(last - 1)->n += last->n + 1;
		b->receipt_count--;
	} else if (last && last->kind == RECEIPT_UNREADABLE && name &&
		   mentions(b, last, name)) {
		last->n++;
		last->kind = RECEIPT_BROKEN;
		last->number = line->number;
		last->refund = line->refund;
	} else if (last && goes_on(b, last, line)) {
		last->n++;
		if (last->kind == RECEIPT_BROKEN)
			last->kind = line->kind;
	} else {
		open_receipt(b, line->kind, line->number, line->refund);
	}
}

/* The last receipt may go on, and bad lines may belong to the one before. */
size_t receipts_finished(const struct batch *b)
{
	size_t held = is_bad(last_receipt(b)) ? 2 : 1;

	if (b->ended || b->columns->kind == IMPORT_CUSTOMERS)
		return b->receipt_count;
	return b->receipt_count > held ? b->receipt_count - held : 0;
}

void batch_drop(struct batch *b)
{
	size_t lines = b->ready < b->receipt_count ? b->receipts[b->ready].first : b->line_count;
	size_t shift = lines < b->line_count ? b->lines[lines].at - 1 : b->text_len;

	if (!b->receipt_count)
		return;
	memmove(b->receipts, b->receipts + b->ready,
		(b->receipt_count - b->ready) * sizeof(*b->receipts));
	memmove(b->lines, b->lines + lines, (b->line_count - lines) * sizeof(*b->lines));
	b->receipt_count -= b->ready;
	b->line_count -= lines;
	b->ready = 0;
	if (!b->line_count) {
		b->text_len = 0;
		return;
	}
	memmove(b->text + 1, b->text + 1 + shift, b->text_len - 1 - shift);
	b->text_len -= shift;
	for (size_t i = 0; i < b->line_count; i++) {
		b->lines[i].at -= shift;
		b->lines[i].why -= b->lines[i].why ? shift : 0;
	}
	for (size_t i = 0; i < b->receipt_count; i++) {
		b->receipts[i].first -= lines;
		b->receipts[i].number -= b->receipts[i].number ? shift : 0;
		b->receipts[i].refund -= b->receipts[i].refund ? shift : 0;
	}
}
