/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_PARTS_H
#define SCREENS_FIGURE_PARTS_H

#include "screens/figure.h"

/* For the files that are the figure screens' kit. */

bool figure_is_there(const struct figure *f);	/* worked out, whole */
/* What it says of items can still be shown. */
bool figure_has_goods(const struct figure *f, const struct picture *p);

/* figure_draw.c: the days it counts, as its head and F1 say them. */
const char *figure_window_words(const struct figure *f, const struct ui *ui,
				char out[3 * FORMAT_TEXT]);

/* figure_people.c: asks for a name and keeps the filter under it. */
void figure_ask_segment(struct figure *f, const char *filter, struct ui *ui);

/* figure_table.c: all its numbers in rows and columns. */
MUST_CHECK enum status figure_make_table(struct figure *f, struct ui *ui);
bool figure_table_act(struct figure *f, const struct ui *ui, const struct event *e);
/* Are there columns to the right that do not fit? */
bool figure_table_goes_on(const struct figure *f, const struct ui *ui, const struct canvas *c);
void figure_table_draw(const struct figure *f, const struct ui *ui, const struct canvas *c);

#endif
