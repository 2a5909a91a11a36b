/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/tell_rules.h"

#include <string.h>

#include "screens/program_form_draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* Rules said back: what an owner reads before and after saving them. */

static const struct format rupees = {
	.symbol = "₹", .decimals = 2, .grouping = GROUPING_INDIAN, .dates = DATE_DMY, .zero = '0'
};

static struct reward tea = { .id = 7, .name = "Free tea" };
static struct rewards rewards = { .row = &tea, .n = 1, .cap = 1 };

static void assert_said(struct buf *said, const char *sentence)
{
	assert_string_equal(said->at ? said->at : "", sentence);
	buf_release(said);
}

static void assert_rules(const struct program *p, const char *sentence)
{
	struct buf said = { 0 };

	program_say(p, &rewards, &rupees, &said);
	assert_said(&said, sentence);
}

static void assert_more(const struct program *p, const char *sentence)
{
	struct buf said = { 0 };

	program_say_more(p, &rewards, &rupees, &said);
	assert_said(&said, sentence);
}

static void stamp_cards(void **state)
{
	struct program p = { .kind = PROGRAM_STAMPS, .goal = 10, .reward = 7 };

	(void)state;
	assert_rules(&p, "Every sale gives 1 stamp. 10 stamps: Free tea.");
	p.min_spend = 5000;
	assert_rules(&p, "Every sale of ₹50 or more gives 1 stamp. 10 stamps: Free tea.");
	strcpy(p.include[0].name, "tea");
	strcpy(p.include[1].name, "snacks");
	p.include_count = 2;
	assert_rules(&p, "Every sale of ₹50 or more with something from tea, snacks gives "
			 "1 stamp. 10 stamps: Free tea.");
	p.min_spend = 0;
	p.goal = 1;
	assert_rules(&p, "Every sale with something from tea, snacks gives 1 stamp. 1 stamp: "
			 "Free tea.");
	p.per = PER_ITEM;
	p.goal = 10;
	p.reward = 99;			/* of which nothing is known */
	assert_rules(&p, "Every item from tea, snacks gives 1 stamp. 10 stamps fill the card, "
			 "which gives nothing yet.");
	p.include_count = 0;
	p.min_spend = 5050;
	p.reward = 7;
	assert_rules(&p, "Every item gives 1 stamp. Only sales of ₹50.50 or more count. "
			 "10 stamps: Free tea.");
}

static void points(void **state)
{
	struct program p = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 10000 };

	(void)state;
	assert_rules(&p, "1 point for every ₹100 paid.");
	p.earn = 5;
	p.min_spend = 20000;
	p.include_count = 1;
	strcpy(p.include[0].name, "tea");
	assert_rules(&p, "5 points for every ₹100 paid. Only sales of ₹200 or more count. Only "
			 "these count: tea.");
	p.spend = 0;			/* not said yet */
	p.min_spend = 0;
	p.include_count = 0;
	assert_rules(&p, "");
}

static void finer_rules(void **state)
{
	struct program p = { .kind = PROGRAM_STAMPS, .goal = 10, .head_start = 2, .daily_cap = 1,
			     .validity = VALID_MONTHS, .valid_for = 12, .reward_days = 30,
			     .milestone_count = 1, .milestones = { { 5, 7 } },
			     .exclude_count = 1, .exclude = { { "packets" } }, .stopped = true };
	struct program q = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 100, .point_value = 50,
			     .min_redeem = 20, .max_share = 5000, .pending_days = 1,
			     .validity = VALID_INACTIVE, .valid_for = 1 };

	(void)state;
	assert_more(&p, "On the way, at 5 stamps: Free tea. These do not count: packets. The "
			"first stamp brings 2 more as a head start. At most 1 a day for one "
			"customer. Good for 12 months. The reward is good for 30 days. It is "
			"stopped: it gives nothing new, and what was given stays good.");
	assert_more(&q, "Points can be used after 1 day. A point takes ₹0.50 off a bill. They pay "
			"from 20 points on. They pay at most 50 % of a bill. Lost after 1 month "
			"without a visit.");
	assert_more(&(struct program){ .kind = PROGRAM_STAMPS, .goal = 3 }, "");
}

