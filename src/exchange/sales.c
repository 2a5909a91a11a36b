/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/money.h"
#include "base/text.h"
#include "shop/number.h"
#include "shop/sale.h"

/* -- what the lines of a receipt say together -- */

struct reading {
	const struct receipt *receipt;
	const char *who[COLUMNS];	/* the columns that say whose it is */
	char number[RECEIPT_SIZE];
	int64_t customer, occurred, total;
	size_t tender_count;
	struct tender tenders[TENDERS];
};

static const struct line_read *line_at(const struct importing *im, const struct receipt *r,
				       size_t i)
{
	return &im->batch.lines[r->first + i];
}

/* A line may leave out what the first one said, not say something else. */
static enum status merge_who(struct reading *in, const char *const field[COLUMNS])
{
	for (enum column c = COLUMN_CUSTOMER; c <= COLUMN_CARD; c++) {
		if (!*field[c])
			continue;
		if (!*in->who[c])
			in->who[c] = field[c];
		else if (strcmp(in->who[c], field[c]) != 0 && c != COLUMN_NAME)
			return fail(ST_INVALID, "the lines of this receipt name two customers: "
				    "%s %.40s and %.40s", column_name(c), in->who[c], field[c]);
	}
	return ST_OK;
}

static enum tender_kind tender_called(const char *text)
{
	static const char *const cash[] = { "cash", "cash payment", "notes", NULL };
	static const char *const card[] = {
		"card", "credit card", "debit card", "credit", "debit", "card payment", "visa",
		"mastercard", "maestro", "amex", "american express", "rupay", "chip",
		"contactless", "pos", NULL
	};
	char folded[64];

	if (!strcasecmp(text, cash[0]))
		return TENDER_CASH;
	if (!strcasecmp(text, card[0]))
		return TENDER_CARD;
	text_fold(text, folded, sizeof(folded));
	for (size_t i = 0; cash[i]; i++)
		if (!strcmp(folded, cash[i]))
			return TENDER_CASH;
	for (size_t i = 0; card[i]; i++)
		if (!strcmp(folded, card[i]))
			return TENDER_CARD;
	return TENDER_UNKNOWN;
}

static void add_tender(struct reading *in, const char *text, int64_t amount)
{
	enum tender_kind kind = tender_called(text);
	size_t i = 0;

	while (i < in->tender_count && in->tenders[i].kind != kind)
		i++;
	if (i == in->tender_count)
		in->tenders[in->tender_count++] = (struct tender){ .kind = kind };
	/* Beyond what is kept, the sum of the lines is refused as well. */
	if (!sum_checked(in->tenders[i].amount, amount, &in->tenders[i].amount))
		in->tenders[i].amount = INT64_MAX;
}

static enum status add_line(struct importing *im, struct reading *in, size_t i)
{
	const struct line_read *line = line_at(im, in->receipt, i);
	const char *field[COLUMNS];
	enum status st;

	batch_fields(&im->batch, line, field);
	st = merge_who(in, field);
	if (st != ST_OK)
		return st;
	if (clock_day(line->occurred) != clock_day(in->occurred))
		return fail(ST_INVALID, "the lines of this receipt are of two days");
	if (!sum_checked(in->total, line->amount, &in->total))
		return fail(ST_INVALID, "the amounts are larger than can be kept");
	im->lines[i] = (struct line){ .quantity = line->quantity, .amount = line->amount };
	if (*field[COLUMN_TENDER] && line->amount > 0)
		add_tender(in, field[COLUMN_TENDER], line->amount);
	return goods_find(im, field, &im->lines[i].item);
}

static enum status read_receipt(struct importing *im, const struct receipt *r,
				struct reading *in)
{
	const char *number = r->number ? im->batch.text + r->number : "";
	enum status st = text_clean(number, strlen(number), in->number, sizeof(in->number));

	in->receipt = r;
	in->total = 0;
	in->tender_count = 0;
	in->occurred = line_at(im, r, 0)->occurred;
	for (enum column c = 0; c < COLUMNS; c++)
		in->who[c] = "";
	if (st != ST_OK)
		return fail(ST_INVALID, "receipt: %s", status_text());
	if (r->n > ENTRY_LINES)
		return fail(ST_INVALID, "a receipt has at most %d lines", ENTRY_LINES);
	im->goods_met = false;
	for (size_t i = 0; i < r->n && st == ST_OK; i++)
		st = add_line(im, in, i);
	return st == ST_OK ? people_find(im, in->who, &in->customer) : st;
}

