/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SCREENS_PLACE_H
#define TESTS_SCREENS_PLACE_H

#include "tests/screens/term.h"

/* Where a test lives: a folder in memory that goes with it, and in it the home
 * of whoever sits at the terminal, and a shop to be. A place is the state of a
 * cmocka test: cmocka_unit_test_setup_teardown(test, place_setup, place_teardown). */

struct place {
	char dir[64], shop[80];		/* dir/shop is not there yet */
	const char *args[8];		/* --shop, --as asha */
	struct term_options how;	/* of place_open(), home and args filled in */
	struct term *terms[8];		/* that place_teardown() releases */
	int n;
};

int place_setup(void **state);
int place_teardown(void **state);

/* Runs a script in the folder; `regulars` there is the program with --shop,
 * done by Asha at 2026-11-21 10:00 in the shop. Fails the test, with what was
 * printed, unless all of it succeeds. What it printed last is in 'out' when
 * that is not NULL. */
void place_run(struct place *p, const char *script, struct buf *out);

/* The sample shop with 200 people. */
void place_demo(struct place *p);
/* A tea house in Surat: three items on quick keys, a stamp card of three, and
 * eight people in five scripts. Nothing was sold. */
void place_tea_house(struct place *p);

/* Walks on terminals of other sizes and kinds, and in the C locale. Terminals
 * that 'walk' opened are released behind it. */
void place_on_each_terminal(struct place *p, void (*walk)(struct place *p));

/* The program in a terminal of its own: on this place's shop, 24 rows and 80
 * columns, unless place.how was changed. */
#define place_open(p) place_open_at(p, __FILE__, __LINE__)
struct term *place_open_at(struct place *p, const char *file, int line);

#endif
