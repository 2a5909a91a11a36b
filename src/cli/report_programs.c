/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_programs.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "cli/sheets.h"
#include "cli/where.h"
#include "insight/programs.h"
#include "store/record_text.h"

const struct field report_programs_flags[] = {
	FLAG_FROM, FLAG_TO,
	FLAG("days", FIELD_INT, .least = 1, .most = 3650, .value = "N",
	     .help = "how long it may take to reach the reward; else 180"),
	FLAG_WHERE, FLAG_CSV, { 0 }
};

/* -- JSON -- */

static void set_number(json_t *json, const char *name, bool tells, double number)
{
	json_object_set_new(json, name, tells ? json_real(number) : json_null());
}

static json_t *sample_json(struct share s)
{
	json_t *json = json_object();

	json_object_set_new(json, "share", figure_share(s));
	json_object_set_new(json, "part", json_integer(s.part));
	json_object_set_new(json, "of", json_integer(s.whole));
	return json;
}

static json_t *pace_json(const struct program_pace *p)
{
	bool tells = program_pace_tells(p);
	json_t *json = json_object();

	json_object_set_new(json, "people", json_integer(p->people));
	json_object_set_new(json, "cards", json_integer(p->cards));
	set_number(json, "days_first_half", tells, p->first);
	set_number(json, "days_last_quarter", tells, p->last);
	set_number(json, "days_sooner", tells, p->sooner);
	set_number(json, "low", tells, p->low);
	set_number(json, "high", tells, p->high);
	return json;
}

static json_t *group_json(const struct run *run, const struct program_group *g)
{
	bool tells = program_group_tells(g);
	json_t *json = json_object();

	json_object_set_new(json, "customers", json_integer(g->customers));
	json_object_set_new(json, "visits", json_integer(g->visits));
	json_object_set_new(json, "paid", figure_money(run, g->paid));
	json_object_set_new(json, "paid_per_visit",
			    tells ? figure_money(run, program_group_paid(g)) : json_null());
	set_number(json, "visits_per_month", tells, program_group_visits(g));
	return json;
}

static json_t *rewards_json(const struct given_away *g)
{
	json_t *json = json_object();

	json_object_set_new(json, "issued", json_integer(g->issued));
	json_object_set_new(json, "claimed", json_integer(g->claimed));
	json_object_set_new(json, "unclaimed", json_integer(g->unclaimed));
	return json;
}

static json_t *money_json(const struct run *run, const struct program_figure *p)
{
	json_t *json = json_object();

	json_object_set_new(json, "rewards_cost", figure_money(run, p->given.rewards_cost));
	json_object_set_new(json, "points_cost", figure_money(run, p->given.points_cost));
	json_object_set_new(json, "cost", figure_money(run, p->cost));
	json_object_set_new(json, "owed_before", figure_money(run, p->owed_before));
	json_object_set_new(json, "owed", figure_money(run, p->owed));
	json_object_set_new(json, "owed_moved", figure_money(run, p->owed - p->owed_before));
	return json;
}

static json_t *program_json(const struct run *run, const struct program_figure *p)
{
	json_t *json = json_object(), *breakage = sample_json(p->breakage);

	json_object_set_new(json, "program", json_text(p->name));
	json_object_set_new(json, "unit",
			    json_string(p->kind == PROGRAM_STAMPS ? "stamps" : "points"));
	json_object_set_new(json, "enrolled", json_integer(p->enrolled));
	json_object_set_new(json, "active", json_integer(p->active));
	json_object_set_new(json, "reach", sample_json(p->reach));
	json_object_set_new(json, "earned", json_integer(p->given.earned));
	json_object_set_new(json, "lapsed", json_integer(p->given.lapsed));
	json_object_set_new(json, "paid", json_integer(p->given.paid));
	json_object_set_new(json, "rewards", rewards_json(&p->given));
	json_object_set_new(breakage, "people", json_integer(p->breakage_people));
	json_object_set_new(json, "breakage", breakage);
	json_object_update_new(json, money_json(run, p));
	json_object_set_new(json, "sooner", pace_json(&p->pace));
	json_object_set_new(json, "members", group_json(run, &p->members));
	json_object_set_new(json, "others", group_json(run, &p->others));
	return json;
}

static void programs_json(struct run *run, const struct program_figures *p)
{
	json_t *json = json_object(), *rows = json_array();

	json_object_set_new(json, "from", figure_day(p->used.from));
	json_object_set_new(json, "to", figure_day(p->used.to));
	json_object_set_new(json, "days", json_integer(p->used.days));
	for (size_t i = 0; i < p->n; i++)
		json_array_append_new(rows, program_json(run, &p->row[i]));
	json_object_set_new(json, "programs", rows);
	report_definitions(json, program_definitions);
	out_json(run, json);
}

/* -- words -- */

