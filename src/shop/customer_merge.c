/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/customer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/mem.h"
#include "ledger/merge.h"
#include "shop/consent.h"
#include "shop/customer_index.h"
#include "shop/earn.h"

/* -- what becomes of the fields -- */

bool customer_field_is_choice(const struct field *f)
{
	return (f->type == FIELD_TEXT || f->type == FIELD_CHOICE) &&
	       !(f->flags & FIELD_INTERNAL) && strcmp(f->name, "notes") != 0;
}

static void choose_fields(const struct customer_merge *m, const struct customer *from,
			  struct customer *out)
{
	for (const struct field *f = customer_type.fields; f->tag; f++)
		if (customer_field_is_choice(f) && !field_is_empty(f, from) &&
		    (m->take >> f->tag & 1 || field_is_empty(f, out)))
			memcpy(field_at(f, out), field_at(f, from), f->size);
	if (from->added && (!out->added || from->added < out->added))
		out->added = from->added;
}

static enum status join_notes(const struct customer *from, struct customer *out)
{
	size_t len = strlen(out->notes), room = sizeof(out->notes) - len;

	if (!*from->notes || strstr(out->notes, from->notes))
		return ST_OK;
	if (strlen(from->notes) + 3 > room)
		return fail(ST_REFUSED, "the notes on both are longer than fits on one, %zu bytes; "
			    "shorten them first", sizeof(out->notes) - 1);
	snprintf(out->notes + len, room, "%s%s", len ? "; " : "", from->notes);
	return ST_OK;
}

/* The till goes on using the code that did not become theirs. */
static enum status keep_code(const char *code, struct customer *out)
{
	enum { MOST = sizeof(out->past_codes) / sizeof(out->past_codes[0]) };

	if (!*code || !strcmp(code, out->code))
		return ST_OK;
	if (out->past_code_count == MOST)
		return fail(ST_REFUSED, "the two together have more than %d codes of the till",
			    MOST + 1);
	strcpy(out->past_codes[out->past_code_count++].code, code);
	return ST_OK;
}

static enum status join_lists(const struct shop *shop, const struct customer *from,
			      struct customer *out)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; i < from->phone_count && st == ST_OK; i++)
		st = customer_add_phone(out, from->phones[i].text, shop->settings.country);
	for (uint32_t i = 0; i < from->email_count && st == ST_OK; i++)
		st = customer_add_email(out, from->emails[i].address);
	for (uint32_t i = 0; i < from->card_count && st == ST_OK; i++)
		st = customer_add_card(out, from->cards[i].code);
	for (uint32_t i = 0; i < from->tag_count && st == ST_OK; i++)
		st = customer_add_tag(out, from->tags[i].name);
	return st == ST_OK ? ST_OK : fail(ST_REFUSED, "the two together: %s", status_text());
}

/* *out is 'into' as it was, and then as it shall be. */
static enum status join(const struct shop *shop, const struct customer_merge *m,
			const struct customer *from, struct customer *out)
{
	const struct customer into = *out;
	enum status st;

	choose_fields(m, from, out);
	st = join_notes(from, out);
	if (st == ST_OK)
		st = join_lists(shop, from, out);
	for (uint32_t i = 0; i < from->past_code_count && st == ST_OK; i++)
		st = keep_code(from->past_codes[i].code, out);
	if (st == ST_OK)
		st = keep_code(from->code, out);
	return st == ST_OK ? keep_code(into.code, out) : st;
}

/* -- what becomes of the balances -- */

/* As much of the position as there is room for in the entry. */
static int64_t next_part(const struct position *p, const struct entry *e)
{
	uint32_t moves = e->move_count;
	int64_t part = 0;

	for (size_t i = 0; i < p->lot_count && moves < ENTRY_MOVES; i++) {
		part += p->lots[i].left;
		moves += p->lots[i].left > 0;
	}
	return part;
}

static enum status take_out(struct trade *t, struct entry *e, int64_t unit)
{
	struct position *p = book_position(&t->book, e->customer, unit);

	if (p->balance < 0)
		return book_credit(&t->book, e, &(struct posting){
			.unit = unit, .counter = COUNTER_MOVED, .amount = -p->balance });
	if (!p->balance || !next_part(p, e))
		return ST_OK;
	return book_debit(&t->book, e, &(struct debit){
		.unit = unit, .counter = COUNTER_MOVED, .amount = next_part(p, e),
		.clawback = true });	/* what is pending too */
}

