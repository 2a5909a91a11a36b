/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/request.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/command.h"
#include "store/record_text.h"

/* What a till may do; all else is for people and their own shells. */
static const struct verb {
	const char *name, *command, *sub;
} verbs[] = {
	{ "find", "customer", "find" },
	{ "show", "customer", "show" },
	{ "customer_add", "customer", "add" },
	{ "consent", "consent", "" },
	{ "sale", "sale", "add" },
	{ "receipt", "sale", "show" },
	{ "refund", "sale", "refund" },
	{ "claim", "reward", "claim" },
	{ "undo", "undo", "" },
	{ "ping", NULL, NULL },
	{ NULL, NULL, NULL }
};

enum { NAMES = 128 };

const char *request_verb(size_t i, const struct command **command)
{
	const struct verb *v = &verbs[i];

	*command = v->command ? command_find(v->command, v->sub) : NULL;
	return v->name;
}

/* -- names -- */

/* Operands are called as usage writes them, in small letters. */
static void operand_field(const struct operand *o, char name[OPERAND_NAME])
{
	size_t i = 0;

	for (; o->name[i]; i++)
		name[i] = (char)tolower((unsigned char)o->name[i]);
	name[i] = '\0';
}

static bool is_operand(const struct command *c, const char *key)
{
	const char *at = c->operands;
	char name[OPERAND_NAME];
	struct operand o;

	while (operand_next(&at, &o)) {
		operand_field(&o, name);
		if (!strcmp(name, key))
			return true;
	}
	return false;
}

/* Those of every command say who and where, which is not for a till to say. */
static const struct field *flag_called(const struct command *c, const char *key)
{
	const struct field *flag;

	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++)
		if (!strcmp(flag->name, key))
			return flag;
	return NULL;
}

static enum status unknown_verb(const char *word)
{
	const char *names[sizeof(verbs) / sizeof(verbs[0])], *meant;
	struct buf all = { 0 };
	enum status st;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		names[i] = verbs[i].name;
		if (names[i])
			buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
	}
	meant = name_meant(word, names);
	st = meant ? fail(ST_INVALID, "there is no \"do\": \"%.40s\"; did you mean %s?", word,
			  meant) :
		     fail(ST_INVALID, "there is no \"do\": \"%.40s\"; there is %s", word, all.at);
	buf_release(&all);
	return st;
}

static enum status unknown_field(const struct request *r, const char *key)
{
	char operand[4][OPERAND_NAME];
	const char *names[NAMES], *at = r->command->operands, *meant;
	const struct field *flag;
	struct operand o;
	size_t n = 0;

	for (; n < 4 && operand_next(&at, &o); n++) {
		operand_field(&o, operand[n]);
		names[n] = operand[n];
	}
	for (size_t i = 0; (flag = command_flag(r->command, i)) && !flag_is_global(flag); i++) {
		assert(n < NAMES - 1);
		names[n++] = flag->name;
	}
	names[n] = NULL;
	meant = name_meant(key, names);
	if (meant)
		return fail(ST_INVALID, "%s has no field \"%.40s\"; did you mean \"%s\"?", r->verb,
			    key, meant);
	return fail(ST_INVALID, "%s has no field \"%.40s\"; its fields are the operands and flags "
		    "of: regulars %s %s --help", r->verb, key, r->command->name, r->command->sub);
}

/* -- values -- */

static void end_word(struct request *r)
{
	buf_add(&r->text, "", 1);
	r->count++;
}

static enum status wrong_value(const char *key, const struct field *flag)
{
	switch (flag ? flag->type : FIELD_TEXT) {
	case FIELD_MONEY:
		return fail(ST_INVALID, "\"%s\" is an amount, which is written as a string: "
			    "\"12.50\"; numbers in JSON may be rounded on their way", key);
	case FIELD_INT:
		return fail(ST_INVALID, "\"%s\" is a whole number", key);
	case FIELD_BOOL:
		return fail(ST_INVALID, "\"%s\" is true or false", key);
	case FIELD_LIST:
		return fail(ST_INVALID, "\"%s\" is a string or a list of strings", key);
	default:
		return fail(ST_INVALID, "\"%s\" is written as a string: \"...\"", key);
	}
}

static enum status add_value(struct request *r, const struct field *flag, const char *key,
			     const json_t *value)
{
	enum field_type type = flag ? flag->type : FIELD_TEXT;

	if (json_is_string(value))
		buf_text(&r->text, json_string_value(value));
	else if (json_is_integer(value) && !strcmp(key, "customer"))
		buf_printf(&r->text, "#%" PRId64, (int64_t)json_integer_value(value));
	else if (json_is_integer(value) && type == FIELD_INT)
		buf_printf(&r->text, "%" PRId64, (int64_t)json_integer_value(value));
	else if (json_is_boolean(value) && type == FIELD_BOOL)
		buf_text(&r->text, json_is_true(value) ? "yes" : "no");
	else
		return wrong_value(key, flag);
	end_word(r);
	return ST_OK;
}

static enum status add_flag(struct request *r, const struct field *flag, const json_t *value)
{
	char name[FLAG_NAME];

	flag_name(flag, name);
	buf_printf(&r->text, "%s=", name);
	return add_value(r, flag, flag->name, value);
}

static enum status add_field(struct request *r, const char *key, const json_t *value)
{
	const struct field *flag;
	enum status st = ST_OK;
	size_t i;
	json_t *row;

