/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/reward.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "shop/rule.h"

static const char *const kinds[] = { "free", "amount", "percent", "gift", NULL };

static const struct field reward_fields[] = {
	FIELD(1, FIELD_INT, struct reward, id, .flags = FIELD_INTERNAL, .label = "Id"),
	FIELD(2, FIELD_TEXT, struct reward, name, .flags = FIELD_REQUIRED, .label = "Reward",
	      .value = "TEXT", .help = "what the customer gets"),
	FIELD(3, FIELD_INT, struct reward, program, .flags = FIELD_INTERNAL, .label = "Program"),
	FIELD(4, FIELD_CHOICE, struct reward, kind, .choices = kinds, .label = "Kind",
	      .value = "KIND", .help = "free, amount, percent or gift"),
	FIELD(5, FIELD_INT, struct reward, cost, .most = 1000000000, .label = "Cost", .value = "N",
	      .help = "points it takes"),
	FIELD(6, FIELD_MONEY, struct reward, value, .most = MONEY_MOST, .label = "Value",
	      .value = "AMOUNT", .help = "worth to the customer; what an amount takes off"),
	FIELD(7, FIELD_PERCENT, struct reward, percent, .most = 10000, .label = "Percent off",
	      .value = "PERCENT", .help = "with --kind percent"),
	FIELD(8, FIELD_MONEY, struct reward, most, .most = MONEY_MOST, .label = "At most",
	      .value = "AMOUNT", .help = "with --kind percent: at most this much off"),
	FIELD(9, FIELD_MONEY, struct reward, own_cost, .most = MONEY_MOST, .label = "Own cost",
	      .value = "AMOUNT", .help = "what it costs the shop"),
	FIELD(10, FIELD_INT, struct reward, item, .flags = FIELD_INTERNAL, .label = "Item"),
	FIELD(11, FIELD_MONEY, struct reward, min_bill, .most = MONEY_MOST, .label = "Least bill",
	      .value = "AMOUNT", .help = "only on a bill of at least this"),
	FIELD(12, FIELD_DAY, struct reward, from, .label = "From", .value = "DATE",
	      .help = "first day it may be claimed"),
	FIELD(13, FIELD_DAY, struct reward, through, .label = "Through", .value = "DATE",
	      .help = "last day it may be claimed"),
	FIELD(14, FIELD_INT, struct reward, stock, .most = 1000000000, .label = "Stock",
	      .value = "N", .help = "how many there are in all"),
	FIELD(15, FIELD_INT, struct reward, per_customer, .most = 1000000,
	      .label = "For a customer", .value = "N", .help = "how many one customer may have"),
	FIELD(16, FIELD_BOOL, struct reward, stopped, .label = "Stopped",
	      .help = "no longer given"),
	{ 0 }
};
const struct record_type reward_type = {
	"reward", sizeof(struct reward), reward_fields, offsetof(struct reward, later)
};

void rewards_load(struct txn *txn, struct rewards *out)
{
	struct range r;

	*out = (struct rewards){ 0 };
	range_start(&r, txn, TABLE_REWARD, NULL);
	while (range_next(&r)) {
		out->row = mem_grow(out->row, out->n, &out->cap, sizeof(*out->row));
		if (record_decode(&reward_type, &out->row[out->n], r.value.at,
				  r.value.len) != ST_OK)
			txn_fail(txn, ST_CORRUPT);
		else
			out->n++;
	}
	range_end(&r);
}

void rewards_release(struct rewards *r)
{
	free(r->row);
	*r = (struct rewards){ 0 };
}

const struct reward *reward_by_id(const struct rewards *r, int64_t id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].id == id)
			return &r->row[i];
	return NULL;
}

const struct reward *reward_named(const struct rewards *r, const char *name)
{
	struct naming names = { r->n ? r->row->name : "", r->n, sizeof(*r->row) };
	size_t i;

	if (name_find(&names, name, &i))
		return &r->row[i];
	if (i < r->n)
		fail(ST_NOT_FOUND, "there is no reward \"%s\"; did you mean \"%s\"?", name,
		     r->row[i].name);
	else
		fail(ST_NOT_FOUND, "there is no reward \"%s\"; see: regulars reward list", name);
	return NULL;
}
