/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include <lmdb.h>

/* What happens inside a unit of work: rows, errors, appending, damage. */

/* -- rows -- */

static enum status rows_come_and_go(struct txn *txn, void *arg)
{
	struct key k = key_of("a"), none = key_of("none");
	struct bytes value;

	(void)arg;
	assert_false(txn_get(txn, TABLE_ITEM, &k, &value));
	assert_int_equal(value.len, 0);
	put_row(txn, TABLE_ITEM, "a", "one");
	put_row(txn, TABLE_CODE, "a", "another table");
	assert_true(has_row(txn, TABLE_ITEM, "a", "one"));
	put_row(txn, TABLE_ITEM, "a", "a longer value");
	assert_true(has_row(txn, TABLE_ITEM, "a", "a longer value"));
	put_row(txn, TABLE_ITEM, "b", "");
	assert_true(has_row(txn, TABLE_ITEM, "b", ""));
	assert_int_equal(txn_count(txn, TABLE_ITEM), 2);
	txn_delete(txn, TABLE_ITEM, &none);
	txn_delete(txn, TABLE_ITEM, &k);
	assert_false(txn_has(txn, TABLE_ITEM, &k));
	assert_int_equal(txn_count(txn, TABLE_ITEM), 1);
	assert_true(has_row(txn, TABLE_CODE, "a", "another table"));
	return txn_status(txn);
}

static void rows_are_put_read_and_deleted(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, rows_come_and_go, NULL));
	assert_false(is_there(f->store, "a", "a longer value"));
	assert_true(is_there(f->store, "b", ""));
}

static enum status empties_between_puts(struct txn *txn, void *arg)
{
	(void)arg;
	put_row(txn, TABLE_ITEM, "a", "1");
	put_row(txn, TABLE_ITEM, "b", "2");
	put_row(txn, TABLE_CODE, "a", "stays");
	txn_empty(txn, TABLE_ITEM);
	assert_int_equal(txn_count(txn, TABLE_ITEM), 0);
	put_row(txn, TABLE_ITEM, "c", "3");
	assert_int_equal(txn_count(txn, TABLE_ITEM), 1);
	assert_true(has_row(txn, TABLE_CODE, "a", "stays"));
	return txn_status(txn);
}

static void a_table_is_emptied_and_filled_anew(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, empties_between_puts, NULL));
	assert_true(is_there(f->store, "c", "3"));
	assert_false(is_there(f->store, "a", "1"));
}

/* Sizes about LMDB's pages, where a value moves to pages of its own. */
static enum status puts_every_size(struct txn *txn, void *arg)
{
	static uint8_t bytes[300000];
	struct bytes back;

	(void)arg;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 251);
	for (size_t len = 1; len < sizeof(bytes); len = len * 5 / 4 + 1) {
		struct key k = { 0 };

		key_int(&k, len, 8);
		txn_put(txn, TABLE_ITEM, &k, (struct bytes){ bytes, len });
		assert_true(txn_get(txn, TABLE_ITEM, &k, &back));
		assert_int_equal(back.len, len);
		assert_memory_equal(back.at, bytes, len);
	}
	return txn_status(txn);
}

static void values_of_every_size_come_back(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, puts_every_size, NULL));
}

/* -- errors -- */

static enum status goes_on_after_an_error(struct txn *txn, void *arg)
{
	enum status st = *(enum status *)arg;
	struct key k = key_of("before");
	struct bytes value;
	struct range r;

	put_row(txn, TABLE_ITEM, "before", "1");
	assert_int_equal(txn_fail(txn, fail(ST_REFUSED, "the first sentence")), ST_REFUSED);
	assert_int_equal(txn_fail(txn, ST_FULL), ST_REFUSED);
	put_row(txn, TABLE_ITEM, "after", "2");
	txn_append(txn, TABLE_ITEM, &k, (struct bytes){ "", 0 });
	txn_delete(txn, TABLE_ITEM, &k);
	txn_empty(txn, TABLE_ITEM);
	assert_false(txn_get(txn, TABLE_ITEM, &k, &value));
	assert_false(txn_has(txn, TABLE_ITEM, &k));
	assert_int_equal(txn_count(txn, TABLE_ITEM), 0);
	range_start(&r, txn, TABLE_ITEM, NULL);
	range_seek(&r, &k);
	assert_false(range_next(&r));
	assert_false(range_previous(&r));
	range_end(&r);
	assert_int_equal(txn_status(txn), ST_REFUSED);
	return st;
}

