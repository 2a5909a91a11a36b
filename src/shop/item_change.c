/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/item.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "shop/rule.h"

static enum status tidy(struct item *item)
{
	char clean[sizeof(item->name)];
	enum status st;

	for (const struct field *f = item_type.fields; f->tag; f++) {
		char *text = field_at(f, item);

		if (f->type != FIELD_TEXT)
			continue;
		st = text_clean(text, strnlen(text, f->size), clean, f->size);
		if (st != ST_OK)
			return fail(ST_INVALID, "%s: %s", f->label, status_text());
		strcpy(text, clean);
	}
	if (!*item->name)
		return fail(ST_INVALID, "an item needs a name");
	if (item->price < 0 || item->own_cost < 0 || item->digit < 0 || item->digit > 9)
		return fail(ST_INVALID, "price and own cost are not below zero, and the digit is "
			    "1 to 9");
	return ST_OK;
}

/* Of all other items, which are few. */
static enum status check_digit(struct txn *txn, const struct item *item)
{
	struct item other;
	struct range r;
	enum status st = ST_OK;

	if (!item->digit)
		return ST_OK;
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (st == ST_OK && range_next(&r))
		if (item_decode(txn, r.value, &other) && other.id != item->id &&
		    other.digit == item->digit)
			st = fail(ST_EXISTS, "digit %" PRId64 " picks %s already", item->digit,
				  other.name);
	range_end(&r);
	return st;
}

static enum status check_name(struct txn *txn, const struct item *item)
{
	int64_t ids[2];
	size_t n = items_by_name(txn, item->name, ids, 2);
	struct item other;

	for (size_t i = 0; i < n; i++)
		if (ids[i] != item->id && item_get(txn, ids[i], &other) &&
		    (!*item->code || !*other.code))
			return fail(ST_EXISTS, "there is an item %s (#%" PRId64 ") already; "
				    "two of one name need a code each", other.name, other.id);
	return ST_OK;
}

static enum status check(struct txn *txn, const struct item *item)
{
	enum status st = check_name(txn, item);

	if (st == ST_OK)
		st = check_digit(txn, item);
	return st == ST_OK ? txn_status(txn) : st;
}

static uint64_t content_of(const struct item *item)
{
	uint8_t row[1024];
	size_t len = sizeof(row);

	/* What is too large here is refused when it is put. */
	return record_encode(&item_type, item, row, &len) == ST_OK ? digest_content(row, len) : 1;
}

static enum status add(struct trade *t, void *arg)
{
	struct item *item = arg;
	enum status st;

	item->id = 0;
	st = check(t->txn, item);
	return st == ST_OK ? item_insert(t, item) : st;
}

/* The operation was done before: the item it made. */
static enum status repeat(struct shop *shop, int64_t seq, struct item *item)
{
	struct entry *e = entry_new();
	enum status st = shop_entry(shop, seq, e);

	item->id = e->subject;
	entry_free(e);
	return st;
}

enum status item_add(struct shop *shop, const struct actor *by, struct item *item)
{
	struct trade_run run = { .work = add, .arg = item };
	enum status st = tidy(item);

	if (st != ST_OK)
		return st;
	item->id = 0;
	run.content = content_of(item);
	st = trade_run(shop, by, &run);
	return st == ST_OK && run.repeated ? repeat(shop, run.seq, item) : st;
}

static enum status edit(struct trade *t, void *arg)
{
	struct item *item = arg, before;
	enum status st;

	if (!item_get(t->txn, item->id, &before))
		return fail(ST_NOT_FOUND, "there is no item #%" PRId64, item->id);
	item->later = before.later;
	st = check(t->txn, item);
	return st == ST_OK ? item_update(t, &before, item) : st;
}

enum status item_edit(struct shop *shop, const struct actor *by, struct item *item)
{
	struct trade_run run = { .work = edit, .arg = item };
	enum status st = tidy(item);

	if (st != ST_OK)
		return st;
	run.content = content_of(item);
	return trade_run(shop, by, &run);
}

/* -- which item somebody means -- */

enum { NEAR = 3, FAR = 4, FOLD_ROOM = 200, NAME_SHOWN = 60 };

struct near {
	int64_t id;
	unsigned distance;
	char name[sizeof(((struct item *)0)->name)];
};

/* How far a name is from the one that was meant; a part of it is near. */
static unsigned distance(const char *want, const char *name)
{
	char have[FOLD_ROOM];

	text_fold(name, have, sizeof(have));
	return strstr(have, want) ? 1 : text_distance(want, have, FAR - 1);
}

/* Keeps the nearest, nearest first. */
static void consider(struct near near[NEAR + 1], size_t *n, const struct item *item, unsigned far)
{
	size_t i = *n;

	for (; i > 0 && near[i - 1].distance > far; i--)
		near[i] = near[i - 1];
	near[i] = (struct near){ .id = item->id, .distance = far };
	strcpy(near[i].name, item->name);
	if (*n < NEAR)
		(*n)++;
}

static size_t find_near(struct txn *txn, const char *text, struct near near[NEAR + 1])
{
	char want[FOLD_ROOM];
	struct item item;
	struct range r;
	size_t n = 0;

	text_fold(text, want, sizeof(want));
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (*want && range_next(&r)) {
		unsigned far;

		if (!item_decode(txn, r.value, &item))
			continue;
		far = distance(want, item.name);
		if (far < FAR)
			consider(near, &n, &item, far);
	}
	range_end(&r);
	return n;
}

static enum status no_such_item(struct txn *txn, const char *text)
{
	struct near near[NEAR + 1];
	char names[NEAR * (NAME_SHOWN + 2) + 1] = "";
	size_t n = find_near(txn, text, near);

	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	if (!n)
		return fail(ST_NOT_FOUND, "there is no item \"%.60s\"; add it with: "
			    "regulars item add", text);
	for (size_t i = 0; i < n; i++) {
		if (i)
			strcat(names, ", ");
		strncat(names, near[i].name, text_cut(near[i].name, NAME_SHOWN));
	}
	return fail(ST_NOT_FOUND, "there is no item \"%.60s\"; near to it: %s", text, names);
}

/* "#3", or with 'bare' also "3"; 0: no number of an item. */
static int64_t by_number(struct txn *txn, const char *text, bool bare)
{
	const char *digits = text + (*text == '#');
	struct item item;
	int64_t id;

	if ((!bare && digits == text) || !*digits || digits[strspn(digits, "0123456789")])
		return 0;
	id = strtoll(digits, NULL, 10);
	return item_get(txn, id, &item) ? id : 0;
}

enum status item_resolve(struct txn *txn, const char *text, int64_t *id)
{
	int64_t named[2];
	size_t n;

	*id = by_number(txn, text, false);
	if (!*id)
		*id = item_by_code(txn, text);
	if (*id)
		return txn_status(txn);
	n = items_by_name(txn, text, named, 2);
	if (n == 2)
		return fail(ST_REFUSED, "\"%.60s\" is the name of items #%" PRId64 " and #%" PRId64
			    "; say which by number or code", text, named[0], named[1]);
	*id = n ? named[0] : by_number(txn, text, true);
	if (*id)
		return txn_status(txn);
	return no_such_item(txn, text);
}
