/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "cli/command.h"
#include "cli/context.h"
#include "cli/help.h"

static void print(const struct buf *text, FILE *to)
{
	if (text->len)
		fwrite(text->at, 1, text->len, to);
}

static void complain(const char *sentence)
{
	fflush(stdout);
	fprintf(stderr, "regulars: %s\n", sentence);
}

enum status wrong_usage(struct run *run, const char *format, ...)
{
	char sentence[512];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	run->exit = EXIT_USAGE;
	return fail(ST_INVALID, "%s", sentence);
}

int exit_status(enum status st)
{
	switch (st) {
	case ST_OK:
		return EXIT_DONE;
	case ST_EXISTS:
	case ST_REFUSED:
	case ST_INVALID:
	case ST_CANCELLED:
		return EXIT_REFUSED;
	case ST_NOT_FOUND:
		return EXIT_NOT_FOUND;
	case ST_BUSY:
	case ST_FULL:
	case ST_CORRUPT:
	case ST_TOO_NEW:
	case ST_UNKNOWN:
	case ST_SYSTEM:
		break;
	}
	return EXIT_STORE;
}

static int usage_failure(const struct args *a)
{
	complain(status_text());
	if (a->command)
		fprintf(stderr, "Try: regulars %s%s%s --help\n", a->command->name,
			*a->command->sub ? " " : "", a->command->sub);
	return EXIT_USAGE;
}

/* An operation that may have happened is told by its id. */
static void tell_operation(const struct run *run)
{
	char op[OP_TEXT];

	op_print(run->by.op, op);
	fprintf(stderr, "regulars: whether it was kept is not known. Repeat the same command "
		"with --op %s and nothing will happen twice.\n",
		args_has(run->args, "op") ? args_text(run->args, "op") : op);
}

/* It was done and cannot be shown. */
static void tell_done(const struct run *run)
{
	char op[OP_TEXT];

	op_print(run->by.op, op);
	fprintf(stderr, "regulars: it was done, but what it did could not be shown. Repeat the "
		"same command with --op %s to see it; nothing will happen twice.\n",
		args_has(run->args, "op") ? args_text(run->args, "op") : op);
}

static int finish(struct run *run, enum status st)
{
	if (st == ST_OK) {
		print(&run->out, stdout);
		if ((fflush(stdout) || ferror(stdout)) && run->by.has_op &&
		    run->args->command->needs == WRITE_SHOP)
			tell_done(run);
		return run->exit;
	}
	complain(status_text());
	print(&run->below, stderr);
	if (st == ST_UNKNOWN && run->by.has_op)
		tell_operation(run);
	return run->exit ? run->exit : exit_status(st);
}

static enum status open_shop(struct run *run)
{
	char *dir = shop_folder(run->args);
	enum status st = shop_open(dir, &run->shop);

	free(dir);
	if (st != ST_OK && st != ST_NOT_FOUND)
		run->exit = EXIT_STORE;
	return st;
}

static enum status take_and_run(struct run *run, struct args *a)
{
	enum status st = args_take(a, a->command->needs == NO_SHOP ? 2 : run->shop.decimals);

	if (st != ST_OK) {
		run->exit = EXIT_USAGE;
		return st;
	}
	run->json = args_yes(a, "json");
	if (run->json)		/* scripts read the same everywhere */
		language_use("en");
	run->quiet = args_yes(a, "quiet");
	actor_make(run);
	return a->command->run(run);
}

static int run_command(struct args *a, screens_face *screens)
{
	struct run run = { .args = a, .screens = screens };
	enum status st = ST_OK;
	int status;

	if (a->command->needs != NO_SHOP)
		st = open_shop(&run);
	if (st == ST_OK)
		st = take_and_run(&run, a);
	if (run.shop.store)
		shop_close(&run.shop);
	status = finish(&run, st);
	buf_release(&run.out);
	buf_release(&run.below);
	return status;
}

static int print_help(const struct args *a)
{
	struct buf out = { 0 };

	if (a->command)
		help_command(a->command, &out);
	else if (a->group)
		help_group(a->group, &out);
	else
		help_all(&out);
	print(&out, stdout);
	buf_release(&out);
	return EXIT_DONE;
}

static int group_alone(const struct args *a)
{
	struct buf out = { 0 };

	help_group(a->group, &out);
	print(&out, stderr);
	buf_release(&out);
	return EXIT_USAGE;
}

static int open_screens(const struct args *a, screens_face *screens)
{
	char who[WHO_SIZE], terminal[WHO_SIZE], *dir = shop_folder(a);
	int status;

	staff_name(a, who);
	terminal_name(terminal);
	status = screens(dir, who, terminal);
	free(dir);
	return status;
}

int cli_main(int argc, char **argv, screens_face *screens)
{
	struct args a;
	int status;

	if (args_read(&a, argc, argv) != ST_OK)
		status = usage_failure(&a);
	else if (args_has(&a, "version"))
		status = printf("regulars %s\n", PACKAGE_VERSION) < 0;
	else if (args_has(&a, "help") || (!a.command && !a.group && !is_interactive()))
		status = print_help(&a);
	else if (!a.command && a.group)
		status = group_alone(&a);
	else if (clock_check() != ST_OK)
		status = usage_failure(&a);
	else if (!a.command)
		status = open_screens(&a, screens);
	else
		status = run_command(&a, screens);
	args_release(&a);
	return status;
}
