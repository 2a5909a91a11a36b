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
		    day <= m->month[i].end)
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
	enum status st = given_in(f, month->month, month->end, given);
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
		owed[2 * i + 1] = (struct owed){ .day = month->end };
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

/* -- the page -- */

static int64_t amount_of(const struct money_month *m, enum money_line line, size_t program)
{
	switch (line) {
	case MONEY_MEMBERS: return m->members;
	case MONEY_OTHERS: return m->others;
	case MONEY_UNKNOWN: return m->unknown;
	case MONEY_WALK_IN: return m->walk_in;
	case MONEY_TAKINGS: return m->takings;
	case MONEY_REWARDS: return m->program[program].rewards;
	case MONEY_POINTS: return m->program[program].points;
	case MONEY_GIVEN: return m->given;
	case MONEY_OWED_BEFORE: return m->owed_before;
	case MONEY_MOVED: return m->owed - m->owed_before;
	case MONEY_OWED: return m->owed;
	case MONEY_LINES: break;
	}
	return 0;
}

static void add_row(struct money *m, enum money_line line, const struct programs *of, size_t i)
{
	struct money_row *row = &m->row[m->n];
	bool may_miss = line == MONEY_REWARDS || line == MONEY_POINTS, any = !may_miss;

	*row = (struct money_row){ .line = line, .program = may_miss ? &of->row[i] : NULL };
	for (int month = 0; month < MONEY_MONTHS; month++) {
		row->amount[month] = amount_of(&m->month[month], line, i);
		any |= row->amount[month] != 0;
	}
	if (line == MONEY_WALK_IN)
		any = row->amount[MONEY_NOW] || row->amount[MONEY_BEFORE] ||
		      row->amount[MONEY_YEAR];
	m->n += any;
}

static void make_page(struct money *m, const struct programs *programs)
{
	m->row = mem_alloc((MONEY_LINES + 2 * programs->n) * sizeof(*m->row));
	for (int line = MONEY_MEMBERS; line <= MONEY_TAKINGS; line++)
		add_row(m, (enum money_line)line, programs, 0);
	for (size_t i = 0; i < programs->n; i++) {
		add_row(m, MONEY_REWARDS, programs, i);
		add_row(m, MONEY_POINTS, programs, i);
	}
	for (int line = MONEY_GIVEN; programs->n && line <= MONEY_OWED; line++)
		add_row(m, (enum money_line)line, programs, 0);
}

enum status money_of(const struct flows *f, int32_t day, struct money *out)
{
	static const int months_back[] = { [MONEY_NOW] = 0, [MONEY_BEFORE] = 1, [MONEY_YEAR] = 12 };
	enum status st = ST_OK;

	*out = (struct money){ .n = 0 };
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "the book holds days from 1970-01-02 to 2199-12-31; "
			    "ask for a month of them");
	for (int i = 0; i < MONEY_MONTHS; i++) {
		struct money_month *month = &out->month[i];

		month->month = day_add_months(month_first(day), -months_back[i]);
		month->end = day_month_end(month->month);
		month->there = f->first_day && f->first_day <= month->end;
		month->program = mem_alloc((f->programs.n + 1) * sizeof(*month->program));
		if (month->there && st == ST_OK)
			st = count_given(f, month);
	}
	if (st == ST_OK)
		st = count_takings(f, out);
	if (st == ST_OK)
		st = count_owed(f, out);
	if (st == ST_OK)
		make_page(out, &f->programs);
	return st;
}

void money_release(struct money *m)
{
	for (int i = 0; i < MONEY_MONTHS; i++)
		free(m->month[i].program);
	free(m->row);
	*m = (struct money){ 0 };
}

/* -- as rows -- */

const struct definition money_definitions[] = {
	{ "takings", N_("Takings is what came in, in a calendar month: sales less refunds, each on "
			"its own day, after rewards and points came off the bills, and what was "
			"told at day close without being rung up. Members are those who had joined "
			"any program by that day.") },
	{ "given", N_("Given away is what programs gave: rewards claimed at own cost, or at their "
		      "value to the customer where no own cost was given, and points that paid "
		      "bills at what a point is worth now; less what refunds gave back.") },
	{ "owed", N_("Owed is points that may still be used at what a point is worth now, and "
		     "ready rewards at their value to the customer, at the end of a month.") },
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

const char *money_line_name(enum money_line line)
{
	static const char *const names[MONEY_LINES] = {
		[MONEY_MEMBERS] = N_("Paid by members"),
		[MONEY_OTHERS] = N_("by other customers"),
		[MONEY_UNKNOWN] = N_("by nobody known"),
		[MONEY_WALK_IN] = N_("not rung up"),
		[MONEY_TAKINGS] = N_("Takings"),
		[MONEY_REWARDS] = N_("Rewards claimed"),
		[MONEY_POINTS] = N_("Points that paid bills"),
		[MONEY_GIVEN] = N_("Given away"),
		[MONEY_OWED_BEFORE] = N_("Owed before"),
		[MONEY_MOVED] = N_("moved by"),
		[MONEY_OWED] = N_("Owed after"),
	};

	return names[line];
}

void money_sheet(const struct money *m, struct sheet *out)
{
	sheet_start(out, columns);
	for (const struct money_row *row = m->row; row < m->row + m->n; row++) {
		sheet_text(out, money_line_name(row->line));
		if (row->program)
			sheet_text(out, row->program->name);
		else
			sheet_nothing(out);
		for (int i = 0; i < MONEY_MONTHS; i++) {
			if (m->month[i].there)
				sheet_money(out, row->amount[i]);
			else
				sheet_nothing(out);
		}
	}
}
