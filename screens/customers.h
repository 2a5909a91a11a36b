/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMERS_H
#define SCREENS_CUSTOMERS_H

#include "screens/ui.h"

/* Opens the customers whom a filter chooses, above the screen that asks; Esc
 * goes back to it. Who paid most stands first. "": whom is still to be said. */
void customers_where_open(struct ui *ui, const char *filter);
/* The same of a segment, whose name stands above them. */
void customers_segment_open(struct ui *ui, const char *name, const char *filter);

#endif
