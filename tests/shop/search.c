/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "shop/search.h"
#include "shop/word.h"

/* Finding people as one types: which match, in which order, in which script. */

static int64_t add_named(struct fixture *f, const char *name)
{
	struct customer c = { .id = 0 };

	strcpy(c.name, name);
	MUST(customer_add(&f->shop, &f->by, &c, true));
	return c.id;
}

static int64_t add_person(struct fixture *f, const char *name, const char *phone)
{
	struct customer c = { .id = 0 };

	strcpy(c.name, name);
	MUST(customer_add_phone(&c, phone, "IN"));
	MUST(customer_add(&f->shop, &f->by, &c, true));
	return c.id;
}

struct search_question {
	const char *words;
	size_t most;
	struct finding found;
};

static enum status ask(struct txn *txn, void *arg)
{
	struct search_question *q = arg;

	return customer_find(txn, q->words, q->most, &q->found);
}

static struct finding find(struct fixture *f, const char *words)
{
	struct search_question q = { .words = words, .most = 20 };

	MUST(store_read(f->shop.store, ask, &q));
	return q.found;
}

/* "1 exact, 2 prefix": ids and matches, best first. */
static void assert_found(struct fixture *f, const char *words, const char *expected)
{
	struct finding found = find(f, words);
	char got[1000] = "";

	for (size_t i = 0; i < found.n; i++) {
		size_t len = strlen(got);

		assert_int_equal(found.row[i].customer.id, found.row[i].id);
		snprintf(got + len, sizeof(got) - len, "%s%d %s", i ? ", " : "",
			 (int)found.row[i].id, match_name(found.row[i].match));
	}
	finding_release(&found);
	if (strcmp(got, expected))
		print_error("%s: found %s\n", words, got);
	assert_string_equal(got, expected);
}

/* -- ways to match -- */

static void better_matches_come_first(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Kapatela Rao");		/* 1: a part of a word */
	add_named(f, "Patil Sunita");		/* 2: the same consonants */
	add_named(f, "پٹیل");			/* 3: its Latin spelling is patil */
	add_named(f, "Patelwala Amit");		/* 4: begins so */
	add_named(f, "પટેલ મીના");		/* 5: the same word in another script */
	add_named(f, "Ravi PATEL");		/* 6: just this word */
	add_named(f, "Bhatt Deepa");		/* 7: nothing like it */
	assert_found(f, "patel", "6 exact, 4 prefix, 5 latin, 2 similar, 3 similar");
	assert_found(f, "pate", "4 prefix, 6 prefix, 5 latin prefix, 2 similar, 3 similar");
	assert_found(f, "પટેલ", "5 exact, 6 latin, 4 latin prefix, 2 similar, 3 similar");
}

static void scripts_find_one_another(void **state)
{
	struct fixture *f = *state;
	static const char *const people[][4] = {
		{ "ज़ाकिर", "zakir", "jakir", "ذاکر" },
		{ "محمد", "muhammad", "mohammed", "मोहम्मद" },
		{ "Խաչատրյան", "khachatryan", "khachatrian", "хачатрян" },
		{ "José Núñez", "jose", "nunez", "NUÑEZ JOSÉ" },
		{ "ਗੁਰਪ੍ਰੀਤ", "gurpreet", "gurprit", "गुरप्रीत" },
		{ "Иванов", "ivanov", "Ivanov", "ИВАНОВ" },
	};

	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		add_named(f, people[i][0]);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		for (size_t j = 0; j < 4; j++) {
			struct finding found = find(f, people[i][j]);

			if (!found.n || found.row[0].id != (int64_t)i + 1)
				print_error("%s does not find %s\n", people[i][j], people[i][0]);
			assert_true(found.n);
			assert_int_equal(found.row[0].id, i + 1);
			finding_release(&found);
		}
	}
}

static void a_mark_that_folding_drops_does_not_part_people(void **state)
{
	struct fixture *f = *state;

	add_named(f, "ज़ाकिर");
	add_named(f, "जाकिर");
	add_named(f, "जाकिरा");
	assert_found(f, "जाकिर", "1 exact, 2 exact, 3 prefix");
	assert_found(f, "ज़ाकिर", "1 exact, 2 exact, 3 prefix");
	assert_found(f, "zakir", "1 latin, 2 similar, 3 similar");
}

