/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_VERIFY_H
#define SHOP_VERIFY_H

#include "ledger/verify.h"
#include "shop/shop.h"

/* Proves the whole store in one consistent view: the ledger's tables
 * (ledger/verify.h), the natural keys of sales, refunds, openings and days,
 * customers, items, programs and rewards with their indexes both ways, what
 * their records say about consent, and every row's check. ST_OK: it ran to its
 * end; the faults tell the rest. */
struct verify_result {
	uint64_t faults, rows;
	int64_t entries, customers;
};

struct verify_ask {
	const struct verify_watch *watch;
	const char *against;	/* a day close's fingerprint from paper; NULL none */
	int patience;		/* verify_guarded(): seconds without a sign of life; 0: 60 */
};
MUST_CHECK enum status shop_verify(struct shop *shop, const struct verify_ask *ask,
				   struct verify_result *out);

/* The same in a process of its own, for damage that LMDB cannot be read with:
 * when it crashes or hangs, ST_CORRUPT says so in a sentence. */
MUST_CHECK enum status verify_guarded(const char *dir, const struct verify_ask *ask,
				      struct verify_result *out);

/* Makes all that is derived again, in one transaction: what is primary is never
 * touched, and where it is damaged the faults say so. Whoever calls this has a
 * copy of the folder. ST_REFUSED: there is damage to accept first. */
MUST_CHECK enum status shop_repair(struct shop *shop, const struct verify_ask *ask,
				   struct verify_result *out);

/* Books that the entry is damaged or missing and stays so: verify then speaks
 * of the entry no more, and repair makes everything from what the others say.
 * What that leaves wrong, an adjustment with its reason puts right. */
MUST_CHECK enum status shop_accept(struct shop *shop, const struct actor *by, int64_t seq);

#endif
