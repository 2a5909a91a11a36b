/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/goods.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { FOLDED = 4 * sizeof(((struct item *)0)->category),
       NAME_FOLDED = 4 * sizeof(((struct item *)0)->name) };

/* An item's category, folded, while they are told apart. */
struct labelled {
	char *folded;
	char *spelled;
	size_t place;		/* of the item */
};

struct labels {
	struct labelled *row;
	size_t n, cap;
};

static int by_label(const void *a, const void *b)
{
	const struct labelled *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void add_good(struct goods *g, const struct item *item)
{
	g->row = mem_grow(g->row, g->n, &g->cap, sizeof(*g->row));
	g->row[g->n++] = (struct good){
		.id = item->id, .name = mem_text(item->name), .code = mem_text(item->code),
		.category = GOODS_NONE, .price = item->price, .own_cost = item->own_cost,
		.stopped = item->stopped,
	};
}

static void add_label(struct labels *l, const struct item *item, size_t place)
{
	char folded[FOLDED];

	text_fold(item->category, folded, sizeof(folded));
	if (!folded[0])
		return;
	l->row = mem_grow(l->row, l->n, &l->cap, sizeof(*l->row));
	l->row[l->n++] = (struct labelled){ mem_text(folded), mem_text(item->category), place };
}

/* The first of equals keeps its spelling, which becomes the category's name. */
static void settle_categories(struct goods *g, struct labels *l)
{
	if (l->n)
		qsort(l->row, l->n, sizeof(*l->row), by_label);
	g->category = mem_alloc((l->n + !l->n) * sizeof(*g->category));
	for (size_t i = 0; i < l->n; i++) {
		if (!i || strcmp(l->row[i - 1].folded, l->row[i].folded))
			g->category[g->category_count++] = mem_text(l->row[i].spelled);
		g->row[l->row[i].place].category = g->category_count - 1;
	}
	for (size_t i = 0; i < l->n; i++) {
		free(l->row[i].folded);
		free(l->row[i].spelled);
	}
	free(l->row);
}

enum status goods_load(struct txn *txn, struct goods *out)
{
	struct labels labels = { 0 };
	struct item item;
	struct range r;

	*out = (struct goods){ 0 };
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (range_next(&r)) {
		if (!item_decode(txn, r.value, &item))
			break;
		add_label(&labels, &item, out->n);
		add_good(out, &item);
	}
	range_end(&r);
	settle_categories(out, &labels);
	return txn_status(txn);
}

void goods_release(struct goods *g)
{
	for (size_t i = 0; i < g->n; i++) {
		free(g->row[i].name);
		free(g->row[i].code);
	}
	for (size_t i = 0; i < g->category_count; i++)
		free(g->category[i]);
	free(g->row);
	free(g->category);
	*g = (struct goods){ 0 };
}

size_t goods_place(const struct goods *g, int64_t id)
{
	size_t from = 0, to = g->n, guess;

	/* Ids are given one after the other, so the first look mostly finds it. */
	if (g->n && id >= g->row[0].id) {
		guess = (size_t)(id - g->row[0].id);
		if (guess < g->n && g->row[guess].id == id)
			return guess;
	}
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (g->row[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < g->n && g->row[from].id == id ? from : GOODS_NONE;
}

/* -- in a filter -- */

static void add_quoted(struct buf *out, const char *text)
{
	buf_text(out, "\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_text(out, "\\");
		buf_add(out, text, 1);
	}
	buf_text(out, "\"");
}

static bool is_folded_like(const char *text, const char *folded)
{
	char own[NAME_FOLDED];

	text_fold(text, own, sizeof(own));
	return !strcmp(own, folded);
}

/* Does nothing else go by this word? A filter takes names and codes alike. */
static bool is_alone(const struct goods *g, size_t place, const char *word)
{
	char folded[NAME_FOLDED];

	text_fold(word, folded, sizeof(folded));
	for (size_t i = 0; i < g->n; i++)
		if (i != place && (is_folded_like(g->row[i].name, folded) ||
				   is_folded_like(g->row[i].code, folded)))
			return false;
	return true;
}

void goods_filter_item(const struct goods *g, size_t place, struct buf *out)
{
	const struct good *good = &g->row[place];

	buf_text(out, "item = ");
	add_quoted(out, good->code[0] && !is_alone(g, place, good->name) ? good->code :
		   good->name);
}

void goods_filter_category(const struct goods *g, size_t category, struct buf *out)
{
	buf_text(out, "category = ");
	add_quoted(out, g->category[category]);
}
