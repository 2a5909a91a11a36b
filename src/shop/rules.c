/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "shop/rule.h"

static int64_t next_id(struct txn *txn, enum table table)
{
	struct range r;
	int64_t id = 1;

	range_start(&r, txn, table, NULL);
	if (range_previous(&r))
		id = (int64_t)key_read(r.key.at, 4) + 1;
	range_end(&r);
	return id;
}

struct change {
	enum table table;
	enum entry_kind kind;
	const struct record_type *type;
	const void *rec;
	int64_t id;
};

static enum status put_rule(struct trade *t, const struct change *c)
{
	uint8_t row[4096];
	size_t len = sizeof(row);
	struct key k = account_key(c->id);	/* an id as four bytes */
	enum status st = record_encode(c->type, c->rec, row, &len);

	if (st != ST_OK)
		return st;
	txn_put(t->txn, c->table, &k, (struct bytes){ row, len });
	book_start(&t->book, t->entry, c->kind, &t->by);
	t->entry->subject = c->id;
	st = entry_set_rule(t->entry, c->type, c->rec, t->shop->decimals);
	if (st == ST_OK)
		st = book_post(&t->book, t->entry);
	t->seq = t->entry->seq;
	return st;
}

/* -- programs -- */

static enum status check_stamps(const struct program *p)
{
	if (p->goal < 1)
		return fail(ST_REFUSED, "a stamp card needs a goal: how many stamps fill it");
	if (p->pending_days)
		return fail(ST_REFUSED, "a stamp stands on the card at once; days to wait belong "
			    "to points");
	if (p->head_start >= p->goal)
		return fail(ST_REFUSED, "a head start of %lld would fill the card of %lld at once",
			    (long long)p->head_start, (long long)p->goal);
	for (uint32_t i = 0; i < p->milestone_count; i++)
		if (p->milestones[i].stamps < 1 || p->milestones[i].stamps >= p->goal)
			return fail(ST_REFUSED, "a reward on the way stands between the first "
				    "stamp and the goal");
	return ST_OK;
}

static enum status check_points(const struct program *p)
{
	if (p->earn < 1 || p->spend < 1)
		return fail(ST_REFUSED, "a points program says how many points are earned for "
			    "how much money");
	if (p->goal || p->head_start || p->milestone_count)
		return fail(ST_REFUSED, "goal and head start belong to stamp cards; points buy "
			    "rewards");
	return ST_OK;
}

static enum status check_program(const struct trade *t, const struct program *p)
{
	char want[200], have[200];

	if (!p->name[0])
		return fail(ST_REFUSED, "a program needs a name");
	text_fold(p->name, want, sizeof(want));
	for (size_t i = 0; i < t->programs.n; i++) {
		text_fold(t->programs.row[i].name, have, sizeof(have));
		if (!strcmp(want, have) && t->programs.row[i].id != p->id)
			return fail(ST_EXISTS, "there is a program \"%s\" already; change it with: "
				    "regulars program edit", t->programs.row[i].name);
	}
	return p->kind == PROGRAM_STAMPS ? check_stamps(p) : check_points(p);
}

static enum status put_program(struct trade *t, struct program *p)
{
	enum status st = check_program(t, p);

	if (st != ST_OK)
		return st;
	if (!p->from)
		p->from = clock_day(t->by.now);
	return put_rule(t, &(struct change){ TABLE_PROGRAM, ENTRY_PROGRAM, &program_type, p,
					     p->id });
}

static enum status add_program(struct trade *t, void *arg)
{
	struct program *p = arg;

	p->id = next_id(t->txn, TABLE_PROGRAM);
	return put_program(t, p);
}

static enum status edit_program(struct trade *t, void *arg)
{
	struct program *p = arg;
	const struct program *before = program_by_id(&t->programs, p->id);

	if (!before)
		return fail(ST_NOT_FOUND, "there is no such program");
	if (before->kind != p->kind)
		return fail(ST_REFUSED, "a stamp card cannot become points, nor points a card; add "
			    "a program and stop this one");
	return put_program(t, p);
}

/* What an operation made that was done before, as it is now. */
struct made {
	int64_t seq;
	struct program *program;	/* out; NULL: not asked for */
	struct reward *reward;
};

static enum status read_made(struct txn *txn, void *arg)
{
	const struct made *m = arg;
	struct entry *e = entry_new();
	struct programs programs;
	struct rewards rewards;
	const struct reward *r = NULL;
	const struct program *p = NULL;
	enum status st = journal_read(txn, m->seq, e);

