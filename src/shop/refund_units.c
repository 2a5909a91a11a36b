/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/refunding.h"

#include "base/money.h"

static enum status share(const struct refunding *r, int64_t amount, int64_t *part)
{
	if (r->whole) {
		*part = amount;
		return ST_OK;
	}
	if (!mul_div(amount, r->refunded, r->original, ROUND_FLOOR, part))
		return fail(ST_FULL, "a share larger than can be kept");
	return ST_OK;
}

static enum status full(struct refunding *r)
{
	return txn_fail(r->t->txn, fail(ST_FULL, "this sale moved more than %d programs and "
					"rewards", REFUNDED_UNITS));
}

static enum status take_back(struct refunding *r, int64_t unit, int64_t amount)
{
	return book_debit(&r->t->book, r->e, &(struct debit){
		.unit = unit, .amount = amount, .counter = COUNTER_ISSUED,
		.own = r->sale->seq, .clawback = true });
}

/* Withdraws a reward that this sale issued, if it is still there. */
static enum status withdraw(struct refunding *r, int64_t reward, bool *done)
{
	int64_t unit = unit_make(UNIT_REWARD, reward);
	struct position *p = book_position(&r->t->book, r->e->customer, unit);

	*done = false;
	for (size_t i = 0; p && i < p->lot_count && !*done; i++)
		*done = p->lots[i].seq == r->sale->seq && p->lots[i].left > 0 &&
			p->lots[i].through >= r->e->day;
	return *done ? take_back(r, unit, 1) : ST_OK;
}

static const struct posting *completion(const struct refunding *r, int64_t unit, uint32_t *at)
{
	for (*at = 0; *at < r->sale->posting_count; (*at)++) {
		const struct posting *p = &r->sale->postings[*at];

		if (p->unit == unit && p->amount < 0 && p->counter == COUNTER_REDEEMED)
			return p;
	}
	return NULL;
}

static int64_t issued_by(const struct entry *e, int64_t unit)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit && e->postings[i].counter == COUNTER_ISSUED)
			sum += e->postings[i].amount;
	return sum;
}

/* How many stamps each card took that the sale completed: the goal of then. */
static int64_t card_size(const struct refunding *r, const struct posting *spent)
{
	int64_t cards = issued_by(r->sale, unit_make(UNIT_REWARD, spent->reward));

	return cards > 0 ? -spent->amount / cards : -spent->amount;
}

/* The card that this sale completed is opened again when its reward has not
 * been used: the reward goes, its stamps come back. */
static enum status reopen_cards(struct refunding *r, const struct program *program, int64_t take)
{
	int64_t unit = unit_make(UNIT_PROGRAM, program->id);
	/* The caller has seen that the unit is there. */
	int64_t returned = refunded_unit(&r->before, unit)->returned;
	struct position *p = book_position(&r->t->book, r->e->customer, unit);
	const struct posting *spent;
	uint32_t at;
	bool done = true;
	enum status st = ST_OK;

	spent = completion(r, unit, &at);
	while (st == ST_OK && done && spent && position_usable(p, r->e->day) < take &&
	       returned < -spent->amount) {
		int64_t goal = card_size(r, spent);

		st = withdraw(r, spent->reward, &done);
		if (st != ST_OK || !done)
			break;
		st = book_give_back(&r->t->book, r->e, &(struct give_back){
			.spent = r->sale, .posting = at, .already = returned, .amount = goal,
			.grace = r->e->day + 30 });
		returned += goal;
		p = book_position(&r->t->book, r->e->customer, unit);
	}
	return st;
}

/* Rewards at milestones of the card go in the ratio of the stamps that are
 * taken, all refunds together. One that was used already is owed: passing the
 * milestone again gives no second one. */
static enum status withdraw_milestones(struct refunding *r, const struct program *program,
				       int64_t earned, int64_t taken)
{
	enum status st = ST_OK;

	if (program->claim_now)		/* was had with the sale, as a full card's is */
		return ST_OK;
	for (uint32_t i = 0; i < program->milestone_count && st == ST_OK; i++) {
		int64_t reward = program->milestones[i].reward, due;
		int64_t unit = unit_make(UNIT_REWARD, reward);
		struct refunded_unit *before = refunded_unit(&r->before, unit);

		if (!before)
			return full(r);
		if (!mul_div(issued_by(r->sale, unit), taken, earned, ROUND_FLOOR, &due))
			return fail(ST_FULL, "a share larger than can be kept");
		due -= before->taken;
		before->taken += due;
		if (due > 0)
			st = take_back(r, unit, due);
	}
	return st;
}

