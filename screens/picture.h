/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PICTURE_H
#define SCREENS_PICTURE_H

#include "insight/scan.h"
#include "screens/ui.h"

/* What the figures of one session are made of: all sales, read once and then
 * kept up to date, and the span of days that figures are shown for. Going from
 * one figure to the next reads nothing again. */

/* SPAN_YEAR: this month and the eleven before it. */
enum span { SPAN_YEAR, SPAN_QUARTER, SPAN_THIS_YEAR, SPAN_ALL, SPANS };

struct picture {
	struct scan scan;
	bool whole;		/* all is read */
	unsigned version;	/* another one whenever the sales changed; 0: none was read */
	enum span span;
	uint64_t seen;		/* store_version() when it was read */
};

/* Never NULL while a shop is open; empty until picture_update() was called. */
struct picture *picture_of(const struct ui *ui);
/* Reads a part, some milliseconds long: while 'whole' is false call it again. */
MUST_CHECK enum status picture_update(struct ui *ui);
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
