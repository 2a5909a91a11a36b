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
	const struct { const char *name; int64_t number; } numbers[] = {
		{ "sales", s->sales }, { "earning_sales", s->earning_sales },
		{ "customers", s->customers }, { "earners", s->earners }, { "given", s->given },
		{ "rewards", s->rewards }, { "goal", s->goal }, { "reached", s->reached },
	};
	const struct { const char *name; int64_t amount; } amounts[] = {
		{ "payment", s->payment }, { "own_cost", s->own_cost }, { "value", s->value },
	};
	json_t *json = json_object();
	char text[MONEY_TEXT];

	add_day(json, "from", s->first_day);
	add_day(json, "through", s->last_day);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		json_object_set_new(json, numbers[i].name, json_integer(numbers[i].number));
	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++)
		json_object_set_new(json, amounts[i].name,
				    json_string(amount_text(run, amounts[i].amount, text)));
	json_object_set_new(json, "median_days",
			    s->reached ? json_integer(s->median_days) : json_null());
	out_json(run, json);
}

enum status simulation_print(struct run *run, const struct program *p, const struct simulation *s)
{
	char from[DAY_TEXT], through[DAY_TEXT], cost[MONEY_TEXT], payment[MONEY_TEXT];

	if (run->json) {
		print_json(run, s);
		return ST_OK;
	}
	if (!s->earners) {
		out_line(run, "No sale of a known customer would have earned anything.");
		return ST_OK;
	}
	day_print(s->first_day, from);
	day_print(s->last_day, through);
	out_line(run, "Had it run from %s through %s:", from, through);
	out_line(run, "%" PRId64 " of %" PRId64 " customers would have earned %" PRId64 " %s.",
		 s->earners, s->customers, s->given, program_unit(p));
	if (s->payment)
		out_line(run, "As payment they would be worth %s.",
			 amount_text(run, s->payment, payment));
	if (s->goal)
		out_line(run, "%" PRId64 " rewards would have been given, at an own cost of %s.",
			 s->rewards, amount_text(run, s->own_cost, cost));
	if (s->reached)
		out_line(run, "%" PRId64 " customers would have had one, half of them within "
			 "%" PRId64
			 " days of their first sale.", s->reached, s->median_days);
	else if (s->goal)
		out_line(run, "Nobody would have had one yet.");
	return ST_OK;
}
