/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_BGNBD_H
#define INSIGHT_BGNBD_H

#include <stddef.h>
#include <stdint.h>

#include "insight/maximum.h"

/* How often customers come and when they stop, who never say so: the BG/NBD
 * model of Fader, Hardie and Lee, "Counting Your Customers" the Easy Way,
 * Marketing Science 24 (2005). While active a customer comes at random at a
 * rate of their own (gamma: r, alpha); after each visit they may leave for good,
 * with a chance of their own (beta: a, b).
 *
 * A history is x, the visits after the first one, the time t_x of the last of
 * them and the time T until which one looked, both counted from the first
 * visit (t_x is 0 where x is). The unit of time is the caller's; alpha is in it. */

struct bgnbd {
	double r, alpha, a, b;
};

/* 0..1, 1 where x is 0. */
double bgnbd_alive(const struct bgnbd *m, int32_t x, double t_x, double T);

/* The visits that one is expected to make in a time t after T, given that they
 * are active at T: times bgnbd_alive() that is the expectation of equation 10.
 * With x and T 0 it is E[X(t)] of somebody new, equation 9. A series is for one
 * x; what depends on x alone is worked out once for all times. */
struct bgnbd_series {
	struct bgnbd m;
	int32_t x;
	struct bgnbd_term {
		double grows, made;
	} *term;
	size_t n, cap;
	double stays, made;
};

void bgnbd_series_start(struct bgnbd_series *s, const struct bgnbd *m, int32_t x);
double bgnbd_series_at(struct bgnbd_series *s, double T, double t);
void bgnbd_series_release(struct bgnbd_series *s);

/* chance[k]: that somebody new makes k visits after the first within t; the last
 * of the n is that they make n - 1 or more. */
void bgnbd_chances(const struct bgnbd *m, double t, double *chance, size_t n);

/* -- the fit -- */

/* Equal histories stand together; their times are places in a table of times,
 * of which there are few. */
struct bgnbd_history {
	int32_t x;
	uint32_t last, end;	/* t_x, T */
	uint32_t n;		/* customers with it */
};

struct bgnbd_sample {
	const struct bgnbd_history *rows;
	size_t n;
	const double *times;
	size_t time_count;
};

/* The log-likelihood; its derivatives by r, alpha, a and b too, unless NULL. */
double bgnbd_likelihood(const struct bgnbd_sample *s, const struct bgnbd *m, double gradient[4]);

/* By maximum likelihood, in steps of some milliseconds until maximum.over. The
 * sample stays the caller's and must not change until then. Each parameter is
 * kept within the factor 10^5 of 1, alpha of the mean T: an unbounded one can run
 * off to where the likelihood is no number. */
#define BGNBD_BOUND 11.512925464970229	/* log(10^5) */
struct bgnbd_fit {
	struct bgnbd m;
	double log_likelihood;
	double error[4];		/* standard errors of r, alpha, a, b; 0: none */
	struct maximum maximum;		/* what came of it, in the logs of the four */
	bool rough;			/* what is begun with: some of the histories only */
	struct bgnbd_tables *tables;
};

void bgnbd_fit_start(struct bgnbd_fit *fit, const struct bgnbd_sample *s);
void bgnbd_fit_step(struct bgnbd_fit *fit);
void bgnbd_fit_release(struct bgnbd_fit *fit);

/* How open the visits leave it who has stopped: of those with x > 0, by how much
 * P(alive) would differ on average with other parameters that the visits
 * contradict by no more than two of log-likelihood; the most that is found along
 * the axes of the maximum, and from each bound inwards. 0: it is certain, 1:
 * anything may be. In steps of some milliseconds until 'over'; after a fit that
 * did not fail, which must stay as it is until then. */
struct bgnbd_doubt {
	double open;
	bool over;
	const struct bgnbd_fit *fit;
	struct bgnbd_sample sample;
	int way;
	/* How far along it the next look goes, 0: it is a new one; the furthest that is
	 * as good, and the nearest that is not. */
	double reach, good, bad;
};

void bgnbd_doubt_start(struct bgnbd_doubt *d, const struct bgnbd_fit *fit,
		       const struct bgnbd_sample *s);
void bgnbd_doubt_step(struct bgnbd_doubt *d);

#endif
