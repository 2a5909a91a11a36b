/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/programs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "insight/cards.h"

/* Sums over people of the days by which they come sooner. */
struct sums {
	double first, last, sooner, squares;
};

struct counting {
	const struct flows *f;
	const struct program_options *o;
	const struct program *program;
	struct program_figure *out;
	struct sums sums;
	struct cards cards;	/* room */
	bool over;		/* a sum did not fit */
};

static bool is_within(int32_t day, int32_t from, int32_t to)
{
	return day >= from && day <= to;
}

/* -- who takes part -- */

static bool is_active(const struct counting *c, const struct flow_person *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if ((flow_earns(row) || flow_uses(row)) &&
		    is_within(row->day, c->o->from, c->o->to) &&
		    flow_is_of(c->f, row, c->program->id))
			return true;
	}
	return false;
}

/* -- reach -- */

static void count_cards(struct counting *c)
{
	for (size_t i = 0; i < c->cards.n; i++) {
		const struct stamp_card *card = &c->cards.row[i];

		if (!is_within(card->begun, c->o->from, c->o->to - c->o->days))
			continue;
		c->out->reach.whole++;
		c->out->reach.part += card->filled && card->filled - card->begun <= c->o->days;
	}
}

/* The day on which they first used points; 0: never. */
static int32_t first_use(const struct counting *c, const struct flow_person *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, c->program->id);

	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if (row->unit == unit && row->counter == COUNTER_REDEEMED && row->amount < 0)
			return row->day;
	}
	return 0;
}

static void count_use(struct counting *c, const struct flow_person *p, int32_t joined)
{
	int32_t used = first_use(c, p);

	if (!is_within(joined, c->o->from, c->o->to - c->o->days))
		return;
	c->out->reach.whole++;
	c->out->reach.part += used && used - joined <= c->o->days;
}

/* -- pace -- */

static void count_pace(struct counting *c)
{
	struct program_pace *out = &c->out->pace;
	double first = 0, last = 0;
	struct card_pace pace;
	int64_t n = 0;

	for (size_t i = 0; i < c->cards.n; i++) {
		const struct stamp_card *card = &c->cards.row[i];

		if (!is_within(card->filled, c->o->from, c->o->to) ||
		    !card_pace(&c->cards, card, &pace))
			continue;
		first += pace.first;
		last += pace.last;
		n++;
	}
	if (!n)
		return;
	out->people++;
	out->cards += n;
	c->sums.first += first / (double)n;
	c->sums.last += last / (double)n;
	c->sums.sooner += (first - last) / (double)n;
	c->sums.squares += (first - last) / (double)n * ((first - last) / (double)n);
}

/* Student's t at 97.5 %, to 1 % from six people on. */
static double student(int64_t people)
{
	double f = (double)people - 1;

	return 1.96 + 2.4 / f + 3.2 / (f * f);
}

static void finish_pace(struct counting *c)
{
	struct program_pace *out = &c->out->pace;
	double n = (double)out->people, spread;

	if (out->people < 2)
		return;
	out->first = c->sums.first / n;
	out->last = c->sums.last / n;
	out->sooner = c->sums.sooner / n;
	spread = (c->sums.squares - n * out->sooner * out->sooner) / (n - 1);
	spread = student(out->people) * sqrt((spread > 0 ? spread : 0) / n);
	out->low = out->sooner - spread;
	out->high = out->sooner + spread;
}

bool program_pace_tells(const struct program_pace *p)
{
	return p->people >= SHARE_FEW;
}

/* -- breakage -- */

/* Lives that end by a date. What came back to a lot was counted when it was
 * given. */
static bool count_dated(struct counting *c, const struct flow_person *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, c->program->id);
	struct share *sum = &c->out->breakage;
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if (row->unit != unit || !row->through || row->counter == COUNTER_REDEEMED ||
		    !is_within(row->through + 1, c->o->from, c->o->to))
			continue;
		any = true;
		if (row->counter == COUNTER_EXPIRED)
			c->over |= __builtin_sub_overflow(sum->part, row->amount, &sum->part);
		else
			c->over |= __builtin_add_overflow(sum->whole, row->amount, &sum->whole);
	}
	return any;
}

