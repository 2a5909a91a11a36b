/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/pos.h"

/* Descriptions that say too little or something wrong, and files that no
 * longer have what a description needs: both are told in a sentence. */

static const char whole[] =
	"title = \"Corner till\"\n"
	"till = \"corner\"\n"
	"kind = sales\n"
	"match = {\"Bon\", \"Sum\"}\n"
	"column date { names = {\"Day\"} }\n"
	"column receipt { names = {\"Bon\"} }\n"
	"column amount { names = {\"Sum\"} }\n"
	"skip void { column = \"State\" values = {\"void\"} }\n"
	"refund { column = \"Kind\" values = {\"back\"} sale = receipt }\n"
	"consent email { column = \"Mail\" yes = {\"yes\"} no = {\"no\"} }\n";

/* 'whole' with the first 'old' in it replaced; reads it as corner.conf. */
static enum status read_with(const char *old, const char *new, struct till_format **f)
{
	const char *at = strstr(whole, old);
	struct buf text = { 0 };
	char path[128];
	struct files files;
	enum status st;

	assert_non_null(at);
	buf_printf(&text, "%.*s%s%s", (int)(at - whole), whole, new, at + strlen(old));
	files_make(&files);
	snprintf(path, sizeof(path), "%s/corner.conf", files.dir);
	put_file(path, text.at, text.len);
	st = format_read(path, f);
	buf_release(&text);
	files_remove(&files);
	return st;
}

static void a_whole_description_is_read(void **state)
{
	struct till_format *f;

	(void)state;
	MUST(read_with("sales", "sales", &f));
	assert_string_equal(f->name, "corner");
	assert_string_equal(f->till, "corner");
	assert_int_equal(f->kind, IMPORT_SALES);
	assert_true(f->has_refund);
	format_free(f);
	MUST(read_with("sale = receipt", "", &f));	/* may be left out */
	format_free(f);
}

static void what_is_missing_or_wrong_is_told(void **state)
{
	static const struct {
		const char *old, *new, *says;
	} cases[] = {
		{ "title = \"Corner till\"\n", "", "title" },
		{ "till = \"corner\"\n", "", "till" },
		{ "match = {\"Bon\", \"Sum\"}\n", "", "match" },
		{ "column date { names = {\"Day\"} }\n", "", "column date" },
		{ "column amount { names = {\"Sum\"} }\n", "", "amount" },
		{ "{ names = {\"Day\"} }", "{ }", "which column" },
		{ "{ column = \"State\" values", "{ values", "which column" },
		{ "kind = sales", "kind = sale", "sales or customers" },
		{ "sale = receipt", "sale = receit", "receipt, match or either" },
		{ "column date", "column dat", "\"dat\"" },
		{ "skip void", "skip nothing", "\"nothing\"" },
		{ "consent email", "consent pigeon", "\"pigeon\"" },
		{ "till = \"corner\"", "till = \"Corner Till\"", "till" },
		{ "title =", "titel =", "\"titel\"" },
		{ "refund {", "refund ", "corner.conf:" },
		{ "match = {\"Bon\"", "match = {\"Bon", "corner.conf:" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct till_format *f = NULL;
		enum status st = read_with(cases[i].old, cases[i].new, &f);

		if (st != ST_INVALID || !strstr(status_text(), cases[i].says) ||
		    !strstr(status_text(), "corner.conf"))
			print_error("%s -> %s: %d \"%s\"\n", cases[i].old, cases[i].new, (int)st,
				    status_text());
		assert_int_equal(st, ST_INVALID);
		assert_non_null(strstr(status_text(), cases[i].says));
		assert_non_null(strstr(status_text(), "corner.conf"));
		assert_null(f);
	}
}

/* -- files -- */

static enum status import_text_as(const char *text, struct import_result *r)
{
	struct import_options how = { .format = NULL };
	struct files files;
	struct fixture f;
	enum status st;

	open_shop(&f, "US");
	files_make(&files);
	put_file(files.path, text, strlen(text));
	st = import_file(&f.shop, &f.by, files.path, &how, r);
	files_remove(&files);
	close_shop(&f);
	return st;
}

static void a_till_that_renamed_what_is_needed_is_told(void **state)
{
	static const char text[] = "Date,Item,Qty,Net Sales,Event Type,Trans. No.\n"
		"2026-05-30,Tea,1,$2.00,Payment,T1\n2026-05-30,Cake,1,$3.00,Payment,T1\n";
	struct import_result r;

	(void)state;
	/* Booked row by row these would be two sales. */
	assert_int_equal(import_text_as(text, &r), ST_INVALID);
	assert_non_null(strstr(status_text(), "--map receipt=COLUMN"));
	assert_int_equal(r.sales, 0);
}

static void a_fault_in_a_row_costs_its_receipt_alone(void **state)
{
	static const char text[] =
		"Date,Time,Time Zone,Item,Qty,Net Sales,Transaction ID,Payment ID,Event Type\n"
		"2026-05-30,09:00:00,Eastern Time (US & Canada),Tea,1,$2.00,T1,P1,Payment\n"
		"2026-05-30,09:00:00,Eastern Time (US & Canada),Cake,1,$x,T1,P1,Payment\n"
		"2026-05-30,09:01:00,Moon Time,Tea,1,$2.00,T2,P2,Payment\n"
		"2026-13-30,09:02:00,,Tea,1,$2.00,T3,P3,Payment\n"
		"2026-05-30,09:03:00,,Tea,1,$2.00,T4,P4,Payment,more\n"
		"2026-05-30,09:04:00,,Tea,1,($2.50),T5R,P5,Refund\n"
		"2026-05-30,09:05:00,,Tea,1,\"$1,002.00 \",T6,P6,Payment\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.rows, 7);
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.revenue, 100200 - 250);
	assert_int_equal(r.rejected, 5);
}

