/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/customer.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "shop/compact.h"
#include "shop/consent.h"
#include "shop/customer_index.h"
#include "shop/rule.h"
#include "shop/word.h"
#include "store/record_text.h"

enum { CUSTOMER_BYTES = 8192 };

/* -- record and indexes -- */

void customer_put(struct txn *txn, const struct customer *c)
{
	uint8_t row[CUSTOMER_BYTES];
	struct key k;
	size_t len = sizeof(row);
	enum status st = record_encode(&customer_type, c, row, &len);

	k.len = 0;
	key_int(&k, (uint64_t)c->id, 4);
	if (st != ST_OK)
		txn_fail(txn, st);
	else
		txn_put(txn, TABLE_CUSTOMER, &k, (struct bytes){ row, len });
}

static void put_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	txn_put(arg, table, key, value);
}

static void delete_row(void *arg, enum table table, const struct key *key, struct bytes value)
{
	(void)value;
	txn_delete(arg, table, key);
}

static void put_words(struct txn *txn, const struct customer *c)
{
	struct word_batch words = { 0 };

	word_batch_add(&words, c->name, c->id);
	word_batch_write(&words, txn);
}

static void delete_rows(struct txn *txn, const struct customer *c)
{
	customer_rows(c, delete_row, txn);
	words_delete(txn, c->name, c->id);
}

static void title_of(struct txn *txn, int64_t id, char out[CUSTOMER_TITLE])
{
	struct customer c;

	customer_get(txn, id, &c);
	customer_title(&c, out);
}

/* Cards and codes name one person. */
static enum status check_unique(struct txn *txn, const struct customer *c)
{
	char title[CUSTOMER_TITLE];
	int64_t owner;

	for (uint32_t i = 0; i < c->card_count; i++) {
		owner = customer_by_card(txn, c->cards[i].code);
		if (!owner || owner == c->id)
			continue;
		title_of(txn, owner, title);
		return fail(ST_EXISTS, "card %s belongs to %s already; take it away there first",
			    c->cards[i].code, title);
	}
	owner = customer_by_code(txn, c->code);
	if (!owner || owner == c->id)
		return txn_status(txn);
	title_of(txn, owner, title);
	return fail(ST_EXISTS, "code %s belongs to %s already; take it away there first",
		    c->code, title);
}

/* -- the entry -- */

/* "name,phones": what is not the same in both, but for what we keep ourselves. */
static void name_changes(const struct customer *before, const struct customer *after,
			 char names[RULE_SIZE])
{
	char *end = names;

	*end = '\0';
	for (const struct field *f = customer_type.fields; f->tag; f++) {
		if (f->flags & FIELD_INTERNAL || field_is_equal(f, before, after))
			continue;
		if (end > names)
			*end++ = ',';
		end = stpcpy(end, f->name);
	}
}

/* What undo and history want: the old values of the fields that are named. One
 * that does not fit beside the others is left out. */
void customer_keep_values(struct txn *txn, int64_t seq, const struct customer *before,
			  const struct customer *after)
{
	static struct side side;	/* one thread */
	json_t *old = json_object();

	record_clear(&side_type, &side);
	for (const struct field *f = customer_type.fields; f->tag; f++) {
		char *text;

		if (f->flags & FIELD_INTERNAL || field_is_equal(f, before, after))
			continue;
		json_object_set_new(old, f->name, field_json(f, before, 0));
		text = json_dumps(old, JSON_COMPACT);
		if (text && strlen(text) < sizeof(side.before))
			strcpy(side.before, text);
		else
			json_object_del(old, f->name);
		free(text);
	}
	json_decref(old);
	side_put(txn, seq, &side);
}

static enum status post(struct trade *t, int64_t id, const char *names)
{
	struct entry *e = t->entry;
	enum status st;

	book_start(&t->book, e, ENTRY_CUSTOMER, &t->by);
	e->customer = e->subject = id;
	strcpy(e->rule, names);
	st = book_post(&t->book, e);
	t->seq = e->seq;
	return st;
}

/* -- changes -- */

static enum status give_id(struct txn *txn, int64_t *id)
{
	struct range r;

	*id = 1;
	range_start(&r, txn, TABLE_CUSTOMER, NULL);
	if (range_previous(&r))
		*id = (int64_t)key_read(r.key.at, 4) + 1;
	range_end(&r);
	if (*id > UINT32_MAX)
		return fail(ST_FULL, "the book has room for %" PRIu32 " customers, and they are "
			    "all there", UINT32_MAX);
	return txn_status(txn);
}

/* All of a new customer but the rows of the words. */
static enum status insert(struct trade *t, struct customer *c)
{
	static const struct customer nobody;
	char names[RULE_SIZE];
	enum status st;

	c->id = 0;
	st = check_unique(t->txn, c);
	if (st == ST_OK)
		st = give_id(t->txn, &c->id);
	if (st != ST_OK)
		return st;
	if (!c->added)
		c->added = clock_day(t->by.now);
	customer_put(t->txn, c);
	customer_rows(c, put_row, t->txn);
	name_changes(&nobody, c, names);
	return post(t, c->id, names);
}

enum status customer_insert(struct trade *t, struct customer *c)
{
	enum status st = insert(t, c);

	if (st == ST_OK)
		put_words(t->txn, c);
	return st == ST_OK ? txn_status(t->txn) : st;
}

enum status customer_insert_later(struct trade *t, struct customer *c, struct word_batch *words)
{
	enum status st = insert(t, c);

	if (st == ST_OK)
		word_batch_add(words, c->name, c->id);
	return st;
}

