/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_FISHER_H
#define INSIGHT_FISHER_H

#include <stddef.h>
#include <stdint.h>

/* Could this many have met by chance? Of 'all' baskets 'a' have one thing and
 * 'b' another. */
struct meeting {
	int64_t all, a, b, both;	/* 0 <= both <= a, b <= all; a + b - both <= all */
};

/* Fisher's exact test, one-sided: how probable it is that at least 'both' have
 * the two when each is spread by chance alone (hypergeometric). Worked out in
 * logarithms; relative error below 1e-7 with ten million baskets. 0 where a
 * double has no smaller number. */
double fisher_chance(const struct meeting *m);

/* Benjamini and Hochberg (1995): the largest p of those that may be called
 * more than chance, when of all that are called so no more than the part
 * 'false_share' is to be chance on average. 'tests' is how many were made; the
 * 'n' p-values that are here may be only the smaller ones of them. -1: none may.
 * Sorts 'p'. */
double fisher_threshold(double *p, size_t n, double tests, double false_share);

#endif
