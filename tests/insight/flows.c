/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/owed.h"

#include "tests/insight/trade.h"

/* What is read of the journal, and what it adds up to: beside the balances. */

static struct flow_person person_of(const struct flows *f, int64_t customer)
{
	struct flow_person p = { 0 };

	while (flows_next(f, &p) && p.customer != customer)
		;
	assert_int_equal(p.customer, customer);
	return p;
}

static int64_t sum_of(const struct flow_person *p, int64_t unit)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += flow_at(p, i)->unit == unit ? flow_at(p, i)->amount : 0;
	return sum;
}

static void add_tea_card(struct fixture *f, struct program *p, struct reward *r)
{
	*p = (struct program){ .goal = 3 };
	*r = (struct reward){ .value = 2000, .own_cost = 500 };
	add_card(f, p, r);
}

static void what_was_undone_is_left_out(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha");
	struct program p;
	struct reward r;
	struct flows flows;
	struct flow_person person;

	add_tea_card(f, &p, &r);
	sell_on(f, day("2026-03-02"), asha, 5000);
	sell_on(f, day("2026-03-03"), asha, 7000);
	take_back_last(f);
	flows = flows_now(f);
	person = person_of(&flows, asha);
	assert_int_equal(person.n, 2);
	assert_int_equal(sum_of(&person, FLOW_PAID), 5000);
	assert_int_equal(sum_of(&person, unit_make(UNIT_PROGRAM, p.id)), 1);
	assert_int_equal(flows.last_day, day("2026-03-02"));
	assert_int_equal(flows_joined(&person, p.id), day("2026-03-02"));
	assert_int_equal(flows_last_visit(&person, day("2026-03-01")), 0);
	flows_release(&flows);
}

static void nobody_known_comes_first_and_is_nobody(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha");
	struct flow_person person = { 0 };
	struct flows flows;

	sell_on(f, day("2026-03-02"), asha, 5000);
	sell_on(f, day("2026-03-04"), 0, 900);
	flows = flows_now(f);
	assert_int_equal(flows.n, 2);
	assert_int_equal(flows.nobody, 1);
	assert_int_equal(flows.last_day, day("2026-03-04"));
	assert_true(flows_next(&flows, &person));
	assert_int_equal(person.customer, asha);
	assert_false(flows_next(&flows, &person));
	flows_release(&flows);
}

static void who_was_merged_is_one_person(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), other = somebody(f, "Asha P.");
	struct flow_person person;
	struct flows flows;
	struct program p;
	struct reward r;

	add_tea_card(f, &p, &r);
	sell_on(f, day("2026-03-02"), other, 5000);
	sell_on(f, day("2026-03-03"), asha, 6000);
	merge_people(f, other, asha);
	flows = flows_now(f);
	person = person_of(&flows, asha);
	assert_int_equal(person.n, 4);
	assert_int_equal(flow_at(&person, 0)->day, day("2026-03-02"));
	assert_int_equal(sum_of(&person, unit_make(UNIT_PROGRAM, p.id)), 2);
	flows_release(&flows);
}

static void what_lapsed_is_gone_after_its_last_day_swept_or_not(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha");
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_DAYS, .valid_for = 10,
			     .point_value = 10 };
	struct swept swept;

	add_points(f, &p);
	sell_on(f, day("2026-03-02"), asha, 5000);
	go_to(f, day("2026-03-20"));
	for (int round = 0; round < 2; round++) {
		struct flows flows = flows_now(f);
		struct flow_person person = person_of(&flows, asha);
		const struct flow *lapsed = flow_at(&person, 2);

		assert_int_equal(person.n, 3);
		assert_int_equal(lapsed->counter, COUNTER_EXPIRED);
		assert_int_equal(lapsed->amount, -50);
		assert_int_equal(lapsed->through, day("2026-03-12"));
		assert_int_equal(lapsed->day, day("2026-03-13"));
		flows_release(&flows);
		MUST(sweep(&f->shop, &f->by, &swept));
		assert_int_equal(swept.entries, round ? 0 : 1);
	}
}

