/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_MAXIMUM_H
#define INSIGHT_MAXIMUM_H

#include <stdbool.h>

#include "base/status.h"

/* The maximum of a log-likelihood of up to four parameters above zero, by their
 * logs, each between bounds. GSL's quasi-Newton (vector_bfgs2) goes there, fed
 * with derivatives; Newton's steps end it, whose matrix also gives the standard
 * errors. */

enum { MAXIMUM_PARAMS = 4 };

enum maximum_state {
	MAXIMUM_CONVERGED,
	MAXIMUM_FLAT,		/* there, and on a ridge: other parameters do as well */
	MAXIMUM_AT_BOUND,	/* there, with a parameter at its bound */
	MAXIMUM_FAILED,		/* no maximum found: the parameters mean nothing */
};

struct maximum_problem {
	int n;
	double start[MAXIMUM_PARAMS], least[MAXIMUM_PARAMS], most[MAXIMUM_PARAMS]; /* logs */
	double sample;			/* customers, to whom steps and ends are scaled */
	bool near;			/* the start is near the maximum */
	/* The log-likelihood at exp(logs[i]), and its derivatives by the logs. */
	double (*value)(void *arg, const double *logs, double *gradient);
	void *arg;
};

struct maximum {
	bool over;
	enum maximum_state state;
	double logs[MAXIMUM_PARAMS], value;
	/* Standard errors of the logs; 0 for one at its bound, or when none can
	 * be told. */
	double error[MAXIMUM_PARAMS];
	int bound[MAXIMUM_PARAMS];	/* -1: at its least, 1: at its most, 0: between */
	/* Of the parameters between their bounds: ways through the logs, of length
	 * 1, and how much the log-likelihood bends down along each. */
	int axes;
	double axis[MAXIMUM_PARAMS][MAXIMUM_PARAMS], curvature[MAXIMUM_PARAMS];
	int evaluations;
	struct maximum_work *work;
};

void maximum_start(struct maximum *m, const struct maximum_problem *p);
void maximum_step(struct maximum *m);	/* one piece; sets 'over' after the last */
void maximum_release(struct maximum *m);

#endif
