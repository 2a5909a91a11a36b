/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* -- lots -- */

static struct model_lots *lots_of(struct model *m, int customer, int unit)
{
	return &m->standing[customer].lots[unit];
}

static bool is_live(const struct model_lot *lot, int day, bool pending_too)
{
	return lot->left > 0 && lot->through >= day && (pending_too || lot->from <= day);
}

int64_t model_there(const struct model *m, int customer, int unit, int day)
{
	const struct model_lots *l = &m->standing[customer].lots[unit];
	int64_t sum = -l->owed;

	for (size_t i = 0; i < l->n && !l->owed; i++)
		if (is_live(&l->row[i], day, false))
			sum += l->row[i].left;
	return sum;
}

static void add_lot(struct model_lots *l, struct model_lot lot)
{
	int64_t fills = lot.left < l->owed ? lot.left : l->owed;

	l->ever = true;
	l->owed -= fills;
	lot.left -= fills;
	l->row = mem_grow(l->row, l->n, &l->cap, sizeof(lot));
	l->row[l->n++] = lot;
}

/* The lot to take from next: lapses first, then older, then earlier here. */
static struct model_lot *next_lot(struct model_lots *l, int day, bool pending_too, int source)
{
	struct model_lot *best = NULL;

	for (size_t i = 0; i < l->n; i++) {
		struct model_lot *lot = &l->row[i];

		if (!is_live(lot, day, pending_too) || (source >= 0 && lot->source != source))
			continue;
		if (!best || lot->through < best->through ||
		    (lot->through == best->through && lot->acquired < best->acquired))
			best = lot;
	}
	return best;
}

static int64_t take_some(struct model_lots *l, struct model_lot *lot, int64_t amount,
			 struct model_spent *note)
{
	int64_t take = lot->left < amount ? lot->left : amount;

	lot->left -= take;
	if (note) {
		note->draw = mem_grow(note->draw, note->draws, &note->draw_cap, sizeof(*note->draw));
		note->draw[note->draws++] = (struct model_draw){ (size_t)(lot - l->row), take };
	}
	return take;
}

/* There is enough: the caller has looked. */
static void spend(struct model_lots *l, int64_t amount, int day, struct model_spent *note)
{
	while (amount > 0)
		amount -= take_some(l, next_lot(l, day, false, -1), amount, note);
}

static bool lapse(struct model_lots *l, int day)
{
	bool any = false;

	for (size_t i = 0; i < l->n; i++)
		if (l->row[i].left > 0 && l->row[i].through < day) {
			l->row[i].left = 0;
			any = true;
		}
	return any;
}

/* A deed's own lots first, then the others, those that wait too; then it is
 * owed. What has lapsed covers nothing. */
static void claw_back(struct model_lots *l, int64_t amount, int day, int source)
{
	struct model_lot *lot;

	lapse(l, day);
	while (amount > 0 && (lot = next_lot(l, day, true, source)))
		amount -= take_some(l, lot, amount, NULL);
	while (amount > 0 && (lot = next_lot(l, day, true, -1)))
		amount -= take_some(l, lot, amount, NULL);
	l->owed += amount;
}

/* Last drawn first; what has lapsed comes back for 30 days. */
static void restore(struct model_lots *l, struct model_spent *spent, int64_t amount,
		    const struct model_deed *refund)
{
	int64_t skip = spent->back, lapsed = 0, fills = amount < l->owed ? amount : l->owed;

	spent->back += amount;
	l->owed -= fills;
	amount -= fills;
	for (size_t i = spent->draws; i-- > 0 && amount > 0;) {
		int64_t part = spent->draw[i].amount;
		struct model_lot *lot = &l->row[spent->draw[i].lot];

		if (skip >= part) {
			skip -= part;
			continue;
		}
		part -= skip;
		skip = 0;
		if (part > amount)
			part = amount;
		amount -= part;
		if (lot->through < refund->day)
			lapsed += part;
		else
			lot->left += part;
	}
	if (lapsed)
		add_lot(l, (struct model_lot){ .left = lapsed, .acquired = refund->occurred,
					       .through = refund->day + 30, .source = -1 });
}

/* -- deeds -- */

static struct model_deed *deed_new(struct model *m, enum model_deed_kind kind, int customer,
				   int64_t occurred)
{
	struct model_deed *d = mem_alloc(sizeof(*d));

	d->kind = kind;
	d->customer = customer;
	d->occurred = occurred;
	d->day = clock_day(occurred);
	d->about = -1;
	for (int u = 0; u < MODEL_UNITS; u++) {
		struct model_lots *l = lots_of(m, customer, u);

		d->before.lots[u] = *l;
		d->before.lots[u].row = mem_alloc(l->n * sizeof(*l->row));
		d->before.lots[u].cap = l->n;
		if (l->n)
			memcpy(d->before.lots[u].row, l->row, l->n * sizeof(*l->row));
	}
	return d;
}

