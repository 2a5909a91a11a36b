/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_RESTORE_PARTS_H
#define SHOP_RESTORE_PARTS_H

#include "shop/restore.h"

/* What the store in the folder has and the backup lacks. */

struct restore_sides {
	const char *backup;		/* the folder where it is staged, verified */
	const char *store;		/* the shop's folder; NULL: no store in it */
	struct store_options options;	/* of the store */
};

/* Customers who were erased since, and are in both. */
struct erased {
	int64_t *id;
	size_t n, cap;
};

/* Fills name, entries, last, readable, missing, missing_since. ST_BUSY,
 * ST_SYSTEM, ST_CANCELLED; damage of the store is told by 'readable'. */
MUST_CHECK enum status restore_compare(const struct restore_sides *sides,
				       struct restore_found *found, struct erased *erased);

#endif
