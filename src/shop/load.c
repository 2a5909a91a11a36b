/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/dump_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/instance.h"
#include "store/backup.h"
#include "store/child.h"

/* Rows wait in memory for a transaction that can be run again from its start. */
enum { BATCH_BYTES = 4 * 1024 * 1024, BLOCK = 256 * 1024 };

struct waiting {
	enum table table;
	struct key key;
	size_t at, len;			/* of the value, in 'values' */
};

struct loading {
	const struct load_ask *ask;
	struct verify_result *out;
	int fd;
	struct buf read;		/* what was read and is no whole line yet */
	struct dump_reader *reader;
	struct waiting *rows;
	size_t n, cap;
	struct buf values;
	int64_t done;
	char fault[600];		/* the first one */
};

/* -- lines into rows -- */

static enum status write_batch(struct txn *txn, void *arg)
{
	const struct loading *l = arg;

	for (size_t i = 0; i < l->n; i++)
		txn_append(txn, l->rows[i].table, &l->rows[i].key,
			   (struct bytes){ l->values.at + l->rows[i].at, l->rows[i].len });
	return txn_status(txn);
}

static enum status write_out(struct loading *l, struct store *store)
{
	enum status st = l->n ? store_write(store, write_batch, l) : ST_OK;

	l->done += (int64_t)l->n;
	l->n = 0;
	buf_clear(&l->values);
	if (st == ST_OK && (must_end() || (l->ask->step &&
	    !l->ask->step(l->ask->arg, (uint64_t)l->done, 2 * (uint64_t)dump_rows(l->reader)))))
		return fail(ST_CANCELLED, "stopped; nothing was kept");
	return st;
}

static enum status take_line(struct loading *l, struct store *store, struct bytes line)
{
	struct dump_row row;
	enum dump_kind kind;
	enum status st = dump_read(l->reader, line, &kind, &row);

	if (st != ST_OK || kind != DUMP_ROW)
		return st;
	l->rows = mem_grow(l->rows, l->n, &l->cap, sizeof(*l->rows));
	l->rows[l->n++] = (struct waiting){ row.table, row.key, l->values.len, row.value.len };
	buf_add(&l->values, row.value.at, row.value.len);
	if (l->values.len + l->n * sizeof(*l->rows) < BATCH_BYTES)
		return ST_OK;
	return write_out(l, store);
}

/* The whole lines in what was read; what is left goes to its front. */
static enum status take_lines(struct loading *l, struct store *store)
{
	char *at = l->read.at, *end = l->read.at + l->read.len, *newline;
	enum status st = ST_OK;

	while (st == ST_OK && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		st = take_line(l, store, (struct bytes){ at, (size_t)(newline - at) });
		at = newline + 1;
	}
	l->read.len = (size_t)(end - at);
	memmove(l->read.at, at, l->read.len);
	if (st == ST_OK && l->read.len > DUMP_LINE)
		return fail(ST_CORRUPT, "the dump has a line that is too long; nothing was kept");
	return st;
}

static enum status read_rows(struct loading *l, struct store *store)
{
	char *block = mem_alloc(BLOCK);
	enum status st = ST_OK;
	size_t n = 1;

	while (st == ST_OK && n) {
		n = BLOCK;
		st = fd_read(l->fd, block, &n);
		if (st != ST_OK)
			break;
		buf_add(&l->read, block, n);
		st = take_lines(l, store);
	}
	free(block);
	if (st == ST_OK && l->read.len)	/* a last line without its end was cut off */
		st = fail(ST_CORRUPT, "the dump was cut off; nothing was kept");
	if (st == ST_OK)
		st = dump_read_all(l->reader);
	return st == ST_OK ? write_out(l, store) : st;
}

/* -- a shop of the rows -- */

static void hear_fault(void *arg, const char *sentence)
{
	struct loading *l = arg;

	if (!*l->fault)
		snprintf(l->fault, sizeof(l->fault), "%s", sentence);
}

static bool hear_step(void *arg, uint64_t done, uint64_t all)
{
	const struct loading *l = arg;

	return !must_end() && (!l->ask->step || l->ask->step(l->ask->arg, all + done, 2 * all));
}

static bool quiet_step(void *arg, uint64_t done, uint64_t all)
{
	(void)arg;
	(void)done;
	(void)all;
	return !must_end();
}

static enum status mark(struct txn *txn, void *arg)
{
	const struct loading *l = arg;

	instance_write_restored(txn, l->ask->now);
	return txn_status(txn);
}

static enum status is_damaged(const struct loading *l)
{
	return fail(ST_CORRUPT, "the shop in the dump has faults, the first: %s; nothing was kept",
		    *l->fault ? l->fault : status_text());
}

static enum status fill(struct store *store, void *arg)
{
	struct loading *l = arg;
	struct verify_watch quiet = { hear_fault, quiet_step, l };
	struct verify_watch watch = { hear_fault, hear_step, l };
	struct shop shop = { .store = store };
	enum status st = read_rows(l, store);

	if (st != ST_OK)
		return st;
	st = shop_repair(&shop, &(struct verify_ask){ .watch = &quiet }, l->out);
	if (st == ST_REFUSED)
		return is_damaged(l);
	*l->fault = '\0';
	if (st == ST_OK)
		st = shop_verify(&shop, &(struct verify_ask){ .watch = &watch }, l->out);
	if (st == ST_CANCELLED)
		return fail(st, "stopped; nothing was kept");
	if (st == ST_OK && l->out->faults)
		return is_damaged(l);
	return st == ST_OK ? store_write(store, mark, l) : st;
}

/* Said at once, and not when all is loaded. */
static bool is_taken(const char *dir)
{
	struct buf path = { 0 };
	bool taken;

	buf_printf(&path, "%s/data.mdb", dir);
	taken = !access(path.at, F_OK);
	buf_release(&path);
	return taken;
}

enum status load(const struct load_ask *ask, struct verify_result *out)
{
	bool piped = !strcmp(ask->file, "-");
	/* A FIFO is waited for where that can be stopped, not here. */
	struct loading l = { .ask = ask, .out = out, .fd = piped ? STDIN_FILENO :
			     open(ask->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
	enum status st;

	*out = (struct verify_result){ 0 };
	if (l.fd >= 0 && !piped && is_taken(ask->dir)) {
		close(l.fd);
		return fail(ST_EXISTS, "%s is there already and not empty; name another folder "
			    "with --shop", ask->dir);
	}
	if (l.fd < 0)
		return fail(errno == ENOENT ? ST_NOT_FOUND : ST_SYSTEM, "cannot read %s: %s",
			    ask->file, strerror(errno));
	l.reader = dump_reader_new();
	st = store_make(ask->dir, &(struct store_options){ 0 }, fill, &l);
	if (!piped)
		close(l.fd);
	dump_reader_free(l.reader);
	buf_release(&l.read);
	buf_release(&l.values);
	free(l.rows);
	return st;
}
