/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "shop/rule.h"
#include "shop/sale.h"

/* Money given back: of a sale that the row names, of one that it fits, of one
 * that nobody knows; and what a till says was given back of a sale so far. */

enum { MATCH_HEADS = 20000, MATCH_READ = 200 };

/* "2026-03-02T10:00:00 5.00 2": what it is known by without a number. */
static void number_of(const struct importing *im, const struct reading *in, unsigned place,
		      char number[RECEIPT_SIZE])
{
	char when[INSTANT_TEXT], amount[MONEY_TEXT];

	instant_print(in->occurred, when);
	money_print(-in->total, im->shop->decimals, amount);
	snprintf(number, RECEIPT_SIZE, "%s %s %u", when, amount, place);
}

/* -- of our own contract: the receipt is the sale's -- */

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
		return fail(ST_NOT_FOUND, "an amount below zero is a refund, and there is no sale "
			    "with receipt %s: import the file with that sale first, or leave its "
			    "receipt empty and number it in the column refund", number);
	k.len = 0;
	key_int(&k, (uint64_t)*seq, 8);
	if (in->customer != PEOPLE_NOBODY &&
	    txn_get(im->trade.txn, TABLE_JOURNAL, &k, &value) &&
	    entry_head((struct bytes){ k.at, k.len }, value, &head) &&
	    account_of(im->trade.txn, head.customer) != in->customer)
		return fail(ST_INVALID, "receipt %s is not of this customer", number);
	return txn_status(im->trade.txn);
}

/* -- of a till: the latest earlier sale that it fits -- */

static bool has_items(const struct importing *im, const struct reading *in,
		      const struct entry *sale)
{
	for (size_t i = 0; i < in->receipt->n; i++) {
		uint32_t at = 0;

		while (at < sale->line_count && sale->lines[at].item != im->lines[i].item)
			at++;
		if (im->lines[i].item && at == sale->line_count)
			return false;
	}
	return true;
}

/* Reads it into t->other. */
static bool fits(struct importing *im, const struct reading *in, int64_t seq)
{
	struct trade *t = &im->trade;
	struct refunded before;

	return !entry_is_undone(t->txn, seq) &&
	       sale_refunded(t->txn, t->other, seq, &before) == ST_OK &&
	       journal_read(t->txn, seq, t->other) == ST_OK &&
	       !strcmp(t->other->source, im->format->till) &&
	       t->other->occurred <= in->occurred &&
	       t->other->total - before.money >= -in->total && has_items(im, in, t->other);
}

struct match {
	struct importing *im;
	const struct reading *in;
	int64_t found;
};

static bool look_at_row(const struct pending_row *row, void *arg)
{
	struct match *m = arg;

	if (row->kind == ENTRY_SALE && row->occurred <= m->in->occurred &&
	    fits(m->im, m->in, row->seq))
		m->found = row->seq;
	return !m->found;
}

/* An anonymous one is in no timeline: looks at so many entries back, and closely
 * at so many sales. */
static void match_anonymous(struct match *m)
{
	struct entry_head head;
	struct range r;
	int heads = 0, reads = 0;

	range_start(&r, m->im->trade.txn, TABLE_JOURNAL, NULL);
	while (!m->found && heads++ < MATCH_HEADS && reads < MATCH_READ && range_previous(&r)) {
		if (!entry_head(r.key, r.value, &head) || head.kind != ENTRY_SALE ||
		    head.customer || head.total < -m->in->total)
			continue;
		reads++;
		m->found = fits(m->im, m->in, head.seq) ? head.seq : 0;
	}
	range_end(&r);
}

/* 0: none. */
static int64_t match_sale(struct importing *im, const struct reading *in)
{
	struct match m = { .im = im, .in = in };

	if (in->customer == PEOPLE_NOBODY)
		match_anonymous(&m);
	else if (in->customer != PEOPLE_NEW)
		book_timeline(&im->trade.book, account_of(im->trade.txn, in->customer),
			      look_at_row, &m);
	return m.found;
}

/* -- booking -- */

/* The till's own number says whether it is known, whatever it was matched to. */
static bool is_known(struct importing *im, const char *receipt, const char *number)
{
	struct key key = done_refund(import_source(im), receipt, number);
	uint64_t content;

	return *number && done_find(im->trade.txn, &key, &im->trade.seq, &content);
}

/* ST_OK also when there is nothing left of it, with *left 0. */
static enum status left_of(struct txn *txn, struct entry *room, int64_t sale, int64_t *left)
{
	struct refunded before;
	enum status st = sale_refunded(txn, room, sale, &before);

	if (st == ST_OK)
		st = journal_read(txn, sale, room);
	if (st == ST_OK)
		*left = room->total - before.money;
	return st;
}

