/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include "insight/scan.h"
#include "shop/verify.h"

/* Two customers become one. */

static enum status merge_into(struct fixture *f, int64_t from, int64_t into)
{
	struct customer_merge m = { .from = from, .into = into };
	struct customer_merged done;
	enum status st = customer_merge(&f->shop, &f->by, &m, &done);

	holder_release(&done.holder);
	return st;
}

static enum status read_customer(struct txn *txn, void *arg)
{
	struct customer *c = arg;

	assert_true(customer_get(txn, c->id, c));
	return txn_status(txn);
}

static struct customer customer_of(struct fixture *f, int64_t id)
{
	struct customer c = { .id = id };

	MUST(store_read(f->shop.store, read_customer, &c));
	return c;
}

static void say_fault(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

static void assert_sound(struct fixture *f)
{
	struct verify_watch watch = { .fault = say_fault };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	MUST(shop_verify(&f->shop, &ask, &result));
	assert_int_equal(result.faults, 0);
}

/* What repair makes is what was there. */
static void assert_repairs_to_itself(struct fixture *f)
{
	struct verify_watch watch = { .fault = say_fault };
	struct verify_ask ask = { .watch = &watch };
	struct verify_result result;

	assert_sound(f);
	MUST(shop_repair(&f->shop, &ask, &result));
	assert_int_equal(result.faults, 0);
	assert_sound(f);
}

struct lots_question {
	int64_t customer, unit;
	struct position position;
};

static enum status read_lots(struct txn *txn, void *arg)
{
	struct lots_question *q = arg;

	q->position = (struct position){ .unit = q->unit };
	position_load(txn, q->customer, &q->position);
	return txn_status(txn);
}

static struct position lots_of(struct fixture *f, int64_t customer, int64_t program)
{
	struct lots_question q = { .customer = customer,
				   .unit = unit_make(UNIT_PROGRAM, program) };

	MUST(store_read(f->shop.store, read_lots, &q));
	return q.position;
}

static int64_t balance_of(struct fixture *f, int64_t customer, int64_t program)
{
	struct balance_question q = { .customer = customer,
				      .unit = unit_make(UNIT_PROGRAM, program),
				      .day = clock_day(f->by.now) };

	MUST(store_read(f->shop.store, read_balance, &q));
	return q.balance;
}

static struct program points(struct fixture *f, const struct program *more)
{
	struct program p = *more;

	p.earn = p.earn ? p.earn : 1;
	p.spend = 100;
	add_points(f, &p);
	return p;
}

static void adjust(struct fixture *f, int64_t customer, int64_t program, int64_t amount)
{
	struct adjustment a = { customer, program, amount, "by hand" };
	struct trade_run run;

	MUST(balance_adjust(&f->shop, &f->by, &a, &run));
}

/* -- people -- */

static void fields_are_chosen_and_lists_united(void **state)
{
	struct fixture *f = *state;
	struct customer a = with_phone("Asha Patel", "98765 43210");
	struct customer b = with_phone("A. Patel", "98765 43211"), now;

	strcpy(a.code, "C-1");
	strcpy(a.notes, "likes ginger");
	strcpy(b.code, "C-2");
	strcpy(b.area, "Maninagar");
	strcpy(b.notes, "pays on Fridays");
	MUST(customer_add_card(&b, "K-77"));
	MUST(customer_add_tag(&b, "regular"));
	add_customer(f, &a);
	add_customer(f, &b);
	MUST(merge_into(f, b.id, a.id));
	now = customer_of(f, a.id);
	assert_string_equal(now.name, "Asha Patel");
	assert_string_equal(now.area, "Maninagar");
	assert_string_equal(now.notes, "likes ginger; pays on Fridays");
	assert_string_equal(now.code, "C-1");
	assert_int_equal(now.phone_count, 2);
	assert_int_equal(now.past_code_count, 1);
	assert_means(f, "C-1", a.id);
	assert_means(f, "C-2", a.id);
	assert_means(f, "9876543211", a.id);
	assert_means(f, "K-77", a.id);
	assert_means(f, "#2", a.id);
	assert_int_equal(customer_of(f, b.id).id, a.id);
	assert_repairs_to_itself(f);
}

static void a_field_may_be_taken_from_the_other(void **state)
{
	struct fixture *f = *state;
	struct customer a = with_phone("Asha", "98765 43210"), b = named("Asha Patel"), now;
	struct customer_merge m = {
		.take = UINT64_C(1) << record_field(&customer_type, "name")->tag };
	struct customer_merged done;

	m.into = add_customer(f, &a);
	m.from = add_customer(f, &b);
	MUST(customer_merge(&f->shop, &f->by, &m, &done));
	now = customer_of(f, a.id);
	assert_string_equal(now.name, "Asha Patel");
	assert_means(f, "Patel", a.id);
	assert_sound(f);
}

static void what_does_not_fit_is_refused(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");

	for (int i = 0; i < 3; i++) {
		char phone[32];

		snprintf(phone, sizeof(phone), "98765 4321%d", i);
		MUST(customer_add_phone(&a, phone, "IN"));
		snprintf(phone, sizeof(phone), "98765 4322%d", i);
		MUST(customer_add_phone(&b, phone, "IN"));
	}
	add_customer(f, &a);
	add_customer(f, &b);
	assert_int_equal(merge_into(f, b.id, a.id), ST_REFUSED);
	assert_non_null(strstr(status_text(), "at most 4 phones"));
	assert_means(f, "Bina", b.id);
	assert_int_equal(merge_into(f, a.id, a.id), ST_REFUSED);
	assert_sound(f);
}

static void who_was_merged_cannot_be_changed_alone(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah"), c = named("Chetan Rao");

	add_customer(f, &a);
	add_customer(f, &b);
	add_customer(f, &c);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(customer_edit(&f->shop, &f->by, &b), ST_NOT_FOUND);
	assert_int_equal(customer_erase(&f->shop, &f->by, b.id), ST_NOT_FOUND);
	assert_int_equal(merge_into(f, b.id, c.id), ST_NOT_FOUND);
	MUST(merge_into(f, a.id, c.id));
	assert_means(f, "#2", c.id);
	assert_repairs_to_itself(f);
	MUST(customer_erase(&f->shop, &f->by, c.id));
	assert_sound(f);
}

/* -- balances -- */

static void lots_keep_their_days(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){
		.validity = VALID_DAYS, .valid_for = 100, .pending_days = 10 });
	struct position lots;
	int64_t early, late;

	add_customer(f, &a);
	add_customer(f, &b);
	early = sell(f, b.id, 3000, NULL);
	f->by.now += 30 * 24 * CLOCK_HOUR;
	sell(f, a.id, 500, NULL);
	late = sell(f, b.id, 4000, NULL);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(points_of(f, a.id, p.id), 30);		/* 45 are pending */
	assert_int_equal(balance_of(f, a.id, p.id), 75);
	assert_int_equal(balance_of(f, b.id, p.id), 0);
	lots = lots_of(f, a.id, p.id);
	assert_int_equal(lots.lot_count, 3);
	assert_int_equal(lots.lots[0].seq, early);
	assert_int_equal(lots.lots[0].through, clock_day(at("2026-03-01T09:14:00")) + 100);
	assert_int_equal(lots.lots[2].seq, late);
	assert_int_equal(lots.lots[2].from, clock_day(f->by.now) + 10);
	free(lots.lots);
	assert_int_equal(lots_of(f, b.id, p.id).lot_count, 0);
	assert_repairs_to_itself(f);
	f->by.now += 80 * 24 * CLOCK_HOUR;	/* past the early ones' last day */
	assert_int_equal(points_of(f, a.id, p.id), 45);
}

