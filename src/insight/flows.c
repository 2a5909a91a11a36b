/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/flows.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/earn.h"

/* -- order -- */

/* Sorted by counting, which keeps the order of equals: by day, then by
 * customer. Customers are numbered one after the other, so there are not many
 * more numbers than there are customers. */
struct sorting {
	const struct flow *row;
	size_t n;
	const uint32_t *from;
	uint32_t *to;
};

/* What lapses is gone when the day begins. */
static uint32_t day_of(const struct flow *row)
{
	return (uint32_t)row->day * 2 + !(row->counter == COUNTER_EXPIRED && row->through);
}

static uint32_t customer_of(const struct flow *row)
{
	return row->customer;
}

static void sort_by(const struct sorting *s, uint32_t (*key)(const struct flow *), uint32_t most)
{
	uint32_t *place = mem_alloc(((size_t)most + 2) * sizeof(*place));

	for (size_t i = 0; i < s->n; i++)
		place[key(&s->row[i]) + 1]++;
	for (size_t k = 1; k <= most; k++)
		place[k] += place[k - 1];
	for (size_t i = 0; i < s->n; i++)
		s->to[place[key(&s->row[s->from[i]])]++] = s->from[i];
	free(place);
}

static bool is_by_day(const struct flows *f)
{
	for (size_t i = 1; i < f->n; i++)
		if (day_of(&f->row[i]) < day_of(&f->row[i - 1]))
			return false;
	return true;
}

static void find_days(struct flows *f)
{
	if (f->only)		/* seen while it was read: others have sales too */
		return;
	f->first_day = f->last_day = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct flow *row = &f->row[i];

		if (row->unit != FLOW_PAID || row->kind != ENTRY_SALE)
			continue;
		if (!f->first_day || row->day < f->first_day)
			f->first_day = row->day;
		if (row->day > f->last_day)
			f->last_day = row->day;
	}
}

void flows_put_in_order(struct flows *f)
{
	uint32_t *by_day = mem_alloc((f->n + 1) * sizeof(*by_day)), most = 0;

	free(f->order);
	f->order = mem_alloc((f->n + 1) * sizeof(*f->order));
	for (size_t i = 0; i < f->n; i++) {
		f->order[i] = by_day[i] = (uint32_t)i;
		if (f->row[i].customer > most)
			most = f->row[i].customer;
	}
	if (!is_by_day(f))
		sort_by(&(struct sorting){ f->row, f->n, f->order, by_day }, day_of,
			2 * CLOCK_LAST_DAY + 3);
	sort_by(&(struct sorting){ f->row, f->n, by_day, f->order }, customer_of, most);
	free(by_day);
	for (f->nobody = 0; f->nobody < f->n && !f->row[f->order[f->nobody]].customer;)
		f->nobody++;
	find_days(f);
}

bool flows_next(const struct flows *f, struct flow_person *p)
{
	size_t i = p->n ? p->first + p->n : f->nobody;

	*p = (struct flow_person){ .flows = f, .first = i };
	if (i >= f->n)
		return false;
	p->customer = f->row[f->order[i]].customer;
	while (i < f->n && f->row[f->order[i]].customer == p->customer)
		i++;
	p->n = i - p->first;
	return true;
}

/* -- one customer -- */

int32_t flows_last_visit(const struct flow_person *p, int32_t day)
{
	int32_t last = 0;

	for (size_t i = 0; i < p->n && flow_at(p, i)->day <= day; i++)
		if (flow_at(p, i)->unit == FLOW_PAID && flow_at(p, i)->kind == ENTRY_SALE)
			last = flow_at(p, i)->day;
	return last;
}

bool flows_absent(const struct flow_person *p, const struct program *program, int32_t day)
{
	struct figures figures = { 0 };

	if (program->validity != VALID_INACTIVE)
		return false;
	figures.last_day = flows_last_visit(p, day);
	return program_absent(program, &figures, day);
}

int32_t flows_joined(const struct flow_person *p, int64_t program)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct flow *row = flow_at(p, i);

		if (unit_class(row->unit) == UNIT_PROGRAM && row->amount > 0 &&
		    (!program || unit_id(row->unit) == program) &&
		    row->counter != COUNTER_REDEEMED)
			return row->day;
	}
	return 0;
}

bool flow_is_of(const struct flows *f, const struct flow *row, int64_t program)
{
	const struct reward *r;

	if (unit_class(row->unit) == UNIT_PROGRAM)
		return unit_id(row->unit) == program;
	if (unit_class(row->unit) != UNIT_REWARD)
		return false;
	r = reward_by_id(&f->rewards, unit_id(row->unit));
	return r && r->program == program;
}
