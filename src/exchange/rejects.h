/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EXCHANGE_REJECTS_H
#define EXCHANGE_REJECTS_H

#include "base/buf.h"
#include "exchange/csv.h"

/* The lines that an import did not take, as CSV: line, reason, then the
 * columns of the file, so that it can be corrected and imported in its turn.
 * What is rejected in a batch is written once the batch is kept. */
struct rejects {
	const char *path;	/* NULL: standard error */
	bool named;		/* somebody asked for this path: it may be a link or a device */
	bool off;		/* nobody wants them */
	int fd;
	struct buf header, text;
};

void rejects_start(struct rejects *r, const char *path, const struct csv_row *header);
/* Opens the file at the first one: what cannot be told may not be passed over.
 * Unless somebody named it, a new file takes the place of whatever was there, and
 * no link is followed. ST_SYSTEM: it cannot be written. */
MUST_CHECK enum status rejects_open(struct rejects *r);
/* 'fields' are n texts behind each other, each ended by NUL. */
void rejects_add(struct rejects *r, long line, const char *reason, const char *fields, size_t n);
/* For a file that was refused as a whole. */
void rejects_add_whole(struct rejects *r, const char *reason);
MUST_CHECK enum status rejects_write(struct rejects *r);
void rejects_undo(struct rejects *r);
/* ST_SYSTEM: not all of it reached the disk. */
MUST_CHECK enum status rejects_end(struct rejects *r);

#endif