/* The rarer word says who is looked at; the other is compared in every way. */
static void the_other_word_matches_in_every_way(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {
		"Zubin Patil", "Zubin پٹیل", "Zubin पटेल", "Zubin Patol", "Zubin Patel",
		"Zubin Patelwala", "Zubin ਪਟੇਲ", "Zubin Padel", "Zubin Kapatel", "Zubin Shah",
		"Ravi Patel", "Asha Patel", "Mina Patel", "Amit Patel", "Hari Patel",
		"Kiran Patel", "Leela Patel", "Nitin Patel", "Om Patel", "Pia Patel"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_named(f, names[i]);
	assert_found(f, "zubin patel", "5 exact, 6 prefix, 3 latin, 7 latin, 1 similar, "
		     "2 similar, 4 similar, 8 similar");
	assert_found(f, "zubin પટેલ", "3 latin, 5 latin, 7 latin, 6 latin prefix, "
		     "1 similar, 2 similar, 4 similar, 8 similar");
	assert_found(f, "zubin apat", "9 part");
}

static void every_word_must_match(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Asha Patel");
	add_named(f, "Ravi Patel");
	add_named(f, "Asha Shah");
	assert_found(f, "patel asha", "1 exact");
	assert_found(f, "ash pat", "1 prefix");
	assert_found(f, "આશા patel", "1 latin");
	assert_found(f, "asha ravi", "");
	assert_found(f, "asha patel shah", "");
	assert_found(f, "asha", "1 exact, 3 exact");
}

static void a_whole_word_is_not_the_start_of_another(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Pragnesh Dave");		/* its consonants begin as priya's do */
	assert_found(f, "priya", "1 similar");
	add_named(f, "Priya Dave");
	assert_found(f, "priya", "2 exact");
}

/* Gill and Gohil have the same consonants; one who looks for Gill means no
 * Gohil, but one who finds nobody else may. */
static void further_names_are_found_when_no_nearer_ones_are(void **state)
{
	struct fixture *f = *state;

	add_named(f, "ગોહિલ");
	assert_found(f, "gill", "1 similar");
	assert_found(f, "guhel", "1 similar");
	add_named(f, "ਗਿੱਲ");
	assert_found(f, "gill", "2 similar");
	assert_found(f, "gohil", "1 latin");
	add_named(f, "Gill");
	assert_found(f, "gill", "3 exact, 2 similar");
	assert_found(f, "guhel", "1 similar");
}

static void starts_are_heard_in_any_script(void **state)
{
	struct fixture *f = *state;

	add_named(f, "احمد");
	assert_found(f, "ahme", "1 similar");
	add_named(f, "வெங்கடேசன்");
	assert_found(f, "venkat", "2 similar");
	add_named(f, "Venkata");
	assert_found(f, "venkat", "3 prefix");
}

static void a_consonant_may_be_wrong_when_nobody_fits(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Հարությունյան");
	add_named(f, "Михайлов");
	add_named(f, "ਰਮੇਸ਼");
	assert_found(f, "arutyunyan", "1 similar");
	assert_found(f, "mihailov", "2 similar");
	assert_found(f, "mikhalkov", "2 similar");
	assert_found(f, "mihalko", "");
	add_named(f, "Arutyunyan");
	assert_found(f, "arutyunyan", "4 exact");
}

static void words_may_be_written_as_one(void **state)
{
	struct fixture *f = *state;

	add_named(f, "عبدالرحمن");
	add_named(f, "Omprakash Rao");
	assert_found(f, "abdul rahman", "1 similar");
	assert_found(f, "abdul r", "1 similar");
	assert_found(f, "um prakash", "2 similar");
	assert_found(f, "om prakash", "2 part");
}

static void a_part_of_a_word_is_the_last_resort(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Shivkumar");
	assert_found(f, "vkum", "1 part");
	assert_found(f, "vk", "");
	add_named(f, "Vkumesh");
	assert_found(f, "vkum", "2 prefix");
	add_named(f, "Asha Patel");
	add_named(f, "Asha Kapatela");
	assert_found(f, "asha pat", "3 prefix");
	assert_found(f, "asha apat", "4 part");
}

static void short_words_find_beginnings_only(void **state)
{
	struct fixture *f = *state;

	add_named(f, "Rao");
	add_named(f, "Ira Das");
	assert_found(f, "ra", "1 prefix");
	assert_found(f, "r", "1 prefix");
	assert_found(f, "", "");
	assert_found(f, " - ", "");
	add_named(f, "Pak");
	assert_found(f, "pq", "");	/* it sounds alike, but two letters say little */
}

/* -- numbers -- */

static void digits_find_the_end_of_a_phone(void **state)
{
	struct fixture *f = *state;

	add_person(f, "Asha", "9824012345");
	add_person(f, "Ravi", "9824092345");
	add_person(f, "Mina", "9000000000");
	assert_found(f, "2345", "1 phone, 2 phone");
	assert_found(f, "12345", "1 phone");
	assert_found(f, "9824012345", "1 phone");
	assert_found(f, "+91 98240-12345", "1 phone");
	assert_found(f, "098240 12345", "1 phone");
	assert_found(f, "૧૨૩૪૫", "1 phone");
	assert_found(f, "45", "");
	assert_found(f, "98240", "");
	assert_found(f, "0000", "3 phone");
}

static void a_name_and_the_end_of_a_phone_go_together(void **state)
{
	struct fixture *f = *state;

	add_person(f, "Asha Patel", "9824012345");
	add_person(f, "Asha Patel", "9824099999");
	add_person(f, "Ravi Shah", "9824099999");
	assert_found(f, "asha 999", "2 exact");
	assert_found(f, "999 ash", "2 prefix");
	assert_found(f, "shah 12345", "");
}

static void cards_codes_ids_and_emails_find_their_owner(void **state)
{
	struct fixture *f = *state;
	struct customer c = { .name = "Asha Patel", .code = "T-9" };

	add_named(f, "Vip Zero");
	MUST(customer_add_card(&c, "VIP-0042"));
	MUST(customer_add_email(&c, "asha.p@example.in"));
	MUST(customer_add(&f->shop, &f->by, &c, true));
	assert_found(f, "vip-0042", "2 card");
	assert_found(f, "T-9", "2 card");
	assert_found(f, "#2", "2 card");
	assert_found(f, "ASHA.P@", "2 email");
	assert_found(f, "asha.p@example.in", "2 email");
	assert_found(f, "asha.q@", "");
	assert_found(f, "#3", "");
	MUST(customer_erase(&f->shop, &f->by, 2));
	assert_found(f, "#2", "");
	assert_found(f, "vip-0042", "");
}

/* -- order and limits -- */

static void ties_go_to_the_latest_visit(void **state)
{
	struct fixture *f = *state;
	struct finding found;

	add_named(f, "Asha One");
	add_named(f, "Asha Two");
	add_named(f, "Asha Three");
	assert_found(f, "asha", "1 exact, 2 exact, 3 exact");
	sell(f, 3, 100, &(struct sale){ .occurred = at("2026-02-10T10:00:00") });
	sell(f, 2, 100, &(struct sale){ .occurred = at("2026-02-20T10:00:00") });
	assert_found(f, "asha", "2 exact, 3 exact, 1 exact");
	found = find(f, "asha");
	assert_int_equal(found.row[0].last_visit, day_from_civil(2026, 2, 20));
	assert_int_equal(found.row[2].last_visit, 0);
	finding_release(&found);
}

static void there_are_more_than_fit(void **state)
{
	struct fixture *f = *state;
	struct search_question q = { .words = "asha", .most = 2 };

	add_named(f, "Asha One");
	add_named(f, "Asha Two");
	MUST(store_read(f->shop.store, ask, &q));
	assert_int_equal(q.found.n, 2);
	assert_false(q.found.more);
	finding_release(&q.found);
	add_named(f, "Asha Three");
	MUST(store_read(f->shop.store, ask, &q));
	assert_int_equal(q.found.n, 2);
	assert_true(q.found.more);
	finding_release(&q.found);
}

struct crowd { struct fixture *f; int n; };

static enum status add_crowd(struct txn *txn, void *arg)
{
	const struct crowd *crowd = arg;
	struct word_batch words = { 0 };
	struct trade t;
	enum status st = ST_OK;

	trade_open(&t, txn, &crowd->f->shop, &crowd->f->by);
	for (int i = 0; i < crowd->n && st == ST_OK; i++) {
		struct customer c = { .id = 0 };

		snprintf(c.name, sizeof(c.name), "Patel %s", i == crowd->n - 1 ? "Zubin" : "Ravi");
		st = customer_insert_later(&t, &c, &words);
	}
	word_batch_write(&words, txn);
	assert_int_equal(st, ST_OK);
	return trade_close(&t);
}

/* Of 3,000 only 2,000 are looked at, but the rarer word finds its one. */
static void a_crowd_is_searched_by_its_rarest_word(void **state)
{
	struct fixture *f = *state;
	struct crowd crowd = { f, 3000 };
	struct search_question q = { .words = "patel" };
	struct finding found;

	MUST(store_write(f->shop.store, add_crowd, &crowd));
	found = find(f, "patel");
	assert_int_equal(found.n, 20);
	assert_true(found.more);
	finding_release(&found);
	q.most = 2500;
	MUST(store_read(f->shop.store, ask, &q));
	assert_int_equal(q.found.n, 2000);
	assert_true(q.found.more);
	finding_release(&q.found);
	assert_found(f, "patel zubin", "3000 exact");
	assert_found(f, "zub pat", "3000 prefix");
}

/* Names are a person's own affair, and bytes from a terminal anything. */
static void odd_queries_do_no_harm(void **state)
{
	struct fixture *f = *state;
	static const char *const odd[] = {
		"\xff\xfe", "\x01\x02", "#", "##", "#-1", "#9999999999999999999", "@", "a@",
		"😀", "\xe0\xa4", "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc",
		"%s%n", "00000000000000000000000000000000000000000000000", "+", "((((", "王"
	};
	char longest[5000];

	add_named(f, "Asha Patel");
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct finding found = find(f, odd[i]);

		if (found.n)
			print_error("%s finds somebody\n", odd[i]);
		assert_int_equal(found.n, 0);
		finding_release(&found);
	}
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_found(f, longest, "");
	longest[0] = '1';
	memset(longest + 1, '2', sizeof(longest) - 2);
	assert_found(f, longest, "");
}

