/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/restore_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/backup_parts.h"
#include "shop/customer.h"
#include "shop/instance.h"
#include "store/child.h"
#include "store/replace.h"

enum { PATIENCE = 600, AT_ONCE = 200 };

struct restoring {
	const struct restore_ask *ask;
	struct restore_found *found;
	struct stage stage;
	struct keepsakes keep;
	struct backup_ask progress;
};

/* -- the file -- */

static bool is_the_shop(const char *dir, const char *file)
{
	char path[BACKUP_PATH];
	struct stat own, other;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	return !stat(path, &own) && !stat(file, &other) && own.st_dev == other.st_dev &&
	       own.st_ino == other.st_ino;
}

static enum status take_file(struct restoring *r)
{
	const char *file = r->ask->file;
	bool piped = !strcmp(file, "-");
	struct backup_made made = { .bytes = 0 };
	struct checking checking = { .file = piped ? "standard input" : file,
				     .ask = &r->progress, .out = &made };
	enum status st = piped ? fd_copy(STDIN_FILENO, r->stage.fd) :
				 file_copy(file, r->stage.fd);

	if (st == ST_OK)
		st = stage_sync(&r->stage);
	if (st == ST_OK)
		st = stage_check(&r->stage, &checking);
	r->found->customers = made.customers;
	return st;
}

/* -- what it gets before it is the shop -- */

static enum status mark(struct txn *txn, void *arg)
{
	const struct restoring *r = arg;

	instance_write_restored(txn, r->ask->by->now);
	return txn_status(txn);
}

static void say_that_it_goes_on(FILE *tell)
{
	fputs("p\n", tell);
	fflush(tell);
}

/* In a child, as this process has room for one store. */
static enum status prepare_here(void *arg, FILE *tell)
{
	const struct restoring *r = arg;
	struct actor by = *r->ask->by;
	struct shop shop;
	enum status st = shop_open(r->stage.dir, &shop);

	by.has_op = false;
	for (size_t i = 0; i < r->keep.n && st == ST_OK; i++) {
		say_that_it_goes_on(tell);
		st = customer_erase(&shop, &by, r->keep.erased[i]);
		if (st == ST_NOT_FOUND)
			st = ST_OK;
	}
	for (size_t i = 0; i < r->keep.refusals.n && st == ST_OK; i += AT_ONCE) {
		struct consent_refusals some = { .row = r->keep.refusals.row + i,
						 .n = r->keep.refusals.n - i };

		if (some.n > AT_ONCE)
			some.n = AT_ONCE;
		say_that_it_goes_on(tell);
		st = consent_keep_refusals(&shop, &by, &some);
	}
	if (st == ST_OK)
		st = store_write(shop.store, mark, arg);
	if (shop.store)
		shop_close(&shop);
	return st;
}

static enum status prepare(struct restoring *r)
{
	struct child child = { .work = prepare_here, .arg = r, .patience = PATIENCE };
	enum child_end end;
	enum status st = child_run(&child, &end);

	if (end == CHILD_STOPPED)
		return fail(st, "stopped; nothing was changed");
	return end == CHILD_ENDED ? st :
		fail(ST_SYSTEM, "the backup could not be made ready; nothing was changed");
}

/* -- the folder -- */

static bool is_store_there(const char *dir)
{
	char path[BACKUP_PATH];

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	return !access(path, F_OK);
}

/* Of a shop, whose file may be gone: its locks, its settings, what was kept. */
static bool is_of_a_shop(const char *name)
{
	static const char *const ours[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock",
					    "shop.conf", ".regulars-" };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (!strncmp(name, ours[i], strlen(ours[i])))
			return true;
	return !strcmp(name, ".") || !strcmp(name, "..");
}

/* Nobody means to make a shop of a folder with other things in it. */
static enum status may_be_restored_into(const char *dir)
{
	struct dirent *e;
	bool others = false;
	DIR *d;

	if (is_store_there(dir))
		return ST_OK;
	d = opendir(dir);
	if (!d)
		return fail(ST_SYSTEM, "cannot read the folder %s: %s", dir, strerror(errno));
	while (!others && (e = readdir(d)))
		others = !is_of_a_shop(e->d_name);
	closedir(d);
	return others ? fail(ST_EXISTS, "%s is there already and not empty; name another folder "
			     "with --shop", dir) : ST_OK;
}

/* As init makes it: for its owner alone, or for the group that has the store.
 * One who is not its owner cannot, and restores all the same. */
