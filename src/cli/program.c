/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/context.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/programs.h"
#include "cli/simulation.h"
#include "cli/standing.h"
#include "shop/verbs.h"
#include "store/record_text.h"

static const char *const roundings[] = { "floor", "round", "ceil", NULL };

static const char per_help[] =
	"stamps: one for each sale or each item; points: --earn so many for each AMOUNT";
static const char valid_help[] =
	"how long points or stamps are good: months, to the end of the month or year, days, until "
	"so many months without a visit";

/* What the record's own fields cannot say in one word. */
#define RULE_FLAGS								\
	FLAG_TEXT("per", 40, .value = "sale|item|AMOUNT", .help = per_help),	\
	FLAG_MANY("category", 16, .value = "C",					\
		  .help = "only items of this category earn"),			\
	FLAG_MANY("exclude", 16, .value = "C",					\
		  .help = "items of this category earn nothing"),		\
	FLAG_TEXT("valid", 40, .value = "12m|eom|eoy|days:N|inactive:Nm|never",	\
		  .help = valid_help),						\
	FLAG("round", FIELD_CHOICE, .choices = roundings,			\
	     .help = "how fractions of a point are cut")

static const struct field add_flags[] = {
	RULE_FLAGS,
	FLAG_TEXT("reward", 64, .value = "NAME", .help = "what a full card gives; a new name "
		  "makes a free reward"),
	FLAG("award_past", FIELD_BOOL, .help = "also award the sales since --from that are in "
	     "the book"),
	{ 0 }
};

static const struct field edit_flags[] = {
	RULE_FLAGS,
	FLAG_TEXT("reward", 64, .value = "NAME", .help = "what a full card gives from now on"),
	FLAG_MANY("interim", 8, .value = "N:REWARD", .help = "at N stamps this reward too"),
	FLAG("award_past", FIELD_BOOL, .help = "also award the sales since --from that are in "
	     "the book"),
	{ 0 }
};

static const struct field try_flags[] = {
	RULE_FLAGS,
	FLAG("cost", FIELD_INT, .most = 1000000000, .value = "N", .help = "points that a reward "
	     "would take"),
	FLAG("own_cost", FIELD_MONEY, .most = MONEY_MOST, .help = "what a reward costs the shop"),
	{ 0 }
};

/* -- rules in words -- */

/* "12m", "days:90", "inactive:6m" */
static enum status read_validity(struct run *run, const char *text, struct program *p)
{
	static const struct { const char *prefix, *unit; enum validity validity; } forms[] = {
		{ "never", NULL, VALID_NEVER }, { "eom", NULL, VALID_MONTH_END },
		{ "eoy", NULL, VALID_YEAR_END }, { "days:", "", VALID_DAYS },
		{ "inactive:", "m", VALID_INACTIVE }, { "", "m", VALID_MONTHS },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		size_t len = strlen(forms[i].prefix);
		char *end;
		long n;

		if (strncmp(text, forms[i].prefix, len))
			continue;
		n = forms[i].unit ? strtol(text + len, &end, 10) : 0;
		if (forms[i].unit ? (n < 1 || n > 36500 || strcmp(end, forms[i].unit)) :
				    text[len] != '\0')
			continue;
		p->validity = forms[i].validity;
		p->valid_for = n;
		return ST_OK;
	}
	return wrong_usage(run, "--valid: \"%s\" is not one of 12m, eom, eoy, days:90, "
			   "inactive:6m or never", text);
}

static enum status read_per(struct run *run, const char *text, struct program *p)
{
	static const struct field spend = FLAG("per", FIELD_MONEY, .least = 1, .most = MONEY_MOST);
	struct field_reading how = { "--per", run->shop.decimals };
	int64_t amount;
	enum status st;

	if (p->kind == PROGRAM_POINTS) {
		st = field_parse(&spend, &amount, text, &how);
		if (st != ST_OK)
			return wrong_usage(run, "%s", status_text());
		p->spend = amount;
		return ST_OK;
	}
	if (strcmp(text, "sale") && strcmp(text, "item"))
		return wrong_usage(run, "--per: a stamp card gives a stamp per sale or per item, "
				   "not per \"%s\"", text);
	p->per = strcmp(text, "item") ? PER_SALE : PER_ITEM;
	return ST_OK;
}

/* What is given replaces what was there. */
static enum status read_categories(struct run *run, const char *flag, const char *list,
				   struct program *p)
{
	const struct field *f = record_field(&program_type, list);
	struct field_reading how = { flag, 0 };
	const char *text = "";
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && text && args_has(run->args, flag);
	     text = args_each(run->args, flag, &i))
		st = field_parse(f, p, text, &how);
	return st == ST_OK ? st : wrong_usage(run, "--%s", status_text());
}

static enum status read_rules(struct run *run, struct program *p)
{
	const struct args *a = run->args;
	enum status st = read_categories(run, "category", "include", p);

	if (st == ST_OK)
		st = read_categories(run, "exclude", "exclude", p);
	args_apply(a, p);
	if (args_has(a, "round"))
		p->rounding = args_number(a, "round");
	if (st == ST_OK && args_has(a, "valid"))
		st = read_validity(run, args_text(a, "valid"), p);
	if (st == ST_OK && args_has(a, "per"))
		st = read_per(run, args_text(a, "per"), p);
	return st;
}

