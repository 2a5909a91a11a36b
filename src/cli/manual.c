/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"
#include "store/record_text.h"

/* Text for groff: a hyphen that is typed, and nothing that it would run. */
static void add_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '-')
			buf_text(out, "\\-");
		else if (*text == '\\')
			buf_text(out, "\\e");
		else
			buf_add(out, text, 1);
	}
}

static void add_flag(struct buf *out, const struct field *flag)
{
	struct buf value = { 0 };
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
	buf_text(out, "\n");
	add_escaped(out, flag->help ? flag->help : "");
	buf_text(out, "\n");
	buf_release(&value);
}

static void add_command(struct buf *out, const struct command *c)
{
	const struct field *flag;
	struct buf usage = { 0 };

	help_usage(c, &usage);
	buf_text(out, ".SS ");
	add_escaped(out, usage.at);
	buf_text(out, "\n");
	add_escaped(out, c->summary);
	buf_text(out, "\n");
	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++)
		add_flag(out, flag);
	if (c->details) {
		buf_text(out, ".PP\n");
		add_escaped(out, c->details);
		buf_text(out, "\n");
	}
	buf_release(&usage);
}

void manual_commands(struct buf *out)
{
	for (const struct group *g = command_groups; g->title; g++) {
		buf_printf(out, ".SH \"%s\"\n", g->title);
		for (const struct command *c = g->commands; c->name; c++)
			add_command(out, c);
	}
	buf_text(out, ".SH \"Flags of every command\"\n");
	for (size_t i = 0; global_flag(i); i++)
		add_flag(out, global_flag(i));
}
