/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "tests/shop/damage.h"

/* -- sound shops -- */

static void a_sound_shop_has_no_faults(void **state)
{
	struct fixture *f = *state;

	says(f, NULL);
	busy_shop(f);
	says(f, NULL);
}

/* -- balances, figures, lots -- */

struct account_edit {
	int64_t customer;
	void (*change)(struct account *a);
};

static enum status account_work(struct txn *txn, void *arg)
{
	static struct account a;
	const struct account_edit *e = arg;
	struct key k = account_key(e->customer);
	uint8_t row[4096];
	size_t len = sizeof(row);
	struct bytes value;

	assert_true(txn_get(txn, TABLE_ACCOUNT, &k, &value));
	MUST(record_decode(&account_type, &a, value.at, value.len));
	e->change(&a);
	MUST(record_encode(&account_type, &a, row, &len));
	txn_put(txn, TABLE_ACCOUNT, &k, (struct bytes){ row, len });
	return txn_status(txn);
}

static void change_account(struct fixture *f, int64_t customer, void (*change)(struct account *))
{
	struct account_edit e = { customer, change };

	MUST(store_write(f->shop.store, account_work, &e));
}

static void one_stamp_more(struct account *a)
{
	a->balances[0].amount++;
}

static void another_balance(struct account *a)
{
	a->balances[a->balance_count++] = (struct balance){ unit_make(UNIT_REWARD, 1), 1 };
}

static void wrong_figures(struct account *a)
{
	a->figures.visits = 9;
	a->figures.spend += 5;
	a->figures.last_day++;
}

static void a_wrong_balance_is_named(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	change_account(f, 1, one_stamp_more);
	says_also(f, "customer 1: balance of \"Tea card\" is 3, the journal says 2\n");
	says_also(f, "\"Tea card\": what customers hold, 3, is not what the shop gave\n");
	change_account(f, 1, another_balance);
	says_also(f, "customer 1: balance of reward \"Free tea\" is 1, the journal says 0\n");
	repair(f);
	says(f, NULL);
}

static void wrong_figures_are_named(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	change_account(f, 1, wrong_figures);
	says(f, "customer 1: number of visits is 9, the journal says 1\n"
		"customer 1: spend in minor units is 70005, the journal says 70000\n"
		"customer 1: last visit is 2026-03-02, the journal says 2026-03-01");
	repair(f);
	says(f, NULL);
}

static void accounts_of_nobody_and_missing_ones_are_named(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	put_row(f, TABLE_ACCOUNT, account_key(40), "", 0);
	says_also(f, "customer 40: there are balances, but no entries\n");
	drop_row(f, TABLE_ACCOUNT, account_key(40));
	drop_row(f, TABLE_ACCOUNT, account_key(3));
	says_also(f, "customer 3: the stored balances are missing\n");
	repair(f);
	says(f, NULL);
}

static struct lot first_lot(const struct busy *b, int64_t seq, int64_t n)
{
	return (struct lot){ .unit = unit_make(UNIT_PROGRAM, b->points), .through = LOT_NEVER,
			     .acquired = at("2026-03-01T09:14:00"), .seq = seq, .n = n };
}

static void wrong_lots_are_named(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	struct lot lot = first_lot(&b, b.sale, 1);
	uint8_t room[20];
	struct bytes value;
	char want[200];

	lot.left = 12;
	value = lot_value(&lot, room);
	put_row(f, TABLE_LOT, lot_key(1, &lot), value.at, value.len);
	snprintf(want, sizeof(want), "customer 1: of \"Points\" from entry %lld 12 are left, the "
		 "journal says 50", (long long)b.sale);
	says(f, want);
	drop_row(f, TABLE_LOT, lot_key(1, &lot));
	snprintf(want, sizeof(want), "customer 1: of \"Points\" from entry %lld 0 are left, the "
		 "journal says 50", (long long)b.sale);
	says(f, want);
	repair(f);
	lot.n = 7;
	put_row(f, TABLE_LOT, lot_key(1, &lot), value.at, value.len);
	snprintf(want, sizeof(want), "customer 1: of \"Points\" from entry %lld 12 are left, the "
		 "journal says 0", (long long)b.sale);
	says(f, want);
	repair(f);
	says(f, NULL);
}

