/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fixture.h"

#include <ctype.h>

#include "base/clock.h"
#include "base/digest.h"
#include "ledger/journal.h"

/* The journal by itself: bytes, chain, fingerprints, what stands beside it. */

static const uint8_t no_digest[DIGEST_SIZE];

static struct entry *new_entry(int64_t seq)
{
	struct entry *e = mem_alloc(sizeof(*e));

	e->seq = seq;
	e->kind = ENTRY_SALE;
	e->day = day_from_civil(2026, 3, 1);
	e->minute = 9 * 60 + 14;
	e->customer = 17;
	e->total = 12000;
	e->recorded = e->occurred = INT64_C(1772336640000000);
	strcpy(e->who, "asha");
	return e;
}

/* Appends 'e' and keeps the digest in it for the next one. */
struct appended {
	struct entry *e;
	uint8_t digest[DIGEST_SIZE];
};

static enum status append(struct txn *txn, void *arg)
{
	struct appended *a = arg;

	journal_append(txn, a->e, a->digest);
	return txn_status(txn);
}

static enum status read_back(struct txn *txn, void *arg)
{
	struct entry *e = arg;

	return journal_read(txn, e->seq, e);
}

/* 'n' entries, each after the one before; gives the last one's digest. */
static void append_chain(struct fixture *f, int n, uint8_t digest[DIGEST_SIZE])
{
	memcpy(digest, no_digest, DIGEST_SIZE);
	for (int i = 1; i <= n; i++) {
		struct appended a = { new_entry(i), { 0 } };

		memcpy(a.e->before, digest, DIGEST_SIZE);
		MUST(store_write(f->store, append, &a));
		memcpy(digest, a.digest, DIGEST_SIZE);
		free(a.e);
	}
}

static enum status look_at_row(struct txn *txn, void *arg)
{
	static const uint8_t key[] = { 0, 0, 0, 0, 0, 0, 0, 1 };
	static const uint8_t head[] = {
		0x01, 0x00, 0x02, 0x2a, 0x00, 0x00, 0x50, 0x21, 0x00, 0x00,
		0x00, 0x11, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x2e, 0xe0
	};
	struct range r;

	(void)arg;
	range_start(&r, txn, TABLE_JOURNAL, NULL);
	assert_true(range_next(&r));
	assert_int_equal(r.key.len, 8);
	assert_memory_equal(r.key.at, key, 8);
	assert_memory_equal(r.value.at, head, sizeof(head));
	assert_memory_equal((const uint8_t *)r.value.at + sizeof(head), no_digest, DIGEST_SIZE);
	assert_int_equal(sizeof(head) + DIGEST_SIZE, ENTRY_HEAD);
	range_end(&r);
	return txn_status(txn);
}

static void the_worked_example_is_what_is_written(void **state)
{
	uint8_t digest[DIGEST_SIZE];

	append_chain(*state, 1, digest);
	MUST(store_read(((struct fixture *)*state)->store, look_at_row, NULL));
}

static void assert_same(const struct entry *a, const struct entry *b)
{
	for (const struct field *f = entry_type.fields; f->tag; f++)
		if (!field_is_equal(f, a, b))
			print_error("field %s differs\n", f->name);
	for (const struct field *f = entry_type.fields; f->tag; f++)
		assert_true(field_is_equal(f, a, b));
	assert_int_equal(a->seq, b->seq);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->day, b->day);
	assert_int_equal(a->minute, b->minute);
	assert_int_equal(a->customer, b->customer);
	assert_int_equal(a->total, b->total);
	assert_memory_equal(a->before, b->before, DIGEST_SIZE);
}

static void assert_comes_back(struct fixture *f, struct entry *e)
{
	struct appended a = { e, { 0 } };
	struct entry *back = new_entry(e->seq);

	MUST(store_write(f->store, append, &a));
	MUST(store_read(f->store, read_back, back));
	assert_same(e, back);
	free(back);
}

