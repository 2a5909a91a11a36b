/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/cooling.h"
#include "insight/retention.h"
#include "screens/figures.h"

/* Whether people come back: who came, who is new, who is lost, and the same
 * month by month. Each number is a line that opens its people. */

enum { VIEW_ALL, VIEW_MONTHS };

static const char *const views[] = {
	[VIEW_ALL] = N_("all in all"), [VIEW_MONTHS] = N_("month by month"), NULL
};

enum { LINE_CAME, LINE_NEW, LINE_RETURNED, LINE_TWICE, LINE_ONCE, LINE_STAYED, LINE_LOST,
       LINE_SILENT, ALL_LINES };

static const char *const line_names[ALL_LINES] = {
	[LINE_CAME] = N_("Came in these days"),
	[LINE_NEW] = N_("of them for the first time ever"),
	[LINE_RETURNED] = N_("of them not for the first time"),
	[LINE_TWICE] = N_("of them came again, on two days or more"),
	[LINE_ONCE] = N_("of them on one day only"),
	[LINE_STAYED] = N_("Had come before these days, and came in them"),
	[LINE_LOST] = N_("Came in the 90 days before the last 90, not since"),
	[LINE_SILENT] = N_("Have not come for 90 days or longer"),
};

/* Of the months. */
enum { COLUMN_NEW, COLUMN_RETURNED, COLUMN_SILENT, COLUMNS_MONTH };

struct state {
	struct figure figure;		/* first */
	struct retention retention;
	struct months months;
	int64_t *cells;			/* COLUMNS_MONTH for each month */
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &retention_figure;
}

static struct retention_options options(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct retention_options){ .from = w.from, .to = w.to };
}

/* -- working it out -- */

static void turned(void *state, struct ui *ui)
{
	struct state *s = state;

	(void)ui;
	list_count(&s->figure.list, s->figure.view == VIEW_ALL ? (size_t)ALL_LINES : s->months.n);
	list_choose(&s->figure.list, s->figure.view == VIEW_ALL ? 0 : s->months.n);
	s->figure.column = 0;
}

static void fill_cells(struct state *s, const struct scan *scan)
{
	size_t n = s->months.n;
	int64_t *silent = mem_alloc((n + 1) * sizeof(*silent));

	cooling_months(scan, &s->months, s->retention.used.quiet_days, silent);
	s->cells = mem_alloc((n * COLUMNS_MONTH + 1) * sizeof(*s->cells));
	for (size_t i = 0; i < n; i++) {
		s->cells[i * COLUMNS_MONTH + COLUMN_NEW] = s->months.row[i].new;
		s->cells[i * COLUMNS_MONTH + COLUMN_RETURNED] = s->months.row[i].returning;
		s->cells[i * COLUMNS_MONTH + COLUMN_SILENT] = silent[i];
	}
	free(silent);
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	const struct scan *scan = &picture_of(ui)->scan;
	struct retention_options asked = options(ui);
	struct months_options span = { asked.from, asked.to };
	enum status st = retention_of(scan, &asked, &s->retention);

	if (st == ST_OK)
		st = months_of(scan, &span, &s->months);
	if (st != ST_OK)
		return st;
	fill_cells(s, scan);
	if (!s->figure.list.n || s->figure.view == VIEW_MONTHS)
		turned(state, ui);
	return ST_OK;
}

static void release(void *state)
{
	struct state *s = state;

	months_release(&s->months);
	s->months = (struct months){ .n = 0 };
	free(s->cells);
	s->cells = NULL;
}

/* -- the lines -- */

/* How many of how many; of nobody where it is a count alone. */
static struct share line_share(const struct state *s, size_t line)
{
	const struct retention *r = &s->retention;

	switch (line) {
	case LINE_CAME: return (struct share){ r->customers, 0 };
	case LINE_NEW: return (struct share){ r->new, r->customers };
	case LINE_RETURNED: return (struct share){ r->returning, r->customers };
	case LINE_TWICE: return r->repeat_purchase;
	case LINE_ONCE:
		return (struct share){ r->customers - r->repeat_purchase.part, r->customers };
	case LINE_STAYED: return r->retention;
	case LINE_LOST: return r->churn;
	default: return (struct share){ r->lapsed, r->ever };
	}
}

enum { COL_WHAT, COL_PEOPLE, COL_SHARE, COL_OF };

static const struct heading headings[] = {
	[COL_WHAT] = { N_("Customers"), 20, 50, 100, ALIGN_LEFT },
	[COL_PEOPLE] = { N_("People"), 6, 8, 99, ALIGN_RIGHT },
	[COL_SHARE] = { N_("Share"), 7, 7, 98, ALIGN_RIGHT },
	[COL_OF] = { N_("of"), 5, 7, 90, ALIGN_RIGHT },
	{ 0 }
};

