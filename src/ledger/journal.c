/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* A row begins with a head of fixed width; a sale of 120.00 at 09:14 on
 * 2026-03-01 by customer 17:
 *
 *   01                       kind
 *   00                       0
 *   02 2a                    minute of the day
 *   00 00 50 21              day
 *   00 00 00 11              customer
 *   00 00 00 00 00 00 2e e0  total
 *   (32 bytes)               digest of the entry before
 *
 * then the fields below (see store/record.c). */

static const char *const kind_names[ENTRY_KINDS + 1] = {
	[ENTRY_NONE] = "none", [ENTRY_SALE] = "sale", [ENTRY_REFUND] = "refund",
	[ENTRY_CLAIM] = "claim", [ENTRY_ADJUST] = "adjust", [ENTRY_OPENING] = "opening",
	[ENTRY_AWARD] = "award", [ENTRY_LAPSE] = "lapse", [ENTRY_WALK_IN] = "walk_in",
	[ENTRY_CLOSE] = "close", [ENTRY_UNDO] = "undo", [ENTRY_CUSTOMER] = "customer",
	[ENTRY_ITEM] = "item", [ENTRY_PROGRAM] = "program", [ENTRY_REWARD] = "reward",
	[ENTRY_SETTING] = "setting", [ENTRY_ACCEPT] = "accept",
	[ENTRY_MERGE] = "merge", [ENTRY_CONSENT] = "consent",
	[ENTRY_SEGMENT] = "segment",
};

static const char *const counter_names[] = {
	"issued", "redeemed", "expired", "adjusted", "opening", "moved", NULL
};

const char *const tender_names[] = { "unknown", "cash", "card", NULL };

static const struct field line_fields[] = {
	FIELD(1, FIELD_INT, struct line, item, .label = "Item"),
	FIELD(2, FIELD_QUANTITY, struct line, quantity, .label = "Quantity"),
	FIELD(3, FIELD_MONEY, struct line, amount, .label = "Amount"),
	{ 0 }
};
static const struct record_type line_type = { "line", sizeof(struct line), line_fields, 0 };

static const struct field tender_fields[] = {
	FIELD(1, FIELD_CHOICE, struct tender, kind, .choices = tender_names, .label = "Paid by"),
	FIELD(2, FIELD_MONEY, struct tender, amount, .label = "Amount"),
	{ 0 }
};
static const struct record_type tender_type = {
	"tender", sizeof(struct tender), tender_fields, 0
};

static const struct field posting_fields[] = {
	FIELD(1, FIELD_INT, struct posting, unit, .label = "Unit"),
	FIELD(2, FIELD_CHOICE, struct posting, counter, .choices = counter_names,
	      .label = "Against"),
	FIELD(3, FIELD_INT, struct posting, amount, .label = "Amount"),
	FIELD(4, FIELD_DAY, struct posting, through, .label = "Good through"),
	FIELD(5, FIELD_DAY, struct posting, from, .label = "Usable from"),
	FIELD(6, FIELD_INT, struct posting, reward, .label = "Spent on"),
	{ 0 }
};
static const struct record_type posting_type = {
	"posting", sizeof(struct posting), posting_fields, 0
};

static const struct field move_fields[] = {
	FIELD(1, FIELD_INT, struct move, posting, .label = "Posting"),
	FIELD(2, FIELD_INT, struct move, seq, .label = "Lot"),
	FIELD(3, FIELD_INT, struct move, n, .label = "Lot's posting"),
	FIELD(4, FIELD_INT, struct move, amount, .label = "Amount"),
	{ 0 }
};
static const struct record_type move_type = { "move", sizeof(struct move), move_fields, 0 };

static const struct field entry_fields[] = {
	FIELD(1, FIELD_TIME, struct entry, recorded, .label = "Recorded"),
	FIELD(2, FIELD_TIME, struct entry, occurred, .label = "Occurred"),
	FIELD(ENTRY_TAG_WHO, FIELD_TEXT, struct entry, who, .label = "Who"),
	FIELD(4, FIELD_TEXT, struct entry, terminal, .label = "Terminal"),
	FIELD(5, FIELD_TEXT, struct entry, source, .label = "Source"),
	FIELD(ENTRY_TAG_RECEIPT, FIELD_TEXT, struct entry, receipt, .label = "Receipt"),
	FIELD(ENTRY_TAG_ABOUT, FIELD_INT, struct entry, about, .label = "About entry"),
	FIELD(8, FIELD_INT, struct entry, subject, .label = "Subject"),
	FIELD(9, FIELD_MONEY, struct entry, discount, .label = "Discount"),
	FIELD(10, FIELD_MONEY, struct entry, tax, .label = "Tax"),
	FIELD(ENTRY_TAG_NUMBER, FIELD_TEXT, struct entry, number, .label = "Number"),
	FIELD(ENTRY_TAG_RULE, FIELD_TEXT, struct entry, rule, .label = "Rule"),
	FIELD_ROWS(ENTRY_TAG_LINES, struct entry, line_count, lines, line_type),
	FIELD_ROWS(14, struct entry, tender_count, tenders, tender_type),
	FIELD_ROWS(15, struct entry, posting_count, postings, posting_type),
	FIELD_ROWS(ENTRY_TAG_MOVES, struct entry, move_count, moves, move_type),
	{ 0 }
};
const struct record_type entry_type = { "entry", sizeof(struct entry), entry_fields, 0 };

