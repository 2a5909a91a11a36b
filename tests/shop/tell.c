/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell.h"

#include "shop/item.h"
#include "tests/shop/people.h"

/* What is told after an entry, and what is said aloud. */

static const struct format rupees = {
	.symbol = "₹", .decimals = 2, .grouping = GROUPING_INDIAN, .zero = '0' };

static int64_t somebody(struct fixture *f)
{
	struct customer c = named("Asha Patel");

	return add_customer(f, &c);
}

static struct told told_of(struct fixture *f, int64_t seq)
{
	struct telling how = { &rupees, clock_day(f->by.now) };
	struct trade_run run = { .seq = seq };
	struct told told;

	MUST(told_read(&f->shop, &run, &how, &told));
	return told;
}

#define assert_told(f, seq, done_, say_)				\
	do {								\
		struct told told_ = told_of(f, seq);			\
		assert_string_equal(told_.done.at, done_);		\
		assert_string_equal(told_.say.at, say_);		\
		told_release(&told_);					\
	} while (0)

static void a_card_fills_and_is_claimed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward tea = { .kind = REWARD_FREE };
	struct claim c = { .receipt = "" };
	struct trade_run run;
	struct told told;

	add_card(f, &p, &tea);
	c.customer = somebody(f);
	c.reward = tea.id;
	told = told_of(f, sell(f, c.customer, 12000, NULL));
	assert_true(told.first);
	assert_string_equal(told.done.at, "Saved @5: ₹120.00, Asha Patel. "
			    "+1 stamp (1 of 3): 2 more for Free tea.");
	assert_string_equal(told.say.at, "Welcome! 3 stamps give you Free tea. "
			    "2 more for Free tea.");
	told_release(&told);

	told = told_of(f, sell(f, c.customer, 4000, NULL));
	assert_false(told.first);
	assert_string_equal(told.say.at, "1 more for Free tea.");
	told_release(&told);

	assert_told(f, sell(f, c.customer, 4000, NULL),
		    "Saved @7: ₹40.00, Asha Patel. Free tea is ready. "
		    "+1 stamp fills the card: 0 of 3 on the next one.",
		    "Your Free tea is ready!");
	MUST(reward_claim(&f->shop, &f->by, &c, &run));
	assert_told(f, run.seq, "Free tea for Asha Patel.",
		    "Here is your Free tea! 3 more for Free tea.");
}

static void a_reward_used_at_once_is_given_with_the_sale(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 1, .claim_now = true };
	struct reward tea = { .kind = REWARD_FREE };

	add_card(f, &p, &tea);
	assert_told(f, sell(f, somebody(f), 4000, NULL),
		    "Saved @5: ₹40.00, Asha Patel. Free tea is given. "
		    "+1 stamp fills the card: 0 of 1 on the next one.",
		    "Welcome! 1 stamp gives you Free tea. Here is your Free tea! "
		    "1 more for Free tea.");
}

static void points_are_told_with_their_worth(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 3, .spend = 10000, .point_value = 10, .min_redeem = 20 };
	struct reward packet = { .kind = REWARD_FREE, .cost = 400 };
	int64_t asha = somebody(f), sale;

	add_points(f, &p);
	strcpy(packet.name, "Tea 250 g");
	packet.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &packet));

	sale = sell(f, asha, 50000, NULL);
	assert_told(f, sale, "Saved @5: ₹500.00, Asha Patel. +15 points (15 in all).",
		    "Welcome! Every ₹100 gives you 3 points. You have 15 points. "
		    "385 more points for Tea 250 g.");
	sell(f, asha, 1234500, NULL);
	assert_told(f, sell(f, asha, 100000, NULL),
		    "Saved @7: ₹1,000.00, Asha Patel. +30 points (415 in all).",
		    "You have 415 points, worth ₹41.50. That is enough for Tea 250 g.");
	assert_told(f, sell(f, asha, 100000, &(struct sale){ .points = 415 }),
		    "Saved @8: ₹1,000.00 less ₹41.50 is ₹958.50, Asha Patel. "
		    "Paid with 415 points. +28 points (28 in all).",
		    "You have 28 points, worth ₹2.80. 372 more points for Tea 250 g.");
	assert_int_equal(give_back(f, sale, 0), ST_OK);
	assert_told(f, 9, "Refunded ₹500.00 of @5, Asha Patel. -15 points (13 in all).",
		    "You have 13 points. 387 more points for Tea 250 g.");
}

