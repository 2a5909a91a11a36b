/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/imported.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* Rows of the table meta: "file:" and the digest, the day as u32. */
#define PREFIX "file:"

enum { PART = 1 << 16, KEPT_DAYS = 400, FORGET_AT_ONCE = 64 };

static void digest_how(const struct import_options *how, uint8_t out[DIGEST_SIZE])
{
	struct buf text = { 0 };

	buf_printf(&text, "%d %d %s", (int)how->dates, how->award_past,
		   how->format ? how->format : "auto");
	for (size_t i = 0; i < how->map_count; i++)
		buf_printf(&text, "\n%s", how->maps[i]);
	digest_numbered(how->map_count, text.at, text.len, out);
	buf_release(&text);
}

/* The parts are chained, so that a file of any size needs the memory of one. */
enum status imported_digest(int fd, const struct import_options *how, uint8_t out[DIGEST_SIZE])
{
	static uint8_t room[DIGEST_SIZE + PART];
	uint64_t parts = 0;
	ssize_t n;

	digest_how(how, room);
	while ((n = read(fd, room + DIGEST_SIZE, PART)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			digest_numbered(parts++, room, DIGEST_SIZE + (size_t)n, room);
	memcpy(out, room, DIGEST_SIZE);
	return n < 0 ? fail(ST_SYSTEM, "it cannot be read: %s", strerror(errno)) : ST_OK;
}

struct noted {
	const uint8_t *digest;
	int32_t today;
	bool found;
};

static struct key key_of(const uint8_t digest[DIGEST_SIZE])
{
	struct key k = { .len = 0 };

	key_text(&k, PREFIX);
	key_bytes(&k, digest, DIGEST_SIZE);
	return k;
}

static enum status find(struct txn *txn, void *arg)
{
	struct noted *n = arg;
	struct key k = key_of(n->digest);

	n->found = txn_has(txn, TABLE_META, &k);
	return txn_status(txn);
}

enum status imported_find(struct shop *shop, const uint8_t digest[DIGEST_SIZE], bool *found)
{
	struct noted n = { .digest = digest };
	enum status st = store_read(shop->store, find, &n);

	*found = n.found;
	return st;
}

static void forget_old(struct txn *txn, int32_t today)
{
	struct key old[FORGET_AT_ONCE], prefix = { .len = 0 };
	struct range r;
	size_t n = 0;

	key_text(&prefix, PREFIX);
	range_start(&r, txn, TABLE_META, &prefix);
	while (n < FORGET_AT_ONCE && range_next(&r)) {
		if (r.value.len == 4 && (int64_t)key_read(r.value.at, 4) >= today - KEPT_DAYS)
			continue;
		old[n].len = 0;
		key_bytes(&old[n++], r.key.at, r.key.len);
	}
	range_end(&r);
	while (n > 0)
		txn_delete(txn, TABLE_META, &old[--n]);
}

static enum status note(struct txn *txn, void *arg)
{
	const struct noted *n = arg;
	struct key k = key_of(n->digest), day = { .len = 0 };

	forget_old(txn, n->today);
	key_int(&day, (uint32_t)n->today, 4);
	txn_put(txn, TABLE_META, &k, (struct bytes){ day.at, day.len });
	return txn_status(txn);
}

enum status imported_note(struct shop *shop, const uint8_t digest[DIGEST_SIZE], int32_t today)
{
	struct noted n = { .digest = digest, .today = today };

	return store_write(shop->store, note, &n);
}
