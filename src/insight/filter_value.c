/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/filter_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/digits.h"

/* Times, as they may be written:
 *
 *   60d 8w 12m 2y           a length: back from today, or ahead of it; also 60 days,
 *                           2 weeks, 1 month
 *   2026-08-01              a day
 *   2026-08  2026           all days of a month, of a year
 *   2026-08-01..2026-08-31  from one day through another; also of months
 *   today  yesterday
 *   05-27                   a day of every year: birthdays
 */

enum { LONGEST = 36500, WORD_ROOM = 64 };

/* Digits of any script as 0-9. */
static bool plain(const char *text, char out[WORD_ROOM])
{
	size_t n = 0;
	uint32_t c;

	while ((c = digit_read(&text))) {
		if (c >= 0x80 || n + 1 == WORD_ROOM)
			return false;
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return n > 0;
}

bool when_is_unit(const char *word)
{
	static const char *const units[] = {
		"d", "day", "days", "w", "week", "weeks", "m", "month", "months",
		"y", "year", "years"
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcasecmp(word, units[i]))
			return true;
	return false;
}

static bool read_length(const char *text, struct filter_when *out)
{
	int32_t n = 0;
	size_t i = 0;

	for (; text[i] >= '0' && text[i] <= '9' && n <= LONGEST; i++)
		n = n * 10 + (text[i] - '0');
	if (!i || !when_is_unit(text + i))
		return false;
	*out = (struct filter_when){ .kind = WHEN_LENGTH, .n = n,
				     .unit = (char)(text[i] | 0x20) };
	return n <= LONGEST / (out->unit == 'd' ? 1 : out->unit == 'w' ? 7 :
			       out->unit == 'm' ? 31 : 366);
}

static bool are_digits(const char *text, size_t n)
{
	return strspn(text, "0123456789") >= n;
}

static bool of_month(int year, int month, struct filter_when *out)
{
	if (!date_exists(year, month, 1))
		return false;
	out->from = day_from_civil(year, month, 1);
	out->to = day_month_end(out->from);
	return out->from >= CLOCK_FIRST_DAY - 1 && out->to <= CLOCK_LAST_DAY;
}

/* 2026, 2026-08, 2026-08-01, 05-27 */
static bool read_date(const char *text, struct filter_when *out)
{
	size_t len = strlen(text);
	int year = atoi(text);

	*out = (struct filter_when){ 0 };
	if (len == 5 && are_digits(text, 2) && text[2] == '-' && are_digits(text + 3, 2)) {
		*out = (struct filter_when){ .kind = WHEN_YEARLY, .from = atoi(text),
					     .to = atoi(text + 3) };
		return date_exists(2000, out->from, out->to);	/* a leap year */
	}
	if (!are_digits(text, 4) || year < 1970 || year > 2199)
		return false;
	if (len == 4) {
		out->kind = WHEN_YEAR;
		out->from = day_from_civil(year, 1, 1);
		out->to = day_year_end(out->from);
		return true;
	}
	if (len == 7 && text[4] == '-' && are_digits(text + 5, 2)) {
		out->kind = WHEN_MONTH;
		return of_month(year, atoi(text + 5), out);
	}
	out->kind = WHEN_DAY;
	if (len != 10 || day_parse(text, &out->from) != ST_OK)
		return false;
	out->to = out->from;
	return true;
}

/* False also for one that ends before it starts. */
static bool read_range(const char *text, const char *dots, struct filter_when *out)
{
	struct filter_when first, last;
	char start[WORD_ROOM];

	memcpy(start, text, (size_t)(dots - text));
	start[dots - text] = '\0';
	if (!read_date(start, &first) || !read_date(dots + 2, &last) ||
	    first.kind == WHEN_YEARLY || last.kind == WHEN_YEARLY || last.to < first.from)
		return false;
	*out = (struct filter_when){ .kind = WHEN_RANGE, .from = first.from, .to = last.to };
	return true;
}

/* 2026-02-30, 2026-13, 02-30: written as a day or month is, but there is none. */
static bool looks_like_date(const char *text)
{
	static const char *const shapes[] = { "0000-00-00", "0000-00", "00-00" };

	for (size_t s = 0; s < 3; s++) {
		size_t i = 0;

		while (text[i] && (shapes[s][i] == '-' ? text[i] == '-' :
				   text[i] >= '0' && text[i] <= '9' && shapes[s][i]))
			i++;
		if (!text[i] && !shapes[s][i])
			return true;
	}
	return false;
}

enum status when_read(const char *text, struct filter_when *out)
{
	char word[WORD_ROOM];
	const char *dots;

	if (plain(text, word)) {
		dots = strstr(word, "..");
		if (!strcasecmp(word, "today") || !strcasecmp(word, "yesterday")) {
			*out = (struct filter_when){ .kind = (*word | 0x20) == 't' ? WHEN_TODAY :
								     WHEN_YESTERDAY };
			return ST_OK;
		}
		if (dots ? read_range(word, dots, out) :
			   read_length(word, out) || read_date(word, out))
			return ST_OK;
	}
	if (looks_like_date(text))
		return fail(ST_INVALID, strlen(text) == 7 ? "there is no month %.40s" :
			    "there is no day %.40s", text);
	return fail(ST_INVALID, "\"%.40s\" is not a time; write 60d, 8w, 12m, 2026-08-31, 2026-08 "
		    "or 2026-08-01..2026-08-31", text);
}

void when_print(const struct filter_when *w, struct buf *out)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	day_print(w->from, from);
	day_print(w->to, to);
	switch (w->kind) {
	case WHEN_EVER: break;
	case WHEN_LENGTH: buf_printf(out, "%" PRId32 "%c", w->n, w->unit); break;
	case WHEN_DAY: buf_text(out, from); break;
	case WHEN_MONTH: buf_printf(out, "%.7s", from); break;
	case WHEN_YEAR: buf_printf(out, "%.4s", from); break;
	case WHEN_RANGE: buf_printf(out, "%s..%s", from, to); break;
	case WHEN_TODAY: buf_text(out, "today"); break;
	case WHEN_YESTERDAY: buf_text(out, "yesterday"); break;
	case WHEN_YEARLY: buf_printf(out, "%02d-%02d", (int)w->from, (int)w->to); break;
	}
}

