/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "cli/help.h"
#include "insight/filter.h"
#include "store/record_text.h"

/* Text for groff: a hyphen that is typed, and nothing that it would run. */
static void add_escaped(struct buf *out, const char *text)
{
	for (bool first = true; *text; text++) {
		if (first && (*text == '.' || *text == '\''))
			buf_text(out, "\\&");
		first = *text == '\n';
		if (*text == '-')
			buf_text(out, "\\-");
		else if (*text == '\\')
			buf_text(out, "\\e");
		else
			buf_add(out, text, 1);
	}
}

static void add_line(struct buf *out, const char *macro, const char *text)
{
	buf_text(out, macro);
	add_escaped(out, text);
	buf_text(out, "\n");
}

static void add_flag(struct buf *out, const struct field *flag)
{
	struct buf value = { 0 }, help = { 0 };
	char name[FLAG_NAME];

	flag_name(flag, name);
	buf_text(out, ".TP\n.B ");
	add_escaped(out, name);
	if (flag->type != FIELD_BOOL) {
		field_value_text(flag, &value);
		buf_text(out, " \\fI");
		add_escaped(out, value.at);
		buf_text(out, "\\fR");
	}
	help_flag(flag, &help);
	buf_text(out, "\n");
	add_line(out, "", help.at);
	buf_release(&value);
	buf_release(&help);
}

static void add_usage(struct buf *out, const char *macro, const struct command *c)
{
	struct buf usage = { 0 };

	help_usage(c, &usage);
	add_line(out, macro, usage.at);
	buf_release(&usage);
}

static void add_command(struct buf *out, const struct command *c)
{
	const struct field *flag;

	add_usage(out, ".SS ", c);
	buf_printf(out, "%c", toupper((unsigned char)c->summary[0]));
	add_escaped(out, c->summary + 1);
	buf_text(out, ".\n");
	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++)
		add_flag(out, flag);
	if (c->details)
		add_line(out, ".PP\n", c->details);
}

static void add_heading(struct buf *out, const struct group *g)
{
	buf_printf(out, ".SS \"%s: regulars\\-", g->title);
	add_escaped(out, group_page(g));
	buf_text(out, "(1)\"\n");
}

void manual_overview(struct buf *out)
{
	buf_text(out, ".SH COMMANDS\n");
	for (const struct group *g = command_groups; g->title; g++) {
		add_heading(out, g);
		for (const struct command *c = g->commands; c->name; c++) {
			add_usage(out, ".TP\n.B ", c);
			add_line(out, "", c->summary);
		}
	}
	buf_text(out, ".SH FLAGS\nEvery command takes these:\n");
	for (size_t i = 0; global_flag(i); i++)
		add_flag(out, global_flag(i));
}

/* Where customers are listed, what chooses them is told. */
static void add_filters(struct buf *out)
{
	const struct filter_word *w;

	buf_text(out, ".SH FILTERS\n");
	for (size_t i = 0; (w = filter_word(i)); i++) {
		add_line(out, ".TP\n.B ", w->example);
		add_line(out, "", w->help);
	}
}

void manual_page(const struct group *g, struct buf *out)
{
	buf_text(out, ".SH SYNOPSIS\n");
	for (const struct command *c = g->commands; c->name; c++) {
		buf_text(out, c == g->commands ? "" : ".br\n");
		add_usage(out, ".B ", c);
		buf_text(out, ".RI [ flag ...]\n");
	}
	buf_text(out, ".SH COMMANDS\nFlags of every command are in\n.BR regulars (1).\n");
	for (const struct command *c = g->commands; c->name; c++)
		add_command(out, c);
	if (!strcmp(group_page(g), "customer"))
		add_filters(out);
}
