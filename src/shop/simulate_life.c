/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/simulate_life.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

struct kept {
	int64_t left;
	int32_t from, through;
};

static void add(struct life *l, int64_t *sum, int64_t amount)
{
	if (__builtin_add_overflow(*sum, amount, sum))
		l->overflow = true;
}

static void add_product(struct life *l, int64_t *sum, int64_t a, int64_t b)
{
	int64_t product;

	if (__builtin_mul_overflow(a, b, &product))
		l->overflow = true;
	else
		add(l, sum, product);
}

/* Less what refunds would have taken back (shop/refund_units.c). */
static int64_t after_refunds(const struct program *p, const struct past *sale)
{
	int64_t left = sale->total - sale->refunded, taken;

	if (!sale->refunded)
		return sale->amount;
	if (left <= 0)
		return 0;
	if (p->kind == PROGRAM_STAMPS && p->per == PER_SALE)
		return program_qualifies(p, left) ? sale->amount : 0;
	if (!mul_div(sale->amount, sale->refunded, sale->total, ROUND_FLOOR, &taken))
		return 0;
	return sale->amount - taken;
}

static void keep(struct life *l, int64_t amount, int32_t from, int64_t through)
{
	l->kept = mem_grow(l->kept, l->kept_count, &l->kept_cap, sizeof(*l->kept));
	l->kept[l->kept_count++] = (struct kept){
		.left = amount, .from = from, .through = through ? (int32_t)through : INT32_MAX };
}

static int64_t usable(const struct life *l, int32_t day)
{
	int64_t sum = 0;

	for (size_t i = 0; i < l->kept_count; i++)
		if (l->kept[i].from <= day && l->kept[i].through >= day)
			sum += l->kept[i].left;
	return sum;
}

/* What lapses first goes first; what is used up or has lapsed is dropped. */
static void use(struct life *l, int64_t amount, int32_t day)
{
	size_t out = 0;

	while (amount > 0) {
		struct kept *first = NULL;
		int64_t take;

		for (size_t i = 0; i < l->kept_count; i++) {
			struct kept *k = &l->kept[i];

			if (k->left > 0 && k->from <= day && k->through >= day &&
			    (!first || k->through < first->through))
				first = k;
		}
		if (!first)
			break;
		take = first->left < amount ? first->left : amount;
		first->left -= take;
		amount -= take;
	}
	for (size_t i = 0; i < l->kept_count; i++)
		if (l->kept[i].left > 0 && l->kept[i].through >= day)
			l->kept[out++] = l->kept[i];
	l->kept_count = out;
}

static void issue(struct life *l, const struct reward *r, int64_t n)
{
	add(l, &l->out->rewards, n);
	if (!r)
		return;
	add_product(l, &l->out->own_cost, n, r->own_cost);
	add_product(l, &l->out->value, n, r->value);
}

/* Milestones that a card passes on its way from 'before' to 'after' stamps. */
static void pass_milestones(struct life *l, int64_t before, int64_t after)
{
	const struct program *p = l->program;

	for (uint32_t i = 0; i < p->milestone_count; i++) {
		int64_t mark = p->milestones[i].stamps, n;

		if (after < mark || p->goal <= 0)
			continue;
		n = (after - mark) / p->goal + 1 -
		    (before < mark ? 0 : (before - mark) / p->goal + 1);
		if (n > 0)
			issue(l, reward_by_id(l->rewards, p->milestones[i].reward), n);
	}
}

static int64_t earn(struct life *l, const struct past *sale, int64_t amount, bool first)
{
	const struct program *p = l->program;
	int64_t before, after, times;

	if (!l->out->goal)
		return 0;
	before = usable(l, sale->day);
	if (first && p->kind == PROGRAM_STAMPS && p->head_start)
		keep(l, p->head_start, 0, 0);
	keep(l, amount, sale->day + (int32_t)p->pending_days, program_through(p, sale->day));
	after = usable(l, sale->day);
	if (p->kind == PROGRAM_STAMPS)
		pass_milestones(l, before, after);
	times = l->out->goal > 0 && after > 0 ? after / l->out->goal : 0;
	if (times) {
		use(l, times * l->out->goal, sale->day);
		issue(l, l->reward, times);
	}
	return times;
}

void life_live(struct life *l, const struct past *sales, size_t n)
{
	const struct program *p = l->program;
	int32_t last = 0;
	int64_t today = 0;
	bool earned = false, reached = false;

	l->kept_count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct past *sale = &sales[i];
		int64_t amount = after_refunds(p, sale);

		if (p->validity == VALID_INACTIVE && last &&
		    day_add_months(last, (int)p->valid_for) < sale->day)
			l->kept_count = 0;
		today = sale->day == last ? today : 0;
		last = sale->day;
		if (p->daily_cap && amount > p->daily_cap - today)
			amount = p->daily_cap - today;
		if (amount <= 0)
			continue;
		today += amount;
		l->out->earning_sales++;
		add(l, &l->out->given, amount);
		if (earn(l, sale, amount, !earned) && !reached) {
			l->waits = mem_grow(l->waits, (size_t)l->out->reached, &l->wait_cap,
					    sizeof(*l->waits));
			l->waits[l->out->reached++] = sale->day - sales[0].day;
			reached = true;
		}
		earned = true;
	}
	l->out->earners += earned;
}

static int by_wait(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Of an even number the earlier of the two in the middle. */
static void find_median(struct life *l)
{
	size_t n = (size_t)l->out->reached;

	l->out->median_days = -1;
	if (!n)
		return;
	qsort(l->waits, n, sizeof(*l->waits), by_wait);
	l->out->median_days = l->waits[(n - 1) / 2];
}

void life_end(struct life *l)
{
	find_median(l);
	if (l->program->kind == PROGRAM_POINTS)
		add_product(l, &l->out->payment, l->out->given, l->program->point_value);
	free(l->kept);
	free(l->waits);
}
