/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_WHERE_H
#define CLI_WHERE_H

#include "cli/command.h"
#include "insight/filter.h"

/* The flag --where, wherever customers are chosen. A text that is no filter is
 * wrong usage: ST_INVALID, exit status 2, with carets under the mistake. */

#define FLAG_WHERE FLAG_TEXT("where", FILTER_TEXT + 1, .value = "FILTER", .help = "only " \
			     "customers of whom this is true, as in \"visits >= 3\"; see " \
			     "regulars help filter")

/* Is this a filter? */
MUST_CHECK enum status where_check(struct run *run, const char *text);
/* Whom --where chooses as of today. *given: the flag is there; else *out is empty
 * and everybody is meant. Release *out whatever this returns. */
MUST_CHECK enum status where_read(struct run *run, struct people_set *out, bool *given);

#endif
