/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/cohorts.h"
#include "screens/figures.h"

/* Whether customers of a month come again in the months after it, as a heat
 * map: a line for each month of first visits, a column for each month later. */

enum { VIEW_SHARE, VIEW_REVENUE, VIEW_TOGETHER };

static const char *const views[] = {
	[VIEW_SHARE] = N_("% who came, months later"),
	[VIEW_REVENUE] = N_("money a head, months later"),
	[VIEW_TOGETHER] = N_("money a head, added up"), NULL
};

enum { LABEL = FORMAT_TEXT, PRINTED = 32 };

struct state {
	struct figure figure;		/* first */
	struct cohorts cohorts;
	struct heat heat;		/* of the view, with the texts below */
	size_t view;			/* that it is of */
	char (*labels)[LABEL], (*headings)[PRINTED], (*printed)[PRINTED];
	int64_t *values;
	const char **texts;		/* all that 'heat' points to */
	char sentence[COHORT_SENTENCE];	/* the chosen month and later against before */
};

static void open(void *state, struct ui *ui, const void *arg)
{
	struct state *s = state;

	(void)ui;
	(void)arg;
	s->figure.kind = &cohorts_figure;
}

/* -- the heat map, made once for a view -- */

/* The first month's own share is always all of them. */
static size_t first_later(const struct state *s)
{
	return s->figure.view == VIEW_SHARE;
}

static void forget_heat(struct state *s)
{
	free(s->labels);
	free(s->headings);
	free(s->printed);
	free(s->values);
	free(s->texts);
	s->labels = NULL;
	s->headings = s->printed = NULL;
	s->values = NULL;
	s->texts = NULL;
}

/* Months at the end in which nobody was new have no line. */
static size_t lines(const struct cohorts *c)
{
	size_t n = c->n;

	while (n > 1 && !c->size[n - 1])
		n--;
	return n;
}

static void label_rows(struct state *s, const struct ui *ui)
{
	const struct cohorts *c = &s->cohorts;
	char month[FORMAT_TEXT], n[FORMAT_TEXT];

	for (size_t i = 0; i < lines(c); i++) {
		format_month(&ui->format, c->month[i], month);
		format_number(&ui->format, c->size[i], n);
		snprintf(s->labels[i], LABEL, "%.60s %*s%.24s", month,
			 shown_columns(n) < 5 ? 5 - shown_columns(n) : 0, "", n);
	}
}

static int64_t revenue_by(const struct cohorts *c, size_t row, size_t k)
{
	int64_t sum = 0;

	for (size_t i = 0; i <= k; i++)
		sum += c->revenue[cohort_cell(c, row, i)];
	return sum;
}

/* Hundredths of a percent, or minor units a head. */
static int64_t value(const struct state *s, size_t row, size_t k)
{
	const struct cohorts *c = &s->cohorts;
	size_t cell = cohort_cell(c, row, k);

	switch (s->figure.view) {
	case VIEW_SHARE: return c->active[cell] * 10000 / c->size[row];
	case VIEW_REVENUE: return c->revenue[cell] / c->size[row];
	default: return revenue_by(c, row, k) / c->size[row];
	}
}

/* What may still grow is followed by "+". */
static void print(const struct state *s, const struct ui *ui, size_t row, size_t k,
		  char out[PRINTED])
{
	const struct cohorts *c = &s->cohorts;
	bool grows = !c->last_whole && k == cohort_months(c, row) - 1;
	int64_t n = value(s, row, k), unit = 1;
	char text[FORMAT_TEXT];

	for (int i = 0; i < ui->format.decimals; i++)
		unit *= 10;
	if (s->figure.view == VIEW_SHARE)
		unit = 100;
	format_number(&ui->format, (n + unit / 2) / unit, text);
	snprintf(out, PRINTED, "%.24s%s", text, grows ? "+" : "");
}

static void fill_cells(struct state *s, const struct ui *ui)
{
	size_t first = first_later(s), columns = s->heat.columns;

	for (size_t row = 0; row < s->heat.rows; row++) {
		bool few = s->cohorts.size[row] < SHARE_FEW;

		for (size_t k = first; !few && k < cohort_months(&s->cohorts, row); k++) {
			size_t i = row * columns + k - first;

			s->values[i] = value(s, row, k);
			print(s, ui, row, k, s->printed[i]);
		}
	}
}

static const char *row_word(const struct cohorts *c, size_t row)
{
	if (!c->size[row])
		return _("nobody new");
	return c->size[row] < SHARE_FEW ? _("too few to tell") : NULL;
}

/* 'texts': row labels, row words, column labels, cells. */
static void point_to_texts(struct state *s)
{
	size_t rows = s->heat.rows, columns = s->heat.columns;
	const char **words = s->texts + rows, **headings = words + rows;
	const char **cells = headings + columns;

	for (size_t i = 0; i < rows; i++) {
		s->texts[i] = s->labels[i];
		words[i] = row_word(&s->cohorts, i);
	}
	for (size_t i = 0; i < columns; i++) {
		snprintf(s->headings[i], PRINTED, "+%zu", i + first_later(s));
		headings[i] = s->headings[i];
	}
	for (size_t i = 0; i < rows * columns; i++)
		cells[i] = *s->printed[i] ? s->printed[i] : NULL;
	s->heat.row_labels = s->texts;
	s->heat.row_words = words;
	s->heat.column_labels = headings;
	s->heat.printed = cells;
}

/* A younger month has fewer numbers. */
static void stay_on_numbers(struct state *s)
{
	size_t row = s->figure.list.at, most = cohort_months(&s->cohorts, row) - first_later(s);

	if (s->cohorts.size[row] < SHARE_FEW)
		most = 0;
	if (s->figure.column > most)
		s->figure.column = most;
}