static void drop_before(struct model_deed *d)
{
	for (int u = 0; u < MODEL_UNITS; u++) {
		free(d->before.lots[u].row);
		d->before.lots[u].row = NULL;
	}
}

static void deed_free(struct model_deed *d)
{
	drop_before(d);
	for (int i = 0; i < d->spents; i++)
		free(d->spent[i].draw);
	free(d->was);
	free(d);
}

static void go_back(struct model *m, struct model_deed *d)
{
	for (int u = 0; u < MODEL_UNITS; u++) {
		free(lots_of(m, d->customer, u)->row);
		*lots_of(m, d->customer, u) = d->before.lots[u];
		d->before.lots[u].row = NULL;
	}
}

static enum status keep(struct model *m, struct model_deed *d)
{
	m->deed = mem_grow(m->deed, m->deeds, &m->deed_cap, sizeof(d));
	m->deed[m->deeds++] = d;
	return ST_OK;
}

static enum status give_up(struct model *m, struct model_deed *d)
{
	go_back(m, d);
	deed_free(d);
	return ST_REFUSED;
}

void model_undo(struct model *m, int deed)
{
	struct model_deed *d = m->deed[deed];

	go_back(m, d);
	d->undone = true;
	for (size_t i = 0; i < d->was_n; i++)
		for (size_t j = 0; j < m->deeds; j++)
			if (m->deed[j]->seq == d->was[i].seq) {
				struct model_standing before = m->deed[j]->before;

				*m->deed[j] = d->was[i];
				m->deed[j]->before = before;
			}
}

void model_new_day(struct model *m)
{
	for (; m->old < m->deeds; m->old++)
		drop_before(m->deed[m->old]);
}

void model_release(struct model *m)
{
	for (size_t i = 0; i < m->deeds; i++)
		deed_free(m->deed[i]);
	free(m->deed);
	for (int c = 0; c <= MODEL_CUSTOMERS; c++)
		for (int u = 0; u < MODEL_UNITS; u++)
			free(lots_of(m, c, u)->row);
	*m = (struct model){ 0 };
}

/* -- figures -- */

struct model_figures model_figures(const struct model *m, int customer)
{
	struct model_figures f = { 0 };

	for (size_t i = 0; i < m->deeds; i++) {
		const struct model_deed *d = m->deed[i];
		bool seen = false;

		if (d->customer != customer || d->undone)
			continue;
		f.spend += d->total;
		if (d->kind != MODEL_SALE)
			continue;
		for (size_t j = 0; j < i; j++)
			seen |= m->deed[j]->kind == MODEL_SALE && !m->deed[j]->undone &&
				m->deed[j]->customer == customer && m->deed[j]->day == d->day;
		f.visits += !seen;
		f.first_day = !f.sales || d->day < f.first_day ? d->day : f.first_day;
		f.last_day = !f.sales || d->day > f.last_day ? d->day : f.last_day;
		f.sales++;
	}
	return f;
}

/* -- absence -- */

static int last_visit(const struct model *m, int customer)
{
	int last = 0;

	for (size_t i = 0; i < m->deeds; i++)
		if (m->deed[i]->kind == MODEL_SALE && m->deed[i]->customer == customer &&
		    !m->deed[i]->undone && m->deed[i]->day > last)
			last = m->deed[i]->day;
	return last;
}

static bool is_absent(const struct model *m, int customer, int program, int day)
{
	const struct model_program *p = &m->program[program];
	int last = last_visit(m, customer);

	return p->validity == MODEL_INACTIVE && last &&
	       day_add_months(last, p->valid_for) < day;
}

static int64_t waiting_or_usable(const struct model_lots *l, int day)
{
	int64_t sum = 0;

	for (size_t i = 0; i < l->n; i++)
		sum += is_live(&l->row[i], day, true) ? l->row[i].left : 0;
	return sum;
}

static bool lapse_absent(struct model *m, int customer, int day)
{
	bool any = false;

	for (int p = 0; p < m->programs; p++) {
		struct model_lots *l = lots_of(m, customer, p);

		if (is_absent(m, customer, p, day) && next_lot(l, day, true, -1)) {
			any = true;
			claw_back(l, waiting_or_usable(l, day), day, -1);
		}
	}
	return any;
}

