/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/programs_read.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ledger/account.h"

struct reading {
	struct programs_read *out;
	int32_t today;
};

/* Where a unit is counted; NULL: of a rule that is not there. */
static int64_t *count_of(struct programs_read *r, int64_t unit)
{
	int64_t id = unit_id(unit);

	if (unit_class(unit) == UNIT_PROGRAM)
		for (size_t i = 0; i < r->programs.n; i++)
			if (r->programs.row[i].id == id)
				return &r->holders[i];
	if (unit_class(unit) == UNIT_REWARD)
		for (size_t i = 0; i < r->rewards.n; i++)
			if (r->rewards.row[i].id == id)
				return &r->holders[r->programs.n + i];
	return NULL;
}

/* Lots stand by customer and unit, so each pair is met in one run. */
static void count_holders(struct txn *txn, struct programs_read *out, int32_t today)
{
	int64_t customer = 0, unit = -1, *count;
	struct range r;
	struct lot lot;

	range_start(&r, txn, TABLE_LOT, NULL);
	while (range_next(&r)) {
		int64_t whose = (int64_t)key_read(r.key.at, 4);

		if (!lot_from_row(r.key, r.value, &lot) || lot.through < today || lot.left <= 0 ||
		    (whose == customer && lot.unit == unit))
			continue;
		customer = whose;
		unit = lot.unit;
		count = count_of(out, unit);
		if (count)
			++*count;
	}
	range_end(&r);
}

static enum status read_work(struct txn *txn, void *arg)
{
	const struct reading *r = arg;
	struct programs_read *out = r->out;
	bool counted = out->counted;
	enum status st;

	programs_read_release(out);
	out->counted = counted;
	programs_load(txn, &out->programs);
	rewards_load(txn, &out->rewards);
	if (!counted)
		return txn_status(txn);
	out->holders = mem_alloc((out->programs.n + out->rewards.n + 1) * sizeof(*out->holders));
	st = liability_run(txn, r->today, &out->held);
	if (st != ST_OK)
		return st;
	count_holders(txn, out, r->today);
	return txn_status(txn);
}

enum status programs_read(struct store *store, int32_t today, struct programs_read *out)
{
	struct reading r = { out, today };

	*out = (struct programs_read){ .counted = out->counted };
	return store_read(store, read_work, &r);
}

void programs_read_release(struct programs_read *r)
{
	programs_release(&r->programs);
	rewards_release(&r->rewards);
	liability_release(&r->held);
	free(r->holders);
	*r = (struct programs_read){ 0 };
}