enum status customer_update(struct trade *t, const struct customer *before,
			    const struct customer *after)
{
	char names[RULE_SIZE];
	enum status st;

	name_changes(before, after, names);
	if (!*names)
		return ST_OK;
	st = check_unique(t->txn, after);
	if (st != ST_OK)
		return st;
	delete_rows(t->txn, before);
	customer_put(t->txn, after);
	customer_rows(after, put_row, t->txn);
	put_words(t->txn, after);
	st = post(t, after->id, names);
	customer_keep_values(t->txn, t->seq, before, after);
	return st == ST_OK ? txn_status(t->txn) : st;
}

void customer_blank(struct txn *txn, const struct customer *c)
{
	struct customer blank = *c;

	delete_rows(txn, c);
	record_erase(&customer_type, &blank);
	blank.erased = true;
	customer_put(txn, &blank);
}

static bool erase_side(const struct pending_row *row, void *arg)
{
	struct txn *txn = arg;
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)row->seq, 8);
	txn_delete(txn, TABLE_SIDE, &k);
	return true;
}

/* 'c' is what customer_get() gave of the id. */
static enum status not_there(int64_t id, const struct customer *c)
{
	if (c->id && c->id != id)
		return fail(ST_NOT_FOUND, "customer #%" PRId64 " was merged into #%" PRId64, id,
			    c->id);
	if (c->erased)
		return fail(ST_NOT_FOUND, "customer #%" PRId64 " was erased", id);
	return fail(ST_NOT_FOUND, "there is no customer #%" PRId64, id);
}

static enum status erase(struct trade *t, void *arg)
{
	const int64_t *id = arg;
	struct customer c;

	if (!customer_get(t->txn, *id, &c) || c.erased || c.id != *id)
		return not_there(*id, &c);
	customer_blank(t->txn, &c);
	book_timeline(&t->book, *id, erase_side, t->txn);
	compact_want(t->txn);
	return post(t, *id, "erased");
}

/* -- whole verbs -- */

static uint64_t content_of(const struct customer *c)
{
	uint8_t row[CUSTOMER_BYTES];
	size_t len = sizeof(row);

	/* What is too large here is refused when it is put. */
	return record_encode(&customer_type, c, row, &len) == ST_OK ? digest_content(row, len) : 1;
}

/* What they said when they were asked, each answer with its entry. */
static enum status book_answers(struct trade *t, struct customer *c)
{
	const struct customer asked = *c;
	enum status st;
	int64_t seq;
	bool changed;

	c->consent_count = 0;
	st = customer_insert(t, c);
	seq = t->seq;
	for (uint32_t i = 0; i < asked.consent_count && st == ST_OK; i++)
		st = consent_book(t, &(struct consent_change){
			.customer = c->id,
			.channel = (enum consent_channel)asked.consents[i].channel,
			.state = (enum consent_state)asked.consents[i].state,
			.how = (enum consent_how)asked.consents[i].how }, &changed);
	t->seq = seq;		/* who was added is what is told */
	if (st == ST_OK && asked.consent_count && !customer_get(t->txn, c->id, c))
		return txn_status(t->txn);
	return st;
}

static enum status add(struct trade *t, void *arg)
{
	const struct customer_addition *a = arg;
	enum status st = a->force ? ST_OK : customer_is_new(t->txn, a->customer);

	return st == ST_OK ? book_answers(t, a->customer) : st;
}

static enum status read_added(struct txn *txn, void *arg)
{
	struct customer *c = arg;
	int64_t id = c->id;

	return customer_get(txn, id, c) ? ST_OK : not_there(id, c);
}

/* The operation was done before: the customer it made. */
static enum status repeat(struct shop *shop, int64_t seq, struct customer *c)
{
	struct entry *e = entry_new();
	enum status st = shop_entry(shop, seq, e);

	c->id = e->subject;
	entry_free(e);
	return st == ST_OK ? store_read(shop->store, read_added, c) : st;
}

enum status customer_add_once(struct shop *shop, const struct actor *by,
			      struct customer_addition *a)
{
	struct customer *c = a->customer;
	struct trade_run run = { .work = add, .arg = a };
	enum status st = customer_tidy(c, shop->settings.country);

	if (st != ST_OK)
		return st;
	c->id = c->added = 0;
	c->erased = false;
	run.content = content_of(c);
	st = trade_run(shop, by, &run);
	a->repeated = run.repeated;
	return st == ST_OK && run.repeated ? repeat(shop, run.seq, c) : st;
}

enum status customer_add(struct shop *shop, const struct actor *by, struct customer *c,
			 bool force)
{
	return customer_add_once(shop, by, &(struct customer_addition){ c, force, false });
}

static enum status edit(struct trade *t, void *arg)
{
	struct customer *after = arg, before;

	if (!customer_get(t->txn, after->id, &before) || before.erased || before.id != after->id)
		return not_there(after->id, &before);
	after->added = before.added;
	after->erased = false;
	after->past_code_count = before.past_code_count;
	memcpy(after->past_codes, before.past_codes, sizeof(after->past_codes));
	after->consent_count = before.consent_count;
	memcpy(after->consents, before.consents, sizeof(after->consents));
	after->later = before.later;
	return customer_update(t, &before, after);
}

enum status customer_edit(struct shop *shop, const struct actor *by, struct customer *c)
{
	struct trade_run run = { .work = edit, .arg = c };
	enum status st = customer_tidy(c, shop->settings.country);

	if (st != ST_OK)
		return st;
	run.content = content_of(c);
	return trade_run(shop, by, &run);
}

enum status customer_erase(struct shop *shop, const struct actor *by, int64_t id)
{
	struct trade_run run = { .work = erase, .arg = &id,
				 .content = digest_content(&id, sizeof(id)) };

	return trade_run(shop, by, &run);
}
