/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* An instant is microseconds since 1970 UTC; a day is days since 1970-01-01
 * in the shop's own time zone. The program serves one shop, so there is one
 * zone, set once when the shop is opened. */

#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)

/* Dates that a shop's book may hold: 1970-01-02 .. 2199-12-31. */
#define CLOCK_FIRST_DAY 1
#define CLOCK_LAST_DAY 84005

/* ST_INVALID: no such zone in the system's time zone files; the sentence names
 * near ones. An unknown zone is never taken for UTC. */
MUST_CHECK enum status clock_set_zone(const char *name);
const char *clock_zone(void);			/* "UTC" until one is set */
bool clock_zone_exists(const char *name);

/* How far another zone's clocks are ahead of UTC, in seconds, at the
 * beginning of 'n' UTC days from that second on; the shop's zone stays. Slow for
 * one, so ask for many. ST_INVALID: no such zone. */
MUST_CHECK enum status clock_offsets(const char *name, int64_t first, size_t n, int32_t *seconds);

/* The instant now, or what REGULARS_NOW says ("2026-03-01T09:14:00" in the
 * shop's zone, or with Z or an offset). Only the faces call this: everything
 * below them is given its 'now'. */
int64_t clock_now(void);

/* ST_INVALID when REGULARS_NOW is set and cannot be read. Called once by main. */
MUST_CHECK enum status clock_check(void);

struct civil {
	int year, month, day;		/* 2026, 1..12, 1..31 */
	int hour, minute, second, micro;
};

struct civil clock_civil(int64_t instant);		/* in the shop's zone */
int32_t clock_day(int64_t instant);			/* the shop's day */
int clock_minute_of_day(int64_t instant);		/* 0..1439 in the shop's zone */
/* A time that the clock skips becomes the first instant after the gap; one
 * that it shows twice is the first of the two. */
int64_t clock_instant(const struct civil *c);
int64_t clock_day_start(int32_t day);

/* Calendar arithmetic on days; no zone. */
int32_t day_from_civil(int year, int month, int day);
void day_to_civil(int32_t day, int *year, int *month, int *date);
int day_of_week(int32_t day);				/* 0 Monday .. 6 Sunday */
bool date_exists(int year, int month, int day);
int32_t day_add_months(int32_t day, int months);	/* 31 Jan + 1 month = 28/29 Feb */
int32_t day_month_end(int32_t day);
int32_t day_year_end(int32_t day);

/* "2026-03-01". ST_INVALID: not a date, or outside the book's range. */
MUST_CHECK enum status day_parse(const char *text, int32_t *day);
/* "2026-03-01T09:14:00", seconds and fraction (six digits of it) optional, a
 * space for the T, Z or +05:30 or +0530 at the end optional; else the shop's
 * zone; a date alone is its midnight. ST_INVALID as for days. */
MUST_CHECK enum status instant_parse(const char *text, int64_t *instant);
/* "12m", "90d", "4w", "2y": months and days. ST_INVALID: none of these, or
 * longer than 200 years. */
MUST_CHECK enum status span_parse(const char *text, int *months, int *days);

enum { DAY_TEXT = 11, INSTANT_TEXT = 33 };
void day_print(int32_t day, char out[DAY_TEXT]);		/* 2026-03-01 */
/* 2026-03-01T09:14:00 in the shop's zone; a fraction only where it is not 0. */
void instant_print(int64_t instant, char out[INSTANT_TEXT]);

#endif
