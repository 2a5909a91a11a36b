/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/programs.h"

#include <math.h>

#include "tests/insight/trade.h"

/* Small shops that can be counted by hand. */

#define assert_share(s, part_, whole_) do {		\
	assert_int_equal((s).part, part_);		\
	assert_int_equal((s).whole, whole_);		\
} while (0)

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 5e-4)

static struct program_figures figures(struct fixture *f, struct program_options options)
{
	struct flows flows = flows_now(f);
	struct program_figures p;

	MUST(program_figures_of(&flows, &options, &p));
	flows_release(&flows);
	return p;
}

static struct program_figures in_2026(struct fixture *f)
{
	return figures(f, (struct program_options){
		.from = day("2026-01-01"), .to = day("2026-12-31"), .days = 30 });
}

static void add_tea_card(struct fixture *f, struct program *p, struct reward *r)
{
	p->goal = 3;
	*r = (struct reward){ .value = 2000, .own_cost = 500 };
	add_card(f, p, r);
}

/* Sales of 50.00 to one customer, so many days after 2 March. */
static void sell_all(struct fixture *f, int64_t customer, const int *days, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sell_on(f, day("2026-03-02") + days[i], customer, 5000);
}

static void a_shop_without_programs_has_none(void **state)
{
	struct program_figures p = figures(*state, (struct program_options){ 0 });

	assert_int_equal(p.n, 0);
	program_figures_release(&p);
}

static void a_window_must_not_end_before_it_starts(void **state)
{
	struct flows flows = flows_now(*state);
	struct program_options o = { .from = 100, .to = 99 };
	struct program_figures p;

	assert_int_equal(program_figures_of(&flows, &o, &p), ST_INVALID);
	program_figures_release(&p);
	flows_release(&flows);
}

static void stamps_rewards_and_what_they_cost(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina"), last;
	struct program_figures p;
	struct program card = { .reward_days = 20 };
	struct reward tea;

	add_tea_card(f, &card, &tea);
	sell_all(f, asha, (const int[]){ 0, 5, 9, 12 }, 4);	/* full on 11 March; begins again */
	MUST(claim(f, asha, tea.id));
	sell_all(f, bina, (const int[]){ 14, 15, 16, 20, 21 }, 5);
	last = sell_on(f, day("2026-03-24"), bina, 5000);	/* full twice */
	go_to(f, day("2026-06-01"));				/* neither was claimed */
	p = in_2026(f);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.row[0].enrolled, 2);
	assert_int_equal(p.row[0].active, 2);
	assert_share(p.row[0].reach, 3, 4);	/* asha's second stands at one */
	assert_int_equal(p.row[0].given.issued, 3);
	assert_int_equal(p.row[0].given.claimed, 1);
	assert_int_equal(p.row[0].given.unclaimed, 2);
	assert_int_equal(p.row[0].cost, 500);
	assert_int_equal(p.row[0].owed_before, 0);
	assert_int_equal(p.row[0].owed, 0);
	assert_true(p.row[0].never_lapses);
	assert_share(p.row[0].breakage, 0, 0);
	program_figures_release(&p);

	p = figures(f, (struct program_options){		/* before they lapsed */
		.from = day("2026-03-19"), .to = day("2026-03-31"), .days = 30 });
	assert_int_equal(p.row[0].enrolled, 2);
	assert_int_equal(p.row[0].active, 1);
	assert_share(p.row[0].reach, 0, 0);
	assert_int_equal(p.row[0].given.issued, 1);
	assert_int_equal(p.row[0].cost, 0);
	assert_int_equal(p.row[0].owed_before, 2000);
	assert_int_equal(p.row[0].owed, 4000);
	program_figures_release(&p);
	(void)last;
}

