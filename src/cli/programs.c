/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/programs.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/standing.h"
#include "store/record_text.h"

static json_t *program_json(const struct run *run, const struct program *p,
			    const struct rewards *rewards)
{
	const struct reward *r = reward_by_id(rewards, p->reward);
	json_t *json = record_json(&program_type, p, run->shop.decimals);

	json_object_set_new(json, "reward_name", json_text(r ? r->name : ""));
	return json;
}

static void print_list(struct run *run, const char *label, const struct program *p,
		       const char *list)
{
	struct buf text = { 0 };

	field_text(record_field(&program_type, list), p, 0, &text);
	if (text.len)
		out_pair(run, label, text.at);
	buf_release(&text);
}

static void print_validity(struct run *run, const struct program *p)
{
	char text[80];

	switch ((enum validity)p->validity) {
	case VALID_NEVER:
		return;
	case VALID_DAYS:
		snprintf(text, sizeof(text), "%" PRId64 " days", p->valid_for);
		break;
	case VALID_MONTHS:
		snprintf(text, sizeof(text), "%" PRId64 " months", p->valid_for);
		break;
	case VALID_INACTIVE:
		snprintf(text, sizeof(text), "%" PRId64 " months without a visit", p->valid_for);
		break;
	case VALID_MONTH_END:
		snprintf(text, sizeof(text), "to the end of the month");
		break;
	case VALID_YEAR_END:
		snprintf(text, sizeof(text), "to the end of the year");
		break;
	}
	out_pair(run, "Good for", text);
}

/* Everything that is not empty, in words where a field alone says too little. */
static void print_program(struct run *run, const struct program *p, const struct rewards *rewards)
{
	struct program shown = *p;
	const struct reward *r = reward_by_id(rewards, p->reward);

	shown.reward = shown.validity = shown.valid_for = 0;
	shown.milestone_count = shown.include_count = shown.exclude_count = 0;
	out_pair(run, "Kind", program_unit(p));
	shown.kind = 0;
	out_record(run, &program_type, &shown);
	print_list(run, "Only categories", p, "include");
	print_list(run, "Not categories", p, "exclude");
	print_validity(run, p);
	if (r)
		out_pair(run, "Reward", r->name);
	for (uint32_t i = 0; i < p->milestone_count; i++) {
		char text[128];

		r = reward_by_id(rewards, p->milestones[i].reward);
		snprintf(text, sizeof(text), "%s at %" PRId64 " stamps", r ? r->name : "?",
			 p->milestones[i].stamps);
		out_pair(run, "On the way", text);
	}
}

enum status program_print(struct run *run, int64_t id)
{
	struct standing s;
	const struct program *p = NULL;
	enum status st = read_standing(run, 0, &s);

	if (st == ST_OK)
		p = program_by_id(&s.programs, id);
	if (p && run->json)
		out_json(run, program_json(run, p, &s.rewards));
	else if (p)
		print_program(run, p, &s.rewards);
	standing_release(&s);
	return st;
}

enum status program_list(struct run *run)
{
	static const char *const columns[] = {
		"id", "name", "kind", "from", "goal", "earn", "spend", "point_value", "stopped",
		NULL
	};
	struct listing l = { .type = &program_type, .columns = columns };
	struct standing s;
	enum status st = read_standing(run, 0, &s);

	if (st == ST_OK) {
		listing_start(&l, run, "programs");
		for (size_t i = 0; i < s.programs.n; i++)
			listing_add(&l, &s.programs.row[i]);
		listing_end(&l);
	}
	standing_release(&s);
	return st;
}

enum status program_show(struct run *run)
{
	struct program p;
	enum status st = find_program(run, args_operand(run->args, 0), &p);

	return st == ST_OK ? program_print(run, p.id) : st;
}
