/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <string.h>

#include "ledger/merge.h"
#include "shop/number.h"
#include "shop/sale.h"

/* What this shop wrote into a file itself comes back and changes nothing. */

bool own_sale(struct importing *im, const char *number, int64_t *seq)
{
	struct key key = done_receipt("", number);

	if (im->format || !*number || txn_has(im->trade.txn, TABLE_DONE, &key))
		return false;
	if (!number_read(im->trade.txn, NUMBER_SALE, number) && !strchr(number, ':'))
		return false;
	return sale_by_receipt(im->trade.txn, number, seq) == ST_OK;
}

bool own_refund(struct importing *im, const char *number, int64_t *seq)
{
	if (im->format)
		return false;
	*seq = number_read(im->trade.txn, NUMBER_SALE, number);
	return *seq && journal_read(im->trade.txn, *seq, im->trade.other) == ST_OK &&
	       im->trade.other->kind == ENTRY_REFUND;
}

enum status own_met(struct importing *im, struct reading *in, const char *number, int64_t seq)
{
	struct entry *e = im->trade.other;
	enum status st = journal_read(im->trade.txn, seq, e);

	if (st != ST_OK)
		return txn_fail(im->trade.txn, st);
	if (e->occurred != in->occurred || e->total != in->total ||
	    account_of(im->trade.txn, e->customer) != in->customer)
		return fail(ST_EXISTS, "%s is this shop's own, and differs from it in its time, "
			    "total or customer", number);
	bits_add(&im->booked, seq);
	im->result->named += in->customer ? (int64_t)in->receipt->n : 0;
	im->result->duplicates += (int64_t)in->receipt->n;
	return people_settle(im, &in->customer);
}
