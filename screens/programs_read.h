/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_PROGRAMS_READ_H
#define SCREENS_PROGRAMS_READ_H

#include "insight/liability.h"

/* All programs and rewards with what customers hold of them, copied out of the
 * store. */
struct programs_read {
	struct programs programs;
	struct rewards rewards;
	struct liability held;		/* its rows stand in the order of the two above */
	int64_t *holders;		/* customers with some of it: programs, then rewards */
	bool counted;			/* held and holders are there */
};

/* 'today' says what has lapsed. Counting what is held reads all lots: set
 * out->counted to have that too. Release *out whatever it returns. */
MUST_CHECK enum status programs_read(struct store *store, int32_t today,
				     struct programs_read *out);
void programs_read_release(struct programs_read *r);

#endif
