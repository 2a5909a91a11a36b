/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CUSTOMERS_VIEW_H
#define SCREENS_CUSTOMERS_VIEW_H

#include "screens/customers_rows.h"
#include "screens/edit.h"
#include "screens/list.h"
#include "screens/ui.h"

/* The screen of all customers in the order that was chosen, or those that the
 * words find: what it knows, and how that is drawn. For customers.c only. */

struct customers {
	struct edit words;
	struct directory directory;
	enum directory_order order;
	struct people people;
	struct list list;
	bool found;		/* people are those that the words found */
	bool anew;		/* the next list begins at its first line */
	bool in_list;		/* the cursor stands there, not in the words */
	size_t similar;		/* the line "similar names" stands here; NO_LINE: nowhere */
};
#define NO_LINE SIZE_MAX

/* Who stands in a line of the list. NULL: it is the line "similar names", or
 * they are not read. */
const struct person *customers_person(const struct customers *s, size_t line);

void customers_draw(const void *state, const struct ui *ui, const struct canvas *c);

#endif