static void after_its_first_error_a_transaction_is_quiet(void **state)
{
	static const enum status returned[] = { ST_OK, ST_INVALID };
	struct fixture *f = *state;
	uint64_t before = store_version(f->store);

	for (size_t i = 0; i < 2; i++) {
		enum status st = returned[i];

		assert_int_equal(store_write(f->store, goes_on_after_an_error, &st), ST_REFUSED);
		assert_string_equal(status_text(), "the first sentence");
		assert_false(is_there(f->store, "before", "1"));
	}
	assert_int_equal(store_version(f->store), before);
}

static enum status writes_then_gives_up(struct txn *txn, void *arg)
{
	(void)arg;
	put_row(txn, TABLE_ITEM, "a", "1");
	return fail(ST_REFUSED, "no");
}

static void work_that_fails_changes_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t before = store_version(f->store);

	assert_int_equal(store_write(f->store, writes_then_gives_up, NULL), ST_REFUSED);
	assert_false(is_there(f->store, "a", "1"));
	assert_int_equal(store_version(f->store), before);
	MUST(store_write(f->store, write_row, &(struct row){ "a", "2", false }));
	assert_int_equal(store_version(f->store), before + 1);
}

static enum status leaves_its_ranges_open(struct txn *txn, void *arg)
{
	struct range r[3];

	for (unsigned i = 0; i < 3; i++) {
		range_start(&r[i], txn, TABLE_ITEM, NULL);
		range_next(&r[i]);
	}
	return *(enum status *)arg;
}

static void ranges_left_open_end_with_the_transaction(void **state)
{
	struct fixture *f = *state;
	enum status st = ST_OK;

	for (int i = 0; i < 20; i++)
		MUST(store_read(f->store, leaves_its_ranges_open, &st));
	st = ST_REFUSED;
	for (int i = 0; i < 20; i++)
		assert_int_equal(store_write(f->store, leaves_its_ranges_open, &st), ST_REFUSED);
}

/* -- appending -- */

static enum status appends_and_puts(struct txn *txn, void *arg)
{
	(void)arg;
	for (unsigned i = 0; i < 5000; i++) {
		struct key k = { 0 }, other = key_of("other");

		key_int(&k, i * 2, 8);
		txn_append(txn, TABLE_JOURNAL, &k, (struct bytes){ &i, sizeof(i) });
		key_int(&other, 5000 - i, 8);
		txn_put(txn, TABLE_JOURNAL, &other, (struct bytes){ &i, sizeof(i) });
		txn_delete(txn, TABLE_JOURNAL, &other);
		if (i % 100)
			continue;
		k.len = 0;
		key_int(&k, i, 8);	/* in the middle, as a late row is */
		txn_put(txn, TABLE_JOURNAL, &k, (struct bytes){ &i, sizeof(i) });
	}
	return txn_status(txn);
}

static enum status counts_appended(struct txn *txn, void *arg)
{
	struct range r;
	uint64_t last = 0, n = 0;

	(void)arg;
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		assert_true(!n || key_read(r.key.at, 8) > last);
		last = key_read(r.key.at, 8);
		n++;
	}
	range_end(&r);
	assert_int_equal(n, 5000);
	assert_int_equal(txn_count(txn, TABLE_JOURNAL), n);
	return txn_status(txn);
}

static void rows_are_appended_beside_puts_and_deletes(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, appends_and_puts, NULL));
	MUST(store_read(f->store, counts_appended, NULL));
}

