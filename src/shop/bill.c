/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/bill.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "shop/earn.h"
#include "shop/item.h"

static int64_t usable(struct trade *t, int64_t customer, int64_t unit, int32_t day)
{
	struct position *p = book_position(&t->book, customer, unit);
	const struct program *program = unit_class(unit) != UNIT_PROGRAM ? NULL :
					program_by_id(&t->programs, unit_id(unit));
	int64_t there = p ? position_usable(p, day) : 0;

	/* What absence made lapse is gone, though nobody has taken it off yet. */
	if (there > 0 && program &&
	    program_absent(program, &book_holder(&t->book, customer)->figures, day))
		return 0;
	return there;
}

/* -- rewards -- */

struct claims {
	struct trade *t;
	int64_t unit, count;
};

static bool count_claims(const struct pending_row *row, void *arg)
{
	struct claims *c = arg;
	const struct entry *e = c->t->other;

	if (journal_read(c->t->txn, row->seq, c->t->other) != ST_OK)
		return false;
	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == c->unit && e->postings[i].counter == COUNTER_REDEEMED)
			c->count -= e->postings[i].amount;
	return true;
}

static enum status limits_allow(struct trade *t, const struct reward *r, int64_t customer)
{
	struct claims c = { t, unit_make(UNIT_REWARD, r->id), 0 };
	struct house house;

	house_load(t->txn, c.unit, &house);
	if (r->stock && house.side[COUNTER_REDEEMED] >= r->stock)
		return fail(ST_REFUSED, "all %" PRId64 " of \"%s\" are given", r->stock, r->name);
	if (!r->per_customer)
		return ST_OK;
	book_timeline(&t->book, customer, count_claims, &c);
	if (c.count >= r->per_customer)
		return fail(ST_REFUSED, "a customer may have \"%s\" %" PRId64 " times, and this "
			    "one has", r->name, r->per_customer);
	return txn_status(t->txn);
}

static enum status dates_allow(const struct reward *r, int32_t day)
{
	char text[DAY_TEXT];

	if (r->from && day < r->from) {
		day_print((int32_t)r->from, text);
		return fail(ST_REFUSED, "\"%s\" may be claimed from %s on", r->name, text);
	}
	if (r->through && day > r->through) {
		day_print((int32_t)r->through, text);
		return fail(ST_REFUSED, "\"%s\" could be claimed through %s", r->name, text);
	}
	return ST_OK;
}

static enum status has_it(struct trade *t, const struct reward_wish *w)
{
	const struct reward *r = w->reward;
	const struct program *p = program_by_id(&t->programs, r->program);
	int64_t points = usable(t, w->customer, unit_make(UNIT_PROGRAM, r->program), w->day);

	if (points < 0)
		return fail(ST_REFUSED, "%" PRId64 " are owed in \"%s\"; rewards are given again "
			    "when that is made up", -points, p ? p->name : "");
	if (usable(t, w->customer, unit_make(UNIT_REWARD, r->id), w->day) > 0)
		return ST_OK;
	if (r->stopped)
		return fail(ST_REFUSED, "\"%s\" is no longer given", r->name);
	if (!p || p->kind != PROGRAM_POINTS || !r->cost)
		return fail(ST_REFUSED, "\"%s\" is not ready for this customer", r->name);
	if (points < r->cost)
		return fail(ST_REFUSED, "\"%s\" takes %" PRId64 " points, and "
			    "%" PRId64 " are there",
			    r->name, r->cost, points);
	return ST_OK;
}

enum status reward_allowed(struct trade *t, const struct reward_wish *w)
{
	const struct reward *r = w->reward;
	char least[MONEY_TEXT];
	enum status st;

	if (r->min_bill && w->bill < r->min_bill) {
		money_print(r->min_bill, t->shop->decimals, least);
		return fail(ST_REFUSED, "\"%s\" is for bills of %s or more", r->name, least);
	}
	st = dates_allow(r, w->day);
	if (st == ST_OK)
		st = limits_allow(t, r, w->customer);
	return st == ST_OK ? has_it(t, w) : st;
}

