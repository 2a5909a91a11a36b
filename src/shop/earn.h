/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_EARN_H
#define SHOP_EARN_H

#include "shop/trade.h"

/* Points and stamps for the sale in *e, whose lines, total, customer and day
 * are set: every program in force then, or all that began later too. Completed
 * cards issue their rewards. Adds postings to *e. */
MUST_CHECK enum status earn_all(struct trade *t, struct entry *e, bool award_past);
/* The same for one program, for a sale that was there before it: *e is the
 * award, *sale the sale. Nothing earned leaves *e without postings. */
MUST_CHECK enum status earn_one(struct trade *t, struct entry *e, const struct program *p,
				const struct entry *sale);

/* Puts points or stamps in, earned or by hand; a card that is full then gives
 * its rewards. */
MUST_CHECK enum status earn_put(struct trade *t, struct entry *e, const struct program *p,
				const struct posting *posting);

/* The same where stamps came from another card of theirs: 'before' is what was
 * usable here, and what was there. A reward on the way that either card had
 * given already is not given again. */
struct cards_before { int64_t here, there; };
MUST_CHECK enum status earn_complete(struct trade *t, struct entry *e, const struct program *p,
				     struct cards_before before);

/* Takes off what absence has made lapse in programs that say so, before the
 * customer does anything new. Adds postings to *e. */
MUST_CHECK enum status earn_lapse_absent(struct trade *t, struct entry *e);
/* Has the customer been away too long for this program at 'day'? */
bool program_absent(const struct program *p, const struct figures *f, int32_t day);

/* One reward becomes ready. */
MUST_CHECK enum status reward_issue(struct trade *t, struct entry *e, const struct program *p,
				    int64_t reward, int64_t count);

#endif
