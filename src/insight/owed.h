/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_OWED_H
#define INSIGHT_OWED_H

#include "insight/flows.h"

/* What the shop owed its customers in points and rewards at the end of a day,
 * as liability.h has it for today: points that may be spent, then or later, at
 * what a point is worth as payment now, and rewards that are ready at their
 * value to the customer. A card that is not full is worth nothing yet. */
struct owed {
	int32_t day;
	int64_t *program;	/* of each of flows->programs: its points and rewards */
	int64_t points, rewards;	/* over all of them */
};

/* The days rise. ST_FULL: sums larger than can be kept. Release each of *days
 * whatever it returns. */
MUST_CHECK enum status owed_on(const struct flows *f, struct owed *days, size_t n);
void owed_release(struct owed *o);

/* What a program gave away in a window, net of what refunds took back or gave
 * back in it. */
struct given_away {
	int64_t earned;		/* points or stamps, not what was brought along or by hand */
	int64_t lapsed;
	int64_t issued, claimed, unclaimed;	/* rewards; unclaimed: they lapsed */
	int64_t paid;		/* points that paid bills */
	int64_t rewards_cost;	/* claimed x own cost; where none was said, x the value
				 * to the customer */
	int64_t points_cost;	/* paid x what a point is worth as payment now */
};

/* Of each of f->programs into out[]. ST_FULL. */
MUST_CHECK enum status given_in(const struct flows *f, int32_t from, int32_t to,
				struct given_away *out);

#endif
