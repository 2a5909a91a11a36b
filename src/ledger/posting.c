/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/book.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"

/* Deciding postings: which lots a debit draws, where a return goes. What was
 * decided is applied by holder_apply(), the same that `verify` replays. */

static struct house *house_of(struct book *b, int64_t unit)
{
	for (size_t i = 0; i < b->house_count; i++)
		if (b->houses[i].unit == unit)
			return &b->houses[i].house;
	b->houses = mem_grow(b->houses, b->house_count, &b->house_cap, sizeof(*b->houses));
	b->houses[b->house_count].unit = unit;
	house_load(b->txn, unit, &b->houses[b->house_count].house);
	return &b->houses[b->house_count++].house;
}

/* Puts the posting at the end of the entry and does what it says. */
static enum status apply(struct book *b, struct entry *e, const struct posting *p)
{
	int64_t *side = &house_of(b, p->unit)->side[p->counter];
	enum status st;

	if (e->posting_count == ENTRY_POSTINGS)
		return txn_fail(b->txn, fail(ST_FULL, "more than %d movements in one entry",
					     ENTRY_POSTINGS));
	e->postings[e->posting_count] = *p;
	st = holder_apply(book_holder(b, e->customer), e, e->posting_count);
	e->posting_count++;
	if (st == ST_OK && __builtin_sub_overflow(*side, p->amount, side))
		st = fail(ST_FULL, "a total larger than can be kept");
	return st == ST_OK ? ST_OK : txn_fail(b->txn, st);
}

enum status book_credit(struct book *b, struct entry *e, const struct posting *p)
{
	return apply(b, e, p);
}

static enum status add_move(struct book *b, struct entry *e, const struct lot *lot, int64_t amount)
{
	if (e->move_count == ENTRY_MOVES)
		return txn_fail(b->txn, fail(ST_FULL, "this takes from more than %d lots; "
					     "do it in two steps", ENTRY_MOVES));
	e->moves[e->move_count++] = (struct move){ e->posting_count, lot->seq, lot->n, amount };
	return ST_OK;
}

/* Draws from the lots of one entry (own), or of all the others (not own). */
static enum status draw(struct book *b, struct entry *e, const struct debit *d,
			const struct position *p, bool own, int64_t *left)
{
	for (size_t i = 0; i < p->lot_count && *left > 0; i++) {
		const struct lot *lot = &p->lots[i];
		int64_t take = lot->left < *left ? lot->left : *left;

		if ((lot->seq == d->own) != own || take <= 0 || lot->through < e->day ||
		    (lot->from > e->day && !d->clawback))
			continue;
		if (add_move(b, e, lot, -take) != ST_OK)
			return txn_status(b->txn);
		*left -= take;
	}
	return ST_OK;
}

static enum status lapse_position(struct book *b, struct entry *e, int64_t unit, int32_t day);

enum status book_debit(struct book *b, struct entry *e, const struct debit *d)
{
	struct position *p;
	uint32_t moves;
	int64_t left = d->amount;
	struct posting posting = { .unit = d->unit, .counter = d->counter, .amount = -d->amount,
				   .reward = d->reward };

	/* What is owed is the balance below zero, so nothing lapsed may stand in it. */
	if (d->clawback && lapse_position(b, e, d->unit, e->day) != ST_OK)
		return txn_status(b->txn);
	p = book_position(b, e->customer, d->unit);
	moves = e->move_count;
	if (p && d->own && draw(b, e, d, p, true, &left) != ST_OK)
		return txn_status(b->txn);
	if (p && draw(b, e, d, p, false, &left) != ST_OK)
		return txn_status(b->txn);
	if (left > 0 && !d->clawback) {
		e->move_count = moves;
		return fail(ST_REFUSED, "only %" PRId64 " of %" PRId64 " are there",
			    d->amount - left, d->amount);
	}
	return apply(b, e, &posting);
}

/* A lot that was used up is no longer in the store: it is made again, empty,
 * from the entry that opened it. */
static enum status revive(struct book *b, struct position *p, const struct move *drawn,
			  struct lot **out)
{
	const struct posting *opening;
	enum status st;

