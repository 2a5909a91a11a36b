/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/scan.h"

#include "tests/insight/hand.h"

/* The same as a scan in one go. */
static void assert_same(const struct scan *a, const struct scan *b)
{
	enum { DAYS = CLOCK_LAST_DAY + 1 };

	assert_int_equal(a->visit_count, b->visit_count);
	assert_memory_equal(a->visits, b->visits, a->visit_count * sizeof(*a->visits));
	assert_memory_equal(a->paid, b->paid, a->visit_count * sizeof(*a->paid));
	assert_memory_equal(a->days, b->days, DAYS * sizeof(*a->days));
	assert_memory_equal(a->new_revenue, b->new_revenue, DAYS * sizeof(*a->new_revenue));
	assert_memory_equal(a->hours, b->hours, sizeof(a->hours));
	for (int32_t day = 0; day < DAYS; day++) {
		assert_int_equal(!a->by_hour[day], !b->by_hour[day]);
		if (a->by_hour[day])
			assert_memory_equal(a->by_hour[day], b->by_hour[day],
					    SCAN_HOURS * sizeof(**a->by_hour));
	}
	assert_int_equal(a->first_day, b->first_day);
	assert_int_equal(a->last_day, b->last_day);
	assert_int_equal(a->last_sale_day, b->last_sale_day);
	assert_int_equal(a->last_sale_minute, b->last_sale_minute);
}

/* Gives in how many parts it came. */
static int assert_follows(struct hand *h, struct scan *s)
{
	struct scan once;
	int parts = 0;

	do {
		assert_int_equal(scan_update(h->store, s), ST_OK);
		parts++;
	} while (!s->whole);
	assert_int_equal(scan_read(h->store, &once), ST_OK);
	assert_same(s, &once);
	scan_release(&once);
	return parts;
}

static void an_empty_journal_is_whole_at_once(void **state)
{
	struct scan s = { 0 };

	assert_int_equal(assert_follows(*state, &s), 1);
	scan_release(&s);
}

static void what_came_since_is_added(void **state)
{
	struct scan s = { 0 };
	uint64_t changes;

	HAND_ROWS(*state, SALE(100, 1, 10), SALE(101, 2, 20));
	assert_int_equal(assert_follows(*state, &s), 1);
	changes = s.changes;
	assert_int_equal(assert_follows(*state, &s), 1);
	assert_true(s.changes == changes);
	HAND_ROWS(*state, SALE(100, 2, 5), SALE(100, 0, 7), REFUND(101, 2, -1, 3));
	assert_int_equal(assert_follows(*state, &s), 1);
	assert_true(s.changes > changes);
	HAND_ROWS(*state, SALE(105, 0, 9));
	assert_int_equal(assert_follows(*state, &s), 1);
	scan_release(&s);
}

static void a_refund_moves_to_a_visit_that_is_told_later(void **state)
{
	struct scan s = { 0 };

	HAND_ROWS(*state, SALE(100, 1, 10), REFUND(110, 1, -4, 1));
	assert_follows(*state, &s);
	assert_int_equal(s.paid[0], 6);
	HAND_ROWS(*state, SALE(105, 1, 20));
	assert_follows(*state, &s);
	assert_int_equal(s.paid[0], 10);
	assert_int_equal(s.paid[1], 16);
	scan_release(&s);
}

static void what_is_undone_is_taken_out(void **state)
{
	struct scan s = { 0 };

	HAND_ROWS(*state, SALE(100, 1, 10), SALE_AT(101, 300, 1, 20), SALE(102, 2, 5),
		  UNDO(102, 2, 3));
	assert_int_equal(assert_follows(*state, &s), 1);
	HAND_ROWS(*state, UNDO(102, 1, 2), SALE(101, 3, 1));
	assert_int_equal(assert_follows(*state, &s), 2);
	assert_int_equal(s.visit_count, 2);
	assert_int_equal(s.last_sale_minute, 0);
	assert_int_equal(assert_follows(*state, &s), 1);
	scan_release(&s);
}

struct joining {
	int64_t from, into;
};

static enum status join(struct txn *txn, void *arg)
{
	const struct joining *j = arg;
	struct entry *e = mem_alloc(sizeof(*e));
	struct actor by = { .who = "test", .now = clock_day_start(200) };
	struct book b;
	enum status st;

	book_open(&b, txn);
	book_start(&b, e, ENTRY_MERGE, &by);
	e->customer = j->from;
	e->subject = j->into;
	st = book_post(&b, e);
	free(e);
	return st == ST_OK ? book_close(&b) : st;
}

