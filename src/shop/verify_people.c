/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/customer_index.h"
#include "shop/item.h"
#include "shop/word.h"

/* Records that bring rows in index tables. The rows that all records make are
 * tallied and compared with the tally of what is stored; only where the two
 * differ is each looked up. */

typedef void owner_row(void *arg, enum table table, const struct key *key, struct bytes value);

struct owners {
	enum table table;
	const struct record_type *type;
	enum table indexes[8];			/* ends in TABLE_META, which is none */
	void *record;				/* room for one */
	int64_t (*id)(const void *record);
	void (*rows)(const void *record, owner_row *each, void *arg);
};

/* -- customers: phone, email, card, code, and the words of the name -- */

static int64_t customer_id(const void *record)
{
	return ((const struct customer *)record)->id;
}

static void all_customer_rows(const void *record, owner_row *each, void *arg)
{
	const struct customer *c = record;
	struct words words;

	customer_rows(c, each, arg);
	words_of(c->name, &words);
	for (size_t i = 0; i < words.n; i++) {
		struct key k = word_prefix(WORD_NAME, words.row[i].form, true);

		key_int(&k, (uint64_t)c->id, 4);
		each(arg, TABLE_WORD, &k, (struct bytes){ "", 0 });
	}
}

/* -- items -- */

static int64_t item_id(const void *record)
{
	return ((const struct item *)record)->id;
}

static void all_item_rows(const void *record, owner_row *each, void *arg)
{
	item_rows(record, each, arg);
}

/* -- the rows that there should be -- */

enum { ROWS_EACH = 64 };

/* A name may say a word twice, and two phones may have the same digits. */
struct once {
	owner_row *each;
	void *arg;
	uint64_t seen[ROWS_EACH];
	size_t n;
};

static void each_once(void *arg, enum table table, const struct key *key, struct bytes value)
{
	struct once *o = arg;
	struct tally row = { 0 };

	tally_add(&row, (struct bytes){ key->at, key->len }, value);
	row.sum += table;
	for (size_t i = 0; i < o->n; i++)
		if (o->seen[i] == row.sum)
			return;
	if (o->n < ROWS_EACH)
		o->seen[o->n++] = row.sum;
	o->each(o->arg, table, key, value);
}

static void rows_of(const struct owners *o, owner_row *each, void *arg)
{
	struct once once = { .each = each, .arg = arg };

	o->rows(o->record, each_once, &once);
}

static bool read_owner(struct verify *v, const struct owners *o, const struct range *r)
{
	int64_t id = r->key.len == 4 ? (int64_t)key_read(r->key.at, 4) : 0;

	if (!id || record_decode(o->type, o->record, r->value.at, r->value.len) != ST_OK)
		verify_fault(v, "%s %" PRId64 ": the record cannot be read", o->type->name, id);
	else if (o->id(o->record) != id)
		verify_fault(v, "%s %" PRId64 ": the record says it is %" PRId64, o->type->name, id,
			     o->id(o->record));
	else
		return true;
	return false;
}

static void add_due(void *arg, enum table table, const struct key *key, struct bytes value)
{
	struct verify *v = arg;

	tally_add(&v->due[table], (struct bytes){ key->at, key->len }, value);
}

/* -- which row is wrong -- */

struct blaming {
	struct verify *v;
	const struct owners *o;
	enum table table;
	struct bytes key, value;	/* a stored row ... */
	bool found;			/* ... that its owner makes */
};

static void find_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	struct blaming *b = arg;

	if (table == b->table && key->len == b->key.len && !memcmp(key->at, b->key.at, key->len) &&
	    value.len == b->value.len && !memcmp(value.at, b->value.at, value.len))
		b->found = true;
}

/* A row has its owner's id in its value, or else at the end of its key. */
static int64_t owner_of(const struct blaming *b)
{
	if (b->value.len == 4)
		return (int64_t)key_read(b->value.at, 4);
	if (b->key.len < 4)
		return 0;
	return (int64_t)key_read((const uint8_t *)b->key.at + b->key.len - 4, 4);
}

static bool read_by_id(struct verify *v, const struct owners *o, int64_t id)
{
	struct key k = account_key(id);
	struct bytes value;

	return verify_peek(v, o->table, &k, &value) == PEEK_THERE &&
	       record_decode(o->type, o->record, value.at, value.len) == ST_OK &&
	       o->id(o->record) == id;
}

/* What words sound like belongs to nobody: shop/verify_words.c. */
static bool is_theirs(const struct range *r)
{
	return r->table != TABLE_WORD || (r->key.len && *(const uint8_t *)r->key.at == WORD_NAME);
}

static void blame_stored(struct blaming *b)
{
	struct range r;

	range_start(&r, b->v->txn, b->table, NULL);
	r.lenient = true;
	while (range_next(&r)) {
		if (r.damaged || !is_theirs(&r))
			continue;
		b->key = r.key;
		b->value = r.value;
		b->found = false;
		if (read_by_id(b->v, b->o, owner_of(b)))
			rows_of(b->o, find_row, b);
		if (!b->found)
			verify_fault(b->v, "table %s has a row for %s %" PRId64 " that is not "
				     "theirs", table_name(b->table), b->o->type->name,
				     owner_of(b));
	}
	range_end(&r);
}

