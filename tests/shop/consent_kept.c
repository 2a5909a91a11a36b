/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

/* What was said about being written to is kept: through merging, a repair, a
 * restore; and erased. */

/* -- erasing and merging -- */

struct side_question {
	int64_t seq;
	struct side side;
	bool there;
};

static enum status read_side(struct txn *txn, void *arg)
{
	struct side_question *q = arg;

	q->there = side_get(txn, q->seq, &q->side);
	return txn_status(txn);
}

static void erasing_takes_state_and_words(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct side_question *q = calloc(1, sizeof(*q));
	struct entry *e = calloc(1, sizeof(*e));
	struct trade_run run;
	struct customer c;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .state = CONSENT_YES, .words = " told  Ravi\n" }, &run));
	q->seq = run.seq;
	MUST(store_read(f->shop.store, read_side, q));
	assert_string_equal(q->side.reason, "told Ravi");
	MUST(customer_erase(&f->shop, &f->by, id));
	MUST(store_read(f->shop.store, read_side, q));
	assert_false(q->there);
	MUST(shop_entry(&f->shop, run.seq, e));
	assert_int_equal(e->kind, ENTRY_CONSENT);
	c = person(f, id);
	assert_int_equal(c.consent_count, 0);
	assert_int_equal(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .state = CONSENT_YES }, &run), ST_NOT_FOUND);
	free(q);
	free(e);
	says(f, NULL);
}

static void merging_keeps_the_stricter(void **state)
{
	struct fixture *f = *state;
	int64_t into = asha(f), from;
	struct customer ravi = with_phone("Ravi Shah", "98765 43211"), c;
	struct customer_merged done;

	from = add_customer(f, &ravi);
	say(f, into, CONSENT_SMS, CONSENT_YES);
	say(f, into, CONSENT_EMAIL, CONSENT_NO);
	say(f, from, CONSENT_SMS, CONSENT_NO);
	say(f, from, CONSENT_EMAIL, CONSENT_YES);
	say(f, from, CONSENT_WHATSAPP, CONSENT_YES);
	f->by.now += 3600 * INT64_C(1000000);
	MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){
		.from = from, .into = into }, &done));
	holder_release(&done.holder);
	c = person(f, into);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(c.consents[0].how, CONSENT_MERGED);
	assert_int_equal(c.consents[0].since, f->by.now - 3600 * INT64_C(1000000));
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_NO);
	assert_int_equal(c.consents[1].how, CONSENT_BY_STAFF);
	assert_int_equal(consent_of(&c, CONSENT_WHATSAPP), CONSENT_YES);
	assert_int_equal(consent_of(&done.customer, CONSENT_SMS), CONSENT_NO);
	says(f, NULL);
}

/* Who was asked, and then said that it is not settled, is not made a yes by
 * the one who turns out to be the same. */
static void merging_makes_no_yes_of_what_was_taken_back(void **state)
{
	struct fixture *f = *state;
	int64_t into = asha(f), from;
	struct customer ravi = with_phone("Ravi Shah", "98765 43211"), c;
	struct customer_merged done;

	from = add_customer(f, &ravi);
	say(f, into, CONSENT_SMS, CONSENT_YES);
	say(f, into, CONSENT_SMS, CONSENT_NOT_ASKED);
	say(f, from, CONSENT_SMS, CONSENT_YES);
	MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){
		.from = from, .into = into }, &done));
	holder_release(&done.holder);
	c = person(f, into);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NOT_ASKED);
	says(f, NULL);
}

/* -- random deeds, beside the plainest book there is -- */

enum { PEOPLE = 12, DEEDS = 1500 };

struct plain_book {
	struct consent stands[PEOPLE][CONSENT_CHANNELS];	/* seq 0: never written */
	bool gone[PEOPLE];
	uint64_t state;
};

static unsigned below(struct plain_book *b, unsigned n)
{
	b->state = b->state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(b->state >> 33) % n;
}

