/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_EDIT_H
#define SCREENS_EDIT_H

#include "screens/keys.h"
#include "screens/screen.h"

/* One line of input. { 0 } is an empty one that takes any words. */

enum { EDIT_SIZE = 1024 };

enum edit_kind {
	EDIT_WORDS,
	EDIT_NUMBER	/* digits of any script, and signs of amounts and dates */
};

struct edit {
	char text[EDIT_SIZE];	/* UTF-8, ends in NUL */
	size_t at;		/* the cursor stands before this byte */
	size_t most;		/* bytes it takes; 0: all that there is room for */
	int columns;		/* columns it takes; 0: any */
	enum edit_kind kind;
	const char *hint;	/* N_("Name or phone"): shown while empty; NULL none */
	bool took[SCAN_SIZE];	/* of EDIT_NUMBER: which of the last bytes typed came in */
};

/* Other text, with the cursor behind it, cut between letters to what fits. */
void edit_set(struct edit *e, const char *text);

/* False for what may not come into this field: letters for a number. */
bool edit_takes(const struct edit *e, const struct event *event);

/* Typing, pasting, moving and deleting. What is too long is cut between
 * letters. ACT_SCAN says that what was typed last came from a scanner: a number
 * takes it out again, for words it is Enter and not for an edit. False: not for
 * an edit, or the field does not take it. */
bool edit_act(struct edit *e, const struct event *event);

/* Exactly s.cols cells, scrolled so that the cursor can be seen; right-to-left
 * text stands at the right end. The cursor is put when it has the focus. */
void edit_draw(const struct canvas *c, struct spot s, const struct edit *e, bool focused);

/* Where edit_draw() puts the letter at a byte, of 'cols' cells and with the focus.
 * Below 0: left of them, scrolled out. Text that runs to the left has no such
 * columns: 0. */
int edit_column(const struct edit *e, size_t byte, int cols);

#endif
