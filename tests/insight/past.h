/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_INSIGHT_PAST_H
#define TESTS_INSIGHT_PAST_H

/* What a scan would have found, without a shop; and chance that is the same
 * every time. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "insight/scan.h"

#include <cmocka.h>	/* last: it has a macro fail() */

struct past {
	struct scan scan;
	size_t cap, paid_cap;
};

/* By customer, then day; what was paid on one day is added up. */
static inline void past_visit(struct past *p, int64_t customer, int32_t day, int64_t paid)
{
	struct scan *s = &p->scan;
	uint64_t visit = (uint64_t)customer << 32 | (uint32_t)day;

	if (day > s->last_sale_day)
		s->last_sale_day = s->last_day = day;
	if (s->visit_count && s->visits[s->visit_count - 1] == visit) {
		s->paid[s->visit_count - 1] += paid;
		return;
	}
	assert_true(!s->visit_count || s->visits[s->visit_count - 1] < visit);
	s->visits = mem_grow(s->visits, s->visit_count, &p->cap, sizeof(*s->visits));
	s->paid = mem_grow(s->paid, s->visit_count, &p->paid_cap, sizeof(*s->paid));
	s->visits[s->visit_count] = visit;
	s->paid[s->visit_count++] = paid;
}

static inline void past_release(struct past *p)
{
	free(p->scan.visits);
	free(p->scan.paid);
	*p = (struct past){ .cap = 0 };
}

#define assert_close(a, b, within) numbers_are_close((a), (b), (within), __FILE__, __LINE__)
#define assert_near(a, b, relative) assert_close(a, b, fabs((double)(b)) * (relative))

static inline void numbers_are_close(double a, double b, double within, const char *file,
				     int line)
{
	if (fabs(a - b) <= within)
		return;
	print_error("%.17g is not %.17g within %g\n", a, b, within);
	_fail(file, line);
}

/* -- chance (splitmix64) -- */

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
