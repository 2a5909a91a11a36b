/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/explain.h"

#include "tests/shop/damage.h"

static const struct format plain = { .decimals = 2, .zero = '0', .dates = DATE_ISO };

static void explains(struct fixture *f, int64_t customer, size_t most, const char *want)
{
	struct explaining ask = { .customer = customer, .now = f->by.now, .most = most,
				  .format = &plain };
	struct buf out = { 0 };

	MUST(shop_explain(&f->shop, &ask, &out));
	assert_string_equal(out.at, want);
	buf_release(&out);
}

/* It is among the lines. */
static void explains_also(struct fixture *f, int64_t customer, const char *line)
{
	struct explaining ask = { .customer = customer, .now = f->by.now, .format = &plain };
	struct buf out = { 0 };

	MUST(shop_explain(&f->shop, &ask, &out));
	if (!strstr(out.at, line))
		print_error("\"%s\" is not in:\n%s", line, out.at);
	assert_non_null(strstr(out.at, line));
	buf_release(&out);
}

static void everything_is_told_newest_first(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	explains(f, 1, 0,
		 "Asha Patel (#1)\n"
		 "sales: 3, visits: 1, from 2026-03-01 to 2026-03-01, spent 700.00 less refunds\n"
		 "Tea card: 2 of 5\n"
		 "  3 more for \"Free tea\"\n"
		 "  1 of 2026-03-01 (sale R-1)\n"
		 "  1 of 2026-03-01 (sale R-3)\n"
		 "  2026-03-01  +1  earned by sale R-3 of 200.00\n"
		 "  2026-03-01  -1  taken back: 390.00 of sale R-2 was refunded\n"
		 "  2026-03-01  +1  earned by sale R-2 of 390.00\n"
		 "  2026-03-01  +1  earned by sale R-1 of 500.00\n"
		 "Points: 70 to use\n"
		 "  as payment they are worth 70.00\n"
		 "  50 of 2026-03-01 (sale R-1)\n"
		 "  20 of 2026-03-01 (sale R-3)\n"
		 "  2026-03-01  +20  earned by sale R-3 of 200.00\n"
		 "  2026-03-01  -39  taken back: 390.00 of sale R-2 was refunded\n"
		 "  2026-03-01  +10  given back: 390.00 of sale R-2 was refunded\n"
		 "  2026-03-01  +39  earned by sale R-2 of 390.00\n"
		 "  2026-03-01  -10  paid on the bill of sale R-2\n"
		 "  2026-03-01  +50  earned by sale R-1 of 500.00\n");
	explains(f, 3, 0, "Meera Patel (#3)\nno sales yet\n");
}

static void a_ready_reward_and_what_was_undone(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	explains_also(f, 2, "\"Free tea\": 1 ready\n"
			    "  1 of 2026-03-01 (sale @23)\n"
			    "  2026-03-01  +1  made ready by sale @23\n"
			    "  2026-03-01  +1  made ready by sale R-4 (undone)\n");
	explains_also(f, 2, "  2026-03-01  +4  brought as the opening balance\n");
	explains_also(f, 2, "  2026-03-01  -5  for \"Free tea\", at sale @23\n");
}

static void only_so_many_are_told(void **state)
{
	struct fixture *f = *state;

	busy_shop(f);
	explains(f, 1, 1,
		 "Asha Patel (#1)\n"
		 "sales: 3, visits: 1, from 2026-03-01 to 2026-03-01, spent 700.00 less refunds\n"
		 "Tea card: 2 of 5\n"
		 "  3 more for \"Free tea\"\n"
		 "  1 of 2026-03-01 (sale R-1)\n"
		 "  further lots: 1\n"
		 "  2026-03-01  +1  earned by sale R-3 of 200.00\n"
		 "  earlier entries: 3\n"
		 "Points: 70 to use\n"
		 "  as payment they are worth 70.00\n"
		 "  50 of 2026-03-01 (sale R-1)\n"
		 "  further lots: 1\n"
		 "  2026-03-01  +20  earned by sale R-3 of 200.00\n"
		 "  earlier entries: 5\n");
}

