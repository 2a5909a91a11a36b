/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/people.h"

/* The customer book: what is taken in, what is kept, what goes. */

/* -- small helpers -- */

static enum status read_customer(struct txn *txn, void *arg)
{
	struct customer *c = arg;

	return customer_get(txn, c->id, c) ? ST_OK : ST_NOT_FOUND;
}

static struct customer read_back(struct fixture *f, int64_t id)
{
	struct customer c = { .id = id };

	MUST(store_read(f->shop.store, read_customer, &c));
	return c;
}

struct row_counts {
	uint64_t phones, emails, cards, codes, words, sides;
};

static enum status count_rows(struct txn *txn, void *arg)
{
	struct row_counts *q = arg;

	q->phones = txn_count(txn, TABLE_PHONE);
	q->emails = txn_count(txn, TABLE_EMAIL);
	q->cards = txn_count(txn, TABLE_CARD);
	q->codes = txn_count(txn, TABLE_CODE);
	q->words = txn_count(txn, TABLE_WORD);
	q->sides = txn_count(txn, TABLE_SIDE);
	return ST_OK;
}

static struct row_counts rows(struct fixture *f)
{
	struct row_counts q;

	MUST(store_read(f->shop.store, count_rows, &q));
	return q;
}

struct side_question {
	int64_t seq;
	struct side side;
};

static enum status read_side(struct txn *txn, void *arg)
{
	struct side_question *q = arg;

	side_get(txn, q->seq, &q->side);
	return txn_status(txn);
}

static struct side side_of(struct fixture *f, int64_t seq)
{
	struct side_question q = { .seq = seq };

	MUST(store_read(f->shop.store, read_side, &q));
	return q.side;
}

static enum status read_last(struct txn *txn, void *arg)
{
	struct entry *e = arg;
	uint8_t digest[DIGEST_SIZE];

	return journal_read(txn, journal_last(txn, digest), e);
}

/* The newest entry; the caller frees it. */
static struct entry *last_entry(struct fixture *f)
{
	struct entry *e = calloc(1, sizeof(*e));

	MUST(store_read(f->shop.store, read_last, e));
	return e;
}

static int64_t last_seq(struct fixture *f)
{
	struct entry *e = last_entry(f);
	int64_t seq = e->seq;

	free(e);
	return seq;
}

/* -- taking in -- */

static void phones_are_read_by_the_country(void **state)
{
	struct customer c = named("Asha");

	(void)state;
	MUST(customer_add_phone(&c, "98240 12345", "IN"));
	MUST(customer_add_phone(&c, "+91 98240-12345", "IN"));
	assert_int_equal(c.phone_count, 1);
	assert_string_equal(c.phones[0].text, "+919824012345");
	assert_true(c.phones[0].e164 && c.phones[0].mobile);
	MUST(customer_add_phone(&c, "12345", "IN"));
	assert_string_equal(c.phones[1].text, "12345");
	assert_false(c.phones[1].e164);
	assert_int_equal(customer_add_phone(&c, "4.41E+11", "IN"), ST_INVALID);
	MUST(customer_add_phone(&c, "98240 00001", "IN"));
	MUST(customer_add_phone(&c, "98240 00002", "IN"));
	assert_int_equal(customer_add_phone(&c, "98240 00003", "IN"), ST_FULL);
	MUST(customer_add_phone(&c, "98240 00002", "IN"));
	assert_int_equal(c.phone_count, 4);
}

static void a_plus_is_believed_however_often_it_is_read(void **state)
{
	struct customer c = named("Gail");

	(void)state;
	MUST(customer_add_phone(&c, "+4479460958", "IN"));
	MUST(customer_tidy(&c, "IN"));
	MUST(customer_tidy(&c, "IN"));
	MUST(customer_add_phone(&c, "00 44 7946 0958", "IN"));
	assert_int_equal(c.phone_count, 1);
	assert_string_equal(c.phones[0].text, "+4479460958");
	assert_false(c.phones[0].e164);
}

