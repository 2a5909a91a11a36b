/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "base/mem.h"
#include "shop/customer.h"
#include "shop/item.h"
#include "shop/verify.h"
#include "tests/ledger/model.h"

/* Random shops with random rules, each with a thousand random business actions,
 * against the model: the same answers, the same balances, the same lots, and a
 * clean verify. `model.t [ACTIONS [SEED]]`; a failure says the seed of its shop. */

enum { SHOP_ACTIONS = 1000, NO_DEED = -1 };
#define DAY (24 * CLOCK_HOUR)

static uint64_t actions = 20000, first_seed = 1;

/* -- chance (splitmix64) -- */

struct chance {
	uint64_t state;
};

static uint64_t draw(struct chance *c)
{
	uint64_t z = (c->state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static int64_t from_to(struct chance *c, int64_t least, int64_t most)
{
	return least + (int64_t)(draw(c) % (uint64_t)(most - least + 1));
}

static bool percent(struct chance *c, int n)
{
	return from_to(c, 0, 99) < n;
}

/* -- one shop and its model -- */

enum action_kind { SELL, REFUND, CLAIM, UNDO, ADJUST, OPEN };

struct action {
	enum action_kind kind;
	struct model_sale sale;
	bool now;			/* a sale that says no time */
	int customer, reward, program, about;
	int64_t amount;
	char receipt[40];
	uint8_t op[OP_SIZE];
};

/* What undo looks at. */
struct trace {
	int64_t seq;
	int who, customer, day, deed;
	int64_t about;			/* seq */
	bool undoable, undone;
};

struct world {
	struct fixture *f;
	struct chance chance;
	struct model model;
	int64_t program[MODEL_PROGRAMS], reward[MODEL_REWARDS], item[2];
	struct trace *trace;
	size_t traces, trace_cap;
	int opened[MODEL_CUSTOMERS + 1][MODEL_PROGRAMS];	/* trace of the opening, + 1 */
	int who, today;
	struct action last;
	bool last_ok;
	int64_t last_seq;
	uint64_t step;
};

static const char *const staff[] = { "asha", "ravi" };

/* -- random rules -- */

static void random_program(struct world *w, struct model_program *p)
{
	struct chance *c = &w->chance;
	static const int64_t spends[] = { 50, 100, 333, 1000 };

	*p = (struct model_program){ .reward = -1 };
	p->kind = percent(c, 50) ? MODEL_STAMPS : MODEL_POINTS;
	p->from = clock_day(w->f->by.now) + (percent(c, 30) ? (int)from_to(c, -40, 60) : -400);
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

static void add_program(struct world *w)
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

static void open_world(struct world *w, uint64_t seed)
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
		add_program(w);
}

static void close_world(struct world *w)
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

static int random_sale(struct world *w, int customer)
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

static void random_sell(struct world *w, struct action *a)
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

	a->about = random_sale(w, -1);
	if (a->about == NO_DEED) {
		random_sell(w, a);
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
	a->about = percent(&w->chance, 40) ? random_sale(w, a->customer) : NO_DEED;
}

static void random_amount(struct world *w, struct action *a, enum action_kind kind)
{
	a->kind = kind;
	a->customer = random_customer(w);
	a->program = (int)from_to(&w->chance, 0, w->model.programs - 1);
	a->amount = from_to(&w->chance, 1, w->model.program[a->program].kind == MODEL_STAMPS ? 6 : 90);
	if (kind == ADJUST && percent(&w->chance, 50))
		a->amount = -a->amount;
}

static void random_action(struct world *w, struct action *a)
{
	int64_t n = from_to(&w->chance, 0, 99);

	*a = (struct action){ .about = NO_DEED };
	if (n < 58)
		random_sell(w, a);
	else if (n < 74)
		random_refund(w, a);
	else if (n < 84 && w->model.rewards)
		random_claim(w, a);
	else if (n < 90)
		a->kind = UNDO;
	else
		random_amount(w, a, n < 97 ? ADJUST : OPEN);
	for (size_t i = 0; i < OP_SIZE; i++)
		a->op[i] = (uint8_t)draw(&w->chance);
}

/* -- what the model says to an action -- */

static struct trace *find_last(struct world *w)
{
	for (size_t i = w->traces; i-- > 0;) {
		struct trace *t = &w->trace[i];

		if (t->day == w->today && t->who == w->who && !t->undone)
			return t;
	}
	return NULL;
}

static enum status expect_undo(struct world *w, struct trace **out)
{
	struct trace *t = *out = find_last(w);

	if (!t || !t->undoable)
		return ST_REFUSED;
	for (struct trace *later = t + 1; later < w->trace + w->traces; later++)
		if (!later->undone && ((t->customer && later->customer == t->customer) ||
				       later->about == t->seq))
			return ST_REFUSED;
	return ST_OK;
}

static enum status expect_open(struct world *w, const struct action *a, bool *repeated)
{
	int place = w->opened[a->customer][a->program];

	*repeated = false;
	if (place) {
		*repeated = w->trace[place - 1].about == -a->amount;
		return *repeated ? ST_OK : ST_EXISTS;
	}
	model_open(&w->model, a->customer, a->program, a->amount, w->f->by.now);
	return ST_OK;
}

static enum status expect(struct world *w, const struct action *a, bool *repeated)
{
	int64_t now = w->f->by.now;
	struct trace *undone;
	enum status st;

	*repeated = false;
	switch (a->kind) {
	case SELL:
		return model_sell(&w->model, &a->sale, now);
	case REFUND:
		return model_refund(&w->model, a->about, a->amount, now);
	case CLAIM:
		if (a->about != NO_DEED && w->model.deed[a->about]->undone)
			return ST_REFUSED;
		return model_claim(&w->model, a->customer, a->reward, a->about, now);
	case ADJUST:
		return model_adjust(&w->model, a->customer, a->program, a->amount, now);
	case OPEN:
		return expect_open(w, a, repeated);
	case UNDO:
		st = expect_undo(w, &undone);
		if (st == ST_OK) {
			undone->undone = true;
			model_undo(&w->model, undone->deed);
			for (int c = 1; c <= MODEL_CUSTOMERS; c++)
				for (int p = 0; p < MODEL_PROGRAMS; p++)
					if (w->opened[c][p] == undone - w->trace + 1)
						w->opened[c][p] = 0;
		}
		return st;
	}
	return ST_SYSTEM;
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

static enum status do_it(struct world *w, const struct action *a, struct trade_run *run)
{
	struct adjustment adjust = { .customer = a->customer, .program = w->program[a->program],
				     .amount = a->amount, .reason = "so it is" };
	struct refund refund = { .amount = a->amount, .number = a->receipt, .reason = "" };

	strcpy(w->f->by.who, staff[w->who]);
	w->f->by.has_op = true;
	memcpy(w->f->by.op, a->op, OP_SIZE);
	switch (a->kind) {
	case SELL: return sell_it(w, a, run);
	case REFUND:
		refund.sale = w->model.deed[a->about]->seq;
		return refund_add(&w->f->shop, &w->f->by, &refund, run);
	case CLAIM: return claim_it(w, a, run);
	case UNDO: return undo_last(&w->f->shop, &w->f->by, run);
	case ADJUST: return balance_adjust(&w->f->shop, &w->f->by, &adjust, run);
	case OPEN: return balance_open(&w->f->shop, &w->f->by, &adjust, run);
	}
	return ST_SYSTEM;
}

static void note(struct world *w, const struct action *a, int64_t seq)
{
	struct trace t = { .seq = seq, .who = w->who, .customer = a->customer, .day = w->today,
			   .deed = (int)w->model.deeds - 1, .undoable = true };

	w->model.deed[t.deed]->seq = seq;
	if (a->kind == REFUND || (a->kind == CLAIM && a->about != NO_DEED))
		t.about = w->model.deed[a->about]->seq;
	if (a->kind == OPEN) {
		t.about = -a->amount;
		w->opened[a->customer][a->program] = (int)w->traces + 1;
	}
	w->trace = mem_grow(w->trace, w->traces, &w->trace_cap, sizeof(t));
	w->trace[w->traces++] = t;
}

/* -- comparing -- */

struct looking {
	struct holder h;
	int64_t customer;
};

static enum status look(struct txn *txn, void *arg)
{
	struct looking *l = arg;

	holder_release(&l->h);
	holder_load(txn, l->customer, &l->h);
	for (size_t i = 0; i < l->h.position_count; i++)
		position_load(txn, l->customer, &l->h.positions[i]);
	return txn_status(txn);
}

static int by_life(const void *a, const void *b)
{
	const struct model_lot *x = a, *y = b;

	if (x->through != y->through)
		return x->through < y->through ? -1 : 1;
	if (x->acquired != y->acquired)
		return x->acquired < y->acquired ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->left > y->left) - (x->left < y->left);
}

/* Those that are not used up and have not lapsed; equal ones together. */
static size_t gather(struct model_lot *lots, size_t n, int day)
{
	size_t kept = 0, out = 0;

	for (size_t i = 0; i < n; i++)
		if (lots[i].left > 0 && lots[i].through >= day)
			lots[kept++] = lots[i];
	qsort(lots, kept, sizeof(*lots), by_life);
	for (size_t i = 0; i < kept; i++) {
		struct model_lot *last = out ? &lots[out - 1] : NULL;

		if (last && last->through == lots[i].through && last->acquired == lots[i].acquired &&
		    last->from == lots[i].from)
			last->left += lots[i].left;
		else
			lots[out++] = lots[i];
	}
	return out;
}

static bool same_lots(const struct world *w, const struct model_lots *should,
		      const struct position *is)
{
	int today = clock_day(w->f->by.now);
	size_t n = is ? is->lot_count : 0, m = should->n;
	struct model_lot *a = mem_alloc((n + 1) * sizeof(*a)), *b = mem_alloc((m + 1) * sizeof(*b));
	bool same;

	for (size_t i = 0; i < n; i++)
		a[i] = (struct model_lot){
			.left = is->lots[i].left, .acquired = is->lots[i].acquired,
			.from = (int)is->lots[i].from,
			.through = is->lots[i].through == LOT_NEVER ? MODEL_FOREVER :
								     (int)is->lots[i].through };
	memcpy(b, should->row, m * sizeof(*b));
	n = gather(a, n, today);
	m = gather(b, m, today);
	same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = !by_life(&a[i], &b[i]);
	free(a);
	free(b);
	return same;
}

static bool same_unit(struct world *w, const struct holder *h, int unit)
{
	const struct model_lots *should = &w->model.standing[h->id].lots[unit];
	int64_t id = unit < w->model.programs ? unit_make(UNIT_PROGRAM, w->program[unit]) :
		     unit_make(UNIT_REWARD, w->reward[unit - w->model.programs]);
	struct position *p = holder_position(h, id);
	int64_t sum = 0, owed = p && p->balance < 0 ? -p->balance : 0;

	for (size_t i = 0; p && i < p->lot_count; i++)
		sum += p->lots[i].left;
	if (owed == should->owed && (!p || p->balance == sum - owed) && same_lots(w, should, p))
		return true;
	print_error("customer %lld, %s %d: there %lld, by the model %lld\n", (long long)h->id,
		    unit < w->model.programs ? "program" : "reward",
		    unit < w->model.programs ? unit : unit - w->model.programs,
		    p ? (long long)position_usable(p, w->today) : 0,
		    (long long)model_there(&w->model, (int)h->id, unit, w->today));
	return false;
}

static bool same_figures(struct world *w, const struct holder *h)
{
	struct model_figures m = model_figures(&w->model, (int)h->id);
	const struct figures *f = &h->figures;

	if (f->sales == m.sales && f->visits == m.visits && f->spend == m.spend &&
	    f->first_day == m.first_day && f->last_day == m.last_day)
		return true;
	print_error("customer %lld: %lld sales on %lld days for %lld, by the model %lld on %lld for "
		    "%lld\n", (long long)h->id, (long long)f->sales, (long long)f->visits,
		    (long long)f->spend, (long long)m.sales, (long long)m.visits, (long long)m.spend);
	return false;
}

static bool same_customer(struct world *w, int customer)
{
	struct looking l = { .customer = customer };
	bool same;

	if (!customer)
		return true;
	MUST(store_read(w->f->shop.store, look, &l));
	same = same_figures(w, &l.h);
	for (int u = 0; u < w->model.programs + w->model.rewards; u++)
		same &= same_unit(w, &l.h, u);
	holder_release(&l.h);
	return same;
}

static bool everybody_agrees(struct world *w)
{
	bool same = true;

	for (int c = 1; c <= MODEL_CUSTOMERS; c++)
		same &= same_customer(w, c);
	return same;
}

static void tell_fault(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

static uint64_t faults_of(struct world *w)
{
	struct verify_watch watch = { .fault = tell_fault };
	struct verify_result result;

	MUST(shop_verify(&w->f->shop, &(struct verify_ask){ .watch = &watch }, &result));
	return result.faults;
}

/* -- a step -- */

static bool agree(struct world *w, const struct action *a, enum status should, enum status is)
{
	static const char *const words[] = { "sale", "refund", "claim", "undo", "adjust", "open" };

	if (should == is && (a->kind == UNDO ? everybody_agrees(w) : same_customer(w, a->customer)))
		return true;
	print_error("a %s of customer %d: %s, by the model %s (%s)\n", words[a->kind], a->customer,
		    status_name(is), status_name(should), status_text());
	return false;
}

static bool step_anew(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a;
	bool known;
	enum status should, is;

	random_action(w, &a);
	is = do_it(w, &a, &run);
	should = expect(w, &a, &known);
	if (is == ST_OK && should == ST_OK && !known && a.kind != UNDO)
		note(w, &a, run.seq);
	w->last = a;
	w->last_ok = is == ST_OK;
	w->last_seq = run.seq;
	return agree(w, &a, should, is) && (is != ST_OK || run.repeated == known);
}

/* The last action again: as a lost command is repeated, or as a till sends the
 * same receipt once more. */
static bool step_again(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a = w->last;
	bool same_op = percent(&w->chance, 60);
	enum status is;

	if (!same_op && (a.kind == UNDO || a.kind == CLAIM || a.kind == ADJUST || !a.receipt[0]))
		return true;
	if (!same_op)
		a.op[0] ^= 1;
	is = do_it(w, &a, &run);
	return agree(w, &a, ST_OK, is) && run.repeated && run.seq == w->last_seq;
}

/* An operation id that was used for something else. */
static bool step_clash(struct world *w)
{
	struct trade_run run = { 0 };
	struct action a = w->last;

	random_amount(w, &a, a.kind == ADJUST ? OPEN : ADJUST);
	return agree(w, &a, ST_EXISTS, do_it(w, &a, &run));
}

static bool step_sweep(struct world *w)
{
	struct swept swept;
	int64_t customers = 0;

	MUST(sweep(&w->f->shop, &w->f->by, &swept));
	for (int c = 1; c <= MODEL_CUSTOMERS; c++) {
		struct trace t = { .customer = c, .day = -1, .deed = NO_DEED };

		if (!model_sweep(&w->model, c, w->f->by.now))
			continue;
		customers++;
		w->trace = mem_grow(w->trace, w->traces, &w->trace_cap, sizeof(t));
		w->trace[w->traces++] = t;
	}
	if (swept.customers == customers)
		return true;
	print_error("swept %lld customers, by the model %lld\n", (long long)swept.customers,
		    (long long)customers);
	return false;
}

static void pass_time(struct world *w)
{
	struct chance *c = &w->chance;
	int64_t n = from_to(c, 0, 99);

	w->f->by.now += n < 60 ? from_to(c, 1, 3 * CLOCK_HOUR) : n < 70 ? from_to(c, 1, 4 * DAY) :
			n < 71 ? from_to(c, 1, 60 * DAY) : CLOCK_SECOND;
	w->who = percent(c, 70) ? w->who : !w->who;
	if (w->today != clock_day(w->f->by.now))
		model_new_day(&w->model);
	w->today = clock_day(w->f->by.now);
}

static bool step(struct world *w)
{
	int64_t n = from_to(&w->chance, 0, 99);

	w->step++;
	if (w->last_ok && n < 10)
		return step_again(w);
	if (w->last_ok && n < 11)
		return step_clash(w);
	pass_time(w);
	return n < 15 ? step_sweep(w) : step_anew(w);
}

static bool run_shop(uint64_t seed, uint64_t steps)
{
	struct world w;
	bool good = true;

	open_world(&w, seed);
	w.today = clock_day(w.f->by.now);
	for (uint64_t i = 0; good && i < steps; i++)
		good = step(&w) && (i % 50 || everybody_agrees(&w));
	good = good && everybody_agrees(&w) && !faults_of(&w);
	if (!good)
		print_error("seed %llu, step %llu\n", (unsigned long long)seed,
			    (unsigned long long)w.step);
	close_world(&w);
	return good;
}

static void the_shop_does_what_the_model_says(void **state)
{
	uint64_t seed = first_seed;

	(void)state;
	for (uint64_t done = 0; done < actions; done += SHOP_ACTIONS)
		assert_true(run_shop(seed++, SHOP_ACTIONS));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shop_does_what_the_model_says),
	};

	if (argc > 1)
		actions = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		first_seed = strtoull(argv[2], NULL, 10);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
