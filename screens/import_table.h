/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_IMPORT_TABLE_H
#define SCREENS_IMPORT_TABLE_H

#include "exchange/preview.h"
#include "screens/ui.h"

/* What is in a file, drawn. */

/* Up to three lines: its kind and size, its dates and encoding, what is read. */
void import_about_draw(const struct canvas *c, const struct ui *ui, const struct preview *p);

/* Its first rows below what the columns mean and what they are called; moved
 * sideways so that the chosen column can be seen. */
struct import_table {
	const struct preview *preview;
	size_t chosen;		/* column of the file */
	bool focused;		/* the cursor stands on it */
};
void import_table_draw(const struct canvas *c, const struct import_table *t);

/* What a person has to settle, or what is to be known about the file. Gives how
 * many lines that has; into a canvas without lines it only measures. */
int import_advice_draw(const struct canvas *c, const struct preview *p);

#endif
