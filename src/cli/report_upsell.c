/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "cli/figures.h"
#include "cli/out.h"
#include "cli/report_goods.h"
#include "cli/sheets.h"
#include "insight/upsell.h"
#include "store/record_text.h"

/* Who could take the better one. */

const struct field report_upsell_flags[] = {
	FLAG_FROM, FLAG_TO, FLAG_WHERE,
	FLAG("least", FIELD_INT, .least = 1, .most = 1000, .value = "N", .help = "receipts with "
	     "the cheaper one that make a habit; else 3"),
	FLAG_CSV,
	{ 0 }
};

static void words_of(const struct run *run, const struct sold *s, const struct upsell_row *row,
		     struct buf *out)
{
	char money[MONEY_TEXT];

	upsell_words(s, row, amount_text(run, row->high_price - row->low_price, money), out);
}

static json_t *row_json(const struct run *run, const struct sold *s, const struct upsell *u,
			const struct upsell_row *row)
{
	json_t *json = json_object();
	struct buf filter = { 0 }, words = { 0 };

	upsell_filter(s, u, row, &filter);
	words_of(run, s, row, &words);
	json_object_set_new(json, "category", json_text(s->goods.category[row->category]));
	json_object_set_new(json, "takes", json_text(s->goods.row[row->low].name));
	json_object_set_new(json, "could_take", json_text(s->goods.row[row->high].name));
	json_object_set_new(json, "price", figure_money(run, row->low_price));
	json_object_set_new(json, "better_price", figure_money(run, row->high_price));
	json_object_set_new(json, "takes_sales", json_integer(row->low_sales));
	json_object_set_new(json, "could_take_sales", json_integer(row->high_sales));
	json_object_set_new(json, "people", json_integer(row->people));
	json_object_set_new(json, "sales", json_integer(row->sales));
	json_object_set_new(json, "more", figure_money(run, row->more));
	json_object_set_new(json, "filter", json_text(filter.at));
	json_object_set_new(json, "words", json_text(words.at));
	buf_release(&filter);
	buf_release(&words);
	return json;
}

static void upsell_json(struct run *run, const struct sold *s, const struct upsell *u)
{
	json_t *json = json_object(), *rows = json_array();

	for (size_t i = 0; i < u->n; i++)
		json_array_append_new(rows, row_json(run, s, u, &u->row[i]));
	json_object_set_new(json, "from", figure_day(u->used.window.from));
	json_object_set_new(json, "to", figure_day(u->used.window.to));
	json_object_set_new(json, "least", json_integer(u->used.least));
	json_object_set_new(json, "pairs", rows);
	report_definitions(json, upsell_definitions);
	out_json(run, json);
}

static void print_pairs(struct run *run, const struct sold *s, const struct upsell *u)
{
	char money[MONEY_TEXT];
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "Category", GRID_LEFT);
	grid_column(&grid, "Always take", GRID_LEFT);
	grid_column(&grid, "could take", GRID_LEFT);
	grid_column(&grid, "for more", GRID_RIGHT);
	grid_column(&grid, "People", GRID_RIGHT);
	grid_column(&grid, "Could bring", GRID_RIGHT);
	for (size_t i = 0; i < u->worth; i++) {
		const struct upsell_row *row = &u->row[i];

		grid_cell(&grid, s->goods.category[row->category]);
		grid_cell(&grid, s->goods.row[row->low].name);
		grid_cell(&grid, s->goods.row[row->high].name);
		grid_cell(&grid, amount_text(run, row->high_price - row->low_price, money));
		grid_cellf(&grid, "%" PRId64, row->people);
		grid_cell(&grid, amount_text(run, row->more, money));
	}
	grid_end(&grid, run);
}

static void upsell_report(struct run *run, const struct sold *s, const struct upsell *u)
{
	struct buf filter = { 0 }, words = { 0 };

	report_window(run, u->used.window.from, u->used.window.to);
	if (!u->used.window.to)
		return;
	if (!s->line_count) {
		goods_unnamed(run);
		return;
	}
	if (!u->n) {
		out_line(run, "No category has two items of different prices that are sold; give "
			 "items a category to see who could take the better one.");
		return;
	}
	if (!u->worth) {
		out_line(run, "Nobody always takes the cheaper of two things and never the "
			 "dearer one.");
		return;
	}
	print_pairs(run, s, u);
	words_of(run, s, &u->row[0], &words);
	out_line(run, "To say to them: %s", words.at);
	upsell_filter(s, u, &u->row[0], &filter);
	goods_people(run, filter.at);
	buf_release(&filter);
	buf_release(&words);
}

enum status report_upsell(struct run *run)
{
	struct upsell_options options = { .least = (int)args_number(run->args, "least") };
	struct goods_asked a = { .csv = false };
	struct upsell u = { .n = 0 };
	struct sheet sheet;
	enum status st = goods_asked(run, &a);

	options.window = a.window;
	if (st == ST_OK)
		st = upsell_of(&a.sold, &options, &u);
	if (st == ST_OK && run->json) {
		upsell_json(run, &a.sold, &u);
	} else if (st == ST_OK && a.csv) {
		upsell_sheet(&a.sold, &u, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else if (st == ST_OK) {
		upsell_report(run, &a.sold, &u);
	}
	upsell_release(&u);
	goods_asked_release(&a);
	return st;
}
