/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "ledger/merge.h"
#include "shop/earn.h"
#include "shop/explain.h"
#include "shop/sale.h"
#include "store/record_text.h"

/* Where each point, stamp and reward of a customer came from, how long it is
 * good, and what is missing for the next reward. */

enum { SHORT = 12 };

static const struct field explain_flags[] = {
	FLAG("all", FIELD_BOOL, .help = "every entry and lot, not just the newest"),
	{ 0 }
};

struct explained {
	struct run *run;
	struct standing standing;
	struct merges merges;
	struct entry *e;		/* that opened the lot at hand */
	char receipt[RECEIPT_TEXT];
	int64_t given;			/* with the lot, before anything was spent */
};

/* The entry that opened a lot. One that is damaged is left to verify. */
static void read_origin(struct explained *x, const struct lot *lot)
{
	if (shop_entry(&x->run->shop, lot->seq, x->e) != ST_OK)
		entry_clear(x->e);
	sale_receipt(x->e, x->receipt);
	x->given = lot->n < x->e->posting_count ? x->e->postings[lot->n].amount : lot->left;
}

/* The last day; 0 never. A program whose points lapse by absence says it for
 * all lots alike. */
static int32_t good_through(const struct explained *x, const struct program *p,
			    const struct lot *lot)
{
	int32_t last = (int32_t)x->standing.holder.figures.last_day;

	if (p && p->validity == VALID_INACTIVE && last)
		return day_add_months(last, (int)p->valid_for);
	return lot->through == LOT_NEVER ? 0 : (int32_t)lot->through;
}

static bool is_good(const struct explained *x, const struct program *p, const struct lot *lot)
{
	int32_t through = good_through(x, p, lot);

	return lot->left > 0 && (!through || through >= x->standing.today);
}

/* The next of those who became this customer, with its first entry in x->e. */
static const struct merge *next_merge(struct explained *x, size_t *i)
{
	size_t n;
	const struct merge *m = merges_of(&x->merges, x->standing.customer.id, &n);

	if (*i >= n)
		return NULL;
	m += (*i)++;
	if (shop_entry(&x->run->shop, m->seq, x->e) != ST_OK)
		entry_clear(x->e);
	return m;
}

static void say_merges(struct explained *x)
{
	const struct merge *m;
	char day[DAY_TEXT];

	for (size_t i = 0; (m = next_merge(x, &i));) {
		day_print(x->e->day, day);
		out_line(x->run, "#%" PRId64 " became one with them on %s, with entry %" PRId64,
			 m->from, day, m->seq);
	}
}

/* What the shop says, line by line. */
static enum status say_all(struct explained *x)
{
	struct format format = plain_format(x->run);
	struct explaining ask = {
		.customer = x->standing.customer.id, .now = x->run->by.now, .format = &format,
		.most = args_yes(x->run->args, "all") ? 0 : SHORT };
	struct buf text = { 0 };
	enum status st = shop_explain(&x->run->shop, &ask, &text);

	for (char *line = text.at, *end; st == ST_OK && line && *line; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		out_line(x->run, "%s", line);
	}
	buf_release(&text);
	if (st == ST_OK)
		say_merges(x);
	return st;
}

/* -- JSON -- */

static json_t *lots_json(struct explained *x, const struct program *p, int64_t unit)
{
	const struct position *position = holder_position(&x->standing.holder, unit);
	json_t *rows = json_array();

	for (size_t i = 0; position && i < position->lot_count; i++) {
		const struct lot *lot = &position->lots[i];
		json_t *row;

		if (lot->left <= 0)
			continue;
		read_origin(x, lot);
		row = json_object();
		json_object_set_new(row, "seq", json_integer(lot->seq));
		json_object_set_new(row, "kind", json_string(entry_kind_name(x->e->kind)));
		json_object_set_new(row, "receipt", json_text(x->receipt));
		json_object_set_new(row, "day", figure_day(clock_day(lot->acquired)));
		json_object_set_new(row, "given", json_integer(x->given));
		json_object_set_new(row, "left", json_integer(lot->left));
		json_object_set_new(row, "from", figure_day((int32_t)lot->from));
		json_object_set_new(row, "through", figure_day(good_through(x, p, lot)));
		json_object_set_new(row, "good", json_boolean(is_good(x, p, lot)));
		json_array_append_new(rows, row);
	}
	return rows;
}

