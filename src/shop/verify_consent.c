/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/verify_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/consent.h"
#include "shop/customer_index.h"

/* What stands in a customer's record about consent is what the last entry of
 * each channel says; with somebody who was erased or merged, nothing. An answer
 * counts however it came about: a later program may have ways of its own. */

struct answer {
	uint32_t customer;
	uint8_t channel, state;
	int8_t how;		/* -1: in a way that only a later program knows */
	int64_t since, seq;
};

struct answers {
	struct answer *row;
	size_t n, cap;
	size_t next;		/* the first of those whose record did not come yet */
	struct seqs unclear;	/* entries that say no channel or no state that we know */
};

static void add(struct answers *all, int64_t customer, const struct consent *said)
{
	all->row = mem_grow(all->row, all->n, &all->cap, sizeof(*all->row));
	all->row[all->n++] = (struct answer){
		.customer = (uint32_t)customer, .channel = (uint8_t)said->channel,
		.state = (uint8_t)said->state, .how = (int8_t)said->how,
		.since = said->since, .seq = said->seq };
}

static int by_channel(const void *a, const void *b)
{
	const struct answer *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer > y->customer ? 1 : -1;
	if (x->channel != y->channel)
		return x->channel > y->channel ? 1 : -1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void read_answers(struct verify *v, struct answers *all)
{
	struct entry_head head;
	struct consent said;
	struct range r;

	range_start(&r, v->txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (range_next(&r))
		if (!r.damaged && entry_head(r.key, r.value, &head) &&
		    head.kind == ENTRY_CONSENT && verify_entry(v, head.seq, v->entry)) {
			if (consent_of_entry(v->entry, &said))
				add(all, v->entry->customer, &said);
			else
				seqs_add(&all->unclear, head.seq);
		}
	range_end(&r);
	if (all->n)
		qsort(all->row, all->n, sizeof(*all->row), by_channel);
}

/* -- one customer -- */

static void set(struct customer *c, const struct consent *said)
{
	if (said->seq)
		c->consents[c->consent_count++] = *said;
}

/* Nothing but the record remembers what such an entry said. */
static bool is_kept(const struct verify *v, const struct answers *all,
		    const struct consent *stands)
{
	return verify_is_lost(v, stands->seq) || seqs_have(&all->unclear, stands->seq);
}

/* The program that wrote the entry may have put the way of it into the record. */
static void keep_how(const struct consent *stands, struct consent *said)
{
	if (said->how < 0 && stands && stands->seq == said->seq && stands->how >= CONSENT_HOWS)
		said->how = stands->how;
}

/* They stand behind ours, as they are. */
static void keep_later_channels(const struct verify *v, const struct answers *all,
				const struct customer *c, struct customer *due)
{
	for (uint32_t i = 0; i < c->consent_count && !c->erased; i++)
		if (c->consents[i].channel >= CONSENT_CHANNELS &&
		    due->consent_count < CONSENT_CHANNELS && is_kept(v, all, &c->consents[i]))
			set(due, &c->consents[i]);
}

/* The rows that c should have; of customers in ascending order. */
static void due_rows(struct verify *v, struct answers *all, const struct customer *c,
		     struct customer *due)
{
	struct consent last[CONSENT_CHANNELS] = { { .seq = 0 } };

	due->consent_count = 0;
	while (all->next < all->n && all->row[all->next].customer < c->id)
		all->next++;
	for (; all->next < all->n && all->row[all->next].customer == c->id; all->next++) {
		const struct answer *a = &all->row[all->next];

		last[a->channel] = (struct consent){ .channel = a->channel, .state = a->state,
						     .how = a->how, .since = a->since,
						     .seq = a->seq };
	}
	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS && !c->erased; ch++) {
		const struct consent *stands = consent_find(c, ch);

		keep_how(stands, &last[ch]);
		set(due, stands && is_kept(v, all, stands) ? stands : &last[ch]);
	}
	keep_later_channels(v, all, c, due);
}

static bool is_equal(const struct consent *a, const struct consent *b)
{
	return a && b && a->state == b->state && a->how == b->how && a->since == b->since &&
	       a->seq == b->seq;
}

static void blame_channel(struct verify *v, const struct customer *c,
			  const struct customer *due, enum consent_channel ch)
{
	const struct consent *stands = consent_find(c, ch), *said = consent_find(due, ch);
	const char *state = consent_state_names[consent_of(c, ch)];
	const char *channel = consent_channel_names[ch];

	if (is_equal(stands, said) || (!stands && !said))
		return;
	if (!said)
		verify_fault(v, "customer %" PRId64 ": consent for %s is \"%s\", and no entry "
			     "says so", c->id, channel, state);
	else if (consent_of(due, ch) != consent_of(c, ch))
		verify_fault(v, "customer %" PRId64 ": consent for %s is \"%s\", and entry "
			     "%" PRId64 " says \"%s\"", c->id, channel, state, said->seq,
			     consent_state_names[consent_of(due, ch)]);
	else
		verify_fault(v, "customer %" PRId64 ": since when and how consent for %s is "
			     "\"%s\" is not what entry %" PRId64 " says", c->id, channel, state,
			     said->seq);
}

static bool is_due(const struct customer *c, const struct customer *due)
{
	bool same = c->consent_count == due->consent_count;

	for (uint32_t i = 0; same && i < c->consent_count; i++)
		same = c->consents[i].channel == due->consents[i].channel &&
		       is_equal(&c->consents[i], &due->consents[i]);
	return same;
}

/* -- all of them -- */

/* Gives the next customer with what is due; false at the end. Damage was told
 * where people are verified. */
static bool next(struct verify *v, struct range *r, struct answers *all, struct customer room[2])
{
	while (range_next(r)) {
		if (r->damaged ||
		    record_decode(&customer_type, &room[0], r->value.at, r->value.len) != ST_OK)
			continue;
		due_rows(v, all, &room[0], &room[1]);
		return true;
	}
	return false;
}

static void blame_entries(struct verify *v, const struct answers *all)
{
	for (size_t i = 0; i < all->unclear.n; i++)
		verify_fault(v, "entry %" PRId64 ": what was answered about being written to "
			     "cannot be read", all->unclear.at[i]);
}

static void release(struct answers *all)
{
	free(all->row);
	free(all->unclear.at);
}

void verify_consent(struct verify *v)
{
	struct customer *room = mem_alloc(2 * sizeof(*room));
	struct answers all = { 0 };
	struct range r;

	read_answers(v, &all);
	blame_entries(v, &all);
	range_start(&r, v->txn, TABLE_CUSTOMER, NULL);
	r.lenient = true;
	while (next(v, &r, &all, room)) {
		uint64_t faults = v->faults;

		if (is_due(&room[0], &room[1]))
			continue;
		for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
			blame_channel(v, &room[0], &room[1], ch);
		if (v->faults == faults)
			verify_fault(v, "customer %" PRId64 ": consent stands for channels in the "
				     "wrong order or twice", room[0].id);
	}
	range_end(&r);
	free(room);
	release(&all);
}

/* The first of the customers from *id on whose record is wrong, as it should be. */
static bool find_wrong(struct verify *v, struct answers *all, int64_t *id, struct customer room[2])
{
	struct key from = account_key(*id);
	struct range r;
	bool found = false;

	range_start(&r, v->txn, TABLE_CUSTOMER, NULL);
	r.lenient = true;
	range_seek(&r, &from);
	while (!found && next(v, &r, all, room))
		found = !is_due(&room[0], &room[1]);
	range_end(&r);
	*id = room[0].id + 1;
	return found;
}

void rebuild_consent(struct verify *v)
{
	struct customer *room = mem_alloc(2 * sizeof(*room));
	struct answers all = { 0 };
	int64_t id = 1;

	read_answers(v, &all);
	while (txn_status(v->txn) == ST_OK && find_wrong(v, &all, &id, room)) {
		room[0].consent_count = room[1].consent_count;
		memcpy(room[0].consents, room[1].consents, sizeof(room[0].consents));
		customer_put(v->txn, &room[0]);
	}
	free(room);
	release(&all);
}
