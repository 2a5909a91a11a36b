/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

#include "cli/command.h"

/* One line on standard error that says how far long work has come; only on a
 * terminal, and not with --quiet. */
struct progress {
	const char *what;	/* "importing" */
	bool shown;		/* is there a terminal that looks? */
	int percent;		/* the last one shown; -1: none */
};

void progress_start(struct progress *p, const struct run *run, const char *what);
/* seconds_left < 0: not known. */
void progress_show(struct progress *p, long long done, long long total, int seconds_left);
void progress_end(struct progress *p);	/* the line goes away */

#endif
