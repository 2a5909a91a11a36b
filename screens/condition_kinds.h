/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_CONDITION_KINDS_H
#define SCREENS_CONDITION_KINDS_H

/* The conditions that can be picked from lists, with the filter that each of
 * them writes. In its text are asked for, in this order:
 *
 *	%d %w	a length of time back from today; ahead of it: %a
 *	%n %m	a number, an amount of money
 *	%i %c	an item, a category
 *	%p %q	a card of stamps, any program
 *	%t %o	a tag, an area
 *	%s %g	a segment, a group of customers by RFM
 *	%k	a day of the week */

struct condition_how {
	const char *words;		/* N_() */
	const char *text;
};

enum { CONDITION_HOWS = 6, CONDITION_KINDS = 19 };

struct condition_kind {
	const char *words;		/* N_() */
	struct condition_how hows[CONDITION_HOWS];	/* ends in { 0 }; one alone is not asked
							   for */
};
extern const struct condition_kind condition_kinds[CONDITION_KINDS];

#endif
