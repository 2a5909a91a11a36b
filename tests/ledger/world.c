/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/world.h"

#include "shop/customer.h"
#include "shop/item.h"

/* -- chance (splitmix64) -- */

static uint64_t draw(struct chance *c)
{
	uint64_t z = (c->state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

int64_t from_to(struct chance *c, int64_t least, int64_t most)
{
	return least + (int64_t)(draw(c) % (uint64_t)(most - least + 1));
}

bool percent(struct chance *c, int n)
{
	return from_to(c, 0, 99) < n;
}

static const char *const staff[] = { "asha", "ravi" };

/* -- random rules -- */

static void random_program(struct world *w, struct model_program *p)
{
	struct chance *c = &w->chance;
	static const int64_t spends[] = { 50, 100, 333, 1000 };

	*p = (struct model_program){ .reward = -1 };
	p->kind = percent(c, 50) ? MODEL_STAMPS : MODEL_POINTS;
	p->from = clock_day(w->f->by.now) + (percent(c, 40) ? (int)from_to(c, -60, 60) : -400);
	p->min_spend = percent(c, 40) ? from_to(c, 1, 4000) : 0;
	p->validity = (enum model_validity)from_to(c, 0, 5);
	p->valid_for = (int)(p->validity == MODEL_DAYS ? from_to(c, 1, 40) : from_to(c, 1, 2));
	p->tea_only = percent(c, 15);
	p->no_tea = !p->tea_only && percent(c, 15);
	if (p->kind == MODEL_STAMPS) {
		p->goal = from_to(c, 2, 7);
		p->head_start = percent(c, 30) ? from_to(c, 1, p->goal - 1) : 0;
		p->per_item = percent(c, 50);
		p->claim_now = percent(c, 20);
		p->reward_days = percent(c, 50) ? (int)from_to(c, 1, 30) : 0;
		p->mark = p->goal > 2 && percent(c, 50) ? (int)from_to(c, 1, p->goal - 1) : 0;
		p->daily_cap = percent(c, 30) ? from_to(c, 1, 4) : 0;
		return;
	}
	p->pending_days = percent(c, 30) ? (int)from_to(c, 1, 10) : 0;
	p->daily_cap = percent(c, 30) ? from_to(c, 1, 200) : 0;
	p->earn = from_to(c, 1, 4);
	p->spend = spends[from_to(c, 0, 3)];
	p->rounding = (int)from_to(c, 0, 2);
	p->point_value = percent(c, 70) ? from_to(c, 5, 100) : 0;
	p->min_redeem = percent(c, 30) ? from_to(c, 1, 20) : 0;
	p->max_share = percent(c, 40) ? from_to(c, 1000, 9000) : 0;
	p->before_tax = percent(c, 30);
}

static void random_reward(struct world *w, int program, struct model_reward *r)
{
	struct chance *c = &w->chance;

	*r = (struct model_reward){ .program = program };
	r->kind = (enum model_reward_kind)from_to(c, 0, 3);
	if (w->model.program[program].kind == MODEL_POINTS)
		r->cost = from_to(c, 1, 60);
	r->value = from_to(c, 100, 5000);
	if (r->kind == MODEL_PERCENT) {
		r->percent = from_to(c, 100, 10000);
		r->most = percent(c, 50) ? from_to(c, 100, 3000) : 0;
	}
	r->min_bill = percent(c, 20) ? from_to(c, 1, 5000) : 0;
	r->stock = percent(c, 20) ? from_to(c, 1, 30) : 0;
	r->per_customer = percent(c, 20) ? from_to(c, 1, 5) : 0;
}

static struct reward reward_for(const struct world *w, int i)
{
	const struct model_reward *m = &w->model.reward[i];
	struct reward r = { .program = w->program[m->program], .kind = (int64_t)m->kind,
			    .cost = m->cost, .value = m->value, .percent = m->percent,
			    .most = m->most, .min_bill = m->min_bill, .stock = m->stock,
			    .per_customer = m->per_customer };

	snprintf(r.name, sizeof(r.name), "Reward %d", i);
	return r;
}

static struct program program_for(int i, const struct model_program *m)
{
	struct program p = { .kind = (int64_t)m->kind, .from = m->from, .min_spend = m->min_spend,
			     .daily_cap = m->daily_cap, .validity = (int64_t)m->validity,
			     .valid_for = m->valid_for, .pending_days = m->pending_days,
			     .goal = m->goal, .per = m->per_item ? PER_ITEM : PER_SALE,
			     .head_start = m->head_start, .claim_now = m->claim_now,
			     .reward_days = m->reward_days, .earn = m->earn, .spend = m->spend,
			     .rounding = m->rounding, .point_value = m->point_value,
			     .min_redeem = m->min_redeem, .max_share = m->max_share,
			     .before_tax = m->before_tax };

	snprintf(p.name, sizeof(p.name), "Program %d", i);
	if (m->tea_only)
		strcpy(p.include[p.include_count++].name, "TEA");
	if (m->no_tea)
		strcpy(p.exclude[p.exclude_count++].name, "tea");
	return p;
}

static int add_reward(struct world *w, int program)
{
	int i = w->model.rewards++;
	struct reward r;

	random_reward(w, program, &w->model.reward[i]);
	r = reward_for(w, i);
	MUST(reward_add(&w->f->shop, &w->f->by, &r));
	w->reward[i] = r.id;
	return i;
}

void world_add_program(struct world *w)
{
	int i = w->model.programs++;
	struct model_program *m = &w->model.program[i];
	struct program p;

	random_program(w, m);
	p = program_for(i, m);
	MUST(program_add(&w->f->shop, &w->f->by, &p));
	w->program[i] = p.id;
	if (m->kind == MODEL_POINTS) {
		if (percent(&w->chance, 60))
			add_reward(w, i);
		return;
	}
	if (percent(&w->chance, 90)) {
		m->reward = add_reward(w, i);
		p.reward = w->reward[m->reward];
	}
	if (m->reward < 0)
		m->mark = 0;
	if (m->mark) {
		m->mark_reward = add_reward(w, i);
		p.milestone_count = 1;
		p.milestones[0] = (struct milestone){ m->mark, w->reward[m->mark_reward] };
	}
	MUST(program_edit(&w->f->shop, &w->f->by, &p));
}

void world_open(struct world *w, uint64_t seed)
{
	static const char *const names[] = { "Tea", "Cake" };
	int programs;

	*w = (struct world){ .chance = { seed } };
	fixture_setup((void **)&w->f);
	for (int i = 0; i < MODEL_CUSTOMERS; i++) {
		struct customer c = { 0 };

		snprintf(c.name, sizeof(c.name), "Customer %d", i + 1);
		MUST(customer_add(&w->f->shop, &w->f->by, &c, true));
	}
	for (int i = 0; i < 2; i++) {
		struct item item = { 0 };

		strcpy(item.name, names[i]);
		strcpy(item.category, names[i]);
		MUST(item_add(&w->f->shop, &w->f->by, &item));
		w->item[i] = item.id;
	}
	programs = (int)from_to(&w->chance, 1, 3);
	while (w->model.programs < programs)
		world_add_program(w);
	w->today = clock_day(w->f->by.now);
}

void world_close(struct world *w)
{
	model_release(&w->model);
	free(w->trace);
	fixture_teardown((void **)&w->f);
}

/* -- random actions -- */

static int random_customer(struct world *w)
{
	return (int)from_to(&w->chance, 1, MODEL_CUSTOMERS);
}

int world_random_sale(struct world *w, int customer)
{
	const struct model *m = &w->model;

	for (int tries = 0; tries < 20 && m->deeds; tries++) {
		int64_t back = from_to(&w->chance, 0, percent(&w->chance, 70) ? 20 : 1000);
		int i = (int)((int64_t)m->deeds - 1 - back);

		if (i >= 0 && m->deed[i]->kind == MODEL_SALE &&
		    (customer < 0 || m->deed[i]->customer == customer))
			return i;
	}
	return NO_DEED;
}

static void random_lines(struct world *w, struct model_sale *s)
{
	int64_t left = s->bill;

	s->lines = percent(&w->chance, 60) ? (int)from_to(&w->chance, 1, MODEL_LINES) : 0;
	for (int i = 0; i < s->lines; i++) {
		struct model_line *l = &s->line[i];

		l->tea = percent(&w->chance, 50);
		l->pieces = from_to(&w->chance, 0, 3);
		l->amount = i == s->lines - 1 ? left : from_to(&w->chance, 0, left);
		left -= l->amount;
	}
}

static void random_payment(struct world *w, struct model_sale *s)
{
	s->program = (int)from_to(&w->chance, 0, w->model.programs - 1);
	s->reward = w->model.rewards && percent(&w->chance, 15) ?
		    (int)from_to(&w->chance, 0, w->model.rewards - 1) : -1;
	if (w->model.program[s->program].point_value && percent(&w->chance, 30))
		s->points = from_to(&w->chance, 1, 200);
}

void world_random_sell(struct world *w, struct action *a)
{
	struct model_sale *s = &a->sale;
	struct chance *c = &w->chance;

	a->kind = SELL;
	a->customer = s->customer = percent(c, 8) ? 0 : random_customer(w);
	a->now = percent(c, 75);
	s->occurred = w->f->by.now - (a->now ? 0 : from_to(c, 1, 40 * DAY));
	s->bill = percent(c, 4) ? 0 : from_to(c, 1, percent(c, 80) ? 6000 : 60000);
	s->tax = percent(c, 30) ? s->bill / 21 : 0;
	random_lines(w, s);
	random_payment(w, s);
	if (percent(c, 60))
		snprintf(a->receipt, sizeof(a->receipt), "R-%u", (unsigned)w->step);
}

static void random_refund(struct world *w, struct action *a)
{
	const struct model_deed *d;
	int64_t left;

	a->about = world_random_sale(w, -1);
	if (a->about == NO_DEED) {
		world_random_sell(w, a);
		return;
	}
	a->kind = REFUND;
	d = w->model.deed[a->about];
	left = d->total - d->refunded;
	a->customer = d->customer;
	if (percent(&w->chance, 60))
		a->amount = from_to(&w->chance, 1, left + (percent(&w->chance, 10) ? 500 : 1));
	if (percent(&w->chance, 50))
		snprintf(a->receipt, sizeof(a->receipt), "N-%u", (unsigned)w->step);
}

static void random_claim(struct world *w, struct action *a)
{
	a->kind = CLAIM;
	a->customer = random_customer(w);
	a->reward = (int)from_to(&w->chance, 0, w->model.rewards - 1);
	a->about = percent(&w->chance, 40) ? world_random_sale(w, a->customer) : NO_DEED;
}

void world_random_amount(struct world *w, struct action *a, enum action_kind kind)
{
	a->kind = kind;
	a->customer = random_customer(w);
	a->program = (int)from_to(&w->chance, 0, w->model.programs - 1);
	a->amount = from_to(&w->chance, 1,
			    w->model.program[a->program].kind == MODEL_STAMPS ? 6 : 90);
	if (kind == ADJUST && percent(&w->chance, 50))
		a->amount = -a->amount;
}

void world_random_action(struct world *w, struct action *a)
{
	int64_t n = from_to(&w->chance, 0, 99);

	*a = (struct action){ .about = NO_DEED };
	if (n < 58)
		world_random_sell(w, a);
	else if (n < 74)
		random_refund(w, a);
	else if (n < 84 && w->model.rewards)
		random_claim(w, a);
	else if (n < 90)
		a->kind = UNDO;
	else
		world_random_amount(w, a, n < 97 ? ADJUST : OPEN);
	for (size_t i = 0; i < OP_SIZE; i++)
		a->op[i] = (uint8_t)draw(&w->chance);
}

/* -- the action in the shop -- */

static enum status sell_it(struct world *w, const struct action *a, struct trade_run *run)
{
	struct line line[MODEL_LINES];
	struct sale s = {
		.customer = a->customer, .occurred = a->now ? 0 : a->sale.occurred, .source = "",
		.receipt = a->receipt, .amount = a->sale.bill, .tax = a->sale.tax,
		.line_count = (size_t)a->sale.lines, .lines = line, .points = a->sale.points,
		.points_program = w->program[a->sale.program],
		.reward = a->sale.reward < 0 ? 0 : w->reward[a->sale.reward] };

	for (int i = 0; i < a->sale.lines; i++)
		line[i] = (struct line){ .item = w->item[!a->sale.line[i].tea],
					 .quantity = 1000 * a->sale.line[i].pieces + 250,
					 .amount = a->sale.line[i].amount };
	return sale_add(&w->f->shop, &w->f->by, &s, run);
}

static enum status claim_it(struct world *w, const struct action *a, struct trade_run *run)
{
	char receipt[40] = "";
	struct claim c = { .customer = a->customer, .reward = w->reward[a->reward],
			   .receipt = receipt };

	if (a->about != NO_DEED)
		snprintf(receipt, sizeof(receipt), "@%lld",
			 (long long)w->model.deed[a->about]->seq);
	return reward_claim(&w->f->shop, &w->f->by, &c, run);
}

enum status world_do(struct world *w, const struct action *a, struct trade_run *run)
{
	struct adjustment adjust = { .customer = a->customer, .program = w->program[a->program],
				     .amount = a->amount, .reason = "so it is" };
	struct refund refund = { .amount = a->amount, .number = a->receipt, .reason = "" };

	w->f->by.has_op = true;
	memcpy(w->f->by.op, a->op, OP_SIZE);
	switch (a->kind) {
	case SELL: return sell_it(w, a, run);
	case REFUND:
		refund.sale = w->model.deed[a->about]->seq;
		return refund_add(&w->f->shop, &w->f->by, &refund, run);
	case CLAIM: return claim_it(w, a, run);
	case UNDO: return undo_last(&w->f->shop, &w->f->by, 0, run);
	case ADJUST: return balance_adjust(&w->f->shop, &w->f->by, &adjust, run);
	case OPEN: return balance_open(&w->f->shop, &w->f->by, &adjust, run);
	}
	return ST_SYSTEM;
}

/* -- looking and waiting -- */

int64_t world_unit(const struct world *w, int unit)
{
	int reward = unit - MODEL_PROGRAMS;

	if (reward < 0)
		return unit < w->model.programs ? unit_make(UNIT_PROGRAM, w->program[unit]) : 0;
	return reward < w->model.rewards ? unit_make(UNIT_REWARD, w->reward[reward]) : 0;
}

static enum status look(struct txn *txn, void *arg)
{
	struct holder *h = arg;
	int64_t id = h->id;

	holder_release(h);
	holder_load(txn, id, h);
	for (size_t i = 0; i < h->position_count; i++)
		position_load(txn, id, &h->positions[i]);
	return txn_status(txn);
}

void world_look(struct world *w, struct holder *h)
{
	MUST(store_read(w->f->shop.store, look, h));
}

void world_pass_time(struct world *w)
{
	struct chance *c = &w->chance;
	int64_t n = from_to(c, 0, 99);

	w->f->by.now += n < 60 ? from_to(c, 1, 3 * CLOCK_HOUR) : n < 70 ? from_to(c, 1, 4 * DAY) :
			n < 71 ? from_to(c, 1, 60 * DAY) : CLOCK_SECOND;
	w->who = percent(c, 70) ? w->who : !w->who;
	strcpy(w->f->by.who, staff[w->who]);
	model_time(&w->model, w->f->by.now);
	w->today = clock_day(w->f->by.now);
}
