/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_MONTHS_H
#define INSIGHT_MONTHS_H

#include "insight/definition.h"
#include "insight/sheet.h"

/* Revenue by calendar month, and who brought it. */

struct months_options {
	int32_t from, to;	/* window, both days in it; 0: from the first sale, to the last */
};

struct month {
	int32_t from, to;	/* its days that are in the window */
	bool whole;		/* all of it is in the window */
	struct takings takings;
	struct revenue_parts parts;	/* of takings.revenue */
	/* Known customers with a visit in it; whose first visit ever is in it;
	 * with a visit in it that was not their first ever. */
	int64_t customers, new, returning;
};

struct months {
	struct months_options used;	/* 0 in a shop without sales */
	struct month *row;
	size_t n;
};

/* ST_INVALID: the window ends before it starts. ST_FULL: sums larger than can
 * be kept. Release *out whatever it returns. */
MUST_CHECK enum status months_of(const struct scan *s, const struct months_options *options,
				 struct months *out);
void months_release(struct months *m);

void months_sheet(const struct months *m, struct sheet *out);
extern const struct definition months_definitions[];

#endif
