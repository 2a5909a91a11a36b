/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/private.h"

enum status replace_begin(const char *dir, struct replacement *r)
{
	sigset_t stop;

	*r = (struct replacement){ .dir = mem_text(dir), .use_lock = -1 };
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stop, &r->before);
	return use_lock_alone(dir, &r->use_lock);
}

static enum status cannot(const char *path)
{
	return fail(errno == ENOSPC || errno == EDQUOT ? ST_FULL : ST_SYSTEM,
		    "cannot put %s in its place: %s; the shop is as it was", path, strerror(errno));
}

/* Who may use the old file may use the new one. A service may not name a group
 * that is not its own, and need not where the folder gave it to both. */
static int same_owners(const char *old, const char *file)
{
	struct stat st, now;

	if (stat(old, &st))
		return errno == ENOENT ? chmod(file, 0600) : -1;
	if (stat(file, &now))
		return -1;
	if (now.st_gid != st.st_gid && chown(file, (uid_t)-1, st.st_gid) && errno != EPERM)
		return -1;
	return chmod(file, st.st_mode & 0660);
}

/* A second name first, so that there is a data.mdb at every instant. */
static enum status keep_old(const char *dir, const char *old, const char *kept)
{
	enum status st;

	if (link(old, kept))
		return errno == ENOENT ? ST_OK : cannot(kept);
	st = dir_sync(dir);
	if (st != ST_OK)
		unlink(kept);
	return st;
}

enum status replace_commit(const struct replacement *r, const char *file, const char *keep)
{
	char old[PATH_ROOM], kept[PATH_ROOM];
	enum status st;

	snprintf(old, sizeof(old), "%s/data.mdb", r->dir);
	if (keep)
		snprintf(kept, sizeof(kept), "%s/%s", r->dir, keep);
	if (same_owners(old, file))
		return cannot(file);
	st = keep ? keep_old(r->dir, old, kept) : ST_OK;
	if (st != ST_OK)
		return st;
	if (rename(file, old)) {
		st = cannot(file);
		if (keep)
			unlink(kept);
		return st;
	}
	if (dir_sync(r->dir) != ST_OK)
		return fail(ST_UNKNOWN, "the new file of the shop in %s is in its place, but the "
			    "disk reported a fault: after a power cut it may be the old one; look "
			    "which one it is, and whether the disk is well", r->dir);
	return ST_OK;
}

void replace_end(struct replacement *r)
{
	lock_drop(r->use_lock);
	free(r->dir);
	r->use_lock = -1;
	r->dir = NULL;
	sigprocmask(SIG_SETMASK, &r->before, NULL);
}

bool replace_goes_on(const char *dir)
{
	bool wanted;
	int fd;

	if (lock_open(dir, "use.lock", &fd) != ST_OK)
		return false;
	wanted = use_lock_is_wanted(fd);
	lock_drop(fd);
	return wanted;
}
