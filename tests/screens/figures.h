/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_FIGURES_H
#define TESTS_SCREENS_FIGURES_H

#include <stdio.h>

#include "tests/screens/place.h"

/* For the journeys of figures; include it before cmocka.h. */

static inline void figure_whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

/* Opens the shop's menu of figures, and from it the one with this number. */
static inline struct term *figure_open(struct place *p, const char *number, const char *name)
{
	struct term *t = place_open(p);

	press(t, "F8");
	see_at(t, 0, "Figures");
	press(t, number);
	see_at(t, 0, name);
	figure_whole(t);
	return t;
}

/* Enter opens just so many of the sample shop's 194 customers, and Esc comes back. */
static inline void figure_people(struct term *t, const char *name, int count)
{
	char words[32];

	snprintf(words, sizeof(words), " %d of 194 ", count);
	press(t, "enter");
	see_at(t, 0, "Customers");
	see(t, words);
	looks_whole(t);
	press(t, "esc");
	see_at(t, 0, name);
}

#endif
