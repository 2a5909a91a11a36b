/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/standing.h"

#include <inttypes.h>

#include "shop/earn.h"

/* -- reading -- */

static enum status load_customer(struct txn *txn, int64_t id, struct standing *s)
{
	if (!customer_get(txn, id, &s->customer) && txn_status(txn) == ST_OK)
		return fail(ST_NOT_FOUND, "there is no customer #%" PRId64, id);
	holder_load(txn, s->customer.id, &s->holder);
	for (size_t i = 0; i < s->holder.position_count; i++)
		position_load(txn, s->customer.id, &s->holder.positions[i]);
	return txn_status(txn);
}

enum status standing_load(struct txn *txn, int64_t customer, int32_t today, struct standing *out)
{
	*out = (struct standing){ .today = today };
	programs_load(txn, &out->programs);
	rewards_load(txn, &out->rewards);
	return customer ? load_customer(txn, customer, out) : txn_status(txn);
}

struct reading {
	int64_t customer;
	int32_t today;
	struct standing *out;
};

static enum status read_work(struct txn *txn, void *arg)
{
	const struct reading *r = arg;

	return standing_load(txn, r->customer, r->today, r->out);
}

enum status standing_read(const struct shop *shop, int64_t customer, int32_t today,
			  struct standing *out)
{
	struct reading r = { customer, today, out };

	*out = (struct standing){ .today = today };
	return store_read(shop->store, read_work, &r);
}

void standing_release(struct standing *s)
{
	programs_release(&s->programs);
	rewards_release(&s->rewards);
	holder_release(&s->holder);
}

/* -- what is there -- */

static const struct position *position_of(const struct standing *s, enum unit_class class,
					  int64_t id)
{
	return holder_position(&s->holder, unit_make(class, id));
}

int64_t standing_balance(const struct standing *s, const struct program *p)
{
	const struct position *position = position_of(s, UNIT_PROGRAM, p->id);

	if (!position)
		return 0;
	if (position->balance > 0 && program_absent(p, &s->holder.figures, s->today))
		return 0;
	return position_usable(position, s->today);
}

int64_t standing_pending(const struct standing *s, const struct program *p)
{
	const struct position *position = position_of(s, UNIT_PROGRAM, p->id);

	return position ? position_pending(position, s->today) : 0;
}

int64_t standing_ready(const struct standing *s, const struct reward *r)
{
	const struct position *position = position_of(s, UNIT_REWARD, r->id);

	return position ? position_usable(position, s->today) : 0;
}

bool standing_shows(const struct standing *s, const struct program *p)
{
	return !p->stopped || position_of(s, UNIT_PROGRAM, p->id);
}

/* -- what it is good for -- */

int64_t reward_mark(const struct reward *r, const struct program *p)
{
	if (p->kind == PROGRAM_POINTS)
		return r->cost;
	for (uint32_t i = 0; i < p->milestone_count; i++)
		if (p->milestones[i].reward == r->id)
			return p->milestones[i].stamps;
	return p->reward == r->id ? p->goal : 0;
}

int64_t standing_missing(const struct standing *s, const struct reward *r)
{
	const struct program *p = program_by_id(&s->programs, r->program);
	int64_t mark = p ? reward_mark(r, p) : 0, there;

	if (!mark)
		return 0;
	there = standing_balance(s, p);
	/* A card that is past the mark gives it again on the next one. */
	if (p->kind == PROGRAM_STAMPS && there >= mark && mark < p->goal)
		mark += p->goal;
	return mark > there ? mark - there : 0;
}

bool standing_can_have(const struct standing *s, const struct reward *r)
{
	const struct program *p = program_by_id(&s->programs, r->program);

	if (standing_ready(s, r) > 0)
		return !p || standing_balance(s, p) >= 0;
	return p && p->kind == PROGRAM_POINTS && r->cost && !r->stopped &&
	       standing_balance(s, p) >= r->cost;
}

int64_t points_worth(const struct program *p, int64_t points)
{
	int64_t worth;

	if (points <= 0 || points < p->min_redeem ||
	    !mul_div(points, p->point_value, 1, ROUND_FLOOR, &worth))
		return 0;
	return worth;
}
