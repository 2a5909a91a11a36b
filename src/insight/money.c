/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/money.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "insight/calendar.h"

int32_t money_last_month(const struct flows *f, int32_t today)
{
	int32_t month = day_add_months(month_first(today), -1);

	if (!f->last_day)
		return 0;
	return f->last_day < month ? month_first(f->last_day) : month;
}

static enum status too_large(void)
{
	return fail(ST_FULL, "the takings are larger than can be counted; look for an absurd "
		    "amount with: regulars sale list");
}

/* -- takings -- */

static struct money_month *month_of(struct money *m, int32_t day)
{
	for (int i = 0; i < MONEY_MONTHS; i++)
		if (m->month[i].there && day >= m->month[i].month &&
		    day <= day_month_end(m->month[i].month))
			return &m->month[i];
	return NULL;
}

static bool add_payment(struct money *m, const struct flow *row, int32_t joined)
{
	struct money_month *month = row->unit == FLOW_PAID ? month_of(m, row->day) : NULL;
	int64_t *part;

	if (!month)
		return true;
	if (row->kind == ENTRY_WALK_IN)
		part = &month->walk_in;
	else if (!row->customer)
		part = &month->unknown;
	else
		part = joined && joined <= row->day ? &month->members : &month->others;
	return !__builtin_add_overflow(*part, row->amount, part) &&
	       !__builtin_add_overflow(month->takings, row->amount, &month->takings);
}

static enum status count_takings(const struct flows *f, struct money *m)
{
	struct flow_person p = { 0 };
	bool fits = true;

	for (size_t i = 0; i < f->nobody; i++)
		fits &= add_payment(m, &f->row[f->order[i]], 0);
	while (flows_next(f, &p)) {
		int32_t joined = flows_joined(&p, 0);

		for (size_t i = 0; i < p.n; i++)
			fits &= add_payment(m, flow_at(&p, i), joined);
	}
	return fits ? ST_OK : too_large();
}

/* -- programs -- */

static enum status count_given(const struct flows *f, struct money_month *month)
{
	struct given_away *given = mem_alloc((f->programs.n + 1) * sizeof(*given));
	enum status st = given_in(f, month->month, day_month_end(month->month), given);
	bool over = false;

	for (size_t i = 0; i < f->programs.n && st == ST_OK; i++) {
		month->program[i] = (struct money_program){
			given[i].rewards_cost, given[i].points_cost };
		over |= __builtin_add_overflow(month->given, given[i].rewards_cost, &month->given);
		over |= __builtin_add_overflow(month->given, given[i].points_cost, &month->given);
	}
	free(given);
	return over ? too_large() : st;
}

/* A year before comes first; the end of the month before is the beginning of
 * this one. */
static enum status count_owed(const struct flows *f, struct money *m)
{
	static const int order[] = { MONEY_YEAR, MONEY_BEFORE, MONEY_NOW };
	struct owed owed[2 * MONEY_MONTHS];
	enum status st;

	for (int i = 0; i < MONEY_MONTHS; i++) {
		const struct money_month *month = &m->month[order[i]];

		owed[2 * i] = (struct owed){ .day = month->month - 1 };
		owed[2 * i + 1] = (struct owed){ .day = day_month_end(month->month) };
	}
	st = owed_on(f, owed, 2 * MONEY_MONTHS);
	for (int i = 0; i < 2 * MONEY_MONTHS; i++) {
		struct money_month *month = &m->month[order[i / 2]];
		int64_t sum = owed[i].points;

		if (st == ST_OK && __builtin_add_overflow(sum, owed[i].rewards, &sum))
			st = too_large();
		if (month->there)
			*(i % 2 ? &month->owed : &month->owed_before) = sum;
		owed_release(&owed[i]);
	}
	return st;
}

enum status money_of(const struct flows *f, int32_t day, struct money *out)
{
	static const int months_back[] = { [MONEY_NOW] = 0, [MONEY_BEFORE] = 1, [MONEY_YEAR] = 12 };
	enum status st = ST_OK;

	*out = (struct money){ .flows = f };
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "the book holds days from 1970-01-02 to 2199-12-31; "
			    "ask for a month of them");
	for (int i = 0; i < MONEY_MONTHS; i++) {
		struct money_month *month = &out->month[i];

		month->month = day_add_months(month_first(day), -months_back[i]);
		month->there = f->first_day && f->first_day <= day_month_end(month->month);
		month->program = mem_alloc((f->programs.n + 1) * sizeof(*month->program));
		if (month->there && st == ST_OK)
			st = count_given(f, month);
	}
	if (st == ST_OK)
		st = count_takings(f, out);
	return st == ST_OK ? count_owed(f, out) : st;
}