static void merge_randomly(struct fixture *f, struct plain_book *b, unsigned from, unsigned into)
{
	struct customer_merged done;

	if (from == into)
		return;
	MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){
		.from = from + 1, .into = into + 1 }, &done));
	holder_release(&done.holder);
	b->gone[from] = true;
	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++) {
		const struct consent *said = &b->stands[from][ch];
		struct consent *stands = &b->stands[into][ch];

		if (said->state > stands->state && (said->state == CONSENT_NO || !stands->seq)) {
			*stands = *said;
			stands->how = CONSENT_MERGED;
		}
	}
}

static void change_randomly(struct fixture *f, struct plain_book *b, unsigned who)
{
	enum consent_channel ch = below(b, CONSENT_CHANNELS);
	enum consent_state wish = below(b, CONSENT_STATES);
	enum consent_how how = below(b, CONSENT_HOWS);
	struct consent *stands = &b->stands[who][ch];
	bool may = consent_may(stands->seq ? stands : NULL, wish, how);
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = who + 1, .channel = ch, .state = wish, .how = how }, &run));
	assert_int_equal(run.repeated, !may);
	if (may)
		*stands = (struct consent){ .channel = ch, .state = wish, .how = how,
					    .since = f->by.now, .seq = run.seq };
}

static void assert_as_in(struct fixture *f, const struct plain_book *b)
{
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct customer c = b->gone[i] ? (struct customer){ 0 } : person(f, i + 1);

		for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS && !b->gone[i]; ch++) {
			const struct consent *want = &b->stands[i][ch];
			const struct consent *have = consent_find(&c, ch);

			assert_int_equal(have != NULL, want->seq != 0);
			if (!have)
				continue;
			assert_int_equal(have->state, want->state);
			assert_int_equal(have->how, want->how);
			assert_int_equal(have->since, want->since);
		}
	}
}

static void random_deeds_leave_what_they_should(void **state)
{
	struct fixture *f = *state;
	struct plain_book *b = calloc(1, sizeof(*b));

	for (int i = 0; i < PEOPLE; i++) {
		char name[] = "Asha A";
		struct customer c;

		name[5] = (char)('A' + i);
		c = named(name);
		MUST(customer_add(&f->shop, &f->by, &c, true));
	}
	for (int i = 0; i < DEEDS; i++) {
		unsigned who = below(b, PEOPLE), deed = below(b, 150);

		f->by.now += 1000000;
		if (b->gone[who])
			continue;
		if (deed == 0 && !b->gone[(who + 1) % PEOPLE]) {
			merge_randomly(f, b, who, (who + 1) % PEOPLE);
		} else if (deed == 1) {
			MUST(customer_erase(&f->shop, &f->by, who + 1));
			b->gone[who] = true;
		} else {
			change_randomly(f, b, who);
		}
	}
	assert_as_in(f, b);
	says(f, NULL);
	repair(f);
	assert_as_in(f, b);
	says(f, NULL);
	free(b);
}

/* -- a restore -- */

static void a_no_is_carried_into_a_restored_book(void **state)
{
	struct fixture *f = *state;
	void *other;
	struct fixture *old;
	struct customer ravi = with_phone("Ravi Shah", "98765 43211"), c;
	struct consent_refusals no;
	struct customer_merged done;
	int64_t id = asha(f), from = add_customer(f, &ravi);

	say(f, id, CONSENT_SMS, CONSENT_NO);
	say(f, id, CONSENT_EMAIL, CONSENT_YES);
	MUST(customer_merge(&f->shop, &f->by, &(struct customer_merge){
		.from = from, .into = id }, &done));
	holder_release(&done.holder);
	MUST(consent_refusals(&f->shop, &no));
	assert_int_equal(no.n, 2);
	assert_int_equal(no.row[0].customer, id);
	assert_int_equal(no.row[1].customer, from);
	shop_close(&f->shop);
	assert_int_equal(fixture_setup(&other), 0);
	old = other;
	asha(old);
	say(old, id, CONSENT_SMS, CONSENT_YES);
	old->by.now += 60 * INT64_C(1000000);
	MUST(consent_keep_refusals(&old->shop, &old->by, &no));	/* nobody is 'from' there */
	c = person(old, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(c.consents[0].how, CONSENT_RESTORED);
	assert_int_equal(c.consents[0].since, f->by.now);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_NOT_ASKED);
	says(old, NULL);
	consent_refusals_release(&no);
	fixture_teardown(&other);
	MUST(shop_open(f->dir, &f->shop));
}

