/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verbs.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/earn.h"

/* A read pass finds the customers who hold something lapsed; they are debited
 * in batches of this many, so that no other terminal waits long. */
enum { BATCH = 200 };

struct sweeping {
	int32_t today;
	int64_t *ids;
	size_t n, cap, done;
	struct swept *out;
	const struct programs *programs;
};

static void add_id(struct sweeping *s, int64_t id)
{
	if (s->n && s->ids[s->n - 1] == id)
		return;
	s->ids = mem_grow(s->ids, s->n, &s->cap, sizeof(*s->ids));
	s->ids[s->n++] = id;
}

static void find_lapsed_lots(struct txn *txn, struct sweeping *s)
{
	struct range r;
	struct lot lot;

	range_start(&r, txn, TABLE_LOT, NULL);
	while (range_next(&r))
		if (lot_from_row(r.key, r.value, &lot) && lot.through < s->today)
			add_id(s, (int64_t)key_read(r.key.at, 4));
	range_end(&r);
}

static bool is_absent(const struct sweeping *s, const struct programs *programs,
		      const struct holder *h)
{
	for (size_t i = 0; i < programs->n; i++) {
		const struct position *p;

		if (!program_absent(&programs->row[i], &h->figures, s->today))
			continue;
		p = holder_position(h, unit_make(UNIT_PROGRAM, programs->row[i].id));
		if (p && p->balance > 0)
			return true;
	}
	return false;
}

static void find_absent(struct txn *txn, struct sweeping *s)
{
	struct programs programs;
	struct holder h;
	struct range r;
	bool any = false;

	programs_load(txn, &programs);
	for (size_t i = 0; i < programs.n; i++)
		any |= programs.row[i].validity == VALID_INACTIVE;
	range_start(&r, txn, TABLE_ACCOUNT, NULL);
	while (any && range_next(&r)) {
		int64_t id = (int64_t)key_read(r.key.at, 4);

		if (holder_load(txn, id, &h) && is_absent(s, &programs, &h))
			add_id(s, id);
		holder_release(&h);
	}
	range_end(&r);
	programs_release(&programs);
}

static enum status find(struct txn *txn, void *arg)
{
	struct sweeping *s = arg;

	s->n = 0;
	find_lapsed_lots(txn, s);
	find_absent(txn, s);
	return txn_status(txn);
}

/* An entry holds so many movements; a customer with more gets another. */
static enum status sweep_customer(struct trade *t, struct sweeping *s, int64_t id)
{
	bool any = true, lapsed = false;
	enum status st = ST_OK;

	while (any && st == ST_OK) {
		book_start(&t->book, t->entry, ENTRY_LAPSE, &t->by);
		t->entry->customer = id;
		st = earn_lapse_absent(t, t->entry);
		if (st == ST_OK)
			st = book_lapse(&t->book, t->entry, s->today, &any);
		if (st == ST_OK && any) {
			st = book_post(&t->book, t->entry);
			s->out->entries++;
			lapsed = true;
		}
	}
	s->out->customers += lapsed;
	return st;
}

static enum status sweep_batch(struct trade *t, void *arg)
{
	struct sweeping *s = arg;
	struct swept before = *s->out;
	enum status st = ST_OK;

	for (size_t i = s->done; i < s->n && i < s->done + BATCH && st == ST_OK; i++)
		st = sweep_customer(t, s, s->ids[i]);
	if (st != ST_OK)
		*s->out = before;
	return st;
}

enum status sweep(struct shop *shop, const struct actor *by, struct swept *out)
{
	struct sweeping s = { .today = clock_day(by->now), .out = out };
	struct actor sweeper = *by;
	enum status st;

	*out = (struct swept){ 0 };
	sweeper.has_op = false;		/* it is the same however often it runs */
	st = store_read(shop->store, find, &s);
	for (s.done = 0; s.done < s.n && st == ST_OK; s.done += BATCH) {
		struct trade_run run = { .work = sweep_batch, .arg = &s };

		st = trade_run(shop, &sweeper, &run);
	}
	free(s.ids);
	return st;
}
