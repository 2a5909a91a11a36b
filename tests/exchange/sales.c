/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

/* What a till's file says is in the book afterwards. */

static void books_what_the_contract_says(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct customer asha;

	import_text(f, HEADER
		"2026-02-27T09:14:00,R-1,,C17,Asha Patel,09824012345,asha@example.com,"
		"Masala chai,CH1,tea,2,40.00,cash\n"
		"2026-02-27T09:14:00,R-1,,,,,,Khari,,snacks,1.5,15,card\n"
		"2026-02-27T10:00:00,R-2,,,,,,Masala chai,CH1,tea,1,20.00,\n"
		"2026-02-28T09:00:00,R-1,F-1,C17,,,,Khari,,,1,-15.00,cash\n", 4, 0, &r);
	assert_int_equal(r.kind, IMPORT_SALES);
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.revenue, 6000);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(r.items_added, 2);
	assert_int_equal(r.named, 3);
	asha = person(f, "C17");
	assert_string_equal(asha.name, "Asha Patel");
	assert_string_equal(asha.phones[0].text, "+919824012345");
	assert_string_equal(asha.emails[0].address, "asha@example.com");
	assert_int_equal(figures_of(f, asha.id).spend, 4000);
	assert_int_equal(figures_of(f, asha.id).visits, 1);
}

struct sale_question {
	const char *receipt;
	struct entry *e;
};

static enum status ask_sale(struct txn *txn, void *arg)
{
	struct sale_question *q = arg;
	int64_t seq;
	enum status st = sale_by_receipt(txn, q->receipt, &seq);

	return st == ST_OK ? journal_read(txn, seq, q->e) : st;
}

static void keeps_lines_and_payments(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct entry *e = calloc(1, sizeof(*e));
	struct sale_question q = { "R-1", e };

	import_text(f, "date,receipt,item,quantity,amount,tender\n"
		"2026-02-27T09:14:00,R-1,Tea,2,40.00,Cash\n"
		"2026-02-27T09:14:30,R-1,Khari,1.5,15.50,VISA\n"
		"2026-02-27T09:14:30,R-1,Bun,,4.50,wallet\n"
		"2026-02-27T09:14:30,R-1,Tea,1,20.00,cash\n", 4, 0, &r);
	MUST(store_read(f->shop.store, ask_sale, &q));
	assert_int_equal(e->total, 8000);
	assert_int_equal(e->occurred, at("2026-02-27T09:14:00"));
	assert_int_equal(e->line_count, 4);
	assert_int_equal(e->lines[1].quantity, 1500);
	assert_int_equal(e->lines[2].quantity, 1000);
	assert_int_equal(e->lines[3].item, e->lines[0].item);
	assert_int_equal(e->tender_count, 3);
	assert_int_equal(e->tenders[0].kind, TENDER_CASH);
	assert_int_equal(e->tenders[0].amount, 6000);
	assert_int_equal(e->tenders[1].kind, TENDER_CARD);
	assert_int_equal(e->tenders[2].kind, TENDER_UNKNOWN);
	free(e);
}

static void refunds_are_known_by_their_number(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "date,receipt,refund,customer,amount\n"
		"2026-02-01,R-1,,C1,100.00\n"
		"2026-02-02,R-1,1,C1,-30.00\n"
		"2026-02-02,R-1,1,C1,-10.00\n"	/* two lines of one refund */
		"2026-02-02,R-1,2,,-40.00\n"
		"2026-02-03,R-1,3,,-30.00\n"	/* more than is left */
		"2026-02-03,R-1,2,,-20.00\n"	/* the number is taken */
		"2026-02-03,R-1,4,C2,-20.00\n"	/* of somebody else */
		"2026-02-03,R-9,1,,-20.00\n"
		"2026-02-03,,,C1,-20.00\n"
		"2026-01-31,R-1,5,,-20.00\n"	/* before the sale */
		"2026-02-03,R-1,6,,20.00\n", 4, 7, &r);
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.revenue, 2000);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(figures_of(f, 1).spend, 2000);
}

