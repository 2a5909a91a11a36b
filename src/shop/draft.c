/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "ledger/done.h"
#include "store/record_text.h"

enum { DRAFT_BYTES = 64 * 1024, DRAFT_QUANTITY = 1000000 };

/* -- slots: files that one program holds by a lock, which ends with it -- */

/* A name of the system's may hold anything but '/' and NUL; ours is of letters
 * and digits, so that it stays in the folder. */
static char *slot_path(const struct shop *shop, const char *who, int number)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/draft-", store_dir(shop->store));
	for (; *who; who++) {
		bool plain = (*who >= 'a' && *who <= 'z') || (*who >= 'A' && *who <= 'Z') ||
			     (*who >= '0' && *who <= '9');

		if (plain)
			buf_add(&path, who, 1);
		else
			buf_printf(&path, "_%02x", (unsigned char)*who);
	}
	buf_printf(&path, "-%d.json", number);
	return path.at;
}

static bool is_locked(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

/* Its holder puts a new file in the place of the old one: only the one that
 * has the name counts. */
static bool has_name(int fd, const char *path)
{
	struct stat open_one, named;

	return fstat(fd, &open_one) == 0 && S_ISREG(open_one.st_mode) &&
	       stat(path, &named) == 0 && open_one.st_ino == named.st_ino &&
	       open_one.st_dev == named.st_dev;
}

static off_t size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? st.st_size : 0;
}

static bool take(struct draft_slot *s, char *path, bool with_draft)
{
	int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (with_draft ? 0 : O_CREAT);
	int fd = open(path, flags, 0600);

	if (fd >= 0 && is_locked(fd) && has_name(fd, path) && (!with_draft || size_of(fd) > 0)) {
		*s = (struct draft_slot){ path, fd };
		return true;
	}
	if (fd >= 0)
		close(fd);
	free(path);
	return false;
}

void draft_slot_take(struct draft_slot *s, const struct shop *shop, const char *who)
{
	*s = (struct draft_slot){ .path = NULL };
	for (int i = 1; i <= DRAFT_SLOTS; i++)
		if (take(s, slot_path(shop, who, i), true))
			return;
	for (int i = 1; i <= DRAFT_SLOTS; i++)
		if (take(s, slot_path(shop, who, i), false))
			return;
}

void draft_slot_release(struct draft_slot *s)
{
	if (!s->path)
		return;
	if (!size_of(s->fd))
		unlink(s->path);
	close(s->fd);
	free(s->path);
	*s = (struct draft_slot){ .path = NULL };
}

/* -- writing -- */

static json_t *line_json(const struct draft_line *line)
{
	json_t *row = json_object();

	json_object_set_new(row, "item", json_integer(line->item));
	json_object_set_new(row, "name", json_text(line->name));
	json_object_set_new(row, "price", json_integer(line->price));
	json_object_set_new(row, "quantity", json_integer(line->quantity));
	return row;
}

static json_t *draft_json(const struct draft *d)
{
	json_t *json = json_object(), *lines = json_array();
	char op[OP_TEXT];

	op_print(d->op, op);
	json_object_set_new(json, "op", json_string(op));
	json_object_set_new(json, "customer", json_integer(d->customer));
	json_object_set_new(json, "amount", json_text(d->amount));
	json_object_set_new(json, "reward", json_integer(d->reward));
	json_object_set_new(json, "tender", json_integer(d->tender));
	json_object_set_new(json, "points", json_integer(d->points));
	json_object_set_new(json, "points_program", json_integer(d->points_program));
	for (uint32_t i = 0; i < d->line_count; i++)
		json_array_append_new(lines, line_json(&d->lines[i]));
	json_object_set_new(json, "lines", lines);
	return json;
}

/* All of it reaches the disk. errno says why not. */
static bool write_whole(int fd, const char *text)
{
	size_t len = strlen(text);
	ssize_t n = write(fd, text, len);

	if (n >= 0 && (size_t)n < len)
		errno = ENOSPC;
	return n == (ssize_t)len && fdatasync(fd) == 0;
}

/* Written beside it and renamed, so that there is a whole one at any time; the
 * new file is held before it has the name. Gives 0, or the error. */
