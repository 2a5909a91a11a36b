/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/standing.h"

#include "tests/shop/people.h"

/* How a customer stands today, and what is missing for a reward. */

static int64_t somebody(struct fixture *f)
{
	struct customer c = named("Asha Patel");

	return add_customer(f, &c);
}

static void stand(struct fixture *f, int64_t customer, struct standing *s)
{
	MUST(standing_read(&f->shop, customer, clock_day(f->by.now), s));
}

static void a_card_says_what_is_missing(void **state)
{
	struct fixture *f = *state;
	struct program p = { .goal = 5 };
	struct reward tea = { .kind = REWARD_FREE }, biscuit = { .kind = REWARD_FREE };
	int64_t asha = somebody(f);
	struct standing s;

	add_card(f, &p, &tea);
	strcpy(biscuit.name, "Biscuit");
	biscuit.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &biscuit));
	p.milestone_count = 1;
	p.milestones[0] = (struct milestone){ 2, biscuit.id };
	MUST(program_edit(&f->shop, &f->by, &p));
	for (int i = 0; i < 3; i++)
		sell(f, asha, 1000, NULL);

	stand(f, asha, &s);
	assert_int_equal(standing_balance(&s, &p), 3);
	assert_int_equal(standing_missing(&s, &tea), 2);
	assert_int_equal(standing_missing(&s, &biscuit), 4);	/* two, and two of the next card */
	assert_int_equal(standing_ready(&s, &biscuit), 1);
	assert_true(standing_can_have(&s, &biscuit));
	assert_false(standing_can_have(&s, &tea));
	standing_release(&s);
}

static void points_are_worth_money_from_a_least_number_on(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 10, .min_redeem = 20 };
	struct reward packet = { .kind = REWARD_FREE, .cost = 150 };
	int64_t asha = somebody(f);
	struct standing s;

	add_points(f, &p);
	strcpy(packet.name, "Tea 250 g");
	packet.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &packet));
	sell(f, asha, 14900, NULL);

	stand(f, asha, &s);
	assert_int_equal(standing_balance(&s, &p), 149);
	assert_int_equal(standing_missing(&s, &packet), 1);
	assert_false(standing_can_have(&s, &packet));
	assert_int_equal(points_worth(&p, 149), 1490);
	assert_int_equal(points_worth(&p, 19), 0);
	standing_release(&s);

	sell(f, asha, 100, NULL);
	stand(f, asha, &s);
	assert_int_equal(standing_missing(&s, &packet), 0);
	assert_true(standing_can_have(&s, &packet));
	standing_release(&s);
}

static void what_lapses_by_absence_is_not_there(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_INACTIVE, .valid_for = 1 };
	int64_t asha = somebody(f);
	struct standing s;

	add_points(f, &p);
	sell(f, asha, 500, NULL);
	f->by.now += 60 * 24 * CLOCK_HOUR;
	stand(f, asha, &s);
	assert_int_equal(standing_balance(&s, &p), 0);
	assert_int_equal(s.holder.positions[0].balance, 5);
	standing_release(&s);
}

static void a_debt_comes_on_top_of_what_is_missing(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100, .point_value = 10 };
	struct reward packet = { .kind = REWARD_FREE, .cost = 20 };
	int64_t asha = somebody(f), sale;
	struct standing s;

	add_points(f, &p);
	strcpy(packet.name, "Tea 250 g");
	packet.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &packet));
	sale = sell(f, asha, 10000, NULL);
	sell(f, asha, 1000, &(struct sale){ .points = 100 });
	MUST(give_back(f, sale, 0));
	stand(f, asha, &s);
	assert_int_equal(standing_balance(&s, &p), -100);
	assert_int_equal(standing_missing(&s, &packet), 120);
	assert_false(standing_can_have(&s, &packet));
	standing_release(&s);
}

static void who_is_not_there_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct standing s;

	assert_int_equal(standing_read(&f->shop, 99, 1, &s), ST_NOT_FOUND);
	standing_release(&s);
	MUST(standing_read(&f->shop, 0, 1, &s));
	assert_int_equal(s.holder.position_count, 0);
	standing_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_card_says_what_is_missing, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(points_are_worth_money_from_a_least_number_on,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_lapses_by_absence_is_not_there,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(a_debt_comes_on_top_of_what_is_missing,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(who_is_not_there_is_not_found, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
