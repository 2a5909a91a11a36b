/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PICTURE_H
#define SCREENS_PICTURE_H

#include "insight/clv.h"
#include "insight/lines.h"
#include "insight/flows.h"
#include "insight/rfm.h"
#include "insight/scan.h"
#include "screens/ui.h"

/* What the figures of one session are made of: all sales, read once and then
 * kept up to date, and the span of days that figures are shown for. Going from
 * one figure to the next reads nothing again. */

/* All days first, as the reports on the command line. SPAN_YEAR: this month and the
 * eleven before it. */
enum span { SPAN_ALL, SPAN_YEAR, SPAN_QUARTER, SPAN_THIS_YEAR, SPANS };

struct picture {
	struct scan scan;
	enum span span;
	struct rfm rfm;		/* picture_rfm() alone reads these two */
	uint64_t rfm_changes;
	struct clv clv;		/* picture_clv() alone reads these two */
	uint64_t clv_changes;
	struct sold sold;	/* picture_sold() alone reads it */
	struct flows flows;	/* picture_flows() reads it */
};

/* Never NULL while a shop is open; empty until picture_update() was called. */
struct picture *picture_of(const struct ui *ui);
/* Reads a part, some milliseconds long: while scan.whole is false call it again.
 * scan.changes says whether what was worked out of it is still true. */
MUST_CHECK enum status picture_update(struct ui *ui);
/* The customers by recency, frequency and money, of all sales; NULL: it failed. */
const struct rfm *picture_rfm(struct ui *ui);
/* What customers are worth, learnt from all sales, in parts of some milliseconds:
 * while 'whole' is false call it again. NULL: it failed. */
const struct clv *picture_clv(struct ui *ui);
/* The same for what was sold, line by line: while sold.whole is false call it
 * again. Only figures about items need it. */
MUST_CHECK enum status picture_sold(struct ui *ui);
/* How points, stamps and rewards moved, into ->flows: a part of it, some
 * milliseconds long; while flows.whole is false call it again. 'done': of a
 * thousand. */
MUST_CHECK enum status picture_flows(struct ui *ui, int *done);
void picture_release(struct ui *ui);	/* when the shop closes */

/* The day from which figures look back: the shop's last sale's; 0: none yet. */
int32_t picture_day(const struct picture *p);
/* Both days in it; 0, 0 in a shop without sales. */
struct picture_window {
	int32_t from, to;
};
struct picture_window picture_window(const struct picture *p);
const char *span_name(enum span span);		/* N_("last 12 months") */

#endif