static void what_has_lapsed_stays_behind(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){ .validity = VALID_DAYS, .valid_for = 10 });
	struct program q = { .validity = VALID_INACTIVE, .valid_for = 2, .earn = 1, .spend = 100 };

	strcpy(q.name, "Loyal");
	q.kind = PROGRAM_POINTS;
	q.from = 1;
	MUST(program_add(&f->shop, &f->by, &q));
	add_customer(f, &a);
	add_customer(f, &b);
	sell(f, b.id, 3000, NULL);
	f->by.now += 90 * 24 * CLOCK_HOUR;
	sell(f, a.id, 500, NULL);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(balance_of(f, a.id, p.id), 5);
	assert_int_equal(balance_of(f, a.id, q.id), 5);
	assert_repairs_to_itself(f);
}

static void debts_are_settled(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah"), c = named("Chetan Rao");
	struct program p = points(f, &(struct program){ .point_value = 100, .max_share = 10000 });
	int64_t sale;

	add_customer(f, &a);
	add_customer(f, &b);
	add_customer(f, &c);
	sale = sell(f, b.id, 3000, NULL);
	adjust(f, b.id, p.id, -20);
	MUST(give_back(f, sale, 0));
	assert_int_equal(balance_of(f, b.id, p.id), -20);
	sell(f, a.id, 5000, NULL);
	MUST(merge_into(f, b.id, a.id));		/* a debt into points */
	assert_int_equal(balance_of(f, a.id, p.id), 30);
	assert_int_equal(points_of(f, a.id, p.id), 30);
	sale = sell(f, c.id, 4000, NULL);
	adjust(f, c.id, p.id, -40);
	MUST(give_back(f, sale, 0));
	MUST(merge_into(f, a.id, c.id));		/* points into a larger debt */
	assert_int_equal(balance_of(f, c.id, p.id), -10);
	assert_repairs_to_itself(f);
}

