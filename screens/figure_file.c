/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "screens/figure.h"
#include "store/backup.h"

/* A table for spreadsheets. */

enum { TRIES = 1000 };

static const char mark[] = "\xEF\xBB\xBF";	/* without it spreadsheets guess the encoding */

/* "retention-2026-11-21.csv", or with "-2" and so on where there is one. */
static int open_new(const char *name, const char *day, struct buf *path)
{
	int fd = -1;

	for (int i = 1; i < TRIES; i++) {
		buf_clear(path);
		buf_printf(path, i > 1 ? "%s-%s-%d.csv" : "%s-%s.csv", name, day, i);
		fd = open(path->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return fd;
}

static bool write_all(int fd, const struct buf *csv)
{
	bool good = file_write(fd, mark, strlen(mark)) == ST_OK &&
		    (!csv->len || file_write(fd, csv->at, csv->len) == ST_OK) && !fsync(fd);

	return !close(fd) && good;
}

void figure_write_csv(struct ui *ui, const char *name, const struct buf *csv)
{
	struct buf path = { 0 };
	char day[DAY_TEXT], *whole;
	int fd;

	day_print(ui_today(ui), day);
	fd = open_new(name, day, &path);
	if (fd < 0 || !write_all(fd, csv)) {
		fail(ST_SYSTEM, "%s cannot be written: %s", path.at, strerror(errno));
		if (fd >= 0)
			unlink(path.at);
		ui_fail(ui);
	} else {
		whole = realpath(path.at, NULL);
		ui_say(ui, TONE_GOOD, _("Written: %s"), whole ? whole : path.at);
		free(whole);
	}
	buf_release(&path);
}
