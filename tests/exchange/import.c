/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

#include <sys/wait.h>

/* Sales from a till's file. */

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
	assert_string_equal(file_text(files.rejected), "line,reason,date,receipt,customer,item,amount\n"
		"3,\"amount: \"\"=1+1\"\" is not an amount: write it like 1149.50, with digits and one "
		"decimal sign.\",2026-02-27,R-2,C2,Bun,\"'=1+1\"\n"
		"4,\"line 3 of the same receipt: amount: \"\"=1+1\"\" is not an amount: write it like "
		"1149.50, with digits and one decimal sign.\",2026-02-27,R-2,C2,Bun,5.00\n");

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

/* -- refunds -- */

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

/* -- the same twice -- */

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

/* -- what no shop sells -- */

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

static void a_receipt_longer_than_any_is_rejected_whole(void **state)
{
	enum { LINES = ENTRY_LINES + 1500 };
	char *text = malloc(100 + LINES * 40), *end = stpcpy(text, "date,receipt,amount\n");
	struct import_result r;

	for (int i = 0; i < LINES; i++)
		end = stpcpy(end, "2026-02-01,R-1,1.00\n");
	stpcpy(end, "2026-02-01,R-2,1.00\n");
	import_text(*state, text, 1, LINES, &r);
	free(text);
}

/* -- dates, points, trials -- */

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
	assert_int_equal(import_how(f, &files, "date,receipt,amount\n03/02/2026,R-3,10\n", NULL, &r),
			 ST_INVALID);
	assert_rows(&r, 0, 0, 0);
	MUST(import_how(f, &files, "date,receipt,amount\n03/02/2026,R-3,10\n13/31/2026,R-4,1\n",
			&dmy, &r));
	assert_rows(&r, 1, 0, 1);
	files_remove(&files);
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

static void a_trial_keeps_nothing(void **state)
{
	static const char text[] = "date,receipt,customer,item,amount\n"
		"2026-02-01,R-1,C1,Tea,100.00\n2026-02-01,R-2,C1,Tea,x\n2026-02-02,R-1,,,-5.00\n";
	struct fixture *f = *state;
	struct import_options trial = { .dry_run = true };
	struct import_result r;
	struct files files;
	uint64_t version = store_version(f->shop.store);

	files_make(&files);
	MUST(import_how(f, &files, text, &trial, &r));
	assert_rows(&r, 2, 0, 1);
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.customers_added, 1);
	assert_int_equal(r.items_added, 1);
	assert_string_equal(file_text(files.rejected), "");
	assert_string_equal(r.rejected_to, "");
	assert_int_equal(store_version(f->shop.store), version);
	trial.rejected = files.rejected;
	MUST(import_how(f, &files, text, &trial, &r));
	assert_memory_equal(file_text(files.rejected), "line,reason,date", 16);
	import_text(f, text, 2, 1, &r);
	files_remove(&files);
}

/* -- where it is read from, where it is written to -- */

static void reads_standard_input_and_pipes(void **state)
{
	static const char text[] = "date,receipt,amount\n2026-02-01,R-1,1.00\n2026-02-01,R-2,x\n";
	struct fixture *f = *state;
	struct import_options how = { .map_count = 0 };
	struct import_result r;
	struct files files;
	int ends[2], before = dup(STDIN_FILENO);

	files_make(&files);
	how.rejected = files.rejected;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, sizeof(text) - 1), sizeof(text) - 1);
	close(ends[1]);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	MUST(import_file(&f->shop, &f->by, "-", &how, &r));
	assert_true(dup2(before, STDIN_FILENO) >= 0);
	close(before);
	assert_rows(&r, 1, 0, 1);
	assert_string_equal(r.rejected_to, files.rejected);
	assert_memory_equal(file_text(files.rejected), "line,reason,", 12);
	files_remove(&files);
}

static void files_that_are_no_tables_change_nothing(void **state)
{
	struct fixture *f = *state;
	struct import_options none = { .map_count = 0 }, over = { .map_count = 0 };
	struct import_result r;
	struct files files;
	uint64_t version = store_version(f->shop.store);

	files_make(&files);
	assert_int_equal(import_file(&f->shop, &f->by, files.path, &none, &r), ST_NOT_FOUND);
	assert_int_equal(import_file(&f->shop, &f->by, files.dir, &none, &r), ST_SYSTEM);
	assert_int_equal(import_how(f, &files, "", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "\xEF\xBB\xBF\n", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "PK\x03\x04 a spreadsheet", NULL, &r), ST_INVALID);
	assert_int_equal(import_how(f, &files, "a,b\n1,2\n", NULL, &r), ST_INVALID);
	assert_rows(&r, 0, 0, 0);
	/* The rejects may not overwrite what is read. */
	over.rejected = files.path;
	assert_int_equal(import_how(f, &files, "date,amount\nx,1\n", &over, &r), ST_INVALID);
	assert_string_equal(file_text(files.path), "date,amount\nx,1\n");
	/* What cannot be told may not be passed over. */
	over.rejected = "/nowhere/at/all.csv";
	assert_int_equal(import_how(f, &files, "date,amount\n2026-02-01,1\nx,1\n", &over, &r),
			 ST_SYSTEM);
	assert_int_equal(store_version(f->shop.store), version);
	files_remove(&files);
}

/* -- batches -- */

