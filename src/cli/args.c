/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/args.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "cli/command.h"
#include "cli/help.h"
#include "store/record_text.h"

enum { NAMES = 256 };

struct reader {
	struct args *args;
	char **word, **end;
	bool flags_ended;
};

/* -- names -- */

bool flag_is_called(const struct field *flag, const char *word)
{
	const char *name = flag->name;

	for (; *name && *word; name++, word++)
		if (*name != *word && !(*name == '_' && *word == '-'))
			return false;
	return *name == *word;
}

void flag_name(const struct field *flag, char out[FLAG_NAME])
{
	snprintf(out, FLAG_NAME, "--%s", flag->name);
	for (char *p = out; *p; p++)
		if (*p == '_')
			*p = '-';
}

static const struct field *flag_find(const struct command *c, const char *name)
{
	const struct field *flag;

	for (size_t i = 0; (flag = c ? command_flag(c, i) : global_flag(i)); i++)
		if (flag_is_called(flag, name))
			return flag;
	return NULL;
}

/* -- what is not there, and what it was likely meant to be -- */

static enum status unknown_flag(const struct command *c, const char *word)
{
	const char *names[NAMES], *meant;
	const struct field *flag;
	char name[FLAG_NAME];
	size_t n = 0;

	for (size_t i = 0; (flag = c ? command_flag(c, i) : global_flag(i)); i++) {
		assert(n < NAMES - 1);
		names[n++] = flag->name;
	}
	names[n] = NULL;
	snprintf(name, sizeof(name), "%s", word);
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	meant = name_meant(name, names);
	if (meant) {
		flag_name(flag_find(c, meant), name);
		return fail(ST_INVALID, "there is no flag --%s; did you mean %s?", word, name);
	}
	if (!c)
		return fail(ST_INVALID, "--%s is not a flag of every command; a command's own "
			    "flags stand behind its name", word);
	return fail(ST_INVALID, "%s%s%s has no flag --%s", c->name, *c->sub ? " " : "", c->sub,
		    word);
}

static enum status unknown_command(const char *word)
{
	const char *names[NAMES], *meant;
	const struct command *c;
	size_t n = 0;

	for (size_t i = 0; (c = command_at(i)); i++) {
		assert(n < NAMES - 1);
		names[n++] = c->name;
	}
	names[n] = NULL;
	meant = name_meant(word, names);
	if (meant)
		return fail(ST_INVALID, "there is no command \"%s\"; did you mean %s?", word,
			    meant);
	return fail(ST_INVALID, "there is no command \"%s\"; regulars help lists them", word);
}

static enum status unknown_sub(const char *group, const char *word)
{
	const char *names[NAMES], *meant;
	const struct command *c;
	struct buf all = { 0 };
	size_t n = 0;
	enum status st;

	for (size_t i = 0; (c = command_at(i)); i++) {
		if (strcmp(c->name, group))
			continue;
		buf_printf(&all, "%s%s", n ? ", " : "", c->sub);
		names[n++] = c->sub;
	}
	names[n] = NULL;
	meant = name_meant(word, names);
	st = meant ? fail(ST_INVALID, "there is no command \"%s %s\"; did you mean %s %s?",
			  group, word, group, meant) :
		     fail(ST_INVALID, "there is no command \"%s %s\"; behind %s stands one of: %s",
			  group, word, group, all.at);
	buf_release(&all);
	return st;
}

/* -- words -- */

static enum status add_given(struct args *a, const struct field *flag, const char *raw)
{
	struct given *g = &a->given[a->given_count];
	char name[FLAG_NAME];
	size_t times = 0;

	flag_name(flag, name);
	for (size_t i = 0; i < a->given_count; i++)
		times += a->given[i].flag == flag;
	if (times && flag->type != FIELD_LIST)
		return fail(ST_INVALID, "%s is given twice", name);
	if (times && times >= flag->size)
		return fail(ST_INVALID, "%s may be given at most %zu times", name, flag->size);
	*g = (struct given){ .flag = flag, .raw = raw };
	g->of_record = a->command && a->command->record &&
		       record_field(a->command->record, flag->name) == flag;
	a->given_count++;
	return ST_OK;
}

/* A value that looks like a flag is a forgotten one; "--flag=--value" says it
 * is meant. */