static enum status appends_out_of_order(struct txn *txn, void *arg)
{
	struct key a = key_of("a"), b = key_of("b");

	(void)arg;
	txn_append(txn, TABLE_ITEM, &b, (struct bytes){ "", 0 });
	assert_int_equal(txn_status(txn), ST_OK);
	txn_append(txn, TABLE_ITEM, &a, (struct bytes){ "", 0 });
	assert_int_not_equal(txn_status(txn), ST_OK);
	return ST_OK;
}

static void a_row_out_of_order_is_not_appended(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(store_write(f->store, appends_out_of_order, NULL), ST_SYSTEM);
	assert_non_null(strstr(status_text(), f->dir));
	assert_false(is_there(f->store, "b", ""));
}

/* Mostly rising keys, some late, some again; other rows come and go between. */
static enum status puts_rising(struct txn *txn, void *arg)
{
	(void)arg;
	for (uint32_t i = 0; i < 5000; i++) {
		struct key k = { 0 }, other = { 0 };
		uint32_t back = i % 10 == 9 ? i / 2 : i;

		key_int(&k, back, 4);
		key_int(&other, UINT64_C(1) << 40 | i, 8);
		txn_put_rising(txn, TABLE_DONE, &k, (struct bytes){ &i, sizeof(i) });
		if (i % 50)
			continue;
		txn_put(txn, TABLE_DONE, &other, (struct bytes){ "", 0 });
		txn_delete(txn, TABLE_DONE, &other);
	}
	return txn_status(txn);
}

static enum status checks_rising(struct txn *txn, void *arg)
{
	struct range r;
	uint64_t n = 0, last = 0;

	(void)arg;
	range_start(&r, txn, TABLE_DONE, NULL);
	while (range_next(&r)) {
		uint64_t key = key_read(r.key.at, 4);
		uint32_t value;

		memcpy(&value, r.value.at, sizeof(value));
		assert_true(!n || key > last);
		assert_int_equal(r.key.len, 4);
		/* The newest that was put there: itself, or twice as high. */
		assert_true(value == key || (value % 10 == 9 && value / 2 == key));
		last = key;
		n++;
	}
	range_end(&r);
	assert_int_equal(n, 4750);	/* every other late one was there already */
	assert_int_equal(txn_count(txn, TABLE_DONE), n);
	return txn_status(txn);
}

static void rising_rows_may_come_late(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, puts_rising, NULL));
	MUST(store_read(f->store, checks_rising, NULL));
}

/* -- damage -- */

/* Writes stored bytes as they are, check and all, past the store. */
static void raw_put(struct fixture *f, const char *key, const char *bytes, size_t len)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	MDB_val k = { strlen(key), (void *)(uintptr_t)key };
	MDB_val v = { len, (void *)(uintptr_t)bytes };

	store_close(f->store);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 4);
	mdb_env_set_mapsize(env, (size_t)64 << 20);
	assert_int_equal(mdb_env_open(env, f->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, table_name(TABLE_ITEM), 0, &dbi), 0);
	assert_int_equal(mdb_put(txn, dbi, &k, &v, 0), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	MUST(store_open(f->dir, &f->options, &f->store));
}

/* The stored bytes of a row. */
static size_t raw_get(struct fixture *f, const char *key, char *out)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	MDB_val k = { strlen(key), (void *)(uintptr_t)key }, v;

	store_close(f->store);
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 4);
	assert_int_equal(mdb_env_open(env, f->dir, MDB_RDONLY, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, table_name(TABLE_ITEM), 0, &dbi), 0);
	assert_int_equal(mdb_get(txn, dbi, &k, &v), 0);
	memcpy(out, v.mv_data, v.mv_size);
	mdb_txn_abort(txn);
	mdb_env_close(env);
	MUST(store_open(f->dir, &f->options, &f->store));
	return v.mv_size;
}

static enum status puts_three(struct txn *txn, void *arg)
{
	(void)arg;
	put_row(txn, TABLE_ITEM, "a", "one");
	put_row(txn, TABLE_ITEM, "b", "two");
	put_row(txn, TABLE_ITEM, "c", "three");
	return txn_status(txn);
}