static void an_undo_says_what_it_undid(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward tea = { .kind = REWARD_FREE };
	struct trade_run run;
	struct told told;
	int64_t asha, sale;

	add_card(f, &p, &tea);
	asha = somebody(f);
	sale = sell(f, asha, 123456700, &(struct sale){ .receipt = "R-1" });
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_told(f, run.seq, "The sale R-1 of ₹12,34,567.00 is undone. "
		    "-1 stamp (0 of 3): 3 more for Free tea.", "");
	told = told_of(f, sale);
	assert_false(told.first);
	told_release(&told);
}

static void why_nothing_was_given_is_told(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 5, .min_spend = 2000, .daily_cap = 1, .include_count = 1,
			     .include = { { "tea" } } };
	struct reward tea = { .kind = REWARD_FREE };
	struct item chai = { .name = "Chai", .category = "tea", .price = 2000 };
	struct line lines[1] = { { 0, 1000, 2000 } };
	struct sale of_chai = { .lines = lines, .line_count = 1 };
	int64_t asha;

	MUST(item_add(&f->shop, &f->by, &chai));
	add_card(f, &p, &tea);
	asha = somebody(f);
	sell(f, asha, 5000, NULL);
	assert_told(f, sell(f, asha, 1999, NULL),
		    "Saved @7: ₹19.99, Asha Patel. No stamp: less than ₹20.00.",
		    "5 more for Free tea.");
	assert_told(f, sell(f, asha, 2000, NULL),
		    "Saved @8: ₹20.00, Asha Patel. No stamp: nothing from tea.",
		    "5 more for Free tea.");
	lines[0].item = chai.id;
	sell(f, asha, 0, &of_chai);
	assert_told(f, sell(f, asha, 0, &of_chai),
		    "Saved @10: ₹20.00, Asha Patel. No stamp: the card had 1 today.",
		    "4 more for Free tea.");
}

static void stamps_that_go_back_are_said(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 5, .per = PER_ITEM };
	struct reward tea = { .kind = REWARD_FREE };
	struct line lines[1] = { { 0, 5000, 10000 } };
	struct sale five = { .lines = lines, .line_count = 1 };
	int64_t sale;

	add_card(f, &p, &tea);
	sale = sell(f, somebody(f), 0, &five);
	assert_int_equal(give_back(f, sale, 0), ST_OK);
	assert_told(f, sale + 1, "Refunded ₹100.00 of @5, Asha Patel. Free tea is taken back. "
		    "-5 stamps (0 of 5): 5 more for Free tea.", "5 more for Free tea.");
}

static void nobody_is_told_nothing(void **state)
{
	struct fixture *f = *state;

	assert_told(f, sell(f, 0, 500, NULL), "Saved @2: ₹5.00.", "");
}

static void lists_have_few_words(void **state)
{
	struct fixture *f = *state;
	struct program card = { .goal = 2 }, p = { .earn = 1, .spend = 100, .point_value = 10 };
	struct reward tea = { .kind = REWARD_FREE };
	struct trade_run run = { .seq = 0 };
	struct buf words = { 0 };
	int64_t asha = somebody(f);
	struct deed d;

	add_card(f, &card, &tea);
	add_points(f, &p);
	sell(f, asha, 1000, NULL);
	run.seq = sell(f, asha, 1000, &(struct sale){ .points = 10 });
	MUST(deed_read(&f->shop, &run, clock_day(f->by.now), &d));
	tell_moves(d.entry, &d.standing, &rupees, &words);
	assert_string_equal(words.at, "+1 stamp, +9 points, -10 points, Free tea ready");
	assert_string_equal(tell_kind(d.entry->kind), "Sale");
	assert_string_equal(tell_kind((enum entry_kind)255), "");	/* a damaged byte */
	buf_release(&words);
	deed_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_card_fills_and_is_claimed, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_reward_used_at_once_is_given_with_the_sale,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(points_are_told_with_their_worth, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(an_undo_says_what_it_undid, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(why_nothing_was_given_is_told, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(stamps_that_go_back_are_said, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(nobody_is_told_nothing, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(lists_have_few_words, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
