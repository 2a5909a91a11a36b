/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/lines.h"

#include "ledger/merge.h"
#include "tests/insight/hand.h"

static struct sold sold_of(struct hand *h)
{
	struct sold s;

	assert_int_equal(sold_read(h->store, &s), ST_OK);
	return s;
}

static void update(struct hand *h, struct sold *s)
{
	do
		assert_int_equal(sold_update(h->store, s), ST_OK);
	while (!s->whole);
}

static void an_empty_journal_has_nothing(void **state)
{
	struct sold s = sold_of(*state);
	struct sold_window w;
	size_t n;
	uint32_t *places = sold_by_customer(&s, &n);

	assert_int_equal(s.sale_count, 0);
	assert_int_equal(s.last_day, 0);
	assert_int_equal(n, 0);
	assert_int_equal(sold_window(&s, &(struct sold_window){ .from = 5 }, &w), ST_OK);
	free(places);
	sold_release(&s);
}

static void lines_are_kept_with_their_sale(void **state)
{
	struct sold s;

	HAND_ROWS(*state, SALE(100, 1, 900),
		  SOLD(101, 2, 700, { 3, 2000, 500 }, { 0, 1000, 120 }, { 1, 1000, 80 }),
		  OTHER(ENTRY_ADJUST, 102, 2),
		  SOLD(103, 0, 40, { 3, 1000, 40 }));
	s = sold_of(*state);
	assert_int_equal(s.sale_count, 3);
	assert_int_equal(s.first_day, 100);
	assert_int_equal(s.last_day, 103);
	assert_int_equal(sold_lines(&s.sale[0]), 0);
	assert_int_equal(sold_lines(&s.sale[1]), 2);
	assert_int_equal(s.sale[1].nameless, 1);
	assert_int_equal(s.sale[1].customer, 2);
	assert_int_equal(s.line[0].item, 3);
	assert_int_equal(s.line[0].quantity, 2000);
	assert_int_equal(s.line[0].amount, 500);
	assert_int_equal(s.line[1].item, 1);
	assert_int_equal(sold_lines(&s.sale[2]), 1);
	assert_int_equal(s.line[s.sale[2].first].amount, 40);
	sold_release(&s);
}

static void what_was_undone_or_given_back_is_gone(void **state)
{
	struct sold s;

	HAND_ROWS(*state, SOLD(100, 1, 1000, { 1, 1000, 1000 }),	/* 1: undone */
		  SOLD(100, 1, 1000, { 1, 1000, 1000 }),		/* 2: given back in two */
		  SOLD(100, 1, 1000, { 1, 1000, 333 }),			/* 3: half given back */
		  SOLD(100, 1, 1000, { 1, 1000, 1000 }),		/* 4: given back, undone */
		  SOLD(100, 1, 0, { 1, 1000, 1000 }),			/* 5: free, given back */
		  SOLD(100, 1, 0, { 1, 1000, 1000 }),			/* 6: free */
		  UNDO(100, 1, 1), REFUND(101, 1, -400, 2), REFUND(102, 1, -600, 2),
		  REFUND(103, 1, -500, 3), REFUND(103, 1, -1000, 4), UNDO(104, 1, 11),
		  REFUND(104, 1, 0, 5), REFUND(105, 0, -70, 0));
	s = sold_of(*state);
	assert_true(s.sale[0].gone);
	assert_true(s.sale[1].gone);
	assert_false(s.sale[2].gone);
	assert_int_equal(sold_amount(&s.sale[2], 333), 167);
	assert_false(s.sale[3].gone);
	assert_int_equal(sold_amount(&s.sale[3], 1000), 1000);
	assert_true(s.sale[4].gone);
	assert_false(s.sale[5].gone);
	sold_release(&s);
}

static void it_follows_the_journal(void **state)
{
	struct sold s = { 0 };

	HAND_ROWS(*state, SOLD(100, 1, 500, { 1, 1000, 500 }), SOLD(101, 2, 500, { 2, 1000, 500 }));
	update(*state, &s);
	assert_int_equal(s.sale_count, 2);
	HAND_ROWS(*state, UNDO(102, 2, 2), SOLD(103, 2, 90, { 2, 1000, 90 }),
		  REFUND(104, 1, -250, 1));
	update(*state, &s);
	assert_int_equal(s.sale_count, 3);
	assert_int_equal(s.last_day, 103);
	assert_true(s.sale[1].gone);
	assert_int_equal(s.sale[0].back, 250);
	assert_int_equal(sold_lines(&s.sale[1]), 1);
	assert_int_equal(sold_lines(&s.sale[2]), 1);
	sold_release(&s);
}

static enum status put_merge(struct txn *txn, void *arg)
{
	struct entry *e = arg;

	merge_put(txn, e);
	return txn_status(txn);
}

