/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "screens/figure_worth.h"
#include "screens/terminal.h"

/* The last weeks held out: a third of the shop's time, half a year at most. The
 * picture has a column for each week or for some of them: a bar of the visits
 * that were made, and an "o" where they were expected; a line parts what was
 * learnt from from what came after it. */

enum { HELD_MOST = 26, WEEKS_LEAST = 12, AXIS = 2, LINES_LEAST = 2, WIDEST = 4, GOOD = 5 };

/* -- working it out -- */

static int32_t learnt_to(const struct worth *w, const struct scan *s)
{
	int32_t weeks = (s->last_sale_day - w->clv.first_day + 1) / 7;
	int32_t held = weeks / 3 < HELD_MOST ? weeks / 3 : HELD_MOST;

	return weeks < WEEKS_LEAST ? 0 : s->last_sale_day - held * 7;
}

void worth_work_check(struct worth *w, const struct scan *s)
{
	struct clv_options options = { .as_of = learnt_to(w, s) };

	if (!w->checking) {
		w->checked = !options.as_of || clv_start(&w->before, s, &options) != ST_OK;
		w->checking = true;
		return;
	}
	clv_work(&w->before, s);
	if (!w->before.whole)
		return;
	w->checked = true;
	if (w->before.state == CLV_FITTED)
		clv_check_of(&w->before, s, &w->check);
}

/* -- drawing -- */

struct plot {
	const struct clv_check *check;
	size_t each, skipped;		/* weeks in a column; weeks before the first one */
	size_t columns, parted;		/* parted: how many come before what is held out */
	int wide;			/* cells of a column */
	double most;
};

static void column_of(const struct plot *p, size_t column, double *came, double *expected)
{
	const struct clv_week *weeks = p->check->weeks;
	size_t from = p->skipped + column * p->each, to = from + p->each;

	*came = (double)(weeks[to - 1].came - (from ? weeks[from - 1].came : 0));
	*expected = weeks[to - 1].expected - (from ? weeks[from - 1].expected : 0);
}

static struct plot plot_of(const struct clv_check *k, int cols)
{
	struct plot p = { .check = k };
	double came, expected;

	/* The first quarter is left out rather than that weeks are put together. */
	p.each = (k->week_count * 3 / 4 + (size_t)cols - 1) / (size_t)cols;
	p.columns = k->week_count / p.each;
	if (p.columns > (size_t)cols)
		p.columns = (size_t)cols;
	p.skipped = k->week_count - p.columns * p.each;
	p.wide = (int)((size_t)cols / p.columns);
	p.wide = p.wide < WIDEST ? p.wide : WIDEST;
	for (size_t i = 0; i < p.columns; i++) {
		column_of(&p, i, &came, &expected);
		p.most = fmax(p.most, fmax(came, expected));
		p.parted += k->weeks[p.skipped + (i + 1) * p.each - 1].last < k->from;
	}
	return p;
}

static int height_of(const struct plot *p, double visits, int height)
{
	return p->most > 0 ? (int)lround(visits / p->most * height) : 0;
}

static const char *bar_cell(void)
{
	return terminal.blocks ? "▒" : ":";
}

/* The line that is 'up' cells above the axis, 1 the lowest. */
static void put_line(const struct plot *p, const struct canvas *c, int y, int up)
{
	struct buf line = { 0 };
	double came, expected;

	for (size_t i = 0; i < p->columns; i++) {
		const char *cell = " ";
		int top;

		column_of(p, i, &came, &expected);
		top = height_of(p, expected, c->at.h - AXIS);
		if ((top > 0 ? top : 1) == up)
			cell = "o";
		else if (height_of(p, came, c->at.h - AXIS) >= up)
			cell = bar_cell();
		if (i == p->parted)
			buf_text(&line, "|");
		for (int k = 0; k < p->wide; k++)
			buf_text(&line, cell);
	}
	put_text(c, (struct spot){ .y = y }, line.at);
	buf_release(&line);
}