static void assert_b_is_damaged(struct fixture *f)
{
	struct row row = { "b", "two", false };

	assert_int_equal(store_read(f->store, read_row, &row), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "table item, key 62"));
	assert_true(is_there(f->store, "a", "one"));
	assert_true(is_there(f->store, "c", "three"));
}

static void every_flipped_bit_of_a_row_is_found(void **state)
{
	struct fixture *f = *state;
	char stored[64];
	size_t len;

	MUST(store_write(f->store, puts_three, NULL));
	len = raw_get(f, "b", stored);
	assert_int_equal(len, 3 + 4);
	for (size_t bit = 0; bit < len * 8; bit++) {
		stored[bit / 8] = (char)(stored[bit / 8] ^ 1 << bit % 8);
		raw_put(f, "b", stored, len);
		assert_b_is_damaged(f);
		stored[bit / 8] = (char)(stored[bit / 8] ^ 1 << bit % 8);
	}
	for (size_t shorter = 0; shorter < len; shorter++) {
		raw_put(f, "b", stored, shorter);
		assert_b_is_damaged(f);
	}
	raw_put(f, "b", stored, len);
	assert_true(is_there(f->store, "b", "two"));
}

static void a_row_under_another_key_is_found(void **state)
{
	struct fixture *f = *state;
	char stored[64];
	size_t len;

	MUST(store_write(f->store, puts_three, NULL));
	len = raw_get(f, "a", stored);
	raw_put(f, "b", stored, len);
	assert_b_is_damaged(f);
}

static enum status walks_past_damage(struct txn *txn, void *arg)
{
	static const bool damaged[] = { false, true, false };
	struct range r;

	(void)arg;
	range_start(&r, txn, TABLE_ITEM, NULL);
	r.lenient = true;
	for (int i = 0; i < 3; i++) {
		assert_true(range_next(&r));
		assert_int_equal(*(const char *)r.key.at, "abc"[i]);
		assert_int_equal(r.damaged, damaged[i]);
	}
	assert_false(range_next(&r));
	range_end(&r);
	assert_int_equal(txn_status(txn), ST_OK);
	range_start(&r, txn, TABLE_ITEM, NULL);
	assert_true(range_next(&r));
	assert_false(range_next(&r));
	range_end(&r);
	return ST_OK;
}

static void only_a_lenient_range_goes_on_past_damage(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, puts_three, NULL));
	raw_put(f, "b", "two and no check", 16);
	assert_int_equal(store_read(f->store, walks_past_damage, NULL), ST_CORRUPT);
	assert_b_is_damaged(f);
}

static enum status overwrites_b(struct txn *txn, void *arg)
{
	struct key b = key_of("b");

	(void)arg;
	txn_delete(txn, TABLE_ITEM, &b);
	put_row(txn, TABLE_ITEM, "b", "mended");
	return txn_status(txn);
}

static void a_damaged_row_can_be_replaced(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, puts_three, NULL));
	raw_put(f, "b", "?", 1);
	MUST(store_write(f->store, overwrites_b, NULL));
	assert_true(is_there(f->store, "b", "mended"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_setup, teardown)
		CASE(rows_are_put_read_and_deleted),
		CASE(a_table_is_emptied_and_filled_anew),
		CASE(values_of_every_size_come_back),
		CASE(after_its_first_error_a_transaction_is_quiet),
		CASE(work_that_fails_changes_nothing),
		CASE(ranges_left_open_end_with_the_transaction),
		CASE(rows_are_appended_beside_puts_and_deletes),
		CASE(a_row_out_of_order_is_not_appended),
		CASE(rising_rows_may_come_late),
		CASE(every_flipped_bit_of_a_row_is_found),
		CASE(a_row_under_another_key_is_found),
		CASE(only_a_lenient_range_goes_on_past_damage),
		CASE(a_damaged_row_can_be_replaced),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