struct drawn {
	const struct state *s;
	const struct ui *ui;
};

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct drawn *d = arg;
	struct share share = line_share(d->s, row);

	if (column == COL_WHAT)
		out->text = _(line_names[row]);
	else if (column == COL_PEOPLE)
		out->text = format_number(&d->ui->format, share.part, out->room);
	else if (!share.whole)
		out->text = "";
	else if (column == COL_OF)
		out->text = format_number(&d->ui->format, share.whole, out->room);
	else
		out->text = share_tells(share) ? figure_rate(d->ui, share, out->room) :
						 _("too few");
}

static void draw_months(const struct state *s, const struct ui *ui, const struct canvas *c)
{
	size_t rows = s->months.n, cells = rows * COLUMNS_MONTH;
	const char *headings_months[COLUMNS_MONTH] = { _("new"), _("came again"),
						       _("stayed away") };
	char (*texts)[FORMAT_TEXT] = mem_alloc((cells + rows + 1) * sizeof(*texts));
	const char **at = mem_alloc((cells + rows + 1) * sizeof(*at));

	for (size_t i = 0; i < cells; i++) {
		at[i] = format_number(&ui->format, s->cells[i], texts[i]);
		if (!s->months.row[i / COLUMNS_MONTH].whole)
			strcat(texts[i], "+");
	}
	for (size_t i = 0; i < rows; i++)
		at[cells + i] = format_month(&ui->format, s->months.row[i].from, texts[cells + i]);
	figure_heat(&s->figure, c, &(struct heat){
		.row_labels = at + cells, .column_labels = headings_months, .values = s->cells,
		.printed = at, .rows = rows, .columns = COLUMNS_MONTH,
		.by_column = true });
	free(at);
	free(texts);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct drawn d = { s, ui };

	if (s->figure.view == VIEW_MONTHS)
		draw_months(s, ui, c);
	else
		figure_columns(&s->figure, c, &(struct listing){ .headings = headings,
								 .cell = draw_cell, .arg = &d });
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct state *s = state;

	(void)ui;
	return s->figure.view == VIEW_MONTHS && figure_heat_act(&s->figure, e, COLUMNS_MONTH);
}

/* -- whom, and what to do -- */

static struct picture_window days_back(int32_t to, int32_t first, int32_t last)
{
	return (struct picture_window){ to - first, to - last };
}

static void filter_before(struct buf *out, const char *field, const char *sign, int32_t day)
{
	char text[DAY_TEXT];

	day_print(day, text);
	buf_printf(out, "%s %s %s", field, sign, text);
}

static void filter_lost(struct buf *out, const struct retention_options *o)
{
	int32_t quiet = o->quiet_days;

	figure_filter_visits(out, days_back(o->to, 2 * quiet - 1, quiet));
	buf_text(out, " >= 1 and ");
	figure_filter_visits(out, days_back(o->to, quiet - 1, 0));
	buf_text(out, " = 0");
}

static void filter_line(const struct retention_options *o, size_t line, struct buf *out)
{
	struct picture_window w = { o->from, o->to };

	switch (line) {
	case LINE_NEW:
		figure_filter_days(out, "first_visit", w);
		return;
	case LINE_LOST:
		filter_lost(out, o);
		return;
	case LINE_SILENT:
		filter_before(out, "last_visit", "<=", o->to - o->quiet_days);
		return;
	case LINE_RETURNED:
		buf_text(out, "(");
		filter_before(out, "first_visit", "<", o->from);
		buf_text(out, " and ");
		figure_filter_visits(out, w);
		buf_text(out, " >= 1) or ");
		figure_filter_visits(out, w);
		buf_text(out, " >= 2");
		return;
	case LINE_STAYED:
		filter_before(out, "first_visit", "<", o->from);
		buf_text(out, " and ");
		break;
	default:
		break;
	}
	figure_filter_visits(out, w);
	buf_text(out, line == LINE_TWICE ? " >= 2" : line == LINE_ONCE ? " = 1" : " >= 1");
}

static void filter_month(const struct state *s, struct figure_place at, struct buf *out)
{
	const struct month *m = &s->months.row[at.row];
	int32_t quiet = s->retention.used.quiet_days;
	struct picture_window w = { m->from, m->to };
	struct retention_options o = { .from = m->from, .to = m->to };

	if (at.column == COLUMN_NEW + 1)
		filter_line(&o, LINE_NEW, out);
	else if (at.column == COLUMN_RETURNED + 1)
		filter_line(&o, LINE_RETURNED, out);
	else if (at.column == COLUMN_SILENT + 1)
		figure_filter_days(out, "last_visit",
				   (struct picture_window){ w.from - quiet, w.to - quiet });
	else
		filter_line(&o, LINE_CAME, out);
}

