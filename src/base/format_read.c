/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/format.h"
#include "base/language.h"
#include "base/money.h"
#include "base/text.h"

/* -- money and numbers -- */

enum { SYMBOLS = 3 };

/* The ways to write the symbol; a point at the end is left to who reads. */
static const char *symbol_at(const struct format *f, size_t i, size_t *len)
{
	const char *symbol = i ? f->read_too[i - 1] : f->symbol;

	*len = strlen(symbol);
	if (*len && symbol[*len - 1] == '.')
		--*len;
	return symbol;
}

/* "Rs 50", "Rs. 50", "-₹50": the longest symbol behind blanks and signs. */
static void strip_front(const struct format *f, char *text)
{
	const char *next = text, *symbol;
	size_t start, most = 0, len;
	uint32_t c;

	do {
		start = (size_t)(next - text);
		c = digit_read(&next);
	} while (c == ' ' || c == '-' || c == '+');
	text += start;
	for (size_t i = 0; i < SYMBOLS; i++) {
		symbol = symbol_at(f, i, &len);
		if (len > most && !strncasecmp(text, symbol, len))
			most = len;
	}
	if (most && isalpha((unsigned char)text[most - 1]) && text[most] == '.')
		most++;
	memmove(text, text + most, strlen(text + most) + 1);
}

static size_t without_blanks(const char *text, size_t len)
{
	while (len && text[len - 1] == ' ')
		len--;
	return len;
}

/* "50 ֏", "50 Rs.", and the "50/-" of Indian bills. */
static void strip_back(const struct format *f, char *text)
{
	size_t end = without_blanks(text, strlen(text));
	size_t bare, most = 0, len;

	if (end >= 2 && !memcmp(text + end - 2, "/-", 2))
		end -= 2;
	bare = end - (end && text[end - 1] == '.');
	for (size_t i = 0; i < SYMBOLS; i++) {
		const char *symbol = symbol_at(f, i, &len);

		if (len > most && len <= bare && !strncasecmp(text + bare - len, symbol, len))
			most = len;
	}
	if (most)
		end = bare - most;
	text[without_blanks(text, end)] = '\0';
}

enum status format_read_money(const struct format *f, const char *text, int64_t *minor)
{
	char bare[128];

	if (strlen(text) >= sizeof(bare))
		return money_parse(text, f->decimals, minor);
	strcpy(bare, text);
	strip_back(f, bare);
	strip_front(f, bare);
	return money_parse(*bare ? bare : text, f->decimals, minor);
}

enum status format_read_number(const struct format *f, const char *text, int64_t *n)
{
	(void)f;
	if (money_parse(text, 0, n) == ST_OK)
		return ST_OK;
	return fail(ST_INVALID, "\"%.40s\" is not a whole number: write it like 12.", text);
}

/* -- days -- */

/* A date taken apart: up to three numbers, or two and the name of a month. */
struct parts {
	int number[3], digits[3];	/* digits: how many it was written with */
	int count;
	int month;			/* 0: not by name */
};

/* Does the word begin with this name? "november" and "nov" do with "Nov". */
static bool begins_with(const char *folded, const char *name)
{
	char start[64];

	text_fold(name, start, sizeof(start));
	return !strncmp(folded, start, strlen(start));
}

static int month_named(const char *word, size_t len)
{
	static const char *const english[] = { "jan", "feb", "mar", "apr", "may", "jun",
					       "jul", "aug", "sep", "oct", "nov", "dec" };
	char cut[64], folded[64];

	if (len >= sizeof(cut))
		return 0;
	memcpy(cut, word, len);
	cut[len] = '\0';
	text_fold(cut, folded, sizeof(folded));
	for (int month = 1; month <= 12; month++)
		if (begins_with(folded, month_name(month)) ||
		    begins_with(folded, english[month - 1]))
			return month;
	return 0;
}

