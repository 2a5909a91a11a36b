/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/consent.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/text.h"
#include "ledger/verify.h"
#include "shop/customer_index.h"
#include "shop/rule.h"

const char *const consent_channel_names[] = { "sms", "email", "whatsapp", NULL };
const char *const consent_state_names[] = { "not_asked", "yes", "no", NULL };
const char *const consent_how_names[] = {
	"staff", "counter", "import", "merge", "restore", NULL
};

/* What an entry says, as JSON in its rule: {"channel":"sms","state":"yes","how":"counter"}. */
static const struct field said_fields[] = {
	FIELD(1, FIELD_CHOICE, struct consent, channel, .choices = consent_channel_names,
	      .label = "Channel"),
	FIELD(2, FIELD_CHOICE, struct consent, state, .choices = consent_state_names,
	      .label = "State"),
	FIELD(3, FIELD_CHOICE, struct consent, how, .choices = consent_how_names,
	      .label = "How"),
	{ 0 }
};
static const struct record_type said_type = { "consent", sizeof(struct consent), said_fields, 0 };

const char *consent_how_name(int64_t how)
{
	return how >= 0 && how < CONSENT_HOWS ? consent_how_names[how] : "unknown";
}

/* -- what stands -- */

const struct consent *consent_find(const struct customer *c, enum consent_channel ch)
{
	for (uint32_t i = 0; i < c->consent_count; i++)
		if (c->consents[i].channel == (int64_t)ch)
			return &c->consents[i];
	return NULL;
}

static enum consent_state state_of(const struct consent *stands)
{
	if (!stands || (stands->state != CONSENT_YES && stands->state != CONSENT_NO))
		return CONSENT_NOT_ASKED;
	return (enum consent_state)stands->state;
}

enum consent_state consent_of(const struct customer *c, enum consent_channel ch)
{
	return state_of(consent_find(c, ch));
}

bool consent_has_address(const struct customer *c, enum consent_channel ch)
{
	if (ch == CONSENT_EMAIL)
		return c->email_count > 0;
	for (uint32_t i = 0; i < c->phone_count; i++)
		if (c->phones[i].e164 && (c->phones[i].mobile || ch != CONSENT_SMS))
			return true;
	return false;
}

/* -- the rule -- */

static bool is_of_the_shop(const struct consent *stands)
{
	return stands->how == CONSENT_BY_STAFF || stands->how == CONSENT_AT_COUNTER;
}

bool consent_may(const struct consent *stands, enum consent_state wish, enum consent_how how)
{
	if (wish == state_of(stands))
		return false;
	if (how == CONSENT_BY_STAFF || how == CONSENT_AT_COUNTER)
		return true;
	/* Who took a yes back to "not asked" does not want it filled in again. */
	if (wish == CONSENT_YES)
		return !stands;
	return wish == CONSENT_NO && (how != CONSENT_IMPORTED ||
				      state_of(stands) != CONSENT_YES || !is_of_the_shop(stands));
}

/* -- the entry -- */

