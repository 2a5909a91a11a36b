/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/damage.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "shop/customer_index.h"
#include "shop/word.h"

/* -- natural keys -- */

static struct key receipt_key(const char *receipt)
{
	return done_receipt("", receipt);
}

static void seq_value(int64_t seq, uint8_t out[16])
{
	memset(out, 0, 16);
	out[7] = (uint8_t)seq;
}

static void a_natural_key_goes_both_ways(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	uint8_t value[16];
	char want[200];

	drop_row(f, TABLE_DONE, receipt_key("R-1"));
	snprintf(want, sizeof(want), "entry %lld: its row in table done is missing",
		 (long long)b.sale);
	says(f, want);
	repair(f);
	seq_value(b.sale, value);
	put_row(f, TABLE_DONE, receipt_key("R-9"), value, sizeof(value));
	snprintf(want, sizeof(want), "table done has a row that entry %lld did not make",
		 (long long)b.sale);
	says(f, want);
	repair(f);
	/* The receipt of a sale that was undone is free. */
	seq_value(b.undone, value);
	put_row(f, TABLE_DONE, receipt_key("R-4"), value, sizeof(value));
	snprintf(want, sizeof(want), "table done has a row that entry %lld did not make",
		 (long long)b.undone);
	says(f, want);
	repair(f);
	says(f, NULL);
}

static void keys_of_refund_opening_and_day_are_known(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	struct { struct key key; int64_t seq; } keys[] = {
		{ done_refund("", "R-2", "1"), b.refund },
		{ opening_key(2, unit_make(UNIT_PROGRAM, b.card)), b.opening },
		{ day_key(DONE_CLOSE, clock_day(f->by.now)), b.closed },
		{ day_key(DONE_WALK_IN, clock_day(f->by.now)), b.closed - 1 },
	};
	char want[200];

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		drop_row(f, TABLE_DONE, keys[i].key);
		snprintf(want, sizeof(want), "entry %lld: its row in table done is missing",
			 (long long)keys[i].seq);
		says(f, want);
		repair(f);
		says(f, NULL);
	}
}

struct twice {
	int64_t seq;
};

/* Books a sale with a receipt that is there, past the shop's own check. */
static enum status sell_twice(struct trade *t, void *arg)
{
	struct twice *twice = arg;
	enum status st;

	book_start(&t->book, t->entry, ENTRY_SALE, &t->by);
	strcpy(t->entry->receipt, "R-1");
	t->entry->total = 100;
	st = book_post(&t->book, t->entry);
	twice->seq = t->entry->seq;
	return st;
}

static void a_receipt_counted_twice_is_named(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	struct twice twice;
	struct trade_run run = { .work = sell_twice, .arg = &twice };
	char want[200];

	MUST(trade_run(&f->shop, &f->by, &run));
	snprintf(want, sizeof(want), "receipt R-1 is counted twice: entries %lld and %lld",
		 (long long)b.sale, (long long)twice.seq);
	says(f, want);
}

static void an_operation_names_an_entry(void **state)
{
	struct fixture *f = *state;
	struct key k = done_key(DONE_OP);
	uint8_t value[16];

	busy_shop(f);
	key_bytes(&k, "0123456789abcdef", OP_SIZE);
	seq_value(200, value);
	put_row(f, TABLE_DONE, k, value, sizeof(value));
	says(f, "table done has an operation id for entry 200, which is not there");
	repair(f);
	says(f, NULL);
	spoil(f, TABLE_DONE, 0, 2);
	says_also(f, "table done: the row with key 01");
	repair(f);
	says(f, NULL);
}

/* -- people and items -- */

static struct key with_id(struct key k, int64_t id)
{
	key_int(&k, (uint64_t)id, 4);
	return k;
}

static struct key text_key(const char *text)
{
	struct key k;

	k.len = 0;
	key_text(&k, text);
	return k;
}

static void indexes_of_people_go_both_ways(void **state)
{
	struct fixture *f = *state;
	struct { enum table table; struct key key; } rows[] = {
		{ TABLE_PHONE, with_id(phone_prefix("+919824012340", true), 1) },
		{ TABLE_EMAIL, with_id(email_prefix("p0@example.com", true), 1) },
		{ TABLE_CARD, text_key("card-0") },
		{ TABLE_CODE, text_key("C0") },
		{ TABLE_WORD, with_id(word_prefix(WORD_NAME, "asha", true), 1) },
	};
	char want[200];

	busy_shop(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		drop_row(f, rows[i].table, rows[i].key);
		snprintf(want, sizeof(want), "customer 1: a row in table %s is missing",
			 table_name(rows[i].table));
		says_also(f, want);
		repair(f);
		says(f, NULL);
	}
	put_row(f, TABLE_PHONE, with_id(phone_prefix("+919824099999", true), 2), "", 0);
	says(f, "table phone has a row for customer 2 that is not theirs");
	repair(f);
	put_row(f, TABLE_CARD, text_key("card-0"), "\0\0\0\2", 4);
	says(f, "table card has a row for customer 2 that is not theirs\n"
		"customer 1: the row in table card belongs to 2");
	repair(f);
	put_row(f, TABLE_EMAIL, with_id(email_prefix("x@y.z", true), 77), "", 0);
	says(f, "table email has a row for customer 77 that is not theirs");
	repair(f);
	says(f, NULL);
}

