/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/directory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ledger/account.h"
#include "shop/customer.h"

/* PART: people read in one transaction, NEWS: entries that are cheaper to
 * follow than everybody is to read, MOVES: of people who are put to their new
 * places one by one, LETTERS: of a name that order it. */
enum { PART = 5000, NEWS = 5000, MOVES = 20, LETTERS = 48 };

struct reading {
	struct directory *d;
	bool followed;			/* the news were few enough */
	bool ordered;			/* 'place' is right */
	size_t moves;
	struct customer *customer;
	struct account *account;
};

/* -- one person -- */

static size_t row_of(const struct directory *d, uint32_t id)
{
	size_t low = 0, high = d->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (d->row[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct figures figures_of(struct txn *txn, struct reading *r, int64_t id)
{
	struct key k = account_key(id);
	struct bytes value;

	if (!txn_get(txn, TABLE_ACCOUNT, &k, &value))
		return (struct figures){ 0 };
	if (record_decode(&account_type, r->account, value.at, value.len) != ST_OK)
		txn_fail(txn, ST_CORRUPT);
	return r->account->figures;
}

static uint32_t keep_name(struct directory *d, const char *name)
{
	char letters[LETTERS];
	size_t at = d->names.len;

	text_romanise(name, letters, sizeof(letters));
	buf_add(&d->names, letters, strlen(letters) + 1);
	return (uint32_t)at;
}

/* Of the customer in r->customer. */
static struct listed listed_of(struct txn *txn, struct reading *r, uint32_t id)
{
	struct figures f = figures_of(txn, r, id);

	return (struct listed){
		.id = id, .spend = f.spend, .visits = (int32_t)f.visits,
		.first_day = (int32_t)f.first_day, .last_day = (int32_t)f.last_day,
		.added = (int32_t)r->customer->added,
		.name = r->d->named ? keep_name(r->d, r->customer->name) : 0 };
}

static void decode(struct txn *txn, struct reading *r, struct bytes value)
{
	if (record_decode(&customer_type, r->customer, value.at, value.len) != ST_OK)
		txn_fail(txn, ST_CORRUPT);
}

/* -- everybody -- */

static enum status read_part(struct txn *txn, void *arg)
{
	struct reading *r = arg;
	struct directory *d = r->d;
	struct key from = account_key(d->next);
	uint8_t digest[DIGEST_SIZE];
	struct range range;
	size_t n;

	/* What changes while the parts are read is in a later entry. */
	if (!d->seq)
		d->seq = journal_last(txn, digest);
	d->total = (size_t)txn_count(txn, TABLE_CUSTOMER);
	range_start(&range, txn, TABLE_CUSTOMER, NULL);
	range_seek(&range, &from);
	for (n = 0; n < PART && range_next(&range); n++) {
		uint32_t id = (uint32_t)key_read(range.key.at, 4);

		decode(txn, r, range.value);
		d->next = (int64_t)id + 1;
		if (r->customer->erased)
			continue;
		d->row = mem_grow(d->row, d->n, &d->cap, sizeof(*d->row));
		d->row[d->n++] = listed_of(txn, r, id);
	}
	d->whole = n < PART;
	range_end(&range);
	return txn_status(txn);
}

/* -- the order -- */

struct ranked {
	uint64_t rank;			/* lowest first */
	uint32_t place;
};

static uint64_t most_first(int64_t v)
{
	return ~((uint64_t)v ^ UINT64_C(1) << 63);
}

/* The first letters of a name as a number; people without a name come last. */
static uint64_t letters_rank(const char *letters)
{
	uint64_t rank = 0;

	if (!*letters)
		return UINT64_MAX;
	for (size_t i = 0; i < 8; i++) {
		rank = rank << 8 | (uint8_t)*letters;
		letters += *letters != '\0';
	}
	return rank;
}

static const char *letters_of(const struct directory *d, uint32_t place)
{
	return d->order == BY_NAME ? d->names.at + d->row[place].name : "";
}

static uint64_t rank_of(const struct directory *d, uint32_t place)
{
	const struct listed *row = &d->row[place];

	switch (d->order) {
	case BY_NAME:
		return letters_rank(letters_of(d, place));
	case BY_VISITS:
		return most_first(row->visits);
	case BY_SPEND:
		return most_first(row->spend);
	case BY_ADDED:
		return most_first((int64_t)row->added << 32 | row->id);
	default:	/* of one day, those who come most */
		return most_first((int64_t)row->last_day << 32 | row->visits);
	}
}

/* Those of one rank stand by their letters, then as they came. */
static int compare(const struct directory *d, struct ranked x, struct ranked y)
{
	int order;

	if (x.rank != y.rank)
		return x.rank < y.rank ? -1 : 1;
	order = strcmp(letters_of(d, x.place), letters_of(d, y.place));
	return order ? order : (x.place > y.place) - (x.place < y.place);
}

static struct ranked ranked(const struct directory *d, uint32_t place)
{
	return (struct ranked){ rank_of(d, place), place };
}

enum { DIGIT = 11, DIGIT_VALUES = 1 << DIGIT };

static void sort_digit(const struct ranked *from, struct ranked *to, size_t n, unsigned shift)
{
	size_t start[DIGIT_VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i].rank >> shift & (DIGIT_VALUES - 1)]++;
	for (size_t d = 0; d < DIGIT_VALUES; d++) {
		size_t count = start[d];

		start[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].rank >> shift & (DIGIT_VALUES - 1)]++] = from[i];
}

/* By counting, from the last digit to the first: a fifth of what qsort() takes.
 * A digit that is the same for all is passed over. */
static struct ranked *sort_ranks(struct ranked *all, size_t n)
{
	struct ranked *other = mem_alloc(n * sizeof(*other)), *swap;
	uint64_t differ = 0;

	for (size_t i = 0; i < n; i++)
		differ |= all[i].rank ^ all[0].rank;
	for (unsigned shift = 0; shift < 64; shift += DIGIT) {
		if (!(differ >> shift & (DIGIT_VALUES - 1)))
			continue;
		sort_digit(all, other, n, shift);
		swap = all;
		all = other;
		other = swap;
	}
	free(other);
	return all;
}

static int by_letters(const void *a, const void *b, void *directory)
{
	return compare(directory, *(const struct ranked *)a, *(const struct ranked *)b);
}

static void put_in_order(struct directory *d)
{
	struct ranked *all = mem_alloc(d->n * sizeof(*all));
	size_t end;

	for (size_t i = 0; i < d->n; i++)
		all[i] = ranked(d, (uint32_t)i);
	all = sort_ranks(all, d->n);
	for (size_t i = 0; d->order == BY_NAME && i < d->n; i = end) {
		for (end = i + 1; end < d->n && all[end].rank == all[i].rank; end++)
			;
		if (end > i + 1)
			qsort_r(&all[i], end - i, sizeof(*all), by_letters, d);
	}
	d->place = mem_resize(d->place, d->n * sizeof(*d->place));
	for (size_t i = 0; i < d->n; i++)
		d->place[i] = all[i].place;
	free(all);
}

/* How many of the 'n' first in order stand before it. */
static size_t standing_before(const struct directory *d, size_t n, struct ranked who)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (compare(d, ranked(d, d->place[middle]), who) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* While the row is as it was when it got its place. */
static void leave_place(struct directory *d, uint32_t place)
{
	size_t i = standing_before(d, d->n, ranked(d, place));

	memmove(&d->place[i], &d->place[i + 1], (d->n - i - 1) * sizeof(*d->place));
}

/* All others have theirs. */
static void take_place(struct directory *d, uint32_t place)
{
	size_t i = standing_before(d, d->n - 1, ranked(d, place));

	memmove(&d->place[i + 1], &d->place[i], (d->n - 1 - i) * sizeof(*d->place));
	d->place[i] = place;
}

/* -- who has entries since -- */

static void take_out(struct directory *d, size_t i)
{
	memmove(&d->row[i], &d->row[i + 1], (d->n - i - 1) * sizeof(*d->row));
	d->n--;
}

static void put_in(struct directory *d, size_t i, struct listed row)
{
	d->row = mem_grow(d->row, d->n, &d->cap, sizeof(*d->row));
	memmove(&d->row[i + 1], &d->row[i], (d->n - i) * sizeof(*d->row));
	d->row[i] = row;
	d->n++;
}

static void change(struct reading *r, size_t i, struct listed row)
{
	bool moves = r->ordered && r->moves++ < MOVES;

	if (moves)
		leave_place(r->d, (uint32_t)i);
	r->d->row[i] = row;
	if (moves)
		take_place(r->d, (uint32_t)i);
	r->ordered = moves;
}

static void read_one(struct txn *txn, struct reading *r, uint32_t id)
{
	struct key k = account_key(id);
	size_t i = row_of(r->d, id);
	bool there = i < r->d->n && r->d->row[i].id == id;
	struct bytes value;

	if (!txn_get(txn, TABLE_CUSTOMER, &k, &value))
		return;
	decode(txn, r, value);
	if (!r->customer->erased && there) {
		change(r, i, listed_of(txn, r, id));
		return;
	}
	if (r->customer->erased && there)
		take_out(r->d, i);
	else if (!r->customer->erased)
		put_in(r->d, i, listed_of(txn, r, id));
	else
		return;
	r->ordered = false;
}

static void read_customer_of(struct txn *txn, struct reading *r, int64_t seq)
{
	struct entry_head head;
	struct bytes value;
	int64_t now;
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	if (!txn_get(txn, TABLE_JOURNAL, &k, &value) ||
	    !entry_head((struct bytes){ k.at, k.len }, value, &head) || !head.customer)
		return;
	/* An entry of somebody who was merged since, or is being, counts for who
	 * they are now. */
	now = account_of(txn, head.customer);
	if (now != head.customer)
		read_one(txn, r, (uint32_t)head.customer);
	read_one(txn, r, (uint32_t)now);
}

/* Leaves r->followed false when there are too many. */
static enum status read_news(struct txn *txn, void *arg)
{
	struct reading *r = arg;
	uint8_t digest[DIGEST_SIZE];
	int64_t last = journal_last(txn, digest);

	r->followed = last >= r->d->seq && last - r->d->seq <= NEWS;
	if (!r->followed)
		return txn_status(txn);
	for (int64_t seq = r->d->seq + 1; seq <= last; seq++)
		read_customer_of(txn, r, seq);
	if (txn_status(txn) == ST_OK)
		r->d->seq = last;
	return txn_status(txn);
}

/* -- whole -- */

static void begin_anew(struct directory *d, const struct shop *shop, enum directory_order order)
{
	directory_release(d);
	d->named = order == BY_NAME;
	d->opening = store_opening(shop->store);
}

static enum status update(struct shop *shop, struct reading *r, enum directory_order order)
{
	struct directory *d = r->d;
	enum status st = ST_OK;

	if ((order == BY_NAME && !d->named) || d->opening != store_opening(shop->store))
		begin_anew(d, shop, order);
	r->ordered = d->whole && d->order == order;
	if (!d->whole)
		st = store_read(shop->store, read_part, r);
	if (st == ST_OK && d->whole)
		st = store_read(shop->store, read_news, r);
	if (st != ST_OK || !d->whole)
		return st;
	if (!r->followed) {
		begin_anew(d, shop, order);
		return ST_OK;
	}
	d->order = order;
	if (!r->ordered)
		put_in_order(d);
	return ST_OK;
}

enum status directory_update(struct shop *shop, struct directory *d, enum directory_order order)
{
	struct reading r = { .d = d, .customer = mem_alloc(sizeof(*r.customer)),
			     .account = mem_alloc(sizeof(*r.account)) };
	enum status st = update(shop, &r, order);

	if (st != ST_OK)
		directory_release(d);
	free(r.customer);
	free(r.account);
	return st;
}

const struct listed *directory_at(const struct directory *d, size_t i)
{
	assert(i < d->n);
	return &d->row[d->place[i]];
}

bool directory_place(const struct directory *d, int64_t id, size_t *i)
{
	size_t row = row_of(d, (uint32_t)id);

	if (!d->whole || row == d->n || d->row[row].id != id)
		return false;
	*i = standing_before(d, d->n, ranked(d, (uint32_t)row));
	return true;
}

void directory_release(struct directory *d)
{
	free(d->row);
	free(d->place);
	buf_release(&d->names);
	*d = (struct directory){ 0 };
}
