/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/figures.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/out.h"
#include "store/record_text.h"

json_t *figure_money(const struct run *run, int64_t minor)
{
	char text[MONEY_TEXT];

	return json_string(amount_text(run, minor, text));
}

json_t *figure_day(int32_t day)
{
	char text[DAY_TEXT];

	if (!day)
		return json_null();
	day_print(day, text);
	return json_string(text);
}

json_t *figure_id(int64_t id)
{
	return id ? json_integer(id) : json_null();
}

json_t *figure_share(struct share s)
{
	return s.whole ? json_real(share_value(s)) : json_null();
}

json_t *figure_sample(struct share s)
{
	json_t *json = json_object();

	json_object_set_new(json, "part", json_integer(s.part));
	json_object_set_new(json, "whole", json_integer(s.whole));
	return json;
}

void figures_add_takings(const struct run *run, json_t *json, const struct takings *t)
{
	json_object_set_new(json, "sales", json_integer(t->sales));
	json_object_set_new(json, "known_sales", json_integer(t->known_sales));
	json_object_set_new(json, "refunds", json_integer(t->refunds));
	json_object_set_new(json, "revenue", figure_money(run, t->revenue));
	json_object_set_new(json, "known_revenue", figure_money(run, t->known_revenue));
	json_object_set_new(json, "refunded", figure_money(run, t->refunded));
	json_object_set_new(json, "walk_in", figure_money(run, t->walk_in));
}

void figures_add_parts(const struct run *run, json_t *json, const struct revenue_parts *parts)
{
	json_object_set_new(json, "new_revenue", figure_money(run, parts->new));
	json_object_set_new(json, "returning_revenue", figure_money(run, parts->returning));
	json_object_set_new(json, "anonymous_revenue", figure_money(run, parts->anonymous));
}

/* -- liability -- */

static void add_holdings(json_t *json, const struct holdings *h)
{
	json_object_set_new(json, "issued", json_integer(h->issued));
	json_object_set_new(json, "redeemed", json_integer(h->redeemed));
	json_object_set_new(json, "expired", json_integer(h->expired));
	json_object_set_new(json, "adjusted", json_integer(h->adjusted));
	json_object_set_new(json, "opening", json_integer(h->opening));
	json_object_set_new(json, "outstanding", json_integer(h->outstanding));
	json_object_set_new(json, "usable", json_integer(h->usable));
	json_object_set_new(json, "pending", json_integer(h->pending));
	json_object_set_new(json, "lapsed", json_integer(h->lapsed));
	json_object_set_new(json, "owed", json_integer(h->owed));
}

static json_t *program_json(const struct run *run, const struct liability_program *p)
{
	json_t *json = json_object();

	json_object_set_new(json, "program", json_text(p->name));
	json_object_set_new(json, "unit",
			    json_string(p->kind == PROGRAM_STAMPS ? "stamps" : "points"));
	add_holdings(json, &p->held);
	json_object_set_new(json, "point_value", figure_money(run, p->point_value));
	json_object_set_new(json, "value", figure_money(run, p->value));
	return json;
}

static json_t *reward_json(const struct run *run, const struct liability_reward *r)
{
	json_t *json = json_object();

	json_object_set_new(json, "reward", json_text(r->name));
	add_holdings(json, &r->held);
	json_object_set_new(json, "ready", json_integer(r->ready));
	json_object_set_new(json, "value", figure_money(run, r->value));
	json_object_set_new(json, "own_cost", figure_money(run, r->own_cost));
	return json;
}

