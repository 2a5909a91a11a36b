/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/columns.h"

#include "base/language.h"

/* A line is ">" and a blank, then the columns with a gap between two. */
enum { MARK = 2, LINES_WITH_HEADER = 3, LINES_WITH_HINT = 4 };

/* -- which columns, how wide -- */

static const char *title_of(const struct heading *h)
{
	return *h->title ? _(h->title) : "";
}

static int least_of(const struct heading *h)
{
	int title = shown_columns(title_of(h));
	int least = h->least > 0 ? h->least : 1;

	return title > least ? title : least;
}

static int total(const int widths[COLUMNS_MOST], size_t n)
{
	int sum = 0, shown = 0;

	for (size_t i = 0; i < n; i++) {
		sum += widths[i];
		shown += widths[i] > 0;
	}
	return shown ? sum + (shown - 1) * COLUMNS_GAP : 0;
}

/* Of those that are shown; of two alike the one further right. */
static size_t least_important(const struct heading *h, const int widths[COLUMNS_MOST], size_t n)
{
	size_t found = n;

	for (size_t i = 0; i < n; i++)
		if (widths[i] && (found == n || h[i].priority <= h[found].priority))
			found = i;
	return found;
}

static size_t count_shown(const int widths[COLUMNS_MOST], size_t n)
{
	size_t shown = 0;

	for (size_t i = 0; i < n; i++)
		shown += widths[i] > 0;
	return shown;
}

/* What is left goes to the important columns first, up to what they want. */
static void widen(const struct heading *h, size_t n, int spare, int widths[COLUMNS_MOST])
{
	bool done[COLUMNS_MOST] = { false };

	for (size_t round = 0; round < n; round++) {
		size_t best = n;
		int more;

		for (size_t i = 0; i < n; i++)
			if (!done[i] && (best == n || h[i].priority > h[best].priority))
				best = i;
		done[best] = true;
		more = h[best].want - widths[best];
		if (!widths[best] || more <= 0)
			continue;
		more = more < spare ? more : spare;
		widths[best] += more;
		spare -= more;
	}
}

void columns_fit(const struct heading *headings, int width, int widths[COLUMNS_MOST])
{
	size_t n = 0, last;

	for (; n < COLUMNS_MOST && headings[n].title; n++)
		widths[n] = least_of(&headings[n]);
	while (total(widths, n) > width && count_shown(widths, n) > 1)
		widths[least_important(headings, widths, n)] = 0;
	last = least_important(headings, widths, n);
	if (total(widths, n) > width)
		widths[last] = width > 0 ? width : 0;
	widen(headings, n, width - total(widths, n), widths);
}

/* What a column has that neither its cells nor its title use. */
static int unused(const struct heading *h, int need, int width)
{
	int title = shown_columns(title_of(h));

	need = need > title ? need : title;
	need = need > 1 ? need : 1;
	return width > need ? width - need : 0;
}

void columns_make_room(const struct heading *headings, const int needs[COLUMNS_MOST], int width,
		       int widths[COLUMNS_MOST])
{
	struct heading wanted[COLUMNS_MOST];
	size_t n = 0;
	int missing = 0, spare;

	for (; n < COLUMNS_MOST && headings[n].title; n++) {
		wanted[n] = headings[n];
		wanted[n].want = needs[n];
		if (widths[n] && needs[n] > widths[n])
			missing += needs[n] - widths[n];
	}
	spare = width - total(widths, n);
	for (size_t i = n; i-- > 0 && spare < missing;) {
		int some = unused(&headings[i], needs[i], widths[i]);

		some = some < missing - spare ? some : missing - spare;
		widths[i] -= some;
		spare += some;
	}
	widen(wanted, n, spare, widths);
}

/* -- drawing -- */

size_t columns_rows(size_t n, int height)
{
	size_t lines = height < LINES_WITH_HEADER ? (size_t)(height > 0 ? height : 0) :
						    (size_t)height - 1;

	return n > lines && height >= LINES_WITH_HINT ? lines - 1 : lines;
}

