/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/day.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/rule.h"
#include "shop/verbs.h"

struct reading {
	struct txn *txn;
	struct day_report *out;
	struct entry *entry, *sale;	/* room */
	bool over;			/* a sum did not fit */
};

static void add(struct reading *r, int64_t *sum, int64_t amount)
{
	r->over |= __builtin_add_overflow(*sum, amount, sum);
}

static void subtract(struct reading *r, int64_t *sum, int64_t amount)
{
	r->over |= __builtin_sub_overflow(*sum, amount, sum);
}

/* -- what moved -- */

static struct day_movement *movement_of(struct day_report *out, int64_t unit)
{
	for (size_t i = 0; i < out->program_count; i++)
		if (unit == unit_make(UNIT_PROGRAM, out->programs[i].id))
			return &out->programs[i].moved;
	for (size_t i = 0; i < out->reward_count; i++)
		if (unit == unit_make(UNIT_REWARD, out->rewards[i].id))
			return &out->rewards[i].moved;
	return NULL;
}

static void count_posting(struct reading *r, const struct posting *p)
{
	struct day_movement *m = movement_of(r->out, p->unit);

	if (!m)
		return;
	switch ((enum counterpart)p->counter) {
	case COUNTER_ISSUED:
		if (p->amount > 0)
			add(r, &m->given, p->amount);
		else
			subtract(r, &m->taken_back, p->amount);
		break;
	case COUNTER_REDEEMED:
		if (p->amount < 0)
			subtract(r, &m->used, p->amount);
		else
			add(r, &m->returned, p->amount);
		break;
	case COUNTER_EXPIRED: subtract(r, &m->expired, p->amount); break;
	case COUNTER_ADJUSTED: add(r, &m->adjusted, p->amount); break;
	case COUNTER_OPENING: add(r, &m->opened, p->amount); break;
	case COUNTER_MOVED:
	case COUNTERPARTS: break;
	}
}

/* -- how it was paid -- */

static int64_t *tender_of(struct reading *r, int64_t kind)
{
	return &r->out->tenders[kind > 0 && kind < TENDERS ? kind : TENDER_UNKNOWN];
}

/* The way a sale was paid, when all of it was paid in one way. */
static int64_t paid_by(struct reading *r, const struct entry *sale)
{
	int64_t paid = 0;

	for (uint32_t i = 0; i < sale->tender_count; i++) {
		if (sale->tenders[i].kind != sale->tenders[0].kind)
			return TENDER_UNKNOWN;
		add(r, &paid, sale->tenders[i].amount);
	}
	return sale->tender_count && paid >= sale->total ? sale->tenders[0].kind : TENDER_UNKNOWN;
}

static void count_tenders(struct reading *r, const struct entry *e)
{
	int64_t rest = e->total, kind = TENDER_UNKNOWN;

	for (uint32_t i = 0; i < e->tender_count; i++) {
		add(r, tender_of(r, e->tenders[i].kind), e->tenders[i].amount);
		subtract(r, &rest, e->tenders[i].amount);
	}
	if (e->kind == ENTRY_REFUND && e->about) {
		if (journal_read(r->txn, e->about, r->sale) != ST_OK) {
			txn_fail(r->txn, ST_CORRUPT);
			return;
		}
		kind = paid_by(r, r->sale);
	}
	add(r, tender_of(r, kind), rest);
}

/* -- the day's entries -- */

/* All that was rung up before it is in the takings by now. */
static void count_close(struct reading *r, const struct entry *e)
{
	struct day_report *out = r->out;

	strcpy(out->closed_by, e->who);
	out->closed_on = clock_day(e->recorded);
	out->counted = e->total;
	if (e->subject && e->total < out->takings.revenue)
		r->over |= __builtin_sub_overflow(out->takings.revenue, e->total, &out->missing);
}

static void count_entry(struct reading *r, const struct heads *h)
{
	struct day_report *out = r->out;
	const struct entry *e = r->entry;
	enum status st = entry_decode(h->rows.key, h->rows.value, r->entry);

	if (st != ST_OK) {
		txn_fail(r->txn, st);
		return;
	}
	r->over |= !takings_add(&out->takings, &h->head);
	if (e->kind == ENTRY_SALE || e->kind == ENTRY_REFUND) {
		add(r, &out->tax, e->tax);
		count_tenders(r, e);
	}
	add(r, &out->discounts, e->discount);
	out->adjustments += e->kind == ENTRY_ADJUST;
	for (uint32_t i = 0; i < e->posting_count; i++)
		count_posting(r, &e->postings[i]);
	if (e->seq == out->closed)
		count_close(r, e);
	out->late += out->closed && e->seq > out->closed && e->kind <= ENTRY_WALK_IN;
}

