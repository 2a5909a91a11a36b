/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_FIGURE_COHORTS_H
#define SCREENS_FIGURE_COHORTS_H

#include "insight/cohorts.h"
#include "screens/figure.h"

/* The screen of cohorts: what it knows, and the heat map of it. For
 * figure_cohorts.c only. */

enum { COHORTS_SHARE, COHORTS_PEOPLE, COHORTS_REVENUE, COHORTS_TOGETHER };
enum { COHORTS_LABEL = FORMAT_TEXT, COHORTS_PRINTED = 32 };

struct cohorts_state {
	struct figure figure;		/* first */
	struct cohorts cohorts;
	struct heat heat;		/* of the view, with the texts below */
	size_t view;			/* that it is of */
	char (*labels)[COHORTS_LABEL], (*headings)[COHORTS_PRINTED], (*printed)[COHORTS_PRINTED];
	int64_t *values;
	const char **texts;		/* all that 'heat' points to */
	char sentence[COHORT_SENTENCE];	/* the chosen month and later against before */
};

/* The first months later that has a column: the first month's own share is
 * always all of them. */
size_t cohorts_first_later(const struct cohorts_state *s);
/* Months at the end in which nobody was new have no line. */
size_t cohorts_lines(const struct cohorts *c);
/* Makes s->heat of the view that is shown. */
void cohorts_make_heat(struct cohorts_state *s, const struct ui *ui);
void cohorts_forget_heat(struct cohorts_state *s);
/* A younger month has fewer numbers. */
void cohorts_stay_on_numbers(struct cohorts_state *s);

#endif
