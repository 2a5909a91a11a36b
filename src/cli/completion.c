/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/help.h"
#include "store/record_text.h"

/* The script holds the words that may follow: commands, their second words,
 * flags, and choices of flags that have some. Files and folders complete where
 * a command or a flag takes one. Nothing is asked of a shop: names of customers
 * do not belong on a screen that somebody else may see. */

static const char head[] =
	"# bash completion for regulars; made by: regulars completion bash\n"
	"_regulars()\n"
	"{\n"
	"	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	"	local name= sub= topics= flags= valued= values= files= i\n"
	"	COMPREPLY=()\n"
	"	[ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD-2]}\n"
	"	[ \"$word\" != = ] || word=\n"
	"	for ((i = 1; i < COMP_CWORD; i++)); do\n"
	"		case ${COMP_WORDS[i]} in\n";

static const char after_skipped[] =
	"		-*) ;;\n"
	"		*) if [ -n \"$name\" ]; then sub=${sub:-${COMP_WORDS[i]}}; "
	"else name=${COMP_WORDS[i]}; fi ;;\n"
	"		esac\n"
	"	done\n";

/* What stands behind a flag is its value and nothing else. */
static const char after_flags[] =
	"	esac\n"
	"	[[ \" $valued \" != *\" $before \"* ]] || flags= values= files=\n"
	"	case $name:$sub:$before in\n";

static const char tail[] =
	"	esac\n"
	"	if [[ $word == -* ]]; then\n"
	"		COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
	"	elif [ -n \"$values\" ]; then\n"
	"		COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
	"	elif [ -n \"$files\" ]; then\n"
	"		compopt -o filenames\n"
	"		mapfile -t COMPREPLY < <(compgen $files -- \"$word\")\n"
	"	fi\n"
	"}\n"
	"complete -F _regulars regulars\n";

static bool seen_before(size_t i)
{
	const struct command *c = command_at(i);

	return i && !strcmp(command_at(i - 1)->name, c->name);
}

/* The first words, behind "help" those of its topics too; and behind each group
 * its second ones. */
static void add_words(struct buf *out)
{
	const struct command *c;

	buf_text(out, "	case $name in\n	'') values='");
	for (size_t i = 0; (c = command_at(i)); i++)
		if (!seen_before(i))
			buf_printf(out, "%s%s", i ? " " : "", c->name);
	buf_text(out, "'$topics ;;\n");
	for (size_t i = 0; (c = command_at(i)); i++) {
		if (!*c->sub || seen_before(i))
			continue;
		buf_printf(out, "	%s) [ -n \"$sub\" ] || values='", c->name);
		for (size_t k = i; command_at(k) && !strcmp(command_at(k)->name, c->name); k++)
			buf_printf(out, "%s%s", k > i ? " " : "", command_at(k)->sub);
		buf_text(out, "' ;;\n");
	}
	buf_text(out, "	esac\n");
}

/* "sale:add", or "import:*" for a command of one word. */
static void add_pattern(struct buf *out, const struct command *c)
{
	buf_printf(out, "	%s:%s", c->name, *c->sub ? c->sub : "*");
}

/* How compgen is asked for what a word like FILE... or [DIR] means; "" it does
 * not name a file. */
static const char *files_of(const char *word)
{
	if (strstr(word, "DIR") || strstr(word, "FOLDER"))
		return "-d";
	return strstr(word, "FILE") ? "-f" : "";
}

/* Those of every command alone where 'c' is NULL. */
static void add_names(struct buf *out, const struct command *c, bool valued)
{
	const struct field *flag;
	char name[FLAG_NAME];

	for (size_t i = 0; (flag = c ? command_flag(c, i) : global_flag(i)); i++) {
		if (valued && flag->type == FIELD_BOOL)
			continue;
		flag_name(flag, name);
		buf_printf(out, "%s ", name);
	}
}

/* The last line is for where no command stands yet. */
static void add_flags_of(struct buf *out, const struct command *c)
{
	if (c)
		add_pattern(out, c);
	else
		buf_text(out, "	*");
	buf_text(out, ") flags='");
	add_names(out, c, false);
	buf_text(out, "' valued='");
	add_names(out, c, true);
	buf_printf(out, "' files=%s ;;\n", c ? files_of(c->operands) : "");
}

static void add_values(struct buf *out, const char *pattern, const struct field *flag)
{
	const char *files = flag->value ? files_of(flag->value) : "";
	char name[FLAG_NAME];

	if (flag->type != FIELD_CHOICE && !*files)
		return;
	flag_name(flag, name);
	buf_printf(out, "%s:%s) files=%s values='", pattern, name, files);
	for (size_t i = 0; flag->type == FIELD_CHOICE && flag->choices[i]; i++)
		buf_printf(out, "%s ", flag->choices[i]);
	buf_text(out, "' ;;\n");
}

static void add_values_of(struct buf *out, const struct command *c)
{
	struct buf pattern = { 0 };
	const struct field *flag;

	add_pattern(&pattern, c);
	for (size_t i = 0; (flag = command_flag(c, i)) && !flag_is_global(flag); i++)
		add_values(out, pattern.at, flag);
	buf_release(&pattern);
}

/* Flags of every command whose value is not a word of the command. */
static void add_skipped(struct buf *out)
{
	const struct field *flag;
	char name[FLAG_NAME];

	for (size_t i = 0; (flag = global_flag(i)); i++) {
		flag_name(flag, name);
		if (flag->type != FIELD_BOOL)
			buf_printf(out, "		%s) ((i++)); "
				   "[ \"${COMP_WORDS[i]}\" != = ] || ((i++)) ;;\n", name);
	}
	buf_text(out, "		help) topics='");
	for (const struct topic *t = topics; t->name; t++)
		buf_printf(out, " %s", t->name);
	buf_text(out, "' ;;\n");
}

void completion_bash(struct buf *out)
{
	const struct command *c;

	buf_text(out, head);
	add_skipped(out);
	buf_text(out, after_skipped);
	add_words(out);
	buf_text(out, "	case $name:$sub in\n");
	for (size_t i = 0; (c = command_at(i)); i++)
		add_flags_of(out, c);
	add_flags_of(out, NULL);
	buf_text(out, after_flags);
	for (size_t i = 0; (c = command_at(i)); i++)
		add_values_of(out, c);
	for (size_t i = 0; global_flag(i); i++)
		add_values(out, "	*", global_flag(i));
	buf_text(out, tail);
}
