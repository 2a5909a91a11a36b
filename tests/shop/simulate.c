/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/simulate.h"

#include "shop/item.h"
#include "tests/shop/fixture.h"

#define DAY (24 * CLOCK_HOUR)

static struct simulation simulate(struct fixture *f, const struct simulation_ask *ask)
{
	struct simulation s;

	MUST(program_simulate(&f->shop, ask, &s));
	return s;
}

static void sell_on(struct fixture *f, int64_t customer, int day, int64_t amount)
{
	f->by.now = at("2026-03-01T10:00:00") + day * DAY;
	sell(f, customer, amount, NULL);
}

static void a_card_that_is_not_there_yet(void **state)
{
	struct fixture *f = *state;
	struct program card = { .kind = PROGRAM_STAMPS, .goal = 3, .min_spend = 5000 };
	struct reward tea = { .value = 2000, .own_cost = 600 };
	struct simulation s;

	for (int day = 0; day < 7; day++)
		sell_on(f, 1, day, 10000);	/* two cards and a stamp */
	for (int day = 0; day < 5; day++)
		sell_on(f, 2, 2 * day, 5000);	/* one card, on the fifth day */
	sell_on(f, 3, 1, 4000);			/* under the minimum */
	sell_on(f, 0, 1, 9000);			/* nobody's */
	s = simulate(f, &(struct simulation_ask){ .program = &card, .reward = &tea });
	assert_int_equal(s.sales, 13);
	assert_int_equal(s.earning_sales, 12);
	assert_int_equal(s.customers, 3);
	assert_int_equal(s.earners, 2);
	assert_int_equal(s.given, 12);
	assert_int_equal(s.goal, 3);
	assert_int_equal(s.rewards, 3);
	assert_int_equal(s.own_cost, 1800);
	assert_int_equal(s.value, 6000);
	assert_int_equal(s.reached, 2);
	assert_int_equal(s.median_days, 2);	/* 2 and 4: the earlier of the two in the middle */
	assert_int_equal(s.payment, 0);
	assert_int_equal(s.last_day - s.first_day, 8);
	assert_int_equal(points_of(f, 1, 1), 0);
}

static void points_and_the_reward_they_buy(void **state)
{
	struct fixture *f = *state;
	struct program points = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 100,
				  .point_value = 50 };
	struct reward mug = { .cost = 250, .value = 20000, .own_cost = 9000 };
	struct simulation s;

	for (int day = 0; day < 10; day++)
		sell_on(f, 1, day, 6099);	/* 60 points: 250 on the 5th and 10th day */
	s = simulate(f, &(struct simulation_ask){ .program = &points, .reward = &mug });
	assert_int_equal(s.given, 600);
	assert_int_equal(s.payment, 30000);
	assert_int_equal(s.rewards, 2);
	assert_int_equal(s.own_cost, 18000);
	assert_int_equal(s.reached, 1);
	assert_int_equal(s.median_days, 4);
	s = simulate(f, &(struct simulation_ask){ .program = &points });
	assert_int_equal(s.goal, 0);
	assert_int_equal(s.given, 600);
	assert_int_equal(s.median_days, -1);
}

static void only_the_days_that_are_asked(void **state)
{
	struct fixture *f = *state;
	struct program points = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 100 };
	int32_t first = clock_day(at("2026-03-01T10:00:00"));
	struct simulation s;

	for (int day = 0; day < 10; day++)
		sell_on(f, 1, day, 100);
	s = simulate(f, &(struct simulation_ask){ .program = &points, .from = first + 3,
						  .through = first + 4 });
	assert_int_equal(s.given, 2);
	assert_int_equal(s.first_day, first + 3);
	assert_int_equal(s.last_day, first + 4);
}

