/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ENTRIES_H
#define CLI_ENTRIES_H

#include <jansson.h>

#include "cli/command.h"

/* Entries of the journal, newest first. */
struct entries_asked {
	int64_t customer;	/* 0: of all */
	int32_t from, to;	/* shop days; 0 open */
	bool sales;		/* sales, refunds and walk-in totals alone */
	int64_t limit;		/* 0: all */
};

struct listed_entry {
	const struct entry *e;
	const struct side *side;
	const char *name;	/* of its customer; "" */
	bool undone;
};

typedef void entries_each(void *arg, const struct listed_entry *row);

/* The flags --customer, --from, --to and --limit. */
#define ENTRIES_FLAGS							\
	FLAG_TEXT("customer", 200, .value = "WHO", .help = "only this customer's"),	\
	FLAG("from", FIELD_DAY, .help = "from this day"),		\
	FLAG("to", FIELD_DAY, .help = "through this day"),		\
	FLAG("limit", FIELD_INT, .most = 1000000000, .value = "N",	\
	     .help = "at most so many; 0 for all, else 20")
MUST_CHECK enum status entries_asked_for(struct run *run, struct entries_asked *out);

MUST_CHECK enum status entries_newest(struct run *run, const struct entries_asked *asked,
				      entries_each *each, void *arg);

/* All that an entry says, for scripts and for export. */
typedef json_t *entry_shape(const struct run *run, const struct listed_entry *row);
entry_shape entry_json;

/* The list as --json prints it: an array called 'name', each entry in 'shape'. */
MUST_CHECK enum status entries_json(struct run *run, const struct entries_asked *asked,
				    const char *name, entry_shape *shape);

#endif
