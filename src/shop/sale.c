/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/sale.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/money.h"
#include "base/text.h"
#include "ledger/done.h"
#include "shop/bill.h"
#include "shop/earn.h"
#include "shop/number.h"

/* -- what was asked, checked before anything is changed -- */

static enum status check_lines(const struct sale *s, int64_t *sum)
{
	*sum = 0;
	if (s->line_count > ENTRY_LINES)
		return fail(ST_REFUSED, "a sale has at most %d lines; this one has %zu",
			    ENTRY_LINES, s->line_count);
	for (size_t i = 0; i < s->line_count; i++) {
		if (s->lines[i].quantity < 0)
			return fail(ST_REFUSED, "line %zu sells fewer than nothing; what comes "
				    "back is a refund", i + 1);
		if (s->lines[i].amount > MONEY_MOST || s->lines[i].amount < -MONEY_MOST ||
		    !sum_checked(*sum, s->lines[i].amount, sum))
			return fail(ST_REFUSED, "line %zu: the amount is larger than can be "
				    "kept", i + 1);
	}
	return ST_OK;
}

static enum status check_time(const struct trade *t, int64_t occurred)
{
	char day[DAY_TEXT];

	if (!occurred || (occurred >= clock_day_start(CLOCK_FIRST_DAY) &&
			  occurred <= t->by.now + 24 * CLOCK_HOUR))
		return ST_OK;
	day_print(clock_day(occurred), day);
	return fail(ST_REFUSED, "a sale cannot be of %s: that is %s", day,
		    occurred > t->by.now ? "in the future" : "before tills were invented");
}

static enum status check_tenders(const struct sale *s, int64_t bill)
{
	int64_t sum = 0;

	if (s->tender_count > ENTRY_TENDERS)
		return fail(ST_REFUSED, "a sale is paid in at most %d ways", ENTRY_TENDERS);
	for (size_t i = 0; i < s->tender_count; i++)
		if (!sum_checked(sum, s->tenders[i].amount, &sum))
			return fail(ST_REFUSED, "the payments are larger than can be kept");
	if (sum > bill)
		return fail(ST_REFUSED, "more is paid than the bill comes to");
	return ST_OK;
}

static enum status check(const struct trade *t, const struct sale *s, int64_t *bill)
{
	enum status st = check_lines(s, bill);

	if (st != ST_OK)
		return st;
	if (s->amount && s->line_count && s->amount > *bill)
		return fail(ST_REFUSED, "the items come to less than the bill; leave the "
			    "amount out, or add what is missing");
	if (s->amount)
		*bill = s->amount;
	if (*bill < 0 || *bill > MONEY_MOST)
		return fail(ST_REFUSED, "a sale comes to nothing or more, and to no more than "
			    "10,000,000,000,000; what comes back is a refund");
	if (s->tax < 0 || s->tax > *bill)
		return fail(ST_REFUSED, "the tax in a bill is a part of it");
	if (s->receipt[0] == '@')
		return fail(ST_REFUSED, "receipt \"%s\": numbers that begin with @ are given by "
			    "the store; use the till's own", s->receipt);
	if (strlen(s->receipt) >= RECEIPT_SIZE || strlen(s->source) >= 17)
		return fail(ST_REFUSED, "a receipt number has at most %d bytes", RECEIPT_SIZE - 1);
	st = check_tenders(s, *bill);
	return st == ST_OK ? check_time(t, s->occurred) : st;
}

enum status sale_check(const struct trade *t, const struct sale *s)
{
	int64_t bill;

	return check(t, s, &bill);
}

/* -- the same sale twice -- */

struct sale_content {
	int64_t customer, occurred, bill;
};

/* Of the payments only how: how much each is follows from the bill. */
static uint64_t content_of(const struct sale_content *head, const struct line *lines, size_t n,
			   const struct tender *tenders, size_t tender_n)
{
	uint64_t parts[3] = { digest_content(head, sizeof(*head)),
			      n ? digest_content(lines, n * sizeof(*lines)) : 0, 0 };

	for (size_t i = 0; i < tender_n; i++)
		parts[2] = parts[2] * TENDERS + (uint64_t)tenders[i].kind;
	return digest_content(parts, sizeof(parts));
}

