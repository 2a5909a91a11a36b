/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/help.h"
#include "store/record_text.h"

/* The script holds the words that may follow: commands, their second words,
 * flags, and choices of flags that have some. Files complete where a flag or
 * a command takes one. */

static const char head[] =
	"# bash completion for regulars; made by: regulars completion bash\n"
	"_regulars()\n"
	"{\n"
	"	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	"	local name= sub= flags= values= i\n"
	"	COMPREPLY=()\n"
	"	for ((i = 1; i < COMP_CWORD; i++)); do\n"
	"		case ${COMP_WORDS[i]} in\n";

static const char after_flags[] =
	"		-*) ;;\n"
	"		*) if [ -z \"$name\" ]; then name=${COMP_WORDS[i]}; "
	"elif [ -z \"$sub\" ]; then sub=${COMP_WORDS[i]}; fi ;;\n"
	"		esac\n"
	"	done\n";

static const char tail[] =
	"	if [ -n \"$values\" ]; then\n"
	"		COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
	"	elif [[ $word == -* ]]; then\n"
	"		COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
	"	else\n"
	"		compopt -o default\n"
	"	fi\n"
	"}\n"
	"complete -F _regulars regulars\n";

static bool seen_before(size_t i)
{
	const struct command *c = command_at(i);

	return i && !strcmp(command_at(i - 1)->name, c->name);
}

/* The first words; and behind each group its second ones. */
static void add_words(struct buf *out)
{
	const struct command *c;

	buf_text(out, "	case $name in\n	'') values='");
	for (size_t i = 0; (c = command_at(i)); i++)
		if (!seen_before(i))
			buf_printf(out, "%s%s", i ? " " : "", c->name);
	buf_text(out, "' ;;\n");
	for (size_t i = 0; (c = command_at(i)); i++) {
		if (!*c->sub || seen_before(i))
			continue;
		buf_printf(out, "	%s) [ -n \"$sub\" ] || values='", c->name);
		for (size_t k = i; command_at(k) && !strcmp(command_at(k)->name, c->name); k++)
			buf_printf(out, "%s%s", k > i ? " " : "", command_at(k)->sub);
		buf_text(out, "' ;;\n");
	}
	buf_text(out, "	esac\n	[[ $word == -* ]] && values=\n");
}

static void add_flags_of(struct buf *out, const struct command *c)
{
	const struct field *flag;
	char name[FLAG_NAME];

	if (*c->sub)
		buf_printf(out, "	%s:%s)", c->name, c->sub);
	else
		buf_printf(out, "	%s:*)", c->name);
	buf_text(out, " flags='");
	for (size_t i = 0; (flag = command_flag(c, i)); i++) {
		flag_name(flag, name);
		buf_printf(out, "%s%s", i ? " " : "", name);
	}
	buf_text(out, "' ;;\n");
}

static void add_choices_of(struct buf *out, const struct command *c)
{
	const struct field *flag;
	char name[FLAG_NAME];

	for (size_t i = 0; (flag = command_flag(c, i)); i++) {
		if (flag->type != FIELD_CHOICE)
			continue;
		flag_name(flag, name);
		buf_printf(out, "	%s:%s:%s) values='", c->name, *c->sub ? c->sub : "*", name);
		for (size_t k = 0; flag->choices[k]; k++)
			buf_printf(out, "%s%s", k ? " " : "", flag->choices[k]);
		buf_text(out, "' ;;\n");
	}
}

/* Flags of every command whose value is not a word of the command. */
static void add_skipped(struct buf *out)
{
	const struct field *flag;
	char name[FLAG_NAME];

	for (size_t i = 0; (flag = global_flag(i)); i++) {
		flag_name(flag, name);
		if (flag->type != FIELD_BOOL)
			buf_printf(out, "		%s) ((i++)) ;;\n", name);
	}
}

void completion_bash(struct buf *out)
{
	const struct command *c;

	buf_text(out, head);
	add_skipped(out);
	buf_text(out, after_flags);
	add_words(out);
	buf_text(out, "	case $name:$sub in\n");
	for (size_t i = 0; (c = command_at(i)); i++)
		add_flags_of(out, c);
	buf_text(out, "	esac\n	case $name:$sub:$before in\n");
	for (size_t i = 0; (c = command_at(i)); i++)
		add_choices_of(out, c);
	buf_text(out, "	esac\n");
	buf_text(out, tail);
}
