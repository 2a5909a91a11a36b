/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>

/* Patterns over digits, as numbering plans are written: a digit, 'd' for any
 * digit, [2-49], (?:a|b), (a|b) which is also kept as a part, and after any of
 * these ? or {3} or {3,5}; $ is the end of the digits. In a UTF-8 locale this is
 * ten times as fast as the C library's regular expressions, to make and to
 * match: an import has a million rows with phone numbers. Patterns come from
 * our own tables: a wrong one is our mistake. */

struct pattern;

enum { PATTERN_PARTS = 2 };

struct match {
	const char *end;			/* behind what matched */
	struct {
		const char *from, *to;		/* NULL: took no part */
	} part[PATTERN_PARTS];
};

struct pattern *pattern_make(const char *text);
void pattern_free(struct pattern *p);

/* Do the digits as a whole fit? */
bool pattern_fits(const struct pattern *p, const char *digits);
/* Does a start of them fit, the first way of the choices that does? */
bool pattern_starts(const struct pattern *p, const char *digits, struct match *m);

#endif
