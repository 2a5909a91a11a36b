/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/maximum.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { CLIMBS_MOST = 300, POLISHES_MOST = 20, STARTS_MOST = 3, NEAR_MOST = 12 };

/* A gradient by the logs this small, for each customer, is none. */
static const double level = 1e-8;
/* What a log-likelihood may still gain, and nobody minds. */
static const double little = 1e-4;
/* With less than this it is at its end. */
static const double done = 1e-12;
/* This near a bound is at it. */
static const double at_bound = 1e-3;
/* With less curvature than this, a standard error is above a factor of e^4. */
static const double flat = 1.0 / 16;
/* Width of the differences that the second derivatives are made of. */
static const double width = 1e-4;

struct newton {
	int n, free[MAXIMUM_PARAMS];	/* which parameters are not at a bound */
	bool made, making;	/* there is a curve; it is worked out, row by row */
	int row;
	double moved;		/* how far the logs went since */
	double curve[MAXIMUM_PARAMS * MAXIMUM_PARAMS];	/* -1 times the second derivatives */
	double axes[MAXIMUM_PARAMS * MAXIMUM_PARAMS], curvature[MAXIMUM_PARAMS];
	double least_curvature, gain;
};

struct maximum_work {
	struct maximum_problem p;
	gsl_multimin_function_fdf f;
	gsl_multimin_fdfminimizer *climber;
	int climbs, polishes, starts;
	bool climbing;
	struct newton newton;

	/* What was asked last: GSL asks for value and derivatives apart. While
	 * polishing, 'gradient' is the one at the logs. */
	double asked[MAXIMUM_PARAMS], value, gradient[MAXIMUM_PARAMS];
	bool known;
	int evaluations;
};

/* GSL has nothing when there is no memory. */
static void *there(void *made)
{
	return made ? made : mem_alloc(SIZE_MAX);
}

static double evaluate(struct maximum_work *w, const double *logs, double *gradient)
{
	w->evaluations++;
	return w->p.value(w->p.arg, logs, gradient);
}

/* -- without bounds for the climb: the logs are a tanh of what GSL moves -- */

static double middle(const struct maximum_problem *p, int i)
{
	return (p->most[i] + p->least[i]) / 2;
}

static double half(const struct maximum_problem *p, int i)
{
	return (p->most[i] - p->least[i]) / 2;
}

static double log_of(const struct maximum_problem *p, int i, double u)
{
	return middle(p, i) + half(p, i) * tanh(u / half(p, i));
}

static double unbounded(const struct maximum_problem *p, int i, double log)
{
	return half(p, i) * atanh((log - middle(p, i)) / half(p, i));
}

static void know(struct maximum_work *w, const gsl_vector *x)
{
	double logs[MAXIMUM_PARAMS];
	bool same = w->known;

	for (int i = 0; i < w->p.n; i++) {
		same = same && w->asked[i] == gsl_vector_get(x, i);
		w->asked[i] = gsl_vector_get(x, i);
		logs[i] = log_of(&w->p, i, w->asked[i]);
	}
	if (same)
		return;
	w->known = true;
	w->value = -evaluate(w, logs, w->gradient) / w->p.sample;
	for (int i = 0; i < w->p.n; i++) {
		double t = tanh(w->asked[i] / half(&w->p, i));

		w->gradient[i] *= -(1 - t * t) / w->p.sample;
	}
}

static double climb_f(const gsl_vector *x, void *arg)
{
	struct maximum_work *w = arg;

	know(w, x);
	return w->value;
}

static void climb_df(const gsl_vector *x, void *arg, gsl_vector *df)
{
	struct maximum_work *w = arg;

	know(w, x);
	for (int i = 0; i < w->p.n; i++)
		gsl_vector_set(df, i, w->gradient[i]);
}

static void climb_fdf(const gsl_vector *x, void *arg, double *f, gsl_vector *df)
{
	*f = climb_f(x, arg);
	climb_df(x, arg, df);
}

static void climb_from(struct maximum *m, const double *logs)
{
	struct maximum_work *w = m->work;
	double u[MAXIMUM_PARAMS];
	gsl_vector_view x = gsl_vector_view_array(u, w->p.n);

	for (int i = 0; i < w->p.n; i++)
		u[i] = unbounded(&w->p, i, logs[i]);
	w->f = (gsl_multimin_function_fdf){ climb_f, climb_df, climb_fdf, w->p.n, w };
	w->climbing = true;
	w->climbs = w->polishes = 0;
	w->newton.made = w->known = false;
	w->starts++;
	gsl_multimin_fdfminimizer_set(w->climber, &w->f, &x.vector, .5, .1);
}

