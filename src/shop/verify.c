/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "shop/program.h"
#include "shop/reward.h"
#include "shop/trade.h"
#include "shop/verify_parts.h"

/* -- programs and rewards -- */

struct rules {
	struct programs programs;
	struct rewards rewards;
};

/* Says in words what a row's bytes have wrong; true: it is good. */
static bool read_record(struct verify *v, const struct record_type *type, const struct range *r,
			void *rec)
{
	int64_t id = r->key.len == 4 ? (int64_t)key_read(r->key.at, 4) : 0;

	if (id && record_decode(type, rec, r->value.at, r->value.len) == ST_OK)
		return true;
	verify_fault(v, "%s %" PRId64 ": the record cannot be read", type->name, id);
	return false;
}

static void read_programs(struct verify *v, struct programs *p)
{
	struct range r;

	range_start(&r, v->txn, TABLE_PROGRAM, NULL);
	while (verify_next(v, &r)) {
		p->row = mem_grow(p->row, p->n, &p->cap, sizeof(*p->row));
		if (!read_record(v, &program_type, &r, &p->row[p->n]))
			continue;
		if (p->row[p->n].id != (int64_t)key_read(r.key.at, 4))
			verify_fault(v, "program %" PRId64 " stands under another number",
				     p->row[p->n].id);
		p->n++;
	}
	range_end(&r);
}

static void read_rewards(struct verify *v, struct rewards *w)
{
	struct range r;

	range_start(&r, v->txn, TABLE_REWARD, NULL);
	while (verify_next(v, &r)) {
		w->row = mem_grow(w->row, w->n, &w->cap, sizeof(*w->row));
		if (!read_record(v, &reward_type, &r, &w->row[w->n]))
			continue;
		if (w->row[w->n].id != (int64_t)key_read(r.key.at, 4))
			verify_fault(v, "reward %" PRId64 " stands under another number",
				     w->row[w->n].id);
		w->n++;
	}
	range_end(&r);
}

static void check_reward(struct verify *v, const struct rules *rules, const struct program *p,
			 int64_t reward)
{
	if (reward && !reward_by_id(&rules->rewards, reward))
		verify_fault(v, "program %" PRId64 " (%s) gives reward %" PRId64 ", which is not "
			     "there", p->id, p->name, reward);
}

static void check_rules(struct verify *v, const struct rules *rules)
{
	for (size_t i = 0; i < rules->programs.n; i++) {
		const struct program *p = &rules->programs.row[i];

		check_reward(v, rules, p, p->reward);
		for (uint32_t m = 0; m < p->milestone_count; m++)
			check_reward(v, rules, p, p->milestones[m].reward);
	}
	for (size_t i = 0; i < rules->rewards.n; i++) {
		const struct reward *w = &rules->rewards.row[i];

		if (!program_by_id(&rules->programs, w->program))
			verify_fault(v, "reward %" PRId64 " (%s) is of program %" PRId64
				     ", which is not there", w->id, w->name, w->program);
	}
}

static void unit_words(void *arg, int64_t unit, char out[UNIT_WORDS])
{
	const struct rules *rules = arg;
	const struct program *p = program_by_id(&rules->programs, unit_id(unit));
	const struct reward *w = reward_by_id(&rules->rewards, unit_id(unit));

	if (unit_class(unit) == UNIT_PROGRAM && p)
		snprintf(out, UNIT_WORDS, "\"%s\"", p->name);
	else if (unit_class(unit) == UNIT_REWARD && w)
		snprintf(out, UNIT_WORDS, "reward \"%s\"", w->name);
	else
		snprintf(out, UNIT_WORDS, "unit %" PRId64, unit);
}

static void check_units(struct verify *v, const struct rules *rules)
{
	for (size_t i = 0; i < v->unit_count; i++) {
		int64_t unit = v->units[i].unit;
		bool there = unit_class(unit) == UNIT_PROGRAM ?
			     program_by_id(&rules->programs, unit_id(unit)) != NULL :
			     unit_class(unit) == UNIT_REWARD &&
			     reward_by_id(&rules->rewards, unit_id(unit)) != NULL;

		if (!there)
			verify_fault(v, "the journal moves unit %" PRId64 ", whose program or "
				     "reward is not there", unit);
	}
}

/* -- meta -- */

