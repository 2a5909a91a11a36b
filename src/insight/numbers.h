/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_NUMBERS_H
#define INSIGHT_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* Ascending; 'room' is for as many, and without meaning after it. In time with
 * n: for a hundred thousand a tenth of what comparing takes. */
void numbers_sort(int64_t *v, size_t n, int64_t *room);

/* The part/whole quantile of n > 0 sorted numbers, type 7 of Hyndman and Fan
 * (1996): at (n - 1) part / whole, between two neighbours in a straight line. */
double numbers_quantile(const int64_t *sorted, size_t n, unsigned part, unsigned whole);

#endif
