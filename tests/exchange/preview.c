/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

#include "exchange/preview.h"

/* The preview of a file with this text. The caller frees it; NULL: refused. */
static struct preview *look_at_bytes(const char *text, size_t len)
{
	struct preview *p;
	struct files files;

	files_make(&files);
	put_file(files.path, text, len);
	if (preview_open(files.path, NULL, NULL, &p) != ST_OK)
		assert_null(p);
	files_remove(&files);
	return p;
}

static struct preview *look_at(const char *text)
{
	return look_at_bytes(text, strlen(text));
}

/* "date|amount|-" */
static void assert_means(const struct preview *p, const char *meanings)
{
	char is[400] = "";

	for (size_t i = 0; i < p->columns.n; i++) {
		enum column c = p->columns.meaning[i];

		strcat(is, i ? "|" : "");
		strcat(is, c == COLUMNS ? "-" : column_name(c));
	}
	assert_string_equal(is, meanings);
}

static void shows_what_is_in_a_file(void **state)
{
	struct preview *p = look_at("When;Date;Amount;Till\nx;2026-03-01;40,00;A\n"
				    "y;2026-02-14;7,50;B\n;;;\nz;2026-02-28;1;C\n");

	(void)state;
	assert_non_null(p);
	assert_true(p->ready);
	assert_string_equal(p->why, "");
	assert_int_equal(p->columns.kind, IMPORT_SALES);
	assert_means(p, "-|date|amount|-");
	assert_string_equal(p->encoding, "UTF-8");
	assert_string_equal(p->delimiter, "semicolon");
	assert_int_equal(p->rows, 3);
	assert_int_equal(p->row_count, 3);
	assert_int_equal(p->first_day, day_from_civil(2026, 2, 14));
	assert_int_equal(p->last_day, day_from_civil(2026, 3, 1));
	assert_string_equal(preview_cell(p, &p->heading, 3), "Till");
	assert_string_equal(preview_cell(p, &p->row[1], 2), "7,50");
	assert_string_equal(preview_cell(p, &p->row[1], 4), "");
	preview_free(p);
}

static void keeps_the_first_rows(void **state)
{
	char text[3000] = "name,phone\n";
	struct preview *p;

	(void)state;
	for (int i = 1; i <= 50; i++)
		sprintf(text + strlen(text), "Asha %d,98240%05d\n", i, i);
	p = look_at(text);
	assert_non_null(p);
	assert_int_equal(p->columns.kind, IMPORT_CUSTOMERS);
	assert_int_equal(p->rows, 50);
	assert_int_equal(p->row_count, PREVIEW_ROWS);
	assert_string_equal(preview_cell(p, &p->row[19], 0), "Asha 20");
	assert_int_equal(p->first_day, 0);
	preview_free(p);
}

static void reads_other_encodings(void **state)
{
	static const char wide[] = "\xff\xfen\0a\0m\0e\0,\0p\0h\0o\0n\0e\0\n\0"
				   "\x86\x0a,\0" "9\0" "8\0\n\0";
	struct preview *p = look_at_bytes(wide, sizeof(wide) - 1);

	(void)state;
	assert_non_null(p);
	assert_string_equal(p->encoding, "UTF-16 LE");
	assert_string_equal(preview_cell(p, &p->row[0], 0), "આ");
	preview_free(p);
}

static void cuts_long_texts_between_letters(void **state)
{
	struct preview *p;
	struct buf text = { 0 };

	(void)state;
	buf_text(&text, "name,notes\nAsha,");
	for (int i = 0; i < 1000; i++)
		buf_text(&text, "ક");
	buf_text(&text, "\n");
	p = look_at(text.at);
	assert_non_null(p);
	assert_int_equal(strlen(preview_cell(p, &p->row[0], 1)), 120);
	preview_free(p);
	buf_release(&text);
}

static void shows_rows_of_another_width(void **state)
{
	struct preview *p = look_at("name,phone\nAsha\nRavi,98,Surat\n");

	(void)state;
	assert_non_null(p);
	assert_int_equal(p->rows, 2);
	assert_string_equal(preview_cell(p, &p->row[0], 1), "");
	assert_string_equal(preview_cell(p, &p->row[1], 2), "Surat");
	preview_free(p);
}

/* -- columns that a person picks -- */

static void pick(struct preview *p, const char *text, size_t column, enum column meaning)
{
	struct files files;

	files_make(&files);
	put_file(files.path, text, strlen(text));
	strcpy(p->path, files.path);
	preview_pick(p, column, meaning);
	MUST(preview_read(p, NULL, NULL));
	files_remove(&files);
}

