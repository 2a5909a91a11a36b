/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_ERASED_H
#define INSIGHT_ERASED_H

#include "insight/people.h"
#include "store/store.h"

/* Who was erased. What they paid stays in the sums, but no filter finds them, so that
 * a figure whose people may be opened leaves them out of these. A pass over the
 * customers, some milliseconds for 50,000. */

/* Adds them to *out, which is the caller's to release, whatever is returned. */
void erased_load(struct txn *txn, struct people_set *out);
MUST_CHECK enum status erased_read(struct store *store, struct people_set *out);

#endif
