/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/money.h"

#include "insight/engagement.h"
#include "tests/insight/trade.h"

/* Three months of one small shop, counted by hand. */

static void close_with(struct fixture *f, int64_t takings)
{
	struct day_close c = { .day = today(f), .takings = takings };
	struct trade_run run;

	MUST(day_close(&f->shop, &f->by, &c, &run));
}

/* March: before the card. April: Asha fills it twice, claims once; Bina buys
 * too little for a stamp. May: Bina joins. */
static void trade_for_three_months(struct fixture *f)
{
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina"), sale;
	struct program card = { .goal = 2, .min_spend = 1000 };
	struct reward tea = { .value = 2000, .own_cost = 500 };

	card.from = day("2026-04-01");
	add_card(f, &card, &tea);
	sell_on(f, day("2026-03-15"), asha, 1000);
	sell_on(f, day("2026-03-20"), 0, 300);
	sale = sell_on(f, day("2026-04-02"), asha, 5000);
	sell_on(f, day("2026-04-05"), asha, 4000);
	go_to(f, day("2026-04-07"));
	MUST(give_back(f, sale, 500));
	go_to(f, day("2026-04-09"));
	MUST(claim(f, asha, tea.id));
	sell_on(f, day("2026-04-12"), bina, 700);
	sell_on(f, day("2026-04-19"), bina, 9900);
	take_back_last(f);
	sell_on(f, day("2026-04-20"), 0, 900);
	close_with(f, 1500);
	sell_on(f, day("2026-04-25"), asha, 2000);
	sell_on(f, day("2026-04-26"), asha, 2000);
	sell_on(f, day("2026-05-03"), bina, 2000);
}

static void the_month_adds_up(void **state)
{
	struct fixture *f = *state;
	const struct money_month *now, *before;
	struct flows flows;
	struct money m;

	trade_for_three_months(f);
	flows = flows_now(f);
	assert_int_equal(money_last_month(&flows, today(f)), day("2026-04-01"));
	MUST(money_of(&flows, day("2026-04-17"), &m));
	now = &m.month[MONEY_NOW];
	assert_int_equal(now->month, day("2026-04-01"));
	assert_int_equal(now->members, 12500);
	assert_int_equal(now->others, 700);
	assert_int_equal(now->unknown, 900);
	assert_int_equal(now->walk_in, 600);
	assert_int_equal(now->takings, 14700);
	assert_int_equal(now->given, 500);
	assert_int_equal(now->program[0].rewards, 500);
	assert_int_equal(now->program[0].points, 0);
	assert_int_equal(now->owed_before, 0);
	assert_int_equal(now->owed, 2000);
	before = &m.month[MONEY_BEFORE];
	assert_true(before->there);
	assert_int_equal(before->others, 1000);
	assert_int_equal(before->unknown, 300);
	assert_int_equal(before->takings, 1300);
	assert_false(m.month[MONEY_YEAR].there);
	money_release(&m);
	flows_release(&flows);
}

static void one_line_for_what_there_was(void **state)
{
	struct fixture *f = *state;
	struct sheet sheet = { 0 };
	struct buf csv = { 0 };
	struct flows flows;
	struct money m;

	trade_for_three_months(f);
	flows = flows_now(f);
	MUST(money_of(&flows, day("2026-04-01"), &m));
	money_sheet(&m, &sheet);
	sheet_csv(&sheet, 2, &csv);
	assert_string_equal(csv.at, "line,program,month,month_before,year_before\n"
		"Paid by members,,125.00,0.00,\n"
		"by other customers,,7.00,10.00,\n"
		"by nobody known,,9.00,3.00,\n"
		"not rung up,,6.00,0.00,\n"
		"Takings,,147.00,13.00,\n"
		"Rewards claimed,Tea card,5.00,0.00,\n"
		"Given away,,5.00,0.00,\n"
		"Owed before,,0.00,0.00,\n"
		"moved by,,20.00,0.00,\n"
		"Owed after,,20.00,0.00,\n");
	buf_release(&csv);
	sheet_release(&sheet);
	money_release(&m);
	flows_release(&flows);
}