static void a_reward_claimed_on_a_bill_that_is_refunded_costs_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), sale;
	struct program_figures p;
	struct program card = { 0 };
	struct reward tea;
	struct sale with = { 0 };

	add_tea_card(f, &card, &tea);
	sell_all(f, asha, (const int[]){ 0, 5, 9 }, 3);
	go_to(f, day("2026-03-15"));
	with.reward = tea.id;
	sale = sell(f, asha, 5000, &with);
	p = in_2026(f);
	assert_int_equal(p.row[0].given.claimed, 1);
	assert_int_equal(p.row[0].cost, 500);
	assert_int_equal(p.row[0].owed, 0);
	program_figures_release(&p);
	go_to(f, day("2026-03-16"));
	MUST(give_back(f, sale, 0));
	p = in_2026(f);
	assert_int_equal(p.row[0].given.claimed, 0);
	assert_int_equal(p.row[0].cost, 0);
	assert_int_equal(p.row[0].owed, 2000);
	program_figures_release(&p);
}

static void points_that_pay_lapse_and_are_owed(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina"), sale;
	struct program points = { .earn = 1, .spend = 100, .point_value = 10,
				  .validity = VALID_DAYS, .valid_for = 20 };
	struct sale pay = { .points = 30 };
	struct program_figures p;

	add_points(f, &points);
	sell_on(f, day("2026-03-02"), asha, 10000);	/* 100 points through 22 March */
	go_to(f, day("2026-03-04"));
	sell(f, asha, 2000, &pay);			/* 30 used; 17 earned of 17.00 */
	sale = sell_on(f, day("2026-03-05"), bina, 4000);	/* 40 through 25 March */
	go_to(f, day("2026-03-06"));
	MUST(give_back(f, sale, 1000));			/* 10 back */
	go_to(f, day("2026-03-23"));
	p = figures(f, (struct program_options){ .from = day("2026-03-03"),
		.to = day("2026-03-23"), .days = 10 });
	assert_share(p.row[0].breakage, 70, 100);
	assert_int_equal(p.row[0].breakage_people, 1);
	assert_int_equal(p.row[0].given.paid, 30);
	assert_int_equal(p.row[0].given.earned, 17 + 40 - 10);
	assert_int_equal(p.row[0].given.lapsed, 70);
	assert_int_equal(p.row[0].cost, 300);
	assert_int_equal(p.row[0].owed_before, 1000);
	assert_int_equal(p.row[0].owed, (17 + 30) * 10);
	assert_share(p.row[0].reach, 0, 1);	/* Asha joined before the window */
	program_figures_release(&p);
	go_to(f, day("2026-03-31"));
	p = in_2026(f);
	assert_share(p.row[0].breakage, 70 + 17 + 30, 100 + 17 + 30);
	assert_int_equal(p.row[0].breakage_people, 2);
	assert_share(p.row[0].reach, 1, 2);
	assert_int_equal(p.row[0].owed, 0);
	program_figures_release(&p);
}

/* Good for a month after the last visit. */
static void points_that_lapse_by_absence(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina");
	struct program points = { .earn = 1, .spend = 100, .point_value = 10,
				  .validity = VALID_INACTIVE, .valid_for = 1 };
	struct sale pay = { .points = 60 };
	struct program_figures p;

	add_points(f, &points);
	sell_on(f, day("2026-03-02"), asha, 10000);
	go_to(f, day("2026-03-20"));
	sell(f, asha, 600, &pay);		/* 60 of 100 used, nothing paid */
	sell_on(f, day("2026-03-30"), bina, 5000);
	sell_on(f, day("2026-06-01"), asha, 700);	/* 40 were gone on 21 April */
	p = figures(f, (struct program_options){ .from = day("2026-03-01"),
		.to = day("2026-04-25"), .days = 30 });
	assert_share(p.row[0].breakage, 40, 100);
	assert_int_equal(p.row[0].owed, 500);
	program_figures_release(&p);
	p = figures(f, (struct program_options){ .from = day("2026-03-01"),
		.to = day("2026-06-01"), .days = 30 });
	assert_share(p.row[0].breakage, 90, 150);
	assert_int_equal(p.row[0].breakage_people, 2);
	assert_int_equal(p.row[0].owed, 70);
	program_figures_release(&p);
}

