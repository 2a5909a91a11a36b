/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_TILL_H
#define SCREENS_TILL_H

#include "base/format.h"
#include "screens/edit.h"
#include "shop/draft.h"
#include "shop/sale.h"

/* The sale that is being made at the counter: what was typed so far and what
 * it comes to. It knows neither screen nor store. */

struct till {
	struct draft draft;		/* all but the amount, which is typed in 'amount' */
	struct edit amount;
};

/* Nothing yet, for this customer (0: nobody), with a new operation id. */
void till_start(struct till *t, int64_t customer, int64_t now);
/* As it was kept; and what to keep. */
void till_take_up(struct till *t, const struct draft *draft);
void till_draft(const struct till *t, struct draft *out);
/* The sale is another's from now on; a reward and points stay with whose they
 * are. */
void till_give_to(struct till *t, int64_t customer);
/* Has anything been typed or chosen that would be lost? */
bool till_is_begun(const struct till *t);
/* Is there anything to pay for? A reward alone is not. */
bool till_has_bill(const struct till *t);

/* One more of an item, or one of a name and price. ST_FULL. */
MUST_CHECK enum status till_add(struct till *t, const struct draft_line *line);
void till_take_last(struct till *t);		/* one less of the line added last */
void till_take_item(struct till *t, int64_t item);	/* one less of this */
int64_t till_count(const struct till *t, int64_t item);	/* pieces of it */

/* MONEY_MOST + 1: more than can be kept. */
int64_t till_line_amount(const struct draft_line *line);
/* The bill: the items and the amount that was typed. ST_INVALID: that cannot
 * be read. 0 when there is neither. */
MUST_CHECK enum status till_bill(const struct till *t, const struct format *f, int64_t *bill);

/* What sale_add() is asked. It points into *room, which the caller keeps. */
struct till_room {
	struct line lines[DRAFT_LINES + 1];
	struct tender tender;
	char words[2000];
};
MUST_CHECK enum status till_sale(const struct till *t, const struct format *f,
				 struct till_room *room, struct sale *out);

#endif
