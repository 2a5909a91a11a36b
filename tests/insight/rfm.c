/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/rfm.h"

#include "tests/insight/hand.h"

static struct rfm rfm_in(struct hand *h, const struct rfm_options *o)
{
	struct rfm r;
	struct scan s;

	assert_int_equal(scan_read(h->store, &s), ST_OK);
	assert_int_equal(rfm_of(&s, o, &r), ST_OK);
	scan_release(&s);
	return r;
}

static void assert_row(const struct rfm *r, int64_t customer, const int64_t expected[6])
{
	const struct rfm_row *row = rfm_find(r, customer);

	assert_non_null(row);
	assert_int_equal(row->customer, customer);
	assert_int_equal(row->recency, expected[0]);
	assert_int_equal(row->frequency, expected[1]);
	assert_int_equal(row->monetary, expected[2]);
	assert_int_equal(row->r, expected[3]);
	assert_int_equal(row->f, expected[4]);
	assert_int_equal(row->m, expected[5]);
}

static void a_shop_without_sales_has_nobody(void **state)
{
	struct rfm r = rfm_in(*state, &(struct rfm_options){ 0 });

	assert_int_equal(r.n, 0);
	assert_null(rfm_find(&r, 1));
	rfm_release(&r);
}

/* Five people on days 100, 110, ... 140 with 1, 2, ... 5 visits. */
static void post_five(struct hand *h)
{
	for (int64_t c = 1; c <= 5; c++)
		for (int64_t i = 0; i < c; i++)
			HAND_ROWS(h, SALE((int32_t)(90 + 10 * c - i), c, 100 * c));
}

static void fifths_of_five_are_one_each(void **state)
{
	struct rfm r;

	post_five(*state);
	r = rfm_in(*state, &(struct rfm_options){ 0 });
	assert_int_equal(r.used.as_of, 140);
	assert_int_equal(r.n, 5);
	assert_false(r.tells);
	/* recency 0, 10, .. 40: cuts 8, 16, 24, 32 */
	assert_true(r.cuts[RFM_RECENCY][0] == 8);
	assert_true(r.cuts[RFM_RECENCY][3] == 32);
	assert_true(r.cuts[RFM_FREQUENCY][0] == 1.8);
	for (int64_t c = 1; c <= 5; c++)
		assert_row(&r, c, (int64_t[]){ 50 - 10 * c, c, 100 * c * c, c, c, c });
	assert_int_equal(rfm_find(&r, 5)->segment, RFM_CHAMPIONS);
	assert_int_equal(rfm_find(&r, 1)->segment, RFM_LOST);
	assert_int_equal(r.segments[RFM_CHAMPIONS].customers, 1);
	assert_int_equal(r.segments[RFM_CHAMPIONS].monetary, 2500);
	assert_null(rfm_find(&r, 6));
	rfm_release(&r);
}

static void what_comes_after_has_not_happened(void **state)
{
	struct rfm r;

	post_five(*state);
	r = rfm_in(*state, &(struct rfm_options){ .as_of = 119, .from = 110 });
	/* 1 came before; of 2 the day 110, of 3 118 and 119; 5 from 136 on. */
	assert_int_equal(r.n, 2);
	assert_int_equal(rfm_find(&r, 2)->recency, 9);
	assert_int_equal(rfm_find(&r, 2)->monetary, 200);
	assert_int_equal(rfm_find(&r, 3)->frequency, 2);
	rfm_release(&r);
}

static void ties_are_never_split(void **state)
{
	struct rfm r;

	for (int64_t c = 1; c <= 60; c++)
		HAND_ROWS(*state, SALE(100, c, c <= 40 ? 10 : 20));
	r = rfm_in(*state, &(struct rfm_options){ 0 });
	assert_true(r.tells);
	for (int64_t c = 1; c <= 60; c++)
		assert_row(&r, c, (int64_t[]){ 0, 1, c <= 40 ? 10 : 20, 5, 1, c <= 40 ? 1 : 4 });
	rfm_release(&r);
}

/* Scores are of fifths, and where most came once a single visit can be the best. */
static void who_came_once_is_no_regular(void **state)
{
	struct rfm_options o = { .own = { [RFM_FREQUENCY] = true, [RFM_MONETARY] = true },
				 .cuts = { [RFM_FREQUENCY] = { -3, -2, -1, 0 },
					   [RFM_MONETARY] = { 1, 2, 3, 4 } } };
	struct rfm r;

	post_five(*state);
	HAND_ROWS(*state, SALE(140, 6, 9000), SALE(101, 7, 9000));
	r = rfm_in(*state, &o);
	assert_row(&r, 6, (int64_t[]){ 0, 1, 9000, 5, 5, 5 });
	assert_int_equal(rfm_find(&r, 6)->segment, RFM_NEW);
	assert_row(&r, 7, (int64_t[]){ 39, 1, 9000, 1, 5, 5 });
	assert_int_equal(rfm_find(&r, 7)->segment, RFM_LOST);
	assert_int_equal(rfm_find(&r, 5)->segment, RFM_CHAMPIONS);
	rfm_release(&r);
}

