/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

void progress_start(struct progress *p, const struct run *run, const char *what)
{
	*p = (struct progress){ what, !run->quiet && isatty(STDERR_FILENO), -1 };
}

void progress_show(struct progress *p, long long done, long long total, int seconds_left)
{
	int percent = total > 0 ? (int)(100 * done / total) : 0;

	if (!p->shown || percent == p->percent)
		return;
	p->percent = percent;
	if (seconds_left >= 0)
		fprintf(stderr, "\r%s: %d %%, %d s left   ", p->what, percent, seconds_left);
	else
		fprintf(stderr, "\r%s: %d %%   ", p->what, percent);
}

void progress_end(struct progress *p)
{
	if (p->shown && p->percent >= 0)
		fprintf(stderr, "\r\033[K");
}