static void a_wrong_house_is_named(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);

	drop_row(f, TABLE_HOUSE, account_key(unit_make(UNIT_PROGRAM, b.card)));
	says_also(f, "the shop's side of \"Tea card\": \"Issued\" is 0, the journal says -3\n");
	says_also(f, "\"Opening\" is 0, the journal says -4\n");
	says_also(f, "\"Tea card\": what customers hold, 2, is not what the shop gave\n");
	repair(f);
	says(f, NULL);
}

/* -- rows that one entry has -- */

static void a_timeline_that_is_not_whole_is_named_once(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	int64_t when = at("2026-03-01T09:14:00");
	uint8_t kind = ENTRY_SALE;
	char want[200];

	drop_row(f, TABLE_TIMELINE, timeline_key(1, when, b.sale));
	snprintf(want, sizeof(want), "entry %lld: its row in table timeline is missing",
		 (long long)b.sale);
	says(f, want);		/* and no word about balances that cannot be told from it */
	repair(f);
	put_row(f, TABLE_TIMELINE, timeline_key(1, when, b.anonymous), &kind, 1);
	snprintf(want, sizeof(want), "table timeline has a row that entry %lld did not make",
		 (long long)b.anonymous);
	says(f, want);
	repair(f);
	says(f, NULL);
}

static void about_and_undone_go_both_ways(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	char want[200];

	drop_row(f, TABLE_ABOUT, pair_key(b.paid, b.refund));
	snprintf(want, sizeof(want), "entry %lld: its row in table about is missing",
		 (long long)b.refund);
	says(f, want);
	repair(f);
	put_row(f, TABLE_ABOUT, pair_key(b.sale, b.refund), "", 0);
	snprintf(want, sizeof(want), "table about has a row that entry %lld did not make",
		 (long long)b.refund);
	says(f, want);
	repair(f);
	drop_row(f, TABLE_UNDONE, seq_key(b.undone));
	snprintf(want, sizeof(want), "entry %lld: its row in table undone is missing",
		 (long long)b.undo);
	says(f, want);
	repair(f);
	put_row(f, TABLE_UNDONE, seq_key(b.sale), "\0\0\0\0\0\0\0\1", 8);
	says(f, "table undone has a row that entry 1 did not make");
	repair(f);
	says(f, NULL);
}

static void side_rows_have_an_entry(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	put_row(f, TABLE_SIDE, seq_key(4000), "", 0);
	says(f, "table side has a row of an entry that is not there, 4000");
	drop_row(f, TABLE_SIDE, seq_key(4000));
	put_row(f, TABLE_SIDE, seq_key(2), "\377\377", 2);
	says(f, "entry 2: its reason and words cannot be read");
}

/* -- the journal -- */

struct rewriting {
	int64_t seq;
	void (*change)(struct entry *e);
};

static enum status rewrite_work(struct txn *txn, void *arg)
{
	static uint8_t row[16384];
	struct entry *e = calloc(1, sizeof(*e));
	const struct rewriting *r = arg;
	struct key k = seq_key(r->seq);
	struct bytes value;
	size_t len = sizeof(row) - ENTRY_HEAD;

	MUST(journal_read(txn, r->seq, e));
	r->change(e);
	assert_true(txn_get(txn, TABLE_JOURNAL, &k, &value));
	memcpy(row, value.at, ENTRY_HEAD);
	MUST(record_encode(&entry_type, e, row + ENTRY_HEAD, &len));
	txn_put(txn, TABLE_JOURNAL, &k, (struct bytes){ row, ENTRY_HEAD + len });
	free(e);
	return txn_status(txn);
}

static void rewrite(struct fixture *f, int64_t seq, void (*change)(struct entry *e))
{
	struct rewriting r = { seq, change };

	MUST(store_write(f->shop.store, rewrite_work, &r));
}

static void another_who(struct entry *e)
{
	strcpy(e->who, "somebody else");
}

static void twice_the_points(struct entry *e)
{
	e->postings[1].amount *= 2;
}

static void against_nothing(struct entry *e)
{
	e->postings[0].counter = 17;
}

