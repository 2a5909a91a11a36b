/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_clv.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/figures.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "cli/reports.h"
#include "cli/sheets.h"
#include "cli/where.h"

enum { SHOWN = 10 };

static const char *const units[] = { "week", "day", NULL };

const struct field report_clv_flags[] = {
	FLAG("as_of", FIELD_DAY, .help = "learns from the visits up to this day; else up to the "
	     "last sale's"),
	FLAG("horizon", FIELD_INT, .value = "N",
	     .help = "how far to look ahead: 1 to 260 weeks, or 1 to 1820 days with --unit day; "
	     "else 52 weeks, or 365 days"),
	FLAG("unit", FIELD_CHOICE, .choices = units, .help = "in what time is counted; else weeks"),
	FLAG("discount", FIELD_PERCENT, .least = 0, .most = 9900, .value = "PCT",
	     .help = "by how much a sum is worth less for each month it comes later; else 1"),
	FLAG_TEXT("customer", 200, .value = "CUSTOMER", .help = "shows this one"),
	FLAG("track", FIELD_BOOL, .help = "shows week by week what was expected and what came, "
	     "also after --as-of"),
	FLAG_WHERE,
	FLAG_CSV,
	{ 0 }
};

static struct clv_options read_options(const struct run *run)
{
	const struct args *a = run->args;
	struct clv_options o = { .as_of = (int32_t)args_number(a, "as_of"),
				 .horizon = (int)args_number(a, "horizon"),
				 .unit = args_number(a, "unit") ? 1 : 7,
				 .decimals = run->shop.decimals };

	if (args_has(a, "discount"))
		o.discount = (double)args_number(a, "discount") / 100;
	if (args_has(a, "discount") && o.discount <= 0)
		o.discount = CLV_DISCOUNT_NONE;
	return o;
}

/* What it may be depends on the unit, which a field does not know. */
static enum status check_horizon(struct run *run)
{
	int64_t horizon = args_number(run->args, "horizon");
	int most = CLV_HORIZON_MOST * (args_number(run->args, "unit") ? 7 : 1);

	if (!args_has(run->args, "horizon") || (horizon >= 1 && horizon <= most))
		return ST_OK;
	return wrong_usage(run, "--horizon: %" PRId64 " is not possible, it may be 1 to %d weeks, "
			   "or 1 to %d days with --unit day", horizon, CLV_HORIZON_MOST,
			   7 * CLV_HORIZON_MOST);
}

/* -- in words -- */

static void print_number(struct run *run, const char *label, double number)
{
	char text[64];

	snprintf(text, sizeof(text), "%.1f", number);
	out_pair(run, label, text);
}

static void print_chance(struct run *run, const char *label, double chance)
{
	char text[64];

	snprintf(text, sizeof(text), "%.1f %%", chance * 100);
	out_pair(run, label, text);
}

static void print_from(struct run *run, const struct clv *c)
{
	char as_of[DAY_TEXT];

	day_print(c->used.as_of, as_of);
	out_line(run, "Looked back from %s, and %d %s%s ahead", as_of, c->used.horizon,
		 c->used.unit == 1 ? "day" : "week", c->used.horizon == 1 ? "" : "s");
	if (clv_caution(c))
		out_line(run, "%s", clv_caution(c));
}

static int64_t whole(double amount)
{
	return llround(fmax(fmin(amount, 9e18), -9e18));
}

static void plain_words(struct run *run, const struct clv *c)
{
	if (!c->h.n || c->state == CLV_SILENT)
		return;
	print_count(run, "Customers", (int64_t)c->h.n);
	print_count(run, "came again", c->h.repeat);
	print_money(run, "A visit brings", whole(c->plain.average));
	if (c->plain.visits_a_year <= 0)
		return;
	print_number(run, "Again, times a year", c->plain.visits_a_year);
	print_money(run, "Worth, if that goes on", whole(c->plain.value));
}

static enum status print_best(struct run *run, const struct clv *c, const struct sheet *s)
{
	struct grid grid;
	struct customer *who = mem_alloc(sizeof(*who));
	enum status st = ST_OK;
	struct clv_person p;
	char money[MONEY_TEXT], day[DAY_TEXT];

