/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/groups.h"
#include "cli/out.h"
#include "insight/filter.h"
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

void help_flag(const struct field *flag, struct buf *out)
{
	struct buf limits = { 0 };

	buf_text(out, flag->help ? flag->help : "");
	if ((flag->least || (flag->most && flag->most <= 100000)) &&
	    field_limits_text(flag, 2, &limits))
		buf_printf(out, " (%s)", limits.at);
	if (flag->type == FIELD_LIST)
		buf_text(out, " (may be repeated)");
	buf_release(&limits);
}

static void add_flag(struct buf *out, const struct field *flag)
{
	struct buf left = { 0 }, right = { 0 };
	char name[FLAG_NAME];

	flag_name(flag, name);
	buf_text(&left, name);
	if (flag->type != FIELD_BOOL) {
		buf_text(&left, " ");
		field_value_text(flag, &left);
	}
	help_flag(flag, &right);
	add_pair(out, left.at, right.at);
	buf_release(&left);
	buf_release(&right);
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
	buf_printf(out, "\nregulars help %s COMMAND explains one; examples: man regulars-%s\n",
		   name, group_page(group_of(name)));
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
	buf_printf(out, "\nFlags of every command: regulars help flags; examples: "
		   "man regulars-%s\n", group_page(group_of(c->name)));
}

void help_filter_words(struct buf *out)
{
	const struct filter_word *w;

	for (size_t i = 0; (w = filter_word(i)); i++)
		add_pair(out, w->example, w->help);
}

/* -- the commands of this file -- */

static void add_topic(struct buf *out, const struct topic *t)
{
	buf_printf(out, "%s\n", t->text);
	if (t->more)
		t->more(out);
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
	const char *page = args_operand(run->args, 0);
	const struct group *g = group_of(page);

	if (!*page) {
		manual_overview(&run->out);
		return ST_OK;
	}
	if (!g || strcmp(group_page(g), page))
		return fail(ST_NOT_FOUND, "there is no page regulars-%s; the commands of man "
			    "regulars name all pages", page);
	manual_page(g, &run->out);
	return ST_OK;
}

const struct command help_commands[] = {
	{ "help", "", "explains a command or a topic", "[TOPIC] [COMMAND]", .run = run_help },
	{ "completion", "", "prints what bash needs to complete commands and flags", "SHELL",
	  .run = run_completion },
	{ "manual", "", "prints what a man page says of commands", "[PAGE]", .run = run_manual },
	{ .name = NULL }
};
