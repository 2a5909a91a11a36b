/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/importing.h"

#include <string.h>

#include "base/money.h"
#include "shop/verbs.h"

/* A row of a file of customers: somebody new, or something that was not known
 * yet of somebody, and the balance they bring. */

/* -- the opening balance -- */

/* a->amount 0: the row brings none. */
static enum status read_opening(struct importing *im, const char *const field[COLUMNS],
				struct adjustment *a)
{
	const struct programs *all = &im->trade.programs;
	const struct program *p = NULL;

	*a = (struct adjustment){ .reason = "" };
	if (!*field[COLUMN_BALANCE])
		return ST_OK;
	if (money_parse(field[COLUMN_BALANCE], 0, &a->amount) != ST_OK || a->amount < 0)
		return fail(ST_INVALID, "balance: \"%.40s\" is not a number of points or stamps",
			    field[COLUMN_BALANCE]);
	if (!a->amount)
		return ST_OK;
	if (*field[COLUMN_PROGRAM]) {
		p = program_named(all, field[COLUMN_PROGRAM]);
		if (!p)
			return fail(ST_INVALID, "program: %s", status_text());
	} else if (all->n == 1) {
		p = &all->row[0];
	} else if (all->n) {
		return fail(ST_INVALID, "a balance needs a program: name it in a column program");
	} else {
		return fail(ST_INVALID, "a balance needs a program, and there is none: add it with "
			    "regulars program add");
	}
	a->program = p->id;
	return ST_OK;
}

static enum status book_opening(struct importing *im, const struct adjustment *a, bool *changed)
{
	bool repeated = false;
	enum status st = ST_OK;

	if (a->amount)
		st = balance_open_book(&im->trade, a, &repeated);
	if (st == ST_OK && a->amount && !repeated) {
		im->result->openings++;
		*changed = true;
	}
	return st;
}

/* ST_EXISTS: another balance was booked before. */
static enum status check_opening(struct importing *im, const struct adjustment *a)
{
	bool repeated;

	if (!a->amount || !balance_is_open(&im->trade, a))
		return txn_status(im->trade.txn);
	return balance_open_book(&im->trade, a, &repeated);
}

/* -- somebody who is known -- */

static bool fill_texts(struct customer *to, const struct customer *from)
{
	bool differs = false;

	for (const struct field *f = customer_type.fields; f->tag; f++) {
		if (f->type != FIELD_TEXT || (f->flags & FIELD_INTERNAL) ||
		    field_is_empty(f, from))
			continue;
		if (field_is_empty(f, to))
			strcpy(field_at(f, to), field_at(f, from));
		else
			differs |= !field_is_equal(f, to, from);
	}
	return differs;
}

static enum status fill_lists(const struct importing *im, struct customer *to,
			      const struct customer *from)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; i < from->phone_count && st == ST_OK; i++)
		st = customer_add_phone(to, from->phones[i].text, im->shop->settings.country);
	for (uint32_t i = 0; i < from->email_count && st == ST_OK; i++)
		st = customer_add_email(to, from->emails[i].address);
	for (uint32_t i = 0; i < from->card_count && st == ST_OK; i++)
		st = customer_add_card(to, from->cards[i].code);
	for (uint32_t i = 0; i < from->tag_count && st == ST_OK; i++)
		st = customer_add_tag(to, from->tags[i].name);
	return st;
}

static enum status fill_in(struct importing *im, int64_t customer, bool *changed)
{
	struct customer before, after;
	int64_t seq = im->trade.seq;
	bool differs;
	enum status st;

	word_batch_write(&im->words, im->trade.txn);
	if (!customer_get(im->trade.txn, customer, &before))
		return txn_status(im->trade.txn);
	after = before;
	differs = fill_texts(&after, &im->people.candidate);
	st = fill_lists(im, &after, &im->people.candidate);
	if (st == ST_OK)
		st = customer_update(&im->trade, &before, &after);
	if (st != ST_OK)
		return st;
	*changed = im->trade.seq != seq;
	im->result->customers_changed += *changed;
	im->result->customers_differ += differs;
	return ST_OK;
}

static void note_birthday(struct importing *im, long line, const char *text)
{
	if (im->people.birthday_left &&
	    fail(ST_INVALID, "the birthday \"%.40s\" cannot be read and is left out; write it like "
		 "1990-05-27", text) != ST_OK)
		import_note(im->result, line, status_text());
}

/* -- what they said to being written to -- */

static enum consent_state said(const char *text)
{
	static const char *const yes[] = { "yes", "y", "true", "1", "subscribed", NULL };
	static const char *const no[] = { "no", "n", "false", "0", "unsubscribed", NULL };

	for (size_t i = 0; yes[i]; i++)
		if (label_equal(text, yes[i]))
			return CONSENT_YES;
	for (size_t i = 0; no[i]; i++)
		if (label_equal(text, no[i]))
			return CONSENT_NO;
	return CONSENT_NOT_ASKED;
}

enum status import_consents(struct importing *im, int64_t customer,
			    const uint8_t states[CONSENT_CHANNELS], int64_t occurred)
{
	struct consent_change c = { .customer = customer, .how = CONSENT_IMPORTED,
				    .occurred = occurred };
	enum status st = ST_OK;
	bool changed;

	for (size_t i = 0; i < CONSENT_CHANNELS && st == ST_OK && customer > 0; i++) {
		if (states[i] == CONSENT_NOT_ASKED)
			continue;
		word_batch_write(&im->words, im->trade.txn);
		c.channel = (enum consent_channel)i;
		c.state = (enum consent_state)states[i];
		st = consent_book(&im->trade, &c, &changed);
		im->result->consents += st == ST_OK && changed;
	}
	return st;
}

static enum status book_consents(struct importing *im, const struct line_read *line,
				 const char *const field[COLUMNS], int64_t customer)
{
	uint8_t states[CONSENT_CHANNELS];

	memcpy(states, line->consent, sizeof(states));
	for (size_t i = 0; i < CONSENT_CHANNELS && !line->of_till; i++)
		states[i] = (uint8_t)said(field[COLUMN_SMS_CONSENT + i]);
	return import_consents(im, customer, states, 0);
}

enum status import_person(struct importing *im, const struct receipt *r)
{
	const struct line_read *line = &im->batch.lines[r->first];
	const char *field[COLUMNS];
	struct adjustment opening;
	int64_t customer, answers = im->result->consents;
	bool changed = false;
	enum status st;

	batch_fields(&im->batch, line, field);
	st = people_read(im, field, &customer);
	if (st == ST_OK)
		st = read_opening(im, field, &opening);
	opening.customer = customer;
	if (st == ST_OK && customer != PEOPLE_NEW) {
		im->people.gets_code = false;	/* filled in like the rest */
		st = check_opening(im, &opening);
		if (st == ST_OK)
			st = fill_in(im, customer, &changed);
	}
	changed |= customer == PEOPLE_NEW;
	if (st == ST_OK)
		st = people_settle(im, &customer);
	if (st != ST_OK)
		return st;
	opening.customer = customer;
	st = book_opening(im, &opening, &changed);
	if (st == ST_OK)
		st = book_consents(im, line, field, customer);
	if (st != ST_OK)
		return txn_fail(im->trade.txn, st);	/* nothing was to be refused any more */
	changed |= im->result->consents != answers;
	note_left(im, line->line);
	note_birthday(im, line->line, field[COLUMN_BIRTHDAY]);
	im->result->named++;
	im->result->accepted += changed;
	im->result->duplicates += !changed;
	return ST_OK;
}
