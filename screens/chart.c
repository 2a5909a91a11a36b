/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/chart.h"

#include "base/buf.h"
#include "screens/terminal.h"

enum { GAP = 2, EIGHTHS = 8, HEAT_STEPS = 5 };

/* -- scale: all in integers, and no sum that could overflow -- */

/* From the least to the most value, nought among them. */
struct scale {
	int64_t least, most;
};

static void scale_take(struct scale *s, int64_t v)
{
	s->least = v < s->least ? v : s->least;
	s->most = v > s->most ? v : s->most;
}

static uint64_t distance(int64_t from, int64_t to)
{
	return (uint64_t)to - (uint64_t)from;
}

/* part / whole of 'steps', to the nearest; 0 of nothing. */
static int share(uint64_t part, uint64_t whole, int steps)
{
	while (whole > UINT32_MAX) {
		whole >>= 1;
		part >>= 1;
	}
	return whole ? (int)((part * (uint64_t)steps + whole / 2) / whole) : 0;
}

/* The same, but something is never drawn as nothing. */
static int visible(uint64_t part, uint64_t whole, int steps)
{
	int n = share(part, whole, steps);

	return n || !part || !steps ? n : 1;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* -- bars -- */

/* From left to right: label, bar, printed number. */
struct bars {
	const struct canvas *canvas;
	struct scale scale;
	int label, printed;		/* their columns */
	int x, cols, zero;		/* the bar's; nought is 'zero' cells from its start */
};

static struct bars bars_fit(const struct canvas *c, const struct bar *bars, size_t n)
{
	struct bars b = { .canvas = c };

	for (size_t i = 0; i < n; i++) {
		b.label = larger(b.label, shown_columns(bars[i].label));
		b.printed = larger(b.printed, shown_columns(bars[i].printed));
		scale_take(&b.scale, bars[i].value);
	}
	if (b.label > c->at.w / 3)
		b.label = c->at.w / 3;
	b.x = b.label + GAP;
	b.cols = larger(c->at.w - b.x - GAP - b.printed, 0);
	b.zero = visible(distance(b.scale.least, 0), distance(b.scale.least, b.scale.most),
			 b.cols);
	return b;
}

static void draw_blocks(const struct bars *b, struct spot s, int cells)
{
	s.cols = cells;
	s.tone = TONE_BAR;
	if (cells > 0)
		put_text(b->canvas, s, "");
}

/* The last cell of a bar, as many eighths of it as are meant. */
static void draw_tip(const struct bars *b, struct spot s, int eighths)
{
	static const char *const tips[EIGHTHS] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };

	s.cols = 1;
	if (eighths)
		put_text(b->canvas, s, tips[eighths]);
}

static void draw_bar(const struct bars *b, int y, int64_t value)
{
	int cells = value < 0 ? b->zero : b->cols - b->zero;
	int fine = terminal.blocks && value > 0 ? EIGHTHS : 1;
	uint64_t whole = value < 0 ? distance(b->scale.least, 0) : distance(0, b->scale.most);
	uint64_t part = value < 0 ? distance(value, 0) : distance(0, value);
	int steps = visible(part, whole, cells * fine);
	struct spot s = { .y = y, .x = b->x + b->zero };

	if (value < 0)
		s.x -= steps;
	draw_blocks(b, s, steps / fine);
	s.x += steps / fine;
	draw_tip(b, s, steps % fine);
}

void chart_bars(const struct canvas *c, const struct bar *bars, size_t n)
{
	chart_bars_from(c, bars, n, 0);
}

void chart_bars_from(const struct canvas *c, const struct bar *bars, size_t n, size_t first)
{
	struct bars b = bars_fit(c, bars, n);

	put_blank(c);
	for (int y = 0; y < c->at.h && first + (size_t)y < n; y++) {
		const struct bar *bar = &bars[first + (size_t)y];
		struct spot label = { .y = y, .cols = b.label };
		struct spot number = { .y = y, .x = b.x + b.cols, .align = ALIGN_RIGHT };

		if (b.label)
			put_text(c, label, bar->label);
		draw_bar(&b, y, bar->value);
		if (number.x < c->at.w)
			put_text(c, number, bar->printed);
	}
}

/* -- line -- */

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const letters[] = { "_", ".", "-", "=", "*", "#" };

void chart_line(const struct canvas *c, struct spot s, const int64_t *values, size_t n)
{
	const char *const *levels = terminal.blocks ? blocks : letters;
	int highest = (int)(terminal.blocks ? sizeof(blocks) : sizeof(letters)) /
		      (int)sizeof(*levels) - 1;
	int cols = s.cols ? s.cols : c->at.w - s.x;
	struct scale scale = { 0 };
	struct buf line = { 0 };
	size_t first;

	if (cols <= 0)
		return;
	first = n > (size_t)cols ? n - (size_t)cols : 0;
	for (size_t i = first; i < n; i++)
		scale_take(&scale, values[i]);
	for (size_t i = first; i < n; i++)
		buf_text(&line, levels[visible(distance(scale.least, values[i]),
					       distance(scale.least, scale.most), highest)]);
	s.align = ALIGN_RIGHT;
	put_text(c, s, line.at ? line.at : "");
	buf_release(&line);
}

/* -- heat map -- */

/* Grounds from low to high with a colour that can be read on each, out of the
 * 256 of xterm: the same on light and dark terminals. */
