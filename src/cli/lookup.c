/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lookup.h"

#include <inttypes.h>

#include "shop/sale.h"

struct lookup {
	struct run *run;
	const char *name;
	int64_t id;
	void *out;
	bool exists;
};

static enum status look_up(struct run *run, store_work *work, struct lookup *l)
{
	l->run = run;
	return store_read(run->shop.store, work, l);
}

static enum status customer_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;

	return customer_resolve(txn, &l->run->shop, l->name, &l->id);
}

enum status find_customer(struct run *run, const char *who, int64_t *id)
{
	struct lookup l = { .name = who };
	enum status st = look_up(run, customer_work, &l);

	*id = l.id;
	return st;
}

static enum status program_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;
	struct programs programs;
	const struct program *p;

	programs_load(txn, &programs);
	p = program_named(&programs, l->name);
	if (p)
		*(struct program *)l->out = *p;
	programs_release(&programs);
	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	return p ? ST_OK : ST_NOT_FOUND;
}

enum status find_program(struct run *run, const char *name, struct program *out)
{
	return look_up(run, program_work, &(struct lookup){ .name = name, .out = out });
}

static enum status reward_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;
	struct rewards rewards;
	const struct reward *r;

	rewards_load(txn, &rewards);
	r = reward_named(&rewards, l->name);
	if (r)
		*(struct reward *)l->out = *r;
	rewards_release(&rewards);
	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	return r ? ST_OK : ST_NOT_FOUND;
}

enum status find_reward(struct run *run, const char *name, struct reward *out)
{
	return look_up(run, reward_work, &(struct lookup){ .name = name, .out = out });
}

static enum status item_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;
	enum status st = item_resolve(txn, l->name, &l->id);

	if (st == ST_OK && !item_get(txn, l->id, l->out))
		st = fail(ST_CORRUPT, "item %" PRId64 " is not there; run: regulars verify", l->id);
	return st;
}

enum status find_item(struct run *run, const char *name, struct item *out)
{
	return look_up(run, item_work, &(struct lookup){ .name = name, .out = out });
}

static enum status sale_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;

	return sale_by_any_receipt(txn, l->name, &l->id);
}

enum status find_sale(struct run *run, const char *receipt, int64_t *seq)
{
	struct lookup l = { .name = receipt };
	enum status st = look_up(run, sale_work, &l);

	*seq = l.id;
	return st;
}

static enum status record_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;

	if (customer_get(txn, l->id, l->out))
		return ST_OK;
	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	return fail(ST_NOT_FOUND, "there is no customer #%" PRId64, l->id);
}

enum status read_customer(struct run *run, int64_t id, struct customer *out)
{
	return look_up(run, record_work, &(struct lookup){ .id = id, .out = out });
}

static enum status side_work(struct txn *txn, void *arg)
{
	struct lookup *l = arg;

	if (!side_get(txn, l->id, l->out))
		record_clear(&side_type, l->out);
	return txn_status(txn);
}

enum status read_side(struct run *run, int64_t seq, struct side *out)
{
	return look_up(run, side_work, &(struct lookup){ .id = seq, .out = out });
}