/* The place of a name; -1: there is none. */
static int64_t place_of(const json_t *said, const char *field, const char *const *names)
{
	const char *name = json_string_value(json_object_get(said, field));

	for (int64_t i = 0; name && names[i]; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

bool consent_of_entry(const struct entry *e, struct consent *out)
{
	json_t *said = e->kind == ENTRY_CONSENT ? json_loads(e->rule, 0, NULL) : NULL;

	*out = (struct consent){
		.channel = place_of(said, "channel", consent_channel_names),
		.state = place_of(said, "state", consent_state_names),
		.how = place_of(said, "how", consent_how_names),
		.since = e->occurred, .seq = e->seq };
	json_decref(said);
	return out->channel >= 0 && out->state >= 0;
}

static enum status read_words(const char *words, struct side *side)
{
	enum status st;

	record_clear(&side_type, side);
	if (!words || !*words)
		return ST_OK;
	st = text_clean(words, strlen(words), side->reason, sizeof(side->reason));
	if (st == ST_FULL)
		return fail(ST_INVALID, "how they said so may take at most %zu bytes",
			    sizeof(side->reason) - 1);
	return st;
}

/* By channel, so that the same answers are the same bytes. */
static enum status put(struct customer *c, const struct consent *said)
{
	uint32_t i = 0;

	while (i < c->consent_count && c->consents[i].channel < said->channel)
		i++;
	if (i == c->consent_count || c->consents[i].channel != said->channel) {
		if (c->consent_count == CONSENT_CHANNELS)
			return fail(ST_CORRUPT, "the record of customer #%" PRId64 " has consent "
				    "for channels that there are not; run: regulars verify",
				    c->id);
		memmove(&c->consents[i + 1], &c->consents[i],
			(c->consent_count - i) * sizeof(*said));
		c->consent_count++;
	}
	c->consents[i] = *said;
	return ST_OK;
}

static enum status post(struct trade *t, const struct consent_change *change,
			struct customer *c, const struct side *side)
{
	struct consent said = { .channel = change->channel, .state = change->state,
				.how = change->how };
	struct entry *e = t->entry;
	enum status st;

	shop_raise_needs(t->txn);
	book_start(&t->book, e, ENTRY_CONSENT, &t->by);
	e->customer = e->subject = c->id;
	if (change->occurred && change->occurred < t->by.now)
		entry_occurred(e, change->occurred);
	st = entry_set_rule(e, &said_type, &said, 0);
	if (st == ST_OK)
		st = book_post(&t->book, e);
	if (st != ST_OK)
		return st;
	side_put(t->txn, e->seq, side);
	said.since = e->occurred;
	said.seq = t->seq = e->seq;
	st = put(c, &said);
	if (st == ST_OK)
		customer_put(t->txn, c);
	return st == ST_OK ? txn_status(t->txn) : st;
}

enum status consent_book(struct trade *t, const struct consent_change *change, bool *changed)
{
	const struct consent *stands;
	struct customer c;
	struct side side;
	enum status st = read_words(change->words, &side);

	assert(change->channel < CONSENT_CHANNELS && change->state < CONSENT_STATES &&
	       change->how < CONSENT_HOWS);
	*changed = false;
	if (st != ST_OK)
		return st;
	if (!customer_get(t->txn, change->customer, &c) || c.erased) {
		if (txn_status(t->txn) != ST_OK)
			return txn_status(t->txn);
		if (c.erased)
			return fail(ST_NOT_FOUND, "customer #%" PRId64 " was erased", c.id);
		return fail(ST_NOT_FOUND, "there is no customer #%" PRId64, change->customer);
	}
	stands = consent_find(&c, change->channel);
	if (stands)
		t->seq = stands->seq;
	if (!consent_may(stands, change->state, change->how))
		return txn_status(t->txn);
	*changed = true;
	return post(t, change, &c, &side);
}

/* -- who wrote it down -- */

/* Of an entry that is damaged and was accepted there is nothing to tell. */
static enum status read_answer(struct txn *txn, struct consent_answer *a, struct entry *e,
			       struct side *side)
{
	enum status st;

	if (!a->said.seq || entry_is_accepted(txn, a->said.seq))
		return txn_status(txn);
	st = journal_read(txn, a->said.seq, e);
	if (st != ST_OK)
		return st;
	memcpy(a->who, e->who, sizeof(a->who));
	if (side_get(txn, a->said.seq, side))
		memcpy(a->words, side->reason, sizeof(a->words));
	return txn_status(txn);
}

enum status consent_answers(struct txn *txn, const struct customer *c,
			    struct consent_answer out[CONSENT_CHANNELS])
{
	struct side *side = mem_alloc(sizeof(*side));
	struct entry *e = entry_new();
	enum status st = ST_OK;

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++) {
		const struct consent *stands = consent_find(c, ch);

		out[ch] = (struct consent_answer){ .said = { .channel = ch } };
		if (stands)
			out[ch].said = *stands;
		if (st == ST_OK)
			st = read_answer(txn, &out[ch], e, side);
	}
	entry_free(e);
	free(side);
	return st;
}

/* -- whole verbs -- */

struct setting {
	const struct consent_changes *all;
	bool any;
	int64_t seq;		/* the newest of the entries that say what stands */
};

static enum status set(struct trade *t, void *arg)
{
	struct setting *s = arg;
	enum status st = ST_OK;
	bool changed;

	s->any = false;
	s->seq = 0;
	for (size_t i = 0; i < s->all->n && st == ST_OK; i++) {
		st = consent_book(t, &s->all->row[i], &changed);
		s->any |= changed;
		s->seq = t->seq > s->seq ? t->seq : s->seq;
		if (s->all->changed)
			s->all->changed[i] = changed;
	}
	t->seq = s->seq;
	return st;
}

static uint64_t content_of(const struct consent_changes *all)
{
	struct buf asked = { 0 };
	uint64_t content;

	for (size_t i = 0; i < all->n; i++) {
		const struct consent_change *c = &all->row[i];

		buf_printf(&asked, "%" PRId64 " %d %d %d %" PRId64 " %s\n", c->customer,
			   (int)c->channel, (int)c->state, (int)c->how, c->occurred,
			   c->words ? c->words : "");
	}
	content = digest_content(asked.at, asked.len);
	buf_release(&asked);
	return content;
}

enum status consent_set_all(struct shop *shop, const struct actor *by,
			    const struct consent_changes *all, struct trade_run *out)
{
	struct setting s = { .all = all };
	enum status st;

	for (size_t i = 0; all->changed && i < all->n; i++)
		all->changed[i] = false;
	*out = (struct trade_run){ .work = set, .arg = &s, .content = content_of(all) };
	st = trade_run(shop, by, out);
	out->repeated |= !s.any;
	return st;
}

enum status consent_set(struct shop *shop, const struct actor *by,
			const struct consent_change *c, struct trade_run *out)
{
	return consent_set_all(shop, by, &(struct consent_changes){ .row = c, .n = 1 }, out);
}
