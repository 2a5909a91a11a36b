/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SHOP_PLACE_H
#define TESTS_SHOP_PLACE_H

/* A shop with a second folder beside it, for copies. */

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "shop/backup.h"
#include "tests/shop/people.h"

struct place {
	struct fixture f;
	char folder[96];
};

static inline int place_setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	void *f;

	fixture_setup(&f);
	memcpy(&p->f, f, sizeof(p->f));
	free(f);
	snprintf(p->folder, sizeof(p->folder), "%s-kept", p->f.dir);
	assert_int_equal(mkdir(p->folder, 0700), 0);
	*state = p;
	return 0;
}

static inline int place_teardown(void **state)
{
	struct place *p = *state;
	char command[256];

	shop_close(&p->f.shop);
	snprintf(command, sizeof(command), "rm -rf %s %s", p->f.dir, p->folder);
	free(p);
	return system(command);
}

static inline unsigned count_files(const char *folder)
{
	DIR *dir = opendir(folder);
	unsigned n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

/* Suresh, who bought twenty times. */
static inline void fill(struct place *p)
{
	struct customer c = with_phone("Suresh Patel", "98250 12345");

	add_customer(&p->f, &c);
	for (int i = 0; i < 20; i++)
		sell(&p->f, c.id, 1000, NULL);
}

static inline struct backup_ask to_file(struct place *p, const char *name, char path[200])
{
	snprintf(path, 200, "%s/%s", p->folder, name);
	return (struct backup_ask){ .to = path, .now = p->f.by.now };
}

#endif