static void the_same_digits_with_and_without_a_plus_are_one_phone(void **state)
{
	struct customer c = named("Gail");

	(void)state;
	MUST(customer_add_phone(&c, "447400123456", "IN"));
	assert_string_equal(c.phones[0].text, "447400123456");
	MUST(customer_add_phone(&c, "+44 7400 123456", "IN"));
	assert_int_equal(c.phone_count, 1);
	assert_string_equal(c.phones[0].text, "+447400123456");
	assert_true(c.phones[0].e164 && c.phones[0].mobile);
	MUST(customer_add_phone(&c, "447400123456", "IN"));
	assert_int_equal(c.phone_count, 1);
	assert_true(c.phones[0].e164);
}

static void emails_keep_a_plain_shape(void **state)
{
	static const char *const bad[] = {
		"", "asha", "asha@", "@x.in", "a@b", "a b@x.in", "a@x..in", "a@.in", "a@x.in.",
		"a@@x.in", "a@b@x.in", "<asha@x.in>", "a@x.in,b@x.in", "a\n@x.in", "a@x.in\x01"
	};
	struct customer c = named("Asha");
	char longest[200];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(customer_add_email(&c, bad[i]), ST_INVALID);
	assert_int_equal(c.email_count, 0);
	MUST(customer_add_email(&c, " Asha.Patel@Example.IN "));
	assert_string_equal(c.emails[0].address, "Asha.Patel@example.in");
	MUST(customer_add_email(&c, "asha.patel@example.in"));
	assert_int_equal(c.email_count, 1);
	memset(longest, 'a', sizeof(longest));
	strcpy(longest + 122, "@x.in");
	MUST(customer_add_email(&c, longest));
	strcpy(longest + 123, "@x.in");
	assert_int_equal(customer_add_email(&c, longest), ST_INVALID);
}

