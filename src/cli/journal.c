/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "cli/entries.h"
#include "cli/out.h"
#include "shop/consent.h"
#include "shop/journal_find.h"
#include "shop/why.h"
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
	grid_cell(&l->grid, row->label);
}

/* -- one entry -- */

static void print_why(struct run *run, const char *text)
{
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
		out_line(run, "%.*s", (int)strcspn(line, "\n"), line);
}

struct one {
	const struct run *run;
	json_t *json;
};

static void take_one(void *arg, const struct listed_entry *row)
{
	struct one *o = arg;

	o->json = entry_json(o->run, row);
}

/* All that an entry says, and why in words. */
static enum status tell_entry(struct run *run, const char *named)
{
	struct format format = plain_format(run);
	struct why_ask why = { .today = clock_day(run->by.now), .format = &format };
	struct recent_ask asked = { .seqs = &why.seq, .limit = 1 };
	struct one one = { run, NULL };
	struct buf text = { 0 };
	enum status st = journal_entry(run->shop.store, named, &why.seq);

	if (st == ST_OK)
		st = shop_why(&run->shop, &why, &text);
	if (st == ST_OK && run->json)
		st = entries_newest(run, &asked, take_one, &one);
	if (st == ST_OK && run->json)
		out_json(run, json_pack("{s:o,s:o}", "entry", one.json, "why",
					json_text(text.at)));
	else if (st == ST_OK)
		print_why(run, text.at);
	buf_release(&text);
	return st;
}

/* -- the list -- */

static enum status run_journal(struct run *run)
{
	struct listed l = { .run = run };
	struct recent_ask asked = { 0 };
	enum status st;

	if (*args_operand(run->args, 0))
		return tell_entry(run, args_operand(run->args, 0));
	st = entries_asked_for(run, &asked);
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
	{ "journal", "", "lists what was done, newest first; of one entry or receipt tells what "
	  "it did, and why", "[ENTRY]",
	  .flags = journal_flags, .needs = READ_SHOP, .run = run_journal },
	{ .name = NULL }
};
