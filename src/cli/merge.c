/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/customers.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/consent.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "store/record_text.h"

const struct field customer_merge_flags[] = {
	FLAG_MANY("take", 16, .value = "FIELD", .help = "this field as FROM has it: name, "
		  "birthday ...; else as INTO has it"),
	FLAG("dry_run", FIELD_BOOL, .help = "show what would become of them and change nothing"),
	{ 0 }
};

struct merging {
	struct run *run;
	struct customer_merge ask;
	struct customer from, into;
	struct customer_merged done;
	struct standing after;
};

static enum status read_take(struct merging *m)
{
	const char *name;

	for (size_t i = 0; (name = args_each(m->run->args, "take", &i));) {
		const struct field *f = record_field(&customer_type, name);

		if (!f || !customer_field_is_choice(f))
			return wrong_usage(m->run, "--take: \"%.40s\" is not a field to choose; "
					   "of phones, emails, cards, tags and notes both are "
					   "kept", name);
		m->ask.take |= UINT64_C(1) << f->tag;
	}
	return ST_OK;
}

static enum status read_two(struct merging *m)
{
	const struct args *a = m->run->args;
	enum status st = find_customer(m->run, args_operand(a, 0), &m->ask.from);

	if (st == ST_OK)
		st = find_customer(m->run, args_operand(a, 1), &m->ask.into);
	if (st == ST_OK)
		st = read_customer(m->run, m->ask.from, &m->from);
	return st == ST_OK ? read_customer(m->run, m->ask.into, &m->into) : st;
}

/* What was tried is in no store. */
static enum status read_after(struct merging *m)
{
	enum status st = read_standing(m->run, m->ask.into, &m->after);

	if (st != ST_OK || !m->ask.dry_run)
		return st;
	m->after.customer = m->done.customer;
	holder_release(&m->after.holder);
	m->after.holder = m->done.holder;
	m->done.holder = (struct holder){ 0 };
	return ST_OK;
}

static void print_json(const struct merging *m)
{
	json_t *json = record_json(&customer_type, &m->after.customer, m->run->shop.decimals);

	json_object_set_new(json, "consent", consent_json(&m->after.customer, NULL));
	json_object_set_new(json, "merged", json_integer(m->ask.from));
	json_object_set_new(json, "dry_run", json_boolean(m->ask.dry_run));
	json_object_set_new(json, "balances", standing_balances(&m->after));
	json_object_set_new(json, "rewards", standing_rewards(&m->after));
	json_object_set_new(json, "repeated", json_boolean(m->done.run.repeated));
	out_json(m->run, json);
}

static void print_words(const struct merging *m)
{
	char from[CUSTOMER_TITLE], into[CUSTOMER_TITLE];

	customer_title(&m->from, from);
	customer_title(&m->into, into);
	if (m->ask.dry_run) {
		out_line(m->run, "%s would become one with %s:", from, into);
		out_record(m->run, &customer_type, &m->after.customer);
		standing_print(&m->after, m->run);
		out_done(m->run, "Nothing was changed.");
	} else {
		out_done(m->run, "%s is one with %s now.", from, into);
	}
}

enum status customer_merge_run(struct run *run)
{
	struct merging *m = mem_alloc(sizeof(*m));
	enum status st;

	m->run = run;
	m->ask.dry_run = args_yes(run->args, "dry_run");
	st = read_take(m);
	if (st == ST_OK)
		st = read_two(m);
	if (st == ST_OK)
		st = customer_merge(&run->shop, &run->by, &m->ask, &m->done);
	if (st == ST_OK)
		st = read_after(m);
	if (st == ST_OK && run->json)
		print_json(m);
	else if (st == ST_OK)
		print_words(m);
	holder_release(&m->done.holder);
	standing_release(&m->after);
	free(m);
	return st;
}
