/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_JOURNAL_FIND_H
#define SHOP_JOURNAL_FIND_H

#include "shop/recent.h"

/* Which entries of the journal are asked for, newest first, for lists that are
 * scrolled: found in parts of some milliseconds, and no further than somebody
 * looks. Where all are asked for nothing is kept of them: their numbers follow
 * each other. */

struct journal_ask {
	unsigned kinds;		/* JOURNAL_KIND() of those; 0: all */
	char who[WHO_SIZE];	/* who made them; "" anybody */
	int64_t customer;	/* 0: of all; else of whom they became, too */
};
#define JOURNAL_KIND(kind) (1u << (kind))

struct journal_row {
	int64_t seq;
	int32_t day;
};

struct journal_found {
	struct journal_ask ask;		/* after another one: journal_forget() */
	size_t n;			/* so many are found */
	bool whole;			/* there are no older ones */
	bool more;			/* what was wanted is not there yet: call again */

	unsigned opening;		/* of the store that it follows: another begins anew */
	int64_t newest, oldest;		/* all from oldest through newest were looked at */
	struct journal_row *row;	/* newest first; NULL when all are asked for */
	size_t cap;
};

bool journal_asks_all(const struct journal_ask *ask);
void journal_forget(struct journal_found *f);	/* also its release; the question stays */

/* Looks at what came since, then at older ones until 'want' are found. */
MUST_CHECK enum status journal_find(struct store *store, struct journal_found *f, size_t want);
int64_t journal_seq(const struct journal_found *f, size_t place);
/* Where the entry stands, or would: false when it is not among them. */
bool journal_place(const struct journal_found *f, int64_t seq, size_t *place);

/* The newest of those that are found that occurred on a day, or on the last one
 * before it that has any. Start with { .day = DAY }; in parts: until 'done'. */
struct journal_seek {
	int32_t day;
	bool done, found;
	size_t at;		/* place to look at next */
	size_t place;		/* the best so far */
	int32_t place_day;
};
MUST_CHECK enum status journal_seek(struct store *store, const struct journal_found *f,
				    struct journal_seek *seek);

/* The sale with this receipt, or the entry with this number: "R-9", "@17", "17".
 * ST_NOT_FOUND, and ST_REFUSED as sale_by_receipt(). */
MUST_CHECK enum status journal_entry(struct store *store, const char *text, int64_t *seq);

/* Who made the last RECENT_LOOK entries, each once, by name; gives how many. */
enum { JOURNAL_STAFF = 40 };
MUST_CHECK enum status journal_staff(struct store *store, char out[JOURNAL_STAFF][WHO_SIZE],
				     size_t *n);

#endif
