/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/refunding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/money.h"
#include "ledger/done.h"
#include "shop/rule.h"

/* A refund takes back by value, cumulatively over all refunds of a sale:
 * floor(earned x refunded / original) in total. So any split of a refund ends
 * where one refund does. */

/* -- what earlier refunds did -- */

struct refunded_unit *refunded_unit(struct refunded *r, int64_t unit)
{
	for (uint32_t i = 0; i < r->unit_count; i++)
		if (r->unit[i].unit == unit)
			return &r->unit[i];
	if (r->unit_count == REFUNDED_UNITS)
		return NULL;
	r->unit[r->unit_count] = (struct refunded_unit){ .unit = unit };
	return &r->unit[r->unit_count++];
}

static void add_refund(struct refunded *r, const struct entry *e)
{
	r->count++;
	r->money -= e->total;
	for (uint32_t i = 0; i < e->posting_count; i++) {
		const struct posting *p = &e->postings[i];
		struct refunded_unit *u = refunded_unit(r, p->unit);

		if (!u)
			r->full = true;
		else if (p->counter == COUNTER_ISSUED)
			u->taken -= p->amount;
		else if (p->counter == COUNTER_REDEEMED && p->reward)
			u->returned += p->amount;
		else if (p->counter == COUNTER_REDEEMED)
			u->restored += p->amount;
	}
}

