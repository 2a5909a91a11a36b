/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/buf.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "shop/shop.h"

/* A command is one row of a table. From the tables come the parser, --help,
 * the man page's list of commands, bash completion and "did you mean", so
 * that none of them can say something else than the program does. */

enum needs {
	NO_SHOP,	/* works without one, or makes one */
	READ_SHOP,
	WRITE_SHOP	/* makes entries: --as and --op count */
};

/* What a command is given, and where it leaves its answer. */
struct run {
	const struct args *args;
	struct shop shop;	/* open, unless the command needs none */
	struct actor by;
	bool json, quiet;
	struct buf out;		/* printed when the command has succeeded, else dropped */
	struct buf below;	/* lines under the sentence of a failure: where it is wrong */
	screens_face *screens;
	int exit;		/* exit status, when it is not what the status says */
};

/* The command line cannot mean anything: exit status 2. Gives ST_INVALID. */
MUST_CHECK enum status wrong_usage(struct run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* EXIT_DONE, EXIT_REFUSED ... */
int exit_status(enum status st);

struct command {
	const char *name, *sub;			/* "sale", "add"; sub "" where there is none */
	const char *summary;			/* "books a sale" */
	const char *operands;			/* "CUSTOMER REWARD", "FILE...", "[DIR]" */
	const struct record_type *record;	/* its fields are flags, but not lists and
						   internal ones */
	const struct field *flags;		/* the others; see FLAG() */
	enum needs needs;
	enum status (*run)(struct run *run);
	const char *details;			/* more lines of help; NULL none */
};

/* Commands that belong together; the table ends with a name NULL. */
struct group {
	const char *title;
	const struct command *commands;
};
extern const struct group command_groups[];	/* ends with a title NULL */

/* The man page of a group is regulars-WORD(1), by the name of its first command. */
const char *group_page(const struct group *g);
/* The group that has a command of this name; NULL none. */
const struct group *group_of(const char *name);

/* A flag is declared as a field of a record is: type, limits, choices, value
 * and help. FLAG_PATH takes any bytes; FLAG_MANY is text and may be repeated. */
#define FLAG(name_, type_, ...) { .tag = 1, .type = (type_), .name = (name_), __VA_ARGS__ }
#define FLAG_TEXT(name_, size_, ...) FLAG(name_, FIELD_TEXT, .size = (size_), __VA_ARGS__)
#define FLAG_PATH(name_, ...) FLAG(name_, FIELD_TEXT, __VA_ARGS__)
#define FLAG_MANY(name_, most_, ...) FLAG(name_, FIELD_LIST, .size = (most_), __VA_ARGS__)

/* All commands, one after the other; NULL after the last. */
const struct command *command_at(size_t i);
/* NULL: there is none. */
const struct command *command_find(const char *name, const char *sub);
/* Is it the first word of commands that have a second one? */
bool command_is_group(const char *name);

/* The i-th flag that a command takes: its own, its record's, then those of
 * every command; NULL after the last. */
const struct field *command_flag(const struct command *c, size_t i);
bool flag_is_global(const struct field *flag);
/* Of those that every command takes. */
const struct field *global_flag(size_t i);

#endif
