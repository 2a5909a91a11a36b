/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_YARD_H
#define TESTS_FAULTS_YARD_H

/* Backups are made while tills sell, shops are restored, dumped and loaded, and
 * whoever does it is killed at any instant. What the tests of that share: a shop,
 * a stick for its backups, and another folder to restore them in. */

#include "tests/faults/till.h"

#include <dirent.h>
#include <time.h>

#include "shop/dump.h"
#include "shop/restore.h"

enum { SEED = 20260301, BACKING = 0, BESIDE = 1, OLD = 30, NEW = 60 };

struct yard {
	char base[64], shop[80], stick[80], file[96], other[80];
	uint8_t *image;
	size_t len;
	int to;
	long first;			/* sale of the one who makes backups */
	bool tells_first;		/* the control */
	uint64_t seed;
	int64_t longest_us;
	struct expected want;
	long kills, restored, replaced, losses;
	long waited;			/* kills that waited for a backup to be acknowledged */
	long expected;			/* sales in 'file' */
};

static inline void tell(const struct yard *y, char what)
{
	if (write(y->to, &what, 1) != 1)
		_exit(0);
}

static inline int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static inline pid_t start(struct yard *y, child_work *work, int *from)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		die("cannot make a pipe");
	y->to = ends[1];
	child = child_start(work, y);
	*from = ends[0];
	close(ends[1]);
	return child;
}

static inline void wait_at_random(struct yard *y, int64_t longest_us)
{
	int64_t us = (int64_t)(next_random(&y->seed) % (uint64_t)longest_us);
	struct timespec wait = { us / 1000000, us % 1000000 * 1000 };

	nanosleep(&wait, NULL);
}

static inline void yard_open(struct yard *y)
{
	memset(y, 0, sizeof(*y));
	y->seed = SEED;
	scratch_make(y->base);
	snprintf(y->shop, sizeof(y->shop), "%s/shop", y->base);
	snprintf(y->stick, sizeof(y->stick), "%s/stick", y->base);
	snprintf(y->other, sizeof(y->other), "%s/other", y->base);
	mkdir(y->stick, 0700);
	till_make(y->shop);
}

static inline void yard_close(struct yard *y)
{
	scratch_remove(y->base);
	free(y->image);
}

/* -- restoring -- */

static inline bool yes(void *arg, const struct restore_found *found)
{
	(void)arg;
	(void)found;
	return true;
}

static inline enum status restore_file(const char *dir, const char *file, const struct actor *by)
{
	struct restore_found *found = mem_alloc(sizeof(*found));
	struct restore_ask ask = { .dir = dir, .file = file, .by = by, .agree = yes };
	enum status st = restore(&ask, NULL, found);

	free(found);
	return st;
}

/* Verifies a shop; gives how many sales of the one who makes backups it has. */
static inline long count_sales(const char *dir)
{
	struct expected want = { .running = { true, true } };
	long sales[TILL_WRITERS];
	struct till t;

	till_open(&t, dir);
	till_check(&t, &want, sales);
	till_close(&t);
	return sales[BACKING];
}

/* The file is a sound shop with just so many sales. */
static inline int restores(void *arg)
{
	struct yard *y = arg;
	struct till t;
	long sales;

	if (y->tells_first)
		hush();
	till_start(&t);
	NEED(restore_file(y->other, y->file, &t.by));
	sales = count_sales(y->other);
	if (sales != y->expected)
		die("%s has %ld sales, and should have %ld", y->file, sales, y->expected);
	return 0;
}

static inline void restore_elsewhere(struct yard *y)
{
	y->losses += child_run(restores, y) != 0;
	y->restored++;
	scratch_remove(y->other);
}

static inline long hear_all(int from, char what)
{
	char told[4096];
	ssize_t n;
	long heard = 0;

	while ((n = read(from, told, sizeof(told))) > 0)
		for (ssize_t i = 0; i < n; i++)
			heard += told[i] == what || !what;
	close(from);
	return heard;
}

#endif