static void what_words_sound_like_goes_both_ways(void **state)
{
	struct fixture *f = *state;
	struct key sound = word_prefix(WORD_SKELETON, "ptl", true);
	struct key nobody = word_prefix(WORD_LOOSE, "xyz", true);

	busy_shop(f);
	key_text(&sound, "patel");
	drop_row(f, TABLE_WORD, sound);
	says(f, "table word: a row of the word patel is missing");
	repair(f);
	key_text(&nobody, "xyzzy");
	put_row(f, TABLE_WORD, nobody, "", 0);
	says_also(f, "table word has a row of a word that nobody has: xyz");
	repair(f);
	says(f, NULL);
}

static void keys_of_items_go_both_ways(void **state)
{
	struct fixture *f = *state;
	struct key code;

	busy_shop(f);
	code.len = 0;
	key_int(&code, 1, 1);
	key_text(&code, "ch1");
	drop_row(f, TABLE_ITEM_KEY, code);
	says(f, "item 1: a row in table item_key is missing");
	put_row(f, TABLE_ITEM_KEY, code, "\0\0\0\2", 4);
	says(f, "table item_key has a row for item 2 that is not theirs\n"
		"item 1: the row in table item_key belongs to 2");
	repair(f);
	says(f, NULL);
}

static void a_record_that_cannot_be_read_is_named(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	char want[200];

	put_row(f, TABLE_CUSTOMER, account_key(3), "\377", 1);
	says_also(f, "customer 3: the record cannot be read\n");
	repair(f);		/* what is primary cannot be made again */
	says(f, "customer 3: the record cannot be read");
	put_row(f, TABLE_CUSTOMER, account_key(3), "\2\4", 2);
	says(f, "customer 3: the record says it is 2");
	put_row(f, TABLE_REWARD, account_key(b.free_tea), "\377", 1);
	snprintf(want, sizeof(want), "reward %lld: the record cannot be read\n",
		 (long long)b.free_tea);
	says_also(f, want);
	snprintf(want, sizeof(want), "program %lld (Tea card) gives reward %lld, which is not "
		 "there\n", (long long)b.card, (long long)b.free_tea);
	says_also(f, want);
	snprintf(want, sizeof(want), "the journal moves unit %lld, whose program or reward is not "
		 "there\n", (long long)unit_make(UNIT_REWARD, b.free_tea));
	says_also(f, want);
}

static void people_and_accounts_belong_together(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	sell(f, 9, 5000, NULL);
	says(f, "customer 9 has entries, but is not in the book");
}

static void every_table_is_looked_at(void **state)
{
	struct fixture *f = *state;
	char want[100];

	busy_shop(f);
	for (enum table t = 0; t < TABLES; t++) {
		if (t == TABLE_META || t == TABLE_JOURNAL)
			continue;
		for (size_t row = 0; spoil(f, t, row, 0); row++) {
			snprintf(want, sizeof(want), "table %s: the row with key ", table_name(t));
			says_also(f, want);
			spoil(f, t, row, 0);
		}
	}
	says(f, NULL);
}

/* -- the whole -- */

static void repair_leaves_a_sound_shop_as_it_is(void **state)
{
	struct fixture *f = *state;
	struct buf before, after;

	busy_shop(f);
	before = derived_of(f);
	repair(f);
	after = derived_of(f);
	assert_string_equal(after.at, before.at);
	buf_release(&before);
	buf_release(&after);
}

struct head {
	int64_t seq;
	char fingerprint[FINGERPRINT_TEXT];
};

static enum status read_head(struct txn *txn, void *arg)
{
	struct head *h = arg;
	uint8_t digest[DIGEST_SIZE];

	h->seq = journal_last(txn, digest);
	fingerprint_print(h->seq, digest, h->fingerprint);
	return txn_status(txn);
}

static void paper_and_journal_are_compared(void **state)
{
	struct fixture *f = *state;
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_result result;
	struct head h;
	struct verify_ask ask = { .watch = &watch, .against = h.fingerprint };

	busy_shop(f);
	MUST(store_read(f->shop.store, read_head, &h));
	sell(f, 1, 5000, NULL);
	MUST(shop_verify(&f->shop, &ask, &result));
	assert_int_equal(result.faults, 0);
	assert_int_equal(result.entries, h.seq + 1);
	assert_int_equal(result.customers, 3);
	h.fingerprint[strlen(h.fingerprint) - 1] ^= 1;
	MUST(shop_verify(&f->shop, &ask, &result));
	assert_int_equal(result.faults, 1);
	assert_non_null(strstr(heard.text.at, "was changed after the paper was printed"));
	ask.against = "on paper";
	assert_int_equal(shop_verify(&f->shop, &ask, &result), ST_INVALID);
	buf_release(&heard.text);
}

