/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/earn.h"

#include "base/clock.h"
#include "shop/item.h"

static const char *category_of(void *arg, int64_t item)
{
	return item_category(arg, item);
}

/* -- the daily cap -- */

struct earned_today {
	struct trade *t;
	int32_t day;
	int64_t unit, sum;
};

static int64_t earned_in(const struct entry *e, int64_t unit)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit && e->postings[i].counter == COUNTER_ISSUED)
			sum += e->postings[i].amount;
	return sum;
}

static bool add_earned(const struct pending_row *row, void *arg)
{
	struct earned_today *today = arg;
	struct trade *t = today->t;

	if (!row_may_be_of_day(row, today->day) ||
	    (row->kind != ENTRY_SALE && row->kind != ENTRY_AWARD) ||
	    entry_is_undone(t->txn, row->seq))
		return true;
	if (journal_read(t->txn, row->seq, t->other) != ST_OK)
		return false;
	if (t->other->day == today->day)
		today->sum += earned_in(t->other, today->unit);
	return true;
}

static int64_t under_cap(struct trade *t, const struct entry *e, const struct program *p,
			 int64_t amount)
{
	struct earned_today today = {
		.t = t, .day = e->day, .unit = unit_make(UNIT_PROGRAM, p->id) };

	if (!p->daily_cap || amount <= 0)
		return amount;
	book_timeline(&t->book, e->customer, add_earned, &today);
	if (amount > p->daily_cap - today.sum)
		amount = p->daily_cap - today.sum;
	return amount > 0 ? amount : 0;
}

/* -- absence -- */

bool program_absent(const struct program *p, const struct figures *f, int32_t day)
{
	return p->validity == VALID_INACTIVE && f->last_day &&
	       day_add_months((int32_t)f->last_day, (int)p->valid_for) < day;
}

enum status earn_lapse_absent(struct trade *t, struct entry *e)
{
	const struct figures *f = &book_holder(&t->book, e->customer)->figures;
	enum status st = ST_OK;

	for (size_t i = 0; i < t->programs.n && st == ST_OK; i++) {
		const struct program *p = &t->programs.row[i];
		struct position *position;
		int64_t there = 0;

		if (!program_absent(p, f, e->day))
			continue;
		position = book_position(&t->book, e->customer, unit_make(UNIT_PROGRAM, p->id));
		if (position)
			there = position_usable(position, e->day) +
				position_pending(position, e->day);
		if (there > 0)
			st = book_debit(&t->book, e, &(struct debit){
				.unit = position->unit, .amount = there,
				.counter = COUNTER_EXPIRED, .clawback = true });
	}
	return st;
}

/* -- cards -- */

enum status reward_issue(struct trade *t, struct entry *e, const struct program *p,
			 int64_t reward, int64_t count)
{
	struct posting ready = {
		.unit = unit_make(UNIT_REWARD, reward), .counter = COUNTER_ISSUED,
		.amount = count, .through = p->reward_days ? e->day + p->reward_days : 0 };
	struct position *position;
	struct lot *lot;
	enum status st = book_credit(&t->book, e, &ready);

	if (st != ST_OK || !p->claim_now)
		return st;
	/* Less, where some were owed. */
	position = book_position(&t->book, e->customer, ready.unit);
	lot = position_lot(position, e->seq, e->posting_count - 1);
	if (!lot)
		return ST_OK;
	return book_debit(&t->book, e, &(struct debit){
		.unit = ready.unit, .amount = lot->left, .counter = COUNTER_REDEEMED,
		.own = e->seq, .reward = reward });
}

/* How often a card has passed 'mark' (of a goal) with so many stamps; it begins
 * anew at the goal. */
static int64_t passed(int64_t stamps, int64_t mark, int64_t goal)
{
	return stamps < mark ? 0 : (stamps - mark) / goal + 1;
}

enum status earn_complete(struct trade *t, struct entry *e, const struct program *p,
			  struct cards_before before)
{
	struct position *position = book_position(&t->book, e->customer,
						  unit_make(UNIT_PROGRAM, p->id));
	int64_t usable = position ? position_usable(position, e->day) : 0, cards;
	enum status st = ST_OK;

