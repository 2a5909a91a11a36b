/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_HISTORIES_H
#define INSIGHT_HISTORIES_H

#include "insight/bgnbd.h"
#include "insight/gamma_gamma.h"
#include "insight/scan.h"

/* What the visits of customers up to a day come to for the models: x, t_x, T and
 * the mean spent on repeat visits of each, and equal histories put together. */

struct history_row {
	int64_t customer;
	int32_t first, last;	/* days of the first and the last visit by then */
	int32_t x;		/* visits after the first */
	uint32_t place;		/* in merged */
	double mean;		/* minor units paid on a repeat visit; 0 where x is; a
				   visit may be free, or below zero by a refund */
};

struct histories {
	int32_t to;
	struct history_row *rows;	/* by customer */
	size_t n, cap;
	int64_t repeat;			/* customers with x > 0 */
	int64_t visits, repeat_visits;	/* of all rows */
	double paid;			/* on all of them, minor units */
	int64_t days;			/* all T together */
	int32_t longest;		/* T in days */

	/* By x, then T, then t_x; times are in days. */
	struct bgnbd_history *merged;
	size_t merged_n;
	/* The mean of each with x > 0 and a mean above zero, by x; in units of
	 * 'money' minor ones. */
	struct spending *spending;
	size_t spending_n;

	size_t at;			/* visits that were looked at */
};

enum { HISTORIES_PART = 1 << 18 };	/* visits looked at in one go, some milliseconds */

/* Looks at the next visits of 's' up to the day 'to'; false when that was all.
 * Begins with { .to = DAY }; the scan must stay as it is until the end. */
bool histories_gather(struct histories *h, const struct scan *s);
void histories_merge(struct histories *h, double money);
void histories_release(struct histories *h);

#endif
