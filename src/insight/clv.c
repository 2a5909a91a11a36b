/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/clv.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"

enum { SILENT_DAYS = 366, PREDICT_PART = 2000, SUM_PART = 1 << 16,
       STEPS_OF_FEW = 50000 };
static const double month_weeks = 4.345, month_days = 30;
static const double year_weeks = 52, year_days = 365, year_months = 12;
/* P(alive) that other parameters, as good, would have so much elsewhere tells
 * nothing. */
static const double open_most = .25;
/* A mean for everybody this many times what was seen comes from a tail of the
 * model and not from customers. */
static const double unlikely_mean = 4;

/* What is expected of everybody with the same x and T who is active. */
struct ahead {
	double visits;		/* over the horizon */
	double discounted;	/* the same by months, less in later ones */
};

struct clv_work {
	enum { GATHER, MERGE, FIT_VISITS, DOUBT, FIT_MONEY, PREDICT, SUM } stage;
	double *times;			/* of each number of days, in the unit */
	struct ahead *ahead;		/* of each of merged */
	double *alive;			/* the same */
	struct bgnbd_series series;
	struct bgnbd_doubt doubt;
	size_t at;
};

/* -- options -- */

static enum status check(const struct clv_options *o)
{
	if (o->unit != 0 && o->unit != 1 && o->unit != 7)
		return fail(ST_INVALID, "time is counted in days or weeks, not in %d days",
			    o->unit);
	if (o->as_of < 0 || o->as_of > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "the book holds days from 1970-01-02 to 2199-12-31; "
			    "ask for one of them");
	if (o->horizon < 0 || o->horizon > CLV_HORIZON_MOST * 7 / (o->unit == 1 ? 1 : 7))
		return fail(ST_INVALID, "one can look ahead %d weeks at most; give fewer",
			    CLV_HORIZON_MOST);
	if (o->discount != CLV_DISCOUNT_NONE && !(o->discount >= 0 && o->discount <= 99))
		return fail(ST_INVALID, "a discount is a number of per cent a month, "
			    "from 0 to 99");
	return ST_OK;
}

static void fill_in(struct clv *c, const struct scan *s)
{
	struct clv_options *o = &c->used;

	if (!o->as_of)
		o->as_of = s->last_sale_day;
	if (!o->unit)
		o->unit = 7;
	if (!o->horizon)
		o->horizon = o->unit == 1 ? 365 : 52;
	if (o->discount == CLV_DISCOUNT_USUAL)
		o->discount = 1;
	else if (o->discount == CLV_DISCOUNT_NONE)
		o->discount = 0;
	c->months = o->horizon * year_months / (o->unit == 1 ? year_days : year_weeks);
}

enum status clv_start(struct clv *c, const struct scan *s, const struct clv_options *options)
{
	enum status st = check(options);

	*c = (struct clv){ .used = *options };
	if (st != ST_OK)
		return st;
	fill_in(c, s);
	c->h.to = c->used.as_of;
	c->work = mem_alloc(sizeof(*c->work));
	return ST_OK;
}

/* -- what there is to learn from -- */

static bool is_short(const struct clv *c)
{
	return (c->h.to - c->first_day) * CLV_AHEAD_MOST < c->used.horizon * c->used.unit;
}

static void tell_plain(struct clv *c)
{
	const struct histories *h = &c->h;
	double years = (double)h->days / 365.25;

	c->plain.average = h->paid / (double)h->visits;
	if (!h->days || is_short(c))
		return;
	c->plain.visits_a_year = (double)h->repeat_visits / years;
	c->plain.value = c->plain.average * c->plain.visits_a_year * (double)h->n *
		c->used.horizon * c->used.unit / 365.25;
}

static int32_t last_visit(const struct histories *h)
{
	int32_t last = 0;

	for (size_t i = 0; i < h->n; i++)
		last = h->rows[i].last > last ? h->rows[i].last : last;
	return last;
}

static enum clv_state look(struct clv *c)
{
	const struct histories *h = &c->h;

	for (size_t i = 0; i < h->n; i++)
		if (!c->first_day || h->rows[i].first < c->first_day)
			c->first_day = h->rows[i].first;
	if (!h->n)
		return CLV_NOBODY;
	if (h->to - last_visit(h) > SILENT_DAYS)
		return CLV_SILENT;
	tell_plain(c);
	if (h->repeat < CLV_REPEAT_LEAST)
		return CLV_FEW;
	return is_short(c) ? CLV_SHORT : CLV_FITTED;
}

/* -- the two fits -- */

static struct bgnbd_sample sample_of(const struct clv *c)
{
	return (struct bgnbd_sample){ c->h.merged, c->h.merged_n, c->work->times,
				      (size_t)c->h.longest + 1 };
}

