/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* The calendar. Years begin in March here, so that the leap day is the last
 * one; 400 of them are 146097 days, and 719468 lie between 0000-03-01 and
 * 1970-01-01. */

enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };

static int floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

int32_t day_from_civil(int year, int month, int day)
{
	int from_march = (month + 9) % 12;
	int march_year = year - (month <= 2);
	int era = floor_div(march_year, ERA_YEARS);
	int in_era = march_year - era * ERA_YEARS;

	return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 +
	       (153 * from_march + 2) / 5 + day - 1 - DAYS_TO_1970;
}

void day_to_civil(int32_t day, int *year, int *month, int *date)
{
	int shifted = day + DAYS_TO_1970;
	int era = floor_div(shifted, ERA_DAYS);
	int in_era = shifted - era * ERA_DAYS;
	int years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (years * 365 + years / 4 - years / 100);
	int from_march = (5 * in_year + 2) / 153;

	*date = in_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = era * ERA_YEARS + years + (*month <= 2);
}

int day_of_week(int32_t day)
{
	return day - floor_div(day + 3, 7) * 7 + 3;	/* 1970-01-01 was a Thursday */
}

static int month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month - 1] + (month == 2 && leap);
}

bool date_exists(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
}

int32_t day_add_months(int32_t day, int months)
{
	int year, month, date, last;

	day_to_civil(day, &year, &month, &date);
	months += month - 1;
	year += floor_div(months, 12);
	month = months - floor_div(months, 12) * 12 + 1;
	last = month_length(year, month);
	return day_from_civil(year, month, date < last ? date : last);
}

int32_t day_month_end(int32_t day)
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	return day + month_length(year, month) - date;
}

int32_t day_year_end(int32_t day)
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	return day_from_civil(year, 12, 31);
}

/* Reading. */

/* Exactly 'n' digits; moves behind them. */
static bool take_digits(const char **at, int n, int *value)
{
	*value = 0;
	while (n--) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (*(*at)++ - '0');
	}
	return true;
}

static bool take_sign(const char **at, char sign)
{
	if (**at != sign)
		return false;
	++*at;
	return true;
}

static bool take_date(const char **at, struct civil *c)
{
	return take_digits(at, 4, &c->year) && take_sign(at, '-') &&
	       take_digits(at, 2, &c->month) && take_sign(at, '-') && take_digits(at, 2, &c->day);
}

static enum status check_date(const char *text, const struct civil *c)
{
	int32_t day;

	if (!date_exists(c->year, c->month, c->day))
		return fail(ST_INVALID, "\"%.40s\" is not in the calendar: check month and day.",
			    text);
	day = day_from_civil(c->year, c->month, c->day);
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "\"%.40s\" is outside of what the book can hold, "
			    "1970-01-02 to 2199-12-31: check the year.", text);
	return ST_OK;
}

enum status day_parse(const char *text, int32_t *day)
{
	struct civil c = { 0 };
	const char *at = text;
	enum status st;

	if (!take_date(&at, &c) || *at)
		return fail(ST_INVALID, "\"%.40s\" is not a date: write it like 2026-03-01.",
			    text);
	st = check_date(text, &c);
	if (!st)
		*day = day_from_civil(c.year, c.month, c.day);
	return st;
}

/* ".123": any number of digits, the first six count. */
static bool take_fraction(const char **at, int *micro)
{
	int unit = 100000;

	*micro = 0;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; ++*at, unit /= 10)
		*micro += unit * (**at - '0');
	return true;
}

static bool take_time(const char **at, struct civil *c)
{
	if (!take_digits(at, 2, &c->hour) || !take_sign(at, ':') ||
	    !take_digits(at, 2, &c->minute))
		return false;
	if (take_sign(at, ':') &&
	    (!take_digits(at, 2, &c->second) ||
	     (take_sign(at, '.') && !take_fraction(at, &c->micro))))
		return false;
	return c->hour <= 23 && c->minute <= 59 && c->second <= 59;
}

/* "Z", "+05:30", "+0530", "+05", after a space too; 'minutes' east of UTC. */
static bool take_offset(const char **at, int *minutes)
{
	int hour, minute = 0;
	bool west;

	take_sign(at, ' ');
	*minutes = 0;
	if (take_sign(at, 'Z'))
		return true;
	west = **at == '-';
	if (!take_sign(at, west ? '-' : '+') || !take_digits(at, 2, &hour))
		return false;
	if (take_sign(at, ':') || **at) {
		if (!take_digits(at, 2, &minute))
			return false;
	}
	*minutes = (hour * 60 + minute) * (west ? -1 : 1);
	return hour <= 23 && minute <= 59;
}

static int64_t instant_utc(const struct civil *c, int minutes)
{
	int64_t day = day_from_civil(c->year, c->month, c->day);

	return (day * 24 + c->hour) * CLOCK_HOUR + (c->minute - minutes) * CLOCK_MINUTE +
	       c->second * CLOCK_SECOND + c->micro;
}

static enum status not_time(const char *text)
{
	return fail(ST_INVALID, "\"%.60s\" is not a time: write it like 2026-03-01T09:14:00.",
		    text);
}

enum status instant_parse(const char *text, int64_t *instant)
{
	struct civil c = { 0 };
	const char *at = text;
	int minutes = 0;
	bool zoned;
	int64_t read;
	enum status st;

	if (!take_date(&at, &c))
		return not_time(text);
	if (*at && (!(take_sign(&at, 'T') || take_sign(&at, ' ')) || !take_time(&at, &c)))
		return not_time(text);
	zoned = *at != '\0';
	if (zoned && (!take_offset(&at, &minutes) || *at))
		return not_time(text);
	st = check_date(text, &c);
	if (st)
		return st;
	read = zoned ? instant_utc(&c, minutes) : clock_instant(&c);
	c = clock_civil(read);
	st = check_date(text, &c);
	if (!st)
		*instant = read;
	return st;
}

enum status span_parse(const char *text, int *months, int *days)
{
	enum { MOST_YEARS = 200 };
	char *end = NULL;
	long n = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
	int unit_months = 0, unit_days = 0;

	if (end && *end && !end[1]) {
		switch (*end) {
		case 'd': unit_days = 1; break;
		case 'w': unit_days = 7; break;
		case 'm': unit_months = 1; break;
		case 'y': unit_months = 12; break;
		}
	}
	if (n < 0 || !(unit_days || unit_months))
		return fail(ST_INVALID, "\"%.40s\" is not a span of time: write a number and d, "
			    "w, m or y, like 90d or 12m.", text);
	if (n > MOST_YEARS * 365 || n * unit_months > MOST_YEARS * 12 ||
	    n * unit_days > MOST_YEARS * 365)
		return fail(ST_INVALID, "\"%.40s\" is too long: a span has at most 200 years.",
			    text);
	*months = (int)n * unit_months;
	*days = (int)n * unit_days;
	return ST_OK;
}

/* Printing. */

void day_print(int32_t day, char out[DAY_TEXT])
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	snprintf(out, DAY_TEXT, "%04d-%02d-%02d", year, month, date);
}

void instant_print(int64_t instant, char out[INSTANT_TEXT])
{
	struct civil c = clock_civil(instant);
	int n = snprintf(out, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month,
			 c.day, c.hour, c.minute, c.second);

	if (c.micro && n > 0 && n < INSTANT_TEXT)
		snprintf(out + n, (size_t)(INSTANT_TEXT - n), ".%06d", c.micro);
}
