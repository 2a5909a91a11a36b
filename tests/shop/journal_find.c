/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/journal_find.h"

#include "tests/shop/people.h"

/* Which entries are shown, found in parts, and where a day is among them. */

static void find(struct fixture *f, struct journal_found *found, size_t want)
{
	do
		MUST(journal_find(f->shop.store, found, want));
	while (found->more);
}

static void find_day(struct fixture *f, const struct journal_found *found,
		     struct journal_seek *seek, int32_t day)
{
	*seek = (struct journal_seek){ .day = day };
	while (!seek->done)
		MUST(journal_seek(f->shop.store, found, seek));
}

static int64_t sell_at(struct fixture *f, int64_t customer, const char *when)
{
	return sell(f, customer, 5000, &(struct sale){ .occurred = at(when) });
}

static void all_of_them_need_no_list(void **state)
{
	struct fixture *f = *state;
	struct journal_found found = { .n = 0 };
	size_t place;
	int64_t seq;

	sell(f, 0, 100, NULL);
	seq = sell(f, 0, 200, NULL);
	find(f, &found, 1);
	assert_true(found.whole);
	assert_null(found.row);
	assert_int_equal(found.n, seq);
	assert_int_equal(journal_seq(&found, 0), seq);
	assert_int_equal(journal_seq(&found, found.n - 1), 1);
	assert_true(journal_place(&found, seq - 1, &place));
	assert_int_equal(place, 1);
	assert_false(journal_place(&found, seq + 1, &place));
	assert_int_equal(sell(f, 0, 300, NULL), seq + 1);
	find(f, &found, 1);
	assert_int_equal(journal_seq(&found, 0), seq + 1);
}

static void no_further_than_is_wanted_and_newer_ones_on_top(void **state)
{
	struct fixture *f = *state;
	struct journal_found found = { .ask.kinds = JOURNAL_KIND(ENTRY_SALE) };
	struct customer c = named("Asha Patel");
	int64_t first, last = 0;
	size_t place;

	first = sell(f, 0, 100, NULL);
	add_customer(f, &c);
	for (int i = 0; i < 10; i++)
		last = sell(f, 0, 100, NULL);
	find(f, &found, 3);
	assert_int_equal(found.n, 3);
	assert_false(found.whole);
	assert_int_equal(journal_seq(&found, 0), last);
	assert_int_equal(journal_seq(&found, 2), last - 2);
	sell(f, 0, 100, NULL);
	MUST(give_back(f, first, 50));
	sell(f, 0, 100, NULL);
	find(f, &found, SIZE_MAX);
	assert_int_equal(found.n, 13);
	assert_true(found.whole);
	assert_int_equal(journal_seq(&found, 0), last + 3);
	assert_int_equal(journal_seq(&found, 1), last + 1);
	assert_int_equal(journal_seq(&found, 12), first);
	assert_false(journal_place(&found, last + 2, &place));
	assert_int_equal(place, 1);
	journal_forget(&found);
	assert_int_equal(found.ask.kinds, JOURNAL_KIND(ENTRY_SALE));
}

/* The file may be another one by then, with fewer entries or with others. */
static void another_opening_begins_anew(void **state)
{
	struct fixture *f = *state;
	struct journal_found found = { .ask.kinds = JOURNAL_KIND(ENTRY_SALE) };

	sell(f, 0, 100, NULL);
	find(f, &found, SIZE_MAX);
	assert_int_equal(found.n, 1);
	found.row[0].seq += 100;
	found.newest += 100;
	found.opening--;
	find(f, &found, SIZE_MAX);
	assert_int_equal(found.n, 1);
	assert_int_equal(journal_seq(&found, 0), found.newest);
	assert_int_equal(found.ask.kinds, JOURNAL_KIND(ENTRY_SALE));
	journal_forget(&found);
}

