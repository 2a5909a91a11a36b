/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "shop/customer.h"
#include "shop/directory.h"

/* The book as a list: who is in it, in which order, and what others did since. */

static int64_t add_named(struct fixture *f, const char *name)
{
	struct customer c = { .id = 0 };

	strcpy(c.name, name);
	if (!*name)
		strcpy(c.code, "till 7");
	MUST(customer_add(&f->shop, &f->by, &c, true));
	return c.id;
}

static void on_day(struct fixture *f, const char *when)
{
	f->by.now = at(when);
}

/* Patel Asha 1, પટેલ મીના 2, Shah 3, nameless 4, बाबू 5. */
static void fill(struct fixture *f)
{
	add_named(f, "Patel Asha");
	add_named(f, "પટેલ મીના");
	add_named(f, "Shah");
	add_named(f, "");
	on_day(f, "2026-03-02T10:00:00");
	add_named(f, "बाबू");
	sell(f, 3, 5000, NULL);
	sell(f, 2, 1000, NULL);
	on_day(f, "2026-03-03T10:00:00");
	sell(f, 2, 1000, NULL);
	sell(f, 1, 300, NULL);
}

static size_t read_whole(struct fixture *f, struct directory *d, enum directory_order order)
{
	size_t parts = 0;

	do {
		MUST(directory_update(&f->shop, d, order));
		parts++;
	} while (!d->whole);
	return parts;
}

static void assert_order(struct fixture *f, struct directory *d, enum directory_order order,
			 const char *expected)
{
	char got[200] = "";

	read_whole(f, d, order);
	for (size_t i = 0; i < d->n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%u", i ? " " : "",
			 directory_at(d, i)->id);
	assert_string_equal(got, expected);
}

static void everybody_stands_in_every_order(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 };

	assert_order(f, &d, BY_LAST_VISIT, "");
	directory_release(&d);
	fill(f);
	assert_order(f, &d, BY_LAST_VISIT, "2 1 3 4 5");
	assert_order(f, &d, BY_VISITS, "2 1 3 4 5");
	assert_order(f, &d, BY_SPEND, "3 2 1 4 5");
	assert_order(f, &d, BY_ADDED, "5 4 3 2 1");
	assert_order(f, &d, BY_NAME, "5 1 2 3 4");
	assert_order(f, &d, BY_LAST_VISIT, "2 1 3 4 5");
	directory_release(&d);
}

static void a_row_has_the_figures(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 };
	const struct listed *row;

	fill(f);
	assert_order(f, &d, BY_VISITS, "2 1 3 4 5");
	row = directory_at(&d, 0);
	assert_int_equal(row->visits, 2);
	assert_int_equal(row->spend, 2000);
	assert_int_equal(row->first_day, day_from_civil(2026, 3, 2));
	assert_int_equal(row->last_day, day_from_civil(2026, 3, 3));
	assert_int_equal(row->added, day_from_civil(2026, 3, 1));
	row = directory_at(&d, 4);
	assert_int_equal(row->visits, 0);
	assert_int_equal(row->last_day, 0);
	directory_release(&d);
}

static void a_refund_leaves_less_and_may_go_below_nothing(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 };
	int64_t sale;

	add_named(f, "Asha");
	add_named(f, "Meena");
	sale = sell(f, 1, 5000, NULL);
	sell(f, 2, 2000, NULL);
	assert_order(f, &d, BY_SPEND, "1 2");
	MUST(give_back(f, sale, 4000));
	assert_order(f, &d, BY_SPEND, "2 1");
	assert_int_equal(directory_at(&d, 1)->spend, 1000);
	directory_release(&d);
}

/* What changed since it was read is there the next time, in each order. */
static void it_follows_the_journal(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 }, named = { 0 };
	struct customer c = { .id = 3, .name = "Aakash" };
	struct trade_run run;

	fill(f);
	assert_order(f, &d, BY_VISITS, "2 1 3 4 5");
	assert_order(f, &named, BY_NAME, "5 1 2 3 4");
	MUST(customer_edit(&f->shop, &f->by, &c));
	add_named(f, "Bina");
	sell(f, 6, 100, NULL);
	on_day(f, "2026-03-04T10:00:00");
	sell(f, 6, 100, NULL);
	sell(f, 6, 900, NULL);
	assert_order(f, &d, BY_VISITS, "2 6 1 3 4 5");
	assert_order(f, &named, BY_NAME, "3 5 6 1 2 4");
	assert_int_equal(directory_at(&d, 1)->spend, 1100);
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	assert_order(f, &d, BY_SPEND, "3 2 1 6 4 5");
	directory_release(&d);
	directory_release(&named);
}

/* The file may be another one by then, with fewer people or with others. */
static void another_opening_begins_anew(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 };

	fill(f);
	assert_order(f, &d, BY_VISITS, "2 1 3 4 5");
	d.row[1].visits = 0;
	d.row[4].id = 9;
	d.seq += 100;
	d.opening--;
	assert_order(f, &d, BY_VISITS, "2 1 3 4 5");
	directory_release(&d);
}