void money_release(struct money *m)
{
	for (int i = 0; i < MONEY_MONTHS; i++)
		free(m->month[i].program);
	*m = (struct money){ 0 };
}

/* -- as rows -- */

const struct definition money_definitions[] = {
	{ "takings", N_("What came in, in a calendar month: sales less refunds, each on its own "
			"day, after rewards and points came off the bills, and what was told at "
			"day close without being rung up. Members are those who had joined any "
			"program by that day.") },
	{ "given", N_("What programs gave away: rewards claimed at own cost, or at their value to "
		      "the customer where no own cost was given, and points that paid bills at "
		      "what a point is worth now; less what refunds gave back.") },
	{ "owed", N_("Points that may still be used at what a point is worth now, and ready "
		     "rewards at their value to the customer, at the end of a month.") },
	{ 0 }
};

static const struct sheet_column columns[] = {
	{ "line", N_("In money"), SHEET_WORD },
	{ "program", N_("Program"), SHEET_TEXT },
	{ "month", N_("The month"), SHEET_MONEY },
	{ "month_before", N_("Month before"), SHEET_MONEY },
	{ "year_before", N_("A year before"), SHEET_MONEY },
	{ 0 }
};

struct money_line {
	const char *text;
	int64_t (*of)(const struct money_month *);
};

static int64_t members(const struct money_month *m) { return m->members; }
static int64_t others(const struct money_month *m) { return m->others; }
static int64_t unknown(const struct money_month *m) { return m->unknown; }
static int64_t walk_in(const struct money_month *m) { return m->walk_in; }
static int64_t takings(const struct money_month *m) { return m->takings; }
static int64_t given(const struct money_month *m) { return m->given; }
static int64_t owed_before(const struct money_month *m) { return m->owed_before; }
static int64_t moved(const struct money_month *m) { return m->owed - m->owed_before; }
static int64_t owed(const struct money_month *m) { return m->owed; }

static void add_line(const struct money *m, const struct money_line *line, struct sheet *out)
{
	sheet_text(out, line->text);
	sheet_nothing(out);
	for (int i = 0; i < MONEY_MONTHS; i++) {
		if (m->month[i].there)
			sheet_money(out, line->of(&m->month[i]));
		else
			sheet_nothing(out);
	}
}

static bool has_walk_in(const struct money *m)
{
	return m->month[0].walk_in || m->month[1].walk_in || m->month[2].walk_in;
}

static void add_takings(const struct money *m, struct sheet *out)
{
	static const struct money_line lines[] = {
		{ N_("Paid by members"), members },
		{ N_("by other known customers"), others },
		{ N_("by nobody known"), unknown },
		{ N_("not rung up"), walk_in },
		{ N_("Takings"), takings },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (lines[i].of != walk_in || has_walk_in(m))
			add_line(m, &lines[i], out);
}

/* One line of one program; none where all of it is nothing. */
static void add_program(const struct money *m, size_t program, bool points, struct sheet *out)
{
	int64_t amount[MONEY_MONTHS], any = 0;

	for (int i = 0; i < MONEY_MONTHS; i++) {
		const struct money_program *p = &m->month[i].program[program];

		amount[i] = points ? p->points : p->rewards;
		any |= amount[i];
	}
	if (!any)
		return;
	sheet_text(out, points ? N_("Points that paid bills") : N_("Rewards claimed"));
	sheet_text(out, m->flows->programs.row[program].name);
	for (int i = 0; i < MONEY_MONTHS; i++) {
		if (m->month[i].there)
			sheet_money(out, amount[i]);
		else
			sheet_nothing(out);
	}
}

static void add_programs(const struct money *m, struct sheet *out)
{
	static const struct money_line lines[] = {
		{ N_("Given away by programs"), given },
		{ N_("Owed to customers before"), owed_before },
		{ N_("more owed"), moved },
		{ N_("Owed to customers after"), owed },
	};

	for (size_t i = 0; i < m->flows->programs.n; i++) {
		add_program(m, i, false, out);
		add_program(m, i, true, out);
	}
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		add_line(m, &lines[i], out);
}

void money_sheet(const struct money *m, struct sheet *out)
{
	sheet_start(out, columns);
	add_takings(m, out);
	if (m->flows->programs.n)
		add_programs(m, out);
}