enum status reward_take(struct trade *t, struct entry *e, const struct reward *r, int64_t cost)
{
	int64_t unit = unit_make(UNIT_REWARD, r->id);
	struct debit take = { .unit = unit, .amount = 1, .counter = COUNTER_REDEEMED,
			      .reward = r->id };
	enum status st;

	if (usable(t, e->customer, unit, e->day) > 0)
		return book_debit(&t->book, e, &take);
	if (cost > 0) {
		st = book_debit(&t->book, e, &(struct debit){
			.unit = unit_make(UNIT_PROGRAM, r->program), .amount = cost,
			.counter = COUNTER_REDEEMED, .reward = r->id });
		if (st != ST_OK)
			return st;
	}
	st = book_credit(&t->book, e, &(struct posting){
		.unit = unit, .counter = COUNTER_ISSUED, .amount = 1 });
	take.own = e->seq;
	return st == ST_OK ? book_debit(&t->book, e, &take) : st;
}

/* One piece of the reward's item among the lines, at its dearest; -1: none. */
static int64_t one_piece(const struct reward *r, const struct line *lines, size_t n)
{
	int64_t best = -1, each;

	for (size_t i = 0; i < n; i++) {
		if (lines[i].item != r->item || lines[i].quantity < 1000)
			continue;
		if (mul_div(lines[i].amount, 1000, lines[i].quantity, ROUND_FLOOR, &each) &&
		    each > best)
			best = each;
	}
	return best;
}

/* A free item takes the item off, not just any bill. */
static enum status item_is_there(struct trade *t, const struct reward *r, const struct sale *s)
{
	struct item item;

	if (r->kind != REWARD_FREE || !r->item || one_piece(r, s->lines, s->line_count) >= 0)
		return ST_OK;
	if (!item_get(t->txn, r->item, &item))
		return fail(ST_REFUSED, "\"%s\" is for an item that is not on this bill", r->name);
	return fail(ST_REFUSED, "\"%s\" is for %s, which is not on this bill; put it on first",
		    r->name, item.name);
}

/* What the reward takes off a bill with these lines. */
static int64_t reward_discount(const struct reward *r, int64_t bill, const struct line *lines,
			       size_t n)
{
	int64_t off = r->value;

	if (r->kind == REWARD_GIFT)
		return 0;
	if (r->kind == REWARD_FREE && r->item)
		off = one_piece(r, lines, n);
	if (off < 0)
		return 0;
	if (r->kind == REWARD_PERCENT) {
		if (!mul_div(bill, r->percent, 10000, ROUND_FLOOR, &off))
			return 0;
		if (r->most && off > r->most)
			off = r->most;
	}
	return off < bill ? off : bill;
}

static int64_t reward_cost(const struct reward *r, int64_t off)
{
	int64_t cost = r->cost;

	if (r->kind == REWARD_AMOUNT && r->value > 0 && off < r->value &&
	    !mul_div(r->cost, off, r->value, ROUND_CEIL, &cost))
		return r->cost;
	return cost;
}

/* -- points as payment -- */

static const struct program *paying_program(struct trade *t, const struct sale *s)
{
	const struct program *found = NULL;

	for (size_t i = 0; i < t->programs.n; i++) {
		const struct program *p = &t->programs.row[i];

		if (p->kind != PROGRAM_POINTS || p->point_value <= 0 ||
		    (s->points_program && s->points_program != p->id))
			continue;
		if (found) {
			fail(ST_REFUSED, "both \"%s\" and \"%s\" take points as payment; say which "
			     "of them", found->name, p->name);
			return NULL;
		}
		found = p;
	}
	if (!found)
		fail(ST_REFUSED, "no program takes points as payment: none says what a point is "
		     "worth");
	return found;
}

static int64_t points_there(struct trade *t, const struct sale *s, const struct program *p)
{
	return usable(t, s->customer, unit_make(UNIT_PROGRAM, p->id),
		      clock_day(s->occurred ? s->occurred : t->by.now));
}

/* min(asked, there, the program's share of what is left of the bill), in whole
 * points. */
static int64_t points_for(const struct sale *s, const struct program *p, int64_t there,
			  int64_t left)
{
	int64_t points = s->points, share = left;

	if (p->max_share && !mul_div(left, p->max_share, 10000, ROUND_FLOOR, &share))
		share = 0;
	if (points > there)
		points = there;
	if (points > share / p->point_value)
		points = share / p->point_value;
	return points > 0 ? points : 0;
}