struct absence {
	int64_t balance, given;	/* since the last one */
	int32_t last_visit;
};

/* Were they gone before 'day', on which they came again or the window ends? */
static bool end_absence(struct counting *c, struct absence *a, int32_t day)
{
	struct share *sum = &c->out->breakage;
	int32_t gone;
	bool counts;

	if (!a->last_visit)
		return false;
	gone = day_add_months(a->last_visit, (int)c->program->valid_for) + 1;
	if (gone > day)
		return false;
	counts = a->given > 0 && is_within(gone, c->o->from, c->o->to);
	if (counts) {
		c->over |= __builtin_add_overflow(sum->whole, a->given, &sum->whole);
		sum->part += a->balance > 0 ? a->balance : 0;
	}
	a->balance = a->given = 0;
	return counts;
}

/* Lives that end with an absence: all that was given since the last one. What
 * took them off is not counted: it came later. */
static bool count_absent(struct counting *c, const struct flow_person *p)
{
	int64_t unit = unit_make(UNIT_PROGRAM, c->program->id);
	struct absence a = { 0 };
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if (row->day > c->o->to)
			break;
		if (row->unit == FLOW_PAID && row->kind == ENTRY_SALE) {
			any |= end_absence(c, &a, row->day);
			a.last_visit = row->day;
		}
		if (row->unit != unit || row->counter == COUNTER_EXPIRED)
			continue;
		a.balance += row->amount;
		a.given += row->counter == COUNTER_REDEEMED ? 0 : row->amount;
	}
	return end_absence(c, &a, c->o->to) || any;
}

static void count_breakage(struct counting *c, const struct flow_person *p)
{
	bool any = c->program->validity == VALID_INACTIVE ? count_absent(c, p) :
		   count_dated(c, p);

	c->out->breakage_people += any;
}

/* -- members and others -- */

struct presence {
	struct program_group member, other;
	int32_t first, seen;	/* first visit ever, last one counted */
};

static void count_payment(struct counting *c, struct presence *in, const struct flow *row,
			  bool member)
{
	struct program_group *g = member ? &in->member : &in->other;

	if (!is_within(row->day, c->o->from, c->o->to))
		return;
	c->over |= __builtin_add_overflow(g->paid, row->amount, &g->paid);
	if (row->kind == ENTRY_SALE && row->day != in->seen) {
		g->visits++;
		in->seen = row->day;
	}
}

static void add_group(struct counting *c, struct program_group *sum, struct program_group *g,
		      int64_t days)
{
	if (!g->visits)
		return;
	sum->customers++;
	sum->visits += g->visits;
	sum->days += days;
	c->over |= __builtin_add_overflow(sum->paid, g->paid, &sum->paid);
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static void count_groups(struct counting *c, const struct flow_person *p, int32_t joined)
{
	int32_t to = c->o->to, end = joined && joined <= to ? joined - 1 : to;
	struct presence in = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if (row->unit != FLOW_PAID)
			continue;
		if (!in.first && row->kind == ENTRY_SALE)
			in.first = row->day;
		count_payment(c, &in, row, joined && row->day >= joined);
	}
	add_group(c, &c->out->members, &in.member, to - later(c->o->from, joined) + 1);
	add_group(c, &c->out->others, &in.other, end - later(c->o->from, in.first) + 1);
}

bool program_group_tells(const struct program_group *g)
{
	return g->customers >= SHARE_FEW;
}

double program_group_visits(const struct program_group *g)
{
	return g->days > 0 ? (double)g->visits * (365.25 / 12) / (double)g->days : 0;
}

int64_t program_group_paid(const struct program_group *g)
{
	int64_t paid = 0;

	if (g->visits && !mul_div(g->paid, 1, g->visits, ROUND_HALF_UP, &paid))
		return 0;
	return paid;
}

/* -- all -- */

static void count_person(struct counting *c, const struct flow_person *p)
{
	int32_t joined = flows_joined(p, c->program->id);

	count_groups(c, p, joined);
	if (!joined || joined > c->o->to)
		return;
	c->out->enrolled++;
	c->out->active += is_active(c, p);
	count_breakage(c, p);
	if (c->program->kind == PROGRAM_STAMPS) {
		cards_of(p, c->program->id, c->o->to, &c->cards);
		count_cards(c);
		count_pace(c);
	} else {
		count_use(c, p, joined);
	}
}