/* -- a row without a receipt: its place among equals -- */

static struct place *place_of(struct importing *im, const struct sale *s)
{
	int64_t head[] = { s->customer, s->occurred,
			   (int64_t)digest_content(s->lines, s->line_count * sizeof(*s->lines)),
			   (int64_t)digest_content(s->tenders,
						   s->tender_count * sizeof(*s->tenders)) };
	uint64_t content = digest_content(head, sizeof(head));
	struct place *p = &im->places[content % PLACES];

	if (p->content != content)
		*p = (struct place){ .content = content };
	return p;
}

/* Tries places from the first that no row of this file has had. */
static enum status book_at_place(struct importing *im, struct sale *s, bool *repeated)
{
	struct place *p = place_of(im, s);
	enum status st;

	do {
		s->place = ++p->n;
		st = sale_book(&im->trade, s, repeated);
	} while (st == ST_OK && *repeated && bits_has(&im->booked, im->trade.seq));
	return st;
}

/* -- what this shop wrote into a file -- */

/* Does the number say of itself which sale of this shop it is, by the store's
 * number or by "SOURCE:RECEIPT"? */
static bool is_own(const struct importing *im, const char *number, int64_t *seq)
{
	struct key key = done_receipt("", number);

	if (!*number || txn_has(im->trade.txn, TABLE_DONE, &key))
		return false;
	if (!number_read(im->trade.txn, NUMBER_SALE, number) && !strchr(number, ':'))
		return false;
	return sale_by_receipt(im->trade.txn, number, seq) == ST_OK;
}

static bool is_own_refund(const struct importing *im, const char *number, int64_t *seq)
{
	*seq = number_read(im->trade.txn, NUMBER_SALE, number);
	return *seq && journal_read(im->trade.txn, *seq, im->trade.other) == ST_OK &&
	       im->trade.other->kind == ENTRY_REFUND;
}

static enum status meet_own(struct importing *im, struct reading *in, const char *number,
			    int64_t seq)
{
	struct entry *e = im->trade.other;
	enum status st = journal_read(im->trade.txn, seq, e);

	if (st != ST_OK)
		return txn_fail(im->trade.txn, st);
	if (e->occurred != in->occurred || e->total != in->total ||
	    account_of(im->trade.txn, e->customer) != in->customer)
		return fail(ST_EXISTS, "%s is this shop's own, and differs from it in its time, "
			    "total or customer", number);
	bits_add(&im->booked, seq);
	im->result->named += in->customer ? (int64_t)in->receipt->n : 0;
	im->result->duplicates += (int64_t)in->receipt->n;
	return people_settle(im, &in->customer);
}

/* -- sales -- */

static enum status settle_goods(struct importing *im, const struct receipt *r)
{
	const char *field[COLUMNS];
	enum status st = ST_OK;

	for (size_t i = 0; i < r->n && im->goods_met && st == ST_OK; i++) {
		batch_fields(&im->batch, line_at(im, r, i), field);
		st = goods_settle(im, field, &im->lines[i].item);
	}
	return st;
}

/* Whoever and whatever is new comes into the book only with a sale that will
 * be booked. */
static enum status settle(struct importing *im, struct reading *in, struct sale *s)
{
	bool is_new = in->customer == PEOPLE_NEW, known = false;
	struct key key = done_receipt("", in->number);
	enum status st = ST_OK;

	for (size_t i = 0; i < s->line_count && im->goods_met; i++)
		is_new |= s->lines[i].item == GOODS_NEW;
	if (is_new) {
		st = sale_check(&im->trade, s);
		known = *in->number && txn_has(im->trade.txn, TABLE_DONE, &key);
	}
	if (st == ST_OK && !known)
		st = people_settle(im, &in->customer);
	if (st == ST_OK && !known)
		st = settle_goods(im, in->receipt);
	s->customer = in->customer;
	return st;
}

/* What was not there before and differs is another part of a receipt of this
 * very file. */
static enum status apart(const struct importing *im, const struct reading *in)
{
	if (!bits_has(&im->booked, im->trade.seq))
		return ST_EXISTS;
	return fail(ST_EXISTS, "receipt %s is further up in the file with other lines; the lines "
		    "of a receipt must stand together: sort the file by receipt", in->number);
}

enum status import_sale(struct importing *im, const struct receipt *r)
{
	struct reading in;
	struct sale s = { .source = "", .line_count = r->n, .lines = im->lines,
			  .award_past = im->how->award_past };
	int64_t own;
	bool repeated;
	enum status st = read_receipt(im, r, &in);

