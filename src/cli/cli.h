/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Exit statuses that scripts rely on. */
enum {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,	/* by a rule of the shop; nothing was changed */
	EXIT_USAGE = 2,
	EXIT_NOT_FOUND = 3,
	EXIT_STORE = 4,		/* store, disk or system */
	EXIT_FAULTS = 5		/* verify found some */
};

/* The other face, for when a person at a terminal wants it: shows the shop in
 * 'dir' and gives the exit status. */
typedef int screens_face(const char *dir, const char *who, const char *terminal);

/* Runs one command, or the screens where none is named, and gives its exit
 * status. Results are in stdout's buffer: the caller flushes it and checks. */
int cli_main(int argc, char **argv, screens_face *screens);

#endif
