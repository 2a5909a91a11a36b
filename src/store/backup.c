/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/child.h"
#include "store/private.h"

#define STAGE ".regulars-part-"
enum { A_DAY = 24 * 60 * 60, COPY_PATIENCE = 30 * 60, LOOK_MS = 100 };

/* -- a file being made -- */

static const char *const stage_files[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock",
					   "shop.conf" };

/* Names in a folder that others may write to, such as a shared stick's, can turn
 * into links at any moment: the folder is opened as what it is, and all is done
 * in what was opened. Only our own is touched. */
static void clear_away(int folder, const char *name, time_t older)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_uid == geteuid() && st.st_mtime <= older) {
		for (size_t i = 0; i < sizeof(stage_files) / sizeof(*stage_files); i++)
			unlinkat(fd, stage_files[i], 0);
		unlinkat(folder, name, AT_REMOVEDIR);
	}
	close(fd);
}

void clear_away_old(const char *folder, const char *prefix)
{
	DIR *dir = opendir(folder);

	for (const struct dirent *e; dir && (e = readdir(dir));)
		if (!strncmp(e->d_name, prefix, strlen(prefix)))
			clear_away(dirfd(dir), e->d_name, time(NULL) - A_DAY);
	if (dir)
		closedir(dir);
}

static void clear_away_stage(const struct stage *s)
{
	int folder = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return;
	clear_away(folder, strrchr(s->dir, '/') + 1, INT64_MAX);
	close(folder);
}

void block_ends(sigset_t *before)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigaddset(&ends, SIGQUIT);
	sigprocmask(SIG_BLOCK, &ends, before);
}

static char *join(const char *dir, const char *name)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/%s", dir, name);
	return path.at;
}

/* The copy is a store of its own on a disk that may be a network's: nobody else
 * has it open. */
static enum status write_conf(const char *dir)
{
	static const char conf[] = "network_disk = true\n";
	char path[PATH_ROOM];
	enum status st;
	int fd;

	snprintf(path, sizeof(path), "%s/shop.conf", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(ST_SYSTEM, "cannot write %s: %s", path, strerror(errno));
	st = file_write(fd, conf, sizeof(conf) - 1);
	close(fd);
	return st;
}

static enum status cannot_write_to(const char *folder)
{
	return fail(errno == ENOSPC || errno == EDQUOT ? ST_FULL : ST_SYSTEM,
		    "cannot write to the folder %s: %s", folder, strerror(errno));
}

static enum status make_stage(struct stage *s)
{
	if (!mkdtemp(s->dir)) {
		*s->dir = '\0';		/* there is nothing to clear away */
		return cannot_write_to(s->folder);
	}
	memcpy(s->file, s->dir, strlen(s->dir));	/* with its name now */
	s->fd = open(s->file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return s->fd < 0 ? cannot_write_to(s->folder) : write_conf(s->dir);
}

/* All memory is there before the folder is, as running out of it ends the
 * program at once. */
enum status stage_begin(struct stage *s, const char *folder)
{
	enum status st;

