/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/files.h"

#include "exchange/columns.h"
#include "exchange/preview.h"

/* Reads "a|b|c" as a header. */
static enum status read_header(const char *header, const struct import_options *how,
			       struct columns *out)
{
	static char text[1000];
	static const char *field[40];
	struct csv_row row = { .line = 1, .field = field };

	snprintf(text, sizeof(text), "%s", header);
	for (char *at = text; at; row.n++) {
		field[row.n] = at;
		at = strchr(at, '|');
		if (at)
			*at++ = '\0';
	}
	return columns_read(&row, how, out);
}

/* What the columns mean, "date|amount|-"; or the sentence. */
static void assert_meanings(const char *header, const struct import_options *how,
			    const char *meanings)
{
	struct import_options none = { .map_count = 0 };
	struct columns c;
	char is[600] = "";

	if (read_header(header, how ? how : &none, &c) != ST_OK) {
		assert_string_equal(status_text(), meanings);
		return;
	}
	for (size_t i = 0; i < c.n; i++) {
		strcat(is, i ? "|" : "");
		strcat(is, c.meaning[i] == COLUMNS ? "-" : column_name(c.meaning[i]));
		if (c.meaning[i] != COLUMNS)
			assert_int_equal(c.place[c.meaning[i]], i);
	}
	assert_string_equal(is, meanings);
}

#define ASSERT_MAPPED(header, map, meanings)						\
	assert_meanings(header, &(struct import_options){				\
		.map_count = 1, .maps = (const char *const[]){ map } }, meanings)

static void knows_its_own_names(void **state)
{
	static const char sales[] = "date|receipt|refund|customer|name|phone|email|item|sku|"
				    "category|quantity|amount|tender";
	static const char people[] = "customer|name|phone|email|birthday|language|area|address|"
				     "tags|notes|card|program|balance";

	(void)state;
	assert_meanings(sales, NULL, sales);
	assert_meanings(people, NULL, people);
	assert_meanings("amount|date", NULL, "amount|date");
}

static void takes_names_as_people_write_them(void **state)
{
	(void)state;
	assert_meanings("DATE|Amount|RECEIPT", NULL, "date|amount|receipt");
	assert_meanings("Invoice No.|invoice_date|Customer ID|Stock Code|Net Amount|Qty", NULL,
			"receipt|date|customer|sku|amount|quantity");
	assert_meanings("Phone Number|E-mail|Date of Birth|name", NULL,
			"phone|email|birthday|name");
	/* Its own name stands before what others call it. */
	assert_meanings("time|date|total|amount", NULL, "-|date|-|amount");
}

static void takes_names_in_the_languages_of_the_screens(void **state)
{
	static const char meanings[] = "date|receipt|customer|name|phone|item|quantity|amount|"
				       "email";
	static const char people[] = "name|phone|birthday|email";

	(void)state;
	assert_meanings("તારીખ|રસીદ નંબર|ગ્રાહક|નામ|મોબાઇલ નંબર|વસ્તુ|નંગ|રકમ|ઇમેઇલ", NULL,
			meanings);
	assert_meanings("दिनांक|बिल नंबर|ग्राहक|नाम|फोन|आइटम|मात्रा|राशि|ईमेल", NULL, meanings);
	assert_meanings("تاریخ|رسید|گاہک|نام|فون|آئٹم|تعداد|رقم|ای میل", NULL, meanings);
	assert_meanings("ԱՄՍԱԹԻՎ|կտրոն|հաճախորդ|անուն|հեռախոս|ապրանք|քանակ|գումար|Էլ. փոստ",
			NULL, meanings);
	assert_meanings("નામ|ફોન|જન્મ તારીખ|ઇમેઇલ", NULL, people);
	assert_meanings("नाम|फ़ोन|जन्म तिथि|ईमेल", NULL, people);
	assert_meanings("نام|موبائل|تاریخ پیدائش|ای میل", NULL, people);
	assert_meanings("Անուն Ազգանուն|հեռախոս|Ծննդյան օր|էլ. փոստ", NULL, people);
	/* The contract's name stands before them; two of them are doubtful. */
	assert_meanings("date|રકમ|amount", NULL, "date|-|amount");
	assert_meanings("date|રકમ|राशि", NULL, "columns \"રકમ\" and \"राशि\" could both be "
			"the amount; say which with --map amount=2 or --map amount=3");
}

