/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/model.h"

#include <string.h>

#include "base/clock.h"

/* -- earning -- */

static int64_t divide(int64_t a, int64_t b, int rounding)
{
	int64_t down = a / b, rest = a % b;

	if (rounding == 1)
		return down + (2 * rest >= b);
	return rounding == 2 ? down + (rest > 0) : down;
}

static bool line_counts(const struct model_program *p, const struct model_line *line)
{
	return p->tea_only ? line->tea : !(p->no_tea && line->tea);
}

static int64_t earns(const struct model_program *p, const struct model_deed *d)
{
	int64_t basis = d->total - (p->before_tax ? d->tax : 0), all = 0, counted = 0, pieces = 0;
	bool filtered = p->tea_only || p->no_tea;

	if (d->total <= 0 || d->total < p->min_spend)
		return 0;
	for (int i = 0; i < d->lines; i++) {
		all += d->line[i].amount;
		if (!line_counts(p, &d->line[i]))
			continue;
		counted += d->line[i].amount;
		pieces += d->line[i].pieces;
	}
	if (filtered && counted <= 0)
		return 0;
	if (p->kind == MODEL_STAMPS)
		return p->per_item && d->lines ? pieces : 1;
	if (d->lines && counted != all)
		basis = basis * counted / all;
	return basis > 0 ? divide(basis * p->earn, p->spend, p->rounding) : 0;
}

static int64_t earned_on(const struct model *m, int customer, int program, int day)
{
	int64_t sum = 0;

	for (size_t i = 0; i < m->deeds; i++)
		if (m->deed[i]->customer == customer && m->deed[i]->day == day &&
		    !m->deed[i]->undone)
			sum += m->deed[i]->earned[program].amount;
	return sum;
}

static int through_of(const struct model_program *p, int day)
{
	switch (p->validity) {
	case MODEL_DAYS: return day + p->valid_for;
	case MODEL_MONTHS: return day_add_months(day, p->valid_for);
	case MODEL_MONTH_END: return day_month_end(day);
	case MODEL_YEAR_END: return day_year_end(day);
	case MODEL_NEVER: case MODEL_INACTIVE: break;
	}
	return MODEL_FOREVER;
}

static void issue(struct model *m, struct model_deed *d, const struct model_program *p,
		  int reward, int64_t count)
{
	struct model_lots *l = model_lots_of(m, d->customer, MODEL_PROGRAMS + reward);

	if (count <= 0)
		return;
	if (p->claim_now) {
		d->used[reward] += count;
		return;
	}
	model_add_lot(l, (struct model_lot){
		.left = count, .acquired = d->occurred, .source = (int)m->deeds,
		.through = p->reward_days ? d->day + p->reward_days : MODEL_FOREVER });
}

/* Walks over the stamps that were put on, one by one. */
static void stamp_card(struct model *m, struct model_deed *d, int program, int64_t before)
{
	const struct model_program *p = &m->program[program];
	struct model_lots *l = model_lots_of(m, d->customer, program);
	int64_t after = model_there(m, d->customer, program, d->day), cards = after / p->goal;
	struct model_spent *card;

	for (int64_t stamp = before + 1; p->mark && stamp <= after; stamp++)
		d->earned[program].marks += stamp >= p->mark && (stamp - p->mark) % p->goal == 0;
	if (p->mark)
		issue(m, d, p, p->mark_reward, d->earned[program].marks);
	if (cards <= 0 || p->reward < 0)
		return;
	card = &d->spent[d->spents++];
	*card = (struct model_spent){ .kind = MODEL_CARD, .unit = program,
				      .amount = cards * p->goal, .reward = p->reward };
	model_spend(l, card->amount, d->day, card);
	issue(m, d, p, p->reward, cards);
}

