/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "insight/hours.h"
#include "screens/figures.h"

/* When the shop is busy: a line for each hour, a column for each weekday. */

enum { VIEW_SALES, VIEW_REVENUE };

static const char *const views[] = {
	[VIEW_SALES] = N_("sales"), [VIEW_REVENUE] = N_("money"), NULL
};

enum { CELLS = WEEKDAYS * SCAN_HOURS };

struct state {
	struct figure figure;		/* first */
	struct hours hours;
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &hours_figure;
}

static struct hours_options options(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct hours_options){ w.from, w.to };
}

/* The cell with the most sales. */
struct peak {
	size_t weekday, hour;
};

static struct peak busiest(const struct hours *h)
{
	struct peak p = { 0, 0 };

	for (size_t day = 0; day < WEEKDAYS; day++)
		for (size_t hour = 0; hour < SCAN_HOURS; hour++)
			if (h->cell[day][hour].sales > h->cell[p.weekday][p.hour].sales)
				p = (struct peak){ day, hour };
	return p;
}

static size_t rows(const struct hours *h)
{
	return h->open_from < 0 ? 0 : (size_t)(h->open_to - h->open_from + 1);
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct hours_options asked = options(ui);
	bool fresh = !s->figure.list.n;
	enum status st = hours_of(&picture_of(ui)->scan, &asked, &s->hours);

	if (st != ST_OK)
		return st;
	list_count(&s->figure.list, rows(&s->hours));
	if (fresh && s->figure.list.n) {
		struct peak p = busiest(&s->hours);

		list_choose(&s->figure.list, p.hour - (size_t)s->hours.open_from);
		s->figure.column = p.weekday + 1;
	}
	return ST_OK;
}

/* -- drawing -- */

static int64_t value(const struct state *s, size_t weekday, size_t hour)
{
	const struct scan_hour *cell = &s->hours.cell[weekday][hour];

	return s->figure.view == VIEW_SALES ? cell->sales : cell->revenue;
}

static void print(const struct state *s, const struct ui *ui, int64_t n, char out[FORMAT_TEXT])
{
	int64_t unit = 1;

	for (int i = 0; s->figure.view == VIEW_REVENUE && i < ui->format.decimals; i++)
		unit *= 10;
	format_number(&ui->format, (n + (n < 0 ? -unit : unit) / 2) / unit, out);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	char labels[SCAN_HOURS][FORMAT_TEXT], texts[CELLS][FORMAT_TEXT];
	const char *row_labels[SCAN_HOURS], *headings[WEEKDAYS], *printed[CELLS];
	int64_t values[CELLS];
	size_t n = rows(&s->hours), first = (size_t)s->hours.open_from;

	for (size_t i = 0; i < WEEKDAYS; i++)
		headings[i] = weekday_name((int)i);
	for (size_t i = 0; i < n; i++)
		row_labels[i] = format_time(&ui->format, (int)(first + i) * 60, labels[i]);
	for (size_t i = 0; i < n * WEEKDAYS; i++) {
		values[i] = value(s, i % WEEKDAYS, first + i / WEEKDAYS);
		print(s, ui, values[i], texts[i]);
		printed[i] = values[i] ? texts[i] : NULL;
	}
	figure_heat(&s->figure, c, &(struct heat){
		.row_labels = row_labels, .column_labels = headings, .values = values,
		.printed = printed, .rows = n, .columns = WEEKDAYS });
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct state *s = state;

	(void)ui;
	return figure_heat_act(&s->figure, e, WEEKDAYS);
}

/* -- whom, and what to do -- */

/* The hour and weekday of a place; WEEKDAYS: all of them. */
static struct peak cell_at(const struct state *s, struct figure_place at)
{
	size_t n = rows(&s->hours), first = (size_t)s->hours.open_from;

