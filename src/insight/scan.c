/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/merge.h"

/* -- the pass over the heads -- */

/* The seqs that were undone are few, and come in the journal's order. */
static void load_undone(struct heads *h, struct txn *txn)
{
	struct range r;

	range_start(&r, txn, TABLE_UNDONE, NULL);
	while (range_next(&r)) {
		if (r.key.len != 8) {
			txn_fail(txn, fail(ST_CORRUPT, "a damaged row in table undone; "
					   "run: regulars verify --repair"));
			break;
		}
		h->undone_seqs = mem_grow(h->undone_seqs, h->undone_count, &h->undone_cap,
					  sizeof(*h->undone_seqs));
		h->undone_seqs[h->undone_count++] = (int64_t)key_read(r.key.at, 8);
	}
	range_end(&r);
}

void heads_start(struct heads *h, struct txn *txn)
{
	h->undone_seqs = NULL;
	h->undone_count = h->undone_cap = h->undone_at = 0;
	load_undone(h, txn);
	range_start(&h->rows, txn, TABLE_JOURNAL, NULL);
}

static bool is_undone(struct heads *h)
{
	while (h->undone_at < h->undone_count && h->undone_seqs[h->undone_at] < h->head.seq)
		h->undone_at++;
	return h->undone_at < h->undone_count && h->undone_seqs[h->undone_at] == h->head.seq;
}

bool heads_next(struct heads *h)
{
	if (!range_next(&h->rows))
		return false;
	if (!entry_head(h->rows.key, h->rows.value, &h->head) ||
	    h->head.day < 0 || h->head.day > CLOCK_LAST_DAY) {
		txn_fail(h->rows.txn, fail(ST_CORRUPT, "a damaged journal entry; "
					   "run: regulars verify"));
		return false;
	}
	h->undone = is_undone(h);
	return true;
}

void heads_end(struct heads *h)
{
	range_end(&h->rows);
	free(h->undone_seqs);
	h->undone_seqs = NULL;
}

/* -- takings -- */

bool takings_add(struct takings *t, const struct entry_head *head)
{
	bool known = head->customer != 0, over = false;

	switch (head->kind) {
	case ENTRY_SALE:
		t->sales++;
		t->known_sales += known;
		break;
	case ENTRY_REFUND:
		t->refunds++;
		over = __builtin_sub_overflow(t->refunded, head->total, &t->refunded);
		break;
	case ENTRY_WALK_IN:
		return !__builtin_add_overflow(t->walk_in, head->total, &t->walk_in);
	default:
		return true;
	}
	over |= __builtin_add_overflow(t->revenue, head->total, &t->revenue);
	if (known)
		over |= __builtin_add_overflow(t->known_revenue, head->total, &t->known_revenue);
	return !over;
}

enum status takings_too_large(void)
{
	return fail(ST_FULL, "the takings are larger than can be counted; look for an absurd "
		    "amount with: regulars sale list");
}

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

/* -- visits: sorted by counting, eleven bits at a time -- */

enum { DIGIT = 11, DIGIT_VALUES = 1 << DIGIT };

/* A day has 17 bits, a customer 32 above them. */
static const unsigned digits[] = { 0, 11, 32, 43, 54 };
enum { FIRST_OF_CUSTOMER = 2, DIGITS = sizeof(digits) / sizeof(digits[0]) };

static void sort_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t place[DIGIT_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		place[from[i] >> shift & (DIGIT_VALUES - 1)]++;
	for (unsigned d = 0; d < DIGIT_VALUES; d++) {
		size_t count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[place[from[i] >> shift & (DIGIT_VALUES - 1)]++] = from[i];
}

/* What differs nowhere needs no sorting. Sorting keeps the order of equals, so
 * visits that came in by day need only their customers sorted. */
static void sort_visits(struct scan *s, bool by_day)
{
	uint64_t *other = mem_alloc(s->visit_count * sizeof(*other)), *swap, differ = 0;

	for (size_t i = 0; i < s->visit_count; i++)
		differ |= s->visits[i] ^ s->visits[0];
	for (unsigned i = by_day ? FIRST_OF_CUSTOMER : 0; i < DIGITS; i++) {
		if (!(differ >> digits[i] & (DIGIT_VALUES - 1)))
			continue;
		sort_digit(s->visits, other, s->visit_count, digits[i]);
		swap = s->visits;
		s->visits = other;
		other = swap;
	}
	free(other);
}

static void drop_repeated(struct scan *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->visit_count; i++)
		if (!n || s->visits[n - 1] != s->visits[i])
			s->visits[n++] = s->visits[i];
	s->visit_count = n;
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

/* -- the scan -- */

struct gathering {
	struct scan *scan;
	size_t visit_cap;
	int32_t latest;
	bool by_day;
	struct merges merges;
};

static void gather_day(struct scan *s, const struct entry_head *head)
{
	if (!s->first_day || head->day < s->first_day)
		s->first_day = head->day;
	if (head->day > s->last_day)
		s->last_day = head->day;
	if (head->kind != ENTRY_SALE || head->day < s->last_sale_day)
		return;
	if (head->day > s->last_sale_day) {
		s->last_sale_minute = 0;
		memset(s->hours, 0, sizeof(s->hours));
	}
	if (head->minute > s->last_sale_minute)
		s->last_sale_minute = head->minute;
	s->last_sale_day = head->day;
	if (head->minute >= 0 && head->minute < 24 * 60)
		s->hours[head->minute / 60]++;
}

static bool gather(struct gathering *g, const struct entry_head *head)
{
	struct scan *s = g->scan;
	uint64_t customer;

	if (head->kind == ENTRY_SALE || head->kind == ENTRY_REFUND)
		gather_day(s, head);
	if (head->kind == ENTRY_SALE && head->customer) {
		s->visits = mem_grow(s->visits, s->visit_count, &g->visit_cap,
				     sizeof(*s->visits));
		customer = (uint64_t)merges_find(&g->merges, head->customer);
		s->visits[s->visit_count++] = customer << 32 | (uint32_t)head->day;
		g->by_day &= head->day >= g->latest;
		g->latest = head->day;
	}
	return takings_add(&s->days[head->day], head);
}

enum status scan_run(struct txn *txn, struct scan *out)
{
	struct gathering g = { .scan = out, .by_day = true };
	struct heads h;

	*out = (struct scan){ 0 };
	/* Zeroed memory that is not touched is not there yet. */
	out->days = mem_alloc((CLOCK_LAST_DAY + 1) * sizeof(*out->days));
	merges_load(txn, &g.merges);
	heads_start(&h, txn);
	while (heads_next(&h))
		if (!h.undone && !gather(&g, &h.head))
			txn_fail(txn, takings_too_large());
	heads_end(&h);
	merges_release(&g.merges);
	if (txn_status(txn) == ST_OK && out->visit_count) {
		sort_visits(out, g.by_day);
		drop_repeated(out);
	}
	return txn_status(txn);
}

static enum status scan_work(struct txn *txn, void *arg)
{
	struct scan *s = arg;

	scan_release(s);	/* run again */
	return scan_run(txn, s);
}

enum status scan_read(struct store *store, struct scan *out)
{
	*out = (struct scan){ 0 };
	return store_read(store, scan_work, out);
}

void scan_release(struct scan *s)
{
	free(s->days);
	free(s->visits);
	*s = (struct scan){ 0 };
}
