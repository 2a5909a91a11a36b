/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/money.h"
#include "base/phone.h"
#include "base/text.h"
#include "exchange/dates.h"
#include "tests/fuzz/fuzz.h"

/* Amounts, numbers, days and phones as people type them and files have them:
 * what is read is in range, and reads back the same when it is written as the
 * program writes it. The first byte chooses how this shop writes. */

static const struct format formats[] = {
	{ "₹", false, { "Rs", "INR" }, 2, GROUPING_INDIAN, DATE_DMY, '0' },
	{ "€", true, { "EUR", "" }, 2, GROUPING_THOUSANDS, DATE_DMY, '0' },
	{ "$", false, { "USD", "" }, 2, GROUPING_THOUSANDS, DATE_MDY, '0' },
	{ "֏", true, { "AMD", "" }, 0, GROUPING_THOUSANDS, DATE_DMY, '0' },
	{ "د.ك", true, { "KWD", "" }, 3, GROUPING_NONE, DATE_YMD, 0x6f0 },
	{ "₹", false, { "Rs", "INR" }, 2, GROUPING_INDIAN, DATE_DMY, 0xae6 },
};
enum { FORMATS = sizeof(formats) / sizeof(formats[0]), TODAY = 20513 };

static void check_money(const struct format *f, const char *text)
{
	int64_t minor, again;
	char out[FORMAT_TEXT], plain[MONEY_TEXT];

	if (format_read_money(f, text, &minor) == ST_OK &&
	    (minor > MONEY_MOST || minor < -MONEY_MOST ||
	     format_read_money(f, format_money(f, minor, out), &again) != ST_OK ||
	     again != minor))
		abort();
	if (money_parse(text, f->decimals, &minor) != ST_OK)
		return;
	money_print(minor, f->decimals, plain);
	if (money_parse(plain, f->decimals, &again) != ST_OK || again != minor)
		abort();
}

static void check_number(const struct format *f, const char *text)
{
	int64_t n, again;
	char out[FORMAT_TEXT];

	if (format_read_number(f, text, &n) == ST_OK &&
	    (format_read_number(f, format_number(f, n, out), &again) != ST_OK || again != n))
		abort();
}

static void check_day(const struct format *f, const char *text)
{
	int32_t day, again;
	char out[FORMAT_TEXT];

	if (format_read_day(f, text, TODAY, &day) == ST_OK &&
	    (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY ||
	     format_read_day(f, format_day(f, day, out), TODAY, &again) != ST_OK ||
	     again != day))
		abort();
}

static void check_dates(const char *text)
{
	struct date_column column = { .unclear = { 0 } };
	enum date_order order;
	int64_t instant;

	for (int o = 0; o < DATES_ORDERS; o++)
		if (date_read(text, (enum date_order)o, &instant) == ST_OK &&
		    (clock_day(instant) < CLOCK_FIRST_DAY || clock_day(instant) > CLOCK_LAST_DAY))
			abort();
	date_column_add(&column, text, 2);
	if (date_column_order(&column, &order) == ST_OK && order == DATES_AUTO)
		abort();
}

static void check_phone(const char *text)
{
	static const char *const countries[] = { "IN", "US", "AM", "PK", "" };
	struct phone_number phone, again;

	for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++)
		if (phone_parse(text, countries[i], &phone) == ST_OK &&
		    (phone_parse(phone.text, countries[i], &again) != ST_OK ||
		     strcmp(phone.text, again.text)))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct format *f;
	char text[512];

	if (!size)
		return 0;
	f = &formats[data[0] % FORMATS];
	if (text_clean((const char *)data + 1, size - 1, text, sizeof(text)) != ST_OK)
		return 0;
	check_money(f, text);
	check_number(f, text);
	check_day(f, text);
	check_dates(text);
	check_phone(text);
	return 0;
}
