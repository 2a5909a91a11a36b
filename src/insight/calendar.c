/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/calendar.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

int32_t month_first(int32_t day)
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	return day - date + 1;
}

void calendar_start(struct calendar *c, int32_t from, int32_t to)
{
	size_t cap = 0;

	*c = (struct calendar){ .from = month_first(from), .to = day_month_end(to) };
	c->month = mem_alloc((size_t)(c->to - c->from + 1) * sizeof(*c->month));
	for (int32_t day = c->from; day <= c->to; c->months++) {
		int32_t end = day_month_end(day);

		c->first = mem_grow(c->first, c->months + 1, &cap, sizeof(*c->first));
		c->first[c->months] = day;
		for (; day <= end; day++)
			c->month[day - c->from] = (uint16_t)c->months;
		c->first[c->months + 1] = day;
	}
}

void calendar_release(struct calendar *c)
{
	free(c->first);
	free(c->month);
	*c = (struct calendar){ 0 };
}
