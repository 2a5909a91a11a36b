/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

/* Refunds, claims, corrections and undo. */

static void a_partial_refund_takes_its_share(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 300 };
	int64_t sale;

	add_points(f, &p);
	sale = sell(f, 17, 1000, NULL);			/* 3 points */
	MUST(give_back(f, sale, 333));			/* floor(3 x 333 / 1000) = 0 */
	assert_int_equal(points_of(f, 17, p.id), 3);
	MUST(give_back(f, sale, 1));			/* floor(3 x 334 / 1000) = 1 */
	assert_int_equal(points_of(f, 17, p.id), 2);
	MUST(give_back(f, sale, 0));			/* the rest */
	assert_int_equal(points_of(f, 17, p.id), 0);
	assert_int_equal(figures_of(f, 17).spend, 0);
	assert_int_equal(figures_of(f, 17).visits, 1);
	assert_int_equal(give_back(f, sale, 1), ST_REFUSED);
}

static void a_refund_larger_than_what_is_left_is_owed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 100 };
	int64_t sale;

	add_points(f, &p);
	sale = sell(f, 17, 5000, NULL);
	sell(f, 17, 5000, &(struct sale){ .points = 40 });	/* 10.00 paid: 10 more points */
	assert_int_equal(points_of(f, 17, p.id), 20);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), -30);
	sell(f, 17, 4000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 10);
}

static void what_lapsed_does_not_hide_what_is_owed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_DAYS, .valid_for = 10 };
	struct adjustment a = { .customer = 17, .amount = -10, .reason = "given by mistake" };
	struct trade_run run;
	struct swept swept;
	int64_t sale;

	add_points(f, &p);
	a.program = p.id;
	sell(f, 17, 500, NULL);
	f->by.now += 9 * 24 * CLOCK_HOUR;
	sale = sell(f, 17, 1000, NULL);
	MUST(balance_adjust(&f->shop, &f->by, &a, &run));	/* 5 of each lot */
	f->by.now += 9 * 24 * CLOCK_HOUR;
	sell(f, 17, 300, NULL);
	f->by.now += 6 * 24 * CLOCK_HOUR;			/* the second has lapsed, unswept */
	MUST(give_back(f, sale, 0));				/* 10 back: 3 there, 7 owed */
	assert_int_equal(points_of(f, 17, p.id), -7);
	sell(f, 17, 900, NULL);
	MUST(sweep(&f->shop, &f->by, &swept));
	assert_int_equal(points_of(f, 17, p.id), 2);
}

static void points_that_paid_come_back_in_ratio(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 100, .from = 1 };
	int64_t sale;

	add_points(f, &p);
	sell(f, 17, 10000, NULL);					/* 100 points */
	sale = sell(f, 17, 10000, &(struct sale){ .points = 50 });	/* 50.00 left: +50 */
	assert_int_equal(points_of(f, 17, p.id), 100);
	MUST(give_back(f, sale, 2500));				/* half: -25 earned, +25 paid */
	assert_int_equal(points_of(f, 17, p.id), 100);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), 100);
	assert_int_equal(give_back(f, sale, 0), ST_REFUSED);
}

static void a_sale_paid_by_points_alone_is_refunded_whole(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 100 };
	int64_t sale;

	add_points(f, &p);
	sell(f, 17, 10000, NULL);
	sale = sell(f, 17, 4000, &(struct sale){ .points = 100 });
	assert_int_equal(points_of(f, 17, p.id), 60);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), 100);
	assert_int_equal(give_back(f, sale, 0), ST_REFUSED);
}

static void a_stamp_goes_when_what_remains_is_too_small(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 5, .min_spend = 500 };
	struct reward r = { 0 };
	int64_t sale;

	add_card(f, &p, &r);
	sale = sell(f, 17, 1000, NULL);
	MUST(give_back(f, sale, 500));
	assert_int_equal(points_of(f, 17, p.id), 1);
	MUST(give_back(f, sale, 1));
	assert_int_equal(points_of(f, 17, p.id), 0);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), 0);
}

static void refunding_the_completing_sale_withdraws_the_reward(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward r = { 0 };
	int64_t sale;

	add_card(f, &p, &r);
	sell(f, 17, 100, NULL);
	sell(f, 17, 100, NULL);
	sale = sell(f, 17, 100, NULL);
	MUST(give_back(f, sale, 0));
	assert_int_equal(ready(f, 17, r.id), 0);
	assert_int_equal(points_of(f, 17, p.id), 2);
	sell(f, 17, 100, NULL);
	assert_int_equal(ready(f, 17, r.id), 1);
}

