/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_VERBS_H
#define SHOP_VERBS_H

#include "ledger/done.h"
#include "shop/trade.h"

/* Programs and rewards. Every change is an entry with the new rules in it.
 * ST_EXISTS: the name is taken. ST_REFUSED: the rules do not fit together. An
 * operation done before gives what it made, as that is now. */
MUST_CHECK enum status program_add(struct shop *shop, const struct actor *by, struct program *p);
/* What was given and issued before stays as it is. Kind does not change. */
MUST_CHECK enum status program_edit(struct shop *shop, const struct actor *by, struct program *p);
MUST_CHECK enum status reward_add(struct shop *shop, const struct actor *by, struct reward *r);
/* A program with a reward of its own in one step: r->program and p->reward
 * (stamps) are filled in. */
MUST_CHECK enum status program_add_with_reward(struct shop *shop, const struct actor *by,
					       struct program *p, struct reward *r);

/* Awards the program for the sales since its 'from' that are in the book
 * already and have earned nothing in it: one entry a sale, in batches; can be
 * repeated. */
struct awarded { int64_t sales, amount; };
MUST_CHECK enum status program_award_past(struct shop *shop, const struct actor *by,
					  int64_t program, struct awarded *out);

struct claim {
	int64_t customer, reward;
	const char *receipt;		/* the bill it is used on; "" none */
};
/* A stamp card's reward that is ready, or one that points buy. ST_REFUSED says
 * which condition is not met, and by how much. */
MUST_CHECK enum status reward_claim(struct shop *shop, const struct actor *by,
				    const struct claim *c, struct trade_run *out);

struct adjustment {
	int64_t customer, program;
	int64_t amount;			/* added; negative: taken */
	const char *reason;		/* must say something; not for an opening */
};
MUST_CHECK enum status balance_adjust(struct shop *shop, const struct actor *by,
				      const struct adjustment *a, struct trade_run *out);
/* Brought from paper or another system, once for a customer and program:
 * the same again is the first result, another amount ST_EXISTS. */
MUST_CHECK enum status balance_open(struct shop *shop, const struct actor *by,
				    const struct adjustment *a, struct trade_run *out);
MUST_CHECK enum status balance_open_book(struct trade *t, const struct adjustment *a,
					 bool *repeated);
/* Is one booked, of them or of who was merged into them? */
bool balance_is_open(struct trade *t, const struct adjustment *a);
struct key opening_key(int64_t customer, int64_t unit);

/* One's own last entry of today that can be undone: sales, refunds, rewards given,
 * balances changed or brought along, a day's close. ST_REFUSED: there is none, or
 * a later entry built on it (then refund instead). */
MUST_CHECK enum status undo_next(const struct shop *shop, const struct actor *by, int64_t *seq);
/* Reverses it. 'expected' is the entry that a person agreed to undo: ST_REFUSED
 * when it is another by now; 0: whichever it is. One's own close of today may be
 * named although more was booked since; what it booked as walk-in goes with it. */
MUST_CHECK enum status undo_last(struct shop *shop, const struct actor *by, int64_t expected,
				 struct trade_run *out);

/* Takes lapsed points, stamps and rewards off; as often as one likes. */
struct swept { int64_t customers, entries; };
MUST_CHECK enum status sweep(struct shop *shop, const struct actor *by, struct swept *out);

/* Ends a shop day: books what was not rung up as one walk-in total (takings
 * less what the book has of the day) and makes the entry that closes it.
 * Closing a day again with the same takings is the first result. ST_REFUSED:
 * the takings are less than what was rung up and 'short_too' is not said, or the
 * day has not begun. A short day keeps its takings; nothing is booked for it. */
struct day_close {
	int32_t day;
	int64_t takings;		/* all money of the day; -1: not counted */
	bool short_too;			/* less than was rung up is what was there */
};
MUST_CHECK enum status day_close(struct shop *shop, const struct actor *by,
				 const struct day_close *c, struct trade_run *out);
struct key day_key(enum done_space space, int32_t day);

#endif
