/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_MEMBERS_H
#define SCREENS_FIGURE_MEMBERS_H

#include "insight/filter.h"
#include "screens/figures.h"

/* What the screens about programs share. */

/* Reads on in picture_of(ui)->flows; false: there is more to read, and
 * figure.working says so, or it failed. */
bool members_read(struct figure *f, struct ui *ui, enum status *st);

/* member("Tea card"), where 'field' is "member" */
void members_filter(const char *field, const struct program *p, struct buf *out);
/* Members of any program, in brackets; needs at least one. */
void members_filter_any(const struct programs *p, struct buf *out);

/* Something waits for them, and they have not been here for a while. */
#define MEMBERS_WAITING "ready > 0 and last_visit > 14d"

/* How many a few filters choose, counted one after the other. */
enum { TALLIES = 4 };
struct tallies {
	struct buf filter[TALLIES];
	int64_t people[TALLIES];
	size_t n, known;
	struct filter *parsed;		/* of the one that is being counted */
	struct filter_search search;
};

/* The filter to write; its place is t->n before. */
struct buf *tallies_add(struct tallies *t);
/* Counts on for some milliseconds, until known == n. */
MUST_CHECK enum status tallies_step(struct tallies *t, struct ui *ui);
void tallies_release(struct tallies *t);

#endif
