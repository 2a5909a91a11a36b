/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/liability.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/earn.h"

/* Where the lots of a unit are counted. */
struct counted {
	int64_t unit;
	struct holdings *held;
	const struct program *program;	/* NULL: a reward */
};

struct count {
	struct txn *txn;
	int32_t day;
	struct programs programs;
	struct rewards rewards;
	struct counted *units;
	size_t unit_count;

	/* Of the customer whose lots are being read. */
	int64_t customer;
	bool has_figures;
	struct figures figures;

	bool over;			/* a sum did not fit */
};

static void add(struct count *c, int64_t *sum, int64_t amount)
{
	c->over |= __builtin_add_overflow(*sum, amount, sum);
}

static void subtract(struct count *c, int64_t *sum, int64_t amount)
{
	c->over |= __builtin_sub_overflow(*sum, amount, sum);
}

static int64_t product(struct count *c, int64_t a, int64_t b)
{
	int64_t p = 0;

	c->over |= __builtin_mul_overflow(a, b, &p);
	return p;
}

/* -- rows -- */

static void count_house(struct count *c, int64_t unit, struct holdings *held)
{
	struct house house;

	house_load(c->txn, unit, &house);
	subtract(c, &held->issued, house.side[COUNTER_ISSUED]);
	held->redeemed = house.side[COUNTER_REDEEMED];
	held->expired = house.side[COUNTER_EXPIRED];
	subtract(c, &held->adjusted, house.side[COUNTER_ADJUSTED]);
	subtract(c, &held->opening, house.side[COUNTER_OPENING]);
	for (unsigned i = 0; i < COUNTERPARTS; i++)
		subtract(c, &held->outstanding, house.side[i]);
}

static void add_unit(struct count *c, int64_t unit, struct holdings *held,
		     const struct program *program)
{
	c->units[c->unit_count++] = (struct counted){ unit, held, program };
	count_house(c, unit, held);
}

static void make_rows(struct count *c, struct liability *l)
{
	l->programs = mem_alloc((c->programs.n + 1) * sizeof(*l->programs));
	l->rewards = mem_alloc((c->rewards.n + 1) * sizeof(*l->rewards));
	c->units = mem_alloc((c->programs.n + c->rewards.n + 1) * sizeof(*c->units));
	for (size_t i = 0; i < c->programs.n; i++) {
		const struct program *p = &c->programs.row[i];
		struct liability_program *row = &l->programs[l->program_count++];

		*row = (struct liability_program){
			.id = p->id, .kind = (enum program_kind)p->kind, .stopped = p->stopped,
			.point_value = p->kind == PROGRAM_POINTS ? p->point_value : 0 };
		strcpy(row->name, p->name);
		add_unit(c, unit_make(UNIT_PROGRAM, p->id), &row->held, p);
	}
	for (size_t i = 0; i < c->rewards.n; i++) {
		const struct reward *r = &c->rewards.row[i];
		struct liability_reward *row = &l->rewards[l->reward_count++];

		*row = (struct liability_reward){
			.id = r->id, .program = r->program, .stopped = r->stopped };
		strcpy(row->name, r->name);
		add_unit(c, unit_make(UNIT_REWARD, r->id), &row->held, NULL);
	}
}

/* -- lots -- */

static const struct counted *counted_of(const struct count *c, int64_t unit)
{
	for (size_t i = 0; i < c->unit_count; i++)
		if (c->units[i].unit == unit)
			return &c->units[i];
	return NULL;
}

/* Points that lapse by absence have no date on their lots. */
static bool is_absent(struct count *c, const struct program *p)
{
	struct holder h;

	if (!p || p->validity != VALID_INACTIVE)
		return false;
	if (!c->has_figures) {
		holder_load(c->txn, c->customer, &h);
		c->figures = h.figures;
		holder_release(&h);
		c->has_figures = true;
	}
	return program_absent(p, &c->figures, c->day);
}

static void count_lot(struct count *c, int64_t customer, const struct lot *lot)
{
	const struct counted *unit = counted_of(c, lot->unit);

	if (!unit)
		return;
	if (customer != c->customer) {
		c->customer = customer;
		c->has_figures = false;
	}
	if (lot->through < c->day || is_absent(c, unit->program))
		add(c, &unit->held->lapsed, lot->left);
	else if (lot->from > c->day)
		add(c, &unit->held->pending, lot->left);
	else
		add(c, &unit->held->usable, lot->left);
}

static void count_lots(struct count *c)
{
	struct range r;
	struct lot lot;

	range_start(&r, c->txn, TABLE_LOT, NULL);
	while (range_next(&r)) {
		if (lot_from_row(r.key, r.value, &lot))
			count_lot(c, (int64_t)key_read(r.key.at, 4), &lot);
		else
			txn_fail(c->txn, fail(ST_CORRUPT, "a damaged lot; run: regulars verify"));
	}
	range_end(&r);
}

/* -- values -- */

static void count_owed(struct count *c, struct holdings *held)
{
	add(c, &held->owed, held->usable);
	add(c, &held->owed, held->pending);
	add(c, &held->owed, held->lapsed);
	subtract(c, &held->owed, held->outstanding);
}

static void count_values(struct count *c, struct liability *l)
{
	for (size_t i = 0; i < l->program_count; i++) {
		struct liability_program *row = &l->programs[i];

		count_owed(c, &row->held);
		row->value = product(c, row->held.usable + row->held.pending, row->point_value);
		add(c, &l->points_value, row->value);
	}
	for (size_t i = 0; i < l->reward_count; i++) {
		struct liability_reward *row = &l->rewards[i];
		const struct reward *r = &c->rewards.row[i];

		count_owed(c, &row->held);
		row->ready = row->held.usable + row->held.pending;
		row->value = product(c, row->ready, r->value);
		row->own_cost = product(c, row->ready, r->own_cost);
		add(c, &l->rewards_value, row->value);
		add(c, &l->rewards_own_cost, row->own_cost);
	}
}

enum status liability_run(struct txn *txn, int32_t day, struct liability *out)
{
	struct count c = { .txn = txn, .day = day };

	*out = (struct liability){ .day = day };
	programs_load(txn, &c.programs);
	rewards_load(txn, &c.rewards);
	make_rows(&c, out);
	count_lots(&c);
	count_values(&c, out);
	programs_release(&c.programs);
	rewards_release(&c.rewards);
	free(c.units);
	if (c.over)
		txn_fail(txn, fail(ST_FULL, "what the shop owes is larger than can be counted; "
				   "run: regulars verify"));
	return txn_status(txn);
}

static enum status liability_work(struct txn *txn, void *arg)
{
	struct liability *l = arg;
	int32_t day = l->day;

	liability_release(l);
	return liability_run(txn, day, l);
}

enum status liability_read(struct store *store, int32_t day, struct liability *out)
{
	*out = (struct liability){ .day = day };
	return store_read(store, liability_work, out);
}

void liability_release(struct liability *l)
{
	free(l->programs);
	free(l->rewards);
	*l = (struct liability){ 0 };
}