/* An entry may be recorded long after it occurred, so all heads are looked at;
 * only the day's own entries are decoded. */
static void count_entries(struct reading *r)
{
	struct heads h;

	heads_start(&h, r->txn);
	while (heads_next(&h)) {
		if (h.head.day != r->out->day || h.head.kind == ENTRY_UNDO)
			continue;
		if (h.undone)
			r->out->undone++;
		else
			count_entry(r, &h);
	}
	heads_end(&h);
}

/* -- around them -- */

static void make_rows(struct day_report *out)
{
	const struct liability *l = &out->liability;

	out->programs = mem_alloc((l->program_count + 1) * sizeof(*out->programs));
	out->rewards = mem_alloc((l->reward_count + 1) * sizeof(*out->rewards));
	for (size_t i = 0; i < l->program_count; i++) {
		struct day_program *row = &out->programs[out->program_count++];

		row->id = l->programs[i].id;
		row->kind = l->programs[i].kind;
		strcpy(row->name, l->programs[i].name);
	}
	for (size_t i = 0; i < l->reward_count; i++) {
		struct day_reward *row = &out->rewards[out->reward_count++];

		row->id = l->rewards[i].id;
		row->program = l->rewards[i].program;
		strcpy(row->name, l->rewards[i].name);
	}
}

static void find_close(struct txn *txn, struct day_report *out)
{
	struct key k = day_key(DONE_CLOSE, out->day);
	uint64_t content;

	if (!done_find(txn, &k, &out->closed, &content))
		out->closed = 0;
}

static void find_fingerprint(struct txn *txn, struct day_report *out)
{
	uint8_t digest[DIGEST_SIZE];
	int64_t seq = out->closed;
	struct bytes value;
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	if (!seq)
		seq = journal_last(txn, digest);
	else if (txn_get(txn, TABLE_JOURNAL, &k, &value))
		digest_numbered((uint64_t)seq, value.at, value.len, digest);
	else
		txn_fail(txn, fail(ST_CORRUPT, "the entry that closed the day is not in the "
				   "journal; run: regulars verify"));
	if (seq && txn_status(txn) == ST_OK)
		fingerprint_print(seq, digest, out->fingerprint);
}

enum status day_run(struct txn *txn, int32_t day, int32_t today, struct day_report *out)
{
	struct reading r = { .txn = txn, .out = out };
	enum status st;

	*out = (struct day_report){ .day = day };
	if (day < CLOCK_FIRST_DAY || day > CLOCK_LAST_DAY)
		return fail(ST_INVALID, "the book holds days from 1970-01-02 to 2199-12-31; "
			    "ask for one of them");
	st = liability_run(txn, today, &out->liability);
	if (st != ST_OK)
		return st;
	make_rows(out);
	find_close(txn, out);
	find_fingerprint(txn, out);
	r.entry = entry_new();
	r.sale = entry_new();
	count_entries(&r);
	entry_free(r.entry);
	entry_free(r.sale);
	if (r.over)
		txn_fail(txn, fail(ST_FULL, "the day's sums are larger than can be kept"));
	return txn_status(txn);
}

struct asked {
	int32_t day, today;
	struct day_report *out;
};

static enum status day_work(struct txn *txn, void *arg)
{
	const struct asked *a = arg;

	day_release(a->out);
	return day_run(txn, a->day, a->today, a->out);
}

enum status day_read(struct store *store, int32_t day, int32_t today, struct day_report *out)
{
	struct asked a = { day, today, out };

	*out = (struct day_report){ 0 };
	return store_read(store, day_work, &a);
}

struct left_asked {
	int32_t day;
	bool open;
};

/* A sale that stands, looked for from the newest entry on. */
static bool had_sales(struct txn *txn, int32_t day)
{
	struct entry_head head;
	struct range r;
	bool found = false;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (!found && range_previous(&r))
		found = entry_head(r.key, r.value, &head) && head.day == day &&
			head.kind == ENTRY_SALE && !entry_is_undone(txn, head.seq);
	range_end(&r);
	return found;
}

static enum status left_work(struct txn *txn, void *arg)
{
	struct left_asked *a = arg;
	struct day_report day = { .day = a->day };

	find_close(txn, &day);
	a->open = !day.closed && had_sales(txn, a->day);
	return txn_status(txn);
}

enum status day_is_left_open(struct store *store, int32_t day, bool *open)
{
	struct left_asked a = { day, false };
	enum status st = store_read(store, left_work, &a);

	*open = a.open;
	return st;
}

void day_release(struct day_report *r)
{
	free(r->programs);
	free(r->rewards);
	liability_release(&r->liability);
	*r = (struct day_report){ 0 };
}
