/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/format.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/money.h"

/* -- digits and groups -- */

/* The digits of 'latin' in those of the format; all else as it is. */
static const char *localise(const struct format *f, const char *latin, char out[FORMAT_TEXT])
{
	char *at = out, *end = out + FORMAT_TEXT - 5;	/* a character and the NUL */

	for (; *latin && at < end; latin++) {
		uint32_t c = f->zero + (uint32_t)(*latin - '0');

		if (*latin < '0' || *latin > '9' || c < 0x80) {
			*at++ = *latin;
		} else if (c < 0x800) {
			*at++ = (char)(0xc0 | c >> 6);
			*at++ = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			*at++ = (char)(0xe0 | c >> 12);
			*at++ = (char)(0x80 | (c >> 6 & 0x3f));
			*at++ = (char)(0x80 | (c & 0x3f));
		}
	}
	*at = '\0';
	return out;
}

/* Does a comma stand before the last 'left' digits? */
static bool ends_group(enum grouping g, size_t left)
{
	switch (g) {
	case GROUPING_NONE: return false;
	case GROUPING_THOUSANDS: return left % 3 == 0;
	case GROUPING_INDIAN: return left == 3 || (left > 3 && left % 2 == 1);
	}
	return false;
}

/* Commas into what money_print() wrote. */
static void group(const struct format *f, const char *plain, char out[FORMAT_TEXT])
{
	size_t whole;

	if (*plain == '-')
		*out++ = *plain++;
	whole = strcspn(plain, ".");
	for (size_t i = 0; i < whole; i++) {
		if (i && ends_group(f->grouping, whole - i))
			*out++ = ',';
		*out++ = plain[i];
	}
	strcpy(out, plain + whole);
}

static const char *decimal(const struct format *f, int64_t minor, int decimals,
			   char out[FORMAT_TEXT])
{
	char plain[MONEY_TEXT], grouped[FORMAT_TEXT];

	money_print(minor, decimals, plain);
	group(f, plain, grouped);
	return localise(f, grouped, out);
}

/* -- money and numbers -- */

