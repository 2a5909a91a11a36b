/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "damage.h"
#include "people.h"

#include "shop/consent.h"

/* -- the rule -- */

#define STANDS(state_, how_) { .state = (state_), .how = (how_), .seq = 1 }

static const struct consent yes_staff = STANDS(CONSENT_YES, CONSENT_BY_STAFF);
static const struct consent yes_counter = STANDS(CONSENT_YES, CONSENT_AT_COUNTER);
static const struct consent yes_import = STANDS(CONSENT_YES, CONSENT_IMPORTED);
static const struct consent yes_merge = STANDS(CONSENT_YES, CONSENT_MERGED);
static const struct consent no_staff = STANDS(CONSENT_NO, CONSENT_BY_STAFF);
static const struct consent no_counter = STANDS(CONSENT_NO, CONSENT_AT_COUNTER);
static const struct consent no_import = STANDS(CONSENT_NO, CONSENT_IMPORTED);
static const struct consent no_restore = STANDS(CONSENT_NO, CONSENT_RESTORED);
static const struct consent taken_back = STANDS(CONSENT_NOT_ASKED, CONSENT_BY_STAFF);

/* For each way of changing it, which wishes are let through: n not asked, y
 * yes, N no; in the order of enum consent_how. */
static const struct {
	const char *called;
	const struct consent *stands;
	const char *lets[CONSENT_HOWS];
} rules[] = {
	{ "nothing", NULL,			{ "yN", "yN", "yN", "yN", "yN" } },
	{ "not asked again", &taken_back,	{ "yN", "yN", "N", "yN", "yN" } },
	{ "yes, staff", &yes_staff,		{ "nN", "nN", "", "N", "N" } },
	{ "yes, counter", &yes_counter,		{ "nN", "nN", "", "N", "N" } },
	{ "yes, import", &yes_import,		{ "nN", "nN", "N", "N", "N" } },
	{ "yes, merge", &yes_merge,		{ "nN", "nN", "N", "N", "N" } },
	{ "no, staff", &no_staff,		{ "ny", "ny", "", "", "" } },
	{ "no, counter", &no_counter,		{ "ny", "ny", "", "", "" } },
	{ "no, import", &no_import,		{ "ny", "ny", "", "", "" } },
	{ "no, restore", &no_restore,		{ "ny", "ny", "", "", "" } },
};

static void every_state_meets_every_wish(void **state)
{
	static const char wishes[] = "nyN";

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		for (enum consent_how how = 0; how < CONSENT_HOWS; how++)
			for (enum consent_state wish = 0; wish < CONSENT_STATES; wish++) {
				bool want = strchr(rules[i].lets[how], wishes[wish]) != NULL;

				if (consent_may(rules[i].stands, wish, how) != want)
					print_error("%s, %s by %s\n", rules[i].called,
						    consent_state_names[wish],
						    consent_how_names[how]);
				assert_int_equal(consent_may(rules[i].stands, wish, how), want);
			}
}

/* -- booking -- */

static enum status read_one(struct txn *txn, void *arg)
{
	struct customer *c = arg;

	customer_get(txn, c->id, c);
	return txn_status(txn);
}

static struct customer person(struct fixture *f, int64_t id)
{
	struct customer c = { .id = id };

	MUST(store_read(f->shop.store, read_one, &c));
	return c;
}

static struct trade_run say(struct fixture *f, int64_t id, enum consent_channel ch,
			    enum consent_state state)
{
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = ch, .state = state }, &run));
	return run;
}

static enum status import_work(struct trade *t, void *arg)
{
	bool changed;

	return consent_book(t, arg, &changed);
}

static void import(struct fixture *f, int64_t id, enum consent_channel ch,
		   enum consent_state state)
{
	struct consent_change c = { .customer = id, .channel = ch, .state = state,
				    .how = CONSENT_IMPORTED };
	struct trade_run run = { .work = import_work, .arg = &c };

	MUST(trade_run(&f->shop, &f->by, &run));
}

static int64_t asha(struct fixture *f)
{
	struct customer c = with_phone("Asha Patel", "98765 43210");

	return add_customer(f, &c);
}

static void an_answer_is_an_entry_and_stands_in_the_record(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct entry *e = calloc(1, sizeof(*e));
	struct consent said;
	struct customer c;
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = CONSENT_WHATSAPP, .state = CONSENT_YES,
		.how = CONSENT_AT_COUNTER, .occurred = at("2026-02-27T18:00:00") }, &run));
	assert_false(run.repeated);
	say(f, id, CONSENT_SMS, CONSENT_NO);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_NOT_ASKED);
	assert_int_equal(consent_of(&c, CONSENT_WHATSAPP), CONSENT_YES);
	assert_int_equal(c.consents[0].channel, CONSENT_SMS);	/* in their order */
	assert_int_equal(c.consents[1].since, at("2026-02-27T18:00:00"));
	MUST(shop_entry(&f->shop, run.seq, e));
	assert_true(consent_of_entry(e, &said));
	assert_memory_equal(&said, &c.consents[1], sizeof(said));
	assert_string_equal(e->rule, "{\"channel\":\"whatsapp\",\"state\":\"yes\","
				     "\"how\":\"counter\"}");
	assert_int_equal(e->day, clock_day(at("2026-02-27T18:00:00")));
	free(e);
	says(f, NULL);
}