/* Empties 'from' into t->entry as far as it goes. What has lapsed ends here. */
static enum status empty(struct trade *t, const struct customer_merge *m, int64_t about)
{
	struct entry *e = t->entry;
	const struct holder *h = book_holder(&t->book, m->from);
	enum status st;
	bool any;

	book_start(&t->book, e, ENTRY_MERGE, &t->by);
	e->customer = m->from;
	e->subject = m->into;
	e->about = about;
	st = earn_lapse_absent(t, e);
	if (st == ST_OK)
		st = book_lapse(&t->book, e, e->day, &any);
	for (size_t i = 0; i < h->position_count && st == ST_OK; i++)
		if (e->posting_count < ENTRY_POSTINGS)
			st = take_out(t, e, h->positions[i].unit);
	return st == ST_OK ? book_post(&t->book, e) : st;
}

/* Gives what t->other took. */
static enum status fill(struct trade *t, const struct customer_merge *m)
{
	const struct entry *taken = t->other;
	struct entry *e = t->entry;
	enum status st;

	book_start(&t->book, e, ENTRY_MERGE, &t->by);
	e->customer = m->into;
	e->subject = m->from;
	e->about = taken->seq;
	st = earn_lapse_absent(t, e);	/* by their own last visit, not by the other's */
	for (uint32_t i = 0; i < taken->posting_count && st == ST_OK; i++) {
		const struct posting *p = &taken->postings[i];

		if (p->counter != COUNTER_MOVED)
			continue;
		if (p->amount < 0)
			st = book_give_back(&t->book, e, &(struct give_back){
				.spent = taken, .posting = i, .amount = -p->amount });
		else
			st = book_debit(&t->book, e, &(struct debit){
				.unit = p->unit, .counter = COUNTER_MOVED, .amount = p->amount,
				.clawback = true });
	}
	return st == ST_OK ? book_post(&t->book, e) : st;
}

static bool has_something(const struct holder *h)
{
	for (size_t i = 0; i < h->position_count; i++)
		if (h->positions[i].balance)
			return true;
	return false;
}

/* -- what becomes of cards that are full now -- */

/* What stands on the card at the trade's day and does not lapse by absence. */
static int64_t stamps_of(struct trade *t, int64_t customer, const struct program *p)
{
	struct position *position = book_position(&t->book, customer,
						  unit_make(UNIT_PROGRAM, p->id));
	int32_t today = clock_day(t->by.now);

	if (!position || program_absent(p, &book_holder(&t->book, customer)->figures, today))
		return 0;
	return position_usable(position, today);
}

/* For each program, before anything moves. The caller frees it. */
static struct cards_before *note_cards(struct trade *t, const struct customer_merge *m)
{
	struct cards_before *cards = mem_alloc((t->programs.n + 1) * sizeof(*cards));

	for (size_t i = 0; i < t->programs.n; i++) {
		const struct program *p = &t->programs.row[i];

		cards[i] = (struct cards_before){ stamps_of(t, m->into, p),
						  stamps_of(t, m->from, p) };
	}
	return cards;
}

static enum status complete_card(struct trade *t, const struct customer_merge *m,
				 const struct program *p, struct cards_before before)
{
	struct entry *e = t->entry;
	enum status st;

	book_start(&t->book, e, ENTRY_MERGE, &t->by);
	e->customer = m->into;
	e->subject = m->from;
	e->about = t->other->seq;
	st = earn_complete(t, e, p, before);
	return st == ST_OK && e->posting_count ? book_post(&t->book, e) : st;
}

/* One entry for each card on which stamps of both came together. */
static enum status complete_cards(struct trade *t, const struct customer_merge *m,
				  const struct cards_before *before)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < t->programs.n && st == ST_OK; i++)
		if (t->programs.row[i].kind == PROGRAM_STAMPS && before[i].there > 0)
			st = complete_card(t, m, &t->programs.row[i], before[i]);
	return st;
}

/* Gives the first entry. */
static enum status move_balances(struct trade *t, const struct customer_merge *m, int64_t *first)
{
	const struct holder *from = book_holder(&t->book, m->from);
	enum status st;

