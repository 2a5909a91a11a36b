/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/heads.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

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

void heads_start_after(struct heads *h, struct txn *txn, int64_t seq)
{
	struct key from = { .len = 0 };

	heads_start(h, txn);
	key_int(&from, (uint64_t)seq + 1, 8);
	range_seek(&h->rows, &from);
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

enum status takings_too_large(void)
{
	return fail(ST_FULL, "the takings are larger than can be counted; look for an absurd "
		    "amount with: regulars sale list");
}
