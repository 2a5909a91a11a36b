/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

/* Rows in order, both ways, from anywhere: against a sorted array. */

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

enum { KEYS = 3000, KEY_ROOM = 6 };

/* Keys of few different bytes, so that prefixes, 00 and ff come up often. */
static struct key made_up_key(uint64_t *seed, size_t longest)
{
	static const uint8_t letters[] = { 0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff };
	struct key k = { .len = next_random(seed) % (longest + 1) };

	for (size_t i = 0; i < k.len; i++)
		k.at[i] = letters[next_random(seed) % sizeof(letters)];
	return k;
}

static int by_bytes(const void *one, const void *two)
{
	const struct key *a = one, *b = two;
	int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static struct key *made_up_keys(uint64_t *seed, size_t *n)
{
	struct key *keys = mem_alloc(KEYS * sizeof(*keys));
	size_t kept = 0;

	for (size_t i = 0; i < KEYS; i++)
		do
			keys[i] = made_up_key(seed, KEY_ROOM);
		while (!keys[i].len);
	qsort(keys, KEYS, sizeof(*keys), by_bytes);
	for (size_t i = 0; i < KEYS; i++)
		if (!kept || by_bytes(&keys[kept - 1], &keys[i]))
			keys[kept++] = keys[i];
	*n = kept;
	return keys;
}

static bool begins_with(const struct key *k, const struct key *prefix)
{
	return k->len >= prefix->len && !memcmp(k->at, prefix->at, prefix->len);
}

static void assert_row(const struct range *r, const struct key *k)
{
	assert_int_equal(r->key.len, k->len);
	assert_memory_equal(r->key.at, k->at, k->len);
	assert_int_equal(r->value.len, k->len + 200);
	assert_memory_equal(r->value.at, k->at, k->len);
}

struct model {
	struct key *keys;
	size_t n;
	uint64_t seed;
};

static void check_whole_range(struct txn *txn, const struct model *m, const struct key *prefix)
{
	struct range r;

	range_start(&r, txn, TABLE_ITEM, prefix);
	for (size_t i = 0; i < m->n; i++)
		if (begins_with(&m->keys[i], prefix)) {
			assert_true(range_next(&r));
			assert_row(&r, &m->keys[i]);
		}
	assert_false(range_next(&r));
	range_end(&r);
	range_start(&r, txn, TABLE_ITEM, prefix->len ? prefix : NULL);
	for (size_t i = m->n; i-- > 0;)
		if (begins_with(&m->keys[i], prefix)) {
			assert_true(range_previous(&r));
			assert_row(&r, &m->keys[i]);
		}
	assert_false(range_previous(&r));
	range_end(&r);
}

/* Both ways from a place in the prefix. */
static void check_seek(struct txn *txn, const struct model *m, const struct key *prefix,
		       const struct key *from)
{
	struct range r;
	size_t at = 0;

	while (at < m->n && by_bytes(&m->keys[at], from) < 0)
		at++;
	range_start(&r, txn, TABLE_ITEM, prefix);
	range_seek(&r, from);
	for (size_t i = at; i < at + 3 && i < m->n && begins_with(&m->keys[i], prefix); i++) {
		assert_true(range_next(&r));
		assert_row(&r, &m->keys[i]);
	}
	range_seek(&r, from);
	for (size_t i = at; i > 0 && i + 3 > at && begins_with(&m->keys[i - 1], prefix); i--) {
		assert_true(range_previous(&r));
		assert_row(&r, &m->keys[i - 1]);
	}
	if (!at || !begins_with(&m->keys[at - 1], prefix)) {
		range_seek(&r, from);
		assert_false(range_previous(&r));
	}
	range_end(&r);
}

/* Rows that are there and others, far away and near, with and without steps. */
static void check_find(struct txn *txn, struct model *m)
{
	struct range r;
	size_t at = 0;

	range_start(&r, txn, TABLE_ITEM, NULL);
	for (unsigned i = 0; i < 3000; i++) {
		struct key k = made_up_key(&m->seed, KEY_ROOM);

		at = next_random(&m->seed) % 4 ? at + next_random(&m->seed) % 20 :
						 next_random(&m->seed);
		at %= m->n;
		if (next_random(&m->seed) % 3)
			k = m->keys[at];
		if (!k.len)
			continue;
		if (bsearch(&k, m->keys, m->n, sizeof(k), by_bytes)) {
			assert_true(range_find(&r, &k, (unsigned)(next_random(&m->seed) % 30)));
			assert_row(&r, &k);
			if (by_bytes(&k, &m->keys[at]) || at + 1 == m->n)
				continue;
			assert_true(range_next(&r));
			assert_row(&r, &m->keys[at + 1]);
		} else {
			assert_false(range_find(&r, &k, (unsigned)(next_random(&m->seed) % 30)));
		}
	}
	range_end(&r);
}

static enum status fill_from_model(struct txn *txn, void *arg)
{
	const struct model *m = arg;
	uint8_t value[KEY_ROOM + 200] = { 0 };

	for (size_t i = 0; i < m->n; i++) {
		memcpy(value, m->keys[i].at, m->keys[i].len);
		txn_put(txn, TABLE_ITEM, &m->keys[i],
			(struct bytes){ value, m->keys[i].len + 200 });
	}
	return txn_status(txn);
}

static enum status check_ranges(struct txn *txn, void *arg)
{
	struct model *m = arg;
	struct key prefix = { 0 }, from;

	check_whole_range(txn, m, &prefix);
	check_find(txn, m);
	for (unsigned i = 0; i < 300; i++) {
		prefix = made_up_key(&m->seed, 3);
		check_whole_range(txn, m, &prefix);
		for (unsigned j = 0; j < 10; j++) {
			struct key tail = made_up_key(&m->seed, 3);

			from = prefix;
			key_bytes(&from, tail.at, tail.len);
			if (from.len)
				check_seek(txn, m, &prefix, &from);
		}
	}
	return txn_status(txn);
}

static void ranges_agree_with_a_sorted_array(void **state)
{
	struct fixture *f = *state;
	struct model m = { .seed = 7 };

	m.keys = made_up_keys(&m.seed, &m.n);
	MUST(store_write(f->store, fill_from_model, &m));
	MUST(store_read(f->store, check_ranges, &m));
	free(m.keys);
}

static enum status check_empty_ranges(struct txn *txn, void *arg)
{
	struct model m = { 0 };
	struct key k = key_of("a"), none = { 0 };
	struct range r;

	(void)arg;
	check_whole_range(txn, &m, &none);
	check_whole_range(txn, &m, &k);
	check_seek(txn, &m, &none, &k);
	check_seek(txn, &m, &k, &k);
	range_start(&r, txn, TABLE_ITEM, NULL);
	assert_false(range_find(&r, &k, 0));
	assert_false(range_find(&r, &k, 9));
	range_end(&r);
	return txn_status(txn);
}

static void an_empty_table_has_no_rows_either_way(void **state)
{
	struct fixture *f = *state;

	MUST(store_read(f->store, check_empty_ranges, NULL));
}

static enum status many_ranges_at_once(struct txn *txn, void *arg)
{
	struct range r[16];

	(void)arg;
	put_row(txn, TABLE_ITEM, "a", "1");
	for (unsigned i = 0; i < 16; i++) {
		range_start(&r[i], txn, TABLE_ITEM, NULL);
		assert_true(range_next(&r[i]));
	}
	for (unsigned i = 0; i < 16; i += 2)
		range_end(&r[i]);
	range_start(&r[0], txn, TABLE_ITEM, NULL);
	assert_true(range_previous(&r[0]));
	assert_false(range_next(&r[1]));
	range_end(&r[0]);
	for (unsigned i = 1; i < 16; i += 2)
		range_end(&r[i]);
	return txn_status(txn);
}

static void sixteen_ranges_are_open_at_once(void **state)
{
	struct fixture *f = *state;

	MUST(store_write(f->store, many_ranges_at_once, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_setup, teardown)
		CASE(ranges_agree_with_a_sorted_array),
		CASE(an_empty_table_has_no_rows_either_way),
		CASE(sixteen_ranges_are_open_at_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
