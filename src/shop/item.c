/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/item.h"

#include <inttypes.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"
#include "shop/rule.h"

static const struct field item_fields[] = {
	FIELD(1, FIELD_INT, struct item, id, .flags = FIELD_INTERNAL, .label = "Id"),
	FIELD(2, FIELD_TEXT, struct item, name, .flags = FIELD_REQUIRED, .label = "Item",
	      .value = "TEXT", .help = "what it is called on a bill"),
	FIELD(3, FIELD_TEXT, struct item, code, .label = "Code", .value = "CODE",
	      .help = "barcode, or the till's own code"),
	FIELD(4, FIELD_TEXT, struct item, category, .label = "Category", .value = "TEXT",
	      .help = "what programs and reports put together: tea, snacks"),
	FIELD(5, FIELD_MONEY, struct item, price, .most = MONEY_MOST, .label = "Price",
	      .value = "AMOUNT", .help = "of one; none is asked for at the counter"),
	FIELD(6, FIELD_MONEY, struct item, own_cost, .most = MONEY_MOST, .label = "Own cost",
	      .value = "AMOUNT", .help = "what one costs the shop"),
	FIELD(7, FIELD_INT, struct item, digit, .most = 9, .label = "Digit", .value = "N",
	      .help = "1 to 9: picks it with one key at the counter"),
	FIELD(8, FIELD_BOOL, struct item, stopped, .label = "Stopped", .help = "no longer sold"),
	{ 0 }
};
const struct record_type item_type = {
	"item", sizeof(struct item), item_fields, offsetof(struct item, later)
};

/* -- keys -- */

enum { KEY_CODE = 1, KEY_NAME, FOLD_ROOM = 200 };

static struct key id_key(int64_t id)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)id, 4);
	return k;
}

static struct key code_key(const char *code)
{
	struct key k;

	k.len = 0;
	key_int(&k, KEY_CODE, 1);
	for (; *code; code++)
		key_int(&k, (uint8_t)(*code >= 'A' && *code <= 'Z' ? *code + 'a' - 'A' : *code), 1);
	return k;
}

/* What the keys of items with this name begin with; the id follows. */
static struct key name_prefix(const char *name)
{
	char fold[FOLD_ROOM];
	struct key k;

	text_fold(name, fold, sizeof(fold));
	k.len = 0;
	key_int(&k, KEY_NAME, 1);
	key_text(&k, fold);
	key_int(&k, 0, 1);
	return k;
}

static struct key name_key(const struct item *item)
{
	struct key k = name_prefix(item->name);

	key_int(&k, (uint64_t)item->id, 4);
	return k;
}

void item_rows(const struct item *item, item_row *each, void *arg)
{
	struct key id = id_key(item->id), name = name_key(item), code = code_key(item->code);

	if (*item->code)
		each(arg, TABLE_ITEM_KEY, &code, (struct bytes){ id.at, id.len });
	each(arg, TABLE_ITEM_KEY, &name, (struct bytes){ "", 0 });
}

static void put_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	txn_put(arg, table, key, value);
}

static void delete_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	(void)value;
	txn_delete(arg, table, key);
}

/* -- looking up -- */

bool item_decode(struct txn *txn, struct bytes value, struct item *item)
{
	if (record_decode(&item_type, item, value.at, value.len) == ST_OK)
		return true;
	txn_fail(txn, ST_CORRUPT);
	return false;
}

bool item_get(struct txn *txn, int64_t id, struct item *item)
{
	struct key k = id_key(id);
	struct bytes value;

	record_clear(&item_type, item);
	return id > 0 && id <= UINT32_MAX && txn_get(txn, TABLE_ITEM, &k, &value) &&
	       item_decode(txn, value, item);
}

int64_t item_by_code(struct txn *txn, const char *code)
{
	struct key k;
	struct bytes value;

	if (!*code || strlen(code) >= sizeof(((struct item *)0)->code))
		return 0;
	k = code_key(code);
	if (!txn_get(txn, TABLE_ITEM_KEY, &k, &value) || value.len != 4)
		return 0;
	return (int64_t)key_read(value.at, 4);
}

size_t items_by_name(struct txn *txn, const char *name, int64_t *ids, size_t most)
{
	struct key prefix = name_prefix(name);
	struct range r;
	size_t n = 0;

	range_start(&r, txn, TABLE_ITEM_KEY, &prefix);
	while (n < most && range_next(&r))
		if (r.key.len == prefix.len + 4)
			ids[n++] = (int64_t)key_read((const uint8_t *)r.key.at + prefix.len, 4);
	range_end(&r);
	return n;
}

int64_t item_lookup(struct txn *txn, const char *code, const char *name)
{
	int64_t id = item_by_code(txn, code), named;
	struct item item;

	if (id || !*name || !items_by_name(txn, name, &named, 1))
		return id;
	if (!*code)
		return named;
	return item_get(txn, named, &item) && !*item.code ? named : 0;
}

const char *item_category(struct trade *t, int64_t id)
{
	static char folded[FOLD_ROOM];	/* one thread, one question at a time */
	struct item item;

	folded[0] = '\0';
	if (item_get(t->txn, id, &item))
		text_fold(item.category, folded, sizeof(folded));
	return folded;
}

/* -- changes; each is an entry with the item as it now is -- */

static enum status put(struct trade *t, const struct item *item)
{
	uint8_t row[1024];
	size_t len = sizeof(row);
	struct key k = id_key(item->id);
	enum status st = record_encode(&item_type, item, row, &len);

	if (st != ST_OK)
		return st;
	txn_put(t->txn, TABLE_ITEM, &k, (struct bytes){ row, len });
	item_rows(item, put_row, t->txn);
	book_start(&t->book, t->entry, ENTRY_ITEM, &t->by);
	t->entry->subject = item->id;
	st = entry_set_rule(t->entry, &item_type, item, t->shop->decimals);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	t->seq = t->entry->seq;
	return st;
}

static enum status check_code(struct txn *txn, const struct item *item)
{
	int64_t owner = item_by_code(txn, item->code);
	struct item other;

	if (!owner || owner == item->id)
		return txn_status(txn);
	item_get(txn, owner, &other);
	return fail(ST_EXISTS, "code %s belongs to %s (#%" PRId64 ") already", item->code,
		    other.name, owner);
}

static int64_t next_id(struct txn *txn)
{
	struct range r;
	int64_t id = 1;

	range_start(&r, txn, TABLE_ITEM, NULL);
	if (range_previous(&r))
		id = (int64_t)key_read(r.key.at, 4) + 1;
	range_end(&r);
	return id;
}

enum status item_insert(struct trade *t, struct item *item)
{
	enum status st;

	item->id = 0;
	st = check_code(t->txn, item);
	if (st != ST_OK)
		return st;
	item->id = next_id(t->txn);
	return put(t, item);
}

static bool same(const struct item *a, const struct item *b)
{
	for (const struct field *f = item_fields; f->tag; f++)
		if (!field_is_equal(f, a, b))
			return false;
	return true;
}

enum status item_update(struct trade *t, const struct item *before, const struct item *after)
{
	enum status st;

	if (same(before, after))
		return ST_OK;
	st = check_code(t->txn, after);
	if (st != ST_OK)
		return st;
	item_rows(before, delete_row, t->txn);
	return put(t, after);
}
