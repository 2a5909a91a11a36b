/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/place.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* A file of the till on its way into the book, by the keys of whoever sits
 * there. */

static const char sales[] =
	"printf 'date,receipt,name,phone,item,amount\\n"
	"2026-10-01,R-1,Meena Desai,9824011111,Masala chai,40.00\\n"
	"2026-10-02,R-2,Meena Desai,9824011111,Khari,20.00\\n"
	"2026-10-02,R-3,,,Masala chai,15.50\\n' >till.csv";

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

/* A shop and files, the screen of the import open and this file chosen. */
static struct term *choose(struct place *p, const char *files, const char *name)
{
	char path[160];
	struct term *t;

	place_tea_house(p);
	place_run(p, files, NULL);
	t = place_open(p);
	press(t, "F9");
	type(t, "Import");
	press(t, "enter");
	see(t, "File:");
	whole(t);
	snprintf(path, sizeof(path), "%s/%s", p->dir, name);
	paste(t, path);
	press(t, "enter");
	return t;
}

static void assert_prints(struct place *p, const char *script, const char *text)
{
	struct buf out = { 0 };

	place_run(p, script, &out);
	if (!strstr(out.at, text))
		print_error("%s printed:\n%s\n", script, out.at);
	assert_non_null(strstr(out.at, text));
	buf_release(&out);
}

static void a_file_is_looked_at_tried_and_imported(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, sales, "till.csv");

	see(t, "till.csv: sales, 3 rows");
	see(t, "from 1 Oct 2026 to 2 Oct 2026; UTF-8, parted by commas");
	screen_is(t, "import-columns-80x24");
	whole(t);
	press(t, "enter");
	see(t, "this would be imported; nothing is kept yet");
	see(t, "75.50");
	screen_is(t, "import-tried-80x24");
	assert_prints(p, "regulars report summary --json", "\"sales\": 0");
	press(t, "enter");
	see(t, "Import till.csv?");
	press(t, "enter");		/* No is chosen */
	gone(t, "Import till.csv?");
	assert_prints(p, "regulars report summary --json", "\"sales\": 0");
	press(t, "ctrl-s");
	see(t, "Import till.csv?");
	press(t, "2");
	see(t, "Imported: till.csv");
	whole(t);
	assert_prints(p, "regulars report summary --json", "\"sales\": 3");
	place_run(p, "regulars verify; test ! -e till.csv.rejected.csv", NULL);
	press(t, "1");
	see(t, "Meena Desai");
}

static void the_same_file_again_is_nothing_new(void **state)
{
	struct place *p = *state;
	struct term *t;
	char files[1000];

	snprintf(files, sizeof(files), "%s; regulars import till.csv", sales);
	t = choose(p, files, "till.csv");
	press(t, "ctrl-s");
	see(t, "till.csv: there is nothing new in it");
	gone(t, "Import it");
	press(t, "1");
	see(t, "till.csv: sales, 3 rows");
}

static void customers_by_name_keep_their_names(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'date,customer,phone,total\\n"
				"2026-10-01,Amb One,9824011111,40\\n"
				"2026-10-02,Amb Two,9824022222,20\\n"
				"2026-10-03,Amb Three,9824033333,20\\n' >names.csv", "names.csv");

	see(t, "read: date, name, phone, amount");
	press(t, "enter");
	see(t, "by name, phone");
	press(t, "1");
	press(t, "2");
	see(t, "Imported: names.csv");
	press(t, "1");
	see_at(t, 0, "Customers");
	see(t, "by day added");
	see(t, "Amb One");
	whole(t);
	assert_prints(p, "regulars customer find 9824033333", "Amb Three");
}

static void a_birthday_left_out_is_told(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'name,birthday\\nMeena,14/08/1990\\nRavi,31 May\\n' "
				">born.csv", "born.csv");

	press(t, "enter");
	see(t, "line 3: the birthday \"31 May\" cannot be read and is left out");
	press(t, "1");
	press(t, "2");
	see(t, "Imported: born.csv");
	whole(t);
	assert_prints(p, "regulars customer show Meena", "1990-08-14");
}

/* -- files with something wrong -- */

