/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_FIGURES_H
#define TESTS_SCREENS_FIGURES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* "... 41 customers ...": the first number that the screen says so, also where
 * a line ends within; 0: none. */
static inline int figure_count(struct term *t)
{
	struct buf text = { 0 };
	int n = 0;

	term_text(t, &text);
	for (const char *at = text.at; !n && (at = strstr(at, "customer")); at++) {
		const char *c = at;

		while (c > text.at && strchr(" \n", c[-1]))
			c--;
		while (c < at && c > text.at && c[-1] >= '0' && c[-1] <= '9')
			c--;
		n = atoi(c);
	}
	buf_release(&text);
	return n;
}

/* Enter opens just as many of the sample shop's 194 customers as the screen
 * says, and Esc comes back. */
static inline void figure_people(struct term *t, const char *name)
{
	char words[32];
	int n = figure_count(t);

	press(t, "enter");
	if (n) {
		snprintf(words, sizeof(words), " %d of 194 ", n);
		see_at(t, 0, "Customers");
		see(t, words);
		looks_whole(t);
		press(t, "esc");
	} else {
		see(t, "This line is about nobody in particular.");
	}
	see_at(t, 0, name);
}

#endif
