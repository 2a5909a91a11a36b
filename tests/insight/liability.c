/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/liability.h"

#include "tests/insight/hand.h"

enum { POINTS = 1, STAMPS, ABSENCE };
enum { TEA = 1, CAKE };

static int64_t points(int64_t program)
{
	return unit_make(UNIT_PROGRAM, program);
}

static void credit(struct book *b, struct entry *e, struct row row, struct posting p)
{
	hand_start(b, e, &row);
	assert_int_equal(book_credit(b, e, &p), ST_OK);
	assert_int_equal(book_post(b, e), ST_OK);
}

static void debit(struct book *b, struct entry *e, struct row row, struct debit d)
{
	hand_start(b, e, &row);
	assert_int_equal(book_debit(b, e, &d), ST_OK);
	assert_int_equal(book_post(b, e), ST_OK);
}

static void lapse(struct book *b, struct entry *e, int64_t customer, int32_t day)
{
	struct row row = OTHER(ENTRY_LAPSE, day, customer);
	bool any;

	hand_start(b, e, &row);
	assert_int_equal(book_lapse(b, e, day, &any), ST_OK);
	assert_true(any);
	assert_int_equal(book_post(b, e), ST_OK);
}

static void put_rules(struct txn *txn, int64_t point_value)
{
	hand_put(txn, TABLE_PROGRAM, POINTS, &program_type, &(struct program){
		.id = POINTS, .name = "Points", .kind = PROGRAM_POINTS,
		.point_value = point_value });
	hand_put(txn, TABLE_PROGRAM, STAMPS, &program_type, &(struct program){
		.id = STAMPS, .name = "Card", .kind = PROGRAM_STAMPS, .goal = 10, .reward = TEA });
	hand_put(txn, TABLE_PROGRAM, ABSENCE, &program_type, &(struct program){
		.id = ABSENCE, .name = "While you come", .kind = PROGRAM_POINTS, .point_value = 1,
		.validity = VALID_INACTIVE, .valid_for = 1 });
	hand_put(txn, TABLE_REWARD, TEA, &reward_type, &(struct reward){
		.id = TEA, .program = STAMPS, .name = "Tea", .value = 5000, .own_cost = 1200 });
	hand_put(txn, TABLE_REWARD, CAKE, &reward_type, &(struct reward){
		.id = CAKE, .program = POINTS, .name = "Cake", .value = 700, .stopped = true });
}

static void book_points(struct book *b, struct entry *e)
{
	int64_t unit = points(POINTS);

	credit(b, e, (struct row)SALE(100, 1, 1), (struct posting){
		.unit = unit, .amount = 100, .through = 200 });
	credit(b, e, (struct row)SALE(101, 1, 1), (struct posting){
		.unit = unit, .amount = 40, .through = 150, .from = 110 });
	credit(b, e, (struct row)SALE(101, 2, 1), (struct posting){
		.unit = unit, .amount = 30, .through = 120 });
	debit(b, e, (struct row)SALE(102, 1, 1), (struct debit){
		.unit = unit, .amount = 25, .counter = COUNTER_REDEEMED });
	/* 3 spends what a refund then takes back, and owes it. */
	credit(b, e, (struct row)SALE(102, 3, 1), (struct posting){ .unit = unit, .amount = 10 });
	debit(b, e, (struct row)SALE(102, 3, 1), (struct debit){
		.unit = unit, .amount = 10, .counter = COUNTER_REDEEMED });
	debit(b, e, (struct row)REFUND(102, 3, -1, 5), (struct debit){
		.unit = unit, .amount = 10, .counter = COUNTER_ISSUED, .clawback = true });
	credit(b, e, (struct row)SALE(100, 4, 1), (struct posting){
		.unit = unit, .amount = 5, .through = 101 });
	lapse(b, e, 4, 102);
	credit(b, e, (struct row)OTHER(ENTRY_ADJUST, 103, 2), (struct posting){
		.unit = unit, .amount = 7, .counter = COUNTER_ADJUSTED });
	credit(b, e, (struct row)OTHER(ENTRY_OPENING, 103, 5), (struct posting){
		.unit = unit, .amount = 50, .counter = COUNTER_OPENING });
}

static void book_the_rest(struct book *b, struct entry *e)
{
	int64_t tea = unit_make(UNIT_REWARD, TEA);

	credit(b, e, (struct row)SALE(100, 1, 1), (struct posting){
		.unit = points(STAMPS), .amount = 3 });
	credit(b, e, (struct row)SALE(100, 1, 1), (struct posting){
		.unit = tea, .amount = 2, .through = 130 });
	debit(b, e, (struct row)OTHER(ENTRY_CLAIM, 101, 1), (struct debit){
		.unit = tea, .amount = 1, .counter = COUNTER_REDEEMED });
	credit(b, e, (struct row)SALE(100, 2, 1), (struct posting){
		.unit = tea, .amount = 1, .through = 110 });
	credit(b, e, (struct row)SALE(100, 6, 1), (struct posting){
		.unit = points(ABSENCE), .amount = 20 });
	credit(b, e, (struct row)SALE(120, 7, 1), (struct posting){
		.unit = points(ABSENCE), .amount = 8 });
}

static enum status make(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct book b;

	put_rules(txn, *(int64_t *)arg);
	book_open(&b, txn);
	book_points(&b, e);
	book_the_rest(&b, e);
	free(e);
	return book_close(&b);
}

