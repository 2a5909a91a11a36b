/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_ITEM_H
#define SHOP_ITEM_H

#include "shop/trade.h"

struct item {
	int64_t id;
	char name[120];
	char code[64];			/* sku or barcode */
	char category[64];
	int64_t price;			/* minor units; 0 open */
	int64_t own_cost;
	int64_t digit;			/* quick digit 1..9 on the counter; 0 none */
	bool stopped;
	struct unknown later;
};
extern const struct record_type item_type;

/* Calls 'each' for every row that an item has in the table item_key. */
typedef void item_row(void *arg, enum table table, const struct key *key, struct bytes value);
void item_rows(const struct item *item, item_row *each, void *arg);

bool item_get(struct txn *txn, int64_t id, struct item *item);
/* From a row of the item table. */
bool item_decode(struct txn *txn, struct bytes value, struct item *item);
/* 0: none. In any case. */
int64_t item_by_code(struct txn *txn, const char *code);
/* All with this folded name, at most 'most'; gives how many. */
size_t items_by_name(struct txn *txn, const char *name, int64_t *ids, size_t most);
/* By code; else by folded name, of an item that has no other code. 0: none. */
int64_t item_lookup(struct txn *txn, const char *code, const char *name);
/* The folded category, "" for none; good until the next call. */
const char *item_category(struct trade *t, int64_t id);
/* Gives item->id; writes the record, its keys and an entry. ST_EXISTS: the code
 * is another item's. */
MUST_CHECK enum status item_insert(struct trade *t, struct item *item);
/* Without a change there is no entry, and t->seq stays. */
MUST_CHECK enum status item_update(struct trade *t, const struct item *before,
				   const struct item *after);

/* ST_EXISTS: its code, its quick digit, or its name without a code to tell it
 * apart is another item's. */
MUST_CHECK enum status item_add(struct shop *shop, const struct actor *by, struct item *item);
/* item->id says which; the other fields are what shall stand there. */
MUST_CHECK enum status item_edit(struct shop *shop, const struct actor *by, struct item *item);
/* Code, name, #ID, or the id alone. ST_NOT_FOUND names the nearest, ST_REFUSED
 * two that have the name. */
MUST_CHECK enum status item_resolve(struct txn *txn, const char *text, int64_t *id);

#endif
