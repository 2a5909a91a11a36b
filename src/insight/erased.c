/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/erased.h"

#include "shop/customer.h"
#include "store/peek.h"

void erased_load(struct txn *txn, struct people_set *out)
{
	unsigned tag = record_field(&customer_type, "erased")->tag;
	struct range r;

	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	while (range_next(&r)) {
		struct peek field = peek_at(r.value);

		while (peek_next(&field) && field.tag < tag)
			;
		if (field.tag == tag && !field.bad && r.key.len == 4)
			people_add(out, (int64_t)key_read(r.key.at, 4));
	}
	range_end(&r);
}

static enum status read_work(struct txn *txn, void *arg)
{
	people_release(arg);	/* of a first attempt */
	erased_load(txn, arg);
	return txn_status(txn);
}

enum status erased_read(struct store *store, struct people_set *out)
{
	*out = (struct people_set){ 0 };
	return store_read(store, read_work, out);
}
