/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_TRADE_H
#define SHOP_TRADE_H

#include "ledger/merge.h"
#include "shop/program.h"
#include "shop/reward.h"
#include "shop/shop.h"

/* One write transaction of the shop: the book, and the rules in force. Every
 * verb that changes something runs in one; an import runs many verbs in one. */
struct trade {
	struct txn *txn;
	struct book book;
	const struct shop *shop;
	struct actor by;
	struct programs programs;	/* all, loaded once */
	struct rewards rewards;
	struct merges merges;		/* trade_merges() */
	bool merges_loaded;
	struct entry *entry, *other;	/* the entry being made; one read back */
	int64_t seq;			/* the entry that tells the result, or 0; by the verb */
};

/* For work that brings its own transactions (an import's batches). */
void trade_open(struct trade *t, struct txn *txn, const struct shop *shop,
		const struct actor *by);
MUST_CHECK enum status trade_close(struct trade *t);
void trade_abandon(struct trade *t);

/* Who was merged into whom; read when first asked for. */
const struct merges *trade_merges(struct trade *t);

typedef enum status trade_work(struct trade *t, void *arg);

struct trade_run {
	trade_work *work;
	void *arg;
	uint64_t content;	/* digest of what was asked, for the operation id; 0: not kept */
	int64_t seq;		/* out: the entry that tells the result; 0: there is none */
	bool repeated;		/* out: it had been done before, nothing was changed now */
};

/* Runs 'work' whole or not at all. When by->op was done before with the same
 * content, gives the first result; with other content ST_EXISTS. Work that found
 * nothing to change was done too: repeated later, it still changes nothing. */
MUST_CHECK enum status trade_run(struct shop *shop, const struct actor *by, struct trade_run *run);

/* For a reader: one entry, and what stands about it. */
MUST_CHECK enum status shop_entry(struct shop *shop, int64_t seq, struct entry *e);

#endif
