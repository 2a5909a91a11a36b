/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_RESTORE_H
#define SHOP_RESTORE_H

#include "shop/backup.h"

/* A backup takes the place of the store in a folder, or of none. It is verified
 * before anything is touched, what was there is kept beside it, and at any
 * instant of a crash one of the two is the shop. The folder is closed to others as a new
 * shop's is. People who were erased since
 * the backup stay erased, and every no to messages stays a no. The shop then has
 * to be told that it is the shop (shop/instance.h). */

struct restore_found {
	char name[200], timezone[64];	/* of the shop in the backup */
	int64_t entries, customers;
	int64_t last;			/* when its last entry was made */
	bool replaces, readable;	/* there is a store; and what it has can be said */
	int64_t missing, missing_since;	/* entries that it has and the backup lacks */
	char kept[BACKUP_PATH];		/* what it is called afterwards; "" there was none */
};

/* Whether it may go on without asking anybody: nothing will be missing. With what
 * a person agreed to: nothing more than that, and the shop can be read as then. */
bool restore_may_go_on(const struct restore_found *found, const struct restore_found *agreed);

struct restore_ask {
	const char *dir;
	const char *file;		/* "-": standard input */
	const struct actor *by;
	/* Called once it is known what would be missing. False: ST_CANCELLED. */
	bool (*agree)(void *arg, const struct restore_found *found);
	bool (*step)(void *arg, uint64_t done, uint64_t all);	/* may be NULL */
	void *arg;
};

/* 'open' is the shop in that folder when this process has it open, else NULL;
 * it is closed meanwhile, and opened again whatever happened; its store is NULL
 * when that failed. ST_CORRUPT: the file is no good backup. ST_BUSY: somebody
 * does not let go of the store. ST_EXISTS: a folder with other things in it and
 * no shop. Nothing has changed then. */
MUST_CHECK enum status restore(const struct restore_ask *ask, struct shop *open,
			       struct restore_found *found);

#endif
