/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/days.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/figures.h"
#include "cli/out.h"
#include "insight/day.h"
#include "shop/verbs.h"
#include "store/record_text.h"

const struct field report_day_flags[] = {
	FLAG("day", FIELD_DAY, .help = "else today"),
	{ 0 }
};

const struct field day_close_flags[] = {
	FLAG("day", FIELD_DAY, .help = "else today"),
	FLAG("takings", FIELD_MONEY, .most = MONEY_MOST, .help = "all money of the day; what was "
	     "not rung up is booked as one walk-in total"),
	FLAG("short", FIELD_BOOL, .help = "close it although the takings are less than what was "
	     "rung up"),
	{ 0 }
};

static int32_t asked_day(const struct run *run)
{
	int32_t day = (int32_t)args_number(run->args, "day");

	return day ? day : clock_day(run->by.now);
}

/* -- JSON -- */

static json_t *movement_json(const char *kind, const char *name, const struct day_movement *m)
{
	json_t *json = json_object();

	json_object_set_new(json, kind, json_text(name));
	json_object_set_new(json, "given", json_integer(m->given));
	json_object_set_new(json, "taken_back", json_integer(m->taken_back));
	json_object_set_new(json, "used", json_integer(m->used));
	json_object_set_new(json, "returned", json_integer(m->returned));
	json_object_set_new(json, "expired", json_integer(m->expired));
	json_object_set_new(json, "adjusted", json_integer(m->adjusted));
	json_object_set_new(json, "opened", json_integer(m->opened));
	return json;
}

static json_t *tenders_json(const struct run *run, const struct day_report *r)
{
	json_t *json = json_object();

	for (int i = 0; i < TENDERS; i++)
		json_object_set_new(json, tender_names[i], figure_money(run, r->tenders[i]));
	return json;
}

static void day_json(struct run *run, const struct day_report *r)
{
	json_t *json = json_object(), *programs = json_array(), *rewards = json_array();

	for (size_t i = 0; i < r->program_count; i++)
		json_array_append_new(programs, movement_json("program", r->programs[i].name,
							      &r->programs[i].moved));
	for (size_t i = 0; i < r->reward_count; i++)
		json_array_append_new(rewards, movement_json("reward", r->rewards[i].name,
							     &r->rewards[i].moved));
	json_object_set_new(json, "day", figure_day(r->day));
	figures_add_takings(run, json, &r->takings);
	json_object_set_new(json, "discounts", figure_money(run, r->discounts));
	json_object_set_new(json, "tax", figure_money(run, r->tax));
	json_object_set_new(json, "tenders", tenders_json(run, r));
	json_object_set_new(json, "adjustments", json_integer(r->adjustments));
	json_object_set_new(json, "undone", json_integer(r->undone));
	json_object_set_new(json, "programs", programs);
	json_object_set_new(json, "rewards", rewards);
	json_object_set_new(json, "liability", r->day == clock_day(run->by.now) ?
						       figures_liability(run, &r->liability) :
						       json_null());
	json_object_set_new(json, "closed", r->closed ? json_integer(r->closed) : json_null());
	json_object_set_new(json, "short", figure_money(run, r->missing));
	json_object_set_new(json, "late", json_integer(r->late));
	json_object_set_new(json, "fingerprint", json_text(r->fingerprint));
	out_json(run, json);
}

/* -- words -- */

static void add_movement(struct grid *grid, const char *name, const struct day_movement *m)
{
	grid_cell(grid, name);
	grid_cellf(grid, "%" PRId64, m->given - m->taken_back + m->opened);
	grid_cellf(grid, "%" PRId64, m->used - m->returned);
	grid_cellf(grid, "%" PRId64, m->expired);
	grid_cellf(grid, "%" PRId64, m->adjusted);
}

static void print_movements(struct run *run, const struct day_report *r)
{
	struct grid grid;

	grid_start(&grid);
	grid_column(&grid, "Program or reward", GRID_LEFT);
	grid_column(&grid, "Given", GRID_RIGHT);
	grid_column(&grid, "Used", GRID_RIGHT);
	grid_column(&grid, "Expired", GRID_RIGHT);
	grid_column(&grid, "By hand", GRID_RIGHT);
	for (size_t i = 0; i < r->program_count; i++)
		add_movement(&grid, r->programs[i].name, &r->programs[i].moved);
	for (size_t i = 0; i < r->reward_count; i++)
		add_movement(&grid, r->rewards[i].name, &r->rewards[i].moved);
	grid_end(&grid, run);
}

static void print_tenders(struct run *run, const struct day_report *r)
{
	static const char *const labels[TENDERS] = {
		[TENDER_UNKNOWN] = "paid in unknown ways", [TENDER_CASH] = "paid in cash",
		[TENDER_CARD] = "paid by bank card"
	};

	for (int i = 0; i < TENDERS; i++)
		if (r->tenders[i])
			print_money(run, labels[i], r->tenders[i]);
}

static void day_words(struct run *run, const struct day_report *r)
{
	const struct takings *t = &r->takings;
	char day[DAY_TEXT];

	day_print(r->day, day);
	out_line(run, r->closed ? "%s, %s" : "%s, %s, not closed yet", run->shop.settings.name,
		 day);
	print_count(run, "Sales", t->sales);
	print_count(run, "by known customers", t->known_sales);
	print_money(run, "Revenue", t->revenue);
	print_tenders(run, r);
	print_count(run, "Refunds", t->refunds);
	print_money(run, "refunded", t->refunded);
	print_money(run, "Discounts", r->discounts);
	print_money(run, "Tax contained", r->tax);
	print_money(run, "Not rung up", t->walk_in);
	if (r->missing)
		print_money(run, "Short by", r->missing);
	print_movements(run, r);
	if (r->adjustments)
		print_count(run, "Adjustments by hand", r->adjustments);
	if (r->undone)
		print_count(run, "Undone", r->undone);
	if (r->late)
		print_count(run, "Recorded late", r->late);
	if (r->day == clock_day(run->by.now)) {
		print_money(run, "Points owed, worth", r->liability.points_value);
		print_money(run, "Rewards ready, worth", r->liability.rewards_value);
	}
	out_pair(run, "Fingerprint", r->fingerprint);
}

/* -- commands -- */

static enum status print_day(struct run *run, int32_t day)
{
	struct day_report r;
	enum status st = day_read(run->shop.store, day, clock_day(run->by.now), &r);

	if (st == ST_OK && run->json)
		day_json(run, &r);
	else if (st == ST_OK)
		day_words(run, &r);
	day_release(&r);
	return st;
}

enum status report_day(struct run *run)
{
	return print_day(run, asked_day(run));
}

enum status day_close_run(struct run *run)
{
	struct day_close c = { .day = asked_day(run), .takings = -1,
			       .short_too = args_yes(run->args, "short") };
	struct trade_run done;
	enum status st;

	if (args_has(run->args, "takings"))
		c.takings = args_number(run->args, "takings");
	st = day_close(&run->shop, &run->by, &c, &done);
	if (st == ST_REFUSED && c.takings >= 0 && c.day <= clock_day(run->by.now))
		st = fail(st, "%s; when it is really missing, say --short", status_text());
	return st == ST_OK ? print_day(run, c.day) : st;
}