static void who_is_gone_is_left_out(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 }, fresh = { 0 };
	struct customer_merge m = { .from = 3, .into = 5 };
	struct customer_merged *done = calloc(1, sizeof(*done));

	fill(f);
	assert_order(f, &d, BY_SPEND, "3 2 1 4 5");
	MUST(customer_merge(&f->shop, &f->by, &m, done));
	holder_release(&done->holder);
	free(done);
	assert_order(f, &d, BY_SPEND, "5 2 1 4");
	MUST(customer_erase(&f->shop, &f->by, 2));
	assert_order(f, &d, BY_SPEND, "5 1 4");
	assert_order(f, &fresh, BY_SPEND, "5 1 4");
	directory_release(&d);
	directory_release(&fresh);
}

/* -- many -- */

static enum status insert_many(struct txn *txn, void *arg)
{
	struct fixture *f = arg;
	struct trade t;
	struct customer c = { .id = 0 };
	enum status st = ST_OK;

	trade_open(&t, txn, &f->shop, &f->by);
	for (int i = 0; st == ST_OK && i < 45000; i++) {
		snprintf(c.code, sizeof(c.code), "%d", i);
		st = customer_insert(&t, &c);
	}
	return st == ST_OK ? trade_close(&t) : st;
}

static void many_are_read_in_parts(void **state)
{
	struct fixture *f = *state;
	struct directory d = { 0 };
	size_t place;

	MUST(store_write(f->shop.store, insert_many, f));
	MUST(directory_update(&f->shop, &d, BY_ADDED));
	assert_false(d.whole);
	assert_in_range(d.n, 1, 44999);
	assert_false(directory_place(&d, 1, &place));
	assert_int_equal(d.total, 45000);
	/* Another order, and somebody more, while they are read. */
	add_named(f, "Asha");
	assert_true(read_whole(f, &d, BY_VISITS) > 1);
	assert_int_equal(d.n, 45001);
	assert_int_equal(read_whole(f, &d, BY_ADDED), 1);
	assert_int_equal(directory_at(&d, 0)->id, 45001);
	assert_false(directory_place(&d, 45002, &place));
	assert_true(read_whole(f, &d, BY_NAME) > 1);
	assert_int_equal(directory_at(&d, 0)->id, 45001);
	assert_int_equal(directory_at(&d, 1)->id, 1);
	/* More entries than are worth following: everybody is read again. */
	d.seq = 1;
	assert_true(read_whole(f, &d, BY_NAME) > 1);
	assert_int_equal(d.n, 45001);
	directory_release(&d);
}

static void assert_same_place(const struct directory *d, const struct directory *fresh, size_t at)
{
	int64_t id = directory_at(d, at)->id;
	size_t place;

	assert_int_equal(id, directory_at(fresh, at)->id);
	assert_true(directory_place(d, id, &place));
	assert_int_equal(place, at);
}

/* After each of many small changes the order is that of a fresh reading. */
static void moving_one_is_as_good_as_sorting_all(void **state)
{
	struct fixture *f = *state;
	struct directory followed[DIRECTORY_ORDERS] = { { 0 } }, fresh;
	struct customer c;
	uint32_t dice = 7;

	for (int i = 0; i < 30; i++)
		add_named(f, i % 3 ? "Asha" : "Meena Shah");
	for (int i = 0; i < 60; i++) {
		dice = dice * 1103515245 + 12345;
		c = (struct customer){ .id = 1 + dice / 65536 % 30 };
		if (i % 20 == 19)
			f->by.now += 24 * CLOCK_HOUR;
		sell(f, c.id, 100 + dice / 4096 % 8 * 100, NULL);
		if (i % 4 == 0) {
			snprintf(c.name, sizeof(c.name), "%s", i % 8 ? "Meena Shan" : "Asha");
			MUST(customer_edit(&f->shop, &f->by, &c));
		}
		for (int order = 0; i % 3 == 0 && order < DIRECTORY_ORDERS; order++) {
			fresh = (struct directory){ 0 };
			read_whole(f, &followed[order], (enum directory_order)order);
			read_whole(f, &fresh, (enum directory_order)order);
			for (size_t at = 0; at < fresh.n; at++)
				assert_same_place(&followed[order], &fresh, at);
			directory_release(&fresh);
		}
	}
	for (int order = 0; order < DIRECTORY_ORDERS; order++)
		directory_release(&followed[order]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everybody_stands_in_every_order, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_row_has_the_figures, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(a_refund_leaves_less_and_may_go_below_nothing,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(it_follows_the_journal, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(another_opening_begins_anew, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(who_is_gone_is_left_out, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(many_are_read_in_parts, fixture_setup,
						fixture_teardown),
		cmocka_unit_test_setup_teardown(moving_one_is_as_good_as_sorting_all, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
