/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_SUMMARY_H
#define INSIGHT_SUMMARY_H

#include "insight/liability.h"
#include "insight/scan.h"

/* What a shop is today. */

struct summary_period {
	int32_t from, to;	/* both days in it; a running one ends today */
	struct takings takings;
	struct visitors visitors;	/* returning share: returning / customers */
};

struct summary {
	int32_t day;		/* today */
	int64_t customers;	/* in the book; who was erased is not counted */
	int64_t textable;	/* of them, with a mobile phone that can be texted */
	struct summary_period today, week, month;	/* weeks begin on Monday */
	struct summary_period last_month;		/* whole */
	struct summary_period ever;			/* since the first sale, through today */
	int32_t last_sale_day;	/* 0: no sale yet */
	int last_sale_minute;	/* of that day */
	struct liability liability;	/* points and stamps outstanding, rewards ready */
};

/* Release *out whatever it returns. */
MUST_CHECK enum status summary_read(struct store *store, int32_t today, struct summary *out);
void summary_release(struct summary *s);

#endif
