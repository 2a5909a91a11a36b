/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/recent.h"

#include "tests/shop/people.h"

/* Entries newest first, of all and of one customer. */

static const struct format plain = { .decimals = 2, .zero = '0' };

static struct recent read_recent(struct fixture *f, const struct recent_ask *ask)
{
	struct recent r;

	MUST(recent_read(&f->shop, ask, &plain, &r));
	return r;
}

/* Two people, a card, and a morning at the counter. */
struct morning {
	int64_t asha, ramesh;
	struct program card;
	struct reward tea;
	int64_t sale, refund, anonymous, undone;
};

static void spend_morning(struct fixture *f, struct morning *m)
{
	struct customer asha = named("Asha Patel"), ramesh = named("Ramesh Shah");
	struct trade_run run;

	*m = (struct morning){ .card = { .goal = 3 }, .tea = { .kind = REWARD_FREE } };
	add_card(f, &m->card, &m->tea);
	m->asha = add_customer(f, &asha);
	m->ramesh = add_customer(f, &ramesh);
	m->sale = sell(f, m->asha, 12000, &(struct sale){ .receipt = "R-1" });
	f->by.now += CLOCK_HOUR;
	MUST(give_back(f, m->sale, 2000));
	m->anonymous = sell(f, 0, 500, NULL);
	m->undone = sell(f, m->ramesh, 4000, NULL);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
}

static void the_counter_shows_what_it_did(void **state)
{
	struct fixture *f = *state;
	struct morning m;
	struct recent r;

	spend_morning(f, &m);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_COUNTER });
	assert_int_equal(r.n, 4);
	assert_int_equal(r.row[0].seq, m.undone);
	assert_true(r.row[0].undone);
	assert_string_equal(r.row[0].name, "Ramesh Shah");
	assert_string_equal(r.row[0].words, "+1 stamp");
	assert_int_equal(r.row[1].seq, m.anonymous);
	assert_string_equal(r.row[1].name, "");
	assert_int_equal(r.row[1].total, 500);
	assert_int_equal(r.row[2].kind, ENTRY_REFUND);
	assert_int_equal(r.row[2].total, -2000);
	assert_string_equal(r.row[2].receipt, "R-1");
	assert_int_equal(r.row[3].seq, m.sale);
	assert_int_equal(r.row[3].minute, 9 * 60 + 14);
	assert_string_equal(r.row[3].who, "asha");
	assert_false(r.row[3].undone);
	recent_release(&r);
}

/* Whom a till knows by its own number alone is no walk-in. */
static void who_has_no_name_is_told_by_what_there_is(void **state)
{
	struct fixture *f = *state;
	struct customer coded = { .code = "SQ-77" }, carded = { .cards = { { "TEA-9" } },
								 .card_count = 1 };
	struct recent r;

	sell(f, add_customer(f, &coded), 500, NULL);
	sell(f, add_customer(f, &carded), 600, NULL);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_COUNTER });
	assert_int_equal(r.n, 2);
	assert_string_equal(r.row[0].name, "TEA-9");
	assert_string_equal(r.row[1].name, "SQ-77");
	recent_release(&r);
}

static void as_many_as_are_asked_for_and_no_others(void **state)
{
	struct fixture *f = *state;
	struct morning m;
	struct recent r;
	int32_t today;

	spend_morning(f, &m);
	today = clock_day(f->by.now);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .limit = 2 });
	assert_int_equal(r.n, 2);
	assert_int_equal(r.row[1].seq, m.anonymous);
	recent_release(&r);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .from = today + 1 });
	assert_int_equal(r.n, 0);
	recent_release(&r);
	r = read_recent(f, &(struct recent_ask){ .limit = 1 });
	assert_int_equal(r.row[0].kind, ENTRY_UNDO);
	recent_release(&r);
}

static void a_customer_has_a_timeline(void **state)
{
	struct fixture *f = *state;
	struct adjustment a = { .amount = 2, .reason = "paper card, two stamps" };
	struct trade_run run;
	struct morning m;
	struct recent r;

	spend_morning(f, &m);
	a.customer = m.asha;
	a.program = m.card.id;
	f->by.now += CLOCK_MINUTE;
	MUST(balance_adjust(&f->shop, &f->by, &a, &run));
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_TIMELINE, .customer = m.asha });
	assert_int_equal(r.n, 3);
	assert_int_equal(r.row[0].kind, ENTRY_ADJUST);
	assert_string_equal(r.row[0].words, "+2 stamps, Free tea ready");
	assert_string_equal(r.row[0].reason, "paper card, two stamps");
	assert_int_equal(r.row[1].kind, ENTRY_REFUND);
	assert_string_equal(r.row[1].words, "");
	assert_int_equal(r.row[2].seq, m.sale);
	recent_release(&r);
}

/* Days of an old till come in after the morning. */
static void what_occurred_last_is_not_hidden_by_an_import(void **state)
{
	struct fixture *f = *state;
	struct morning m;
	struct recent r;
	int64_t old;

	spend_morning(f, &m);
	for (int i = 9; i > 0; i--)
		old = sell(f, m.asha, 700, &(struct sale){
			.occurred = f->by.now - (10 - i) * 24 * CLOCK_HOUR });
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .limit = 5 });
	assert_int_equal(r.row[0].seq, old);
	recent_release(&r);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .limit = 5,
						 .by_time = true });
	assert_int_equal(r.n, 5);
	assert_int_equal(r.row[0].seq, m.undone);
	assert_int_equal(r.row[1].seq, m.anonymous);
	assert_int_equal(r.row[2].kind, ENTRY_REFUND);
	assert_int_equal(r.row[3].seq, m.sale);
	assert_int_equal(r.row[4].seq, old - 8);	/* yesterday's */
	recent_release(&r);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .limit = 50,
						 .by_time = true });
	assert_int_equal(r.n, 13);
	assert_int_equal(r.row[12].seq, old);
	recent_release(&r);
}

static void who_was_merged_is_found_under_both_numbers(void **state)
{
	struct fixture *f = *state;
	struct customer_merged done;
	struct customer_merge ask = { 0 };
	struct morning m;
	struct recent r;

	spend_morning(f, &m);
	ask.from = m.asha;
	ask.into = m.ramesh;
	MUST(customer_merge(&f->shop, &f->by, &ask, &done));
	holder_release(&done.holder);
	r = read_recent(f, &(struct recent_ask){ .kinds = RECENT_SALES, .customer = m.asha });
	assert_int_equal(r.n, 3);
	assert_string_equal(r.row[2].name, "Ramesh Shah");
	assert_int_equal(r.row[2].seq, m.sale);
	recent_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_counter_shows_what_it_did, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(who_has_no_name_is_told_by_what_there_is,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(as_many_as_are_asked_for_and_no_others,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_customer_has_a_timeline, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(what_occurred_last_is_not_hidden_by_an_import,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(who_was_merged_is_found_under_both_numbers,
						fixture_setup, fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
