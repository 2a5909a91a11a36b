/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figure_cohorts.h"

#include <stdio.h>

#include "base/clock.h"
#include "screens/figures.h"

/* Whether customers of a month come again in the months after it, as a heat
 * map: a line for each month of first visits, a column for each month later. */

enum { ROOMY = 6 };

static const char *const views[] = {
	[COHORTS_SHARE] = N_("% who came, months later"),
	[COHORTS_PEOPLE] = N_("how many came, months later"),
	[COHORTS_REVENUE] = N_("money a head, months later"),
	[COHORTS_TOGETHER] = N_("money a head, added up"), NULL
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct cohorts_state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &cohorts_figure;
}

/* -- working it out -- */

static struct cohort_options options(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct cohort_options){ .from = w.from, .to = w.to };
}

/* Those who came first in the chosen month or later, against those before. */
static enum status compare(struct cohorts_state *s, const struct ui *ui)
{
	struct cohort_options asked = options(ui);
	struct cohorts split;
	enum status st;

	*s->sentence = '\0';
	if (!s->figure.list.at)
		return ST_OK;
	asked.split = s->cohorts.month[s->figure.list.at];
	st = cohorts_of(&picture_of(ui)->scan, &asked, &split);
	if (st == ST_OK)
		cohorts_sentence(&split, &ui->format, s->sentence);
	cohorts_release(&split);
	return st;
}

/* Is somebody new, but in no month enough for a share? */
static bool all_are_few(const struct cohorts *c)
{
	int64_t most = 0;

	for (size_t i = 0; i < c->n; i++)
		most = c->size[i] > most ? c->size[i] : most;
	return most > 0 && most < SHARE_FEW;
}

static enum status work(void *state, struct ui *ui)
{
	struct cohorts_state *s = state;
	struct cohort_options asked = options(ui);
	bool fresh = !s->figure.list.n;
	enum status st = cohorts_of(&picture_of(ui)->scan, &asked, &s->cohorts);

	if (st != ST_OK)
		return st;
	list_count(&s->figure.list, cohorts_lines(&s->cohorts));
	if (fresh && all_are_few(&s->cohorts))
		s->figure.view = COHORTS_PEOPLE;
	if (fresh)
		list_choose(&s->figure.list, s->figure.list.n > 1 ? s->figure.list.n - 2 : 0);
	cohorts_make_heat(s, ui);
	return compare(s, ui);
}

static void release(void *state)
{
	struct cohorts_state *s = state;

	cohorts_forget_heat(s);
	cohorts_release(&s->cohorts);
	s->cohorts = (struct cohorts){ .n = 0 };
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct cohorts_state *s = state;
	size_t row = s->figure.list.at;
	bool mine = figure_heat_act(&s->figure, e, s->heat.columns) ||
		    list_act(&s->figure.list, e->action);

	cohorts_stay_on_numbers(s);
	if (row != s->figure.list.at && compare(s, ui) != ST_OK)
		ui_fail(ui);
	return mine;
}

static void turned(void *state, struct ui *ui)
{
	cohorts_make_heat(state, ui);
}

/* Of those whose next month is over: came in it. */
static struct share next_month(const struct cohorts *c)
{
	struct share s = { 0, 0 };

	for (size_t i = 0; i + 1 < c->n && (i + 2 < c->n || c->last_whole); i++) {
		s.part += c->active[cohort_cell(c, i, 1)];
		s.whole += c->size[i];
	}
	return s;
}

/* What the menu answers, above the months; gives the lines that it takes. */
static int put_all(const struct cohorts_state *s, const struct ui *ui, const struct canvas *c)
{
	struct share all = next_month(&s->cohorts);
	char rate[FORMAT_TEXT], n[FORMAT_TEXT];

	if (!share_tells(all) || c->at.h < ROOMY)
		return 0;
	put_format(c, (struct spot){ .tone = TONE_STRONG },
		   _("All together, %1$s of %2$s new customers came the month after."),
		   figure_rate(ui, all, rate), format_number(&ui->format, all.whole, n));
	return 1;
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct cohorts_state *s = state;
	struct heat heat = s->heat;
	struct canvas below;
	int y = put_all(s, ui, c);

	heat.corner = _("new people");
	below = canvas_part(c, (struct rect){ y, 0, c->at.h - y, c->at.w });
	figure_heat(&s->figure, &below, &heat);
}

/* -- whom, and what to do -- */

/* Months later of the chosen cell; 0: the whole row is chosen, or their first
 * month. */
static size_t later(const struct cohorts_state *s, struct figure_place at)
{
	return at.column ? at.column - 1 + cohorts_first_later(s) : 0;
}

static struct picture_window month_of(const struct cohorts_state *s, size_t month)
{
	const struct cohort_options *used = &s->cohorts.used;
	struct picture_window w = { s->cohorts.month[month],
				    day_month_end(s->cohorts.month[month]) };

