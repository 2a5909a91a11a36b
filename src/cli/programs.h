/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRAMS_H
#define CLI_PROGRAMS_H

#include "cli/command.h"

/* Looking at programs: cli/program.c has their commands. */
enum status program_show(struct run *run);
enum status program_list(struct run *run);

/* What `program show` prints. */
MUST_CHECK enum status program_print(struct run *run, int64_t id);

#endif