uint64_t sale_entry_content(const struct entry *e)
{
	struct sale_content head = { e->customer, e->occurred, e->total + e->discount };

	return content_of(&head, e->lines, e->line_count, e->tenders, e->tender_count);
}

static uint64_t sale_content(const struct trade *t, const struct sale *s, int64_t bill)
{
	struct sale_content head = { s->customer, s->occurred ? s->occurred : t->by.now, bill };

	return content_of(&head, s->lines, s->line_count, s->tenders, s->tender_count);
}

/* What a known receipt says that this one does not. */
static enum status differs(struct trade *t, const struct sale *s, int64_t bill, int64_t seq)
{
	struct entry *e = t->other;
	char day[DAY_TEXT], was[MONEY_TEXT], is[MONEY_TEXT];
	enum status st = journal_read(t->txn, seq, e);

	if (st != ST_OK)
		return st;
	day_print(e->day, day);
	money_print(e->total + e->discount, t->shop->decimals, was);
	money_print(bill, t->shop->decimals, is);
	if (e->total + e->discount != bill)
		return fail(ST_EXISTS, "receipt %s differs from the sale of %s: it was %s, here it "
			    "is %s", s->receipt, day, was, is);
	if (account_of(t->txn, e->customer) != s->customer)
		return fail(ST_EXISTS, "receipt %s differs from the sale of %s: it was another "
			    "customer's", s->receipt, day);
	if (s->occurred && e->occurred != s->occurred)
		return fail(ST_EXISTS, "receipt %s is of %s already, at another "
			    "time", s->receipt, day);
	if (content_of(&(struct sale_content){ 0 }, e->lines, e->line_count, e->tenders,
		       e->tender_count) !=
	    content_of(&(struct sale_content){ 0 }, s->lines, s->line_count, s->tenders,
		       s->tender_count))
		return fail(ST_EXISTS, "receipt %s differs from the sale of %s in its lines or "
			    "payments", s->receipt, day);
	return ST_OK;
}

/* A row without a receipt is keyed by its content and its place among equals. */
static void natural_receipt(const struct sale *s, uint64_t content, char receipt[RECEIPT_SIZE],
			    const char **source)
{
	*source = s->source;
	strcpy(receipt, s->receipt);	/* check() has seen its length */
	if (s->receipt[0] || !s->place)
		return;
	*source = "row";
	snprintf(receipt, RECEIPT_SIZE, "%016" PRIx64 ".%u", content, (unsigned)s->place);
}

/* A file's row is known by its content, and its customer may have been another
 * when it was booked: places go on from those of the one to those of the next. */
static bool row_is_known(struct trade *t, const struct sale *s, int64_t bill)
{
	char receipt[RECEIPT_SIZE];
	struct sale past = *s;
	uint32_t before = 0;
	const char *source;
	uint64_t there;
	struct key key;
	size_t n;
	const struct merge *m = merges_of(trade_merges(t), s->customer, &n);

	for (size_t i = 0; n && i <= n; before += past.place - 1, i++) {
		past.customer = i ? m[i - 1].from : s->customer;
		for (past.place = 1;; past.place++) {
			natural_receipt(&past, sale_content(t, &past, bill), receipt, &source);
			key = done_receipt(source, receipt);
			if (!done_find(t->txn, &key, &t->seq, &there))
				break;
			if (before + past.place == s->place)
				return true;
		}
	}
	return false;
}

/* -- booking -- */

static void fill_entry(struct entry *e, const struct sale *s, int64_t bill)
{
	if (s->occurred)
		entry_occurred(e, s->occurred);
	e->customer = s->customer;
	e->total = bill;
	e->tax = s->tax;
	e->line_count = (uint32_t)s->line_count;
	if (s->line_count)
		memcpy(e->lines, s->lines, s->line_count * sizeof(*s->lines));
	e->tender_count = (uint32_t)s->tender_count;
	if (s->tender_count)
		memcpy(e->tenders, s->tenders, s->tender_count * sizeof(*s->tenders));
}

static enum status post(struct trade *t, const struct sale *s)
{
	struct entry *e = t->entry;
	enum status st = ST_OK;