static void begin_visits(struct clv *c)
{
	struct clv_work *w = c->work;
	size_t n = (size_t)c->h.longest + 1;
	struct bgnbd_sample sample;

	histories_merge(&c->h, pow(10, c->used.decimals));
	w->times = mem_alloc(n * sizeof(*w->times));
	for (size_t i = 0; i < n; i++)
		w->times[i] = (double)i / c->used.unit;
	sample = sample_of(c);
	bgnbd_fit_start(&c->visits, &sample);
}

static enum clv_spend_state look_at_spending(const struct clv *c)
{
	const struct histories *h = &c->h;
	size_t i = 1;

	if (c->plain.average <= 0)
		return CLV_SPEND_NOTHING;
	if (h->spending_n < CLV_REPEAT_LEAST)
		return CLV_SPEND_FEW;
	while (i < h->spending_n && h->spending[i].mean == h->spending[0].mean)
		i++;
	return i == h->spending_n ? CLV_SPEND_EQUAL : CLV_SPEND_FITTED;
}

static double mean_of_means(const struct histories *h)
{
	double sum = 0;

	for (size_t i = 0; i < h->spending_n; i++)
		sum += h->spending[i].mean;
	return sum / (double)h->spending_n;
}

static enum clv_spend_state look_at_money(const struct clv *c)
{
	const struct gamma_gamma *m = &c->money.m;

	if (c->money.maximum.state == MAXIMUM_FAILED || m->q <= 1 ||
	    gamma_gamma_expected(m, 0, 0) > unlikely_mean * mean_of_means(&c->h))
		return CLV_SPEND_NO_FIT;
	return CLV_SPEND_FITTED;
}

/* -- what is expected -- */

static struct ahead look_ahead(struct clv *c, double T)
{
	double month = c->used.unit == 1 ? month_days : month_weeks, before = 0;
	struct ahead a = { .visits = bgnbd_series_at(&c->work->series, T, c->used.horizon) };

	for (double i = 1; i < c->months + 1; i++) {
		double ends = fmin(i, c->months);
		double by_then = bgnbd_series_at(&c->work->series, T, ends * month);

		a.discounted += (by_then - before) / pow(1 + c->used.discount / 100, ends);
		before = by_then;
	}
	return a;
}

static void predict(struct clv *c)
{
	struct clv_work *w = c->work;
	const struct bgnbd_history *rows = c->h.merged;
	size_t end = w->at + PREDICT_PART;

	if (!w->ahead) {
		w->ahead = mem_alloc(c->h.merged_n * sizeof(*w->ahead));
		w->alive = mem_alloc(c->h.merged_n * sizeof(*w->alive));
	}
	for (size_t i; w->at < c->h.merged_n && w->at < end; w->at++) {
		i = w->at;
		if (!i || rows[i].x != rows[i - 1].x) {
			bgnbd_series_release(&w->series);
			bgnbd_series_start(&w->series, &c->visits.m, rows[i].x);
		}
		if (i && rows[i].x == rows[i - 1].x && rows[i].end == rows[i - 1].end)
			w->ahead[i] = w->ahead[i - 1];
		else
			w->ahead[i] = look_ahead(c, w->times[rows[i].end]);
		w->alive[i] = bgnbd_alive(&c->visits.m, rows[i].x, w->times[rows[i].last],
					  w->times[rows[i].end]);
	}
}

/* Minor units, not rounded. */
static double average_of(const struct clv *c, const struct history_row *row)
{
	double money = pow(10, c->used.decimals);

	if (c->spend == CLV_SPEND_NOTHING)
		return 0;
	if (c->spend != CLV_SPEND_FITTED)
		return c->plain.average;
	return money * gamma_gamma_expected(&c->money.m, row->x, fmax(row->mean, 0) / money);
}

static void sum_up(struct clv *c)
{
	struct clv_work *w = c->work;
	size_t end = w->at + SUM_PART;

	for (; w->at < c->h.n && w->at < end; w->at++) {
		const struct history_row *row = &c->h.rows[w->at];

		if (c->used.only && !people_has(c->used.only, row->customer))
			continue;
		c->customers++;
		c->alive += w->alive[row->place];
		c->repeat += row->x > 0;
		c->repeat_alive += row->x ? w->alive[row->place] : 0;
		c->expected += w->alive[row->place] * w->ahead[row->place].visits;
		c->value += w->alive[row->place] * w->ahead[row->place].discounted *
			average_of(c, row);
	}
}

/* -- step by step -- */

static void end_with(struct clv *c, enum clv_state state)
{
	c->state = state;
	c->whole = true;
	bgnbd_fit_release(&c->visits);
	gamma_gamma_fit_release(&c->money);
	bgnbd_series_release(&c->work->series);
}

static void step_gather(struct clv *c, const struct scan *s)
{
	enum clv_state state;

	if (histories_gather(&c->h, s))
		return;
	state = look(c);
	if (state != CLV_FITTED)
		end_with(c, state);
	c->work->stage = MERGE;
}