static void by_one_person_and_of_one(void **state)
{
	struct fixture *f = *state;
	struct journal_found found = { .ask.who = "ramesh" };
	struct customer c = named("Asha Patel");
	char staff[JOURNAL_STAFF][WHO_SIZE];
	int64_t asha = add_customer(f, &c), one, other;
	size_t n;

	sell(f, asha, 100, NULL);
	strcpy(f->by.who, "ramesh");
	one = sell(f, 0, 100, NULL);
	other = sell(f, asha, 100, NULL);
	strcpy(f->by.who, "asha");
	sell(f, 0, 100, NULL);
	find(f, &found, SIZE_MAX);
	assert_int_equal(found.n, 2);
	assert_int_equal(journal_seq(&found, 1), one);
	journal_forget(&found);
	found.ask.customer = asha;
	find(f, &found, 1);
	assert_int_equal(found.n, 1);
	assert_int_equal(journal_seq(&found, 0), other);
	*found.ask.who = '\0';
	journal_forget(&found);
	find(f, &found, 1);
	assert_int_equal(found.n, 3);	/* and that they were added */
	sell(f, asha, 100, NULL);
	find(f, &found, 1);
	assert_int_equal(found.n, 4);
	journal_forget(&found);
	MUST(journal_staff(f->shop.store, staff, &n));
	assert_int_equal(n, 2);
	assert_string_equal(staff[0], "asha");
	assert_string_equal(staff[1], "ramesh");
}

/* An old till's days come in after today's. */
static void a_day_is_where_it_occurred(void **state)
{
	struct fixture *f = *state;
	struct journal_found found = { .n = 0 };
	struct journal_seek seek;
	int64_t today, third, fifth;

	today = sell(f, 0, 100, NULL);
	sell_at(f, 0, "2025-11-03T10:00:00");
	third = sell_at(f, 0, "2025-11-03T12:00:00");
	fifth = sell_at(f, 0, "2025-11-05T12:00:00");
	for (int round = 0; round < 2; round++) {
		find(f, &found, SIZE_MAX);
		find_day(f, &found, &seek, day_from_civil(2025, 11, 3));
		assert_true(seek.found);
		assert_int_equal(journal_seq(&found, seek.place), third);
		find_day(f, &found, &seek, day_from_civil(2025, 11, 4));
		assert_int_equal(journal_seq(&found, seek.place), third);
		find_day(f, &found, &seek, day_from_civil(2026, 2, 1));
		assert_int_equal(journal_seq(&found, seek.place), fifth);
		find_day(f, &found, &seek, day_from_civil(2026, 3, 1));
		assert_int_equal(journal_seq(&found, seek.place), today);
		find_day(f, &found, &seek, day_from_civil(2020, 1, 1));
		assert_false(seek.found);
		found.ask.kinds = JOURNAL_KIND(ENTRY_SALE);
		journal_forget(&found);
	}
}

/* The list as it is copied for screens. */
static void rows_in_the_order_that_was_asked(void **state)
{
	static const struct format plain = { .decimals = 2, .zero = '0' };
	struct fixture *f = *state;
	struct customer c = with_phone("Asha Patel", "9824012345");
	struct recent r;
	int64_t seqs[3];

	add_customer(f, &c);
	seqs[1] = sell(f, c.id, 100, &(struct sale){ .receipt = "R-1" });
	seqs[0] = seqs[1] - 1;
	seqs[2] = seqs[1] + 7;		/* there is none */
	MUST(recent_read(&f->shop, &(struct recent_ask){ .seqs = seqs, .limit = 3 }, &plain, &r));
	assert_int_equal(r.n, 3);
	assert_int_equal(r.row[0].kind, ENTRY_CUSTOMER);
	assert_string_equal(r.row[0].words, "Name, Phones");
	assert_string_equal(r.row[1].receipt, "R-1");
	assert_int_equal(r.row[2].kind, ENTRY_NONE);
	assert_int_equal(r.row[2].seq, seqs[2]);
	recent_release(&r);
}

#define shop_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		shop_test(all_of_them_need_no_list),
		shop_test(no_further_than_is_wanted_and_newer_ones_on_top),
		shop_test(another_opening_begins_anew),
		shop_test(by_one_person_and_of_one),
		shop_test(a_day_is_where_it_occurred),
		shop_test(rows_in_the_order_that_was_asked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
