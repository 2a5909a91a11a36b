/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_MONEY_H
#define INSIGHT_MONEY_H

#include "insight/definition.h"
#include "insight/owed.h"
#include "insight/sheet.h"

/* A calendar month in money, beside the month before and the same month a year
 * before. An entry counts on the day on which it happened. Minor units. */

struct money_program {
	int64_t rewards, points;	/* given away: rewards claimed at own cost, points
					 * that paid bills (insight/owed.h) */
};

struct money_month {
	int32_t month, end;	/* its first and last day */
	bool there;		/* the shop had begun to sell by its end; else all is 0 */
	/* Sales less refunds, after rewards and points came off the bills; and
	 * what was not rung up. They sum to takings. */
	int64_t members;	/* who had joined any program by that day */
	int64_t others;		/* other known customers */
	int64_t unknown;	/* nobody known */
	int64_t walk_in;
	int64_t takings;
	struct money_program *program;	/* of each of flows->programs */
	int64_t given;		/* by all of them */
	int64_t owed_before, owed;	/* at the end of the month before, and of it */
};

enum { MONEY_NOW, MONEY_BEFORE, MONEY_YEAR, MONEY_MONTHS };

/* The page, line by line. What is not there is left out: a program that gave
 * nothing in any of the months, walk-in totals that were never told. */
enum money_line { MONEY_MEMBERS, MONEY_OTHERS, MONEY_UNKNOWN, MONEY_WALK_IN, MONEY_TAKINGS,
		  MONEY_REWARDS, MONEY_POINTS, MONEY_GIVEN, MONEY_OWED_BEFORE, MONEY_MOVED,
		  MONEY_OWED, MONEY_LINES };
struct money_row {
	enum money_line line;
	const struct program *program;	/* of MONEY_REWARDS and MONEY_POINTS; else NULL */
	int64_t amount[MONEY_MONTHS];
};

struct money {
	struct money_month month[MONEY_MONTHS];
	struct money_row *row;
	size_t n;
};

/* The first day of the last month that is over on 'today', or of the last one
 * with a sale, if that was earlier; 0: no sale yet. */
int32_t money_last_month(const struct flows *f, int32_t today);
/* 'month': any day of it. The flows must stay as long. ST_INVALID: outside of
 * the book's days; ST_FULL. Release *out whatever it returns. */
MUST_CHECK enum status money_of(const struct flows *f, int32_t month, struct money *out);
void money_release(struct money *m);

extern const struct definition money_definitions[];
const char *money_line_name(enum money_line line);	/* N_() */
void money_sheet(const struct money *m, struct sheet *out);

#endif
