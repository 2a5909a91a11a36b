/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/entries.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "store/record_text.h"

enum { LIMIT = 20 };

struct walk {
	const struct entries_asked *asked;
	entries_each *each;
	void *arg;
	int64_t n;
	struct entry *e;
	struct side *side;
	struct customer *customer;
};

enum status entries_asked_for(struct run *run, struct entries_asked *out)
{
	const char *who = args_text(run->args, "customer");

	out->from = (int32_t)args_number(run->args, "from");
	out->to = (int32_t)args_number(run->args, "to");
	out->limit = args_has(run->args, "limit") ? args_number(run->args, "limit") : LIMIT;
	return *who ? find_customer(run, who, &out->customer) : ST_OK;
}

static bool is_asked_for(const struct entries_asked *a, enum entry_kind kind, int32_t day)
{
	if (a->sales && kind != ENTRY_SALE && kind != ENTRY_REFUND && kind != ENTRY_WALK_IN)
		return false;
	return (!a->from || day >= a->from) && (!a->to || day <= a->to);
}

static bool is_enough(const struct walk *w)
{
	return w->asked->limit && w->n >= w->asked->limit;
}

static void give(struct txn *txn, struct walk *w)
{
	struct listed_entry row = { w->e, w->side, "", false };

	if (!side_get(txn, w->e->seq, w->side))
		record_clear(&side_type, w->side);
	if (w->e->customer && customer_get(txn, w->e->customer, w->customer))
		row.name = w->customer->name;
	row.undone = entry_is_undone(txn, w->e->seq);
	w->each(w->arg, &row);
	w->n++;
}

static enum status walk_journal(struct txn *txn, struct walk *w)
{
	struct entry_head head;
	struct range r;
	enum status st = ST_OK;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (st == ST_OK && !is_enough(w) && range_previous(&r)) {
		if (entry_head(r.key, r.value, &head) &&
		    !is_asked_for(w->asked, head.kind, head.day))
			continue;
		st = entry_decode(r.key, r.value, w->e);
		if (st == ST_OK)
			give(txn, w);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status walk_timeline(struct txn *txn, struct walk *w)
{
	struct key prefix = timeline_prefix(w->asked->customer);
	struct range r;
	enum status st = ST_OK;

	range_start(&r, txn, TABLE_TIMELINE, &prefix);
	while (st == ST_OK && !is_enough(w) && range_previous(&r)) {
		int64_t seq = (int64_t)key_read((const uint8_t *)r.key.at + r.key.len - 8, 8);

		st = journal_read(txn, seq, w->e);
		if (st == ST_OK && is_asked_for(w->asked, w->e->kind, w->e->day))
			give(txn, w);
	}
	range_end(&r);
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status walk(struct txn *txn, void *arg)
{
	struct walk *w = arg;

	return w->asked->customer ? walk_timeline(txn, w) : walk_journal(txn, w);
}

enum status entries_newest(struct run *run, const struct entries_asked *asked,
			   entries_each *each, void *arg)
{
	struct walk w = { asked, each, arg, 0, mem_alloc(sizeof(struct entry)),
			  mem_alloc(sizeof(struct side)), mem_alloc(sizeof(struct customer)) };
	enum status st = store_read(run->shop.store, walk, &w);

	free(w.e);
	free(w.side);
	free(w.customer);
	return st;
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

enum status entries_json(struct run *run, const struct entries_asked *asked, const char *name,
			 entry_shape *shape)
{
	struct shaped s = { run, shape, json_array() };
	enum status st = entries_newest(run, asked, add_shaped, &s);

	out_json(run, json_pack("{s:o}", name, s.rows));
	return st;
}
