/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_clv.h"

#include <math.h>

#include "cli/figures.h"
#include "cli/sheets.h"

static const char *const states[] = {
	[CLV_FITTED] = "fitted", [CLV_NOBODY] = "nobody", [CLV_FEW] = "few",
	[CLV_SILENT] = "silent", [CLV_NO_FIT] = "no_fit",
	[CLV_UNSURE] = "unsure", [CLV_SHORT] = "short" };
static const char *const spend_states[] = {
	[CLV_SPEND_FITTED] = "fitted", [CLV_SPEND_FEW] = "few", [CLV_SPEND_EQUAL] = "equal",
	[CLV_SPEND_NO_FIT] = "no_fit", [CLV_SPEND_NOTHING] = "nothing" };
static const char *const fits[] = {
	[MAXIMUM_CONVERGED] = "converged", [MAXIMUM_FLAT] = "flat",
	[MAXIMUM_AT_BOUND] = "at_bound", [MAXIMUM_FAILED] = "failed" };

static void set_number(json_t *json, const char *name, double number)
{
	json_object_set_new(json, name, json_real(number));
}

static void set_known(json_t *json, const char *name, double number)
{
	json_object_set_new(json, name, number > 0 ? json_real(number) : json_null());
}

/* Minor units, not rounded yet; of amounts that no shop has, as much as fits. */
static json_t *money(const struct run *run, double minor)
{
	return figure_money(run, llround(fmax(fmin(minor, 9e18), -9e18)));
}

static void add_visits(json_t *json, const struct bgnbd_fit *f)
{
	json_t *params = json_object(), *errors = json_object();

	set_number(params, "r", f->m.r);
	set_number(params, "alpha", f->m.alpha);
	set_number(params, "a", f->m.a);
	set_number(params, "b", f->m.b);
	set_known(errors, "r", f->error[0]);
	set_known(errors, "alpha", f->error[1]);
	set_known(errors, "a", f->error[2]);
	set_known(errors, "b", f->error[3]);
	json_object_set_new(json, "fit", json_string(fits[f->maximum.state]));
	json_object_set_new(json, "params", params);
	json_object_set_new(json, "standard_errors", errors);
	set_number(json, "log_likelihood", f->log_likelihood);
}

static void add_money(json_t *json, const struct gamma_gamma_fit *f)
{
	json_t *params = json_object(), *errors = json_object();

	set_number(params, "p", f->m.p);
	set_number(params, "q", f->m.q);
	set_number(params, "gamma", f->m.gamma);
	set_known(errors, "p", f->error[0]);
	set_known(errors, "q", f->error[1]);
	set_known(errors, "gamma", f->error[2]);
	json_object_set_new(json, "spend_fit", json_string(fits[f->maximum.state]));
	json_object_set_new(json, "spend_params", params);
	json_object_set_new(json, "spend_standard_errors", errors);
	set_number(json, "spend_log_likelihood", f->log_likelihood);
}

static json_t *sample_json(const struct clv *c)
{
	json_t *json = json_object();

	json_object_set_new(json, "customers", json_integer((json_int_t)c->h.n));
	json_object_set_new(json, "repeat_customers", json_integer(c->h.repeat));
	json_object_set_new(json, "visits", json_integer(c->h.visits));
	json_object_set_new(json, "spending_customers",
			    json_integer((json_int_t)c->h.spending_n));
	json_object_set_new(json, "from", figure_day(c->first_day));
	json_object_set_new(json, "to", figure_day(c->used.as_of));
	return json;
}

/* The model of which all else is told: what was asked, and what came of it. */
static json_t *model_json(const struct clv *c)
{
	bool fitted = c->state == CLV_FITTED;
	bool spend = fitted && c->spend == CLV_SPEND_FITTED;
	const char *caution = clv_caution(c);
	json_t *json = json_object();

	json_object_set_new(json, "as_of", figure_day(c->used.as_of));
	json_object_set_new(json, "unit", json_string(c->used.unit == 1 ? "day" : "week"));
	json_object_set_new(json, "horizon", json_integer(c->used.horizon));
	set_number(json, "months", c->months);
	set_number(json, "discount", c->used.discount);
	json_object_set_new(json, "status", json_string(states[c->state]));
	json_object_set_new(json, "words", json_string(clv_words(c)));
	json_object_set_new(json, "caution", caution ? json_string(caution) : json_null());
	json_object_set_new(json, "sample", sample_json(c));
	json_object_set_new(json, "model", fitted ? json_string("BG/NBD") : json_null());
	json_object_set_new(json, "params", json_null());
	json_object_set_new(json, "log_likelihood", json_null());
	json_object_set_new(json, "spend_model", spend ? json_string("Gamma-Gamma") : json_null());
	json_object_set_new(json, "spend_params", json_null());
	if (fitted) {
		add_visits(json, &c->visits);
		json_object_set_new(json, "spend_status", json_string(spend_states[c->spend]));
		json_object_set_new(json, "spend_words", json_string(clv_spend_words(c)));
	}
	if (spend)
		add_money(json, &c->money);
	report_definitions(json, clv_definitions);
	return json;
}

