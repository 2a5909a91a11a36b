/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_HOURS_H
#define INSIGHT_HOURS_H

#include "insight/definition.h"
#include "insight/sheet.h"

/* When the shop is busy: sales by weekday and hour of the shop's clock. */

enum { WEEKDAYS = 7 };

struct hours_options {
	int32_t from, to;	/* window, both days in it; 0: from the first sale, to the last */
};

struct hours {
	struct hours_options used;	/* 0 in a shop without sales */
	/* What began in the hour: sales, and what they came to less the refunds
	 * that were given in it. */
	struct scan_hour cell[WEEKDAYS][SCAN_HOURS];	/* from Monday */
	struct scan_hour day[WEEKDAYS];			/* all hours of it */
	int64_t days[WEEKDAYS];		/* how many of the weekday the shop had a sale on,
					 * to whomever */
	int64_t sales, most;		/* all; of the busiest cell */
	int open_from, open_to;		/* the first and the last hour with a sale; -1: none */
};

/* ST_INVALID: the window ends before it starts. ST_FULL: sums larger than can
 * be kept. */
MUST_CHECK enum status hours_of(const struct scan *s, const struct hours_options *options,
				struct hours *out);

extern const char *const weekday_names[WEEKDAYS];	/* N_("Monday") ... */
/* A row for each weekday and hour from open_from through open_to. */
void hours_sheet(const struct hours *h, struct sheet *out);
extern const struct definition hours_definitions[];

#endif
