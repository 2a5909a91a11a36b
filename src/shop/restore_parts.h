/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_RESTORE_PARTS_H
#define SHOP_RESTORE_PARTS_H

#include "shop/consent.h"
#include "shop/restore.h"

/* What the store in the folder has and the backup lacks. */

struct restore_sides {
	const char *backup;		/* the folder where it is staged, verified */
	const char *store;		/* the shop's folder; NULL: no store in it */
	bool held;			/* it is being replaced */
};

/* What a backup must not take back, of customers who are in both: who was erased
 * since, and every no. */
struct keepsakes {
	int64_t *erased;
	size_t n, cap;
	struct consent_refusals refusals;
};

/* Fills name, entries, last, readable, missing, missing_since. A store that is
 * damaged or of a newer program is told by 'readable'. */
MUST_CHECK enum status restore_compare(const struct restore_sides *sides,
				       struct restore_found *found, struct keepsakes *keep);

#endif
