/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/harm.h"

/* Bits flip, pages are lost, files are cut off: never a wrong answer beside a
 * clean verify. */

enum { META_BYTES = 160 };

/* How many answers may be wrong until verify is asked. A row carries a check, so what
 * it says is right or refused; what LMDB keeps in its pages to find rows by (where
 * they begin in the page, which page has which keys) has none, and a bit there can
 * hide a row from who asks for it. verify counts the rows, and tells.
 *
 * Of 20,000 flips 4 did that. Were it 10 in the long run, which is as many as can be
 * meant where 4 were seen (95 of 100), more than this bound were seen less than once in
 * 10^12 runs, and in the short form less than once in 10^6. Values are most of the
 * file: had they lost their check, it would be thousands. */
static long wrong_bound(long tries)
{
	return tries / 500 + 5;
}

static void a_flipped_bit_is_found_or_changes_no_answer(void **state)
{
	struct harm *h = *state;
	long flips = short_or_long(1000, 20000) / (long)thinner();

	for (long i = 0; i < flips; i++)
		flip(h, next_random(&h->seed) % (h->len * 8), "bit");
	tell(h);
	report("damage", "bits flipped in the file", h->tries, h->silent, SEED);
	report("damage", "of them, answers that were wrong until verify was asked", h->wrong, 0,
	       SEED);
	assert_int_equal(h->silent, 0);
	assert_true(h->wrong <= wrong_bound(h->tries));
}

static void a_flipped_bit_in_a_name_is_found(void **state)
{
	struct harm *h = *state;

	flip_names(h, "bit");
	tell(h);
	report("damage", "bits flipped in names", h->tries, h->silent + h->wrong, SEED);
	assert_int_equal(h->silent, 0);
	assert_int_equal(h->wrong, 0);
	assert_true(h->tries > TILL_CUSTOMERS);
}

/* Where LMDB keeps which state of the shop is the newest. */
static void a_flipped_bit_in_the_meta_pages_too(void **state)
{
	struct harm *h = *state;
	size_t every = short_or_long(0, 1) ? 1 : 3 * thinner();

	for (size_t page = 0; page < 2; page++)
		for (size_t bit = 0; bit < META_BYTES * 8; bit += every)
			flip(h, page * PAGE * 8 + bit, "bit");
	tell(h);
	report("damage", "bits flipped where LMDB says which state is the newest", h->tries,
	       h->silent, NO_SEED);
	assert_int_equal(h->silent, 0);
}

/* -- more than a bit -- */

static void a_file_that_was_cut_off_is_noticed(void **state)
{
	struct harm *h = *state;
	size_t cuts = (size_t)short_or_long(20, 1000) / thinner();

	for (size_t len = 0; len < h->len; len += PAGE) {
		data_write(h->dir, h->shop, len);
		judge(h, "cut to", len);
	}
	for (size_t i = 0; i < cuts; i++) {
		size_t len = next_random(&h->seed) % h->len;

		data_write(h->dir, h->shop, len);
		judge(h, "cut to", len);
	}
	tell(h);
	report("damage", "files cut off, at every page and anywhere", h->tries, h->silent, SEED);
	assert_int_equal(h->silent, 0);
	assert_true(h->right < h->tries / 2);	/* else nothing was cut */
}

/* Writes over some bytes, asks, and puts them back. */
static void try_over(struct harm *h, size_t at, const uint8_t *bytes, size_t len)
{
	uint8_t before[PAGE];

	memcpy(before, h->shop + at, len);
	memcpy(h->shop + at, bytes, len);
	data_write(h->dir, h->shop, h->len);
	judge(h, "written over at", at);
	memcpy(h->shop + at, before, len);
}

