/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_RFM_H
#define INSIGHT_RFM_H

#include "insight/definition.h"
#include "insight/sheet.h"

/* Recency, frequency, monetary: each customer on three scales of 1 to 5, where
 * 5 is best, and in one of eleven segments by them. Equal numbers always score
 * alike. */

enum { RFM_CUTS = 4, RFM_SCORES = 5, RFM_FEW = 50 };
enum rfm_scale { RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY, RFM_SCALES };

struct rfm_options {
	int32_t as_of;		/* the day to look back from; 0: the last sale's */
	int32_t from;		/* visits from this day on; 0: all */
	/* The owner's own borders of a scale, rising: days, visits, minor units.
	 * Not own: fifths of the customers. */
	bool own[RFM_SCALES];
	int64_t cuts[RFM_SCALES][RFM_CUTS];
};

enum rfm_segment {
	RFM_CHAMPIONS, RFM_LOYAL, RFM_POTENTIAL, RFM_NEW, RFM_PROMISING, RFM_ATTENTION,
	RFM_SLEEPING, RFM_AT_RISK, RFM_CANNOT_LOSE, RFM_HIBERNATING, RFM_LOST, RFM_SEGMENTS
};

struct rfm_kind {
	const char *key;	/* "cannot_lose": in --json, CSV and filters */
	const char *name;	/* N_("Cannot lose") */
	const char *who;	/* N_() whole sentences: who that is, */
	const char *action;	/* and the one thing to do */
};
extern const struct rfm_kind rfm_kinds[RFM_SEGMENTS];

struct rfm_row {
	int64_t customer;
	int32_t recency;	/* days from the last visit to as_of */
	int32_t frequency;	/* visits */
	int64_t monetary;	/* all that was paid on them, minor units */
	uint8_t r, f, m;	/* 1 .. 5 */
	uint8_t segment;	/* enum rfm_segment */
};

struct rfm {
	struct rfm_options used;	/* as_of 0 in a shop without sales */
	struct rfm_row *row;		/* by customer */
	size_t n;
	/* A score is 1 + how many cuts are below the number; r is 6 less that. */
	double cuts[RFM_SCALES][RFM_CUTS];
	struct {
		int64_t customers, monetary;
	} segments[RFM_SEGMENTS];
	/* Enough customers for fifths to mean something: RFM_FEW, or the owner's
	 * own cuts on all scales. */
	bool tells;
};

/* ST_INVALID: cuts that do not rise, 'from' after as_of. ST_FULL: sums larger
 * than can be kept. Release *out whatever it returns. */
MUST_CHECK enum status rfm_of(const struct scan *s, const struct rfm_options *options,
			      struct rfm *out);
void rfm_release(struct rfm *r);
/* Leaves only these customers in the rows and the segments, with the scores that
 * they have among all. */
void rfm_keep(struct rfm *r, const struct people_set *only);
/* The opposite: who was erased (insight/erased.h). */
void rfm_leave_out(struct rfm *r, const struct people_set *some);
/* NULL: no visit by as_of. */
const struct rfm_row *rfm_find(const struct rfm *r, int64_t customer);
/* The segment of scores: by r, and the mean of f and m, halves up. Who came once has
 * 1 for both there, whatever was paid: the other segments are of people who come. */
enum rfm_segment rfm_segment_of(unsigned r, unsigned f, unsigned m);
/* By key or name, any case. False: no such segment. */
bool rfm_segment_find(const char *text, enum rfm_segment *out);

/* A row for each segment, the best first; and one for each customer. */
void rfm_sheet(const struct rfm *r, struct sheet *out);
void rfm_people_sheet(const struct rfm *r, struct sheet *out);
extern const struct definition rfm_definitions[];

#endif
