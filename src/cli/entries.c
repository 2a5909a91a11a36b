/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/entries.h"

#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "store/record_text.h"

enum { LIMIT = 20 };

enum status entries_asked_for(struct run *run, struct recent_ask *out)
{
	const char *who = args_text(run->args, "customer");

	out->from = (int32_t)args_number(run->args, "from");
	out->to = (int32_t)args_number(run->args, "to");
	out->limit = args_has(run->args, "limit") ? args_number(run->args, "limit") : LIMIT;
	return *who ? find_customer(run, who, &out->customer) : ST_OK;
}

struct walk {
	const struct recent_ask *ask;
	recent_each *each;
	void *arg;
};

static enum status walk(struct txn *txn, void *arg)
{
	const struct walk *w = arg;

	return recent_walk(txn, w->ask, w->each, w->arg);
}

enum status entries_newest(struct run *run, const struct recent_ask *ask, recent_each *each,
			   void *arg)
{
	struct walk w = { ask, each, arg };

	return store_read(run->shop.store, walk, &w);
}

json_t *entry_json(const struct run *run, const struct listed_entry *row)
{
	const struct entry *e = row->e;
	json_t *json = record_json(&entry_type, e, run->shop.decimals);

	json_object_set_new(json, "seq", json_integer(e->seq));
	json_object_set_new(json, "kind", json_string(entry_kind_name(e->kind)));
	json_object_set_new(json, "day", figure_day(e->day));
	json_object_set_new(json, "customer", figure_id(e->customer));
	json_object_set_new(json, "total", figure_money(run, e->total));
	json_object_set_new(json, "reason", json_text(row->side->reason));
	json_object_set_new(json, "words", json_text(row->side->words));
	json_object_set_new(json, "undone", json_boolean(row->undone));
	return json;
}

struct shaped {
	const struct run *run;
	entry_shape *shape;
	json_t *rows;
};

static void add_shaped(void *arg, const struct listed_entry *row)
{
	struct shaped *s = arg;

	json_array_append_new(s->rows, s->shape(s->run, row));
}

enum status entries_json(struct run *run, const struct recent_ask *ask, const char *name,
			 entry_shape *shape)
{
	struct shaped s = { run, shape, json_array() };
	enum status st = entries_newest(run, ask, add_shaped, &s);

	out_json(run, json_pack("{s:o}", name, s.rows));
	return st;
}
