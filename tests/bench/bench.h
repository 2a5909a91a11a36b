/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* What the programs of `make bench` share: time, medians, a folder on the
 * disk, and the rows of the one table that tests/bench/run.sh prints. Figures
 * of different machines do not compare, ratios within one run do: whatever is
 * put side by side takes turns, and each round has a ratio of its own. */

/* Reads BENCH_QUICK, goes to a new folder beside the build (BENCH_DIR, else
 * where it was started), and leaves nothing of it behind at the end. */
void bench_start(void);
bool bench_quick(void);
/* 'full' of something, or 'quick' when BENCH_QUICK says so. */
int bench_times(int full, int quick);

/* Ends the program with the sentence of the failure. */
void bench_must(enum status st);
/* Ends the program, saying what went wrong. */
void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

double bench_seconds(void);
double bench_median(double *v, size_t n);		/* sorts; 0 for none */
double bench_percentile(double *v, size_t n, double p);	/* sorts; p of 0..1 */

void bench_remove(const char *path);	/* a file, or a folder with all in it */
/* Memory for processes to tell each other in, zeroed. */
void *bench_shared(size_t size);
/* Calls 'work' in another process and waits: what it holds open, its memory
 * and its time zone are its own. */
void bench_apart(void (*work)(void *arg), void *arg);
/* The same, and watches it: the most memory it had, in bytes. */
struct bench_memory {
	double own;			/* anonymous */
	double resident;		/* with pages of files */
};
void bench_apart_watched(void (*work)(void *arg), void *arg, struct bench_memory *out);

/* -- the disk under the folder -- */

/* Flushes and bytes written by anybody to the whole device since it started.
 * False: the system does not tell. */
struct disk {
	double flushes, bytes;
};
bool disk_counters(struct disk *out);
/* Median seconds of writing 4 KiB into a file and flushing it. */
double disk_flush_seconds(void);

/* -- the table -- */

enum bench_target {
	NO_TARGET,
	RATIO_AT_LEAST,
	OURS_AT_MOST
};

struct bench_row {
	const char *figure;
	double ours;
	const char *unit;		/* of ours and theirs: "/s", "us", "MB" */
	const char *yardstick;		/* NULL: nothing beside it */
	double theirs;
	double ratio;			/* how many times as good as the yardstick; 0: left out */
	enum bench_target kind;
	double target;
};
void bench_row(const struct bench_row *r);
/* A line under the table: how it was measured, or why a row is missing. */
void bench_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