	for (uint32_t i = 0; i < p->milestone_count && st == ST_OK; i++) {
		int64_t mark = p->milestones[i].stamps;
		int64_t n = passed(usable, mark, p->goal) - passed(before.here, mark, p->goal) -
			    passed(before.there, mark, p->goal);

		if (n > 0)
			st = reward_issue(t, e, p, p->milestones[i].reward, n);
	}
	cards = usable / p->goal;
	/* A card for which there is no reward yet stays full until there is one. */
	if (st != ST_OK || cards <= 0 || !p->reward)
		return st;
	st = book_debit(&t->book, e, &(struct debit){
		.unit = unit_make(UNIT_PROGRAM, p->id), .amount = cards * p->goal,
		.counter = COUNTER_REDEEMED, .reward = p->reward });
	return st == ST_OK ? reward_issue(t, e, p, p->reward, cards) : st;
}

/* May the card reach a mark with 'amount' more? */
static bool may_give(const struct program *p, int64_t balance, int64_t amount)
{
	int64_t most = balance + p->head_start + amount;
	bool gives = p->goal > 0 && most >= p->goal;

	for (uint32_t i = 0; i < p->milestone_count; i++)
		gives |= p->goal > 0 && most >= p->milestones[i].stamps;
	return gives && p->kind == PROGRAM_STAMPS;
}

/* -- one program, one sale -- */

struct part {
	struct trade *t;
	int64_t unit;
	bool taken;
};

static bool takes_part(const struct pending_row *row, void *arg)
{
	struct part *part = arg;
	const struct entry *e = part->t->other;

	if (row->kind == ENTRY_UNDO || entry_is_undone(part->t->txn, row->seq))
		return true;
	if (journal_read(part->t->txn, row->seq, part->t->other) != ST_OK)
		return false;
	for (uint32_t i = 0; i < e->posting_count; i++)
		part->taken |= e->postings[i].unit == part->unit;
	return !part->taken;
}

/* Has the customer never had a stamp of this card, but for what was undone? */
static bool is_first(struct trade *t, const struct entry *e, const struct position *position,
		     int64_t unit)
{
	struct part part = { t, unit, false };

	if (position && !position->balance)
		book_timeline(&t->book, e->customer, takes_part, &part);
	return !position || (!position->balance && !part.taken);
}

/* The head start is a gift for joining, not earned by the sale: a refund of the
 * sale leaves it. */
static enum status start_card(struct trade *t, struct entry *e, const struct program *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, p->id);
	const struct position *position = holder_position(book_holder(&t->book, e->customer), unit);

	if (!p->head_start || !is_first(t, e, position, unit))
		return txn_status(t->txn);
	return book_credit(&t->book, e, &(struct posting){
		.unit = unit, .counter = COUNTER_OPENING, .amount = p->head_start });
}

enum status earn_put(struct trade *t, struct entry *e, const struct program *p,
		     const struct posting *posting)
{
	struct position *position = holder_position(book_holder(&t->book, e->customer),
						    posting->unit);
	bool gives = may_give(p, position ? position->balance : 0, posting->amount);
	int64_t before = 0;
	enum status st = ST_OK;

	/* What only opens one more lot need not know which lots there are. */
	if (gives && position) {
		position_load(t->txn, e->customer, position);
		before = position_usable(position, e->day);
	}
	if (p->kind == PROGRAM_STAMPS && posting->counter == COUNTER_ISSUED)
		st = start_card(t, e, p);
	if (st == ST_OK)
		st = book_credit(&t->book, e, posting);
	return st == ST_OK && gives ?
		       earn_complete(t, e, p, (struct cards_before){ .here = before }) : st;
}

static enum status earn_in(struct trade *t, struct entry *e, const struct program *p,
			   const struct entry *sale)
{
	struct earning s = {
		.day = sale->day, .total = sale->total, .tax = sale->tax,
		.line_count = sale->line_count, .lines = sale->lines,
		.category = category_of, .arg = t };
	int64_t amount;
	enum status st = program_earns(p, &s, &amount);

	if (st != ST_OK)
		return st;
	amount = under_cap(t, e, p, amount);
	if (amount <= 0)
		return ST_OK;
	return earn_put(t, e, p, &(struct posting){
		.unit = unit_make(UNIT_PROGRAM, p->id), .counter = COUNTER_ISSUED,
		.amount = amount, .through = program_through(p, e->day),
		.from = p->pending_days ? e->day + p->pending_days : 0 });
}

enum status earn_all(struct trade *t, struct entry *e, bool award_past)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < t->programs.n && st == ST_OK; i++) {
		const struct program *p = &t->programs.row[i];

		if (!p->stopped && (award_past || p->from <= e->day))
			st = earn_in(t, e, p, e);
	}
	return st;
}

enum status earn_one(struct trade *t, struct entry *e, const struct program *p,
		     const struct entry *sale)
{
	return earn_in(t, e, p, sale);
}