static void very_long_words_are_found(void **state)
{
	struct fixture *f = *state;
	char name[200], again[200];

	memset(name, 'k', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memcpy(again, name, sizeof(name));
	add_named(f, name);
	assert_found(f, again, "1 exact");
	again[30] = '\0';
	assert_found(f, again, "1 prefix");
}

int main(void)
{
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		IN_SHOP(better_matches_come_first),
		IN_SHOP(scripts_find_one_another),
		IN_SHOP(a_mark_that_folding_drops_does_not_part_people),
		IN_SHOP(the_other_word_matches_in_every_way),
		IN_SHOP(every_word_must_match),
		IN_SHOP(a_whole_word_is_not_the_start_of_another),
		IN_SHOP(further_names_are_found_when_no_nearer_ones_are),
		IN_SHOP(starts_are_heard_in_any_script),
		IN_SHOP(a_consonant_may_be_wrong_when_nobody_fits),
		IN_SHOP(words_may_be_written_as_one),
		IN_SHOP(a_part_of_a_word_is_the_last_resort),
		IN_SHOP(short_words_find_beginnings_only),
		IN_SHOP(digits_find_the_end_of_a_phone),
		IN_SHOP(a_name_and_the_end_of_a_phone_go_together),
		IN_SHOP(cards_codes_ids_and_emails_find_their_owner),
		IN_SHOP(ties_go_to_the_latest_visit),
		IN_SHOP(there_are_more_than_fit),
		IN_SHOP(a_crowd_is_searched_by_its_rarest_word),
		IN_SHOP(odd_queries_do_no_harm),
		IN_SHOP(very_long_words_are_found),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
