/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REPORTS_H
#define CLI_REPORTS_H

#include <jansson.h>

#include "cli/command.h"
#include "insight/scan.h"

/* Figures of who comes, when, and what they pay: cli/report.c has the commands. */
extern const struct field report_months_flags[], report_cohorts_flags[], report_rfm_flags[],
			  report_hours_flags[], report_retention_flags[];
enum status report_months(struct run *run);
enum status report_cohorts(struct run *run);
enum status report_rfm(struct run *run);
enum status report_hours(struct run *run);
enum status report_retention(struct run *run);

/* What they buy. */
extern const struct field report_basket_flags[], report_items_flags[], report_upsell_flags[];
enum status report_basket(struct run *run);
enum status report_items(struct run *run);
enum status report_upsell(struct run *run);

/* A scan of whom --where names, or of everything. Release it whatever this gives. */
MUST_CHECK enum status report_scan(struct run *run, struct scan *out);
/* "From 2026-01-01 through 2026-03-01"; that there is nothing yet, where 'to' is 0. */
void report_window(struct run *run, int32_t from, int32_t to);
/* In words, a line where the figure looks from a later day than the last sale's: nobody can have
 * come since. 'last' 0: there is none. */
void report_after_last(struct run *run, int32_t day, int32_t last);
json_t *report_month(int32_t day);	/* "2026-03" */

#endif
