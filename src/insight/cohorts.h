/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_COHORTS_H
#define INSIGHT_COHORTS_H

#include "insight/definition.h"
#include "insight/proportion.h"
#include "insight/sheet.h"

/* Customers by the calendar month of their first visit ever: how many came in
 * the months after it, and what they paid. */

struct cohort_options {
	/* Cohorts of which months; what came after 'to' has not happened. 0: from
	 * the first sale, to the last. */
	int32_t from, to;
	/* A day of the first month of a change to judge: those who came first
	 * from then on against those before. 0: none. */
	int32_t split;
	int within;		/* days in which to come again, for that; 0: 30 */
};

/* Did new customers come again within so many days? Whole: whose first visit
 * is so many days or more before 'to'. Part: of them, whose second visit was
 * within the days. */
struct cohort_change {
	struct share since, before;
	struct interval difference;	/* of the shares, 95 % */
	bool tells;			/* both are large enough */
};

struct cohorts {
	struct cohort_options used;	/* 0 in a shop without sales */
	size_t n;			/* months, one after the other */
	int32_t *month;			/* the first day of each */
	int64_t *size;			/* whose first visit is in it; may be nobody */
	bool last_whole;		/* the sales reach the end of the last month */
	/* One month below the other: of cohort c, the months c .. n - 1. */
	int64_t *active;		/* distinct customers with a visit in the month */
	int64_t *revenue;		/* what was paid on their visits in it */
	struct cohort_change change;	/* where 'split' was given */
};

/* ST_INVALID: the window ends before it starts, 'within' below zero, or 'split'
 * has nothing before it or after. ST_FULL: sums larger than can be kept.
 * Release *out whatever it returns. */
MUST_CHECK enum status cohorts_of(const struct scan *s, const struct cohort_options *options,
				  struct cohorts *out);
void cohorts_release(struct cohorts *c);

/* Months of a cohort that have begun by 'to': k of them, 0 .. k - 1 later. */
static inline size_t cohort_months(const struct cohorts *c, size_t cohort)
{
	return c->n - cohort;
}

/* Where 'active' and 'revenue' have cohort's month k. */
static inline size_t cohort_cell(const struct cohorts *c, size_t cohort, size_t k)
{
	return cohort * (2 * c->n - cohort + 1) / 2 + k;
}

/* A row for each cohort and month. */
void cohorts_sheet(const struct cohorts *c, struct sheet *out);
/* What came of the change, a sentence; "" where none was asked for. Its month is
 * written by f. */
enum { COHORT_SENTENCE = 400 };
void cohorts_sentence(const struct cohorts *c, const struct format *f,
		      char out[COHORT_SENTENCE]);
extern const struct definition cohorts_definitions[];

#endif
