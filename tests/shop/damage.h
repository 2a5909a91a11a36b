/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SHOP_DAMAGE_H
#define TESTS_SHOP_DAMAGE_H

/* Shops that are damaged in every way that verify should see. */

#include <lmdb.h>

#include "base/buf.h"
#include "shop/customer.h"
#include "shop/item.h"
#include "shop/segment.h"
#include "shop/verify.h"
#include "tests/shop/fixture.h"

/* -- a shop with something of everything -- */

struct busy {
	int64_t card, free_tea, points;		/* programs and reward */
	int64_t sale, paid, refund, undone, undo, opening, anonymous, closed;	/* seqs */
};

static inline void add_people(struct fixture *f)
{
	static const char *const names[] = { "Asha Patel", "Ravi Shah", "Meera Patel" };

	for (int i = 0; i < 3; i++) {
		struct customer c = { 0 };

		strcpy(c.name, names[i]);
		snprintf(c.phones[0].text, sizeof(c.phones[0].text), "98240 1234%d", i);
		snprintf(c.emails[0].address, sizeof(c.emails[0].address), "p%d@example.com", i);
		snprintf(c.cards[0].code, sizeof(c.cards[0].code), "CARD-%d", i);
		snprintf(c.code, sizeof(c.code), "C%d", i);
		c.phone_count = c.email_count = c.card_count = 1;
		MUST(customer_add(&f->shop, &f->by, &c, true));
		assert_int_equal(c.id, i + 1);
	}
}

static inline void add_items(struct fixture *f)
{
	struct item tea = { .name = "Masala chai", .code = "CH1", .category = "tea" };
	struct item cake = { .name = "Cake", .category = "snacks" };

	MUST(item_add(&f->shop, &f->by, &tea));
	MUST(item_add(&f->shop, &f->by, &cake));
}

static inline void add_segment(struct fixture *f, const char *name, const char *filter)
{
	struct segment s = { 0 };

	strcpy(s.name, name);
	strcpy(s.filter, filter);
	MUST(segment_add(&f->shop, &f->by, &s));
}

/* One in use, one that was changed, one that was removed. */
static inline void add_segments(struct fixture *f)
{
	struct segment s = { .name = "Away" };

	add_segment(f, "Cooling", "last_visit > 60d");
	add_segment(f, "Gone", "last_visit > 1y");
	add_segment(f, "Often", "visits >= 9");
	MUST(segment_edit(&f->shop, &f->by, "gone", &s));
	MUST(segment_remove(&f->shop, &f->by, "Often", &s));
}

/* Customer 1: three stamps of five, one taken by a refund, 70 points. Customer
 * 2 brought four stamps and had a sale undone. */
static inline struct busy busy_shop(struct fixture *f)
{
	struct program points = { .earn = 1, .spend = 1000, .point_value = 100 };
	struct program card = { .goal = 5 };
	struct line lines[] = { { 1, 2000, 40000 }, { 2, 1000, 10000 } };
	struct adjustment opening = { .customer = 2, .amount = 4, .reason = "" };
	struct reward tea = { .value = 2000 };
	struct trade_run run;
	struct busy b;

	add_people(f);
	add_items(f);
	add_segments(f);
	add_card(f, &card, &tea);
	add_points(f, &points);
	b = (struct busy){ .card = card.id, .free_tea = tea.id, .points = points.id };
	b.sale = sell(f, 1, 50000, &(struct sale){ .receipt = "R-1", .line_count = 2,
						  .lines = lines });
	b.paid = sell(f, 1, 40000, &(struct sale){ .receipt = "R-2", .points = 10 });
	MUST(refund_add(&f->shop, &f->by, &(struct refund){ .sale = b.paid, .number = "1" }, &run));
	b.refund = run.seq;
	b.anonymous = sell(f, 0, 1000, NULL);
	sell(f, 1, 20000, &(struct sale){ .receipt = "R-3" });
	opening.program = card.id;
	MUST(balance_open(&f->shop, &f->by, &opening, &run));
	b.opening = run.seq;
	b.undone = sell(f, 2, 30000, &(struct sale){ .receipt = "R-4" });
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	b.undo = run.seq;
	f->by.has_op = true;
	sell(f, 2, 7000, &(struct sale){ .words = "3 a hem" });
	f->by.has_op = false;
	MUST(day_close(&f->shop, &f->by, &(struct day_close){
		.day = clock_day(f->by.now), .takings = 900000 }, &run));
	b.closed = run.seq;
	return b;
}

/* -- what verify says -- */

struct faults {
	struct buf text;	/* one a line */
	uint64_t n;
};

static inline void hear(void *arg, const char *sentence)
{
	struct faults *f = arg;

	buf_printf(&f->text, "%s\n", sentence);
	f->n++;
}

static inline struct faults faults_of(struct fixture *f)
{
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_verify(&f->shop, &ask, &result));
	assert_int_equal(result.faults, heard.n);
	return heard;
}

/* Verify says this line and nothing else; NULL: nothing at all. */
static inline void says(struct fixture *f, const char *line)
{
	struct faults heard = faults_of(f);
	char want[400] = "";

	if (line)
		snprintf(want, sizeof(want), "%s\n", line);
	assert_string_equal(heard.text.at ? heard.text.at : "", want);
	buf_release(&heard.text);
}

