/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REPORT_PROGRAMS_H
#define CLI_REPORT_PROGRAMS_H

#include "cli/command.h"
#include "insight/flows.h"

/* What programs do: cli/report.c has the commands. */
extern const struct field report_programs_flags[], report_money_flags[],
			  report_engagement_flags[];
enum status report_programs(struct run *run);
enum status report_money(struct run *run);
enum status report_engagement(struct run *run);

/* How points moved for whom --where names, or for all. *only must live as long as *out;
 * release both whatever this gives. */
MUST_CHECK enum status report_flows(struct run *run, struct people_set *only,
				    struct flows *out);

#endif
