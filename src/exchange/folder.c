/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { RETURN_MS = 1000, EVENTS_SIZE = 16384 };

/* -- which files -- */

static bool ends_in(const char *name, const char *end)
{
	size_t len = strlen(name), n = strlen(end);

	return len > n && !strcasecmp(name + len - n, end);
}

static bool is_ours(const char *name)
{
	return name[0] != '.' && !ends_in(name, ".rejected.csv") &&
	       (ends_in(name, ".csv") || ends_in(name, ".tsv") || ends_in(name, ".txt"));
}

/* The number of the file itself, or -1. Whoever may put files there may put a link
 * or a pipe in its place at any moment. */
static int open_plain(const struct folder *f, const char *name)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/%s", f->path, name);
	fd = open(path.at, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	buf_release(&path);
	return fd;
}

enum status folder_file_open(const struct folder *f, const char *name, int *fd)
{
	struct stat as;

	*fd = open_plain(f, name);
	if (*fd < 0)
		return fail(ST_SYSTEM, "it cannot be read: %s", strerror(errno));
	if (!fstat(*fd, &as) && S_ISREG(as.st_mode))
		return ST_OK;
	close(*fd);
	*fd = -1;
	return fail(ST_SYSTEM, "it is not a plain file");
}

static bool look_at(const struct folder *f, const char *name, struct stat *as)
{
	struct buf path = { 0 };
	int error;

	buf_printf(&path, "%s/%s", f->path, name);
	error = lstat(path.at, as);
	buf_release(&path);
	return !error && S_ISREG(as->st_mode);
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(a->st_mtim, b->st_mtim);
}

/* How long nothing has happened to it, as far as can be told: 0 .. 2000. */
static int64_t rested(const struct stat *as)
{
	struct timespec now;
	int64_t age;

	clock_gettime(CLOCK_REALTIME, &now);
	age = (now.tv_sec - as->st_ctim.tv_sec) * INT64_C(1000) +
	      (now.tv_nsec - as->st_ctim.tv_nsec) / 1000000;
	if (age < 0)
		return 0;
	return age < FOLDER_SETTLE_MS ? age : FOLDER_SETTLE_MS;
}

/* A lease for reading is not given while somebody writes; nor for the files of
 * others, of which nothing can be said. */
static bool is_being_written(const struct folder *f, const char *name)
{
	int fd = open_plain(f, name);
	bool busy = false;

	if (fd < 0)
		return false;
	if (fcntl(fd, F_SETLEASE, F_RDLCK))
		busy = errno == EAGAIN;
	else
		fcntl(fd, F_SETLEASE, F_UNLCK);
	close(fd);
	return busy;
}

/* -- what is known of them -- */

static struct folder_file *find(struct folder *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->file[i].name, name))
			return &f->file[i];
	return NULL;
}

static void forget(struct folder *f, size_t i)
{
	free(f->file[i].name);
	f->file[i] = f->file[--f->n];
}

static struct folder_file *add(struct folder *f, const char *name)
{
	f->file = mem_grow(f->file, f->n, &f->cap, sizeof(*f->file));
	f->file[f->n] = (struct folder_file){ .name = mem_text(name) };
	return &f->file[f->n++];
}

/* Something may have happened to it. */
static void note(struct folder *f, const char *name, bool closed, int64_t now)
{
	struct folder_file *file;
	struct stat as;

	if (!is_ours(name) || !look_at(f, name, &as))
		return;
	file = find(f, name);
	if (file && is_same(&file->as, &as) && (file->state == FILE_GIVEN || !closed))
		return;
	if (!file)
		file = add(f, name);
	file->as = as;
	file->state = closed ? FILE_CLOSED : FILE_WAITING;
	file->settled = now + FOLDER_SETTLE_MS - (closed ? 0 : rested(&as));
}

/* Who is gone is forgotten, so that the list does not grow for years. */
static void forget_gone(struct folder *f)
{
	struct stat as;

	for (size_t i = f->n; i-- > 0;)
		if (!look_at(f, f->file[i].name, &as))
			forget(f, i);
}

static void scan(struct folder *f, int64_t now)
{
	DIR *dir = opendir(f->path);

	if (!dir)
		return;
	forget_gone(f);
	for (const struct dirent *e; (e = readdir(dir));)
		note(f, e->d_name, false, now);
	closedir(dir);
	f->scan = false;
	f->scanned = now;
}

/* -- events -- */

static void lose(struct folder *f)
{
	if (f->watch >= 0)
		inotify_rm_watch(f->events, f->watch);
	f->watch = -1;
}

