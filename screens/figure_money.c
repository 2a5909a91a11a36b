/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/clock.h"
#include "insight/calendar.h"
#include "insight/money.h"
#include "screens/figure_members.h"

/* A month in money, beside the month before and a year before: one page. Left
 * and right go to another month. */

struct state {
	struct figure figure;		/* first */
	struct money money;
	int32_t month;			/* that is shown; 0: the last whole one */
	bool ready;			/* worked out */
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &money_figure;
}

/* The last whole month; the one that runs, while nothing was sold before it. */
static int32_t first_shown(const struct flows *f, const struct ui *ui)
{
	int32_t last = money_last_month(f, ui_today(ui));
	int32_t first = picture_of(ui)->scan.first_day;

	return last && first && last < month_first(first) ? month_first(first) : last;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	const struct flows *f = &picture_of(ui)->flows;
	enum status st;

	if (!members_read(&s->figure, ui, &st))
		return st;
	if (!s->month)
		s->month = first_shown(f, ui);
	st = money_of(f, s->month ? s->month : ui_today(ui), &s->money);
	s->ready = true;
	list_count(&s->figure.list, s->money.n);
	return st;
}

static void release(void *state)
{
	struct state *s = state;

	if (!s->ready)
		return;
	money_release(&s->money);
	s->ready = false;
}

/* -- drawing -- */

enum { COL_LINE, COL_PROGRAM, COL_NOW, COL_BEFORE, COL_YEAR, COLUMNS };

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	const struct money_row *r = &d->s->money.row[row];
	size_t month = column - COL_NOW;

	if (r->line == MONEY_TAKINGS || r->line == MONEY_GIVEN || r->line == MONEY_OWED)
		out->tone = TONE_STRONG;	/* what the lines above it lead to */
	if (column == COL_LINE)
		out->text = _(money_line_name(r->line));
	else if (column == COL_PROGRAM)
		out->text = r->program ? r->program->name : "";
	else if (d->s->money.month[month].there)
		out->text = format_amount(&d->ui->format, r->amount[month], out->room);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };
	char names[MONEY_MONTHS][FORMAT_TEXT];
	struct heading headings[COLUMNS + 1] = {
		[COL_LINE] = { "", 18, 28, 100, ALIGN_LEFT },
		[COL_PROGRAM] = { "", 8, 14, 60, ALIGN_LEFT },
		[COL_NOW] = { names[MONEY_NOW], 10, 12, 99, ALIGN_RIGHT },
		[COL_BEFORE] = { names[MONEY_BEFORE], 10, 12, 90, ALIGN_RIGHT },
		[COL_YEAR] = { names[MONEY_YEAR], 10, 12, 80, ALIGN_RIGHT },
		{ 0 }
	};

	for (int i = 0; i < MONEY_MONTHS; i++)
		format_month(&ui->format, s->money.month[i].month, names[i]);
	figure_columns(&s->figure, c, &(struct listing){ .headings = headings,
							 .cell = draw_cell, .arg = &d });
}

/* -- whom, and what to do -- */

static bool next_month(void *state, struct ui *ui, const struct event *e)
{
	struct state *s = state;
	int32_t last = month_first(ui_today(ui)), first = picture_of(ui)->scan.first_day;
	int32_t month = day_add_months(s->month, e->action == ACT_RIGHT ? 1 : -1);

	if (e->action != ACT_LEFT && e->action != ACT_RIGHT)
		return false;
	if (!s->month || month > last || !first || month < month_first(first))
		return true;
	release(s);
	s->month = month;
	s->figure.working = true;
	ui_reload(ui);
	return true;
}

/* Owed: what waits is of today, whatever the month. */
static bool is_nothing(const struct state *s, size_t row)
{
	const struct money_row *r = &s->money.row[row];

	return !s->money.month[MONEY_NOW].there ||
	       (r->line < MONEY_OWED_BEFORE && !r->amount[MONEY_NOW]);
}

/* Whom a line is about: who came in the month, who used something in it, and for
 * whom a reward waits. */
