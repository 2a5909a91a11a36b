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

/* Down the menu of figures to this question, wherever it stands there. */
static inline void figure_choose(struct term *t, const char *question)
{
	see_at(t, 0, "Figures");
	gone(t, "Counting");
	press(t, "ctrl-a");		/* the first one */
	for (int i = 0; i < 40; i++) {
		struct buf line = { 0 };
		int row, col;
		bool here = term_find(t, question, &row, &col);

		if (here)
			term_line(t, row, &line);
		here = here && strchr(line.at, '>');
		buf_release(&line);
		if (here)
			break;
		press(t, "down");
	}
	press(t, "enter");
	see_at(t, 0, question);
	gone(t, "Counting");
}

/* From wherever one is. */
static inline void figure_go(struct term *t, const char *question)
{
	press(t, "ctrl-b");
	figure_choose(t, question);
}

/* Opens the shop, its figures and among them this one. */
static inline struct term *figure_open(struct place *p, const char *question)
{
	struct term *t = place_open(p);

	figure_go(t, question);
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