/* What a column is when these texts stand in it: "a|b|c". */
static void assert_column(const char *heading, const char *cells, const char *meaning)
{
	struct buf text = { 0 };
	struct preview *p;
	struct files files;

	files_make(&files);
	buf_printf(&text, "date,%s,phone,amount\n2026-03-01,\"", heading);
	for (; *cells; cells++)
		buf_printf(&text, *cells == '|' ? "\",98,1\n2026-03-01,\"" : "%c", *cells);
	buf_text(&text, "\",98,1\n");
	put_file(files.path, text.at, text.len);
	MUST(preview_open(files.path, NULL, NULL, &p));
	if (strcmp(column_name(p->columns.meaning[1]), meaning) != 0)
		print_error("%s\n", text.at);
	assert_string_equal(column_name(p->columns.meaning[1]), meaning);
	assert_int_equal(p->columns.place[COLUMN_NAME], *meaning == 'n' ? 1 : -1);
	assert_int_equal(p->columns.place[COLUMN_CUSTOMER], *meaning == 'n' ? -1 : 1);
	preview_free(p);
	files_remove(&files);
	buf_release(&text);
}

static void a_customer_by_name_is_the_name(void **state)
{
	(void)state;
	assert_column("customer", "Amb One|Amb Two||Amb Three", "name");
	assert_column("Customer", "Asha|Ravi", "name");
	assert_column("customer", "asha patel|RAVI SHAH|nilesh", "name");
	assert_column("customer", "Patel, Asha|Shah, Ravi", "name");
	assert_column("customer", "Mary-Ann O'Brien|D. Desai|Ravi K", "name");
	assert_column("customer", "આશા|રવિ પટેલ", "name");
	assert_column("ગ્રાહક", "આશા", "name");
	assert_column("customer", "Աշոտ|Մարիամ", "name");
}

static void a_customer_by_code_stays_the_number(void **state)
{
	(void)state;
	assert_column("customer", "C17", "customer");
	assert_column("customer", "17|18", "customer");
	assert_column("customer", "CUST-A|CUST-B", "customer");
	assert_column("customer", "Cust-A", "customer");
	assert_column("customer", "CUST-AB", "customer");
	assert_column("customer", "Table A|Table B", "customer");
	assert_column("customer", "ABC|XYZ", "customer");
	assert_column("customer", "abc|xyz", "customer");
	assert_column("customer", "VIP_GOLD", "customer");
	assert_column("customer", "A|B", "customer");
	assert_column("customer", "-|.", "customer");
	assert_column("customer", "", "customer");
	assert_column("customer", "Asha Patel|Ravi Shah|C17", "customer");
	assert_column("customer", "Asha Patel|Ravi Shah|C૧૭", "customer");
	/* The heading says what it is. */
	assert_column("customer id", "Asha Patel", "customer");
	assert_column("customer no", "Asha Patel", "customer");
}

static void tells_customers_from_sales(void **state)
{
	struct import_options none = { .map_count = 0 };
	struct columns c;

	(void)state;
	MUST(read_header("name|phone", &none, &c));
	assert_int_equal(c.kind, IMPORT_CUSTOMERS);
	MUST(read_header("date|amount|name|phone", &none, &c));
	assert_int_equal(c.kind, IMPORT_SALES);
	/* What the other kind has is not read; a till's card is how it was paid. */
	assert_meanings("date|amount|notes|card", NULL, "date|amount|-|-");
	assert_meanings("name|card|quantity", NULL, "name|card|-");
}

static void maps_what_it_is_told_to(void **state)
{
	(void)state;
	ASSERT_MAPPED("date|gross|net", "amount=net", "date|-|amount");
	ASSERT_MAPPED("date|gross|net", "amount=2", "date|amount|-");
	ASSERT_MAPPED("date|total|amount", "Amount=Total", "date|amount|-");
	ASSERT_MAPPED("date|amount|card", "card=card", "date|amount|card");
	ASSERT_MAPPED("date|amount|x", "amuont=x", "--map amuont=x: there is no field \"amuont\"; "
		      "did you mean amount?");
	ASSERT_MAPPED("date|amount", "amount=sum", "there is no column \"sum\"; the columns are "
		      "\"date\", \"amount\"");
	ASSERT_MAPPED("date|amount", "amount", "--map \"amount\" is not FIELD=COLUMN; one looks "
		      "like --map amount=\"Net total\"");
	ASSERT_MAPPED("date|amount", "amount=3", "there is no column \"3\"; the columns are "
		      "\"date\", \"amount\"");
}

