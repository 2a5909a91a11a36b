/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "screens/figure_parts.h"

/* A figure's frame: the days it counts and which view it is, the picture or the
 * table, and below it what to do. */

enum { ROOMY = 16, ADVICE_LINES = 2, ROOMY_ADVICE = 4, GAP = 2, MARK = 2, WORD_LINES = 8 };

const char *figure_days(const struct ui *ui, struct picture_window w, char out[3 * FORMAT_TEXT])
{
	char from[FORMAT_TEXT], to[FORMAT_TEXT];

	snprintf(out, 3 * FORMAT_TEXT, _("%1$s to %2$s"), format_day(&ui->format, w.from, from),
		 format_day(&ui->format, w.to, to));
	return out;
}

const char *figure_window_words(const struct figure *f, const struct ui *ui,
				char out[3 * FORMAT_TEXT])
{
	const struct picture *p = picture_of(ui);
	char days[3 * FORMAT_TEXT];

	if (f->kind->window)
		return f->kind->window(f, ui, out);
	if (f->kind->spans)
		snprintf(out, 3 * FORMAT_TEXT, _("%1$s, %2$s"), _(span_name(p->span)),
			 figure_days(ui, picture_window(p), days));
	else
		snprintf(out, 3 * FORMAT_TEXT, _("all sales up to %s"),
			 format_day(&ui->format, picture_day(p), days));
	return out;
}

const char *figure_rate(const struct ui *ui, struct share s, char out[FORMAT_TEXT])
{
	if (!share_tells(s))
		snprintf(out, FORMAT_TEXT, "%s", _("too few to tell"));
	else
		format_percent(&ui->format, llround(10000 * share_value(s)), out);
	return out;
}

/* -- parts of pictures -- */

static void put_sign(const struct canvas *c, int y, int x, const char *sign)
{
	put_text(c, (struct spot){ .y = y, .x = x, .cols = 1, .tone = TONE_STRONG }, sign);
}

/* ">" at the chosen row, and where rows are scrolled out; the first one in view
 * stands at 'top'. */
static void put_marks(const struct figure *f, const struct canvas *c, struct list_view view,
		      int top)
{
	if (view.last <= view.first)
		return;
	put_sign(c, top + (int)(f->list.at - view.first), 0, ">");
	if (view.first > 0)
		put_sign(c, top, 1, "^");
	if (view.last < f->list.n)
		put_sign(c, top + (int)(view.last - view.first) - 1, 1, "v");
}

void figure_bars(const struct figure *f, const struct canvas *c, const struct bar *bars)
{
	struct canvas part = canvas_part(c, (struct rect){ 0, MARK, c->at.h, c->at.w - MARK });
	struct list_view view = list_view(&f->list, c->at.h > 0 ? (size_t)c->at.h : 0);
	int y = (int)(f->list.at - view.first);

	chart_bars_from(&part, bars, f->list.n, view.first);
	put_marks(f, c, view, 0);
	put_cursor(c, y, 0);
}

/* So many columns are scrolled out that the chosen one is in view. */
static size_t first_column(const struct figure *f, const struct canvas *c, const struct heat *h)
{
	size_t fit = chart_heat_columns(c, h);

	return f->column > fit && fit ? f->column - fit : 0;
}

void figure_heat(const struct figure *f, const struct canvas *c, struct heat *h)
{
	struct canvas part = canvas_part(c, (struct rect){ 0, MARK, c->at.h,
							   c->at.w - MARK - 1 });
	struct list_view view = list_view(&f->list, c->at.h > 1 ? (size_t)c->at.h - 1 : 0);
	int y = (int)(f->list.at - view.first) + 1;

	h->first_row = view.first;
	h->first_column = first_column(f, &part, h);
	h->chosen = f->column > 0;
	h->row = f->list.at;
	h->column = f->column - 1;
	put_cursor(c, y, 0);
	chart_heat(&part, h);
	put_marks(f, c, view, 1);
	if (h->first_column > 0)
		put_sign(c, 0, 0, "<");
	if (h->first_column + chart_heat_columns(&part, h) < h->columns)
		put_sign(c, 0, c->at.w - 1, ">");
}

