/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_UPSELL_H
#define INSIGHT_UPSELL_H

#include "insight/definition.h"
#include "insight/lines.h"
#include "insight/sheet.h"

/* Who always takes the cheaper one of two? In each category the two items that
 * are on most receipts of the window and differ in price: the one that is on
 * most, and of those of another price the next. An item's price is that of its
 * record, else what a piece came to on average. Stopped items are out, and a
 * category whose items all cost the same has no pair.
 *
 * Its people bought the cheaper one on at least 'least' receipts of the window
 * and never, at any time, the dearer one. That is a count, not an estimate:
 * nothing is too few. */

struct upsell_options {
	struct sold_window window;
	int least;		/* receipts; 0: 3 */
};

struct upsell_row {
	size_t category, low, high;	/* places in sold.goods */
	int64_t low_price, high_price;	/* of a piece, minor units */
	int64_t low_sales, high_sales;	/* receipts */
	int64_t people;
	int64_t sales;		/* of these people: their receipts with the cheaper one */
	int64_t more;		/* if each of these had been one dearer piece: minor units */
};

struct upsell {
	struct upsell_options used;
	struct upsell_row *row;	/* what could bring most first */
	size_t n;
	size_t worth;		/* so many of them, from the first on, have people */
};

/* ST_INVALID: options that cannot be. ST_FULL: sums larger than can be kept.
 * Release *out whatever it returns. */
MUST_CHECK enum status upsell_of(const struct sold *s, const struct upsell_options *options,
				 struct upsell *out);
void upsell_release(struct upsell *u);

/* The people, as a filter; appended. */
void upsell_filter(const struct sold *s, const struct upsell *u, const struct upsell_row *row,
		   struct buf *out);
/* Words to say or to write to them; 'more' is the difference in price as people
 * write it. Appended. */
void upsell_words(const struct sold *s, const struct upsell_row *row, const char *more,
		  struct buf *out);
void upsell_sheet(const struct sold *s, const struct upsell *u, struct sheet *out);
extern const struct definition upsell_definitions[];

#endif
