/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sales.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/entries.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "shop/sale.h"
#include "store/record_text.h"

const struct field sale_list_flags[] = { ENTRIES_FLAGS, { 0 } };

/* -- the list -- */

struct listed {
	struct run *run;
	struct grid grid;
};

static json_t *head_json(const struct run *run, const struct listed_entry *row)
{
	const struct entry *e = row->e;
	char receipt[RECEIPT_TEXT], time[INSTANT_TEXT];
	json_t *json = json_object();

	sale_receipt(e, receipt);
	instant_print(e->occurred, time);
	json_object_set_new(json, "seq", json_integer(e->seq));
	json_object_set_new(json, "kind", json_string(entry_kind_name(e->kind)));
	json_object_set_new(json, "receipt", json_text(receipt));
	json_object_set_new(json, "number", json_text(e->number));
	json_object_set_new(json, "time", json_string(time));
	json_object_set_new(json, "customer", figure_id(e->customer));
	json_object_set_new(json, "name", json_text(row->name));
	json_object_set_new(json, "who", json_text(e->who));
	json_object_set_new(json, "amount", figure_money(run, e->total + e->discount));
	json_object_set_new(json, "discount", figure_money(run, e->discount));
	json_object_set_new(json, "total", figure_money(run, e->total));
	json_object_set_new(json, "undone", json_boolean(row->undone));
	return json;
}

static void add_row(void *arg, const struct listed_entry *row)
{
	struct listed *l = arg;
	const struct entry *e = row->e;
	char receipt[RECEIPT_TEXT], time[INSTANT_TEXT], money[MONEY_TEXT];
	static const char *const words[] = {
		[ENTRY_REFUND] = "refund", [ENTRY_WALK_IN] = "not rung up"
	};

	sale_receipt(e, receipt);
	instant_print(e->occurred, time);
	time[16] = '\0';
	time[10] = ' ';
	grid_cell(&l->grid, receipt);
	grid_cell(&l->grid, time);
	grid_cell(&l->grid, amount_text(l->run, e->total, money));
	grid_cell(&l->grid, row->label);
	grid_cell(&l->grid, row->undone ? "undone" : e->kind == ENTRY_SALE ? "" : words[e->kind]);
}

enum status sale_list(struct run *run)
{
	struct listed l = { .run = run };
	struct recent_ask asked = { .kinds = RECENT_SALES };
	enum status st = entries_asked_for(run, &asked);

	if (st != ST_OK)
		return st;
	if (run->json)
		return entries_json(run, &asked, "sales", head_json);
	grid_start(&l.grid);
	grid_column(&l.grid, "Receipt", GRID_LEFT);
	grid_column(&l.grid, "Time", GRID_LEFT);
	grid_column(&l.grid, "Total", GRID_RIGHT);
	grid_column(&l.grid, "Customer", GRID_LEFT);
	grid_column(&l.grid, "", GRID_LEFT);
	st = entries_newest(run, &asked, add_row, &l);
	grid_end_list(&l.grid, run);
	return st;
}

/* -- one sale -- */

struct shown {
	struct run *run;
	int64_t seq;
	struct entry *e, *room;
	struct side side;
	struct refunded refunded;
	struct customer customer;
	struct item item;
	bool undone;
	json_t *lines;		/* with names */
};

static void name_lines(struct txn *txn, struct shown *s)
{
	char room[SALE_WORDS];

	s->lines = field_json(record_field(&entry_type, "lines"), s->e, s->run->shop.decimals);
	for (size_t i = 0; i < s->e->line_count; i++) {
		json_t *line = json_array_get(s->lines, i);
		const char *name = s->e->lines[i].item ? "" : sale_words(&s->side, i + 1, room);

		if (s->e->lines[i].item && item_get(txn, s->e->lines[i].item, &s->item))
			name = s->item.name;
		json_object_set_new(line, "name", json_text(name));
	}
}

static enum status read_sale(struct txn *txn, void *arg)
{
	struct shown *s = arg;
	enum status st = journal_read(txn, s->seq, s->e);

	if (st == ST_OK)
		st = sale_refunded(txn, s->room, s->seq, &s->refunded);
	if (st != ST_OK)
		return st;
	if (s->e->customer && !customer_get(txn, s->e->customer, &s->customer))
		record_clear(&customer_type, &s->customer);
	side_get(txn, s->seq, &s->side);
	s->undone = entry_is_undone(txn, s->seq);
	name_lines(txn, s);
	return txn_status(txn);
}

static void show_json(struct shown *s)
{
	struct listed_entry row = { .e = s->e, .side = &s->side, .name = s->customer.name,
				    .undone = s->undone };
	json_t *json = head_json(s->run, &row);

	json_object_set_new(json, "tax", figure_money(s->run, s->e->tax));
	json_object_set_new(json, "refunded", figure_money(s->run, s->refunded.money));
	json_object_set_new(json, "refunds", json_integer(s->refunded.count));
	json_object_set_new(json, "tenders", field_json(record_field(&entry_type, "tenders"), s->e,
							s->run->shop.decimals));
	json_object_set(json, "lines", s->lines);
	out_json(s->run, json);
}

static void show_lines(struct shown *s)
{
	struct grid grid;
	json_t *line;
	size_t i;

	grid_start(&grid);
	grid_column(&grid, "Item", GRID_LEFT);
	grid_column(&grid, "Quantity", GRID_RIGHT);
	grid_column(&grid, "Amount", GRID_RIGHT);
	json_array_foreach(s->lines, i, line) {
		const char *name = json_string_value(json_object_get(line, "name"));

		grid_cell(&grid, name ? name : "?");
		grid_cell(&grid, json_string_value(json_object_get(line, "quantity")));
		grid_cell(&grid, json_string_value(json_object_get(line, "amount")));
	}
	grid_end(&grid, s->run);
}

static void show_words(struct shown *s)
{
	char receipt[RECEIPT_TEXT], time[INSTANT_TEXT], money[MONEY_TEXT], who[CUSTOMER_TITLE];
	struct run *run = s->run;

	sale_receipt(s->e, receipt);
	instant_print(s->e->occurred, time);
	out_pair(run, "Receipt", receipt);
	out_pair(run, "Time", time);
	customer_title(&s->customer, who);
	out_pair(run, "Customer", s->e->customer ? who : "nobody");
	out_pair(run, "By", s->e->who);
	out_pair(run, "Bill", amount_text(run, s->e->total + s->e->discount, money));
	if (s->e->discount)
		out_pair(run, "Discount", amount_text(run, s->e->discount, money));
	out_pair(run, "Paid", amount_text(run, s->e->total, money));
	if (s->refunded.count)
		out_pair(run, "Refunded", amount_text(run, s->refunded.money, money));
	if (s->undone)
		out_pair(run, "Undone", "yes");
	show_lines(s);
}

enum status sale_show(struct run *run)
{
	struct shown *s = mem_alloc(sizeof(*s));
	enum status st;

	s->run = run;
	s->e = mem_alloc(sizeof(*s->e));
	s->room = mem_alloc(sizeof(*s->room));
	st = find_sale(run, args_operand(run->args, 0), &s->seq);
	if (st == ST_OK)
		st = store_read(run->shop.store, read_sale, s);
	if (st == ST_OK && run->json)
		show_json(s);
	else if (st == ST_OK)
		show_words(s);
	json_decref(s->lines);
	free(s->e);
	free(s->room);
	free(s);
	return st;
}