/* A till's columns that are joined say what they go into. */
static void tells_what_a_part_goes_into(void **state)
{
	static const char square[] = "Date,Time,Time Zone,Item,Qty,Net Sales,Event Type,Till,"
				     "Transaction ID\n2026-03-01,10:00:00,UTC,Tea,1,2.00,"
				     "Payment,A,T1\n";
	static const enum column parts[] = {
		COLUMN_DATE, COLUMN_DATE, COLUMN_DATE, COLUMN_ITEM, COLUMN_QUANTITY,
		COLUMN_AMOUNT, COLUMN_REFUND, COLUMNS, COLUMN_RECEIPT
	};
	struct preview *p = look_at(square);

	(void)state;
	assert_non_null(p);
	assert_non_null(p->till);
	assert_means(p, "date|-|-|item|quantity|amount|-|-|receipt");
	for (size_t i = 0; i < p->columns.n; i++) {
		assert_int_equal(p->columns.part[i], parts[i]);
		assert_int_equal(p->columns.used[i], i != 7);
	}
	pick(p, square, 1, COLUMNS);
	assert_int_equal(p->columns.used[1], false);
	assert_int_equal(p->columns.part[1], COLUMNS);
	preview_free(p);
}

static void is_picked_where_nothing_is_found(void **state)
{
	static const char text[] = "2026-03-01,5,40.00\n2026-03-02,3,10.00\n";
	struct preview *p = look_at(text);

	(void)state;
	assert_non_null(p);
	assert_false(p->ready);
	assert_true(p->no_heading);
	assert_int_equal(p->columns.kind, IMPORT_KINDS);
	assert_means(p, "-|-|-");
	pick(p, text, 0, COLUMN_DATE);
	assert_false(p->ready);
	assert_int_equal(p->columns.wanted, COLUMN_AMOUNT);
	assert_int_equal(p->first_day, day_from_civil(2026, 3, 2));
	pick(p, text, 1, COLUMN_AMOUNT);
	assert_true(p->ready);
	assert_means(p, "date|amount|-");
	/* It is the amount instead, and the column before is not. */
	pick(p, text, 2, COLUMN_AMOUNT);
	assert_true(p->ready);
	assert_means(p, "date|-|amount");
	preview_free(p);
}

static void is_picked_where_two_are_found(void **state)
{
	static const char text[] = "date,total,net sales,phone\n2026-03-01,40,38,98240\n";
	struct preview *p = look_at(text);

	(void)state;
	assert_non_null(p);
	assert_false(p->ready);
	assert_int_equal(p->columns.wanted, COLUMN_AMOUNT);
	assert_means(p, "date|-|-|phone");
	assert_string_equal(p->why, "columns \"total\" and \"net sales\" could both be the amount; "
			    "say which with --map amount=2 or --map amount=3");
	pick(p, text, 1, COLUMNS);
	assert_true(p->ready);
	assert_means(p, "date|-|amount|phone");
	pick(p, text, 3, COLUMNS);
	assert_means(p, "date|-|amount|-");
	preview_free(p);
}

static void a_person_has_the_last_word_on_names(void **state)
{
	static const char text[] = "date,customer,phone,total\n2026-03-01,Amb One,98,5\n";
	struct preview *p = look_at(text);

	(void)state;
	assert_non_null(p);
	assert_means(p, "date|name|phone|amount");
	pick(p, text, 1, COLUMN_CUSTOMER);
	assert_means(p, "date|customer|phone|amount");
	pick(p, text, 1, COLUMNS);
	assert_means(p, "date|-|phone|amount");
	preview_free(p);
	p = look_at("date,customer,client name,total\n2026-03-01,Amb One,Asha,5\n");
	assert_non_null(p);
	assert_means(p, "date|customer|name|amount");
	preview_free(p);
}

static void guesses_what_is_missing(void **state)
{
	static const char text[] = "Beleg;Datum;Summe;Kasse\nB1;2026-03-01;40,00;1\n";
	struct preview *p = look_at(text);

	(void)state;
	assert_non_null(p);
	assert_int_equal(preview_likely_column(p), 1);
	assert_int_equal(preview_likely(p, 0), COLUMNS);
	assert_int_equal(preview_likely(p, 1), COLUMN_DATE);
	assert_int_equal(preview_likely(p, 2), COLUMN_AMOUNT);
	pick(p, text, 1, COLUMN_DATE);
	assert_int_equal(preview_likely_column(p), 2);
	assert_int_equal(preview_likely(p, 0), COLUMN_AMOUNT);
	pick(p, text, 2, COLUMN_AMOUNT);
	assert_true(p->ready);
	assert_int_equal(preview_likely(p, 3), COLUMNS);
	preview_free(p);
}

static void imports_as_picked(void **state)
{
	static const char text[] = "when,paid,till\n01/02/2026,40.00,1\n02/03/2026,10.00,2\n";
	struct fixture *f = *state;
	struct import_options how;
	struct import_result r;
	struct preview *p = look_at(text);
	struct files files;

	assert_non_null(p);
	pick(p, text, 0, COLUMN_DATE);
	pick(p, text, 1, COLUMN_AMOUNT);
	p->dates = DATES_MDY;
	how = preview_options(p);
	files_make(&files);
	MUST(import_how(f, &files, text, &how, &r));
	assert_rows(&r, 2, 0, 0);
	assert_int_equal(r.revenue, 5000);
	assert_string_equal(r.unread, "till");
	files_remove(&files);
	preview_free(p);
}

