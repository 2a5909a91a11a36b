/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/rule.h"

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

static void look_at_folder(const char *dir, struct doctor_facts *f)
{
	struct stat folder;

	f->root = geteuid() == 0;
	f->folder_there = !stat(dir, &folder) && S_ISDIR(folder.st_mode);
	if (!f->folder_there)
		return;
	f->ours = folder.st_uid == geteuid();
	f->mode = folder.st_mode & 07777;
	f->group = (f->mode & (S_ISGID | S_IRWXG)) == (S_ISGID | S_IRWXG);
	f->disk_seen = disk_health(dir, &f->disk) == ST_OK;
	look_at_files(dir, f);
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

static enum status times_work(struct txn *txn, void *arg)
{
	struct doctor_facts *f = arg;

	f->last_recorded = recorded_at(txn, true, f);
	f->first_recorded = recorded_at(txn, false, f);
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

static _Noreturn void child(const char *dir, struct doctor_facts *f, int fd)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	ssize_t written;

	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	alarm(PATIENCE);
	if (nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	open_and_look(dir, f);
	written = write(fd, f, sizeof(*f));
	_exit(written != sizeof(*f));
}

static bool read_facts(int fd, struct doctor_facts *out)
{
	struct doctor_facts *read_in = mem_alloc(sizeof(*read_in));
	size_t len = 0;
	ssize_t n;

	while (len < sizeof(*read_in) &&
	       ((n = read(fd, (char *)read_in + len, sizeof(*read_in) - len)) > 0 ||
		(n < 0 && errno == EINTR)))
		len += n > 0 ? (size_t)n : 0;
	if (len == sizeof(*read_in))
		*out = *read_in;
	free(read_in);
	return len == sizeof(*out);
}

static void cannot_look(struct doctor_facts *f, const char *dir, enum status st)
{
	f->opened = st == ST_CORRUPT ?
		fail(st, "the store in %s is damaged: reading it crashes or does not come to an "
		     "end; restore the last backup", dir) :
		fail(st, "cannot start another process: %s", strerror(errno));
	keep(f->opened_says, sizeof(f->opened_says), status_text());
}

static void look_in_child(const char *dir, struct doctor_facts *f)
{
	int ends[2], status;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC)) {
		cannot_look(f, dir, ST_SYSTEM);
		return;
	}
	pid = fork();
	if (!pid)
		child(dir, f, ends[1]);
	close(ends[1]);
	if (pid < 0)
		cannot_look(f, dir, ST_SYSTEM);
	else if (!read_facts(ends[0], f))
		cannot_look(f, dir, ST_CORRUPT);
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
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