/* -- verify -- */

static void overwrite(struct fixture *f, const struct customer *c)
{
	uint8_t row[8192];
	size_t len = sizeof(row);

	MUST(record_encode(&customer_type, c, row, &len));
	put_row(f, TABLE_CUSTOMER, account_key(c->id), row, len);
}

/* Verify says this of the record, and repair makes it what it was. */
static void assert_found(struct fixture *f, const struct customer *wrong, const char *line)
{
	struct customer good = person(f, wrong->id), after;

	overwrite(f, wrong);
	says(f, line);
	repair(f);
	says(f, NULL);
	after = person(f, wrong->id);
	assert_int_equal(after.consent_count, good.consent_count);
	assert_memory_equal(after.consents, good.consents,
			    good.consent_count * sizeof(good.consents[0]));
}

static void a_state_that_no_entry_made_is_found(void **state)
{
	struct fixture *f = *state;
	struct customer ravi = with_phone("Ravi Shah", "98765 43211"), c;
	int64_t id = asha(f), other = add_customer(f, &ravi);
	struct trade_run no;
	char line[200];

	say(f, id, CONSENT_SMS, CONSENT_YES);
	no = say(f, id, CONSENT_SMS, CONSENT_NO);
	say(f, other, CONSENT_EMAIL, CONSENT_YES);
	c = person(f, id);
	c.consents[0].state = CONSENT_YES;
	snprintf(line, sizeof(line), "customer 1: consent for sms is \"yes\", and entry %lld says "
		 "\"no\"", (long long)no.seq);
	assert_found(f, &c, line);
	c.consent_count = 0;
	snprintf(line, sizeof(line), "customer 1: consent for sms is \"not_asked\", and entry "
		 "%lld says \"no\"", (long long)no.seq);
	assert_found(f, &c, line);
	c = person(f, id);
	c.consents[0].how = CONSENT_IMPORTED;
	snprintf(line, sizeof(line), "customer 1: since when and how consent for sms is \"no\" is "
		 "not what entry %lld says", (long long)no.seq);
	assert_found(f, &c, line);
	c = person(f, other);
	c.consents[c.consent_count++] = (struct consent){
		.channel = CONSENT_WHATSAPP, .state = CONSENT_YES, .since = 1, .seq = no.seq };
	assert_found(f, &c, "customer 2: consent for whatsapp is \"yes\", and no entry says so");
	MUST(customer_erase(&f->shop, &f->by, other));
	c = person(f, other);
	c.consents[0] = (struct consent){ .state = CONSENT_YES, .since = 1, .seq = no.seq };
	c.consent_count = 1;
	assert_found(f, &c, "customer 2: consent for sms is \"yes\", and no entry says so");
}

/* -- entries that this program did not write -- */

struct foreign {
	int64_t customer;
	const char *rule;
	int64_t seq;		/* out */
};

static enum status foreign_work(struct trade *t, void *arg)
{
	struct foreign *f = arg;
	enum status st;

	book_start(&t->book, t->entry, ENTRY_CONSENT, &t->by);
	t->entry->customer = t->entry->subject = f->customer;
	strcpy(t->entry->rule, f->rule);
	st = book_post(&t->book, t->entry);
	f->seq = t->entry->seq;
	return st;
}

/* An entry of 'rule', and in the record what its program put there. */
static int64_t write_foreign(struct fixture *f, int64_t id, const char *rule,
			     struct consent stands)
{
	struct foreign foreign = { id, rule, 0 };
	struct trade_run run = { .work = foreign_work, .arg = &foreign };
	struct customer c = person(f, id);

	MUST(trade_run(&f->shop, &f->by, &run));
	stands.seq = foreign.seq;
	stands.since = f->by.now;
	c.consents[0] = stands;
	c.consent_count = 1;
	overwrite(f, &c);
	return foreign.seq;
}