static struct liability liability_at(struct hand *h, int32_t day)
{
	struct liability l;

	assert_int_equal(liability_read(h->store, day, &l), ST_OK);
	assert_int_equal(l.day, day);
	return l;
}

static void made(struct hand *h, int64_t point_value)
{
	assert_int_equal(store_write(h->store, make, &point_value), ST_OK);
}

static void a_shop_without_programs_owes_nothing(void **state)
{
	struct liability l = liability_at(*state, 100);

	assert_int_equal(l.program_count, 0);
	assert_int_equal(l.reward_count, 0);
	assert_int_equal(l.points_value, 0);
	liability_release(&l);
}

static void points_add_up_from_both_sides(void **state)
{
	struct liability l;
	const struct holdings *held;

	made(*state, 10);
	l = liability_at(*state, 125);
	assert_int_equal(l.program_count, 3);
	assert_int_equal(l.programs[0].id, POINTS);
	assert_string_equal(l.programs[0].name, "Points");
	assert_int_equal(l.programs[0].kind, PROGRAM_POINTS);
	held = &l.programs[0].held;
	assert_int_equal(held->issued, 175);	/* 100 + 40 + 30 + 10 - 10 + 5 */
	assert_int_equal(held->redeemed, 35);
	assert_int_equal(held->expired, 5);
	assert_int_equal(held->adjusted, 7);
	assert_int_equal(held->opening, 50);
	assert_int_equal(held->outstanding, 192);
	assert_int_equal(held->usable, 172);	/* 75 + 40, 7, 50 */
	assert_int_equal(held->pending, 0);
	assert_int_equal(held->lapsed, 30);
	assert_int_equal(held->owed, 10);
	assert_int_equal(l.programs[0].value, 1720);
	liability_release(&l);
}

static void the_day_decides_what_is_pending(void **state)
{
	struct liability l;

	made(*state, 10);
	l = liability_at(*state, 109);
	assert_int_equal(l.programs[0].held.outstanding, 192);
	assert_int_equal(l.programs[0].held.usable, 162);
	assert_int_equal(l.programs[0].held.pending, 40);
	assert_int_equal(l.programs[0].held.lapsed, 0);
	assert_int_equal(l.programs[0].held.owed, 10);
	assert_int_equal(l.programs[0].value, 2020);
	liability_release(&l);
	l = liability_at(*state, 110);
	assert_int_equal(l.programs[0].held.pending, 0);
	liability_release(&l);
}

static void a_lot_is_good_through_its_last_day(void **state)
{
	struct liability l;

	made(*state, 10);
	l = liability_at(*state, 120);
	assert_int_equal(l.programs[0].held.lapsed, 0);
	liability_release(&l);
	l = liability_at(*state, 121);
	assert_int_equal(l.programs[0].held.lapsed, 30);
	liability_release(&l);
}

static void stamps_are_worth_nothing_and_rewards_their_value(void **state)
{
	struct liability l;

	made(*state, 10);
	l = liability_at(*state, 125);
	assert_int_equal(l.programs[1].held.usable, 3);
	assert_int_equal(l.programs[1].value, 0);
	assert_int_equal(l.reward_count, 2);
	assert_string_equal(l.rewards[0].name, "Tea");
	assert_int_equal(l.rewards[0].program, STAMPS);
	assert_int_equal(l.rewards[0].held.issued, 3);
	assert_int_equal(l.rewards[0].held.redeemed, 1);
	assert_int_equal(l.rewards[0].held.lapsed, 1);
	assert_int_equal(l.rewards[0].ready, 1);
	assert_int_equal(l.rewards[0].value, 5000);
	assert_int_equal(l.rewards[0].own_cost, 1200);
	assert_int_equal(l.rewards[1].ready, 0);
	assert_true(l.rewards[1].stopped);
	assert_int_equal(l.points_value, 1720 + 28);
	assert_int_equal(l.rewards_value, 5000);
	assert_int_equal(l.rewards_own_cost, 1200);
	liability_release(&l);
}

/* Good for a month after the last visit: of day 100 through 11 May, day 130. */
static void absence_makes_points_lapse(void **state)
{
	struct liability l;

	made(*state, 10);
	l = liability_at(*state, 130);
	assert_int_equal(l.programs[2].held.usable, 28);
	assert_int_equal(l.programs[2].held.lapsed, 0);
	liability_release(&l);
	l = liability_at(*state, 131);
	assert_int_equal(l.programs[2].held.usable, 8);
	assert_int_equal(l.programs[2].held.lapsed, 20);
	assert_int_equal(l.programs[2].value, 8);
	liability_release(&l);
}

static void a_value_that_does_not_fit_is_said(void **state)
{
	struct hand *h = *state;
	struct liability l;

	made(h, INT64_MAX / 100);
	assert_int_equal(liability_read(h->store, 125, &l), ST_FULL);
	liability_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_shop_without_programs_owes_nothing),
		HAND_TEST(points_add_up_from_both_sides),
		HAND_TEST(the_day_decides_what_is_pending),
		HAND_TEST(a_lot_is_good_through_its_last_day),
		HAND_TEST(stamps_are_worth_nothing_and_rewards_their_value),
		HAND_TEST(absence_makes_points_lapse),
		HAND_TEST(a_value_that_does_not_fit_is_said),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
