/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* The journal itself: every entry there, readable, and the one that the next
 * says came before it. */

/* -- what cannot be read -- */

static bool is_accepted(const struct verify *v, int64_t first, int64_t last)
{
	if (last - first >= (int64_t)v->accepted.n)
		return false;
	for (int64_t seq = first; seq <= last; seq++)
		if (!seqs_have(&v->accepted, seq))
			return false;
	return true;
}

/* Notes that these entries are lost; true: it is to be told. */
static bool lose(struct verify *v, int64_t first, int64_t last)
{
	bool known = is_accepted(v, first, last);

	seqs_add(&v->lost, first);
	seqs_add(&v->lost, last);
	if (!known && !v->not_accepted)
		v->not_accepted = first;
	return !known;
}

bool verify_is_lost(const struct verify *v, int64_t seq)
{
	size_t low = 0, high = v->lost.n / 2;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (v->lost.at[2 * middle + 1] < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low < v->lost.n / 2 && v->lost.at[2 * low] <= seq;
}

bool verify_is_undone(const struct verify *v, int64_t seq)
{
	return seqs_have(&v->undone, seq);
}

bool verify_entry(struct verify *v, int64_t seq, struct entry *e)
{
	struct bytes value;
	struct key k;

	if (seq < 1 || verify_is_lost(v, seq))
		return false;
	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	return txn_get(v->txn, TABLE_JOURNAL, &k, &value) &&
	       entry_decode((struct bytes){ k.at, k.len }, value, e) == ST_OK;
}

bool verify_next_entry(struct verify *v, struct range *r)
{
	r->lenient = true;
	while (range_next(r)) {
		if (!r->damaged && r->key.len == 8 &&
		    !verify_is_lost(v, (int64_t)key_read(r->key.at, 8)) &&
		    entry_decode(r->key, r->value, v->entry) == ST_OK)
			return true;
	}
	return false;
}

/* -- one entry -- */

static bool too_large(int64_t amount)
{
	return amount > INT64_MAX / 2 || amount < -(INT64_MAX / 2);
}

static const char *wrong_posting(const struct entry *e)
{
	for (uint32_t i = 0; i < e->posting_count; i++) {
		const struct posting *p = &e->postings[i];

		if (too_large(p->amount))
			return "it moves more than there can be";
		if (p->counter < 0 || p->counter >= COUNTERPARTS)
			return "it moves against a side that is not there";
		if (p->unit < 0 || p->unit > (int64_t)UINT32_MAX)
			return "it moves what is not there";
	}
	for (uint32_t i = 0; i < e->move_count; i++)
		if (e->moves[i].posting < 0 || e->moves[i].posting >= e->posting_count ||
		    too_large(e->moves[i].amount))
			return "a lot is moved by no posting";
	return NULL;
}

/* What an entry with good bytes may still say wrong; NULL: nothing. */
static const char *wrong(const struct entry *e)
{
	if (e->kind <= ENTRY_NONE || e->kind >= ENTRY_KINDS)
		return "its kind is not known";
	if (e->day < 0 || e->day > CLOCK_LAST_DAY || e->minute >= 24 * 60)
		return "its day is not one";
	if (e->about < 0 || e->about >= e->seq)
		return "it is about an entry after it";
	if (e->posting_count && !e->customer)
		return "it moves points of nobody";
	if (e->kind == ENTRY_MERGE && (!e->customer || !e->subject || e->customer == e->subject))
		return "it makes one customer of less than two";
	return wrong_posting(e);
}

/* Each posting moves between the customer and one side of the shop: the sides
 * are what the customers' balances sum to with the other sign. */
static bool add_to_sides(struct verify *v, const struct entry *e)
{
	for (uint32_t i = 0; i < e->posting_count; i++) {
		const struct posting *p = &e->postings[i];
		int64_t *side = &verify_unit(v, p->unit)->house.side[p->counter];

		if (__builtin_sub_overflow(*side, p->amount, side))
			return false;
	}
	return true;
}

static void add_due(struct verify *v, const struct entry *e)
{
	struct derived_row row;

	for (size_t i = 0; v->derived[i]; i++) {
		const struct derived *d = v->derived[i];

		if (d->row(v, e, &row))
			tally_add(&v->due[d->table], (struct bytes){ row.key.at, row.key.len },
				  (struct bytes){ row.value, row.len });
	}
}

static bool read_entry(struct verify *v, const struct range *r, int64_t seq)
{
	const char *why;

	if (r->damaged) {
		if (lose(v, seq, seq))
			verify_fault(v, "entry %" PRId64 " is damaged: its bytes are not those "
				     "that were written", seq);
		return false;
	}
	if (entry_decode(r->key, r->value, v->entry) != ST_OK)
		why = "it cannot be read";
	else
		why = wrong(v->entry);
	if (!why && !add_to_sides(v, v->entry))
		why = "it makes a total larger than can be kept";
	if (!why)
		return true;
	if (lose(v, seq, seq))
		verify_fault(v, "entry %" PRId64 " is damaged: %s", seq, why);
	return false;
}

/* -- the chain -- */

struct chain {
	int64_t next;		/* the seq that comes now */
	bool known;		/* v->digest is that of the entry before it */
};

static void tell_missing(struct verify *v, struct chain *c, int64_t last)
{
	int64_t first = c->next;

	c->known = false;
	if (!lose(v, first, last))
		return;
	if (first == last)
		verify_fault(v, "entry %" PRId64 " is missing from the journal", first);
	else
		verify_fault(v, "entries %" PRId64 " to %" PRId64 " are missing from the journal",
			     first, last);
}

static void check_link(struct verify *v, const struct chain *c)
{
	int64_t seq = v->entry->seq;

	if (!c->known || !memcmp(v->entry->before, v->digest, DIGEST_SIZE) ||
	    seqs_have(&v->accepted, seq) || seqs_have(&v->accepted, seq - 1))
		return;
	seqs_add(&v->torn, seq);
	if (seq == 1)
		verify_fault(v, "entry 1 says that one came before it: the journal does not begin "
			     "where it began");
	else
		verify_fault(v, "entry %" PRId64 " does not follow entry %" PRId64 " as it was "
			     "written: one of the two was changed", seq, seq - 1);
}

static void check_row(struct verify *v, struct chain *c, const struct range *r)
{
	int64_t seq = r->key.len == 8 ? (int64_t)key_read(r->key.at, 8) : 0;
	bool placed = seq >= c->next && (seq == c->next || !r->damaged);

	if (placed && seq > c->next)
		tell_missing(v, c, seq - 1);
	if (!placed) {		/* the damage is in its key */
		seq = c->next;
		if (lose(v, seq, seq))
			verify_fault(v, "entry %" PRId64 " is damaged: in its place stands a row "
				     "that is no entry", seq);
	}
	if (placed && read_entry(v, r, seq)) {
		check_link(v, c);
		add_due(v, v->entry);
		c->known = true;
	} else {
		c->known = false;
	}
	digest_numbered((uint64_t)seq, r->value.at, r->value.len, v->digest);
	c->next = seq + 1;
}

static void note(struct verify *v, const struct entry *e)
{
	if (e->kind == ENTRY_UNDO)
		seqs_add(&v->undone, e->about);
	else if (e->kind == ENTRY_ACCEPT)
		seqs_add(&v->accepted, e->about);
	else if (!e->about && !wrong(e))
		merges_add(&v->merges, &(struct merge){ e->customer, e->subject, e->seq });
}

/* Undos, merges and accepted damage are few, and needed before what they are
 * about. */
static void find_undone(struct verify *v)
{
	struct range r;
	uint8_t kind;

	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		/* The head's first byte: decoding all of it here takes a tenth longer. */
		kind = r.damaged || !r.value.len ? ENTRY_NONE : *(const uint8_t *)r.value.at;
		if ((kind == ENTRY_UNDO || kind == ENTRY_ACCEPT || kind == ENTRY_MERGE) &&
		    entry_decode(r.key, r.value, v->entry) == ST_OK)
			note(v, v->entry);
	}
	range_end(&r);
	seqs_sort(&v->undone);
	seqs_sort(&v->accepted);
	merges_settle(&v->merges);
}

