/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "insight/payments.h"
#include "ledger/merge.h"

/* -- asking -- */

enum status scan_takings(const struct scan *s, int32_t from, int32_t to, struct takings *out)
{
	bool over = false;

	*out = (struct takings){ 0 };
	for (int32_t day = from < 0 ? 0 : from; day <= to && day <= CLOCK_LAST_DAY; day++) {
		const struct takings *t = &s->days[day];

		out->sales += t->sales;
		out->known_sales += t->known_sales;
		out->refunds += t->refunds;
		over |= __builtin_add_overflow(out->revenue, t->revenue, &out->revenue);
		over |= __builtin_add_overflow(out->known_revenue, t->known_revenue,
					       &out->known_revenue);
		over |= __builtin_add_overflow(out->refunded, t->refunded, &out->refunded);
		over |= __builtin_add_overflow(out->walk_in, t->walk_in, &out->walk_in);
	}
	return over ? takings_too_large() : ST_OK;
}

size_t scan_next_customer(const struct scan *s, size_t i)
{
	int64_t customer = visit_customer(s->visits[i]);

	while (i < s->visit_count && visit_customer(s->visits[i]) == customer)
		i++;
	return i;
}

void scan_visitors(const struct scan *s, int32_t from, int32_t to, struct visitors *out)
{
	size_t next;

	*out = (struct visitors){ 0 };
	for (size_t i = 0; i < s->visit_count; i = next) {
		size_t before = i, n = 0;

		next = scan_next_customer(s, i);
		while (before < next && visit_day(s->visits[before]) < from)
			before++;
		while (before + n < next && visit_day(s->visits[before + n]) <= to)
			n++;
		if (!n)
			continue;
		out->customers++;
		out->new += before == i;
		out->returning += before > i || n > 1;
		out->repeat += n > 1;
	}
}

/* -- gathering -- */

struct gathering {
	struct scan *scan;
	const struct people_set *only;	/* NULL: everybody, and nobody */
	struct payments payments;
	struct merges merges;
};

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

static bool gather_hour(struct scan *s, const struct entry_head *head)
{
	struct scan_hour *hour;

	if (!s->first_day || head->day < s->first_day)
		s->first_day = head->day;
	if (head->day > s->last_day)
		s->last_day = head->day;
	if (head->kind == ENTRY_SALE)
		gather_last(s, head);
	hour = &s->by_hour[head->day][head->minute / 60];
	hour->sales += head->kind == ENTRY_SALE;
	return !__builtin_add_overflow(hour->revenue, head->total, &hour->revenue);
}

static bool gather(struct gathering *g, const struct entry_head *head)
{
	bool paying = head->kind == ENTRY_SALE || head->kind == ENTRY_REFUND, fits = true;
	int64_t customer = head->customer;

	if (customer)
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

/* -- visits, from payments by customer and day -- */

struct folding {
	struct scan *scan;
	const struct payment *row, *end;
	int64_t customer;
	size_t first;		/* the customer's first visit */
};

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

static bool fold(struct scan *s, struct payments *p)
{
	struct folding f = { .scan = s, .row = p->row, .end = p->row + p->n };
	bool fits = true;

	s->visits = mem_resize(s->visits, (p->n + 1) * sizeof(*s->visits));
	s->paid = mem_resize(s->paid, (p->n + 1) * sizeof(*s->paid));
	while (f.row < f.end)
		fits &= fold_day(&f);
	return fits;
}

/* -- the scan -- */

static void start(struct scan *s)
{
	enum { DAYS = CLOCK_LAST_DAY + 1 };

	*s = (struct scan){ 0 };
	/* Zeroed memory that is not touched is not there yet. */
	s->days = mem_alloc(DAYS * sizeof(*s->days));
	s->new_revenue = mem_alloc(DAYS * sizeof(*s->new_revenue));
	s->by_hour = mem_alloc(DAYS * sizeof(*s->by_hour));
}

static enum status run(struct txn *txn, const struct people_set *only, struct scan *out)
{
	struct gathering g = { .scan = out, .only = only };
	struct heads h;

	start(out);
	merges_load(txn, &g.merges);
	heads_start(&h, txn);
	while (heads_next(&h))
		if (!h.undone && !gather(&g, &h.head))
			txn_fail(txn, takings_too_large());
	heads_end(&h);
	merges_release(&g.merges);
	if (txn_status(txn) == ST_OK && g.payments.n) {
		payments_sort(&g.payments);
		if (!fold(out, &g.payments))
			txn_fail(txn, takings_too_large());
	}
	payments_release(&g.payments);
	for (int i = 0; i < SCAN_HOURS; i++)
		out->hours[i] = out->by_hour[out->last_sale_day][i].sales;
	return txn_status(txn);
}

enum status scan_run(struct txn *txn, struct scan *out)
{
	return run(txn, NULL, out);
}

struct asked {
	const struct people_set *only;
	struct scan *out;
};

static enum status scan_work(struct txn *txn, void *arg)
{
	const struct asked *a = arg;

	scan_release(a->out);	/* run again */
	return run(txn, a->only, a->out);
}

enum status scan_read_of(struct store *store, const struct people_set *only, struct scan *out)
{
	struct asked a = { only, out };

	*out = (struct scan){ 0 };
	return store_read(store, scan_work, &a);
}

enum status scan_read(struct store *store, struct scan *out)
{
	return scan_read_of(store, NULL, out);
}

void scan_release(struct scan *s)
{
	free(s->days);
	free(s->new_revenue);
	free(s->by_hour);
	free(s->visits);
	free(s->paid);
	*s = (struct scan){ 0 };
}