static void an_owner_has_cuts_of_their_own(void **state)
{
	struct rfm_options o = { .own = { true, true, true },
				 .cuts = { { 7, 14, 30, 60 }, { 1, 2, 3, 4 },
					   { 100, 400, 900, 1600 } } };
	struct rfm r;

	post_five(*state);
	r = rfm_in(*state, &o);
	assert_true(r.tells);
	assert_row(&r, 5, (int64_t[]){ 0, 5, 2500, 5, 5, 5 });
	assert_row(&r, 4, (int64_t[]){ 10, 4, 1600, 4, 4, 4 });
	assert_row(&r, 3, (int64_t[]){ 20, 3, 900, 3, 3, 3 });
	assert_row(&r, 2, (int64_t[]){ 30, 2, 400, 3, 2, 2 });	/* not longer than 30 days */
	assert_row(&r, 1, (int64_t[]){ 40, 1, 100, 2, 1, 1 });
	rfm_release(&r);
}

static void some_keep_the_scores_they_have_among_all(void **state)
{
	struct people_set only = { 0 };
	struct rfm r;

	post_five(*state);
	people_add(&only, 2);
	people_add(&only, 4);
	r = rfm_in(*state, &(struct rfm_options){ 0 });
	rfm_leave_out(&r, &(struct people_set){ .bits = NULL });
	assert_int_equal(r.n, 5);
	assert_int_equal(r.segments[RFM_CHAMPIONS].customers, 1);
	rfm_keep(&r, &only);
	assert_int_equal(r.n, 2);
	assert_row(&r, 4, (int64_t[]){ 10, 4, 1600, 4, 4, 4 });
	assert_null(rfm_find(&r, 5));
	assert_int_equal(r.segments[RFM_CHAMPIONS].customers, 0);
	assert_int_equal(r.segments[RFM_LOYAL].customers, 1);
	assert_int_equal(r.segments[RFM_LOYAL].monetary, 1600);
	rfm_release(&r);
	people_release(&only);
}

static void cuts_that_do_not_rise_are_refused(void **state)
{
	struct rfm_options o = { .own = { [RFM_MONETARY] = true },
				 .cuts = { [RFM_MONETARY] = { 1, 2, 2, 3 } } };
	struct rfm r;
	struct scan s;

	post_five(*state);
	assert_int_equal(scan_read(((struct hand *)*state)->store, &s), ST_OK);
	assert_int_equal(rfm_of(&s, &o, &r), ST_INVALID);
	rfm_release(&r);
	o = (struct rfm_options){ .from = 141 };
	assert_int_equal(rfm_of(&s, &o, &r), ST_INVALID);
	rfm_release(&r);
	scan_release(&s);
}

/* Every triple of scores is in one segment, and each segment has some. */
static void segments_are_complete(void **state)
{
	int seen[RFM_SEGMENTS] = { 0 };
	enum rfm_segment found;

	(void)state;
	for (unsigned r = 1; r <= 5; r++)
		for (unsigned f = 1; f <= 5; f++)
			for (unsigned m = 1; m <= 5; m++)
				seen[rfm_segment_of(r, f, m)]++;
	for (enum rfm_segment i = 0; i < RFM_SEGMENTS; i++) {
		assert_true(seen[i] > 0);
		assert_true(rfm_segment_find(rfm_kinds[i].key, &found) && found == i);
		assert_true(rfm_segment_find(rfm_kinds[i].name, &found) && found == i);
		assert_non_null(rfm_kinds[i].action);
	}
	assert_false(rfm_segment_find("best friends", &found));
	assert_int_equal(rfm_segment_of(5, 1, 1), RFM_NEW);
	assert_int_equal(rfm_segment_of(5, 3, 4), RFM_CHAMPIONS);	/* 3.5 is 4 */
	assert_int_equal(rfm_segment_of(1, 5, 5), RFM_CANNOT_LOSE);
	assert_int_equal(rfm_segment_of(3, 3, 3), RFM_ATTENTION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(a_shop_without_sales_has_nobody),
		HAND_TEST(fifths_of_five_are_one_each),
		HAND_TEST(what_comes_after_has_not_happened),
		HAND_TEST(ties_are_never_split),
		HAND_TEST(who_came_once_is_no_regular),
		HAND_TEST(an_owner_has_cuts_of_their_own),
		HAND_TEST(some_keep_the_scores_they_have_among_all),
		HAND_TEST(cuts_that_do_not_rise_are_refused),
		cmocka_unit_test(segments_are_complete),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
