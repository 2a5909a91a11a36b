/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_DRAWN_H
#define TESTS_SCREENS_DRAWN_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "screens/canvas.h"
#include "screens/terminal.h"

/* Curses without a terminal, for what draws on a canvas: it writes to nowhere
 * and the test reads the cells back. Include it before cmocka.h. */

enum { DRAWN_ROWS = 30, DRAWN_COLS = 100 };

/* A terminal of that type that shows everything; once in a process. */
static inline void drawn_start(const char *type)
{
	FILE *in = fopen("/dev/null", "r"), *out = fopen("/dev/null", "w");

	setlocale(LC_ALL, "C.UTF-8");
	setenv("LINES", "30", 1);
	setenv("COLUMNS", "100", 1);
	if (!in || !out || !newterm(type, out, in))
		abort();
	terminal = (struct terminal){ .utf8 = true, .blocks = true, .colours = true };
	canvas_start();
}

/* A canvas of that size with 'x' all around it, to see that it is kept to. */
static inline struct canvas drawn_canvas(int h, int w)
{
	for (int y = 0; y < DRAWN_ROWS; y++)
		mvwhline(stdscr, y, 0, 'x', DRAWN_COLS);
	return (struct canvas){ stdscr, { 2, 3, h, w } };
}

/* The text of a row of the canvas, without blanks at its end; valid until the
 * next call. */
static inline const char *drawn_row(const struct canvas *c, int y)
{
	static char text[4 * CCHARW_MAX * DRAWN_COLS + 1];
	size_t len = 0;
	int old_y, old_x, cols;

	getyx(stdscr, old_y, old_x);
	for (int x = 0; x < c->at.w; x += cols) {
		cchar_t cell;

		mvin_wch(c->at.y + y, c->at.x + x, &cell);
		for (int i = 0; i < CCHARW_MAX && cell.chars[i]; i++)
			len += (size_t)wctomb(text + len, cell.chars[i]);
		cols = wcwidth(cell.chars[0]) == 2 ? 2 : 1;
	}
	wmove(stdscr, old_y, old_x);
	while (len && text[len - 1] == ' ')
		len--;
	text[len] = '\0';
	return text;
}

/* How many cells of a row are in reverse video. */
static inline int drawn_reversed(const struct canvas *c, int y)
{
	int n = 0, old_y, old_x;

	getyx(stdscr, old_y, old_x);
	for (int x = 0; x < c->at.w; x++)
		n += (mvinch(c->at.y + y, c->at.x + x) & A_REVERSE) != 0;
	wmove(stdscr, old_y, old_x);
	return n;
}

static inline bool drawn_cursor_is(const struct canvas *c, int y, int x)
{
	return getcury(stdscr) == c->at.y + y && getcurx(stdscr) == c->at.x + x;
}

/* Is everything around the canvas as it was? */
static inline bool drawn_inside(const struct canvas *c)
{
	bool kept = true;
	int old_y, old_x;

	getyx(stdscr, old_y, old_x);
	for (int y = 0; y < DRAWN_ROWS; y++) {
		for (int x = 0; x < DRAWN_COLS; x++) {
			bool in = y >= c->at.y && y < c->at.y + c->at.h &&
				  x >= c->at.x && x < c->at.x + c->at.w;

			kept &= in || mvinch(y, x) == 'x';
		}
	}
	wmove(stdscr, old_y, old_x);
	return kept;
}

#endif