static const struct {
	int ground, letters;
} heats[HEAT_STEPS] = { { 234, 250 }, { 22, 255 }, { 28, 255 }, { 34, 16 }, { 40, 16 } };

static const char *const shades[HEAT_STEPS] = { " ", "░", "▒", "▓", "█" };

struct grid {
	const struct canvas *canvas;
	const struct heat *heat;
	struct scale scale;		/* of all cells */
	int label, cell;		/* columns; a cell has one for its shade */
	bool grounds;
};

/* The values that are known, of every 'step'-th cell from the first on: their
 * least and most, both 0 when there are none. */
static struct scale heat_scale(const struct heat *h, size_t first, size_t step)
{
	struct scale s = { 0, 0 };
	bool any = false;

	for (size_t i = first; i < h->rows * h->columns; i += step) {
		if (!h->printed[i])
			continue;
		s.least = any && s.least < h->values[i] ? s.least : h->values[i];
		s.most = any && s.most > h->values[i] ? s.most : h->values[i];
		any = true;
	}
	return s;
}

static struct grid grid_fit(const struct canvas *c, const struct heat *h)
{
	struct grid g = { .canvas = c, .heat = h };

	g.grounds = terminal.colours && COLORS >= 256;
	for (size_t i = 0; i < h->rows; i++)
		g.label = larger(g.label, shown_columns(h->row_labels[i]));
	g.label = larger(g.label, h->corner ? shown_columns(h->corner) : 0);
	for (size_t i = 0; i < h->columns; i++)
		g.cell = larger(g.cell, shown_columns(h->column_labels[i]));
	for (size_t i = 0; i < h->rows * h->columns; i++)
		if (h->printed[i])
			g.cell = larger(g.cell, shown_columns(h->printed[i]));
	g.cell += 2;
	if (g.label > c->at.w / 3)
		g.label = c->at.w / 3;
	g.scale = heat_scale(h, 0, 1);
	return g;
}

static int grid_x(const struct grid *g, size_t column)
{
	return g->label + 1 + (int)(column - g->heat->first_column) * g->cell;
}

static size_t grid_columns(const struct grid *g)
{
	int room = (g->canvas->at.w - g->label - 1) / g->cell;
	const struct heat *h = g->heat;
	size_t left = h->columns > h->first_column ? h->columns - h->first_column : 0;

	return room < 0 ? 0 : (size_t)room < left ? (size_t)room : left;
}

/* Only the colours of cells that put_text() has painted. */
static void paint_ground(const struct canvas *c, struct spot s, int step)
{
	int pair = alloc_pair(heats[step].letters, heats[step].ground);

	if (pair > 0)
		mvwchgat(c->win, c->at.y + s.y, c->at.x + s.x, s.cols, A_NORMAL, (short)pair,
			 &pair);
}

static void draw_heat(const struct grid *g, int y, size_t row, size_t column)
{
	size_t i = row * g->heat->columns + column;
	struct spot s = { .y = y, .x = grid_x(g, column), .cols = g->cell - 1 };
	struct scale scale = g->heat->by_column ? heat_scale(g->heat, column, g->heat->columns) :
						  g->scale;
	bool chosen = g->heat->chosen && row == g->heat->row && column == g->heat->column;
	int step;

	if (!g->heat->printed[i] && !chosen)
		return;
	s.align = ALIGN_RIGHT;
	s.tone = chosen ? TONE_SELECTED : TONE_NORMAL;
	put_text(g->canvas, s, g->heat->printed[i] ? g->heat->printed[i] : "");
	if (chosen) {
		put_cursor(g->canvas, y, s.x);
		return;
	}
	step = share(distance(scale.least, g->heat->values[i]),
		     distance(scale.least, scale.most), HEAT_STEPS - 1);
	if (g->grounds) {
		paint_ground(g->canvas, s, step);
	} else if (terminal.blocks) {
		s.cols = 1;
		put_text(g->canvas, s, shades[step]);
	}
}

size_t chart_heat_columns(const struct canvas *c, const struct heat *h)
{
	struct grid g = grid_fit(c, h);

	return grid_columns(&g);
}

static void draw_headings(const struct grid *g, size_t columns)
{
	const struct heat *h = g->heat;
	struct spot s = { .cols = g->cell - 1, .tone = TONE_DIM, .align = ALIGN_RIGHT };

	if (h->corner && g->label)
		put_text(g->canvas, (struct spot){ .cols = g->label, .tone = TONE_DIM,
						   .align = ALIGN_RIGHT }, h->corner);
	for (size_t i = h->first_column; i < h->first_column + columns; i++) {
		s.x = grid_x(g, i);
		put_text(g->canvas, s, h->column_labels[i]);
	}
}

void chart_heat(const struct canvas *c, const struct heat *h)
{
	struct grid g = grid_fit(c, h);
	size_t columns = grid_columns(&g);

	put_blank(c);
	draw_headings(&g, columns);
	for (size_t row = h->first_row; row < h->rows; row++) {
		int y = (int)(row - h->first_row) + 1;
		const char *words = h->row_words ? h->row_words[row] : NULL;

		if (y >= c->at.h)
			return;
		if (g.label)
			put_text(c, (struct spot){ .y = y, .cols = g.label }, h->row_labels[row]);
		if (words && g.label + 3 < c->at.w)
			put_text(c, (struct spot){ .y = y, .x = g.label + 3, .tone = TONE_DIM },
				 words);
		for (size_t i = h->first_column; !words && i < h->first_column + columns; i++)
			draw_heat(&g, y, row, i);
	}
}
