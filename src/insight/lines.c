/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "insight/erased.h"
#include "ledger/merge.h"

enum { PART = 20000 };

/* -- one entry more -- */

static struct sold_sale *find_sale(struct sold *s, int64_t seq)
{
	size_t from = 0, to = s->sale_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (s->sale[middle].seq < seq)
			from = middle + 1;
		else
			to = middle;
	}
	return from < s->sale_count && s->sale[from].seq == seq ? &s->sale[from] : NULL;
}

static struct sold_refund *find_refund(struct sold *s, int64_t seq)
{
	for (size_t i = s->refund_count; i > 0 && s->refund[i - 1].seq >= seq; i--)
		if (s->refund[i - 1].seq == seq)
			return &s->refund[i - 1];
	return NULL;
}

static void damaged(struct txn *txn)
{
	txn_fail(txn, fail(ST_CORRUPT, "a damaged journal entry; run: regulars verify"));
}

static void take_line(struct sold *s, struct sold_sale *sale, const struct line *line)
{
	if (line->item <= 0 || line->item > UINT32_MAX) {
		sale->nameless++;
		return;
	}
	s->line = mem_grow(s->line, s->line_count, &s->line_cap, sizeof(*s->line));
	s->line[s->line_count++] = (struct sold_line){
		line->amount, line->quantity, (uint32_t)line->item
	};
}

static void take_sale(struct txn *txn, struct sold *s, struct entry_lines *e)
{
	struct sold_sale *sale;
	struct line line;

	s->sale = mem_grow(s->sale, s->sale_count + 1, &s->sale_cap, sizeof(*s->sale));
	sale = &s->sale[s->sale_count++];
	*sale = (struct sold_sale){
		.seq = e->head.seq, .total = e->head.total, .day = e->head.day,
		.customer = (uint32_t)e->head.customer, .first = (uint32_t)s->line_count,
	};
	while (entry_line_next(e, &line))
		take_line(s, sale, &line);
	if (s->line_count > UINT32_MAX)
		txn_fail(txn, fail(ST_FULL, "more lines of sales than can be counted"));
	sale[1] = (struct sold_sale){ .first = (uint32_t)s->line_count };
}

static void take_refund(struct sold *s, const struct entry_lines *e)
{
	struct sold_sale *sale = find_sale(s, e->about);

	if (!sale)
		return;		/* of a sale that is not in the book */
	s->refund = mem_grow(s->refund, s->refund_count, &s->refund_cap, sizeof(*s->refund));
	s->refund[s->refund_count++] = (struct sold_refund){
		e->head.seq, sale->seq, -e->head.total
	};
	sale->back -= e->head.total;
	sale->gone |= sale->back >= sale->total;
}

/* What is undone was taken, for it came before. */
static void take_undo(struct sold *s, int64_t seq)
{
	struct sold_sale *sale = find_sale(s, seq);
	struct sold_refund *refund = sale ? NULL : find_refund(s, seq);

	if (sale)
		sale->undone = sale->gone = true;
	if (!refund)
		return;
	sale = find_sale(s, refund->sale);
	sale->back -= refund->amount;
	sale->gone = sale->undone || (sale->back > 0 && sale->back >= sale->total);
}

static void take(struct txn *txn, struct sold *s, struct range *row)
{
	struct entry_lines e;

	if (!entry_lines(row->key, row->value, &e)) {
		damaged(txn);
		return;
	}
	switch (e.head.kind) {
	case ENTRY_SALE:
		take_sale(txn, s, &e);
		break;
	case ENTRY_REFUND:
		take_refund(s, &e);
		break;
	case ENTRY_UNDO:
		take_undo(s, e.about);
		break;
	case ENTRY_ITEM:
		s->old_goods = true;
		break;
	case ENTRY_MERGE:
		s->old_people = true;
		break;
	case ENTRY_CUSTOMER:
		s->old_erased = true;
		break;
	default:
		break;
	}
	s->seq = e.head.seq;
	if (e.bad)
		damaged(txn);
}

/* -- following the journal -- */

static void follow(struct txn *txn, struct sold *s)
{
	struct key from = { .len = 0 };
	struct range r;
	size_t n;

	key_int(&from, (uint64_t)s->seq + 1, 8);
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	range_seek(&r, &from);
	for (n = 0; n < PART && txn_status(txn) == ST_OK && range_next(&r); n++)
		take(txn, s, &r);
	s->whole = n < PART;
	range_end(&r);
}

static void settle_people(struct txn *txn, struct sold *s)
{
	struct merges merges = { 0 };

	merges_load(txn, &merges);
	for (size_t i = 0; merges.n && i < s->sale_count; i++)
		s->sale[i].customer = (uint32_t)merges_find(&merges, s->sale[i].customer);
	merges_release(&merges);
	s->old_people = false;
}

static void settle_erased(struct txn *txn, struct sold *s)
{
	people_release(&s->erased);
	erased_load(txn, &s->erased);
	s->old_erased = false;
}

static void settle_goods(struct txn *txn, struct sold *s)
{
	goods_release(&s->goods);
	s->loads++;
	if (goods_load(txn, &s->goods) == ST_OK)
		s->old_goods = false;
}

static void settle_days(struct sold *s)
{
	s->first_day = s->last_day = 0;
	for (size_t i = 0; i < s->sale_count; i++) {
		const struct sold_sale *sale = &s->sale[i];

		if (sale->undone)
			continue;
		if (!s->first_day || sale->day < s->first_day)
			s->first_day = sale->day;
		if (sale->day > s->last_day)
			s->last_day = sale->day;
	}
}

