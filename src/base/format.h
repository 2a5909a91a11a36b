/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* Money, numbers and dates as people here write them. libc's are inconsistent
 * between languages and not there where a locale was not generated; files and
 * scripts use money_print() and day_print() instead. Words (months, "today")
 * are those of the language in use; a point parts decimals and a comma groups,
 * as money_parse() reads them. A shop's own is made by settings_format(). */

enum grouping { GROUPING_NONE, GROUPING_THOUSANDS, GROUPING_INDIAN };	/* 12,34,567 */
/* DATE_ISO: "2026-11-21", for what scripts may read. */
enum date_style { DATE_DMY, DATE_MDY, DATE_YMD, DATE_ISO };

struct format {
	char symbol[16];		/* "₹"; before the amount, or behind it */
	bool symbol_behind;
	char read_too[2][8];		/* "Rs", "INR": for the symbol where one types */
	int decimals;			/* 0..4 */
	enum grouping grouping;
	enum date_style dates;
	uint32_t zero;			/* the digit nought: '0', or U+0AE6 */
};

enum { FORMAT_TEXT = 96 };
/* Each writes to 'out' and returns it. */

const char *format_money(const struct format *f, int64_t minor, char out[FORMAT_TEXT]);
/* The same without decimals where they are all zeros: "₹4,120", "₹4,120.50". */
const char *format_money_short(const struct format *f, int64_t minor, char out[FORMAT_TEXT]);
/* Without the symbol. */
const char *format_amount(const struct format *f, int64_t minor, char out[FORMAT_TEXT]);
const char *format_number(const struct format *f, int64_t n, char out[FORMAT_TEXT]);
/* Of so many decimals, halves away from zero: "2.13". For what was reckoned,
 * never for money. */
const char *format_decimal(const struct format *f, double number, int decimals,
			   char out[FORMAT_TEXT]);
/* Hundredths of a percent, half up to tenths: "48.3 %", "71 %". */
const char *format_percent(const struct format *f, int64_t hundredths, char out[FORMAT_TEXT]);

/* "21 Nov 2026". */
const char *format_day(const struct format *f, int32_t day, char out[FORMAT_TEXT]);
/* Of a day in it: "Nov 2026"; of DATE_ISO "2026-11". */
const char *format_month(const struct format *f, int32_t day, char out[FORMAT_TEXT]);
/* "Sat 21 Nov". */
const char *format_weekday(const struct format *f, int32_t day, char out[FORMAT_TEXT]);
/* Of the day: "10:42". */
const char *format_time(const struct format *f, int minute, char out[FORMAT_TEXT]);
/* "today", "yesterday", "3 days ago", then the date; the date of days to come. */
const char *format_ago(const struct format *f, int32_t day, int32_t today, char out[FORMAT_TEXT]);

const char *month_name(int month);		/* 1..12: "Jan" */
const char *weekday_name(int weekday);		/* 0..6, day_of_week(): "Mon" */

/* What people type, in digits of any script; money, numbers and days as they
 * are written above are read back. "12.50", "1,250", "1,250/-", the symbol
 * before or behind it. ST_INVALID: a sentence that quotes it. */
MUST_CHECK enum status format_read_money(const struct format *f, const char *text, int64_t *minor);
MUST_CHECK enum status format_read_number(const struct format *f, const char *text, int64_t *n);
/* "21.11.2026", "21/11/26", "2026-11-21", "21 Nov", "21 11": of this year when
 * it has none, in the order of f->dates unless the year comes first. A year of
 * two digits is at most 20 years ahead. */
MUST_CHECK enum status format_read_day(const struct format *f, const char *text, int32_t today,
				       int32_t *day);

#endif
