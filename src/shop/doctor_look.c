/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/doctor.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/text.h"
#include "shop/rule.h"
#include "store/child.h"

enum { PATIENCE = 60, OTHERS = 0007, GROUP_AND_OTHERS = 0077 };

static void keep(char *out, size_t size, const char *text)
{
	size_t len = text_cut(text, size - 1);

	memcpy(out, text, len);
	out[len] = '\0';
}

/* -- the folder -- */

static void look_at_file(int folder, const char *name, struct doctor_facts *f)
{
	struct stat file;

	if (fstatat(folder, name, &file, AT_SYMLINK_NOFOLLOW) || !S_ISREG(file.st_mode))
		return;
	if (file.st_mode & (f->group ? OTHERS : GROUP_AND_OTHERS)) {
		f->open_files++;
		text_printable(name, f->open_file, sizeof(f->open_file));
	}
	if (file.st_uid != geteuid() && !f->group) {
		f->foreign_files++;
		text_printable(name, f->foreign_file, sizeof(f->foreign_file));
	}
}

static void look_at_files(const char *dir, struct doctor_facts *f)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		look_at_file(dirfd(folder), entry->d_name, f);
	if (folder)
		closedir(folder);
}

static bool is_usual(const struct stat *folder)
{
	char *dir = shop_usual_dir();
	struct stat usual;
	bool same = !stat(dir, &usual) && usual.st_dev == folder->st_dev &&
		    usual.st_ino == folder->st_ino;

	free(dir);
	return same;
}

static void look_at_folder(const char *dir, struct doctor_facts *f)
{
	struct stat folder;

	f->root = geteuid() == 0;
	f->folder_there = !stat(dir, &folder) && S_ISDIR(folder.st_mode);
	if (!f->folder_there)
		return;
	f->usual = is_usual(&folder);
	f->ours = folder.st_uid == geteuid();
	f->mode = folder.st_mode & 07777;
	f->group = (f->mode & (S_ISGID | S_IRWXG)) == (S_ISGID | S_IRWXG);
	f->disk_seen = disk_health(dir, &f->disk) == ST_OK;
	look_at_files(dir, f);
	kept_copies(dir, &f->copies);
	upkeep_read(dir, &f->upkeep);
}

static void look_at_conf(const char *dir, struct doctor_facts *f)
{
	struct buf path = { 0 };
	struct conf conf;

	buf_printf(&path, "%s/shop.conf", dir);
	f->conf = conf_read(path.at, &conf);
	f->network_allowed = f->conf == ST_OK && conf.network_disk;
	if (f->conf != ST_OK)
		keep(f->conf_says, sizeof(f->conf_says), status_text());
	buf_release(&path);
}

/* -- the store -- */

/* A damaged entry is verify's to tell. */
static int64_t recorded_at(struct txn *txn, bool newest, struct doctor_facts *f)
{
	struct entry *e = entry_new();
	struct range r;
	int64_t recorded = 0;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	if ((newest ? range_previous(&r) : range_next(&r)) && !r.damaged &&
	    entry_decode(r.key, r.value, e) == ST_OK)
		recorded = e->recorded;
	if (newest)
		f->entries = (int64_t)txn_count(txn, TABLE_JOURNAL);
	range_end(&r);
	entry_free(e);
	return recorded;
}

static bool was_erased_after(struct txn *txn, int64_t time)
{
	struct entry *e = entry_new();
	struct range r;
	bool found = false;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	r.lenient = true;
	while (!found && range_previous(&r) && !r.damaged &&
	       entry_decode(r.key, r.value, e) == ST_OK && e->recorded >= time)
		found = e->kind == ENTRY_CUSTOMER && !strcmp(e->rule, "erased");
	range_end(&r);
	entry_free(e);
	return found;
}

static enum status times_work(struct txn *txn, void *arg)
{
	struct doctor_facts *f = arg;

	f->last_recorded = recorded_at(txn, true, f);
	f->first_recorded = recorded_at(txn, false, f);
	if (f->copies.n)
		f->erased_since = was_erased_after(txn, f->copies.oldest);
	return txn_status(txn);
}

static void look_at_shop(struct shop *shop, struct doctor_facts *f)
{
	f->opened = store_read(shop->store, times_work, f);
	if (f->opened != ST_OK)
		keep(f->opened_says, sizeof(f->opened_says), status_text());
	keep(f->zone, sizeof(f->zone), shop->settings.timezone);
	keep(f->language, sizeof(f->language), shop->settings.language);
	f->instance_seen = instance_look(shop, &f->instance) == ST_OK;
	f->backup_seen = backup_facts(shop, f->now, &f->backup) == ST_OK;
	f->health_seen = store_health(shop->store, &f->health) == ST_OK;
}

static void open_and_look(const char *dir, struct doctor_facts *f)
{
	struct shop shop;

	f->opened = shop_open(dir, &shop);
	if (f->opened != ST_OK) {
		keep(f->opened_says, sizeof(f->opened_says), status_text());
		return;
	}
	look_at_shop(&shop, f);
	shop_close(&shop);
}

/* -- in a process of its own -- */

/* The child's findings come back in memory that both see, and count only when it
 * came to its end. */
struct looking {
	const char *dir;
	struct doctor_facts *found;
};

static enum status look_here(void *arg, FILE *tell)
{
	const struct looking *l = arg;

	(void)tell;
	open_and_look(l->dir, l->found);
	return ST_OK;
}

static enum status ended_early(enum child_end end, enum status st, const char *dir)
{
	switch (end) {
	case CHILD_ENDED:
		break;
	case CHILD_STOPPED:
		return fail(st, "stopped before the store was looked at");
	case CHILD_SILENT:
		return fail(st, "the store in %s is damaged: reading it does not come to "
			    "an end; restore the last backup", dir);
	case CHILD_CRASHED:
		return fail(st, "the store in %s is damaged: reading it crashes; restore the last "
			    "backup", dir);
	case CHILD_NO_MEMORY:
		return fail(st, "there was too little memory to look into the store; close other "
			    "programs and try again");
	}
	return st;
}

static void look_in_child(const char *dir, struct doctor_facts *f)
{
	struct doctor_facts *found = mmap(NULL, sizeof(*found), PROT_READ | PROT_WRITE,
					  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct looking l = { dir, found };
	struct child c = { .work = look_here, .arg = &l, .patience = PATIENCE };
	enum child_end end = CHILD_NO_MEMORY;
	enum status st = ST_SYSTEM;

	if (found != MAP_FAILED) {
		*found = *f;
		st = child_run(&c, &end);
	}
	st = ended_early(end, st, dir);
	if (st == ST_OK) {
		*f = *found;
	} else {
		f->opened = st;
		keep(f->opened_says, sizeof(f->opened_says), status_text());
	}
	if (found != MAP_FAILED)
		munmap(found, sizeof(*found));
}

void doctor_look(const char *dir, struct shop *shop, int64_t now, struct doctor_facts *out)
{
	memset(out, 0, sizeof(*out));
	out->now = now;
	look_at_folder(dir, out);
	look_at_conf(dir, out);
	if (shop)
		look_at_shop(shop, out);
	else
		look_in_child(dir, out);
	out->zone_there = *out->zone && clock_zone_exists(out->zone) &&
			  clock_set_zone(out->zone) == ST_OK;
}
