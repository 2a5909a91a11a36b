/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CELLS_H
#define SCREENS_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "base/text.h"

/* Text as the cells that put_text() paints, from left to right as they are
 * seen on this terminal. Pure but for wcwidth() and 'terminal'. */

enum { CELL_LETTERS = 5 };	/* what curses keeps: CCHARW_MAX */

/* One column, or two for a wide letter. Marks beyond the fifth are dropped. */
struct cell {
	wchar_t letters[CELL_LETTERS];
	unsigned char n, cols;
};

struct cells {
	struct cell at[TEXT_LETTERS_MAX];
	size_t n;
	int cols;		/* of all cells */
	bool pinned;		/* the field needs one column more, for CELL_PIN at its end */
};

/* Looks like a space and goes left to right: what stands before it stays
 * there when a terminal orders letters itself. */
#define CELL_PIN L'\u2800'

/* The text in at most 'room' columns, the pin among them: what is too long
 * ends in an ellipsis, between two letters. */
void cells_make(const char *utf8, int room, struct cells *out);

/* Marks that a text may begin with: read from that side, whatever its letters.
 * For lines of one paragraph, which is read from one side. */
#define CELLS_FROM_RIGHT "\u200f"
#define CELLS_FROM_LEFT "\u200e"
bool cells_are_from_right(const char *utf8);

/* The columns that all of the text needs, with the pin. */
int cells_columns(const char *utf8);

bool cells_row_is_pinned(void);
/* One cell that says "there is more": an ellipsis, '~' where there is none. */
wchar_t cells_ellipsis(void);

#endif
