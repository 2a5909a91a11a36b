/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/figures.h"

#include <stdio.h>
#include <string.h>

#include "screens/columns.h"

/* What an owner asks, each with its answer in a few words, and whom it is
 * about. The answers come one after the other, while keys are taken. */

static const struct figure_kind *const figures[] = {
	&retention_figure,
	&cooling_figure,
	&rfm_figure,
	&worth_figure,
	&cohorts_figure,
	&months_figure,
	&money_figure,
	&programs_figure,
	&engagement_figure,
	&basket_figure,
	&upsell_figure,
	&returns_figure,
	&hours_figure,
};
enum { FIGURES = sizeof(figures) / sizeof(figures[0]) };

const struct figure_kind *figure_at(size_t i)
{
	return i < FIGURES ? figures[i] : NULL;
}

struct figures_menu {
	struct list list;
	struct headline headlines[FIGURES];
	size_t known;			/* so many of the headlines, from the first on */
	uint64_t changes;		/* of the scan that they are of */
	enum span span;
	char language[8];		/* in whose words they are */
};

static void figures_open(void *state, struct ui *ui, const void *arg)
{
	struct figures_menu *s = state;

	(void)ui;
	(void)arg;
	list_count(&s->list, FIGURES);
}

/* One at a time: some are not worked out in a moment. */
static enum status read_headline(struct figures_menu *s, struct ui *ui)
{
	const struct picture *p = picture_of(ui);
	enum status st;

	if (s->changes != p->scan.changes || s->span != p->span ||
	    strcmp(s->language, language_used()))
		s->known = 0;
	s->changes = p->scan.changes;
	s->span = p->span;
	snprintf(s->language, sizeof(s->language), "%s", language_used());
	if (s->known == FIGURES || !p->scan.visit_count)
		return ST_OK;
	s->headlines[s->known] = (struct headline){ .figure = "" };
	st = figures[s->known]->headline(ui, &s->headlines[s->known]);
	s->known += !s->headlines[s->known].more || st != ST_OK;
	if (st == ST_OK && s->known < FIGURES)
		ui_read_on(ui);
	return st;
}

static enum status figures_load(void *state, struct ui *ui)
{
	enum status st = picture_update(ui);

	if (st != ST_OK)
		return st;
	if (picture_of(ui)->scan.whole)
		return read_headline(state, ui);
	ui_read_on(ui);
	return ST_OK;
}

/* -- drawing -- */

enum { COL_NUMBER, COL_QUESTION, COL_FIGURE, COL_WHOM };

static const struct heading headings[] = {
	[COL_NUMBER] = { "", 2, 2, 100, ALIGN_RIGHT },
	[COL_QUESTION] = { N_("Question"), 20, 30, 90, ALIGN_LEFT },
	[COL_FIGURE] = { N_("Answer"), 14, 22, 80, ALIGN_LEFT },
	[COL_WHOM] = { N_("Who it is about"), 16, 34, 70, ALIGN_LEFT },
	{ 0 }
};

/* Of all sales, while other days were chosen for those that can be asked so. */
static bool is_of_all(const struct figures_menu *s, size_t row)
{
	return s->span != SPAN_ALL && !figures[row]->spans && !figures[row]->window;
}

static void draw_cell(const void *arg, size_t row, size_t column, struct cell *out)
{
	const struct figures_menu *s = arg;
	bool known = row < s->known;

	if (column == COL_NUMBER) {
		snprintf(out->room, sizeof(out->room), "%zu", row + 1);
		out->text = out->room;
	} else if (column == COL_QUESTION) {
		snprintf(out->room, sizeof(out->room), is_of_all(s, row) ? "%s *" : "%s",
			 _(figures[row]->screen->name));
		out->text = out->room;
		out->tone = TONE_STRONG;
	} else if (known) {
		out->text = column == COL_FIGURE ? s->headlines[row].figure :
						   s->headlines[row].whom;
	}
}

/* Why there is no answer yet; NULL: there is. */
static const char *missing(const struct picture *p)
{
	if (!p->scan.whole)
		return _("Counting ...");
	if (!p->scan.last_sale_day)
		return _("These pages answer from sales; none has been rung up yet.");
	if (!p->scan.visit_count)
		return _("All sales so far are of nobody in particular; these pages are about "
			 "known customers.");
	return NULL;
}

static void figures_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct figures_menu *s = state;
	const char *words = missing(picture_of(ui));
	struct canvas head = canvas_part(c, (struct rect){ 0, 1, 1, c->at.w - 2 });
	struct canvas rows = canvas_part(c, (struct rect){ 2, 0, c->at.h - 2, c->at.w });

	if (words)
		put_text(&head, (struct spot){ .tone = TONE_STRONG }, words);
	else
		put_format(&head, (struct spot){ .tone = TONE_DIM }, s->span == SPAN_ALL ? "%s" :
			   _("%s; lines with * are of all days"), _(span_name(s->span)));
	columns_draw(&rows, &(struct listing){ .headings = headings, .list = &s->list,
					       .cell = draw_cell, .arg = s, .focused = true });
}

static bool figures_act(void *state, struct ui *ui, const struct event *e)
{
	struct figures_menu *s = state;
	size_t digit = (size_t)ui_digit(e);

	list_fit(&s->list, columns_rows(s->list.n, ui_rows(ui) - 2));
	if (e->action == ACT_SPAN)
		figure_ask_span(ui);
	else if (e->action == ACT_ENTER)
		ui_open(ui, figures[s->list.at]->screen, NULL);
	else if (digit && digit <= FIGURES)
		ui_open(ui, figures[digit - 1]->screen, NULL);
	else
		return list_act(&s->list, e->action);
	return true;
}

static const struct binding figures_keys[] = {
	{ ACT_ENTER, '\r', 0, N_("Open"), N_("Opens the page that answers the question") },
	{ ACT_SPAN, 0, CTRL_KEY('Y'), N_("Days"), N_("Chooses the days that are counted, on "
						     "all these pages") },
	{ 0 }
};

/* Without an answer there are no days to choose. */
static bool figures_offers(const void *state, int action)
{
	const struct figures_menu *s = state;

	return action != ACT_SPAN || s->known > 0;
}

const struct screen figures_screen = {
	.name = N_("Figures"),
	.help = N_("What an owner asks of the book, each with its answer in a few words. The page "
		   "behind it shows more, whom it is about, and how it is counted."),
	.state_size = sizeof(struct figures_menu),
	.keys = figures_keys,
	.open = figures_open,
	.load = figures_load,
	.draw = figures_draw,
	.act = figures_act,
	.offers = figures_offers,
};
