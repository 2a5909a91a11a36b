/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

/* Sales, what they earn, and paying with it: 2-loyalty's rules by example. */

static void a_sale_is_one_entry_with_its_figures(void **state)
{
	struct fixture *f = *state;
	struct entry *e = calloc(1, sizeof(*e));
	int64_t seq = sell(f, 17, 12000, NULL);
	struct figures figures;

	MUST(shop_entry(&f->shop, seq, e));
	assert_int_equal(e->kind, ENTRY_SALE);
	assert_int_equal(e->total, 12000);
	assert_int_equal(e->customer, 17);
	assert_int_equal(e->day, clock_day(f->by.now));
	assert_int_equal(e->minute, 9 * 60 + 14);
	assert_string_equal(e->who, "asha");
	sell(f, 17, 3000, NULL);
	f->by.now += 24 * CLOCK_HOUR;
	sell(f, 17, 500, NULL);
	figures = figures_of(f, 17);
	assert_int_equal(figures.sales, 3);
	assert_int_equal(figures.visits, 2);
	assert_int_equal(figures.spend, 15500);
	free(e);
}

static void a_late_sale_counts_its_day_once(void **state)
{
	struct fixture *f = *state;

	sell(f, 17, 100, &(struct sale){ .occurred = at("2026-02-10T10:00:00") });
	sell(f, 17, 100, &(struct sale){ .occurred = at("2026-02-20T10:00:00") });
	sell(f, 17, 100, &(struct sale){ .occurred = at("2026-02-15T10:00:00") });
	sell(f, 17, 100, &(struct sale){ .occurred = at("2026-02-15T18:00:00") });
	assert_int_equal(figures_of(f, 17).visits, 3);
	assert_int_equal(figures_of(f, 17).sales, 4);
}

static void points_are_floored_once(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 3, .spend = 100000 };

	add_points(f, &p);
	sell(f, 17, 99999, NULL);
	assert_int_equal(points_of(f, 17, p.id), 2);	/* 2.99997 */
	sell(f, 17, 100000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 5);
}

static void nothing_is_earned_before_the_program_began(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .from = clock_day(f->by.now) };

	add_points(f, &p);
	sell(f, 17, 5000, &(struct sale){ .occurred = at("2026-02-10T10:00:00") });
	assert_int_equal(points_of(f, 17, p.id), 0);
	sell(f, 17, 5000, &(struct sale){ .occurred = at("2026-02-11T10:00:00"),
					  .award_past = true });
	assert_int_equal(points_of(f, 17, p.id), 50);
}

static void the_daily_cap_holds_over_sales(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .daily_cap = 70 };

	add_points(f, &p);
	sell(f, 17, 5000, NULL);
	sell(f, 17, 5000, NULL);
	sell(f, 17, 5000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 70);
	f->by.now += 24 * CLOCK_HOUR;
	sell(f, 17, 5000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 120);
}

static void points_lapse_after_their_last_day(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_DAYS, .valid_for = 10 };
	struct swept swept;

	add_points(f, &p);
	sell(f, 17, 5000, NULL);
	f->by.now += 10 * 24 * CLOCK_HOUR;
	assert_int_equal(points_of(f, 17, p.id), 50);
	f->by.now += 24 * CLOCK_HOUR;
	assert_int_equal(points_of(f, 17, p.id), 0);	/* before any sweep */
	MUST(sweep(&f->shop, &f->by, &swept));
	assert_int_equal(swept.customers, 1);
	MUST(sweep(&f->shop, &f->by, &swept));
	assert_int_equal(swept.customers, 0);
}

static void absence_lapses_points_that_say_so(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_INACTIVE, .valid_for = 2 };

	add_points(f, &p);
	sell(f, 17, 5000, NULL);
	f->by.now = at("2026-04-30T10:00:00");
	sell(f, 17, 5000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 100);
	f->by.now = at("2026-07-01T10:00:00");	/* two months and a day later */
	sell(f, 17, 1000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 10);
}