static int32_t moved(const struct filter_when *w, int32_t day, int32_t n)
{
	switch (w->unit) {
	case 'd': return day + n;
	case 'w': return day + 7 * n;
	case 'm': return day_add_months(day, n);
	default: return day_add_months(day, 12 * n);
	}
}

int32_t when_back(const struct filter_when *w, int32_t day)
{
	return moved(w, day, -w->n);
}

int32_t when_ahead(const struct filter_when *w, int32_t day)
{
	return moved(w, day, w->n);
}

struct span when_window(const struct filter_when *w, int32_t today)
{
	switch (w->kind) {
	case WHEN_EVER: return (struct span){ 0, CLOCK_LAST_DAY };
	case WHEN_LENGTH: return (struct span){ when_back(w, today) + 1, today };
	case WHEN_TODAY: return (struct span){ today, today };
	case WHEN_YESTERDAY: return (struct span){ today - 1, today - 1 };
	default: return (struct span){ w->from, w->to };
	}
}

/* -- numbers with decimals -- */

enum { REAL_DECIMALS = 6 };

enum status real_read(const char *text, int64_t *millionths)
{
	if (money_parse(text, REAL_DECIMALS, millionths) == ST_OK)
		return ST_OK;
	return fail(ST_INVALID, "\"%.40s\" is not a number", text);
}

void real_print(int64_t millionths, struct buf *out)
{
	char text[MONEY_TEXT];
	size_t len;

	money_print(millionths, REAL_DECIMALS, text);
	len = strlen(text);
	while (text[len - 1] == '0')
		len--;
	len -= text[len - 1] == '.';
	buf_add(out, text, len);
}
