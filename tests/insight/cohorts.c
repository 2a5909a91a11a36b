/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/cohorts.h"

#include "tests/insight/hand.h"

static struct cohorts cohorts_in(struct hand *h, const struct cohort_options *o)
{
	struct cohorts c;
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(cohorts_of(&s, o, &c), ST_OK);
	scan_release(&s);
	return c;
}

static int32_t day(int month, int date)
{
	return day_from_civil(2026, month, date);
}

static void assert_cell(const struct cohorts *c, size_t cohort, size_t k, int64_t active,
			int64_t revenue)
{
	assert_true(k < cohort_months(c, cohort));
	assert_int_equal(c->active[cohort_cell(c, cohort, k)], active);
	assert_int_equal(c->revenue[cohort_cell(c, cohort, k)], revenue);
}

static void a_shop_without_sales_has_no_cohorts(void **state)
{
	struct cohorts c = cohorts_in(*state, &(struct cohort_options){ 0 });

	assert_int_equal(c.n, 0);
	cohorts_release(&c);
}

static void post_three_months(struct hand *h)
{
	/* January: 1 and 2; March: 3. A refund comes off its visit's month. */
	HAND_ROWS(h, SALE(day(1, 10), 1, 100), SALE(day(1, 11), 1, 5), SALE(day(1, 31), 2, 50),
		  SALE(day(2, 1), 2, 20), SALE(day(3, 1), 1, 30), REFUND(day(3, 2), 2, -8, 4),
		  SALE(day(3, 9), 3, 7), SALE(day(3, 9), 0, 1000));
}

static void cells_are_distinct_customers_of_a_month(void **state)
{
	struct cohorts c;

	post_three_months(*state);
	c = cohorts_in(*state, &(struct cohort_options){ 0 });
	assert_int_equal(c.n, 3);
	assert_int_equal(c.month[0], day(1, 1));
	assert_int_equal(c.month[2], day(3, 1));
	assert_int_equal(c.size[0], 2);
	assert_int_equal(c.size[1], 0);
	assert_int_equal(c.size[2], 1);
	assert_int_equal(cohort_months(&c, 0), 3);
	assert_int_equal(cohort_months(&c, 2), 1);
	assert_cell(&c, 0, 0, 2, 155);
	assert_cell(&c, 0, 1, 1, 12);
	assert_cell(&c, 0, 2, 1, 30);
	assert_cell(&c, 1, 0, 0, 0);
	assert_cell(&c, 2, 0, 1, 7);
	assert_false(c.last_whole);
	cohorts_release(&c);
}

static void a_window_has_its_own_cohorts_and_end(void **state)
{
	struct cohorts c;

	post_three_months(*state);
	c = cohorts_in(*state, &(struct cohort_options){ .from = day(1, 20), .to = day(2, 28) });
	assert_int_equal(c.n, 2);
	assert_int_equal(c.used.from, day(1, 1));
	assert_int_equal(c.size[0], 2);
	assert_cell(&c, 0, 1, 1, 12);
	assert_true(c.last_whole);
	cohorts_release(&c);
	c = cohorts_in(*state, &(struct cohort_options){ .from = day(2, 1) });
	assert_int_equal(c.n, 2);
	assert_int_equal(c.size[0], 0);	/* 2 came in February, and first before it */
	assert_int_equal(c.size[1], 1);
	cohorts_release(&c);
}

static void a_sheet_leaves_empty_cohorts_out(void **state)
{
	static const char expected[] =
		"2026-01,2,0,2,1,1.55,0.78,0.78,yes\n"
		"2026-01,2,1,1,0.5,0.12,0.06,0.84,yes\n"
		"2026-01,2,2,1,0.5,0.30,0.15,0.99,in part\n"
		"2026-03,1,0,1,1,0.07,0.07,0.07,in part\n";
	struct buf csv = { 0 };
	struct sheet sheet;
	struct cohorts c;

	post_three_months(*state);
	c = cohorts_in(*state, &(struct cohort_options){ 0 });
	cohorts_sheet(&c, &sheet);
	sheet_csv(&sheet, 2, &csv);
	buf_add(&csv, "", 1);
	assert_string_equal(strchr(csv.at, '\n') + 1, expected);
	buf_release(&csv);
	sheet_release(&sheet);
	cohorts_release(&c);
}

