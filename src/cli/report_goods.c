/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_goods.h"

#include <inttypes.h>

#include "cli/out.h"
#include "cli/sheets.h"

enum status goods_asked(struct run *run, struct goods_asked *out)
{
	bool given;
	enum status st = report_csv(run, &out->csv);

	if (st == ST_OK)
		st = where_read(run, &out->people, &given);
	if (st != ST_OK)
		return st;
	out->window = (struct sold_window){
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
		.only = given ? &out->people : NULL,
	};
	return sold_read(run->shop.store, &out->sold);
}

void goods_asked_release(struct goods_asked *a)
{
	people_release(&a->people);
	sold_release(&a->sold);
}

void goods_left_out(struct run *run, int64_t nameless)
{
	if (nameless == 1)
		out_line(run, "One line names no item and is left out.");
	else if (nameless)
		out_line(run, "%" PRId64 " lines name no item and are left out.", nameless);
}

void goods_unnamed(struct run *run)
{
	out_line(run, "No sale names an item: sell by item (sale add --item), or import receipts "
		 "with their lines.");
}

void goods_people(struct run *run, const char *filter)
{
	const char *where = args_text(run->args, "where");
	struct buf both = { 0 }, word = { 0 };

	if (*where)
		buf_printf(&both, "(%s) and ", where);
	buf_text(&both, filter);
	buf_shell_word(&word, both.at);
	out_line(run, "  regulars customer list --where %s", word.at);
	buf_release(&both);
	buf_release(&word);
}