static void history_rewritten_well_is_found(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	char want[200];

	rewrite(f, b.anonymous, another_who);
	snprintf(want, sizeof(want), "entry %lld does not follow entry %lld as it was written: one "
		 "of the two was changed", (long long)b.anonymous + 1, (long long)b.anonymous);
	says(f, want);
	MUST(shop_accept(&f->shop, &f->by, b.anonymous));
	says(f, NULL);
	assert_int_equal(shop_accept(&f->shop, &f->by, b.anonymous), ST_REFUSED);
	rewrite(f, b.sale, twice_the_points);
	snprintf(want, sizeof(want), "entry %lld does not follow entry %lld as it was written: one "
		 "of the two was changed\n", (long long)b.sale + 1, (long long)b.sale);
	says_also(f, want);
	says_also(f, "customer 1: balance of \"Points\" is 70, the journal says 120\n");
}

static void an_entry_that_says_nonsense_is_damaged(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	char want[200];

	rewrite(f, b.sale, against_nothing);
	snprintf(want, sizeof(want), "entry %lld is damaged: it moves against a side that is not "
		 "there\n", (long long)b.sale);
	says_also(f, want);
}

static void every_flipped_byte_of_the_journal_is_found(void **state)
{
	struct fixture *f = *state;
	size_t rows = 0, bytes = 0;

	busy_shop(f);
	for (size_t row = 0; spoil(f, TABLE_JOURNAL, row, 0); row++) {
		char want[200];

		rows++;
		spoil(f, TABLE_JOURNAL, row, 0);
		snprintf(want, sizeof(want), "entry %zu is damaged: its bytes are not those that "
			 "were written\n", row + 1);
		for (size_t at = row % 7; spoil(f, TABLE_JOURNAL, row, at); at += 7, bytes++) {
			says_also(f, want);
			spoil(f, TABLE_JOURNAL, row, at);
		}
	}
	assert_true(rows > 15 && bytes > 150);
	says(f, NULL);
}

static void a_missing_entry_is_named(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	char want[200];

	drop_row(f, TABLE_JOURNAL, seq_key(b.anonymous));
	snprintf(want, sizeof(want), "entry %lld is missing from the journal",
		 (long long)b.anonymous);
	says(f, want);
	drop_row(f, TABLE_JOURNAL, seq_key(b.anonymous + 1));
	snprintf(want, sizeof(want), "entries %lld to %lld are missing from the journal\n",
		 (long long)b.anonymous, (long long)b.anonymous + 1);
	says_also(f, want);
}

/* -- damage that stays -- */

static void accepted_damage_leaves_what_the_rest_says(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	struct faults heard = { 0 };
	struct verify_watch watch = { .fault = hear, .arg = &heard };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	/* Of the first sale 10 points were spent and came back: those there must
	 * have been. The other 40 and its stamp are gone with it. */
	spoil(f, TABLE_JOURNAL, (size_t)b.sale - 1, 60);
	assert_int_equal(shop_repair(&f->shop, &ask, &result), ST_REFUSED);
	assert_non_null(strstr(status_text(), "--accept"));
	buf_release(&heard.text);
	assert_int_equal(points_of(f, 1, b.points), 70);
	MUST(shop_accept(&f->shop, &f->by, b.sale));
	says_also(f, "customer 1: balance of \"Points\" is 70, the journal says 30\n");
	repair(f);
	says(f, NULL);
	assert_int_equal(points_of(f, 1, b.points), 30);
	assert_int_equal(points_of(f, 1, b.card), 1);
	assert_int_equal(ready(f, 2, b.free_tea), 1);
	/* Trade goes on. */
	sell(f, 1, 10000, NULL);
	MUST(give_back(f, b.paid + 3, 0));
	assert_int_equal(points_of(f, 1, b.points), 20);
	says(f, NULL);
}

static enum status read_all(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct range r;

	range_start(&r, txn, TABLE_JOURNAL, NULL);
	while (range_next(&r)) {
		MUST(entry_decode(r.key, r.value, e));
		++*(int *)arg;
	}
	range_end(&r);
	free(e);
	return txn_status(txn);
}

