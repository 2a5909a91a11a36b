/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "cli/figures.h"
#include "cli/out.h"
#include "cli/report_goods.h"
#include "cli/sheets.h"
#include "insight/items.h"
#include "store/record_text.h"

/* What each item sells, and whether who tries it comes back. */

const struct field report_items_flags[] = {
	FLAG_FROM, FLAG_TO, FLAG_WHERE,
	FLAG("days", FIELD_INT, .least = 1, .most = 3650, .value = "N", .help = "to come back in; "
	     "else 30"),
	FLAG_CSV,
	{ 0 }
};

static json_t *item_json(const struct run *run, const struct goods_asked *a,
			 const struct items *all, const struct items_row *row)
{
	const struct good *good = &a->sold.goods.row[row->item];
	json_t *json = json_object();

	json_object_set_new(json, "id", json_integer(good->id));
	json_object_set_new(json, "item", json_text(good->name));
	json_object_set_new(json, "sales", json_integer(row->sales));
	json_object_set_new(json, "pieces", json_real((double)row->quantity / 1000));
	json_object_set_new(json, "revenue", figure_money(run, row->revenue));
	json_object_set_new(json, "margin",
			    row->has_margin ? figure_money(run, row->margin) : json_null());
	json_object_set_new(json, "customers", json_integer(row->customers));
	json_object_set_new(json, "first_buyers", json_integer(row->came_back.whole));
	json_object_set_new(json, "came_back", json_integer(row->came_back.part));
	json_object_set_new(json, "return_rate", figure_share(row->came_back));
	json_object_set_new(json, "tells", json_boolean(share_tells(row->came_back)));
	json_object_set_new(json, "stands_out", json_boolean(row->stands_out));
	json_object_set_new(json, "return_revenue", figure_money(run, row->return_revenue));
	json_object_set_new(json, "return_margin", all->has_margin ?
			    figure_money(run, row->return_margin) : json_null());
	return json;
}

static void items_json(struct run *run, const struct goods_asked *a, const struct items *all)
{
	json_t *json = json_object(), *rows = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_array_append_new(rows, item_json(run, a, all, &all->row[i]));
	json_object_set_new(json, "from", figure_day(all->used.window.from));
	json_object_set_new(json, "to", figure_day(all->used.window.to));
	json_object_set_new(json, "days", json_integer(all->used.days));
	json_object_set_new(json, "lines_left_out", json_integer(all->nameless));
	json_object_set_new(json, "items", rows);
	report_definitions(json, items_definitions);
	out_json(run, json);
}

struct shown_items {
	const struct sold *sold;
	const struct items *all;
};

static void add_item(struct grid *grid, struct run *run, const struct shown_items *shown,
		     const struct items_row *row)
{
	const struct items *all = shown->all;
	char money[MONEY_TEXT];

	grid_cell(grid, shown->sold->goods.row[row->item].name);
	grid_cellf(grid, "%" PRId64, row->sales);
	grid_cell(grid, amount_text(run, row->revenue, money));
	grid_cell(grid, row->has_margin ? amount_text(run, row->margin, money) : "");
	grid_cellf(grid, "%" PRId64, row->customers);
	if (share_tells(row->came_back))
		grid_cellf(grid, "%.0f %%", 100 * share_value(row->came_back));
	else
		grid_cell(grid, "too few");
	grid_cellf(grid, "%" PRId64, row->came_back.whole);
	grid_cell(grid, share_tells(row->came_back) ?
		  amount_text(run, items_return_each(all, row), money) : "");
}

static void print_items(struct run *run, const struct goods_asked *a, const struct items *all)
{
	const struct shown_items shown = { &a->sold, all };
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "Item", GRID_LEFT);
	grid_column(&grid, "Receipts", GRID_RIGHT);
	grid_column(&grid, "Revenue", GRID_RIGHT);
	grid_column(&grid, "Margin", GRID_RIGHT);
	grid_column(&grid, "Customers", GRID_RIGHT);
	grid_column(&grid, "Back", GRID_RIGHT);
	grid_column(&grid, "of new", GRID_RIGHT);
	grid_column(&grid, "Each brings", GRID_RIGHT);
	for (size_t i = 0; i < all->n; i++)
		add_item(&grid, run, &shown, &all->row[i]);
	grid_end(&grid, run);
}

static void items_words(struct run *run, const struct goods_asked *a, const struct items *all)
{
	const struct items_row *best = items_best(all);
	char money[MONEY_TEXT];

	report_window(run, all->used.window.from, all->used.window.to);
	goods_left_out(run, all->nameless);
	if (!all->used.window.to)
		return;
	if (!all->n) {
		goods_unnamed(run);
		return;
	}
	print_items(run, a, all);
	if (best)
		out_line(run, "Who tries %s comes back more often than others: %.0f %% within %d "
			 "days, %s %s each. Let new faces taste it.",
			 a->sold.goods.row[best->item].name, 100 * share_value(best->came_back),
			 all->used.days, amount_text(run, items_return_each(all, best), money),
			 all->has_margin ? "of margin" : "paid");
	else
		out_line(run, "No item brings people back more often than the others, as far as "
			 "chance lets one tell.");
}

enum status report_items(struct run *run)
{
	struct items_options options = { .days = (int)args_number(run->args, "days") };
	struct goods_asked a = { .csv = false };
	struct items all = { .n = 0 };
	struct sheet sheet;
	enum status st = goods_asked(run, &a);

	options.window = a.window;
	if (st == ST_OK)
		st = items_of(&a.sold, &options, &all);
	if (st == ST_OK && run->json) {
		items_json(run, &a, &all);
	} else if (st == ST_OK && a.csv) {
		items_sheet(&a.sold, &all, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else if (st == ST_OK) {
		items_words(run, &a, &all);
	}
	items_release(&all);
	goods_asked_release(&a);
	return st;
}