static void many_lots_move_too(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){ .valid_for = 0 });

	add_customer(f, &a);
	add_customer(f, &b);
	for (int i = 0; i < 4200; i++)
		adjust(f, b.id, p.id, 1 + i % 3);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(points_of(f, a.id, p.id), 4200 * 2);
	assert_int_equal(balance_of(f, b.id, p.id), 0);
	assert_repairs_to_itself(f);
}

static void a_dry_run_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = with_phone("Bina Shah", "98765 43210");
	struct program p = points(f, &(struct program){ .valid_for = 0 });
	struct customer_merge m = { .dry_run = true };
	struct customer_merged done;

	m.into = add_customer(f, &a);
	m.from = add_customer(f, &b);
	sell(f, a.id, 500, NULL);
	sell(f, b.id, 3000, NULL);
	MUST(customer_merge(&f->shop, &f->by, &m, &done));
	assert_int_equal(done.customer.phone_count, 1);
	assert_int_equal(holder_position(&done.holder, unit_make(UNIT_PROGRAM, p.id))->balance, 35);
	assert_int_equal(done.holder.figures.sales, 2);
	holder_release(&done.holder);
	assert_int_equal(points_of(f, a.id, p.id), 5);
	assert_int_equal(customer_of(f, a.id).phone_count, 0);
	assert_means(f, "Bina", b.id);
	assert_sound(f);
}

/* -- what comes after -- */

static void an_old_sale_is_refunded_to_who_they_are_now(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){
		.point_value = 100, .max_share = 10000, .validity = VALID_DAYS, .valid_for = 100 });
	int64_t earned, paid;
	struct position lots;

	add_customer(f, &a);
	add_customer(f, &b);
	earned = sell(f, b.id, 4000, NULL);
	paid = sell(f, b.id, 4000, &(struct sale){ .points = 40, .points_program = p.id });
	sell(f, b.id, 700, NULL);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(points_of(f, a.id, p.id), 7);
	MUST(give_back(f, paid, 0));
	assert_int_equal(points_of(f, a.id, p.id), 47);
	lots = lots_of(f, a.id, p.id);
	assert_int_equal(lots.lots[0].seq, earned);		/* the lot they came from */
	assert_int_equal(lots.lots[0].left, 40);
	free(lots.lots);
	MUST(give_back(f, earned, 2000));
	assert_int_equal(points_of(f, a.id, p.id), 27);
	assert_int_equal(figures_of(f, a.id).spend, 2700);
	assert_repairs_to_itself(f);
}

static void a_card_that_was_filled_is_opened_again(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = { .goal = 2 };
	struct reward r = { .name = "" };
	int64_t last;

	add_card(f, &p, &r);
	add_customer(f, &a);
	add_customer(f, &b);
	sell(f, b.id, 4000, NULL);
	last = sell(f, b.id, 4000, NULL);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(ready(f, a.id, r.id), 1);
	MUST(give_back(f, last, 0));
	assert_int_equal(ready(f, a.id, r.id), 0);
	assert_int_equal(points_of(f, a.id, p.id), 1);
	assert_repairs_to_itself(f);
}