/* Credit notes, whose sales nobody knows. */
static void refunds_of_no_sale_are_the_customers(void **state)
{
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 100 };
	struct import_result r;

	add_points(f, &p);
	import_text(f, "date,receipt,refund,customer,item,amount\n"
		"2026-02-01,R-1,,C1,Tea,50.00\n"
		"2026-02-03,,N1,C1,Tea,-2.00\n"
		"2026-02-03,,N1,,Bun,-3.00\n"		/* two lines of one refund */
		"2026-02-03,,N2,C1,Tea,-5.00\n"
		"2026-02-03,,N3,C2,Tea,-5.00\n"	/* new with it */
		"2026-02-03,,N4,,Tea,-1.00\n"		/* nobody's */
		"2026-02-04,R-9,N5,C1,Tea,-7.00\n"	/* names a sale that is not there */
		"2026-02-04,R-9,N5,C1,Bun,-7.00\n"
		"2026-02-04,,N6,C1,Tea,-7.00\n"
		"2026-02-04,,N6,C1,Bun,much\n"		/* one bad line rejects all of it */
		"2026-02-04,,N7,C1,Tea,-7.00\n"
		"2026-02-04,,N7,C3,Bun,-7.00\n"	/* two people */
		"2026-02-04,,N3,C1,Tea,-5.00\n"	/* is another's */
		"2026-02-04,,N2,C1,Tea,-6.00\n"	/* is further up */
		"2027-02-04,,N8,C4,Tea,-6.00\n", 6, 9, &r);	/* to come */
	assert_int_equal(r.refunds, 4);
	assert_int_equal(r.unknown_refunds, 4);
	assert_int_equal(r.revenue, 5000 - 500 - 500 - 500 - 100);
	assert_int_equal(r.customers_added, 2);
	assert_int_equal(r.named, 5);
	assert_int_equal(figures_of(f, 1).spend, 4000);
	assert_int_equal(figures_of(f, 1).visits, 1);
	assert_int_equal(figures_of(f, 2).spend, -500);
	assert_int_equal(figures_of(f, 2).visits, 0);
	assert_int_equal(points_of(f, 1, p.id), 50);	/* are of the sale */
}

/* The sale may come: its points go back with it then, so nothing is booked before. */
static void a_refund_that_names_its_sale_is_told_to_wait(void **state)
{
	static const char text[] = "date,receipt,refund,customer,amount\n"
		"2026-02-04,R-9,N5,C1,-7.00\n";
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, text, 0, 1, &r);
	assert_string_equal(r.reasons[0].text, "an amount below zero is a refund, and there is no "
			    "sale with receipt R-9: import the file with that sale first, or leave "
			    "its receipt empty and number it in the column refund");
	import_text(f, "date,receipt,customer,amount\n2026-02-01,R-9,C1,50.00\n", 1, 0, &r);
	import_text(f, text, 1, 0, &r);
	assert_int_equal(r.unknown_refunds, 0);
	assert_int_equal(figures_of(f, 1).spend, 4300);
}

static void equal_refunds_without_a_number_are_two(void **state)
{
	static const char first[] = "date,receipt,customer,amount\n"
		"2026-02-01,R-1,C1,100.00\n"
		"2026-02-02,R-1,C1,-10.00\n"
		"2026-02-02,R-1,C1,-10.00\n";
	struct fixture *f = *state;
	struct import_result r;
	struct files files;
	char more[300];

	import_text(f, first, 3, 0, &r);
	assert_int_equal(r.refunds, 2);
	files_make(&files);
	snprintf(more, sizeof(more), "%s2026-02-02,R-1,C1,-10.00\n", first);
	MUST(import_how(f, &files, more, NULL, &r));
	assert_rows(&r, 1, 3, 0);
	assert_int_equal(figures_of(f, 1).spend, 7000);
	files_remove(&files);
}

