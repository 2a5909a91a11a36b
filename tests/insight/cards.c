/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cards.h"

#include "tests/insight/trade.h"

/* The cards of one customer, from sales as they are booked. Goal 4. */

struct one {
	struct fixture *f;
	int64_t asha;
	struct program program;
	struct reward reward;
	struct flows flows;
	struct cards cards;
	int32_t start;
};

static struct one one_with(void **state, struct program program)
{
	struct one o = { .f = *state, .program = program, .start = day("2026-03-02") };

	o.asha = somebody(o.f, "Asha");
	o.program.goal = 4;
	add_card(o.f, &o.program, &o.reward);
	return o;
}

static int64_t sell_after(struct one *o, int days)
{
	return sell_on(o->f, o->start + days, o->asha, 5000);
}

static void read_cards(struct one *o)
{
	struct flow_person p = { 0 };

	o->flows = flows_now(o->f);
	while (flows_next(&o->flows, &p) && p.customer != o->asha)
		;
	assert_int_equal(p.customer, o->asha);
	o->cards = (struct cards){ 0 };
	cards_of(&p, o->program.id, today(o->f), &o->cards);
}

static void done(struct one *o)
{
	cards_release(&o->cards);
	flows_release(&o->flows);
}

static void assert_card(const struct one *o, size_t i, int begun, int filled)
{
	assert_true(i < o->cards.n);
	assert_int_equal(o->cards.row[i].begun, o->start + begun);
	assert_int_equal(o->cards.row[i].filled, filled < 0 ? 0 : o->start + filled);
}

static void a_card_fills_and_the_next_begins_with_the_next_stamp(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	static const int days[] = { 0, 4, 9, 11, 11, 20 };
	struct card_pace pace;

	for (size_t i = 0; i < 6; i++)
		sell_after(&o, days[i]);
	read_cards(&o);
	assert_int_equal(o.cards.n, 2);
	assert_card(&o, 0, 0, 11);
	assert_int_equal(o.cards.row[0].size, 4);
	assert_card(&o, 1, 11, -1);
	assert_true(card_pace(&o.cards, &o.cards.row[0], &pace));
	assert_true(pace.first == 4 && pace.last == 2);
	assert_false(card_pace(&o.cards, &o.cards.row[1], &pace));
	done(&o);
}

static void stamps_of_one_day_are_one_visit(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	static const int days[] = { 0, 3, 3, 8 };
	struct card_pace pace;

	for (size_t i = 0; i < 4; i++)
		sell_after(&o, days[i]);
	read_cards(&o);
	assert_card(&o, 0, 0, 8);
	assert_int_equal(o.cards.row[0].visits, 3);
	assert_true(card_pace(&o.cards, &o.cards.row[0], &pace));
	assert_true(pace.first == 3 && pace.last == 5);
	done(&o);
}

static void what_is_left_over_begins_the_next(void **state)
{
	struct one o = one_with(state, (struct program){ .per = PER_ITEM });
	struct line line = { .quantity = 9000, .amount = 9000 };
	struct sale six = { .line_count = 1, .lines = &line };

	go_to(o.f, o.start);
	sell(o.f, o.asha, 0, &six);
	read_cards(&o);
	assert_int_equal(o.cards.n, 3);
	assert_card(&o, 0, 0, 0);
	assert_int_equal(o.cards.row[0].size, 4);
	assert_card(&o, 1, 0, 0);
	assert_card(&o, 2, 0, -1);
	done(&o);
}

static void a_refund_makes_a_card_stand_again(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	int64_t last = 0;

	for (int i = 0; i < 4; i++)
		last = sell_after(&o, i);
	go_to(o.f, o.start + 5);
	MUST(give_back(o.f, last, 0));
	read_cards(&o);
	assert_int_equal(o.cards.n, 1);
	assert_card(&o, 0, 0, -1);
	done(&o);
	sell_after(&o, 7);
	read_cards(&o);
	assert_int_equal(o.cards.n, 1);
	assert_card(&o, 0, 0, 7);
	done(&o);
}

static void a_claimed_reward_stays_and_a_stamp_is_owed(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	int64_t last = 0;

	for (int i = 0; i < 4; i++)
		last = sell_after(&o, i);
	MUST(claim(o.f, o.asha, o.reward.id));
	go_to(o.f, o.start + 5);
	MUST(give_back(o.f, last, 0));
	sell_after(&o, 6);
	read_cards(&o);
	assert_int_equal(o.cards.n, 1);
	assert_card(&o, 0, 0, 3);
	done(&o);
	sell_after(&o, 8);
	read_cards(&o);
	assert_int_equal(o.cards.n, 2);
	assert_card(&o, 1, 8, -1);
	done(&o);
}

static void a_card_whose_sale_was_refunded_or_undone_never_was(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	int64_t sale = sell_after(&o, 0);

	go_to(o.f, o.start + 1);
	MUST(give_back(o.f, sale, 0));
	sell_after(&o, 2);
	take_back_last(o.f);
	read_cards(&o);
	assert_int_equal(o.cards.n, 0);
	done(&o);
}

static void a_card_whose_stamps_lapsed_ended(void **state)
{
	struct one o = one_with(state, (struct program){
		.validity = VALID_DAYS, .valid_for = 10 });

	sell_after(&o, 0);
	sell_after(&o, 11);	/* the other was good through day 10 */
	read_cards(&o);
	assert_int_equal(o.cards.n, 2);
	assert_card(&o, 0, 0, -1);
	assert_card(&o, 1, 11, -1);
	done(&o);
}

static void cards_of_two_who_are_one_are_one(void **state)
{
	struct one o = one_with(state, (struct program){ 0 });
	int64_t other = somebody(o.f, "Asha P.");

	sell_on(o.f, o.start, other, 5000);
	sell_on(o.f, o.start + 1, other, 5000);
	sell_after(&o, 2);
	merge_people(o.f, other, o.asha);
	sell_after(&o, 3);
	read_cards(&o);
	assert_int_equal(o.cards.n, 1);
	assert_card(&o, 0, 0, 3);
	done(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TRADE_TEST(a_card_fills_and_the_next_begins_with_the_next_stamp),
		TRADE_TEST(stamps_of_one_day_are_one_visit),
		TRADE_TEST(what_is_left_over_begins_the_next),
		TRADE_TEST(a_refund_makes_a_card_stand_again),
		TRADE_TEST(a_claimed_reward_stays_and_a_stamp_is_owed),
		TRADE_TEST(a_card_whose_sale_was_refunded_or_undone_never_was),
		TRADE_TEST(a_card_whose_stamps_lapsed_ended),
		TRADE_TEST(cards_of_two_who_are_one_are_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