/* -- beside what came -- */

static json_t *week_json(const struct clv_week *w)
{
	json_t *json = json_object();

	json_object_set_new(json, "week_ends", figure_day(w->last));
	json_object_set_new(json, "came", json_integer(w->came));
	set_number(json, "expected", w->expected);
	return json;
}

static json_t *times_json(const struct clv_times *t, size_t x)
{
	json_t *json = json_object();

	json_object_set_new(json, "x", json_integer((json_int_t)x));
	json_object_set_new(json, "customers", json_integer(t->customers));
	set_number(json, "expected_customers", t->expected_customers);
	json_object_set_new(json, "came", json_integer(t->came));
	set_number(json, "expected", t->expected);
	return json;
}

static void add_check(json_t *json, const struct clv_check *k)
{
	json_t *held = json_object(), *weeks = json_array(), *times = json_array();

	json_object_set_new(held, "from", figure_day(k->from));
	json_object_set_new(held, "to", figure_day(k->to));
	json_object_set_new(held, "customers", json_integer(k->customers));
	json_object_set_new(held, "came", json_integer(k->came));
	set_number(held, "expected", k->expected);
	set_number(held, "mean_error", k->mean_error);
	set_number(held, "root_mean_square_error", k->root_mean_square_error);
	set_number(held, "correlation", k->correlation);
	for (size_t i = 0; i < k->week_count; i++)
		json_array_append_new(weeks, week_json(&k->weeks[i]));
	for (size_t i = 0; i < CLV_TIMES; i++)
		json_array_append_new(times, times_json(&k->times[i], i));
	json_object_set_new(json, "held_out", held);
	json_object_set_new(json, "by_visits", times);
	json_object_set_new(json, "weeks", weeks);
}

/* -- all, and one -- */

static json_t *plain_json(const struct run *run, const struct clv *c)
{
	json_t *json = json_object();

	json_object_set_new(json, "average", money(run, c->plain.average));
	set_known(json, "visits_a_year", c->plain.visits_a_year);
	json_object_set_new(json, "value", c->plain.visits_a_year > 0 ?
			    money(run, c->plain.value) : json_null());
	return json;
}

json_t *clv_json(const struct run *run, const struct clv *c, const struct clv_check *check)
{
	json_t *json = model_json(c);
	bool fitted = c->state == CLV_FITTED;

	json_object_set_new(json, "customers",
			    json_integer(fitted ? c->customers : (json_int_t)c->h.n));
	json_object_set_new(json, "alive", fitted ? json_real(c->alive) : json_null());
	json_object_set_new(json, "repeat_customers", json_integer(fitted ? c->repeat :
								   c->h.repeat));
	json_object_set_new(json, "repeat_alive", fitted ? json_real(c->repeat_alive) :
			    json_null());
	json_object_set_new(json, "expected_purchases",
			    fitted ? json_real(c->expected) : json_null());
	json_object_set_new(json, "value", fitted && c->spend != CLV_SPEND_NOTHING ?
			    money(run, c->value) : json_null());
	json_object_set_new(json, "plain", c->h.n && c->state != CLV_SILENT ?
			    plain_json(run, c) : json_null());
	if (check)
		add_check(json, check);
	return json;
}

json_t *clv_person_json(const struct run *run, const struct clv *c, const struct clv_person *p)
{
	bool fitted = c->state == CLV_FITTED;
	bool paid = fitted && c->spend != CLV_SPEND_NOTHING;
	json_t *json = model_json(c);

	json_object_set_new(json, "id", json_integer(p->customer));
	json_object_set_new(json, "x", json_integer(p->x));
	set_number(json, "t_x", p->t_x);
	set_number(json, "T", p->T);
	json_object_set_new(json, "first_visit", figure_day(p->first));
	json_object_set_new(json, "last_visit", figure_day(p->last));
	json_object_set_new(json, "monetary", p->x ? money(run, p->mean) : json_null());
	json_object_set_new(json, "p_alive", fitted ? json_real(p->alive) : json_null());
	json_object_set_new(json, "expected_purchases",
			    fitted ? json_real(p->expected) : json_null());
	json_object_set_new(json, "average", paid ? figure_money(run, p->average) : json_null());
	json_object_set_new(json, "value", paid ? figure_money(run, p->value) : json_null());
	return json;
}
