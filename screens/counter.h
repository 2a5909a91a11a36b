/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCREENS_COUNTER_H
#define SCREENS_COUNTER_H

#include "screens/keys.h"
#include "screens/list.h"
#include "screens/name.h"
#include "screens/till.h"
#include "screens/ui.h"
#include "shop/item.h"
#include "shop/quote.h"
#include "shop/recent.h"
#include "shop/search.h"
#include "shop/standing.h"
#include "shop/tell.h"

/* The counter, for its own files: first somebody is found, then their sale is
 * made; what it did is told above the empty field for the next one. A sale that
 * is begun stays while whose it is is looked for. */

enum counter_step { STEP_FIND, STEP_SALE, STEP_WELCOME };

enum { COUNTER_HITS = 30, COUNTER_RECENT = 30, QUICK_ITEMS = 9, COUNTER_REFUNDS = 100,
	HIT_STANDING = 2 * FORMAT_TEXT };

enum counter_action {
	COUNTER_OPEN = ACT_OWN, COUNTER_ADD, COUNTER_ITEMS,
	COUNTER_CARD, COUNTER_REFUND, COUNTER_TENDER, COUNTER_ASK
};

/* Somebody who fits what was typed. */
struct hit {
	int64_t id;
	enum match match;
	int32_t last_visit;
	char name[NAME_TEXT], second[NAME_TEXT], phone[NAME_PHONE];
	char standing[HIT_STANDING];
	bool reward_ready;
};

struct counter {
	enum counter_step step;
	bool opened;
	struct draft_slot slot;		/* where this till keeps an unfinished sale */

	struct edit find;
	struct hit hits[COUNTER_HITS];	/* similar names last */
	size_t hit_count;
	bool more;			/* others would fit too */
	struct list list;		/* over the hits and somebody new, who is the last row, and
					   the first when all names are only similar */
	char card[SCAN_SIZE];		/* scanned, and nobody's yet; "" none */

	struct till till;
	struct standing standing;	/* of whom the sale is; of nobody, else */
	struct item quick[QUICK_ITEMS];	/* by their digit; id 0: none */
	struct item gift;		/* what the chosen reward gives; id 0: no item */
	struct item open_item;		/* whose price is asked for */
	struct quote quote;		/* with a reward or points: what is left to pay */
	char refusal[1200];		/* why it would be refused; "" it would not */
	bool items;			/* digits take items, not amounts */
	bool asked;			/* whether they may be texted, in this sale */

	struct told told;		/* what was done last; empty: nothing yet */
	int64_t served;			/* whose sale that was, who can have a reward now; or 0 */
	int64_t tender;			/* how was paid the last time it was said */
	struct customer newcomer;	/* asked whether to add them all the same */
	struct recent recent;		/* of whom the sale is, or of all */
	struct recent sales;		/* asked which of them is given back */
	struct recent_row refunding;
	int64_t undoing;		/* the entry that is asked about */
	int64_t choices[ACCOUNT_UNITS];	/* rewards; programs whose points pay as -id */
	size_t choice_count;
};

/* counter.c: what a verb did is told. A sale that is over makes room for the
 * next one; anything else leaves a sale that is begun alone. */
void counter_sold(struct counter *k, struct ui *ui, const struct trade_run *run);
void counter_did(struct counter *k, struct ui *ui, const struct trade_run *run);
/* False: no item has this code. */
bool counter_item(struct ui *ui, const char *code, struct item *item);

/* counter_find.c, and counter_find_view.c */
enum status find_load(struct counter *k, struct ui *ui);
void find_draw(const struct counter *k, const struct ui *ui, const struct canvas *c);
bool find_act(struct counter *k, struct ui *ui, const struct event *e);
void find_start(struct counter *k);
size_t find_similar(const struct counter *k);	/* the first of the similar names */
/* Who stands in a row of the list, and in the chosen one; NULL: somebody new, or
 * nothing was typed. */
const struct hit *find_at(const struct counter *k, size_t row);
const struct hit *find_chosen(const struct counter *k);
/* Their sale; what was rung up for nobody becomes theirs. */
void find_choose(struct counter *k, struct ui *ui, int64_t customer);
/* Whose card or which item it is; else it is kept to be given to somebody. */
void find_scan(struct counter *k, struct ui *ui, const char *code);

/* counter_new.c: somebody new, with what was typed so far. */
void counter_add(struct counter *k, struct ui *ui);
/* The scanned card is offered to whose sale it is. */
void counter_offer_card(struct counter *k, struct ui *ui);

/* counter_sale.c, counter_sale_view.c and counter_person.c */
void sale_start(struct counter *k, struct ui *ui, int64_t customer);
enum status sale_load(struct counter *k, struct ui *ui);
/* Gives the lines it took. */
int sale_draw(const struct counter *k, const struct ui *ui, const struct canvas *c);
int person_draw(const struct counter *k, const struct ui *ui, const struct canvas *c);
bool sale_act(struct counter *k, struct ui *ui, const struct event *e);
void sale_drop(struct counter *k, struct ui *ui);
/* The sale as it would be booked, with the item that the reward gives. */
void sale_whole(const struct counter *k, struct till *out);

/* counter_items.c: one with an open price is asked for. */
void sale_add_item(struct counter *k, struct ui *ui, const struct item *item);
/* By their quick digits; and without those that a scanner's code took so. */
void items_take(struct counter *k, struct ui *ui, const struct event *e);
void items_take_back(struct counter *k, const char *code);

/* counter_consent.c: is it time to ask whether they may be texted? Asks. */
bool counter_may_ask(const struct counter *k);
void counter_ask(struct counter *k, struct ui *ui);

/* counter_redeem.c, counter_back.c */
void counter_redeem(struct counter *k, struct ui *ui);
void counter_refund(struct counter *k, struct ui *ui);
void counter_undo(struct counter *k, struct ui *ui);

/* counter_view.c */
void counter_draw_recent(const struct counter *k, const struct ui *ui, const struct canvas *c);
void counter_draw_welcome(const struct counter *k, const struct canvas *c);

#endif