static void climb(struct maximum *m)
{
	struct maximum_work *w = m->work;
	int came = gsl_multimin_fdfminimizer_iterate(w->climber);

	if (came == GSL_SUCCESS && ++w->climbs < CLIMBS_MOST &&
	    gsl_multimin_test_gradient(w->climber->gradient, level) == GSL_CONTINUE)
		return;
	w->climbing = false;
	for (int i = 0; i < w->p.n; i++) {
		double log = log_of(&w->p, i, gsl_vector_get(w->climber->x, i));

		m->logs[i] = fmin(fmax(log, w->p.least[i]), w->p.most[i]);
	}
}

/* -- the end: Newton's steps in the parameters that are not at a bound -- */

static bool pushes_out(const struct maximum *m, int i)
{
	const struct maximum_work *w = m->work;

	return m->bound[i] * w->gradient[i] >= -little;
}

static void find_bounds(struct maximum *m)
{
	const struct maximum_problem *p = &m->work->p;
	struct newton *t = &m->work->newton;
	int n = 0;

	for (int i = 0; i < p->n; i++) {
		m->bound[i] = (m->logs[i] > p->most[i] - at_bound) -
			(m->logs[i] < p->least[i] + at_bound);
		if (m->bound[i])
			m->logs[i] = m->bound[i] > 0 ? p->most[i] : p->least[i];
		else
			t->free[n++] = i;
	}
	if (n != t->n)
		t->made = false;
	t->n = n;
}

static void find_axes(struct newton *t)
{
	gsl_matrix_view curve = gsl_matrix_view_array(t->curve, t->n, t->n);
	gsl_matrix_view axes = gsl_matrix_view_array(t->axes, t->n, t->n);
	gsl_vector_view curvature = gsl_vector_view_array(t->curvature, t->n);
	gsl_eigen_symmv_workspace *room = there(gsl_eigen_symmv_alloc(t->n));

	gsl_eigen_symmv(&curve.matrix, &curvature.vector, &axes.matrix, room);
	gsl_eigen_symmv_free(room);
	t->least_curvature = gsl_vector_min(&curvature.vector);
}

static void begin_curve(struct newton *t)
{
	t->making = true;
	t->row = 0;
}

/* GSL reads the lower half of a symmetric matrix. */
static void find_row(struct maximum *m)
{
	double above[MAXIMUM_PARAMS], below[MAXIMUM_PARAMS], logs[MAXIMUM_PARAMS];
	struct newton *t = &m->work->newton;
	int i = t->row++;

	memcpy(logs, m->logs, sizeof(logs));
	logs[t->free[i]] = m->logs[t->free[i]] + width;
	evaluate(m->work, logs, above);
	logs[t->free[i]] = m->logs[t->free[i]] - width;
	evaluate(m->work, logs, below);
	for (int j = 0; j <= i; j++)
		t->curve[i * t->n + j] = (below[t->free[j]] - above[t->free[j]]) / (2 * width);
}

static void find_curve(struct maximum *m)
{
	struct newton *t = &m->work->newton;

	if (t->row < t->n)
		find_row(m);
	if (t->row < t->n)
		return;
	t->made = true;
	t->making = false;
	t->moved = 0;
	if (t->n)
		find_axes(t);
}

/* The step, along each axis by its own curvature: a ridge is not walked far.
 * What the value may still gain by it is given back. */
static double find_step(const struct maximum_work *w, double *step)
{
	const struct newton *t = &w->newton;
	double gain = 0;

	memset(step, 0, MAXIMUM_PARAMS * sizeof(*step));
	for (int k = 0; k < t->n; k++) {
		double slope = 0, curvature = fmax(fabs(t->curvature[k]), 1e-9 * w->p.sample);

		for (int i = 0; i < t->n; i++)
			slope += t->axes[i * t->n + k] * w->gradient[t->free[i]];
		gain += slope * slope / curvature / 2;
		for (int i = 0; i < t->n; i++)
			step[t->free[i]] += t->axes[i * t->n + k] *
				fmax(fmin(slope / curvature, 1), -1);
	}
	return gain;
}

/* Halved until it does not lead down; false when no step does. */
static bool walk(struct maximum *m, const double *step)
{
	struct maximum_work *w = m->work;
	double logs[MAXIMUM_PARAMS], gradient[MAXIMUM_PARAMS], value;

	for (double part = 1; part > 1e-4; part /= 2) {
		for (int i = 0; i < w->p.n; i++)
			logs[i] = fmin(fmax(m->logs[i] + part * step[i], w->p.least[i]),
				       w->p.most[i]);
		value = evaluate(w, logs, gradient);
		if (value < m->value - 1e-13 * fabs(m->value))
			continue;
		for (int i = 0; i < w->p.n; i++)
			w->newton.moved += fabs(logs[i] - m->logs[i]);
		memcpy(m->logs, logs, sizeof(logs));
		memcpy(w->gradient, gradient, sizeof(gradient));
		m->value = value;
		return true;
	}
	return false;
}

