/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/simulate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "shop/item.h"
#include "shop/rule.h"
#include "shop/sale.h"

struct earned {
	int64_t customer, amount;
	int32_t day;
};

struct simulating {
	const struct program *program;
	const struct reward *reward;
	struct simulation *out;
	struct earned *rows;
	size_t n, cap;
	int64_t *days;			/* to the first reward, of those who reach it */
	size_t day_count, day_cap;
};

static const char *category_of(void *arg, int64_t item)
{
	return item_category(arg, item);
}

/* -- what each sale would earn -- */

static enum status earn(struct simulating *s, struct trade *t, const struct entry *sale)
{
	struct refunded refunded;
	struct earning e = {
		.day = sale->day, .tax = sale->tax, .line_count = sale->line_count,
		.lines = sale->lines, .category = category_of, .arg = t };
	int64_t amount;
	enum status st = sale_refunded(t->txn, t->other, sale->seq, &refunded);

	if (st != ST_OK)
		return st;
	e.total = sale->total - refunded.money;
	st = program_earns(s->program, &e, &amount);
	if (st != ST_OK || amount <= 0)
		return st;
	s->rows = mem_grow(s->rows, s->n, &s->cap, sizeof(*s->rows));
	s->rows[s->n++] = (struct earned){
		merges_find(trade_merges(t), sale->customer), amount, sale->day };
	return ST_OK;
}

static enum status collect(struct simulating *s, struct trade *t)
{
	struct entry_head head;
	struct range r;
	enum status st = ST_OK;

	range_start(&r, t->txn, TABLE_JOURNAL, NULL);
	while (st == ST_OK && range_next(&r)) {
		if (!entry_head(r.key, r.value, &head) || head.kind != ENTRY_SALE ||
		    !head.customer || head.day < s->program->from ||
		    entry_is_undone(t->txn, head.seq))
			continue;
		st = entry_decode(r.key, r.value, t->entry);
		if (st == ST_OK)
			st = earn(s, t, t->entry);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(t->txn) : st;
}

/* -- customer by customer -- */

static int by_customer_and_day(const void *a, const void *b)
{
	const struct earned *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	return (x->day > y->day) - (x->day < y->day);
}

static int64_t under_cap(const struct program *p, int64_t today, int64_t amount)
{
	if (!p->daily_cap || today + amount <= p->daily_cap)
		return amount;
	return p->daily_cap > today ? p->daily_cap - today : 0;
}

static int64_t needed(const struct simulating *s)
{
	if (s->program->kind == PROGRAM_STAMPS)
		return s->program->goal;
	return s->reward && s->reward->cost ? s->reward->cost : s->program->min_redeem;
}

static void reach(struct simulating *s, int64_t days)
{
	s->out->reached++;
	s->days = mem_grow(s->days, s->day_count, &s->day_cap, sizeof(*s->days));
	s->days[s->day_count++] = days;
}

/* Rows from 'i' on that are one customer's; gives where the next one's begin. */
static size_t one_customer(struct simulating *s, size_t i)
{
	const struct program *p = s->program;
	const struct earned *first = &s->rows[i];
	int64_t need = needed(s), sum = 0, today = 0;
	bool reached = false;

	if (p->kind == PROGRAM_STAMPS)
		sum = p->head_start;
	for (; i < s->n && s->rows[i].customer == first->customer; i++) {
		const struct earned *row = &s->rows[i];
		int64_t amount;

		if (row > first && row->day != row[-1].day)
			today = 0;
		amount = under_cap(p, today, row->amount);
		today += amount;
		sum += amount;
		if (!reached && need > 0 && sum >= need) {
			reached = true;
			reach(s, row->day - first->day);
		}
	}
	s->out->customers++;
	s->out->given += sum;
	s->out->rewards += need > 0 ? sum / need : 0;
	return i;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static enum status add_up(struct simulating *s)
{
	struct simulation *out = s->out;
	int64_t each = s->reward ? s->reward->own_cost : 0, many = out->rewards;

	if (s->program->kind == PROGRAM_POINTS && s->program->point_value) {
		each = s->program->point_value;
		many = out->given;
	}
	if (!mul_div(many, each, 1, ROUND_FLOOR, &out->cost))
		return fail(ST_FULL, "this program would cost more than can be counted");
	if (s->day_count) {
		qsort(s->days, s->day_count, sizeof(*s->days), by_number);
		out->median_days = s->days[(s->day_count - 1) / 2];
	}
	return ST_OK;
}

/* What the shop has for the program already. */
static const struct reward *reward_of(const struct program *p, const struct rewards *all)
{
	const struct reward *best = NULL;

	if (p->kind == PROGRAM_STAMPS)
		return reward_by_id(all, p->reward);
	for (size_t i = 0; i < all->n; i++) {
		const struct reward *r = &all->row[i];

		if (r->program == p->id && !r->stopped && (!best || r->cost < best->cost))
			best = r;
	}
	return best;
}

static void span(struct simulating *s)
{
	s->out->sales = (int64_t)s->n;
	s->out->from = s->out->through = s->rows[0].day;
	for (size_t i = 1; i < s->n; i++) {
		if (s->rows[i].day < s->out->from)
			s->out->from = s->rows[i].day;
		if (s->rows[i].day > s->out->through)
			s->out->through = s->rows[i].day;
	}
}

static enum status simulate_rewarded(struct txn *txn, struct simulating *s)
{
	struct trade t = { .txn = txn };
	enum status st;

	s->n = s->day_count = 0;
	*s->out = (struct simulation){ 0 };
	t.entry = entry_new();
	t.other = entry_new();
	st = collect(s, &t);
	entry_free(t.entry);
	entry_free(t.other);
	if (st != ST_OK || !s->n)
		return st;
	span(s);
	qsort(s->rows, s->n, sizeof(*s->rows), by_customer_and_day);
	for (size_t i = 0; i < s->n;)
		i = one_customer(s, i);
	return add_up(s);
}

static enum status simulate(struct txn *txn, void *arg)
{
	struct simulating *s = arg;
	const struct reward *asked = s->reward;
	struct rewards rewards;
	enum status st;

	rewards_load(txn, &rewards);
	if (!asked)
		s->reward = reward_of(s->program, &rewards);
	st = simulate_rewarded(txn, s);
	s->reward = asked;
	rewards_release(&rewards);
	return st;
}

enum status program_simulate(struct shop *shop, const struct program *p,
			     const struct reward *reward, struct simulation *out)
{
	struct simulating s = { .program = p, .reward = reward, .out = out };
	enum status st = store_read(shop->store, simulate, &s);

	free(s.rows);
	free(s.days);
	return st;
}