static void full_card(struct fixture *f, int64_t stamps, int64_t more)
{
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = { .goal = 10 };
	struct reward r = { .name = "" };

	add_card(f, &p, &r);
	add_customer(f, &a);
	add_customer(f, &b);
	adjust(f, a.id, p.id, stamps);
	adjust(f, b.id, p.id, more);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(points_of(f, a.id, p.id), (stamps + more) % 10);
	assert_int_equal(ready(f, a.id, r.id), (stamps + more) / 10);
	assert_int_equal(ready(f, b.id, r.id), 0);
	assert_repairs_to_itself(f);
}

static void two_cards_that_fill_one_give_its_reward(void **state)
{
	full_card(*state, 9, 1);
}

static void what_is_over_stands_on_the_next_card(void **state)
{
	full_card(*state, 9, 8);
}

static void a_dry_run_shows_the_reward(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = { .goal = 10 };
	struct reward r = { .name = "" };
	struct customer_merge m = { .dry_run = true };
	struct customer_merged done;

	add_card(f, &p, &r);
	m.into = add_customer(f, &a);
	m.from = add_customer(f, &b);
	adjust(f, a.id, p.id, 9);
	adjust(f, b.id, p.id, 1);
	MUST(customer_merge(&f->shop, &f->by, &m, &done));
	assert_int_equal(holder_position(&done.holder, unit_make(UNIT_REWARD, r.id))->balance, 1);
	assert_int_equal(holder_position(&done.holder, unit_make(UNIT_PROGRAM, p.id))->balance, 0);
	holder_release(&done.holder);
	assert_int_equal(ready(f, a.id, r.id), 0);
	assert_sound(f);
}

/* Whoever passed the mark has had its reward: once for each card. */
static void a_reward_on_the_way_is_not_given_again(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah"), c = named("Chetan Rao");
	struct program p = { .goal = 10 };
	struct reward r = { .name = "" }, half = { .name = "Half", .kind = REWARD_FREE };

	add_card(f, &p, &r);
	half.program = p.id;
	MUST(reward_add(&f->shop, &f->by, &half));
	p.milestones[0].stamps = 5;
	p.milestones[0].reward = half.id;
	p.milestone_count = 1;
	MUST(program_edit(&f->shop, &f->by, &p));
	add_customer(f, &a);
	add_customer(f, &b);
	add_customer(f, &c);
	adjust(f, a.id, p.id, 3);
	adjust(f, b.id, p.id, 5);
	adjust(f, c.id, p.id, 8);
	assert_int_equal(ready(f, b.id, half.id), 1);
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(ready(f, a.id, half.id), 1);
	MUST(merge_into(f, c.id, a.id));		/* 16: past both marks again */
	assert_int_equal(ready(f, a.id, half.id), 2);
	assert_int_equal(ready(f, a.id, r.id), 1);
	assert_int_equal(points_of(f, a.id, p.id), 6);
	assert_repairs_to_itself(f);
}

static void a_head_start_is_given_once(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = { .goal = 10, .head_start = 2 };
	struct reward r = { .name = "" };

	add_card(f, &p, &r);
	add_customer(f, &a);
	add_customer(f, &b);
	sell(f, b.id, 4000, NULL);
	adjust(f, b.id, p.id, -3);
	MUST(merge_into(f, b.id, a.id));
	sell(f, a.id, 4000, NULL);
	assert_int_equal(points_of(f, a.id, p.id), 1);
	assert_repairs_to_itself(f);
}

static void visits_are_counted_over_both(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct figures now;
	struct scan s;

	add_customer(f, &a);
	add_customer(f, &b);
	sell(f, b.id, 1000, NULL);
	f->by.now += 24 * CLOCK_HOUR;
	sell(f, a.id, 1000, NULL);
	sell(f, b.id, 1000, NULL);
	f->by.now += 24 * CLOCK_HOUR;
	sell(f, b.id, 1000, NULL);
	MUST(merge_into(f, b.id, a.id));
	now = figures_of(f, a.id);
	assert_int_equal(now.sales, 4);
	assert_int_equal(now.visits, 3);
	assert_int_equal(now.spend, 4000);
	assert_int_equal(now.first_day, clock_day(f->by.now) - 2);
	assert_int_equal(now.last_day, clock_day(f->by.now));
	assert_int_equal(figures_of(f, b.id).sales, 0);
	MUST(scan_read(f->shop.store, &s));
	assert_int_equal(s.visit_count, 3);
	assert_int_equal(visit_customer(s.visits[0]), a.id);
	assert_int_equal(visit_customer(s.visits[2]), a.id);
	scan_release(&s);
	assert_repairs_to_itself(f);
}

