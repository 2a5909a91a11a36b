/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_TODAY_H
#define INSIGHT_TODAY_H

#include "insight/scan.h"

/* What Home shows of the day. It follows the journal: the first time all of
 * its heads are read, later only those that came since. */

enum { TODAY_DAYS = 14 };

/* { 0 } is one that was never read. */
struct today {
	int32_t day;
	struct takings takings;		/* of the day */
	struct share known;		/* its sales of known customers, of all its sales */
	int64_t new_customers;		/* whose first visit ever is today */
	int best_hour;			/* 0..23: in which most of the day's sales began, the
					   first of equals; -1: no sale yet */
	struct takings days[TODAY_DAYS];	/* the last ones; the last of them is the day */
	int64_t sales_ever;		/* that were not undone */
	int64_t customers;		/* records in the book, erased ones too: not read */
	int64_t programs;		/* that run */

	bool whole;			/* all of this is true; else more is to be read */
	unsigned opening;		/* of the store that it follows: another begins anew */
	int64_t seq;			/* the journal's last entry that is in it */
	int64_t hours[24];
	int64_t *visitors;		/* customer of each sale of the day with one */
	size_t visitor_count, visitor_cap;
};

/* Makes it what 'day' is now, or reads a part of what that takes, some
 * milliseconds long: while 'whole' is false call it again. ST_CORRUPT; ST_FULL
 * as in scan_run(). */
MUST_CHECK enum status today_update(struct store *store, int32_t day, struct today *t);
void today_release(struct today *t);

#endif
