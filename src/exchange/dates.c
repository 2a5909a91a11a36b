/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/dates.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/digits.h"

enum { DATE_ROOM = 48, DATES_STRAY = 100 };	/* one in a hundred may be a slip */

/* Three numbers as they stand, and the time behind them. */
struct parts {
	int number[3], digits[3];
	struct civil time;
};

static const char *const order_names[DATES_ORDERS] = { "", "dmy", "mdy", "ymd" };

/* Where year, month and day stand. */
static const int places[DATES_ORDERS][3] = {
	[DATES_DMY] = { 2, 1, 0 }, [DATES_MDY] = { 2, 0, 1 }, [DATES_YMD] = { 0, 1, 2 }
};

const char *date_order_name(enum date_order order)
{
	return order_names[order];
}

/* -- taking apart -- */

static bool take_number(const char **at, int *value, int *digits)
{
	*value = *digits = 0;
	for (; isdigit((unsigned char)**at) && *digits < 9; ++*at, ++*digits)
		*value = *value * 10 + (**at - '0');
	return *digits > 0;
}

static bool take_date(const char **at, struct parts *p)
{
	char sign;

	if (!take_number(at, &p->number[0], &p->digits[0]))
		return false;
	if (p->digits[0] == 8) {
		p->number[2] = p->number[0] % 100;
		p->number[1] = p->number[0] / 100 % 100;
		p->number[0] /= 10000;
		p->digits[0] = 4;
		return true;
	}
	sign = **at;
	if (!sign || !strchr("/.-", sign))
		return false;
	++*at;
	if (!take_number(at, &p->number[1], &p->digits[1]) || p->digits[1] > 2 || **at != sign)
		return false;
	++*at;
	return take_number(at, &p->number[2], &p->digits[2]);
}

static void pass_spaces(const char **at)
{
	while (**at == ' ')
		++*at;
}

/* 12 AM is midnight. */
static bool take_half(const char **at, struct civil *t)
{
	bool evening = !strncasecmp(*at, "pm", 2);

	if (!evening && strncasecmp(*at, "am", 2) != 0)
		return true;
	*at += 2;
	if (t->hour < 1 || t->hour > 12)
		return false;
	t->hour = t->hour % 12 + (evening ? 12 : 0);
	return true;
}

/* "T09:14", " 9:14:05.120", ", 4:05 PM". */
static bool take_time(const char **at, struct civil *t)
{
	int digits;

	*at += **at == 'T' || **at == ',';
	pass_spaces(at);
	if (!**at)
		return true;
	if (!take_number(at, &t->hour, &digits) || digits > 2 || *(*at)++ != ':' ||
	    !take_number(at, &t->minute, &digits) || digits != 2)
		return false;
	if (**at == ':') {
		++*at;
		if (!take_number(at, &t->second, &digits) || digits != 2)
			return false;
		if (**at == '.')
			*at += 1 + strspn(*at + 1, "0123456789");
	}
	pass_spaces(at);
	if (!take_half(at, t))
		return false;
	pass_spaces(at);
	return !**at && t->hour < 24 && t->minute < 60 && t->second < 60;
}

/* Digits of any script as ASCII; a text too long for a date becomes "". */
static void normal(const char *text, char out[DATE_ROOM])
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text)) && n < DATE_ROOM - 1)
		if (n || c != ' ')
			out[n++] = (char)(c < 0x80 ? c : '?');
	out[c ? 0 : n] = '\0';
}

static bool take_apart(const char *text, struct parts *p)
{
	char room[DATE_ROOM];
	const char *at = room;

	*p = (struct parts){ .number = { 0 } };
	normal(text, room);
	return take_date(&at, p) && take_time(&at, &p->time);
}

/* -- putting together -- */