static void random_bytes_are_noticed(void **state)
{
	struct harm *h = *state;
	long tries = short_or_long(100, 5000) / (long)thinner();

	for (long i = 0; i < tries; i++) {
		size_t at = next_random(&h->seed) % h->len;
		size_t len = 1 + next_random(&h->seed) % PAGE;
		uint8_t bytes[PAGE];

		if (len > h->len - at)
			len = h->len - at;
		for (size_t k = 0; k < len; k++)
			bytes[k] = (uint8_t)next_random(&h->seed);
		try_over(h, at, bytes, len);
	}
	tell(h);
	report("damage", "random bytes written over the file", h->tries, h->silent, SEED);
	assert_int_equal(h->silent, 0);
}

static int sells_some_more(void *arg)
{
	struct till t;
	bool repeated;

	till_open(&t, arg);
	for (long n = SALES; n < SALES + 10; n++)
		NEED(till_sell(&t, WRITER, n, &repeated));
	till_close(&t);
	return 0;
}

/* A disk that put nothing there, another page's bytes, or said that it wrote
 * and did not. */
static void a_page_that_is_not_its_own_is_noticed(void **state)
{
	struct harm *h = *state;
	static const uint8_t nothing[PAGE];
	uint8_t *now;
	size_t now_len;

	data_write(h->dir, h->shop, h->len);
	assert_int_equal(child_run(sells_some_more, h->dir), 0);
	now = data_read(h->dir, &now_len);
	for (size_t at = 0; at + PAGE <= h->len; at += PAGE) {
		uint8_t other[PAGE];

		memcpy(other, h->shop + next_random(&h->seed) % (h->len / PAGE) * PAGE, PAGE);
		try_over(h, at, nothing, PAGE);
		try_over(h, at, other, PAGE);
		try_over(h, at, now + at, PAGE);
	}
	free(now);
	tell(h);
	report("damage", "pages lost, misplaced, or of another time", h->tries, h->silent, SEED);
	assert_int_equal(h->silent, 0);
}

/* -- rows whose check fits their wrong bytes -- */

/* Flips a bit of the value of some row, as if values had no check. */
static enum status change_row(struct txn *txn, void *arg)
{
	struct harm *h = arg;
	enum table table = next_random(&h->seed) % 2 ? TABLE_ACCOUNT : TABLE_LOT;
	uint64_t skip = next_random(&h->seed) % txn_count(txn, table);
	uint8_t value[8192];
	struct bytes changed;
	struct key key = { 0 };
	struct range r;

	range_start(&r, txn, table, NULL);
	for (uint64_t i = 0; i <= skip; i++)
		if (!range_next(&r))
			die("the table has fewer rows than it says");
	key_bytes(&key, r.key.at, r.key.len);
	memcpy(value, r.value.at, r.value.len);
	changed = (struct bytes){ value, r.value.len };
	range_end(&r);
	value[next_random(&h->seed) % changed.len] ^= (uint8_t)(1 << next_random(&h->seed) % 8);
	txn_put(txn, table, &key, changed);
	return txn_status(txn);
}

static int changes_a_row(void *arg)
{
	struct harm *h = arg;
	struct till t;

	till_open(&t, h->dir);
	NEED(store_write(t.shop.store, change_row, h));
	till_close(&t);
	return 0;
}

static void rows_that_lie_are_told_by_verify(void **state)
{
	enum { CHANGES = 100 };
	struct harm *h = *state;

	for (int i = 0; i < CHANGES; i++) {
		next_random(&h->seed);
		data_write(h->dir, h->shop, h->len);
		assert_int_equal(child_run(changes_a_row, h), 0);
		judge(h, "row", (size_t)i);
	}
	tell(h);
	report("damage", "rows changed and given a check that fits", h->tries, h->silent, SEED);
	assert_true(h->wrong > CHANGES / 4);
	assert_int_equal(h->silent, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, harm_setup, harm_teardown)
		CASE(a_flipped_bit_is_found_or_changes_no_answer),
		CASE(a_flipped_bit_in_a_name_is_found),
		CASE(a_flipped_bit_in_the_meta_pages_too),
		CASE(a_file_that_was_cut_off_is_noticed),
		CASE(random_bytes_are_noticed),
		CASE(a_page_that_is_not_its_own_is_noticed),
		CASE(rows_that_lie_are_told_by_verify),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
