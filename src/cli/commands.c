/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <string.h>

#include "cli/groups.h"

const struct group command_groups[] = {
	{ "The shop", shop_commands },
	{ "Trying it out", demo_commands },
	{ "Customers", customer_commands },
	{ "Consent", consent_commands },
	{ "Segments", segment_commands },
	{ "Sales", sale_commands },
	{ "Items", item_commands },
	{ "Programs", program_commands },
	{ "Rewards", reward_commands },
	{ "Balances", balance_commands },
	{ "Why", explain_commands },
	{ "Files in", import_commands },
	{ "Folders", watch_commands },
	{ "Files out", export_commands },
	{ "Tills", pipe_commands },
	{ "Reports", report_commands },
	{ "The journal", journal_commands },
	{ "The store", verify_commands },
	{ "Copies of the shop", backup_commands },
	{ "The machine", doctor_commands },
	{ "The program", help_commands },
	{ NULL, NULL }
};

static const struct field global_flags[] = {
	FLAG_PATH("shop", .value = "DIR", .help = "the shop's folder; else $REGULARS_SHOP, else "
		  "regulars/shop in $XDG_DATA_HOME"),
	FLAG("json", FIELD_BOOL, .help = "print one JSON document"),
	FLAG("quiet", FIELD_BOOL, .help = "say nothing when all is well"),
	FLAG_TEXT("as", WHO_SIZE, .value = "STAFF", .help = "who does this; else the Unix user"),
	FLAG_TEXT("op", 200, .value = "ID", .help = "name the operation: repeated with the same "
		  "ID, nothing happens twice"),
	FLAG("help", FIELD_BOOL, .help = "explain the command"),
	FLAG("version", FIELD_BOOL, .help = "print the version"),
	{ 0 }
};

const struct command *command_at(size_t i)
{
	for (const struct group *g = command_groups; g->title; g++)
		for (const struct command *c = g->commands; c->name; c++)
			if (!i--)
				return c;
	return NULL;
}

const struct command *command_find(const char *name, const char *sub)
{
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		if (!strcmp(c->name, name) && !strcmp(c->sub, sub))
			return c;
	return NULL;
}

const char *group_page(const struct group *g)
{
	return g->commands[0].name;
}

const struct group *group_of(const char *name)
{
	for (const struct group *g = command_groups; g->title; g++)
		for (const struct command *c = g->commands; c->name; c++)
			if (!strcmp(c->name, name))
				return g;
	return NULL;
}

bool command_is_group(const char *name)
{
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		if (!strcmp(c->name, name) && *c->sub)
			return true;
	return false;
}

const struct field *global_flag(size_t i)
{
	return i < sizeof(global_flags) / sizeof(global_flags[0]) - 1 ? &global_flags[i] : NULL;
}

bool flag_is_global(const struct field *flag)
{
	return flag >= global_flags &&
	       flag < global_flags + sizeof(global_flags) / sizeof(global_flags[0]);
}

/* A command's own flag stands before its record's field of the same name. */
static bool is_shadowed(const struct command *c, const struct field *field)
{
	for (const struct field *flag = c->flags; flag && flag->tag; flag++)
		if (!strcmp(flag->name, field->name))
			return true;
	return false;
}

const struct field *command_flag(const struct command *c, size_t i)
{
	for (const struct field *flag = c->flags; flag && flag->tag; flag++)
		if (!i--)
			return flag;
	for (const struct field *f = c->record ? c->record->fields : NULL; f && f->tag; f++) {
		if (f->type == FIELD_LIST || (f->flags & FIELD_INTERNAL) || is_shadowed(c, f))
			continue;
		if (!i--)
			return f;
	}
	return global_flag(i);
}
