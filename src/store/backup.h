/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <signal.h>

#include "store/store.h"

/* A store's file being made: in a folder of its own, hidden beside its target,
 * where it can be opened and verified as a store before it is put in its place
 * whole. All of it is for the owner alone. Nothing is left behind, also when
 * the program is told to end: those signals wait from stage_begin() to
 * stage_end(), and child_run() stops for them. */
struct stage {
	char *folder, *dir, *file;	/* the target's folder; in it; DIR/data.mdb */
	int fd;				/* of the file */
	sigset_t before;
};

/* 'folder' is where the target will be; of a store that is replaced, its own.
 * ST_SYSTEM: it is not there, or cannot be written to. What a crash left there
 * more than a day ago is cleared away. */
MUST_CHECK enum status stage_begin(struct stage *s, const char *folder);
/* The file reaches the disk. ST_FULL, ST_SYSTEM. */
MUST_CHECK enum status stage_sync(struct stage *s);
/* Puts the file there under a name that is not taken: ST_EXISTS. */
MUST_CHECK enum status stage_keep(struct stage *s, const char *path);
/* Gives what the file holds to an open one, such as a pipe, once nothing is left
 * of the stage: whoever reads it may take their time, and go away. */
MUST_CHECK enum status stage_pour(struct stage *s, int to);
void stage_end(struct stage *s);	/* and clears away what was not kept */

/* Copies a store while others use it, as it is at one moment and without the
 * pages that are free, to an open file, and flushes that. It runs in a process
 * of its own: damage can crash whoever reads it. step() is called about ten
 * times a second; false: ST_CANCELLED. May be NULL. */
struct copying {
	const char *dir;
	struct store_options options;
	int fd;
	bool (*step)(void *arg, long long done, long long all);
	void *arg;
};
MUST_CHECK enum status store_copy(const struct copying *c);

/* Bytes of a file from its start, to an open one, flushed where that can be
 * asked for. ST_NOT_FOUND: there is no such file. Both can be stopped as fd_read(). */
MUST_CHECK enum status file_copy(const char *path, int to);
/* The same of an open one; of a pipe, from where it is. */
MUST_CHECK enum status fd_copy(int from, int to);
/* read(2) of what may be a pipe: *len is the room, then what was read; 0: the end.
 * A signal that ends the program and is blocked stops the waiting: ST_CANCELLED. */
MUST_CHECK enum status fd_read(int fd, char *block, size_t *len);
/* write(2) until all is written; ST_FULL, ST_SYSTEM, and errno for a sentence about
 * something else than a copy. */
MUST_CHECK enum status file_write(int fd, const void *bytes, size_t len);

#endif
