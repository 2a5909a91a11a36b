/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_LINES_H
#define CLI_LINES_H

#include <stdbool.h>

#include "base/buf.h"

/* Lines that arrive in pieces, of a length that has a limit: more of a line
 * than that is thrown away, and told once. { 0 } has none yet. */
struct lines {
	struct buf text;	/* what has come and was not given out */
	size_t from;		/* where the next line begins in it */
	bool skipping;		/* the rest of a line that is too long */
};

enum { LINE_MOST = 256 * 1024 };
enum line_kind {
	LINE_NONE,		/* none that is whole: add more */
	LINE_WHOLE,
	LINE_TOO_LONG		/* is given once, when its end has come */
};

void lines_add(struct lines *l, const char *bytes, size_t len);
/* The next line, without its end; good until the next lines_add(). */
enum line_kind lines_next(struct lines *l, const char **line, size_t *len);
/* Is there a line whose end has not come? */
bool lines_unended(const struct lines *l);
void lines_release(struct lines *l);

#endif
