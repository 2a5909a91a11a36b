/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_ITEMS_H
#define INSIGHT_ITEMS_H

#include "insight/definition.h"
#include "insight/lines.h"
#include "insight/sheet.h"

/* What each item sells, earns, and whether who tries it comes back.
 *
 * Returns: a first-time buyer's first receipt with the item, ever, is in the
 * window and at least 'days' before its end. They came back when they bought
 * anything on a later day, at most 'days' after. What they paid on those days,
 * and the margin of it, is the item's return: several items on one first receipt
 * each have all of it. As in visits and in filters, what was given back counts as
 * bought here; its money does not.
 *
 * An item stands out when its share is above that of all items together by more
 * than chance: Fisher's test, and of those that are called so no more than 5 %
 * are chance (insight/fisher.h). */

struct items_options {
	struct sold_window window;
	int days;		/* 0: 30 */
};

struct items_row {
	size_t item;		/* place in sold.goods */
	int64_t sales;		/* receipts with it */
	int64_t quantity;	/* thousandths */
	int64_t revenue;	/* of its lines, minor units; see lines.h */
	/* revenue less own cost; where the item's own cost is known */
	bool has_margin;
	int64_t margin;
	int64_t customers;	/* who bought it in the window */
	struct share came_back;	/* whole: first-time buyers, early enough */
	bool stands_out;	/* more than chance; never when it does not tell */
	int64_t return_revenue;	/* paid by 'whole' on the days that they came back */
	int64_t return_margin;	/* of its lines whose own cost is known, less that cost */
};

struct items {
	struct items_options used;
	struct items_row *row;	/* sold in the window. Those whose return tells first, by
				 * return margin per first-time buyer (by what they paid, where no
				 * own cost is known at all); the others by revenue */
	size_t n;
	struct share came_back;	/* all rows together */
	bool has_margin;	/* some own cost is known */
	int64_t nameless;	/* lines that name no item, left out */
};

/* ST_INVALID: options that cannot be. ST_FULL: sums larger than can be kept.
 * Release *out whatever it returns. */
MUST_CHECK enum status items_of(const struct sold *s, const struct items_options *options,
				struct items *out);
void items_release(struct items *i);

/* The first that stands out; NULL: none does. */
const struct items_row *items_best(const struct items *all);
/* Per first-time buyer, halves away from zero; 0 without any. */
int64_t items_return_each(const struct items *all, const struct items_row *row);

/* Who bought it, as a filter; appended. */
void items_filter(const struct sold *s, const struct items *all, const struct items_row *row,
		  struct buf *out);
void items_sheet(const struct sold *s, const struct items *all, struct sheet *out);
extern const struct definition items_definitions[];

/* Sums of each item over a window, by place; the caller frees it. NULL: larger
 * than can be kept. */
struct item_sums {
	int64_t sales, quantity, amount;
};
struct item_sums *item_sums_of(const struct sold *s, const struct sold_window *w);

#endif