static void members_and_others_by_the_day_of_the_visit(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina"), last;
	struct program card = { .from = 0 };
	struct program_figures p;
	struct reward tea;

	card.from = day("2026-03-10");
	add_tea_card(f, &card, &tea);
	sell_on(f, day("2026-03-02"), asha, 1000);
	sell_on(f, day("2026-03-04"), bina, 600);
	sell_on(f, day("2026-03-04"), bina, 500);	/* one visit */
	sell_on(f, day("2026-03-11"), asha, 3000);	/* joins */
	last = sell_on(f, day("2026-03-18"), asha, 3000);
	sell_on(f, day("2026-03-20"), 0, 9999);
	go_to(f, day("2026-03-20"));
	MUST(give_back(f, last, 500));
	p = figures(f, (struct program_options){ .from = day("2026-03-01"),
		.to = day("2026-03-31"), .days = 30 });
	assert_int_equal(p.row[0].members.customers, 1);
	assert_int_equal(p.row[0].members.visits, 2);
	assert_int_equal(p.row[0].members.paid, 5500);
	assert_int_equal(p.row[0].members.days, 21);
	assert_int_equal(p.row[0].others.customers, 2);
	assert_int_equal(p.row[0].others.visits, 2);
	assert_int_equal(p.row[0].others.paid, 2100);
	assert_int_equal(p.row[0].others.days, 9 + 28);
	assert_int_equal(program_group_paid(&p.row[0].members), 2750);
	assert_near(program_group_visits(&p.row[0].members), 2 * 30.4375 / 21);
	assert_false(program_group_tells(&p.row[0].members));
	program_figures_release(&p);
}

/* Of 24 people, half come 3 days sooner near the reward and half 5. */
static void visits_come_sooner_near_the_reward(void **state)
{
	struct fixture *f = *state;
	struct program card = { .goal = 4 };
	struct program_figures p;
	struct reward tea = { .value = 1 };
	char name[8] = "Person ";

	add_card(f, &card, &tea);
	for (int i = 0; i < 24; i++) {
		int64_t customer;

		name[6] = (char)('A' + i);
		customer = somebody(f, name);
		sell_all(f, customer, i % 2 ? (const int[]){ 0, 8, 10, 15 } :
			 (const int[]){ 0, 8, 10, 13 }, 4);
	}
	p = in_2026(f);
	assert_int_equal(p.row[0].pace.people, 24);
	assert_int_equal(p.row[0].pace.cards, 24);
	assert_true(program_pace_tells(&p.row[0].pace));
	assert_near(p.row[0].pace.first, 8);
	assert_near(p.row[0].pace.last, 4);
	assert_near(p.row[0].pace.sooner, 4);
	assert_near(p.row[0].pace.low, 4 - 0.4317);
	assert_near(p.row[0].pace.high, 4 + 0.4317);
	assert_share(p.row[0].reach, 24, 24);
	program_figures_release(&p);
}

static void a_sheet_says_nothing_of_too_few(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha");
	struct program_figures p;
	struct program card = { 0 };
	struct sheet sheet = { 0 };
	struct buf csv = { 0 };
	struct reward tea;

	add_tea_card(f, &card, &tea);
	sell_all(f, asha, (const int[]){ 0, 5, 9 }, 3);
	go_to(f, day("2026-06-01"));
	p = in_2026(f);
	program_figures_sheet(&p, &sheet);
	sheet_csv(&sheet, 2, &csv);
	assert_string_equal(csv.at,
		"program,enrolled,active,reach,reach_sample,issued,claimed,unclaimed,breakage,"
		"breakage_people,cost,owed,owed_moved,sooner,sooner_low,sooner_high,member_paid,"
		"other_paid,member_visits,other_visits\n"
		"Tea card,1,1,1,1,1,0,0,,0,0.00,20.00,20.00,,,,,,,\n");
	buf_release(&csv);
	sheet_release(&sheet);
	program_figures_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TRADE_TEST(a_shop_without_programs_has_none),
		TRADE_TEST(a_window_must_not_end_before_it_starts),
		TRADE_TEST(stamps_rewards_and_what_they_cost),
		TRADE_TEST(a_reward_claimed_on_a_bill_that_is_refunded_costs_nothing),
		TRADE_TEST(points_that_pay_lapse_and_are_owed),
		TRADE_TEST(points_that_lapse_by_absence),
		TRADE_TEST(members_and_others_by_the_day_of_the_visit),
		TRADE_TEST(visits_come_sooner_near_the_reward),
		TRADE_TEST(a_sheet_says_nothing_of_too_few),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
