/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_DAY_FACTS_H
#define SCREENS_DAY_FACTS_H

#include "insight/day.h"
#include "screens/ui.h"

/* The figures of a shop day as labels with values, beside each other where
 * there is room. */

enum { DAY_FACTS_MOST = 19, FACT_TEXT = 3 * FORMAT_TEXT };

struct fact {
	const char *label;		/* translated */
	char value[FACT_TEXT];
	enum tone tone;
};

struct day_facts {
	struct fact row[DAY_FACTS_MOST];
	size_t n;
};

/* Those that say something; sales and takings always. */
void day_facts_make(struct day_facts *f, const struct day_report *r, const struct ui *ui,
		    int32_t today);
/* Draws them from the top; gives the lines that they took. */
int day_facts_draw(const struct canvas *c, const struct day_facts *f);

#endif