static void start(struct counting *c, struct program_figure *out)
{
	const struct program *program = c->program;

	c->out = out;
	out->id = program->id;
	out->kind = (enum program_kind)program->kind;
	out->stopped = program->stopped;
	out->never_lapses = program->validity == VALID_NEVER;
	strcpy(out->name, program->name);
}

/* One customer after the other, and all programs for each: their rows are at
 * hand then. */
static bool count_people(const struct flows *f, struct program_figures *p)
{
	struct counting *all = mem_alloc((f->programs.n + 1) * sizeof(*all));
	struct flow_person person = { 0 };
	bool over = false;

	for (size_t i = 0; i < f->programs.n; i++) {
		all[i] = (struct counting){
			.f = f, .o = &p->used, .program = &f->programs.row[i] };
		start(&all[i], &p->row[p->n++]);
	}
	while (flows_next(f, &person))
		for (size_t i = 0; i < f->programs.n; i++)
			count_person(&all[i], &person);
	for (size_t i = 0; i < f->programs.n; i++) {
		finish_pace(&all[i]);
		cards_release(&all[i].cards);
		over |= all[i].over;
	}
	free(all);
	return !over;
}

static bool is_unpriced(const struct flows *f, const struct program_figure *p)
{
	for (size_t i = 0; i < f->rewards.n; i++) {
		const struct reward *r = &f->rewards.row[i];

		if (r->program == p->id && (r->own_cost || r->value))
			return false;
	}
	return p->given.issued > 0;
}

static enum status count_money(const struct flows *f, struct program_figures *p)
{
	struct given_away *given = mem_alloc((f->programs.n + 1) * sizeof(*given));
	struct owed owed[] = { { .day = p->used.from - 1 }, { .day = p->used.to } };
	enum status st = given_in(f, p->used.from, p->used.to, given);

	if (st == ST_OK)
		st = owed_on(f, owed, 2);
	for (size_t i = 0; i < p->n && st == ST_OK; i++) {
		struct program_figure *row = &p->row[i];

		row->given = given[i];
		row->owed_before = owed[0].program[i];
		row->owed = owed[1].program[i];
		if (__builtin_add_overflow(given[i].rewards_cost, given[i].points_cost, &row->cost))
			st = fail(ST_FULL, "the cost of \"%s\" is larger than can be kept",
				  row->name);
		row->unpriced = is_unpriced(f, row) && !row->cost && !row->owed;
	}
	free(given);
	owed_release(&owed[0]);
	owed_release(&owed[1]);
	return st;
}

static enum status check(const struct program_options *o)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (o->days < 1 || o->days > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "%d is not a number of days in which to reach the reward; "
			    "give a number from 1", o->days);
	if (o->from <= o->to)
		return ST_OK;
	day_print(o->from, from);
	day_print(o->to, to);
	return fail(ST_INVALID, "the window from %s to %s ends before it starts", from, to);
}

static void fill_in(const struct flows *f, struct program_options *o)
{
	if (!o->to)
		o->to = f->last_day > o->from ? f->last_day : o->from;
	if (!o->from)
		o->from = f->first_day < o->to ? f->first_day : o->to;
	if (!o->days)
		o->days = 180;
}

enum status program_figures_of(const struct flows *f, const struct program_options *options,
			       struct program_figures *out)
{
	enum status st;

	*out = (struct program_figures){ .used = *options };
	fill_in(f, &out->used);
	st = check(&out->used);
	if (st != ST_OK)
		return st;
	out->row = mem_alloc((f->programs.n + 1) * sizeof(*out->row));
	if (!count_people(f, out))
		return fail(ST_FULL, "sums of points or payments are larger than can be counted; "
			    "look for an absurd amount with: regulars journal");
	return count_money(f, out);
}

void program_figures_release(struct program_figures *p)
{
	free(p->row);
	*p = (struct program_figures){ 0 };
}
