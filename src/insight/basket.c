/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/basket.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "insight/basket_pairs.h"
#include "insight/basket_people.h"
#include "insight/fisher.h"

static const double FALSE_SHARE = 0.05;
enum { SUPPORT_USUAL = BASKET_WHOLE / 1000, CONFIDENCE_USUAL = BASKET_WHOLE / 10 };

/* -- the pairs that are frequent enough, and how probable they are by chance -- */

struct tested {
	struct basket_pair pair;
	double p;
};

struct making {
	struct basket *out;
	const struct baskets *baskets;
	struct tested *pair;
	size_t n, cap;
	size_t rule_cap;
};

static bool take_pair(void *arg, const struct basket_pair *pair)
{
	struct making *m = arg;
	struct meeting meeting = {
		m->baskets->baskets, m->baskets->count[pair->a], m->baskets->count[pair->b],
		pair->count
	};

	if (m->n == BASKET_PAIRS)
		return false;
	m->pair = mem_grow(m->pair, m->n, &m->cap, sizeof(*m->pair));
	m->pair[m->n++] = (struct tested){ *pair, fisher_chance(&meeting) };
	return true;
}

static double threshold(const struct making *m)
{
	double *p = mem_alloc((m->n + 1) * sizeof(*p)), at;
	double tests = (double)m->out->frequent * (double)(m->out->frequent - 1) / 2;

	for (size_t i = 0; i < m->n; i++)
		p[i] = m->pair[i].p;
	at = fisher_threshold(p, m->n, tests, FALSE_SHARE);
	free(p);
	return at;
}

/* -- rules -- */

/* Integers: whether a rule is there does not hang on rounding. */
static bool is_confident(const struct basket *b, int64_t count, int64_t lhs_count)
{
	__int128 have = (__int128)count * BASKET_WHOLE;

	return have >= (__int128)b->used.confidence * lhs_count;
}

static void add_rule(struct making *m, const struct tested *t, bool mirrored, double most_p)
{
	struct basket *b = m->out;
	struct basket_rule r = {
		.lhs = mirrored ? t->pair.b : t->pair.a, .rhs = mirrored ? t->pair.a : t->pair.b,
		.count = t->pair.count, .p_value = t->p,
	};

	r.lhs_count = m->baskets->count[r.lhs];
	r.rhs_count = m->baskets->count[r.rhs];
	if (!is_confident(b, r.count, r.lhs_count))
		return;
	r.significant = t->p <= most_p && basket_lift(b, &r) > 1;
	b->rule = mem_grow(b->rule, b->n, &m->rule_cap, sizeof(*b->rule));
	b->rule[b->n++] = r;
}

/* How many more baskets have both than chance would give, times all baskets. */
static double beyond_chance(const struct basket_rule *r, double all)
{
	return (double)r->count * all - (double)r->lhs_count * (double)r->rhs_count;
}

struct keyed {
	struct basket_rule rule;
	double key;
};

static uint32_t low(const struct basket_rule *r)
{
	return r->lhs < r->rhs ? r->lhs : r->rhs;
}

static uint32_t high(const struct basket_rule *r)
{
	return r->lhs < r->rhs ? r->rhs : r->lhs;
}

/* A rule and its mirror stand together: first the one with more people to win,
 * else the more confident one. */
static int by_strength(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	const struct basket_rule *r = &x->rule, *q = &y->rule;

	if (r->significant != q->significant)
		return q->significant - r->significant;
	if (x->key < y->key || x->key > y->key)
		return x->key < y->key ? 1 : -1;
	if (low(r) != low(q))
		return low(r) > low(q) ? 1 : -1;
	if (high(r) != high(q))
		return high(r) > high(q) ? 1 : -1;
	if (r->people != q->people)
		return r->people < q->people ? 1 : -1;
	if (r->lhs_count != q->lhs_count)
		return r->lhs_count > q->lhs_count ? 1 : -1;
	return (r->lhs > q->lhs) - (r->lhs < q->lhs);
}

static void sort_rules(struct basket *b)
{
	struct keyed *row = mem_alloc((b->n + 1) * sizeof(*row));

	for (size_t i = 0; i < b->n; i++)
		row[i] = (struct keyed){ b->rule[i],
					 beyond_chance(&b->rule[i], (double)b->baskets) };
	qsort(row, b->n, sizeof(*row), by_strength);
	for (size_t i = 0; i < b->n; i++)
		b->rule[i] = row[i].rule;
	free(row);
}

static enum status make_rules(const struct baskets *baskets, struct basket *b)
{
	struct making m = { .out = b, .baskets = baskets };
	struct pair_teller tell = { take_pair, &m };
	double most_p;

	b->frequent = (int64_t)baskets_pairs(baskets, b->used.min_count, &tell);
	b->pairs = (int64_t)m.n;
	most_p = threshold(&m);
	for (size_t i = 0; i < m.n; i++) {
		add_rule(&m, &m.pair[i], false, most_p);
		add_rule(&m, &m.pair[i], true, most_p);
	}
	free(m.pair);
	if (b->pairs == BASKET_PAIRS)
		return fail(ST_REFUSED, "a million pairs and more are this frequent; ask for a "
			    "higher support");
	return ST_OK;
}

/* -- asking -- */

static int64_t least_count(const struct basket *b, bool usual)
{
	__int128 product = (__int128)b->used.support * b->baskets;
	int64_t count = (int64_t)((product + BASKET_WHOLE - 1) / BASKET_WHOLE);

	if (b->used.min_count > count)
		count = b->used.min_count;
	else if (usual && !b->used.min_count && count < BASKET_FLOOR)
		count = BASKET_FLOOR;
	return count ? count : 1;
}

static enum status check(const struct basket_options *o)
{
	if (o->support < 0 || o->support > BASKET_WHOLE || o->confidence < 0 ||
	    o->confidence > BASKET_WHOLE || o->min_count < 0)
		return fail(ST_INVALID, "support and confidence are parts of one, such as 0.01, "
			    "and a count is not below zero");
	return ST_OK;
}

static int64_t count_things(const struct baskets *b)
{
	int64_t n = 0;

	for (size_t i = 0; i < b->things; i++)
		n += b->count[i] > 0;
	return n;
}

enum status basket_of(const struct sold *s, const struct basket_options *options,
		      struct basket *out)
{
	struct baskets baskets;
	enum status st = check(options);

	*out = (struct basket){ .used = *options };
	if (st == ST_OK)
		st = sold_window(s, &options->window, &out->used.window);
	if (st != ST_OK)
		return st;
	if (!out->used.support)
		out->used.support = SUPPORT_USUAL;
	if (!out->used.confidence)
		out->used.confidence = CONFIDENCE_USUAL;
	baskets_gather(s, &out->used, &baskets);
	out->baskets = baskets.baskets;
	out->receipts = baskets.receipts;
	out->nameless = baskets.nameless;
	out->things = count_things(&baskets);
	out->used.min_count = least_count(out, !options->support);
	st = make_rules(&baskets, out);
	baskets_release(&baskets);
	if (st != ST_OK)
		return st;
	basket_people(s, out);
	sort_rules(out);
	return ST_OK;
}

void basket_release(struct basket *b)
{
	free(b->rule);
	*b = (struct basket){ 0 };
}