static void a_refund_takes_from_the_lot_it_gave(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), sale;
	struct program p = { .earn = 1, .spend = 100, .validity = VALID_DAYS, .valid_for = 10,
			     .point_value = 10 };
	struct flow_person person;
	struct flows flows;

	add_points(f, &p);
	sale = sell_on(f, day("2026-03-02"), asha, 5000);
	go_to(f, day("2026-03-04"));
	MUST(give_back(f, sale, 2000));
	flows = flows_now(f);
	person = person_of(&flows, asha);
	assert_int_equal(person.n, 4);
	assert_int_equal(flow_at(&person, 3)->amount, -20);
	assert_int_equal(flow_at(&person, 3)->counter, COUNTER_ISSUED);
	assert_int_equal(flow_at(&person, 3)->through, day("2026-03-12"));
	assert_int_equal(sum_of(&person, FLOW_PAID), 3000);
	flows_release(&flows);
}

static void only_these_people(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), bina = somebody(f, "Bina");
	struct people_set only = { 0 };
	struct flow_person person = { 0 };
	struct flows flows;

	sell_on(f, day("2026-03-02"), asha, 5000);
	sell_on(f, day("2026-03-03"), bina, 5000);
	sell_on(f, day("2026-03-05"), 0, 5000);
	people_add(&only, asha);
	MUST(flows_read(f->shop.store, &only, today(f), &flows));
	assert_int_equal(flows.n, 1);
	assert_true(flows_next(&flows, &person));
	assert_int_equal(person.customer, asha);
	assert_int_equal(flows.first_day, day("2026-03-02"));
	assert_int_equal(flows.last_day, day("2026-03-05"));
	flows_release(&flows);
	people_release(&only);
}

/* -- a shop at random, beside its balances on every day -- */

enum { PEOPLE = 6, DAYS = 150 };

struct shop_of_chance {
	struct fixture *f;
	uint32_t state;
	int64_t people[PEOPLE];
	struct program card, points, present;
	struct reward tea, half;
	struct liability days[DAYS];
};

static uint32_t chance(struct shop_of_chance *s, uint32_t of)
{
	s->state = s->state * 1664525 + 1013904223;
	return (s->state >> 8) % of;
}

static void make_programs(struct shop_of_chance *s)
{
	struct fixture *f = s->f;

	s->tea = (struct reward){ .value = 2000, .own_cost = 500 };
	s->card = (struct program){ .goal = 4, .validity = VALID_DAYS, .valid_for = 40,
				    .reward_days = 15 };
	add_card(f, &s->card, &s->tea);
	s->points = (struct program){ .earn = 1, .spend = 100, .validity = VALID_DAYS,
				      .valid_for = 25, .point_value = 10, .pending_days = 2 };
	add_points(f, &s->points);
	s->half = (struct reward){ .name = "Scarf", .program = s->points.id, .cost = 60,
				   .kind = REWARD_GIFT, .value = 900 };
	MUST(reward_add(&f->shop, &f->by, &s->half));
	s->present = (struct program){ .name = "While you come", .kind = PROGRAM_POINTS,
				       .from = 1, .earn = 1, .spend = 500, .point_value = 7,
				       .validity = VALID_INACTIVE, .valid_for = 1 };
	MUST(program_add(&f->shop, &f->by, &s->present));
}

/* Refusals are fine: what is not there cannot be claimed or given back. */
static void deed(struct shop_of_chance *s)
{
	struct fixture *f = s->f;
	int64_t who = s->people[chance(s, PEOPLE)];
	int64_t amount = 100 + chance(s, 9000);
	struct sale paid = { .points = 20, .points_program = s->points.id };
	struct trade_run run;
	struct swept swept;
	enum status st = ST_OK;

	f->by.now += CLOCK_MINUTE;
	switch (chance(s, 14)) {
	case 0: st = claim(f, who, s->tea.id); break;
	case 1: st = claim(f, who, s->half.id); break;
	case 2: st = give_back(f, 1 + (int64_t)chance(s, 600), amount); break;
	case 3: st = undo_last(&f->shop, &f->by, 0, &run); break;
	case 4: MUST(sweep(&f->shop, &f->by, &swept)); break;
	case 5:
		paid.customer = who;
		paid.amount = amount;
		paid.source = paid.receipt = "";
		st = sale_add(&f->shop, &f->by, &paid, &run);
		break;
	default: sell(f, who, amount, NULL);
	}
	(void)st;
}

static void trade_at_random(struct shop_of_chance *s, int32_t first)
{
	for (int i = 0; i < DAYS; i++) {
		go_to(s->f, first + i);
		for (uint32_t n = chance(s, 6); n > 0; n--)
			deed(s);
		s->days[i] = liability_now(s->f);
	}
}

