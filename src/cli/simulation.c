/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/simulation.h"

#include <inttypes.h>

#include "base/clock.h"
#include "cli/out.h"

static void add_day(json_t *json, const char *name, int32_t day)
{
	char text[DAY_TEXT];

	if (day)
		day_print(day, text);
	json_object_set_new(json, name, day ? json_string(text) : json_null());
}

static void print_json(struct run *run, const struct simulation *s)
{
	json_t *json = json_object();
	char cost[MONEY_TEXT];

	add_day(json, "from", s->from);
	add_day(json, "through", s->through);
	json_object_set_new(json, "sales", json_integer(s->sales));
	json_object_set_new(json, "customers", json_integer(s->customers));
	json_object_set_new(json, "given", json_integer(s->given));
	json_object_set_new(json, "rewards", json_integer(s->rewards));
	json_object_set_new(json, "cost", json_string(amount_text(run, s->cost, cost)));
	json_object_set_new(json, "reached", json_integer(s->reached));
	json_object_set_new(json, "median_days",
			    s->reached ? json_integer(s->median_days) : json_null());
	out_json(run, json);
}

enum status simulation_print(struct run *run, const struct program *p, const struct simulation *s)
{
	char from[DAY_TEXT], through[DAY_TEXT], cost[MONEY_TEXT];

	if (run->json) {
		print_json(run, s);
		return ST_OK;
	}
	if (!s->sales) {
		out_line(run, "No sale of a known customer would have earned anything.");
		return ST_OK;
	}
	day_print(s->from, from);
	day_print(s->through, through);
	out_line(run, "Had it run from %s through %s:", from, through);
	out_line(run, "%" PRId64 " sales of %" PRId64 " customers would have earned %" PRId64 " %s,",
		 s->sales, s->customers, s->given,
		 p->kind == PROGRAM_STAMPS ? "stamps" : "points");
	out_line(run, "which is %" PRId64 " rewards and costs the shop %s.", s->rewards,
		 amount_text(run, s->cost, cost));
	if (s->reached)
		out_line(run, "%" PRId64 " of them would have had a first one, half of these within "
			 "%" PRId64 " days of their first sale.", s->reached, s->median_days);
	else
		out_line(run, "Nobody would have had one yet.");
	return ST_OK;
}
