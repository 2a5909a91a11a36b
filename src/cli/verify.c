/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/context.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "shop/upkeep.h"
#include "shop/verify.h"
#include "store/backup.h"
#include "store/record_text.h"
#include "store/replace.h"

static const struct field verify_flags[] = {
	FLAG("repair", FIELD_BOOL, .help = "make again what can be made from the journal, after a "
	     "copy of data.mdb"),
	FLAG("accept", FIELD_INT, .least = 1, .most = INT64_C(1000000000000), .value = "ENTRY",
	     .help = "book that this entry is damaged and stays so"),
	FLAG_TEXT("against", FINGERPRINT_TEXT, .value = "FINGERPRINT", .help = "from the paper of "
		  "a day close: was history before it changed?"),
	{ 0 }
};

struct told {
	struct run *run;
	json_t *faults;
	struct progress progress;
};

static void take_fault(void *arg, const char *sentence)
{
	struct told *t = arg;

	json_array_append_new(t->faults, json_text(sentence));
	if (!t->run->json)
		out_line(t->run, "%s", sentence);
}

static bool take_step(void *arg, uint64_t done, uint64_t all)
{
	struct told *t = arg;

	progress_show(&t->progress, (long long)done, (long long)all, -1);
	return true;
}

static bool tell_faults(struct told *t)
{
	size_t n = json_array_size(t->faults);

	t->run->exit = n ? EXIT_FAULTS : EXIT_DONE;
	if (n && !t->run->json)
		out_line(t->run, "Faults: %zu. What is derived can be made again with: regulars "
			 "verify --repair", n);
	return n == 0;
}

static void answer(struct told *t, const struct verify_result *r)
{
	bool ok = tell_faults(t);

	if (t->run->json)
		out_json(t->run, json_pack("{s:b,s:I,s:I,s:O}", "ok", (int)ok, "entries",
					   (json_int_t)r->entries, "customers",
					   (json_int_t)r->customers, "faults", t->faults));
	else if (ok)
		out_done(t->run, "All is well. Entries: %" PRId64 ", customers: %" PRId64 ".",
			 r->entries, r->customers);
}

/* -- checking -- */

/* In a process of its own: no damage can take this one down. */
static enum status check(struct told *t, const struct verify_ask *ask)
{
	struct verify_result result = { 0 };
	char *dir = shop_folder(t->run->args);
	enum status st;

	progress_start(&t->progress, t->run, "verifying");
	st = verify_guarded(dir, ask, &result);
	progress_end(&t->progress);
	if (st == ST_CORRUPT) {
		take_fault(t, status_text());
		st = ST_OK;
	}
	if (st == ST_OK)
		upkeep_verified(dir, t->run->by.now, (int64_t)json_array_size(t->faults));
	free(dir);
	if (st == ST_OK)
		answer(t, &result);
	return st;
}

/* -- repairing -- */

/* A second repair keeps the copy of the first: that is from before it. The file
 * is copied as it is, with its damage. */
static enum status copy_store(const char *dir, struct buf *copy)
{
	struct buf path = { 0 };
	enum status st;
	int to;

	buf_printf(&path, "%s/data.mdb", dir);
	buf_printf(copy, "%s/data.mdb.before-repair", dir);
	to = open(copy->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to < 0 && errno == EEXIST)
		st = fail(ST_EXISTS, "%s is there already, from a repair before; put it away "
			  "first", copy->at);
	else if (to < 0)
		st = fail(ST_SYSTEM, "cannot copy %s to %s: %s; nothing was repaired", path.at,
			  copy->at, strerror(errno));
	else if ((st = file_copy(path.at, to)) != ST_OK)
		unlink(copy->at);
	if (to >= 0)
		close(to);
	buf_release(&path);
	return st;
}

static enum status repair(struct told *t, const struct verify_ask *ask)
{
	struct verify_result result;
	struct buf copy = { 0 };
	enum status st = copy_store(store_dir(t->run->shop.store), &copy);

	if (st == ST_OK) {
		progress_start(&t->progress, t->run, "repairing");
		st = shop_repair(&t->run->shop, ask, &result);
		progress_end(&t->progress);
		if (st != ST_OK && st != ST_UNKNOWN)	/* nothing was changed */
			unlink(copy.at);
	}
	if (st == ST_OK)
		out_done(t->run, "What is derived was made again. The store as it was: %s",
			 copy.at);
	if (st == ST_OK)
		tell_faults(t);
	if (st == ST_OK && t->run->json)
		out_json(t->run, json_pack("{s:b,s:s,s:O}", "ok", !json_array_size(t->faults),
					   "copy", copy.at, "faults", t->faults));
	buf_release(&copy);
	return st;
}

/* The copy is worth something only when nobody books between it and the repair:
 * tills let go of the shop meanwhile. */
static enum status repair_alone(struct told *t, const struct verify_ask *ask)
{
	struct run *run = t->run;
	char *dir = mem_text(store_dir(run->shop.store));
	struct replacement gate;
	enum status st;

	shop_close(&run->shop);
	st = replace_begin(dir, &gate);
	if (st == ST_OK)
		st = shop_open_held(dir, &run->shop);
	if (st == ST_OK)
		st = repair(t, ask);
	if (run->shop.store)
		shop_close(&run->shop);
	replace_end(&gate);
	free(dir);
	return st;
}

/* -- the command -- */

static enum status open_and(struct told *t, const struct verify_ask *ask)
{
	struct run *run = t->run;
	char *dir = shop_folder(run->args);
	int64_t seq = args_number(run->args, "accept");
	enum status st = shop_open(dir, &run->shop);

	free(dir);
	if (st != ST_OK)
		return st;
	actor_make(run);
	if (!seq)
		return repair_alone(t, ask);
	st = shop_accept(&run->shop, &run->by, seq);
	if (st == ST_OK)
		out_done(run, "Entry %" PRId64 " is accepted as damaged. Next: regulars verify "
			 "--repair", seq);
	return st;
}

static enum status run_verify(struct run *run)
{
	struct told t = { .run = run, .faults = json_array() };
	struct verify_watch watch = { take_fault, take_step, &t };
	struct verify_ask ask = { .watch = &watch };
	int64_t seq;
	enum status st;

	if (args_has(run->args, "against"))
		ask.against = args_text(run->args, "against");
	if (ask.against && fingerprint_seq(ask.against, &seq) != ST_OK)
		st = wrong_usage(run, "--against: %s", status_text());
	else if (args_yes(run->args, "repair") || args_has(run->args, "accept"))
		st = open_and(&t, &ask);
	else
		st = check(&t, &ask);
	json_decref(t.faults);
	return st;
}

const struct command verify_commands[] = {
	{ "verify", "", "proves the whole store: history, balances, indexes", "",
	  .flags = verify_flags, .needs = NO_SHOP, .run = run_verify },
	{ .name = NULL }
};
