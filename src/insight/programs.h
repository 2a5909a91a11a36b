/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_PROGRAMS_H
#define INSIGHT_PROGRAMS_H

#include "insight/definition.h"
#include "insight/flows.h"
#include "insight/owed.h"
#include "insight/sheet.h"

/* Does the card work? Each program in a window: who takes part, who reaches the
 * reward, what lapses, what it costs, what is owed, whether visits come sooner
 * near the reward, and members beside others. */

struct program_options {
	int32_t from, to;	/* window, both days in it; 0: first sale, last sale */
	int days;		/* time to reach the reward in; 0: 180 */
};

/* Visits and what was paid, of customers who came in the window. Their days
 * count from the window's start, or from when they came first or joined; those
 * of not yet members end when they join. */
struct program_group {
	int64_t customers, visits, paid, days;
};

/* Within person: a mean over each one's filled cards, then over people. */
struct program_pace {
	int64_t people, cards;
	double first, last;	/* days between visits: first half, last quarter of the card */
	double sooner;		/* first - last */
	double low, high;	/* its 95 % interval, by Student's t over people */
};

struct program_figure {
	int64_t id;
	char name[sizeof(((struct program *)0)->name)];
	enum program_kind kind;
	bool stopped;
	bool never_lapses;	/* by its rules now */

	int64_t enrolled;	/* ever got points or stamps by the window's end */
	int64_t active;		/* of them: earned or used something in the window */
	/* Stamps. Whole: cards begun in the window, at least 'days' before its
	 * end. Part: of them, full within 'days'. Points. Whole: who joined in
	 * the window at least 'days' before its end. Part: of them, used points
	 * within 'days'. */
	struct share reach;
	/* Points or stamps whose life ended in the window: their last good day
	 * passed, or their owner stayed away too long. Part: of them, lapsed
	 * unused. 'breakage_people': whose they were; the share tells when
	 * these are SHARE_FEW or more. */
	struct share breakage;
	int64_t breakage_people;
	struct given_away given;
	bool unpriced;		/* rewards were earned, and none says what it costs or is worth */
	int64_t cost;		/* of rewards claimed and points paid */
	int64_t owed_before, owed;	/* at the end of the day before the window, and of
					 * its last day; they moved by the difference */
	struct program_pace pace;	/* of cards filled in the window; stamps only */
	struct program_group members, others;	/* on the day of each visit */
};

struct program_figures {
	struct program_options used;	/* with the defaults filled in */
	struct program_figure *row;	/* by id */
	size_t n;
};

/* ST_INVALID: the window ends before it starts. ST_FULL. Release *out whatever
 * it returns. */
MUST_CHECK enum status program_figures_of(const struct flows *f,
					  const struct program_options *options,
					  struct program_figures *out);
void program_figures_release(struct program_figures *p);

bool program_pace_tells(const struct program_pace *p);
bool program_group_tells(const struct program_group *g);
/* Visits of one customer in a month (365.25 / 12 days); 0 without any. */
double program_group_visits(const struct program_group *g);
/* Paid on a visit, halves away from zero; 0 without any. */
int64_t program_group_paid(const struct program_group *g);

extern const struct definition program_definitions[];
void program_figures_sheet(const struct program_figures *p, struct sheet *out);

#endif