static void pending_points_wait(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .pending_days = 14 };

	add_points(f, &p);
	sell(f, 17, 5000, NULL);
	assert_int_equal(points_of(f, 17, p.id), 0);
	f->by.now += 14 * 24 * CLOCK_HOUR;
	assert_int_equal(points_of(f, 17, p.id), 50);
}

static void points_pay_within_the_share_of_the_bill(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 100, .min_redeem = 20,
			     .max_share = 5000 };
	struct entry *e = calloc(1, sizeof(*e));
	struct sale s = { .customer = 17, .amount = 3000, .points = 40, .source = "",
			  .receipt = "" };
	struct trade_run run;

	add_points(f, &p);
	sell(f, 17, 10000, NULL);			/* 100 points */
	/* Half of 30.00 is 15 points, fewer than 20. */
	assert_int_equal(sale_add(&f->shop, &f->by, &s, &run), ST_REFUSED);
	MUST(shop_entry(&f->shop, sell(f, 17, 6000, &(struct sale){ .points = 75 }), e));
	assert_int_equal(e->discount, 3000);		/* cut to half the bill: 30 points */
	assert_int_equal(e->total, 3000);
	assert_int_equal(points_of(f, 17, p.id), 100 - 30 + 30);
	free(e);
}

static void a_full_card_gives_its_reward_and_begins_anew(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward r = { 0 };

	add_card(f, &p, &r);
	sell(f, 17, 100, NULL);
	sell(f, 17, 100, NULL);
	assert_int_equal(points_of(f, 17, p.id), 2);
	assert_int_equal(ready(f, 17, r.id), 0);
	sell(f, 17, 100, NULL);
	assert_int_equal(points_of(f, 17, p.id), 0);
	assert_int_equal(ready(f, 17, r.id), 1);
	sell(f, 17, 100, NULL);
	assert_int_equal(points_of(f, 17, p.id), 1);
}

static void items_stamp_overflow_and_milestones(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 5, .per = PER_ITEM };
	struct reward r = { 0 }, half = { .name = "Biscuit" };
	struct line lines[] = { { 0, 4000, 400 }, { 0, 3000, 300 } };

	add_card(f, &p, &r);
	half.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &half));
	p.milestone_count = 1;
	p.milestones[0] = (struct milestone){ 2, half.id };
	MUST(program_edit(&f->shop, &f->by, &p));
	sell(f, 17, 0, &(struct sale){ .lines = lines, .line_count = 2 });
	assert_int_equal(points_of(f, 17, p.id), 2);	/* 7 = a card and 2 */
	assert_int_equal(ready(f, 17, r.id), 1);
	assert_int_equal(ready(f, 17, half.id), 2);	/* passed twice */
}

static void a_head_start_comes_once(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 4, .head_start = 2 };
	struct reward r = { 0 };

	add_card(f, &p, &r);
	sell(f, 17, 100, NULL);
	assert_int_equal(points_of(f, 17, p.id), 3);
	sell(f, 17, 100, NULL);
	assert_int_equal(ready(f, 17, r.id), 1);
	sell(f, 17, 100, NULL);
	assert_int_equal(points_of(f, 17, p.id), 1);
}

static void a_free_item_takes_that_item_off(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 1 };
	struct reward r = { .kind = REWARD_FREE, .item = 3 };
	struct line with[] = { { 3, 2000, 4000 }, { 4, 1000, 1500 } };
	struct line without[] = { { 4, 1000, 1500 } };
	struct sale s = { .customer = 17, .source = "", .receipt = "", .lines = without,
			  .line_count = 1 };
	struct entry *e = calloc(1, sizeof(*e));
	struct trade_run run;

	add_card(f, &p, &r);
	sell(f, 17, 1000, NULL);
	s.reward = r.id;
	assert_int_equal(sale_add(&f->shop, &f->by, &s, &run), ST_REFUSED);
	MUST(shop_entry(&f->shop, sell(f, 17, 0, &(struct sale){
		.lines = with, .line_count = 2, .reward = r.id }), e));
	assert_int_equal(e->discount, 2000);		/* one of the two */
	free(e);
}