static void print_breakage(struct run *run, const struct program_figure *p)
{
	char text[120];

	if (!p->breakage_people && p->never_lapses)
		snprintf(text, sizeof(text), "they never lapse");
	else if (p->breakage_people < SHARE_FEW || p->breakage.whole <= 0)
		snprintf(text, sizeof(text), "too few to tell (of %" PRId64 " people)",
			 p->breakage_people);
	else
		snprintf(text, sizeof(text), "%.1f %% (%" PRId64 " of %" PRId64 ", of %" PRId64
			 " people)", 100 * share_value(p->breakage), p->breakage.part,
			 p->breakage.whole, p->breakage_people);
	out_pair(run, "Lapsed unused", text);
}

static void print_pace(struct run *run, const struct program_pace *p)
{
	char text[160];

	if (program_pace_tells(p))
		snprintf(text, sizeof(text), "%.1f days sooner, between %.1f and %.1f%s (%" PRId64
			 " people)", p->sooner, p->low, p->high,
			 p->low <= 0 && p->high >= 0 ? ": may be chance" : "", p->people);
	else
		snprintf(text, sizeof(text), "too few to tell (%" PRId64 " people)", p->people);
	out_pair(run, "Near the reward", text);
}

static void print_group(struct run *run, const char *label, const struct program_group *g)
{
	char text[160], money[MONEY_TEXT];

	if (program_group_tells(g))
		snprintf(text, sizeof(text), "pay %s a visit, come %.1f times a month (%" PRId64
			 " people)", amount_text(run, program_group_paid(g), money),
			 program_group_visits(g), g->customers);
	else
		snprintf(text, sizeof(text), "too few to tell (%" PRId64 " people)", g->customers);
	out_pair(run, label, text);
}

static void print_program(struct run *run, const struct program_figure *p, int days)
{
	char label[80];

	out_line(run, "%s", "");
	out_line(run, "Program %s%s", p->name, p->stopped ? ", stopped" : "");
	print_count(run, "Members", p->enrolled);
	print_count(run, "active", p->active);
	snprintf(label, sizeof(label), p->kind == PROGRAM_STAMPS ? "Full in %d days" :
		 "Used in %d days", days);
	print_share(run, label, p->reach);
	print_count(run, "Rewards earned", p->given.issued);
	print_count(run, "claimed", p->given.claimed);
	print_count(run, "lapsed unclaimed", p->given.unclaimed);
	print_breakage(run, p);
	print_money(run, "Cost", p->cost);
	if (p->unpriced)
		out_pair(run, "", "its rewards do not say what they cost or are worth");
	print_money(run, "Owed", p->owed);
	print_money(run, "more than before", p->owed - p->owed_before);
	if (p->kind == PROGRAM_STAMPS)
		print_pace(run, &p->pace);
	print_group(run, "Members", &p->members);
	print_group(run, "Not members", &p->others);
}

static void programs_words(struct run *run, const struct program_figures *p)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (!p->n || !p->used.to) {
		out_line(run, p->n ? "There are no sales yet." : "There are no programs yet; "
			 "see: regulars help program add");
		return;
	}
	day_print(p->used.from, from);
	day_print(p->used.to, to);
	out_line(run, "From %s through %s", from, to);
	for (size_t i = 0; i < p->n; i++)
		print_program(run, &p->row[i], p->used.days);
	out_line(run, "%s", "");
	out_line(run, "Members differ anyway: who comes often joins more easily, so the "
		 "difference is");
	out_line(run, "not what the program did.");
}

static void programs_show(struct run *run, const struct program_figures *p, bool csv)
{
	struct sheet sheet;

	if (run->json) {
		programs_json(run, p);
	} else if (csv) {
		program_figures_sheet(p, &sheet);
		report_sheet(run, &sheet);
		sheet_release(&sheet);
	} else {
		programs_words(run, p);
	}
}

enum status report_flows(struct run *run, struct people_set *only, struct flows *out)
{
	bool given;
	enum status st = where_read(run, only, &given);

	return st == ST_OK ? flows_read(run->shop.store, given ? only : NULL,
					clock_day(run->by.now), out) : st;
}

enum status report_programs(struct run *run)
{
	const struct program_options options = {
		.from = (int32_t)args_number(run->args, "from"),
		.to = (int32_t)args_number(run->args, "to"),
		.days = (int)args_number(run->args, "days"),
	};
	struct program_figures figures = { .n = 0 };
	struct flows flows = { .n = 0 };
	struct people_set only = { 0 };
	bool csv;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = report_flows(run, &only, &flows);
	if (st == ST_OK)
		st = program_figures_of(&flows, &options, &figures);
	if (st == ST_OK)
		programs_show(run, &figures, csv);
	program_figures_release(&figures);
	flows_release(&flows);
	people_release(&only);
	return st;
}
