/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup.h"

/* A copy of what can be read only once, in a file without a name. */
static enum status copy_to(int in, int out)
{
	static char block[1 << 16];

	for (;;) {
		ssize_t n = read(in, block, sizeof(block));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(ST_SYSTEM, "the input cannot be read: %s", strerror(errno));
		if (!n)
			return ST_OK;
		if (file_write(out, block, (size_t)n) != ST_OK)
			return fail(ST_SYSTEM, "the input cannot be kept while it is imported: %s; "
				    "set TMPDIR to a folder with room", strerror(errno));
	}
}

enum status spool_temporary(int *fd)
{
	const char *dir = getenv("TMPDIR");
	char path[SPOOL_PATH];

	snprintf(path, sizeof(path), "%s/regulars-XXXXXX", dir && *dir ? dir : "/tmp");
	*fd = mkostemp(path, O_CLOEXEC);
	if (*fd < 0)
		return fail(ST_SYSTEM, "no temporary file can be made in %s: %s; set TMPDIR to "
			    "another folder", dir && *dir ? dir : "/tmp", strerror(errno));
	unlink(path);
	return ST_OK;
}

enum status spool_open(const char *path, int *fd, char readable[SPOOL_PATH])
{
	bool standard = !strcmp(path, "-");
	struct stat file;
	int in;
	enum status st;

	*fd = -1;
	if ((size_t)snprintf(readable, SPOOL_PATH, "%s", path) >= SPOOL_PATH)
		return fail(ST_INVALID, "the path of the file is too long: %.80s...", path);
	if (!standard && (stat(path, &file) || S_ISREG(file.st_mode) || S_ISDIR(file.st_mode)))
		return ST_OK;
	in = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return fail(ST_SYSTEM, "%s cannot be read: %s", path, strerror(errno));
	st = spool_temporary(fd);
	if (st == ST_OK)
		st = copy_to(in, *fd);
	if (!standard)
		close(in);
	snprintf(readable, SPOOL_PATH, "/proc/self/fd/%d", *fd);
	return st;
}