/* "Rs 50" and "50 ֏", but "₹50". */
static bool stands_apart(const char *symbol)
{
	char last = *symbol ? symbol[strlen(symbol) - 1] : '\0';

	return last == '.' || (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z');
}

static const char *with_symbol(const struct format *f, const char *amount, char out[FORMAT_TEXT])
{
	const char *minus = *amount == '-' ? "-" : "";

	if (!*f->symbol)
		snprintf(out, FORMAT_TEXT, "%s", amount);
	else if (f->symbol_behind)
		snprintf(out, FORMAT_TEXT, "%s %s", amount, f->symbol);
	else
		snprintf(out, FORMAT_TEXT, "%s%s%s%s", minus, f->symbol,
			 stands_apart(f->symbol) ? " " : "", amount + strlen(minus));
	return out;
}

const char *format_money(const struct format *f, int64_t minor, char out[FORMAT_TEXT])
{
	char amount[FORMAT_TEXT];

	return with_symbol(f, format_amount(f, minor, amount), out);
}

const char *format_money_short(const struct format *f, int64_t minor, char out[FORMAT_TEXT])
{
	char amount[FORMAT_TEXT];
	int64_t unit = 1;

	for (int i = 0; i < f->decimals; i++)
		unit *= 10;
	if (minor % unit)
		return format_money(f, minor, out);
	return with_symbol(f, decimal(f, minor / unit, 0, amount), out);
}

const char *format_amount(const struct format *f, int64_t minor, char out[FORMAT_TEXT])
{
	return decimal(f, minor, f->decimals, out);
}

const char *format_number(const struct format *f, int64_t n, char out[FORMAT_TEXT])
{
	return decimal(f, n, 0, out);
}

const char *format_decimal(const struct format *f, double number, int decimals,
			   char out[FORMAT_TEXT])
{
	double scaled = number * pow(10, decimals);

	if (fabs(scaled) < 1e18)
		return decimal(f, llround(scaled), decimals, out);
	snprintf(out, FORMAT_TEXT, "%.3g", number);
	return out;
}

const char *format_percent(const struct format *f, int64_t hundredths, char out[FORMAT_TEXT])
{
	int64_t tenths = hundredths / 10 + (hundredths % 10 >= 5) - (hundredths % 10 < -5);

	if (tenths % 10)
		decimal(f, tenths, 1, out);
	else
		decimal(f, tenths / 10, 0, out);
	return strcat(out, " %");
}

/* -- days and times -- */

const char *month_name(int month)
{
	static const char *const names[] = {
		N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
		N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
	};

	assert(month >= 1 && month <= 12);
	return _(names[month - 1]);
}

const char *weekday_name(int weekday)
{
	static const char *const names[] = {
		N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
	};

	assert(weekday >= 0 && weekday <= 6);
	return _(names[weekday]);
}

/* A number that groups nothing: a day, a year. */
static const char *bare(const struct format *f, int n, char out[FORMAT_TEXT])
{
	char latin[16];

	snprintf(latin, sizeof(latin), "%d", n);
	return localise(f, latin, out);
}

const char *format_day(const struct format *f, int32_t day, char out[FORMAT_TEXT])
{
	char date_text[FORMAT_TEXT], year_text[FORMAT_TEXT];
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	bare(f, date, date_text);
	bare(f, year, year_text);
	switch (f->dates) {
	case DATE_DMY:
		snprintf(out, FORMAT_TEXT, P_("day month year", "%1$s %2$s %3$s"), date_text,
			 month_name(month), year_text);
		break;
	case DATE_MDY:
		snprintf(out, FORMAT_TEXT, P_("day month year", "%2$s %1$s, %3$s"), date_text,
			 month_name(month), year_text);
		break;
	case DATE_YMD:
		snprintf(out, FORMAT_TEXT, P_("day month year", "%3$s %2$s %1$s"), date_text,
			 month_name(month), year_text);
		break;
	case DATE_ISO:
		day_print(day, out);
	}
	return out;
}

const char *format_month(const struct format *f, int32_t day, char out[FORMAT_TEXT])
{
	char year_text[FORMAT_TEXT];
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	bare(f, year, year_text);
	if (f->dates == DATE_ISO)
		snprintf(out, FORMAT_TEXT, "%d-%02d", year, month);
	else if (f->dates == DATE_YMD)
		snprintf(out, FORMAT_TEXT, P_("month year", "%2$s %1$s"), month_name(month),
			 year_text);
	else
		snprintf(out, FORMAT_TEXT, P_("month year", "%1$s %2$s"), month_name(month),
			 year_text);
	return out;
}

const char *format_weekday(const struct format *f, int32_t day, char out[FORMAT_TEXT])
{
	const char *weekday = weekday_name(day_of_week(day));
	char date_text[FORMAT_TEXT];
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	bare(f, date, date_text);
	if (f->dates == DATE_DMY)
		snprintf(out, FORMAT_TEXT, P_("weekday day month", "%1$s %2$s %3$s"), weekday,
			 date_text, month_name(month));
	else
		snprintf(out, FORMAT_TEXT, P_("weekday day month", "%1$s %3$s %2$s"), weekday,
			 date_text, month_name(month));
	return out;
}

const char *format_time(const struct format *f, int minute, char out[FORMAT_TEXT])
{
	char latin[32];

	snprintf(latin, sizeof(latin), "%02d:%02d", minute / 60, minute % 60);
	return localise(f, latin, out);
}

const char *format_ago(const struct format *f, int32_t day, int32_t today, char out[FORMAT_TEXT])
{
	enum { MOST_DAYS = 60 };	/* then a date says more */
	char number[FORMAT_TEXT];
	int64_t days = (int64_t)today - day;

	if (days < 0 || days > MOST_DAYS)
		return format_day(f, day, out);
	if (days == 0)
		snprintf(out, FORMAT_TEXT, "%s", _("today"));
	else if (days == 1)
		snprintf(out, FORMAT_TEXT, "%s", _("yesterday"));
	else
		snprintf(out, FORMAT_TEXT,
			 ngettext("%s day ago", "%s days ago", (unsigned long)days),
			 bare(f, (int)days, number));
	return out;
}