/* Calls 'each' for every entry about 'subject' that was not undone. */
static enum status each_about(struct txn *txn, struct entry *room, int64_t subject,
			      void (*each)(const struct entry *e, void *arg), void *arg)
{
	struct range r;
	struct key prefix;
	enum status st = ST_OK;

	prefix.len = 0;
	key_int(&prefix, (uint64_t)subject, 8);
	range_start(&r, txn, TABLE_ABOUT, &prefix);
	while (st == ST_OK && range_next(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + 8, 8);

		if (entry_is_undone(txn, seq))
			continue;
		st = journal_read(txn, seq, room);
		if (st == ST_OK)
			each(room, arg);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(txn) : st;
}

static void take_refund(const struct entry *e, void *arg)
{
	if (e->kind == ENTRY_REFUND)
		add_refund(arg, e);
}

enum status sale_refunded(struct txn *txn, struct entry *room, int64_t sale,
			  struct refunded *out)
{
	enum status st;

	out->money = 0;
	out->count = out->unit_count = 0;
	out->full = false;
	st = each_about(txn, room, sale, take_refund, out);
	if (st == ST_OK && out->full)
		return fail(ST_FULL, "this sale moved more than %d programs and rewards",
			    REFUNDED_UNITS);
	return st;
}

/* -- one refund -- */

struct others {
	int64_t *seq;
	size_t n, cap;
};

static void note_other(const struct entry *e, void *arg)
{
	struct others *o = arg;

	if (e->kind != ENTRY_AWARD && e->kind != ENTRY_CLAIM)
		return;
	o->seq = mem_grow(o->seq, o->n, &o->cap, sizeof(*o->seq));
	o->seq[o->n++] = e->seq;
}

/* Awards for the sale that came later, and rewards claimed on its bill. */
static enum status refund_others(struct refunding *r, int64_t sale)
{
	struct others o = { 0 };
	enum status st = each_about(r->t->txn, r->t->other, sale, note_other, &o);

	for (size_t i = 0; i < o.n && st == ST_OK; i++) {
		st = journal_read(r->t->txn, o.seq[i], r->t->other);
		if (st == ST_OK)
			st = refund_postings(r, r->t->other);
	}
	free(o.seq);
	return st;
}

static enum status check_amount(const struct trade *t, const struct refund *ask,
				const struct refunding *r, int64_t *amount)
{
	int64_t left = r->original - r->before.money;
	char left_text[MONEY_TEXT], asked[MONEY_TEXT];

	money_print(left, t->shop->decimals, left_text);
	money_print(ask->amount, t->shop->decimals, asked);
	*amount = ask->amount ? ask->amount : left;
	if (*amount < 0)
		return fail(ST_REFUSED, "a refund is of more than nothing");
	if (*amount > left)
		return fail(ST_REFUSED, "%s is more than the %s that is left of this sale",
			    asked, left_text);
	if (!*amount && (r->original || r->before.count))
		return fail(ST_REFUSED, "this sale is refunded wholly already");
	return ST_OK;
}

/* Reads the sale into t->other and what was refunded of it before. */
static enum status start(struct trade *t, const struct refund *ask, struct refunding *r)
{
	enum status st = sale_refunded(t->txn, t->other, ask->sale, &r->before);

	if (st == ST_OK)
		st = journal_read(t->txn, ask->sale, t->other);
	if (st != ST_OK)
		return st;
	if (t->other->kind != ENTRY_SALE)
		return fail(ST_NOT_FOUND, "entry %" PRId64 " is not a sale", ask->sale);
	if (entry_is_undone(t->txn, ask->sale))
		return fail(ST_REFUSED, "that sale was undone; there is nothing to refund");
	if (ask->occurred && (ask->occurred > t->by.now + 24 * CLOCK_HOUR ||
			      clock_day(ask->occurred) < t->other->day))
		return fail(ST_REFUSED, "a refund comes after its sale and not in the future");
	r->original = t->other->total;
	return ST_OK;
}

struct key refund_key(const struct entry *e)
{
	char receipt[RECEIPT_TEXT];

	sale_receipt(e, receipt);	/* "@12" for a sale without a number of its own */
	return done_refund(e->source, e->receipt[0] ? e->receipt : receipt, e->number);
}

uint64_t refund_content(int64_t sale, int64_t amount)
{
	int64_t parts[] = { sale, amount };

	return digest_content(parts, sizeof(parts));
}

/* What it is known by goes into t->entry. */
static void name_refund(struct trade *t, const struct refund *ask, const struct entry *sale)
{
	struct entry *e = t->entry;

	e->kind = ENTRY_REFUND;
	e->about = ask->sale;
	snprintf(e->source, sizeof(e->source), "%s", ask->receipt ? ask->source : sale->source);
	snprintf(e->receipt, sizeof(e->receipt), "%s", ask->receipt ? ask->receipt :
		 sale->receipt);
	snprintf(e->number, sizeof(e->number), "%s", ask->number);
}

static enum status known(struct trade *t, const struct refund *ask, bool *repeated)
{
	struct key key = refund_key(t->entry);
	uint64_t content;

	if (!ask->number[0] || !done_find(t->txn, &key, &t->seq, &content))
		return txn_status(t->txn);
	if (ask->amount && content != refund_content(ask->sale, ask->amount))
		return fail(ST_EXISTS, "refund %s of this sale is there with another amount",
			    ask->number);
	*repeated = true;
	return ST_OK;
}

static void fill(struct trade *t, const struct refund *ask, const struct refunding *r,
		 int64_t amount)
{
	struct entry *e = t->entry;
	const struct entry *sale = t->other;

	book_start(&t->book, e, ENTRY_REFUND, &t->by);
	if (ask->occurred)
		entry_occurred(e, ask->occurred);
	name_refund(t, ask, sale);
	e->total = -amount;
	e->customer = account_of(t->txn, ask->sale ? sale->customer : ask->customer);
	if (ask->sale && sale->tax && r->original &&
	    !mul_div(-sale->tax, amount, r->original, ROUND_CEIL, &e->tax))
		e->tax = 0;
}

static enum status move_units(struct refunding *r, const struct refund *ask)
{
	struct entry *sale;
	enum status st;

	if (!r->e->customer)
		return ST_OK;
	/* The sale is kept apart: t->other is needed for what stands about it. */
	sale = entry_new();
	st = journal_read(r->t->txn, ask->sale, sale);
	if (st == ST_OK)
		st = refund_postings(r, sale);
	entry_free(sale);
	return st == ST_OK ? refund_others(r, ask->sale) : st;
}

static enum status post(struct trade *t, const struct refund *ask, struct refunding *r,
			int64_t amount)
{
	struct side side = { 0 };
	struct key key;
	enum status st = ST_OK;

	fill(t, ask, r, amount);
	key = refund_key(t->entry);
	if (ask->sale)
		st = move_units(r, ask);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	if (st != ST_OK)
		return txn_fail(t->txn, st);
	if (ask->number[0])
		done_put(t->txn, &key, t->entry->seq, refund_content(ask->sale, amount));
	if (ask->reason && ask->reason[0]) {
		snprintf(side.reason, sizeof(side.reason), "%s", ask->reason);
		side_put(t->txn, t->entry->seq, &side);
	}
	t->seq = t->entry->seq;
	return txn_status(t->txn);
}

/* Of a sale that nobody has told the book of: there is no more than the money. */
enum status refund_check(const struct trade *t, const struct refund *ask)
{
	if (ask->amount <= 0 || ask->amount > MONEY_MOST)
		return fail(ST_REFUSED, "a refund is of more than nothing, and of no more than "
			    "10,000,000,000,000");
	if (ask->occurred && (ask->occurred > t->by.now + 24 * CLOCK_HOUR ||
			      ask->occurred < clock_day_start(CLOCK_FIRST_DAY)))
		return fail(ST_REFUSED, "a refund cannot be of the future");
	return ST_OK;
}

enum status refund_book(struct trade *t, const struct refund *ask, bool *repeated)
{
	struct refunding r = { .t = t, .e = t->entry };
	int64_t amount = ask->amount;
	enum status st = ask->sale ? start(t, ask, &r) : refund_check(t, ask);

	*repeated = false;
	if (st != ST_OK)
		return st;
	name_refund(t, ask, t->other);
	st = known(t, ask, repeated);
	if (st == ST_OK && !*repeated && ask->sale)
		st = check_amount(t, ask, &r, &amount);
	if (st != ST_OK || *repeated)
		return st;
	r.refunded = r.before.money + amount;
	r.whole = r.refunded == r.original;
	return post(t, ask, &r, amount);
}

static uint64_t asked(const struct refund *ask)
{
	int64_t parts[] = { ask->sale, ask->amount, ask->occurred,
			    (int64_t)digest_content(ask->number, strlen(ask->number)) };

	return digest_content(parts, sizeof(parts));
}

struct refund_unit {
	const struct refund *ask;
	bool repeated;
};

static enum status refund_work(struct trade *t, void *arg)
{
	struct refund_unit *u = arg;

	return refund_book(t, u->ask, &u->repeated);
}

enum status refund_add(struct shop *shop, const struct actor *by, const struct refund *ask,
		       struct trade_run *out)
{
	struct refund_unit u = { ask, false };
	enum status st;

	*out = (struct trade_run){ .work = refund_work, .arg = &u, .content = asked(ask) };
	st = trade_run(shop, by, out);
	out->repeated |= u.repeated;
	return st;
}
