/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_GOODS_H
#define INSIGHT_GOODS_H

#include "base/buf.h"
#include "shop/item.h"

/* The items of the shop and their categories, for the figures about them. An
 * item is called by its place in 'row' here, a category by its place in
 * 'category'. Categories that are the same folded are one, under the spelling
 * of the item that had it first. */
struct good {
	int64_t id;
	char *name, *code;
	size_t category;		/* GOODS_NONE: it has none */
	int64_t price, own_cost;	/* minor units; 0: not known */
	bool stopped;
	bool shares_name;		/* another one goes by its name, as name or as code */
};
#define GOODS_NONE SIZE_MAX

struct goods {
	struct good *row;		/* by id */
	size_t n, cap;
	char **category;		/* by folded name */
	size_t category_count;
};

/* Release *out whatever it returns. */
MUST_CHECK enum status goods_load(struct txn *txn, struct goods *out);
void goods_release(struct goods *g);

/* The place of an item; GOODS_NONE: there is no such item. */
size_t goods_place(const struct goods *g, int64_t id);

/* Appends how a filter asks for it: item = "Masala chai". By its code where
 * another item has the same name. */
void goods_filter_item(const struct goods *g, size_t place, struct buf *out);
void goods_filter_category(const struct goods *g, size_t category, struct buf *out);

#endif