static void an_entry_comes_back_as_it_was(void **state)
{
	struct entry *e = new_entry(1);

	assert_comes_back(*state, e);
	e->seq = 2;
	e->kind = ENTRY_REFUND;
	e->day = CLOCK_LAST_DAY;
	e->minute = 1439;
	e->customer = UINT32_MAX;
	e->total = INT64_MIN;
	e->occurred = e->recorded - 1;
	memset(e->before, 0xab, DIGEST_SIZE);
	assert_comes_back(*state, e);
	free(e);
}

/* Every list full of the largest numbers. */
static void the_largest_entry_fits(void **state)
{
	struct entry *e = new_entry(1);

	e->line_count = ENTRY_LINES;
	e->tender_count = ENTRY_TENDERS;
	e->posting_count = ENTRY_POSTINGS;
	e->move_count = ENTRY_MOVES;
	e->recorded = e->occurred = e->about = e->subject = e->discount = e->tax = INT64_MIN;
	for (uint32_t i = 0; i < ENTRY_LINES; i++)
		e->lines[i] = (struct line){ INT64_MIN, INT64_MIN, INT64_MIN };
	for (uint32_t i = 0; i < ENTRY_TENDERS; i++)
		e->tenders[i] = (struct tender){ INT64_MIN, INT64_MIN };
	for (uint32_t i = 0; i < ENTRY_POSTINGS; i++)
		e->postings[i] = (struct posting){ INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN,
						   INT64_MIN, INT64_MIN };
	for (uint32_t i = 0; i < ENTRY_MOVES; i++)
		e->moves[i] = (struct move){ INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN };
	memset(e->who, 'w', sizeof(e->who) - 1);
	memset(e->receipt, 'r', sizeof(e->receipt) - 1);
	memset(e->number, 'n', sizeof(e->number) - 1);
	memset(e->rule, '{', sizeof(e->rule) - 1);
	assert_comes_back(*state, e);
	free(e);
}

struct end {
	int64_t last;
	uint8_t digest[DIGEST_SIZE];
};

static enum status find_end(struct txn *txn, void *arg)
{
	struct end *end = arg;

	end->last = journal_last(txn, end->digest);
	return txn_status(txn);
}

static void each_entry_holds_the_digest_of_the_one_before(void **state)
{
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];
	struct end end;
	struct entry *e = new_entry(1);

	MUST(store_read(f->store, find_end, &end));
	assert_int_equal(end.last, 0);
	assert_memory_equal(end.digest, no_digest, DIGEST_SIZE);
	append_chain(f, 3, digest);
	MUST(store_read(f->store, find_end, &end));
	assert_int_equal(end.last, 3);
	assert_memory_equal(end.digest, digest, DIGEST_SIZE);
	MUST(store_read(f->store, read_back, e));
	assert_memory_equal(e->before, no_digest, DIGEST_SIZE);
	e->seq = 3;
	MUST(store_read(f->store, read_back, e));
	assert_memory_not_equal(e->before, no_digest, DIGEST_SIZE);
	assert_memory_not_equal(e->before, digest, DIGEST_SIZE);
	free(e);
}

static void an_entry_is_never_written_twice(void **state)
{
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];
	struct appended again = { new_entry(2), { 0 } };
	struct entry *e = new_entry(2);

	append_chain(f, 3, digest);
	again.e->total = 1;
	assert_int_not_equal(store_write(f->store, append, &again), ST_OK);
	MUST(store_read(f->store, read_back, e));
	assert_int_equal(e->total, 12000);
	e->seq = 4;
	assert_int_equal(store_read(f->store, read_back, e), ST_NOT_FOUND);
	assert_non_null(strstr(status_text(), "no entry 4"));
	free(e);
	free(again.e);
}

