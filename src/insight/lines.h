/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INSIGHT_LINES_H
#define INSIGHT_LINES_H

#include "insight/goods.h"
#include "insight/people.h"

/* What was sold, line by line, from which the figures about items are made: 40
 * bytes for a sale and 24 for each line that names an item.
 *
 * - A line that names no item ("hem and sleeves") is counted and not kept: its
 *   words may be erased, and nobody could tell that two of them are the same.
 * - A sale that was undone, or given back wholly by refunds, whenever that was,
 *   is not there: what was carried home again goes with nothing. Of a sale that
 *   was given back in part all items count as bought, and its amounts are less
 *   in the same proportion.
 * - Who was merged bought what they and those who became them bought. What was sold
 *   to somebody who was erased is there, but nobody can be asked to come for it:
 *   no filter finds them, and they are none of a figure's people.
 * - Amounts are of the lines, before points and rewards came off the bill. */

struct sold_sale {
	int64_t seq;
	int64_t total, back;	/* paid, and given back since; minor units */
	uint32_t customer;	/* as they are after merging; 0: anonymous */
	int32_t day;
	uint32_t first;		/* of its lines in 'line'; the next sale's ends them */
	uint16_t nameless;	/* lines without an item, beside them */
	bool undone;
	bool gone;		/* undone, or given back wholly: passed over */
};

struct sold_line {
	int64_t amount;		/* minor units, as rung up: sold_amount() */
	int64_t quantity;	/* thousandths */
	uint32_t item;		/* id */
};

/* { 0 } is one that was never read. */
struct sold {
	struct sold_sale *sale;		/* as recorded, and one more to end the last */
	size_t sale_count, sale_cap;
	struct sold_line *line;
	size_t line_count, line_cap;
	struct goods goods;
	uint64_t loads;			/* of goods: places in it are good until this changes */
	struct people_set erased;
	int32_t first_day, last_day;	/* with a sale that was not undone; 0: none */

	bool whole;			/* all that is in the journal; else more is to be read */
	unsigned opening;		/* of the store that it follows: another begins anew */
	int64_t seq;			/* the journal's last entry that is in it */
	int64_t last;			/* the journal's last entry: how far there is to read */
	/* Items were changed, customers merged, some changed or erased: read at the end. */
	bool old_goods, old_people, old_erased;
	struct sold_refund {
		int64_t seq, sale, amount;
	} *refund;			/* by seq */
	size_t refund_count, refund_cap;
};

/* Makes it what the journal is now, or reads a part of what that takes, some
 * milliseconds long: while 'whole' is false call it again. ST_CORRUPT: a
 * damaged entry; ST_FULL: more than 4,294,967,295 lines. */
MUST_CHECK enum status sold_update(struct store *store, struct sold *s);
/* All of it at once. Release *out whatever it returns. */
MUST_CHECK enum status sold_read(struct store *store, struct sold *out);
void sold_release(struct sold *s);

/* Days that figures are asked for, both in them; 0: from the first sale, to the
 * last. ST_INVALID: it ends before it starts. */
struct sold_window {
	int32_t from, to;
	const struct people_set *only;	/* these customers; NULL: all, and anonymous sales */
};
MUST_CHECK enum status sold_window(const struct sold *s, const struct sold_window *asked,
				   struct sold_window *out);
bool sold_within(const struct sold_sale *sale, const struct sold_window *w);	/* not gone */
/* The same with what was given back: who bought something is who a filter's
 * bought() finds, and it does not ask what became of it. */
bool sold_to(const struct sold_sale *sale, const struct sold_window *w);

/* Appends ", 2026-01-01..2026-03-31" for the window of a filter's bought(); nothing
 * when it is the whole history. */
void sold_filter_window(const struct sold *s, const struct sold_window *w, struct buf *out);

static inline size_t sold_lines(const struct sold_sale *sale)
{
	return sale[1].first - sale[0].first;
}

/* Of a sale's line, less what went back; halves away from zero. */
int64_t sold_amount(const struct sold_sale *sale, int64_t amount);

/* Places of the sales to known customers that were not undone, by customer, then
 * day; the caller frees it. sold_next_customer() gives where the next one's
 * begin. */
uint32_t *sold_by_customer(const struct sold *s, size_t *n);
size_t sold_next_customer(const struct sold *s, const uint32_t *places, size_t n, size_t i);

#endif
