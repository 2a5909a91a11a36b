/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/quote.h"

#include "ledger/unit.h"

struct quoting {
	const struct sale *sale;
	struct quote *out;
};

static enum status quote_work(struct trade *t, void *arg)
{
	struct quoting *q = arg;
	const struct entry *e = t->entry;
	bool repeated;
	enum status st = sale_book(t, q->sale, &repeated);

	if (st != ST_OK)
		return st;
	*q->out = (struct quote){ .total = e->total, .discount = e->discount };
	for (uint32_t i = 0; i < e->posting_count; i++) {
		const struct posting *p = &e->postings[i];

		if (unit_class(p->unit) == UNIT_PROGRAM && p->counter == COUNTER_REDEEMED &&
		    !p->reward && p->amount < 0)
			q->out->points -= p->amount;
	}
	return ST_CANCELLED;
}

enum status sale_quote(struct shop *shop, const struct actor *by, const struct sale *s,
		       struct quote *out)
{
	struct quoting q = { s, out };
	struct trade_run run = { .work = quote_work, .arg = &q };
	struct actor once = *by;
	enum status st;

	*out = (struct quote){ .total = 0 };
	once.has_op = false;
	st = trade_run(shop, &once, &run);
	return st == ST_CANCELLED ? ST_OK : st;
}
