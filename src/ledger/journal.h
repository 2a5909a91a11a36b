/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEDGER_JOURNAL_H
#define LEDGER_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "store/record.h"
#include "store/store.h"

/* The journal: every change is one entry, never edited, never deleted. Each
 * holds the digest of the one before it, so that history rewritten later no
 * longer matches a digest that somebody kept. Ids and numbers only: names,
 * reasons and other people's words stand in a side row that may be erased. */

enum entry_kind {
	ENTRY_NONE,
	ENTRY_SALE, ENTRY_REFUND, ENTRY_CLAIM, ENTRY_ADJUST, ENTRY_OPENING,
	ENTRY_AWARD,		/* a program's award for a sale that was there before it */
	ENTRY_LAPSE, ENTRY_WALK_IN, ENTRY_CLOSE, ENTRY_UNDO,
	ENTRY_CUSTOMER, ENTRY_ITEM, ENTRY_PROGRAM, ENTRY_REWARD, ENTRY_SETTING,
	ENTRY_ACCEPT,		/* damage that cannot be repaired, accepted */
	ENTRY_MERGE,		/* two customers become one: ledger/merge.h */
	ENTRY_CONSENT,		/* may we write to them, on one channel: shop/consent.h */
	ENTRY_SEGMENT,
	ENTRY_KINDS
};
const char *entry_kind_name(enum entry_kind kind);

/* The shop's side of a movement. */
enum counterpart {
	COUNTER_ISSUED, COUNTER_REDEEMED, COUNTER_EXPIRED, COUNTER_ADJUSTED,
	COUNTER_OPENING,
	COUNTER_MOVED,		/* from one customer to another: zero over both */
	COUNTERPARTS
};

enum tender_kind { TENDER_UNKNOWN, TENDER_CASH, TENDER_CARD, TENDERS };
extern const char *const tender_names[];

struct line {
	int64_t item;		/* 0: what the side row says, or nothing */
	int64_t quantity;	/* thousandths */
	int64_t amount;		/* minor units, after its own discount */
};

struct tender {
	int64_t kind;
	int64_t amount;
};

/* Double entry in one row: 'amount' of a unit goes from the shop's counterpart
 * to the entry's customer (back, when negative), so each entry's postings sum
 * to zero per unit by their form. What is credited and not returned to older
 * lots opens the lot (seq of the entry, place of the posting). */
struct posting {
	int64_t unit, counter, amount;
	int64_t through;	/* last shop day the lot is good; 0 never lapses */
	int64_t from;		/* first shop day it may be spent; 0 at once */
	int64_t reward;		/* spent on this reward; 0: paid a bill */
};

/* Which lots a posting drew from (negative) or gave back to (positive). What a
 * debit takes beyond its moves is owed: the balance goes below zero. */
struct move {
	int64_t posting;	/* place in the entry */
	int64_t seq, n;		/* the lot */
	int64_t amount;
};

enum { ENTRY_LINES = 2000, ENTRY_TENDERS = 8, ENTRY_POSTINGS = 64, ENTRY_MOVES = 4096,
       RECEIPT_SIZE = 101, WHO_SIZE = 33, RULE_SIZE = 3000 };

struct entry {
	/* The head, at fixed places in the stored bytes, for scans by the million. */
	int64_t seq;		/* the key */
	enum entry_kind kind;
	int32_t day;		/* the shop's day of 'occurred' */
	int minute;		/* of that day */
	int64_t customer;	/* 0: none */
	int64_t total;		/* sale: what was paid; refund: what went back, negative */
	uint8_t before[DIGEST_SIZE];

