/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include "store/store.h"

/* How a store and the disk under it are, for whoever looks after them. */

struct store_health {
	uint64_t bytes;		/* of data.mdb in use */
	uint64_t free_bytes;	/* of them that hold nothing any more: given to what comes next */
	unsigned others;	/* other programs that have it open */
	uint64_t behind;	/* commits since the oldest state that one of them still looks
				   at: nothing given back since is used again */
	long behind_pid;	/* which one */
};
MUST_CHECK enum status store_health(struct store *store, struct store_health *out);

struct disk_health {
	bool local;		/* of a kind that LMDB promises to work on */
	uint64_t free_bytes;	/* for those who are not root */
};
/* Of the disk under a folder. ST_SYSTEM. */
MUST_CHECK enum status disk_health(const char *dir, struct disk_health *out);

#endif