static bool stop_at_once(void *arg, uint64_t done, uint64_t all)
{
	(void)arg;
	assert_true(done <= all);
	return false;
}

static void verify_can_be_stopped(void **state)
{
	struct fixture *f = *state;
	struct verify_watch watch = { .fault = hear, .step = stop_at_once };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;
	struct buf before, after;

	add_people(f);
	for (int i = 0; i < 3000; i++)
		sell(f, 1 + i % 3, 1000, NULL);
	before = derived_of(f);
	assert_int_equal(shop_verify(&f->shop, &ask, &result), ST_CANCELLED);
	assert_int_equal(shop_repair(&f->shop, &ask, &result), ST_CANCELLED);
	after = derived_of(f);
	assert_string_equal(after.at, before.at);
	buf_release(&before);
	buf_release(&after);
	shop_close(&f->shop);
	assert_int_equal(verify_guarded(f->dir, &ask, &result), ST_CANCELLED);
	MUST(shop_open(f->dir, &f->shop));
}

/* -- in a process of its own -- */

static void guarded_is_the_same(void **state)
{
	struct fixture *f = *state;
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	busy_shop(f);
	drop_row(f, TABLE_DONE, receipt_key("R-1"));
	drop_row(f, TABLE_CODE, text_key("C0"));
	shop_close(&f->shop);
	MUST(verify_guarded(f->dir, &ask, &result));
	assert_int_equal(result.faults, 2);
	assert_int_equal(heard.n, 2);
	assert_int_equal(result.customers, 3);
	assert_true(result.rows > 80);
	assert_non_null(strstr(heard.text.at, "customer 1: a row in table code is missing\n"));
	ask.against = "on paper";
	assert_int_equal(verify_guarded(f->dir, &ask, &result), ST_INVALID);
	assert_int_equal(verify_guarded("/nowhere at all", &ask, &result), ST_NOT_FOUND);
	MUST(shop_open(f->dir, &f->shop));
	buf_release(&heard.text);
}

static void damage(const char *path, off_t at, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), len);
	close(fd);
}

/* Pages of nonsense, and pages of pointers to nowhere: whatever LMDB makes of
 * them, this process goes on and hears of it. */
static void damaged_pages_do_not_take_us_along(void **state)
{
	struct fixture *f = *state;
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_ask ask = { .watch = &watch, .patience = 20 };
	struct verify_result result;
	static uint8_t whole[1 << 20], wrong[4096 - 16];
	char path[128];
	ssize_t size;
	int found = 0, fd;

	busy_shop(f);
	shop_close(&f->shop);
	snprintf(path, sizeof(path), "%s/data.mdb", f->dir);
	fd = open(path, O_RDONLY);
	size = read(fd, whole, sizeof(whole));
	close(fd);
	assert_true(size > 20 * 4096);
	for (off_t page = 2; page < size / 4096; page++) {
		off_t at = page * 4096 + 16;	/* the page's own number stays */
		enum status st;

		memset(wrong, page % 2 ? 0xff : 0x41, sizeof(wrong));
		damage(path, at, wrong, sizeof(wrong));
		st = verify_guarded(f->dir, &ask, &result);
		assert_true(st == ST_OK || st == ST_CORRUPT || st == ST_SYSTEM);
		found += st != ST_OK || result.faults;
		damage(path, at, whole + at, sizeof(wrong));
	}
	assert_true(found > size / 4096 / 3);	/* the others are free pages */
	MUST(verify_guarded(f->dir, &ask, &result));
	assert_int_equal(result.faults, 0);
	MUST(shop_open(f->dir, &f->shop));
	buf_release(&heard.text);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_natural_key_goes_both_ways),
		CASE(keys_of_refund_opening_and_day_are_known),
		CASE(a_receipt_counted_twice_is_named),
		CASE(an_operation_names_an_entry),
		CASE(indexes_of_people_go_both_ways),
		CASE(what_words_sound_like_goes_both_ways),
		CASE(keys_of_items_go_both_ways),
		CASE(a_record_that_cannot_be_read_is_named),
		CASE(people_and_accounts_belong_together),
		CASE(every_table_is_looked_at),
		CASE(repair_leaves_a_sound_shop_as_it_is),
		CASE(paper_and_journal_are_compared),
		CASE(verify_can_be_stopped),
		CASE(guarded_is_the_same),
		CASE(damaged_pages_do_not_take_us_along),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
