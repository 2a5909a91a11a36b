/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_DATES_H
#define EXCHANGE_DATES_H

#include <stdint.h>

#include "base/clock.h"
#include "base/status.h"

/* Dates as files have them: 2026-03-01, with a time, a zone; 2026/3/1;
 * 20260301; and 1/3/2026, 01.03.26, 3-1-2026 4:05 PM, whose order a whole
 * column or a person must settle. Two digits are a year from 1970 to 2069. */

enum date_order { DATES_AUTO, DATES_DMY, DATES_MDY, DATES_YMD, DATES_ORDERS };

/* "dmy"; "" for DATES_AUTO. */
const char *date_order_name(enum date_order order);

/* ST_INVALID: not a date of that order, or outside the book's range.
 * ST_REFUSED: its order is not known; without a sentence. */
MUST_CHECK enum status date_read(const char *text, enum date_order order, int64_t *instant);
/* The same of any year, for birthdays. */
MUST_CHECK enum status date_split(const char *text, enum date_order order, struct civil *out);

/* What a column of dates says about its order: dmy or mdy; that the year of
 * two digits stands first, only a person can say. { 0 } has seen nothing. */
struct date_sample {
	int64_t rows;
	long line;			/* the first of them */
	char text[40];
};
struct date_column {
	struct date_sample unclear, only_dmy, only_mdy;
};
void date_column_add(struct date_column *c, const char *text, long line);

/* The order that the dates have which can be read in one way only, or all but
 * one in a hundred of them. ST_INVALID: there are two orders, or no such date;
 * the sentence quotes lines. */
MUST_CHECK enum status date_column_order(const struct date_column *c, enum date_order *order);

#endif
