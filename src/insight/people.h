/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_PEOPLE_H
#define INSIGHT_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of customers, one bit for each id up to the highest in it: a million
 * take 125 KB. { 0 } is empty; the owner releases it. Ids are 1 .. 2^32 - 1. */
struct people_set {
	uint64_t *bits;
	size_t words;
	size_t n;		/* how many are in it */
};

/* Who is in it already is not added twice. */
void people_add(struct people_set *set, int64_t id);
bool people_has(const struct people_set *set, int64_t id);
/* The next id above 'after', lowest first; 0 after the last. */
int64_t people_next(const struct people_set *set, int64_t after);
void people_release(struct people_set *set);

#endif
