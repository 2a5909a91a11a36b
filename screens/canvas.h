/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CANVAS_H
#define SCREENS_CANVAS_H

#include <curses.h>
#include <stdbool.h>

/* The only way that anything reaches the screen. A canvas is a rectangle of a
 * window; what is put at y, x counts from its corner, and nothing is painted
 * outside it. */

struct rect {
	int y, x, h, w;
};

struct canvas {
	WINDOW *win;
	struct rect at;
};

/* What a text means, not how it looks. Each differs from NORMAL without colour
 * too, or a word beside it says the same. */
enum tone {
	TONE_NORMAL, TONE_TITLE, TONE_STRONG, TONE_SELECTED, TONE_GOOD, TONE_WARN, TONE_BAD,
	TONE_DIM, TONE_KEY, TONE_BAR,
	TONES
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER };

/* What lies outside the canvas is not painted: a text that reaches over its
 * right edge is cut at it. */
struct spot {
	int y, x, cols;		/* 'cols' 0: through the canvas's edge */
	enum tone tone;
	enum align align;
};

/* Once, after initscr() or newterm(): which colours there are. */
void canvas_start(void);
/* For widgets that draw with curses on their own; TONE_BAR and TONE_SELECTED
 * are reverse video. */
attr_t tone_attr(enum tone tone);

/* None of these moves the cursor but put_cursor().
 *
 * Paints exactly spot.cols cells: the text, cut between letters with an
 * ellipsis where it is too long, and blanks. Any bytes are safe: what cannot be
 * shown, control characters among it, is shown as U+FFFD. Scripts that the
 * terminal cannot show are spelled in Latin letters. */
void put_text(const struct canvas *c, struct spot s, const char *utf8);
void put_format(const struct canvas *c, struct spot s, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Lines of at most the spot's columns, broken between words and at '\n', at
 * most 'most' rows of which the last is cut; gives how many there were, also
 * those below the canvas: with a canvas of no height it measures. */
int put_wrapped(const struct canvas *c, struct spot s, int most, const char *utf8);
/* A horizontal line over the canvas's whole width. */
void put_rule(const struct canvas *c, int y);
void put_blank(const struct canvas *c);		/* the whole canvas */

/* The first cell of a row of the screen: a pin where the terminal orders
 * right-to-left letters by row, else blank. Nothing else is put there. */
void put_gutter(const struct canvas *c, int y);

/* The columns that put_text() would need. */
int shown_columns(const char *utf8);

/* The part of a canvas, cut to what lies inside it. */
struct canvas canvas_part(const struct canvas *c, struct rect part);

/* Where the cursor stands when the frame is drawn: on the current item, always.
 * Outside the canvas it is its nearest cell. */
void put_cursor(const struct canvas *c, int y, int x);

#endif
