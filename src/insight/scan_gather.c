/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/scan_parts.h"

void gathering_start(struct gathering *g, struct txn *txn, struct scan *s)
{
	enum { DAYS = CLOCK_LAST_DAY + 1 };

	*g = (struct gathering){ .scan = s, .only = g->only };
	merges_load(txn, &g->merges);
	payments_reserve(&g->payments, (size_t)txn_count(txn, TABLE_JOURNAL) + 1);
	*s = (struct scan){ 0 };
	/* Zeroed memory that is not touched is not there yet. */
	s->days = mem_alloc(DAYS * sizeof(*s->days));
	s->new_revenue = mem_alloc(DAYS * sizeof(*s->new_revenue));
	s->open = mem_alloc(DAYS * sizeof(*s->open));
	s->by_hour = mem_alloc(DAYS * sizeof(*s->by_hour));
}

void gathering_release(struct gathering *g)
{
	payments_release(&g->payments);
	merges_release(&g->merges);
}

static void gather_last(struct scan *s, const struct entry_head *head)
{
	if (head->day < s->last_sale_day)
		return;
	if (head->day > s->last_sale_day)
		s->last_sale_minute = 0;
	if (head->minute > s->last_sale_minute)
		s->last_sale_minute = head->minute;
	s->last_sale_day = head->day;
}

static void gather_day(struct scan *s, const struct entry_head *head)
{
	if (!s->first_day || head->day < s->first_day)
		s->first_day = head->day;
	if (head->day > s->last_day)
		s->last_day = head->day;
	if (head->kind == ENTRY_SALE) {
		s->open[head->day] = true;
		gather_last(s, head);
	}
}

static bool gather_hour(struct scan *s, const struct entry_head *head)
{
	struct scan_hour **day = &s->by_hour[head->day], *hour;

	if (!*day)
		*day = mem_alloc(SCAN_HOURS * sizeof(**day));
	hour = &(*day)[head->minute / 60];
	hour->sales += head->kind == ENTRY_SALE;
	return !__builtin_add_overflow(hour->revenue, head->total, &hour->revenue);
}

static bool gather(struct gathering *g, const struct entry_head *head)
{
	bool paying = head->kind == ENTRY_SALE || head->kind == ENTRY_REFUND, fits = true;
	int64_t customer = head->customer;

	if (paying)
		gather_day(g->scan, head);
	if (customer && g->merges.n)
		customer = merges_find(&g->merges, customer);
	if (g->only && !people_has(g->only, customer))
		return true;
	if (paying)
		fits = gather_hour(g->scan, head);
	if (paying && customer)
		payments_add(&g->payments, payment_key(customer, head->day,
						       head->kind == ENTRY_REFUND), head->total);
	return fits && takings_add(&g->scan->days[head->day], head);
}

void gathering_add(struct gathering *g, const struct heads *h)
{
	if (!gather(g, &h->head))
		txn_fail(h->rows.txn, takings_too_large());
}

/* -- visits, from payments by customer and day -- */

struct folding {
	struct scan *scan;
	const struct payment *row, *end;
	int64_t customer;
	size_t first;		/* the customer's first visit */
	size_t start_cap;
};

/* Of the customer whose visit comes next. */
static void start_customer(struct folding *f)
{
	struct scan *s = f->scan;

	s->start = mem_grow(s->start, s->customer_count, &f->start_cap, sizeof(*s->start));
	s->start[s->customer_count++] = s->visit_count;
}

/* All of one customer's day. */
static bool fold_day(struct folding *f)
{
	struct scan *s = f->scan;
	uint64_t day = f->row->key >> 1;
	bool sale = false, over = false;
	int64_t sum = 0;

	for (; f->row < f->end && f->row->key >> 1 == day; f->row++) {
		sale |= !payment_is_refund(f->row->key);
		over |= __builtin_add_overflow(sum, f->row->amount, &sum);
	}
	if (visit_customer(day << 1) != f->customer) {
		f->customer = visit_customer(day << 1);
		f->first = s->visit_count;
	}
	if (sale) {
		if (s->visit_count == f->first)
			start_customer(f);
		s->visits[s->visit_count] = day >> 31 << 32 | (day & INT32_MAX);
		s->paid[s->visit_count++] = sum;
	} else if (s->visit_count > f->first) {
		over |= __builtin_add_overflow(s->paid[s->visit_count - 1], sum,
					       &s->paid[s->visit_count - 1]);
	}
	if (s->visit_count == f->first + 1)
		over |= __builtin_add_overflow(s->new_revenue[day & INT32_MAX], sum,
					       &s->new_revenue[day & INT32_MAX]);
	return !over;
}

/* What was folded before came from fewer payments. */
static void forget_visits(struct scan *s, struct payments *p)
{
	size_t span = (size_t)(s->last_day - s->first_day + 1);

	memset(s->new_revenue + s->first_day, 0, span * sizeof(*s->new_revenue));
	if (!s->visits || (size_t)(s->paid - (int64_t *)s->visits) < p->n) {
		free(s->visits);
		s->visits = p->spare ? (void *)p->spare : mem_wide(p->cap * sizeof(*p->spare));
		p->spare = NULL;
		s->paid = (int64_t *)s->visits + p->cap;
	}
	s->visit_count = 0;
	free(s->start);
	s->start = NULL;
	s->customer_count = 0;
}

void gathering_fold(struct gathering *g, struct txn *txn)
{
	struct folding f = { .scan = g->scan };
	bool fits = true;

	forget_visits(g->scan, &g->payments);
	f.row = g->payments.row;
	f.end = f.row + g->payments.n;
	while (f.row < f.end)
		fits &= fold_day(&f);
	start_customer(&f);
	g->scan->customer_count--;
	if (!fits)
		txn_fail(txn, takings_too_large());
}

void gathering_finish(struct gathering *g)
{
	const struct scan_hour *last = g->scan->by_hour[g->scan->last_sale_day];

	for (int i = 0; i < SCAN_HOURS && last; i++)
		g->scan->hours[i] = last[i].sales;
}