bool figure_heat_act(struct figure *f, const struct event *e, size_t columns)
{
	if (e->action == ACT_LEFT)
		f->column -= f->column > 0;
	else if (e->action == ACT_RIGHT)
		f->column += f->column < columns;
	else
		return false;
	return true;
}

void figure_columns(const struct figure *f, const struct canvas *c, struct listing *l)
{
	l->list = &f->list;
	l->focused = true;
	columns_draw(c, l);
}

/* -- the frame -- */

static void draw_head(const struct figure *f, const struct ui *ui, const struct canvas *c)
{
	const char *view = !f->table ? f->kind->views ? _(f->kind->views[f->view]) : "" :
			   figure_table_goes_on(f, ui, c) ? _("all numbers, more to the right") :
							    _("all numbers");
	int cols = shown_columns(view), left = c->at.w - cols - (cols ? GAP : 0);
	char days[3 * FORMAT_TEXT];

	put_text(c, (struct spot){ .cols = left > 0 ? left : 1, .tone = TONE_DIM },
		 figure_window_words(f, ui, days));
	if (cols && left > 0)
		put_text(c, (struct spot){ .x = c->at.w - cols, .cols = cols,
					   .tone = TONE_STRONG }, view);
}

static void put_words(const struct canvas *c, const char *words)
{
	put_wrapped(c, (struct spot){ .cols = c->at.w, .tone = TONE_STRONG }, WORD_LINES, words);
	put_cursor(c, 0, 0);
}

/* -- when there is no figure -- */

static const char *missing(const struct picture *p)
{
	if (!p->scan.last_sale_day)
		return _("No sale has been rung up yet. Ring up the first one at the Counter (^E), "
			 "or bring in those of your till with Import: then this page shows "
			 "something.");
	return _("All sales so far are of nobody in particular, so nothing can be said about who "
		 "comes back. Ask for a name or a phone number at the next sale (^E).");
}

static void put_reading(const struct figure *f, const struct ui *ui, const struct canvas *c)
{
	char percent[FORMAT_TEXT], words[2 * FORMAT_TEXT];

	if (f->working && f->total > 0) {
		format_percent(&ui->format, (int64_t)(10000.0 * (double)f->done /
						      (double)f->total), percent);
		snprintf(words, sizeof(words), _("Counting ... %s (Esc goes back)"), percent);
		put_words(c, words);
	} else {
		put_words(c, _("Counting ... (Esc goes back)"));
	}
}

/* -- the whole -- */

/* Gives the lines that it takes at the bottom. */
static int draw_advice(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct figure *f = state;
	struct canvas none = *c, part;
	struct buf words = { 0 };
	int most = c->at.h >= ROOMY ? ROOMY_ADVICE : ADVICE_LINES, lines;

	if (f->kind->advice)
		f->kind->advice(state, ui, &words);
	none.at.h = 0;
	lines = words.len ? put_wrapped(&none, (struct spot){ .cols = c->at.w }, most, words.at) :
			    0;
	part = canvas_part(c, (struct rect){ c->at.h - lines, 0, lines, c->at.w });
	if (lines)
		put_wrapped(&part, (struct spot){ .cols = c->at.w, .tone = TONE_STRONG },
			    most, words.at);
	buf_release(&words);
	return lines;
}

static void draw_it(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct figure *f = state;
	int gap = c->at.h >= ROOMY, lines;
	struct canvas part;

	draw_head(f, ui, c);
	lines = draw_advice(state, ui, c);
	part = canvas_part(c, (struct rect){ 1 + gap, 0, c->at.h - 1 - gap - lines - (lines > 0),
					     c->at.w });
	if (f->table)
		figure_table_draw(f, ui, &part);
	else
		f->kind->draw(state, ui, &part);
}

void figure_draw(const void *state, const struct ui *ui, const struct canvas *c)
{
	const struct figure *f = state;
	const struct picture *p = picture_of(ui);
	struct canvas inner = canvas_part(c, (struct rect){ 0, 1, c->at.h, c->at.w - 2 });

	if (figure_is_there(f) && figure_has_goods(f, p))
		draw_it(state, ui, &inner);
	else if (!p->scan.whole || figure_is_there(f) || f->working)
		put_reading(f, ui, &inner);
	else
		put_words(&inner, missing(p));
}