/* A later program asks on a page of its own: the no is one all the same. */
static void an_answer_that_came_another_way_stands(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f), seq;
	struct customer c;
	char line[200];

	say(f, id, CONSENT_SMS, CONSENT_YES);
	seq = write_foreign(f, id, "{\"channel\":\"sms\",\"state\":\"no\",\"how\":\"page\"}",
			    (struct consent){ .state = CONSENT_NO, .how = CONSENT_HOWS + 2 });
	says(f, NULL);
	repair(f);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(c.consents[0].how, CONSENT_HOWS + 2);
	c.consent_count = 0;
	overwrite(f, &c);
	snprintf(line, sizeof(line), "customer 1: consent for sms is \"not_asked\", and entry %lld "
		 "says \"no\"", (long long)seq);
	says(f, line);
	repair(f);
	says(f, NULL);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(c.consents[0].seq, seq);
	assert_string_equal(consent_how_name(c.consents[0].how), "unknown");
	/* And nobody but the shop changes it. */
	assert_false(consent_may(&c.consents[0], CONSENT_YES, CONSENT_IMPORTED));
}

static void an_answer_that_cannot_be_read_is_told_and_kept(void **state)
{
	static const char *const rules[] = {
		"{\"channel\":\"sms\",\"state\":\"never\",\"how\":\"staff\"}",
		"{\"channel\":\"pigeon\",\"state\":\"no\",\"how\":\"staff\"}",
		"{\"state\":\"no\",\"how\":\"staff\"}", "[1", "",
	};
	struct fixture *f = *state;
	int64_t id = asha(f);

	say(f, id, CONSENT_SMS, CONSENT_YES);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct customer c;
		char line[200];
		int64_t seq = write_foreign(f, id, rules[i], (struct consent){
			.state = CONSENT_NO, .how = CONSENT_BY_STAFF });

		snprintf(line, sizeof(line), "entry %lld: what was answered about being written "
			 "to cannot be read", (long long)seq);
		says_also(f, line);
		repair(f);
		says_also(f, line);
		c = person(f, id);
		assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
		assert_int_equal(c.consents[0].seq, seq);
	}
}

/* A channel that only a later program has is no row of ours to take away, nor to
 * fall over. */
static void a_later_channel_is_kept(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f), seq;
	struct trade_run run;
	struct customer c;

	seq = write_foreign(f, id, "{\"channel\":\"pigeon\",\"state\":\"no\"}", (struct consent){
		.channel = 8, .state = CONSENT_NO });
	say(f, id, CONSENT_EMAIL, CONSENT_YES);
	repair(f);
	c = person(f, id);
	assert_int_equal(c.consent_count, 2);
	assert_int_equal(c.consents[0].channel, CONSENT_EMAIL);
	assert_int_equal(c.consents[1].channel, 8);
	assert_int_equal(c.consents[1].seq, seq);
	say(f, id, CONSENT_SMS, CONSENT_NO);
	assert_int_equal(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = CONSENT_WHATSAPP, .state = CONSENT_YES }, &run),
		ST_CORRUPT);
	c = person(f, id);
	assert_int_equal(c.consent_count, 3);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
}

/* Nothing else remembers a no whose entry is damaged: it is not let go. */
static void what_a_lost_entry_said_stands(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct trade_run no;
	struct customer c;

	say(f, id, CONSENT_SMS, CONSENT_YES);
	no = say(f, id, CONSENT_SMS, CONSENT_NO);
	say(f, id, CONSENT_EMAIL, CONSENT_YES);
	assert_true(spoil(f, TABLE_JOURNAL, (size_t)no.seq - 1, 40));
	MUST(shop_accept(&f->shop, &f->by, no.seq));
	repair(f);
	says(f, NULL);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_YES);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(erasing_takes_state_and_words),
		TEST(merging_keeps_the_stricter),
		TEST(merging_makes_no_yes_of_what_was_taken_back),
		TEST(a_state_that_no_entry_made_is_found),
		TEST(an_answer_that_came_another_way_stands),
		TEST(an_answer_that_cannot_be_read_is_told_and_kept),
		TEST(a_later_channel_is_kept),
		TEST(what_a_lost_entry_said_stands),
		TEST(random_deeds_leave_what_they_should),
		TEST(a_no_is_carried_into_a_restored_book),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