static void who_was_merged_bought_as_whom_they_became(void **state)
{
	struct hand *h = *state;
	struct entry *e = mem_alloc(sizeof(*e));
	struct sold s = { 0 };

	HAND_ROWS(h, SOLD(100, 7, 500, { 1, 1000, 500 }), SOLD(101, 2, 500, { 2, 1000, 500 }));
	update(h, &s);
	e->kind = ENTRY_MERGE;
	e->seq = 3;
	e->customer = 7;
	e->subject = 2;
	HAND_ROWS(h, OTHER(ENTRY_MERGE, 102, 7));
	assert_int_equal(store_write(h->store, put_merge, e), ST_OK);
	update(h, &s);
	assert_int_equal(s.sale[0].customer, 2);
	assert_int_equal(s.sale[1].customer, 2);
	sold_release(&s);
	free(e);
}

static void sales_come_by_customer_and_day(void **state)
{
	static const uint32_t expected[] = { 4, 1, 0, 3 };
	struct sold s;
	uint32_t *places;
	size_t n;

	HAND_ROWS(*state, SALE(100, 70000, 1), SALE(300, 5, 1), SALE(101, 0, 1),
		  SALE(100, 4000000000, 1), SALE(200, 5, 1), SALE(200, 5, 1), UNDO(300, 5, 6));
	s = sold_of(*state);
	places = sold_by_customer(&s, &n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(places[i], expected[i]);
	assert_int_equal(sold_next_customer(&s, places, n, 0), 2);
	assert_int_equal(sold_next_customer(&s, places, n, 2), 3);
	free(places);
	sold_release(&s);
}

static void a_window_has_both_its_days(void **state)
{
	struct people_set only = { 0 };
	struct sold_window w;
	struct sold s;

	HAND_ROWS(*state, SALE(100, 1, 1), SALE(101, 2, 1), SALE(102, 0, 1), SALE(103, 1, 1));
	s = sold_of(*state);
	assert_int_equal(sold_window(&s, &(struct sold_window){ 0 }, &w), ST_OK);
	assert_int_equal(w.from, 100);
	assert_int_equal(w.to, 103);
	people_add(&only, 1);
	assert_int_equal(sold_window(&s, &(struct sold_window){ 101, 103, &only }, &w), ST_OK);
	assert_false(sold_within(&s.sale[0], &w));
	assert_false(sold_within(&s.sale[1], &w));
	assert_false(sold_within(&s.sale[2], &w));
	assert_true(sold_within(&s.sale[3], &w));
	assert_int_equal(sold_window(&s, &(struct sold_window){ 103, 102, NULL }, &w), ST_INVALID);
	people_release(&only);
	sold_release(&s);
}

static void categories_are_told_apart_folded(void **state)
{
	struct sold s;

	hand_items(*state, (const struct hand_item[]){
		{ "Chai", "Tea", 2000, 600 }, { "Khari", "Snacks", 1500, 0 },
		{ "Kesar", "TEA ", 4000, 0 }, { "Bag", "", 0, 0 }, { 0 } });
	s = sold_of(*state);
	assert_int_equal(s.goods.n, 4);
	assert_int_equal(s.goods.category_count, 2);
	assert_int_equal(s.goods.row[0].category, s.goods.row[2].category);
	assert_string_equal(s.goods.category[s.goods.row[0].category], "Tea");
	assert_string_equal(s.goods.category[s.goods.row[1].category], "Snacks");
	assert_true(s.goods.row[3].category == GOODS_NONE);
	assert_int_equal(goods_place(&s.goods, 3), 2);
	assert_true(goods_place(&s.goods, 5) == GOODS_NONE);
	assert_true(goods_place(&s.goods, 0) == GOODS_NONE);
	sold_release(&s);
}

static enum status put_code(struct txn *txn, void *arg)
{
	struct item item = { .id = 4, .name = "KHARI", .code = "K \"2\"" };

	(void)arg;
	hand_put(txn, TABLE_ITEM, 4, &item_type, &item);
	return txn_status(txn);
}

static void a_filter_asks_by_code_where_names_meet(void **state)
{
	struct hand *h = *state;
	struct buf text = { 0 };
	struct sold s;

	hand_items(h, (const struct hand_item[]){
		{ "Chai \\ \"special\"", "Hot tea", 0, 0 }, { "Khari", "", 0, 0 }, { 0 } });
	assert_int_equal(store_write(h->store, put_code, NULL), ST_OK);
	s = sold_of(h);
	goods_filter_item(&s.goods, 0, &text);
	assert_string_equal(text.at, "item = \"Chai \\\\ \\\"special\\\"\"");
	buf_clear(&text);
	goods_filter_item(&s.goods, goods_place(&s.goods, 4), &text);
	assert_string_equal(text.at, "item = \"K \\\"2\\\"\"");
	buf_clear(&text);
	goods_filter_category(&s.goods, 0, &text);
	assert_string_equal(text.at, "category = \"Hot tea\"");
	buf_release(&text);
	sold_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND_TEST(an_empty_journal_has_nothing),
		HAND_TEST(lines_are_kept_with_their_sale),
		HAND_TEST(what_was_undone_or_given_back_is_gone),
		HAND_TEST(it_follows_the_journal),
		HAND_TEST(who_was_merged_bought_as_whom_they_became),
		HAND_TEST(sales_come_by_customer_and_day),
		HAND_TEST(a_window_has_both_its_days),
		HAND_TEST(categories_are_told_apart_folded),
		HAND_TEST(a_filter_asks_by_code_where_names_meet),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
