/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/standing.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/out.h"
#include "store/record_text.h"

enum status read_standing(const struct run *run, int64_t customer, struct standing *out)
{
	return standing_read(&run->shop, customer, clock_day(run->by.now), out);
}

json_t *standing_balances(const struct standing *s)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < s->programs.n; i++) {
		const struct program *p = &s->programs.row[i];
		json_t *row;

		if (!standing_shows(s, p))
			continue;
		row = json_object();
		json_object_set_new(row, "program", json_text(p->name));
		json_object_set_new(row, "unit", json_string(program_unit(p)));
		json_object_set_new(row, "amount", json_integer(standing_balance(s, p)));
		json_object_set_new(row, "pending", json_integer(standing_pending(s, p)));
		json_object_set_new(row, "goal", p->goal ? json_integer(p->goal) : json_null());
		json_array_append_new(rows, row);
	}
	return rows;
}

json_t *standing_rewards(const struct standing *s)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];
		const struct program *p = program_by_id(&s->programs, r->program);
		int64_t ready = standing_ready(s, r);
		json_t *row;

		if (!ready)
			continue;
		row = json_object();
		json_object_set_new(row, "reward", json_text(r->name));
		json_object_set_new(row, "program", json_text(p ? p->name : ""));
		json_object_set_new(row, "ready", json_integer(ready));
		json_array_append_new(rows, row);
	}
	return rows;
}

static void print_program(const struct standing *s, const struct program *p, struct run *run)
{
	int64_t balance = standing_balance(s, p), pending = standing_pending(s, p);
	char text[200];
	int n;

	if (balance < 0)
		n = snprintf(text, sizeof(text), "owes %" PRId64 " %s", -balance, program_unit(p));
	else if (p->kind == PROGRAM_STAMPS)
		n = snprintf(text, sizeof(text), "%" PRId64 " of %" PRId64 " stamps", balance,
			     p->goal);
	else
		n = snprintf(text, sizeof(text), "%" PRId64 " points", balance);
	if (pending && n > 0)
		snprintf(text + n, sizeof(text) - (size_t)n, ", and %" PRId64 " that are pending",
			 pending);
	out_pair(run, p->name, text);
}

void standing_print(const struct standing *s, struct run *run)
{
	char text[200];

	for (size_t i = 0; i < s->programs.n; i++)
		if (standing_shows(s, &s->programs.row[i]))
			print_program(s, &s->programs.row[i], run);
	for (size_t i = 0; i < s->rewards.n; i++) {
		const struct reward *r = &s->rewards.row[i];
		int64_t ready = standing_ready(s, r);

		snprintf(text, sizeof(text), "%s (%" PRId64 " ready)", r->name, ready);
		if (ready > 0)
			out_pair(run, "Reward", text);
	}
}