static void earn(struct model *m, struct model_deed *d, int program,
		 const struct model_deed *sale)
{
	const struct model_program *p = &m->program[program];
	struct model_lots *l = model_lots_of(m, d->customer, program);
	int64_t before = model_there(m, d->customer, program, d->day);
	int64_t amount = earns(p, sale), room;

	if (p->daily_cap) {
		room = p->daily_cap - earned_on(m, d->customer, program, d->day);
		amount = amount < room ? amount : room;
	}
	if (amount <= 0)
		return;
	if (!l->ever && p->head_start)
		model_add_lot(l, (struct model_lot){ .left = p->head_start, .acquired = d->occurred,
					       .through = MODEL_FOREVER, .source = (int)m->deeds });
	d->earned[program].amount = amount;
	model_add_lot(l, (struct model_lot){
		.left = amount, .acquired = d->occurred, .through = through_of(p, d->day),
		.from = p->pending_days ? d->day + p->pending_days : 0,
		.source = (int)m->deeds });
	if (p->kind == MODEL_STAMPS)
		stamp_card(m, d, program, before);
}

/* -- rewards and points on a bill -- */

static int64_t used_of(const struct model *m, int reward, int customer)
{
	int64_t sum = 0;

	for (size_t i = 0; i < m->deeds; i++)
		if (!m->deed[i]->undone && (!customer || m->deed[i]->customer == customer))
			sum += m->deed[i]->used[reward];
	return sum;
}

static bool may_have(const struct model *m, int customer, int reward, int64_t bill, int today)
{
	const struct model_reward *r = &m->reward[reward];

	if ((r->min_bill && bill < r->min_bill) ||
	    (r->stock && used_of(m, reward, 0) >= r->stock) ||
	    (r->per_customer && used_of(m, reward, customer) >= r->per_customer))
		return false;
	if (model_usable(m, customer, r->program, today) < 0)
		return false;		/* owes */
	if (model_usable(m, customer, MODEL_PROGRAMS + reward, today) > 0)
		return true;
	return m->program[r->program].kind == MODEL_POINTS &&
	       model_usable(m, customer, r->program, today) >= r->cost;
}

/* Takes the ready one, or what it costs. */
static bool take_reward(struct model *m, struct model_deed *d, int reward, int64_t cost)
{
	const struct model_reward *r = &m->reward[reward];
	int unit = MODEL_PROGRAMS + reward;
	struct model_spent *spent = &d->spent[d->spents];

	if (model_usable(m, d->customer, unit, d->day) > 0) {
		*spent = (struct model_spent){ .kind = MODEL_USED, .unit = unit, .amount = 1 };
	} else {
		if (cost && model_usable(m, d->customer, r->program, d->day) < cost)
			return false;
		*spent = (struct model_spent){ .kind = MODEL_BOUGHT, .unit = r->program,
					       .amount = cost };
	}
	spent->reward = reward;
	model_spend(model_lots_of(m, d->customer, spent->unit), spent->amount, d->day, spent);
	d->spents++;
	d->used[reward]++;
	return true;
}

static int64_t reward_off(const struct model_reward *r, int64_t bill)
{
	int64_t off = r->kind == MODEL_GIFT ? 0 : r->value;

	if (r->kind == MODEL_PERCENT) {
		off = bill * r->percent / 10000;
		if (r->most && off > r->most)
			off = r->most;
	}
	return off < bill ? off : bill;
}

static int64_t reward_cost(const struct model_reward *r, int64_t off)
{
	if (r->kind == MODEL_AMOUNT && off < r->value)
		return divide(r->cost * off, r->value, 2);
	return r->cost;
}

static int64_t points_for(const struct model_program *p, int64_t asked, int64_t there, int64_t left)
{
	int64_t most = (p->max_share ? left * p->max_share / 10000 : left) / p->point_value;

	asked = asked < there ? asked : there;
	return asked < most ? asked : most;
}

static bool pay_points(struct model *m, struct model_deed *d, const struct model_sale *s)
{
	const struct model_program *p = &m->program[s->program];
	int64_t points = points_for(p, s->points, model_usable(m, d->customer, s->program, d->day),
				    d->total);

	if (points < 1 || points < p->min_redeem)
		return false;
	d->spent[d->spents] = (struct model_spent){ .kind = MODEL_PAID, .unit = s->program,
						    .amount = points };
	model_spend(model_lots_of(m, d->customer, s->program), points, d->day,
		    &d->spent[d->spents]);
	d->spents++;
	d->total -= points * p->point_value;
	return true;
}