static void put_axis(const struct plot *p, const struct ui *ui, const struct canvas *c)
{
	char day[FORMAT_TEXT];
	struct buf line = { 0 };
	int wide = (int)p->columns * p->wide + (p->parted < p->columns), first, last;

	for (int i = 0; i < wide; i++)
		buf_text(&line, i == (int)p->parted * p->wide ? "+" : "-");
	put_text(c, (struct spot){ .y = c->at.h - AXIS }, line.at);
	buf_release(&line);
	format_day(&ui->format, p->check->weeks[p->skipped].last - 6, day);
	first = shown_columns(day);
	put_text(c, (struct spot){ .y = c->at.h - 1, .cols = first, .tone = TONE_DIM }, day);
	format_day(&ui->format, p->check->to, day);
	last = shown_columns(day);
	if (wide - last > first + 1)
		put_text(c, (struct spot){ .y = c->at.h - 1, .x = wide - last, .cols = last,
					   .tone = TONE_DIM }, day);
}

static void put_plot(const struct worth *w, const struct ui *ui, const struct canvas *c)
{
	char most[FORMAT_TEXT];
	struct plot p = plot_of(&w->check, c->at.w);
	int label, height = c->at.h - AXIS;
	struct canvas part;

	format_number(&ui->format, llround(p.most), most);
	label = shown_columns(most);
	if (height < LINES_LEAST || c->at.w < label + 10)
		return;
	p = plot_of(&w->check, c->at.w - label - 2);
	format_number(&ui->format, llround(p.most), most);
	part = canvas_part(c, (struct rect){ 0, label + 1, c->at.h, c->at.w - label - 1 });
	put_text(c, (struct spot){ .cols = label, .align = ALIGN_RIGHT, .tone = TONE_DIM }, most);
	put_text(c, (struct spot){ .y = height - 1, .cols = label, .align = ALIGN_RIGHT,
				   .tone = TONE_DIM }, "0");
	for (int y = 0; y < height; y++)
		put_line(&p, &part, y, height - y);
	put_axis(&p, ui, &part);
}

static void put_legend(const struct worth *w, const struct ui *ui, const struct canvas *c)
{
	struct plot p = plot_of(&w->check, c->at.w - 8);
	char weeks[FORMAT_TEXT];

	put_format(c, (struct spot){ .tone = TONE_DIM },
		   ngettext("Visits after the first one, %1$s week a column: %2$s came, o "
			    "expected",
			    "Visits after the first one, %1$s weeks a column: %2$s came, "
			    "o expected", (unsigned long)p.each),
		   format_number(&ui->format, (int64_t)p.each, weeks), bar_cell());
}

void worth_draw_check(const struct worth *w, const struct ui *ui, const struct canvas *c)
{
	struct canvas below = canvas_part(c, (struct rect){ 1, 0, c->at.h - 1, c->at.w });

	put_cursor(c, 0, 0);
	if (!w->check.week_count) {
		put_wrapped(c, (struct spot){ .tone = TONE_NORMAL }, 3,
			    w->before.whole ? _(clv_words(&w->before)) :
			    _("The book is too short to compare: it takes twelve weeks."));
		return;
	}
	put_legend(w, ui, c);
	put_plot(w, ui, &below);
}

/* -- what to make of it -- */

void worth_advise_check(const struct worth *w, const struct ui *ui, struct buf *out)
{
	const struct clv_check *k = &w->check;
	char day[FORMAT_TEXT], came[FORMAT_TEXT], expected[FORMAT_TEXT];
	char percent[FORMAT_TEXT];
	double off;

	if (!k->week_count)
		return;
	buf_sentence(out, _("Learnt from the days before %1$s; since then %2$s visits were made "
			    "where %3$s were expected."),
		     format_day(&ui->format, k->from, day),
		     format_number(&ui->format, k->came, came),
		     format_number(&ui->format, llround(k->expected), expected));
	off = k->expected > 0 ? 100 * ((double)k->came / k->expected - 1) : 0;
	format_percent(&ui->format, llround(fabs(off)) * 100, percent);
	if (fabs(off) <= GOOD)
		buf_sentence(out, "%s", _("That is near enough to rely on."));
	else if (off > 0)
		buf_sentence(out, _("%s more came than expected: what customers are worth is "
				    "rather more than said here."), percent);
	else
		buf_sentence(out, _("%s fewer came than expected: what customers are worth is "
				    "rather less than said here."), percent);
}
