/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_HEADLESS_H
#define TESTS_SCREENS_HEADLESS_H

#include "screens/canvas.h"

/* Curses without a terminal: what is painted stays in the window. */

enum { ROWS = 24, COLUMNS = 80 };
#define UNTOUCHED L'#'		/* no test paints this */

/* For a group of tests. */
int headless_open(void **state);
int headless_close(void **state);
/* For one: UTF-8, no colours, a window full of UNTOUCHED. */
int headless_usual(void **state);

void fill(void);
struct canvas whole(void);
cchar_t cell_at(int y, int x);

/* What stands in 'cols' columns from y, x on; until the next call. */
const char *row_part(int y, int x, int cols);
#define assert_row(y, x, expected, cols) assert_string_equal(row_part(y, x, cols), expected)

/* These cells are painted and no others, none can drive a terminal, and no
 * wide letter hangs over the edge. */
void assert_painted(struct rect spot);

#endif