static int64_t count(const struct state *s, struct figure_place at)
{
	if (s->figure.view == VIEW_ALL)
		return line_share(s, at.row).part;
	return at.column ? s->cells[at.row * COLUMNS_MONTH + at.column - 1] :
			   s->months.row[at.row].customers;
}

/* The table has more numbers than the lines, of which these open people. */
static size_t line_of_table(size_t row)
{
	static const size_t rows[] = { 0, 1, 2, ALL_LINES, LINE_SILENT };

	return row < sizeof(rows) / sizeof(rows[0]) ? rows[row] : (size_t)ALL_LINES;
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;
	size_t line = at.table ? line_of_table(at.row) : at.row;

	(void)ui;
	if (!at.table && s->figure.view == VIEW_MONTHS) {
		filter_month(s, at, filter);
		return count(s, at) > 0;
	}
	if (line == ALL_LINES || !line_share(s, line).part)
		return false;
	filter_line(&s->retention.used, line, filter);
	return true;
}

static void say_month(const struct state *s, const struct ui *ui, int64_t people,
		      struct buf *out)
{
	unsigned long plural = (unsigned long)people;
	char n[FORMAT_TEXT], month[FORMAT_TEXT];

	format_number(&ui->format, people, n);
	format_month(&ui->format, s->months.row[s->figure.list.at].from, month);
	if (s->figure.column == COLUMN_NEW + 1)
		buf_printf(out, ngettext("%1$s customer was new in %2$s: Enter opens them.",
					 "%1$s customers were new in %2$s: Enter opens them.",
					 plural), n, month);
	else if (s->figure.column == COLUMN_RETURNED + 1)
		buf_printf(out, ngettext("%1$s customer came again in %2$s: Enter opens them.",
					 "%1$s customers came again in %2$s: Enter opens them.",
					 plural), n, month);
	else if (s->figure.column == COLUMN_SILENT + 1)
		buf_printf(out, ngettext("%1$s customer had stayed away for 90 days in %2$s: "
					 "Enter opens them, to write to.",
					 "%1$s customers had stayed away for 90 days in %2$s: "
					 "Enter opens them, to write to.", plural), n, month);
	else
		buf_printf(out, ngettext("%1$s customer came in %2$s: Enter opens them.",
					 "%1$s customers came in %2$s: Enter opens them.",
					 plural), n, month);
	if (!s->figure.column)
		buf_sentence(out, "%s", _("Left and right choose one number."));
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	int64_t lost = s->retention.churn.part, people;
	char n[FORMAT_TEXT];

	if (!s->figure.table) {
		people = count(s, figure_place(&s->figure));
		if (s->figure.view == VIEW_MONTHS)
			say_month(s, ui, people, out);
		else
			buf_printf(out, ngettext("Enter opens this %s customer.",
						 "Enter opens these %s customers.",
						 (unsigned long)people),
				   format_number(&ui->format, people, n));
	}
	if (lost && s->figure.view == VIEW_ALL && s->figure.list.at != LINE_LOST)
		buf_sentence(out, ngettext("%s came in the 90 days before the last 90, and not "
					   "since: choose that line, and write to them.",
					   "%s came in the 90 days before the last 90, and not "
					   "since: choose that line, and write to them.",
					   (unsigned long)lost),
			     format_number(&ui->format, lost, n));
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	char people[FORMAT_TEXT], visits[FORMAT_TEXT];

	buf_printf(out, _("%1$s customers with %2$s visits."),
		   format_number(&ui->format, s->retention.customers, people),
		   format_number(&ui->format, s->retention.visits, visits));
	buf_sentence(out, "%s", _("A number with + is of a month that is counted in part."));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	retention_sheet(&s->retention, out);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct retention_options asked = options(ui);
	struct retention r;
	char n[FORMAT_TEXT];
	enum status st = retention_of(&picture_of(ui)->scan, &asked, &r);

	if (st != ST_OK)
		return st;
	if (share_tells(r.repeat_purchase))
		snprintf(out->figure, sizeof(out->figure), _("%s came again"),
			 figure_rate(ui, r.repeat_purchase, n));
	else
		figure_rate(ui, r.repeat_purchase, out->figure);
	snprintf(out->whom, sizeof(out->whom),
		 ngettext("%s customer", "%s customers", (unsigned long)r.customers),
		 format_number(&ui->format, r.customers, n));
	return st;
}

const struct figure_kind retention_figure = {
	.name = "retention",
	.screen = &retention_screen,
	.definitions = retention_definitions,
	.views = views,
	.spans = true,
	.work = work,
	.release = release,
	.draw = draw,
	.sheet = sheet,
	.people = find_people,
	.advice = advise,
	.sample = sample,
	.act = act,
	.turned = turned,
	.headline = headline,
};

const struct screen retention_screen = {
	.name = N_("Do they come back?"),
	.help = N_("Who came in these days, for the first time or again, and who has been lost. "
		   "Tab shows it month by month; there left and right choose one number."),
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