static int64_t usable(const struct model *m, int customer, int unit, int day)
{
	if (unit < m->programs && is_absent(m, customer, unit, day) &&
	    model_there(m, customer, unit, day) > 0)
		return 0;
	return model_there(m, customer, unit, day);
}

bool model_sweep(struct model *m, int customer, int64_t now)
{
	int day = clock_day(now);
	bool any = lapse_absent(m, customer, day);

	for (int u = 0; u < MODEL_UNITS; u++)
		any |= lapse(lots_of(m, customer, u), day);
	return any;
}

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
	struct model_lots *l = lots_of(m, d->customer, m->programs + reward);

	if (count <= 0)
		return;
	if (p->claim_now) {
		d->used[reward] += count;
		return;
	}
	add_lot(l, (struct model_lot){
		.left = count, .acquired = d->occurred, .source = (int)m->deeds,
		.through = p->reward_days ? d->day + p->reward_days : MODEL_FOREVER });
}

/* Walks over the stamps that were put on, one by one. */
static void stamp_card(struct model *m, struct model_deed *d, int program, int64_t before)
{
	const struct model_program *p = &m->program[program];
	struct model_lots *l = lots_of(m, d->customer, program);
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
	spend(l, card->amount, d->day, card);
	issue(m, d, p, p->reward, cards);
}

