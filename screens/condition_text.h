/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CONDITION_TEXT_H
#define SCREENS_CONDITION_TEXT_H

#include <stdbool.h>

#include "base/buf.h"

/* The text of a filter as a list of conditions that are all to be true: what a
 * person adds one by one and takes away again. Any text is split somehow;
 * whether it means anything is insight/filter.h's. */

enum { CONDITIONS_MOST = 20 };

struct condition_part {
	size_t at, len;			/* bytes */
};

/* What "and" joins, outside of brackets and quotes; a text with an "or" there
 * is one part. Gives how many, at most CONDITIONS_MOST: the last one then holds
 * the rest. */
size_t conditions_split(const char *text, struct condition_part out[CONDITIONS_MOST]);

/* Appends the text with one more condition, or without its i-th. */
void conditions_with(const char *text, const char *more, struct buf *out);
void conditions_without(const char *text, size_t i, struct buf *out);

/* Does it name a day or month, which stays what it is when time goes on? */
bool condition_has_date(const char *text);

/* Appends a name in quotes, as a filter reads it. */
void condition_quote(const char *name, struct buf *out);

#endif