static const struct format format = { .dates = DATE_DMY, .zero = '0' };

/* 'n' people from 'id' on who come first on a day, 'again' of them a week later. */
static void post_people(struct hand *h, int64_t id, const int64_t how[3])
{
	for (int64_t i = 0; i < how[1]; i++) {
		HAND_ROWS(h, SALE((int32_t)how[0], id + i, 10));
		if (i < how[2])
			HAND_ROWS(h, SALE((int32_t)how[0] + 7, id + i, 10));
	}
}

static void a_change_is_judged_by_who_came_again(void **state)
{
	struct cohort_options o = { .split = day(2, 20) };
	char sentence[COHORT_SENTENCE];
	struct cohorts c;

	post_people(*state, 1, (int64_t[]){ day(1, 5), 40, 12 });
	post_people(*state, 100, (int64_t[]){ day(2, 5), 30, 24 });
	post_people(*state, 200, (int64_t[]){ day(3, 7), 50, 0 });	/* too late to be asked */
	HAND_ROWS(*state, SALE(day(3, 31), 1, 10));
	c = cohorts_in(*state, &o);
	assert_int_equal(c.used.split, day(2, 1));
	assert_int_equal(c.used.within, 30);
	assert_int_equal(c.change.before.whole, 40);
	assert_int_equal(c.change.before.part, 12);
	assert_int_equal(c.change.since.whole, 30);
	assert_int_equal(c.change.since.part, 24);
	assert_true(c.change.tells);
	cohorts_sentence(&c, &format, sentence);
	assert_string_equal(sentence, "Since Feb 2026 new customers come again within 30 days 80 "
			    "% against 30 % before (by 27 to 66 of 100; other things "
			    "changed too).");
	cohorts_release(&c);

	o.within = 6;	/* nobody comes in six days, before or since */
	c = cohorts_in(*state, &o);
	assert_int_equal(c.change.since.part, 0);
	cohorts_sentence(&c, &format, sentence);
	assert_non_null(strstr(sentence, "that may be chance"));
	cohorts_release(&c);
}

static void few_do_not_tell(void **state)
{
	char sentence[COHORT_SENTENCE];
	struct cohorts c;

	post_people(*state, 1, (int64_t[]){ day(1, 5), 19, 12 });
	post_people(*state, 100, (int64_t[]){ day(2, 5), 30, 24 });
	HAND_ROWS(*state, SALE(day(3, 31), 1, 10));
	c = cohorts_in(*state, &(struct cohort_options){ .split = day(2, 1) });
	assert_false(c.change.tells);
	cohorts_sentence(&c, &format, sentence);
	assert_string_equal(sentence, "Too few new customers to tell whether more come again "
			    "within 30 days since Feb 2026: 24 of 30 since, 12 of 19 before; it "
			    "takes 20 of each.");
	cohorts_release(&c);
}

static void a_split_needs_two_sides(void **state)
{
	struct cohort_options o = { .split = day(1, 20) };
	struct cohorts c;
	struct scan s;

	post_three_months(*state);
	assert_int_equal(scan_read(((struct hand *)*state)->store, &s), ST_OK);
	assert_int_equal(cohorts_of(&s, &o, &c), ST_INVALID);
	cohorts_release(&c);
	o.split = day(4, 1);
	assert_int_equal(cohorts_of(&s, &o, &c), ST_INVALID);
	cohorts_release(&c);
	o = (struct cohort_options){ .within = -1 };
	assert_int_equal(cohorts_of(&s, &o, &c), ST_INVALID);
	cohorts_release(&c);
	scan_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_shop_without_sales_has_no_cohorts),
		HAND_TEST(cells_are_distinct_customers_of_a_month),
		HAND_TEST(a_window_has_its_own_cohorts_and_end),
		HAND_TEST(a_sheet_leaves_empty_cohorts_out),
		HAND_TEST(a_change_is_judged_by_who_came_again),
		HAND_TEST(few_do_not_tell),
		HAND_TEST(a_split_needs_two_sides),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
