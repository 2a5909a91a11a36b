/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/money.h"
#include "base/text.h"
#include "shop/sale.h"

enum { ONE = 1000 };

const char *import_source(const struct importing *im)
{
	return im->format ? im->format->till : "";
}

/* -- what the lines of a receipt say together -- */

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

/* A till may hide more in a receipt than its lines: shipping, tax, a discount. */
static enum status add_rest(struct importing *im, struct reading *in, int64_t total)
{
	int64_t rest;

	if (__builtin_sub_overflow(total, in->total, &rest) || !rest)
		return ST_OK;
	if (in->line_count == ENTRY_LINES)
		return fail(ST_INVALID, "a receipt has at most %d lines, and one more is needed "
			    "for what they do not come to", ENTRY_LINES - 1);
	im->lines[in->line_count++] = (struct line){ .quantity = ONE, .amount = rest };
	in->total = total;
	return ST_OK;
}

/* What was paid is the bill, however tills spread it over the lines. */
static void fit_tenders(struct reading *in)
{
	int64_t sum = 0, over;

	if (in->tender_count == 1)
		in->tenders[0].amount = 0;	/* takes what there is to pay */
	for (size_t i = 0; i < in->tender_count; i++)
		sum += in->tenders[i].amount;
	over = sum - in->total;
	for (size_t i = in->tender_count; i-- > 0 && over > 0;) {
		int64_t off = over < in->tenders[i].amount ? over : in->tenders[i].amount;

		in->tenders[i].amount -= off;
		over -= off;
	}
}

static enum status settle_total(struct importing *im, struct reading *in)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < in->receipt->n; i++) {
		const struct line_read *line = line_at(im, in->receipt, i);

		if (!line->has_total)
			continue;
		st = add_rest(im, in, line->total);
		break;
	}
	fit_tenders(in);
	return st;
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
	if (!im->format && clock_day(line->occurred) != clock_day(in->occurred))
		return fail(ST_INVALID, "the lines of this receipt are of two days");
	if (!sum_checked(in->total, line->amount, &in->total) ||
	    !sum_checked(in->refunded, line->refunded, &in->refunded))
		return fail(ST_INVALID, "the amounts are larger than can be kept");
	for (size_t c = 0; c < CONSENT_CHANNELS; c++)
		if (!in->consent[c])
			in->consent[c] = line->consent[c];
	if (line->refunded_at > in->refunded_at)
		in->refunded_at = line->refunded_at;
	im->lines[i] = (struct line){ .quantity = line->quantity, .amount = line->amount };
	if (*field[COLUMN_TENDER] && line->amount > 0)
		add_tender(in, field[COLUMN_TENDER], line->amount);
	return goods_find(im, field, &im->lines[i].item);
}

enum status receipt_read(struct importing *im, const struct receipt *r, struct reading *in)
{
	const char *number = r->number ? im->batch.text + r->number : "";
	enum status st = text_clean(number, strlen(number), in->number, sizeof(in->number));

	in->receipt = r;
	in->total = in->refunded = in->refunded_at = 0;
	memset(in->consent, CONSENT_NOT_ASKED, sizeof(in->consent));
	in->tender_count = 0;
	in->line_count = r->n;
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
	if (st == ST_OK && im->format)
		st = settle_total(im, in);
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
	struct key key = done_receipt(s->source, in->number);
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

/* A till's receipt that came in by another of its files (orders and payments):
 * with the same bill it is the same sale, whatever else that file says. One of
 * them may count in another zone. */
static bool is_same_bill(struct importing *im, const struct reading *in)
{
	struct key key = done_receipt(import_source(im), in->number);
	struct entry *e = im->trade.other;
	uint64_t content;
	int64_t seq;

	return im->format && done_find(im->trade.txn, &key, &seq, &content) &&
	       journal_read(im->trade.txn, seq, e) == ST_OK && e->kind == ENTRY_SALE &&
	       e->total + e->discount == in->total &&
	       abs(clock_day(e->occurred) - clock_day(in->occurred)) <= 1 &&
	       !people_differ(im, e->customer, in->customer);
}

static enum status book(struct importing *im, struct reading *in, struct sale *s,
			bool *repeated)
{
	enum status st = settle(im, in, s);

	if (st != ST_OK)
		return st;
	st = *in->number ? sale_book(&im->trade, s, repeated) :
			   book_at_place(im, s, repeated);
	if (st != ST_EXISTS)
		return st;
	*repeated = is_same_bill(im, in);
	return *repeated ? ST_OK : apart(im, in);
}

static void count_sale(struct importing *im, const struct reading *in, bool repeated,
		       bool refunded)
{
	struct import_result *out = im->result;
	int64_t n = (int64_t)in->receipt->n;

	bits_add(&im->booked, im->trade.seq);
	out->named += in->customer ? n : 0;
	out->duplicates += repeated && !refunded ? n : 0;
	out->accepted += repeated && !refunded ? 0 : n;
	out->sales += !repeated;
	out->revenue += repeated ? 0 : in->total;
}

enum status import_sale(struct importing *im, const struct receipt *r)
{
	struct reading in;
	struct sale s = { .source = import_source(im), .lines = im->lines,
			  .award_past = im->how->award_past };
	bool repeated, refunded = false;
	int64_t sale;
	enum status st = receipt_read(im, r, &in);

	if (st != ST_OK)
		return st;
	if (own_sale(im, in.number, &sale))
		return own_met(im, &in, in.number, sale);
	s.customer = in.customer;
	s.occurred = in.occurred;
	s.receipt = in.number;
	s.line_count = in.line_count;
	s.tenders = in.tenders;
	s.tender_count = in.tender_count;
	st = book(im, &in, &s, &repeated);
	if (st != ST_OK)
		return st;
	sale = im->trade.seq;
	st = import_refunded(im, &in, sale, &refunded);
	if (st == ST_OK)
		st = import_consents(im, in.customer, in.consent, in.occurred);
	if (st != ST_OK)
		return txn_fail(im->trade.txn, st);
	note_left(im, line_at(im, r, 0)->line);
	im->trade.seq = sale;
	count_sale(im, &in, repeated, refunded);
	return ST_OK;
}