static void look_up(void *arg, enum table table, const struct key *key, struct bytes value)
{
	struct blaming *b = arg;
	struct bytes stored;
	enum peek found;

	if (table != b->table)
		return;
	found = verify_peek(b->v, table, key, &stored);
	if (found == PEEK_DAMAGED || (found == PEEK_THERE && stored.len == value.len &&
				      !memcmp(stored.at, value.at, value.len)))
		return;
	if (found == PEEK_THERE && stored.len == 4)
		verify_fault(b->v, "%s %" PRId64 ": the row in table %s belongs to %" PRId64,
			     b->o->type->name, b->o->id(b->o->record), table_name(table),
			     (int64_t)key_read(stored.at, 4));
	else
		verify_fault(b->v, "%s %" PRId64 ": a row in table %s is missing",
			     b->o->type->name, b->o->id(b->o->record), table_name(table));
}

static void blame_owners(struct blaming *b)
{
	struct range r;

	range_start(&r, b->v->txn, b->o->table, NULL);
	r.lenient = true;
	while (range_next(&r))
		if (!r.damaged && r.key.len == 4 &&
		    read_by_id(b->v, b->o, (int64_t)key_read(r.key.at, 4)))
			rows_of(b->o, look_up, b);
	range_end(&r);
}

/* -- the whole -- */

static int64_t verify_owners(struct verify *v, const struct owners *o)
{
	struct range r;
	int64_t n = 0;

	range_start(&r, v->txn, o->table, NULL);
	for (; verify_next(v, &r); n++)
		if (read_owner(v, o, &r))
			rows_of(o, add_due, v);
	range_end(&r);
	for (const enum table *t = o->indexes; *t != TABLE_META; t++) {
		struct blaming b = { .v = v, .o = o, .table = *t };
		struct tally found = { 0 }, sounds = { 0 };

		range_start(&r, v->txn, *t, NULL);
		while (verify_next(v, &r))
			tally_add(is_theirs(&r) ? &found : &sounds, r.key, r.value);
		range_end(&r);
		if (!tally_equal(&found, &v->due[*t])) {
			blame_stored(&b);
			blame_owners(&b);
		}
		if (*t == TABLE_WORD)
			verify_sounds(v, &sounds);
	}
	return n;
}

/* Who has entries is a customer, and every customer has the entry that made
 * them, but for those whose entries went to another: both tables go by the same
 * ids. */
static void match_accounts(struct verify *v)
{
	struct range people, accounts;
	bool more[2];

	range_start(&people, v->txn, TABLE_CUSTOMER, NULL);
	range_start(&accounts, v->txn, TABLE_ACCOUNT, NULL);
	people.lenient = accounts.lenient = true;
	more[0] = range_next(&people);
	more[1] = range_next(&accounts);
	while (more[0] || more[1]) {
		int64_t person = more[0] && people.key.len == 4 ?
				 (int64_t)key_read(people.key.at, 4) : INT64_MAX;
		int64_t account = more[1] && accounts.key.len == 4 ?
				  (int64_t)key_read(accounts.key.at, 4) : INT64_MAX;

		if (person < account && merges_find(&v->merges, person) == person)
			verify_fault(v, "customer %" PRId64 ": no entry is of them", person);
		else if (account < person)
			verify_fault(v, "customer %" PRId64 " has entries, but is not in the book",
				     account);
		if (person <= account)
			more[0] = range_next(&people);
		if (account <= person)
			more[1] = range_next(&accounts);
	}
	range_end(&people);
	range_end(&accounts);
}

static void set_customers(struct owners *o)
{
	*o = (struct owners){
		.table = TABLE_CUSTOMER, .type = &customer_type, .id = customer_id,
		.indexes = { TABLE_PHONE, TABLE_EMAIL, TABLE_CARD, TABLE_CODE, TABLE_WORD },
		.rows = all_customer_rows, .record = mem_alloc(sizeof(struct customer)) };
}

static void set_items(struct owners *o)
{
	*o = (struct owners){
		.table = TABLE_ITEM, .type = &item_type, .indexes = { TABLE_ITEM_KEY },
		.id = item_id, .rows = all_item_rows, .record = mem_alloc(sizeof(struct item)) };
}

int64_t verify_people(struct verify *v)
{
	struct owners o;
	int64_t n;

	set_customers(&o);
	n = verify_owners(v, &o);
	free(o.record);
	match_accounts(v);
	return n;
}

void verify_items(struct verify *v)
{
	struct owners o;

	set_items(&o);
	verify_owners(v, &o);
	free(o.record);
}

/* -- making the indexes again -- */

static void put_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	txn_put(arg, table, key, value);
}

static void empty_indexes(struct verify *v, const struct owners *o)
{
	for (const enum table *t = o->indexes; *t != TABLE_META; t++)
		txn_empty(v->txn, *t);
}

void rebuild_people(struct verify *v)
{
	enum { BATCH = 50000 };
	struct word_batch words = { 0 };
	struct owners o;
	struct range r;
	size_t n = 0;

	set_customers(&o);
	empty_indexes(v, &o);
	range_start(&r, v->txn, TABLE_CUSTOMER, NULL);
	while (verify_next(v, &r)) {
		const struct customer *c = o.record;

		if (!read_owner(v, &o, &r))
			continue;
		customer_rows(c, put_row, v->txn);
		word_batch_add(&words, c->name, c->id);
		if (++n % BATCH == 0)
			word_batch_write(&words, v->txn);
	}
	range_end(&r);
	word_batch_write(&words, v->txn);
	free(o.record);
}

void rebuild_items(struct verify *v)
{
	struct owners o;
	struct range r;

	set_items(&o);
	empty_indexes(v, &o);
	range_start(&r, v->txn, TABLE_ITEM, NULL);
	while (verify_next(v, &r))
		if (read_owner(v, &o, &r))
			item_rows(o.record, put_row, v->txn);
	range_end(&r);
	free(o.record);
}