struct line {
	const struct canvas *canvas;
	const struct listing *listing;
	const int *widths;
	int y;
};

static void draw_header(const struct line *l)
{
	const struct heading *h = l->listing->headings;
	struct spot s = { .y = l->y, .x = MARK, .tone = TONE_DIM };

	for (size_t i = 0; i < COLUMNS_MOST && h[i].title; i++) {
		if (!l->widths[i])
			continue;
		s.cols = l->widths[i];
		s.align = h[i].align;
		put_text(l->canvas, s, title_of(&h[i]));
		s.x += s.cols + COLUMNS_GAP;
	}
}

static void draw_row(const struct line *l, size_t row)
{
	const struct heading *h = l->listing->headings;
	bool chosen = row == l->listing->list->at;
	struct spot s = { .y = l->y, .tone = chosen ? TONE_SELECTED : TONE_NORMAL };

	put_text(l->canvas, s, chosen ? ">" : "");	/* over the whole line */
	s.x = MARK;
	for (size_t i = 0; i < COLUMNS_MOST && h[i].title; i++) {
		struct cell cell = { .text = "", .tone = TONE_NORMAL };

		if (!l->widths[i])
			continue;
		l->listing->cell(l->listing->arg, row, i, &cell);
		s.cols = l->widths[i];
		s.align = h[i].align;
		s.tone = chosen ? TONE_SELECTED : cell.tone;
		put_text(l->canvas, s, cell.text);
		s.x += s.cols + COLUMNS_GAP;
	}
	if (chosen && l->listing->focused)
		put_cursor(l->canvas, l->y, 0);
}

static void draw_more(const struct line *l, struct list_view v)
{
	size_t below = l->listing->list->n - v.last;
	int half = l->canvas->at.w / 2;
	struct spot s = { .y = l->y, .x = MARK, .cols = half - MARK, .tone = TONE_DIM };

	if (half <= MARK)
		return;
	if (v.first)
		put_format(l->canvas, s, ngettext("%zu more above", "%zu more above", v.first),
			   v.first);
	s.x = half;
	s.cols = l->canvas->at.w - half;
	s.align = ALIGN_RIGHT;
	if (below)
		put_format(l->canvas, s, ngettext("%zu more below", "%zu more below", below),
			   below);
}

/* So that no cell of these rows is cut while there is room beside it. */
static void widen_for(const struct line *l, struct list_view v, int widths[COLUMNS_MOST])
{
	const struct listing *listing = l->listing;
	int needs[COLUMNS_MOST] = { 0 };

	for (size_t row = v.first; row < v.last; row++)
		for (size_t i = 0; i < COLUMNS_MOST && listing->headings[i].title; i++) {
			struct cell cell = { .text = "" };
			int cols;

			if (!widths[i])
				continue;
			listing->cell(listing->arg, row, i, &cell);
			cols = shown_columns(cell.text);
			needs[i] = cols > needs[i] ? cols : needs[i];
		}
	columns_make_room(listing->headings, needs, l->canvas->at.w - MARK, widths);
}

void columns_draw(const struct canvas *c, const struct listing *l)
{
	int widths[COLUMNS_MOST] = { 0 };
	struct line line = { .canvas = c, .listing = l, .widths = widths };
	struct list_view v = list_view(l->list, columns_rows(l->list->n, c->at.h));

	put_blank(c);
	if (!l->list->n) {
		if (l->empty)
			put_wrapped(c, (struct spot){ .x = MARK, .tone = TONE_DIM }, c->at.h,
				    l->empty);
		return;
	}
	columns_fit(l->headings, c->at.w - MARK, widths);
	widen_for(&line, v, widths);
	if (c->at.h >= LINES_WITH_HEADER) {
		draw_header(&line);
		line.y++;
	}
	for (size_t row = v.first; row < v.last; row++, line.y++)
		draw_row(&line, row);
	if (v.last - v.first < l->list->n && c->at.h >= LINES_WITH_HINT)
		draw_more(&line, v);
}
