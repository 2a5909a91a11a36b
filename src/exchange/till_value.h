/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_TILL_VALUE_H
#define EXCHANGE_TILL_VALUE_H

#include "exchange/dates.h"
#include "exchange/zones.h"

/* Values as tills write them. */

/* Like money_parse(), also with what stands around the digits: "$1,149.00 ",
 * "(33.62)" and "-$5.00" and "5.00-" below zero, "Rs. 40", "12.50 EUR". */
MUST_CHECK enum status till_money(const char *text, int decimals, int64_t *minor);

/* The same; ST_INVALID too where the text names another currency than 'code', by
 * its sign or its code: "£7.00", "EUR 5", "CA$7" in a shop of USD. NULL: any will do. */
MUST_CHECK enum status till_price(const char *text, int decimals, const char *code,
				  int64_t *minor);

/* Spreadsheets keep numbers as text by an apostrophe in front: '+1613..., '0012.
 * The text behind it; names like 't Hooft stay. */
const char *till_text(const char *text);
/* That of ids and codes, which begin with any letter: 'C2. */
const char *till_code(const char *text);

/* A date and time, parted from its zone, with the month as a number:
 * "2023-12-16 02:44 AM" and "EST" of "16-Dec-2023 02:44 AM EST". What does not
 * fit becomes "". */
struct till_date {
	char text[48], zone[64];
	bool half;			/* the clock has AM and PM */
};
void till_date_read(const char *date, const char *time, struct till_date *out);

/* 'zone' is for a date that has none of its own. ST_INVALID: not a date of that
 * order, a zone that is not known, outside of the book's range. ST_REFUSED: its
 * order is not known; without a sentence. */
MUST_CHECK enum status till_instant(struct zone_memory *zones, const struct till_date *date,
				    const char *zone, enum date_order order, int64_t *instant);

#endif
