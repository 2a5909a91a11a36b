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
 * more numbers than there are customers. The keys stand together: the rows are
 * too many to jump about in. */
struct sorting {
	const uint32_t *key;	/* of each row */
	size_t n;
	uint32_t most;
};

static void sort_by(const struct sorting *s, const uint32_t *from, uint32_t *to)
{
	uint32_t *place = mem_alloc(((size_t)s->most + 2) * sizeof(*place));

	for (size_t i = 0; i < s->n; i++)
		place[s->key[i] + 1]++;
	for (size_t k = 1; k <= s->most; k++)
		place[k] += place[k - 1];
	for (size_t i = 0; i < s->n; i++)
		to[place[s->key[from[i]]]++] = from[i];
	free(place);
}

/* What lapses is gone when the day begins. */
static uint32_t day_of(const struct flow *row)
{
	return (uint32_t)row->day * 2 + !(row->counter == COUNTER_EXPIRED && row->through);
}

static void sort_by_day(const struct flows *f, uint32_t *key, uint32_t *order)
{
	uint32_t *from = mem_alloc((f->n + 1) * sizeof(*from));
	bool in_order = true;

	for (size_t i = 0; i < f->n; i++) {
		from[i] = order[i] = (uint32_t)i;
		key[i] = day_of(&f->row[i]);
		in_order &= !i || key[i] >= key[i - 1];
	}
	if (!in_order)
		sort_by(&(struct sorting){ key, f->n, 2 * CLOCK_LAST_DAY + 3 }, from, order);
	free(from);
}

static void sort_by_customer(const struct flows *f, uint32_t *key, const uint32_t *from)
{
	struct sorting s = { key, f->n, 0 };

	for (size_t i = 0; i < f->n; i++) {
		key[i] = f->row[i].customer;
		s.most = key[i] > s.most ? key[i] : s.most;
	}
	sort_by(&s, from, f->order);
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
	uint32_t *key = mem_alloc((f->n + 1) * sizeof(*key));
	uint32_t *by_day = mem_alloc((f->n + 1) * sizeof(*by_day));

	free(f->order);
	f->order = mem_alloc((f->n + 1) * sizeof(*f->order));
	sort_by_day(f, key, by_day);
	sort_by_customer(f, key, by_day);
	free(by_day);
	free(key);
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