static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	const struct programs *programs = &picture_of(ui)->flows.programs;
	enum money_line line = s->money.row[at.row].line;
	char day[DAY_TEXT];

	day_print(s->money.month[MONEY_NOW].month, day);
	if (line == MONEY_UNKNOWN || line == MONEY_WALK_IN || is_nothing(s, at.row))
		return false;
	if (line < MONEY_REWARDS) {
		buf_printf(filter, "visits(%.7s) >= 1", day);
		if (line != MONEY_TAKINGS && programs->n) {
			buf_text(filter, line == MONEY_OTHERS ? " and not " : " and ");
			members_filter_any(programs, filter);
		}
	} else if (line < MONEY_OWED_BEFORE) {
		buf_printf(filter, "redeemed(%.7s) >= 1", day);
	} else {
		buf_text(filter, MEMBERS_WAITING);
	}
	return true;
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	enum money_line line = s->money.n ? s->money.row[s->figure.list.at].line : MONEY_UNKNOWN;
	char month[FORMAT_TEXT];

	format_month(&ui->format, s->money.month[MONEY_NOW].month, month);
	if (day_month_end(s->money.month[MONEY_NOW].month) >= ui_today(ui))
		buf_sentence(out, _("%s is not over: it is counted so far."), month);
	if (s->figure.table)
		return;
	if (!s->money.month[MONEY_NOW].there) {
		buf_sentence(out, _("Nothing was counted in %s. Left and right: another month."),
			     month);
		return;
	}
	if (line == MONEY_UNKNOWN || line == MONEY_WALK_IN)
		buf_sentence(out, "%s", _("Ask for a name or a phone number at the sale: then "
					  "this is known too."));
	else if (line == MONEY_MEMBERS)
		buf_sentence(out, _("Enter opens who came in %s and is a member today."), month);
	else if (line == MONEY_OTHERS)
		buf_sentence(out, _("Enter opens who came in %s and is no member to this day."),
			     month);
	else if (line < MONEY_REWARDS)
		buf_sentence(out, _("Enter opens who came in %s."), month);
	else if (line < MONEY_OWED_BEFORE)
		buf_sentence(out, _("Enter opens who used a reward or points in %s."), month);
	else
		buf_sentence(out, "%s", _("Enter opens who has a reward ready and has not been "
					  "here for 14 days: tell them what waits."));
	if (s->money.n)
		buf_sentence(out, "%s", _("Left and right: another month."));
}

static const char *window(const void *state, const struct ui *ui, char out[3 * FORMAT_TEXT])
{
	const struct state *s = state;
	int32_t month = s->money.month[MONEY_NOW].month;

	return figure_days(ui, (struct picture_window){ month, day_month_end(month) }, out);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char month[FORMAT_TEXT];

	buf_printf(out, _("All entries of %s."),
		   format_month(&ui->format, s->money.month[MONEY_NOW].month, month));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	money_sheet(&s->money, out);
}

static void fill_headline(const struct ui *ui, const struct money_month *m, struct headline *out)
{
	char money[FORMAT_TEXT], month[FORMAT_TEXT];

	if (!m->there)
		return;
	snprintf(out->figure, sizeof(out->figure), _("%1$s in %2$s"),
		 format_money_short(&ui->format, m->takings, money),
		 format_month(&ui->format, m->month, month));
	snprintf(out->whom, sizeof(out->whom), _("%s given away"),
		 format_money_short(&ui->format, m->given, money));
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct money money;
	int32_t month;
	int done;
	enum status st = picture_flows(ui, &done);

	out->more = st == ST_OK && !picture_of(ui)->flows.whole;
	if (st != ST_OK || out->more)
		return st;
	month = first_shown(&picture_of(ui)->flows, ui);
	st = money_of(&picture_of(ui)->flows, month ? month : ui_today(ui), &money);
	if (st == ST_OK)
		fill_headline(ui, &money.month[MONEY_NOW], out);
	money_release(&money);
	return st;
}

const struct figure_kind money_figure = {
	.name = "money",
	.screen = &money_screen,
	.definitions = money_definitions,
	.window = window,
	.work = work,
	.release = release,
	.draw = draw,
	.sheet = sheet,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.act = next_month,
	.headline = headline,
};

const struct screen money_screen = {
	.name = N_("The month in money"),
	.help = N_("What came in, what programs gave away and what is owed to customers, in a "
		   "month, the month before and the same month a year before. Left and right go "
		   "to another month."),
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