static enum status update_work(struct txn *txn, void *arg)
{
	struct sold *s = arg;
	uint8_t digest[DIGEST_SIZE];
	int64_t before = s->seq;

	s->last = journal_last(txn, digest);
	follow(txn, s);
	if (!s->whole || txn_status(txn) != ST_OK)
		return txn_status(txn);
	if (s->old_people)
		settle_people(txn, s);
	if (s->old_erased)
		settle_erased(txn, s);
	if (s->old_goods)
		settle_goods(txn, s);
	if (s->seq != before)
		settle_days(s);
	return txn_status(txn);
}

static void begin_anew(struct sold *s)
{
	uint64_t loads = s->loads + 1;

	sold_release(s);
	s->loads = loads;
}

enum status sold_update(struct store *store, struct sold *s)
{
	enum status st;

	if (s->opening != store_opening(store)) {
		begin_anew(s);
		s->opening = store_opening(store);
		s->old_goods = s->old_people = s->old_erased = true;
	}
	st = store_read(store, update_work, s);
	if (st != ST_OK)
		begin_anew(s);
	return st;
}

enum status sold_read(struct store *store, struct sold *out)
{
	enum status st;

	*out = (struct sold){ 0 };
	do
		st = sold_update(store, out);
	while (st == ST_OK && !out->whole);
	return st;
}

void sold_release(struct sold *s)
{
	goods_release(&s->goods);
	people_release(&s->erased);
	free(s->sale);
	free(s->line);
	free(s->refund);
	*s = (struct sold){ 0 };
}

/* -- what is asked of it -- */

enum status sold_window(const struct sold *s, const struct sold_window *asked,
			struct sold_window *out)
{
	*out = *asked;
	if (!out->from)
		out->from = s->first_day;
	if (!out->to)
		out->to = s->last_day;
	if (out->from > out->to && s->last_day)
		return fail(ST_INVALID, "the days end before they start; the first day comes "
			    "first");
	return ST_OK;
}

bool sold_to(const struct sold_sale *sale, const struct sold_window *w)
{
	return !sale->undone && sale->day >= w->from && sale->day <= w->to &&
	       (!w->only || people_has(w->only, sale->customer));
}

bool sold_within(const struct sold_sale *sale, const struct sold_window *w)
{
	return !sale->gone && sold_to(sale, w);
}

void sold_filter_window(const struct sold *s, const struct sold_window *w, struct buf *out)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	if (w->from <= s->first_day && w->to >= s->last_day)
		return;
	day_print(w->from, from);
	day_print(w->to, to);
	buf_printf(out, ", %s..%s", from, to);
}

int64_t sold_amount(const struct sold_sale *sale, int64_t amount)
{
	int64_t left;

	if (!sale->back || sale->total <= 0)
		return amount;
	return mul_div(amount, sale->total - sale->back, sale->total, ROUND_HALF_UP, &left) ?
	       left : amount;
}

/* -- by customer: sorted by counting, eleven bits at a time -- */

enum { DIGIT = 11, DIGIT_VALUES = 1 << DIGIT };

/* A day has 17 bits, a customer 32 above them. */
static const unsigned digits[] = { 0, 11, 17, 28, 39 };
enum { CUSTOMER_BITS = 17, FIRST_OF_CUSTOMER = 2, DIGITS = sizeof(digits) / sizeof(digits[0]) };

static size_t digit(const struct sold_sale *sale, unsigned shift)
{
	uint64_t key = (uint64_t)sale->customer << CUSTOMER_BITS | (uint32_t)sale->day;

	return key >> shift & (DIGIT_VALUES - 1);
}

static void sort_digit(const struct sold *s, const uint32_t *from, uint32_t *to, size_t n,
		       unsigned shift)
{
	size_t place[DIGIT_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		place[digit(&s->sale[from[i]], shift)]++;
	for (unsigned d = 0; d < DIGIT_VALUES; d++) {
		size_t count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[place[digit(&s->sale[from[i]], shift)]++] = from[i];
}

/* The sales that are asked for, in recorded order; whether that is by day. */
static bool list_known(const struct sold *s, uint32_t *places, size_t *n, uint64_t *differ)
{
	int32_t latest = 0;
	bool by_day = true;

	for (size_t i = 0; i < s->sale_count; i++) {
		const struct sold_sale *sale = &s->sale[i];

		if (!sale->customer || sale->undone)
			continue;
		*differ |= (uint64_t)sale->customer << CUSTOMER_BITS | (uint32_t)sale->day;
		by_day &= sale->day >= latest;
		latest = sale->day;
		places[(*n)++] = (uint32_t)i;
	}
	return by_day;
}

uint32_t *sold_by_customer(const struct sold *s, size_t *n)
{
	uint32_t *places = mem_alloc((s->sale_count + 1) * sizeof(*places));
	uint32_t *other = mem_alloc((s->sale_count + 1) * sizeof(*other)), *swap;
	uint64_t differ = 0;
	bool by_day;

	*n = 0;
	by_day = list_known(s, places, n, &differ);
	for (unsigned i = by_day ? FIRST_OF_CUSTOMER : 0; i < DIGITS; i++) {
		if (!(differ >> digits[i] & (DIGIT_VALUES - 1)))
			continue;
		sort_digit(s, places, other, *n, digits[i]);
		swap = places;
		places = other;
		other = swap;
	}
	free(other);
	return places;
}

size_t sold_next_customer(const struct sold *s, const uint32_t *places, size_t n, size_t i)
{
	uint32_t customer = s->sale[places[i]].customer;

	while (i < n && s->sale[places[i]].customer == customer)
		i++;
	return i;
}
