/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/backup_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "shop/instance.h"
#include "shop/rule.h"
#include "shop/verify.h"

/* -- what the store remembers -- */

/* Entries of customers, or of any kind, from which on there is something to lose:
 * also in a shop of imported people who have bought nothing yet. */
enum { WORTH = 10, WORTH_OF_ALL = 30 };

static const struct field notes_fields[] = {
	FIELD(1, FIELD_TIME, struct backup_notes, last_good),
	FIELD(2, FIELD_TIME, struct backup_notes, last_failure),
	FIELD(3, FIELD_TEXT, struct backup_notes, last_error),
	{ 0 }
};
static const struct record_type notes_type = {
	"backup", sizeof(struct backup_notes), notes_fields, offsetof(struct backup_notes, later)
};

static int64_t first_entry(struct txn *txn)
{
	struct entry *e = entry_new();
	int64_t when = journal_read(txn, 1, e) == ST_OK ? e->recorded : 0;

	entry_free(e);
	return when;
}

static enum status read_notes(struct txn *txn, void *arg)
{
	struct backup_notes *n = arg;
	struct settings settings;
	struct bytes value;

	record_clear(&notes_type, n);
	/* Notes that cannot be read are none: nothing hangs on them but a warning. */
	if (meta_get(txn, "backup", &value) &&
	    record_decode(&notes_type, n, value.at, value.len) != ST_OK)
		record_clear(&notes_type, n);
	if (meta_get(txn, "instance", &value) && value.len >= 4)
		snprintf(n->instance, sizeof(n->instance), "%08x",
			 (unsigned)key_read(value.at, 4));
	n->wanted = txn_count(txn, TABLE_TIMELINE) >= WORTH ||
		    txn_count(txn, TABLE_JOURNAL) >= WORTH_OF_ALL;
	n->folder[0] = '\0';
	if (shop_settings(txn, &settings) == ST_OK)
		memcpy(n->folder, settings.backup_folder, sizeof(n->folder));
	n->begun = n->last_good ? 0 : first_entry(txn);
	return txn_status(txn);
}

enum status backup_notes(struct shop *shop, struct backup_notes *out)
{
	return store_read(shop->store, read_notes, out);
}

static enum status write_notes(struct txn *txn, void *arg)
{
	const struct backup_notes *n = arg;
	uint8_t row[BACKUP_ERROR + 300];
	size_t len = sizeof(row);
	enum status st = record_encode(&notes_type, n, row, &len);

	if (st != ST_OK)
		return txn_fail(txn, st);
	meta_put(txn, "backup", (struct bytes){ row, len });
	return txn_status(txn);
}

/* The backup is there or not, whether or not the store can take a note of it. */
static void note(struct shop *shop, struct backup_notes *n, int64_t now, enum status st)
{
	char *sentence = mem_text(status_text());
	enum status noted;

	if (st == ST_OK) {
		n->last_good = now;
	} else {
		n->last_failure = now;
		snprintf(n->last_error, sizeof(n->last_error), "%.*s",
			 (int)text_cut(sentence, sizeof(n->last_error) - 1), sentence);
	}
	noted = store_write(shop->store, write_notes, n);
	if (st != ST_OK || noted != ST_OK)
		fail(st, "%s", sentence);
	free(sentence);
}

enum status backup_facts(struct shop *shop, int64_t now, struct backup_facts *out)
{
	struct backup_notes n;
	enum status st = backup_notes(shop, &n);
	int64_t since;

	*out = (struct backup_facts){ 0 };
	if (st != ST_OK)
		return st;
	out->last_good = n.last_good;
	out->last_failure = n.last_failure;
	snprintf(out->last_error, sizeof(out->last_error), "%s", n.last_error);
	memcpy(out->folder, n.folder, sizeof(out->folder));
	out->wanted = n.wanted && !shop->settings.sample;
	since = n.last_good ? n.last_good : n.begun;
	out->late = out->wanted && now - since > BACKUP_PATIENCE_HOURS * CLOCK_HOUR;
	return ST_OK;
}

/* -- making one -- */

/* Copying and checking are half of the work each. */
static bool copy_step(void *arg, long long done, long long all)
{
	const struct backup_ask *ask = arg;

	return !ask->step || ask->step(ask->arg, (uint64_t)done, 2 * (uint64_t)all);
}

static bool check_step(void *arg, uint64_t done, uint64_t all)
{
	const struct checking *c = arg;

	return !c->ask->step || c->ask->step(c->ask->arg, all + done, 2 * all);
}