static void a_claimed_reward_leaves_a_stamp_owed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 2 };
	struct reward r = { 0 };
	struct claim c = { .customer = 17, .receipt = "" };
	struct trade_run run;
	int64_t sale;

	add_card(f, &p, &r);
	c.reward = r.id;
	sell(f, 17, 100, NULL);
	sale = sell(f, 17, 100, NULL);
	MUST(reward_claim(&f->shop, &f->by, &c, &run));
	assert_int_equal(ready(f, 17, r.id), 0);
	assert_int_equal(reward_claim(&f->shop, &f->by, &c, &run), ST_REFUSED);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), -1);
}

static void a_reward_claimed_on_a_bill_is_ready_again_when_it_is_wholly_refunded(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 2 };
	struct reward r = { .kind = REWARD_AMOUNT, .value = 100 };
	struct entry *e = calloc(1, sizeof(*e));
	int64_t sale;

	add_card(f, &p, &r);
	sell(f, 17, 500, NULL);
	sell(f, 17, 500, NULL);
	sale = sell(f, 17, 500, &(struct sale){ .reward = r.id });
	MUST(shop_entry(&f->shop, sale, e));
	assert_int_equal(e->total, 400);
	assert_int_equal(ready(f, 17, r.id), 0);
	MUST(give_back(f, sale, 100));
	assert_int_equal(ready(f, 17, r.id), 0);
	MUST(give_back(f, sale, 0));
	assert_int_equal(ready(f, 17, r.id), 1);
	free(e);
}

static void points_that_bought_a_reward_come_back_with_the_whole_bill(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct reward r = { .name = "Mug", .kind = REWARD_GIFT, .cost = 60 };
	struct claim c = { .customer = 17, .receipt = "R-9" };
	struct trade_run run;
	int64_t sale;

	add_points(f, &p);
	r.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &r));
	c.reward = r.id;
	sell(f, 17, 10000, NULL);
	sale = sell(f, 17, 1000, &(struct sale){ .receipt = "R-9" });
	MUST(reward_claim(&f->shop, &f->by, &c, &run));
	assert_int_equal(points_of(f, 17, p.id), 50);
	MUST(give_back(f, sale, 500));
	assert_int_equal(points_of(f, 17, p.id), 45);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), 100);
}

static void undo_leaves_no_trace_in_the_figures(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 100 };
	struct program card = { .goal = 2 };
	struct reward r = { 0 };
	struct trade_run run;

	add_points(f, &p);
	add_card(f, &card, &r);
	sell(f, 17, 1000, NULL);
	f->by.now += 24 * CLOCK_HOUR;
	sell(f, 17, 3000, &(struct sale){ .points = 7, .receipt = "R-2" });
	assert_int_equal(ready(f, 17, r.id), 1);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_int_equal(ready(f, 17, r.id), 0);
	assert_int_equal(points_of(f, 17, card.id), 1);
	assert_int_equal(points_of(f, 17, p.id), 10);
	assert_int_equal(figures_of(f, 17).visits, 1);
	assert_int_equal(figures_of(f, 17).spend, 1000);
	assert_int_equal(figures_of(f, 17).last_day, clock_day(at("2026-03-01T00:00:00")));
	assert_int_equal(undo_last(&f->shop, &f->by, 0, &run), ST_REFUSED);	/* yesterday's */
	sell(f, 17, 2500, &(struct sale){ .receipt = "R-2" });		/* the right amount */
}

static void undo_is_refused_when_something_built_on_it(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct actor other = f->by;
	struct adjustment a = { .customer = 17, .amount = -5, .reason = "wrong customer" };
	struct trade_run run;

	add_points(f, &p);
	a.program = p.id;
	sell(f, 17, 1000, NULL);
	strcpy(other.who, "ravi");
	MUST(balance_adjust(&f->shop, &other, &a, &run));
	assert_int_equal(undo_last(&f->shop, &f->by, 0, &run), ST_REFUSED);
	MUST(undo_last(&f->shop, &other, 0, &run));
	assert_int_equal(points_of(f, 17, p.id), 10);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_int_equal(points_of(f, 17, p.id), 0);
}