/* -- side rows -- */

static void check_side(struct verify *v)
{
	static struct side side;
	struct range r;
	int64_t seq;

	range_start(&r, v->txn, TABLE_SIDE, NULL);
	while (verify_next(v, &r)) {
		seq = r.key.len == 8 ? (int64_t)key_read(r.key.at, 8) : 0;
		if (seq < 1 || seq > v->last)
			verify_fault(v, "table side has a row of an entry that is not there, "
				     "%" PRId64, seq);
		else if (record_decode(&side_type, &side, r.value.at, r.value.len) != ST_OK)
			verify_fault(v, "entry %" PRId64 ": its reason and words cannot be read",
				     seq);
	}
	range_end(&r);
}

void verify_journal(struct verify *v)
{
	struct chain c = { .next = 1, .known = true };
	struct range r;

	find_undone(v);
	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (range_next(&r) && verify_step(v))
		check_row(v, &c, &r);
	range_end(&r);
	v->last = c.next - 1;
	check_side(v);
}

/* -- what was accepted goes, so that no reader meets it -- */

static bool is_lost_row(const struct verify *v, const struct range *r)
{
	return r->damaged || r->key.len != 8 || verify_is_lost(v, (int64_t)key_read(r->key.at, 8));
}

void rebuild_journal(struct verify *v)
{
	struct key *keys = NULL;
	size_t n = 0, cap = 0;
	struct range r;

	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		if (!is_lost_row(v, &r) || r.key.len > sizeof(keys->at))
			continue;
		keys = mem_grow(keys, n, &cap, sizeof(*keys));
		keys[n].len = 0;
		key_bytes(&keys[n++], r.key.at, r.key.len);
	}
	range_end(&r);
	while (n--)
		txn_delete(v->txn, TABLE_JOURNAL, &keys[n]);
	free(keys);
}