/* Another process has the store open, as another terminal would. */
static pid_t open_elsewhere(struct fixture *f, int *leash)
{
	int ready_pipe[2], end_pipe[2];
	uint64_t count = TABLE_META;
	char c;
	pid_t child;

	assert_int_equal(pipe(ready_pipe), 0);
	assert_int_equal(pipe(end_pipe), 0);
	shop_close(&f->shop);
	child = fork();
	if (!child) {
		close(end_pipe[1]);
		if (shop_open(f->dir, &f->shop) != ST_OK ||
		    store_read(f->shop.store, ask_count, &count) != ST_OK ||
		    write(ready_pipe[1], "r", 1) != 1 || read(end_pipe[0], &c, 1) != 0)
			_exit(1);
		shop_close(&f->shop);
		_exit(0);
	}
	close(ready_pipe[1]);
	close(end_pipe[0]);
	assert_int_equal(read(ready_pipe[0], &c, 1), 1);
	close(ready_pipe[0]);
	MUST(shop_open(f->dir, &f->shop));
	*leash = end_pipe[1];
	return child;
}

struct steps {
	int n;
	int64_t rows[8];
};

static bool stop_at_second(void *arg, const struct import_progress *p)
{
	struct steps *s = arg;

	if (s->n < 8)
		s->rows[s->n] = p->rows;
	assert_true(p->done > 0 && p->done <= p->total);
	return ++s->n < 2;
}

static void what_was_booked_before_a_stop_stays(void **state)
{
	struct fixture *f = *state;
	struct steps steps = { 0 };
	struct import_options how = { .step = stop_at_second, .arg = &steps };
	struct import_result r;
	struct files files;
	char *text = malloc(200000), *end = stpcpy(text, "date,receipt,customer,amount\n");
	int leash, status;
	pid_t child = open_elsewhere(f, &leash);

	for (int i = 0; i < 2500; i++)
		end += sprintf(end, "2026-02-01,R-%d,C%d,10.00\n", i, i % 40);
	files_make(&files);
	assert_int_equal(import_how(f, &files, text, &how, &r), ST_CANCELLED);
	assert_rows(&r, 2000, 0, 0);	/* in batches of a thousand */
	assert_int_equal(steps.rows[0], 1000);
	assert_int_equal(r.customers_added, 40);
	MUST(import_how(f, &files, text, NULL, &r));
	assert_rows(&r, 500, 2000, 0);
	assert_int_equal(r.customers_matched, 40);
	close(leash);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_verified(f);
	files_remove(&files);
	free(text);
}

/* -- whatever comes -- */

static uint32_t dice(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Damages a good file in a few places: nothing is lost or counted twice, and
 * again changes nothing. */
static void damaged_files_reconcile(void **state)
{
	static const char good[] = HEADER
		"2026-02-27T09:14:00,R-1,,C17,Asha Patel,09824012345,,\"Chai, hot\",CH1,tea,2,40.00,cash\n"
		"2026-02-27T09:14:00,R-1,,C17,Asha Patel,09824012345,,Khari,,snacks,1,15.00,cash\n"
		"2026-02-27T10:00:00,,,,,,,Chai,CH1,tea,1,20.00,cash\n"
		"2026-02-27T10:00:00,,,,,,,Chai,CH1,tea,1,20.00,cash\n"
		"2026-02-28T09:00:00,R-1,1,,,,,Khari,,,1,-15.00,cash\n"
		"2026-02-28T09:00:00,R-2,,,,9824012345,,Khari,,,1,15.00,card\n"
		"2026-02-28T10:00:00,R-2,,,,,,,,,,-5.00,\n";
	static const char bytes[] = "0,\"\n;-9R\xFF\tE.";
	struct fixture *f = *state;
	struct program p = { .goal = 3 };
	struct reward reward = { .id = 0 };
	struct import_result r, again;
	struct files files;
	char text[sizeof(good)];
	uint64_t seed = 7;

	add_card(f, &p, &reward);
	files_make(&files);
	for (int round = 0; round < 150; round++) {
		memcpy(text, good, sizeof(good));
		for (uint32_t i = dice(&seed) % 4 + 1; i > 0; i--)
			text[strlen(HEADER) + dice(&seed) % (sizeof(good) - sizeof(HEADER))] =
				bytes[dice(&seed) % (sizeof(bytes) - 1)];
		MUST(import_how(f, &files, text, NULL, &r));
		assert_int_equal(r.rows, r.accepted + r.duplicates + r.rejected);
		MUST(import_how(f, &files, text, NULL, &again));
		assert_rows(&again, 0, r.accepted + r.duplicates, r.rejected);
	}
	assert_verified(f);
	files_remove(&files);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(books_what_the_contract_says),
		CASE(keeps_lines_and_payments),
		CASE(a_bad_line_rejects_its_receipt_only),
		CASE(a_line_that_cannot_be_read_rejects_its_receipt),
		CASE(a_file_that_was_cut_off_says_so),
		CASE(refunds_are_known_by_their_number),
		CASE(equal_refunds_without_a_number_are_two),
		CASE(equal_rows_without_a_receipt_are_told_by_their_place),
		CASE(thousands_of_equal_rows_are_no_burden),
		CASE(a_receipt_that_differs_is_rejected),
		CASE(lines_that_stand_apart_are_told),
		CASE(a_receipt_is_of_one_customer_and_day),
		CASE(absurd_sales_bring_nobody_into_the_book),
		CASE(a_receipt_longer_than_any_is_rejected_whole),
		CASE(the_whole_column_settles_dates),
		CASE(sales_before_a_program_earn_only_when_asked),
		CASE(a_trial_keeps_nothing),
		CASE(reads_standard_input_and_pipes),
		CASE(files_that_are_no_tables_change_nothing),
		CASE(what_was_booked_before_a_stop_stays),
		CASE(damaged_files_reconcile),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
