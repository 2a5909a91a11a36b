/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>

#include "base/clock.h"
#include "cli/entries.h"
#include "cli/out.h"
#include "shop/consent.h"
#include "shop/sale.h"
#include "store/record_text.h"

static const struct field journal_flags[] = { ENTRIES_FLAGS, { 0 } };

struct listed {
	struct run *run;
	struct grid grid;
};

static void add_row(void *arg, const struct listed_entry *row)
{
	struct listed *l = arg;
	const struct entry *e = row->e;
	struct consent said;
	char time[INSTANT_TEXT], receipt[RECEIPT_TEXT], total[MONEY_TEXT];

	instant_print(e->recorded, time);
	sale_receipt(e, receipt);
	grid_cellf(&l->grid, "%" PRId64, e->seq);
	grid_cellf(&l->grid, "%.19s", time);
	grid_cell(&l->grid, e->who);
	if (consent_of_entry(e, &said))
		grid_cellf(&l->grid, "consent, %s %s", consent_channel_names[said.channel],
			   consent_state_names[said.state]);
	else
		grid_cellf(&l->grid, "%s%s", entry_kind_name(e->kind),
			   row->undone ? ", undone" : "");
	grid_cell(&l->grid, e->total ? amount_text(l->run, e->total, total) : "");
	grid_cell(&l->grid, e->receipt[0] ? receipt : "");
	grid_cell(&l->grid, row->name);
}

static enum status run_journal(struct run *run)
{
	struct listed l = { .run = run };
	struct recent_ask asked = { 0 };
	enum status st = entries_asked_for(run, &asked);

	if (st != ST_OK)
		return st;
	if (run->json)
		return entries_json(run, &asked, "entries", entry_json);
	grid_start(&l.grid);
	grid_column(&l.grid, "Entry", GRID_RIGHT);
	grid_column(&l.grid, "Recorded", GRID_LEFT);
	grid_column(&l.grid, "Who", GRID_LEFT);
	grid_column(&l.grid, "What", GRID_LEFT);
	grid_column(&l.grid, "Total", GRID_RIGHT);
	grid_column(&l.grid, "Receipt", GRID_LEFT);
	grid_column(&l.grid, "Customer", GRID_LEFT);
	st = entries_newest(run, &asked, add_row, &l);
	grid_end_list(&l.grid, run);
	return st;
}

const struct command journal_commands[] = {
	{ "journal", "", "lists what was done, newest first", "",
	  .flags = journal_flags, .needs = READ_SHOP, .run = run_journal },
	{ .name = NULL }
};
