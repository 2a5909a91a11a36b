/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_CHILD_H
#define STORE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/status.h"

/* Work in a process of its own: a damaged store can crash or hang whoever
 * reads it, and then only that process ends. It may open another store than
 * this one has open, or the same one. It ends with its parent. */
struct child {
	/* In the child. What it says is heard line by line; flush it. Lines that
	 * begin with '=' are the child's own. */
	enum status (*work)(void *arg, FILE *tell);
	/* In the parent, each line and about ten times a second. False: stop. May be
	 * NULL. */
	bool (*line)(void *arg, const char *line);
	bool (*tick)(void *arg);
	/* How far the work is, by what can be seen of it. May be NULL. */
	int64_t (*seen)(void *arg);
	void *arg;
	int patience;			/* seconds without a line, and with nothing new seen */
};

enum child_end {
	CHILD_ENDED,
	CHILD_STOPPED,		/* the caller has heard enough, or a blocked signal waits */
	CHILD_SILENT,		/* no line for too long: ended by us */
	CHILD_CRASHED,
	CHILD_NO_MEMORY
};

enum { CHILD_LINE = 2500 };

/* In the work: ends a line with words that may hold anything, such as a newline in a
 * name; control characters become blanks. */
void child_say(FILE *tell, const char *words);

/* A signal that ends programs waits, as it is blocked: whoever blocked it wants to
 * tidy up first, and soon. */
bool must_end(void);

/* What the work gave back, with its sentence, when *end is CHILD_ENDED; for the
 * others ST_CORRUPT, ST_CANCELLED or ST_SYSTEM, and the sentence is the
 * caller's. ST_SYSTEM with a sentence and CHILD_ENDED: it could not begin. */
MUST_CHECK enum status child_run(const struct child *c, enum child_end *end);

#endif