static void note_more(struct importing *im, const struct reading *in, int64_t left)
{
	char asked[MONEY_TEXT], left_text[MONEY_TEXT];

	money_print(-in->total, im->shop->decimals, asked);
	money_print(left, im->shop->decimals, left_text);
	fail(ST_REFUSED, "the refund of %s was more than the %s of the sale that is left: tax or "
	     "tip", asked, left_text);
	import_note(im->result, im->batch.lines[in->receipt->first].line, status_text());
}

/* It comes off the spend of whoever the row names; who is new comes into the book
 * with it. */
static enum status settle_unknown(struct importing *im, struct reading *in,
				  struct refund *ask)
{
	enum status st = refund_check(&im->trade, ask);

	if (st == ST_OK)
		st = people_settle(im, &in->customer);
	ask->customer = in->customer;
	return st;
}

/* Tills give back what is not in their sales, tax or a tip, too: of that no more
 * is booked than is left. Nothing left: as if it had been booked, with seq 0. */
static enum status book_left(struct importing *im, struct reading *in, struct refund *ask,
			     bool *repeated)
{
	int64_t left = ask->amount;
	enum status st = ST_OK;

	if (im->format && ask->sale && !entry_is_undone(im->trade.txn, ask->sale))
		st = left_of(im->trade.txn, im->trade.other, ask->sale, &left);
	if (st != ST_OK)
		return st;
	*repeated = left <= 0;
	im->trade.seq = 0;
	ask->amount = left < -in->total ? left : -in->total;
	if (!ask->sale && !is_known(im, ask->receipt, ask->number))
		st = settle_unknown(im, in, ask);
	if (st == ST_OK && !*repeated)
		st = refund_book(&im->trade, ask, repeated);
	if (st == ST_OK && left < -in->total)
		note_more(im, in, left);
	return st;
}

/* Tries places from the first that no row of this file has had. */
static enum status book_at_place(struct importing *im, struct reading *in,
				 struct refund *ask, bool *repeated)
{
	char own[RECEIPT_SIZE];
	unsigned place = 0;
	enum status st;

	ask->number = own;
	do {
		number_of(im, in, ++place, own);
		*repeated = im->format && is_known(im, in->number, own);
		st = *repeated ? ST_OK : book_left(im, in, ask, repeated);
	} while (st == ST_OK && *repeated && bits_has(&im->booked, im->trade.seq));
	return st;
}

/* The sale with that receipt in this till's series; 0: none. */
static int64_t sale_of_till(struct importing *im, const char *receipt)
{
	struct key key = done_receipt(import_source(im), receipt);
	uint64_t content;
	int64_t seq;

	return *receipt && done_find(im->trade.txn, &key, &seq, &content) ? seq : 0;
}

static enum status book_of_till(struct importing *im, struct reading *in,
				const char *number, bool *repeated)
{
	enum refund_rule rule = im->format->has_refund ? im->format->sale : REFUND_OF_RECEIPT;
	struct refund ask = { .amount = -in->total, .occurred = in->occurred, .reason = "",
			      .number = number, .source = import_source(im) };

	if (!*in->number)
		memcpy(in->number, number, RECEIPT_SIZE);	/* its own number, then */
	if (!*in->number)
		return fail(ST_INVALID, "a refund needs a receipt, or it would be booked again "
			    "with the next file");
	if (rule == REFUND_MATCH && !*number)
		ask.number = in->number;	/* the receipt is the refund's own */
	*repeated = is_known(im, in->number, ask.number);
	if (*repeated)
		return ST_OK;
	if (rule != REFUND_MATCH)
		ask.sale = sale_of_till(im, in->number);
	if (!ask.sale) {
		ask.receipt = in->number;
		if (rule != REFUND_OF_RECEIPT)
			ask.sale = match_sale(im, in);
	}
	im->result->unknown_refunds += !ask.sale;
	return *ask.number ? book_left(im, in, &ask, repeated) :
			     book_at_place(im, in, &ask, repeated);
}

/* Money given back under a number of its own, for a sale that nobody names. */
static bool is_of_unknown(const struct reading *in, const char *number)
{
	return !*in->number && *number;
}

/* What is there and differs is another part of a refund of this very file, or
 * somebody else's. */
static enum status check_known(struct importing *im, const struct reading *in,
			       const struct refund *ask, enum status st)
{
	struct entry *e = im->trade.other;

	if (st == ST_EXISTS && bits_has(&im->booked, im->trade.seq))
		return fail(ST_EXISTS, "refund %s is further up in the file with other lines; the "
			    "lines of a refund must stand together: sort the file by refund",
			    ask->number);
	if (st != ST_OK || ask->sale)
		return st;
	st = journal_read(im->trade.txn, im->trade.seq, e);
	if (st == ST_OK && people_differ(im, e->customer, in->customer))
		return fail(ST_EXISTS, "refund %s is there, of another customer", ask->number);
	return st;
}

