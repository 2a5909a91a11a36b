/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REPORT_GOODS_H
#define CLI_REPORT_GOODS_H

#include "cli/reports.h"
#include "insight/lines.h"

/* What the reports about items have in common. */

/* Of whom, and in which days: --where, --from, --to. */
struct goods_asked {
	struct people_set people;
	struct sold_window window;	/* only: &people, where --where was given */
	struct sold sold;
	bool csv;
};
/* Reads what was sold. Release *out whatever it returns. */
MUST_CHECK enum status goods_asked(struct run *run, struct goods_asked *out);
void goods_asked_release(struct goods_asked *a);

/* "3 lines name no item and are left out." */
void goods_left_out(struct run *run, int64_t nameless);
/* Why there is nothing at all: no sale names an item. */
void goods_unnamed(struct run *run);
/* "customer list --where ..." with the filter, and with --where's own. */
void goods_people(struct run *run, const char *filter);

#endif