/* -- dates -- */

static void asks_for_an_order_that_nothing_settles(void **state)
{
	static const char text[] = "date,amount\n02/03/2026,40.00\n03/04/2026,10.00\n";
	struct preview *p = look_at(text);

	(void)state;
	assert_non_null(p);
	assert_false(p->ready);
	assert_int_equal(p->settled, DATES_AUTO);
	assert_int_equal(p->columns.wanted, COLUMNS);
	assert_int_equal(p->sample.rows, 2);
	assert_string_equal(p->sample.text, "02/03/2026");
	assert_int_equal(p->sample.line, 2);
	assert_int_equal(p->first_day, 0);
	p->dates = DATES_MDY;
	pick(p, text, 0, COLUMN_DATE);
	assert_true(p->ready);
	assert_int_equal(p->settled, DATES_MDY);
	assert_int_equal(p->first_day, day_from_civil(2026, 2, 3));
	assert_int_equal(p->last_day, day_from_civil(2026, 3, 4));
	preview_free(p);
}

static void settles_an_order_by_the_whole_column(void **state)
{
	struct preview *p = look_at("date,amount\n02/03/2026,40.00\n31/03/2026,10.00\n");

	(void)state;
	assert_non_null(p);
	assert_true(p->ready);
	assert_int_equal(p->settled, DATES_DMY);
	assert_int_equal(p->first_day, day_from_civil(2026, 3, 2));
	assert_int_equal(p->sample.rows, 1);
	preview_free(p);
	p = look_at("date,amount\n02/13/2026,40.00\n31/03/2026,10.00\n");
	assert_non_null(p);
	assert_int_equal(p->settled, DATES_AUTO);
	assert_int_equal(p->sample.line, 3);
	preview_free(p);
}

/* -- files that are none -- */

static void refuses_what_is_no_table(void **state)
{
	struct preview *p;

	(void)state;
	assert_null(look_at(""));
	assert_string_equal(status_text(), "the file is empty: it needs a line of column names and "
			    "the table below");
	assert_null(look_at_bytes("PK\3\4 not a table at all", 23));
	assert_int_equal(preview_open("/nowhere/till.csv", NULL, NULL, &p), ST_NOT_FOUND);
	assert_null(p);
	assert_int_equal(preview_open("/tmp", NULL, NULL, &p), ST_INVALID);
	assert_string_equal(status_text(), "/tmp is not a file that can be read twice; choose a "
			    "CSV file");
}

static bool stop(void *arg, const struct import_progress *p)
{
	int *calls = arg;

	assert_true(p->done > 0 && p->done <= p->total);
	return ++*calls < 2;
}

static void can_be_stopped(void **state)
{
	struct buf text = { 0 };
	struct preview *p;
	struct files files;
	int calls = 0;

	(void)state;
	buf_text(&text, "name,phone\n");
	for (int i = 0; i < 50000; i++)
		buf_printf(&text, "Asha,%d\n", i);
	files_make(&files);
	put_file(files.path, text.at, text.len);
	assert_int_equal(preview_open(files.path, stop, &calls, &p), ST_CANCELLED);
	assert_null(p);
	assert_int_equal(calls, 2);
	files_remove(&files);
	buf_release(&text);
}

static void trying_can_be_stopped(void **state)
{
	struct fixture *f = *state;
	int calls = 0;
	struct import_options how = { .dry_run = true, .step = stop, .arg = &calls };
	struct import_result r;
	struct buf text = { 0 };
	struct files files;

	buf_text(&text, "name,phone\n");
	for (int i = 0; i < 180000; i++)
		buf_printf(&text, "Asha,98%08d\n", i);
	files_make(&files);
	assert_int_equal(import_how(f, &files, text.at, &how, &r), ST_CANCELLED);
	assert_int_equal(calls, 2);
	calls = -10;
	MUST(import_how(f, &files, text.at, &how, &r));
	assert_rows(&r, 180000, 0, 0);
	assert_int_equal(calls, -7);
	files_remove(&files);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_what_is_in_a_file),
		cmocka_unit_test(a_person_has_the_last_word_on_names),
		cmocka_unit_test(tells_what_a_part_goes_into),
		cmocka_unit_test(keeps_the_first_rows),
		cmocka_unit_test(reads_other_encodings),
		cmocka_unit_test(cuts_long_texts_between_letters),
		cmocka_unit_test(shows_rows_of_another_width),
		cmocka_unit_test(is_picked_where_nothing_is_found),
		cmocka_unit_test(is_picked_where_two_are_found),
		cmocka_unit_test(guesses_what_is_missing),
		cmocka_unit_test_setup_teardown(imports_as_picked, fixture_setup,
						fixture_teardown),
		cmocka_unit_test(asks_for_an_order_that_nothing_settles),
		cmocka_unit_test(settles_an_order_by_the_whole_column),
		cmocka_unit_test(refuses_what_is_no_table),
		cmocka_unit_test(can_be_stopped),
		cmocka_unit_test_setup_teardown(trying_can_be_stopped, fixture_setup,
						fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