	if (e->customer) {
		st = earn_lapse_absent(t, e);
		if (st == ST_OK)
			st = bill_apply(t, e, s);
		if (st == ST_OK)
			st = earn_all(t, e, s->award_past);
	}
	bill_settle(e);
	if (st == ST_OK)
		st = book_post(&t->book, e);
	if (st == ST_OK && s->words && s->words[0]) {
		struct side side = { 0 };

		snprintf(side.words, sizeof(side.words), "%s", s->words);
		side_put(t->txn, e->seq, &side);
	}
	return st == ST_OK ? txn_status(t->txn) : st;
}

static enum status book(struct trade *t, const struct sale *s, bool *repeated)
{
	struct entry *e = t->entry;
	char receipt[RECEIPT_SIZE];
	const char *source;
	int64_t bill, known;
	uint64_t content, there;
	struct key key;
	enum status st = check(t, s, &bill);

	*repeated = false;
	if (st != ST_OK)
		return st;
	content = sale_content(t, s, bill);
	natural_receipt(s, content, receipt, &source);
	key = done_receipt(source, receipt);
	if (receipt[0] && done_find(t->txn, &key, &known, &there)) {
		t->seq = known;
		if (there != content && (st = differs(t, s, bill, known)) != ST_OK)
			return st;
		*repeated = true;
		return ST_OK;
	}
	if (s->place && !s->receipt[0] && row_is_known(t, s, bill)) {
		*repeated = true;
		return ST_OK;
	}
	st = bill_check(t, s, bill);
	if (st != ST_OK)
		return st;
	book_start(&t->book, e, ENTRY_SALE, &t->by);
	fill_entry(e, s, bill);
	strcpy(e->receipt, receipt);
	strcpy(e->source, source);
	st = post(t, s);
	if (st != ST_OK)
		return txn_fail(t->txn, st);
	if (receipt[0])
		done_put(t->txn, &key, e->seq, content);
	t->seq = e->seq;
	return txn_status(t->txn);
}

enum status sale_book(struct trade *t, const struct sale *s, bool *repeated)
{
	struct sale now = *s;

	now.customer = account_of(t->txn, s->customer);
	return book(t, &now, repeated);
}

/* -- as a unit of its own -- */

struct sale_unit {
	const struct sale *sale;
	bool repeated;
};

static enum status sale_work(struct trade *t, void *arg)
{
	struct sale_unit *u = arg;

	return sale_book(t, u->sale, &u->repeated);
}

/* Not the time: a repeat of a lost command comes later. */
static uint64_t asked(const struct sale *s)
{
	struct sale_content head = { s->customer, s->occurred, s->amount };
	int64_t rest[] = { s->tax, s->points, s->points_program, s->reward,
			   (int64_t)digest_content(s->receipt, strlen(s->receipt)),
			   (int64_t)content_of(&head, s->lines, s->line_count,
					       s->tenders, s->tender_count) };

	return digest_content(rest, sizeof(rest));
}

enum status sale_add(struct shop *shop, const struct actor *by, const struct sale *s,
		     struct trade_run *out)
{
	struct sale_unit u = { s, false };
	enum status st;

	*out = (struct trade_run){ .work = sale_work, .arg = &u, .content = asked(s) };
	st = trade_run(shop, by, out);
	out->repeated |= u.repeated;
	return st;
}

/* -- finding a sale -- */

void sale_receipt(const struct entry *e, char out[RECEIPT_TEXT])
{
	if (e->kind == ENTRY_REFUND && (!e->receipt[0] || !strcmp(e->source, "row")))
		snprintf(out, RECEIPT_TEXT, "@%" PRId64, e->about);
	else if (e->receipt[0] && strcmp(e->source, "row"))
		snprintf(out, RECEIPT_TEXT, "%s%s%s", e->source, e->source[0] ? ":" : "",
			 e->receipt);
	else
		snprintf(out, RECEIPT_TEXT, "@%" PRId64, e->seq);
}

/* "@123" */
static enum status by_seq(struct txn *txn, const char *text, int64_t *seq)
{
	struct entry_head head;
	struct key k;
	struct bytes value;
	char *end;

