/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/money.h"
#include "shop/bill.h"
#include "shop/earn.h"

/* -- claiming a reward -- */

struct claim_unit {
	const struct claim *ask;
};

static enum status bill_of(struct trade *t, const struct claim *ask, int64_t *sale, int64_t *bill)
{
	enum status st;

	*sale = 0;
	*bill = -1;
	if (!ask->receipt[0])
		return ST_OK;
	st = sale_by_any_receipt(t->txn, ask->receipt, sale);
	if (st == ST_OK)
		st = journal_read(t->txn, *sale, t->other);
	if (st != ST_OK)
		return st;
	if (account_of(t->txn, t->other->customer) != ask->customer)
		return fail(ST_REFUSED, "receipt %s is not a bill of this customer", ask->receipt);
	if (entry_is_undone(t->txn, *sale))
		return fail(ST_REFUSED, "receipt %s was undone", ask->receipt);
	*bill = t->other->total;
	return ST_OK;
}

static enum status claim_work(struct trade *t, void *arg)
{
	struct claim ask = *((struct claim_unit *)arg)->ask;
	const struct reward *r = reward_by_id(&t->rewards, ask.reward);
	int64_t sale, bill;
	enum status st;

	if (!r)
		return fail(ST_NOT_FOUND, "there is no such reward");
	ask.customer = account_of(t->txn, ask.customer);
	st = bill_of(t, &ask, &sale, &bill);
	if (st == ST_OK)
		st = reward_allowed(t, &(struct reward_wish){
			.reward = r, .customer = ask.customer, .bill = bill,
			.day = clock_day(t->by.now) });
	if (st == ST_OK && sale && (r->kind == REWARD_AMOUNT || r->kind == REWARD_PERCENT))
		st = fail(ST_REFUSED, "\"%s\" takes money off a bill while it is made, with the "
			  "sale", r->name);
	if (st != ST_OK)
		return st;
	book_start(&t->book, t->entry, ENTRY_CLAIM, &t->by);
	t->entry->customer = ask.customer;
	t->entry->subject = r->id;
	t->entry->about = sale;
	st = reward_take(t, t->entry, r, r->cost);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	t->seq = t->entry->seq;
	return st;
}

enum status reward_claim(struct shop *shop, const struct actor *by, const struct claim *c,
			 struct trade_run *out)
{
	struct claim_unit u = { c };
	int64_t parts[] = { c->customer, c->reward,
			    (int64_t)digest_content(c->receipt, strlen(c->receipt)) };

	*out = (struct trade_run){ .work = claim_work, .arg = &u,
				   .content = digest_content(parts, sizeof(parts)) };
	return trade_run(shop, by, out);
}

/* -- adjusting and opening balances -- */

static const struct program *program_for(struct trade *t, const struct adjustment *a)
{
	const struct program *p = program_by_id(&t->programs, a->program);

	if (!p)
		fail(ST_NOT_FOUND, "there is no such program");
	else if (!a->amount || a->amount > MONEY_MOST || a->amount < -MONEY_MOST)
		fail(ST_REFUSED, "an amount of %" PRId64 " cannot be booked", a->amount);
	else
		return p;
	return NULL;
}

static enum status add_or_take(struct trade *t, const struct program *p, int64_t amount,
			       enum counterpart counter)
{
	struct entry *e = t->entry;
	int64_t unit = unit_make(UNIT_PROGRAM, p->id);

	if (amount < 0)
		return book_debit(&t->book, e, &(struct debit){
			.unit = unit, .amount = -amount, .counter = counter });
	return earn_put(t, e, p, &(struct posting){
		.unit = unit, .amount = amount, .counter = counter,
		.through = program_through(p, e->day) });
}

static enum status adjust_work(struct trade *t, void *arg)
{
	const struct adjustment *a = *(const struct adjustment **)arg;
	const struct program *p = program_for(t, a);
	struct side side = { 0 };
	enum status st;