static void merged_customers_are_one(void **state)
{
	struct hand *h = *state;
	struct scan s = { 0 };

	HAND_ROWS(h, SALE(100, 1, 10), SALE(100, 2, 20), SALE(101, 2, 5), SALE(99, 3, 1));
	assert_follows(h, &s);
	assert_int_equal(s.visit_count, 4);
	assert_int_equal(store_write(h->store, join, &(struct joining){ 2, 1 }), ST_OK);
	assert_int_equal(assert_follows(h, &s), 2);
	assert_int_equal(s.visit_count, 3);
	assert_int_equal(s.paid[0], 30);
	HAND_ROWS(h, SALE(105, 2, 7));
	assert_int_equal(assert_follows(h, &s), 1);
	assert_int_equal(s.visit_count, 4);
	scan_release(&s);
}

/* -- any sequence -- */

static uint64_t dice;

static int64_t below(int64_t n)
{
	dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)(dice >> 33) % n;
}

struct past {
	int64_t seq;		/* the journal's last */
	bool gone[100];		/* by seq: undone, or an undoing */
};

static struct row any_row(struct past *p)
{
	int64_t about = p->seq ? 1 + below(p->seq) : 0, customer = below(5);
	struct row row = SALE_AT(100 + (int32_t)below(9), (int)below(1440), customer, below(50));

	if (below(4) == 0) {
		row.kind = ENTRY_REFUND;
		row.total = -row.total;
	} else if (below(6) == 0 && about && !p->gone[about]) {
		row = (struct row)UNDO(120, 0, about);
		p->gone[about] = p->gone[p->seq + 1] = true;
	} else if (below(8) == 0) {
		row = (struct row)WALK_IN(row.day, 77);
	}
	p->seq++;
	return row;
}

static void any_sequence_is_followed(void **state)
{
	struct hand *h = *state;

	for (int round = 0; round < 12; round++) {
		struct past past = { .seq = 0 };
		struct scan s = { 0 };

		dice = (uint64_t)round;
		hand_teardown(state);
		hand_setup(state);
		h = *state;
		while (past.seq < 90) {
			struct row rows[6] = { { .kind = ENTRY_NONE } };

			for (int64_t i = 0, n = 1 + below(5); i < n; i++)
				rows[i] = any_row(&past);
			hand_rows(h, rows);
			if (below(20) == 0)
				past.seq++, assert_int_equal(store_write(h->store, join,
					&(struct joining){ 4, 1 + below(3) }), ST_OK);
			assert_follows(h, &s);
		}
		scan_release(&s);
	}
}

static void a_long_history_comes_in_parts(void **state)
{
	enum { MANY = 120000 };
	struct row *rows = mem_alloc((MANY + 1) * sizeof(*rows));
	struct scan s = { 0 };

	dice = 1;
	for (int i = 0; i < MANY; i++)
		rows[i] = (struct row)SALE(100 + i / 1000, below(70000), 1 + below(90));
	hand_rows(*state, rows);
	/* two of reading, then one with the end and a look at the order, two of
	 * sorting by customers of 17 bits, one of visits */
	assert_int_equal(assert_follows(*state, &s), 6);
	rows[10] = (struct row){ .kind = ENTRY_NONE };
	hand_rows(*state, rows);
	assert_int_equal(assert_follows(*state, &s), 1);
	scan_release(&s);
	free(rows);
}

static void another_opening_begins_anew(void **state)
{
	struct hand *h = *state;
	struct scan s = { 0 };

	HAND_ROWS(h, SALE(100, 1, 10));
	assert_follows(h, &s);
	store_close(h->store);
	assert_int_equal(store_open(h->dir, &(struct store_options){ 0 }, &h->store), ST_OK);
	HAND_ROWS(h, SALE(101, 1, 10));
	assert_follows(h, &s);
	assert_int_equal(s.visit_count, 2);
	scan_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(an_empty_journal_is_whole_at_once),
		HAND_TEST(what_came_since_is_added),
		HAND_TEST(a_refund_moves_to_a_visit_that_is_told_later),
		HAND_TEST(what_is_undone_is_taken_out),
		HAND_TEST(merged_customers_are_one),
		HAND_TEST(any_sequence_is_followed),
		HAND_TEST(a_long_history_comes_in_parts),
		HAND_TEST(another_opening_begins_anew),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
