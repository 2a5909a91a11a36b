/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/day.h"

#include "tests/insight/hand.h"
#include "ledger/done.h"

enum { DAY = 100, POINTS = 1, TEA = 1 };
static const int64_t unit = POINTS * 4 + UNIT_PROGRAM, tea = TEA * 4 + UNIT_REWARD;

static void put_rules(struct txn *txn)
{
	hand_put(txn, TABLE_PROGRAM, POINTS, &program_type, &(struct program){
		.id = POINTS, .name = "Points", .kind = PROGRAM_POINTS, .point_value = 10 });
	hand_put(txn, TABLE_REWARD, TEA, &reward_type, &(struct reward){
		.id = TEA, .program = POINTS, .name = "Tea", .cost = 5 });
}

static void paid(struct entry *e, enum tender_kind kind, int64_t amount)
{
	e->tenders[e->tender_count++] = (struct tender){ kind, amount };
}

static void credit(struct book *b, struct entry *e, struct posting p)
{
	assert_int_equal(book_credit(b, e, &p), ST_OK);
}

static void debit(struct book *b, struct entry *e, struct debit d)
{
	assert_int_equal(book_debit(b, e, &d), ST_OK);
}

static struct entry *start(struct book *b, struct entry *e, struct row row)
{
	return hand_start(b, e, &row);
}

static void post(struct book *b, struct entry *e)
{
	assert_int_equal(book_post(b, e), ST_OK);
}

/* Entries 1 to 4. */
static void book_sales(struct book *b, struct entry *e)
{
	start(b, e, (struct row)OTHER(ENTRY_OPENING, DAY - 1, 1));
	credit(b, e, (struct posting){ .unit = unit, .counter = COUNTER_OPENING, .amount = 50 });
	post(b, e);
	start(b, e, (struct row)SALE(DAY, 1, 1000));	/* the bill was 1200 */
	e->discount = 200;
	e->tax = 90;
	paid(e, TENDER_CASH, 1000);
	debit(b, e, (struct debit){ .unit = unit, .amount = 20, .counter = COUNTER_REDEEMED });
	credit(b, e, (struct posting){ .unit = unit, .amount = 10 });
	post(b, e);
	start(b, e, (struct row)SALE(DAY, 0, 500));
	paid(e, TENDER_CARD, 300);
	post(b, e);
	start(b, e, (struct row)SALE(DAY + 1, 2, 7777));	/* another day's */
	paid(e, TENDER_CASH, 7777);
	credit(b, e, (struct posting){ .unit = unit, .amount = 77 });
	post(b, e);
}

/* Entries 5 to 7: 400 of 1000 goes back, and 100 of a sale paid in two ways. */
static void book_refunds(struct book *b, struct entry *e, struct entry *sale)
{
	start(b, e, (struct row)REFUND(DAY, 1, -400, 2));
	e->tax = -36;
	assert_int_equal(journal_read(b->txn, 2, sale), ST_OK);
	assert_int_equal(book_give_back(b, e, &(struct give_back){
		.spent = sale, .posting = 0, .amount = 8 }), ST_OK);
	debit(b, e, (struct debit){ .unit = unit, .amount = 4, .counter = COUNTER_ISSUED,
				    .own = 2, .clawback = true });
	post(b, e);
	start(b, e, (struct row)REFUND(DAY, 0, -100, 3));
	post(b, e);
	start(b, e, (struct row)SALE(DAY, 3, 250));	/* to be undone */
	paid(e, TENDER_CASH, 250);
	e->discount = 50;
	credit(b, e, (struct posting){ .unit = unit, .amount = 2 });
	post(b, e);
}

