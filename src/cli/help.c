/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/groups.h"
#include "cli/out.h"
#include "store/record_text.h"

enum { LEFT = 27, WIDTH = 80 };

/* 'left' and behind it 'right', which is broken into lines in its column. */
static void add_pair(struct buf *out, const char *left, const char *right)
{
	size_t column = strlen(left) + 2;

	buf_printf(out, "  %s", left);
	if (column > LEFT - 2) {
		buf_text(out, "\n");
		column = 0;
	}
	buf_printf(out, "%*s", LEFT - (int)column, "");
	for (column = LEFT; *right; right += strspn(right, " ")) {
		size_t word = strcspn(right, " ");

		if (column > LEFT && column + 1 + word > WIDTH) {
			buf_printf(out, "\n%*s", LEFT, "");
			column = LEFT;
		}
		buf_text(out, column > LEFT ? " " : "");
		column += word + (column > LEFT);
		buf_add(out, right, word);
		right += word;
	}
	buf_text(out, "\n");
}

static void add_flag(struct buf *out, const struct field *flag)
{
	struct buf left = { 0 }, right = { 0 }, limits = { 0 };
	char name[FLAG_NAME];

	flag_name(flag, name);
	buf_text(&left, name);
	if (flag->type != FIELD_BOOL) {
		buf_text(&left, " ");
		field_value_text(flag, &left);
	}
	buf_text(&right, flag->help ? flag->help : "");
	if ((flag->least || (flag->most && flag->most <= 100000)) &&
	    field_limits_text(flag, 2, &limits))
		buf_printf(&right, " (%s)", limits.at);
	if (flag->type == FIELD_LIST)
		buf_text(&right, " (may be repeated)");
	add_pair(out, left.at, right.at);
	buf_release(&left);
	buf_release(&right);
	buf_release(&limits);
}

void help_usage(const struct command *c, struct buf *out)
{
	buf_printf(out, "regulars %s%s%s%s%s", c->name, *c->sub ? " " : "", c->sub,
		   *c->operands ? " " : "", c->operands);
}

static void add_summary(struct buf *out, const struct command *c)
{
	struct buf usage = { 0 };

	help_usage(c, &usage);
	add_pair(out, usage.at + strlen("regulars "), c->summary);
	buf_release(&usage);
}

void help_all(struct buf *out)
{
	buf_text(out, "regulars: the loyalty ledger and customer book of a small shop\n\n"
		 "Usage: regulars COMMAND [FLAG...]\n");
	for (const struct group *g = command_groups; g->title; g++) {
		buf_printf(out, "\n%s\n", g->title);
		for (const struct command *c = g->commands; c->name; c++)
			add_summary(out, c);
	}
	buf_text(out, "\nFlags of every command\n");
	for (size_t i = 0; global_flag(i); i++)
		add_flag(out, global_flag(i));
	buf_text(out, "\nTopics: regulars help TOPIC\n");
	for (const struct topic *t = topics; t->name; t++)
		add_pair(out, t->name, t->summary);
}

void help_group(const char *name, struct buf *out)
{
	const struct command *c;

	buf_printf(out, "Usage: regulars %s COMMAND [FLAG...]\n\n", name);
	for (size_t i = 0; (c = command_at(i)); i++)
		if (!strcmp(c->name, name))
			add_summary(out, c);
	buf_printf(out, "\nregulars help %s COMMAND explains one.\n", name);
}

void help_command(const struct command *c, struct buf *out)
{
	const struct field *flag;

	buf_text(out, "Usage: ");
	help_usage(c, out);
	buf_printf(out, " [FLAG...]\n\n%c%s.\n", toupper((unsigned char)c->summary[0]),
		   c->summary + 1);
	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++) {
		buf_text(out, i ? "" : "\n");
		add_flag(out, flag);
	}
	if (c->details)
		buf_printf(out, "\n%s\n", c->details);
	buf_text(out, "\nFlags of every command: regulars help flags\n");
}

/* -- the commands of this file -- */

static void add_topic(struct buf *out, const struct topic *t)
{
	buf_printf(out, "%s\n", t->text);
}

static enum status unknown_topic(const char *name)
{
	return fail(ST_NOT_FOUND, "there is no help on \"%s\"; regulars help lists commands and "
		    "topics", name);
}

static enum status run_help(struct run *run)
{
	const char *name = args_operand(run->args, 0), *sub = args_operand(run->args, 1);
	const struct command *c = command_find(name, sub);

	if (!*name) {
		help_all(&run->out);
		return ST_OK;
	}
	if (c) {
		help_command(c, &run->out);
		return ST_OK;
	}
	if (*sub)
		return unknown_topic(sub);
	if (command_is_group(name)) {
		help_group(name, &run->out);
		return ST_OK;
	}
	for (const struct topic *t = topics; t->name; t++) {
		if (!strcmp(t->name, name)) {
			add_topic(&run->out, t);
			return ST_OK;
		}
	}
	return unknown_topic(name);
}

static enum status run_completion(struct run *run)
{
	if (strcmp(args_operand(run->args, 0), "bash"))
		return wrong_usage(run, "completion is there for bash: regulars completion bash");
	completion_bash(&run->out);
	return ST_OK;
}

static enum status run_manual(struct run *run)
{
	manual_commands(&run->out);
	return ST_OK;
}

const struct command help_commands[] = {
	{ "help", "", "explains a command or a topic", "[TOPIC] [COMMAND]", .run = run_help },
	{ "completion", "", "prints what bash needs to complete commands and flags", "SHELL",
	  .run = run_completion },
	{ "manual", "", "prints the commands as the man page lists them", "", .run = run_manual },
	{ .name = NULL }
};