	programs_load(txn, &programs);
	rewards_load(txn, &rewards);
	if (st == ST_OK && e->kind == ENTRY_REWARD)
		r = reward_by_id(&rewards, e->subject);
	if (st == ST_OK)
		p = program_by_id(&programs, r ? r->program : e->subject);
	if (p && !r)
		r = reward_by_id(&rewards, p->reward);
	if (m->program && p)
		*m->program = *p;
	if (m->reward && r)
		*m->reward = *r;
	if (st == ST_OK && ((m->program && !p) || (m->reward && !r)))
		st = fail(ST_NOT_FOUND, "there is no such program");
	rewards_release(&rewards);
	programs_release(&programs);
	entry_free(e);
	return st;
}

static enum status add_once(struct shop *shop, const struct actor *by, struct trade_run *run,
			    struct made *made)
{
	enum status st = trade_run(shop, by, run);

	made->seq = run->seq;
	return st == ST_OK && run->repeated ? store_read(shop->store, read_made, made) : st;
}

enum status program_add(struct shop *shop, const struct actor *by, struct program *p)
{
	struct trade_run run = { .work = add_program, .arg = p };

	return add_once(shop, by, &run, &(struct made){ .program = p });
}

enum status program_edit(struct shop *shop, const struct actor *by, struct program *p)
{
	struct trade_run run = { .work = edit_program, .arg = p };

	return trade_run(shop, by, &run);
}

/* -- rewards -- */

static enum status check_reward(const struct trade *t, const struct reward *r)
{
	const struct program *p = program_by_id(&t->programs, r->program);
	char want[200], have[200];

	if (!r->name[0])
		return fail(ST_REFUSED, "a reward needs a name");
	if (!p)
		return fail(ST_REFUSED, "a reward belongs to a program; say which");
	if (p->kind == PROGRAM_POINTS && r->cost < 1)
		return fail(ST_REFUSED, "say how many points \"%s\" takes", r->name);
	if (p->kind == PROGRAM_STAMPS && r->cost)
		return fail(ST_REFUSED, "a stamp card's reward costs the card, not points; leave "
			    "the points out");
	if (r->kind == REWARD_PERCENT ? r->percent < 1 : r->percent != 0)
		return fail(ST_REFUSED, "a reward of a percentage says how many percent, and no "
			    "other reward has any");
	if (r->kind == REWARD_AMOUNT && r->value < 1)
		return fail(ST_REFUSED, "say how much money \"%s\" takes off", r->name);
	text_fold(r->name, want, sizeof(want));
	for (size_t i = 0; i < t->rewards.n; i++) {
		text_fold(t->rewards.row[i].name, have, sizeof(have));
		if (!strcmp(want, have))
			return fail(ST_EXISTS, "there is a reward \"%s\" already",
				    t->rewards.row[i].name);
	}
	return ST_OK;
}

static enum status put_reward(struct trade *t, const struct reward *r)
{
	return put_rule(t, &(struct change){ TABLE_REWARD, ENTRY_REWARD, &reward_type, r, r->id });
}

static enum status add_reward(struct trade *t, void *arg)
{
	struct reward *r = arg;
	struct program p;
	const struct program *program = program_by_id(&t->programs, r->program);
	enum status st = check_reward(t, r);

	if (st != ST_OK)
		return st;
	r->id = next_id(t->txn, TABLE_REWARD);
	st = put_reward(t, r);
	if (st != ST_OK || program->kind != PROGRAM_STAMPS || program->reward)
		return st;
	/* The first reward of a stamp card is what the full card gives. */
	p = *program;
	p.reward = r->id;
	return put_rule(t, &(struct change){ TABLE_PROGRAM, ENTRY_PROGRAM, &program_type, &p,
					     p.id });
}

enum status reward_add(struct shop *shop, const struct actor *by, struct reward *r)
{
	struct trade_run run = { .work = add_reward, .arg = r };

	return add_once(shop, by, &run, &(struct made){ .reward = r });
}

struct pair {
	struct program *program;
	struct reward *reward;
};

static enum status add_pair(struct trade *t, void *arg)
{
	struct pair *both = arg;
	enum status st;

	both->program->id = next_id(t->txn, TABLE_PROGRAM);
	both->program->reward = both->reward->id = next_id(t->txn, TABLE_REWARD);
	both->reward->program = both->program->id;
	st = put_program(t, both->program);
	if (st != ST_OK)
		return st;
	programs_release(&t->programs);
	programs_load(t->txn, &t->programs);
	st = check_reward(t, both->reward);
	return st == ST_OK ? put_reward(t, both->reward) : st;
}

enum status program_add_with_reward(struct shop *shop, const struct actor *by,
				    struct program *p, struct reward *r)
{
	struct pair both = { p, r };
	struct trade_run run = { .work = add_pair, .arg = &both };

	return add_once(shop, by, &run, &(struct made){ .program = p, .reward = r });
}
