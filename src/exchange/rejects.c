/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv_write.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/backup.h"

/* Standard error may be a terminal, which no file may drive. */
static void add_field(const struct rejects *r, struct buf *to, const char *field)
{
	size_t room = strlen(field) * 3 + 1;
	char *safe;

	if (r->path) {
		csv_add_field(to, field, CSV_FOR_SHEETS);
		return;
	}
	safe = mem_alloc(room);
	text_printable(field, safe, room);
	csv_add_field(to, safe, CSV_FOR_SHEETS);
	free(safe);
}

void rejects_start(struct rejects *r, const char *path, const struct csv_row *header)
{
	*r = (struct rejects){ .path = path, .fd = -1 };
	csv_add_field(&r->header, "line", CSV_FOR_SHEETS);
	csv_add_field(&r->header, "reason", CSV_FOR_SHEETS);
	for (size_t i = 0; i < header->n; i++)
		add_field(r, &r->header, header->field[i]);
	csv_end_row(&r->header);
}

static const char *shown_path(const struct rejects *r)
{
	return r->path ? r->path : "standard error";
}

static enum status cannot_write(const struct rejects *r)
{
	return fail(ST_SYSTEM, "the rejected lines cannot be written to %s: %s; name another "
		    "file with --rejected", shown_path(r), strerror(errno));
}

static enum status write_all(const struct rejects *r, const struct buf *b)
{
	return file_write(r->fd, b->at, b->len) == ST_OK ? ST_OK : cannot_write(r);
}

/* Whoever may put files beside it may put a link in its place at any moment: a
 * rename goes over that, and nothing is written where it leads. */
static int make_anew(const char *path)
{
	struct buf made = { 0 };
	int fd, error = 0;

	buf_printf(&made, "%s.XXXXXX", path);
	fd = mkostemp(made.at, O_CLOEXEC);
	if (fd >= 0 && rename(made.at, path)) {
		error = errno;
		unlink(made.at);
		close(fd);
		fd = -1;
	}
	buf_release(&made);
	errno = error ? error : errno;
	return fd;
}

static int open_target(const struct rejects *r)
{
	if (!r->path)
		return fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	if (r->named)
		return open(r->path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0600);
	return make_anew(r->path);
}

enum status rejects_open(struct rejects *r)
{
	if (r->fd >= 0 || r->off)
		return ST_OK;
	r->fd = open_target(r);
	return r->fd < 0 ? cannot_write(r) : ST_OK;
}

void rejects_add(struct rejects *r, long line, const char *reason, const char *fields, size_t n)
{
	char number[24];

	if (r->off)
		return;
	snprintf(number, sizeof(number), "%ld", line);
	csv_add_field(&r->text, number, CSV_FOR_SHEETS);
	csv_add_field(&r->text, reason, CSV_FOR_SHEETS);
	for (; n-- > 0; fields += strlen(fields) + 1)
		add_field(r, &r->text, fields);
	csv_end_row(&r->text);
}

void rejects_add_whole(struct rejects *r, const char *reason)
{
	csv_add_field(&r->text, "", CSV_FOR_SHEETS);
	csv_add_field(&r->text, reason, CSV_FOR_SHEETS);
	csv_end_row(&r->text);
}

enum status rejects_write(struct rejects *r)
{
	enum status st = ST_OK;

	if (!r->text.len)
		return ST_OK;
	st = write_all(r, &r->header);
	buf_clear(&r->header);
	if (st == ST_OK)
		st = write_all(r, &r->text);
	buf_clear(&r->text);
	return st;
}

void rejects_undo(struct rejects *r)
{
	buf_clear(&r->text);
}

enum status rejects_end(struct rejects *r)
{
	enum status st = r->fd >= 0 && close(r->fd) && errno != EINTR ? cannot_write(r) : ST_OK;

	buf_release(&r->header);
	buf_release(&r->text);
	r->fd = -1;
	return st;
}
