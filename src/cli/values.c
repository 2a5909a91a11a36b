/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/command.h"
#include "store/record_text.h"

enum { MANY_SIZE = 2000 };

static enum status take_value(struct given *g, int decimals)
{
	char name[FLAG_NAME];
	struct field_reading how = { name, decimals };
	struct field alone = *g->flag;

	flag_name(g->flag, name);
	/* An empty value clears a field; where none is cleared it is a slip of a
	 * script, and "all of it" would be the dangerous reading. */
	if (g->raw && !*g->raw && !g->of_record)
		return fail(ST_INVALID, "%s is given and says nothing; leave it out, or give it a "
			    "value", name);
	if (alone.type == FIELD_TEXT && !alone.size) {
		g->value = mem_text(g->raw);
		return ST_OK;
	}
	if (alone.type == FIELD_LIST) {
		alone.type = FIELD_TEXT;
		alone.size = MANY_SIZE;
	}
	alone.offset = 0;
	g->value = mem_alloc(alone.size > sizeof(int64_t) ? alone.size : sizeof(int64_t));
	return field_parse(&alone, g->value, g->raw ? g->raw : "yes", &how);
}

/* Names of files are taken as they are, all else is cleaned. */
static enum status take_operand(const char *raw, const struct operand *o, char **out)
{
	char clean[MANY_SIZE];
	enum status st;

	if (!strcmp(o->name, "FILE") || !strcmp(o->name, "DIR")) {
		*out = mem_text(raw);
		return ST_OK;
	}
	st = text_clean(raw, strlen(raw), clean, sizeof(clean));
	if (st != ST_OK)
		return fail(ST_INVALID, "%s: %s", o->name, status_text());
	*out = mem_text(clean);
	return ST_OK;
}

enum status args_take(struct args *a, int decimals)
{
	const char *at = a->command->operands;
	struct operand o = { .many = false };
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < a->given_count; i++)
		st = take_value(&a->given[i], decimals);
	for (size_t i = 0; st == ST_OK && i < a->operand_count; i++) {
		if (!o.many)
			operand_next(&at, &o);
		st = take_operand(a->words[i], &o, &a->operands[i]);
	}
	return st;
}

void args_release(struct args *a)
{
	for (size_t i = 0; i < a->given_count; i++)
		free(a->given[i].value);
	for (size_t i = 0; i < a->operand_count; i++)
		free(a->operands[i]);
	free(a->given);
	free(a->operands);
	free(a->words);
	*a = (struct args){ 0 };
}

/* -- asking -- */

static bool has_flag(const struct args *a, const char *name)
{
	const struct field *flag;

	for (size_t i = 0; (flag = command_flag(a->command, i)); i++)
		if (flag_is_called(flag, name))
			return true;
	return false;
}

static const struct given *find(const struct args *a, const char *name)
{
	assert(!a->command || has_flag(a, name));
	for (size_t i = 0; i < a->given_count; i++)
		if (flag_is_called(a->given[i].flag, name))
			return &a->given[i];
	return NULL;
}

bool args_has(const struct args *a, const char *name)
{
	return find(a, name) != NULL;
}

const char *args_text(const struct args *a, const char *name)
{
	const struct given *g = find(a, name);

	assert(!g || g->flag->type == FIELD_TEXT);
	return g && g->value ? g->value : "";
}

const char *args_raw(const struct args *a, const char *name)
{
	const struct given *g = find(a, name);

	return g ? g->raw : NULL;
}

int64_t args_number(const struct args *a, const char *name)
{
	const struct given *g = find(a, name);

	assert(!g || (g->flag->type != FIELD_TEXT && g->flag->type != FIELD_BOOL));
	return g && g->value ? *(const int64_t *)g->value : 0;
}

bool args_yes(const struct args *a, const char *name)
{
	const struct given *g = find(a, name);

	assert(!g || g->flag->type == FIELD_BOOL);
	return g && g->value && *(const bool *)g->value;
}

const char *args_each(const struct args *a, const char *name, size_t *i)
{
	assert(has_flag(a, name));
	while (*i < a->given_count) {
		const struct given *g = &a->given[(*i)++];

		if (flag_is_called(g->flag, name))
			return g->value;
	}
	return NULL;
}

const char *args_operand(const struct args *a, size_t i)
{
	return i < a->operand_count && a->operands[i] ? a->operands[i] : "";
}

void args_apply(const struct args *a, void *rec)
{
	for (size_t i = 0; i < a->given_count; i++) {
		const struct given *g = &a->given[i];

		if (g->of_record)
			memcpy(field_at(g->flag, rec), g->value, g->flag->size);
	}
}

bool args_has_fields(const struct args *a)
{
	for (size_t i = 0; i < a->given_count; i++)
		if (a->given[i].of_record)
			return true;
	return false;
}