	if (strlen(folder) + 64 > DIR_ROOM)
		return fail(ST_INVALID, "the path of the folder is too long: %.80s...", folder);
	clear_away_old(folder, STAGE);
	*s = (struct stage){ .folder = mem_text(folder), .dir = join(folder, STAGE "XXXXXX"),
			     .file = join(folder, STAGE "XXXXXX/data.mdb"), .fd = -1 };
	block_ends(&s->before);
	st = make_stage(s);
	if (st != ST_OK)
		stage_end(s);
	return st;
}

enum status stage_sync(struct stage *s)
{
	return fsync(s->fd) ? cannot_write_to(s->folder) : ST_OK;
}

/* A file that is there already is never written over. Old file systems of
 * sticks do not know RENAME_NOREPLACE. */
static int rename_new(const char *from, const char *to)
{
	if (!renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (!access(to, F_OK)) {
		errno = EEXIST;
		return -1;
	}
	return rename(from, to);
}

enum status stage_keep(struct stage *s, const char *path)
{
	if (!rename_new(s->file, path))
		return dir_sync(s->folder);
	if (errno == EEXIST)
		return fail(ST_EXISTS, "%s is there already and is not written over; name another "
			    "file", path);
	return fail(ST_SYSTEM, "cannot write %s: %s", path, strerror(errno));
}

enum status stage_pour(struct stage *s, int to)
{
	int copy = dup(s->fd);
	enum status st;

	stage_end(s);
	if (copy < 0)
		return fail(ST_SYSTEM, "cannot read the copy again: %s", strerror(errno));
	st = fd_copy(copy, to);
	close(copy);
	return st;
}

void stage_end(struct stage *s)
{
	if (s->fd >= 0)
		close(s->fd);
	if (*s->dir)
		clear_away_stage(s);
	free(s->folder);
	free(s->dir);
	free(s->file);
	s->fd = -1;
	s->folder = s->dir = s->file = NULL;
	sigprocmask(SIG_SETMASK, &s->before, NULL);
}

/* -- copying -- */

static enum status copy_failed(int error)
{
	switch (error) {
	case ENOSPC: case EDQUOT: case EFBIG:
		return fail(ST_FULL, "the disk for the copy is full; nothing was kept; make room "
			    "or name another disk");
	case MDB_CORRUPTED: case MDB_PAGE_NOTFOUND: case MDB_INVALID: case MDB_INCOMPATIBLE:
		return fail(ST_CORRUPT, "the store is damaged and cannot be copied whole; run: "
			    "regulars verify");
	default:
		return fail(ST_SYSTEM, "cannot copy the store: %s", mdb_strerror(error));
	}
}

static enum status copy_here(void *arg, FILE *tell)
{
	const struct copying *c = arg;
	struct store *store;
	enum status st = store_open(c->dir, &c->options, &store);
	int error;

	(void)tell;
	if (st != ST_OK)
		return st;
	error = mdb_env_copyfd2(store->env, c->fd, MDB_CP_COMPACT);
	if (!error && fsync(c->fd))
		error = errno;
	store_close(store);
	return error ? copy_failed(error) : ST_OK;
}

/* As far as the file has grown; free pages make it end before the last. */
static bool copy_tick(void *arg)
{
	const struct copying *c = arg;
	struct stat from, to;
	char path[PATH_ROOM];

	snprintf(path, sizeof(path), "%s/data.mdb", c->dir);
	if (!c->step || stat(path, &from) || fstat(c->fd, &to))
		return true;
	return c->step(c->arg, to.st_size < from.st_size ? to.st_size : from.st_size,
		       from.st_size);
}

static int64_t copy_seen(void *arg)
{
	const struct copying *c = arg;
	struct stat to;

	return fstat(c->fd, &to) ? 0 : to.st_size;
}

enum status store_copy(const struct copying *c)
{
	struct copying own = *c;
	struct child child = { .work = copy_here, .tick = copy_tick, .seen = copy_seen,
			       .arg = &own, .patience = COPY_PATIENCE };
	enum child_end end;
	enum status st = child_run(&child, &end);

	switch (end) {
	case CHILD_ENDED:
		return st;
	case CHILD_STOPPED:
		return fail(st, "stopped; nothing was kept");
	case CHILD_SILENT:
		return fail(ST_SYSTEM, "the copy does not come to an end; nothing was kept");
	case CHILD_CRASHED:
		return fail(st, "the store in %s is damaged: reading it crashes; restore the last "
			    "backup", c->dir);
	case CHILD_NO_MEMORY:
		break;
	}
	return fail(ST_SYSTEM, "not enough memory for the copy; close other programs and try "
		    "again");
}

enum status file_write(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return copy_failed(n < 0 ? errno : ENOSPC);
		at += n;
		len -= (size_t)n;
	}
	return ST_OK;
}

enum status fd_read(int fd, char *block, size_t *len)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t room = *len;
	ssize_t n;

	*len = 0;
	while (!must_end()) {
		if (poll(&p, 1, LOOK_MS) <= 0)
			continue;
		n = read(fd, block, room);
		if (n >= 0) {
			*len = (size_t)n;
			return ST_OK;
		}
		if (errno != EINTR && errno != EAGAIN)
			return fail(ST_SYSTEM, "cannot read the file: %s", strerror(errno));
	}
	return fail(ST_CANCELLED, "stopped; nothing was kept");
}

enum status fd_copy(int from, int to)
{
	char block[64 * 1024];
	enum status st = ST_OK;
	size_t n = 1;

	lseek(from, 0, SEEK_SET);
	while (st == ST_OK && n) {
		n = sizeof(block);
		st = fd_read(from, block, &n);
		if (st == ST_OK)
			st = file_write(to, block, n);
	}
	if (st == ST_OK && fsync(to) && errno != EINVAL && errno != EROFS)
		st = copy_failed(errno);
	return st;
}

enum status file_copy(const char *path, int to)
{
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum status st;

	if (from < 0)
		return fail(errno == ENOENT ? ST_NOT_FOUND : ST_SYSTEM, "cannot read %s: %s", path,
			    strerror(errno));
	st = fd_copy(from, to);
	close(from);
	return st;
}