static void adjustments_need_a_reason_and_what_they_take(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct adjustment a = { .customer = 17, .amount = 5, .reason = "" };
	struct trade_run run;

	add_points(f, &p);
	a.program = p.id;
	assert_int_equal(balance_adjust(&f->shop, &f->by, &a, &run), ST_REFUSED);
	a.reason = "spilled his tea";
	MUST(balance_adjust(&f->shop, &f->by, &a, &run));
	a.amount = -6;
	assert_int_equal(balance_adjust(&f->shop, &f->by, &a, &run), ST_REFUSED);
	assert_int_equal(points_of(f, 17, p.id), 5);
}

static void an_opening_balance_is_booked_once(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 10 };
	struct reward r = { 0 };
	struct adjustment a = { .customer = 17, .amount = 7 };
	struct trade_run run;

	add_card(f, &p, &r);
	a.program = p.id;
	MUST(balance_open(&f->shop, &f->by, &a, &run));
	MUST(balance_open(&f->shop, &f->by, &a, &run));
	assert_true(run.repeated);
	a.amount = 8;
	assert_int_equal(balance_open(&f->shop, &f->by, &a, &run), ST_EXISTS);
	assert_int_equal(points_of(f, 17, p.id), 7);
}

static void an_opening_that_fills_the_card_gives_its_reward(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 10 };
	struct reward r = { 0 };
	struct adjustment a = { .customer = 17, .amount = 12 };
	struct trade_run run;

	add_card(f, &p, &r);
	a.program = p.id;
	MUST(balance_open(&f->shop, &f->by, &a, &run));
	assert_int_equal(ready(f, 17, r.id), 1);
	assert_int_equal(points_of(f, 17, p.id), 2);
}

static void nothing_is_given_while_something_is_owed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 2 };
	struct reward r = { 0 };
	struct claim c = { .customer = 17, .receipt = "" };
	struct trade_run run;
	int64_t first, second;

	add_card(f, &p, &r);
	c.reward = r.id;
	first = sell(f, 17, 100, NULL);
	second = sell(f, 17, 100, NULL);
	MUST(reward_claim(&f->shop, &f->by, &c, &run));
	sell(f, 17, 100, NULL);
	sell(f, 17, 100, NULL);				/* the second card is full */
	MUST(give_back(f, first, 0));
	MUST(give_back(f, second, 0));
	assert_int_equal(points_of(f, 17, p.id), -2);
	assert_int_equal(reward_claim(&f->shop, &f->by, &c, &run), ST_REFUSED);
	sell(f, 17, 100, NULL);
	sell(f, 17, 100, NULL);
	MUST(reward_claim(&f->shop, &f->by, &c, &run));
}

static void a_late_program_awards_the_sales_that_were_there(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct awarded awarded;
	int64_t sale = sell(f, 17, 1000, NULL);

	sell(f, 0, 1000, NULL);
	add_points(f, &p);
	MUST(program_award_past(&f->shop, &f->by, p.id, &awarded));
	assert_int_equal(awarded.sales, 1);
	assert_int_equal(awarded.amount, 10);
	MUST(program_award_past(&f->shop, &f->by, p.id, &awarded));
	assert_int_equal(awarded.sales, 0);
	MUST(give_back(f, sale, 500));
	assert_int_equal(points_of(f, 17, p.id), 5);
	MUST(give_back(f, sale, 0));
	assert_int_equal(points_of(f, 17, p.id), 0);
}

static void a_day_is_closed_once(void **state)
{
	struct fixture *f = *state;
	struct day_close c = { .day = clock_day(f->by.now), .takings = 9000 };
	struct trade_run run;
	struct entry *e = calloc(1, sizeof(*e));

	sell(f, 17, 4000, NULL);
	MUST(day_close(&f->shop, &f->by, &c, &run));
	MUST(shop_entry(&f->shop, run.seq - 1, e));
	assert_int_equal(e->kind, ENTRY_WALK_IN);
	assert_int_equal(e->total, 5000);
	c.takings = 9500;
	assert_int_equal(day_close(&f->shop, &f->by, &c, &run), ST_EXISTS);
	c.day++;
	assert_int_equal(day_close(&f->shop, &f->by, &c, &run), ST_REFUSED);
	free(e);
}

