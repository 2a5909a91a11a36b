/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/context.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/record_text.h"

char *shop_folder(const struct args *a)
{
	const char *named = args_raw(a, "shop");

	if (!named || !*named)
		named = getenv("REGULARS_SHOP");
	return named && *named ? mem_text(named) : shop_usual_dir();
}

static void set_name(char out[WHO_SIZE], const char *text)
{
	char shown[256];
	size_t len;

	text_printable(text, shown, sizeof(shown));
	len = text_cut(shown, WHO_SIZE - 1);
	memcpy(out, shown, len);
	out[len] = '\0';
}

static void user_name(char out[WHO_SIZE])
{
	const struct passwd *user = getpwuid(geteuid());

	if (user)
		set_name(out, user->pw_name);
	else
		snprintf(out, WHO_SIZE, "uid %ld", (long)geteuid());
}

void staff_name(const struct args *a, char out[WHO_SIZE])
{
	const char *said = args_raw(a, "as");

	if (said && *said)
		set_name(out, said);
	else
		user_name(out);
}

bool is_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

void terminal_name(char out[WHO_SIZE])
{
	char tty[128];

	if (ttyname_r(STDIN_FILENO, tty, sizeof(tty)) == 0)
		set_name(out, strncmp(tty, "/dev/", 5) ? tty : tty + 5);
	else
		set_name(out, "-");
}

void actor_name_op(struct run *run)
{
	struct actor *by = &run->by;
	const char *op = args_text(run->args, "op");

	by->has_op = true;
	if (*op)
		op_from_text(op, by->op);
	else
		op_make(by->now, by->op);
}

void actor_make(struct run *run)
{
	struct actor *by = &run->by;

	*by = (struct actor){ .now = clock_now() };
	staff_name(run->args, by->who);
	if (*run->shop.conf.terminal)
		set_name(by->terminal, run->shop.conf.terminal);
	else
		terminal_name(by->terminal);
	actor_name_op(run);
}

enum status take_name(struct run *run, void *rec)
{
	const struct command *c = run->args->command;
	const struct field *name = record_field(c->record, "name");
	const char *operand = args_operand(run->args, 0);
	struct field_reading how = { "NAME", run->shop.decimals };

	if (*operand && args_has(run->args, "name"))
		return wrong_usage(run, "the name is given twice: \"%s\" and --name", operand);
	if (*operand && field_parse(name, rec, operand, &how) != ST_OK)
		return wrong_usage(run, "%s", status_text());
	if ((name->flags & FIELD_REQUIRED) && field_is_empty(name, rec))
		return wrong_usage(run, "NAME is missing: regulars %s %s NAME", c->name, c->sub);
	return ST_OK;
}
