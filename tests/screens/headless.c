/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/headless.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "screens/terminal.h"

#include <cmocka.h>

static SCREEN *screen;
static FILE *nowhere, *nobody;

int headless_open(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LINES", "24", 1);
	setenv("COLUMNS", "80", 1);
	nowhere = fopen("/dev/null", "w");
	nobody = fopen("/dev/null", "r");
	screen = newterm("xterm-256color", nowhere, nobody);
	return screen ? 0 : -1;
}

int headless_close(void **state)
{
	(void)state;
	endwin();
	delscreen(screen);
	fclose(nowhere);
	fclose(nobody);
	return 0;
}

void fill(void)
{
	cchar_t sign;

	setcchar(&sign, (wchar_t[]){ UNTOUCHED, 0 }, A_NORMAL, 0, NULL);
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLUMNS; x++)
			mvwadd_wchnstr(stdscr, y, x, &sign, 1);
	wmove(stdscr, 0, 0);
}

int headless_usual(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	terminal = (struct terminal){ .utf8 = true, .blocks = true };
	fill();
	return 0;
}

struct canvas whole(void)
{
	return (struct canvas){ stdscr, { 0, 0, ROWS, COLUMNS } };
}

cchar_t cell_at(int y, int x)
{
	int old_y, old_x;
	cchar_t cell = { 0 };

	getyx(stdscr, old_y, old_x);
	mvwin_wch(stdscr, y, x, &cell);
	wmove(stdscr, old_y, old_x);
	return cell;
}

/* What stands in 'cols' columns from y, x on. */
const char *row_part(int y, int x, int cols)
{
	static char out[4096];
	size_t len = 0;

	for (int end = x + cols; x < end;) {
		cchar_t cell = cell_at(y, x);

		for (int i = 0; i < CCHARW_MAX && cell.chars[i]; i++)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%lc",
						(wint_t)cell.chars[i]);
		x += wcwidth(cell.chars[0]) > 1 ? 2 : 1;
	}
	return out;
}

static void assert_cell_harmless(int y, int x)
{
	cchar_t cell = cell_at(y, x);

	assert_true(wcwidth(cell.chars[0]) > 0);
	for (int i = 0; i < CCHARW_MAX && cell.chars[i]; i++) {
		assert_true(cell.chars[i] >= L' ');
		assert_false(cell.chars[i] >= 0x7f && cell.chars[i] < 0xa0);
		assert_false(cell.chars[i] >= 0x202a && cell.chars[i] <= 0x202e);
		assert_false(cell.chars[i] >= 0x2066 && cell.chars[i] <= 0x2069);
	}
}

static bool is_inside(struct rect r, int y, int x)
{
	return y >= r.y && y < r.y + r.h && x >= r.x && x < r.x + r.w;
}

void assert_painted(struct rect spot)
{
	for (int y = 0; y < ROWS; y++)
		for (int x = 0; x < COLUMNS; x++) {
			bool untouched = cell_at(y, x).chars[0] == UNTOUCHED;

			assert_int_equal(untouched, !is_inside(spot, y, x));
			assert_cell_harmless(y, x);
		}
	/* no wide letter hangs over the right edge */
	for (int x = spot.x; spot.h && x < spot.x + spot.w;) {
		x += wcwidth(cell_at(spot.y, x).chars[0]) > 1 ? 2 : 1;
		assert_true(x <= spot.x + spot.w);
	}
}