static void the_same_again_is_no_entry(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct trade_run first = say(f, id, CONSENT_SMS, CONSENT_YES), again;

	again = say(f, id, CONSENT_SMS, CONSENT_YES);
	assert_true(again.repeated);
	assert_int_equal(again.seq, first.seq);
	again = say(f, id, CONSENT_EMAIL, CONSENT_NOT_ASKED);
	assert_true(again.repeated);
	assert_int_equal(again.seq, 0);
	again = say(f, id, CONSENT_SMS, CONSENT_NOT_ASKED);
	assert_int_equal(again.seq, first.seq + 1);
}

/* A command whose answer was lost and that is repeated later does not take back
 * what was said in between. */
static void an_operation_happens_once(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct trade_run run;
	struct customer c;

	say(f, id, CONSENT_SMS, CONSENT_YES);
	f->by.has_op = true;
	op_make(f->by.now, f->by.op);
	say(f, id, CONSENT_SMS, CONSENT_YES);
	f->by.has_op = false;
	say(f, id, CONSENT_SMS, CONSENT_NO);
	f->by.has_op = true;
	run = say(f, id, CONSENT_SMS, CONSENT_YES);
	assert_true(run.repeated);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = CONSENT_EMAIL, .state = CONSENT_YES }, &run),
		ST_EXISTS);
}

static void several_are_set_at_once_or_none(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct consent_change rows[] = {
		{ .customer = id, .channel = CONSENT_SMS, .state = CONSENT_YES },
		{ .customer = id, .channel = CONSENT_EMAIL, .state = CONSENT_NO },
	};
	bool changed[2];
	struct consent_changes all = { rows, 2, changed };
	struct trade_run run;
	struct customer c;

	say(f, id, CONSENT_SMS, CONSENT_YES);
	MUST(consent_set_all(&f->shop, &f->by, &all, &run));
	assert_false(run.repeated);
	assert_false(changed[0]);
	assert_true(changed[1]);
	rows[0].state = CONSENT_NO;
	rows[1].customer = 99;
	assert_int_equal(consent_set_all(&f->shop, &f->by, &all, &run), ST_NOT_FOUND);
	assert_non_null(strstr(status_text(), "#99"));
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_YES);
	says(f, NULL);
}

static void an_import_never_weakens_it(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct customer c;

	import(f, id, CONSENT_SMS, CONSENT_YES);
	import(f, id, CONSENT_SMS, CONSENT_NO);
	import(f, id, CONSENT_SMS, CONSENT_YES);
	say(f, id, CONSENT_EMAIL, CONSENT_YES);
	import(f, id, CONSENT_EMAIL, CONSENT_NO);
	c = person(f, id);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_YES);
}

static void editing_them_leaves_it(void **state)
{
	struct fixture *f = *state;
	struct customer c = person(f, asha(f));

	say(f, c.id, CONSENT_SMS, CONSENT_NO);
	strcpy(c.name, "Asha Shah");
	MUST(customer_edit(&f->shop, &f->by, &c));
	c = person(f, c.id);
	assert_string_equal(c.name, "Asha Shah");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
}

static void somebody_new_may_have_been_asked(void **state)
{
	struct fixture *f = *state;
	struct customer c = with_phone("Ravi Shah", "98765 43211");

	c.consents[0] = (struct consent){ .state = CONSENT_YES, .how = CONSENT_AT_COUNTER };
	c.consent_count = 1;
	add_customer(f, &c);
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_YES);
	assert_true(c.consents[0].seq);
	c = person(f, c.id);
	assert_int_equal(c.consents[0].how, CONSENT_AT_COUNTER);
	says(f, NULL);
}

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

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_meets_every_wish),
		TEST(an_answer_is_an_entry_and_stands_in_the_record),
		TEST(the_same_again_is_no_entry),
		TEST(an_operation_happens_once),
		TEST(several_are_set_at_once_or_none),
		TEST(an_import_never_weakens_it),
		TEST(editing_them_leaves_it),
		TEST(somebody_new_may_have_been_asked),
		TEST(erasing_takes_state_and_words),
		TEST(merging_keeps_the_stricter),
		TEST(a_state_that_no_entry_made_is_found),
		TEST(a_no_is_carried_into_a_restored_book),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
