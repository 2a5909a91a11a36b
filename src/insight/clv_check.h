/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_CLV_CHECK_H
#define INSIGHT_CLV_CHECK_H

#include "insight/clv.h"

/* Was it right? What was learnt up to a day beside what happened after it. Only
 * customers who had come by that day are in it, before and after. */

/* All visits after the first, from the first day on to the end of a week. */
struct clv_week {
	int32_t last;		/* the week's last day */
	int64_t came;
	double expected;
};

/* Those with x = k by that day; the last of them: k or more. */
struct clv_times {
	int64_t customers, came;	/* came: visits after that day */
	double expected_customers;	/* how many the model has with that x */
	double expected;		/* visits after that day */
};
enum { CLV_TIMES = 8 };

struct clv_check {
	int32_t from, to;		/* what is held out: the day after as_of, and the last */
	struct clv_week *weeks;		/* whole weeks from the first visit's day on */
	size_t week_count;
	struct clv_times times[CLV_TIMES];
	int64_t customers, came;
	double expected;
	/* Of the visits of each customer after that day: how far the expected ones
	 * are off, and how they go together; -1 .. 1, 0 where that cannot be told. */
	double mean_error, root_mean_square_error, correlation;
};

/* c: whole, CLV_FITTED, of this scan. To the scan's last sale. */
void clv_check_of(const struct clv *c, const struct scan *s, struct clv_check *out);
void clv_check_release(struct clv_check *k);

/* One row for each week. */
void clv_check_sheet(const struct clv_check *k, struct sheet *out);

#endif