static void a_file_that_comes_again_finds_its_rows(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){ .valid_for = 0 });
	struct adjustment opening = { b.id, p.id, 30, "" };
	struct sale row = { .place = 1, .occurred = f->by.now }, receipt = { .receipt = "R-1" };
	struct trade_run run;
	int64_t ours, theirs, second;

	receipt.occurred = f->by.now;
	add_customer(f, &a);
	opening.customer = add_customer(f, &b);
	ours = sell(f, a.id, 4000, &row);
	theirs = sell(f, b.id, 4000, &row);
	second = sell(f, b.id, 900, &receipt);
	MUST(balance_open(&f->shop, &f->by, &opening, &run));
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(sell(f, a.id, 4000, &row), ours);
	row.place = 2;
	assert_int_equal(sell(f, a.id, 4000, &row), theirs);
	assert_int_equal(sell(f, a.id, 900, &receipt), second);
	row.place = 3;
	assert_int_not_equal(sell(f, a.id, 4000, &row), theirs);
	opening.customer = a.id;
	MUST(balance_open(&f->shop, &f->by, &opening, &run));
	assert_true(run.repeated);
	opening.amount = 31;
	assert_int_equal(balance_open(&f->shop, &f->by, &opening, &run), ST_EXISTS);
	assert_sound(f);
}

static void what_was_before_cannot_be_undone(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct actor owner = f->by;
	struct trade_run run;

	add_customer(f, &a);
	add_customer(f, &b);
	sell(f, b.id, 1000, NULL);
	strcpy(f->by.who, "ravi");
	MUST(merge_into(f, b.id, a.id));
	assert_int_equal(undo_last(&f->shop, &owner, 0, &run), ST_REFUSED);
	assert_non_null(strstr(status_text(), "came after it"));
	assert_int_equal(undo_last(&f->shop, &f->by, 0, &run), ST_REFUSED);
	assert_non_null(strstr(status_text(), "no entry today that could be undone"));
	sell(f, a.id, 500, NULL);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_int_equal(figures_of(f, a.id).sales, 1);
	assert_repairs_to_itself(f);
}

static void a_sale_under_way_goes_to_who_they_are_now(void **state)
{
	struct fixture *f = *state;
	struct customer a = named("Asha Patel"), b = named("Bina Shah");
	struct program p = points(f, &(struct program){ .valid_for = 0 });

	add_customer(f, &a);
	add_customer(f, &b);
	MUST(merge_into(f, b.id, a.id));
	sell(f, b.id, 1000, NULL);
	adjust(f, b.id, p.id, 5);
	assert_int_equal(points_of(f, a.id, p.id), 15);
	assert_sound(f);
}

#define SHOP_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SHOP_TEST(fields_are_chosen_and_lists_united),
		SHOP_TEST(a_field_may_be_taken_from_the_other),
		SHOP_TEST(what_does_not_fit_is_refused),
		SHOP_TEST(who_was_merged_cannot_be_changed_alone),
		SHOP_TEST(lots_keep_their_days),
		SHOP_TEST(what_has_lapsed_stays_behind),
		SHOP_TEST(debts_are_settled),
		SHOP_TEST(many_lots_move_too),
		SHOP_TEST(a_dry_run_changes_nothing),
		SHOP_TEST(an_old_sale_is_refunded_to_who_they_are_now),
		SHOP_TEST(a_card_that_was_filled_is_opened_again),
		SHOP_TEST(two_cards_that_fill_one_give_its_reward),
		SHOP_TEST(what_is_over_stands_on_the_next_card),
		SHOP_TEST(a_dry_run_shows_the_reward),
		SHOP_TEST(a_reward_on_the_way_is_not_given_again),
		SHOP_TEST(a_head_start_is_given_once),
		SHOP_TEST(visits_are_counted_over_both),
		SHOP_TEST(a_file_that_comes_again_finds_its_rows),
		SHOP_TEST(what_was_before_cannot_be_undone),
		SHOP_TEST(a_sale_under_way_goes_to_who_they_are_now),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
