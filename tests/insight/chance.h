/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_CHANCE_H
#define TESTS_INSIGHT_CHANCE_H

#include <math.h>
#include <stdint.h>

/* Chance that is the same every time: a seed goes in and on (splitmix64). */

static inline double chance(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((double)((z ^ z >> 31) >> 11) + .5) / (double)(UINT64_C(1) << 53);
}

static inline double chance_exponential(uint64_t *seed)
{
	return -log(chance(seed));
}

static inline double chance_normal(uint64_t *seed)
{
	double radius = sqrt(-2 * log(chance(seed)));

	return radius * cos(2 * acos(-1) * chance(seed));
}

/* Marsaglia and Tsang (2000); below one by the power of a uniform number. */
static inline double chance_gamma(uint64_t *seed, double shape)
{
	double lift = shape < 1 ? pow(chance(seed), 1 / shape) : 1;
	double d = (shape < 1 ? shape + 1 : shape) - 1. / 3, c = 1 / sqrt(9 * d);

	for (;;) {
		double x = chance_normal(seed), v = 1 + c * x;

		v *= v * v;
		if (v > 0 && log(chance(seed)) < x * x / 2 + d - d * v + d * log(v))
			return lift * d * v;
	}
}

static inline double chance_beta(uint64_t *seed, double a, double b)
{
	double x = chance_gamma(seed, a);

	return x / (x + chance_gamma(seed, b));
}

#endif