static void make_heat(struct state *s, const struct ui *ui)
{
	size_t rows = lines(&s->cohorts), columns = s->cohorts.n - first_later(s);

	forget_heat(s);
	s->labels = mem_alloc((rows + 1) * sizeof(*s->labels));
	s->headings = mem_alloc((columns + 1) * sizeof(*s->headings));
	s->printed = mem_alloc((rows * columns + 1) * sizeof(*s->printed));
	s->values = mem_alloc((rows * columns + 1) * sizeof(*s->values));
	s->texts = mem_alloc((2 * rows + columns + rows * columns + 1) * sizeof(*s->texts));
	s->heat = (struct heat){ .rows = rows, .columns = columns, .values = s->values };
	s->view = s->figure.view;
	label_rows(s, ui);
	fill_cells(s, ui);
	point_to_texts(s);
	stay_on_numbers(s);
}

/* -- working it out -- */

static struct cohort_options options(const struct ui *ui)
{
	struct picture_window w = picture_window(picture_of(ui));

	return (struct cohort_options){ .from = w.from, .to = w.to };
}

/* Those who came first in the chosen month or later, against those before. */
static enum status compare(struct state *s, const struct ui *ui)
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
		cohorts_sentence(&split, s->sentence);
	cohorts_release(&split);
	return st;
}

static enum status work(void *state, struct ui *ui)
{
	struct state *s = state;
	struct cohort_options asked = options(ui);
	bool fresh = !s->figure.list.n;
	enum status st = cohorts_of(&picture_of(ui)->scan, &asked, &s->cohorts);

	if (st != ST_OK)
		return st;
	list_count(&s->figure.list, lines(&s->cohorts));
	if (fresh)
		list_choose(&s->figure.list, s->figure.list.n > 1 ? s->figure.list.n - 2 : 0);
	make_heat(s, ui);
	return compare(s, ui);
}

static void release(void *state)
{
	struct state *s = state;

	forget_heat(s);
	cohorts_release(&s->cohorts);
	s->cohorts = (struct cohorts){ .n = 0 };
}

static bool act(void *state, struct ui *ui, const struct event *e)
{
	struct state *s = state;
	size_t row = s->figure.list.at;
	bool mine = figure_heat_act(&s->figure, e, s->heat.columns) ||
		    list_act(&s->figure.list, e->action);

	stay_on_numbers(s);
	if (row != s->figure.list.at && compare(s, ui) != ST_OK)
		ui_fail(ui);
	return mine;
}

static void turned(void *state, struct ui *ui)
{
	make_heat(state, ui);
}

static void draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct state *s = state;
	struct heat heat = s->heat;

	(void)ui;
	heat.corner = _("new people");
	figure_heat(&s->figure, c, &heat);
}

/* -- whom, and what to do -- */

/* Months later of the chosen cell; 0: the whole row is chosen, or their first
 * month. */
static size_t later(const struct state *s, struct figure_place at)
{
	return at.column ? at.column - 1 + first_later(s) : 0;
}

static struct picture_window month_of(const struct state *s, size_t month)
{
	const struct cohort_options *used = &s->cohorts.used;
	struct picture_window w = { s->cohorts.month[month],
				    day_month_end(s->cohorts.month[month]) };

	w.from = w.from < used->from ? used->from : w.from;
	w.to = w.to > used->to ? used->to : w.to;
	return w;
}

/* The table has the cells one below the other. */
static struct figure_place place_in_table(const struct state *s, struct figure_place at)
{
	size_t cell = at.row;

	if (!at.table)
		return at;
	at = (struct figure_place){ .row = 0 };
	while (cell >= cohort_months(&s->cohorts, at.row))
		cell -= cohort_months(&s->cohorts, at.row++);
	at.column = cell + 1 - first_later(s);
	return at;
}

static int64_t count(const struct state *s, struct figure_place at)
{
	size_t k = later(s, at);

	if (k >= cohort_months(&s->cohorts, at.row))
		return 0;
	return k ? s->cohorts.active[cohort_cell(&s->cohorts, at.row, k)] : s->cohorts.size[at.row];
}

static bool find_people(const void *state, const struct ui *ui, struct figure_place at,
			struct buf *filter)
{
	const struct state *s = state;

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

static void say_people(const struct state *s, const struct ui *ui, struct figure_place at,
		       struct buf *out)
{
	char n[FORMAT_TEXT], first[FORMAT_TEXT], month[FORMAT_TEXT];
	size_t k = later(s, at);
	int64_t people = count(s, at);

	format_number(&ui->format, people, n);
	format_month(&ui->format, s->cohorts.month[at.row], first);
	if (!people)
		buf_sentence(out, _("Nobody was new in %s."), first);
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
	const struct state *s = state;

	say_people(s, ui, place_in_table(s, figure_place(&s->figure)), out);
	if (*s->sentence && !s->figure.column)
		buf_sentence(out, "%s", s->sentence);
}

static int64_t new_people(const struct cohorts *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->size[i];
	return n;
}

static void sample(const void *state, const struct ui *ui, struct buf *out)
{
	const struct state *s = state;
	int64_t n = new_people(&s->cohorts);
	char text[FORMAT_TEXT];

	buf_printf(out, ngettext("%s new customer.", "%s new customers.", (unsigned long)n),
		   format_number(&ui->format, n, text));
	buf_sentence(out, "%s", _("A number with + may still grow: its month is not over."));
}

static void sheet(const void *state, struct sheet *out)
{
	const struct state *s = state;

	cohorts_sheet(&s->cohorts, out);
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
