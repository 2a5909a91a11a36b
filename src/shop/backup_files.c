/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/backup_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

/* "patel-tea-house-1f0c22ab-2026-03-01-091400.mdb": the shop's name, the start
 * of the store's own number, day and time. Only what is called so, with this
 * store's number, is ever removed. */
enum { SLUG = 40, TAIL = sizeof("-1f0c22ab-2026-03-01-091400.mdb") - 1 };

static void slug(const char *name, char out[SLUG + 1])
{
	char latin[200];
	size_t n = 0;

	text_latin(name, TEXT_ASCII, latin, sizeof(latin));
	for (const char *p = latin; *p && n < SLUG; p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	if (!n)
		strcpy(out, "shop");
}

void backup_name(const struct shop *shop, const struct backup_notes *notes, int64_t now,
		 char out[BACKUP_NAME])
{
	struct civil c = clock_civil(now);
	char begin[SLUG + 1];

	slug(shop->settings.name, begin);
	snprintf(out, BACKUP_NAME, "%s-%s-%04d-%02d-%02d-%02d%02d%02d.mdb", begin,
		 notes->instance, c.year % 10000, c.month % 100, c.day % 100, c.hour % 100,
		 c.minute % 100, c.second % 100);
}

/* False: not a name of this store's backups. */
static bool read_name(const char *name, const char *instance, struct backup_file *out)
{
	int year, month, day, clock, end = 0;
	size_t len = strlen(name);
	const char *tail = name + len - TAIL;

	if (len <= TAIL || len >= sizeof(out->name) || *tail != '-' ||
	    memcmp(tail + 1, instance, 8) != 0 ||
	    sscanf(tail + 9, "-%4d-%2d-%2d-%6d.mdb%n", &year, &month, &day, &clock, &end) != 4 ||
	    (size_t)end != TAIL - 9 || clock < 0 || !date_exists(year, month, day))
		return false;
	snprintf(out->name, sizeof(out->name), "%s", name);
	out->minute = (int64_t)day_from_civil(year, month, day) * 1440 +
		      clock / 10000 % 24 * 60 + clock / 100 % 100 % 60;
	return true;
}

static int newest_first(const void *va, const void *vb)
{
	const struct backup_file *a = va, *b = vb;

	if (a->minute != b->minute)
		return a->minute < b->minute ? 1 : -1;
	return -strcmp(a->name, b->name);
}

enum status backup_list_of(const char *instance, const char *folder, struct backup_files *out)
{
	DIR *dir = opendir(folder);
	struct backup_file file = { .bytes = 0 };
	struct stat st;

	*out = (struct backup_files){ 0 };
	if (!dir)
		return fail(errno == ENOENT || errno == ENOTDIR ? ST_NOT_FOUND : ST_SYSTEM,
			    "cannot read the backup folder %s: %s", folder, strerror(errno));
	for (const struct dirent *e; (e = readdir(dir));) {
		if (!read_name(e->d_name, instance, &file) ||
		    fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) ||
		    !S_ISREG(st.st_mode))
			continue;
		file.bytes = st.st_size;
		out->row = mem_grow(out->row, out->n, &out->cap, sizeof(*out->row));
		out->row[out->n++] = file;
	}
	closedir(dir);
	if (out->n)
		qsort(out->row, out->n, sizeof(*out->row), newest_first);
	return ST_OK;
}

void backup_files_release(struct backup_files *f)
{
	free(f->row);
	*f = (struct backup_files){ 0 };
}
