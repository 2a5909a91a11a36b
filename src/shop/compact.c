/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/compact.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/backup_parts.h"
#include "store/replace.h"

/* The meta row "erased": an entry that erased somebody since the last time. */

void compact_want(struct txn *txn)
{
	uint8_t digest[DIGEST_SIZE];
	struct key seq = { .len = 0 };

	key_int(&seq, (uint64_t)journal_last(txn, digest), 8);
	meta_put(txn, "erased", (struct bytes){ seq.at, seq.len });
}

static enum status look(struct txn *txn, void *arg)
{
	int64_t *seq = arg;
	struct bytes value;

	*seq = -1;
	if (meta_get(txn, "erased", &value) && value.len == 8)
		*seq = (int64_t)key_read(value.at, 8);
	return txn_status(txn);
}

/* Somebody may have been erased since the copy was made. */
static enum status forget(struct txn *txn, void *arg)
{
	const int64_t *compacted = arg;
	struct key k = { .len = 0 };
	int64_t now;
	enum status st = look(txn, &now);

	key_text(&k, "erased");
	if (st == ST_OK && now == *compacted)
		txn_delete(txn, TABLE_META, &k);
	return txn_status(txn);
}

static enum status replace(const char *dir, int64_t now)
{
	struct backup_ask ask = { .now = now };
	struct backup_staging b = { .dir = dir, .folder = dir, .held = true, .ask = &ask };
	struct backup_made made;
	struct replacement r;
	struct stage stage;
	enum status st = replace_begin(dir, &r);

	if (st == ST_OK)
		st = backup_stage(&b, &stage, &made);
	if (st == ST_OK) {
		st = replace_commit(&r, stage.file, NULL);
		stage_end(&stage);
	}
	replace_end(&r);
	return st;
}

enum status compact_if_wanted(struct shop *shop, int64_t now, bool *done)
{
	int64_t erased;
	char *dir, *sentence = NULL;
	enum status st = store_read(shop->store, look, &erased), opened;

	*done = false;
	if (st != ST_OK || erased < 0)
		return st;
	dir = mem_text(store_dir(shop->store));
	shop_close(shop);
	st = replace(dir, now);
	if (st != ST_OK)
		sentence = mem_text(status_text());
	opened = shop_open(dir, shop);
	if (st == ST_OK && opened == ST_OK)
		st = store_write(shop->store, forget, &erased);
	else if (st == ST_OK)
		st = opened;
	else
		fail(st, "%s", sentence);
	*done = st == ST_OK;
	free(sentence);
	free(dir);
	return st;
}

/* -- copies beside it -- */

static bool is_kept(int folder, const char *name, struct stat *file)
{
	return !strncmp(name, "data.mdb.before-", strlen("data.mdb.before-")) &&
	       !fstatat(folder, name, file, AT_SYMLINK_NOFOLLOW) && S_ISREG(file->st_mode);
}

void kept_copies(const char *dir, struct kept_copies *out)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	struct stat file;

	*out = (struct kept_copies){ 0 };
	while (folder && (entry = readdir(folder))) {
		int64_t written;

		if (!is_kept(dirfd(folder), entry->d_name, &file))
			continue;
		written = (int64_t)file.st_mtime * CLOCK_SECOND;
		out->oldest = out->n++ && out->oldest < written ? out->oldest : written;
	}
	if (folder)
		closedir(folder);
}

const char *compact_says(const char *dir)
{
	struct kept_copies copies;

	kept_copies(dir, &copies);
	return copies.n ? "What was erased has left the file, but not the copies of the shop "
			  "beside it: regulars doctor tells of them." :
			  "What was erased has left the file.";
}