	if (!strcmp(key, "op") || !strcmp(key, "do") || json_is_null(value))
		return ST_OK;
	if (!r->command)
		return fail(ST_INVALID, "%s has no fields but op", r->verb);
	if (is_operand(r->command, key))
		return ST_OK;
	flag = flag_called(r->command, key);
	if (!flag)
		return unknown_field(r, key);
	if (flag->type != FIELD_LIST || !json_is_array(value))
		return add_flag(r, flag, value);
	json_array_foreach(value, i, row)
		if (st == ST_OK)
			st = add_flag(r, flag, row);
	return st;
}

/* In the order in which the command takes them. */
static enum status add_operands(struct request *r)
{
	const char *at = r->command->operands;
	char name[OPERAND_NAME];
	struct operand o;
	enum status st = ST_OK;

	buf_text(&r->text, "--");
	end_word(r);
	while (st == ST_OK && operand_next(&at, &o)) {
		const json_t *value;

		operand_field(&o, name);
		value = json_object_get(r->json, name);
		if (value && !json_is_null(value))
			st = add_value(r, NULL, name, value);
		else if (!o.optional)
			st = fail(ST_INVALID, "\"%s\" is missing", name);
	}
	return st;
}

/* -- the whole line -- */

static enum status read_text(struct request *r, const char *key, const char **out)
{
	const json_t *value = json_object_get(r->json, key);

	*out = "";
	if (!value || json_is_null(value))
		return ST_OK;
	if (!json_is_string(value) || !*json_string_value(value))
		return fail(ST_INVALID, "\"%s\" is written as a string: \"...\"", key);
	*out = json_string_value(value);
	return ST_OK;
}

static enum status read_verb(struct request *r)
{
	size_t i = 0;

	if (!*r->verb)
		return fail(ST_INVALID, "the line does not say what to do: {\"do\": \"sale\", "
			    "...}");
	while (verbs[i].name && strcmp(verbs[i].name, r->verb))
		i++;
	if (!verbs[i].name)
		return unknown_verb(r->verb);
	request_verb(i, &r->command);
	if (r->command && r->command->needs == WRITE_SHOP && !*r->op)
		return fail(ST_INVALID, "\"op\" is missing: a name for this operation that is used "
			    "once and never again; when the answer is lost, the same line may then "
			    "be sent once more");
	return ST_OK;
}

static enum status read_line(struct request *r, const char *line, size_t len)
{
	json_error_t error;
	enum status st;

	r->json = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
	if (!r->json)
		return fail(ST_INVALID, "the line is not JSON: %s (column %d)", error.text,
			    error.column);
	if (!json_is_object(r->json))
		return fail(ST_INVALID, "a request is an object: {\"op\": ..., \"do\": ...}");
	st = read_text(r, "op", &r->op);
	if (st == ST_OK)
		st = read_text(r, "do", &r->verb);
	return st == ST_OK ? read_verb(r) : st;
}

static enum status read_fields(struct request *r)
{
	const char *key;
	json_t *value;
	enum status st = ST_OK;

	json_object_foreach(r->json, key, value)
		if (st == ST_OK)
			st = add_field(r, key, value);
	return st == ST_OK && r->command ? add_operands(r) : st;
}

static void add_words(struct request *r)
{
	const struct command *c = r->command;
	const char *const name[] = { "regulars", c ? c->name : "", c ? c->sub : "" };

	for (size_t i = 0; i < 3; i++) {
		if (!*name[i])
			continue;
		buf_text(&r->text, name[i]);
		end_word(r);
	}
	if (!*r->op)
		return;
	buf_printf(&r->text, "--op=%s", r->op);
	end_word(r);
}

/* The text has ceased to move. */
static void point_at_words(struct request *r)
{
	char *at = r->text.at;

	r->word = mem_alloc((size_t)(r->count + 1) * sizeof(*r->word));
	for (int i = 0; i < r->count; i++, at += strlen(at) + 1)
		r->word[i] = at;
}

enum status request_read(const char *line, size_t len, struct request *r)
{
	enum status st;

	*r = (struct request){ .op = "", .verb = "" };
	st = read_line(r, line, len);
	if (st != ST_OK)
		return st;
	add_words(r);
	st = read_fields(r);
	if (st == ST_OK)
		point_at_words(r);
	return st;
}

void request_release(struct request *r)
{
	json_decref(r->json);
	buf_release(&r->text);
	free(r->word);
	*r = (struct request){ .op = "", .verb = "" };
}

/* -- what is said of it -- */

/* The flag that a sentence names here, in so many bytes. */
static const struct field *flag_named(const struct command *c, const char *at, size_t *len)
{
	const struct field *flag;
	char name[FLAG_NAME];

	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++) {
		flag_name(flag, name);
		*len = strlen(name);
		if (!strncmp(at, name, *len) && !isalnum((unsigned char)at[*len]) &&
		    at[*len] != '-')
			return flag;
	}
	return NULL;
}

void request_sentence(const struct request *r, const char *sentence, struct buf *out)
{
	const char *shell = strstr(sentence, "regulars ");
	size_t len = 1;

	for (const char *at = sentence; *at; at += len) {
		const struct field *flag = NULL;

		if (*at == '-' && r->command && (!shell || at < shell))
			flag = flag_named(r->command, at, &len);
		if (flag)
			buf_printf(out, "\"%s\"", flag->name);
		else
			buf_add(out, at, len = 1);
	}
}
