/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOP_SALE_H
#define SHOP_SALE_H

#include "ledger/done.h"
#include "shop/trade.h"

/* What is asked. Amounts are minor units. */
struct sale {
	int64_t customer;		/* 0: anonymous */
	int64_t occurred;		/* 0: now */
	const char *source;		/* "" the shop's own receipts */
	const char *receipt;		/* "" : the store gives one, "@" and its seq */
	int64_t amount;			/* the bill before points and rewards; 0: lines */
	int64_t tax;
	size_t line_count;
	const struct line *lines;
	const char *words;		/* for lines without an item: goes to the side row */
	size_t tender_count;
	const struct tender *tenders;	/* one of amount 0 takes what is left to pay */
	int64_t points;			/* asked to be paid with points; 0 none */
	int64_t points_program;		/* 0: the only one that takes points as payment */
	int64_t reward;			/* claimed on this bill; 0 none */
	bool award_past;		/* earns in programs that began later */
	uint32_t place;			/* a file's row without a receipt: its place
					   among equal rows, from 1; else 0 */
};

/* Books it in a trade that is open (import), or as a unit of its own. t->seq
 * has the entry. ST_EXISTS and *repeated: the receipt is there with the same
 * content (nothing is changed, t->seq has it); ST_EXISTS without: it differs,
 * and the sentence says from what. Refusals come before any change. */
MUST_CHECK enum status sale_book(struct trade *t, const struct sale *s, bool *repeated);
/* Would it be refused for what it is? Looks neither at its receipt nor at whom
 * and what its ids name. */
MUST_CHECK enum status sale_check(const struct trade *t, const struct sale *s);
MUST_CHECK enum status sale_add(struct shop *shop, const struct actor *by, const struct sale *s,
				struct trade_run *out);

struct refund {
	int64_t sale;			/* seq; 0: one that is not in the book. The money is booked,
					   and nobody's points are touched */
	int64_t amount;			/* > 0; 0: all that is left */
	const char *source, *receipt;	/* NULL those of the sale; the till's, where it gives
					   refunds receipts of their own, or for sale 0 */
	const char *number;		/* "" : its time and place among equals */
	int64_t occurred;		/* 0: now */
	const char *reason;
	int64_t customer;		/* of sale 0: whose it is, of whose spend it comes off;
					   0: nobody's. Else it is the sale's */
};
/* Would one of sale 0 be refused for what it is? */
MUST_CHECK enum status refund_check(const struct trade *t, const struct refund *r);
MUST_CHECK enum status refund_book(struct trade *t, const struct refund *r, bool *repeated);
MUST_CHECK enum status refund_add(struct shop *shop, const struct actor *by,
				  const struct refund *r, struct trade_run *out);

/* What a known receipt is compared with, from the entry; for verify. */
uint64_t sale_entry_content(const struct entry *e);
uint64_t refund_content(int64_t sale, int64_t amount);
/* The natural key of a refund with a number. A refund entry has the sale's seq in
 * 'about', and source and receipt of its sale or of its own. */
struct key refund_key(const struct entry *refund);

/* The sale with a receipt: the shop's own numbers, "@123" by its seq, or as
 * files have it (shop/number.h), a till's as "square:T1". ST_NOT_FOUND. */
MUST_CHECK enum status sale_by_receipt(struct txn *txn, const char *receipt, int64_t *seq);
/* For people, who have only what is printed on it: then of any till. ST_REFUSED:
 * two have that number. */
MUST_CHECK enum status sale_by_any_receipt(struct txn *txn, const char *receipt, int64_t *seq);
/* "@123" for a sale without a receipt of its own. */
enum { RECEIPT_TEXT = RECEIPT_SIZE + 20 };
void sale_receipt(const struct entry *e, char out[RECEIPT_TEXT]);

/* What the side row of a sale ("2 hem and sleeves") says its line 2 was; "". */
enum { SALE_WORDS = 200 };
const char *sale_words(const struct side *side, size_t line, char room[SALE_WORDS]);

/* What refunds have given back so far, over all of a sale's refunds that were
 * not undone: money, and by unit. */
struct refunded_unit {
	int64_t unit;
	int64_t taken;		/* of what the sale had earned */
	int64_t restored;	/* of what had paid its bill */
	int64_t returned;	/* of what a reward had cost: points, or the stamps of a card */
};
enum { REFUNDED_UNITS = 2 * ENTRY_POSTINGS };
struct refunded {
	int64_t money;
	uint32_t count;
	struct refunded_unit unit[REFUNDED_UNITS];
	uint32_t unit_count;
	bool full;		/* more units than that: a refund is then refused */
};
MUST_CHECK enum status sale_refunded(struct txn *txn, struct entry *room, int64_t sale,
				     struct refunded *out);

#endif