static void maps_numbers_and_what_is_not_read(void **state)
{
	(void)state;
	/* Without a line of names, a value can look like a column's number. */
	ASSERT_MAPPED("date|3|2", "amount=3", "date|amount|-");
	ASSERT_MAPPED("date|3|2", "amount=#3", "date|-|amount");
	ASSERT_MAPPED("date|amount", "amount=#3", "there is no column \"#3\"; the columns are "
		      "\"date\", \"amount\"");
	ASSERT_MAPPED("date|amount|phone", "-=phone", "date|amount|-");
	ASSERT_MAPPED("date|total|net sales", "-=#2", "date|-|amount");
	/* A list of people with the day that they came first. */
	ASSERT_MAPPED("name|phone|created at", "-=3", "name|phone|-");
	ASSERT_MAPPED("date|amount", "-=", "--map \"-=\" is not FIELD=COLUMN; one looks like "
		      "--map amount=\"Net total\"");
}

static void doubts_what_it_reads(void **state)
{
	struct import_options none = { .map_count = 0 };
	struct columns c;

	(void)state;
	assert_meanings("date|amount|points|stamps", NULL, "date|amount|-|-");
	assert_meanings("date|amount|card|card", NULL, "date|amount|-|-");
	assert_meanings("name|points|stamps", NULL, "columns \"points\" and \"stamps\" could both "
			"be the balance; say which with --map balance=2 or --map balance=3");
	/* What is clear is told all the same. */
	assert_int_equal(read_header("date|total|net sales|phone", &none, &c), ST_INVALID);
	assert_int_equal(c.wanted, COLUMN_AMOUNT);
	assert_int_equal(c.kind, IMPORT_SALES);
	assert_int_equal(c.place[COLUMN_PHONE], 3);
	assert_int_equal(read_header("when|amount|phone", &none, &c), ST_INVALID);
	assert_int_equal(c.wanted, COLUMN_DATE);
	assert_int_equal(read_header("a|b", &none, &c), ST_INVALID);
	assert_int_equal(c.wanted, COLUMNS);
	assert_int_equal(c.kind, IMPORT_KINDS);
}

static void says_what_is_missing(void **state)
{
	(void)state;
	assert_meanings("date|price", NULL, "no column is called \"amount\"; the columns are "
			"\"date\", \"price\"; say which it is with --map amount=COLUMN");
	assert_meanings("when|amount", NULL, "no column is called \"date\"; the columns are "
			"\"when\", \"amount\"; say which it is with --map date=COLUMN");
	assert_meanings("2026-03-01|R-1|40.00", NULL, "the first line names no columns of sales "
			"(date, amount) or customers (name, phone); it has \"2026-03-01\", "
			"\"R-1\", \"40.00\"; put a line of names above the table, or say which is "
			"which with --map FIELD=COLUMN");
	assert_meanings("date|total|net sales", NULL, "columns \"total\" and \"net sales\" could "
			"both be the amount; say which with --map amount=2 or --map amount=3");
	assert_meanings("date|amount|date", NULL, "columns \"date\" and \"date\" could both be the "
			"date; say which with --map date=1 or --map date=3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_its_own_names),
		cmocka_unit_test(takes_names_as_people_write_them),
		cmocka_unit_test(takes_names_in_the_languages_of_the_screens),
		cmocka_unit_test(a_customer_by_name_is_the_name),
		cmocka_unit_test(a_customer_by_code_stays_the_number),
		cmocka_unit_test(tells_customers_from_sales),
		cmocka_unit_test(maps_what_it_is_told_to),
		cmocka_unit_test(maps_numbers_and_what_is_not_read),
		cmocka_unit_test(doubts_what_it_reads),
		cmocka_unit_test(says_what_is_missing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
