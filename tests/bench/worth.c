/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "insight/clv.h"
#include "tests/bench/bench.h"
#include "tests/insight/chance.h"

/* What customers are worth: the fit of BG/NBD beside SciPy's minimizer on the
 * same histories, where the system's Python has one. */

enum { CUSTOMERS = 50000, ROUNDS_MOST = 9, START = 10000, SPAN = 730 };

static const struct bgnbd truth = { .8, 6, .8, 5 };
static const struct gamma_gamma spent = { 6, 3.7, 1500 };

/* As the model has it, in whole days: one visit a day. */
static void add_customer(struct scan *s, size_t *cap, int64_t id, uint64_t *seed)
{
	double rate = fmin(chance_gamma(seed, truth.r) / truth.alpha / 7, 3);
	double leaves = chance_beta(seed, truth.a, truth.b), at;
	double spends = spent.gamma / chance_gamma(seed, spent.q);
	int32_t first = START + (int32_t)(chance(seed) * (SPAN - 7)), last = 0;
	size_t paid_cap;

	for (at = first; at < START + SPAN + 1; at += chance_exponential(seed) / rate) {
		if ((int32_t)at == last)
			continue;
		last = (int32_t)at;
		paid_cap = *cap;
		s->visits = mem_grow(s->visits, s->visit_count, cap, sizeof(*s->visits));
		s->paid = mem_grow(s->paid, s->visit_count, &paid_cap, sizeof(*s->paid));
		s->visits[s->visit_count] = (uint64_t)id << 32 | (uint32_t)last;
		s->paid[s->visit_count++] = 1 + (int64_t)(spends * chance_gamma(seed, spent.p));
		if (last > first && chance(seed) < leaves)
			return;
	}
}

static struct histories gathered(const struct scan *s)
{
	struct histories h = { .to = START + SPAN };

	while (histories_gather(&h, s))
		;
	return h;
}

/* Merging equal histories is a part of it. */
static double fit(struct histories *h, const double *times, struct bgnbd_fit *out)
{
	double begin = bench_seconds();

	histories_merge(h, 1);
	bgnbd_fit_start(out, &(struct bgnbd_sample){ h->merged, h->merged_n, times, SPAN + 1 });
	while (!out->maximum.over)
		bgnbd_fit_step(out);
	bgnbd_fit_release(out);
	return (bench_seconds() - begin) * 1e3;
}

/* -- SciPy -- */

static const char script[] =
	"import sys, time, numpy as np\n"
	"from scipy.optimize import minimize\n"
	"from scipy.special import gammaln\n"
	"x, tx, T = np.loadtxt('worth.txt').T\n"
	"some = x > 0\n"
	"def loss(q):\n"
	"    r, al, a, b = np.exp(q)\n"
	"    base = (gammaln(r + x) - gammaln(r) + r * q[1] + gammaln(a + b) + gammaln(b + x)\n"
	"            - gammaln(b) - gammaln(a + b + x))\n"
	"    here = -(r + x) * np.log(al + T)\n"
	"    gone = np.where(some, q[2] - np.log(b + np.maximum(x, 1) - 1)\n"
	"                    - (r + x) * np.log(al + tx), -np.inf)\n"
	"    return -np.mean(base + np.logaddexp(here, gone))\n"
	"took = []\n"
	"for i in range(int(sys.argv[1])):\n"
	"    begin = time.perf_counter()\n"
	"    best = minimize(loss, np.zeros(4), method='L-BFGS-B', bounds=[(-10, 10)] * 4,\n"
	"                    options={'ftol': 1e-13, 'gtol': 1e-9})\n"
	"    took.append((time.perf_counter() - begin) * 1e3)\n"
	"print(np.median(took), *np.exp(best.x), -best.fun * len(x))\n";

static void write_file(const char *path, const struct histories *h)
{
	FILE *f = fopen(path, "w");

	for (size_t i = 0; f && i < h->n; i++)
		fprintf(f, "%d %.17g %.17g\n", h->rows[i].x,
			(h->rows[i].last - h->rows[i].first) / 7.,
			(h->to - h->rows[i].first) / 7.);
	if (!f || fclose(f))
		bench_fail("cannot write %s", path);
}

struct scipy {
	double ms, r, alpha, a, b, likelihood;
};