/* -- accepting -- */

static void say_nothing(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

static enum status accept_entry(struct verify *v, const struct actor *by, int64_t seq)
{
	struct book book = { .txn = v->txn, .last = v->last };
	enum status st;

	if (seqs_have(&v->accepted, seq))
		return fail(ST_REFUSED, "entry %" PRId64 " is accepted as it is already", seq);
	if (!verify_is_lost(v, seq) && !seqs_have(&v->torn, seq) && !seqs_have(&v->torn, seq + 1))
		return fail(ST_REFUSED, "nothing is wrong with entry %" PRId64 "; see: "
			    "regulars verify", seq);
	memcpy(book.digest, v->digest, DIGEST_SIZE);
	book_start(&book, v->entry, ENTRY_ACCEPT, by);
	v->entry->about = seq;
	st = book_post(&book, v->entry);
	if (st == ST_OK)
		return book_close(&book);
	book_abandon(&book);
	return st;
}

enum status journal_accept(struct txn *txn, const struct actor *by, int64_t seq)
{
	const struct verify_watch quiet = { .fault = say_nothing };
	struct verify v;
	enum status st;

	verify_start(&v, txn, &quiet);
	verify_journal(&v);
	st = txn_status(txn) == ST_OK ? accept_entry(&v, by, seq) : txn_status(txn);
	verify_release(&v);
	return st;
}

bool entry_is_accepted(struct txn *txn, int64_t seq)
{
	struct entry_head head;
	struct key prefix, k;
	struct bytes value;
	struct range r;
	bool yes = false;

	prefix.len = 0;
	key_int(&prefix, (uint64_t)seq, 8);
	range_start(&r, txn, TABLE_ABOUT, &prefix);
	while (!yes && range_next(&r)) {
		if (r.key.len != 16)
			continue;
		k.len = 0;
		key_bytes(&k, (const uint8_t *)r.key.at + 8, 8);
		yes = txn_get(txn, TABLE_JOURNAL, &k, &value) &&
		      entry_head((struct bytes){ k.at, k.len }, value, &head) &&
		      head.kind == ENTRY_ACCEPT;
	}
	range_end(&r);
	return yes;
}
