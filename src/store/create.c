/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A crash while LMDB makes its file can leave one that nothing opens, so a new
 * shop is built under another name and renamed once it is whole. */

#define NEW ".regulars-new-"
static const char *const store_files[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock" };
enum { STORE_FILES = sizeof(store_files) / sizeof(store_files[0]) };

/* A name of its own each time: what a crash left behind is in nobody's way. */
static enum status make_folder(char *dir, bool group)
{
	if (!mkdtemp(dir))
		return fail(ST_SYSTEM, "cannot make the folder %s: %s", dir, strerror(errno));
	if (chmod(dir, group ? 02770 : 0700))
		return fail(ST_SYSTEM, "cannot set the permissions of %s: %s", dir,
			    strerror(errno));
	return ST_OK;
}

static enum status set_mode(const char *dir, const char *name, mode_t mode)
{
	char path[PATH_ROOM];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (chmod(path, mode))
		return fail(ST_SYSTEM, "cannot set the permissions of %s: %s", path,
			    strerror(errno));
	return ST_OK;
}

static enum status build(const char *dir, const struct store_options *options,
			 store_fill *fill, void *arg)
{
	struct store *store = NULL;
	enum status st = store_open_here(dir, options, &store);

	if (st != ST_OK)
		return st;
	st = fill(store, arg);		/* each commit flushes data.mdb */
	store_finish(store);
	for (size_t i = 0; i < STORE_FILES && st == ST_OK; i++)
		st = set_mode(dir, store_files[i], options->group ? 0660 : 0600);
	return st == ST_OK ? dir_sync(dir) : st;
}

static void remove_built(const char *dir)
{
	char path[PATH_ROOM];

	for (size_t i = 0; i < STORE_FILES; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, store_files[i]);
		unlink(path);
	}
	rmdir(dir);
}

/* The folder above 'dir', made with those above it where they are missing. */
static enum status make_parent(const char *dir, char parent[DIR_ROOM])
{
	char *slash;

	if (strlen(dir) >= DIR_ROOM)
		return fail(ST_INVALID, "the path of the shop is too long: %.80s...", dir);
	strcpy(parent, dir);
	while ((slash = strrchr(parent, '/')) && slash > parent && !slash[1])
		*slash = '\0';
	slash = strrchr(parent, '/');
	if (!slash)
		return strcpy(parent, "."), ST_OK;
	slash[slash == parent] = '\0';
	for (char *p = parent + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(parent, 0700);
		*p = '/';
	}
	if (mkdir(parent, 0700) && errno != EEXIST)
		return fail(ST_SYSTEM, "cannot make the folder %s: %s", parent, strerror(errno));
	return ST_OK;
}

enum status folder_make(const char *dir)
{
	char parent[DIR_ROOM];
	enum status st = make_parent(dir, parent);

	if (st == ST_OK && mkdir(dir, 0700) && errno != EEXIST)
		return fail(ST_SYSTEM, "cannot make the folder %s: %s", dir, strerror(errno));
	return st;
}

struct making {
	const char *dir;
	const struct store_options *options;
	store_fill *fill;
	void *arg;
};

static enum status make_in(const char *parent, const struct making *m)
{
	const char *dir = m->dir;
	char temporary[DIR_ROOM + 64];
	enum status st;

	clear_away_old(parent, NEW);
	snprintf(temporary, sizeof(temporary), "%s/" NEW "XXXXXX", parent);
	st = make_folder(temporary, m->options->group);
	if (st == ST_OK)
		st = build(temporary, m->options, m->fill, m->arg);
	/* rename() replaces an empty folder and nothing else. */
	if (st == ST_OK && rename(temporary, dir))
		st = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR ?
			fail(ST_EXISTS, "%s is there already and not empty; name another folder "
			     "with --shop", dir) :
			fail(ST_SYSTEM, "cannot make %s: %s", dir, strerror(errno));
	if (st == ST_OK)
		return dir_sync(parent);
	remove_built(temporary);
	if (st == ST_UNKNOWN)	/* it is known now: nothing was kept */
		return fail(ST_SYSTEM, "the disk under %s reported a fault while the shop was "
			    "made; nothing was kept; try again, or name another disk", parent);
	return st;
}

enum status store_make(const char *dir, const struct store_options *options,
		       store_fill *fill, void *arg)
{
	struct making m = { dir, options, fill, arg };
	char parent[DIR_ROOM];
	sigset_t before;
	enum status st;

	block_ends(&before);
	st = make_parent(dir, parent);
	if (st == ST_OK)
		st = make_in(parent, &m);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return st;
}

struct first {
	store_work *work;
	void *arg;
};

static enum status write_first(struct store *store, void *arg)
{
	const struct first *f = arg;

	return store_write(store, f->work, f->arg);
}

enum status store_create(const char *dir, const struct store_options *options,
			 store_work *work, void *arg)
{
	struct first f = { work, arg };

	return store_make(dir, options, write_first, &f);
}