/* How many of the stamps go in all: a stamp for the visit only when what is
 * left of the bill would not have earned it. */
static enum status stamps_due(const struct refunding *r, const struct program *program,
			      int64_t earned, int64_t *due)
{
	if (program->per == PER_ITEM)
		return share(r, earned, due);
	*due = !r->whole && program_qualifies(program, r->original - r->refunded) ? 0 : earned;
	return ST_OK;
}

static enum status refund_earned(struct refunding *r, const struct posting *p)
{
	const struct program *program = program_by_id(&r->t->programs, unit_id(p->unit));
	struct refunded_unit *before = refunded_unit(&r->before, p->unit);
	bool stamps = program && program->kind == PROGRAM_STAMPS;
	int64_t due = 0, already;
	enum status st;

	if (!before)
		return full(r);
	st = stamps ? stamps_due(r, program, p->amount, &due) : share(r, p->amount, &due);
	/* Two postings of one unit (a sale and a later award) share what was
	 * taken before: the first uses it up. */
	already = before->taken < p->amount ? before->taken : p->amount;
	before->taken -= already;
	due -= already;
	if (st != ST_OK || due <= 0)
		return st;
	if (stamps) {
		st = reopen_cards(r, program, due);
		if (st == ST_OK)
			st = withdraw_milestones(r, program, p->amount, already + due);
	}
	return st == ST_OK ? take_back(r, p->unit, due) : st;
}

static enum status give_back(struct refunding *r, uint32_t i, int64_t already, int64_t amount)
{
	if (amount <= 0)
		return ST_OK;
	return book_give_back(&r->t->book, r->e, &(struct give_back){
		.spent = r->sale, .posting = i, .already = already, .amount = amount,
		.grace = r->e->day + 30 });
}

/* Points that paid the bill come back in its ratio; what a reward had cost, and
 * the reward itself, only when the whole bill is refunded. */
static enum status refund_spent(struct refunding *r, uint32_t i)
{
	const struct posting *p = &r->sale->postings[i];
	struct refunded_unit *before = refunded_unit(&r->before, p->unit);
	const struct program *program = program_by_id(&r->t->programs, unit_id(p->unit));
	int64_t part, already;
	enum status st;

	if (!before)
		return full(r);
	already = before->restored;
	if (unit_class(p->unit) == UNIT_REWARD)
		return r->whole ? give_back(r, i, 0, -p->amount) : ST_OK;
	if (!p->reward) {
		st = share(r, -p->amount, &part);
		return st == ST_OK ? give_back(r, i, already, part - already) : st;
	}
	if (r->whole && program && program->kind == PROGRAM_POINTS)
		return give_back(r, i, before->returned, -p->amount - before->returned);
	return ST_OK;
}

/* A reward that was bought and used on one bill: both its postings go back. */
static bool bought_here(const struct entry *e, uint32_t i)
{
	const struct posting *p = &e->postings[i];

	return unit_class(p->unit) == UNIT_REWARD && p->amount > 0 && i + 1 < e->posting_count &&
	       e->postings[i + 1].unit == p->unit && e->postings[i + 1].amount == -p->amount;
}

static bool paid_with_points(const struct refunding *r, const struct posting *p)
{
	const struct program *program = program_by_id(&r->t->programs, unit_id(p->unit));

	return unit_class(p->unit) == UNIT_PROGRAM && p->reward && program &&
	       program->kind == PROGRAM_POINTS;
}

static enum status refund_bought(struct refunding *r, uint32_t i)
{
	const struct posting *p = &r->sale->postings[i];
	enum status st;

	if (!r->whole)
		return ST_OK;
	st = give_back(r, i + 1, 0, p->amount);
	return st == ST_OK ? take_back(r, p->unit, p->amount) : st;
}

/* Goes through the postings of the sale, or of an entry about it. A card that
 * was completed and used at once ("claim now") stays used: it was had. */
enum status refund_postings(struct refunding *r, const struct entry *source)
{
	enum status st = ST_OK;

	r->sale = source;
	for (uint32_t i = 0; i < source->posting_count && st == ST_OK; i++) {
		const struct posting *p = &source->postings[i];
		bool program = unit_class(p->unit) == UNIT_PROGRAM;

		if (bought_here(source, i)) {
			if (i && paid_with_points(r, &source->postings[i - 1]))
				st = refund_bought(r, i);
			i++;
		} else if (program && p->counter == COUNTER_ISSUED && p->amount > 0) {
			st = refund_earned(r, p);
		} else if (p->counter == COUNTER_REDEEMED && p->amount < 0) {
			st = refund_spent(r, i);
		}
	}
	return st;
}