	grid_start(&grid);
	grid_column(&grid, "Worth most", GRID_LEFT);
	grid_column(&grid, "Visits", GRID_RIGHT);
	grid_column(&grid, "Last", GRID_RIGHT);
	grid_column(&grid, "Still a regular", GRID_RIGHT);
	grid_column(&grid, "Expected visits", GRID_RIGHT);
	grid_column(&grid, "Worth", GRID_RIGHT);
	for (size_t i = 0, shown = 0; i < sheet_rows(s) && shown < SHOWN; i++) {
		int64_t id = s->cells[i * s->column_count].n;

		st = read_customer(run, id, who);
		if (st != ST_OK || !clv_person(c, id, &p))
			break;
		if (who->erased)
			continue;
		shown++;
		day_print(p.last, day);
		grid_cell(&grid, customer_label(who));
		grid_cellf(&grid, "%d", p.x + 1);
		grid_cell(&grid, day);
		if (p.x)
			grid_cellf(&grid, "%.0f %%", p.alive * 100);
		else
			grid_cell(&grid, "");
		grid_cellf(&grid, "%.1f", p.expected);
		grid_cell(&grid, c->spend == CLV_SPEND_NOTHING ? "" :
			  amount_text(run, p.value, money));
	}
	grid_end(&grid, run);
	free(who);
	return st;
}

static enum status clv_lines(struct run *run, const struct clv *c, const struct sheet *s)
{
	if (c->state != CLV_FITTED) {
		out_line(run, "%s", clv_words(c));
		plain_words(run, c);
		return ST_OK;
	}
	print_from(run, c);
	print_count(run, "Customers", c->customers);
	print_count(run, "came again", c->repeat);
	print_number(run, "of them still regulars", c->repeat_alive);
	print_number(run, "Expected visits", c->expected);
	if (c->spend != CLV_SPEND_NOTHING)
		print_money(run, "Worth", whole(c->value));
	out_line(run, "%s", clv_words(c));
	out_line(run, "%s", clv_spend_words(c));
	return print_best(run, c, s);
}

static void person_words(struct run *run, const struct clv *c, const struct clv_person *p)
{
	char first[DAY_TEXT], last[DAY_TEXT];

	day_print(p->first, first);
	day_print(p->last, last);
	print_from(run, c);
	out_pair(run, "First visit", first);
	out_pair(run, "Last visit", last);
	print_count(run, "Came again", p->x);
	if (c->state != CLV_FITTED) {
		out_line(run, "%s", clv_words(c));
		return;
	}
	if (p->x)
		print_chance(run, "Likely still a regular", p->alive);
	else
		out_pair(run, "Likely still a regular", "too early to tell");
	print_number(run, "Expected visits", p->expected);
	if (c->spend == CLV_SPEND_NOTHING)
		return;
	print_money(run, "A visit brings", p->average);
	print_money(run, "Worth", p->value);
}

/* -- what was asked -- */

static enum status show_person(struct run *run, const struct clv *c, int64_t id)
{
	char as_of[DAY_TEXT];
	struct clv_person p;

	day_print(c->used.as_of, as_of);
	if (!clv_person(c, id, &p) && !clv_history(c, id, &p))
		return fail(ST_NOT_FOUND, "this customer had not come by %s", as_of);
	if (run->json)
		out_json(run, clv_person_json(run, c, &p));
	else
		person_words(run, c, &p);
	return ST_OK;
}

static void show_weeks(struct run *run, const struct clv_check *k)
{
	struct sheet sheet;

	clv_check_sheet(k, &sheet);
	report_sheet(run, &sheet);
	sheet_release(&sheet);
}

static enum status show_all(struct run *run, const struct clv *c, const struct scan *s)
{
	bool track = args_yes(run->args, "track") && c->state == CLV_FITTED;
	struct clv_check check = { .week_count = 0 };
	struct sheet sheet = { .columns = NULL };
	enum status st = ST_OK;

	if (track)
		clv_check_of(c, s, &check);
	clv_sheet(c, &sheet);
	if (run->json)
		out_json(run, clv_json(run, c, track ? &check : NULL));
	else if (track)
		show_weeks(run, &check);
	else if (args_yes(run->args, "csv"))
		report_sheet(run, &sheet);
	else
		st = clv_lines(run, c, &sheet);
	sheet_release(&sheet);
	clv_check_release(&check);
	return st;
}

enum status report_clv(struct run *run)
{
	struct clv_options options = read_options(run);
	struct people_set only = { .n = 0 };
	const char *who = args_text(run->args, "customer");
	struct scan s = { 0 };
	struct clv c = { .whole = false };
	int64_t id = 0;
	bool csv, some;
	enum status st = report_csv(run, &csv);

	if (st == ST_OK)
		st = check_horizon(run);
	if (st == ST_OK && *who)
		st = find_customer(run, who, &id);
	if (st == ST_OK)
		st = where_read(run, &only, &some);
	if (st == ST_OK)
		st = scan_read(run->shop.store, &s);
	options.only = st == ST_OK && some ? &only : NULL;
	if (st == ST_OK)
		st = clv_of(&s, &options, &c);
	if (st == ST_OK)
		st = id ? show_person(run, &c, id) : show_all(run, &c, &s);
	clv_release(&c);
	scan_release(&s);
	people_release(&only);
	return st;
}
