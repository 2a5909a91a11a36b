/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/book.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/merge.h"

/* -- holders -- */

/* Ids are dense, so a table by id is small, quick, and in the order in which
 * rows are written. */
enum { BLOCK = 1024 };

static uint32_t *place_of(struct book *b, int64_t customer)
{
	size_t block = (size_t)customer / BLOCK, n = b->place_count;

	if (block >= n) {
		b->place_count = block + 1;
		b->places = mem_resize(b->places, b->place_count * sizeof(*b->places));
		memset(b->places + n, 0, (b->place_count - n) * sizeof(*b->places));
	}
	if (!b->places[block])
		b->places[block] = mem_alloc(BLOCK * sizeof(**b->places));
	return &b->places[block][(size_t)customer % BLOCK];
}

struct holder *book_holder(struct book *b, int64_t customer)
{
	uint32_t *place;

	if (b->recent && b->recent->id == customer)
		return b->recent;
	place = place_of(b, customer);
	if (!*place) {
		b->holders = mem_grow(b->holders, b->holder_count, &b->holder_cap,
				      sizeof(struct holder *));
		b->holders[b->holder_count] = mem_alloc(sizeof(struct holder));
		holder_load(b->txn, customer, b->holders[b->holder_count]);
		*place = (uint32_t)++b->holder_count;
	}
	b->recent = b->holders[*place - 1];
	return b->recent;
}

struct position *book_position(struct book *b, int64_t customer, int64_t unit)
{
	struct position *p = holder_position(book_holder(b, customer), unit);

	if (p)
		position_load(b->txn, customer, p);
	return p;
}

/* -- from open to close -- */

void book_open(struct book *b, struct txn *txn)
{
	*b = (struct book){ .txn = txn };
	b->last = journal_last(txn, b->digest);
}

void book_abandon(struct book *b)
{
	for (size_t i = 0; i < b->holder_count; i++) {
		holder_release(b->holders[i]);
		free(b->holders[i]);
	}
	free(b->holders);
	for (size_t i = 0; i < b->place_count; i++)
		free(b->places[i]);
	free(b->places);
	free(b->houses);
	free(b->rows);
	free(b->scratch);
	*b = (struct book){ 0 };
}

size_t book_weight(const struct book *b)
{
	return b->row_count + b->holder_count;
}

/* -- entries -- */

void entry_occurred(struct entry *e, int64_t occurred)
{
	e->occurred = occurred;
	e->day = clock_day(occurred);
	e->minute = clock_minute_of_day(occurred);
}

void book_start(struct book *b, struct entry *e, enum entry_kind kind, const struct actor *by)
{
	entry_clear(e);
	e->seq = b->last + 1;
	e->kind = kind;
	memcpy(e->before, b->digest, sizeof(e->before));
	memcpy(e->who, by->who, sizeof(e->who));
	memcpy(e->terminal, by->terminal, sizeof(e->terminal));
	e->recorded = by->now;
	entry_occurred(e, by->now);
}

/* -- the timeline -- */

bool entry_is_undone(struct txn *txn, int64_t seq)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	return txn_has(txn, TABLE_UNDONE, &k);
}

void book_timeline(struct book *b, int64_t customer, timeline_each *each, void *arg)
{
	struct holder *h = book_holder(b, customer);
	struct key prefix = timeline_prefix(customer);
	struct range r;
	bool more = true;

	for (size_t i = h->pending; i && more; i = b->rows[i - 1].older)
		more = each(&b->rows[i - 1], arg);
	range_start(&r, b->txn, TABLE_TIMELINE, &prefix);
	while (more && range_previous(&r)) {
		const uint8_t *k = r.key.at;
		struct pending_row row = {
			.customer = customer, .occurred = (int64_t)key_read(k + 4, 8),
			.seq = (int64_t)key_read(k + 12, 8),
			.kind = (enum entry_kind)(r.value.len ? *(const uint8_t *)r.value.at : 0) };

		row.day = clock_day(row.occurred);
		more = each(&row, arg);
	}
	range_end(&r);
}

struct visit_question {
	struct txn *txn;
	int32_t day;
	bool yes;
};

