/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

/* Which lines are read, and which receipt a bad one takes with it. */

static void a_bad_line_rejects_its_receipt_only(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, "date,receipt,customer,item,amount\n"
		"2026-02-27,R-1,C1,Tea,20.00\n"
		"2026-02-27,R-2,C2,Bun,\"=1+1\"\n"
		"2026-02-27,R-2,C2,Bun,5.00\n"
		"2026-02-27,R-3,C1,Tea,20.00\n", NULL, &r));
	assert_rows(&r, 2, 0, 2);
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.customers_added, 1);	/* nobody for a receipt that is not booked */
	assert_int_equal(r.items_added, 1);
	assert_string_equal(r.rejected_to, files.rejected);
	assert_string_equal(file_text(files.rejected),
		"line,reason,date,receipt,customer,item,amount\n"
		"3,\"amount: \"\"=1+1\"\" is not an amount: write it like 1149.50, with digits and "
		"one decimal sign.\",2026-02-27,R-2,C2,Bun,\"'=1+1\"\n"
		"4,\"line 3 of the same receipt: amount: \"\"=1+1\"\" is not an amount: write it "
		"like 1149.50, with digits and one decimal sign.\",2026-02-27,R-2,C2,Bun,5.00\n");

	/* Mended there, it is imported as it is. */
	MUST(import_how(f, &files, "line,reason,date,receipt,customer,item,amount\n"
		"3,why,2026-02-27,R-2,C2,Bun,2.00\n4,why,2026-02-27,R-2,C2,Bun,5.00\n", NULL, &r));
	assert_rows(&r, 2, 0, 0);
	assert_string_equal(r.unread, "line, reason");
	assert_string_equal(r.rejected_to, "");
	assert_string_equal(file_text(files.rejected), "");
	assert_verified(f);
	files_remove(&files);
}

static void a_line_that_cannot_be_read_rejects_its_receipt(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	/* Between two lines of a receipt; after the last; before the first. */
	import_text(f, "date,receipt,item,amount\n"
		"2026-02-27,R-1,Tea,20.00\n"
		"2026-02-27,R-1,Bun 5\" wide,5.00\n"
		"2026-02-27,R-1,Tea,20.00\n"
		"2026-02-27,R-2,Tea,20.00\n", 1, 3, &r);
	assert_int_equal(r.sales, 1);
	import_text(f, "date,receipt,item,amount\n"
		"2026-02-27,R-3,Tea,20.00\n"
		"2026-02-27,R-3,Bun, plain,5.00\n"
		"2026-02-27,R-4,Tea,20.00\n", 1, 2, &r);
	import_text(f, "date,receipt,item,amount\n"
		"2026-02-27,R-5,Bun\"s,5.00\n"
		"2026-02-27,R-5,Tea,20.00\n"
		"2026-02-27,R-6,Tea,20.00\n", 1, 2, &r);
	/* Nothing says whose this was. */
	import_text(f, "date,receipt,item,amount\n"
		"2026-02-27,R-7,Tea,20.00\n"
		"nonsense\n"
		"2026-02-27,R-8,Tea,20.00\n", 2, 1, &r);
	assert_int_equal(r.reasons[0].line, 3);
	assert_string_equal(r.reasons[0].text, "the line has 1 columns, and the first line of the "
		"file has 4; put quotes around text that has the delimiter in it");
}

static void a_file_that_was_cut_off_says_so(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "date,receipt,item,amount\n"
		"2026-02-27,R-1,Tea,20.00\n2026-02-27,R-1,Te", 0, 2, &r);
	assert_string_equal(r.reasons[1].text, "the file ends inside this line, which has 3 of 4 "
		"columns: it was cut off; export it again");
	import_text(f, "date,amount\n2026-02-27,20.00\n,\n ,,\n2026-02-27,21.00", 2, 1, &r);
	assert_int_equal(r.revenue, 4100);
}

/* 'line' many times over, and then 'next'. */
static void assert_too_long(struct fixture *f, const char *line, const char *next)
{
	enum { LINES = ENTRY_LINES + 1500 };
	char *text = malloc(100 + LINES * 40), *end;
	struct import_result r;

	end = stpcpy(text, "date,receipt,refund,amount\n");
	for (int i = 0; i < LINES; i++)
		end = stpcpy(end, line);
	stpcpy(end, next);
	import_text(f, text, 1, LINES, &r);
	free(text);
}

static void a_receipt_longer_than_any_is_rejected_whole(void **state)
{
	assert_too_long(*state, "2026-02-01,R-1,,1.00\n", "2026-02-01,R-2,,1.00\n");
	assert_too_long(*state, "2026-02-01,,N1,-1.00\n", "2026-02-01,,N2,-1.00\n");
}

/* Where it has no other number, that of the refund stands for it. */
static void a_bad_line_rejects_its_refund_only(void **state)
{
	struct import_result r;

	import_text(*state, "date,receipt,refund,amount,item\n"
		"2026-02-27,,N1,-20.00,Tea\n"
		"2026-02-27,,N1,-5.00,\"Kha\"ri\n"		/* closing quote */
		"2026-02-27,,N1,-5.00,Bun\n"
		"2026-02-27,,N2,lots,Bun\n"
		"2026-02-27,,N2,-1.00,Bun\n"
		"2026-02-27,,,3.00,Bun\n"
		"2026-02-27,,N3,-1.00,Bun\n"
		"2026-02-27,,N4,-1.00,Bun\n", 3, 5, &r);
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.revenue, 100);
}

static void the_whole_column_settles_dates(void **state)
{
	struct fixture *f = *state;
	struct import_options dmy = { .dates = DATES_DMY };
	struct import_result r;
	struct files files;

	import_text(f, "date;receipt;amount\n03/02/2026;R-1;10,50\n28/02/2026;R-2;5\n", 2, 0, &r);
	assert_string_equal(r.delimiter, "semicolon");
	assert_int_equal(r.revenue, 1550);
	files_make(&files);
	assert_int_equal(import_how(f, &files, "date,receipt,amount\n03/02/2026,R-3,10\n", NULL,
				    &r), ST_INVALID);
	assert_rows(&r, 0, 0, 0);
	MUST(import_how(f, &files, "date,receipt,amount\n03/02/2026,R-3,10\n13/31/2026,R-4,1\n",
			&dmy, &r));
	assert_rows(&r, 1, 0, 1);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_bad_line_rejects_its_receipt_only),
		CASE(a_line_that_cannot_be_read_rejects_its_receipt),
		CASE(a_file_that_was_cut_off_says_so),
		CASE(a_receipt_longer_than_any_is_rejected_whole),
		CASE(a_bad_line_rejects_its_refund_only),
		CASE(the_whole_column_settles_dates),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
