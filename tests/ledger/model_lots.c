/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* -- lots -- */

struct model_lots *model_lots_of(struct model *m, int customer, int unit)
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

void model_add_lot(struct model_lots *l, struct model_lot lot)
{
	int64_t fills = lot.left < l->owed ? lot.left : l->owed;

	l->ever = true;
	l->owed -= fills;
	lot.left -= fills;
	l->row = mem_grow(l->row, l->n, &l->cap, sizeof(lot));
	l->row[l->n++] = lot;
}

/* The lot to take from next: lapses first, then older, then earlier here. */
struct model_lot *model_next_lot(struct model_lots *l, int day, bool pending_too, int source)
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
		note->draw = mem_grow(note->draw, note->draws, &note->draw_cap,
				      sizeof(*note->draw));
		note->draw[note->draws++] = (struct model_draw){ (size_t)(lot - l->row), take };
	}
	return take;
}

/* There is enough: the caller has looked. */
void model_spend(struct model_lots *l, int64_t amount, int day, struct model_spent *note)
{
	while (amount > 0)
		amount -= take_some(l, model_next_lot(l, day, false, -1), amount, note);
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
void model_claw_back(struct model_lots *l, int64_t amount, int day, int source)
{
	struct model_lot *lot;

	lapse(l, day);
	while (amount > 0 && (lot = model_next_lot(l, day, true, source)))
		amount -= take_some(l, lot, amount, NULL);
	while (amount > 0 && (lot = model_next_lot(l, day, true, -1)))
		amount -= take_some(l, lot, amount, NULL);
	l->owed += amount;
}

/* Last drawn first; what has lapsed comes back for 30 days. */
void model_restore(struct model_lots *l, struct model_spent *spent, int64_t amount,
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
		model_add_lot(l, (struct model_lot){ .left = lapsed, .acquired = refund->occurred,
					       .through = refund->day + 30, .source = -1 });
}

/* -- deeds -- */

struct model_deed *model_begin(struct model *m, enum model_deed_kind kind, int customer,
				   int64_t occurred)
{
	struct model_deed *d = mem_alloc(sizeof(*d));

	d->kind = kind;
	d->customer = customer;
	d->occurred = occurred;
	d->day = clock_day(occurred);
	d->about = -1;
	for (int u = 0; u < MODEL_UNITS; u++) {
		struct model_lots *l = model_lots_of(m, customer, u);

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
		free(model_lots_of(m, d->customer, u)->row);
		*model_lots_of(m, d->customer, u) = d->before.lots[u];
		d->before.lots[u].row = NULL;
	}
}

enum status model_keep(struct model *m, struct model_deed *d)
{
	d->place = (int)m->deeds;
	d->recorded = m->now;
	m->deed = mem_grow(m->deed, m->deeds, &m->deed_cap, sizeof(d));
	m->deed[m->deeds++] = d;
	return ST_OK;
}

enum status model_give_up(struct model *m, struct model_deed *d)
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
	for (size_t i = 0; i < d->was_n; i++) {
		struct model_deed *changed = m->deed[d->was[i].place], now = *changed;

		*changed = d->was[i];
		changed->before = now.before;
		/* A later refund by somebody else may stand, where nobody's points move. */
		if (changed->kind == MODEL_SALE) {
			changed->refunded = now.refunded + d->total;
			changed->refunds = now.refunds - 1;
		}
	}
}

void model_time(struct model *m, int64_t now)
{
	/* Undo looks at today, in whatever zone that is. */
	m->now = now;
	for (; m->old < m->deeds && m->deed[m->old]->recorded < now - 60 * CLOCK_HOUR; m->old++)
		drop_before(m->deed[m->old]);
}

void model_release(struct model *m)
{
	for (size_t i = 0; i < m->deeds; i++)
		deed_free(m->deed[i]);
	free(m->deed);
	for (int c = 0; c <= MODEL_CUSTOMERS; c++)
		for (int u = 0; u < MODEL_UNITS; u++)
			free(model_lots_of(m, c, u)->row);
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

bool model_lapse_absent(struct model *m, int customer, int day)
{
	bool any = false;

	for (int p = 0; p < m->programs; p++) {
		struct model_lots *l = model_lots_of(m, customer, p);

		if (is_absent(m, customer, p, day) && model_next_lot(l, day, true, -1)) {
			any = true;
			model_claw_back(l, waiting_or_usable(l, day), day, -1);
		}
	}
	return any;
}

int64_t model_usable(const struct model *m, int customer, int unit, int day)
{
	if (unit < m->programs && is_absent(m, customer, unit, day) &&
	    model_there(m, customer, unit, day) > 0)
		return 0;
	return model_there(m, customer, unit, day);
}

bool model_sweep(struct model *m, int customer, int64_t now)
{
	int day = clock_day(now);
	bool any = model_lapse_absent(m, customer, day);

	for (int u = 0; u < MODEL_UNITS; u++)
		any |= lapse(model_lots_of(m, customer, u), day);
	return any;
}
