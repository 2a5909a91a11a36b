/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_GAMMA_GAMMA_H
#define INSIGHT_GAMMA_GAMMA_H

#include <stddef.h>
#include <stdint.h>

#include "insight/maximum.h"

/* What customers spend on a visit: the Gamma-Gamma model of Fader and Hardie,
 * note 025 (2013). What one spends varies around a mean of their own, and these
 * means vary among customers, whatever how often they come. x visits tell their
 * own mean the better the more they are. */

struct gamma_gamma {
	double p, q, gamma;	/* gamma in the unit of the money */
};

/* What one is expected to spend on a visit, with x visits at a mean of 'mean';
 * x 0: somebody of whom nothing is known. q > 1. Equation 5. */
double gamma_gamma_expected(const struct gamma_gamma *m, int32_t x, double mean);

struct spending {
	int32_t x;		/* > 0 */
	double mean;		/* > 0 */
};

/* Rows with the same x stand together. */
struct gamma_gamma_sample {
	const struct spending *rows;
	size_t n;
};

/* The log-likelihood, and its derivatives by p, q and gamma. */
double gamma_gamma_likelihood(const struct gamma_gamma_sample *s, const struct gamma_gamma *m,
			      double gradient[3]);

/* By maximum likelihood, as bgnbd_fit; gamma is kept near the mean of the means. */
struct gamma_gamma_fit {
	struct gamma_gamma m;
	double log_likelihood;
	double error[3];	/* standard errors of p, q, gamma; 0: none */
	struct maximum maximum;
	struct gamma_gamma_tables *tables;
};

void gamma_gamma_fit_start(struct gamma_gamma_fit *fit, const struct gamma_gamma_sample *s);
void gamma_gamma_fit_step(struct gamma_gamma_fit *fit);
void gamma_gamma_fit_release(struct gamma_gamma_fit *fit);

#endif
