/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/consent.h"
#include "cli/context.h"
#include "cli/customers.h"
#include "cli/lookup.h"
#include "cli/out.h"
#include "store/record_text.h"

#define LIST_FLAGS							\
	FLAG_MANY("phone", 4, .value = "PHONE", .help = "a phone number"),	\
	FLAG_MANY("email", 4, .value = "EMAIL", .help = "an email address"),	\
	FLAG_MANY("card", 4, .value = "CODE", .help = "number of a card they carry"),	\
	FLAG_MANY("tag", 16, .help = "a word to find them by")

static const struct field add_flags[] = {
	LIST_FLAGS,
	CONSENT_PHONE_FLAGS,
	FLAG("force", FIELD_BOOL, .help = "add them although somebody like that is there"),
	{ 0 }
};

static const struct field edit_flags[] = { LIST_FLAGS, { 0 } };

/* -- flags that the shop has to read -- */

static enum status read_rows(struct run *run, struct customer *c, const char *flag,
			     enum status (*add)(struct run *, struct customer *, const char *))
{
	const char *text;

	for (size_t i = 0; (text = args_each(run->args, flag, &i));)
		if (*text && add(run, c, text) != ST_OK)
			return wrong_usage(run, "--%s: %s", flag, status_text());
	return ST_OK;
}

static enum status add_phone(struct run *run, struct customer *c, const char *text)
{
	return customer_add_phone(c, text, run->shop.settings.country);
}

static enum status add_email(struct run *run, struct customer *c, const char *text)
{
	(void)run;
	return customer_add_email(c, text);
}

static enum status add_card(struct run *run, struct customer *c, const char *text)
{
	(void)run;
	return customer_add_card(c, text);
}

static enum status add_tag(struct run *run, struct customer *c, const char *text)
{
	(void)run;
	return customer_add_tag(c, text);
}

/* What is given replaces what was there. */
static enum status read_fields(struct run *run, struct customer *c)
{
	const struct args *a = run->args;
	enum status st;

	args_apply(a, c);
	c->phone_count = args_has(a, "phone") ? 0 : c->phone_count;
	c->email_count = args_has(a, "email") ? 0 : c->email_count;
	c->card_count = args_has(a, "card") ? 0 : c->card_count;
	c->tag_count = args_has(a, "tag") ? 0 : c->tag_count;
	st = read_rows(run, c, "phone", add_phone);
	if (st == ST_OK)
		st = read_rows(run, c, "email", add_email);
	if (st == ST_OK)
		st = read_rows(run, c, "card", add_card);
	if (st == ST_OK)
		st = read_rows(run, c, "tag", add_tag);
	if (st == ST_OK && customer_set_birthday(c, c->birthday) != ST_OK)
		st = wrong_usage(run, "--birthday: %s", status_text());
	return st;
}

/* What they said when they were asked. */
static void read_consent(const struct run *run, struct customer *c)
{
	enum consent_state state;

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		if (ch != CONSENT_EMAIL && consent_flag(run->args, ch, &state))
			c->consents[c->consent_count++] =
				(struct consent){ .channel = ch, .state = state };
}

/* -- commands -- */

static const char *title(const struct customer *c, char room[CUSTOMER_TITLE])
{
	customer_title(c, room);
	return room;
}

/* A number that is none here is kept, never a wall. */
static void say_doubtful(struct run *run, const struct customer *c)
{
	for (uint32_t i = 0; i < c->phone_count; i++)
		if (!c->phones[i].e164)
			out_done(run, "%s cannot be verified as a phone here: it is kept, and "
				 "cannot be texted.", c->phones[i].text);
}

static enum status like_nobody(struct txn *txn, void *arg)
{
	return customer_is_new(txn, arg);
}

static enum status run_add(struct run *run)
{
	struct customer *c = mem_alloc(sizeof(*c));
	struct customer_addition a = { c, args_yes(run->args, "force"), false };
	char name[CUSTOMER_TITLE];
	enum status st = take_name(run, c);

	if (st == ST_OK)
		st = read_fields(run, c);
	read_consent(run, c);
	if (st == ST_OK)
		st = customer_add_once(&run->shop, &run->by, &a);
	if (st == ST_EXISTS && store_read(run->shop.store, like_nobody, c) == ST_EXISTS)
		st = fail(st, "%s; if this is somebody else, add them with --force",
			  status_text());
	if (st == ST_OK && run->json)
		st = customer_print(run, c->id, &a.repeated);
	else if (st == ST_OK) {
		out_done(run, "%s is in the book.", title(c, name));
		say_doubtful(run, c);
	}
	free(c);
	return st;
}

static enum status run_edit(struct run *run)
{
	struct customer *c = mem_alloc(sizeof(*c));
	char name[CUSTOMER_TITLE];
	enum status st = find_customer(run, args_operand(run->args, 0), &c->id);

	if (st == ST_OK)
		st = read_customer(run, c->id, c);
	if (st == ST_OK)
		st = read_fields(run, c);
	if (st == ST_OK)
		st = customer_edit(&run->shop, &run->by, c);
	if (st == ST_OK && run->json)
		st = customer_print(run, c->id, NULL);
	else if (st == ST_OK)
		out_done(run, "%s is changed.", title(c, name));
	free(c);
	return st;
}

static enum status run_erase(struct run *run)
{
	int64_t id;
	enum status st = find_customer(run, args_operand(run->args, 0), &id);

	if (st == ST_OK)
		st = customer_erase(&run->shop, &run->by, id);
	if (st == ST_OK && run->json)
		out_json(run, json_pack("{s:I,s:b}", "id", (json_int_t)id, "erased", 1));
	else if (st == ST_OK)
		out_done(run, "Everything personal of customer #%" PRId64 " is erased; their sales "
			 "stay in the book without a name.", id);
	return st;
}

const struct command customer_commands[] = {
	{ "customer", "add", "adds a person to the book", "[NAME]",
	  .record = &customer_type, .flags = add_flags, .needs = WRITE_SHOP, .run = run_add },
	{ "customer", "show", "shows one person and how they stand", "CUSTOMER",
	  .needs = READ_SHOP, .run = customer_show },
	{ "customer", "find", "finds people by name in any script, phone, card or code",
	  "WORDS...", .flags = customer_find_flags, .needs = READ_SHOP, .run = customer_find_run },
	{ "customer", "edit", "changes what is given and leaves the rest", "CUSTOMER",
	  .record = &customer_type, .flags = edit_flags, .needs = WRITE_SHOP, .run = run_edit },
	{ "customer", "list", "lists everybody", "",
	  .flags = customer_list_flags, .needs = READ_SHOP, .run = customer_list },
	{ "customer", "erase", "blanks everything personal; the ledger stays", "CUSTOMER",
	  .needs = WRITE_SHOP, .run = run_erase },
	{ "customer", "merge", "makes one of two: what FROM has goes to INTO", "FROM INTO",
	  .flags = customer_merge_flags, .needs = WRITE_SHOP, .run = customer_merge_run },
	{ "customer", "export", "prints all that the book has of one person, as JSON", "CUSTOMER",
	  .needs = READ_SHOP, .run = customer_export },
	{ .name = NULL }
};
