/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/journal_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/merge.h"
#include "shop/rule.h"

/* At once: heads, entries that are read whole, places. */
enum { HEADS = 50000, ENTRIES = 2000 };

bool journal_asks_all(const struct journal_ask *ask)
{
	return !ask->kinds && !*ask->who && !ask->customer;
}

void journal_forget(struct journal_found *f)
{
	struct journal_ask ask = f->ask;

	free(f->row);
	*f = (struct journal_found){ .ask = ask };
}

int64_t journal_seq(const struct journal_found *f, size_t place)
{
	return f->row ? f->row[place].seq : f->newest - (int64_t)place;
}

bool journal_place(const struct journal_found *f, int64_t seq, size_t *place)
{
	size_t low = 0, high = f->n;

	while (low < high) {		/* newest first */
		size_t mid = low + (high - low) / 2;

		if (journal_seq(f, mid) > seq)
			low = mid + 1;
		else
			high = mid;
	}
	*place = low;
	return low < f->n && journal_seq(f, low) == seq;
}

/* -- one entry -- */

struct finding {
	struct txn *txn;
	struct journal_found *f;
	struct entry *room;
	size_t want;
	size_t looked;		/* heads, and more for what is read whole */
};

static struct key seq_key(int64_t seq)
{
	struct key k = { .len = 0 };

	key_int(&k, (uint64_t)seq, 8);
	return k;
}

/* The kind is a byte from disk. */
static bool is_asked_for(const struct journal_ask *a, const struct entry_head *head)
{
	return !a->kinds || (head->kind < ENTRY_KINDS && a->kinds & JOURNAL_KIND(head->kind));
}

/* What cannot be read is nobody's and of no kind. */
static bool fits(struct finding *w, const struct range *r, struct journal_row *row)
{
	const struct journal_ask *a = &w->f->ask;
	struct entry_head head;

	w->looked++;
	if (r->damaged || !entry_head(r->key, r->value, &head) || !is_asked_for(a, &head))
		return false;
	*row = (struct journal_row){ head.seq, head.day };
	if (!*a->who)
		return true;
	w->looked += HEADS / ENTRIES;
	return entry_decode(r->key, r->value, w->room) == ST_OK && !strcmp(w->room->who, a->who);
}

static void add(struct journal_found *f, const struct journal_row *row)
{
	f->row = mem_grow(f->row, f->n, &f->cap, sizeof(*f->row));
	f->row[f->n++] = *row;
}

/* -- what came since -- */

static void reverse(struct journal_row *row, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct journal_row one = row[i];

		row[i] = row[n - 1 - i];
		row[n - 1 - i] = one;
	}
}