/* Entries 8 to 13. */
static void book_others(struct book *b, struct entry *e, struct entry *undone)
{
	bool any;

	start(b, e, (struct row)UNDO(DAY, 3, 7));
	e->total = -250;
	assert_int_equal(journal_read(b->txn, 7, undone), ST_OK);
	assert_int_equal(book_reverse(b, e, undone, 0), ST_OK);
	post(b, e);
	start(b, e, (struct row)OTHER(ENTRY_CLAIM, DAY, 1));
	debit(b, e, (struct debit){ .unit = unit, .amount = 5, .counter = COUNTER_REDEEMED,
				    .reward = TEA });
	credit(b, e, (struct posting){ .unit = tea, .amount = 1 });
	debit(b, e, (struct debit){ .unit = tea, .amount = 1, .counter = COUNTER_REDEEMED });
	post(b, e);
	start(b, e, (struct row)OTHER(ENTRY_ADJUST, DAY, 1));
	debit(b, e, (struct debit){ .unit = unit, .amount = 3, .counter = COUNTER_ADJUSTED });
	post(b, e);
	start(b, e, (struct row)OTHER(ENTRY_AWARD, DAY - 9, 4));
	credit(b, e, (struct posting){ .unit = unit, .amount = 6, .through = DAY - 1 });
	post(b, e);
	start(b, e, (struct row)OTHER(ENTRY_LAPSE, DAY, 4));
	assert_int_equal(book_lapse(b, e, DAY, &any), ST_OK);
	post(b, e);
	start(b, e, (struct row)WALK_IN(DAY, 3000));
	post(b, e);
}

static enum status make(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e)), *other = mem_alloc(sizeof(*other));
	struct book b;

	(void)arg;
	put_rules(txn);
	book_open(&b, txn);
	book_sales(&b, e);
	book_refunds(&b, e, other);
	book_others(&b, e, other);
	free(e);
	free(other);
	return book_close(&b);
}

/* Entry 14 closes the day, 15 is late for it, 16 is a sale of the next. */
static enum status close_day(struct txn *txn, void *arg)
{
	struct entry *e = mem_alloc(sizeof(*e));
	struct key k = done_key(DONE_CLOSE);
	struct book b;

	(void)arg;
	key_int(&k, DAY, 4);
	book_open(&b, txn);
	start(&b, e, (struct row)OTHER(ENTRY_CLOSE, DAY, 0))->total = 4000;
	post(&b, e);
	done_put(txn, &k, e->seq, 0);
	start(&b, e, (struct row)SALE(DAY, 0, 11));
	post(&b, e);
	start(&b, e, (struct row)SALE(DAY + 1, 0, 12));
	post(&b, e);
	free(e);
	return book_close(&b);
}

static struct day_report report_of(struct hand *h, int32_t day)
{
	struct day_report r;

	assert_int_equal(day_read(h->store, day, DAY + 1, &r), ST_OK);
	assert_int_equal(r.day, day);
	return r;
}

static void made(struct hand *h)
{
	assert_int_equal(store_write(h->store, make, NULL), ST_OK);
}

static void an_empty_day_is_empty(void **state)
{
	struct day_report r = report_of(*state, DAY);

	assert_int_equal(r.takings.sales, 0);
	assert_int_equal(r.program_count, 0);
	assert_int_equal(r.closed, 0);
	assert_string_equal(r.fingerprint, "");
	day_release(&r);
}

static void money_of_a_day(void **state)
{
	struct day_report r;

	made(*state);
	r = report_of(*state, DAY);
	assert_int_equal(r.takings.sales, 2);
	assert_int_equal(r.takings.known_sales, 1);
	assert_int_equal(r.takings.refunds, 2);
	assert_int_equal(r.takings.revenue, 1000);
	assert_int_equal(r.takings.known_revenue, 600);
	assert_int_equal(r.takings.refunded, 500);
	assert_int_equal(r.takings.walk_in, 3000);
	assert_int_equal(r.discounts, 200);
	assert_int_equal(r.tax, 54);
	assert_int_equal(r.tenders[TENDER_CASH], 600);
	assert_int_equal(r.tenders[TENDER_CARD], 300);
	assert_int_equal(r.tenders[TENDER_UNKNOWN], 100);	/* 200 not said, 100 refunded */
	assert_int_equal(r.adjustments, 1);
	assert_int_equal(r.undone, 1);
	day_release(&r);
}

