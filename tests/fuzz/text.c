/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/phone.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

/* What people type: text that is taken in is clean and stays as it is, and no
 * reader of dates, amounts and phones falls over any of it. */

static void read_as_anything(const char *text)
{
	struct phone_number phone;
	int64_t number;
	int32_t day;
	int months, days;

	if (money_parse(text, 2, &number) == ST_OK &&
	    (number > MONEY_MOST || number < -MONEY_MOST))
		abort();
	if (day_parse(text, &day) == ST_OK && (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY))
		abort();
	if (instant_parse(text, &number) == ST_OK && clock_day(number) < 0)
		abort();
	if (span_parse(text, &months, &days) == ST_OK && (months < 0 || days < 0))
		abort();
	if (phone_parse(text, "IN", &phone) == ST_OK && phone.e164 && phone.text[0] != '+')
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char clean[4096], again[4096], key[4096];

	if (text_clean((const char *)data, size, clean, sizeof(clean)) != ST_OK)
		return 0;
	if (!text_is_clean(clean) ||
	    text_clean(clean, strlen(clean), again, sizeof(again)) != ST_OK ||
	    strcmp(clean, again))
		abort();
	text_fold(clean, key, sizeof(key));
	text_romanise(clean, key, sizeof(key));
	text_skeleton(key, TEXT_LOOSE, again, sizeof(again));
	read_as_anything(clean);
	return 0;
}