static void a_year_before_is_beside_it(void **state)
{
	struct fixture *f = *state;
	struct flows flows;
	struct money m;

	sell_on(f, day("2026-04-30"), 0, 700);
	sell_on(f, day("2027-04-01"), 0, 900);
	flows = flows_now(f);
	MUST(money_of(&flows, day("2027-04-30"), &m));
	assert_int_equal(m.month[MONEY_NOW].takings, 900);
	assert_true(m.month[MONEY_BEFORE].there);
	assert_int_equal(m.month[MONEY_BEFORE].takings, 0);
	assert_int_equal(m.month[MONEY_YEAR].takings, 700);
	/* Long after the last sale, its month is the last one. */
	assert_int_equal(money_last_month(&flows, day("2029-01-15")), day("2027-04-01"));
	money_release(&m);
	flows_release(&flows);
}

static void an_empty_shop_had_no_month(void **state)
{
	struct flows flows = flows_now(*state);
	struct money m;

	assert_int_equal(money_last_month(&flows, day("2026-04-15")), 0);
	MUST(money_of(&flows, day("2026-04-15"), &m));
	assert_false(m.month[MONEY_NOW].there);
	assert_int_equal(m.month[MONEY_NOW].takings, 0);
	money_release(&m);
	assert_int_equal(money_of(&flows, 0, &m), ST_INVALID);
	money_release(&m);
	flows_release(&flows);
}

/* -- engagement -- */

static void assert_month(const struct engagement_month *m, const char *month, int64_t members)
{
	assert_int_equal(m->month, day(month));
	assert_int_equal(m->members, members);
}

static void members_take_part_by_month(void **state)
{
	struct fixture *f = *state;
	struct flows flows;
	struct engagement e;

	trade_for_three_months(f);
	flows = flows_now(f);
	MUST(engagement_of(&flows, &(struct engagement_options){ 0 }, &e));
	assert_int_equal(e.n, 2);
	assert_month(&e.month[0], "2026-04-01", 1);
	assert_true(e.month[0].over);
	assert_int_equal(e.month[0].came, 1);
	assert_int_equal(e.month[0].earned, 1);
	assert_int_equal(e.month[0].used, 1);
	assert_int_equal(e.month[0].part, 1);
	assert_month(&e.month[1], "2026-05-01", 2);
	assert_false(e.month[1].over);
	assert_int_equal(e.month[1].came, 1);
	assert_int_equal(e.month[1].used, 0);
	assert_int_equal(e.month[1].part, 1);
	assert_ptr_equal(engagement_last(&e), &e.month[0]);
	engagement_release(&e);
	flows_release(&flows);
}

static void months_without_anybody_are_there_too(void **state)
{
	struct fixture *f = *state;
	struct engagement_options o = { .from = day("2026-03-09"), .to = day("2026-07-31") };
	struct flows flows;
	struct engagement e;

	trade_for_three_months(f);
	flows = flows_now(f);
	MUST(engagement_of(&flows, &o, &e));
	assert_int_equal(e.n, 5);
	assert_month(&e.month[0], "2026-03-01", 0);
	assert_int_equal(e.month[0].came, 0);
	assert_month(&e.month[4], "2026-07-01", 2);
	assert_int_equal(e.month[4].part, 0);
	assert_ptr_equal(engagement_last(&e), &e.month[4]);
	engagement_release(&e);
	o.to = o.from - 1;
	assert_int_equal(engagement_of(&flows, &o, &e), ST_INVALID);
	engagement_release(&e);
	flows_release(&flows);
}

static void nobody_is_a_member_of_an_empty_shop(void **state)
{
	struct engagement_options o = { .from = day("2026-03-01"), .to = day("2026-03-31") };
	struct flows flows = flows_now(*state);
	struct engagement e;

	MUST(engagement_of(&flows, &o, &e));
	assert_int_equal(e.n, 0);
	engagement_release(&e);
	MUST(engagement_of(&flows, &(struct engagement_options){ 0 }, &e));
	assert_int_equal(e.n, 0);
	assert_null(engagement_last(&e));
	engagement_release(&e);
	flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TRADE_TEST(the_month_adds_up),
		TRADE_TEST(one_line_for_what_there_was),
		TRADE_TEST(a_year_before_is_beside_it),
		TRADE_TEST(an_empty_shop_had_no_month),
		TRADE_TEST(members_take_part_by_month),
		TRADE_TEST(months_without_anybody_are_there_too),
		TRADE_TEST(nobody_is_a_member_of_an_empty_shop),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