/* A file with the newest first. */
static void a_refund_above_its_sale_waits_for_it(void **state)
{
	static const char text[] = "date,receipt,refund,customer,amount\n"
		"2026-02-05,R-9,,C1,-1.00\n"		/* of no sale */
		"2026-02-04,R-1,,C1,-10.00\n"
		"2026-02-04,R-1,7,C1,-5.00\n"
		"2026-02-04,R-1,7,C1,-2.00\n"		/* two lines of one refund */
		"2026-02-04,R-1,8,C2,-1.00\n"		/* not theirs */
		"2026-02-03,R-1,,C1,100.00\n"
		"2026-02-04,R-1,,C1,-10.00\n"		/* equal to the one above the sale */
		"2026-02-04,R-2,,C2,-60.00\n"		/* more than there is */
		"2026-02-02,R-2,,C2,50.00\n";
	struct fixture *f = *state;
	struct import_options trial = { .dry_run = true };
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, text, &trial, &r));
	assert_rows(&r, 6, 0, 3);
	assert_int_equal(r.refunds, 3);
	files_remove(&files);
	import_text(f, text, 6, 3, &r);
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.refunds, 3);
	assert_int_equal(r.revenue, 10000 - 1000 - 700 - 1000 + 5000);
	assert_int_equal(r.named, 6);
	assert_int_equal(r.reasons[0].line, 2);
	assert_int_equal(r.reasons[1].line, 6);
	assert_int_equal(r.reasons[2].line, 9);
	assert_verified(f);
}

static void nothing_is_rejected_of_a_file_with_the_newest_first(void **state)
{
	static const char text[] = "date,receipt,customer,amount\n"
		"2026-02-04T10:00:00,R-2,C1,-5.00\n"
		"2026-02-03T10:00:00,R-2,C1,20.00\n"
		"2026-02-02T10:00:00,R-1,C1,-10.00\n"
		"2026-02-01T10:00:00,R-1,C1,10.00\n";
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, text, NULL, &r));
	assert_rows(&r, 4, 0, 0);
	assert_string_equal(file_text(files.rejected), "");
	MUST(import_how(f, &files, text, NULL, &r));
	assert_rows(&r, 0, 4, 0);
	assert_string_equal(file_text(files.rejected), "");
	files_remove(&files);
}

static void equal_rows_without_a_receipt_are_told_by_their_place(void **state)
{
	static const char first[] = "date,amount\n"
		"2026-02-01,10.00\n2026-02-01,10.00\n2026-02-01,5.00\n2026-02-01,10.00\n";
	struct fixture *f = *state;
	struct import_result r;
	struct files files;
	char more[300];

	import_text(f, first, 4, 0, &r);
	assert_int_equal(r.revenue, 3500);
	assert_int_equal(r.named, 0);
	files_make(&files);
	snprintf(more, sizeof(more), "%s2026-02-01,10.00\n2026-02-02,10.00\n", first);
	MUST(import_how(f, &files, more, NULL, &r));
	assert_rows(&r, 2, 4, 0);
	assert_verified(f);
	files_remove(&files);
}

static void thousands_of_equal_rows_are_no_burden(void **state)
{
	enum { ROWS = 20000 };
	static const char row[] = "2026-02-01,10.00\n";
	char *text = malloc(100 + ROWS * sizeof(row)), *end = stpcpy(text, "date,amount\n");
	struct import_result r;

	for (int i = 0; i < ROWS; i++)
		end = stpcpy(end, row);
	import_text(*state, text, ROWS, 0, &r);
	free(text);
}

static void a_receipt_that_differs_is_rejected(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	import_text(f, "date,receipt,customer,amount\n2026-02-01,R-1,C1,100.00\n", 1, 0, &r);
	files_make(&files);
	MUST(import_how(f, &files, "date,receipt,customer,amount\n"
		"2026-02-01,R-1,C1,90.00\n"
		"2026-02-01,R-2,C1,5.00\n"
		"2026-02-02,R-1,C1,100.00\n"
		"2026-02-01,R-2,C1,5.00\n"
		"2026-02-01,R-1,C7,100.00\n"
		"2026-02-01,R-2,C1,5.00\n"
		"2026-02-01,R-1,C1,100.00\n", NULL, &r));
	assert_rows(&r, 1, 3, 3);
	assert_int_equal(r.customers_added, 0);
	assert_string_equal(r.reasons[0].text,
		"receipt R-1 differs from the sale of 2026-02-01: it was 100.00, here it is 90.00");
	assert_int_equal(figures_of(f, 1).spend, 10500);
	files_remove(&files);
}

