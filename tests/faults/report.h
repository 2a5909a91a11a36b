/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FAULTS_REPORT_H
#define TESTS_FAULTS_REPORT_H

/* What was tried, how often, and what went wrong: a line for each in the file
 * that FAULTS_REPORT names, of which tests/faults/report.sh makes RELIABILITY.md.
 * Without that variable only TAP's reader is told. */

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SEED = 0 };	/* everything there is was tried */

/* 'promise' is one of those in report.sh; or "control", whose 'losses' are what
 * the test saw of what is wrong there on purpose, and must not be 0. */
static inline void report(const char *promise, const char *what, long count, long losses,
			  uint64_t seed)
{
	const char *path = getenv("FAULTS_REPORT");
	FILE *to = path && *path ? fopen(path, "a") : NULL;

	printf("# %s: %s: %ld, losses %ld, seed %" PRIu64 "\n", promise, what, count, losses,
	       seed);
	if (!to)
		return;
	fprintf(to, "%s\t%s\t%ld\t%ld\t%" PRIu64 "\n", promise, what, count, losses, seed);
	fclose(to);
}

/* The long forms are for `make check-faults`; FAULTS_SHARE is the percentage of
 * them that there is time for. */
static inline long short_or_long(long short_form, long long_form)
{
	const char *faults = getenv("FAULTS"), *share = getenv("FAULTS_SHARE");
	long part = share && *share ? atol(share) : 100;

	if (!faults || strcmp(faults, "long") != 0)
		return short_form;
	return part * long_form / 100 > short_form ? part * long_form / 100 : short_form;
}

#endif