static enum status book_of_contract(struct importing *im, struct reading *in,
				    const char *number, bool *repeated)
{
	struct refund ask = { .amount = -in->total, .occurred = in->occurred, .reason = "",
			      .number = number };
	enum status st = ST_OK;

	if (is_of_unknown(in, number)) {
		ask.source = "";
		ask.receipt = number;
		im->result->unknown_refunds++;
	} else {
		st = find_sale(im, in, &ask.sale);
	}
	if (st != ST_OK)
		return st;
	if (!*number)
		return book_at_place(im, in, &ask, repeated);
	st = book_left(im, in, &ask, repeated);
	return st == ST_OK && !*repeated ? ST_OK : check_known(im, in, &ask, st);
}

static enum status read_number(const struct importing *im, const struct receipt *r,
			       char number[RECEIPT_SIZE])
{
	const char *text = r->refund ? im->batch.text + r->refund : "";

	if (text_clean(text, strlen(text), number, RECEIPT_SIZE) == ST_OK)
		return ST_OK;
	return fail(ST_INVALID, "refund: %s", status_text());
}

enum status import_refund(struct importing *im, const struct receipt *r)
{
	int64_t unknown = im->result->unknown_refunds, own;
	char number[RECEIPT_SIZE];
	struct reading in;
	bool repeated;
	enum status st = receipt_read(im, r, &in);

	if (st == ST_OK)
		st = read_number(im, r, number);
	if (st == ST_OK && own_refund(im, number, &own))
		return own_met(im, &in, number, own);
	if (st == ST_OK)
		st = im->format ? book_of_till(im, &in, number, &repeated) :
				  book_of_contract(im, &in, number, &repeated);
	if (st != ST_OK || repeated)
		im->result->unknown_refunds = unknown;
	if (st != ST_OK)
		return st;
	if (im->trade.seq)
		bits_add(&im->booked, im->trade.seq);
	im->result->named += in.customer ? (int64_t)r->n : 0;
	if (repeated) {
		im->result->duplicates += (int64_t)r->n;
		return ST_OK;
	}
	im->result->refunds++;
	im->result->accepted += (int64_t)r->n;
	im->result->revenue += im->trade.entry->total;
	/* Of no sale, it took them in before. */
	return in.customer > 0 && im->trade.entry->about ? people_settle(im, &in.customer) : ST_OK;
}

/* -- given back so far -- */

enum status import_refunded(struct importing *im, const struct reading *in, int64_t sale,
			    bool *booked)
{
	struct trade *t = &im->trade;
	struct refund ask = { .sale = sale, .reason = "", .occurred = in->refunded_at };
	struct refunded before;
	char number[RECEIPT_SIZE];
	int64_t so_far = in->refunded < in->total ? in->refunded : in->total;
	bool repeated;
	enum status st;

	*booked = false;
	if (so_far <= 0)
		return ST_OK;
	st = sale_refunded(t->txn, t->other, sale, &before);
	if (st == ST_OK)
		st = journal_read(t->txn, sale, t->other);
	if (st != ST_OK || so_far <= before.money || entry_is_undone(t->txn, sale))
		return st;
	if (ask.occurred < t->other->occurred)
		ask.occurred = t->other->occurred;
	ask.amount = so_far - before.money;
	money_print(so_far, im->shop->decimals, number);
	ask.number = number;
	st = refund_book(t, &ask, &repeated);
	*booked = st == ST_OK && !repeated;
	im->result->refunds += *booked;
	im->result->revenue -= *booked ? ask.amount : 0;
	/* A number that is there with another amount, a time to come: the sale stands. */
	return txn_status(t->txn);
}

/* -- still in the book -- */

struct standing {
	struct key key;
	struct entry *room;
	bool stands;
};

static enum status look_up(struct txn *txn, void *arg)
{
	struct standing *s = arg;
	int64_t seq, left = 0;
	uint64_t content;
	enum status st;

	s->stands = false;
	if (!done_find(txn, &s->key, &seq, &content) || entry_is_undone(txn, seq))
		return txn_status(txn);
	st = left_of(txn, s->room, seq, &left);
	s->stands = left > 0 && s->room->kind == ENTRY_SALE;
	return st;
}

bool import_stands(void *of, const char *receipt)
{
	struct importing *im = of;
	struct standing s = { .stands = false };
	char number[RECEIPT_SIZE];

	if (text_clean(receipt, strlen(receipt), number, RECEIPT_SIZE) != ST_OK)
		return false;
	s.key = done_receipt(import_source(im), number);
	s.room = entry_new();
	if (store_read(im->shop->store, look_up, &s) != ST_OK)
		s.stands = false;
	entry_free(s.room);
	return s.stands;
}
