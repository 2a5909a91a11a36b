/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/replace.h"
#include "tests/screens/counter.h"
#include "tests/screens/place.h"

/* Backups from the screens, and what a till does while the book is replaced. */

static void at_backup(struct term *t)
{
	press(t, "ctrl-p");
	type(t, "backup");
	press(t, "enter");
	see_at(t, 0, "Backup");
}

static void at_journal(struct term *t)
{
	press(t, "ctrl-p");
	type(t, "journal");
	press(t, "enter");
	see_at(t, 0, "Journal");
}

/* Enough to be worth a backup, three days ago. */
static void old_sales(struct place *p)
{
	place_run(p, "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do REGULARS_NOW=2026-11-18T10:00:00 "
		  "regulars sale add --amount 50 --customer 9824012345 --quiet; done", NULL);
}

static void a_folder_is_chosen_and_a_backup_made(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "mkdir stick", NULL);
	t = place_open(p);
	at_backup(t);
	see(t, "none is chosen");
	screen_is(t, "backup-80x24");
	press(t, "enter");		/* without a folder it asks for one */
	see(t, "Another one");
	type(t, "another");
	press(t, "enter");
	see(t, "Its path");
	type(t, p->dir);
	type(t, "/stick/nightly");
	press(t, "enter");
	see(t, "every night");
	see(t, "stick/nightly");
	press(t, "home");
	press(t, "enter");
	see(t, "The backup is made and checked.");
	see(t, "Sat 21 Nov, 10:42");
	looks_whole(t);
	footer_whole(t);
	place_run(p, "test $(ls stick/nightly | wc -l) = 1", NULL);
}

static void restoring_says_what_will_be_missing(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "mkdir stick; regulars config set backup_folder stick --quiet; regulars "
		  "backup --quiet", NULL);
	place_run(p, "regulars sale add --amount 50 --customer 9824012345 --quiet", NULL);
	t = place_open(p);
	see(t, "1 sale");
	at_backup(t);
	press(t, "end");
	press(t, "enter");
	see(t, "Restore ");
	see(t, "1 entry since");
	press(t, "enter");		/* No is what Enter means at first */
	gone(t, "1 entry since");
	assert_int_equal(count_sales(p), 1);
	press(t, "enter");
	see(t, "1 entry since");
	press(t, "2");
	see(t, "The book is restored");
	see(t, "This is the shop");	/* a copy does not send until one says so */
	assert_int_equal(count_sales(p), 0);
	assert_prints(p, "ls shop", "data.mdb.before-restore-2026-11-21");
	press(t, "home");
	press(t, "down");
	press(t, "down");
	press(t, "down");
	see(t, "it was restored");
	press(t, "enter");
	see(t, "Is this the shop");
	press(t, "2");
	see(t, "This is the shop from now on.");
	gone(t, "it was restored");
	assert_prints(p, "regulars verify", "");
}

static enum status make_newer(struct txn *txn, void *arg)
{
	struct key k = { .len = 0 };

	key_text(&k, "needs");
	txn_put(txn, TABLE_META, &k, (struct bytes){ arg, 1 });
	return txn_status(txn);
}

/* A book that cannot be read may have more than the backup. */
static void restoring_over_what_cannot_be_read_says_so(void **state)
{
	struct place *p = *state;
	uint8_t needs = 99;
	struct store *store;
	struct term *t;

	place_tea_house(p);
	place_run(p, "regulars backup b.mdb --quiet", NULL);
	t = place_open(p);
	at_backup(t);
	assert_int_equal(store_open(p->shop, &(struct store_options){ 0 }, &store), ST_OK);
	assert_int_equal(store_write(store, make_newer, &needs), ST_OK);
	store_close(store);
	press(t, "down");
	press(t, "down");
	press(t, "enter");
	see(t, "Its path");
	type(t, p->dir);
	type(t, "/b.mdb");
	press(t, "enter");
	see(t, "nobody can say what");
	gone(t, "Nothing that is in the book");
	looks_whole(t);
	press(t, "2");
	see(t, "The book is restored");
	assert_prints(p, "regulars verify", "");
}

