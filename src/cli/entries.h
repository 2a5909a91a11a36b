/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ENTRIES_H
#define CLI_ENTRIES_H

#include <jansson.h>

#include "cli/command.h"
#include "shop/recent.h"

/* The flags --customer, --from, --to and --limit. */
#define ENTRIES_FLAGS							\
	FLAG_TEXT("customer", 200, .value = "WHO", .help = "only this customer's"),	\
	FLAG("from", FIELD_DAY, .help = "from this day"),		\
	FLAG("to", FIELD_DAY, .help = "through this day"),		\
	FLAG("limit", FIELD_INT, .most = 1000000000, .value = "N",	\
	     .help = "at most so many; 0 for all, else 20")
MUST_CHECK enum status entries_asked_for(struct run *run, struct recent_ask *out);

MUST_CHECK enum status entries_newest(struct run *run, const struct recent_ask *ask,
				      recent_each *each, void *arg);

/* All that an entry says, for scripts and for export. */
typedef json_t *entry_shape(const struct run *run, const struct listed_entry *row);
entry_shape entry_json;

/* The list as --json prints it: an array called 'name', each entry in 'shape'. */
MUST_CHECK enum status entries_json(struct run *run, const struct recent_ask *ask,
				    const char *name, entry_shape *shape);

#endif
