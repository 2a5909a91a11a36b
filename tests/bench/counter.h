/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_COUNTER_H
#define TESTS_BENCH_COUNTER_H

#include "exchange/demo_cast.h"
#include "ledger/journal.h"
#include "shop/sale.h"

/* A shop to measure: a stamp card and points in force, customers whose names
 * share some thirty thousand words of five scripts, and sales of one to three
 * lines. The same dice give the same shop. */

struct counter {
	struct shop shop;
	struct actor by;
	struct dice dice;
	int64_t customers;
	struct line lines[3];		/* of the sale that was asked last */
	struct tender tender;
};

/* Makes the shop with its rules and items in 'dir' and opens it. */
void counter_make(struct counter *c, const char *dir);
/* Opens a shop that counter_make() made, as another till. */
void counter_open(struct counter *c, const char *dir, int64_t customers, uint64_t seed);
void counter_close(struct counter *c);

/* Customer 'id', the same each time. */
void counter_person(int64_t id, struct customer *c);
void counter_add_customers(struct counter *c, int64_t n);
/* Sales one after the other through the past months, so many a transaction. */
void counter_fill(struct counter *c, int64_t sales, int64_t at_once);

/* What the next customer asks for, a minute later. */
struct sale counter_ask(struct counter *c);
/* One sale with an operation id of its own, on the disk when this returns. */
void counter_sell(struct counter *c, struct trade_run *run);

/* What a sale wrote, for yardsticks to do the same. */
struct sold {
	int64_t seq, occurred, customer, total;
	int32_t day;
	uint8_t op[OP_SIZE];
	uint32_t line_count, tender_count, posting_count, move_count;
	struct line lines[3];
	struct tender tenders[1];
	struct posting postings[8];
	struct move moves[24];
};
/* False: not a sale. */
bool counter_sold(const struct entry *e, struct sold *out);
/* All sales of the shop, in order. */
void counter_each(struct counter *c, void (*each)(void *arg, const struct sold *s), void *arg);

#endif