static bool pay(struct model *m, struct model_deed *d, const struct model_sale *s)
{
	int64_t off;

	if ((s->points || s->reward >= 0) && !s->customer)
		return false;
	if (s->reward >= 0) {
		off = reward_off(&m->reward[s->reward], d->bill);
		if (!may_have(m, d->customer, s->reward, d->bill, d->day) ||
		    !take_reward(m, d, s->reward, reward_cost(&m->reward[s->reward], off)))
			return false;
		d->total -= off;
	}
	return !s->points || pay_points(m, d, s);
}

enum status model_sell(struct model *m, const struct model_sale *s)
{
	struct model_deed *d = model_begin(m, MODEL_SALE, s->customer, s->occurred);

	d->bill = d->total = s->bill;
	d->tax = s->tax;
	d->lines = s->lines;
	memcpy(d->line, s->line, sizeof(d->line));
	if (!pay(m, d, s))
		return model_give_up(m, d);
	if (d->total < d->bill)
		d->tax = d->tax * d->total / d->bill;
	if (s->customer)
		model_lapse_absent(m, s->customer, d->day);
	for (int p = 0; p < m->programs && s->customer; p++)
		if (m->program[p].from <= d->day)
			earn(m, d, p, d);
	return model_keep(m, d);
}

enum status model_claim(struct model *m, int customer, int reward, int about, int64_t now)
{
	struct model_deed *d = model_begin(m, MODEL_CLAIM, customer, now);
	int64_t bill = about >= 0 ? m->deed[about]->total : -1;

	d->about = about;
	if (about >= 0 && (m->reward[reward].kind == MODEL_AMOUNT ||
			   m->reward[reward].kind == MODEL_PERCENT))
		return model_give_up(m, d);	/* comes too late for the bill */
	if (!may_have(m, customer, reward, bill, d->day) ||
	    !take_reward(m, d, reward, m->reward[reward].cost))
		return model_give_up(m, d);
	return model_keep(m, d);
}

static bool is_due(const struct model *m, int sale, int program)
{
	const struct model_deed *s = m->deed[sale];
	bool due = s->kind == MODEL_SALE && s->customer && !s->undone &&
		   s->day >= m->program[program].from && !s->earned[program].amount;

	for (size_t i = 0; i < m->deeds; i++) {
		const struct model_deed *d = m->deed[i];

		if (d->about == sale && !d->undone &&
		    (d->kind == MODEL_REFUND ||
		     (d->kind == MODEL_AWARD && d->earned[program].amount)))
			due = false;
	}
	return due;
}

void model_award(struct model *m, int program)
{
	size_t sales = m->deeds;

	for (size_t i = 0; i < sales; i++) {
		struct model_deed *s = m->deed[i], *d;

		if (!is_due(m, (int)i, program))
			continue;
		d = model_begin(m, MODEL_AWARD, s->customer, s->occurred);
		d->about = (int)i;
		earn(m, d, program, s);
		if (d->earned[program].amount)
			(void)model_keep(m, d);
		else
			(void)model_give_up(m, d);
	}
}

/* By hand, or brought from paper. */
static void put_in(struct model *m, struct model_deed *d, int program, int64_t amount)
{
	int64_t before = model_there(m, d->customer, program, d->day);

	model_add_lot(model_lots_of(m, d->customer, program), (struct model_lot){
		.left = amount, .acquired = d->occurred, .source = (int)m->deeds,
		.through = through_of(&m->program[program], d->day) });
	if (m->program[program].kind == MODEL_STAMPS)
		stamp_card(m, d, program, before);
}

enum status model_adjust(struct model *m, int customer, int program, int64_t amount, int64_t now)
{
	struct model_deed *d = model_begin(m, MODEL_OTHER, customer, now);

	if (amount < 0 && model_there(m, customer, program, d->day) < -amount)
		return model_give_up(m, d);
	if (amount < 0)
		model_spend(model_lots_of(m, customer, program), -amount, d->day, NULL);
	else
		put_in(m, d, program, amount);
	return model_keep(m, d);
}

void model_open(struct model *m, int customer, int program, int64_t amount, int64_t now)
{
	struct model_deed *d = model_begin(m, MODEL_OTHER, customer, now);

	put_in(m, d, program, amount);
	(void)model_keep(m, d);
}