static void birthdays_need_no_year(void **state)
{
	static const char *const good[] = { "05-27", "1990-05-27", "02-29", "2000-02-29" };
	static const char *const bad[] = {
		"27/5", "27-05", "5-27", "05-32", "00-10", "1990-02-29", "1990-5-27", "05-27 ",
		"1990-05-27x", "+5-27", "-5-27", "0x-27", "1779-05-27", "1990-05-270", "0527",
		"5-027", "990-05-027"
	};
	struct customer c = named("Asha");

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		MUST(customer_set_birthday(&c, good[i]));
		assert_string_equal(c.birthday, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(customer_set_birthday(&c, bad[i]), ST_INVALID);
	assert_non_null(strstr(status_text(), "05-27"));
	assert_string_equal(c.birthday, "2000-02-29");
	MUST(customer_set_birthday(&c, "૦૫-૨૭"));
	assert_string_equal(c.birthday, "05-27");
	MUST(customer_set_birthday(&c, ""));
	assert_string_equal(c.birthday, "");
}

static void a_verb_cleans_whatever_fills_the_fields(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("  Asha \t Patel "), kept;

	c.phone_count = c.email_count = 1;
	strcpy(c.phones[0].text, "98240 12345");
	strcpy(c.emails[0].address, "asha@EXAMPLE.in");
	strcpy(c.area, "Maninagar  East");
	kept = read_back(f, add_customer(f, &c));
	assert_string_equal(kept.name, "Asha Patel");
	assert_string_equal(kept.area, "Maninagar East");
	assert_string_equal(kept.phones[0].text, "+919824012345");
	assert_true(kept.phones[0].e164);
	assert_string_equal(kept.emails[0].address, "asha@example.in");
	assert_int_equal(kept.added, clock_day(f->by.now));
	strcpy(c.notes, "likes\x02 tea");
	assert_int_equal(customer_edit(&f->shop, &f->by, &c), ST_INVALID);
	assert_non_null(strstr(status_text(), "Notes"));
}

static void somebody_without_a_name_needs_something_else(void **state)
{
	struct fixture *f = *state;
	struct customer nothing = named(" "), c = with_phone("", "9824012345");
	char title[CUSTOMER_TITLE];

	assert_int_equal(customer_add(&f->shop, &f->by, &nothing, false), ST_INVALID);
	assert_int_equal(add_customer(f, &c), 1);
	customer_title(&c, title);
	assert_string_equal(title, "+919824012345 (#1)");
}

static void a_title_is_cut_between_letters(void **state)
{
	struct customer c = named("B ");
	char title[CUSTOMER_TITLE];

	(void)state;
	for (int i = 0; i < 25; i++)
		strcat(c.name, "શા");	/* six bytes that belong together */
	customer_title(&c, title);
	assert_int_equal(strlen(title), 2 + 9 * 6 + strlen(" (#0)"));
}

/* -- keeping -- */

static void an_entry_names_fields_and_never_values(void **state)
{
	struct fixture *f = *state;
	struct customer c = with_phone("Asha Patel", "9824012345");
	struct entry *e;
	struct side side;

	strcpy(c.birthday, "05-27");
	add_customer(f, &c);
	e = last_entry(f);
	assert_int_equal(e->kind, ENTRY_CUSTOMER);
	assert_int_equal(e->customer, 1);
	assert_int_equal(e->subject, 1);
	assert_string_equal(e->rule, "name,birthday,phones");
	free(e);

	strcpy(c.name, "Asha \"Ba\" Shah");
	c.channel = CHANNEL_SMS;
	MUST(customer_edit(&f->shop, &f->by, &c));
	e = last_entry(f);
	assert_string_equal(e->rule, "name,channel");
	side = side_of(f, e->seq);
	assert_string_equal(side.before, "{\"name\":\"Asha Patel\",\"channel\":\"any\"}");
	free(e);
}

static void an_edit_without_a_change_leaves_no_entry(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("Asha Patel");
	int64_t seq;

	add_customer(f, &c);
	seq = last_seq(f);
	MUST(customer_edit(&f->shop, &f->by, &c));
	assert_int_equal(last_seq(f), seq);
}

static void old_values_that_are_too_long_are_left_out(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("Asha Patel");
	struct side side;

	memset(c.notes, '"', sizeof(c.notes) - 1);	/* two bytes each in JSON */
	memset(c.address, '"', sizeof(c.address) - 1);
	c.tag_count = 1;
	strcpy(c.tags[0].name, "tea");
	c.email_count = 4;
	for (int i = 0; i < 4; i++) {
		memset(c.emails[i].address, 'a' + i, 120);
		strcpy(c.emails[i].address + 120, "@x.in");
	}
	memset(c.called, '"', sizeof(c.called) - 1);
	memset(c.area, '"', sizeof(c.area) - 1);
	memset(c.heard, '"', sizeof(c.heard) - 1);
	memset(c.name, '"', sizeof(c.name) - 1);
	add_customer(f, &c);
	record_clear(&customer_type, &c);
	c.id = 1;
	strcpy(c.name, "Asha");
	MUST(customer_edit(&f->shop, &f->by, &c));
	side = side_of(f, last_seq(f));
	assert_non_null(strstr(side.before, "\"heard\":"));
	assert_null(strstr(side.before, "\"emails\":"));
	assert_non_null(strstr(side.before, "\"tags\":[\"tea\"]"));
	assert_int_equal(side.before[strlen(side.before) - 1], '}');
}

/* Fields that a later program wrote stay with the person, and go with them. */
static void what_a_face_does_not_know_stays(void **state)
{
	struct fixture *f = *state;
	static const uint8_t motto[] = { 121, 3, 't', 'e', 'a' };	/* tag 60 */
	struct customer c = named("Asha Patel"), kept;

	c.later.len = sizeof(motto);
	memcpy(c.later.bytes, motto, sizeof(motto));
	add_customer(f, &c);
	c = named("Mina Shah");
	c.id = 1;
	MUST(customer_edit(&f->shop, &f->by, &c));
	kept = read_back(f, 1);
	assert_string_equal(kept.name, "Mina Shah");
	assert_int_equal(kept.added, clock_day(f->by.now));
	assert_int_equal(kept.later.len, sizeof(motto));
	assert_memory_equal(kept.later.bytes, motto, sizeof(motto));
	MUST(customer_erase(&f->shop, &f->by, 1));
	assert_int_equal(read_back(f, 1).later.len, 0);
}

static void indexes_follow_an_edit(void **state)
{
	struct fixture *f = *state;
	struct customer c = with_phone("Asha Patel", "9824012345");
	struct row_counts before, after;

	MUST(customer_add_email(&c, "asha@example.in"));
	MUST(customer_add_card(&c, "VIP-0042"));
	strcpy(c.code, "C17");
	add_customer(f, &c);
	before = rows(f);
	assert_int_equal(before.phones + before.emails + before.cards + before.codes, 4);
	strcpy(c.name, "Mina Shah");
	strcpy(c.code, "C18");
	strcpy(c.cards[0].code, "VIP-0043");
	c.phone_count = c.email_count = 0;
	MUST(customer_add_phone(&c, "9824099999", "IN"));
	MUST(customer_add_email(&c, "mina@example.in"));
	MUST(customer_edit(&f->shop, &f->by, &c));
	after = rows(f);
	assert_int_equal(after.phones + after.emails + after.cards + after.codes, 4);
	assert_means(f, "9824099999", 1);
	assert_means(f, "mina@example.in", 1);
	assert_means(f, "VIP-0043", 1);
	assert_means(f, "C18", 1);
	assert_means(f, "mina shah", 1);
	assert_means(f, "VIP-0042", 0);
	assert_means(f, "C17", 0);
	assert_means(f, "9824012345", 0);
	assert_means(f, "asha@example.in", 0);
	assert_means(f, "asha", 0);
}

static void cards_and_codes_name_one_person(void **state)
{
	struct fixture *f = *state;
	struct customer asha = named("Asha Patel"), mina = named("Mina Shah");
	int64_t seq;

	MUST(customer_add_card(&asha, "VIP-0042"));
	strcpy(asha.code, "C17");
	add_customer(f, &asha);
	seq = last_seq(f);
	MUST(customer_add_card(&mina, "vip-0042"));
	assert_int_equal(customer_add(&f->shop, &f->by, &mina, true), ST_EXISTS);
	assert_non_null(strstr(status_text(), "Asha Patel (#1)"));
	mina.card_count = 0;
	strcpy(mina.code, "C17");
	assert_int_equal(customer_add(&f->shop, &f->by, &mina, true), ST_EXISTS);
	assert_int_equal(last_seq(f), seq);
	strcpy(mina.code, "c17");	/* a till's ids are what they are, byte by byte */
	assert_int_equal(add_customer(f, &mina), 2);
	strcpy(mina.code, "C17");
	assert_int_equal(customer_edit(&f->shop, &f->by, &mina), ST_EXISTS);
	assert_string_equal(read_back(f, 2).code, "c17");
}

static void the_same_operation_adds_once(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("Asha Patel"), again = c, other = named("Mina Shah");

	f->by.has_op = true;
	op_from_text("first", f->by.op);
	add_customer(f, &c);
	MUST(customer_add(&f->shop, &f->by, &again, false));
	assert_int_equal(again.id, 1);
	assert_int_equal(again.added, c.added);
	assert_int_equal(customer_add(&f->shop, &f->by, &other, false), ST_EXISTS);
	op_from_text("second", f->by.op);
	assert_int_equal(add_customer(f, &other), 2);
}

/* -- erasing -- */

static void erasing_blanks_the_person_and_keeps_the_ledger(void **state)
{
	struct fixture *f = *state;
	struct customer c = with_phone("Asha Patel", "9824012345"), gone;
	struct row_counts before = rows(f), after;
	struct entry *e;
	int64_t sale, edit;

	MUST(customer_add_email(&c, "asha@example.in"));
	MUST(customer_add_card(&c, "VIP-0042"));
	MUST(customer_add_tag(&c, "tea"));
	strcpy(c.code, "C17");
	strcpy(c.notes, "no sugar");
	add_customer(f, &c);
	sale = sell(f, c.id, 12000, NULL);
	strcpy(c.called, "Asha ben");
	MUST(customer_edit(&f->shop, &f->by, &c));
	edit = last_seq(f);

	MUST(customer_erase(&f->shop, &f->by, c.id));
	gone = read_back(f, c.id);
	assert_true(gone.erased);
	assert_int_equal(gone.added, c.added);
	for (const struct field *field = customer_type.fields; field->tag; field++)
		if (field->flags & FIELD_PERSONAL)
			assert_true(field_is_empty(field, &gone));
	after = rows(f);
	assert_memory_equal(&after, &before, sizeof(after));
	assert_string_equal(side_of(f, edit).before, "");
	assert_int_equal(figures_of(f, c.id).spend, 12000);
	e = calloc(1, sizeof(*e));
	MUST(shop_entry(&f->shop, sale, e));
	assert_int_equal(e->customer, c.id);
	free(e);
	e = last_entry(f);
	assert_string_equal(e->rule, "erased");
	free(e);
}

static void who_was_erased_is_nobody_and_their_number_stays_theirs(void **state)
{
	struct fixture *f = *state;
	struct customer c = named("Asha Patel"), next = named("Mina Shah");

	add_customer(f, &c);
	MUST(customer_erase(&f->shop, &f->by, 1));
	assert_refused(f, "#1", ST_NOT_FOUND, "#1");
	assert_refused(f, "asha patel", ST_NOT_FOUND, "nobody");
	assert_int_equal(customer_erase(&f->shop, &f->by, 1), ST_NOT_FOUND);
	assert_int_equal(customer_erase(&f->shop, &f->by, 5), ST_NOT_FOUND);
	c.id = 1;
	assert_int_equal(customer_edit(&f->shop, &f->by, &c), ST_NOT_FOUND);
	assert_int_equal(add_customer(f, &next), 2);
}

static void a_word_that_others_have_stays(void **state)
{
	struct fixture *f = *state;
	struct customer asha = named("Asha Patel"), ravi = named("Ravi Patel");
	uint64_t words;

	add_customer(f, &asha);
	words = rows(f).words;
	add_customer(f, &ravi);
	MUST(customer_erase(&f->shop, &f->by, ravi.id));
	assert_int_equal(rows(f).words, words);
	assert_means(f, "patel", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phones_are_read_by_the_country),
		cmocka_unit_test(a_plus_is_believed_however_often_it_is_read),
		cmocka_unit_test(the_same_digits_with_and_without_a_plus_are_one_phone),
		cmocka_unit_test(emails_keep_a_plain_shape),
		cmocka_unit_test(birthdays_need_no_year),
		cmocka_unit_test(a_title_is_cut_between_letters),
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
		IN_SHOP(a_verb_cleans_whatever_fills_the_fields),
		IN_SHOP(somebody_without_a_name_needs_something_else),
		IN_SHOP(an_entry_names_fields_and_never_values),
		IN_SHOP(an_edit_without_a_change_leaves_no_entry),
		IN_SHOP(old_values_that_are_too_long_are_left_out),
		IN_SHOP(what_a_face_does_not_know_stays),
		IN_SHOP(indexes_follow_an_edit),
		IN_SHOP(cards_and_codes_name_one_person),
		IN_SHOP(the_same_operation_adds_once),
		IN_SHOP(erasing_blanks_the_person_and_keeps_the_ledger),
		IN_SHOP(who_was_erased_is_nobody_and_their_number_stays_theirs),
		IN_SHOP(a_word_that_others_have_stays),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
