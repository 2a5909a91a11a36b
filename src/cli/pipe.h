/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PIPE_H
#define CLI_PIPE_H

#include "cli/command.h"

/* The till's way in. */
struct pipe {
	struct run *run;	/* its shop, which is opened when it is not; run->by: the till */
	const char *dir;	/* of the shop */
	int64_t opened;		/* milliseconds of a clock that only goes forward */
};

/* Does what a line asks for (cli/request.h) and appends one line of JSON:
 *
 *	{"op": ..., "do": ..., "ok": true, "result": {as --json prints it}}
 *	{"op": ..., "do": ..., "ok": false, "status": "refused", "exit": 1, "error": "..."}
 *
 * Any bytes may come in. No transaction is open when it returns. */
void pipe_line(struct pipe *p, const char *line, size_t len, struct buf *answer);

#endif
