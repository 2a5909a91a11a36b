/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>

#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/result.h"
#include "shop/upkeep.h"
#include "shop/verbs.h"

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

static enum status run_sweep(struct run *run)
{
	struct swept swept = { 0 };
	enum status st = sweep(&run->shop, &run->by, &swept);

	if (st != ST_OK)
		return st;
	upkeep_swept(store_dir(run->shop.store), run->by.now);
	if (run->json)
		out_json(run, json_pack("{s:I,s:I}", "customers", (json_int_t)swept.customers,
					"entries", (json_int_t)swept.entries));
	else
		out_done(run, "What had lapsed is taken off. Customers: %" PRId64 ".",
			 swept.customers);
	return ST_OK;
}

const struct command balance_commands[] = {
	{ "adjust", "", "gives or takes points or stamps by hand", "CUSTOMER",
	  .flags = adjust_flags, .needs = WRITE_SHOP, .run = run_adjust },
	{ "opening", "", "books a balance from paper or another system, once", "CUSTOMER",
	  .flags = opening_flags, .needs = WRITE_SHOP, .run = run_opening },
	{ "undo", "", "takes back your own last entry of today", "",
	  .needs = WRITE_SHOP, .run = run_undo },
	{ "sweep", "", "takes off points, stamps and rewards that have lapsed", "",
	  .needs = WRITE_SHOP, .run = run_sweep },
	{ .name = NULL }
};