/* False: these numbers are no date in that order. */
static bool in_order(const struct parts *p, enum date_order order, struct civil *c)
{
	const int *place = places[order];

	*c = p->time;
	c->year = p->number[place[0]];
	c->month = p->number[place[1]];
	c->day = p->number[place[2]];
	if (p->digits[place[0]] == 2)
		c->year += c->year < 70 ? 2000 : 1900;
	else if (p->digits[place[0]] != 4)
		return false;
	return p->digits[place[1]] <= 2 && p->digits[place[2]] <= 2 &&
	       date_exists(c->year, c->month, c->day);
}

/* A year of four digits in front says it all. */
static bool is_settled(const struct parts *p)
{
	return p->digits[0] == 4;
}

static enum status not_date(const char *text, enum date_order order)
{
	if (!*text)
		return fail(ST_INVALID, "there is no date");
	if (order == DATES_AUTO || order == DATES_YMD)
		return fail(ST_INVALID, "\"%.40s\" is not a date; write it like 2026-03-01 or "
			    "2026-03-01T09:14:00", text);
	return fail(ST_INVALID, "\"%.40s\" is not a date with day, month and year in the order "
		    "%s, which the file has elsewhere or --dates says", text, order_names[order]);
}

enum status date_split(const char *text, enum date_order order, struct civil *out)
{
	struct parts p;

	if (!take_apart(text, &p))
		return not_date(text, DATES_AUTO);
	if (!is_settled(&p) && order == DATES_AUTO)
		return ST_REFUSED;
	if (!in_order(&p, is_settled(&p) ? DATES_YMD : order, out))
		return not_date(text, is_settled(&p) ? DATES_YMD : order);
	return ST_OK;
}

enum status date_read(const char *text, enum date_order order, int64_t *instant)
{
	struct civil c;
	enum status st;
	int32_t day;

	if (strnlen(text, 5) == 5 && text[4] == '-' && instant_parse(text, instant) == ST_OK)
		return ST_OK;
	st = date_split(text, order, &c);
	if (st != ST_OK)
		return st;
	day = day_from_civil(c.year, c.month, c.day);
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "\"%.40s\" is outside of what the book can hold, "
			    "1970-01-02 to 2199-12-31; check the year", text);
	*instant = clock_instant(&c);
	return ST_OK;
}

/* -- a whole column -- */

static void sample(struct date_sample *s, const char *text, long line)
{
	if (s->rows++)
		return;
	s->line = line;
	snprintf(s->text, sizeof(s->text), "%s", text);
}

void date_column_add(struct date_column *c, const char *text, long line)
{
	struct civil by_day, by_month;
	struct parts p;
	bool dmy, mdy;

	if (!take_apart(text, &p) || is_settled(&p))
		return;
	dmy = in_order(&p, DATES_DMY, &by_day);
	mdy = in_order(&p, DATES_MDY, &by_month);
	if (dmy && mdy && by_day.day != by_month.day)
		sample(&c->unclear, text, line);
	else if (dmy && !mdy)
		sample(&c->only_dmy, text, line);
	else if (mdy && !dmy)
		sample(&c->only_mdy, text, line);
}

static enum status two_orders(const struct date_column *c)
{
	return fail(ST_INVALID, "the dates have two orders: line %ld has \"%s\", line %ld has "
		    "\"%s\"; say which is right with --dates dmy or --dates mdy, and the other "
		    "lines are rejected", c->only_dmy.line, c->only_dmy.text, c->only_mdy.line,
		    c->only_mdy.text);
}

enum status date_column_order(const struct date_column *c, enum date_order *order)
{
	int64_t dmy = c->only_dmy.rows, mdy = c->only_mdy.rows;

	*order = dmy >= mdy ? DATES_DMY : DATES_MDY;
	if ((dmy < mdy ? dmy : mdy) * DATES_STRAY > (dmy < mdy ? mdy : dmy))
		return two_orders(c);
	if (!dmy && !mdy && c->unclear.rows)
		return fail(ST_INVALID, "line %ld: \"%s\" can be read in two ways, and no date of "
			    "the file settles it; say --dates dmy when the day stands first, "
			    "--dates mdy when the month does", c->unclear.line, c->unclear.text);
	return ST_OK;
}