	*first = 0;
	do {
		st = empty(t, m, *first);
		if (st != ST_OK)
			return st;
		if (!t->entry->posting_count && has_something(from))
			st = txn_fail(t->txn, fail(ST_CORRUPT, "customer #%" PRId64 " has a "
						   "balance without lots; run: regulars verify",
						   m->from));
		if (!*first)
			*first = t->entry->seq;
		if (st == ST_OK)
			st = journal_read(t->txn, t->entry->seq, t->other);
		if (st == ST_OK)
			st = fill(t, m);
	} while (st == ST_OK && has_something(from));
	return st;
}

static enum status move_cards(struct trade *t, const struct customer_merge *m, int64_t *first)
{
	struct cards_before *before = note_cards(t, m);
	enum status st = move_balances(t, m, first);

	if (st == ST_OK)
		st = complete_cards(t, m, before);
	free(before);
	return st;
}

/* -- what becomes of their consent -- */

/* What the other said stands where consent_may() lets it, since when they said
 * it; *joined has it then. */
static enum status join_consent(struct trade *t, const struct customer *from,
				struct customer *joined)
{
	int64_t seq = t->seq;
	enum status st = ST_OK;
	bool changed;

	for (uint32_t i = 0; i < from->consent_count && st == ST_OK; i++) {
		const struct consent *said = &from->consents[i];

		if (said->channel >= 0 && said->channel < CONSENT_CHANNELS)
			st = consent_book(t, &(struct consent_change){
				.customer = joined->id,
				.channel = (enum consent_channel)said->channel,
				.state = consent_of(from, (enum consent_channel)said->channel),
				.how = CONSENT_MERGED, .occurred = said->since }, &changed);
	}
	t->seq = seq;
	if (st == ST_OK && !customer_get(t->txn, joined->id, joined))
		return txn_status(t->txn);
	return st;
}

/* -- the whole -- */

struct merging {
	const struct customer_merge *m;
	struct customer_merged *out;
};

static enum status read_one(struct txn *txn, int64_t id, struct customer *c)
{
	if (customer_get(txn, id, c) && c->id == id && !c->erased)
		return ST_OK;
	if (txn_status(txn) != ST_OK)
		return txn_status(txn);
	return fail(ST_NOT_FOUND, "customer #%" PRId64 " is no longer in the book", id);
}

/* A dry run is given up after this: nobody else needs the book's holder. */
static void take_holder(struct trade *t, int64_t id, struct holder *out)
{
	struct holder *h = book_holder(&t->book, id);

	for (size_t i = 0; i < h->position_count; i++)
		position_load(t->txn, id, &h->positions[i]);
	*out = *h;
	*h = (struct holder){ .id = id };
}

static enum status merge(struct trade *t, void *arg)
{
	const struct merging *w = arg;
	const struct customer_merge *m = w->m;
	struct customer from, into, *joined = &w->out->customer;
	enum status st = read_one(t->txn, m->from, &from);

	if (st == ST_OK)
		st = read_one(t->txn, m->into, &into);
	if (st != ST_OK)
		return st;
	*joined = into;
	st = join(t->shop, m, &from, joined);
	if (st != ST_OK)
		return st;
	customer_blank(t->txn, &from);		/* their cards and codes are free now */
	customer_put(t->txn, joined);
	st = customer_update(t, &into, joined);
	if (st == ST_OK)
		st = move_cards(t, m, &t->seq);
	if (st == ST_OK)
		st = join_consent(t, &from, joined);
	if (st != ST_OK)
		return st;
	book_take_over(&t->book, m->from, m->into);
	customer_keep_values(t->txn, t->seq, &from, &(struct customer){ 0 });
	if (!m->dry_run || txn_status(t->txn) != ST_OK)
		return txn_status(t->txn);
	take_holder(t, m->into, &w->out->holder);
	return ST_CANCELLED;
}

enum status customer_merge(struct shop *shop, const struct actor *by,
			   const struct customer_merge *m, struct customer_merged *out)
{
	struct merging w = { m, out };
	int64_t asked[] = { m->from, m->into, (int64_t)m->take, m->dry_run };
	enum status st;

	out->holder = (struct holder){ 0 };
	out->run = (struct trade_run){ .work = merge, .arg = &w,
				       .content = digest_content(asked, sizeof(asked)) };
	if (m->from == m->into)
		return fail(ST_REFUSED, "both are customer #%" PRId64 "; a merge takes two",
			    m->into);
	st = trade_run(shop, by, &out->run);
	return m->dry_run && st == ST_CANCELLED ? ST_OK : st;
}
