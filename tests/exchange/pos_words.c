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

/* -- samples with a heading that the till has changed since -- */

/* The sample with 'old' as 'new' in its first line; the first one that is so. */
static void rename_heading(const char *sample, const char *old, const char *new, const char *to)
{
	struct expected e = expected_of(sample);
	const char *field[CSV_COLUMNS_MAX];
	struct buf all = { 0 };
	struct csv_row row;
	struct csv *c;
	bool found = false;

	MUST(csv_open(e.csv, &c));
	for (bool first = true; csv_next(c, &row) == ST_OK; first = false) {
		for (size_t i = 0; i < row.n; i++) {
			bool is_it = first && !strcmp(row.field[i], old);

			field[i] = is_it ? new : row.field[i];
			found |= is_it;
		}
		csv_add_row(&all, field, row.n, CSV_FOR_PROGRAMS);
	}
	csv_close(c);
	assert_true(found);
	put_file(to, all.at, all.len);
	buf_release(&all);
}

static enum status import_renamed(const char *const names[3], const char *map,
				  struct import_result *r)
{
	struct import_options how = { .maps = &map, .map_count = map != NULL };
	struct expected e = expected_of(names[0]);
	struct files files;
	struct fixture f;
	enum status st;

	files_make(&files);
	how.rejected = files.rejected;
	rename_heading(names[0], names[1], names[2], files.path);
	open_shop(&f, e.country);
	st = import_file(&f.shop, &f.by, files.path, &how, r);
	close_shop(&f);
	files_remove(&files);
	return st;
}

