/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_CALENDAR_H
#define INSIGHT_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

/* The calendar months that a span of days touches, numbered from 0, for asking
 * by the million. */
struct calendar {
	int32_t from;		/* the first day of the first of them */
	int32_t to;		/* the last day of the last */
	size_t months;
	int32_t *first;		/* of each month, the first day; one more than 'months' */
	uint16_t *month;	/* of each day since 'from' */
};

/* From the month of one day through that of another, of the book's range. */
void calendar_start(struct calendar *c, int32_t from, int32_t to);
void calendar_release(struct calendar *c);

/* Of a day that is in it. */
static inline size_t calendar_month(const struct calendar *c, int32_t day)
{
	return c->month[day - c->from];
}

int32_t month_first(int32_t day);	/* the first day of its month */

#endif
