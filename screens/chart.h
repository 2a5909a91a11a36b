/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CHART_H
#define SCREENS_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "screens/canvas.h"

/* Numbers as pictures. Every number is printed too, by whoever knows how it is
 * written; any values are safe, and what does not fit is left out. */

struct bar {
	const char *label, *printed;	/* "Monday", "₹4,120" */
	int64_t value;
};

/* One bar a line from the top, all to one scale with zero in it; those below
 * zero go to the left of it. */
void chart_bars(const struct canvas *c, const struct bar *bars, size_t n);
/* The same scale and columns, with bars[first] at the top. */
void chart_bars_from(const struct canvas *c, const struct bar *bars, size_t n, size_t first);

/* The newest values, one a cell, the last at the right end of the spot. Their
 * height counts from zero, or from the least one if that is below. */
void chart_line(const struct canvas *c, struct spot s, const int64_t *values, size_t n);

/* A number in each cell, on a ground that says how large it is. */
struct heat {
	const char *const *row_labels, *const *column_labels;
	const int64_t *values;		/* rows * columns, row by row */
	const char *const *printed;	/* the same; NULL: nothing is known there */
	size_t rows, columns;
	const char *corner;	/* above the row labels; NULL: nothing */
	const char *const *row_words;	/* in place of a row's numbers, where not NULL; or NULL */
	size_t first_row, first_column;	/* those before them are scrolled out */
	bool by_column;		/* each has its own scale: they count different things */
	bool chosen;		/* the cell at 'row', 'column' stands out */
	size_t row, column;
};
/* How many columns fit beside the row labels. */
size_t chart_heat_columns(const struct canvas *c, const struct heat *h);
void chart_heat(const struct canvas *c, const struct heat *h);

#endif
