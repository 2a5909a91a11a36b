/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/numbers.h"

#include <stdbool.h>
#include <string.h>

/* Eleven bits at a time, lowest first. */
enum { DIGIT = 11, DIGIT_VALUES = 1 << DIGIT, DIGITS = (64 + DIGIT - 1) / DIGIT };

/* As unsigned numbers that sort like the signed ones. */
static unsigned digit_of(int64_t v, unsigned shift)
{
	return ((uint64_t)v ^ UINT64_C(1) << 63) >> shift & (DIGIT_VALUES - 1);
}

static void sort_digit(const int64_t *from, size_t n, unsigned shift, int64_t *to)
{
	size_t place[DIGIT_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		place[digit_of(from[i], shift)]++;
	for (unsigned d = 0; d < DIGIT_VALUES; d++) {
		size_t count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[place[digit_of(from[i], shift)]++] = from[i];
}

void numbers_sort(int64_t *v, size_t n, int64_t *room)
{
	int64_t *from = v, *to = room, *swap;
	uint64_t differ = 0;

	for (size_t i = 1; i < n; i++)
		differ |= (uint64_t)v[i] ^ (uint64_t)v[0];
	for (unsigned shift = 0; shift < DIGITS * DIGIT; shift += DIGIT) {
		if (!(differ >> shift & (DIGIT_VALUES - 1)))
			continue;
		sort_digit(from, n, shift, to);
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

double numbers_quantile(const int64_t *sorted, size_t n, unsigned part, unsigned whole)
{
	size_t at = (n - 1) * part / whole, rest = (n - 1) * part % whole;
	double low = (double)sorted[at];

	if (!rest || sorted[at] == sorted[at + 1])
		return low;
	return low + ((double)sorted[at + 1] - low) * (double)rest / (double)whole;
}
