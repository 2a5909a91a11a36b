/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/bgnbd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* As many histories as are enough to find the way. */
enum { ROUGH = 4000 };

/* What depends on x alone: sums of logs for Gamma(r + x) / Gamma(r) and the beta
 * functions, and their derivatives, which the step from x - 1 to x makes. */
struct of_x {
	double log, by_r, by_a, by_b;
	double leaves;		/* log(a / (b + x - 1)), x > 0 */
	double by_b_leaves;	/* its derivative by b */
};

/* What depends on a time alone. */
struct of_time {
	double log, inverse;	/* of alpha + t */
};

struct bgnbd_tables {
	struct bgnbd_sample sample;
	size_t stride;			/* each that many rows one is looked at */
	struct of_x *x;
	int32_t most;
	struct of_time *times;
	double scale, customers;	/* mean T; how many */
};

static struct bgnbd_tables *tables_make(const struct bgnbd_sample *s, size_t stride)
{
	struct bgnbd_tables *t = mem_alloc(sizeof(*t));

	t->sample = *s;
	t->stride = stride;
	for (size_t i = 0; i < s->n; i += stride) {
		const struct bgnbd_history *h = &s->rows[i];

		t->most = h->x > t->most ? h->x : t->most;
		t->customers += h->n;
		t->scale += h->n * s->times[h->end];
	}
	t->scale = t->scale > 0 ? t->scale / t->customers : 1;
	t->x = mem_alloc(((size_t)t->most + 1) * sizeof(*t->x));
	t->times = mem_alloc(s->time_count * sizeof(*t->times));
	return t;
}

static void tables_free(struct bgnbd_tables *t)
{
	if (!t)
		return;
	free(t->x);
	free(t->times);
	free(t);
}

static void tables_fill(struct bgnbd_tables *t, const struct bgnbd *m)
{
	t->x[0] = (struct of_x){ .log = 0 };
	for (int32_t x = 1; x <= t->most; x++) {
		const struct of_x *o = &t->x[x - 1];
		double r = m->r + x - 1, b = m->b + x - 1, ab = m->a + b;

		t->x[x] = (struct of_x){
			.log = o->log + log(r * b / ab),
			.by_r = o->by_r + 1 / r,
			.by_a = o->by_a - 1 / ab,
			.by_b = o->by_b + 1 / b - 1 / ab,
			.leaves = log(m->a / b),
			.by_b_leaves = -1 / b };
	}
	for (size_t i = 0; i < t->sample.time_count; i++) {
		double sum = m->alpha + t->sample.times[i];

		t->times[i] = (struct of_time){ log(sum), 1 / sum };
	}
}

/* A history is one of somebody still active at T or of somebody who left after
 * t_x: the likelihood is the sum of both. */
static double add_history(const struct bgnbd_tables *t, const struct bgnbd *m,
			  const struct bgnbd_history *h, double g[4])
{
	const struct of_x *o = &t->x[h->x];
	const struct of_time *end = &t->times[h->end], *last = &t->times[h->last];
	double n = h->n, rx = m->r + h->x, active = -rx * end->log;
	double left, odds, gone, log_sum;

	g[0] += n * o->by_r;
	g[2] += n * o->by_a;
	g[3] += n * o->by_b;
	if (!h->x) {
		g[0] -= n * end->log;
		g[1] -= n * rx * end->inverse;
		return n * (o->log + active);
	}
	left = o->leaves - rx * last->log;
	odds = exp(-fabs(left - active));
	gone = (left > active ? 1 : odds) / (1 + odds);
	log_sum = (left > active ? left : active) + log1p(odds);
	g[0] -= n * (end->log + gone * (last->log - end->log));
	g[1] -= n * rx * (end->inverse + gone * (last->inverse - end->inverse));
	g[2] += n * gone / m->a;
	g[3] += n * gone * o->by_b_leaves;
	return n * (o->log + log_sum);
}

static double likelihood(struct bgnbd_tables *t, const struct bgnbd *m, double g[4])
{
	double sum = t->customers * m->r * log(m->alpha);

	tables_fill(t, m);
	g[0] = t->customers * log(m->alpha);
	g[1] = t->customers * m->r / m->alpha;
	g[2] = g[3] = 0;
	for (size_t i = 0; i < t->sample.n; i += t->stride)
		sum += add_history(t, m, &t->sample.rows[i], g);
	return sum;
}

double bgnbd_likelihood(const struct bgnbd_sample *s, const struct bgnbd *m, double gradient[4])
{
	struct bgnbd_tables *t = tables_make(s, 1);
	double sum = likelihood(t, m, gradient);

	tables_free(t);
	return sum;
}

/* -- the fit, in the logs of r, alpha / scale, a, b -- */

static struct bgnbd at_logs(const struct bgnbd_tables *t, const double *logs)
{
	return (struct bgnbd){ exp(logs[0]), t->scale * exp(logs[1]), exp(logs[2]),
			       exp(logs[3]) };
}

static double by_logs(void *arg, const double *logs, double *g)
{
	struct bgnbd m = at_logs(arg, logs);
	double sum = likelihood(arg, &m, g);

	g[0] *= m.r;
	g[1] *= m.alpha;
	g[2] *= m.a;
	g[3] *= m.b;
	return sum;
}

static void start(struct bgnbd_fit *fit, const struct bgnbd_sample *s, size_t stride)
{
	struct maximum_problem p = { .n = 4, .value = by_logs,
		.near = fit->maximum.over && fit->maximum.state != MAXIMUM_FAILED };

	memcpy(p.start, fit->maximum.logs, sizeof(p.start));
	fit->tables = tables_make(s, stride);
	fit->rough = stride > 1;
	p.arg = fit->tables;
	p.sample = fit->tables->customers;
	for (int i = 0; i < p.n; i++) {
		p.least[i] = -BGNBD_BOUND;
		p.most[i] = BGNBD_BOUND;
	}
	maximum_start(&fit->maximum, &p);
}

/* Many histories: the way to the maximum is found with a part of them, which
 * stand in order, so that each so many rows one is a fair choice. */
void bgnbd_fit_start(struct bgnbd_fit *fit, const struct bgnbd_sample *s)
{
	*fit = (struct bgnbd_fit){ .rough = false };
	start(fit, s, s->n / ROUGH + 1);
}

static void start_whole(struct bgnbd_fit *fit)
{
	struct bgnbd_tables *part = fit->tables;

	maximum_release(&fit->maximum);
	start(fit, &part->sample, 1);
	tables_free(part);
}

void bgnbd_fit_step(struct bgnbd_fit *fit)
{
	struct maximum *max = &fit->maximum;

	maximum_step(max);
	if (max->over && fit->rough)
		start_whole(fit);
	if (!max->over)
		return;
	fit->m = at_logs(fit->tables, max->logs);
	fit->log_likelihood = max->value;
	fit->error[0] = max->error[0] * fit->m.r;
	fit->error[1] = max->error[1] * fit->m.alpha;
	fit->error[2] = max->error[2] * fit->m.a;
	fit->error[3] = max->error[3] * fit->m.b;
}

void bgnbd_fit_release(struct bgnbd_fit *fit)
{
	maximum_release(&fit->maximum);
	tables_free(fit->tables);
	fit->tables = NULL;
}