static void what_is_no_backup_changes_nothing(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_tea_house(p);
	place_run(p, "echo nothing >note", NULL);
	t = place_open(p);
	at_backup(t);
	press(t, "down");
	press(t, "down");
	press(t, "enter");
	see(t, "Its path");
	type(t, "'");
	type(t, p->dir);
	type(t, "/note'");
	press(t, "enter");
	see(t, "nothing was");
	press(t, "enter");		/* and the path can be put right */
	see(t, "Its path");
	press(t, "esc");
	press(t, "esc");
	press(t, "1");
	see_at(t, 0, "Counter");
}

static void walk(struct place *p)
{
	struct term *t = place_open(p);

	at_backup(t);
	for (int i = 0; i < 4; i++) {
		looks_whole(t);
		footer_whole(t);
		press(t, "down");
	}
}

static void it_fits_on_any_terminal(void **state)
{
	struct place *p = *state;

	place_tea_house(p);
	place_run(p, "mkdir stick; regulars config set backup_folder stick --quiet; regulars "
		  "backup --quiet", NULL);
	place_on_each_terminal(p, walk);
}

/* -- while another process puts a file in the place of the store -- */

static void a_till_lets_go_and_keeps_what_was_typed(void **state)
{
	struct place *p = *state;
	struct replacement r;
	struct term *t = tea_counter(state), *other;

	type(t, "2345");
	press(t, "enter");
	type(t, "4");
	see(t, "Sale ₹ 4");
	other = place_open(p);
	see(other, "Next: make the first sale");
	assert_int_equal(replace_begin(p->shop, &r), ST_OK);	/* both closed it */
	see(t, "is being restored");
	see(other, "is being restored");
	replace_end(&r);
	see(t, "Sale ₹ 4");
	see(other, "Next: make the first sale");
	type(t, "5");
	press(t, "enter");
	see(t, "₹45.00, Asha Patel.");
	see(other, "1 sale");
	assert_prints(p, "regulars verify", "");
}

static void a_restore_goes_on_beside_open_tills(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	place_run(p, "regulars backup b.mdb --quiet", NULL);
	rings_up(t, "2345", "120");
	see(t, "Their first sale!");
	assert_int_equal(count_sales(p), 1);
	place_run(p, "regulars restore b.mdb --yes --quiet", NULL);
	assert_int_equal(count_sales(p), 0);
	see_at(t, 0, "Counter");
	press(t, "enter");
	rings_up(t, "2345", "30");
	see(t, "₹30.00");
	assert_int_equal(count_sales(p), 1);
	assert_prints(p, "regulars verify", "");
}

/* The book has fewer entries then, and as many again after some more sales. */
static void every_screen_shows_what_was_restored(void **state)
{
	struct place *p = *state;
	struct term *counter = tea_counter(state), *home, *customers, *journal;

	place_run(p, "regulars sale add --amount 10 --customer 9824012345 --quiet; "
		  "regulars backup b.mdb --quiet; regulars sale add --amount 5 --customer "
		  "9824012345 --quiet; regulars customer add 'Gone Later' --phone 9824099999 "
		  "--quiet", NULL);
	see(counter, "₹5.00");
	home = place_open(p);
	see(home, "₹15");
	customers = place_open(p);
	press(customers, "2");
	see(customers, "Gone Later");
	see(customers, "₹15");
	journal = place_open(p);
	at_journal(journal);
	see(journal, "Gone Later");
	place_run(p, "regulars restore b.mdb --yes --quiet", NULL);
	see(home, "₹10");
	gone(home, "₹15");
	gone(counter, "₹5.00");
	gone(customers, "Gone Later");
	see(customers, "₹10");
	gone(journal, "Gone Later");
	place_run(p, "regulars sale add --amount 70 --customer 9824012345 --quiet; "
		  "regulars sale add --amount 7 --customer 9824012345 --quiet", NULL);
	see(home, "3 sales");
	see(home, "₹87");
	see(counter, "₹7.00");
	see(customers, "Rewards");	/* has one, of three stamps */
	see(journal, "₹70");
	gone(journal, "₹5 ");
}

