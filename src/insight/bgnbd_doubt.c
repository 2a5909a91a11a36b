/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/bgnbd.h"

#include <math.h>

/* Each axis is a way up and a way down, each parameter at its bound one more. */
enum { WAYS = 2 * MAXIMUM_PARAMS + MAXIMUM_PARAMS };

/* Parameters that take no more from the log-likelihood are as good: with one of
 * them free, that is 95 of 100. */
static const double as_good = 2;
/* From one bound to the other, and so near that nothing moves. */
static const double far = 2 * BGNBD_BOUND, near = .01;
/* So near to where the others stop being as good is there. */
static const double exact = .25;
/* Bent so much everywhere, nothing moves far: P(alive) by some hundredths. */
static const double steep = 100;

void bgnbd_doubt_start(struct bgnbd_doubt *d, const struct bgnbd_fit *fit,
		       const struct bgnbd_sample *s)
{
	const struct maximum *m = &fit->maximum;

	*d = (struct bgnbd_doubt){ .fit = fit, .sample = *s,
				   .over = m->axes == MAXIMUM_PARAMS };
	for (int k = 0; k < m->axes; k++)
		d->over = d->over && m->curvature[k] > steep;
}

/* Which way it is, and how far the log-likelihood lets one go if it bends on as it
 * does here; 0: there is no such way. */
static double find_way(const struct bgnbd_doubt *d, double way[MAXIMUM_PARAMS])
{
	const struct maximum *m = &d->fit->maximum;
	int axis = d->way / 2, at_bound = d->way - 2 * MAXIMUM_PARAMS;

	for (int i = 0; i < MAXIMUM_PARAMS; i++)
		way[i] = 0;
	if (at_bound >= 0) {
		way[at_bound] = -m->bound[at_bound];
		return m->bound[at_bound] ? far : 0;
	}
	if (axis >= m->axes)
		return 0;
	for (int i = 0; i < MAXIMUM_PARAMS; i++)
		way[i] = (d->way % 2 ? -1 : 1) * m->axis[axis][i];
	if (m->curvature[axis] <= 0)
		return far;
	return fmin(far, sqrt(2 * as_good / m->curvature[axis]));
}

/* Within the bounds of the fit. */
static double moved(const struct bgnbd_fit *fit, int i, double by)
{
	double log = fit->maximum.logs[i], most = BGNBD_BOUND;

	return exp(fmax(fmin(log + by, most), -most) - log);
}

static struct bgnbd model_at(const struct bgnbd_fit *fit, const double *way, double reach)
{
	return (struct bgnbd){ fit->m.r * moved(fit, 0, reach * way[0]),
			       fit->m.alpha * moved(fit, 1, reach * way[1]),
			       fit->m.a * moved(fit, 2, reach * way[2]),
			       fit->m.b * moved(fit, 3, reach * way[3]) };
}

static double difference(const struct bgnbd_doubt *d, const struct bgnbd *other)
{
	const struct bgnbd_sample *s = &d->sample;
	double sum = 0, n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct bgnbd_history *h = &s->rows[i];
		double last = s->times[h->last], end = s->times[h->end];

		if (!h->x)
			continue;
		n += h->n;
		sum += h->n * fabs(bgnbd_alive(&d->fit->m, h->x, last, end) -
				   bgnbd_alive(other, h->x, last, end));
	}
	return n > 0 ? sum / n : 0;
}

/* The way is halved between what is as good and what is not; false: it is done. */
static bool look_along(struct bgnbd_doubt *d, const double *way)
{
	struct bgnbd other = model_at(d->fit, way, d->reach);
	double gradient[MAXIMUM_PARAMS];

	if (bgnbd_likelihood(&d->sample, &other, gradient) >=
	    d->fit->log_likelihood - as_good) {
		d->open = fmax(d->open, difference(d, &other));
		d->good = d->reach;
	} else {
		d->bad = d->reach;
	}
	d->reach = (d->good + d->bad) / 2;
	return d->bad > near && d->bad - d->good > fmin(exact, d->bad / 4);
}

void bgnbd_doubt_step(struct bgnbd_doubt *d)
{
	double way[MAXIMUM_PARAMS], reach;

	d->over = d->over || d->way == WAYS;
	if (d->over)
		return;
	reach = find_way(d, way);
	if (d->reach <= 0) {
		d->reach = d->bad = reach;
		d->good = 0;
	}
	if (reach > 0 && look_along(d, way))
		return;
	d->way++;
	d->reach = 0;
}
