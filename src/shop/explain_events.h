/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_EXPLAIN_EVENTS_H
#define SHOP_EXPLAIN_EVENTS_H

#include "base/buf.h"
#include "base/format.h"
#include "shop/explain.h"
#include "shop/sale.h"

/* What happened to one customer's units, as explain.c tells it: one event for
 * each posting. */
struct event {
	int64_t seq, unit, counter, amount, reward;
	int64_t total;			/* of the entry */
	enum entry_kind kind;
	int32_t day;
	bool undone;
	char receipt[RECEIPT_TEXT];	/* of the sale it is, or is about; "" none */
};

struct events {
	struct event *row;		/* newest first */
	size_t n, cap;
};

/* All of a customer. */
MUST_CHECK enum status events_load(struct txn *txn, int64_t customer, struct events *out);
void events_release(struct events *e);

/* Adds the sentence. 'reward' is the name of what it was spent on, or "". */
struct event_teller {
	struct txn *txn;
	const struct format *format;
};
void event_tell(const struct event_teller *with, const struct event *e, const char *reward,
		struct buf *out);
/* "sale R-1", "an adjustment": where a lot came from. */
void event_origin(struct txn *txn, int64_t seq, struct entry *room, struct buf *out);

#endif