static void a_short_day_is_closed_when_it_is_said(void **state)
{
	struct fixture *f = *state;
	struct day_close c = { .day = clock_day(f->by.now), .takings = 3000 };
	struct trade_run run;
	struct entry *e = calloc(1, sizeof(*e));

	sell(f, 17, 4000, NULL);
	assert_int_equal(day_close(&f->shop, &f->by, &c, &run), ST_REFUSED);
	c.short_too = true;
	MUST(day_close(&f->shop, &f->by, &c, &run));
	MUST(shop_entry(&f->shop, run.seq - 1, e));
	assert_int_equal(e->kind, ENTRY_SALE);		/* no walk-in */
	MUST(shop_entry(&f->shop, run.seq, e));
	assert_int_equal(e->kind, ENTRY_CLOSE);
	assert_int_equal(e->total, 3000);
	free(e);
}

/* After a later sale too; what was not rung up is counted anew. */
static void a_day_is_opened_again(void **state)
{
	struct fixture *f = *state;
	struct day_close c = { .day = clock_day(f->by.now), .takings = 9000 };
	struct actor other = f->by;
	struct entry *e = calloc(1, sizeof(*e));
	struct trade_run run;
	int64_t closed;

	strcpy(other.who, "ravi");
	sell(f, 17, 4000, NULL);
	MUST(day_close(&f->shop, &f->by, &c, &run));
	closed = run.seq;
	sell(f, 17, 1000, NULL);
	assert_int_equal(undo_last(&f->shop, &other, closed, &run), ST_REFUSED);
	MUST(undo_last(&f->shop, &f->by, closed, &run));
	assert_int_equal(undo_last(&f->shop, &f->by, closed, &run), ST_REFUSED);
	MUST(day_close(&f->shop, &f->by, &c, &run));
	MUST(shop_entry(&f->shop, run.seq - 1, e));
	assert_int_equal(e->kind, ENTRY_WALK_IN);
	assert_int_equal(e->total, 4000);
	free(e);
}

static void what_is_undone_is_what_was_asked_about(void **state)
{
	struct fixture *f = *state;
	struct trade_run run;
	int64_t first = sell(f, 17, 1000, NULL), second = sell(f, 18, 2000, NULL), next;

	MUST(undo_next(&f->shop, &f->by, &next));
	assert_int_equal(next, second);
	MUST(undo_last(&f->shop, &f->by, second, &run));
	assert_int_equal(undo_last(&f->shop, &f->by, second, &run), ST_REFUSED);
	assert_non_null(strstr(status_text(), "undone already"));
	assert_int_equal(figures_of(f, 17).spend, 1000);
	MUST(undo_next(&f->shop, &f->by, &next));
	assert_int_equal(next, first);
	sell(f, 18, 3000, NULL);
	assert_int_equal(undo_last(&f->shop, &f->by, first, &run), ST_REFUSED);
	assert_non_null(strstr(status_text(), "another entry"));
}

static void what_is_not_undone_is_passed_over(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct trade_run run;
	int64_t next;

	assert_int_equal(undo_next(&f->shop, &f->by, &next), ST_REFUSED);
	sell(f, 17, 1000, NULL);
	add_points(f, &p);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_int_equal(figures_of(f, 17).sales, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
		CASE(a_partial_refund_takes_its_share),
		CASE(a_refund_larger_than_what_is_left_is_owed),
		CASE(what_lapsed_does_not_hide_what_is_owed),
		CASE(points_that_paid_come_back_in_ratio),
		CASE(a_sale_paid_by_points_alone_is_refunded_whole),
		CASE(a_stamp_goes_when_what_remains_is_too_small),
		CASE(refunding_the_completing_sale_withdraws_the_reward),
		CASE(a_claimed_reward_leaves_a_stamp_owed),
		CASE(a_reward_claimed_on_a_bill_is_ready_again_when_it_is_wholly_refunded),
		CASE(points_that_bought_a_reward_come_back_with_the_whole_bill),
		CASE(undo_leaves_no_trace_in_the_figures),
		CASE(undo_is_refused_when_something_built_on_it),
		CASE(adjustments_need_a_reason_and_what_they_take),
		CASE(an_opening_balance_is_booked_once),
		CASE(an_opening_that_fills_the_card_gives_its_reward),
		CASE(nothing_is_given_while_something_is_owed),
		CASE(a_late_program_awards_the_sales_that_were_there),
		CASE(a_day_is_closed_once),
		CASE(a_short_day_is_closed_when_it_is_said),
		CASE(a_day_is_opened_again),
		CASE(what_is_undone_is_what_was_asked_about),
		CASE(what_is_not_undone_is_passed_over),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
