/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/hours.h"

#include "base/clock.h"
#include "base/language.h"

const struct definition hours_definitions[] = {
	{ "sales", N_("A sale counts in the hour in which it began, by the shop's clock; all "
		      "sales, those without a customer too.") },
	{ "revenue", N_("Revenue is what the sales of the hour came to, less the refunds given "
			"in it.") },
	{ "days", N_("Days is on how many such weekdays of the window the shop had any sale, to "
		     "whomever: sales are divided by it for what a usual one has.") },
	DEFINITION_WINDOW,
	{ 0 }
};

const char *const weekday_names[WEEKDAYS] = {
	N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
	N_("Saturday"), N_("Sunday")
};

static bool add(struct scan_hour *sum, const struct scan_hour *part)
{
	sum->sales += part->sales;
	return !__builtin_add_overflow(sum->revenue, part->revenue, &sum->revenue);
}

static bool add_day(const struct scan *s, int32_t day, struct hours *out)
{
	const struct scan_hour *hours = s->by_hour[day];
	int weekday = day_of_week(day);
	bool fits = true;

	out->days[weekday] += s->open[day];
	out->sales += s->days[day].sales;
	for (int hour = 0; hour < SCAN_HOURS && hours; hour++) {
		fits &= add(&out->cell[weekday][hour], &hours[hour]);
		fits &= add(&out->day[weekday], &hours[hour]);
	}
	return fits;
}

static void look_at_cells(struct hours *out)
{
	for (int weekday = 0; weekday < WEEKDAYS; weekday++)
		for (int hour = 0; hour < SCAN_HOURS; hour++) {
			int64_t n = out->cell[weekday][hour].sales;

			if (n > out->most)
				out->most = n;
			if (n && (out->open_from < 0 || hour < out->open_from))
				out->open_from = hour;
			if (n && hour > out->open_to)
				out->open_to = hour;
		}
}

enum status hours_of(const struct scan *s, const struct hours_options *options, struct hours *out)
{
	enum status st;
	bool fits = true;

	*out = (struct hours){ .used = *options, .open_from = -1, .open_to = -1 };
	st = scan_window(s, &out->used.from, &out->used.to);
	if (st != ST_OK || !out->used.to)
		return st;
	for (int32_t day = out->used.from; day <= out->used.to; day++)
		fits &= add_day(s, day, out);
	look_at_cells(out);
	return fits ? ST_OK : takings_too_large();
}

static const struct sheet_column columns[] = {
	{ "weekday", N_("Weekday"), SHEET_WORD },
	{ "hour", N_("Hour"), SHEET_COUNT },
	{ "sales", N_("Sales"), SHEET_COUNT },
	{ "share", N_("Share"), SHEET_SHARE },
	{ "revenue", N_("Revenue"), SHEET_MONEY },
	{ "days", N_("Days"), SHEET_COUNT },
	{ "sales_per_day", N_("Sales a day"), SHEET_NUMBER },
	{ 0 }
};

static void add_row(const struct hours *h, int weekday, int hour, struct sheet *out)
{
	const struct scan_hour *cell = &h->cell[weekday][hour];

	sheet_text(out, weekday_names[weekday]);
	sheet_count(out, hour);
	sheet_count(out, cell->sales);
	sheet_share(out, (struct share){ cell->sales, h->sales });
	sheet_money(out, cell->revenue);
	sheet_count(out, h->days[weekday]);
	if (h->days[weekday])
		sheet_number(out, (double)cell->sales / (double)h->days[weekday]);
	else
		sheet_nothing(out);
}

void hours_sheet(const struct hours *h, struct sheet *out)
{
	sheet_start(out, columns);
	for (int weekday = 0; weekday < WEEKDAYS; weekday++)
		for (int hour = h->open_from; hour >= 0 && hour <= h->open_to; hour++)
			add_row(h, weekday, hour, out);
}
