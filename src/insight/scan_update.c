/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "insight/scan_parts.h"

enum { PART = 50000 };

struct scan_reading {
	struct gathering g;
	unsigned opening;	/* of the store: another one begins anew */
	int64_t seq;		/* the last entry that was looked at */
	/* The journal's last entry at the beginning: what it undid and merged by
	 * then is known. */
	int64_t known;
	enum { READING, SORTING, FOLDING } step;
	bool folded;		/* there are visits, of all payments that are sorted */
};

void scan_reading_release(struct scan_reading *r)
{
	if (r)
		gathering_release(&r->g);
	free(r);
}

static struct scan_reading *begin(struct txn *txn, struct scan *s)
{
	struct scan_reading *r = mem_alloc(sizeof(*r));
	uint8_t digest[DIGEST_SIZE];
	uint64_t changes = s->changes;

	scan_release(s);
	gathering_start(&r->g, txn, s);
	r->known = journal_last(txn, digest);
	s->changes = changes + 1;
	s->reading = r;
	return r;
}

/* What was counted already did not happen, or was somebody else's. */
static bool turns_back(const struct scan_reading *r, const struct entry_head *head)
{
	return head->seq > r->known && (head->kind == ENTRY_UNDO || head->kind == ENTRY_MERGE);
}

/* False: begin anew. */
static bool read_part(struct scan_reading *r, struct txn *txn)
{
	struct heads h;
	bool on = true;
	size_t n;

	heads_start_after(&h, txn, r->seq);
	for (n = 0; n < PART && on && heads_next(&h); n++) {
		if (!h.undone)
			gathering_add(&r->g, &h);
		on = !turns_back(r, &h.head);
		r->seq = h.head.seq;
	}
	heads_end(&h);
	r->g.scan->changes += n > 0;
	if (on && n < PART)
		r->step = SORTING;
	return on;
}

/* One step of what is to be done when all is read; true after the last. */
static bool step(struct scan_reading *r, struct txn *txn)
{
	struct payments *p = &r->g.payments;

	if (r->step == SORTING) {
		if (r->folded && p->sorted == p->n)
			return true;	/* nobody known came */
		if (payments_sort_step(p))
			r->step = FOLDING;
		return false;
	}
	gathering_fold(&r->g, txn);
	r->folded = true;
	return true;
}

static enum status update_work(struct txn *txn, void *arg)
{
	struct scan *s = arg;
	struct scan_reading *r = s->reading ? s->reading : begin(txn, s);
	bool done = false, small;

	if (r->step == READING && !read_part(r, txn)) {
		scan_reading_release(r);
		s->reading = NULL;
		return txn_status(txn);
	}
	if (r->step == READING)
		return txn_status(txn);
	small = r->g.payments.sorted || r->g.payments.n < PART;
	do {
		done = step(r, txn);
	} while (small && !done);
	if (!done)
		return txn_status(txn);
	gathering_finish(&r->g);
	r->step = READING;
	s->whole = true;
	return txn_status(txn);
}

enum status scan_update(struct store *store, struct scan *s)
{
	unsigned opening = store_opening(store);
	enum status st;

	if (s->reading && s->reading->opening != opening) {
		scan_reading_release(s->reading);
		s->reading = NULL;
	}
	s->whole = false;
	st = store_read(store, update_work, s);
	if (s->reading)
		s->reading->opening = opening;
	if (st != ST_OK)
		scan_release(s);
	return st;
}
