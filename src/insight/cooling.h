/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_COOLING_H
#define INSIGHT_COOLING_H

#include "insight/definition.h"
#include "insight/months.h"
#include "insight/scan.h"

/* Who cools off: customers with at least three visits who have been silent for
 * longer than their own usual gap, which is the median of the days between
 * their visits. As in retention.h, of which this is the people. */

struct cooling_options {
	int32_t as_of;		/* the day to look back from; 0: the last sale's */
	int gap_times;		/* silent for more than so many usual gaps; 0: 2 */
	int gap_most;		/* and for so many at most; 0: any longer silence */
	const struct people_set *except;	/* nobody of these; NULL: of all */
};

struct cooling_row {
	int64_t customer;
	int32_t last_day;	/* of the last visit */
	int32_t silence;	/* days since */
	double usual;		/* days of the usual gap */
	int64_t visits, paid;	/* in all, by as_of; minor units */
};

struct cooling {
	struct cooling_options used;	/* as_of 0 in a shop without sales */
	struct cooling_row *row;	/* who paid most comes first */
	size_t n;
	int64_t whole;			/* customers with at least three visits */
	int64_t paid;			/* of all rows */
};

/* ST_INVALID: options below zero. ST_FULL: sums larger than can be kept. Release
 * *out whatever it returns. */
MUST_CHECK enum status cooling_of(const struct scan *s, const struct cooling_options *options,
				  struct cooling *out);
void cooling_release(struct cooling *c);
extern const struct definition cooling_definitions[];

/* Of each month, customers who became silent in it and have not come since: so
 * many days after their last visit by the window's end. out[months->n]. */
void cooling_months(const struct scan *s, const struct months *months, int quiet_days,
		    int64_t *out);

#endif
