/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/result.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "ledger/unit.h"
#include "shop/sale.h"
#include "store/record_text.h"

struct result {
	struct run *run;
	const struct entry *e;
	struct standing standing;
	bool repeated;
	struct buf words;
};

/* What the entry moved of a unit against one counterpart. */
static int64_t moved(const struct entry *e, int64_t unit, enum counterpart counter)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit && e->postings[i].counter == (int64_t)counter)
			sum += e->postings[i].amount;
	return sum;
}

static bool touches(const struct entry *e, int64_t unit)
{
	for (uint32_t i = 0; i < e->posting_count; i++)
		if (e->postings[i].unit == unit)
			return true;
	return false;
}

static int64_t unit_of(const struct program *p)
{
	return unit_make(UNIT_PROGRAM, p->id);
}

/* Ready after the entry and not before it: not what was used at once. */
static int64_t newly_ready(const struct entry *e, const struct reward *r)
{
	int64_t unit = unit_make(UNIT_REWARD, r->id);
	int64_t issued = moved(e, unit, COUNTER_ISSUED);

	return issued > 0 ? issued + moved(e, unit, COUNTER_REDEEMED) : 0;
}

/* -- JSON -- */

/* [{"program","unit","amount"}] for programs that moved against 'counter'. */
static json_t *movements(const struct result *r, enum counterpart counter, int sign)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < r->standing.programs.n; i++) {
		const struct program *p = &r->standing.programs.row[i];
		int64_t amount = moved(r->e, unit_of(p), counter);
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
static json_t *ready_names(const struct result *r)
{
	json_t *names = json_array();

	for (size_t i = 0; i < r->standing.rewards.n; i++) {
		const struct reward *reward = &r->standing.rewards.row[i];

		for (int64_t n = newly_ready(r->e, reward); n > 0; n--)
			json_array_append_new(names, json_text(reward->name));
	}
	return names;
}

static void print_json(struct result *r)
{
	const struct entry *e = r->e;
	json_t *json = json_object();
	char receipt[RECEIPT_TEXT];

	sale_receipt(e, receipt);
	json_object_set_new(json, "seq", json_integer(e->seq));
	json_object_set_new(json, "kind", json_string(entry_kind_name(e->kind)));
	json_object_set_new(json, "receipt", json_text(receipt));
	json_object_set_new(json, "customer", figure_id(e->customer));
	json_object_set_new(json, "name", json_text(r->standing.customer.name));
	json_object_set_new(json, "amount", figure_money(r->run, e->total + e->discount));
	json_object_set_new(json, "discount", figure_money(r->run, e->discount));
	json_object_set_new(json, "total", figure_money(r->run, e->total));
	json_object_set_new(json, "balances", e->customer ? standing_balances(&r->standing) :
							    json_array());
	json_object_set_new(json, "ready", standing_rewards(&r->standing));
	json_object_set_new(json, "earned", movements(r, COUNTER_ISSUED, 1));
	json_object_set_new(json, "used", movements(r, COUNTER_REDEEMED, -1));
	json_object_set_new(json, "expired", movements(r, COUNTER_EXPIRED, -1));
	json_object_set_new(json, "adjusted", movements(r, COUNTER_ADJUSTED, 1));
	json_object_set_new(json, "opened", movements(r, COUNTER_OPENING, 1));
	json_object_set_new(json, "rewards", ready_names(r));
	json_object_set_new(json, "repeated", json_boolean(r->repeated));
	out_json(r->run, json);
}

/* -- words -- */

static void say_sale(struct result *r, const char *receipt, const char *who)
{
	char bill[MONEY_TEXT], off[MONEY_TEXT], total[MONEY_TEXT];
	const struct entry *e = r->e;

	amount_text(r->run, e->total + e->discount, bill);
	amount_text(r->run, e->discount, off);
	amount_text(r->run, e->total, total);
	if (e->discount)
		buf_printf(&r->words, "Saved %s: %s less %s is %s", receipt, bill, off, total);
	else
		buf_printf(&r->words, "Saved %s: %s", receipt, total);
	buf_printf(&r->words, e->customer ? ", %s." : ".%s", who);
}

static const char *reward_name(const struct result *r, int64_t id, const char *otherwise)
{
	const struct reward *reward = reward_by_id(&r->standing.rewards, id);

	return reward ? reward->name : otherwise;
}

static void say_kind(struct result *r)
{
	const struct entry *e = r->e;
	char receipt[RECEIPT_TEXT], title[CUSTOMER_TITLE], money[MONEY_TEXT];
	const char *who = r->standing.customer.name;

	sale_receipt(e, receipt);
	customer_title(&r->standing.customer, title);
	if (!e->customer || !*who)
		who = e->customer ? title : "";
	switch (e->kind) {
	case ENTRY_SALE:
		say_sale(r, receipt, who);
		return;
	case ENTRY_REFUND:
		buf_printf(&r->words, "Refunded %s of %s", amount_text(r->run, -e->total, money),
			   receipt);
		buf_printf(&r->words, e->customer ? ", %s." : ".%s", who);
		return;
	case ENTRY_CLAIM:
		buf_printf(&r->words, "%s for %s.", reward_name(r, e->subject, "A reward"), who);
		return;
	case ENTRY_UNDO:
		buf_printf(&r->words, "Entry %" PRId64 " is undone.", e->about);
		return;
	default:
		buf_printf(&r->words, "Booked for %s.", who);
	}
}

/* 'change': what was put on, not counting cards that it filled. */
static void say_stamps(struct result *r, const struct program *p, int64_t change, bool filled)
{
	int64_t on_card = standing_balance(&r->standing, p);

	if (change == 1 || change == -1)
		buf_printf(&r->words, "%+" PRId64 " stamp", change);
	else
		buf_printf(&r->words, "%+" PRId64 " stamps", change);
	if (filled)
		buf_printf(&r->words, " fills the card: %" PRId64 " of %" PRId64 " on the next "
			   "one.", on_card, p->goal);
	else if (on_card < 0)
		buf_printf(&r->words, " (owes %" PRId64 ").", -on_card);
	else
		buf_printf(&r->words, " (%" PRId64 " of %" PRId64 "): %" PRId64 " more for %s.",
			   on_card, p->goal, p->goal - on_card,
			   reward_name(r, p->reward, "a full card"));
}

static void say_points(struct result *r, const struct program *p, int64_t change, int64_t used)
{
	int64_t balance = standing_balance(&r->standing, p);
	int64_t pending = standing_pending(&r->standing, p);

	if (used > 0)
		buf_printf(&r->words, "Paid with %" PRId64 " points", used);
	if (used > 0 && change)
		buf_text(&r->words, ", ");
	if (change == 1 || change == -1)
		buf_printf(&r->words, "%+" PRId64 " point", change);
	else if (change)
		buf_printf(&r->words, "%+" PRId64 " points", change);
	if (balance < 0)
		buf_printf(&r->words, " (owes %" PRId64 ").", -balance);
	else if (pending)
		buf_printf(&r->words, " (%" PRId64 " to spend, %" PRId64 " pending).", balance,
			   pending);
	else
		buf_printf(&r->words, " (%" PRId64 " in all).", balance);
}

static void say_program(struct result *r, const struct program *p)
{
	int64_t change = 0, used = 0;

	if (!touches(r->e, unit_of(p)))
		return;
	for (int counter = 0; counter < COUNTERPARTS; counter++)
		change += moved(r->e, unit_of(p), (enum counterpart)counter);
	if (r->e->kind == ENTRY_SALE || r->e->kind == ENTRY_AWARD)
		used = -moved(r->e, unit_of(p), COUNTER_REDEEMED);
	buf_text(&r->words, " ");
	if (r->standing.programs.n > 1)
		buf_printf(&r->words, "%s: ", p->name);
	if (p->kind == PROGRAM_STAMPS)
		say_stamps(r, p, change + used, used > 0);
	else
		say_points(r, p, change + used, used);
}

static void say_reward(struct result *r, const struct reward *reward)
{
	int64_t unit = unit_make(UNIT_REWARD, reward->id), n = newly_ready(r->e, reward);
	int64_t used = -moved(r->e, unit, COUNTER_REDEEMED);

	if (n == 1)
		buf_printf(&r->words, " %s is ready.", reward->name);
	else if (n > 1)
		buf_printf(&r->words, " %s is ready %" PRId64 " times.", reward->name, n);
	if (used > 0 && r->e->kind != ENTRY_CLAIM)
		buf_printf(&r->words, " %s is given.", reward->name);
	if (moved(r->e, unit, COUNTER_ISSUED) < 0)
		buf_printf(&r->words, " %s is taken back.", reward->name);
}

static void print_words(struct result *r)
{
	say_kind(r);
	for (size_t i = 0; i < r->standing.rewards.n; i++)
		say_reward(r, &r->standing.rewards.row[i]);
	for (size_t i = 0; i < r->standing.programs.n; i++)
		say_program(r, &r->standing.programs.row[i]);
	if (r->repeated)
		buf_text(&r->words, " This was done before; nothing was changed now.");
	out_done(r->run, "%s", r->words.at);
	buf_release(&r->words);
}

enum status result_print(struct run *run, const struct trade_run *done)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct result *r = mem_alloc(sizeof(*r));
	enum status st = shop_entry(&run->shop, done->seq, e);

	r->run = run;
	r->e = e;
	r->repeated = done->repeated;
	if (st == ST_OK) {
		st = standing_read(run, e->customer, &r->standing);
		if (st == ST_OK && run->json)
			print_json(r);
		else if (st == ST_OK)
			print_words(r);
		standing_release(&r->standing);
	}
	free(e);
	free(r);
	return st;
}