static void a_likely_new_heading_changes_nothing(void **state)
{
	static const char *const cases[][3] = {
		{ "shopify-orders", "Refunded Amount", "Amount Refunded" },
		{ "shopify-orders", "Total", "Order Total" },
		{ "shopify-orders", "Financial Status", "Payment Status" },
		{ "clover-orders", "Refunds Total", "Refund Total" },
		{ "clover-orders", "Order Payment State", "Payment State" },
		{ "clover-payments", "Result", "Payment Result" },
		{ "square-transactions-55", "Partial Refunds", "Refunds" },
		{ "square-transactions-55", "Transaction Status", "Status" },
		{ "square-transactions-55", "Total Collected", "Collected" },
		{ "square-items-33", "Event Type", "Event" },
		{ "square-items-33", "Net Sales", "Net Amount" },
		{ "loyverse-receipts-dmy", "Receipt type", "Type" },
		{ "loyverse-receipts-dmy", "Receipt number", "Receipt no." },
		{ "loyverse-items-dmy", "Receipt type", "Type" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct expected e = expected_of(cases[i][0]);
		struct import_result r;
		char revenue[MONEY_TEXT];

		print_message("# %s: %s\n", cases[i][0], cases[i][2]);
		MUST(import_renamed(cases[i], NULL, &r));
		assert_string_equal(r.format, e.format);
		money_print(r.revenue, 2, revenue);
		assert_string_equal(revenue, e.revenue);
		assert_int_equal(r.sales, e.sales);
		assert_int_equal(r.refunds, e.refunds);
		assert_int_equal(r.skipped, e.skipped);
	}
}

static void an_unknown_new_heading_is_refused(void **state)
{
	static const struct {
		const char *names[3], *says;
	} cases[] = {
		{ { "shopify-orders", "Refunded Amount", "Sent home" }, "--map refunded=COLUMN" },
		{ { "shopify-orders", "Total", "Grand sum" }, "--map total=COLUMN" },
		{ { "shopify-orders", "Financial Status", "Money" }, "\"Financial Status\"" },
		{ { "clover-orders", "Refunds Total", "Sent home" }, "--map refunded=COLUMN" },
		{ { "clover-orders", "Order Total", "Sum" }, "--map amount=COLUMN" },
		{ { "clover-payments", "Refund Amount", "Refunds" }, "--map refunded=COLUMN" },
		{ { "clover-payments", "Result", "Outcome" }, "\"Result\"" },
		{ { "square-transactions-55", "Partial Refunds", "Part" }, "\"Partial Refunds\"" },
		{ { "square-items-33", "Event Type", "Doing" }, "\"Event Type\"" },
		{ { "square-items-33", "Net Sales", "Sum" }, "--map amount=COLUMN" },
		{ { "loyverse-receipts-dmy", "Receipt type", "Doing" }, "\"Receipt type\"" },
		{ { "loyverse-receipts-dmy", "Receipt number", "No" }, "--map receipt=COLUMN" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct import_result r;
		enum status st = import_renamed(cases[i].names, NULL, &r);

		if (st != ST_INVALID || !strstr(status_text(), cases[i].says))
			print_error("%s as %s: %s\n", cases[i].names[1], cases[i].names[2],
				    status_text());
		assert_int_equal(st, ST_INVALID);
		assert_non_null(strstr(status_text(), cases[i].says));
		assert_int_equal(r.sales + r.refunds, 0);
	}
}

static void a_map_settles_what_is_needed(void **state)
{
	static const char *const names[] = { "clover-payments", "Refund Amount", "Refunds" };
	struct expected e = expected_of(names[0]);
	struct import_result r;
	char revenue[MONEY_TEXT];

	(void)state;
	/* Not "# Refunds", which is how many. */
	MUST(import_renamed(names, "refunded=Refunds", &r));
	money_print(r.revenue, 2, revenue);
	assert_string_equal(revenue, e.revenue);
	assert_int_equal(r.refunds, e.refunds);
}

static void only_what_is_paid_is_a_sale(void **state)
{
	static const char text[] =
		"Order Date,Order ID,Order Total,Refunds Total,Order Payment State\n"
		"2026-06-16 02:20 PM EDT,A,15.00,0,Paid\n"
		"2026-06-16 02:21 PM EDT,B,20.00,5.00,Partially Refunded\n"
		"2026-06-16 02:22 PM EDT,C,9.00,0,Open\n"
		"2026-06-16 02:23 PM EDT,D,8.00,0,Partially Paid\n"
		"2026-06-16 02:24 PM EDT,E,7.00,0,Awaiting moon\n"
		"2026-06-16 02:25 PM EDT,F,6.00,0,\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.revenue, 3000);
	assert_int_equal(r.skips[SKIP_OPEN], 1);
	assert_int_equal(r.skips[SKIP_UNPAID], 3);
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
		"Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Phone,"
		"Refunded Amount\n"
		"#1,n/a,paid,USD,5.00,2026-05-30 09:00:00 -0400,1,Tea,5.00,Ines Duarte,"
		"+44 20 7946 0958 x12,0\n"
		"#2,,paid,USD,5.00,2026-05-30 10:00:00 -0400,1,Tea,5.00,,12,0\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.rejected, 0);
	assert_int_equal(r.customers_added, 1);
	assert_true(r.reason_count > 0);	/* it is told all the same */
}

static void a_bad_phone_and_a_bad_email_are_both_named(void **state)
{
	static const char text[] =
		"name,phone,email\nInes Duarte,12,nobody\nOta Linde,,ota@example.net\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.rejected, 1);
	assert_non_null(strstr(r.reasons[0].text, "phone: "));
	assert_non_null(strstr(r.reasons[0].text, "email: "));
}

static void both_are_named_where_a_till_wrote_them(void **state)
{
	static const char text[] =
		"First Name,Last Name,Email,Phone,Total Spent,Tax Exempt\n"
		"Ines,Duarte,nobody,12,0.00,no\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.customers_added, 1);
	assert_non_null(strstr(r.reasons[0].text, "phone: "));
	assert_non_null(strstr(r.reasons[0].text, "email: "));
}

static void columns_that_are_not_read_are_named_whole(void **state)
{
	struct buf text = { 0 };
	struct import_result r;

	(void)state;
	buf_text(&text, "date,amount");
	for (int i = 0; i < 60; i++)
		buf_printf(&text, ",a rather long heading %d", i);
	buf_text(&text, "\n");
	MUST(import_text_as(text.at, &r));
	assert_non_null(strstr(r.unread, "heading 0, "));
	assert_string_equal(r.unread + strlen(r.unread) - 10, "heading 59");
	buf_clear(&text);
	buf_text(&text, "date,amount");
	for (int i = 0; i < 120; i++)
		buf_printf(&text, ",%090d", i);
	buf_text(&text, "\n");
	MUST(import_text_as(text.at, &r));
	assert_string_equal(strstr(r.unread, ", ..."), ", ...");
	buf_release(&text);
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
		"Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount\n"
		"#1,a@example.net,paid,EUR,5.00,2026-05-30 09:00:00 -0400,1,Tea,5.00,0\n";
	struct import_result r;

	(void)state;
	assert_int_equal(import_text_as(text, &r), ST_INVALID);
	assert_non_null(strstr(status_text(), "EUR"));
	assert_non_null(strstr(status_text(), "USD"));
	assert_int_equal(r.sales, 0);
}

static void a_sign_of_another_currency_is_refused(void **state)
{
	static const char text[] =
		"Date,Item,Qty,Net Sales,Transaction ID,Payment ID,Event Type\n"
		"2026-05-30,Tea,1,$4.00,T1,P1,Payment\n"
		"2026-05-30,Tea,1,€4.00,T2,P2,Payment\n"
		"2026-05-30,Tea,1,4.00 GBP,T3,P3,Payment\n";
	struct import_result r;

	(void)state;
	MUST(import_text_as(text, &r));
	assert_int_equal(r.revenue, 400);
	assert_int_equal(r.rejected, 2);
	assert_non_null(strstr(r.reasons[0].text, "another currency than the shop's"));
	assert_non_null(strstr(r.reasons[1].text, "another currency than the shop's"));
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
		cmocka_unit_test(a_likely_new_heading_changes_nothing),
		cmocka_unit_test(an_unknown_new_heading_is_refused),
		cmocka_unit_test(a_map_settles_what_is_needed),
		cmocka_unit_test(only_what_is_paid_is_a_sale),
		cmocka_unit_test(a_fault_in_a_row_costs_its_receipt_alone),
		cmocka_unit_test(what_people_typed_into_a_till_costs_no_sale),
		cmocka_unit_test(a_bad_phone_and_a_bad_email_are_both_named),
		cmocka_unit_test(both_are_named_where_a_till_wrote_them),
		cmocka_unit_test(columns_that_are_not_read_are_named_whole),
		cmocka_unit_test(a_refund_of_more_than_is_left_is_told),
		cmocka_unit_test(another_currency_is_refused),
		cmocka_unit_test(a_sign_of_another_currency_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, NULL);
}
