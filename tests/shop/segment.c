/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters that are kept under a name. */

#include "tests/shop/damage.h"

#include "shop/verbs.h"

static enum status read_last(struct txn *txn, void *arg)
{
	uint8_t digest[DIGEST_SIZE];

	*(int64_t *)arg = journal_last(txn, digest);
	return txn_status(txn);
}

static int64_t last_entry(struct fixture *f)
{
	int64_t seq;

	MUST(store_read(f->shop.store, read_last, &seq));
	return seq;
}

/* The names of those in use, with their filters. */
static void assert_segments(struct fixture *f, const char *expected)
{
	struct segments all;
	struct buf text = { 0 };

	MUST(segments_read(&f->shop, &all));
	buf_text(&text, "");
	for (size_t i = 0; i < all.n; i++)
		buf_printf(&text, "%s: %s; ", all.row[i].name, all.row[i].filter);
	assert_string_equal(text.at, expected);
	buf_release(&text);
	segments_release(&all);
}

static void each_change_is_an_entry(void **state)
{
	struct fixture *f = *state;
	struct segment s = { .name = "  Cooling   down ", .filter = "last_visit > 60d" };
	struct entry *e = calloc(1, sizeof(*e));

	MUST(segment_add(&f->shop, &f->by, &s));
	assert_int_equal(s.id, 1);
	assert_int_equal(s.added, clock_day(f->by.now));
	MUST(shop_entry(&f->shop, last_entry(f), e));
	assert_int_equal(e->kind, ENTRY_SEGMENT);
	assert_int_equal(e->subject, 1);
	assert_int_equal(e->customer, 0);
	assert_string_equal(e->rule, "{\"id\":1,\"name\":\"Cooling down\",\"filter\":"
			    "\"last_visit > 60d\",\"added\":\"2026-03-01\",\"stopped\":false}");
	assert_segments(f, "Cooling down: last_visit > 60d; ");

	s = (struct segment){ .filter = "last_visit > 90d" };
	MUST(segment_edit(&f->shop, &f->by, "COOLING DOWN", &s));
	assert_string_equal(s.name, "Cooling down");
	s = (struct segment){ .name = "Away" };
	MUST(segment_edit(&f->shop, &f->by, "Cooling down", &s));
	assert_segments(f, "Away: last_visit > 90d; ");
	MUST(segment_remove(&f->shop, &f->by, "Away", &s));
	assert_true(s.stopped);
	assert_segments(f, "");
	MUST(shop_entry(&f->shop, last_entry(f), e));
	assert_non_null(strstr(e->rule, "\"stopped\":true"));

	/* The name is free again; the number is not. */
	s = (struct segment){ .name = "Away", .filter = "visits = 0" };
	MUST(segment_add(&f->shop, &f->by, &s));
	assert_int_equal(s.id, 2);
	says(f, NULL);
	free(e);
}

static void assert_not_added(struct fixture *f, const char *name, const char *filter,
			     enum status expected)
{
	struct segment s = { .id = 0 };
	int64_t before = last_entry(f);

	strcpy(s.name, name);
	strcpy(s.filter, filter);
	assert_int_equal(segment_add(&f->shop, &f->by, &s), expected);
	assert_int_equal(last_entry(f), before);
}

static void what_cannot_be_is_refused(void **state)
{
	struct fixture *f = *state;
	struct segment s = { .filter = "" };

	add_segment(f, "Cooling", "last_visit > 60d");
	assert_not_added(f, "cooling", "visits > 3", ST_EXISTS);
	assert_not_added(f, "C\303\262oling", "visits > 3", ST_EXISTS);	/* an accent */
	assert_not_added(f, " ", "visits > 3", ST_INVALID);
	assert_not_added(f, "Away", " ", ST_INVALID);
	assert_not_added(f, "So \"called\"", "visits > 3", ST_INVALID);
	assert_not_added(f, "A\033[2J", "visits > 3", ST_INVALID);
	assert_not_added(f, "Away", "segment:away or visits > 3", ST_REFUSED);
	assert_int_equal(segment_edit(&f->shop, &f->by, "Coolin", &s), ST_NOT_FOUND);
	assert_non_null(strstr(status_text(), "did you mean \"Cooling\"?"));
	assert_int_equal(segment_remove(&f->shop, &f->by, "Away", &s), ST_NOT_FOUND);
}

static void a_filter_names_segments(void **state)
{
	(void)state;
	assert_true(filter_names_segment("segment:Cooling", "cooling"));
	assert_true(filter_names_segment("visits > 3 and not segment:\"Cool ing\"", "Cool ing"));
	assert_true(filter_names_segment("(SEGMENT: cooling)", "Cooling"));
	assert_true(filter_names_segment("segment:'Cool ing' and ready", "cool ing"));
	assert_true(filter_names_segment("segment:a or segment:b", "b"));
	assert_false(filter_names_segment("segment:Cooling", "Cool"));
	assert_false(filter_names_segment("segment:\"Cooling down\"", "Cooling"));
	assert_false(filter_names_segment("tag:cooling", "Cooling"));
	assert_false(filter_names_segment("segment:\"", "x"));
}

