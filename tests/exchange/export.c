/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include "tests/exchange/files.h"

#include "exchange/demo.h"
#include "insight/scan.h"
#include "shop/instance.h"
#include "shop/number.h"

/* -- what an export writes -- */

struct written {
	struct fixture *f;
	struct buf text;
	size_t times, most, lines;
	bool sells;		/* meanwhile somebody goes on selling */
	bool fails;
};

static enum status take(void *arg, const char *text, size_t len)
{
	struct written *w = arg;

	if (w->fails)
		return fail(ST_SYSTEM, "the disk is full");
	buf_add(&w->text, text, len);
	w->times++;
	w->most = len > w->most ? len : w->most;
	if (w->sells)		/* would end the program while a transaction is open */
		sell(w->f, 0, 100, NULL);
	return ST_OK;
}

static struct written write_all(struct fixture *f, enum export_kind kind)
{
	struct written w = { .f = f };

	MUST(export_run(&f->shop, &(struct export_options){ .kind = kind, .now = f->by.now,
							    .write = take, .arg = &w }));
	return w;
}

static size_t lines_of(const struct buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->at[i] == '\n';
	return n;
}

static void assert_has(const struct buf *text, const char *part)
{
	if (!strstr(text->at, part))
		print_error("\"%s\" is not in:\n%s", part, text->at);
	assert_non_null(strstr(text->at, part));
}

/* -- sales -- */

static void what_was_paid_is_spread_over_the_lines(void **state)
{
	struct fixture *f = *state;
	const struct line lines[] = { { .quantity = 1000, .amount = 1000 },
				      { .quantity = 2500, .amount = 1000 },
				      { .quantity = 1000, .amount = 1000 } };
	struct written w;

	sell(f, 0, 2000, &(struct sale){ .receipt = "R-1", .line_count = 3, .lines = lines });
	sell(f, 0, 3000, &(struct sale){ .receipt = "R-2", .line_count = 3, .lines = lines });
	w = write_all(f, EXPORT_SALES);
	assert_has(&w.text, "T09:14:00,R-1,,,,,,,,,1,6.66,\n");
	assert_has(&w.text, "T09:14:00,R-1,,,,,,,,,2.5,6.67,\n");
	assert_has(&w.text, "T09:14:00,R-1,,,,,,,,,1,6.67,\n");
	assert_has(&w.text, "T09:14:00,R-2,,,,,,,,,2.5,10.00,\n");
	assert_int_equal(lines_of(&w.text), 7);
	buf_release(&w.text);
}

static void what_was_undone_is_not_there(void **state)
{
	struct fixture *f = *state;
	struct trade_run run;
	struct written w;
	int64_t sale = sell(f, 0, 500, NULL);

	MUST(give_back(f, sale, 200));
	f->by.now += CLOCK_MINUTE;
	MUST(undo_last(&f->shop, &f->by, 0, &run));
	w = write_all(f, EXPORT_SALES);
	assert_has(&w.text, ",5.00,\n");
	assert_int_equal(lines_of(&w.text), 2);
	buf_release(&w.text);
	w = write_all(f, EXPORT_JOURNAL);
	assert_has(&w.text, "-2.00,0.00,-2.00,2,yes,\n");
	buf_release(&w.text);
}

/* -- parts -- */

static void nobody_waits_for_the_reader(void **state)
{
	struct fixture *f = *state;
	struct written w = { .f = f, .sells = true };
	struct export_options how = { .kind = EXPORT_SALES, .now = f->by.now, .write = take,
				      .arg = &w };

	for (int i = 0; i < 6006; i++)
		sell(f, 0, 100, NULL);
	MUST(export_run(&f->shop, &how));
	assert_true(w.times > 1);
	assert_true(w.most < 400 * 1024);
	assert_true(lines_of(&w.text) > 6006);
	assert_true(lines_of(&w.text) <= 6007 + w.times);
	buf_release(&w.text);
}

/* As when somebody compacts it or restores a backup between two parts. */
static enum status take_and_close(void *arg, const char *text, size_t len)
{
	struct written *w = arg;

	for (size_t i = 0; i < len; i++)
		w->lines += text[i] == '\n';
	w->times++;
	shop_close(&w->f->shop);
	return ST_OK;
}

static void it_goes_on_in_a_store_that_was_let_go(void **state)
{
	struct fixture *f = *state;
	struct written w = { .f = f };
	struct export_options how = { .kind = EXPORT_SALES, .now = f->by.now,
				      .write = take_and_close, .arg = &w };

	for (int i = 0; i < 6006; i++)
		sell(f, 0, 100, NULL);
	MUST(export_run(&f->shop, &how));
	assert_int_equal(w.lines, 6007);
	assert_true(w.times > 1);
	MUST(shop_open(f->dir, &f->shop));
}

static enum status restore(struct txn *txn, void *arg)
{
	const struct fixture *f = arg;

	instance_write_restored(txn, f->by.now);
	return txn_status(txn);
}

static enum status take_and_restore(void *arg, const char *text, size_t len)
{
	struct written *w = arg;

	MUST(store_write(w->f->shop.store, restore, w->f));
	return take_and_close(arg, text, len);
}

