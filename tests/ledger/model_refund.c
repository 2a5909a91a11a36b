/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/model.h"

#include "base/mem.h"

struct refunding {
	struct model *m;
	struct model_deed *d;		/* the refund */
	const struct model_deed *sale;
	struct model_deed *source;	/* the sale, or a claim on its bill */
	int place;			/* of the source */
	bool whole;
};

/* Of everything refunds have given back so far, this one too. */
static int64_t share(const struct refunding *r, int64_t amount)
{
	return r->whole ? amount : amount * r->sale->refunded / r->sale->total;
}

static void refund_spent(struct refunding *r, struct model_spent *spent)
{
	struct model_lots *l = model_lots_of(r->m, r->d->customer, spent->unit);

	if (spent->kind == MODEL_PAID && share(r, spent->amount) > spent->back)
		model_restore(l, spent, share(r, spent->amount) - spent->back, r->d);
	if (!r->whole || spent->kind == MODEL_PAID || spent->kind == MODEL_CARD)
		return;
	if (spent->amount)
		r->d->used[spent->reward]--;
	if (spent->amount > spent->back)
		model_restore(l, spent, spent->amount - spent->back, r->d);
}

/* A reward that this sale issued goes, if it is still there. */
static bool withdraw(const struct refunding *r, int reward)
{
	struct model_lots *l = model_lots_of(r->m, r->d->customer, MODEL_PROGRAMS + reward);
	bool there = model_next_lot(l, r->d->day, false, r->place);

	if (there)
		model_claw_back(l, 1, r->d->day, r->place);
	return there;
}

static struct model_spent *card_of(const struct refunding *r, int program)
{
	for (int i = 0; i < r->source->spents; i++)
		if (r->source->spent[i].kind == MODEL_CARD && r->source->spent[i].unit == program)
			return &r->source->spent[i];
	return NULL;
}

/* Opens again what the sale completed, one card at a time, until there are
 * enough stamps to take; a reward that was used stays, and its card closed. */
static void reopen(const struct refunding *r, int program, int64_t due)
{
	struct model_lots *l = model_lots_of(r->m, r->d->customer, program);
	struct model_spent *card = card_of(r, program);

	while (card && card->back < card->amount &&
	       model_there(r->m, r->d->customer, program, r->d->day) < due &&
	       withdraw(r, card->reward))
		model_restore(l, card, r->m->program[program].goal, r->d);
}

static void refund_earned(struct refunding *r, int program)
{
	const struct model_program *p = &r->m->program[program];
	struct model_earned *e = &r->source->earned[program];
	int64_t left = r->sale->total - r->sale->refunded, due = share(r, e->amount), marks;

	if (p->kind == MODEL_STAMPS && !p->per_item)
		due = !r->whole && left > 0 && left >= p->min_spend ? 0 : e->amount;
	due -= e->taken;
	if (due <= 0)
		return;
	e->taken += due;
	if (p->kind == MODEL_STAMPS) {
		reopen(r, program, due);
		marks = e->marks * e->taken / e->amount - e->marks_taken;
		if (marks > 0 && !p->claim_now)
			model_claw_back(model_lots_of(r->m, r->d->customer,
						      MODEL_PROGRAMS + p->mark_reward),
					marks, r->d->day, r->place);
		e->marks_taken += marks;
	}
	model_claw_back(model_lots_of(r->m, r->d->customer, program), due, r->d->day, r->place);
}

static void refund_source(struct refunding *r)
{
	for (int i = 0; i < r->source->spents; i++)
		refund_spent(r, &r->source->spent[i]);
	for (int p = 0; p < r->m->programs; p++)
		refund_earned(r, p);
}

static void remember(struct model_deed *refund, const struct model_deed *was)
{
	refund->was = mem_grow(refund->was, refund->was_n, &refund->was_cap, sizeof(*was));
	refund->was[refund->was_n++] = *was;
}

/* A reward claimed on the bill, or what a later program awarded for it. */
static bool goes_with(const struct model_deed *d, int sale)
{
	return (d->kind == MODEL_CLAIM || d->kind == MODEL_AWARD) && d->about == sale && !d->undone;
}

enum status model_refund(struct model *m, int sale, int64_t amount, int64_t now)
{
	struct model_deed *s = m->deed[sale], *d;
	struct refunding r = { .m = m, .sale = s };
	int64_t left = s->total - s->refunded;

	if (s->undone || amount > left || (!left && (s->total || s->refunds)))
		return ST_REFUSED;
	amount = amount ? amount : left;
	d = r.d = model_begin(m, MODEL_REFUND, s->customer, now);
	d->about = sale;
	d->total = -amount;
	remember(d, s);
	s->refunded += amount;
	s->refunds++;
	r.whole = s->refunded == s->total;
	for (int i = sale; i < (int)m->deeds && s->customer; i++) {
		r.source = m->deed[i];
		r.place = i;
		if (i != sale && !goes_with(r.source, sale))
			continue;
		if (i != sale)
			remember(d, r.source);
		refund_source(&r);
	}
	return model_keep(m, d);
}