static void take_event(struct folder *f, const struct inotify_event *e, int64_t now)
{
	if (e->mask & IN_Q_OVERFLOW)
		f->scan = true;
	else if (e->wd != f->watch)
		return;			/* of a folder that was there before */
	else if (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED))
		lose(f);
	else if (e->len)
		note(f, e->name, e->mask & IN_CLOSE_WRITE, now);
}

static void take_events(struct folder *f, int64_t now)
{
	_Alignas(struct inotify_event) char room[EVENTS_SIZE];
	ssize_t n;

	while ((n = read(f->events, room, sizeof(room))) > 0)
		for (char *at = room; at < room + n;) {
			const struct inotify_event *e = (const void *)at;

			take_event(f, e, now);
			at += sizeof(*e) + e->len;
		}
}

static void watch(struct folder *f)
{
	f->watch = inotify_add_watch(f->events, f->path, IN_CLOSE_WRITE | IN_MOVED_TO |
				     IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
	f->scan = f->watch >= 0;
}

enum status folder_open(struct folder *f, const char *path)
{
	*f = (struct folder){ .path = path, .watch = -1 };
	f->events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (f->events < 0)
		return fail(ST_SYSTEM, "folders cannot be watched here: %s", strerror(errno));
	watch(f);
	if (f->watch >= 0)
		return ST_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return fail(ST_NOT_FOUND, "there is no folder %s", path);
	return fail(ST_SYSTEM, "%s cannot be watched: %s", path, strerror(errno));
}

void folder_release(struct folder *f)
{
	while (f->n)
		forget(f, f->n - 1);
	free(f->file);
	if (f->events >= 0)
		close(f->events);
	*f = (struct folder){ .events = -1, .watch = -1 };
}

/* -- asking -- */

void folder_look(struct folder *f, int64_t now)
{
	take_events(f, now);
	if (f->watch < 0)
		watch(f);
	if (f->watch >= 0 && (f->scan || now - f->scanned >= FOLDER_SCAN_MS))
		scan(f, now);
}

bool folder_is_there(const struct folder *f)
{
	return f->watch >= 0;
}

static bool is_whole(const struct folder *f, struct folder_file *file, int64_t now)
{
	struct stat as;

	if (file->state == FILE_CLOSED)
		return true;
	if (file->state == FILE_GIVEN || now < file->settled)
		return false;
	if (!look_at(f, file->name, &as))
		return true;		/* gone, and forgotten next */
	if (is_same(&as, &file->as) && !is_being_written(f, file->name))
		return true;
	file->as = as;
	file->settled = now + FOLDER_SETTLE_MS;
	return false;
}

/* Sales were written before their refunds. */
static bool is_before(const struct folder_file *a, const struct folder_file *b)
{
	if (a->as.st_mtim.tv_sec != b->as.st_mtim.tv_sec)
		return a->as.st_mtim.tv_sec < b->as.st_mtim.tv_sec;
	if (a->as.st_mtim.tv_nsec != b->as.st_mtim.tv_nsec)
		return a->as.st_mtim.tv_nsec < b->as.st_mtim.tv_nsec;
	return strcmp(a->name, b->name) < 0;
}

static struct folder_file *oldest(struct folder *f, int64_t now)
{
	struct folder_file *first = NULL;

	for (size_t i = 0; i < f->n; i++)
		if (is_whole(f, &f->file[i], now) && (!first || is_before(&f->file[i], first)))
			first = &f->file[i];
	return first;
}

const char *folder_next(struct folder *f, int64_t now)
{
	struct folder_file *file;
	struct stat as;

	while ((file = oldest(f, now))) {
		file->state = FILE_GIVEN;
		if (look_at(f, file->name, &as)) {
			file->as = as;
			return file->name;
		}
		forget(f, (size_t)(file - f->file));
	}
	return NULL;
}

void folder_again(struct folder *f, const char *name, int64_t at)
{
	struct folder_file *file = find(f, name);

	if (!file)
		return;
	file->state = FILE_WAITING;
	file->settled = at;
}

int folder_wait(const struct folder *f, int64_t now)
{
	int64_t until = f->scanned + FOLDER_SCAN_MS;

	if (f->watch < 0)
		return RETURN_MS;
	for (size_t i = 0; i < f->n; i++) {
		const struct folder_file *file = &f->file[i];

		if (file->state == FILE_CLOSED)
			return 0;
		if (file->state == FILE_WAITING && file->settled < until)
			until = file->settled;
	}
	return until > now ? (int)(until - now) : 0;
}

bool folder_is_waiting(const struct folder *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->file[i].state != FILE_GIVEN)
			return true;
	return false;
}
