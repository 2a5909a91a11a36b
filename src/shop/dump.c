/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/dump_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ledger/done.h"
#include "ledger/verify.h"
#include "shop/backup_parts.h"

const enum table dump_tables[DUMP_TABLES] = {
	TABLE_META, TABLE_JOURNAL, TABLE_SIDE, TABLE_CUSTOMER, TABLE_ITEM, TABLE_PROGRAM,
	TABLE_REWARD, TABLE_DONE, TABLE_SEGMENT
};

int dump_table_count(int needs)
{
	return needs < 3 ? DUMP_TABLES - 1 : DUMP_TABLES;
}

static bool is_named(struct bytes key, const char *name)
{
	return key.len == strlen(name) && !memcmp(key.at, name, key.len);
}

bool dump_has(enum table table, struct bytes key)
{
	if (table == TABLE_META)
		return !is_named(key, "home") && !is_named(key, "backup") &&
		       !is_named(key, "erased");
	if (table == TABLE_DONE)
		return key.len == 1 + OP_SIZE && *(const uint8_t *)key.at == DONE_OP;
	return true;
}

/* -- writing -- */

enum { BLOCK = 256 * 1024, STEP = 4096, VARIANT = sodium_base64_VARIANT_ORIGINAL };

struct dumping {
	int fd;
	const struct backup_ask *ask;
	crypto_generichash_state digest;
	struct buf text;
	char *base64;
	int64_t rows, all, bytes;
	int tables;
};

static enum status flush(struct dumping *d)
{
	enum status st = file_write(d->fd, d->text.at, d->text.len);

	crypto_generichash_update(&d->digest, (const uint8_t *)d->text.at, d->text.len);
	d->bytes += (int64_t)d->text.len;
	buf_clear(&d->text);
	return st;
}

static enum status write_row(struct dumping *d, const struct range *r)
{
	char hex[2 * KEY_MOST + 1];

	if (r->key.len > KEY_MOST || r->value.len > DUMP_VALUE)
		return fail(ST_CORRUPT, "table %s has a row that is too long; run: regulars verify",
			    table_name(r->table));
	sodium_bin2hex(hex, sizeof(hex), r->key.at, r->key.len);
	/* It fills all the room it is given. */
	sodium_bin2base64(d->base64, sodium_base64_encoded_len(r->value.len, VARIANT),
			  r->value.at, r->value.len, VARIANT);
	buf_text(&d->text, "{\"table\": \"");
	buf_text(&d->text, table_name(r->table));
	buf_text(&d->text, "\", \"key\": \"");
	buf_text(&d->text, hex);
	buf_text(&d->text, "\", \"value\": \"");
	buf_text(&d->text, d->base64);
	buf_text(&d->text, "\"}\n");
	d->rows++;
	if (d->rows % STEP == 0 && d->ask->step &&
	    !d->ask->step(d->ask->arg, (uint64_t)d->rows, (uint64_t)d->all))
		return fail(ST_CANCELLED, "stopped; nothing was kept");
	return d->text.len < BLOCK ? ST_OK : flush(d);
}

/* An entry that cannot be read any more, and was accepted so. */
static bool is_let_go(struct txn *txn, const struct range *r)
{
	return r->table == TABLE_JOURNAL && r->key.len == 8 &&
	       entry_is_accepted(txn, (int64_t)key_read(r->key.at, 8));
}

typedef enum status row_work(struct dumping *d, const struct range *r);

static enum status each_row(struct txn *txn, enum table table, row_work *work, struct dumping *d)
{
	enum status st = ST_OK;
	struct range r;

	range_start(&r, txn, table, NULL);
	r.lenient = true;
	while (st == ST_OK && range_next(&r)) {
		if (!r.damaged && dump_has(table, r.key))
			st = work(d, &r);
		else if (r.damaged && !is_let_go(txn, &r))
			st = fail(ST_CORRUPT, "table %s has a damaged row, so nothing was dumped; "
				  "run: regulars verify", table_name(table));
	}
	range_end(&r);
	return st == ST_OK ? txn_status(txn) : st;
}

