/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/basket_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* -- gathering -- */

/* The basket that is being filled. */
struct filling {
	const struct sold *sold;
	bool by_category;
	struct baskets *out;
	uint32_t *thing;
	size_t n, cap;
};

static size_t thing_of(const struct filling *f, uint32_t item)
{
	size_t place = goods_place(&f->sold->goods, item);

	if (place == GOODS_NONE || !f->by_category)
		return place;
	return f->sold->goods.row[place].category;
}

static void fill(struct filling *f, const struct sold_sale *sale)
{
	f->out->receipts++;
	f->out->nameless += sale->nameless;
	for (size_t i = 0; i < sold_lines(sale); i++) {
		size_t thing = thing_of(f, f->sold->line[sale->first + i].item);

		if (thing == GOODS_NONE) {
			f->out->nameless++;
			continue;
		}
		f->thing = mem_grow(f->thing, f->n, &f->cap, sizeof(*f->thing));
		f->thing[f->n++] = (uint32_t)thing;
	}
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

enum { FEW = 16 };	/* as most baskets have; there a function call each costs more */

static void sort(uint32_t *thing, size_t n)
{
	if (n > FEW) {
		qsort(thing, n, sizeof(*thing), by_number);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t moved = thing[i];
		size_t at = i;

		for (; at > 0 && thing[at - 1] > moved; at--)
			thing[at] = thing[at - 1];
		thing[at] = moved;
	}
}

/* Ends the basket: its things once each, if it has any. */
static void finish(struct filling *f)
{
	struct baskets *out = f->out;

	sort(f->thing, f->n);
	for (size_t i = 0; i < f->n; i++) {
		if (i && f->thing[i] == f->thing[i - 1])
			continue;
		out->thing = mem_grow(out->thing, out->n, &out->cap, sizeof(*out->thing));
		out->thing[out->n++] = f->thing[i];
		out->count[f->thing[i]]++;
	}
	if (f->n) {
		out->thing[out->n - 1] |= BASKET_END;
		out->baskets++;
	}
	f->n = 0;
}

static void gather_receipts(struct filling *f, const struct sold_window *w, bool anonymous_only)
{
	for (size_t i = 0; i < f->sold->sale_count; i++) {
		const struct sold_sale *sale = &f->sold->sale[i];

		if (!sold_within(sale, w) || (anonymous_only && sale->customer))
			continue;
		fill(f, sale);
		finish(f);
	}
}

static void gather_visits(struct filling *f, const struct sold_window *w)
{
	const struct sold_sale *before = NULL;
	size_t n;
	uint32_t *places = sold_by_customer(f->sold, &n);

	for (size_t i = 0; i < n; i++) {
		const struct sold_sale *sale = &f->sold->sale[places[i]];

		if (before && (before->customer != sale->customer || before->day != sale->day))
			finish(f);
		before = sale;
		if (sold_within(sale, w))
			fill(f, sale);
	}
	finish(f);
	free(places);
	gather_receipts(f, w, true);
}

void baskets_gather(const struct sold *s, const struct basket_options *options,
		    struct baskets *out)
{
	struct filling f = { .sold = s, .by_category = options->by_category, .out = out };

	*out = (struct baskets){ 0 };
	out->things = options->by_category ? s->goods.category_count : s->goods.n;
	out->count = mem_alloc((out->things + 1) * sizeof(*out->count));
	if (options->by_visit)
		gather_visits(&f, &options->window);
	else
		gather_receipts(&f, &options->window, false);
	free(f.thing);
}

void baskets_release(struct baskets *b)
{
	free(b->thing);
	free(b->count);
	*b = (struct baskets){ 0 };
}

/* -- counting pairs -- */

/* Only the frequent things, numbered anew and still ascending. For each of
 * them, where it stands in 'slot': what follows it in its basket is a pair with
 * it. One row of the triangle of counts is made after the other, so that ten
 * thousand things need ten thousand counters and not fifty million. */
struct frequent {
	uint32_t *number;	/* of a thing, from 0; NONE */
	uint32_t *thing;	/* of a number */
	size_t n;
	uint32_t *slot;
	size_t slots;
	size_t *start;		/* of a number's places in 'at', and one more */
	uint32_t *at;
	uint32_t *together;	/* the row: with each higher number */
};
#define NONE UINT32_MAX

static void number_things(struct frequent *f, const struct baskets *b, int64_t min_count)
{
	f->number = mem_alloc((b->things + 1) * sizeof(*f->number));
	f->thing = mem_alloc((b->things + 1) * sizeof(*f->thing));
	for (size_t i = 0; i < b->things; i++) {
		bool frequent = b->count[i] && b->count[i] >= min_count;

		f->number[i] = frequent ? (uint32_t)f->n : NONE;
		if (frequent)
			f->thing[f->n++] = (uint32_t)i;
	}
}

static void keep_frequent(struct frequent *f, const struct baskets *b)
{
	size_t kept = 0;

	f->slot = mem_alloc((b->n + 1) * sizeof(*f->slot));
	f->start = mem_alloc((f->n + 2) * sizeof(*f->start));
	for (size_t i = 0; i < b->n; i++) {
		uint32_t number = f->number[b->thing[i] & ~BASKET_END];

		if (number != NONE) {
			f->slot[f->slots + kept++] = number;
			f->start[number + 1]++;
		}
		if (!(b->thing[i] & BASKET_END))
			continue;
		if (kept)
			f->slot[f->slots + kept - 1] |= BASKET_END;
		f->slots += kept;
		kept = 0;
	}
}

static void list_places(struct frequent *f)
{
	size_t *next = mem_alloc((f->n + 1) * sizeof(*next));

	for (size_t i = 0; i < f->n; i++)
		f->start[i + 1] += f->start[i];
	memcpy(next, f->start, f->n * sizeof(*next));
	f->at = mem_alloc((f->slots + 1) * sizeof(*f->at));
	for (size_t i = 0; i < f->slots; i++)
		f->at[next[f->slot[i] & ~BASKET_END]++] = (uint32_t)i;
	free(next);
}

static void count_row(struct frequent *f, size_t number)
{
	memset(f->together, 0, f->n * sizeof(*f->together));
	for (size_t i = f->start[number]; i < f->start[number + 1]; i++) {
		const uint32_t *slot = &f->slot[f->at[i]];

		while (!(*slot & BASKET_END))
			f->together[*++slot & ~BASKET_END]++;
	}
}

static bool tell_row(const struct frequent *f, size_t a, int64_t min_count,
		     const struct pair_teller *tell)
{
	for (size_t b = a + 1; b < f->n; b++)
		if (f->together[b] && f->together[b] >= min_count &&
		    !tell->each(tell->arg, &(struct basket_pair){ f->thing[a], f->thing[b],
								  f->together[b] }))
			return false;
	return true;
}

size_t baskets_pairs(const struct baskets *b, int64_t min_count, const struct pair_teller *tell)
{
	struct frequent f = { 0 };
	size_t n;

	number_things(&f, b, min_count);
	keep_frequent(&f, b);
	list_places(&f);
	f.together = mem_alloc((f.n + 1) * sizeof(*f.together));
	for (size_t i = 0; i < f.n; i++) {
		count_row(&f, i);
		if (!tell_row(&f, i, min_count, tell))
			break;
	}
	n = f.n;
	free(f.number);
	free(f.thing);
	free(f.slot);
	free(f.start);
	free(f.at);
	free(f.together);
	return n;
}