static void bad_lines_are_left_out_and_told(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'date,receipt,name,phone,amount\\n"
				"2026-10-01,R1,Meena,9824011111,40.00\\n"
				"2026-13-05,R2,Ravi,,20.00\\n"
				"2026-10-02,R3,Ravi,4.41E+11,20.00\\n"
				"2026-10-03,R4,\"Nilesh,,10.00\\n"
				"2026-10-04,R5,Sunita,,abc\\n' >bad.csv", "bad.csv");

	press(t, "enter");
	see(t, "Lines left out");
	see(t, "line 3: date: \"2026-13-05\" is not a date");
	see(t, "line 5: a quote is opened and never closed");
	whole(t);
	press(t, "1");
	press(t, "2");
	see(t, "Imported: bad.csv");
	see(t, "bad.csv.rejected.csv");
	assert_prints(p, "wc -l <bad.csv.rejected.csv", "5\n");
	place_run(p, "regulars verify", NULL);
	press(t, "2");
	see(t, "bad.csv.rejected.csv");
	see(t, "File:");
}

static void what_is_no_table_ends_in_one_sentence(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'PK\\003\\004zip' >book.csv; : >empty.csv", "book.csv");

	see(t, "save it as CSV");
	press(t, "enter");
	gone(t, "save it as CSV");
	press(t, "ctrl-u");
	type(t, "empty.csv");
	press(t, "enter");
	see(t, "the file is empty");
	press(t, "esc");
	press(t, "esc");
	type(t, "nothing-like-it");
	see(t, "No file here has that in its name");
	press(t, "enter");
	see(t, "there is no file");
	whole(t);
}

/* -- what a person has to say -- */

static void columns_are_picked(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'Beleg;Datum;Summe;Kunde;Kasse\\n"
				"B1;2026-10-01;40,00;Meena Desai;1\\n"
				"B2;2026-10-02;2,50;Meena Desai;2\\n' >kasse.csv", "kasse.csv");

	see(t, "kasse.csv: 2 rows");
	see(t, "parted by semicolons");
	see(t, "Which columns are the date and the amount");
	press(t, "enter");
	see(t, "What is in the column \"Datum\"?");
	see(t, "> 3 date");
	press(t, "enter");
	see(t, "Which column is the amount?");
	press(t, "enter");
	see(t, "What is in the column \"Summe\"?");
	press(t, "enter");
	see(t, "read: date, amount");
	press(t, "left");
	press(t, "right");
	press(t, "enter");
	see(t, "What is in the column \"Kunde\"?");
	type(t, "name");
	press(t, "enter");
	see(t, "read: date, amount, name");
	whole(t);
	press(t, "enter");
	see(t, "42.50");
	see(t, "New customers");
}

static void a_column_can_be_left_unread(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'date,total,net sales,phone\\n"
				"2026-10-01,40,38,9824011111\\n' >two.csv", "two.csv");

	see(t, "Which column is the amount?");
	press(t, "F10");
	see(t, "One thing has to be settled first.");
	press(t, "enter");
	see(t, "What is in the column \"net sales\"?");
	press(t, "1");
	see(t, "read: date, amount, phone");
	press(t, "ctrl-s");
	see(t, "40.00");
}

static void the_order_of_dates_is_asked(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'date,amount\\n02/03/2026,40.00\\n"
				"03/04/2026,10.00\\n' >dates.csv", "dates.csv");

	see(t, "\"02/03/2026\" in line 2 can be read in two ways");
	press(t, "enter");
	see(t, "02/03/2026 is 2 Mar 2026");
	see(t, "02/03/2026 is 3 Feb 2026");
	press(t, "2");
	see(t, "from 3 Feb 2026 to 4 Mar 2026");
	press(t, "enter");
	see(t, "this would be imported");
	see(t, "No line says whose sale it was");
	press(t, "1");
	press(t, "2");
	see(t, "Imported: dates.csv");
	press(t, "1");
	see_at(t, 0, "Counter");
	whole(t);
}

static void sales_before_a_program_can_earn(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'date,phone,amount\\n2019-03-02,9824011111,40.00\\n"
				"2019-03-03,9824011111,40.00\\n' >old.csv", "old.csv");

	see(t, "earn nothing");
	press(t, "3");
	see(t, "earn in it too");
	press(t, "ctrl-s");
	press(t, "ctrl-s");
	press(t, "2");
	see(t, "Imported: old.csv");
	assert_prints(p, "regulars customer show 9824011111", "2 of 3 stamps");
}

/* -- reading -- */