/* It is among what verify says. */
static inline void says_also(struct fixture *f, const char *line)
{
	struct faults heard = faults_of(f);

	if (!heard.text.at || !strstr(heard.text.at, line))
		print_error("\"%s\" is not in:\n%s", line, heard.text.at ? heard.text.at : "");
	assert_non_null(heard.text.at);
	assert_non_null(strstr(heard.text.at, line));
	buf_release(&heard.text);
}

static inline void repair(struct fixture *f)
{
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_repair(&f->shop, &ask, &result));
	buf_release(&heard.text);
}

/* -- rows that are written well, but wrong -- */

struct edit {
	enum table table;
	struct key key;
	struct bytes value;
	bool delete;
};

static inline enum status edit_work(struct txn *txn, void *arg)
{
	const struct edit *e = arg;

	if (e->delete)
		assert_true(txn_has(txn, e->table, &e->key));
	if (e->delete)
		txn_delete(txn, e->table, &e->key);
	else
		txn_put(txn, e->table, &e->key, e->value);
	return txn_status(txn);
}

static inline void put_row(struct fixture *f, enum table table, struct key key,
			   const void *bytes, size_t len)
{
	struct edit e = { table, key, { bytes, len }, false };

	MUST(store_write(f->shop.store, edit_work, &e));
}

static inline void drop_row(struct fixture *f, enum table table, struct key key)
{
	struct edit e = { table, key, { "", 0 }, true };

	MUST(store_write(f->shop.store, edit_work, &e));
}

static inline struct key seq_key(int64_t seq)
{
	struct key k;

	k.len = 0;
	key_int(&k, (uint64_t)seq, 8);
	return k;
}

static inline struct key pair_key(int64_t a, int64_t b)
{
	struct key k = seq_key(a);

	key_int(&k, (uint64_t)b, 8);
	return k;
}

/* -- bytes that are not what was written -- */

typedef void raw_row(MDB_val key, MDB_val value, void *arg);

/* Shows a table's rows as LMDB has them, in memory that can be changed and is
 * written back. */
static inline void raw_rows(struct fixture *f, enum table table, raw_row *each, void *arg)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	MDB_cursor *cursor;
	MDB_val k, v;

	shop_close(&f->shop);
	assert_int_equal(mdb_env_create(&env), 0);
	assert_int_equal(mdb_env_set_maxdbs(env, TABLES), 0);
	assert_int_equal(mdb_env_set_mapsize(env, (size_t)1 << 30), 0);
	assert_int_equal(mdb_env_open(env, f->dir, MDB_NOSYNC, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, table_name(table), 0, &dbi), 0);
	assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
	while (!mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) {
		uint8_t copy[8192];
		MDB_val changed = { v.mv_size, copy };

		assert_true(v.mv_size <= sizeof(copy));
		memcpy(copy, v.mv_data, v.mv_size);
		each(k, changed, arg);
		if (memcmp(copy, v.mv_data, v.mv_size))
			assert_int_equal(mdb_cursor_put(cursor, &k, &changed, MDB_CURRENT), 0);
	}
	mdb_cursor_close(cursor);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	MUST(shop_open(f->dir, &f->shop));
}

struct flip {
	size_t row, byte, at;		/* which row; which of its bytes; how far we are */
	bool done;
};

static inline void flip_row(MDB_val key, MDB_val value, void *arg)
{
	struct flip *p = arg;

	(void)key;
	if (p->at++ == p->row && p->byte < value.mv_size) {
		((uint8_t *)value.mv_data)[p->byte] ^= 0x10;
		p->done = true;
	}
}

/* Flips one bit of the n-th row's value. False: there is no such byte. */
static inline bool spoil(struct fixture *f, enum table table, size_t row, size_t byte)
{
	struct flip p = { .row = row, .byte = byte };

	raw_rows(f, table, flip_row, &p);
	return p.done;
}

/* -- everything that is derived, as bytes -- */

static inline enum status dump_work(struct txn *txn, void *arg)
{
	static const enum table derived[] = {
		TABLE_DONE, TABLE_ABOUT, TABLE_UNDONE, TABLE_TIMELINE, TABLE_ACCOUNT, TABLE_HOUSE,
		TABLE_LOT, TABLE_PHONE, TABLE_EMAIL, TABLE_CARD, TABLE_CODE, TABLE_WORD,
		TABLE_ITEM_KEY };
	struct buf *out = arg;
	struct range r;

	buf_clear(out);
	for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++) {
		range_start(&r, txn, derived[i], NULL);
		while (range_next(&r)) {
			buf_printf(out, "%s ", table_name(derived[i]));
			for (size_t j = 0; j < r.key.len; j++)
				buf_printf(out, "%02x", ((const uint8_t *)r.key.at)[j]);
			buf_text(out, " ");
			for (size_t j = 0; j < r.value.len; j++)
				buf_printf(out, "%02x", ((const uint8_t *)r.value.at)[j]);
			buf_text(out, "\n");
		}
		range_end(&r);
	}
	return txn_status(txn);
}

static inline struct buf derived_of(struct fixture *f)
{
	struct buf out = { 0 };

	MUST(store_read(f->shop.store, dump_work, &out));
	return out;
}

#endif
