/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/flows.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/entry_list.h"
#include "ledger/merge.h"

/* Entries of one part: a few milliseconds. */
enum { PART = 20000 };

struct reader {
	struct txn *txn;
	struct flows *f;
	struct merges merges;
	const struct field *postings, *moves;
	struct bytes value;		/* of the entry at hand */
	struct flow entry;		/* what its rows have in common */
	size_t part;
};

static void damaged(struct reader *r)
{
	txn_fail(r->txn, fail(ST_CORRUPT, "a damaged journal entry; run: regulars verify"));
}

static void add(struct flows *f, const struct flow *row)
{
	f->row = mem_grow(f->row, f->n, &f->cap, sizeof(*f->row));
	f->row[f->n++] = *row;
}

/* -- lots -- */

/* The row that opened a lot; NULL: there is none, as a merge opens none. */
static const struct flow *opening_of(const struct flows *f, int64_t seq, int64_t place)
{
	size_t from = 0, to = f->taken_off;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (f->row[middle].seq < seq)
			from = middle + 1;
		else
			to = middle;
	}
	for (; from < f->taken_off && f->row[from].seq == seq; from++)
		if (f->row[from].place == place && f->row[from].unit != FLOW_PAID)
			return &f->row[from];
	return NULL;
}

/* What was given back to a lot that had lapsed by then is in one of its own: it
 * was counted when it was first given. */
static void name_lot(struct flow *row, const struct flow *opening)
{
	if (!opening || !opening->through)
		return;
	if (row->counter == COUNTER_EXPIRED && opening->through < row->day)
		row->day = opening->through + 1;
	if (opening->counter != COUNTER_REDEEMED)
		row->through = opening->through;
}

/* One row for each lot that lost something, and one for what is owed. */
static void add_by_lot(struct reader *r, const struct flow *whole)
{
	struct flow row = *whole, rest = *whole;
	struct entry_list moves;
	struct move m;

	entry_list_find(r->value, r->moves, &moves);
	while (entry_list_next(&moves, &m)) {
		if (m.posting != whole->place || m.amount >= 0)
			continue;
		row = *whole;
		row.amount = m.amount;
		rest.amount -= m.amount;
		name_lot(&row, opening_of(r->f, m.seq, m.n));
		add(r->f, &row);
	}
	if (rest.amount)
		add(r->f, &rest);
	if (moves.bad)
		damaged(r);
}

/* -- entries -- */

static void add_posting(struct reader *r, const struct posting *p, uint8_t place)
{
	struct flow row = r->entry;

	if (p->counter == COUNTER_MOVED)	/* out of one record of the person, into another */
		return;
	row.unit = (uint32_t)p->unit;
	row.amount = p->amount;
	row.through = (int32_t)p->through;
	row.counter = (uint8_t)p->counter;
	row.place = place;
	row.for_reward = p->reward != 0;
	if (row.amount < 0 && (row.counter == COUNTER_EXPIRED || row.counter == COUNTER_ISSUED))
		add_by_lot(r, &row);
	else
		add(r->f, &row);
}

static void add_postings(struct reader *r)
{
	struct entry_list postings;
	struct posting p;
	uint8_t place = 0;

	entry_list_find(r->value, r->postings, &postings);
	while (place < ENTRY_POSTINGS && entry_list_next(&postings, &p))
		add_posting(r, &p, place++);
	if (postings.bad)
		damaged(r);
}

/* The window is the shop's, whoever is looked at. */
static void note_day(struct reader *r, const struct entry_head *head)
{
	struct flows *f = r->f;
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)head->seq, 8);
	if ((f->first_day && head->day >= f->first_day && head->day <= f->last_day) ||
	    txn_has(r->txn, TABLE_UNDONE, &k))
		return;
	if (!f->first_day || head->day < f->first_day)
		f->first_day = head->day;
	if (head->day > f->last_day)
		f->last_day = head->day;
}

static void add_entry(struct reader *r, const struct entry_head *head)
{
	struct flow row = { .seq = (uint32_t)head->seq, .day = head->day,
			    .kind = (uint8_t)head->kind };
	bool paid = head->kind == ENTRY_SALE || head->kind == ENTRY_REFUND ||
		    head->kind == ENTRY_WALK_IN;
	int64_t customer = merges_find(&r->merges, head->customer);

	if (r->f->only && head->kind == ENTRY_SALE)
		note_day(r, head);
	if (head->kind == ENTRY_UNDO || (!customer && !paid) ||
	    (r->f->only && !people_has(r->f->only, customer)))
		return;
	row.customer = (uint32_t)customer;
	r->entry = row;
	if (paid) {
		row.amount = head->total;
		add(r->f, &row);
	}
	if (customer)
		add_postings(r);
	r->f->taken_off = r->f->n;
}

/* True: that was the last. */
static bool read_part(struct reader *r)
{
	struct entry_head head;
	struct key from;
	struct range rows;
	size_t n = 0;
	bool more = true;

	from.len = 0;
	key_int(&from, (uint64_t)r->f->last + 1, 8);
	range_start(&rows, r->txn, TABLE_JOURNAL, NULL);
	range_seek(&rows, &from);
	while (n++ < r->part && (more = range_next(&rows))) {
		if (!entry_head(rows.key, rows.value, &head)) {
			damaged(r);
			break;
		}
		r->value = rows.value;
		r->f->last = head.seq;
		add_entry(r, &head);
	}
	range_end(&rows);
	return !more;
}