static const struct field side_fields[] = {
	FIELD(1, FIELD_TEXT, struct side, reason, .flags = FIELD_PERSONAL, .label = "Reason"),
	FIELD(2, FIELD_TEXT, struct side, words, .flags = FIELD_PERSONAL, .label = "Words"),
	FIELD(3, FIELD_TEXT, struct side, before, .flags = FIELD_PERSONAL, .label = "Before"),
	{ 0 }
};
const struct record_type side_type = {
	"side", sizeof(struct side), side_fields, offsetof(struct side, later)
};

/* The largest entry: all its lists full. */
enum { ENTRY_BYTES = 256 * 1024 };

const char *entry_kind_name(enum entry_kind kind)
{
	return kind < ENTRY_KINDS ? kind_names[kind] : "unknown";
}

void entry_clear(struct entry *e)
{
	record_clear(&entry_type, e);
	e->seq = e->customer = e->total = 0;
	e->kind = ENTRY_NONE;
	e->day = e->minute = 0;
	memset(e->before, 0, sizeof(e->before));
}

static struct key seq_key(int64_t seq)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	return k;
}

enum { MINUTES_OF_DAY = 24 * 60 };

bool entry_head(struct bytes key, struct bytes value, struct entry_head *head)
{
	const uint8_t *at = value.at;

	if (key.len != 8 || value.len < ENTRY_HEAD)
		return false;
	head->seq = (int64_t)key_read(key.at, 8);
	head->kind = (enum entry_kind)at[0];
	head->minute = (int)key_read(at + 2, 2);
	head->day = (int32_t)(uint32_t)key_read(at + 4, 4);
	head->customer = (int64_t)key_read(at + 8, 4);
	head->total = (int64_t)key_read(at + 12, 8);
	/* A kind above ours is a later program's: what it is, that one knows. */
	return head->kind != ENTRY_NONE && head->minute < MINUTES_OF_DAY &&
	       head->day >= CLOCK_FIRST_DAY && head->day <= CLOCK_LAST_DAY;
}

enum status entry_decode(struct bytes key, struct bytes value, struct entry *e)
{
	struct entry_head head;
	enum status st;

	entry_clear(e);
	if (!entry_head(key, value, &head))
		return fail(ST_CORRUPT, "a damaged journal entry; run: regulars verify");
	st = record_decode(&entry_type, e, (const uint8_t *)value.at + ENTRY_HEAD,
			   value.len - ENTRY_HEAD);
	e->seq = head.seq;
	e->kind = head.kind;
	e->day = head.day;
	e->minute = head.minute;
	e->customer = head.customer;
	e->total = head.total;
	memcpy(e->before, (const uint8_t *)value.at + 20, DIGEST_SIZE);
	if (!e->occurred)	/* left out when it was recorded as it happened */
		e->occurred = e->recorded;
	return st;
}

enum status journal_read(struct txn *txn, int64_t seq, struct entry *e)
{
	struct key k = seq_key(seq);
	struct bytes value;
	enum status st;

	if (!txn_get(txn, TABLE_JOURNAL, &k, &value)) {
		if (txn_status(txn) != ST_OK)
			return txn_status(txn);
		return fail(ST_NOT_FOUND, "there is no entry %" PRId64 " in the journal", seq);
	}
	st = entry_decode((struct bytes){ k.at, k.len }, value, e);
	return st == ST_OK ? ST_OK : txn_fail(txn, st);
}

int64_t journal_last(struct txn *txn, uint8_t digest[DIGEST_SIZE])
{
	struct range r;
	int64_t seq = 0;

	memset(digest, 0, DIGEST_SIZE);
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	if (range_previous(&r)) {
		seq = (int64_t)key_read(r.key.at, 8);
		digest_numbered((uint64_t)seq, r.value.at, r.value.len, digest);
	}
	range_end(&r);
	return seq;
}

