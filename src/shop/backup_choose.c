/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/backup.h"

#include "base/clock.h"

static int32_t day_of(int64_t minute)
{
	return (int32_t)(minute / 1440);
}

static int64_t week_of(int64_t minute)
{
	return day_of(minute) - day_of_week(day_of(minute));
}

static int64_t month_of(int64_t minute)
{
	int year, month, date;

	day_to_civil(day_of(minute), &year, &month, &date);
	return year * 12 + month;
}

static int64_t by_day(int64_t minute)
{
	return day_of(minute);
}

static const struct {
	int64_t (*span)(int64_t minute);
	int most;
} rules[] = { { by_day, 7 }, { week_of, 4 }, { month_of, 12 } };

/* Spans without a backup do not count: a shop that was closed for a season
 * keeps what it had before. */
void backup_choose(const int64_t *minutes, size_t n, bool *stays)
{
	for (size_t i = 0; i < n; i++)
		stays[i] = false;
	for (size_t rule = 0; rule < sizeof(rules) / sizeof(*rules); rule++) {
		int64_t last = 0;
		int taken = 0;

		for (size_t i = 0; i < n && taken < rules[rule].most; i++) {
			int64_t span = rules[rule].span(minutes[i]);

			if (taken && span == last)
				continue;
			stays[i] = true;
			last = span;
			taken++;
		}
	}
}