static void what_was_refunded_or_undone_earns_nothing(void **state)
{
	struct fixture *f = *state;
	struct program points = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 100 };
	struct program card = { .kind = PROGRAM_STAMPS, .goal = 10, .min_spend = 4000 };
	struct trade_run run;
	struct simulation s;
	int64_t sale;

	sale = sell(f, 1, 9990, NULL);
	MUST(give_back(f, sale, 5000));		/* floor(99 x 5000 / 9990) = 49 go */
	sell(f, 1, 7000, NULL);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	sale = sell(f, 1, 6000, NULL);
	MUST(give_back(f, sale, 0));
	s = simulate(f, &(struct simulation_ask){ .program = &points });
	assert_int_equal(s.given, 50);
	assert_int_equal(s.sales, 2);
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.given, 1);
	sale = sell(f, 1, 9000, NULL);
	MUST(give_back(f, sale, 5500));		/* what remains is under the minimum */
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.given, 1);
}

static void what_lapses_does_not_reach_the_reward(void **state)
{
	struct fixture *f = *state;
	struct program card = { .kind = PROGRAM_STAMPS, .goal = 4, .validity = VALID_DAYS,
				.valid_for = 20 };
	struct simulation s;

	for (int i = 0; i < 8; i++)
		sell_on(f, 1, 10 * i, 1000);	/* never more than three at a time */
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.given, 8);
	assert_int_equal(s.rewards, 0);
	card.validity = VALID_INACTIVE;
	card.valid_for = 1;
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.rewards, 2);
	sell_on(f, 1, 200, 1000);
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.rewards, 2);
	card.head_start = 2;
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_int_equal(s.median_days, 10);
}

static void categories_count(void **state)
{
	struct fixture *f = *state;
	struct item tea = { .name = "Chai", .category = "Tea" };
	struct item cake = { .name = "Cake", .category = "Snacks" };
	struct program card = { .kind = PROGRAM_STAMPS, .goal = 10, .per = PER_ITEM,
				.include_count = 1, .include = { { "tea" } } };
	struct line lines[2];

	MUST(item_add(&f->shop, &f->by, &tea));
	MUST(item_add(&f->shop, &f->by, &cake));
	lines[0] = (struct line){ tea.id, 2000, 4000 };
	lines[1] = (struct line){ cake.id, 3000, 6000 };
	sell(f, 1, 10000, &(struct sale){ .line_count = 2, .lines = lines });
	assert_int_equal(simulate(f, &(struct simulation_ask){ .program = &card }).given, 2);
	card.include_count = 0;
	assert_int_equal(simulate(f, &(struct simulation_ask){ .program = &card }).given, 5);
}

/* Against a program that was there all the time. */
static void simulation_is_what_would_have_been(void **state)
{
	struct fixture *f = *state;
	struct program card = { .goal = 6, .head_start = 2, .daily_cap = 2, .min_spend = 1500,
				.validity = VALID_MONTH_END };
	struct reward tea = { .value = 2000 }, cake = { .name = "Cake" };
	struct balance_question q;
	struct simulation s;
	int64_t ready_now = 0;

	add_card(f, &card, &tea);
	cake.program = card.id;
	MUST(reward_add(&f->shop, &f->by, &cake));
	card.milestone_count = 1;
	card.milestones[0] = (struct milestone){ 4, cake.id };
	MUST(program_edit(&f->shop, &f->by, &card));
	for (int i = 0; i < 600; i++)
		sell_on(f, 1 + i % 7, i / 9, 100 + (i * 7919) % 5000);
	for (int64_t c = 1; c <= 7; c++)
		for (int64_t r = 0; r < 2; r++) {
			q = (struct balance_question){
				.customer = c, .unit = unit_make(UNIT_REWARD, r ? tea.id : cake.id),
				.day = clock_day(f->by.now) };
			MUST(store_read(f->shop.store, read_balance, &q));
			ready_now += q.balance;
		}
	s = simulate(f, &(struct simulation_ask){ .program = &card });
	assert_true(s.rewards > 20);
	assert_int_equal(s.rewards, ready_now);
	assert_int_equal(s.customers, 7);
	assert_int_equal(s.sales, 600);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_card_that_is_not_there_yet),
		CASE(points_and_the_reward_they_buy),
		CASE(only_the_days_that_are_asked),
		CASE(what_was_refunded_or_undone_earns_nothing),
		CASE(what_lapses_does_not_reach_the_reward),
		CASE(categories_count),
		CASE(simulation_is_what_would_have_been),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