static void points_and_rewards_of_a_day(void **state)
{
	struct day_report r;
	const struct day_movement *m;

	made(*state);
	r = report_of(*state, DAY);
	assert_int_equal(r.program_count, 1);
	assert_string_equal(r.programs[0].name, "Points");
	m = &r.programs[0].moved;
	assert_int_equal(m->given, 10);
	assert_int_equal(m->taken_back, 4);
	assert_int_equal(m->used, 25);
	assert_int_equal(m->returned, 8);
	assert_int_equal(m->expired, 6);
	assert_int_equal(m->adjusted, -3);
	assert_int_equal(m->opened, 0);
	assert_int_equal(r.reward_count, 1);
	m = &r.rewards[0].moved;
	assert_int_equal(m->given, 1);
	assert_int_equal(m->used, 1);
	/* 50 + 10 - 20 + 8 - 4 - 5 - 3 and 77 */
	assert_int_equal(r.liability.programs[0].held.outstanding, 113);
	assert_int_equal(r.liability.points_value, 1130);
	day_release(&r);
}

static void other_days_have_their_own(void **state)
{
	struct day_report r;

	made(*state);
	r = report_of(*state, DAY - 1);
	assert_int_equal(r.takings.sales, 0);
	assert_int_equal(r.programs[0].moved.opened, 50);
	assert_int_equal(r.programs[0].moved.given, 0);
	day_release(&r);
	r = report_of(*state, DAY + 1);
	assert_int_equal(r.takings.revenue, 7777);
	assert_int_equal(r.tenders[TENDER_CASH], 7777);
	assert_int_equal(r.programs[0].moved.given, 77);
	day_release(&r);
}

static enum status check_fingerprint(struct txn *txn, void *arg)
{
	return fingerprint_check(txn, arg);
}

static void a_close_keeps_its_fingerprint_and_sees_what_is_late(void **state)
{
	struct hand *h = *state;
	struct day_report r;

	made(h);
	r = report_of(h, DAY);
	assert_int_equal(r.closed, 0);
	assert_memory_equal(r.fingerprint, "13-", 3);
	day_release(&r);
	assert_int_equal(store_write(h->store, close_day, NULL), ST_OK);
	r = report_of(h, DAY);
	assert_int_equal(r.closed, 14);
	assert_int_equal(r.counted, 4000);
	assert_int_equal(r.late, 1);
	assert_int_equal(r.takings.revenue, 1011);
	assert_memory_equal(r.fingerprint, "14-", 3);
	assert_int_equal(store_read(h->store, check_fingerprint, r.fingerprint), ST_OK);
	day_release(&r);
	r = report_of(h, DAY + 1);
	assert_int_equal(r.closed, 0);
	assert_int_equal(r.late, 0);
	assert_memory_equal(r.fingerprint, "16-", 3);
	day_release(&r);
}

static void assert_left_open(struct hand *h, int32_t day, bool expected)
{
	bool open = !expected;

	assert_int_equal(day_is_left_open(h->store, day, &open), ST_OK);
	assert_int_equal(open, expected);
}

static void a_day_with_sales_is_left_open_until_it_is_closed(void **state)
{
	struct hand *h = *state;

	assert_left_open(h, DAY, false);
	HAND_ROWS(h, SALE(DAY, 0, 500), OTHER(ENTRY_ADJUST, DAY + 1, 1));
	assert_left_open(h, DAY, true);
	assert_left_open(h, DAY + 1, false);
	assert_int_equal(store_write(h->store, close_day, NULL), ST_OK);
	assert_left_open(h, DAY, false);
	assert_left_open(h, DAY + 1, true);
}

static void what_was_undone_leaves_no_day_open(void **state)
{
	struct hand *h = *state;

	HAND_ROWS(h, SALE(DAY, 0, 500), UNDO(DAY, 0, 1));
	assert_left_open(h, DAY, false);
}

static void impossible_days_are_refused(void **state)
{
	struct hand *h = *state;
	struct day_report r;

	assert_int_equal(day_read(h->store, 0, DAY, &r), ST_INVALID);
	day_release(&r);
	assert_int_equal(day_read(h->store, CLOCK_LAST_DAY + 1, DAY, &r), ST_INVALID);
	day_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(an_empty_day_is_empty),
		HAND_TEST(money_of_a_day),
		HAND_TEST(points_and_rewards_of_a_day),
		HAND_TEST(other_days_have_their_own),
		HAND_TEST(a_close_keeps_its_fingerprint_and_sees_what_is_late),
		HAND_TEST(a_day_with_sales_is_left_open_until_it_is_closed),
		HAND_TEST(what_was_undone_leaves_no_day_open),
		HAND_TEST(impossible_days_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
