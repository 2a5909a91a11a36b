/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include "shop/recent.h"
#include "shop/tell.h"

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
static const struct consent merged_back = STANDS(CONSENT_NOT_ASKED, CONSENT_MERGED);
static const struct consent taken_back = STANDS(CONSENT_NOT_ASKED, CONSENT_BY_STAFF);

/* For each way of changing it, which wishes are let through: n not asked, y
 * yes, N no; in the order of enum consent_how. */
static const struct {
	const char *called;
	const struct consent *stands;
	const char *lets[CONSENT_HOWS];
} rules[] = {
	{ "nothing", NULL,			{ "yN", "yN", "yN", "yN", "yN" } },
	{ "not asked again", &taken_back,	{ "yN", "yN", "N", "N", "N" } },
	{ "not asked, merge", &merged_back,	{ "yN", "yN", "N", "N", "N" } },
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

struct needs {
	uint8_t found, put;
};

static enum status needs_work(struct txn *txn, void *arg)
{
	struct needs *n = arg;
	struct bytes value;

	assert_true(meta_get(txn, "needs", &value));
	n->found = *(const uint8_t *)value.at;
	if (n->put)
		meta_put(txn, "needs", (struct bytes){ &n->put, 1 });
	return txn_status(txn);
}

/* A program that knows nothing of consent would lose a no when it merges. */
static void older_programs_keep_off(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct needs n = { .put = 1 };

	MUST(store_write(f->shop.store, needs_work, &n));
	n.put = 0;
	say(f, id, CONSENT_SMS, CONSENT_NO);
	MUST(store_read(f->shop.store, needs_work, &n));
	assert_true(n.found >= 2);
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

static enum consent_state sms_of(struct fixture *f, int64_t id)
{
	struct customer c = person(f, id);

	return consent_of(&c, CONSENT_SMS);
}

/* Also one whose last answer is about a channel of which nothing stands, and
 * one that had nothing to change at all. */
static void a_repeated_operation_makes_no_yes_of_a_no(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	const struct consent_change rows[] = {
		{ .customer = id, .channel = CONSENT_SMS, .state = CONSENT_YES },
		{ .customer = id, .channel = CONSENT_EMAIL, .state = CONSENT_NOT_ASKED },
	};
	struct consent_changes all = { .row = rows, .n = 2 };
	struct trade_run run;
	int64_t first;

	f->by.has_op = true;
	op_make(f->by.now, f->by.op);
	MUST(consent_set_all(&f->shop, &f->by, &all, &run));
	assert_false(run.repeated);
	assert_true(run.seq > 0);
	first = run.seq;
	f->by.has_op = false;
	say(f, id, CONSENT_SMS, CONSENT_NO);
	f->by.has_op = true;
	MUST(consent_set_all(&f->shop, &f->by, &all, &run));
	assert_true(run.repeated);
	assert_int_equal(run.seq, first);
	assert_int_equal(sms_of(f, id), CONSENT_NO);
}

static void an_operation_without_an_entry_happens_once_too(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct trade_run run;

	f->by.has_op = true;
	op_make(f->by.now, f->by.op);
	run = say(f, id, CONSENT_SMS, CONSENT_NOT_ASKED);
	assert_int_equal(run.seq, 0);
	says(f, NULL);
	f->by.has_op = false;
	say(f, id, CONSENT_SMS, CONSENT_NO);
	f->by.has_op = true;
	assert_true(say(f, id, CONSENT_SMS, CONSENT_NOT_ASKED).repeated);
	assert_int_equal(sms_of(f, id), CONSENT_NO);
	assert_int_equal(consent_set(&f->shop, &f->by, &(struct consent_change){
		.customer = id, .channel = CONSENT_SMS, .state = CONSENT_YES }, &run),
		ST_EXISTS);
	assert_null(strstr(status_text(), "entry"));
	repair(f);
	assert_true(say(f, id, CONSENT_SMS, CONSENT_NOT_ASKED).repeated);
	says(f, NULL);
}

/* The old name does not come back when the till sends its line again. */
static void an_edit_that_changed_nothing_happens_once_too(void **state)
{
	struct fixture *f = *state;
	struct customer c = person(f, asha(f)), same = c;

	f->by.has_op = true;
	op_make(f->by.now, f->by.op);
	MUST(customer_edit(&f->shop, &f->by, &same));
	f->by.has_op = false;
	strcpy(c.name, "Asha Shah");
	MUST(customer_edit(&f->shop, &f->by, &c));
	f->by.has_op = true;
	MUST(customer_edit(&f->shop, &f->by, &same));
	assert_string_equal(person(f, c.id).name, "Asha Shah");
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

/* -- what is told -- */

static const struct format plain = { .decimals = 2, .zero = '0' };

static void assert_told(struct fixture *f, int64_t seq, const char *done)
{
	struct telling how = { &plain, clock_day(f->by.now) };
	struct trade_run run = { .seq = seq };
	struct told told;

	MUST(told_read(&f->shop, &run, &how, &told));
	assert_string_equal(told.done.at, done);
	assert_string_equal(told.say.at, "");
	told_release(&told);
}

static void every_answer_is_told(void **state)
{
	static const char *const told[CONSENT_CHANNELS][CONSENT_STATES] = {
		[CONSENT_SMS] = { "Asha Patel was not asked about texts.",
				  "Asha Patel may be texted.", "Asha Patel wants no texts." },
		[CONSENT_EMAIL] = { "Asha Patel was not asked about emails.",
				    "Asha Patel may be sent emails. There is no email address of "
				    "them yet.", "Asha Patel wants no emails." },
		[CONSENT_WHATSAPP] = { "Asha Patel was not asked about WhatsApp.",
				       "Asha Patel may be written to on WhatsApp.",
				       "Asha Patel wants nothing on WhatsApp." },
	};
	static const enum consent_state order[] = { CONSENT_YES, CONSENT_NO, CONSENT_NOT_ASKED };
	struct fixture *f = *state;
	int64_t id = asha(f);

	for (enum consent_channel ch = 0; ch < CONSENT_CHANNELS; ch++)
		for (size_t i = 0; i < CONSENT_STATES; i++)
			assert_told(f, say(f, id, ch, order[i]).seq, told[ch][order[i]]);
}

static void the_timeline_has_it_and_the_counter_does_not(void **state)
{
	struct fixture *f = *state;
	int64_t id = asha(f);
	struct recent_ask ask = { .customer = id, .kinds = RECENT_TIMELINE };
	struct recent r;

	say(f, id, CONSENT_SMS, CONSENT_YES);
	MUST(recent_read(&f->shop, &ask, &plain, &r));
	assert_int_equal(r.n, 1);
	assert_int_equal(r.row[0].kind, ENTRY_CONSENT);
	assert_string_equal(r.row[0].words, "Texts: yes");
	recent_release(&r);
	ask.kinds = RECENT_CONSENT;
	MUST(recent_read(&f->shop, &ask, &plain, &r));
	assert_int_equal(r.n, 1);
	recent_release(&r);
	ask.kinds = RECENT_COUNTER;
	MUST(recent_read(&f->shop, &ask, &plain, &r));
	assert_int_equal(r.n, 0);
	recent_release(&r);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_meets_every_wish),
		TEST(an_answer_is_an_entry_and_stands_in_the_record),
		TEST(older_programs_keep_off),
		TEST(the_same_again_is_no_entry),
		TEST(an_operation_happens_once),
		TEST(a_repeated_operation_makes_no_yes_of_a_no),
		TEST(an_operation_without_an_entry_happens_once_too),
		TEST(an_edit_that_changed_nothing_happens_once_too),
		TEST(several_are_set_at_once_or_none),
		TEST(an_import_never_weakens_it),
		TEST(editing_them_leaves_it),
		TEST(somebody_new_may_have_been_asked),
		TEST(every_answer_is_told),
		TEST(the_timeline_has_it_and_the_counter_does_not),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