static void erased_names_leave_the_file_beside_an_open_till(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	place_run(p, "regulars customer add 'Farewell Quixotic' --quiet; regulars customer erase "
		  "'Farewell Quixotic' --quiet; grep -q Quixotic shop/data.mdb; regulars sweep "
		  "--quiet; ! grep -q Quixotic shop/data.mdb", NULL);
	rings_up(t, "2345", "30");
	see(t, "₹30.00");
	assert_prints(p, "regulars verify", "");
}

/* Nothing can be booked between the copy and the repair. */
static void a_repair_goes_on_beside_an_open_till(void **state)
{
	struct place *p = *state;
	struct term *t = tea_counter(state);

	place_run(p, "regulars verify --repair --quiet; test -s shop/data.mdb.before-repair", NULL);
	rings_up(t, "2345", "30");
	see(t, "₹30.00");
	assert_prints(p, "regulars verify", "");
}

/* What stands there afterwards cannot be opened: one sentence, and the end. */
static void a_store_that_is_gone_ends_the_screens(void **state)
{
	struct place *p = *state;
	struct replacement r;
	struct term *t = tea_counter(state);

	assert_int_equal(replace_begin(p->shop, &r), ST_OK);
	see(t, "is being restored");
	place_run(p, "mv shop/data.mdb away", NULL);
	replace_end(&r);
	ends_clean(t, 4);
	see(t, "there is no shop in");
}

/* -- Home -- */

static void home_tells_of_two_days_without_one(void **state)
{
	struct place *p = *state;
	struct term *t;

	place_run(p, "REGULARS_NOW=2026-11-18T09:00:00 regulars init --name 'Patel Tea House' "
		  "--country IN --quiet; REGULARS_NOW=2026-11-18T09:00:00 regulars customer add "
		  "'Asha Patel' --phone 9824012345 --quiet; regulars program add 'Tea card' "
		  "--goal 3 --reward 'Free tea' --quiet", NULL);
	old_sales(p);
	t = place_open(p);
	see(t, "choose a folder for");
	place_run(p, "mkdir stick; regulars config set backup_folder stick --quiet", NULL);
	see(t, "There is no backup of this shop yet");
	place_run(p, "REGULARS_NOW=2026-11-19T03:00:00 regulars sweep --quiet", NULL);
	see(t, "The last good backup is of 19 Nov 2026");
	looks_whole(t);
	place_run(p, "regulars sweep --quiet", NULL);
	gone(t, "good backup");
	see(t, "Today");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		PLACE_TEST(a_folder_is_chosen_and_a_backup_made),
		PLACE_TEST(restoring_says_what_will_be_missing),
		PLACE_TEST(restoring_over_what_cannot_be_read_says_so),
		PLACE_TEST(what_is_no_backup_changes_nothing),
		PLACE_TEST(it_fits_on_any_terminal),
		PLACE_TEST(a_till_lets_go_and_keeps_what_was_typed),
		PLACE_TEST(a_restore_goes_on_beside_open_tills),
		PLACE_TEST(every_screen_shows_what_was_restored),
		PLACE_TEST(erased_names_leave_the_file_beside_an_open_till),
		PLACE_TEST(a_repair_goes_on_beside_an_open_till),
		PLACE_TEST(a_store_that_is_gone_ends_the_screens),
		PLACE_TEST(home_tells_of_two_days_without_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/journey_backup", tests, NULL, NULL);
}
