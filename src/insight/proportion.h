/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_PROPORTION_H
#define INSIGHT_PROPORTION_H

#include "insight/scan.h"

/* How sure a share is. */

struct interval {
	double low, high;
};

/* 95 %, by Wilson (1927); 0..1. Of an empty whole all is possible. */
struct interval share_interval(struct share s);
/* Of share_value(a) - share_value(b), 95 %, by Newcombe (1998), method 10: from
 * the Wilson intervals of the two; -1..1. */
struct interval share_difference(struct share a, struct share b);

#endif
