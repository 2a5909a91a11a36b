/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_COLUMNS_H
#define SCREENS_COLUMNS_H

#include "base/format.h"
#include "screens/canvas.h"
#include "screens/list.h"

/* Rows in columns: what fits is shown, the rest folds away. */

enum { COLUMNS_MOST = 16, COLUMNS_GAP = 2 };

struct heading {
	const char *title;	/* N_("Points"); "" for a column without one */
	int least, want;	/* columns of the text; a longer title has its own */
	int priority;		/* the lowest folds away first */
	enum align align;
};

struct cell {
	const char *text;	/* "" unless told otherwise; lives until the next call */
	enum tone tone;		/* TONE_NORMAL unless told otherwise */
	char room[FORMAT_TEXT];	/* for text made on the spot */
};

struct listing {
	const struct heading *headings;		/* at most COLUMNS_MOST; ends with { 0 } */
	const struct list *list;
	void (*cell)(const void *arg, size_t row, size_t column, struct cell *out);
	const void *arg;
	const char *empty;	/* _("Nobody yet."): in place of rows; may be NULL */
	bool focused;		/* the cursor stands on the chosen row */
};

/* Draws the header, the rows that fit with ">" at the chosen one, and how many
 * more there are above and below. */
void columns_draw(const struct canvas *c, const struct listing *l);

/* How many of 'n' rows columns_draw() shows in 'height' lines: for list_fit(). */
size_t columns_rows(size_t n, int height);

/* The widths that headings get in 'width' columns, the gaps not counted; 0:
 * folded away. The most important one is always there. */
void columns_fit(const struct heading *headings, int width, int widths[COLUMNS_MOST]);

/* After it: what is left over, and what columns have beyond their title and
 * what their cells need, goes to those whose cells need more, the important
 * ones first. columns_draw() does so for the rows it shows. */
void columns_make_room(const struct heading *headings, const int needs[COLUMNS_MOST], int width,
		       int widths[COLUMNS_MOST]);

#endif
