/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_RETENTION_H
#define INSIGHT_RETENTION_H

#include "insight/definition.h"
#include "insight/sheet.h"

/* Do customers come back? Visits are distinct (customer, shop day); only known
 * customers have them. Days before the window count as history, days after its
 * end as not having happened. Each rate has its sample beside it. */

struct retention_options {
	int32_t from, to;	/* window, both days in it; 0: from the first sale, to the last */
	int quiet_days;		/* silence that counts as having left; 0: 90 */
	int gap_times;		/* silence in own usual gaps; 0: 2 */
};

enum { RETENTION_WITHIN = 5 };
extern const int retention_within[RETENTION_WITHIN];	/* 30, 60, 90, 180, 365 days */

struct retention {
	struct retention_options used;	/* with the defaults filled in; from and to
					 * stay 0 in a shop without sales */

	/* In the window: customers with a visit; whose first visit ever is in
	 * it; with a visit in it that was not their first ever (one who came
	 * first and again in the window is both new and returning). */
	int64_t customers, new, returning;
	/* Customers whose last visit by the end of the window is quiet_days or
	 * more before it; in history of any age. */
	int64_t lapsed;
	/* Customers with a visit in the window that came quiet_days or more after
	 * the one before it. */
	int64_t reactivated;
	/* Customers with a visit by the end of the window: of whom 'lapsed' are. */
	int64_t ever;
	/* purchases_per_customer: visits in the window, of 'customers'. */
	int64_t visits;
	/* Days between a visit in the window and the customer's one before it. */
	struct retention_gaps {
		int64_t n, days;	/* how many, and their sum */
		double median;		/* 0 without any */
	} gaps;

	/* sales, revenue (sales less refunds), known share, walk-in apart */
	struct takings takings;
	/* revenue / sales, halves away from zero; anonymous sales count,
	 * walk-in totals do not. 0 without sales. */
	int64_t average_basket;
	struct revenue_parts parts;	/* of takings.revenue */

	/* repeat_purchase_rate. Whole: customers with a visit in the window.
	 * Part: with at least two. */
	struct share repeat_purchase;
	/* retention_rate. Whole: customers at the window's start, those with a
	 * visit before it; nobody, when the window is the whole history. Part:
	 * of them, with a visit in the window. */
	struct share retention;
	/* churn_rate, with D the window's end and Q quiet_days. Whole: with a
	 * visit in (D - 2Q, D - Q]. Part: of them, with none in (D - Q, D]. The
	 * days are counted back from D, whatever the window's start. */
	struct share churn;
	/* churn_rate_own_gap. Whole: customers with at least three visits by D.
	 * Part: of them, silent at D for longer than gap_times the median of
	 * the days between their visits. */
	struct share churn_own_gap;
	/* repeat_within. Whole: customers whose first visit ever is in the window
	 * and so many days or more before its end. Part: of them, whose second
	 * visit came within the days. */
	struct share again[RETENTION_WITHIN];
};

/* ST_INVALID: the window ends before it starts, or options below zero.
 * ST_FULL: sums larger than can be kept. */
MUST_CHECK enum status retention_of(const struct scan *s, const struct retention_options *options,
				    struct retention *out);
/* Scans and counts. */
MUST_CHECK enum status retention_read(struct store *store,
				      const struct retention_options *options,
				      struct retention *out);

/* A row for each figure: what it is, its number, and of how many. */
void retention_sheet(const struct retention *r, struct sheet *out);
extern const struct definition retention_definitions[];

#endif
