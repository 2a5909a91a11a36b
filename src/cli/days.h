/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_DAYS_H
#define CLI_DAYS_H

#include "cli/command.h"

/* One shop day: cli/report.c has the commands. */
extern const struct field report_day_flags[], day_close_flags[];
enum status report_day(struct run *run);
enum status day_close_run(struct run *run);

#endif