/* -- when all is read -- */

/* Both stand in the order of entries. */
static void drop_undone(struct reader *r)
{
	struct flows *f = r->f;
	size_t from = 0, to = 0;
	struct range undone;

	range_start(&undone, r->txn, TABLE_UNDONE, NULL);
	while (from < f->n && range_next(&undone)) {
		int64_t seq = (int64_t)key_read(undone.key.at, 8);

		for (; from < f->n && f->row[from].seq < seq; from++)
			f->row[to++] = f->row[from];
		while (from < f->n && f->row[from].seq == seq)
			from++;
	}
	range_end(&undone);
	if (from != to)
		memmove(f->row + to, f->row + from, (f->n - from) * sizeof(*f->row));
	f->n -= from - to;
	f->taken_off = f->n;
}

static void name_merged(struct reader *r)
{
	for (size_t i = 0; r->merges.n && i < r->f->n; i++)
		r->f->row[i].customer =
			(uint32_t)merges_find(&r->merges, r->f->row[i].customer);
}

static bool may_have_lapsed(const struct flows *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->row[i].through && f->row[i].through < f->today)
			return true;
	return false;
}

static void add_lapsed(struct reader *r, int64_t customer, const struct lot *lot)
{
	struct flow row = { .amount = -lot->left, .customer = (uint32_t)customer,
			    .unit = (uint32_t)lot->unit, .day = r->f->today,
			    .counter = COUNTER_EXPIRED, .kind = ENTRY_LAPSE };

	if (lot->through >= r->f->today || (r->f->only && !people_has(r->f->only, customer)))
		return;
	row.day = (int32_t)lot->through + 1;
	name_lot(&row, opening_of(r->f, lot->seq, lot->n));
	add(r->f, &row);
}

/* What nobody has taken off yet. */
static void add_all_lapsed(struct reader *r)
{
	struct range rows;
	struct lot lot;

	range_start(&rows, r->txn, TABLE_LOT, NULL);
	while (range_next(&rows)) {
		if (!lot_from_row(rows.key, rows.value, &lot)) {
			txn_fail(r->txn, fail(ST_CORRUPT, "a damaged lot; run: regulars verify"));
			break;
		}
		add_lapsed(r, (int64_t)key_read(rows.key.at, 4), &lot);
	}
	range_end(&rows);
}

static void load_rules(struct reader *r)
{
	programs_release(&r->f->programs);
	rewards_release(&r->f->rewards);
	programs_load(r->txn, &r->f->programs);
	rewards_load(r->txn, &r->f->rewards);
}

static void settle(struct reader *r)
{
	struct flows *f = r->f;

	load_rules(r);
	drop_undone(r);
	name_merged(r);
	if (may_have_lapsed(f))
		add_all_lapsed(r);
	flows_put_in_order(f);
	f->whole = txn_status(r->txn) == ST_OK;
}

/* -- parts -- */

struct part {
	struct flows *f;
	size_t entries, n;	/* n, last: where the part begins, when it has to begin again */
	int64_t last;
	int *done;
};

static enum status read_work(struct txn *txn, void *arg)
{
	struct part *p = arg;
	uint8_t digest[DIGEST_SIZE];
	struct reader r = { .txn = txn, .f = p->f, .part = p->entries,
			    .postings = record_field(&entry_type, "postings"),
			    .moves = record_field(&entry_type, "moves") };
	int64_t all = journal_last(txn, digest);

	p->f->n = p->f->taken_off = p->n;
	p->f->last = p->last;
	merges_load(txn, &r.merges);
	if (read_part(&r))
		settle(&r);
	merges_release(&r.merges);
	*p->done = p->f->whole || !all ? 1000 : (int)(p->f->last * 1000 / all);
	return txn_status(txn);
}

static enum status read_on(struct store *store, struct flows *f, size_t entries, int *done)
{
	struct part part = { .f = f, .entries = entries, .done = done };

	if (f->opening != store_opening(store)) {
		flows_release(f);
		f->opening = store_opening(store);
	}
	part.n = f->taken_off;
	part.last = f->last;
	f->whole = false;
	f->version = store_version(store);
	return store_read(store, read_work, &part);
}

enum status flows_update(struct store *store, int32_t today, struct flows *f, int *done)
{
	*done = 1000;
	if (f->whole && f->today == today && f->version == store_version(store) &&
	    f->opening == store_opening(store))
		return ST_OK;
	f->today = today;
	return read_on(store, f, PART, done);
}

enum status flows_read(struct store *store, const struct people_set *only, int32_t today,
		       struct flows *out)
{
	int done;

	*out = (struct flows){ .only = only, .today = today, .opening = store_opening(store) };
	return read_on(store, out, SIZE_MAX, &done);
}

void flows_release(struct flows *f)
{
	const struct people_set *only = f->only;
	int32_t today = f->today;

	programs_release(&f->programs);
	rewards_release(&f->rewards);
	free(f->row);
	free(f->order);
	*f = (struct flows){ .only = only, .today = today };
}