static enum status close_to_others(const char *dir)
{
	char path[BACKUP_PATH];
	struct stat file, folder;
	mode_t mode;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	mode = !stat(path, &file) && file.st_mode & 060 ? 02770 : 0700;
	if (stat(dir, &folder) || !(folder.st_mode & 07777 & ~mode))
		return ST_OK;
	if (chmod(dir, mode) && errno != EPERM)
		return fail(ST_SYSTEM, "cannot set the permissions of %s: %s", dir,
			    strerror(errno));
	return ST_OK;
}

static enum status compare(struct restoring *r, bool held)
{
	struct restore_sides sides = { .backup = r->stage.dir, .held = held };

	r->found->replaces = is_store_there(r->ask->dir);
	if (r->found->replaces)
		sides.store = r->ask->dir;
	return restore_compare(&sides, r->found, &r->keep);
}

/* By the clock of the shop, as all that a person reads; this process may have had
 * no shop open. */
static enum status name_kept(struct restoring *r, char name[64])
{
	int64_t now = r->ask->by->now;
	enum status st = clock_set_zone(r->found->timezone);

	if (st != ST_OK)
		return st;
	do {
		struct civil c = clock_civil(now);

		snprintf(name, 64, "data.mdb.before-restore-%04d-%02d-%02d-%02d%02d%02d",
			 c.year % 10000, c.month % 100, c.day % 100, c.hour % 100,
			 c.minute % 100, c.second % 100);
		snprintf(r->found->kept, sizeof(r->found->kept), "%s/%s", r->ask->dir, name);
		now += CLOCK_SECOND;
	} while (!access(r->found->kept, F_OK));
	return ST_OK;
}

bool restore_may_go_on(const struct restore_found *found, const struct restore_found *agreed)
{
	if (!found->replaces)
		return true;
	if (!agreed)
		return found->readable && !found->missing;
	return agreed->replaces && found->readable == agreed->readable &&
	       found->missing <= agreed->missing;
}

/* Nobody has the store open now. */
static enum status put_in_place(struct restoring *r, const struct replacement *held)
{
	struct restore_found agreed = *r->found;
	char name[64];
	enum status st = compare(r, true);

	if (st == ST_OK && !restore_may_go_on(r->found, &agreed))
		return fail(ST_REFUSED, "the shop in the folder changed meanwhile; nothing was "
			    "restored; look again");
	if (st == ST_OK)
		st = prepare(r);
	if (st == ST_OK && r->found->replaces)
		st = name_kept(r, name);
	if (st == ST_OK)
		st = close_to_others(r->ask->dir);
	if (st != ST_OK)
		return st;
	return replace_commit(held, r->stage.file, r->found->replaces ? name : NULL);
}

static enum status replace_store(struct restoring *r, struct shop *open)
{
	struct replacement held;
	enum status st;

	if (open && open->store)
		shop_close(open);
	st = replace_begin(r->ask->dir, &held);
	if (st == ST_OK)
		st = put_in_place(r, &held);
	replace_end(&held);
	return st;
}

static enum status reopen(const char *dir, struct shop *open, enum status st)
{
	char *sentence = mem_text(st == ST_OK ? "" : status_text());
	enum status opened = shop_open(dir, open);

	if (st != ST_OK)
		fail(st, "%s", sentence);
	free(sentence);
	return st == ST_OK ? opened : st;
}

static enum status restore_into(struct restoring *r, struct shop *open)
{
	enum status st = stage_begin(&r->stage, r->ask->dir);

	if (st != ST_OK)
		return st;
	st = take_file(r);
	if (st == ST_OK)
		st = compare(r, false);
	if (st == ST_OK && !r->ask->agree(r->ask->arg, r->found))
		st = fail(ST_CANCELLED, "nothing was restored");
	if (st == ST_OK) {
		st = replace_store(r, open);
		if (open)
			st = reopen(r->ask->dir, open, st);
	}
	stage_end(&r->stage);
	free(r->keep.erased);
	consent_refusals_release(&r->keep.refusals);
	return st;
}

enum status restore(const struct restore_ask *ask, struct shop *open, struct restore_found *found)
{
	struct restoring r = { .ask = ask, .found = found,
			       .progress = { .now = ask->by->now, .step = ask->step,
					     .arg = ask->arg } };
	bool made = access(ask->dir, F_OK) != 0;
	enum status st;

	*found = (struct restore_found){ .entries = 0 };
	if (is_the_shop(ask->dir, ask->file))
		return fail(ST_REFUSED, "%s is the file of the shop itself; nothing was restored; "
			    "name a backup", ask->file);
	st = made ? folder_make(ask->dir) : may_be_restored_into(ask->dir);
	if (st != ST_OK)
		return st;
	st = restore_into(&r, open);
	if (st != ST_OK && made)
		rmdir(ask->dir);
	return st;
}
