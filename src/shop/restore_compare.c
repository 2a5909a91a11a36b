/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/restore_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shop/rule.h"
#include "store/child.h"

/* In a child, which opens the backup and then the store in the folder, and says
 *
 *	b ENTRIES LAST ZONE NAME	what is in the backup
 *	h MISSING SINCE		what the store has beyond it
 *	e CUSTOMER		who was erased there since
 *	c CUSTOMER CHANNEL SINCE	a no that stands there */
enum { PATIENCE = 600 };

struct comparing {
	const struct restore_sides *sides;
	FILE *tell;
	uint64_t *rows;		/* of the backup, by seq: a digest of each entry's bytes */
	size_t n, cap;
	struct restore_found *found;
	struct keepsakes *keep;
	int64_t known;		/* the last customer whom both have by that number */
};

/* -- the child -- */

static uint64_t row_digest(struct bytes value)
{
	uint64_t digest = digest_content(value.at, value.len);

	return digest ? digest : 1;	/* 0: there is none */
}

static enum status read_backup(struct txn *txn, void *arg)
{
	struct comparing *c = arg;
	struct entry *e = entry_new();
	struct range r;

	c->n = 0;
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		int64_t seq = (int64_t)key_read(r.key.at, 8);

		while ((int64_t)c->n < seq) {
			c->rows = mem_grow(c->rows, c->n, &c->cap, sizeof(*c->rows));
			c->rows[c->n++] = 0;
		}
		c->rows[seq - 1] = row_digest(r.value);
	}
	range_end(&r);
	if (c->n && journal_read(txn, (int64_t)c->n, e) != ST_OK)
		e->recorded = 0;
	fprintf(c->tell, "b %zu %" PRId64, c->n, e->recorded);
	entry_free(e);
	return txn_status(txn);
}

/* The last entry that both have: each holds the digest of the one before it, so
 * all before are the same too. */
static int64_t last_common(struct txn *txn, const struct comparing *c)
{
	uint8_t digest[DIGEST_SIZE];
	int64_t seq = journal_last(txn, digest);
	struct bytes value;

	if (seq > (int64_t)c->n)
		seq = (int64_t)c->n;
	for (; seq > 0; seq--) {
		struct key k = { .len = 0 };

		key_int(&k, (uint64_t)seq, 8);
		if (c->rows[seq - 1] && txn_get(txn, TABLE_JOURNAL, &k, &value) &&
		    row_digest(value) == c->rows[seq - 1])
			break;
	}
	return seq;
}

/* Numbers that both give to the same people go as far as the last one of them
 * in an entry that both have. */
static void tell_newer(struct txn *txn, struct comparing *c, int64_t common)
{
	struct entry *e = entry_new();
	int64_t missing = 0, since = 0;
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		struct entry_head head;

		if (!entry_head(r.key, r.value, &head))
			continue;
		if (head.seq <= common) {
			if (head.customer > c->known)
				c->known = head.customer;
			continue;
		}
		if (entry_decode(r.key, r.value, e) != ST_OK)
			continue;
		since = missing++ ? since : e->recorded;
		if (e->kind == ENTRY_CUSTOMER && !strcmp(e->rule, "erased") &&
		    e->customer <= c->known)
			fprintf(c->tell, "e %" PRId64 "\n", e->customer);
	}
	range_end(&r);
	fprintf(c->tell, "h %" PRId64 " %" PRId64 "\n", missing, since);
	entry_free(e);
}

static enum status read_store(struct txn *txn, void *arg)
{
	struct comparing *c = arg;
	int64_t common = last_common(txn, c);

	if (txn_status(txn) == ST_OK)
		tell_newer(txn, c, common);
	return txn_status(txn);
}

static enum status tell_refusals(const struct comparing *c, const struct shop *shop)
{
	struct consent_refusals refusals = { .n = 0 };
	enum status st = consent_refusals(shop, &refusals);

	for (size_t i = 0; i < refusals.n && st == ST_OK; i++) {
		const struct consent_refusal *no = &refusals.row[i];

		if (no->customer <= c->known)
			fprintf(c->tell, "c %" PRId64 " %d %" PRId64 "\n", no->customer,
				(int)no->channel, no->since);
	}
	consent_refusals_release(&refusals);
	return st;
}

static enum status look_at_store(struct comparing *c)
{
	const char *dir = c->sides->store;
	struct shop shop;
	enum status st = c->sides->held ? shop_open_held(dir, &shop) : shop_open(dir, &shop);

	if (st != ST_OK)
		return st;
	st = store_read(shop.store, read_store, c);
	if (st == ST_OK)
		st = tell_refusals(c, &shop);
	shop_close(&shop);
	return st;
}

static enum status compare_here(void *arg, FILE *tell)
{
	struct comparing *c = arg;
	struct shop shop;
	enum status st = shop_open(c->sides->backup, &shop);

	c->tell = tell;
	if (st != ST_OK)
		return st;
	st = store_read(shop.store, read_backup, c);
	fprintf(tell, " %s ", shop.settings.timezone);
	child_say(tell, shop.settings.name);
	shop_close(&shop);
	if (st == ST_OK && c->sides->store)
		st = look_at_store(c);
	free(c->rows);
	return st;
}

/* -- the parent -- */

static void keep_refusal(struct consent_refusals *to, const struct consent_refusal *no)
{
	to->row = mem_grow(to->row, to->n, &to->cap, sizeof(*to->row));
	to->row[to->n++] = *no;
}

static bool hear(void *arg, const char *line)
{
	const struct comparing *c = arg;
	struct restore_found *f = c->found;
	struct keepsakes *k = c->keep;
	struct consent_refusal no;
	int64_t id;
	int name = 0, channel;

	if (sscanf(line, "b %" SCNd64 " %" SCNd64 " %63s %n", &f->entries, &f->last, f->timezone,
		   &name) == 3 && name) {
		snprintf(f->name, sizeof(f->name), "%s", line + name);
	} else if (sscanf(line, "e %" SCNd64, &id) == 1) {
		k->erased = mem_grow(k->erased, k->n, &k->cap, sizeof(*k->erased));
		k->erased[k->n++] = id;
	} else if (sscanf(line, "c %" SCNd64 " %d %" SCNd64, &no.customer, &channel, &no.since) ==
		   3 && channel >= 0 && channel < CONSENT_CHANNELS) {
		no.channel = (enum consent_channel)channel;
		keep_refusal(&k->refusals, &no);
	} else if (sscanf(line, "h %" SCNd64 " %" SCNd64, &f->missing, &f->missing_since) == 2) {
		f->readable = true;
	}
	return true;
}

/* The backup was verified: what cannot be read then is the store. */
enum status restore_compare(const struct restore_sides *sides, struct restore_found *found,
			    struct keepsakes *keep)
{
	struct comparing c = { .sides = sides, .found = found, .keep = keep };
	struct child child = { .work = compare_here, .line = hear, .arg = &c,
			       .patience = PATIENCE };
	enum child_end end;
	enum status st;

	keep->n = keep->refusals.n = 0;
	found->readable = false;
	found->missing = found->missing_since = 0;
	st = child_run(&child, &end);
	if (end == CHILD_STOPPED)
		return fail(st, "stopped; nothing was changed");
	if (end == CHILD_NO_MEMORY)
		return fail(st, "not enough memory to compare the shop with the backup; close "
			    "other programs and try again");
	if (end != CHILD_ENDED || st == ST_CORRUPT || st == ST_TOO_NEW) {
		found->readable = false;
		return ST_OK;
	}
	return st;
}
