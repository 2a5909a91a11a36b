/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <string.h>

#include "base/text.h"
#include "shop/item.h"

enum { KEY_ROOM = 512 };

/* "CH1\x1fMasala chai\x1f"; false: too long to be kept in mind. */
static bool row_key(const char *const field[COLUMNS], char key[KEY_ROOM])
{
	const char *category = *field[COLUMN_SKU] || *field[COLUMN_ITEM] ? "" :
			       field[COLUMN_CATEGORY];

	if (strlen(field[COLUMN_SKU]) + strlen(field[COLUMN_ITEM]) + strlen(category) + 3 >
	    KEY_ROOM)
		return false;
	key = stpcpy(key, field[COLUMN_SKU]);
	*key++ = '\x1f';
	key = stpcpy(key, field[COLUMN_ITEM]);
	*key++ = '\x1f';
	strcpy(key, category);
	return true;
}

static enum status take(enum column c, const char *text, char *out, size_t size)
{
	return text_clean(text, strlen(text), out, size) == ST_OK ? ST_OK :
		fail(ST_INVALID, "%s: %s", column_name(c), status_text());
}

/* A line with a code or a category alone sells that. */
static enum status read_item(const char *const field[COLUMNS], struct item *item)
{
	enum status st;

	record_clear(&item_type, item);
	st = take(COLUMN_SKU, field[COLUMN_SKU], item->code, sizeof(item->code));
	if (st == ST_OK)
		st = take(COLUMN_ITEM, field[COLUMN_ITEM], item->name, sizeof(item->name));
	if (st == ST_OK)
		st = take(COLUMN_CATEGORY, field[COLUMN_CATEGORY], item->category,
			  sizeof(item->category));
	if (!*item->name)
		strcpy(item->name, *item->code ? item->code : item->category);
	return st;
}

enum status goods_find(struct importing *im, const char *const field[COLUMNS], int64_t *item)
{
	char key[KEY_ROOM];
	struct item read;
	enum status st;

	*item = 0;
	if (!*field[COLUMN_SKU] && !*field[COLUMN_ITEM] && !*field[COLUMN_CATEGORY])
		return ST_OK;
	if (row_key(field, key))
		*item = known_find(&im->items, key);
	if (*item)
		return ST_OK;
	st = read_item(field, &read);
	if (st != ST_OK || !*read.name)
		return st;
	im->goods_met = true;
	*item = item_lookup(im->trade.txn, read.code, read.name);
	if (!*item)
		*item = GOODS_NEW;
	return txn_status(im->trade.txn);
}

/* What was known by its name alone gets the code that it is found with. */
static enum status give_code(struct importing *im, const struct item *read, int64_t id)
{
	struct item before, after;

	if (!*read->code || !item_get(im->trade.txn, id, &before) || *before.code)
		return txn_status(im->trade.txn);
	after = before;
	memcpy(after.code, read->code, sizeof(after.code));
	return item_update(&im->trade, &before, &after);
}

enum status goods_settle(struct importing *im, const char *const field[COLUMNS], int64_t *item)
{
	char key[KEY_ROOM];
	bool short_enough = row_key(field, key);
	struct item read;
	enum status st = goods_find(im, field, item);	/* an earlier line may have put it in */

	if (st != ST_OK)
		return st;
	if (!*item || (short_enough && known_find(&im->items, key)))
		return ST_OK;
	st = read_item(field, &read);
	if (st != ST_OK)
		return st;
	if (*item != GOODS_NEW) {
		st = give_code(im, &read, *item);
	} else {
		st = item_insert(&im->trade, &read);
		*item = read.id;
		im->result->items_added += st == ST_OK;
	}
	if (st == ST_OK && short_enough)
		known_add(&im->items, key, (uint32_t)*item);
	return st;
}