	if (at.table)
		return (struct peak){ at.row / n, first + at.row % n };
	return (struct peak){ at.column ? at.column - 1 : WEEKDAYS, first + at.row };
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	static const char *const words[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	const struct state *s = state;
	struct peak p = cell_at(s, at);
	char from[DAY_TEXT], to[DAY_TEXT];

	(void)ui;
	day_print(s->hours.used.from, from);
	day_print(s->hours.used.to, to);
	buf_text(filter, "visited(");
	if (p.weekday < WEEKDAYS)
		buf_printf(filter, "weekday = %s, ", words[p.weekday]);
	buf_printf(filter, "hour = %zu, %s..%s) >= 1", p.hour, from, to);
	return true;
}

/* Of those on which the shop sells at all, the one with the fewest sales. */
static size_t quietest(const struct hours *h)
{
	size_t found = WEEKDAYS;

	for (size_t i = 0; i < WEEKDAYS; i++)
		if (h->days[i] && (found == WEEKDAYS ||
				   h->day[i].sales * h->days[found] <
				   h->day[found].sales * h->days[i]))
			found = i;
	return found;
}

/* Sales that were brought in by their date alone all stand at midnight. */
static bool has_times(const struct hours *h)
{
	return h->open_from != 0 || h->open_to != 0;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	size_t quiet = quietest(&s->hours);
	struct peak p = cell_at(s, figure_place(&s->figure));
	char a_day[FORMAT_TEXT], time[FORMAT_TEXT];

	if (!has_times(&s->hours)) {
		buf_text(out, _("These sales were brought in without the time of day, so only the "
				"weekdays tell something."));
		return;
	}
	format_time(&ui->format, (int)p.hour * 60, time);
	if (p.weekday < WEEKDAYS)
		buf_printf(out, _("%1$s, %2$s: Enter opens who came then."),
			   _(weekday_names[p.weekday]), time);
	else
		buf_printf(out, _("Every day at %s: Enter opens who came then."), time);
	if (quiet == WEEKDAYS || !share_tells((struct share){ 0, s->hours.sales }))
		return;
	format_decimal(&ui->format, (double)s->hours.day[quiet].sales /
				    (double)s->hours.days[quiet], 0, a_day);
	buf_sentence(out, _("The quietest weekday is %1$s, with %2$s sales on an average day: a "
			    "good day for an offer."), _(weekday_names[quiet]), a_day);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char n[FORMAT_TEXT];

	buf_printf(out, ngettext("%s sale, also of people who are not known.",
				 "%s sales, also of people who are not known.",
				 (unsigned long)s->hours.sales),
		   format_number(&ui->format, s->hours.sales, n));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	hours_sheet(&s->hours, out);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct hours_options asked = options(ui);
	char time[FORMAT_TEXT], n[FORMAT_TEXT];
	struct hours h;
	enum status st = hours_of(&picture_of(ui)->scan, &asked, &h);

	if (st == ST_OK && h.sales < SHARE_FEW) {
		snprintf(out->figure, sizeof(out->figure), "%s", _("too few to tell"));
	} else if (st == ST_OK) {
		struct peak p = busiest(&h);

		if (has_times(&h))
			snprintf(out->figure, sizeof(out->figure), _("%1$s, %2$s"),
				 _(weekday_names[p.weekday]),
				 format_time(&ui->format, (int)p.hour * 60, time));
		else
			snprintf(out->figure, sizeof(out->figure), "%s",
				 _(weekday_names[p.weekday]));
		snprintf(out->whom, sizeof(out->whom),
			 ngettext("%s sale then", "%s sales then", (unsigned long)h.most),
			 format_number(&ui->format, h.most, n));
	}
	return st;
}

const struct figure_kind hours_figure = {
	.name = "hours",
	.screen = &hours_screen,
	.definitions = hours_definitions,
	.views = views,
	.spans = true,
	.work = work,
	.draw = draw,
	.sheet = sheet,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.act = act,
	.headline = headline,
};

const struct screen hours_screen = {
	.name = N_("When is the shop busy?"),
	.help = N_("Sales by the hour in which they began, for each weekday: when to have more "
		   "hands, and which quiet hours an offer could fill. Left and right choose the "
		   "weekday; left of Monday all of them."),
	.state_size = sizeof(struct state),
	.keys = figure_keys,
	.open = open,
	.load = figure_load,
	.draw = figure_draw,
	.act = figure_act,
	.offers = figure_offers,
	.explain = figure_explain,
	.release = figure_release,
};