static enum status count_row(struct dumping *d, const struct range *r)
{
	(void)r;
	d->rows++;
	return ST_OK;
}

static enum status write_header(struct txn *txn, struct dumping *d)
{
	struct bytes needs;
	enum status st = ST_OK;

	if (!meta_get(txn, "needs", &needs) || needs.len != 1)
		return fail(ST_CORRUPT, "what this shop needs of a program is not in the store; "
			    "run: regulars verify");
	buf_printf(&d->text, "{\"regulars\": \"dump\", \"format\": %d, \"needs\": %d, \"rows\": {",
		   DUMP_FORMAT, *(const uint8_t *)needs.at);
	d->tables = dump_table_count(*(const uint8_t *)needs.at);
	d->all = 0;
	for (int i = 0; i < d->tables && st == ST_OK; i++) {
		d->rows = 0;
		st = each_row(txn, dump_tables[i], count_row, d);
		buf_printf(&d->text, "%s\"%s\": %" PRId64, i ? ", " : "",
			   table_name(dump_tables[i]), d->rows);
		d->all += d->rows;
	}
	buf_text(&d->text, "}}\n");
	d->rows = 0;
	return st;
}

static enum status write_end(struct dumping *d)
{
	uint8_t digest[DIGEST_SIZE];
	char hex[2 * DIGEST_SIZE + 1];
	enum status st = flush(d);

	crypto_generichash_final(&d->digest, digest, sizeof(digest));
	sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	buf_printf(&d->text, "{\"end\": \"%s\"}\n", hex);
	return st == ST_OK ? flush(d) : st;
}

/* To a file on the disk, so that the view it is read from is soon given back. */
static enum status dump_work(struct txn *txn, void *arg)
{
	struct dumping *d = arg;
	enum status st;

	crypto_generichash_init(&d->digest, NULL, 0, DIGEST_SIZE);
	d->bytes = 0;
	st = write_header(txn, d);
	for (int i = 0; i < d->tables && st == ST_OK; i++)
		st = each_row(txn, dump_tables[i], write_row, d);
	return st == ST_OK ? write_end(d) : st;
}

static enum status dump_stage(struct shop *shop, const struct backup_ask *ask, struct stage *s,
			      struct dump_made *out)
{
	struct dumping d = { .fd = s->fd, .ask = ask, .base64 = mem_alloc(DUMP_LINE) };
	enum status st = store_read(shop->store, dump_work, &d);

	if (st == ST_OK)
		st = stage_sync(s);
	if (st == ST_OK)
		st = dump_prove(s->fd);
	out->rows = d.rows;
	out->bytes = d.bytes;
	buf_release(&d.text);
	free(d.base64);
	return st;
}

enum status dump_make(struct shop *shop, const struct backup_ask *ask, struct dump_made *out)
{
	char *folder = folder_of(ask->to);
	struct stage s;
	enum status st = stage_begin(&s, folder);

	free(folder);
	*out = (struct dump_made){ .rows = 0 };
	if (st != ST_OK)
		return st;
	snprintf(out->path, sizeof(out->path), "%s", ask->to);
	st = dump_stage(shop, ask, &s, out);
	if (st == ST_OK)
		st = stage_keep(&s, ask->to);
	stage_end(&s);
	return st;
}

enum status dump_write(struct shop *shop, const struct backup_ask *ask, int fd,
		       struct dump_made *out)
{
	struct stage s;
	enum status st = stage_begin(&s, store_dir(shop->store));

	*out = (struct dump_made){ .rows = 0 };
	if (st != ST_OK)
		return st;
	st = dump_stage(shop, ask, &s, out);
	if (st != ST_OK) {
		stage_end(&s);
		return st;
	}
	shop_close(shop);
	return stage_pour(&s, fd);
}