static int replace(struct draft_slot *s, const char *text)
{
	struct buf beside = { 0 };
	int fd, error = 0;

	buf_printf(&beside, "%s.new", s->path);
	fd = open(beside.at, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || !is_locked(fd) || !write_whole(fd, text) || rename(beside.at, s->path))
		error = errno;
	if (!error) {
		close(s->fd);
		s->fd = fd;
	} else if (fd >= 0) {
		close(fd);
	}
	buf_release(&beside);
	return error;
}

enum status draft_save(struct draft_slot *s, const struct draft *draft)
{
	json_t *json;
	char *text;
	int error;

	if (!s->path)
		return fail(ST_SYSTEM, "the unfinished sale cannot be kept in the shop's folder; "
			    "save it before you leave");
	json = draft_json(draft);
	text = json_dumps(json, JSON_COMPACT);
	error = replace(s, text);
	free(text);
	json_decref(json);
	return !error ? ST_OK : fail(ST_SYSTEM, "the unfinished sale cannot be kept in %s: %s",
				     s->path, strerror(error));
}

void draft_drop(struct draft_slot *s)
{
	if (s->path && ftruncate(s->fd, 0))
		unlink(s->path);	/* it must not come back */
}

/* -- reading: a file that somebody else may have touched -- */

static int64_t number(const json_t *json, const char *key, int64_t most)
{
	int64_t n = json_integer_value(json_object_get(json, key));

	return n < 0 || n > most ? 0 : n;
}

static void words(const json_t *json, const char *key, char *out, size_t size)
{
	const json_t *value = json_object_get(json, key);
	const char *text = json_string_value(value);

	*out = '\0';
	if (text && text_clean(text, json_string_length(value), out, size) != ST_OK)
		*out = '\0';
}

static bool read_line(const json_t *row, struct draft_line *out)
{
	out->item = number(row, "item", UINT32_MAX);
	out->price = number(row, "price", MONEY_MOST);
	out->quantity = number(row, "quantity", DRAFT_QUANTITY);
	words(row, "name", out->name, sizeof(out->name));
	return *out->name && out->quantity > 0;
}

static bool is_op(const char *text)
{
	return text && strlen(text) == OP_TEXT - 1 &&
	       strspn(text, "0123456789abcdef") == OP_TEXT - 1;
}

static enum status draft_from(const json_t *json, struct draft *d)
{
	const char *op = json_string_value(json_object_get(json, "op"));
	const json_t *row;
	size_t i;

	if (!is_op(op))
		return fail(ST_NOT_FOUND, "there is no unfinished sale");
	op_from_text(op, d->op);
	d->customer = number(json, "customer", UINT32_MAX);
	d->reward = number(json, "reward", UINT32_MAX);
	d->tender = number(json, "tender", TENDERS - 1);
	d->points = number(json, "points", MONEY_MOST);
	d->points_program = number(json, "points_program", UINT32_MAX);
	words(json, "amount", d->amount, sizeof(d->amount));
	json_array_foreach(json_object_get(json, "lines"), i, row)
		if (d->line_count < DRAFT_LINES && read_line(row, &d->lines[d->line_count]))
			d->line_count++;
	return ST_OK;
}

enum status draft_load(const struct draft_slot *s, struct draft *out)
{
	json_t *json = NULL;
	enum status st;
	ssize_t len;
	char *text;

	memset(out, 0, sizeof(*out));
	if (s->path) {
		text = mem_alloc(DRAFT_BYTES);
		len = pread(s->fd, text, DRAFT_BYTES, 0);
		if (len > 0)
			json = json_loadb(text, (size_t)len, 0, NULL);
		free(text);
	}
	st = draft_from(json, out);
	json_decref(json);
	return st;
}

/* -- whether it is in the book -- */

struct booked {
	struct key key;
	int64_t seq;
	bool found;
};

static enum status look_up(struct txn *txn, void *arg)
{
	struct booked *b = arg;
	uint64_t content;

	b->found = done_find(txn, &b->key, &b->seq, &content);
	return txn_status(txn);
}

bool draft_is_booked(const struct shop *shop, const struct draft *draft, int64_t *seq)
{
	struct booked b = { .key = done_key(DONE_OP) };

	key_bytes(&b.key, draft->op, OP_SIZE);
	if (store_read(shop->store, look_up, &b) != ST_OK || !b.found)
		return false;
	*seq = b.seq;
	return true;
}