static void what_waits_lapses_and_is_owed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_DAYS, .valid_for = 10,
			     .pending_days = 3, .point_value = 50, .min_redeem = 40 };
	struct reward mug = { .cost = 45, .value = 1000, .name = "Mug" };
	struct adjustment a = { .customer = 1, .amount = -5, .reason = "a card twice" };
	struct trade_run run;
	struct swept swept;
	int64_t sale;

	add_people(f);
	add_points(f, &p);
	a.program = mug.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &mug));
	sale = sell(f, 1, 3000, NULL);
	explains_also(f, 1, "Points: 0 to use, 30 waiting\n"
			    "  45 more for \"Mug\", which takes 45\n"
			    "  30 of 2026-03-01 (sale @7): usable from 2026-03-04, good through "
			    "2026-03-11\n");
	f->by.now += 5 * 24 * CLOCK_HOUR;
	MUST(balance_adjust(&f->shop, &f->by, &a, &run));
	explains_also(f, 1, "Points: 25 to use\n"
			    "  as payment from 40 on\n"
			    "  20 more for \"Mug\", which takes 45\n"
			    "  25 of 2026-03-01 (sale @7): good through 2026-03-11\n"
			    "  2026-03-06  -5  adjusted by hand: a card twice\n");
	f->by.now += 6 * 24 * CLOCK_HOUR;
	explains_also(f, 1, "Points: 0 to use\n");
	explains_also(f, 1, "  25 of 2026-03-01 (sale @7) lapsed after 2026-03-11\n");
	MUST(sweep(&f->shop, &f->by, &swept));
	MUST(give_back(f, sale, 1000));
	explains_also(f, 1, "Points: owes 10; what comes next fills that first\n");
	explains_also(f, 1, "  2026-03-12  -25  lapsed\n");
	explains_also(f, 1, "  2026-03-12  -10  taken back: 10.00 of sale @7 was refunded\n");
}

static void rewards_that_were_bought_and_claimed(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct reward mug = { .cost = 20, .value = 1000, .kind = REWARD_GIFT, .name = "Mug" };
	struct trade_run run;

	add_people(f);
	add_points(f, &p);
	mug.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &mug));
	sell(f, 1, 5000, &(struct sale){ .receipt = "R-1" });
	MUST(reward_claim(&f->shop, &f->by, &(struct claim){
		.customer = 1, .reward = mug.id, .receipt = "R-1" }, &run));
	sell(f, 1, 4000, &(struct sale){ .receipt = "R-2", .reward = mug.id });
	explains_also(f, 1, "Points: 50 to use\n  enough for \"Mug\", which takes 20\n");
	explains_also(f, 1, "  2026-03-01  -20  \"Mug\" claimed on sale R-1\n");
	explains_also(f, 1, "  2026-03-01  -20  for \"Mug\", at sale R-2\n");
	explains_also(f, 1, "\"Mug\": none ready\n"
			    "  2026-03-01  -1  used on sale R-2\n"
			    "  2026-03-01  +1  made ready by sale R-2\n"
			    "  2026-03-01  -1  \"Mug\" claimed on sale R-1\n"
			    "  2026-03-01  +1  bought with points\n");
}

static void absence_and_milestones(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_INACTIVE, .valid_for = 2 };
	struct program card = { .goal = 6, .head_start = 2 };
	struct reward tea = { .value = 2000 }, cake = { .name = "Cake" };

	add_people(f);
	add_points(f, &p);
	add_card(f, &card, &tea);
	cake.program = card.id;
	MUST(reward_add(&f->shop, &f->by, &cake));
	card.milestone_count = 1;
	card.milestones[0] = (struct milestone){ 4, cake.id };
	MUST(program_edit(&f->shop, &f->by, &card));
	sell(f, 1, 5000, NULL);
	explains_also(f, 1, "Points: 50 to use\n  lapse unless there is a visit through "
			    "2026-05-01\n");
	explains_also(f, 1, "Tea card: 3 of 6\n"
			    "  3 more for \"Free tea\"\n"
			    "  1 more for \"Cake\" on the way\n");
	explains_also(f, 1, "  2026-03-01  +2  a head start, with sale @");
	f->by.now = at("2026-05-02T10:00:00");
	explains_also(f, 1, "Points: 0 to use\n  lapsed: the last visit was 2026-03-01, and there "
			    "was none through 2026-05-01\n");
}

static void nobody_is_not_explained(void **state)
{
	struct fixture *f = *state;
	struct buf out = { 0 };

	assert_int_equal(shop_explain(&f->shop, &(struct explaining){ .customer = 17 }, &out),
			 ST_NOT_FOUND);
	buf_release(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(everything_is_told_newest_first),
		CASE(a_ready_reward_and_what_was_undone),
		CASE(only_so_many_are_told),
		CASE(what_waits_lapses_and_is_owed),
		CASE(rewards_that_were_bought_and_claimed),
		CASE(absence_and_milestones),
		CASE(nobody_is_not_explained),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