static void check_meta(struct verify *v)
{
	struct settings settings;
	struct bytes value;
	struct range r;

	range_start(&r, v->txn, TABLE_META, NULL);
	while (verify_next(v, &r))
		continue;
	range_end(&r);
	/* Damaged ones were told; reading them again would fail the transaction. */
	if (v->faults)
		return;
	if (!meta_get(v->txn, "settings", &value) ||
	    record_decode(&settings_type, &settings, value.at, value.len) != ST_OK)
		verify_fault(v, "the shop's settings cannot be read");
	if (!meta_get(v->txn, "needs", &value) || value.len != 1)
		verify_fault(v, "what this shop needs of a program is not in the store");
	if (!meta_get(v->txn, "salt", &value) || value.len != 32)
		verify_fault(v, "the salt of erased addresses is not in the store");
	if (!meta_get(v->txn, "instance", &value) || value.len != 16)
		verify_fault(v, "the store's own number is not in it");
}

/* -- the whole -- */

struct run {
	const struct verify_ask *ask;
	struct verify_result *out;
	struct verify v;
	struct rules rules;
};

static void start(struct run *r, struct txn *txn)
{
	struct verify *v = &r->v;
	size_t i = 0;

	verify_start(v, txn, r->ask->watch);
	while (v->derived[i])
		i++;
	v->derived[i] = &derived_done;
	v->unit_words = unit_words;
	v->words_arg = &r->rules;
	r->rules = (struct rules){ 0 };
}

static enum status end(struct run *r, enum status st)
{
	*r->out = (struct verify_result){
		.faults = r->v.faults, .rows = r->v.rows, .entries = r->v.last,
		.customers = r->out->customers };
	programs_release(&r->rules.programs);
	rewards_release(&r->rules.rewards);
	verify_release(&r->v);
	return st;
}

static void check_against(struct verify *v, const char *fingerprint)
{
	int64_t seq;

	if (fingerprint_seq(fingerprint, &seq) == ST_OK && verify_is_lost(v, seq))
		verify_fault(v, "entry %" PRId64 ", which the paper is of, is damaged or missing",
			     seq);
	else if (fingerprint_check(v->txn, fingerprint) != ST_OK)
		verify_fault(v, "%s", status_text());
}

static enum status verify_work(struct txn *txn, void *arg)
{
	struct run *r = arg;
	struct verify *v = &r->v;

	start(r, txn);
	check_meta(v);
	read_programs(v, &r->rules.programs);
	read_rewards(v, &r->rules.rewards);
	check_rules(v, &r->rules);
	ledger_verify(v);
	verify_operations(v);
	check_units(v, &r->rules);
	r->out->customers = verify_people(v);
	verify_consent(v);
	verify_items(v);
	verify_segments(v);
	if (r->ask->against)
		check_against(v, r->ask->against);
	return end(r, txn_status(txn));
}

enum status shop_verify(struct shop *shop, const struct verify_ask *ask,
			struct verify_result *out)
{
	struct run r = { .ask = ask, .out = out };
	enum status st = ST_OK;
	int64_t seq;

	*out = (struct verify_result){ 0 };
	if (ask->against)
		st = fingerprint_seq(ask->against, &seq);
	return st == ST_OK ? store_read(shop->store, verify_work, &r) : st;
}

static enum status repair_work(struct txn *txn, void *arg)
{
	struct run *r = arg;
	enum status st;

	start(r, txn);
	read_programs(&r->v, &r->rules.programs);
	read_rewards(&r->v, &r->rules.rewards);
	st = ledger_rebuild(&r->v);
	if (st == ST_OK) {
		rebuild_operations(&r->v);
		rebuild_people(&r->v);
		rebuild_consent(&r->v);
		rebuild_items(&r->v);
		rebuild_segments(&r->v);
		st = txn_status(txn);
	}
	return end(r, st);
}

enum status shop_repair(struct shop *shop, const struct verify_ask *ask,
			struct verify_result *out)
{
	struct run r = { .ask = ask, .out = out };

	*out = (struct verify_result){ 0 };
	return store_write(shop->store, repair_work, &r);
}

/* -- accepting -- */

struct acceptance {
	const struct actor *by;
	int64_t seq;
};

static enum status accept_work(struct txn *txn, void *arg)
{
	const struct acceptance *a = arg;

	return journal_accept(txn, a->by, a->seq);
}

enum status shop_accept(struct shop *shop, const struct actor *by, int64_t seq)
{
	struct acceptance a = { by, seq };

	return store_write(shop->store, accept_work, &a);
}
