/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_VERIFY_HOLDERS_H
#define LEDGER_VERIFY_HOLDERS_H

#include "ledger/verify.h"

/* What the journal makes of each customer: for comparing (verify_accounts.c)
 * and for putting in its place. */
struct replay {
	struct verify *v;
	struct range timeline;
	int64_t next;			/* the customer whose rows come next; 0 none */
	struct seqs seqs;		/* the entries of the one at hand */
	struct holder h;		/* and what they add up to, with lots used up */
	int32_t *days;
	size_t day_count, day_cap;
};

void replay_start(struct replay *r, struct verify *v);
/* Plays 'customer', who comes next or has no entries. False: it cannot be told
 * what they have; a fault was. */
bool replay_customer(struct replay *r, int64_t customer);
void replay_end(struct replay *r);

void holder_sort(struct holder *h);	/* positions in the order of units */

#endif
