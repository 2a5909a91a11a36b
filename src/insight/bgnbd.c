/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/bgnbd.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* What is left of a sum when no later term changes it. */
static const double nothing = 1e-17;
static const double far_up = 1e200;

double bgnbd_alive(const struct bgnbd *m, int32_t x, double t_x, double T)
{
	double odds;	/* of having left, as a log */

	if (!x)
		return 1;
	odds = log(m->a / (m->b + x - 1)) + (m->r + x) * log1p((T - t_x) / (m->alpha + t_x));
	return odds > 0 ? exp(-odds) / (1 + exp(-odds)) : 1 / (1 + exp(odds));
}

/* The model put together anew, so that there is no 2F1 to go wrong. In a time t
 * one comes n times, if one does not leave, with the chance of a negative
 * binomial: (1 - z)^A (A)_n / n! z^n with A = r + x and z = t / (alpha + T + t).
 * The k-th of these visits is made by who did not leave after the k before it,
 * with the chance (b + x)_k / (a + b + x)_k. So what is expected is the sum over
 * n of the first times e_n, the sum of the latter over k < n. All terms are above
 * zero: nothing cancels, a = 1 is as any other, and what is large is scaled. */

void bgnbd_series_start(struct bgnbd_series *s, const struct bgnbd *m, int32_t x)
{
	*s = (struct bgnbd_series){ .m = *m, .x = x, .stays = 1 };
}

/* The next (A)_n / n! e_n as two numbers, neither of which grows too large. */
static void next_term(struct bgnbd_series *s)
{
	const struct bgnbd *m = &s->m;
	double n = (double)s->n;

	s->term = mem_grow(s->term, s->n, &s->cap, sizeof(*s->term));
	s->made += s->stays;
	s->stays *= (m->b + s->x + n) / (m->a + m->b + s->x + n);
	s->term[s->n++] = (struct bgnbd_term){ (m->r + s->x + n) / (n + 1), s->made };
}

double bgnbd_series_at(struct bgnbd_series *s, double T, double t)
{
	double A = s->m.r + s->x, z = t / (s->m.alpha + T + t);
	double log_scale = A * log1p(-z), weight = 1, sum = 0;

	for (size_t n = 0;; n++) {
		double ratio, add;

		if (n == s->n)
			next_term(s);
		ratio = s->term[n].grows * z;
		weight *= ratio;
		add = weight * s->term[n].made;
		sum += add;
		if (sum > far_up) {
			sum /= far_up;
			weight /= far_up;
			log_scale += log(far_up);
		}
		/* What follows shrinks at least as a geometric series, a bit slower
		 * than the weights since 'made' grows. */
		ratio *= 1 + 1 / ((double)n + 1);
		if (ratio < 1 && add < nothing * sum * (1 - ratio))
			break;
		if (!(sum > 0))
			break;
	}
	return sum * exp(log_scale);
}

void bgnbd_series_release(struct bgnbd_series *s)
{
	free(s->term);
	s->term = NULL;
}

void bgnbd_chances(const struct bgnbd *m, double t, double *chance, size_t n)
{
	double z = t / (m->alpha + t), comes = pow(1 - z, m->r), rest = 1, at_least = 1;
	double stays = 1;	/* after k visits */

	for (size_t k = 0; k + 1 < n; k++) {
		double before = stays;

		if (k)
			stays *= (m->b + (double)k - 1) / (m->a + m->b + (double)k - 1);
		/* Just k times and still there, or more often but gone after the k-th. */
		chance[k] = comes * stays + (k ? at_least * (before - stays) : 0);
		rest -= chance[k];
		at_least -= comes;
		comes *= z * (m->r + (double)k) / ((double)k + 1);
	}
	chance[n - 1] = rest;
}