	*seq = strtoll(text + 1, &end, 10);
	k.len = 0;
	key_int(&k, (uint64_t)*seq, 8);
	if (end != text + 1 && !*end && txn_get(txn, TABLE_JOURNAL, &k, &value) &&
	    entry_head((struct bytes){ k.at, k.len }, value, &head) && head.kind == ENTRY_SALE)
		return ST_OK;
	return fail(ST_NOT_FOUND, "there is no sale %s; see: regulars sale list", text);
}

enum status sale_by_receipt(struct txn *txn, const char *receipt, int64_t *seq)
{
	struct key k;
	uint64_t content;
	const char *colon;
	char source[17], own[NUMBER_TEXT];

	if (receipt[0] == '@')
		return by_seq(txn, receipt, seq);
	if (strlen(receipt) >= RECEIPT_SIZE)
		return fail(ST_NOT_FOUND, "there is no receipt that long");
	k = done_receipt("", receipt);
	if (done_find(txn, &k, seq, &content))
		return ST_OK;
	*seq = number_read(txn, NUMBER_SALE, receipt);
	if (*seq) {
		snprintf(own, sizeof(own), "@%" PRId64, *seq);
		return by_seq(txn, own, seq);
	}
	colon = strchr(receipt, ':');
	if (colon && colon - receipt < (ptrdiff_t)sizeof(source)) {
		snprintf(source, sizeof(source), "%.*s", (int)(colon - receipt), receipt);
		k = done_receipt(source, colon + 1);
		if (done_find(txn, &k, seq, &content))
			return ST_OK;
	}
	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	return fail(ST_NOT_FOUND, "there is no sale with receipt \"%s\"; see: regulars sale list",
		    receipt);
}

const char *sale_words(const struct side *side, size_t line, char room[SALE_WORDS])
{
	const char *at = side->words;

	while (*at) {
		size_t len = strcspn(at, "\n");
		char *text;

		if (*at >= '1' && *at <= '9' && strtoul(at, &text, 10) == line && *text == ' ') {
			snprintf(room, SALE_WORDS, "%.*s", (int)(at + len - text - 1), text + 1);
			return room;
		}
		at += len + (at[len] == '\n');
	}
	return "";
}

/* -- receipts of any till -- */

/* Sources stand one behind the other in the table, "" first. */
static bool next_source(struct range *r, char source[17])
{
	const char *at;
	size_t len;

	if (!range_next(r))
		return false;
	at = (const char *)r->key.at + 1;
	len = strnlen(at, r->key.len - 1);
	snprintf(source, 17, "%.*s", (int)len, at);
	return true;
}

/* Goes behind all of its receipts, which have a zero after its name. */
static void leave_source(struct range *r, const char *source)
{
	struct key k = done_key(DONE_RECEIPT);

	key_text(&k, source);
	key_int(&k, 1, 1);
	range_seek(r, &k);
}

static enum status find_at_tills(struct txn *txn, const char *receipt, int64_t *seq)
{
	struct key prefix = done_key(DONE_RECEIPT), k;
	enum status st = ST_NOT_FOUND;
	char source[17], first[17] = "";
	uint64_t content;
	struct range r;

	range_start(&r, txn, TABLE_DONE, &prefix);
	for (; st != ST_REFUSED && next_source(&r, source); leave_source(&r, source)) {
		int64_t found;

		k = done_receipt(source, receipt);
		if (!strcmp(source, "row") || !done_find(txn, &k, &found, &content))
			continue;
		if (st == ST_OK)
			st = fail(ST_REFUSED, "two tills have a receipt \"%s\": say which with "
				  "%s:%s or %s:%s", receipt, first, receipt, source, receipt);
		else
			st = ST_OK;
		*seq = found;
		strcpy(first, source);
	}
	range_end(&r);
	return txn_status(txn) == ST_OK ? st : txn_status(txn);
}

enum status sale_by_any_receipt(struct txn *txn, const char *receipt, int64_t *seq)
{
	enum status st = sale_by_receipt(txn, receipt, seq), at_till = ST_NOT_FOUND;

	if (st == ST_NOT_FOUND && strlen(receipt) < RECEIPT_SIZE)
		at_till = find_at_tills(txn, receipt, seq);
	return at_till == ST_NOT_FOUND ? st : at_till;
}
