/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_LIST_H
#define SCREENS_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Which of a screen's rows is chosen, and which are in view. It knows numbers
 * of rows, not what they are. { 0 } is a list without rows. */
struct list {
	size_t n;	/* rows */
	size_t at;	/* the chosen one; 0 when there are none */
	size_t top;	/* the first in view */
	size_t page;	/* rows in view, as list_fit() was told; 0: not known */
};

/* There are 'n' rows now. The choice stays at its place, or on the last row. */
void list_count(struct list *l, size_t n);
/* The same after rows were read anew: the choice follows its row, the first for
 * which is_chosen(arg, row) is true. It stays at its place when there is none. */
void list_keep(struct list *l, size_t n, bool (*is_chosen)(const void *arg, size_t row),
	       const void *arg);
void list_choose(struct list *l, size_t row);	/* the last one when there is no such row */

/* So many rows can be seen: for paging and scrolling, before list_act(). */
void list_fit(struct list *l, size_t height);
/* Arrows, Home, End and the pages of enum action. False: it is none of these. */
bool list_act(struct list *l, int action);

/* The rows to draw in 'height' lines, [first, last); the chosen one is among
 * them unless there are no lines. Right for any height, told before or not. */
struct list_view {
	size_t first, last;
};
struct list_view list_view(const struct list *l, size_t height);

#endif