	*out = position_lot(p, drawn->seq, drawn->n);
	if (*out)
		return ST_OK;
	if (!b->scratch)
		b->scratch = mem_alloc(sizeof(*b->scratch));
	st = journal_read(b->txn, drawn->seq, b->scratch);
	if (st != ST_OK)
		return txn_fail(b->txn, st);
	if (drawn->n < 0 || drawn->n >= b->scratch->posting_count)
		return txn_fail(b->txn, fail(ST_CORRUPT, "entry %" PRId64 " opened no such lot",
					     drawn->seq));
	opening = &b->scratch->postings[drawn->n];
	*out = position_lot_add(p, &(struct lot){
		.unit = p->unit, .acquired = b->scratch->occurred, .seq = drawn->seq,
		.n = drawn->n, .from = opening->from,
		.through = opening->through ? opening->through : LOT_NEVER });
	return ST_OK;
}

enum status book_give_back(struct book *b, struct entry *e, const struct give_back *g)
{
	const struct posting *spent = &g->spent->postings[g->posting];
	struct position *p;
	struct posting back = { .unit = spent->unit, .counter = spent->counter,
				.amount = g->amount, .reward = spent->reward };
	int64_t skip = g->already, left = g->amount;

	p = holder_position_add(book_holder(b, e->customer), spent->unit);
	position_load(b->txn, e->customer, p);
	if (p->balance < 0)
		left += p->balance;	/* what is owed is filled first */
	for (uint32_t m = g->spent->move_count; m-- > 0 && left > 0;) {
		const struct move *drawn = &g->spent->moves[m];
		int64_t amount = -drawn->amount;
		struct lot *lot;

		if (drawn->posting != (int64_t)g->posting || amount <= 0)
			continue;
		if (skip >= amount) {
			skip -= amount;
			continue;
		}
		amount = amount - skip < left ? amount - skip : left;
		skip = 0;
		if (revive(b, p, drawn, &lot) != ST_OK)
			return txn_status(b->txn);
		left -= amount;
		if (lot->through < e->day)
			back.through = g->grace;	/* goes to a new lot */
		else if (add_move(b, e, lot, amount) != ST_OK)
			return txn_status(b->txn);
	}
	return apply(b, e, &back);
}

static enum status lapse_position(struct book *b, struct entry *e, int64_t unit, int32_t day)
{
	struct position *p = book_position(b, e->customer, unit);
	struct posting posting = { .unit = unit, .counter = COUNTER_EXPIRED };

	for (size_t i = 0; p && i < p->lot_count && p->lots[i].through < day; i++) {
		if (!p->lots[i].left)
			continue;
		if (e->move_count == ENTRY_MOVES)
			break;		/* the rest lapses with the next entry */
		if (add_move(b, e, &p->lots[i], -p->lots[i].left) != ST_OK)
			return txn_status(b->txn);
		posting.amount -= p->lots[i].left;
	}
	return posting.amount ? apply(b, e, &posting) : ST_OK;
}

enum status book_lapse(struct book *b, struct entry *e, int32_t day, bool *any)
{
	struct holder *h = book_holder(b, e->customer);
	enum status st = ST_OK;

	for (size_t i = 0; i < h->position_count && st == ST_OK; i++)
		st = lapse_position(b, e, h->positions[i].unit, day);
	*any = e->posting_count > 0;
	return st;
}

/* Takes back what is left of the lot that posting i opened, and gives to and
 * takes from other lots what its moves took and gave. */
static enum status reverse_moves(struct book *b, struct entry *e, const struct entry *original,
				 uint32_t i)
{
	const struct posting *posting = &original->postings[i];
	struct position *p = holder_position_add(book_holder(b, e->customer), posting->unit);
	struct lot *lot;

	position_load(b->txn, e->customer, p);
	for (uint32_t m = 0; m < original->move_count; m++) {
		const struct move *move = &original->moves[m];

		if (move->posting != (int64_t)i)
			continue;
		if (revive(b, p, move, &lot) != ST_OK ||
		    add_move(b, e, lot, -move->amount) != ST_OK)
			return txn_status(b->txn);
	}
	lot = posting->amount > 0 ? position_lot(p, original->seq, i) : NULL;
	return lot && lot->left ? add_move(b, e, lot, -lot->left) : ST_OK;
}

enum status book_reverse(struct book *b, struct entry *e, const struct entry *original, uint32_t i)
{
	const struct posting *posting = &original->postings[i];
	struct posting back = { .unit = posting->unit, .counter = posting->counter,
				.amount = -posting->amount, .reward = posting->reward };
	enum status st = reverse_moves(b, e, original, i);

	return st == ST_OK ? apply(b, e, &back) : st;
}