static void step_visits(struct clv *c)
{
	struct bgnbd_sample sample = sample_of(c);

	bgnbd_fit_step(&c->visits);
	if (!c->visits.maximum.over)
		return;
	c->work->stage = DOUBT;
	if (c->visits.maximum.state == MAXIMUM_FAILED)
		end_with(c, CLV_NO_FIT);
	else
		bgnbd_doubt_start(&c->work->doubt, &c->visits, &sample);
}

static void step_doubt(struct clv *c)
{
	struct bgnbd_doubt *d = &c->work->doubt;

	bgnbd_doubt_step(d);
	if (!d->over)
		return;
	c->spend = look_at_spending(c);
	c->work->stage = c->spend == CLV_SPEND_FITTED ? FIT_MONEY : PREDICT;
	if (d->open > open_most)
		end_with(c, CLV_UNSURE);
	else if (c->spend == CLV_SPEND_FITTED)
		gamma_gamma_fit_start(&c->money, &(struct gamma_gamma_sample){
			c->h.spending, c->h.spending_n });
}

static void step_money(struct clv *c)
{
	gamma_gamma_fit_step(&c->money);
	if (!c->money.maximum.over)
		return;
	c->spend = look_at_money(c);
	c->work->stage = PREDICT;
}

void clv_step(struct clv *c, const struct scan *s)
{
	if (c->whole)
		return;
	switch (c->work->stage) {
	case GATHER: step_gather(c, s); break;
	case MERGE:
		begin_visits(c);
		c->work->stage = FIT_VISITS;
		break;
	case FIT_VISITS: step_visits(c); break;
	case DOUBT: step_doubt(c); break;
	case FIT_MONEY: step_money(c); break;
	case PREDICT:
		predict(c);
		if (c->work->at == c->h.merged_n) {
			c->work->stage = SUM;
			c->work->at = 0;
		}
		break;
	case SUM:
		sum_up(c);
		if (c->work->at == c->h.n)
			end_with(c, CLV_FITTED);
		break;
	}
}

/* How many steps that is depends on how many histories each of them looks at. */
void clv_work(struct clv *c, const struct scan *s)
{
	size_t steps = 1 + STEPS_OF_FEW / (1 + c->h.merged_n);

	while (steps-- && !c->whole)
		clv_step(c, s);
}

enum status clv_of(const struct scan *s, const struct clv_options *options, struct clv *out)
{
	enum status st = clv_start(out, s, options);

	while (st == ST_OK && !out->whole)
		clv_step(out, s);
	return st;
}

void clv_release(struct clv *c)
{
	bgnbd_fit_release(&c->visits);
	gamma_gamma_fit_release(&c->money);
	histories_release(&c->h);
	if (c->work) {
		bgnbd_series_release(&c->work->series);
		free(c->work->times);
		free(c->work->ahead);
		free(c->work->alive);
		free(c->work);
	}
	*c = (struct clv){ 0 };
}

/* -- one customer -- */

/* Sums of money beyond what can be kept end there. */
static int64_t to_minor(double amount)
{
	return llround(fmax(fmin(amount, (double)MONEY_MOST), -(double)MONEY_MOST));
}

static void tell_history(const struct clv *c, const struct history_row *row,
			 struct clv_person *out)
{
	*out = (struct clv_person){
		.customer = row->customer, .first = row->first, .last = row->last, .x = row->x,
		.t_x = (double)(row->last - row->first) / c->used.unit,
		.T = (double)(c->h.to - row->first) / c->used.unit, .mean = row->mean };
}

void clv_at(const struct clv *c, size_t i, struct clv_person *out)
{
	const struct history_row *row = &c->h.rows[i];
	const struct clv_work *w = c->work;
	double average = average_of(c, row);

	tell_history(c, row, out);
	out->alive = w->alive[row->place];
	out->expected = out->alive * w->ahead[row->place].visits;
	out->average = to_minor(average);
	out->value = to_minor(out->alive * w->ahead[row->place].discounted * average);
}

/* The row of a customer; h.n: none. */
static size_t find_row(const struct clv *c, int64_t customer)
{
	size_t low = 0, high = c->h.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->h.rows[middle].customer < customer)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->h.n && c->h.rows[low].customer == customer ? low : c->h.n;
}

bool clv_history(const struct clv *c, int64_t customer, struct clv_person *out)
{
	size_t i = find_row(c, customer);

	*out = (struct clv_person){ 0 };
	if (!c->whole || i == c->h.n)
		return false;
	tell_history(c, &c->h.rows[i], out);
	return true;
}

bool clv_person(const struct clv *c, int64_t customer, struct clv_person *out)
{
	if (!clv_history(c, customer, out) || c->state != CLV_FITTED) {
		*out = (struct clv_person){ 0 };
		return false;
	}
	clv_at(c, find_row(c, customer), out);
	return true;
}