static void tell_errors(struct maximum *m)
{
	const struct newton *t = &m->work->newton;

	for (int i = 0; i < t->n; i++) {
		double variance = 0;

		for (int k = 0; k < t->n; k++)
			variance += pow(t->axes[i * t->n + k], 2) / t->curvature[k];
		m->error[t->free[i]] = sqrt(variance);
	}
}

static void tell_axes(struct maximum *m)
{
	const struct newton *t = &m->work->newton;

	m->axes = t->n;
	for (int k = 0; k < t->n; k++) {
		m->curvature[k] = t->curvature[k];
		for (int i = 0; i < t->n; i++)
			m->axis[k][t->free[i]] = t->axes[i * t->n + k];
	}
}

static void tell(struct maximum *m, double gain)
{
	const struct maximum_problem *p = &m->work->p;
	const struct newton *t = &m->work->newton;
	bool ridge = t->n && t->least_curvature < flat;

	m->state = t->n < p->n ? MAXIMUM_AT_BOUND : ridge ? MAXIMUM_FLAT : MAXIMUM_CONVERGED;
	if (!isfinite(m->value) || !isfinite(gain) || gain > little ||
	    (t->n && t->least_curvature < -1e-6 * p->sample))
		m->state = MAXIMUM_FAILED;
	else if (t->n && !ridge)
		tell_errors(m);
	tell_axes(m);
	m->evaluations = m->work->evaluations;
	m->over = true;
}

/* A climb can be thrown against a bound from which it leads back: it begins
 * again from where it was, with these parameters at their start. */
static bool climb_again(struct maximum *m)
{
	const struct maximum_problem *p = &m->work->p;
	bool wrong = false;

	if (m->work->starts >= STARTS_MOST)
		return false;
	for (int i = 0; i < p->n; i++)
		if (m->bound[i] && !pushes_out(m, i)) {
			m->logs[i] = p->start[i];
			wrong = true;
		}
	if (!wrong)
		return false;
	for (int i = 0; i < p->n; i++)
		m->logs[i] = fmin(fmax(m->logs[i], p->least[i] + .1), p->most[i] - .1);
	climb_from(m, m->logs);
	return true;
}

/* The curve is kept while it leads on well, and made again for the end, unless
 * the end is where it was made. */
static bool is_old(const struct newton *t, double gain, double before)
{
	return (gain < little && t->moved > 1e-3) || (gain > done && gain >= before / 10);
}

static void polish(struct maximum *m)
{
	struct maximum_work *w = m->work;
	double step[MAXIMUM_PARAMS], gain, before = w->newton.gain;

	find_bounds(m);
	if (!w->newton.made) {
		m->value = evaluate(w, m->logs, w->gradient);
		if (!climb_again(m))
			begin_curve(&w->newton);
		return;
	}
	gain = find_step(w, step);
	if (w->newton.moved > 0 && is_old(&w->newton, gain, before)) {
		begin_curve(&w->newton);
		return;
	}
	w->newton.gain = gain;
	if (!isfinite(gain) || gain < done || ++w->polishes >= POLISHES_MOST || !walk(m, step))
		tell(m, gain);
	else if (!w->starts && w->polishes >= NEAR_MOST)
		climb_from(m, w->p.start);
}

/* -- from outside -- */

void maximum_start(struct maximum *m, const struct maximum_problem *p)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();

	*m = (struct maximum){ .work = mem_alloc(sizeof(*m->work)) };
	m->work->p = *p;
	m->work->climber = there(gsl_multimin_fdfminimizer_alloc(
		gsl_multimin_fdfminimizer_vector_bfgs2, p->n));
	memcpy(m->logs, p->start, sizeof(m->logs));
	if (!p->near)
		climb_from(m, p->start);
	gsl_set_error_handler(handler);
}

void maximum_step(struct maximum *m)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();

	if (!m->over && m->work->climbing)
		climb(m);
	else if (!m->over && m->work->newton.making)
		find_curve(m);
	else if (!m->over)
		polish(m);
	gsl_set_error_handler(handler);
}

void maximum_release(struct maximum *m)
{
	if (!m->work)
		return;
	gsl_multimin_fdfminimizer_free(m->work->climber);
	free(m->work);
	m->work = NULL;
}