static void what_is_no_entry_is_not_read_as_one(void **state)
{
	uint8_t row[ENTRY_HEAD + 3] = { ENTRY_SALE, 0, 0x02, 0x2a, 0, 0, 0x50, 0x21 };
	const struct bytes key = { "\0\0\0\0\0\0\0\7", 8 };
	struct entry *e = new_entry(1);
	struct entry_head head;

	(void)state;
	for (size_t len = 0; len < ENTRY_HEAD; len++) {
		assert_false(entry_head(key, (struct bytes){ row, len }, &head));
		assert_int_equal(entry_decode(key, (struct bytes){ row, len }, e), ST_CORRUPT);
	}
	assert_false(entry_head((struct bytes){ key.at, 7 }, (struct bytes){ row, ENTRY_HEAD },
				&head));
	assert_true(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	assert_int_equal(head.seq, 7);
	MUST(entry_decode(key, (struct bytes){ row, ENTRY_HEAD }, e));
	row[2] = 0x05, row[3] = 0xa0;	/* minute 1440 */
	assert_false(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	row[2] = row[3] = row[6] = row[7] = 0;	/* the first day of 1970 */
	assert_false(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	row[4] = 0xff;
	assert_false(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	row[4] = 0, row[7] = 1, row[0] = ENTRY_NONE;
	assert_false(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	row[0] = ENTRY_SALE;
	assert_true(entry_head(key, (struct bytes){ row, ENTRY_HEAD }, &head));
	row[ENTRY_HEAD] = 2;		/* a field without its value */
	assert_int_equal(entry_decode(key, (struct bytes){ row, ENTRY_HEAD + 1 }, e), ST_CORRUPT);
	free(e);
}

/* -- fingerprints -- */

static enum status check_fingerprint(struct txn *txn, void *arg)
{
	return fingerprint_check(txn, arg);
}

static enum status check(struct fixture *f, const char *text)
{
	return store_read(f->store, check_fingerprint, (void *)(uintptr_t)text);
}

static void a_fingerprint_is_that_of_its_entry(void **state)
{
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];
	char text[FINGERPRINT_TEXT], other[FINGERPRINT_TEXT];

	append_chain(f, 3, digest);
	fingerprint_print(3, digest, text);
	assert_int_equal(strlen(text), 1 + 5 * 5);
	MUST(check(f, text));
	for (char *c = strcpy(other, text); *c; c++)
		*c = (char)toupper(*c);
	MUST(check(f, other));
	for (size_t i = 2; text[i]; i++) {
		if (text[i] == '-')
			continue;
		strcpy(other, text);
		other[i] = text[i] == 'f' ? '0' : text[i] == '9' ? 'a' : (char)(text[i] + 1);
		assert_int_equal(check(f, other), ST_CORRUPT);
		assert_non_null(strstr(status_text(), text));
	}
	strcpy(other, text);
	other[0] = '4';
	assert_int_equal(check(f, other), ST_CORRUPT);
	assert_non_null(strstr(status_text(), "no entry 4"));
}

static enum status rewrite_first(struct txn *txn, void *arg)
{
	struct key k = { 0 };
	struct bytes value;
	uint8_t row[400];

	(void)arg;
	key_int(&k, 1, 8);
	assert_true(txn_get(txn, TABLE_JOURNAL, &k, &value));
	memcpy(row, value.at, value.len);
	row[19]++;		/* the total, by a minor unit */
	txn_put(txn, TABLE_JOURNAL, &k, (struct bytes){ row, value.len });
	return txn_status(txn);
}

static void rewritten_history_no_longer_fits_its_fingerprint(void **state)
{
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];
	char text[FINGERPRINT_TEXT];

	append_chain(f, 1, digest);
	fingerprint_print(1, digest, text);
	MUST(check(f, text));
	MUST(store_write(f->store, rewrite_first, NULL));
	assert_int_equal(check(f, text), ST_CORRUPT);
}

static void what_is_no_fingerprint_is_said(void **state)
{
	static const char *const bad[] = {
		"", "-", "1", "1-", "x", "1-9f3a", "1-9f3a-77c1-02be-5d10-88a",
		"1-9f3a-77c1-02be-5d10-88aaa", "1-9f3a-77c1-02be-5d10-88ag",
		"1-9f3a-77c1-02be-5d10 88aa", "1 9f3a-77c1-02be-5d10-88aa",
		" 1-9f3a-77c1-02be-5d10-88aa", "-1-9f3a-77c1-02be-5d10-88aa",
		"+1-9f3a-77c1-02be-5d10-88aa", "1-9f3a-77c1-02be-5d1088aa-",
		"99999999999999999999-9f3a-77c1-02be-5d10-88aa",
	};
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];

	append_chain(f, 1, digest);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (check(f, bad[i]) != ST_INVALID)
			print_error("\"%s\" was taken for a fingerprint\n", bad[i]);
		assert_int_equal(check(f, bad[i]), ST_INVALID);
		assert_non_null(strstr(status_text(), "1234-9f3a"));
	}
}

/* -- side rows -- */

struct beside {
	struct side side;
	uint64_t rows;
	bool there;
};

static enum status put_beside(struct txn *txn, void *arg)
{
	side_put(txn, 1, &((struct beside *)arg)->side);
	return txn_status(txn);
}

static enum status get_beside(struct txn *txn, void *arg)
{
	struct beside *b = arg;

	b->there = side_get(txn, 1, &b->side);
	b->rows = txn_count(txn, TABLE_SIDE);
	return txn_status(txn);
}

static void words_beside_an_entry_may_go_and_its_digest_stays(void **state)
{
	struct fixture *f = *state;
	uint8_t digest[DIGEST_SIZE];
	char text[FINGERPRINT_TEXT];
	struct beside *b = mem_alloc(sizeof(*b));

	append_chain(f, 1, digest);
	fingerprint_print(1, digest, text);
	MUST(store_write(f->store, put_beside, b));
	MUST(store_read(f->store, get_beside, b));
	assert_false(b->there);			/* nothing to say takes no row */
	assert_int_equal(b->rows, 0);
	strcpy(b->side.reason, "spilt tea");
	memset(b->side.before, 'x', sizeof(b->side.before) - 1);
	MUST(store_write(f->store, put_beside, b));
	record_clear(&side_type, &b->side);
	MUST(store_read(f->store, get_beside, b));
	assert_true(b->there);
	assert_string_equal(b->side.reason, "spilt tea");
	assert_int_equal(strlen(b->side.before), sizeof(b->side.before) - 1);
	record_erase(&side_type, &b->side);
	assert_string_equal(b->side.reason, "");
	assert_string_equal(b->side.before, "");
	MUST(check(f, text));
	free(b);
}

static void every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < ENTRY_KINDS; a++) {
		assert_true(entry_kind_name((enum entry_kind)a)[0]);
		for (int b = 0; b < a; b++)
			assert_string_not_equal(entry_kind_name((enum entry_kind)a),
						entry_kind_name((enum entry_kind)b));
	}
	assert_string_equal(entry_kind_name(ENTRY_KINDS), "unknown");
}

static int setup(void **state)
{
	digest_start();
	return open_setup(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(the_worked_example_is_what_is_written),
		CASE(an_entry_comes_back_as_it_was),
		CASE(the_largest_entry_fits),
		CASE(each_entry_holds_the_digest_of_the_one_before),
		CASE(an_entry_is_never_written_twice),
		CASE(what_is_no_entry_is_not_read_as_one),
		CASE(a_fingerprint_is_that_of_its_entry),
		CASE(rewritten_history_no_longer_fits_its_fingerprint),
		CASE(what_is_no_fingerprint_is_said),
		CASE(words_beside_an_entry_may_go_and_its_digest_stays),
		cmocka_unit_test(every_kind_has_a_name_of_its_own),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
