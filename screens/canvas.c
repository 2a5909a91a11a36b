/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "screens/cells.h"
#include "screens/terminal.h"

enum { FORMAT_MAX = 2048, PAIR_GOOD = 1, PAIR_WARN, PAIR_BAD, MANY_COLOURS = 256 };

_Static_assert(CELL_LETTERS == CCHARW_MAX, "a cell holds what curses keeps");

void canvas_start(void)
{
	terminal.colours = terminal.colours && has_colors();
	if (!terminal.colours)
		return;
	start_color();
	use_default_colors();
	terminal.colours = COLORS >= 8;
	init_pair(PAIR_GOOD, COLOR_GREEN, -1);
	/* yellow letters cannot be read on white, black on yellow can anywhere */
	init_pair(PAIR_WARN, COLOR_BLACK, COLOR_YELLOW);
	init_pair(PAIR_BAD, COLOR_RED, -1);
}

static attr_t in_colour(short pair)
{
	return terminal.colours ? (attr_t)COLOR_PAIR(pair) : A_NORMAL;
}

attr_t tone_attr(enum tone tone)
{
	switch (tone) {
	case TONE_TITLE: case TONE_STRONG: case TONE_KEY:
		return A_BOLD;
	case TONE_SELECTED: case TONE_BAR:
		return A_REVERSE;
	case TONE_GOOD:
		return in_colour(PAIR_GOOD);
	case TONE_WARN:
		return terminal.colours ? in_colour(PAIR_WARN) : A_UNDERLINE;
	case TONE_BAD:
		return in_colour(PAIR_BAD) | A_BOLD;
	case TONE_DIM:
		/* with few colours dim is black on black in places */
		return terminal.colours && COLORS >= MANY_COLOURS ? A_DIM : A_NORMAL;
	case TONE_NORMAL: case TONES:
		break;
	}
	return A_NORMAL;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most_of(int a, int b)
{
	return a > b ? a : b;
}

/* Cells of one row that are painted from left to right. */
struct brush {
	const struct canvas *c;
	int y, x;
	attr_t look;
};

/* setcchar() refuses spacing marks behind a letter; the struct takes them.
 * wadd_wchnstr() neither wraps nor scrolls at the last cell. */
static void paint(struct brush *b, const struct cell *cell)
{
	wchar_t first[2] = { cell->letters[0] };
	cchar_t painted;

	setcchar(&painted, first, b->look, (short)PAIR_NUMBER(b->look), NULL);
	for (int i = 1; i < cell->n; i++)
		painted.chars[i] = cell->letters[i];
	mvwadd_wchnstr(b->c->win, b->c->at.y + b->y, b->c->at.x + b->x, &painted, 1);
	b->x += cell->cols;
}

static void paint_many(struct brush *b, wchar_t letter, int times)
{
	const struct cell cell = { .letters = { letter }, .n = 1, .cols = 1 };

	for (int i = 0; i < times; i++)
		paint(b, &cell);
}

/* The canvas cut to its window, which may have become smaller. */
static struct canvas visible(const struct canvas *c)
{
	const struct canvas window = {
		.win = c->win, .at = { 0, 0, getmaxy(c->win), getmaxx(c->win) }
	};

	return canvas_part(&window, c->at);
}

/* The spot cut to the canvas; false: nothing of it is there. */
static bool clip(const struct canvas *c, struct spot *s)
{
	int most;

	if (s->x < 0 && s->cols)
		s->cols = s->cols + s->x > 0 ? s->cols + s->x : -1;
	if (s->x < 0)
		s->x = 0;
	most = c->at.w - s->x;
	if (!s->cols || s->cols > most)
		s->cols = most;
	return s->y >= 0 && s->y < c->at.h && s->cols > 0;
}

static int room_before(const struct spot *s, int left)
{
	switch (s->align) {
	case ALIGN_RIGHT:
		return left;
	case ALIGN_CENTER:
		return left / 2;
	case ALIGN_LEFT:
		break;
	}
	return 0;
}

void put_text(const struct canvas *c, struct spot s, const char *utf8)
{
	struct canvas seen = visible(c);
	struct brush brush = { .c = &seen, .look = tone_attr(s.tone) };
	int old_y, old_x, left, before;
	struct cells cells;

	if (!clip(&seen, &s))
		return;
	getyx(c->win, old_y, old_x);
	cells_make(utf8, s.cols, &cells);
	left = s.cols - cells.cols - cells.pinned;
	before = room_before(&s, left);
	brush.y = s.y;
	brush.x = s.x;
	paint_many(&brush, L' ', before);
	for (size_t i = 0; i < cells.n; i++)
		paint(&brush, &cells.at[i]);
	paint_many(&brush, L' ', left - before);
	paint_many(&brush, CELL_PIN, cells.pinned);
	wmove(c->win, old_y, old_x);
}

void put_format(const struct canvas *c, struct spot s, const char *format, ...)
{
	char text[FORMAT_MAX];
	va_list values;

	va_start(values, format);
	vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	put_text(c, s, text);
}

/* Does the start of a text fit? */
static bool fits(const char *text, size_t len, int cols)
{
	char start[FORMAT_MAX];

	if (len >= sizeof(start))
		return false;
	memcpy(start, text, len);
	start[len] = '\0';
	return cells_columns(start) <= cols;
}

/* What fits of a word that is too long for a line; never nothing. */
static size_t word_part(const char *word, int cols)
{
	size_t len = text_cluster(word), next;

	for (; (next = text_cluster(word + len)); len += next)
		if (!fits(word, len + next, cols))
			break;
	return len;
}

/* Bytes of the line that 'text' begins with, without the space after it. */
static size_t line_part(const char *text, int cols)
{
	size_t len = 0, end = 0;

	for (;;) {
		end += strspn(text + end, " ");
		end += strcspn(text + end, " \n");
		if (!fits(text, end, cols))
			break;
		len = end;
		if (text[end] != ' ')
			return len;
	}
	return len ? len : word_part(text, cols);
}

static const char *after_line(const char *text, size_t len)
{
	text += len;
	text += strspn(text, " ");
	return *text == '\n' ? text + 1 : text;
}

int put_wrapped(const struct canvas *c, struct spot s, int most, const char *utf8)
{
	const char *side = cells_are_from_right(utf8) ? CELLS_FROM_RIGHT : CELLS_FROM_LEFT;
	size_t mark = strlen(side);
	char line[FORMAT_MAX];
	int rows = 0, cols = s.cols ? s.cols : c->at.w - s.x;

	for (; *utf8 && rows < most && cols > 0; rows++, s.y++) {
		size_t len = line_part(utf8, cols);

		if (rows == most - 1 && *after_line(utf8, len))
			len = strlen(utf8);
		if (len + mark >= sizeof(line))
			len = sizeof(line) - mark - 1;
		memcpy(line, side, mark);
		memcpy(line + mark, utf8, len);
		line[mark + len] = '\0';
		put_text(c, s, line);
		utf8 = after_line(utf8, len);
	}
	return rows;
}

/* One sign as often as there is room. */
static void put_signs(const struct canvas *c, int y, int times, wchar_t sign)
{
	struct canvas seen = visible(c);
	struct brush brush = { .c = &seen, .y = y };
	int old_y, old_x;

	if (y < 0 || y >= seen.at.h)
		return;
	getyx(c->win, old_y, old_x);
	paint_many(&brush, sign, least(times, seen.at.w));
	wmove(c->win, old_y, old_x);
}

void put_rule(const struct canvas *c, int y)
{
	put_signs(c, y, c->at.w, terminal.blocks ? L'\u2500' : L'-');
}

void put_gutter(const struct canvas *c, int y)
{
	put_signs(c, y, 1, cells_row_is_pinned() ? CELL_PIN : L' ');
}

void put_blank(const struct canvas *c)
{
	for (int y = 0; y < c->at.h; y++)
		put_signs(c, y, c->at.w, L' ');
}

int shown_columns(const char *utf8)
{
	return cells_columns(utf8);
}

/* The common part of two stretches, as its start and length. */
static void overlap(int *start, int *length, int from, int to)
{
	int end = least(*start + *length, to);

	*start = least(most_of(*start, from), to);
	*length = most_of(end - *start, 0);
}

struct canvas canvas_part(const struct canvas *c, struct rect part)
{
	struct canvas cut = { .win = c->win, .at = part };

	cut.at.y += c->at.y;
	cut.at.x += c->at.x;
	overlap(&cut.at.y, &cut.at.h, c->at.y, c->at.y + c->at.h);
	overlap(&cut.at.x, &cut.at.w, c->at.x, c->at.x + c->at.w);
	return cut;
}

void put_cursor(const struct canvas *c, int y, int x)
{
	struct canvas seen = visible(c);

	wmove(c->win, seen.at.y + most_of(0, least(y, seen.at.h - 1)),
	      seen.at.x + most_of(0, least(x, seen.at.w - 1)));
}