static void kinds_of_reward(void **state)
{
	const struct program card = { .kind = PROGRAM_STAMPS, .goal = 10 };
	const struct program points = { .kind = PROGRAM_POINTS, .earn = 1, .spend = 100 };
	struct reward r = { .name = "Ten off", .kind = REWARD_PERCENT, .percent = 1000,
			    .most = 5000, .cost = 200, .min_bill = 10000, .per_customer = 1 };
	struct buf said = { 0 };

	(void)state;
	reward_say(&r, &points, &rupees, &said);
	assert_said(&said, "200 points: Ten off (10 % off, at most ₹50). Only on a bill of ₹100 or "
			   "more. One customer can have it 1 time.");
	reward_say_short(&r, &rupees, &said);
	assert_said(&said, "200 points: 10 % off, at most ₹50");
	r = (struct reward){ .name = "Free tea", .value = 2000, .own_cost = 600, .stock = 5 };
	reward_say(&r, &card, &rupees, &said);
	assert_said(&said, "Free tea (free). It is worth ₹20 to the customer. It costs you ₹6. "
			   "There are 5 in all.");
	reward_say_short(&r, &rupees, &said);
	assert_said(&said, "free, worth ₹20");
	r = (struct reward){ .name = "Off", .kind = REWARD_AMOUNT, .value = 2000 };
	reward_say_short(&r, &rupees, &said);
	assert_said(&said, "₹20 off");
	r.kind = REWARD_GIFT;
	reward_say_short(&r, &rupees, &said);
	assert_said(&said, "a gift, worth ₹20");
}

/* -- drafts -- */

static void drafts_begin_with_what_fits_the_shop(void **state)
{
	static const struct { int64_t typical, spend; } shops[] = {
		{ 0, 1000 }, { 5500, 500 }, { 12000, 1000 }, { 250000, 20000 }, { 7, 1000 },
	};
	struct program_draft d;

	(void)state;
	for (size_t i = 0; i < sizeof(shops) / sizeof(shops[0]); i++) {
		program_draft_begin(&d, SHAPE_POINTS, 20000, shops[i].typical);
		assert_int_equal(d.spend, shops[i].spend);
		assert_int_equal(d.earn, 1);
		assert_int_equal(d.cost, 100);
	}
	program_draft_begin(&d, SHAPE_VISIT, 20000, 0);
	assert_int_equal(d.goal, 10);
	assert_int_equal(d.from, 20000);
	assert_string_equal(d.name, "Stamp card");
}

static void categories_go_both_ways(void **state)
{
	struct program p = { .kind = PROGRAM_STAMPS, .goal = 5, .validity = VALID_DAYS,
			     .valid_for = 9, .include_count = 2,
			     .include = { { "tea" }, { "fine snacks" } } };
	struct program_draft d;

	(void)state;
	program_draft_from(&d, &p);
	assert_string_equal(d.category, "tea, fine snacks");
	strcpy(d.category, " ,cakes,,  tea  ,");
	assert_int_equal(program_draft_program(&d, &p), ST_OK);
	assert_int_equal(p.include_count, 2);
	assert_string_equal(p.include[0].name, "cakes");
	assert_string_equal(p.include[1].name, "tea");
	assert_int_equal(p.valid_for, 9);	/* what no form asks for stays */
	strcpy(d.category, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q");
	assert_int_equal(program_draft_program(&d, &p), ST_REFUSED);
}

static void money_off_costs_what_it_takes_off(void **state)
{
	const struct program p = { .id = 3, .kind = PROGRAM_POINTS };
	struct program_draft d = { .reward = "Off", .kind = REWARD_AMOUNT, .value = 2000,
				   .own_cost = 1, .cost = 50 };
	struct reward r;

	(void)state;
	program_draft_reward(&d, &p, &r);
	assert_int_equal(r.own_cost, 2000);
	assert_int_equal(r.cost, 50);
	assert_int_equal(r.program, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stamp_cards),
		cmocka_unit_test(points),
		cmocka_unit_test(finer_rules),
		cmocka_unit_test(kinds_of_reward),
		cmocka_unit_test(drafts_begin_with_what_fits_the_shop),
		cmocka_unit_test(categories_go_both_ways),
		cmocka_unit_test(money_off_costs_what_it_takes_off),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
