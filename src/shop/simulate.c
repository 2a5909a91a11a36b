/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/simulate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "shop/item.h"
#include "shop/rule.h"
#include "shop/simulate_life.h"

struct category {
	int64_t item;
	char folded[200];
};

struct simulating {
	struct txn *txn;
	const struct simulation_ask *ask;
	const struct program *program;
	struct simulation *out;
	struct rewards rewards;
	struct life life;
	struct category *categories;
	size_t category_count, category_cap;
	struct entry *entry;
	struct past *past;		/* the sales of one customer */
	size_t past_count, past_cap;
};

/* -- categories -- */

static void load_categories(struct simulating *s)
{
	struct item item;
	struct range r;

	if (!s->program->include_count && !s->program->exclude_count)
		return;
	range_start(&r, s->txn, TABLE_ITEM, NULL);
	while (range_next(&r)) {
		struct category *c;

		if (!item_decode(s->txn, r.value, &item))
			continue;
		s->categories = mem_grow(s->categories, s->category_count, &s->category_cap,
					 sizeof(*s->categories));
		c = &s->categories[s->category_count++];
		c->item = item.id;
		text_fold(item.category, c->folded, sizeof(c->folded));
	}
	range_end(&r);
}

static int by_item(const void *a, const void *b)
{
	int64_t x = ((const struct category *)a)->item, y = ((const struct category *)b)->item;

	return (x > y) - (x < y);
}

static const char *category_of(void *arg, int64_t item)
{
	const struct simulating *s = arg;
	struct category want = { .item = item };
	const struct category *found = s->category_count ?
		bsearch(&want, s->categories, s->category_count, sizeof(want), by_item) : NULL;

	return found ? found->folded : "";
}

/* -- the sales of one customer -- */

static bool counts(const struct simulating *s, int32_t day)
{
	return day >= s->ask->from && (!s->ask->through || day <= s->ask->through);
}

static void take_sale(struct simulating *s, const struct entry *e)
{
	struct earning earning = {
		.day = e->day, .total = e->total, .tax = e->tax, .line_count = e->line_count,
		.lines = e->lines, .category = category_of, .arg = s };
	struct past past = { .seq = e->seq, .occurred = e->occurred, .day = e->day,
			     .total = e->total };

	if (!counts(s, e->day))
		return;
	if (program_earns(s->program, &earning, &past.amount) != ST_OK)
		s->life.overflow = true;
	s->past = mem_grow(s->past, s->past_count, &s->past_cap, sizeof(past));
	s->past[s->past_count++] = past;
}

static void take_refund(struct simulating *s, const struct entry *e)
{
	for (size_t i = s->past_count; i-- > 0;)
		if (s->past[i].seq == e->about) {
			s->past[i].refunded -= e->total;
			return;
		}
}

static int by_seq(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int by_time(const void *a, const void *b)
{
	const struct past *x = a, *y = b;

	if (x->occurred != y->occurred)
		return x->occurred < y->occurred ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* In the order they were recorded, so that a sale comes before its refunds. */
static void take_entries(struct simulating *s, int64_t *seqs, size_t n)
{
	s->past_count = 0;
	if (n)
		qsort(seqs, n, sizeof(*seqs), by_seq);
	for (size_t i = 0; i < n; i++) {
		if (entry_is_undone(s->txn, seqs[i]) ||
		    journal_read(s->txn, seqs[i], s->entry) != ST_OK)
			continue;
		if (s->entry->kind == ENTRY_SALE)
			take_sale(s, s->entry);
		else
			take_refund(s, s->entry);
	}
	if (s->past_count)
		qsort(s->past, s->past_count, sizeof(*s->past), by_time);
}

static void count(struct simulating *s)
{
	struct simulation *out = s->out;

	if (!s->past_count)
		return;
	out->customers++;
	out->sales += (int64_t)s->past_count;
	if (!out->first_day || s->past[0].day < out->first_day)
		out->first_day = s->past[0].day;
	if (s->past[s->past_count - 1].day > out->last_day)
		out->last_day = s->past[s->past_count - 1].day;
	life_live(&s->life, s->past, s->past_count);
}

/* -- the whole -- */

static void choose_reward(struct simulating *s)
{
	const struct program *p = s->program;
	const struct reward *best = s->ask->reward;

	if (!best && p->kind == PROGRAM_STAMPS)
		best = reward_by_id(&s->rewards, p->reward);
	for (size_t i = 0; i < s->rewards.n && !s->ask->reward && p->kind == PROGRAM_POINTS; i++) {
		const struct reward *r = &s->rewards.row[i];

		if (p->id && r->program == p->id && r->cost > 0 && !r->stopped &&
		    (!best || r->cost < best->cost))
			best = r;
	}
	s->out->goal = p->kind == PROGRAM_STAMPS ? p->goal : best ? best->cost : 0;
	s->life = (struct life){ .program = p, .reward = best, .rewards = &s->rewards,
				 .out = s->out };
}

static void walk(struct simulating *s)
{
	int64_t *seqs = NULL, customer = 0;
	size_t n = 0, cap = 0;
	struct range r;

	range_start(&r, s->txn, TABLE_TIMELINE, NULL);
	while (range_next(&r)) {
		int64_t whose = (int64_t)key_read(r.key.at, 4);
		uint8_t kind = r.value.len ? *(const uint8_t *)r.value.at : ENTRY_NONE;

		if (whose != customer) {
			take_entries(s, seqs, n);
			count(s);
			n = 0;
			customer = whose;
		}
		if (kind != ENTRY_SALE && kind != ENTRY_REFUND)
			continue;
		seqs = mem_grow(seqs, n, &cap, sizeof(*seqs));
		seqs[n++] = (int64_t)key_read((const uint8_t *)r.key.at + 12, 8);
	}
	range_end(&r);
	take_entries(s, seqs, n);
	count(s);
	free(seqs);
}

static enum status simulate_work(struct txn *txn, void *arg)
{
	struct simulating *s = arg;

	s->txn = txn;
	s->entry = entry_new();
	rewards_load(txn, &s->rewards);
	choose_reward(s);
	load_categories(s);
	walk(s);
	life_end(&s->life);
	rewards_release(&s->rewards);
	entry_free(s->entry);
	free(s->categories);
	free(s->past);
	if (txn_status(txn) == ST_OK && s->life.overflow)
		return fail(ST_FULL, "this program would give more than can be counted");
	return txn_status(txn);
}

enum status program_simulate(struct shop *shop, const struct simulation_ask *ask,
			     struct simulation *out)
{
	struct simulating s = { .ask = ask, .program = ask->program, .out = out };

	*out = (struct simulation){ 0 };
	return store_read(shop->store, simulate_work, &s);
}
