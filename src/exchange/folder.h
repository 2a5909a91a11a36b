/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_FOLDER_H
#define EXCHANGE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/status.h"

/* A folder into which somebody puts files, and which of them are whole. One is
 * when whoever wrote it has closed it; when it was renamed, or was there before
 * anybody looked, when nothing has changed in it for two seconds and nobody that
 * we may ask about has it open for writing.
 *
 * Asking leaves a lease for an instant, and somebody who opens the file in it
 * gets us a SIGIO: ignore that.
 *
 * Only plain files count that end in .csv, .tsv or .txt, and not what is hidden
 * or ends in .rejected.csv. 'now' is in milliseconds of a clock that only goes
 * forward. */
enum { FOLDER_SETTLE_MS = 2000, FOLDER_SCAN_MS = 60000 };

struct folder_file {
	char *name;
	struct stat as;			/* when it was last looked at */
	int64_t settled;		/* then it is whole, when nothing changes */
	enum { FILE_WAITING, FILE_CLOSED, FILE_GIVEN } state;
};

struct folder {
	const char *path;
	int events, watch;		/* -1: the folder is not there */
	bool scan;			/* events were lost: look at everything */
	int64_t scanned;
	struct folder_file *file;
	size_t n, cap;
};

/* ST_NOT_FOUND: there is no such folder. ST_SYSTEM. Release it in any case. */
MUST_CHECK enum status folder_open(struct folder *f, const char *path);
void folder_release(struct folder *f);

/* Takes in what happened since; all files are looked at the first time, when the
 * folder has come back, and once a minute where a file system tells nothing. */
void folder_look(struct folder *f, int64_t now);
bool folder_is_there(const struct folder *f);
/* A file that is whole, the oldest first, given once for each change: its name,
 * good until the next call. NULL: none now. */
const char *folder_next(struct folder *f, int64_t now);
/* Opens it for reading when it is a plain file at this moment: what is read from
 * *fd is the same file whatever is put in its place. ST_SYSTEM: it is none, or
 * cannot be read. The caller closes it. */
MUST_CHECK enum status folder_file_open(const struct folder *f, const char *name, int *fd);
/* It could not be read: gives it once more, after so many milliseconds. */
void folder_again(struct folder *f, const char *name, int64_t at);
/* For poll(): milliseconds until there may be something without an event. */
int folder_wait(const struct folder *f, int64_t now);
/* Are there files that are not whole yet? */
bool folder_is_waiting(const struct folder *f);

#endif
