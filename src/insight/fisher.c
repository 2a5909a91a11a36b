/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/fisher.h"

#include <math.h>
#include <stdlib.h>

static double log_choose(int64_t n, int64_t k)
{
	return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1);
}

static double chance_of_just(const struct meeting *m, int64_t both)
{
	return exp(log_choose(m->a, both) + log_choose(m->all - m->a, m->b - both) -
		   log_choose(m->all, m->b));
}

/* What follows is smaller, term by term: the sum ends where it changes nothing. */
static double from_upwards(const struct meeting *m)
{
	int64_t most = m->a < m->b ? m->a : m->b;
	double term = chance_of_just(m, m->both), sum = term;

	for (int64_t k = m->both; k < most && term > sum * 1e-17; k++) {
		term *= (double)(m->a - k) * (double)(m->b - k) /
			((double)(k + 1) * (double)(m->all - m->a - m->b + k + 1));
		sum += term;
	}
	return sum;
}

static double below(const struct meeting *m)
{
	int64_t least = m->a + m->b > m->all ? m->a + m->b - m->all : 0, k = m->both - 1;
	double term, sum;

	if (k < least)
		return 0;
	term = sum = chance_of_just(m, k);
	for (; k > least && term > sum * 1e-17; k--) {
		term *= (double)k * (double)(m->all - m->a - m->b + k) /
			((double)(m->a - k + 1) * (double)(m->b - k + 1));
		sum += term;
	}
	return sum;
}

double fisher_chance(const struct meeting *m)
{
	double expected = (double)m->a * (double)m->b / (double)(m->all ? m->all : 1);
	double p = (double)m->both > expected ? from_upwards(m) : 1 - below(m);

	return p < 0 ? 0 : p > 1 ? 1 : p;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double fisher_threshold(double *p, size_t n, double tests, double false_share)
{
	if (n)
		qsort(p, n, sizeof(*p), by_size);
	for (size_t i = n; i > 0; i--)
		if (p[i - 1] <= (double)i / tests * false_share)
			return p[i - 1];
	return -1;
}