static void a_restored_store_is_another(void **state)
{
	struct fixture *f = *state;
	struct written w = { .f = f };
	struct export_options how = { .kind = EXPORT_SALES, .now = f->by.now,
				      .write = take_and_restore, .arg = &w };

	for (int i = 0; i < 6006; i++)
		sell(f, 0, 100, NULL);
	assert_int_equal(export_run(&f->shop, &how), ST_BUSY);
	assert_int_equal(w.times, 1);
	if (f->shop.store)
		shop_close(&f->shop);
	MUST(shop_open(f->dir, &f->shop));
}

static void a_write_that_fails_ends_it(void **state)
{
	struct fixture *f = *state;
	struct written w = { .fails = true };
	struct export_options how = { .kind = EXPORT_ITEMS, .write = take, .arg = &w };

	assert_int_equal(export_run(&f->shop, &how), ST_SYSTEM);
	assert_string_equal(status_text(), "the disk is full");
}

static void an_empty_shop_has_a_line_of_names(void **state)
{
	struct fixture *f = *state;

	for (enum export_kind kind = 0; kind < EXPORT_KINDS; kind++) {
		struct written w = write_all(f, kind);

		assert_int_equal(lines_of(&w.text), kind == EXPORT_JOURNAL ? 2 : 1);
		buf_release(&w.text);
	}
}

/* -- there and back -- */

static void assert_imports(struct shop *shop, const struct actor *by, const struct buf *text,
			   bool again)
{
	struct import_result *r = calloc(1, sizeof(*r));
	struct import_options how = { .dates = DATES_AUTO };
	struct files files;

	files_make(&files);
	put_file(files.path, text->at, text->len);
	MUST(import_file(shop, by, files.path, &how, r));
	assert_rows(r, again ? 0 : r->rows, again ? r->rows : 0, 0);
	files_remove(&files);
	free(r);
}

static struct takings takings_of(struct shop *shop)
{
	struct takings all;
	struct scan s;

	MUST(scan_read(shop->store, &s));
	MUST(scan_takings(&s, s.first_day, s.last_day, &all));
	scan_release(&s);
	all.walk_in = 0;		/* was not rung up */
	return all;
}

static void demo_remove(const char *dir)
{
	static const char *const names[] = { "data.mdb", "lock.mdb", "open.lock", "use.lock" };
	char path[128];

	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}

/* The sample shop's customers and sales in a fresh one, and in itself. */
static void the_sample_shop_goes_round(void **state)
{
	struct fixture *f = *state;
	struct demo_options how = { .customers = 60, .seed = 7, .now = f->by.now };
	struct written people, sales, again;
	struct takings there, here;
	char dir[80];

	shop_close(&f->shop);
	snprintf(dir, sizeof(dir), "%s-demo", f->dir);
	MUST(demo_make(dir, &how));
	MUST(shop_open(dir, &f->shop));
	people = write_all(f, EXPORT_CUSTOMERS);
	sales = write_all(f, EXPORT_SALES);
	there = takings_of(&f->shop);
	assert_imports(&f->shop, &f->by, &sales.text, true);
	assert_imports(&f->shop, &f->by, &people.text, true);
	shop_close(&f->shop);

	MUST(shop_open(f->dir, &f->shop));
	assert_imports(&f->shop, &f->by, &people.text, false);
	assert_imports(&f->shop, &f->by, &sales.text, false);
	assert_verified(f);
	here = takings_of(&f->shop);
	assert_memory_equal(&here, &there, sizeof(here));
	assert_true(here.refunds > 0);
	again = write_all(f, EXPORT_SALES);
	assert_int_equal(lines_of(&again.text), lines_of(&sales.text));
	assert_imports(&f->shop, &f->by, &again.text, true);
	buf_release(&people.text);
	buf_release(&sales.text);
	buf_release(&again.text);
	demo_remove(dir);
}

/* -- numbers of the store in files -- */

struct number_question {
	int64_t id;
	char text[NUMBER_TEXT];
};

static enum status ask_number(struct txn *txn, void *arg)
{
	struct number_question *q = arg;

	number_print(txn, NUMBER_SALE, 12, q->text);
	assert_int_equal(number_read(txn, NUMBER_SALE, q->text), 12);
	assert_int_equal(number_read(txn, NUMBER_CUSTOMER, q->text), 0);
	q->text[0] = q->text[0] == '0' ? '1' : '0';
	assert_int_equal(number_read(txn, NUMBER_SALE, q->text), 0);
	assert_int_equal(number_read(txn, NUMBER_SALE, ""), 0);
	assert_int_equal(number_read(txn, NUMBER_SALE, "@12"), 0);
	assert_int_equal(number_read(txn, NUMBER_SALE, "R-1001"), 0);
	number_print(txn, NUMBER_SALE, 12, q->text);
	q->text[strlen(q->text) - 1] = 'x';
	assert_int_equal(number_read(txn, NUMBER_SALE, q->text), 0);
	q->text[strlen(q->text) - 2] = '\0';
	assert_int_equal(number_read(txn, NUMBER_SALE, q->text), 0);
	return ST_OK;
}

static void numbers_are_this_shops_alone(void **state)
{
	struct fixture *f = *state;
	struct number_question q;

	MUST(store_read(f->shop.store, ask_number, &q));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_paid_is_spread_over_the_lines),
		TEST(what_was_undone_is_not_there),
		TEST(nobody_waits_for_the_reader),
		TEST(it_goes_on_in_a_store_that_was_let_go),
		TEST(a_restored_store_is_another),
		TEST(a_write_that_fails_ends_it),
		TEST(an_empty_shop_has_a_line_of_names),
		TEST(the_sample_shop_goes_round),
		TEST(numbers_are_this_shops_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