	if (!p)
		return t->programs.n && program_by_id(&t->programs, a->program) ? ST_REFUSED :
									      ST_NOT_FOUND;
	if (!a->reason[0])
		return fail(ST_REFUSED, "an adjustment needs a reason");
	book_start(&t->book, t->entry, ENTRY_ADJUST, &t->by);
	t->entry->customer = account_of(t->txn, a->customer);
	t->entry->subject = p->id;
	st = add_or_take(t, p, a->amount, COUNTER_ADJUSTED);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	if (st != ST_OK)
		return st;
	snprintf(side.reason, sizeof(side.reason), "%s", a->reason);
	side_put(t->txn, t->entry->seq, &side);
	t->seq = t->entry->seq;
	return txn_status(t->txn);
}

static uint64_t content_of(enum entry_kind kind, const struct adjustment *a)
{
	int64_t parts[] = { kind, a->customer, a->program, a->amount };

	return digest_content(parts, sizeof(parts));
}

enum status balance_adjust(struct shop *shop, const struct actor *by,
			   const struct adjustment *a, struct trade_run *out)
{
	*out = (struct trade_run){ .work = adjust_work, .arg = &a,
				   .content = content_of(ENTRY_ADJUST, a) };
	return trade_run(shop, by, out);
}

struct key opening_key(int64_t customer, int64_t unit)
{
	struct key k = done_key(DONE_OPENING);

	key_int(&k, (uint64_t)customer, 4);
	key_int(&k, (uint64_t)unit, 4);
	return k;
}

static bool is_open(struct trade *t, int64_t customer, int64_t unit, uint64_t *amount)
{
	struct key k = opening_key(customer, unit);

	return done_find(t->txn, &k, &t->seq, amount);
}

/* Who was merged into them may have brought one too: the same of either is
 * this one. */
static bool find_opening(struct trade *t, const struct adjustment *a, uint64_t *amount)
{
	int64_t unit = unit_make(UNIT_PROGRAM, a->program);
	bool found = is_open(t, a->customer, unit, amount);
	const struct merge *m;
	size_t n;

	m = merges_of(trade_merges(t), a->customer, &n);
	for (size_t i = 0; i < n && !(found && *amount == (uint64_t)a->amount); i++)
		found |= is_open(t, m[i].from, unit, amount);
	return found;
}

bool balance_is_open(struct trade *t, const struct adjustment *a)
{
	struct adjustment now = *a;
	uint64_t amount;

	now.customer = account_of(t->txn, a->customer);
	return find_opening(t, &now, &amount);
}

enum status balance_open_book(struct trade *t, const struct adjustment *ask, bool *repeated)
{
	const struct program *p = program_for(t, ask);
	const struct adjustment *a = &(const struct adjustment){
		account_of(t->txn, ask->customer), ask->program, ask->amount, ask->reason };
	struct key k;
	uint64_t content = (uint64_t)a->amount, there;
	enum status st;

	*repeated = false;
	if (!p)
		return program_by_id(&t->programs, a->program) ? ST_REFUSED : ST_NOT_FOUND;
	if (a->amount < 0)
		return fail(ST_REFUSED, "an opening balance is more than nothing");
	if (find_opening(t, a, &there)) {
		*repeated = there == content;
		return *repeated ? ST_OK :
			fail(ST_EXISTS, "this customer's opening balance in \"%s\" is booked "
			     "already, as %" PRIu64 "; correct it with: regulars adjust",
			     p->name, there);
	}
	book_start(&t->book, t->entry, ENTRY_OPENING, &t->by);
	t->entry->customer = a->customer;
	t->entry->subject = p->id;
	st = add_or_take(t, p, a->amount, COUNTER_OPENING);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	if (st != ST_OK)
		return txn_fail(t->txn, st);
	k = opening_key(a->customer, unit_make(UNIT_PROGRAM, p->id));
	done_put(t->txn, &k, t->entry->seq, content);
	t->seq = t->entry->seq;
	return txn_status(t->txn);
}

struct opening_unit {
	const struct adjustment *ask;
	bool repeated;
};

static enum status open_work(struct trade *t, void *arg)
{
	struct opening_unit *u = arg;

	return balance_open_book(t, u->ask, &u->repeated);
}

enum status balance_open(struct shop *shop, const struct actor *by, const struct adjustment *a,
			 struct trade_run *out)
{
	struct opening_unit u = { a, false };
	enum status st;

	*out = (struct trade_run){ .work = open_work, .arg = &u,
				   .content = content_of(ENTRY_OPENING, a) };
	st = trade_run(shop, by, out);
	out->repeated |= u.repeated;
	return st;
}