	w.from = w.from < used->from ? used->from : w.from;
	w.to = w.to > used->to ? used->to : w.to;
	return w;
}

/* The table has the cells one below the other. */
static struct figure_place place_in_table(const struct cohorts_state *s, struct figure_place at)
{
	size_t cell = at.row;

	if (!at.table)
		return at;
	at = (struct figure_place){ .row = 0 };
	while (cell >= cohort_months(&s->cohorts, at.row))
		cell -= cohort_months(&s->cohorts, at.row++);
	at.column = cell + 1 - cohorts_first_later(s);
	return at;
}

static int64_t count(const struct cohorts_state *s, struct figure_place at)
{
	size_t k = later(s, at);

	if (k >= cohort_months(&s->cohorts, at.row))
		return 0;
	return k ? s->cohorts.active[cohort_cell(&s->cohorts, at.row, k)] : s->cohorts.size[at.row];
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct cohorts_state *s = state;

	(void)ui;
	at = place_in_table(s, at);
	if (!count(s, at))
		return false;
	figure_filter_days(filter, "first_visit", month_of(s, at.row));
	if (later(s, at)) {
		buf_text(filter, " and ");
		figure_filter_visits(filter, month_of(s, at.row + later(s, at)));
		buf_text(filter, " >= 1");
	}
	return true;
}

static int64_t new_people(const struct cohorts *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->size[i];
	return n;
}

static void say_people(const struct cohorts_state *s, const struct ui *ui, struct figure_place at,
		       struct buf *out)
{
	char n[FORMAT_TEXT], first[FORMAT_TEXT], month[FORMAT_TEXT];
	size_t k = later(s, at);
	int64_t people = count(s, at);

	format_number(&ui->format, people, n);
	format_month(&ui->format, s->cohorts.month[at.row], first);
	if (!people)
		buf_sentence(out, new_people(&s->cohorts) ? _("Nobody was new in %s.") :
			     _("Nobody was new in these days: ^Y chooses more of them."), first);
	else if (k)
		buf_sentence(out, ngettext("%1$s customer who was new in %2$s came in %3$s: Enter "
					   "opens them.",
					   "%1$s customers who were new in %2$s came in %3$s: "
					   "Enter opens them.", (unsigned long)people), n, first,
			     format_month(&ui->format, s->cohorts.month[at.row + k], month));
	else
		buf_sentence(out, ngettext("%1$s customer was new in %2$s: Enter opens them.",
					   "%1$s customers were new in %2$s: Enter opens them.",
					   (unsigned long)people), n, first);
}

static void advise(const void *state, const struct ui *ui, struct buf *out)
{
	const struct cohorts_state *s = state;

	say_people(s, ui, place_in_table(s, figure_place(&s->figure)), out);
	if (s->cohorts.n == 1)
		buf_sentence(out, "%s", _("Whether they come again can be said once another month "
					  "has begun."));
	else if (*s->sentence && !s->figure.column)
		buf_sentence(out, "%s", s->sentence);
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct cohorts_state *s = state;
	int64_t n = new_people(&s->cohorts);
	char text[FORMAT_TEXT];

	buf_printf(out, ngettext("%s new customer.", "%s new customers.", (unsigned long)n),
		   format_number(&ui->format, n, text));
	buf_sentence(out, "%s", _("A number with + may still grow: its month is not over."));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct cohorts_state *s = state;

	cohorts_sheet(&s->cohorts, out);
}

static enum status headline(struct ui *ui, struct headline *out)
{
	struct cohort_options asked = options(ui);
	char n[FORMAT_TEXT];
	struct cohorts c;
	enum status st = cohorts_of(&picture_of(ui)->scan, &asked, &c);

	if (st == ST_OK) {
		struct share s = next_month(&c);

		if (share_tells(s))
			snprintf(out->figure, sizeof(out->figure), _("%s the month after"),
				 figure_rate(ui, s, n));
		else
			figure_rate(ui, s, out->figure);
		snprintf(out->whom, sizeof(out->whom),
			 ngettext("%s new customer", "%s new customers", (unsigned long)s.whole),
			 format_number(&ui->format, s.whole, n));
	}
	cohorts_release(&c);
	return st;
}

const struct figure_kind cohorts_figure = {
	.name = "cohorts",
	.screen = &cohorts_screen,
	.definitions = cohorts_definitions,
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

const struct screen cohorts_screen = {
	.name = N_("Do new customers stay?"),
	.help = N_("A line for the new customers of each month: how many of them came in the first "
		   "month after it (+1), in the second, and so on. Up and down choose a month, "
		   "left and right one number. Below stands how those who were new in the chosen "
		   "month or later compare with those before: choose the month in which you "
		   "changed something."),
	.state_size = sizeof(struct cohorts_state),
	.keys = figure_keys,
	.open = open,
	.load = figure_load,
	.draw = figure_draw,
	.act = figure_act,
	.offers = figure_offers,
	.explain = figure_explain,
	.release = figure_release,
};
