/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/upkeep.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

/* Three numbers in one line, as sscanf() reads them back. */
#define LINE "swept %" PRId64 " verified %" PRId64 " faults %" PRId64 "\n"
#define LINE_READ "swept %" SCNd64 " verified %" SCNd64 " faults %" SCNd64

static char *path_in(const char *dir, const char *name)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/%s", dir, name);
	return path.at;
}

void upkeep_read(const char *dir, struct upkeep *out)
{
	char *path = path_in(dir, "upkeep");
	FILE *file = fopen(path, "re");

	*out = (struct upkeep){ 0 };
	if (file && fscanf(file, LINE_READ, &out->swept, &out->verified, &out->faults) != 3)
		*out = (struct upkeep){ 0 };
	if (file)
		fclose(file);
	free(path);
}

/* As closed as the folder is. */
static mode_t mode_for(const char *dir)
{
	struct stat folder;

	return !stat(dir, &folder) && folder.st_mode & S_ISGID ? 0660 : 0600;
}

/* Under another name first: it is there whole or not at all. */
static void upkeep_write(const char *dir, const struct upkeep *u)
{
	char *path = path_in(dir, "upkeep"), *new = path_in(dir, ".upkeep-XXXXXX");
	int fd = mkostemp(new, O_CLOEXEC);

	if (fd >= 0) {
		bool good = !fchmod(fd, mode_for(dir)) &&
			    dprintf(fd, LINE, u->swept, u->verified, u->faults) > 0;

		close(fd);
		if (!good || rename(new, path))
			unlink(new);
	}
	free(path);
	free(new);
}

void upkeep_swept(const char *dir, int64_t now)
{
	struct upkeep u;

	upkeep_read(dir, &u);
	u.swept = now;
	upkeep_write(dir, &u);
}

void upkeep_verified(const char *dir, int64_t now, int64_t faults)
{
	struct upkeep u;

	upkeep_read(dir, &u);
	u.verified = now;
	u.faults = faults;
	upkeep_write(dir, &u);
}
