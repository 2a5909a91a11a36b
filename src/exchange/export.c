/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/merge.h"
#include "shop/instance.h"
#include "shop/item.h"
#include "shop/rule.h"

/* A part ends with whichever comes first. */
enum { PART_BYTES = 256 * 1024, PART_ROWS = 5000 };

struct exporting {
	struct shop *shop;
	char *dir;
	int64_t restored;		/* when the shop came out of a backup; 0 never */
	const struct export_options *how;
	export_shape *shape;
	enum table table;
	struct key last;		/* of the rows that were made; len 0: none yet */
	bool ended;
	struct buf text;
	struct entry *e;
	struct side *side;
	struct customer *customer;
	struct item *item;
};

/* -- one row -- */

static bool wants(const struct exporting *x, int64_t customer)
{
	return !x->how->wants || x->how->wants(x->how->arg, customer);
}

/* What cannot be read is met again when it is decoded. */
static bool is_wanted(const struct exporting *x, const struct range *r)
{
	struct entry_head head;

	if (!entry_head(r->key, r->value, &head))
		return true;
	if (x->how->kind != EXPORT_JOURNAL && head.kind != ENTRY_SALE &&
	    head.kind != ENTRY_REFUND)
		return false;
	return !x->how->wants || wants(x, account_of(r->txn, head.customer));
}

static enum status add_entry(struct exporting *x, struct export_row *row, const struct range *r)
{
	struct listed_entry listed = { .e = x->e, .side = x->side };
	enum status st;

	if (!is_wanted(x, r))
		return ST_OK;
	st = entry_decode(r->key, r->value, x->e);
	if (st != ST_OK)
		return st;
	if (!side_get(row->txn, x->e->seq, x->side))
		record_clear(&side_type, x->side);
	if (!x->e->customer || !customer_get(row->txn, x->e->customer, x->customer))
		record_clear(&customer_type, x->customer);
	listed.name = x->customer->name;
	listed.undone = entry_is_undone(row->txn, x->e->seq);
	row->entry = &listed;
	row->customer = x->customer;
	x->shape(x->how->arg, row, &x->text);
	return ST_OK;
}

static enum status add_person(struct exporting *x, struct export_row *row, const struct range *r)
{
	struct standing s;
	enum status st = record_decode(&customer_type, x->customer, r->value.at, r->value.len);

	if (st != ST_OK || x->customer->erased || !wants(x, x->customer->id))
		return st;
	st = standing_load(row->txn, x->customer->id, clock_day(x->how->now), &s);
	row->standing = &s;
	row->customer = &s.customer;
	if (st == ST_OK)
		x->shape(x->how->arg, row, &x->text);
	standing_release(&s);
	return st;
}

static enum status add_item(struct exporting *x, struct export_row *row, const struct range *r)
{
	if (!item_decode(row->txn, r->value, x->item))
		return txn_status(row->txn);
	row->item = x->item;
	x->shape(x->how->arg, row, &x->text);
	return ST_OK;
}

static enum status add_row(struct exporting *x, const struct range *r)
{
	struct export_row row = { .txn = r->txn, .shop = x->shop };

	switch (x->table) {
	case TABLE_JOURNAL: return add_entry(x, &row, r);
	case TABLE_CUSTOMER: return add_person(x, &row, r);
	default: return add_item(x, &row, r);
	}
}

/* -- one part -- */

static bool is_last(const struct exporting *x, struct bytes key)
{
	return key.len == x->last.len && !memcmp(key.at, x->last.at, key.len);
}

/* Goes behind the last row that was made. */
static bool start(struct exporting *x, struct txn *txn, struct range *r)
{
	range_start(r, txn, x->table, NULL);
	if (x->last.len)
		range_seek(r, &x->last);
	return range_next(r) && (!is_last(x, r->key) || range_next(r));
}

static void note_place(struct exporting *x, struct bytes key)
{
	x->last.len = 0;
	key_bytes(&x->last, key.at, key.len);
}

static enum status make_part(struct txn *txn, void *arg)
{
	struct exporting *x = arg;
	struct range r;
	size_t rows = 0;
	bool more = start(x, txn, &r);
	enum status st = ST_OK;

	while (st == ST_OK && more && rows++ < PART_ROWS && x->text.len < PART_BYTES) {
		st = add_row(x, &r);
		note_place(x, r.key);
		more = range_next(&r);
	}
	range_end(&r);
	x->ended = !more;
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status write_part(struct exporting *x)
{
	enum status st = ST_OK;

	if (x->text.len)
		st = x->how->write(x->how->arg, x->text.at, x->text.len);
	buf_clear(&x->text);
	return st;
}

/* -- the whole -- */

static enum table table_of(enum export_kind kind)
{
	switch (kind) {
	case EXPORT_SALES:
	case EXPORT_JOURNAL: return TABLE_JOURNAL;
	case EXPORT_ITEMS: return TABLE_ITEM;
	case EXPORT_CUSTOMERS:
	case EXPORT_POINTS:
	case EXPORT_KINDS: break;
	}
	return TABLE_CUSTOMER;
}

static export_shape *const csv_shapes[EXPORT_KINDS] = {
	[EXPORT_CUSTOMERS] = export_customer, [EXPORT_SALES] = export_sale,
	[EXPORT_ITEMS] = export_item, [EXPORT_POINTS] = export_points,
	[EXPORT_JOURNAL] = export_journal
};

static enum status note_instance(struct exporting *x)
{
	struct instance now;
	enum status st = instance_look(x->shop, &now);

	x->restored = now.since;
	return st;
}

/* A compacted store goes on where the old one ended; another one has other rows
 * in the same places. */
static enum status open_again(struct exporting *x)
{
	int64_t before = x->restored;
	enum status st = shop_open(x->dir, x->shop);

	if (st == ST_OK)
		st = note_instance(x);
	if (st == ST_OK && x->restored != before)
		st = fail(ST_BUSY, "the shop was restored while it was exported: export again");
	return st;
}

static enum status hold(struct exporting *x)
{
	if (x->shop->store && store_is_wanted(x->shop->store))
		shop_close(x->shop);
	return x->shop->store ? ST_OK : open_again(x);
}

static enum status run(struct exporting *x)
{
	enum status st = note_instance(x);

	while (st == ST_OK && !x->ended) {
		st = hold(x);
		if (st == ST_OK)
			st = store_read(x->shop->store, make_part, x);
		if (st == ST_OK)
			st = write_part(x);
	}
	return st == ST_OK ? write_part(x) : st;
}

enum status export_run(struct shop *shop, const struct export_options *how)
{
	struct exporting x = {
		.shop = shop, .dir = mem_text(store_dir(shop->store)), .how = how,
		.table = table_of(how->kind),
		.shape = how->shape ? how->shape : csv_shapes[how->kind],
		.e = entry_new(), .side = mem_alloc(sizeof(struct side)),
		.customer = mem_alloc(sizeof(struct customer)),
		.item = mem_alloc(sizeof(struct item)),
	};
	enum status st;

	if (!how->shape)
		export_names(how->kind, &x.text);
	st = run(&x);
	buf_release(&x.text);
	entry_free(x.e);
	free(x.side);
	free(x.customer);
	free(x.item);
	free(x.dir);
	return st;
}