bool row_may_be_of_day(const struct pending_row *row, int32_t day)
{
	/* Zones are 26 hours apart at most. */
	return row->day >= day - 2 && row->day <= day + 2;
}

static bool is_visit_of_day(const struct pending_row *row, void *arg)
{
	struct visit_question *q = arg;
	struct entry_head head;
	struct bytes value;
	struct key k;

	if (row->kind != ENTRY_SALE || !row_may_be_of_day(row, q->day) ||
	    entry_is_undone(q->txn, row->seq))
		return true;
	k.len = 0;
	key_int(&k, (uint64_t)row->seq, 8);
	q->yes = txn_get(q->txn, TABLE_JOURNAL, &k, &value) &&
		 entry_head((struct bytes){ k.at, k.len }, value, &head) && head.day == q->day;
	return !q->yes;
}

static bool visited(struct book *b, const struct holder *h, int32_t day)
{
	struct visit_question q = { b->txn, day, false };

	if (!h->figures.visits || day > h->figures.last_day || day < h->figures.first_day)
		return false;
	if (day == h->figures.last_day || day == h->figures.first_day)
		return true;
	book_timeline(b, h->id, is_visit_of_day, &q);
	return q.yes;
}

/* -- figures -- */

static void count_sale(struct book *b, struct holder *h, const struct entry *e)
{
	struct figures *f = &h->figures;

	if (!visited(b, h, e->day))
		f->visits++;
	if (!f->sales || e->day < f->first_day)
		f->first_day = e->day;
	if (!f->sales || e->day > f->last_day)
		f->last_day = e->day;
	f->sales++;
}

struct recount {
	struct book *book;
	struct figures figures;
	int32_t *days;
	size_t day_count, day_cap;
};

static bool recount_row(const struct pending_row *row, void *arg)
{
	struct recount *c = arg;
	struct book *b = c->book;

	if (row->kind != ENTRY_SALE && row->kind != ENTRY_REFUND)
		return true;
	if (entry_is_undone(b->txn, row->seq))
		return true;
	if (journal_read(b->txn, row->seq, b->scratch) != ST_OK)
		return false;
	c->figures.spend += b->scratch->total;
	if (row->kind == ENTRY_REFUND)
		return true;
	c->figures.sales++;
	c->days = mem_grow(c->days, c->day_count, &c->day_cap, sizeof(*c->days));
	c->days[c->day_count++] = b->scratch->day;
	return true;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* After an undo what is left may have other first and last days. */
void book_recount(struct book *b, struct holder *h)
{
	struct recount c = { .book = b };

	if (!b->scratch)
		b->scratch = mem_alloc(sizeof(*b->scratch));
	book_timeline(b, h->id, recount_row, &c);
	if (c.day_count) {
		qsort(c.days, c.day_count, sizeof(*c.days), by_day);
		c.figures.first_day = c.days[0];
		c.figures.last_day = c.days[c.day_count - 1];
	}
	for (size_t i = 0; i < c.day_count; i++)
		c.figures.visits += !i || c.days[i] != c.days[i - 1];
	free(c.days);
	h->figures = c.figures;
}

static enum status count_figures(struct book *b, struct holder *h, const struct entry *e)
{
	h->changed = true;
	if (e->kind == ENTRY_UNDO) {
		book_recount(b, h);
		return txn_status(b->txn);
	}
	if (e->kind == ENTRY_SALE)
		count_sale(b, h, e);
	if ((e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND) &&
	    __builtin_add_overflow(h->figures.spend, e->total, &h->figures.spend))
		return txn_fail(b->txn, fail(ST_FULL, "customer %lld has spent more than can be "
					     "kept", (long long)h->id));
	return ST_OK;
}

/* -- posting an entry -- */

static void put_seq_pair(struct txn *txn, enum table table, int64_t a, int64_t b)
{
	struct key k;
	uint8_t value[8];

	k.len = 0;
	key_int(&k, (uint64_t)a, 8);
	if (table == TABLE_ABOUT) {
		key_int(&k, (uint64_t)b, 8);
		txn_put(txn, table, &k, (struct bytes){ "", 0 });
		return;
	}
	for (unsigned i = 8; i-- > 0; b >>= 8)
		value[i] = (uint8_t)b;
	txn_put(txn, table, &k, (struct bytes){ value, sizeof(value) });
}

static void add_to_timeline(struct book *b, struct holder *h, const struct entry *e)
{
	b->rows = mem_grow(b->rows, b->row_count, &b->row_cap, sizeof(*b->rows));
	b->rows[b->row_count++] = (struct pending_row){
		.customer = e->customer, .occurred = e->occurred, .seq = e->seq,
		.kind = e->kind, .day = e->day, .older = h->pending };
	h->pending = b->row_count;
}

enum status book_post(struct book *b, struct entry *e)
{
	struct holder *h;
	enum status st;

	assert(e->seq == b->last + 1);
	journal_append(b->txn, e, b->digest);
	b->last = e->seq;
	if (e->about)
		put_seq_pair(b->txn, TABLE_ABOUT, e->about, e->seq);
	if (e->kind == ENTRY_UNDO)
		put_seq_pair(b->txn, TABLE_UNDONE, e->about, e->seq);
	if (e->kind == ENTRY_MERGE && !e->about)
		merge_put(b->txn, e);
	if (e->customer) {
		h = book_holder(b, e->customer);
		st = count_figures(b, h, e);	/* asks the timeline what was there before */
		if (st != ST_OK)
			return st;
		add_to_timeline(b, h, e);
	}
	return txn_status(b->txn);
}

/* -- writing what is pending -- */

static void sort(void *rows, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n)
		qsort(rows, n, size, compare);
}