/* Newer ones are gathered behind the others and put before them. */
static void find_newer(struct finding *w)
{
	struct journal_found *f = w->f;
	struct key from = seq_key(f->newest + 1);
	size_t before = f->n, newer;
	struct journal_row row, *moved;
	struct range r;

	range_start(&r, w->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	range_seek(&r, &from);
	while (w->looked < HEADS && range_next(&r)) {
		if (fits(w, &r, &row))
			add(f, &row);
		f->newest = (int64_t)key_read(r.key.at, 8);
	}
	range_end(&r);
	newer = f->n - before;
	if (!newer)
		return;
	moved = mem_alloc(newer * sizeof(*moved));
	memcpy(moved, f->row + before, newer * sizeof(*moved));
	reverse(moved, newer);
	memmove(f->row + newer, f->row, before * sizeof(*f->row));
	memcpy(f->row, moved, newer * sizeof(*moved));
	free(moved);
}

/* -- older ones -- */

static void find_older(struct finding *w)
{
	struct journal_found *f = w->f;
	struct key from = seq_key(f->oldest);
	struct journal_row row;
	struct range r;

	range_start(&r, w->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	range_seek(&r, &from);
	while (f->n < w->want && w->looked < HEADS && !f->whole) {
		f->whole = !range_previous(&r);
		if (f->whole)
			break;
		if (fits(w, &r, &row))
			add(f, &row);
		f->oldest = (int64_t)key_read(r.key.at, 8);
	}
	range_end(&r);
}

/* -- of one customer: their timeline has them -- */

static int by_seq(const void *a, const void *b)
{
	const struct journal_row *x = a, *y = b;

	return (x->seq < y->seq) - (x->seq > y->seq);
}

static void find_of_customer(struct finding *w)
{
	struct journal_found *f = w->f;
	struct key prefix = timeline_prefix(account_of(w->txn, f->ask.customer));
	struct journal_row row;
	struct range timeline, r;

	f->n = 0;
	range_start(&timeline, w->txn, TABLE_TIMELINE, &prefix);
	while (range_next(&timeline)) {
		const uint8_t *end = (const uint8_t *)timeline.key.at + timeline.key.len;
		struct key k = seq_key((int64_t)key_read(end - 8, 8));

		range_start(&r, w->txn, TABLE_JOURNAL, &k);
		r.lenient = true;
		if (range_next(&r) && fits(w, &r, &row))
			add(f, &row);
		range_end(&r);
	}
	range_end(&timeline);
	if (f->n)
		qsort(f->row, f->n, sizeof(*f->row), by_seq);
	f->whole = true;
}

/* -- the whole -- */

static int64_t last_seq(struct txn *txn)
{
	struct range r;
	int64_t seq = 0;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	if (range_previous(&r))
		seq = (int64_t)key_read(r.key.at, 8);
	range_end(&r);
	return seq;
}

static void find(struct finding *w)
{
	struct journal_found *f = w->f;
	int64_t last = last_seq(w->txn);

	if (journal_asks_all(&f->ask)) {
		f->newest = last;
		f->n = (size_t)last;
		f->whole = true;
		return;
	}
	if (f->ask.customer) {
		if (last != f->newest)
			find_of_customer(w);
		f->newest = last;
		return;
	}
	if (!f->oldest) {
		f->newest = last;
		f->oldest = last + 1;
	}
	find_newer(w);
	if (f->newest == last)
		find_older(w);
	f->more = f->newest < last || (f->n < w->want && !f->whole);
}

static enum status find_work(struct txn *txn, void *arg)
{
	struct finding *w = arg;

	w->txn = txn;
	w->f->more = false;
	w->room = entry_new();
	find(w);
	entry_free(w->room);
	return txn_status(txn);
}

enum status journal_find(struct store *store, struct journal_found *f, size_t want)
{
	struct finding w = { .f = f, .want = want };

	if (f->opening != store_opening(store))
		journal_forget(f);
	f->opening = store_opening(store);
	return store_read(store, find_work, &w);
}

/* -- a day -- */

struct seeking {
	const struct journal_found *f;
	struct journal_seek *seek;
};

/* False: it need not be looked on. */
static bool take(struct journal_seek *s, size_t place, int32_t day)
{
	if (day > s->day || (s->found && day <= s->place_day))
		return true;
	s->found = true;
	s->place = place;
	s->place_day = day;
	return day != s->day;
}

static void seek_all(struct txn *txn, const struct journal_found *f, struct journal_seek *s)
{
	struct key from = seq_key(f->newest - (int64_t)s->at + 1);
	struct entry_head head;
	struct range r;
	int looked = 0;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	range_seek(&r, &from);
	while (!s->done && looked++ < HEADS) {
		s->done = !range_previous(&r);
		if (s->done || r.damaged || !entry_head(r.key, r.value, &head))
			continue;
		s->at = (size_t)(f->newest - head.seq);
		s->done = !take(s, s->at++, head.day);
	}
	range_end(&r);
}

static enum status seek_work(struct txn *txn, void *arg)
{
	struct seeking *w = arg;
	struct journal_seek *s = w->seek;

	if (!w->f->row)
		seek_all(txn, w->f, s);
	for (; w->f->row && !s->done; s->at++)
		s->done = s->at >= w->f->n || !take(s, s->at, w->f->row[s->at].day);
	return txn_status(txn);
}

enum status journal_seek(struct store *store, const struct journal_found *f,
			 struct journal_seek *seek)
{
	struct seeking w = { f, seek };

	return store_read(store, seek_work, &w);
}

/* -- one that is named -- */

struct named {
	const char *text;
	int64_t *seq;
};

static enum status named_work(struct txn *txn, void *arg)
{
	const struct named *n = arg;
	const char *digits = n->text + (*n->text == '@');
	enum status st = sale_by_any_receipt(txn, n->text, n->seq);
	int64_t seq;

	if (st != ST_NOT_FOUND || !*digits || digits[strspn(digits, "0123456789")])
		return st;
	seq = strtoll(digits, NULL, 10);
	if (seq < 1 || seq > last_seq(txn))
		return st;
	*n->seq = seq;
	return txn_status(txn);
}

enum status journal_entry(struct store *store, const char *text, int64_t *seq)
{
	struct named n = { text, seq };

	return store_read(store, named_work, &n);
}

/* -- who works here -- */

struct staff {
	char (*who)[WHO_SIZE];
	size_t *n;
};

/* In the order of their names. */
static void add_staff(struct staff *s, const char *who)
{
	size_t at = 0;

	while (at < *s->n && strcmp(s->who[at], who) < 0)
		at++;
	if ((at < *s->n && !strcmp(s->who[at], who)) || *s->n == JOURNAL_STAFF || !*who)
		return;
	memmove(s->who[at + 1], s->who[at], (*s->n - at) * WHO_SIZE);
	memcpy(s->who[at], who, WHO_SIZE);
	++*s->n;
}

static enum status staff_work(struct txn *txn, void *arg)
{
	struct staff *s = arg;
	struct entry *e = entry_new();
	struct range r;
	int looked = 0;

	*s->n = 0;
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (looked++ < RECENT_LOOK && range_previous(&r))
		if (!r.damaged && entry_decode(r.key, r.value, e) == ST_OK)
			add_staff(s, e->who);
	range_end(&r);
	entry_free(e);
	return txn_status(txn);
}

enum status journal_staff(struct store *store, char out[JOURNAL_STAFF][WHO_SIZE], size_t *n)
{
	struct staff s = { out, n };

	return store_read(store, staff_work, &s);
}