static void other_encodings_are_read(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'name,phone\\nઆશા પટેલ,9824011111\\n' |"
				"iconv -f UTF-8 -t UTF-16 >wide.csv", "wide.csv");

	see(t, "wide.csv: customers, 1 row");
	see(t, "UTF-16");
	see(t, "આશા પટેલ");
	whole(t);
	press(t, "ctrl-s");
	press(t, "ctrl-s");
	press(t, "2");
	see(t, "Imported: wide.csv");
	assert_prints(p, "regulars customer find 9824011111", "આશા પટેલ");
}

/* As a till writes it: newest first, a refund above its sale, one taken back. */
static void a_till_is_known_by_its_columns(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "printf 'Date,Receipt number,Receipt type,Net sales,"
				"Payment type,Customer name,Status\n"
				"13/10/2026 09:05,1-4,Refund,-40.00,Cash,Meena Desai,Closed\n"
				"12/10/2026 18:40,1-3,Sale,15.50,Cash,,Cancelled\n"
				"12/10/2026 09:02,1-2,Sale,20.00,Cash,,Closed\n"
				"12/10/2026 09:01,1-1,Sale,40.00,Cash,Meena Desai,Closed\n' "
				">receipts.csv", "receipts.csv");

	see(t, "receipts.csv: sales, 4 rows");
	see(t, "Loyverse: receipts; from 12 Oct 2026 to 13 Oct 2026");
	see(t, "1 row is no sale and will be passed over");
	see(t, "3 Which till wrote it");
	screen_is(t, "import-till-80x24");
	whole(t);
	press(t, "3");
	see(t, "Which till wrote this file?");
	type(t, "columns by");
	press(t, "enter");
	gone(t, "Which till wrote this file?");
	gone(t, "Loyverse: receipts;");
	see(t, "columns by hand");
	press(t, "3");
	type(t, "Loyverse: receipts");
	press(t, "enter");
	see(t, "Loyverse: receipts; from");
	press(t, "1");
	see(t, "Lines that are no sale");
	see(t, "cancelled 1");
	see(t, "20.00");
	press(t, "1");
	press(t, "2");
	see(t, "Imported: receipts.csv");
	whole(t);
	assert_prints(p, "regulars sale list", "loyverse:1-4");
	place_run(p, "regulars verify", NULL);
}

static void esc_peels_one_layer(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, sales, "till.csv");

	press(t, "enter");
	see(t, "this would be imported");
	press(t, "esc");
	see(t, "till.csv: sales, 3 rows");
	press(t, "2");
	press(t, "enter");
	see(t, "What is in the column \"date\"?");
	press(t, "esc");
	gone(t, "What is in the column");
	press(t, "esc");		/* from the table to what there is to do */
	see(t, "> 2 Say what a column is");
	press(t, "esc");
	see(t, "File: /");
	press(t, "esc");
	gone(t, "File: /");
	see(t, "File:");
	press(t, "esc");
	gone(t, "File:");
}

static void fits_other_sizes(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 40, 120 }, { 1, 1 }, { 24, 80 } };
	struct place *p = *state;
	struct term *t = choose(p, sales, "till.csv");

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		looks_whole(t);
	}
	see(t, "> 1 Try it");
	press(t, "enter");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		looks_whole(t);
	}
	see(t, "> 1 Import it");
	term_resize(t, 16, 60);
	see(t, "Sales");
	see(t, "> 1 Import it");
	whole(t);
}

static void folders_are_walked(void **state)
{
	struct place *p = *state;
	struct term *t = choose(p, "mkdir -p deep/down; printf 'name\\nMeena\\n' >one.csv;"
				"mv one.csv deep/down", "deep");

	see(t, "/deep");
	see(t, "down");
	type(t, "dow");
	press(t, "enter");
	see(t, "one.csv");
	press(t, "left");
	see(t, "down");
	gone(t, "one.csv");
	type(t, "down/o");
	see(t, "one.csv");
	press(t, "enter");
	see(t, "one.csv: customers, 1 row");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_file_is_looked_at_tried_and_imported),
		TEST(the_same_file_again_is_nothing_new),
		TEST(customers_by_name_keep_their_names),
		TEST(a_birthday_left_out_is_told),
		TEST(bad_lines_are_left_out_and_told),
		TEST(what_is_no_table_ends_in_one_sentence),
		TEST(columns_are_picked),
		TEST(a_column_can_be_left_unread),
		TEST(the_order_of_dates_is_asked),
		TEST(sales_before_a_program_can_earn),
		TEST(other_encodings_are_read),
		TEST(a_till_is_known_by_its_columns),
		TEST(esc_peels_one_layer),
		TEST(fits_other_sizes),
		TEST(folders_are_walked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