static json_t *program_json(struct explained *x, const struct program *p)
{
	json_t *json = json_object();

	json_object_set_new(json, "program", json_text(p->name));
	json_object_set_new(json, "unit", json_string(program_unit(p)));
	json_object_set_new(json, "amount", json_integer(standing_balance(&x->standing, p)));
	json_object_set_new(json, "pending", json_integer(standing_pending(&x->standing, p)));
	json_object_set_new(json, "lots", lots_json(x, p, unit_make(UNIT_PROGRAM, p->id)));
	return json;
}

static json_t *reward_json(struct explained *x, const struct reward *r)
{
	const struct program *p = program_by_id(&x->standing.programs, r->program);
	json_t *json = json_object();

	json_object_set_new(json, "reward", json_text(r->name));
	json_object_set_new(json, "ready", json_integer(standing_ready(&x->standing, r)));
	json_object_set_new(json, "missing", p ? json_integer(standing_missing(&x->standing, r)) :
						 json_null());
	json_object_set_new(json, "lots", lots_json(x, NULL, unit_make(UNIT_REWARD, r->id)));
	return json;
}

static json_t *merges_json(struct explained *x)
{
	json_t *rows = json_array();
	const struct merge *m;

	for (size_t i = 0; (m = next_merge(x, &i));) {
		json_t *row = json_object();

		json_object_set_new(row, "id", json_integer(m->from));
		json_object_set_new(row, "seq", json_integer(m->seq));
		json_object_set_new(row, "day", figure_day(x->e->day));
		json_array_append_new(rows, row);
	}
	return rows;
}

static void print_json(struct explained *x)
{
	const struct standing *s = &x->standing;
	json_t *programs = json_array(), *rewards = json_array(), *json = json_object();

	for (size_t i = 0; i < s->programs.n; i++)
		if (standing_shows(s, &s->programs.row[i]))
			json_array_append_new(programs, program_json(x, &s->programs.row[i]));
	for (size_t i = 0; i < s->rewards.n; i++)
		json_array_append_new(rewards, reward_json(x, &s->rewards.row[i]));
	json_object_set_new(json, "id", json_integer(s->customer.id));
	json_object_set_new(json, "name", json_text(s->customer.name));
	json_object_set_new(json, "programs", programs);
	json_object_set_new(json, "rewards", rewards);
	json_object_set_new(json, "merged", merges_json(x));
	out_json(x->run, json);
}

static enum status read_merges(struct txn *txn, void *arg)
{
	struct merges *m = arg;

	merges_release(m);	/* run again */
	merges_load(txn, m);
	return txn_status(txn);
}

static enum status run_explain(struct run *run)
{
	struct explained *x = mem_alloc(sizeof(*x));
	int64_t id;
	enum status st = find_customer(run, args_operand(run->args, 0), &id);

	x->run = run;
	x->e = mem_alloc(sizeof(*x->e));
	if (st == ST_OK)
		st = read_standing(run, id, &x->standing);
	if (st == ST_OK)
		st = store_read(run->shop.store, read_merges, &x->merges);
	if (st == ST_OK && run->json)
		print_json(x);
	else if (st == ST_OK)
		st = say_all(x);
	standing_release(&x->standing);
	merges_release(&x->merges);
	free(x->e);
	free(x);
	return st;
}

const struct command explain_commands[] = {
	{ "explain", "", "tells where points, stamps and rewards came from, and until when they "
	  "are good", "CUSTOMER", .flags = explain_flags, .needs = READ_SHOP,
	  .run = run_explain },
	{ .name = NULL }
};