static enum status read_value(struct reader *r, const struct field *flag, const char *value)
{
	struct buf takes = { 0 };
	char name[FLAG_NAME];
	enum status st;

	if (!value && flag->type != FIELD_BOOL && r->word + 1 < r->end &&
	    strncmp(r->word[1], "--", 2))
		value = *++r->word;
	if (value || flag->type == FIELD_BOOL)
		return add_given(r->args, flag, value);
	flag_name(flag, name);
	field_value_text(flag, &takes);
	st = fail(ST_INVALID, "%s needs a value: %s %s", name, name, takes.at);
	buf_release(&takes);
	return st;
}

static enum status read_flag(struct reader *r)
{
	const char *word = *r->word + 2, *equals = strchr(word, '=');
	const struct field *flag;
	char name[FLAG_NAME];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	flag = flag_find(r->args->command, name);
	if (!flag)
		return unknown_flag(r->args->command, name);
	return read_value(r, flag, equals ? equals + 1 : NULL);
}

/* The two that everybody expects to have a letter. */
static const struct field *short_flag(const struct args *a, const char *word)
{
	if (!strcmp(word, "-h"))
		return flag_find(NULL, "help");
	return a->command && !strcmp(word, "-o") ? flag_find(a->command, "output") : NULL;
}

static enum status read_name(struct args *a, const char *word)
{
	if (a->group) {
		a->command = command_find(a->group, word);
		return a->command ? ST_OK : unknown_sub(a->group, word);
	}
	a->command = command_find(word, "");
	if (a->command)
		return ST_OK;
	if (!command_is_group(word))
		return unknown_command(word);
	a->group = word;
	return ST_OK;
}

static enum status read_word(struct reader *r)
{
	struct args *a = r->args;
	const struct field *letter = r->flags_ended ? NULL : short_flag(a, *r->word);
	char *word = *r->word;

	if (!r->flags_ended && !strcmp(word, "--")) {
		r->flags_ended = true;
		return ST_OK;
	}
	if (!r->flags_ended && !strncmp(word, "--", 2))
		return read_flag(r);
	if (letter)
		return read_value(r, letter, NULL);
	if (!r->flags_ended && word[0] == '-' && word[1])
		return fail(ST_INVALID, "there is no flag %s; flags begin with two dashes, and "
			    "words that begin with one stand behind --", word);
	if (!a->command)
		return read_name(a, word);
	a->words[a->operand_count++] = word;
	return ST_OK;
}

/* -- operands -- */

bool operand_next(const char **at, struct operand *o)
{
	size_t len = strcspn(*at, " ");
	const char *word = *at;

	if (!len)
		return false;
	*at += len + ((*at)[len] == ' ');
	o->optional = *word == '[';
	o->many = memmem(word, len, "...", 3) != NULL;
	word += o->optional;
	len = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	snprintf(o->name, sizeof(o->name), "%.*s", (int)len, word);
	return true;
}

static enum status wrong_operands(const struct command *c, bool missing, const char *word)
{
	struct buf usage = { 0 };
	enum status st;

	help_usage(c, &usage);
	st = missing ? fail(ST_INVALID, "%s is missing: %s", word, usage.at) :
		       fail(ST_INVALID, "\"%s\" is one word too many: %s; a name of several words "
			    "stands in quotes", word, usage.at);
	buf_release(&usage);
	return st;
}

static enum status check_operands(const struct args *a)
{
	const char *at = a->command->operands;
	struct operand o;
	size_t n = 0;

	for (; operand_next(&at, &o); n++) {
		if (n >= a->operand_count && !o.optional)
			return wrong_operands(a->command, true, o.name);
		if (o.many)
			return ST_OK;
	}
	return a->operand_count <= n ? ST_OK : wrong_operands(a->command, false, a->words[n]);
}

enum status args_read(struct args *a, int argc, char **argv)
{
	struct reader r = { a, argv + 1, argv + argc, false };
	enum status st = ST_OK;

	*a = (struct args){ 0 };
	a->words = mem_alloc((size_t)argc * sizeof(*a->words));
	a->operands = mem_alloc((size_t)argc * sizeof(*a->operands));
	a->given = mem_alloc((size_t)argc * sizeof(*a->given));
	for (; st == ST_OK && r.word < r.end; r.word++)
		st = read_word(&r);
	if (st == ST_OK && a->command && !args_has(a, "help"))
		st = check_operands(a);
	return st;
}