static void what_others_are_made_of_stays(void **state)
{
	struct fixture *f = *state;
	struct segment s = { .name = "Away" };

	add_segment(f, "Cooling", "last_visit > 60d");
	add_segment(f, "To text", "segment:cooling and consent.sms");
	assert_int_equal(segment_edit(&f->shop, &f->by, "Cooling", &s), ST_REFUSED);
	assert_int_equal(segment_remove(&f->shop, &f->by, "Cooling", &s), ST_REFUSED);
	s = (struct segment){ .name = "COOLING", .filter = "last_visit > 90d" };
	MUST(segment_edit(&f->shop, &f->by, "Cooling", &s));	/* means the same still */
	MUST(segment_remove(&f->shop, &f->by, "To text", &s));
	MUST(segment_remove(&f->shop, &f->by, "Cooling", &s));
	assert_segments(f, "");
}

static void told_twice_it_happens_once(void **state)
{
	struct fixture *f = *state;
	struct segment s = { .name = "Cooling", .filter = "last_visit > 60d" };
	int64_t seq;

	f->by.has_op = true;
	memset(f->by.op, 1, OP_SIZE);
	MUST(segment_add(&f->shop, &f->by, &s));
	seq = last_entry(f);
	s = (struct segment){ .name = "Cooling", .filter = "last_visit > 60d" };
	MUST(segment_add(&f->shop, &f->by, &s));
	assert_int_equal(s.id, 1);
	assert_int_equal(last_entry(f), seq);
	assert_int_equal(segment_remove(&f->shop, &f->by, "Cooling", &s), ST_EXISTS);

	memset(f->by.op, 2, OP_SIZE);
	for (int i = 0; i < 2; i++) {
		s = (struct segment){ .name = "Away" };
		MUST(segment_edit(&f->shop, &f->by, "Cooling", &s));
		assert_string_equal(s.filter, "last_visit > 60d");
		assert_int_equal(last_entry(f), seq + 1);
	}
	memset(f->by.op, 3, OP_SIZE);
	for (int i = 0; i < 2; i++) {
		s = (struct segment){ .name = "Away" };	/* as it is: no entry */
		MUST(segment_edit(&f->shop, &f->by, "Away", &s));
		assert_string_equal(s.filter, "last_visit > 60d");
		assert_int_equal(last_entry(f), seq + 1);
	}
	memset(f->by.op, 4, OP_SIZE);
	for (int i = 0; i < 2; i++) {
		MUST(segment_remove(&f->shop, &f->by, "Away", &s));
		assert_string_equal(s.name, "Away");
		assert_int_equal(last_entry(f), seq + 2);
	}
	says(f, NULL);
}

static void it_is_changed_anew_and_not_undone(void **state)
{
	struct fixture *f = *state;
	struct trade_run run;

	add_segment(f, "Cooling", "last_visit > 60d");
	assert_int_equal(undo_last(&f->shop, &f->by, 0, &run), ST_REFUSED);
	assert_int_equal(undo_last(&f->shop, &f->by, last_entry(f), &run), ST_REFUSED);
	assert_segments(f, "Cooling: last_visit > 60d; ");
}

/* -- verify -- */

static void a_record_is_what_its_last_entry_says(void **state)
{
	static const uint8_t other[] = { 2, 2, 5, 1, 'X', 7, 1, 'y' };
	struct fixture *f = *state;

	busy_shop(f);
	says(f, NULL);
	put_row(f, TABLE_SEGMENT, account_key(1), other, sizeof(other));
	says(f, "segment 1 (X) is not what its last entry says");
	repair(f);
	says(f, NULL);
	drop_row(f, TABLE_SEGMENT, account_key(2));
	says(f, "the journal tells of 3 segments, and 2 are there");
	repair(f);
	says(f, NULL);
	put_row(f, TABLE_SEGMENT, account_key(9), other, sizeof(other));
	says(f, "segment 1 stands under another number");
	repair(f);
	says(f, NULL);
	put_row(f, TABLE_SEGMENT, account_key(1), "x", 1);
	says(f, "segment 1: the record cannot be read");
	repair(f);
	spoil(f, TABLE_SEGMENT, 1, 3);
	says_also(f, "table segment: the row with key 00000002 is damaged");
	repair(f);
	says(f, NULL);
	assert_segments(f, "Cooling: last_visit > 60d; Away: last_visit > 1y; ");
}

/* When an entry is lost, nobody can say that it was not about the segment. */
static void lost_entries_leave_records_as_they_are(void **state)
{
	static const uint8_t other[] = { 2, 2, 5, 1, 'X', 7, 1, 'y' };
	struct fixture *f = *state;
	struct busy b = busy_shop(f);

	put_row(f, TABLE_SEGMENT, account_key(1), other, sizeof(other));
	spoil(f, TABLE_JOURNAL, (size_t)b.anonymous - 1, 3);
	MUST(shop_accept(&f->shop, &f->by, b.anonymous));
	repair(f);
	says(f, NULL);
	assert_segments(f, "X: y; Away: last_visit > 1y; ");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(each_change_is_an_entry), CASE(what_cannot_be_is_refused),
		CASE(a_filter_names_segments), CASE(what_others_are_made_of_stays),
		CASE(told_twice_it_happens_once), CASE(it_is_changed_anew_and_not_undone),
		CASE(a_record_is_what_its_last_entry_says),
		CASE(lost_entries_leave_records_as_they_are),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
