/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/gamma_gamma.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

double gamma_gamma_expected(const struct gamma_gamma *m, int32_t x, double mean)
{
	return m->p * (m->gamma + x * mean) / (m->p * x + m->q - 1);
}

/* Those with the same x, whose logs and means come in as sums. */
struct alike {
	int32_t x;
	double n;
	double logs;		/* of the means */
	double log_sums;	/* of gamma + x mean */
	double inverses;	/* of the same */
};

static double add_alike(const struct alike *k, const struct gamma_gamma *m, double g[3])
{
	double px = m->p * k->x, psi = gsl_sf_psi(px + m->q), x = k->x;

	g[0] += x * (k->n * (psi - gsl_sf_psi(px) + log(x)) + k->logs - k->log_sums);
	g[1] += k->n * (psi - gsl_sf_psi(m->q) + log(m->gamma)) - k->log_sums;
	g[2] += k->n * m->q / m->gamma - (px + m->q) * k->inverses;
	return k->n * (gsl_sf_lnpoch(px, m->q) - gsl_sf_lngamma(m->q) +
		       m->q * log(m->gamma) + px * log(x)) +
		(px - 1) * k->logs - (px + m->q) * k->log_sums;
}

static double sum_up(const struct gamma_gamma_sample *s, const struct gamma_gamma *m,
		     const double *logs, double g[3])
{
	double sum = 0;
	size_t i = 0;

	g[0] = g[1] = g[2] = 0;
	while (i < s->n) {
		struct alike k = { .x = s->rows[i].x };

		for (; i < s->n && s->rows[i].x == k.x; i++) {
			double total = m->gamma + k.x * s->rows[i].mean;

			k.n++;
			k.logs += logs[i];
			k.log_sums += log(total);
			k.inverses += 1 / total;
		}
		sum += add_alike(&k, m, g);
	}
	return sum;
}

/* What stays the same while the parameters change. */
struct gamma_gamma_tables {
	struct gamma_gamma_sample sample;
	double *logs;		/* of the means */
	double scale;		/* the mean of the means */
};

static struct gamma_gamma_tables *tables_make(const struct gamma_gamma_sample *s)
{
	struct gamma_gamma_tables *t = mem_alloc(sizeof(*t));

	t->sample = *s;
	t->logs = mem_alloc(s->n * sizeof(*t->logs));
	for (size_t i = 0; i < s->n; i++) {
		t->logs[i] = log(s->rows[i].mean);
		t->scale += s->rows[i].mean / (double)s->n;
	}
	return t;
}

static void tables_free(struct gamma_gamma_tables *t)
{
	if (t)
		free(t->logs);
	free(t);
}

double gamma_gamma_likelihood(const struct gamma_gamma_sample *s, const struct gamma_gamma *m,
			      double gradient[3])
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	struct gamma_gamma_tables *t = tables_make(s);
	double sum = sum_up(s, m, t->logs, gradient);

	tables_free(t);
	gsl_set_error_handler(handler);
	return sum;
}

/* -- the fit, in the logs of p, q and gamma / scale -- */

static struct gamma_gamma at_logs(const struct gamma_gamma_tables *t, const double *logs)
{
	return (struct gamma_gamma){ exp(logs[0]), exp(logs[1]), t->scale * exp(logs[2]) };
}

static double by_logs(void *arg, const double *logs, double *g)
{
	const struct gamma_gamma_tables *t = arg;
	struct gamma_gamma m = at_logs(t, logs);
	double sum = sum_up(&t->sample, &m, t->logs, g);

	g[0] *= m.p;
	g[1] *= m.q;
	g[2] *= m.gamma;
	return sum;
}

void gamma_gamma_fit_start(struct gamma_gamma_fit *fit, const struct gamma_gamma_sample *s)
{
	struct maximum_problem p = { .n = 3, .value = by_logs, .sample = (double)s->n,
				     .start = { 0, log(2), 0 } };

	*fit = (struct gamma_gamma_fit){ .tables = tables_make(s) };
	p.arg = fit->tables;
	for (int i = 0; i < p.n; i++) {
		p.least[i] = -log(1e5);
		p.most[i] = log(1e5);
	}
	maximum_start(&fit->maximum, &p);
}

void gamma_gamma_fit_step(struct gamma_gamma_fit *fit)
{
	struct maximum *max = &fit->maximum;

	maximum_step(max);
	if (!max->over)
		return;
	fit->m = at_logs(fit->tables, max->logs);
	fit->log_likelihood = max->value;
	fit->error[0] = max->error[0] * fit->m.p;
	fit->error[1] = max->error[1] * fit->m.q;
	fit->error[2] = max->error[2] * fit->m.gamma;
}

void gamma_gamma_fit_release(struct gamma_gamma_fit *fit)
{
	maximum_release(&fit->maximum);
	tables_free(fit->tables);
	fit->tables = NULL;
}
