/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/engagement.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "insight/calendar.h"

/* Months since year 0. */
static int64_t month_number(int32_t day)
{
	int year, month, date;

	day_to_civil(day, &year, &month, &date);
	return (int64_t)year * 12 + month;
}

static int32_t first_join(const struct flows *f)
{
	struct flow_person p = { 0 };
	int32_t first = 0;

	while (flows_next(f, &p)) {
		int32_t joined = flows_joined(&p, 0);

		if (joined && (!first || joined < first))
			first = joined;
	}
	return first;
}

static enum status check(const struct engagement_options *o)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (!o->from || !o->to || o->from <= o->to)
		return ST_OK;
	day_print(o->from, from);
	day_print(o->to, to);
	return fail(ST_INVALID, "the window from %s to %s ends before it starts", from, to);
}

static void make_months(struct engagement *e)
{
	e->n = (size_t)(month_number(e->used.to) - month_number(e->used.from)) + 1;
	e->month = mem_alloc(e->n * sizeof(*e->month));
	for (size_t i = 0; i < e->n; i++) {
		struct engagement_month *m = &e->month[i];

		m->month = day_add_months(month_first(e->used.from), (int)i);
		m->over = day_month_end(m->month) <= e->used.to;
	}
}

/* -- one member -- */

struct deeds {
	bool came, earned, used;
};

static void add_deed(struct deeds *d, const struct flow *row)
{
	d->came |= row->unit == FLOW_PAID && row->kind == ENTRY_SALE;
	d->earned |= flow_earns(row);
	d->used |= flow_uses(row);
}

static void count_deeds(struct engagement_month *m, const struct deeds *d)
{
	m->came += d->came;
	m->earned += d->earned;
	m->used += d->used;
	m->part += d->came || d->earned || d->used;
}

/* Those of the rows from *i on that are of the month. */
static void count_month(struct engagement *e, const struct flow_person *p, size_t month, size_t *i)
{
	int32_t end = day_month_end(e->month[month].month);
	struct deeds deeds = { 0 };

	if (end > e->used.to)
		end = e->used.to;
	for (; *i < p->n && flow_at(p, *i)->day <= end; (*i)++)
		add_deed(&deeds, flow_at(p, *i));
	e->month[month].members++;
	count_deeds(&e->month[month], &deeds);
}

static void count_member(struct engagement *e, const struct flow_person *p, int32_t joined)
{
	size_t month = 0, i = 0;

	if (joined > e->used.to)
		return;
	if (joined > e->used.from)
		month = (size_t)(month_number(joined) - month_number(e->used.from));
	while (i < p->n && flow_at(p, i)->day < e->month[month].month)
		i++;
	for (; month < e->n; month++)
		count_month(e, p, month, &i);
}

enum status engagement_of(const struct flows *f, const struct engagement_options *options,
			  struct engagement *out)
{
	struct flow_person p = { 0 };
	int32_t joined;
	enum status st;

	*out = (struct engagement){ .used = *options };
	if (!out->used.to)
		out->used.to = f->last_day > out->used.from ? f->last_day : out->used.from;
	joined = first_join(f);
	if (!out->used.from)
		out->used.from = joined;
	st = check(&out->used);
	if (st == ST_OK && joined && joined <= out->used.to)
		make_months(out);
	while (out->n && flows_next(f, &p)) {
		joined = flows_joined(&p, 0);
		if (joined)
			count_member(out, &p, joined);
	}
	return st;
}

void engagement_release(struct engagement *e)
{
	free(e->month);
	*e = (struct engagement){ 0 };
}

const struct engagement_month *engagement_last(const struct engagement *e)
{
	for (size_t i = e->n; i-- > 0;)
		if (e->month[i].over)
			return &e->month[i];
	return NULL;
}

/* -- as rows -- */

const struct definition engagement_definitions[] = {
	{ "members", N_("Members are customers who had joined any program by the end of the month: "
			"got points or stamps of it, earned, brought along or by hand.") },
	{ "part", N_("Took part are the members who bought something, got points or stamps by it, "
		     "or used points or a reward in the month. A month that is not over is still "
		     "growing.") },
	{ 0 }
};

static const struct sheet_column columns[] = {
	{ "month", N_("Month"), SHEET_MONTH },
	{ "members", N_("Members"), SHEET_COUNT },
	{ "came", N_("Came"), SHEET_COUNT },
	{ "earned", N_("Earned"), SHEET_COUNT },
	{ "used", N_("Used"), SHEET_COUNT },
	{ "part", N_("Took part"), SHEET_COUNT },
	{ "share", N_("Share"), SHEET_SHARE },
	{ 0 }
};

void engagement_sheet(const struct engagement *e, struct sheet *out)
{
	sheet_start(out, columns);
	for (const struct engagement_month *m = e->month; m < e->month + e->n; m++) {
		sheet_month(out, m->month);
		sheet_count(out, m->members);
		sheet_count(out, m->came);
		sheet_count(out, m->earned);
		sheet_count(out, m->used);
		sheet_count(out, m->part);
		sheet_share(out, engagement_share(m));
	}
}