static void assert_owed_as_then(const struct shop_of_chance *s, const struct flows *flows,
				int32_t first)
{
	struct owed owed[DAYS];

	for (int i = 0; i < DAYS; i++)
		owed[i] = (struct owed){ .day = first + i };
	MUST(owed_on(flows, owed, DAYS));
	for (int i = 0; i < DAYS; i++) {
		assert_int_equal(owed[i].points, s->days[i].points_value);
		assert_int_equal(owed[i].rewards, s->days[i].rewards_value);
		owed_release(&owed[i]);
	}
}

/* Since the beginning, and what has lapsed but was not taken off counts too. */
static void assert_given_as_held(const struct shop_of_chance *s, const struct flows *flows)
{
	const struct liability *l = &s->days[DAYS - 1];
	struct given_away given[3];
	int64_t lapsed = 0;

	assert_int_equal(l->program_count, 3);
	MUST(given_in(flows, CLOCK_FIRST_DAY, CLOCK_LAST_DAY, given));
	for (int i = 0; i < 2; i++) {
		const struct holdings *held = &l->programs[i].held, *r = &l->rewards[i].held;

		assert_int_equal(given[i].earned, held->issued);
		assert_int_equal(given[i].lapsed, held->expired + held->lapsed);
		assert_int_equal(given[i].issued, r->issued);
		assert_int_equal(given[i].claimed, r->redeemed);
		assert_int_equal(given[i].unclaimed, r->expired + r->lapsed);
		lapsed += given[i].lapsed + given[i].unclaimed;
	}
	assert_int_equal(given[2].lapsed, l->programs[2].held.expired);
	assert_int_equal(given[0].rewards_cost, given[0].claimed * 500);
	assert_int_equal(given[1].rewards_cost, given[1].claimed * 900);
	assert_true(lapsed > 0 && given[0].claimed > 0 && given[1].paid > 0);
}

static void every_day_is_owed_what_was_owed_then(void **state)
{
	static const char *const names[PEOPLE] = {
		"Asha", "Bhavesh", "Chitra", "Dilip", "Esha", "Farouk" };
	static struct shop_of_chance s;
	struct flows flows;
	int32_t first = day("2026-03-02");

	for (uint32_t seed = 1; seed <= 3; seed++) {
		s = (struct shop_of_chance){ .f = *state, .state = seed };
		if (seed > 1) {
			fixture_teardown(state);
			fixture_setup(state);
			s.f = *state;
		}
		for (int i = 0; i < PEOPLE; i++)
			s.people[i] = somebody(s.f, names[i]);
		make_programs(&s);
		trade_at_random(&s, first);
		flows = flows_now(s.f);
		assert_owed_as_then(&s, &flows, first);
		assert_given_as_held(&s, &flows);
		flows_release(&flows);
		for (int i = 0; i < DAYS; i++)
			liability_release(&s.days[i]);
	}
}

static void in_parts_and_later_is_the_same(void **state)
{
	struct fixture *f = *state;
	int64_t asha = somebody(f, "Asha"), other = somebody(f, "Asha P.");
	struct flows parts = { 0 }, all;
	struct program p;
	struct reward r;
	int done;

	add_tea_card(f, &p, &r);
	for (int i = 0; i < 8; i++) {
		sell_on(f, day("2026-03-02") + i, i % 2 ? asha : other, 5000);
		if (i == 4)
			take_back_last(f);
		if (i == 6)
			merge_people(f, other, asha);
		MUST(flows_update(f->shop.store, today(f), &parts, &done));
		assert_true(parts.whole);
		assert_int_equal(done, 1000);
		all = flows_now(f);
		assert_int_equal(parts.n, all.n);
		for (size_t k = 0; k < all.n; k++)
			assert_memory_equal(&parts.row[k], &all.row[k], sizeof(*all.row));
		assert_memory_equal(parts.order, all.order, all.n * sizeof(*all.order));
		flows_release(&all);
	}
	flows_release(&parts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TRADE_TEST(what_was_undone_is_left_out),
		TRADE_TEST(nobody_known_comes_first_and_is_nobody),
		TRADE_TEST(who_was_merged_is_one_person),
		TRADE_TEST(what_lapsed_is_gone_after_its_last_day_swept_or_not),
		TRADE_TEST(a_refund_takes_from_the_lot_it_gave),
		TRADE_TEST(only_these_people),
		TRADE_TEST(every_day_is_owed_what_was_owed_then),
		TRADE_TEST(in_parts_and_later_is_the_same),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
