/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/result.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "ledger/unit.h"
#include "shop/sale.h"
#include "shop/tell.h"
#include "store/record_text.h"

/* [{"program","unit","amount"}] for programs that moved against 'counter'. */
static json_t *movements(const struct deed *d, enum counterpart counter, int sign)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < d->standing.programs.n; i++) {
		const struct program *p = &d->standing.programs.row[i];
		int64_t amount = entry_moved(d->entry, unit_make(UNIT_PROGRAM, p->id), counter);
		json_t *row;

		if (!amount)
			continue;
		row = json_object();
		json_object_set_new(row, "program", json_text(p->name));
		json_object_set_new(row, "unit", json_string(program_unit(p)));
		json_object_set_new(row, "amount", json_integer(sign * amount));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* Names of rewards, as often as they became ready. */
static json_t *ready_names(const struct deed *d)
{
	json_t *names = json_array();

	for (size_t i = 0; i < d->standing.rewards.n; i++) {
		const struct reward *reward = &d->standing.rewards.row[i];

		for (int64_t n = entry_made_ready(d->entry, reward); n > 0; n--)
			json_array_append_new(names, json_text(reward->name));
	}
	return names;
}

static void print_json(struct run *run, const struct deed *d)
{
	const struct entry *e = d->entry;
	json_t *json = json_object();
	char receipt[RECEIPT_TEXT];

	sale_receipt(e, receipt);
	json_object_set_new(json, "seq", json_integer(e->seq));
	json_object_set_new(json, "kind", json_string(entry_kind_name(e->kind)));
	json_object_set_new(json, "receipt", json_text(receipt));
	json_object_set_new(json, "customer", figure_id(e->customer));
	json_object_set_new(json, "name", json_text(d->standing.customer.name));
	json_object_set_new(json, "amount", figure_money(run, e->total + e->discount));
	json_object_set_new(json, "discount", figure_money(run, e->discount));
	json_object_set_new(json, "total", figure_money(run, e->total));
	json_object_set_new(json, "balances", e->customer ? standing_balances(&d->standing) :
							    json_array());
	json_object_set_new(json, "ready", standing_rewards(&d->standing));
	json_object_set_new(json, "earned", movements(d, COUNTER_ISSUED, 1));
	json_object_set_new(json, "used", movements(d, COUNTER_REDEEMED, -1));
	json_object_set_new(json, "expired", movements(d, COUNTER_EXPIRED, -1));
	json_object_set_new(json, "adjusted", movements(d, COUNTER_ADJUSTED, 1));
	json_object_set_new(json, "opened", movements(d, COUNTER_OPENING, 1));
	json_object_set_new(json, "rewards", ready_names(d));
	json_object_set_new(json, "repeated", json_boolean(d->repeated));
	out_json(run, json);
}

static void print_words(struct run *run, const struct deed *d)
{
	struct format plain = plain_format(run);
	struct buf words = { 0 };

	tell_done(d, &plain, &words);
	out_done(run, "%s", words.at);
	buf_release(&words);
}

enum status result_print(struct run *run, const struct trade_run *done)
{
	struct deed *d = mem_alloc(sizeof(*d));
	enum status st = deed_read(&run->shop, done, clock_day(run->by.now), d);

	if (st == ST_OK && run->json)
		print_json(run, d);
	else if (st == ST_OK)
		print_words(run, d);
	deed_release(d);
	free(d);
	return st;
}
