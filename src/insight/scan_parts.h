/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_SCAN_PARTS_H
#define INSIGHT_SCAN_PARTS_H

#include "insight/payments.h"
#include "insight/scan.h"
#include "ledger/merge.h"

/* What a scan in one go and one in parts have in common. */

struct gathering {
	struct scan *scan;
	const struct people_set *only;	/* NULL: everybody, and nobody */
	struct payments payments;
	struct merges merges;
};

/* Loads the merges, and makes room in *s: all that it had is forgotten. */
void gathering_start(struct gathering *g, struct txn *txn, struct scan *s);
/* Of a row that was not undone; fails the transaction when sums do not fit. */
void gathering_add(struct gathering *g, const struct heads *h);
/* Makes visits of the payments, which are sorted. */
void gathering_fold(struct gathering *g, struct txn *txn);
/* The last day's hours: when all else is there. */
void gathering_finish(struct gathering *g);
void gathering_release(struct gathering *g);

void scan_reading_release(struct scan_reading *r);	/* NULL too */

#endif
