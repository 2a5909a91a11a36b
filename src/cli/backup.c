/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/context.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "shop/dump.h"
#include "shop/restore.h"
#include "store/record_text.h"

static bool step(void *arg, uint64_t done, uint64_t all)
{
	progress_show(arg, (long long)done, (long long)all, -1);
	return true;
}

/* -- backup -- */

static void tell_backup(struct run *run, const struct backup_made *made)
{
	if (run->json)
		out_json(run, json_pack("{s:o,s:I,s:I,s:I}", "file", json_text(made->path),
					"bytes", (json_int_t)made->bytes, "entries",
					(json_int_t)made->entries, "customers",
					(json_int_t)made->customers));
	else
		out_done(run, "The shop is in %s, and that is verified. Entries: %" PRId64
			 ", customers: %" PRId64 ".", made->path, made->entries, made->customers);
}

static enum status run_backup(struct run *run)
{
	const char *to = args_operand(run->args, 0);
	struct progress progress;
	struct backup_ask ask = { .to = *to ? to : NULL, .now = run->by.now, .step = step,
				  .arg = &progress };
	struct backup_made made = { .bytes = 0 };
	bool piped = !strcmp(to, "-");
	enum status st;

	if (piped && isatty(STDOUT_FILENO))
		return wrong_usage(run, "a backup is not for a terminal; give it to a file or to "
				   "another program: regulars backup - | age -r KEY >FILE");
	progress_start(&progress, run, "backing up");
	st = piped ? backup_write(&run->shop, &ask, STDOUT_FILENO, &made) :
		     backup_make(&run->shop, &ask, &made);
	progress_end(&progress);
	if (st == ST_OK && !piped)
		tell_backup(run, &made);
	return st;
}

/* -- restore -- */

static const struct field restore_flags[] = {
	FLAG("yes", FIELD_BOOL, .help = "restore although entries of the shop in the folder will "
	     "be missing, or it cannot be read"),
	{ 0 }
};

struct restoring {
	struct run *run;
	struct progress progress;
};

static bool restore_step(void *arg, uint64_t done, uint64_t all)
{
	struct restoring *r = arg;

	return step(&r->progress, done, all);
}

static bool agree(void *arg, const struct restore_found *found)
{
	const struct restoring *r = arg;

	return args_yes(r->run->args, "yes") || restore_may_go_on(found, NULL);
}

/* This process has opened no shop, and times are told in the shop's zone. */
static void print_time(const struct restore_found *found, int64_t time, char out[INSTANT_TEXT])
{
	if (clock_set_zone(found->timezone) == ST_OK)
		instant_print(time, out);
	else
		strcpy(out, "?");
}

static enum status refuse(const struct restore_ask *ask, const struct restore_found *found)
{
	char since[INSTANT_TEXT];

	if (!found->readable)
		return fail(ST_REFUSED, "the shop in %s cannot be read, so nobody can say what %s "
			    "lacks; nothing was changed; to restore it all the same: --yes",
			    ask->dir, ask->file);
	print_time(found, found->missing_since, since);
	return fail(ST_REFUSED, "the shop in %s has entries since %s that are not in %s (%"
		    PRId64 "); nothing was changed; to restore it all the same: --yes",
		    ask->dir, since, ask->file, found->missing);
}

static void tell_restored(struct run *run, const struct restore_found *f)
{
	char last[INSTANT_TEXT];

	print_time(f, f->last, last);
	if (run->json) {
		out_json(run, json_pack("{s:o,s:I,s:I,s:s,s:I,s:o}", "shop", json_text(f->name),
					"entries", (json_int_t)f->entries, "customers",
					(json_int_t)f->customers, "last_entry", last, "missing",
					(json_int_t)f->missing, "kept", json_text(f->kept)));
		return;
	}
	out_done(run, "%s is restored, as it was at %s. Entries: %" PRId64 ", customers: %" PRId64
		 ".", f->name, last, f->entries, f->customers);
	if (*f->kept)
		out_done(run, "The shop as it was before: %s", f->kept);
	out_done(run, "Next: look whether all is there, then say that this is the shop: regulars "
		 "config here");
}

static enum status run_restore(struct run *run)
{
	struct restoring r = { .run = run };
	char *dir = shop_folder(run->args);
	struct restore_ask ask = { .dir = dir, .file = args_operand(run->args, 0),
				   .by = &run->by, .agree = agree, .step = restore_step,
				   .arg = &r };
	struct restore_found found;
	enum status st;

	progress_start(&r.progress, run, "restoring");
	st = restore(&ask, NULL, &found);
	progress_end(&r.progress);
	if (st == ST_CANCELLED && found.entries && !agree(&r, &found))
		st = refuse(&ask, &found);
	if (st == ST_OK)
		tell_restored(run, &found);
	free(dir);
	return st;
}

/* -- dump and load -- */

static enum status run_dump(struct run *run)
{
	const char *to = args_operand(run->args, 0);
	struct progress progress;
	struct backup_ask ask = { .to = to, .now = run->by.now, .step = step, .arg = &progress };
	struct dump_made made;
	bool piped = !strcmp(to, "-");
	enum status st;

	progress_start(&progress, run, "dumping");
	st = piped ? dump_write(&run->shop, &ask, STDOUT_FILENO, &made) :
		     dump_make(&run->shop, &ask, &made);
	progress_end(&progress);
	if (st != ST_OK || piped)
		return st;
	if (run->json)
		out_json(run, json_pack("{s:o,s:I,s:I}", "file", json_text(made.path), "rows",
					(json_int_t)made.rows, "bytes", (json_int_t)made.bytes));
	else
		out_done(run, "The shop is in %s as text. Rows: %" PRId64 ".", made.path,
			 made.rows);
	return ST_OK;
}

static enum status run_load(struct run *run)
{
	char *dir = shop_folder(run->args);
	struct progress progress;
	struct load_ask ask = { .dir = dir, .file = args_operand(run->args, 0),
				.now = run->by.now, .step = step, .arg = &progress };
	struct verify_result result;
	enum status st;

	progress_start(&progress, run, "loading");
	st = load(&ask, &result);
	progress_end(&progress);
	if (st == ST_OK && run->json)
		out_json(run, json_pack("{s:o,s:I,s:I}", "folder", json_text(dir), "entries",
					(json_int_t)result.entries, "customers",
					(json_int_t)result.customers));
	else if (st == ST_OK) {
		out_done(run, "The shop is in %s, and is verified. Entries: %" PRId64
			 ", customers: %" PRId64 ".", dir, result.entries, result.customers);
		out_done(run, "Next: say that this is the shop: regulars config here");
	}
	free(dir);
	return st;
}

const struct command backup_commands[] = {
	{ "backup", "", "makes a verified copy of the shop while it is open", "[FILE]",
	  .needs = READ_SHOP, .run = run_backup,
	  .details = "FILE is a new file, a folder (the file gets the shop's name and the date), "
		     "or - for\nstandard output. Without FILE it goes to the shop's backup "
		     "folder." },
	{ "restore", "", "puts a backup in the place of the shop, which is kept", "FILE",
	  .flags = restore_flags, .needs = NO_SHOP, .run = run_restore,
	  .details = "FILE may be - for standard input." },
	{ "dump", "", "writes all of the shop as text that any machine can load", "FILE",
	  .needs = READ_SHOP, .run = run_dump,
	  .details = "FILE is a new file, or - for standard output." },
	{ "load", "", "makes a new shop of a dump, in the folder that --shop names", "FILE",
	  .needs = NO_SHOP, .run = run_load,
	  .details = "FILE may be - for standard input." },
	{ .name = NULL }
};