	int64_t recorded, occurred;
	char who[WHO_SIZE], terminal[WHO_SIZE];
	char source[17];	/* whose receipt numbers these are; "" the shop's own, "row" a
				   file's row without one */
	char receipt[RECEIPT_SIZE];
	int64_t about;		/* seq of the entry this one refunds, undoes, claims for */
	int64_t subject;	/* id of the item, program, reward ... it is about */
	int64_t discount;	/* sale: rewards and points taken off the bill */
	int64_t tax;		/* contained in the total */
	char number[RECEIPT_SIZE];	/* refund: its own number, or time and place */
	char rule[RULE_SIZE];	/* rules after a change, consent: JSON; people: field names */
	uint32_t line_count, tender_count, posting_count, move_count;
	struct line lines[ENTRY_LINES];
	struct tender tenders[ENTRY_TENDERS];
	struct posting postings[ENTRY_POSTINGS];
	struct move moves[ENTRY_MOVES];
};
extern const struct record_type entry_type;

/* What may be erased: a reason, words on lines without an item, the values
 * that were there before. */
struct side {
	char reason[500];
	char words[2000];	/* one line each: "2 hem and sleeves" */
	char before[4000];	/* JSON */
	struct unknown later;
};
extern const struct record_type side_type;

/* The head alone, without decoding the rest. */
struct entry_head {
	int64_t seq;
	enum entry_kind kind;
	int32_t day;
	int minute;
	int64_t customer, total;
};
enum { ENTRY_HEAD = 52 };

void entry_clear(struct entry *e);

/* Reads one entry into *e. ST_NOT_FOUND, ST_CORRUPT. */
MUST_CHECK enum status journal_read(struct txn *txn, int64_t seq, struct entry *e);
/* From a row of the journal table; false when it is not one, or of a time that
 * no book can hold. */
bool entry_head(struct bytes key, struct bytes value, struct entry_head *head);
MUST_CHECK enum status entry_decode(struct bytes key, struct bytes value, struct entry *e);

/* Lines read where they stand in the row, without a struct entry: for scans by
 * the million. Of what comes after the lines only the lengths are looked at;
 * where entry_decode() takes a row, this gives the same lines. */
struct entry_lines {
	struct entry_head head;
	int64_t about;			/* as in struct entry */
	const uint8_t *at, *end;	/* what is left of the lines, in the row */
	uint32_t n;			/* lines given so far */
	bool bad;			/* a line is damaged: entry_line_next() said false */
};
/* False: not an entry, or damaged. */
bool entry_lines(struct bytes key, struct bytes value, struct entry_lines *out);
/* False after the last, and at a damaged one: then lines->bad. */
bool entry_line_next(struct entry_lines *lines, struct line *line);
/* The fields by their numbers in the row, as far as those who read rows so need. */
enum { ENTRY_TAG_WHO = 3, ENTRY_TAG_RECEIPT = 6, ENTRY_TAG_ABOUT = 7, ENTRY_TAG_NUMBER = 11,
       ENTRY_TAG_RULE = 12, ENTRY_TAG_LINES = 13, ENTRY_TAG_MOVES = 16 };

/* The last seq, 0 in an empty journal, and the digest of its entry. */
int64_t journal_last(struct txn *txn, uint8_t digest[DIGEST_SIZE]);
/* Appends e as e->seq, after the entry whose digest is e->before; gives the
 * new digest. */
void journal_append(struct txn *txn, struct entry *e, uint8_t digest[DIGEST_SIZE]);

void side_put(struct txn *txn, int64_t seq, const struct side *side);
bool side_get(struct txn *txn, int64_t seq, struct side *side);

/* "1234-9f3a-77c1-02be-5d10-88aa": the entry and 80 bits of its digest. */
enum { FINGERPRINT_TEXT = 48 };
void fingerprint_print(int64_t seq, const uint8_t digest[DIGEST_SIZE], char out[FINGERPRINT_TEXT]);
/* The entry that it is of. ST_INVALID: not one. */
MUST_CHECK enum status fingerprint_seq(const char *text, int64_t *seq);
/* ST_INVALID: not one. ST_CORRUPT: history before it was changed. */
MUST_CHECK enum status fingerprint_check(struct txn *txn, const char *text);

#endif
