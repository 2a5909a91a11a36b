/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/trade.h"

#include "ledger/done.h"
#include "shop/rule.h"

void trade_open(struct trade *t, struct txn *txn, const struct shop *shop,
		const struct actor *by)
{
	*t = (struct trade){ .txn = txn, .shop = shop, .by = *by };
	book_open(&t->book, txn);
	programs_load(txn, &t->programs);
	rewards_load(txn, &t->rewards);
	t->entry = entry_new();
	t->other = entry_new();
}

const struct merges *trade_merges(struct trade *t)
{
	if (!t->merges_loaded)
		merges_load(t->txn, &t->merges);
	t->merges_loaded = true;
	return &t->merges;
}

static void release(struct trade *t)
{
	programs_release(&t->programs);
	rewards_release(&t->rewards);
	merges_release(&t->merges);
	entry_free(t->entry);
	entry_free(t->other);
}

enum status trade_close(struct trade *t)
{
	enum status st = book_close(&t->book);

	release(t);
	return st;
}

void trade_abandon(struct trade *t)
{
	book_abandon(&t->book);
	release(t);
}

struct unit_of_work {
	struct shop *shop;
	const struct actor *by;
	struct trade_run *run;
};

/* ST_OK: it was done before, with the same content. */
static enum status done_before(struct txn *txn, const struct unit_of_work *u)
{
	struct key k = done_op(u->by->op);
	uint64_t content;

	if (!done_find(txn, &k, &u->run->seq, &content))
		return txn_status(txn) == ST_OK ? ST_NOT_FOUND : txn_status(txn);
	if (content != u->run->content && !u->run->seq)
		return fail(ST_EXISTS, "this operation id was used for something else; nothing "
			    "was changed");
	if (content != u->run->content)
		return fail(ST_EXISTS, "this operation id was used for something else (entry "
			    "%lld); nothing was changed", (long long)u->run->seq);
	u->run->repeated = true;
	return ST_OK;
}

static enum status in_transaction(struct txn *txn, void *arg)
{
	struct unit_of_work *u = arg;
	struct trade t;
	enum status st;

	u->run->repeated = false;
	if (u->by->has_op) {
		st = done_before(txn, u);
		if (st != ST_NOT_FOUND)
			return st;
	}
	trade_open(&t, txn, u->shop, u->by);
	st = u->run->work(&t, u->run->arg);
	if (st == ST_OK && u->by->has_op) {
		struct key k = done_op(u->by->op);

		done_put(txn, &k, t.seq, u->run->content);
	}
	u->run->seq = t.seq;
	if (st == ST_OK)
		return trade_close(&t);
	trade_abandon(&t);
	return st;
}

enum status trade_run(struct shop *shop, const struct actor *by, struct trade_run *run)
{
	struct unit_of_work u = { shop, by, run };

	return store_write(shop->store, in_transaction, &u);
}

struct one_entry {
	int64_t seq;
	struct entry *e;
};

static enum status read_entry(struct txn *txn, void *arg)
{
	struct one_entry *one = arg;

	return journal_read(txn, one->seq, one->e);
}

enum status shop_entry(struct shop *shop, int64_t seq, struct entry *e)
{
	struct one_entry one = { seq, e };

	return store_read(shop->store, read_entry, &one);
}