/* "5:Biscuit" */
static enum status read_interim(struct run *run, struct program *p)
{
	const char *text;
	enum status st = ST_OK;

	p->milestone_count = 0;
	for (size_t i = 0; st == ST_OK && (text = args_each(run->args, "interim", &i));) {
		struct milestone *m = &p->milestones[p->milestone_count];
		struct reward reward;
		char *end;

		m->stamps = strtol(text, &end, 10);
		if (*end != ':' || end == text || p->milestone_count == 8)
			return wrong_usage(run, "--interim: write it like 5:Biscuit, at most eight "
					   "times");
		st = find_reward(run, end + 1, &reward);
		m->reward = reward.id;
		p->milestone_count++;
	}
	return st;
}

/* -- commands -- */

static enum status answer(struct run *run, const struct program *p)
{
	struct awarded past;
	enum status st = ST_OK;

	if (args_yes(run->args, "award_past")) {
		st = program_award_past(&run->shop, &run->by, p->id, &past);
		if (st != ST_OK)
			return st;
		out_done(run, "Awarded %" PRId64 " %s for %" PRId64 " sales of the past.",
			 past.amount, program_unit(p), past.sales);
	}
	return run->json ? program_print(run, p->id) : ST_OK;
}

static enum status add_with_reward(struct run *run, struct program *p, const char *name)
{
	struct reward r = { .kind = REWARD_FREE };

	if (p->kind == PROGRAM_POINTS)
		return wrong_usage(run, "--reward is what a full card gives; what points buy is "
				   "added with: regulars reward add NAME --program P --cost N");
	snprintf(r.name, sizeof(r.name), "%s", name);
	return program_add_with_reward(&run->shop, &run->by, p, &r);
}

static enum status run_add(struct run *run)
{
	struct program p = { 0 };
	const char *reward = args_text(run->args, "reward");
	enum status st;

	if (args_has(run->args, "earn"))
		p.kind = PROGRAM_POINTS;
	st = read_rules(run, &p);
	if (st == ST_OK)
		st = take_name(run, &p);
	if (st == ST_OK)
		st = *reward ? add_with_reward(run, &p, reward) :
			       program_add(&run->shop, &run->by, &p);
	if (st != ST_OK)
		return st;
	if (p.kind == PROGRAM_STAMPS && !*reward)
		out_done(run, "%s runs. It gives nothing yet: regulars reward add NAME --program "
			 "\"%s\"", p.name, p.name);
	else
		out_done(run, "%s runs.", p.name);
	return answer(run, &p);
}

static enum status run_edit(struct run *run)
{
	struct program p;
	struct reward r;
	enum status st = find_program(run, args_operand(run->args, 0), &p);

	if (st == ST_OK)
		st = read_rules(run, &p);
	if (st == ST_OK && args_has(run->args, "interim"))
		st = read_interim(run, &p);
	if (st == ST_OK && args_has(run->args, "reward")) {
		st = find_reward(run, args_text(run->args, "reward"), &r);
		p.reward = r.id;
	}
	if (st == ST_OK)
		st = program_edit(&run->shop, &run->by, &p);
	if (st != ST_OK)
		return st;
	out_done(run, "%s is changed; what was given before stays as it is.", p.name);
	return answer(run, &p);
}

/* The rules of a program that is there, or of one that is only thought of. */
static enum status rules_to_try(struct run *run, struct program *p)
{
	const char *name = args_operand(run->args, 0);
	enum status st = ST_OK;

	*p = (struct program){ .kind = args_has(run->args, "earn") ? PROGRAM_POINTS :
								   PROGRAM_STAMPS };
	if (*name)
		st = find_program(run, name, p);
	if (st == ST_OK)
		st = read_rules(run, p);
	if (st == ST_OK && p->kind == PROGRAM_STAMPS && p->goal < 1)
		return wrong_usage(run, "name a program, or say the rules to try: --goal 10, or "
				   "--earn 1 --per 100.00");
	return st;
}

static enum status run_simulate(struct run *run)
{
	struct program p;
	struct reward r = { .cost = args_number(run->args, "cost"),
			    .own_cost = args_number(run->args, "own_cost") };
	struct simulation_ask ask = { .program = &p,
				      .reward = r.cost || r.own_cost ? &r : NULL };
	struct simulation s;
	enum status st = rules_to_try(run, &p);

	ask.from = (int32_t)p.from;
	if (st == ST_OK)
		st = program_simulate(&run->shop, &ask, &s);
	return st == ST_OK ? simulation_print(run, &p, &s) : st;
}

const struct command program_commands[] = {
	{ "program", "add", "begins a stamp card or a points program", "[NAME]",
	  .record = &program_type, .flags = add_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "program", "edit", "changes the rules from now on", "PROGRAM",
	  .record = &program_type, .flags = edit_flags, .needs = WRITE_SHOP, .run = run_edit },
	{ "program", "list", "lists the programs", "", .needs = READ_SHOP, .run = program_list },
	{ "program", "show", "shows the rules of one", "PROGRAM",
	  .needs = READ_SHOP, .run = program_show },
	{ "program", "simulate", "tries rules on the sales of the past, and writes nothing",
	  "[PROGRAM]", .record = &program_type, .flags = try_flags, .needs = READ_SHOP,
	  .run = run_simulate },
	{ .name = NULL }
};
