/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"
#include "insight/items.h"

/* What was worked out, for people and programs. */

void items_filter(const struct sold *s, const struct items *all, const struct items_row *row,
		  struct buf *out)
{
	buf_text(out, "bought(");
	goods_filter_item(&s->goods, row->item, out);
	sold_filter_window(s, &all->used.window, out);
	buf_text(out, ")");
}

static const struct sheet_column columns[] = {
	{ "item", N_("Item"), SHEET_TEXT },
	{ "sales", N_("Receipts"), SHEET_COUNT },
	{ "pieces", N_("Pieces"), SHEET_NUMBER },
	{ "revenue", N_("Revenue"), SHEET_MONEY },
	{ "margin", N_("Margin"), SHEET_MONEY },
	{ "customers", N_("Customers"), SHEET_COUNT },
	{ "return_rate", N_("Came back"), SHEET_SHARE },
	{ "first_buyers", N_("of new to it"), SHEET_COUNT },
	{ "stands_out", N_("Stands out"), SHEET_WORD },
	{ "return_revenue", N_("They paid"), SHEET_MONEY },
	{ "return_margin", N_("Its margin"), SHEET_MONEY },
	{ 0 }
};

static void add_money(struct sheet *out, bool known, int64_t minor)
{
	if (known)
		sheet_money(out, minor);
	else
		sheet_nothing(out);
}

void items_sheet(const struct sold *s, const struct items *all, struct sheet *out)
{
	sheet_start(out, columns);
	for (size_t i = 0; i < all->n; i++) {
		const struct items_row *row = &all->row[i];

		sheet_text(out, s->goods.row[row->item].name);
		sheet_count(out, row->sales);
		sheet_number(out, (double)row->quantity / 1000);
		sheet_money(out, row->revenue);
		add_money(out, row->has_margin, row->margin);
		sheet_count(out, row->customers);
		sheet_share(out, row->came_back);
		sheet_count(out, row->came_back.whole);
		sheet_text(out, row->stands_out ? N_("yes") : share_tells(row->came_back) ?
			   N_("no") : N_("too few to tell"));
		sheet_money(out, row->return_revenue);
		add_money(out, all->has_margin, row->return_margin);
	}
}

const struct definition items_definitions[] = {
	{ "sales", N_("Receipts are those of the window with the item. What was undone or wholly "
		      "given back is not there, and neither are lines that name no item.") },
	{ "revenue", N_("Revenue is what its lines came to, before points and rewards came off the "
			"bill; less what was given back, in proportion.") },
	{ "margin", N_("Margin is revenue less own cost times pieces; where the item's own cost is "
		       "known.") },
	{ "customers", N_("People are the known customers who bought it in the window, also if "
			  "they gave it back later: the same as filters find.") },
	{ "return_rate", N_("Came back is, of the customers whose first receipt ever with the item "
			    "is in the window, and early enough in it, the share who bought "
			    "anything on a later day within so many days.") },
	{ "stands_out", N_("It stands out when its share is above that of all items together, more "
			   "than by chance: Fisher's exact test; of all that are called so, at "
			   "most one in twenty is chance (Benjamini and Hochberg).") },
	{ "return_revenue", N_("Paid on return days is what these customers paid on the days on "
			       "which they came back. Items of one first receipt each have all of "
			       "it.") },
	{ "return_margin", N_("Each brought is the margin of those days' lines whose own cost is "
			      "known. By it, for each first-time buyer, items are in order.") },
	{ 0 }
};