static void earn(struct model *m, struct model_deed *d, int program)
{
	const struct model_program *p = &m->program[program];
	struct model_lots *l = lots_of(m, d->customer, program);
	int64_t amount = earns(p, d), before = model_there(m, d->customer, program, d->day), room;

	if (p->daily_cap) {
		room = p->daily_cap - earned_on(m, d->customer, program, d->day);
		amount = amount < room ? amount : room;
	}
	if (amount <= 0)
		return;
	if (!l->ever && p->head_start)
		add_lot(l, (struct model_lot){ .left = p->head_start, .acquired = d->occurred,
					       .through = MODEL_FOREVER, .source = (int)m->deeds });
	d->earned[program].amount = amount;
	add_lot(l, (struct model_lot){
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
	if (usable(m, customer, m->programs + reward, today) > 0)
		return true;
	return m->program[r->program].kind == MODEL_POINTS &&
	       usable(m, customer, r->program, today) >= r->cost;
}

/* Takes the ready one, or what it costs. */
static bool take_reward(struct model *m, struct model_deed *d, int reward, int64_t cost)
{
	const struct model_reward *r = &m->reward[reward];
	int unit = m->programs + reward;
	struct model_spent *spent = &d->spent[d->spents];

	if (usable(m, d->customer, unit, d->day) > 0) {
		*spent = (struct model_spent){ .kind = MODEL_USED, .unit = unit, .amount = 1 };
	} else {
		if (cost && usable(m, d->customer, r->program, d->day) < cost)
			return false;
		*spent = (struct model_spent){ .kind = MODEL_BOUGHT, .unit = r->program,
					       .amount = cost };
	}
	spent->reward = reward;
	spend(lots_of(m, d->customer, spent->unit), spent->amount, d->day, spent);
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
	int64_t points = points_for(p, s->points, usable(m, d->customer, s->program, d->day),
				    d->total);

	if (points < 1 || points < p->min_redeem)
		return false;
	d->spent[d->spents] = (struct model_spent){ .kind = MODEL_PAID, .unit = s->program,
						    .amount = points };
	spend(lots_of(m, d->customer, s->program), points, d->day, &d->spent[d->spents]);
	d->spents++;
	d->total -= points * p->point_value;
	return true;
}

static bool pay(struct model *m, struct model_deed *d, const struct model_sale *s, int today)
{
	int64_t off;

	if ((s->points || s->reward >= 0) && !s->customer)
		return false;
	if (s->reward >= 0) {
		off = reward_off(&m->reward[s->reward], d->bill);
		if (!may_have(m, d->customer, s->reward, d->bill, today) ||
		    !take_reward(m, d, s->reward, reward_cost(&m->reward[s->reward], off)))
			return false;
		d->total -= off;
	}
	return !s->points || pay_points(m, d, s);
}

enum status model_sell(struct model *m, const struct model_sale *s, int64_t now)
{
	struct model_deed *d = deed_new(m, MODEL_SALE, s->customer, s->occurred);

	d->bill = d->total = s->bill;
	d->tax = s->tax;
	d->lines = s->lines;
	memcpy(d->line, s->line, sizeof(d->line));
	if (!pay(m, d, s, clock_day(now)))
		return give_up(m, d);
	if (d->total < d->bill)
		d->tax = d->tax * d->total / d->bill;
	if (s->customer)
		lapse_absent(m, s->customer, d->day);
	for (int p = 0; p < m->programs && s->customer; p++)
		if (m->program[p].from <= d->day)
			earn(m, d, p);
	return keep(m, d);
}

enum status model_claim(struct model *m, int customer, int reward, int about, int64_t now)
{
	struct model_deed *d = deed_new(m, MODEL_CLAIM, customer, now);
	int64_t bill = about >= 0 ? m->deed[about]->total : -1;

	d->about = about;
	if (!may_have(m, customer, reward, bill, d->day) ||
	    !take_reward(m, d, reward, m->reward[reward].cost))
		return give_up(m, d);
	return keep(m, d);
}

/* By hand, or brought from paper. */
static void put_in(struct model *m, const struct model_deed *d, int program, int64_t amount)
{
	add_lot(lots_of(m, d->customer, program), (struct model_lot){
		.left = amount, .acquired = d->occurred, .source = (int)m->deeds,
		.through = through_of(&m->program[program], d->day) });
}

enum status model_adjust(struct model *m, int customer, int program, int64_t amount, int64_t now)
{
	struct model_deed *d = deed_new(m, MODEL_OTHER, customer, now);

	if (amount < 0 && model_there(m, customer, program, d->day) < -amount)
		return give_up(m, d);
	if (amount < 0)
		spend(lots_of(m, customer, program), -amount, d->day, NULL);
	else
		put_in(m, d, program, amount);
	return keep(m, d);
}

void model_open(struct model *m, int customer, int program, int64_t amount, int64_t now)
{
	struct model_deed *d = deed_new(m, MODEL_OTHER, customer, now);

	put_in(m, d, program, amount);
	(void)keep(m, d);
}

/* -- refunds -- */

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
	struct model_lots *l = lots_of(r->m, r->d->customer, spent->unit);

	if (spent->kind == MODEL_PAID && share(r, spent->amount) > spent->back)
		restore(l, spent, share(r, spent->amount) - spent->back, r->d);
	if (!r->whole || spent->kind == MODEL_PAID || spent->kind == MODEL_CARD)
		return;
	if (spent->amount)
		r->d->used[spent->reward]--;
	if (spent->amount > spent->back)
		restore(l, spent, spent->amount - spent->back, r->d);
}

/* A reward that this sale issued goes, if it is still there. */
static bool withdraw(const struct refunding *r, int reward)
{
	struct model_lots *l = lots_of(r->m, r->d->customer, r->m->programs + reward);
	struct model_lot *lot = next_lot(l, r->d->day, false, r->place);

	if (lot)
		lot->left--;
	return lot;
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
	struct model_lots *l = lots_of(r->m, r->d->customer, program);
	struct model_spent *card = card_of(r, program);

	while (card && card->back < card->amount &&
	       model_there(r->m, r->d->customer, program, r->d->day) < due &&
	       withdraw(r, card->reward))
		restore(l, card, r->m->program[program].goal, r->d);
}

static void refund_earned(struct refunding *r, int program)
{
	const struct model_program *p = &r->m->program[program];
	struct model_earned *e = &r->source->earned[program];
	int64_t left = r->sale->total - r->sale->refunded, due = share(r, e->amount);

	if (p->kind == MODEL_STAMPS && !p->per_item)
		due = !r->whole && left > 0 && left >= p->min_spend ? 0 : e->amount;
	due -= e->taken;
	if (due <= 0)
		return;
	e->taken += due;
	if (p->kind == MODEL_STAMPS) {
		reopen(r, program, due);
		while (e->marks_taken < e->marks * e->taken / e->amount && withdraw(r, p->mark_reward))
			e->marks_taken++;
	}
	claw_back(lots_of(r->m, r->d->customer, program), due, r->d->day, r->place);
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

enum status model_refund(struct model *m, int sale, int64_t amount, int64_t now)
{
	struct model_deed *s = m->deed[sale], *d;
	struct refunding r = { .m = m, .sale = s };
	int64_t left = s->total - s->refunded;

	if (s->undone || amount > left || (!left && (s->total || s->refunds)))
		return ST_REFUSED;
	amount = amount ? amount : left;
	d = r.d = deed_new(m, MODEL_REFUND, s->customer, now);
	d->about = sale;
	d->total = -amount;
	remember(d, s);
	s->refunded += amount;
	s->refunds++;
	r.whole = s->refunded == s->total;
	for (int i = sale; i < (int)m->deeds && s->customer; i++) {
		r.source = m->deed[i];
		r.place = i;
		if (i != sale && (r.source->kind != MODEL_CLAIM || r.source->about != sale ||
				  r.source->undone))
			continue;
		if (i != sale)
			remember(d, r.source);
		refund_source(&r);
	}
	return keep(m, d);
}
