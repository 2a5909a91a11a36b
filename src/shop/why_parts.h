/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_WHY_PARTS_H
#define SHOP_WHY_PARTS_H

#include "shop/sale.h"
#include "shop/tell.h"

/* For the files of shop/why.h only. */

struct why {
	const struct format *format;
	int decimals;
	struct txn *txn;
	struct deed deed;
	struct side side;
	struct entry *room;		/* other entries, one at a time */
	struct buf *out;
};

/* "Sale R-9, 3 Mar 2026 (entry 12)", of the entry in w->room. */
enum { ENTRY_WORDS = RECEIPT_TEXT + 3 * FORMAT_TEXT };
const char *why_entry_words(const struct why *w, char out[ENTRY_WORDS]);

/* why_moves.c: points, stamps and rewards, and the lots behind them. */
void why_tell_moves(struct why *w);
/* What the entry refers to, and what refers to it. */
void why_tell_others(struct why *w);

/* why_rules.c: the rules that decided; what was written where rules, items or
 * settings were changed. */
void why_tell_rules(struct why *w);
void why_tell_change(struct why *w);

#endif