static void the_same_receipt_is_the_same_sale(void **state)
{
	struct fixture *f = *state;
	struct sale s = { .customer = 17, .amount = 4000, .source = "", .receipt = "R-1001" };
	struct trade_run first, again;

	MUST(sale_add(&f->shop, &f->by, &s, &first));
	f->by.now += CLOCK_MINUTE;
	MUST(sale_add(&f->shop, &f->by, &s, &again));
	assert_true(again.repeated);
	assert_int_equal(again.seq, first.seq);
	s.amount = 4100;
	assert_int_equal(sale_add(&f->shop, &f->by, &s, &again), ST_EXISTS);
	assert_non_null(strstr(status_text(), "40.00"));
	assert_int_equal(figures_of(f, 17).sales, 1);
}

static void an_operation_happens_once(void **state)
{
	struct fixture *f = *state;
	struct sale s = { .customer = 17, .amount = 4000, .source = "", .receipt = "" };
	struct trade_run first, again;

	f->by.has_op = true;
	op_from_text("till-1 form 7", f->by.op);
	MUST(sale_add(&f->shop, &f->by, &s, &first));
	f->by.now += CLOCK_MINUTE;
	MUST(sale_add(&f->shop, &f->by, &s, &again));
	assert_true(again.repeated);
	assert_int_equal(again.seq, first.seq);
	s.amount = 1;
	assert_int_equal(sale_add(&f->shop, &f->by, &s, &again), ST_EXISTS);
	assert_int_equal(figures_of(f, 17).sales, 1);
}

static void absurd_sales_are_refused_and_change_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t before = store_version(f->shop.store);
	const struct sale bad[] = {
		{ .amount = -1 },
		{ .amount = MONEY_MOST + 1 },
		{ .amount = 5, .occurred = at("2026-03-09T00:00:00") },
		{ .amount = 5, .occurred = -1 },
		{ .amount = 5, .receipt = "@7" },
		{ .amount = 5, .tax = 6 },
		{ .amount = 5, .points = 10 },
		{ .amount = 5, .customer = 17, .reward = 99 },
	};
	struct trade_run run;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sale s = bad[i];

		s.source = "";
		s.receipt = s.receipt ? s.receipt : "";
		assert_int_not_equal(sale_add(&f->shop, &f->by, &s, &run), ST_OK);
	}
	assert_int_equal(store_version(f->shop.store), before);
}

static void each_line_has_its_words(void **state)
{
	static const struct {
		const char *words;
		size_t line;
		const char *says;
	} rows[] = {
		{ "2 hem and sleeves", 2, "hem and sleeves" },
		{ "2 hem and sleeves", 1, "" },
		{ "1 a hem\n12 sleeves", 12, "sleeves" },
		{ "1 a hem\n12 sleeves", 2, "" },
		{ "1 a hem\n12 sleeves", 1, "a hem" },
		{ "1 \n2 a hem", 1, "" },
		{ "\n2 a hem\n3 sleeves", 2, "a hem" },
		{ " 2 a hem", 2, "" },
		{ "2\n2 a hem", 2, "a hem" },
		{ "2", 2, "" },
		{ "", 1, "" },
	};
	static struct side side;
	char room[SALE_WORDS];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		strcpy(side.words, rows[i].words);
		assert_string_equal(sale_words(&side, rows[i].line, room), rows[i].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_has_its_words),
#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
		CASE(a_sale_is_one_entry_with_its_figures),
		CASE(a_late_sale_counts_its_day_once),
		CASE(points_are_floored_once),
		CASE(nothing_is_earned_before_the_program_began),
		CASE(the_daily_cap_holds_over_sales),
		CASE(points_lapse_after_their_last_day),
		CASE(absence_lapses_points_that_say_so),
		CASE(pending_points_wait),
		CASE(points_pay_within_the_share_of_the_bill),
		CASE(a_full_card_gives_its_reward_and_begins_anew),
		CASE(items_stamp_overflow_and_milestones),
		CASE(a_head_start_comes_once),
		CASE(a_free_item_takes_that_item_off),
		CASE(the_same_receipt_is_the_same_sale),
		CASE(an_operation_happens_once),
		CASE(absurd_sales_are_refused_and_change_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
