/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>

#include "cli/context.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/result.h"
#include "cli/standing.h"
#include "shop/verbs.h"
#include "store/record_text.h"

static const struct field add_flags[] = {
	FLAG_TEXT("program", 64, .value = "PROGRAM", .help = "whose points or stamps it takes"),
	FLAG_TEXT("item", 120, .value = "ITEM", .help = "with --kind free: what is free"),
	{ 0 }
};

static const struct field claim_flags[] = {
	FLAG_TEXT("receipt", RECEIPT_SIZE, .value = "NO", .help = "the bill it is used on"),
	{ 0 }
};

static enum status fill_reward(struct run *run, struct reward *r)
{
	const char *program = args_text(run->args, "program"), *item = args_text(run->args, "item");
	struct program p;
	struct item found;
	enum status st;

	args_apply(run->args, r);
	st = take_name(run, r);
	if (st == ST_OK && !*program)
		st = wrong_usage(run, "say whose points or stamps it takes: --program NAME");
	if (st == ST_OK)
		st = find_program(run, program, &p);
	if (st == ST_OK && *item)
		st = find_item(run, item, &found);
	if (st != ST_OK)
		return st;
	r->program = p.id;
	r->item = *item ? found.id : 0;
	return ST_OK;
}

static enum status run_add(struct run *run)
{
	struct reward r = { .kind = REWARD_FREE };
	enum status st;

	if (args_has(run->args, "percent"))
		r.kind = REWARD_PERCENT;
	st = fill_reward(run, &r);
	if (st == ST_OK)
		st = reward_add(&run->shop, &run->by, &r);
	if (st == ST_OK && run->json)
		out_json(run, record_json(&reward_type, &r, run->shop.decimals));
	else if (st == ST_OK)
		out_done(run, "%s can be had from now on.", r.name);
	return st;
}

static enum status run_list(struct run *run)
{
	static const char *const columns[] = {
		"id", "name", "kind", "cost", "value", "own_cost", "through", "stopped", NULL
	};
	struct listing l = { .type = &reward_type, .columns = columns };
	struct standing s;
	enum status st = read_standing(run, 0, &s);

	if (st == ST_OK) {
		listing_start(&l, run, "rewards");
		for (size_t i = 0; i < s.rewards.n; i++)
			listing_add(&l, &s.rewards.row[i]);
		listing_end(&l);
	}
	standing_release(&s);
	return st;
}

static enum status run_claim(struct run *run)
{
	struct claim c = { .receipt = args_text(run->args, "receipt") };
	struct trade_run done;
	struct reward r;
	enum status st = find_customer(run, args_operand(run->args, 0), &c.customer);

	if (st == ST_OK)
		st = find_reward(run, args_operand(run->args, 1), &r);
	if (st != ST_OK)
		return st;
	c.reward = r.id;
	st = reward_claim(&run->shop, &run->by, &c, &done);
	return st == ST_OK ? result_print(run, &done) : st;
}

const struct command reward_commands[] = {
	{ "reward", "add", "adds what customers can get", "[NAME]",
	  .record = &reward_type, .flags = add_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "reward", "list", "lists the rewards", "", .needs = READ_SHOP, .run = run_list },
	{ "reward", "claim", "gives a reward that is ready, or that points buy",
	  "CUSTOMER REWARD", .flags = claim_flags, .needs = WRITE_SHOP, .run = run_claim },
	{ .name = NULL }
};