static void what_people_typed_into_a_till_costs_no_sale(void **state)
{
	static const char text[] = "Name,Email,Financial Status,Currency,Total,Created at,"
		"Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Phone\n"
		"#1,n/a,paid,USD,5.00,2026-05-30 09:00:00 -0400,1,Tea,5.00,Ines Duarte,"
		"+44 20 7946 0958 x12\n"
		"#2,,paid,USD,5.00,2026-05-30 10:00:00 -0400,1,Tea,5.00,,12\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.rejected, 0);
	assert_int_equal(r.customers_added, 1);
	assert_true(r.reason_count > 0);	/* it is told all the same */
}

static void a_refund_of_more_than_is_left_is_told(void **state)
{
	static const char text[] = "Date,Item,Qty,Net Sales,Transaction ID,Payment ID,Event Type\n"
		"2026-05-30,Tea,-1,-$4.00,T1,P2,Refund\n"
		"2026-05-29,Tea,-1,-$4.00,T1,P1,Refund\n"
		"2026-05-28,Tea,2,$6.00,T1,P0,Payment\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.rejected, 0);
	assert_int_equal(r.reasons[0].line, 2);
	assert_int_equal(r.revenue, 0);
}

static void another_currency_is_refused(void **state)
{
	static const char text[] = "Name,Email,Financial Status,Currency,Total,Created at,"
		"Lineitem quantity,Lineitem name,Lineitem price\n"
		"#1,a@example.net,paid,EUR,5.00,2026-05-30 09:00:00 -0400,1,Tea,5.00\n";
	struct import_result r;

	(void)state;
	assert_int_equal(import_text_as(text, &r), ST_INVALID);
	assert_non_null(strstr(status_text(), "EUR"));
	assert_non_null(strstr(status_text(), "USD"));
	assert_int_equal(r.sales, 0);
}

static int setup(void **state)
{
	char folder[POS_PATH];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/data/pos", pos_root());
	setenv("REGULARS_POSDIR", folder, 1);
	digest_start();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_description_is_read),
		cmocka_unit_test(what_is_missing_or_wrong_is_told),
		cmocka_unit_test(a_till_that_renamed_what_is_needed_is_told),
		cmocka_unit_test(a_fault_in_a_row_costs_its_receipt_alone),
		cmocka_unit_test(what_people_typed_into_a_till_costs_no_sale),
		cmocka_unit_test(a_refund_of_more_than_is_left_is_told),
		cmocka_unit_test(another_currency_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, NULL);
}