static void put_number(uint8_t *at, uint64_t v, unsigned width)
{
	while (width-- > 0) {
		at[width] = (uint8_t)v;
		v >>= 8;
	}
}

void journal_append(struct txn *txn, struct entry *e, uint8_t digest[DIGEST_SIZE])
{
	static uint8_t row[ENTRY_BYTES];	/* one thread, one journal */
	struct key k = seq_key(e->seq);
	size_t len = sizeof(row) - ENTRY_HEAD;
	int64_t occurred = e->occurred;
	enum status st;

	row[0] = (uint8_t)e->kind;
	row[1] = 0;
	put_number(row + 2, (uint64_t)e->minute, 2);
	put_number(row + 4, (uint32_t)e->day, 4);
	put_number(row + 8, (uint64_t)e->customer, 4);
	put_number(row + 12, (uint64_t)e->total, 8);
	memcpy(row + 20, e->before, DIGEST_SIZE);
	e->occurred = occurred == e->recorded ? 0 : occurred;
	st = record_encode(&entry_type, e, row + ENTRY_HEAD, &len);
	e->occurred = occurred;
	if (st != ST_OK) {
		txn_fail(txn, st);
		return;
	}
	len += ENTRY_HEAD;
	txn_append(txn, TABLE_JOURNAL, &k, (struct bytes){ row, len });
	digest_numbered((uint64_t)e->seq, row, len, digest);
}

void side_put(struct txn *txn, int64_t seq, const struct side *side)
{
	uint8_t row[8192];
	struct key k = seq_key(seq);
	size_t len = sizeof(row);
	enum status st = record_encode(&side_type, side, row, &len);

	if (st != ST_OK)
		txn_fail(txn, st);
	else if (len)
		txn_put(txn, TABLE_SIDE, &k, (struct bytes){ row, len });
}

bool side_get(struct txn *txn, int64_t seq, struct side *side)
{
	struct key k = seq_key(seq);
	struct bytes value;

	record_clear(&side_type, side);
	if (!txn_get(txn, TABLE_SIDE, &k, &value))
		return false;
	if (record_decode(&side_type, side, value.at, value.len) == ST_OK)
		return true;
	txn_fail(txn, ST_CORRUPT);
	return false;
}

void fingerprint_print(int64_t seq, const uint8_t digest[DIGEST_SIZE], char out[FINGERPRINT_TEXT])
{
	int n = snprintf(out, FINGERPRINT_TEXT, "%" PRId64, seq);

	for (unsigned i = 0; i < 10; i += 2)
		n += snprintf(out + n, FINGERPRINT_TEXT - (size_t)n, "-%02x%02x",
			      digest[i], digest[i + 1]);
}

/* A slip of the pen must not look like history that was changed. */
static bool is_fingerprint(const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (!n || n > 18)
		return false;
	for (int i = 0; i < 5; i++, n += 5)
		if (text[n] != '-' || strspn(text + n + 1, "0123456789abcdefABCDEF") < 4)
			return false;
	return !text[n];
}

enum status fingerprint_seq(const char *text, int64_t *seq)
{
	*seq = strtoll(text, NULL, 10);
	if (!is_fingerprint(text))
		return fail(ST_INVALID, "\"%s\" is not a fingerprint; it looks like "
			    "1234-9f3a-77c1-02be-5d10-88aa, as the day close printed it", text);
	return ST_OK;
}

enum status fingerprint_check(struct txn *txn, const char *text)
{
	char now[FINGERPRINT_TEXT];
	uint8_t digest[DIGEST_SIZE];
	int64_t seq;
	enum status st = fingerprint_seq(text, &seq);
	struct key k = seq_key(seq);
	struct bytes value;

	if (st != ST_OK)
		return st;
	if (!txn_get(txn, TABLE_JOURNAL, &k, &value)) {
		if (txn_status(txn) != ST_OK)
			return txn_status(txn);
		return fail(ST_CORRUPT, "the journal has no entry %" PRId64 ": what the paper "
			    "shows is not in this shop, or was cut off", seq);
	}
	digest_numbered((uint64_t)seq, value.at, value.len, digest);
	fingerprint_print(seq, digest, now);
	if (strcasecmp(now, text))
		return fail(ST_CORRUPT, "history up to entry %" PRId64 " was changed after the "
			    "paper was printed: the paper says %s, the journal %s", seq, text, now);
	return ST_OK;
}