/* Holders are written in the order of their keys; so are their rows, near
 * enough, from the newest back. */
static void write_timeline(struct book *b, const struct holder *h)
{
	for (size_t i = h->pending; i; i = b->rows[i - 1].older) {
		const struct pending_row *row = &b->rows[i - 1];
		struct key k = timeline_key(row->customer, row->occurred, row->seq);
		uint8_t kind = (uint8_t)row->kind;

		txn_put(b->txn, TABLE_TIMELINE, &k, (struct bytes){ &kind, 1 });
	}
}

static void write_account(struct txn *txn, const struct holder *h)
{
	struct key k = account_key(h->id);

	if (h->gone)
		txn_delete(txn, TABLE_ACCOUNT, &k);
	else
		holder_store(txn, h);
}

static void write_lots(struct txn *txn, const struct holder *h)
{
	for (size_t i = 0; i < h->position_count; i++)
		for (size_t j = 0; j < h->positions[i].lot_count; j++) {
			const struct lot *lot = &h->positions[i].lots[j];
			struct key k = lot_key(h->id, lot);
			uint8_t room[20];

			if (lot->changed && lot->left > 0)
				txn_put(txn, TABLE_LOT, &k, lot_value(lot, room));
			else if (lot->changed && lot->stored)
				txn_delete(txn, TABLE_LOT, &k);
		}
}

static int by_position_unit(const void *a, const void *b)
{
	int64_t x = ((const struct position *)a)->unit, y = ((const struct position *)b)->unit;

	return (x > y) - (x < y);
}

static void write_holder(struct book *b, struct holder *h)
{
	write_timeline(b, h);
	if (!h->changed)
		return;
	write_account(b->txn, h);
	sort(h->positions, h->position_count, sizeof(*h->positions), by_position_unit);
	write_lots(b->txn, h);
}

/* In the order of their keys, which is many times as quick as any other. */
static void write_holders(struct book *b)
{
	for (size_t i = 0; i < b->place_count; i++)
		for (size_t j = 0; b->places[i] && j < BLOCK; j++)
			if (b->places[i][j])
				write_holder(b, b->holders[b->places[i][j] - 1]);
}

enum status book_close(struct book *b)
{
	enum status st = txn_status(b->txn);

	if (st == ST_OK) {
		write_holders(b);
		for (size_t i = 0; i < b->house_count; i++)
			house_store(b->txn, b->houses[i].unit, &b->houses[i].house);
		st = txn_status(b->txn);
	}
	book_abandon(b);
	return st;
}
