/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/why.h"

#include "tests/shop/people.h"

/* Any line of the journal says why. */

static const struct format plain = { .decimals = 2, .zero = '0' };

static void why(struct fixture *f, int64_t seq, struct buf *out)
{
	struct why_ask ask = { seq, clock_day(f->by.now), &plain };

	buf_clear(out);
	MUST(shop_why(&f->shop, &ask, out));
}

static void assert_says(const struct buf *text, const char *words, bool says)
{
	if ((strstr(text->at, words) != NULL) != says)
		print_error("\"%s\" is %s in:\n%s\n", words, says ? "not" : "", text->at);
	assert_int_equal(strstr(text->at, words) != NULL, says);
}

struct tea_house {
	struct program points;
	int64_t asha, first, second;
};

/* Points of a morning pay a bill of the next one. */
static void open_house(struct fixture *f, struct tea_house *h)
{
	struct customer c = named("Asha Patel");

	*h = (struct tea_house){ .points = { .earn = 1, .spend = 1000, .point_value = 100,
					     .validity = VALID_MONTHS, .valid_for = 12 } };
	add_points(f, &h->points);
	h->asha = add_customer(f, &c);
	h->first = sell(f, h->asha, 50000, &(struct sale){ .receipt = "R-1" });
	f->by.now += 24 * CLOCK_HOUR;
	h->second = sell(f, h->asha, 10000, &(struct sale){ .receipt = "R-2", .points = 20 });
}

static void which_lots_paid_and_until_when_they_were_good(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	struct tea_house h;

	open_house(f, &h);
	why(f, h.second, &text);
	assert_says(&text, "Sale R-2\n  2 Mar 2026 at 09:14, by asha at till 1\n", true);
	assert_says(&text, "Bill: 100, less 20: 80 paid", true);
	assert_says(&text, "Points: -20 used\n    20 of those from: Sale R-1, 1 Mar 2026 (entry ",
		    true);
	assert_says(&text, "), good through 1 Mar 2027\n", true);
	assert_says(&text, "Points: +8 earned\n    good through 2 Mar 2027\n", true);
	assert_says(&text, "was written into the book", false);
	buf_release(&text);
}

static void a_line_without_an_item_has_its_own_words(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	struct line lines[] = { { 0, 2000, 4000 }, { 0, 1000, 1500 } };
	int64_t seq = sell(f, 0, 5500, &(struct sale){ .line_count = 2, .lines = lines,
						      .words = "2 hem and sleeves" });

	why(f, seq, &text);
	assert_says(&text, "    2  40\n  hem and sleeves  15\n", true);
	buf_release(&text);
}

static void by_the_rules_of_that_time(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	struct tea_house h;

	open_house(f, &h);
	why(f, h.first, &text);
	assert_says(&text, "The rules at that time\n  Points: 1 point for every 10 paid.", true);
	assert_says(&text, "changed since", false);
	h.points.spend = 2000;
	MUST(program_edit(&f->shop, &f->by, &h.points));
	why(f, h.first, &text);
	assert_says(&text, "1 point for every 10 paid.", true);
	assert_says(&text, "these rules were changed since", true);
	why(f, sell(f, h.asha, 10000, NULL), &text);
	assert_says(&text, "1 point for every 20 paid.", true);
	assert_says(&text, "changed since", false);
	buf_release(&text);
}

static void what_it_belongs_to_and_what_came_of_it(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	struct trade_run run;
	struct tea_house h;

	open_house(f, &h);
	MUST(give_back(f, h.first, 10000));
	why(f, h.first, &text);
	assert_says(&text, "  Later: Refund R-1, 2 Mar 2026 (entry ", true);
	why(f, h.second + 1, &text);
	assert_says(&text, "It gave back money of: Sale R-1, 1 Mar 2026 (entry ", true);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	why(f, h.second + 1, &text);
	assert_says(&text, "It was undone later: nothing of it counts.\n    Undone, 2 Mar", true);
	why(f, run.seq, &text);
	assert_says(&text, "It took back: Refund R-1, 2 Mar 2026 (entry ", true);
	buf_release(&text);
}

static void when_it_was_written_where_that_was_later(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	int64_t seq = sell(f, 0, 500, &(struct sale){ .occurred = at("2026-02-20T11:00:00") });

	why(f, seq, &text);
	assert_says(&text, "  20 Feb 2026 at 11:00, by asha", true);
	assert_says(&text, "written into the book on 1 Mar 2026 at 09:14.", true);
	buf_release(&text);
}

static void what_was_written_and_what_stood_there(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	struct tea_house h;
	struct customer c;

	open_house(f, &h);
	h.points.spend = 2000;
	h.points.min_redeem = 5;
	MUST(program_edit(&f->shop, &f->by, &h.points));
	why(f, h.second + 1, &text);
	assert_says(&text, "What was written\n", true);
	assert_says(&text, "  For each: 20.00\n    it was: 10.00\n", true);
	assert_says(&text, "  Least to redeem: 5\n", true);
	assert_says(&text, "Earn", false);	/* as it was */
	c = named("Asha N. Patel");
	c.id = h.asha;
	MUST(customer_edit(&f->shop, &f->by, &c));
	why(f, h.second + 2, &text);
	assert_says(&text, "it was: Asha Patel", true);
	MUST(shop_set(&f->shop, &f->by, "name", "Chai Ghar"));
	why(f, h.second + 3, &text);
	assert_says(&text, "Shop: Chai Ghar\n    it was: Patel Tea House\n", true);
	buf_release(&text);
}

static enum status check_fingerprint(struct txn *txn, void *print)
{
	return fingerprint_check(txn, print);
}

/* The same that a day's close prints. */
static void its_fingerprint_proves_what_was_before(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };
	char *print;
	struct day_close c = { .day = clock_day(f->by.now), .takings = -1 };
	struct trade_run run;
	int64_t seq;

	MUST(day_close(&f->shop, &f->by, &c, &run));
	why(f, run.seq, &text);
	print = strstr(text.at, "up to it: ");
	assert_non_null(print);
	print += strlen("up to it: ");
	print[strcspn(print, "\n")] = '\0';
	MUST(fingerprint_seq(print, &seq));
	assert_int_equal(seq, run.seq);
	MUST(store_read(f->shop.store, check_fingerprint, print));
	buf_release(&text);
}

#define shop_test(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		shop_test(which_lots_paid_and_until_when_they_were_good),
		shop_test(a_line_without_an_item_has_its_own_words),
		shop_test(by_the_rules_of_that_time),
		shop_test(what_it_belongs_to_and_what_came_of_it),
		shop_test(when_it_was_written_where_that_was_later),
		shop_test(what_was_written_and_what_stood_there),
		shop_test(its_fingerprint_proves_what_was_before),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