static void lines_that_stand_apart_are_told(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct files files;

	files_make(&files);
	MUST(import_how(f, &files, "date,receipt,amount\n"
		"2026-02-01,R-1,10.00\n2026-02-01,R-2,5.00\n2026-02-01,R-1,20.00\n", NULL, &r));
	assert_rows(&r, 2, 0, 1);
	assert_string_equal(r.reasons[0].text, "receipt R-1 is further up in the file with other "
		"lines; the lines of a receipt must stand together: sort the file by receipt");
	files_remove(&files);
}

static void a_receipt_is_of_one_customer_and_day(void **state)
{
	struct import_result r;

	import_text(*state, "date,receipt,customer,amount\n"
		"2026-02-01,R-1,C1,10.00\n2026-02-01,R-1,C2,5.00\n"
		"2026-02-01,R-2,C1,10.00\n2026-02-02,R-2,C1,5.00\n"
		"2026-02-01,R-3,,10.00\n2026-02-01,R-3,C1,5.00\n", 2, 4, &r);
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.named, 2);
}

static void absurd_sales_bring_nobody_into_the_book(void **state)
{
	struct fixture *f = *state;
	struct import_result r;

	import_text(f, "date,receipt,customer,item,quantity,amount\n"
		"2026-03-05,R-1,C1,Tea,1,10.00\n"
		"2226-03-05,R-2,C1,Tea,1,10.00\n"
		"1926-03-05,R-3,C1,Tea,1,10.00\n"
		"2026-02-01,R-4,C1,Tea,-1,0.00\n"
		"2026-02-01,R-5,C1,Tea,1,99999999999999.00\n"
		"2026-02-01,R-6,C1,Tea,1,10000000000000.00\n"
		"2026-02-01,R-6,C1,Tea,1,10000000000000.00\n"
		"2026-02-01,R-7,C1,Tea,1,10.005\n"
		"2026-02-01,R-8,C1,Tea,1,\n"
		"2026-02-01,R-9,C1,Tea,one,10.00\n"
		"2026-02-01,@5,C1,Tea,1,10.00\n"
		",R-11,C1,Tea,1,10.00\n"
		"2026-02-01,R-\x01,C1,Tea,1,10.00\n", 0, 13, &r);
	assert_int_equal(rows_of(f, TABLE_CUSTOMER), 0);
	assert_int_equal(rows_of(f, TABLE_ITEM), 0);
}

static void sales_before_a_program_earn_only_when_asked(void **state)
{
	static const char text[] = "date,receipt,customer,amount\n"
		"2026-01-01,R-1,C1,100.00\n2026-02-10,R-2,C1,50.00\n";
	struct fixture *f = *state;
	struct program p = { .earn = 1, .spend = 1000,
			     .from = day_from_civil(2026, 2, 1) };
	struct import_options past = { .award_past = true };
	struct import_result r;
	struct files files;

	add_points(f, &p);
	import_text(f, text, 2, 0, &r);
	assert_int_equal(points_of(f, 1, p.id), 5);
	files_make(&files);
	MUST(import_how(f, &files, "date,receipt,customer,amount\n2026-01-02,R-3,C1,100.00\n",
			&past, &r));
	assert_int_equal(points_of(f, 1, p.id), 15);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(books_what_the_contract_says),
		CASE(keeps_lines_and_payments),
		CASE(refunds_are_known_by_their_number),
		CASE(refunds_of_no_sale_are_the_customers),
		CASE(a_refund_that_names_its_sale_is_told_to_wait),
		CASE(equal_refunds_without_a_number_are_two),
		CASE(a_refund_above_its_sale_waits_for_it),
		CASE(nothing_is_rejected_of_a_file_with_the_newest_first),
		CASE(equal_rows_without_a_receipt_are_told_by_their_place),
		CASE(thousands_of_equal_rows_are_no_burden),
		CASE(a_receipt_that_differs_is_rejected),
		CASE(lines_that_stand_apart_are_told),
		CASE(a_receipt_is_of_one_customer_and_day),
		CASE(absurd_sales_bring_nobody_into_the_book),
		CASE(sales_before_a_program_earn_only_when_asked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