/* The points that a reward takes before any can pay; 0 when it is ready. */
static int64_t reward_points(struct trade *t, const struct sale *s, const struct reward *r,
			     int64_t off)
{
	int32_t day = clock_day(s->occurred ? s->occurred : t->by.now);

	return usable(t, s->customer, unit_make(UNIT_REWARD, r->id), day) > 0 ? 0 :
	       reward_cost(r, off);
}

static enum status check_points(struct trade *t, const struct sale *s, int64_t bill)
{
	const struct program *p = paying_program(t, s);
	const struct reward *r = reward_by_id(&t->rewards, s->reward);
	int64_t points, there, off = 0;

	if (!p)
		return ST_REFUSED;
	if (r)
		off = reward_discount(r, bill, s->lines, s->line_count);
	there = points_there(t, s, p);
	if (r && r->program == p->id)
		there -= reward_points(t, s, r, off);
	points = points_for(s, p, there, bill - off);
	if (points < 1)
		return fail(ST_REFUSED, "there are no points in \"%s\" that this bill can be paid "
			    "with", p->name);
	if (points < p->min_redeem)
		return fail(ST_REFUSED, "\"%s\" takes %" PRId64 " points or more as payment; "
			    "here it would be %" PRId64, p->name, p->min_redeem, points);
	return ST_OK;
}

/* -- the bill -- */

enum status bill_check(struct trade *t, const struct sale *s, int64_t bill)
{
	const struct reward *r;
	enum status st;

	if (s->points < 0)
		return fail(ST_REFUSED, "a bill is paid with one point or more");
	if (!s->points && !s->reward)
		return ST_OK;
	if (!s->customer)
		return fail(ST_REFUSED, "points and rewards belong to a customer; say whose sale "
			    "it is");
	if (s->reward) {
		r = reward_by_id(&t->rewards, s->reward);
		if (!r)
			return fail(ST_NOT_FOUND, "there is no such reward");
		st = reward_allowed(t, &(struct reward_wish){
			.reward = r, .customer = s->customer, .bill = bill,
			.day = clock_day(s->occurred ? s->occurred : t->by.now) });
		if (st == ST_OK)
			st = item_is_there(t, r, s);
		if (st != ST_OK)
			return st;
	}
	return s->points ? check_points(t, s, bill) : ST_OK;
}

static enum status apply_reward(struct trade *t, struct entry *e, const struct reward *r)
{
	int64_t off = reward_discount(r, e->total, e->lines, e->line_count);
	enum status st = reward_take(t, e, r, reward_cost(r, off));

	e->total -= off;
	e->discount += off;
	return st;
}

static enum status apply_points(struct trade *t, struct entry *e, const struct sale *s)
{
	const struct program *p = paying_program(t, s);
	int64_t points = points_for(s, p, points_there(t, s, p), e->total), off;

	if (!mul_div(points, p->point_value, 1, ROUND_FLOOR, &off))
		return fail(ST_FULL, "these points are worth more than can be kept");
	e->total -= off;
	e->discount += off;
	return book_debit(&t->book, e, &(struct debit){
		.unit = unit_make(UNIT_PROGRAM, p->id), .amount = points,
		.counter = COUNTER_REDEEMED });
}

void bill_settle(struct entry *e)
{
	int64_t left = e->total;

	for (uint32_t i = 0; i < e->tender_count; i++) {
		if (!e->tenders[i].amount || e->tenders[i].amount > left)
			e->tenders[i].amount = left;
		left -= e->tenders[i].amount;
	}
}

enum status bill_apply(struct trade *t, struct entry *e, const struct sale *s)
{
	enum status st = ST_OK;

	if (s->reward)
		st = apply_reward(t, e, reward_by_id(&t->rewards, s->reward));
	if (st == ST_OK && s->points)
		st = apply_points(t, e, s);
	/* Contained tax follows what is paid. */
	if (st == ST_OK && e->discount && e->tax &&
	    !mul_div(e->tax, e->total, e->total + e->discount, ROUND_FLOOR, &e->tax))
		st = fail(ST_FULL, "the tax is larger than can be kept");
	return st;
}