json_t *figures_liability(const struct run *run, const struct liability *l)
{
	json_t *json = json_object(), *programs = json_array(), *rewards = json_array();

	for (size_t i = 0; i < l->program_count; i++)
		json_array_append_new(programs, program_json(run, &l->programs[i]));
	for (size_t i = 0; i < l->reward_count; i++)
		json_array_append_new(rewards, reward_json(run, &l->rewards[i]));
	json_object_set_new(json, "day", figure_day(l->day));
	json_object_set_new(json, "programs", programs);
	json_object_set_new(json, "rewards", rewards);
	json_object_set_new(json, "points_value", figure_money(run, l->points_value));
	json_object_set_new(json, "rewards_value", figure_money(run, l->rewards_value));
	json_object_set_new(json, "rewards_own_cost", figure_money(run, l->rewards_own_cost));
	return json;
}

/* -- words -- */

void print_count(struct run *run, const char *label, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	out_pair(run, label, text);
}

void print_money(struct run *run, const char *label, int64_t minor)
{
	char text[MONEY_TEXT];

	out_pair(run, label, amount_text(run, minor, text));
}

void print_share(struct run *run, const char *label, struct share s)
{
	char text[80];

	if (share_tells(s))
		snprintf(text, sizeof(text), "%.1f %% (%" PRId64 " of %" PRId64 ")",
			 100 * share_value(s), s.part, s.whole);
	else
		snprintf(text, sizeof(text), "too few to tell (%" PRId64 " of %" PRId64 ")", s.part,
			 s.whole);
	out_pair(run, label, text);
}

static void print_programs(struct run *run, const struct liability *l)
{
	struct grid grid;
	char money[MONEY_TEXT];

	grid_start(&grid);
	grid_column(&grid, "Program", GRID_LEFT);
	grid_column(&grid, "Given", GRID_RIGHT);
	grid_column(&grid, "Used", GRID_RIGHT);
	grid_column(&grid, "Expired", GRID_RIGHT);
	grid_column(&grid, "Outstanding", GRID_RIGHT);
	grid_column(&grid, "Worth", GRID_RIGHT);
	for (size_t i = 0; i < l->program_count; i++) {
		const struct liability_program *p = &l->programs[i];

		grid_cell(&grid, p->name);
		grid_cellf(&grid, "%" PRId64, p->held.issued + p->held.opening + p->held.adjusted);
		grid_cellf(&grid, "%" PRId64, p->held.redeemed);
		grid_cellf(&grid, "%" PRId64, p->held.expired);
		grid_cellf(&grid, "%" PRId64, p->held.outstanding);
		grid_cell(&grid, amount_text(run, p->value, money));
	}
	grid_end(&grid, run);
}

static void print_rewards(struct run *run, const struct liability *l)
{
	struct grid grid;
	char money[MONEY_TEXT];

	grid_start(&grid);
	grid_column(&grid, "Reward", GRID_LEFT);
	grid_column(&grid, "Given", GRID_RIGHT);
	grid_column(&grid, "Used", GRID_RIGHT);
	grid_column(&grid, "Expired", GRID_RIGHT);
	grid_column(&grid, "Ready", GRID_RIGHT);
	grid_column(&grid, "Worth", GRID_RIGHT);
	grid_column(&grid, "Own cost", GRID_RIGHT);
	for (size_t i = 0; i < l->reward_count; i++) {
		const struct liability_reward *r = &l->rewards[i];

		grid_cell(&grid, r->name);
		grid_cellf(&grid, "%" PRId64, r->held.issued);
		grid_cellf(&grid, "%" PRId64, r->held.redeemed);
		grid_cellf(&grid, "%" PRId64, r->held.expired);
		grid_cellf(&grid, "%" PRId64, r->ready);
		grid_cell(&grid, amount_text(run, r->value, money));
		grid_cell(&grid, amount_text(run, r->own_cost, money));
	}
	grid_end(&grid, run);
}

void print_liability(struct run *run, const struct liability *l)
{
	print_programs(run, l);
	print_rewards(run, l);
	print_money(run, "Points owed, worth", l->points_value);
	print_money(run, "Rewards ready, worth", l->rewards_value);
	print_money(run, "at own cost", l->rewards_own_cost);
}