/* False: there is no SciPy. */
static bool ask_scipy(const struct histories *h, int rounds, struct scipy *out)
{
	char command[256];
	FILE *f = fopen("worth.py", "w");
	bool read;

	if (!f || fputs(script, f) < 0 || fclose(f))
		bench_fail("cannot write worth.py");
	write_file("worth.txt", h);
	snprintf(command, sizeof(command), "p=python3; $p -c 'import scipy' 2>/dev/null || "
		 "p=/usr/bin/python3; OMP_NUM_THREADS=1 $p worth.py %d 2>/dev/null", rounds);
	f = popen(command, "r");
	read = f && fscanf(f, "%lf %lf %lf %lf %lf %lf", &out->ms, &out->r, &out->alpha,
			   &out->a, &out->b, &out->likelihood) == 6;
	if (f)
		pclose(f);
	bench_remove("worth.py");
	bench_remove("worth.txt");
	return read;
}

static bool near(double a, double b)
{
	return fabs(a - b) <= fabs(b) * 1e-3;
}

static void compare(const struct bgnbd_fit *ours, const struct scipy *theirs)
{
	if (!near(ours->m.r, theirs->r) || !near(ours->m.alpha, theirs->alpha) ||
	    !near(ours->m.a, theirs->a) || !near(ours->m.b, theirs->b))
		bench_fail("SciPy finds r %g, alpha %g, a %g, b %g and LL %.4f, we find "
			   "%g, %g, %g, %g and %.4f", theirs->r, theirs->alpha, theirs->a,
			   theirs->b, theirs->likelihood, ours->m.r, ours->m.alpha, ours->m.a,
			   ours->m.b, ours->log_likelihood);
}

/* -- the rows -- */

static void measure_fit(const struct scan *s)
{
	size_t n = (size_t)bench_times(ROUNDS_MOST, 5);
	double times[SPAN + 1], ms[ROUNDS_MOST];
	struct scipy theirs = { .ms = 0 };
	struct bgnbd_fit found = { .rough = false };
	size_t merged = 0;
	bool scipy = false;

	for (int i = 0; i <= SPAN; i++)
		times[i] = i / 7.;
	for (size_t i = 0; i < n; i++) {
		struct histories h = gathered(s);

		ms[i] = fit(&h, times, &found);
		merged = h.merged_n;
		if (!i)
			scipy = ask_scipy(&h, bench_times(3, 1), &theirs);
		histories_release(&h);
	}
	if (scipy)
		compare(&found, &theirs);
	bench_row(&(struct bench_row){
		.figure = "  BG/NBD fit of 50,000 customers", .unit = "ms",
		.ours = bench_median(ms, n), .yardstick = scipy ? "SciPy L-BFGS-B" : NULL,
		.theirs = theirs.ms, .ratio = scipy ? theirs.ms / bench_median(ms, n) : 0,
		.kind = OURS_AT_MOST, .target = 60 });
	bench_note("%zu distinct histories, LL %.3f; %s", merged, found.log_likelihood,
		   scipy ? "SciPy finds the same parameters to three digits" :
		   "python3 has no SciPy here");
}

static void measure_all(const struct scan *s)
{
	size_t n = (size_t)bench_times(ROUNDS_MOST, 5);
	double ms[ROUNDS_MOST];

	for (size_t i = 0; i < n; i++) {
		double begin = bench_seconds();
		struct clv c;

		bench_must(clv_of(s, &(struct clv_options){ .decimals = 2 }, &c));
		ms[i] = (bench_seconds() - begin) * 1e3;
		clv_release(&c);
	}
	bench_row(&(struct bench_row){
		.figure = "  what they are worth, each and all", .unit = "ms",
		.ours = bench_median(ms, n) });
}

int main(void)
{
	struct scan s = { .last_sale_day = START + SPAN };
	uint64_t seed = 20050;
	size_t cap = 0;

	bench_start();
	for (int64_t id = 1; id <= CUSTOMERS; id++)
		add_customer(&s, &cap, id, &seed);
	bench_note("customers drawn from the model: %d, with %zu visits in two years", CUSTOMERS,
		   s.visit_count);
	measure_fit(&s);
	measure_all(&s);
	free(s.visits);
	free(s.paid);
	return 0;
}
