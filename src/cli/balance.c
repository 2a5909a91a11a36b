/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/result.h"
#include "shop/backup.h"
#include "shop/compact.h"
#include "shop/upkeep.h"
#include "shop/verbs.h"
#include "store/record_text.h"

#define BALANCE_FLAGS							\
	FLAG_TEXT("program", 64, .value = "PROGRAM", .help = "whose points or stamps"),	\
	FLAG("amount", FIELD_INT, .least = -MONEY_MOST, .most = MONEY_MOST, .value = "N",	\
	     .help = "how many; below zero takes away")

static const struct field adjust_flags[] = {
	BALANCE_FLAGS,
	FLAG_TEXT("reason", 500, .help = "why; the journal keeps it"),
	{ 0 }
};

static const struct field opening_flags[] = { BALANCE_FLAGS, { 0 } };

static enum status read_adjustment(struct run *run, struct adjustment *a)
{
	const char *program = args_text(run->args, "program");
	struct program p;
	enum status st;

	if (!*program || !args_has(run->args, "amount"))
		return wrong_usage(run, "say which program and how many: --program NAME "
				   "--amount N");
	st = find_customer(run, args_operand(run->args, 0), &a->customer);
	if (st == ST_OK)
		st = find_program(run, program, &p);
	if (st != ST_OK)
		return st;
	a->program = p.id;
	a->amount = args_number(run->args, "amount");
	return ST_OK;
}

static enum status run_adjust(struct run *run)
{
	struct adjustment a = { .reason = args_text(run->args, "reason") };
	struct trade_run done;
	enum status st = read_adjustment(run, &a);

	if (st == ST_OK)
		st = balance_adjust(&run->shop, &run->by, &a, &done);
	return st == ST_OK ? result_print(run, &done) : st;
}

static enum status run_opening(struct run *run)
{
	struct adjustment a = { .reason = "" };
	struct trade_run done;
	enum status st = read_adjustment(run, &a);

	if (st == ST_OK)
		st = balance_open(&run->shop, &run->by, &a, &done);
	return st == ST_OK ? result_print(run, &done) : st;
}

static enum status run_undo(struct run *run)
{
	struct trade_run done;
	enum status st = undo_last(&run->shop, &run->by, 0, &done);

	return st == ST_OK ? result_print(run, &done) : st;
}

/* What a night does. */
struct night {
	struct swept swept;
	bool compacted;
	struct backup_nightly backup;
};

/* Somebody may sell all night: it is said, and another night will do. */
static enum status compact(struct run *run, struct night *n)
{
	enum status st = compact_if_wanted(&run->shop, run->by.now, &n->compacted);

	if (st != ST_BUSY || !run->shop.store)
		return st;
	if (!run->json)
		out_line(run, "What was erased is still in the file: %s", status_text());
	return ST_OK;
}

static void tell_night(struct run *run, const struct night *n)
{
	const struct backup_nightly *b = &n->backup;

	if (run->json) {
		out_json(run, json_pack("{s:I,s:I,s:b,s:o,s:I}", "customers",
					(json_int_t)n->swept.customers, "entries",
					(json_int_t)n->swept.entries, "compacted",
					(int)n->compacted, "backup",
					b->made ? json_text(b->backup.path) : json_null(),
					"backups_removed", (json_int_t)b->removed));
		return;
	}
	out_done(run, "What had lapsed is taken off. Customers: %" PRId64 ".",
		 n->swept.customers);
	if (n->compacted)
		out_done(run, "%s", compact_says(store_dir(run->shop.store)));
	if (b->made)
		out_done(run, "The shop is in %s, and that is verified. Older backups removed: %"
			 PRId64 ".", b->backup.path, b->removed);
}

/* A stick that is not plugged in must not keep erased people in the file: both
 * are done, and the first error is told. */
static enum status back_up_and_compact(struct run *run, struct night *n)
{
	enum status st = backup_tonight(&run->shop, run->by.now, &n->backup), compacted;
	char *sentence = mem_text(st == ST_OK ? "" : status_text());

	compacted = compact(run, n);
	if (st != ST_OK)
		fail(st, "%s", sentence);
	free(sentence);
	return st == ST_OK ? compacted : st;
}

static enum status run_sweep(struct run *run)
{
	struct night n = { .compacted = false };
	enum status st = sweep(&run->shop, &run->by, &n.swept);

	if (st == ST_OK)
		upkeep_swept(store_dir(run->shop.store), run->by.now);
	if (st == ST_OK)
		st = back_up_and_compact(run, &n);
	if (st == ST_OK)
		tell_night(run, &n);
	return st;
}

const struct command balance_commands[] = {
	{ "adjust", "", "gives or takes points or stamps by hand", "CUSTOMER",
	  .flags = adjust_flags, .needs = WRITE_SHOP, .run = run_adjust },
	{ "opening", "", "books a balance from paper or another system, once", "CUSTOMER",
	  .flags = opening_flags, .needs = WRITE_SHOP, .run = run_opening },
	{ "undo", "", "takes back your own last entry of today", "",
	  .needs = WRITE_SHOP, .run = run_undo },
	{ "sweep", "", "the night's work: takes off what has lapsed, makes a backup", "",
	  .needs = WRITE_SHOP, .run = run_sweep,
	  .details = "As often as one likes. The backup goes to the folder that config set "
		     "backup_folder\nnames, when the last one is older than 20 hours; 7 days, 4 "
		     "weeks and 12 months stay.\nWhen customers were erased, the file is written "
		     "anew without them." },
	{ .name = NULL }
};
