/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_FIGURES_H
#define TESTS_SCREENS_FIGURES_H

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

/* Enter opens just these people, and Esc comes back. */
#define figure_people(t, name, count)					\
	do {								\
		press(t, "enter");					\
		see_at(t, 0, "Customers");				\
		see(t, count);						\
		looks_whole(t);						\
		press(t, "esc");					\
		see_at(t, 0, name);					\
	} while (0)

#endif
