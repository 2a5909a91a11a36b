/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_SCAN_H
#define INSIGHT_SCAN_H

#include "insight/heads.h"
#include "insight/people.h"

/* One pass over the heads of the journal, from which the figures are made. A
 * million sales take it some 50 ms and 16 MB. What was undone is neither a
 * sale nor a refund; an entry counts on the shop's day it occurred. */

/* Part of a whole. The faces say "too few to tell" where share_tells() is
 * false, and nothing at all (JSON null) where the whole is empty. With fewer
 * than SHARE_FEW the 95 % interval is wider than 22 points either way. */
struct share {
	int64_t part, whole;
};
enum { SHARE_FEW = 20 };

static inline bool share_tells(struct share s)
{
	return s.whole >= SHARE_FEW;
}

/* 0..1; 0 for an empty whole. For showing only. */
static inline double share_value(struct share s)
{
	return s.whole ? (double)s.part / (double)s.whole : 0;
}

/* Known customers with a visit in a span of days. */
struct visitors {
	int64_t customers;
	int64_t new;		/* whose first visit ever is in the span */
	int64_t returning;	/* with a visit in it that was not their first ever; who
				 * came first and again in the span is also 'new' */
	int64_t repeat;		/* with at least two visits in the span */
};

/* A visit is a distinct (customer, shop day), as customer << 32 | day. Who was
 * merged counts as whom they became. */
static inline int64_t visit_customer(uint64_t visit)
{
	return (int64_t)(visit >> 32);
}

static inline int32_t visit_day(uint64_t visit)
{
	return (int32_t)(uint32_t)visit;
}

/* What sales began in an hour of a day, and what they and its refunds came to. */
struct scan_hour {
	int64_t sales, revenue;
};
enum { SCAN_HOURS = 24 };

struct scan {
	struct takings *days;	/* of each shop day, 0 .. CLOCK_LAST_DAY */
	/* Of each day, the part of known_revenue that is of customers' first
	 * visits: what was paid on them, less the refunds that come off them. */
	int64_t *new_revenue;
	bool *open;		/* of each day: was there a sale, to whomever? */
	struct scan_hour **by_hour;	/* SCAN_HOURS of each day; NULL: nothing in them */
	int32_t first_day;	/* first and last with a sale or refund; 0 without any */
	int32_t last_day;
	int32_t last_sale_day;	/* the last sale's; 0: no sale yet */
	int last_sale_minute;	/* of that day */
	int64_t hours[SCAN_HOURS];	/* that day's sales, by the hour */
	uint64_t *visits;	/* distinct, by customer, then day; 'paid' lies in its room */
	/* What was paid on each visit, minor units: all sales to the customer on
	 * its day, less refunds. A refund comes off the customer's latest visit
	 * on or before the day of the refund; off none, if there is none. */
	int64_t *paid;
	size_t visit_count;
	/* Where each customer's visits begin, and visit_count at the end: those of
	 * the k-th are visits[start[k]] .. visits[start[k + 1] - 1]. */
	size_t *start;
	size_t customer_count;

	/* -- of scan_update() -- */
	bool whole;		/* all of this is true; else more is to be read */
	uint64_t changes;	/* grows whenever anything above becomes something else */
	struct scan_reading *reading;
};

/* ST_CORRUPT: a damaged entry. ST_FULL: sums larger than can be kept. Release
 * *out whatever it returns. */
MUST_CHECK enum status scan_run(struct txn *txn, struct scan *out);
MUST_CHECK enum status scan_read(struct store *store, struct scan *out);
/* Only of these customers, as they are after merging, and nothing anonymous:
 * neither walk-in totals. The first and the last days, and those on which it was
 * open, stay those of the shop, so that figures of some look back from the same day
 * as those of all. NULL:
 * everything. */
MUST_CHECK enum status scan_read_of(struct store *store, const struct people_set *only,
				    struct scan *out);
/* Makes it what the journal says now, or reads a part of what that takes, some
 * milliseconds long: while 'whole' is false call it again. What came since the
 * last call is added to it; after an undoing or a merging of customers it begins
 * anew. { 0 } is one that was never read. */
MUST_CHECK enum status scan_update(struct store *store, struct scan *s);
void scan_release(struct scan *s);

/* Fills in a window's 0s: from the first day with a sale or refund, to the last
 * sale's; both stay 0 where there is no sale. A refund given after the last sale is
 * in none until a sale follows it: else it would move the day from which figures
 * look back. ST_INVALID: it ends before it starts. */
MUST_CHECK enum status scan_window(const struct scan *s, int32_t *from, int32_t *to);
/* Sums of the days from 'from' through 'to'. ST_FULL: larger than can be kept. */
MUST_CHECK enum status scan_takings(const struct scan *s, int32_t from, int32_t to,
				    struct takings *out);
/* The parts of their revenue: of customers' first visits ever, of their later
 * ones, and of nobody known. A refund stands on the day on which it was given,
 * with the visit that it comes off. ST_FULL. */
struct revenue_parts {
	int64_t new, returning, anonymous;
};
MUST_CHECK enum status scan_revenue(const struct scan *s, int32_t from, int32_t to,
				    struct revenue_parts *out);
void scan_visitors(const struct scan *s, int32_t from, int32_t to, struct visitors *out);
size_t scan_next_customer(const struct scan *s, size_t i);	/* from visits[i]'s */

#endif
