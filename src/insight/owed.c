/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/owed.h"

#include <stdlib.h>

#include "base/mem.h"

/* A unit that can be owed. */
struct unit {
	int64_t unit, value;	/* of one of it */
	size_t program;		/* place in flows->programs */
	bool reward;
};

struct units {
	struct unit *row;
	size_t n;
	int64_t *balance;	/* of the customer at hand */
	bool over;		/* a sum did not fit */
};

static size_t place_of(const struct flows *f, int64_t program)
{
	size_t i = 0;

	while (i < f->programs.n && f->programs.row[i].id != program)
		i++;
	return i;
}

static void make_units(const struct flows *f, struct units *u)
{
	u->row = mem_alloc((f->programs.n + f->rewards.n + 1) * sizeof(*u->row));
	u->balance = mem_alloc((f->programs.n + f->rewards.n + 1) * sizeof(*u->balance));
	for (size_t i = 0; i < f->programs.n; i++) {
		const struct program *p = &f->programs.row[i];

		u->row[u->n++] = (struct unit){
			.unit = unit_make(UNIT_PROGRAM, p->id), .program = i,
			.value = p->kind == PROGRAM_POINTS ? p->point_value : 0 };
	}
	for (size_t i = 0; i < f->rewards.n; i++) {
		const struct reward *r = &f->rewards.row[i];
		size_t program = place_of(f, r->program);

		if (program < f->programs.n)
			u->row[u->n++] = (struct unit){
				.unit = unit_make(UNIT_REWARD, r->id), .program = program,
				.value = r->value, .reward = true };
	}
}

static size_t find_unit(const struct units *u, int64_t unit)
{
	size_t i = 0;

	while (i < u->n && u->row[i].unit != unit)
		i++;
	return i;
}

/* -- owed at the end of a day -- */

static void add_value(struct units *u, size_t i, struct owed *o)
{
	const struct unit *unit = &u->row[i];
	int64_t value = 0;

	u->over |= __builtin_mul_overflow(u->balance[i], unit->value, &value);
	u->over |= __builtin_add_overflow(o->program[unit->program], value,
					  &o->program[unit->program]);
	if (unit->reward)
		u->over |= __builtin_add_overflow(o->rewards, value, &o->rewards);
	else
		u->over |= __builtin_add_overflow(o->points, value, &o->points);
}

/* Who is below zero owes the shop: that is not taken off what it owes others. */
static void close_day(struct units *u, const struct flow_person *p, struct owed *o)
{
	for (size_t i = 0; i < u->n; i++) {
		const struct program *program = &p->flows->programs.row[u->row[i].program];

		if (u->balance[i] <= 0 || !u->row[i].value)
			continue;
		if (u->row[i].reward || !flows_absent(p, program, o->day))
			add_value(u, i, o);
	}
}

static void count_person(struct units *u, const struct flow_person *p, struct owed *days, size_t n)
{
	size_t next = 0;

	for (size_t i = 0; i < u->n; i++)
		u->balance[i] = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);
		size_t unit;

		if (row->unit == FLOW_PAID)
			continue;
		while (next < n && row->day > days[next].day)
			close_day(u, p, &days[next++]);
		unit = find_unit(u, row->unit);
		if (unit < u->n)
			u->over |= __builtin_add_overflow(u->balance[unit], row->amount,
							  &u->balance[unit]);
	}
	while (next < n)
		close_day(u, p, &days[next++]);
}

static enum status too_large(void)
{
	return fail(ST_FULL, "what programs gave and owe is larger than can be counted; "
		    "run: regulars verify");
}

enum status owed_on(const struct flows *f, struct owed *days, size_t n)
{
	struct flow_person person = { 0 };
	struct units units = { 0 };

	for (size_t i = 0; i < n; i++) {
		days[i].points = days[i].rewards = 0;
		days[i].program = mem_alloc((f->programs.n + 1) * sizeof(*days[i].program));
	}
	make_units(f, &units);
	while (flows_next(f, &person))
		count_person(&units, &person, days, n);
	free(units.row);
	free(units.balance);
	return units.over ? too_large() : ST_OK;
}

void owed_release(struct owed *o)
{
	free(o->program);
	o->program = NULL;
}

/* -- given away -- */

static void count_points(const struct flow *row, struct given_away *g, bool *over)
{
	int64_t *sum = NULL, amount = -row->amount;

	switch ((enum counterpart)row->counter) {
	case COUNTER_ISSUED: sum = &g->earned; amount = row->amount; break;
	case COUNTER_EXPIRED: sum = &g->lapsed; break;
	case COUNTER_REDEEMED: sum = row->for_reward ? NULL : &g->paid; break;
	case COUNTER_ADJUSTED:
	case COUNTER_OPENING:
	case COUNTER_MOVED:
	case COUNTERPARTS: break;
	}
	if (sum)
		*over |= __builtin_add_overflow(*sum, amount, sum);
}

static int64_t cost_of_one(const struct flows *f, int64_t reward)
{
	const struct reward *r = reward_by_id(&f->rewards, reward);

	return !r ? 0 : r->own_cost ? r->own_cost : r->value;
}

static void count_reward(const struct flows *f, const struct flow *row, struct given_away *g,
			 bool *over)
{
	int64_t cost;

	if (row->counter == COUNTER_ISSUED)
		g->issued += row->amount;
	else if (row->counter == COUNTER_EXPIRED)
		g->unclaimed -= row->amount;
	if (row->counter != COUNTER_REDEEMED)
		return;
	g->claimed -= row->amount;
	*over |= __builtin_mul_overflow(-row->amount, cost_of_one(f, unit_id(row->unit)), &cost);
	*over |= __builtin_add_overflow(g->rewards_cost, cost, &g->rewards_cost);
}

enum status given_in(const struct flows *f, int32_t from, int32_t to, struct given_away *out)
{
	struct units units = { 0 };
	bool over = false;

	for (size_t i = 0; i < f->programs.n; i++)
		out[i] = (struct given_away){ 0 };
	make_units(f, &units);
	for (const struct flow *row = f->row; row < f->row + f->n; row++) {
		size_t i = row->unit == FLOW_PAID || row->day < from || row->day > to ? units.n :
			   find_unit(&units, row->unit);

		if (i == units.n)
			continue;
		if (units.row[i].reward)
			count_reward(f, row, &out[units.row[i].program], &over);
		else
			count_points(row, &out[units.row[i].program], &over);
	}
	for (size_t i = 0; i < f->programs.n; i++)
		over |= f->programs.row[i].kind == PROGRAM_POINTS &&
			__builtin_mul_overflow(out[i].paid, f->programs.row[i].point_value,
					       &out[i].points_cost);
	free(units.row);
	free(units.balance);
	return over ? too_large() : ST_OK;
}
