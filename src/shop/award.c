/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <stdlib.h>

#include "base/mem.h"
#include "shop/earn.h"

/* A program that begins before it was added: its sales are found in a read
 * pass and awarded in batches, one entry a sale, so that a later refund of the
 * sale takes its award back. */
enum { BATCH = 500 };

struct awarding {
	const struct program *program;
	int64_t *sales;
	size_t n, cap, done;
	struct awarded *out;
};

static bool earns_in(const struct entry *e, int64_t unit)
{
	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit && e->postings[i].counter == COUNTER_ISSUED &&
		    e->postings[i].amount > 0)
			return true;
	return false;
}

/* Refunded sales are left out: what they would have earned is not clear. */
static bool has_award_or_refund(struct txn *txn, int64_t sale, int64_t program,
				struct entry *room)
{
	struct range r;
	struct key prefix;
	bool found = false;

	prefix.len = 0;
	key_int(&prefix, (uint64_t)sale, 8);
	range_start(&r, txn, TABLE_ABOUT, &prefix);
	while (!found && range_next(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + 8, 8);

		if (!entry_is_undone(txn, seq) && journal_read(txn, seq, room) == ST_OK)
			found = room->kind == ENTRY_REFUND ||
				(room->kind == ENTRY_AWARD && room->subject == program);
	}
	range_end(&r);
	return found;
}

static bool is_due(struct txn *txn, const struct awarding *a, struct range *row,
		   struct entry *e, struct entry *room)
{
	struct entry_head head;

	if (!entry_head(row->key, row->value, &head) || head.kind != ENTRY_SALE ||
	    !head.customer || head.day < a->program->from || entry_is_undone(txn, head.seq))
		return false;
	if (entry_decode(row->key, row->value, e) != ST_OK) {
		txn_fail(txn, ST_CORRUPT);
		return false;
	}
	return !earns_in(e, unit_make(UNIT_PROGRAM, a->program->id)) &&
	       !has_award_or_refund(txn, head.seq, a->program->id, room);
}

static enum status find(struct txn *txn, void *arg)
{
	struct awarding *a = arg;
	struct entry *e = mem_alloc(sizeof(*e)), *room = mem_alloc(sizeof(*room));
	struct range r;

	a->n = 0;
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		if (!is_due(txn, a, &r, e, room))
			continue;
		a->sales = mem_grow(a->sales, a->n, &a->cap, sizeof(*a->sales));
		a->sales[a->n++] = e->seq;
	}
	range_end(&r);
	free(e);
	free(room);
	return txn_status(txn);
}

static enum status award(struct trade *t, struct awarding *a, struct entry *sale)
{
	struct entry *e = t->entry;
	enum status st;

	book_start(&t->book, e, ENTRY_AWARD, &t->by);
	entry_occurred(e, sale->occurred);
	e->customer = account_of(t->txn, sale->customer);
	e->about = sale->seq;
	e->subject = a->program->id;
	st = earn_one(t, e, a->program, sale);
	if (st != ST_OK || !e->posting_count)
		return st;
	a->out->sales++;
	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit_make(UNIT_PROGRAM, a->program->id) &&
		    e->postings[i].counter == COUNTER_ISSUED)
			a->out->amount += e->postings[i].amount;
	return book_post(&t->book, e);
}

static enum status award_batch(struct trade *t, void *arg)
{
	struct awarding *a = arg;
	struct awarded before = *a->out;
	struct entry *sale = mem_alloc(sizeof(*sale));
	enum status st = ST_OK;

	for (size_t i = a->done; i < a->n && i < a->done + BATCH && st == ST_OK; i++) {
		st = journal_read(t->txn, a->sales[i], sale);
		if (st == ST_OK)
			st = award(t, a, sale);
	}
	free(sale);
	if (st != ST_OK)
		*a->out = before;
	return st;
}

struct lookup {
	int64_t id;
	struct program program;
};

static enum status find_program(struct txn *txn, void *arg)
{
	struct lookup *l = arg;
	struct programs programs;
	const struct program *p;

	programs_load(txn, &programs);
	p = program_by_id(&programs, l->id);
	if (p)
		l->program = *p;
	programs_release(&programs);
	return p ? ST_OK : fail(ST_NOT_FOUND, "there is no such program");
}

enum status program_award_past(struct shop *shop, const struct actor *by, int64_t program,
			       struct awarded *out)
{
	struct lookup l = { .id = program };
	struct awarding a = { .program = &l.program, .out = out };
	struct actor awarder = *by;
	enum status st;

	*out = (struct awarded){ 0 };
	awarder.has_op = false;		/* what was awarded is not awarded again */
	st = store_read(shop->store, find_program, &l);
	if (st == ST_OK)
		st = store_read(shop->store, find, &a);
	for (a.done = 0; a.done < a.n && st == ST_OK; a.done += BATCH) {
		struct trade_run run = { .work = award_batch, .arg = &a };

		st = trade_run(shop, &awarder, &run);
	}
	free(a.sales);
	return st;
}