static void ignore_fault(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

enum status stage_check(const struct stage *s, const struct checking *c)
{
	struct checking own = *c;
	struct verify_watch watch = { ignore_fault, check_step, &own };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;
	enum status st = verify_guarded(s->dir, &ask, &result);

	if (st == ST_CANCELLED)
		return fail(st, "stopped; nothing was kept");
	if (c->file && (st == ST_CORRUPT || st == ST_NOT_FOUND))
		return fail(ST_CORRUPT, "%s is damaged, or no backup of a shop; nothing was "
			    "changed", c->file);
	if (c->file && st == ST_OK && result.faults)
		return fail(ST_CORRUPT, "%s is damaged (faults: %llu); nothing was changed; try "
			    "an older backup", c->file, (unsigned long long)result.faults);
	if (st == ST_CORRUPT || (st == ST_OK && result.faults))
		return fail(ST_CORRUPT, "the copy has faults (%llu), so the shop has; nothing was "
			    "kept; run: regulars verify", (unsigned long long)result.faults);
	c->out->entries = result.entries;
	c->out->customers = result.customers;
	return st;
}

enum status backup_stage(const struct backup_staging *b, struct stage *s,
			 struct backup_made *out)
{
	struct copying copying = { .dir = b->dir, .step = copy_step,
				   .arg = (void *)(uintptr_t)b->ask };
	struct checking checking = { .ask = b->ask, .out = out };
	struct stat file;
	enum status st = shop_options(b->dir, &copying.options);

	if (st == ST_OK)
		st = stage_begin(s, b->folder);
	if (st != ST_OK)
		return st;
	copying.options.held = b->held;
	copying.fd = s->fd;
	st = store_copy(&copying);
	if (st == ST_OK)
		st = stage_sync(s);
	if (st == ST_OK)
		st = stage_check(s, &checking);
	if (st == ST_OK && fstat(s->fd, &file))
		st = fail(ST_SYSTEM, "cannot look at the copy: %s", strerror(errno));
	if (st == ST_OK)
		out->bytes = file.st_size;
	else
		stage_end(s);
	return st;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf folder = { 0 };

	if (!slash)
		return mem_text(".");
	buf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	return folder.at;
}

/* Where it goes: the path of the file, and the folder that it will be in. */
static enum status choose_target(const struct shop *shop, const struct backup_ask *ask,
				 const struct backup_notes *notes, struct backup_made *out)
{
	const char *to = ask->to ? ask->to : notes->folder;
	char name[BACKUP_NAME];
	size_t len = strlen(to);

	if (!*to)
		return fail(ST_INVALID, "no folder for backups is chosen; name one with: regulars "
			    "config set backup_folder DIR");
	if (len + BACKUP_NAME > BACKUP_PATH)
		return fail(ST_INVALID, "the path of the file is too long: %.80s...", to);
	snprintf(out->path, sizeof(out->path), "%s", to);
	if (!ask->to && !is_folder(to))
		return fail(ST_NOT_FOUND, "the backup folder %s is not there; plug its disk in, or "
			    "name another with: regulars config set backup_folder DIR", to);
	if (!is_folder(to))
		return ST_OK;
	backup_name(shop, notes, ask->now, name);
	snprintf(out->path, sizeof(out->path), "%s%s%s", to, to[len - 1] == '/' ? "" : "/", name);
	return ST_OK;
}

enum status backup_make(struct shop *shop, const struct backup_ask *ask, struct backup_made *out)
{
	struct backup_staging b = { .dir = store_dir(shop->store), .ask = ask };
	struct backup_notes notes;
	struct stage stage;
	char *folder;
	enum status st = backup_notes(shop, &notes);

	*out = (struct backup_made){ .bytes = 0 };
	if (st != ST_OK)
		return st;
	st = choose_target(shop, ask, &notes, out);
	if (st == ST_OK) {
		b.folder = folder = folder_of(out->path);
		st = backup_stage(&b, &stage, out);
		free(folder);
		if (st == ST_OK) {
			st = stage_keep(&stage, out->path);
			stage_end(&stage);
		}
	}
	if (st != ST_CANCELLED)
		note(shop, &notes, ask->now, st);
	return st;
}

enum status backup_write(struct shop *shop, const struct backup_ask *ask, int fd,
			 struct backup_made *out)
{
	const char *dir = store_dir(shop->store);
	struct backup_staging b = { .dir = dir, .folder = dir, .ask = ask };
	struct stage stage;
	enum status st = backup_stage(&b, &stage, out);

	if (st != ST_OK)
		return st;
	shop_close(shop);
	return stage_pour(&stage, fd);
}

/* -- every night -- */

static enum status remove_old(const struct backup_notes *notes, struct backup_nightly *out)
{
	const char *folder = notes->folder, *made = strrchr(out->backup.path, '/');
	struct backup_files files;
	int64_t *minutes;
	bool *stays;
	enum status st = backup_list_of(notes->instance, folder, &files);

	if (st != ST_OK)
		return st;
	minutes = mem_alloc((files.n + 1) * sizeof(*minutes));
	stays = mem_alloc(files.n + 1);
	for (size_t i = 0; i < files.n; i++)
		minutes[i] = files.row[i].minute;
	backup_choose(minutes, files.n, stays);
	for (size_t i = 0; i < files.n; i++) {
		char path[BACKUP_PATH];

		/* With a clock that went back the newest has the oldest name. */
		if (stays[i] || !strcmp(files.row[i].name, made + 1))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, files.row[i].name);
		out->removed += !unlink(path);
	}
	free(minutes);
	free(stays);
	backup_files_release(&files);
	return ST_OK;
}

enum status backup_tonight(struct shop *shop, int64_t now, struct backup_nightly *out)
{
	struct backup_ask ask = { .now = now };
	struct backup_notes notes;
	bool here;
	enum status st;

	*out = (struct backup_nightly){ .made = false };
	st = backup_notes(shop, &notes);
	if (st != ST_OK || !*notes.folder || (notes.last_good <= now &&
			    now - notes.last_good < BACKUP_EVERY_HOURS * CLOCK_HOUR))
		return st;
	st = backup_make(shop, &ask, &out->backup);
	out->made = st == ST_OK;
	if (st == ST_OK)
		st = instance_is_here(shop, &here);
	/* A copy of a shop makes backups, but the old ones are not its own. */
	return st == ST_OK && here ? remove_old(&notes, out) : st;
}

enum status backup_list(struct shop *shop, const char *folder, struct backup_files *out)
{
	struct backup_notes notes;
	enum status st = backup_notes(shop, &notes);

	*out = (struct backup_files){ 0 };
	return st == ST_OK ? backup_list_of(notes.instance, folder, out) : st;
}
