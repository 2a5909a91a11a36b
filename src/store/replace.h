/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_REPLACE_H
#define STORE_REPLACE_H

#include <signal.h>

#include "store/store.h"

/* Putting another file in the place of data.mdb. Under an open environment that
 * loses what was acknowledged, so whoever does it asks all processes that have
 * the store open to close it (store_is_wanted()) and waits ten seconds for them;
 * meanwhile nobody can open it. The asking is a lock: a crash takes it back.
 *
 *	replace_begin(dir, &r)		nobody has the store open now
 *	... make a file, verify it ...
 *	replace_commit(&r, file, keep)
 *	replace_end(&r)			others go on
 */
struct replacement {
	char *dir;
	int use_lock;
	sigset_t before;
};

/* This process has no store open. ST_BUSY: somebody does not let go; nothing
 * has changed. Ctrl-Z waits for replace_end(), as all tills wait for this process;
 * that is called after a failure too. */
MUST_CHECK enum status replace_begin(const char *dir, struct replacement *r);
/* Puts the file (on the same disk, flushed, verified) in the place of data.mdb,
 * which gets the name 'keep' in the same folder; NULL: it is not kept. At any
 * instant of a crash data.mdb is the old one or the new one, whole. ST_UNKNOWN: it
 * is the new one, and the disk reported a fault; else the folder is as it was. */
MUST_CHECK enum status replace_commit(const struct replacement *r, const char *file,
				      const char *keep);
void replace_end(struct replacement *r);

/* Is somebody at it? For who has closed the store and waits. */
bool replace_goes_on(const char *dir);

#endif