static bool stands_between(uint32_t c)
{
	return c < 0x80 && strchr(" .,/-", (int)c);
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* The number that begins at 'text'; moves behind it. */
static bool take_number(const char **text, struct parts *p)
{
	const char *at = *text;
	uint32_t c;

	if (p->count == 3)
		return false;
	for (; is_digit(c = digit_read(&at)); *text = at) {
		p->number[p->count] = p->number[p->count] * 10 + (int)(c - '0');
		if (++p->digits[p->count] > 4)
			return false;
	}
	p->count++;
	return true;
}

/* The word that begins at 'text', which must name a month; moves behind it. */
static bool take_month(const char **text, struct parts *p)
{
	const char *start = *text, *at = *text;
	uint32_t c = digit_read(&at);

	while (c && !is_digit(c) && !stands_between(c)) {
		*text = at;
		c = digit_read(&at);
	}
	if (p->month)
		return false;
	p->month = month_named(start, (size_t)(*text - start));
	return p->month > 0;
}

static bool take_apart(const char *text, struct parts *p)
{
	const char *at = text;
	uint32_t c;

	while ((c = digit_read(&at))) {
		if (stands_between(c))
			text = at;
		else if (!(is_digit(c) ? take_number(&text, p) : take_month(&text, p)))
			return false;
		at = text;
	}
	return true;
}

/* Where day, month and year stand among the numbers; -1: nowhere. */
struct places {
	int day, month, year;
};

static bool find_places(const struct parts *p, enum date_style style, struct places *at)
{
	bool from_year = style == DATE_YMD || style == DATE_ISO;
	bool year_first = p->digits[0] == 4 || (from_year && p->digits[2] != 4);

	*at = (struct places){ -1, -1, -1 };
	if (p->month) {
		year_first = p->digits[0] == 4;
		at->day = p->count == 2 && year_first;
		at->year = p->count == 2 ? !year_first : -1;
		return p->count == 1 || p->count == 2;
	}
	if (p->count == 3) {
		at->year = year_first ? 0 : 2;
		at->month = year_first || style == DATE_DMY ? 1 : 0;
		at->day = year_first ? 2 : 1 - at->month;
		return year_first || !from_year;
	}
	at->month = style == DATE_DMY;
	at->day = !at->month;
	return p->count == 2;
}

/* 26 is 2026 and 85 is 1985: the last such year before 20 more have passed. */
static bool find_year(const struct parts *p, int at, int this_year, int *year)
{
	if (at < 0)
		*year = this_year;
	else if (p->digits[at] == 4)
		*year = p->number[at];
	else if (p->digits[at] == 2)
		*year = this_year + 20 - (this_year + 20 + 100 - p->number[at]) % 100;
	else
		return false;
	return true;
}

static enum status not_date(const struct format *f, const char *text)
{
	static const char *const like[] = { [DATE_DMY] = "21/11/2026", [DATE_MDY] = "11/21/2026",
					    [DATE_YMD] = "2026-11-21",
					    [DATE_ISO] = "2026-11-21" };

	return fail(ST_INVALID, "\"%.40s\" is not a date: write it like %s.", text, like[f->dates]);
}

enum status format_read_day(const struct format *f, const char *text, int32_t today, int32_t *day)
{
	struct parts p = { 0 };
	struct places at;
	int year, month, date;
	int32_t read;

	day_to_civil(today, &year, &month, &date);
	if (!take_apart(text, &p) || !find_places(&p, f->dates, &at) ||
	    !find_year(&p, at.year, year, &year) || p.digits[at.day] > 2 ||
	    (!p.month && p.digits[at.month] > 2))
		return not_date(f, text);
	month = p.month ? p.month : p.number[at.month];
	date = p.number[at.day];
	if (!date_exists(year, month, date))
		return fail(ST_INVALID, "\"%.40s\" is not in the calendar: check month and day.",
			    text);
	read = day_from_civil(year, month, date);
	if (read < CLOCK_FIRST_DAY || read > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "\"%.40s\" is outside of what the book can hold, "
			    "1970-01-02 to 2199-12-31: check the year.", text);
	*day = read;
	return ST_OK;
}
