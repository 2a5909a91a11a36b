/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_ENGAGEMENT_H
#define INSIGHT_ENGAGEMENT_H

#include "insight/definition.h"
#include "insight/flows.h"
#include "insight/sheet.h"

/* Do members take part? By calendar month. A member has joined any program by
 * the month's end: got points or stamps of it, earned, brought or by hand. */

struct engagement_options {
	int32_t from, to;	/* the months of these days and between; 0: the first in which
				 * anybody was a member, that of the last sale. What came
				 * after 'to' has not happened */
};

struct engagement_month {
	int32_t month;		/* its first day */
	bool over;		/* false: 'to' is before its end */
	int64_t members;
	int64_t came, earned, used;	/* of them: bought something; got points or stamps by
					 * it; claimed a reward or used points */
	int64_t part;		/* any of these */
};

struct engagement {
	struct engagement_options used;
	struct engagement_month *month;
	size_t n;		/* 0: nobody was a member by the end of the window */
};

/* ST_INVALID: the window ends before it starts. Release *out whatever it
 * returns. */
MUST_CHECK enum status engagement_of(const struct flows *f,
				     const struct engagement_options *options,
				     struct engagement *out);
void engagement_release(struct engagement *e);

static inline struct share engagement_share(const struct engagement_month *m)
{
	return (struct share){ m->part, m->members };
}
/* The last month that is over; NULL: none. */
const struct engagement_month *engagement_last(const struct engagement *e);

extern const struct definition engagement_definitions[];
void engagement_sheet(const struct engagement *e, struct sheet *out);

#endif
