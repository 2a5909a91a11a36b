/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_TREE_H
#define TESTS_FAULTS_TREE_H

#include <fcntl.h>
#include <fts.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"

/* A folder with all that is in it, in memory: to see whether it is another one now,
 * and to put it back. Ends the test where it cannot be read or written. */

struct leaf {
	char *name;		/* below the folder */
	mode_t mode;
	struct timespec changed;
	char *bytes;		/* of a file */
	size_t len;
};

struct tree {
	const char *path;
	struct leaf *leaf;	/* in the order of their names, folders before what they hold */
	size_t n, cap;
};

static inline void tree_fails(const char *path)
{
	printf("Bail out! %s\n", path);
	exit(2);
}

/* What stands in them says nothing once nobody has them. */
static inline bool leaf_is_lock(const struct leaf *f)
{
	const char *slash = strrchr(f->name, '/'), *name = slash ? slash + 1 : f->name;

	return !strcmp(name, "lock.mdb") || !strcmp(name, "open.lock") ||
	       !strcmp(name, "use.lock");
}

static inline char *read_bytes(const char *path, size_t len)
{
	char *bytes = mem_alloc(len + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t done = 0;

	for (ssize_t n = 1; fd >= 0 && done < len && n > 0; done += (size_t)n)
		n = read(fd, bytes + done, len - done);
	if (fd < 0 || done != len)
		tree_fails(path);
	close(fd);
	return bytes;
}

static inline int tree_by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static inline void tree_add(struct tree *t, const FTSENT *e)
{
	const struct stat *st = e->fts_statp;
	struct leaf *leaf;

	t->leaf = mem_grow(t->leaf, t->n, &t->cap, sizeof(*t->leaf));
	leaf = &t->leaf[t->n++];
	*leaf = (struct leaf){ .name = mem_text(e->fts_path + strlen(t->path) + 1),
			       .mode = st->st_mode, .changed = st->st_mtim };
	if (!S_ISREG(st->st_mode))
		return;
	leaf->len = (size_t)st->st_size;
	leaf->bytes = read_bytes(e->fts_path, leaf->len);
}

/* 'path' is set, and stays the caller's. */
static inline void tree_read(struct tree *t)
{
	char *const paths[] = { (char *)(uintptr_t)t->path, NULL };
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, tree_by_name);

	if (!walk)
		tree_fails(t->path);
	for (const FTSENT *e; (e = fts_read(walk));) {
		if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS)
			tree_fails(e->fts_path);
		if (e->fts_level > 0 && e->fts_info != FTS_DP)
			tree_add(t, e);
	}
	fts_close(walk);
}

static inline void tree_release(struct tree *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->leaf[i].name);
		free(t->leaf[i].bytes);
	}
	free(t->leaf);
	*t = (struct tree){ .path = t->path };
}

static inline bool leaf_is_same(const struct leaf *a, const struct leaf *b)
{
	return !strcmp(a->name, b->name) && a->mode == b->mode && a->len == b->len &&
	       (!a->len || !memcmp(a->bytes, b->bytes, a->len));
}

/* The next one that is no lock. */
static inline const struct leaf *tree_next(const struct tree *t, size_t *at)
{
	while (*at < t->n && leaf_is_lock(&t->leaf[*at]))
		++*at;
	return *at < t->n ? &t->leaf[(*at)++] : NULL;
}

static inline bool tree_is_same(const struct tree *a, const struct tree *b)
{
	const struct leaf *x, *y;
	size_t i = 0, j = 0;

	do {
		x = tree_next(a, &i);
		y = tree_next(b, &j);
		if (!x || !y)
			return x == y;
	} while (leaf_is_same(x, y));
	return false;
}

static inline void tree_digest(const struct tree *t, uint8_t out[DIGEST_SIZE])
{
	struct buf all = { 0 };
	const struct leaf *f;

	for (size_t i = 0; (f = tree_next(t, &i));) {
		buf_add(&all, f->name, strlen(f->name) + 1);
		buf_add(&all, &f->mode, sizeof(f->mode));
		buf_add(&all, &f->len, sizeof(f->len));
		buf_add(&all, f->len ? f->bytes : "", f->len);
	}
	digest_numbered(0, all.len ? all.at : "", all.len, out);
	buf_release(&all);
}

/* -- putting it back -- */

static inline bool tree_has(const struct tree *t, const char *name, mode_t mode)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->leaf[i].name, name))
			return t->leaf[i].mode == mode;
	return false;
}

/* Of what holds something the last comes first. */
static inline void tree_clear(const struct tree *t)
{
	struct tree now = { .path = t->path };
	char path[4096];

	tree_read(&now);
	for (size_t i = now.n; i-- > 0;) {
		snprintf(path, sizeof(path), "%s/%s", t->path, now.leaf[i].name);
		if (!tree_has(t, now.leaf[i].name, now.leaf[i].mode) && remove(path))
			tree_fails(path);
	}
	tree_release(&now);
}

static inline void leaf_write(const struct leaf *f, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, f->bytes, f->len) != (ssize_t)f->len || fchmod(fd, f->mode))
		tree_fails(path);
	close(fd);
}

/* A file that is as it was keeps its inode and its times. */
static inline void leaf_put_back(const struct leaf *f, const char *path)
{
	const struct timespec times[] = { f->changed, f->changed };
	struct stat now;
	char *bytes;
	bool same = false;

	if (S_ISDIR(f->mode)) {
		if (mkdir(path, 0700) == 0 && chmod(path, f->mode))
			tree_fails(path);
		return;
	}
	if (!stat(path, &now) && (size_t)now.st_size == f->len) {
		bytes = read_bytes(path, f->len);
		same = !memcmp(bytes, f->bytes, f->len);
		free(bytes);
	}
	if (same)
		return;
	leaf_write(f, path);
	utimensat(AT_FDCWD, path, times, 0);
}

static inline void tree_put_back(const struct tree *t)
{
	char path[4096];

	tree_clear(t);
	for (size_t i = 0; i < t->n; i++) {
		snprintf(path, sizeof(path), "%s/%s", t->path, t->leaf[i].name);
		leaf_put_back(&t->leaf[i], path);
	}
}

#endif