/* Lists, reports and exports go on: the entry is missing, and that is known. */
static void what_was_accepted_stops_no_reader(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	int before = 0, entries = 0;

	MUST(store_read(f->shop.store, read_all, &before));
	spoil(f, TABLE_JOURNAL, (size_t)b.sale - 1, 60);
	assert_int_equal(store_read(f->shop.store, read_all, &entries), ST_CORRUPT);
	MUST(shop_accept(&f->shop, &f->by, b.sale));
	repair(f);
	entries = 0;
	MUST(store_read(f->shop.store, read_all, &entries));
	assert_int_equal(entries, before);	/* less that one, and its acceptance more */
	says(f, NULL);
	repair(f);
	says(f, NULL);
}

static void the_last_entry_can_be_accepted_too(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);
	struct trade_run run;

	spoil(f, TABLE_JOURNAL, (size_t)b.closed - 1, 3);
	assert_int_equal(sale_add(&f->shop, &f->by, &(struct sale){
		.amount = 100, .source = "", .receipt = "" }, &run), ST_CORRUPT);
	MUST(shop_accept(&f->shop, &f->by, b.closed));
	repair(f);
	says(f, NULL);
	sell(f, 1, 100, NULL);
	says(f, NULL);
}

static void a_missing_entry_can_be_accepted(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);

	drop_row(f, TABLE_JOURNAL, seq_key(b.anonymous));
	MUST(shop_accept(&f->shop, &f->by, b.anonymous));
	says(f, NULL);
}

static enum status ask_accepted(struct txn *txn, void *arg)
{
	const int64_t *seq = arg;

	return entry_is_accepted(txn, *seq) ? ST_OK : ST_NOT_FOUND;
}

static void only_damage_is_accepted(void **state)
{
	struct fixture *f = *state;
	struct busy b = busy_shop(f);

	assert_int_equal(shop_accept(&f->shop, &f->by, b.sale), ST_REFUSED);
	assert_int_equal(shop_accept(&f->shop, &f->by, 0), ST_REFUSED);
	assert_int_equal(shop_accept(&f->shop, &f->by, 4000), ST_REFUSED);
	assert_int_equal(store_read(f->shop.store, ask_accepted, &b.sale), ST_NOT_FOUND);
	spoil(f, TABLE_JOURNAL, (size_t)b.sale - 1, 60);
	MUST(shop_accept(&f->shop, &f->by, b.sale));
	MUST(store_read(f->shop.store, ask_accepted, &b.sale));
}

/* -- repair -- */

static void repair_makes_the_same_bytes(void **state)
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

static void damaged_derived_rows_are_found_and_repaired(void **state)
{
	static const enum table tables[] = { TABLE_ABOUT, TABLE_UNDONE, TABLE_TIMELINE,
					     TABLE_ACCOUNT, TABLE_HOUSE, TABLE_LOT };
	struct fixture *f = *state;
	struct buf before, after;

	busy_shop(f);
	before = derived_of(f);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (size_t row = 0; spoil(f, tables[i], row, 0); row++) {
			char want[100];

			snprintf(want, sizeof(want), "table %s: the row with key ",
				 table_name(tables[i]));
			says_also(f, want);
			repair(f);
			says(f, NULL);
		}
	after = derived_of(f);
	assert_string_equal(after.at, before.at);
	buf_release(&before);
	buf_release(&after);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_sound_shop_has_no_faults),
		CASE(a_wrong_balance_is_named),
		CASE(wrong_figures_are_named),
		CASE(accounts_of_nobody_and_missing_ones_are_named),
		CASE(wrong_lots_are_named),
		CASE(a_wrong_house_is_named),
		CASE(a_timeline_that_is_not_whole_is_named_once),
		CASE(about_and_undone_go_both_ways),
		CASE(side_rows_have_an_entry),
		CASE(history_rewritten_well_is_found),
		CASE(an_entry_that_says_nonsense_is_damaged),
		CASE(every_flipped_byte_of_the_journal_is_found),
		CASE(a_missing_entry_is_named),
		CASE(accepted_damage_leaves_what_the_rest_says),
		CASE(what_was_accepted_stops_no_reader),
		CASE(the_last_entry_can_be_accepted_too),
		CASE(a_missing_entry_can_be_accepted),
		CASE(only_damage_is_accepted),
		CASE(repair_makes_the_same_bytes),
		CASE(damaged_derived_rows_are_found_and_repaired),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