	if (st != ST_OK)
		return st;
	if (is_own(im, in.number, &own))
		return meet_own(im, &in, in.number, own);
	s.customer = in.customer;
	s.occurred = in.occurred;
	s.receipt = in.number;
	s.tenders = in.tenders;
	s.tender_count = in.tender_count;
	st = settle(im, &in, &s);
	if (st != ST_OK)
		return st;
	st = *in.number ? sale_book(&im->trade, &s, &repeated) :
			  book_at_place(im, &s, &repeated);
	if (st != ST_OK)
		return st == ST_EXISTS ? apart(im, &in) : st;
	bits_add(&im->booked, im->trade.seq);
	im->result->named += in.customer ? (int64_t)r->n : 0;
	if (repeated) {
		im->result->duplicates += (int64_t)r->n;
		return ST_OK;
	}
	im->result->sales++;
	im->result->accepted += (int64_t)r->n;
	im->result->revenue += in.total;
	return ST_OK;
}

/* -- refunds -- */

static enum status find_sale(struct importing *im, const struct reading *in, int64_t *seq)
{
	char number[RECEIPT_SIZE];
	struct entry_head head;
	struct bytes value;
	struct key k;

	if (!*in->number)
		return fail(ST_INVALID, "an amount below zero is a refund: it needs the receipt of "
			    "the sale it is of");
	memcpy(number, in->number, sizeof(number));
	if (sale_by_receipt(im->trade.txn, number, seq) != ST_OK)
		return fail(ST_INVALID, "an amount below zero is a refund, and there is no sale "
			    "with receipt %s: import the file with that sale first", number);
	k.len = 0;
	key_int(&k, (uint64_t)*seq, 8);
	if (in->customer != PEOPLE_NOBODY &&
	    txn_get(im->trade.txn, TABLE_JOURNAL, &k, &value) &&
	    entry_head((struct bytes){ k.at, k.len }, value, &head) &&
	    account_of(im->trade.txn, head.customer) != in->customer)
		return fail(ST_INVALID, "receipt %s is not of this customer", number);
	return txn_status(im->trade.txn);
}

/* "2026-03-02T10:00:00 5.00 2": what it is known by without a number. */
static void number_of(const struct importing *im, const struct reading *in, unsigned place,
		      char number[RECEIPT_SIZE])
{
	char when[INSTANT_TEXT], amount[MONEY_TEXT];

	instant_print(in->occurred, when);
	money_print(-in->total, im->shop->decimals, amount);
	snprintf(number, RECEIPT_SIZE, "%s %s %u", when, amount, place);
}

static enum status book_refund(struct importing *im, const struct reading *in,
			       const char *number, bool *repeated)
{
	struct refund ask = { .amount = -in->total, .occurred = in->occurred, .reason = "",
			      .number = number };
	char own[RECEIPT_SIZE];
	unsigned place = 0;
	enum status st = find_sale(im, in, &ask.sale);

	if (st != ST_OK)
		return st;
	if (*number)
		return refund_book(&im->trade, &ask, repeated);
	ask.number = own;
	do {
		number_of(im, in, ++place, own);
		st = refund_book(&im->trade, &ask, repeated);
	} while (st == ST_OK && *repeated && bits_has(&im->booked, im->trade.seq));
	return st;
}

enum status import_refund(struct importing *im, const struct receipt *r)
{
	const char *text = r->refund ? im->batch.text + r->refund : "";
	char number[RECEIPT_SIZE];
	struct reading in;
	int64_t own;
	bool repeated;
	enum status st = read_receipt(im, r, &in);

	if (st == ST_OK && text_clean(text, strlen(text), number, sizeof(number)) != ST_OK)
		st = fail(ST_INVALID, "refund: %s", status_text());
	if (st == ST_OK && is_own_refund(im, number, &own))
		return meet_own(im, &in, number, own);
	if (st == ST_OK)
		st = book_refund(im, &in, number, &repeated);
	if (st != ST_OK)
		return st;
	bits_add(&im->booked, im->trade.seq);
	im->result->named += in.customer ? (int64_t)r->n : 0;
	if (repeated) {
		im->result->duplicates += (int64_t)r->n;
		return ST_OK;
	}
	im->result->refunds++;
	im->result->accepted += (int64_t)r->n;
	im->result->revenue += in.total;
	return people_settle(im, &in.customer);
}
