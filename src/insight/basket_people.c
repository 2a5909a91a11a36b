/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/basket_people.h"

#include <stdlib.h>

#include "base/mem.h"

/* The rules about X, for each X; and what the customer in hand took, marked
 * with their number so that nothing need be wiped for the next one. */
struct counting {
	const struct sold *sold;
	struct basket *basket;
	size_t *start;		/* of the rules of a thing in 'rule', and one more */
	uint32_t *rule;
	uint32_t *ever, *within;	/* by thing: last customer who took it */
	uint32_t *took;			/* things of the customer in hand, in the window */
	size_t n, cap;
	uint32_t customer;
};

static size_t thing_count(const struct counting *c)
{
	return c->basket->used.by_category ? c->sold->goods.category_count : c->sold->goods.n;
}

static void index_rules(struct counting *c)
{
	const struct basket *b = c->basket;
	size_t things = thing_count(c);
	size_t *next = mem_alloc((things + 1) * sizeof(*next));

	c->start = mem_alloc((things + 2) * sizeof(*c->start));
	c->rule = mem_alloc((b->n + 1) * sizeof(*c->rule));
	for (size_t i = 0; i < b->n; i++)
		c->start[b->rule[i].lhs + 1]++;
	for (size_t i = 0; i < things; i++) {
		c->start[i + 1] += c->start[i];
		next[i] = c->start[i];
	}
	for (size_t i = 0; i < b->n; i++)
		c->rule[next[b->rule[i].lhs]++] = (uint32_t)i;
	free(next);
}

static void mark(struct counting *c, const struct sold_sale *sale)
{
	const struct goods *goods = &c->sold->goods;
	bool within = sold_to(sale, &c->basket->used.window);

	for (size_t i = 0; i < sold_lines(sale); i++) {
		size_t thing = goods_place(goods, c->sold->line[sale->first + i].item);

		if (thing != GOODS_NONE && c->basket->used.by_category)
			thing = goods->row[thing].category;
		if (thing == GOODS_NONE)
			continue;
		c->ever[thing] = c->customer;
		if (!within || c->within[thing] == c->customer)
			continue;
		c->within[thing] = c->customer;
		c->took = mem_grow(c->took, c->n, &c->cap, sizeof(*c->took));
		c->took[c->n++] = (uint32_t)thing;
	}
}

static void count(struct counting *c)
{
	for (size_t i = 0; i < c->n; i++) {
		for (size_t k = c->start[c->took[i]]; k < c->start[c->took[i] + 1]; k++) {
			struct basket_rule *r = &c->basket->rule[c->rule[k]];

			r->people += c->ever[r->rhs] != c->customer;
		}
	}
	c->n = 0;
}

void basket_people(const struct sold *s, struct basket *b)
{
	struct counting c = { .sold = s, .basket = b };
	size_t n, next;
	uint32_t *places = sold_by_customer(s, &n);

	index_rules(&c);
	c.ever = mem_alloc((thing_count(&c) + 1) * sizeof(*c.ever));
	c.within = mem_alloc((thing_count(&c) + 1) * sizeof(*c.within));
	for (size_t i = 0; i < n; i = next) {
		next = sold_next_customer(s, places, n, i);
		c.customer = s->sale[places[i]].customer;
		if (people_has(&s->erased, c.customer))
			continue;
		for (size_t k = i; k < next; k++)
			mark(&c, &s->sale[places[k]]);
		count(&c);
	}
	free(places);
	free(c.start);
	free(c.rule);
	free(c.ever);
	free(c.within);
	free(c.took);
}
