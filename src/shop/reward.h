/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_REWARD_H
#define SHOP_REWARD_H

#include "ledger/book.h"

enum reward_kind { REWARD_FREE, REWARD_AMOUNT, REWARD_PERCENT, REWARD_GIFT };

/* What a customer gets. Never edited once issued: a changed one is a new one. */
struct reward {
	int64_t id;
	char name[64];
	int64_t program;		/* whose points or stamps it takes */
	int64_t kind;
	int64_t cost;			/* points; a stamp card's has none: the card is it */
	int64_t value;			/* worth to the customer; what an amount takes off */
	int64_t percent;		/* REWARD_PERCENT: hundredths of a percent off */
	int64_t most;			/* REWARD_PERCENT: at most this much off; 0 no limit */
	int64_t own_cost;		/* what it costs the shop */
	int64_t item;			/* REWARD_FREE: the item; 0 any */
	int64_t min_bill;
	int64_t from, through;		/* shop days; 0 open */
	int64_t stock;			/* claims in all; 0 no limit */
	int64_t per_customer;		/* claims each; 0 no limit */
	bool stopped;
	struct unknown later;
};
extern const struct record_type reward_type;

struct rewards {
	struct reward *row;
	size_t n, cap;
};
void rewards_load(struct txn *txn, struct rewards *out);
void rewards_release(struct rewards *r);
const struct reward *reward_named(const struct rewards *r, const char *name);
const struct reward *reward_by_id(const struct rewards *r, int64_t id);

#endif
