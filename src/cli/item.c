/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include "cli/context.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "store/record_text.h"

static void print_json(struct run *run, const struct item *item)
{
	if (run->json)
		out_json(run, record_json(&item_type, item, run->shop.decimals));
}

static enum status run_add(struct run *run)
{
	struct item item = { 0 };
	enum status st;

	args_apply(run->args, &item);
	st = take_name(run, &item);
	if (st == ST_OK)
		st = item_add(&run->shop, &run->by, &item);
	if (st != ST_OK)
		return st;
	print_json(run, &item);
	out_done(run, "%s is on the list.", item.name);
	return ST_OK;
}

static enum status run_edit(struct run *run)
{
	struct item item;
	enum status st = find_item(run, args_operand(run->args, 0), &item);

	if (st != ST_OK)
		return st;
	args_apply(run->args, &item);
	st = item_edit(&run->shop, &run->by, &item);
	if (st != ST_OK)
		return st;
	print_json(run, &item);
	out_done(run, "%s is changed.", item.name);
	return ST_OK;
}

static enum status list_work(struct txn *txn, void *arg)
{
	static const char *const columns[] = {
		"id", "name", "code", "category", "price", "own_cost", "digit", "stopped", NULL
	};
	struct run *run = arg;
	struct listing l = { .type = &item_type, .columns = columns };
	struct item item;
	struct range r;
	enum status st = ST_OK;

	buf_clear(&run->out);
	listing_start(&l, run, "items");
	range_start(&r, txn, TABLE_ITEM, NULL);
	while (st == ST_OK && range_next(&r)) {
		st = record_decode(&item_type, &item, r.value.at, r.value.len);
		if (st == ST_OK)
			listing_add(&l, &item);
	}
	range_end(&r);
	listing_end(&l);
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status run_list(struct run *run)
{
	return store_read(run->shop.store, list_work, run);
}

const struct command item_commands[] = {
	{ "item", "add", "adds what the shop sells", "[NAME]",
	  .record = &item_type, .needs = WRITE_SHOP, .run = run_add },
	{ "item", "edit", "changes what is given and leaves the rest", "ITEM",
	  .record = &item_type, .needs = WRITE_SHOP, .run = run_edit },
	{ "item", "list", "lists what the shop sells", "", .needs = READ_SHOP, .run = run_list },
	{ .name = NULL }
};
