/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_PROGRAMS_H
#define SCREENS_FIGURE_PROGRAMS_H

#include "insight/programs.h"
#include "screens/figure_members.h"

/* The screen "Does the card work?", for the two files that are it. */

enum program_line { ABOUT_MEMBERS, ABOUT_ACTIVE, ABOUT_NEAR, ABOUT_READY, ABOUT_IDLE, ABOUT_REACH,
		    ABOUT_REWARDS, ABOUT_BREAKAGE, ABOUT_COST, ABOUT_OWED, ABOUT_PACE, ABOUT_PAID,
		    ABOUT_VISITS, ABOUT_ALL };

/* In this order in the state's tallies; a program of points has no stamps. */
enum { TALLY_READY, TALLY_IDLE, TALLY_NEAR };

struct programs_page {
	struct figure figure;		/* first */
	struct program_figures figures;
	struct tallies tallies;		/* of the program at hand */
	size_t program;
	enum program_line lines[ABOUT_ALL];		/* of the program at hand */
};

/* NULL: there is none. */
const struct program_figure *programs_page_at_hand(const struct programs_page *s);
/* How many customers a line is about; -1: it is about something else. */
int64_t programs_page_people(const struct programs_page *s, enum program_line line);
void programs_page_draw(const void *state, const struct ui *ui, const struct canvas *c);

#endif
