/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/goods.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { FOLDED = 4 * sizeof(((struct item *)0)->name) };

/* Folded words of items, sorted to see which are the same. */
struct label {
	char *folded, *spelled;
	size_t place;		/* of the item */
};

struct labels {
	struct label *row;
	size_t n, cap;
};

static int by_label(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void labels_add(struct labels *l, const char *text, size_t place)
{
	char folded[FOLDED];

	text_fold(text, folded, sizeof(folded));
	if (!folded[0])
		return;
	l->row = mem_grow(l->row, l->n, &l->cap, sizeof(*l->row));
	l->row[l->n++] = (struct label){ mem_text(folded), mem_text(text), place };
}

static void labels_sort(struct labels *l)
{
	if (l->n)
		qsort(l->row, l->n, sizeof(*l->row), by_label);
}

static bool labels_meet(const struct labels *l, size_t i)
{
	return i && !strcmp(l->row[i - 1].folded, l->row[i].folded);
}

static void labels_release(struct labels *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->row[i].folded);
		free(l->row[i].spelled);
	}
	free(l->row);
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

/* The first of equals keeps its spelling, which becomes the category's name. */
static void settle_categories(struct goods *g, struct labels *l)
{
	labels_sort(l);
	g->category = mem_alloc((l->n + !l->n) * sizeof(*g->category));
	for (size_t i = 0; i < l->n; i++) {
		if (!labels_meet(l, i))
			g->category[g->category_count++] = mem_text(l->row[i].spelled);
		g->row[l->row[i].place].category = g->category_count - 1;
	}
}

/* A word is that of several items when it meets one of another item. */
static void settle_words(struct goods *g, struct labels *l)
{
	labels_sort(l);
	for (size_t i = 1; i < l->n; i++)
		if (labels_meet(l, i) && l->row[i - 1].place != l->row[i].place)
			g->row[l->row[i - 1].place].shares_name =
				g->row[l->row[i].place].shares_name = true;
}

enum status goods_load(struct txn *txn, struct goods *out)
{
	struct labels categories = { 0 }, words = { 0 };
	struct item item;
	struct range r;

	*out = (struct goods){ 0 };
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (range_next(&r)) {
		if (!item_decode(txn, r.value, &item))
			break;
		labels_add(&categories, item.category, out->n);
		labels_add(&words, item.name, out->n);
		labels_add(&words, item.code, out->n);
		add_good(out, &item);
	}
	range_end(&r);
	settle_categories(out, &categories);
	settle_words(out, &words);
	labels_release(&categories);
	labels_release(&words);
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

void goods_filter_item(const struct goods *g, size_t place, struct buf *out)
{
	const struct good *good = &g->row[place];

	buf_text(out, "item = ");
	add_quoted(out, good->code[0] && good->shares_name ? good->code : good->name);
}

void goods_filter_category(const struct goods *g, size_t category, struct buf *out)
{
	buf_text(out, "category = ");
	add_quoted(out, g->category[category]);
}
