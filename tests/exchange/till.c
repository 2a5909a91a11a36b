/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/till.h"

#include "shop/consent.h"

/* -- order -- */

static void lines_are_booked_in_order_of_time(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT REFUNDS("receipt"));
	r = import_twice(&t, "When,No,Kind,Ref,Money\n"
			 "2026-02-20 10:00,3,Refund,F1,-5.00\n"
			 "2026-02-19 10:00,3,Sale,,20.00\n"
			 "2026-02-18 10:02,1,Sale,,1.50\n"
			 "2026-02-18 10:01,2,Sale,,7.00\n"
			 "2026-02-18 10:00,1,Sale,,2.50\n");
	assert_int_equal(r.sales, 3);
	assert_int_equal(r.refunds, 1);
	assert_int_equal(r.unknown_refunds, 0);
	assert_int_equal(r.revenue, 2600);
	assert_entry(t.f, ENTRY_SALE, 1, "1", 400);
	assert_entry(t.f, ENTRY_SALE, 2, "2", 700);
	assert_entry(t.f, ENTRY_SALE, 3, "3", 2000);
	assert_entry(t.f, ENTRY_REFUND, 1, "3", -500);
	end(&t);
}

static void rejected_lines_are_those_of_the_file(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT);
	r = import_twice(&t, "Extra,Money,No,When\n"
			 "z,2.00,R-2,2026-02-20\n"
			 "\"y\"x,bad quote of R-2\n"
			 "x,1.00,R-1,2026-02-19\n"
			 "w,lots,R-1,2026-02-19\n");
	assert_int_equal(r.rejected, 4);
	assert_int_equal(r.reasons[0].line, 4);
	assert_non_null(strstr(file_text(t.files.rejected),
			       "line,reason,Extra,Money,No,When\n"));
	assert_non_null(strstr(file_text(t.files.rejected), ",w,lots,R-1,2026-02-19\n"));
	assert_non_null(strstr(file_text(t.files.rejected), ",z,2.00,R-2,2026-02-20\n"));
	end(&t);
}

static void orders_of_one_till_do_not_meet_those_of_another(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT);
	sell(*state, 0, 900, &(struct sale){ .receipt = "1" });
	r = import_twice(&t, "When,No,Money\n2026-02-20,1,2.00\n");
	assert_int_equal(r.sales, 1);
	end(&t);
}

/* -- what stands on the first row, and the total -- */

static void the_first_row_speaks_for_the_receipt(void **state)
{
	struct told t;
	struct import_result r;
	struct entry *e;

	start(&t, state, "title = \"Till\"\ntill = \"till\"\nmatch = {\"When\"}\nrows = first\n"
	      "column date { names = {\"When\"} }\ncolumn receipt { names = {\"No\"} }\n"
	      "column name { names = {\"Who\"} }\ncolumn item { names = {\"What\"} }\n"
	      "column price { names = {\"Price\"} minus = {\"Off\"} }\n"
	      "column quantity { names = {\"Qty\"} }\ncolumn total { names = {\"Total\"} }\n"
	      "skip unpaid { column = \"State\" except = {\"paid\"} }\n");
	r = import_twice(&t, "No,When,Who,State,Total,What,Qty,Price,Off\n"
			 "#1,2026-02-20 10:00,Meena Desai,paid,25.00,Tea,2,10.00,1.00\n"
			 "#1,,,,,Khari,1,3.50,\n"
			 "#2,2026-02-20 11:00,Meena Desai,pending,9.00,Tea,1,9.00,\n"
			 "#2,,,,,Khari,1,3.50,\n"
			 "#3,2026-02-20 12:00,,paid,8.00,Tea,1,10.00,0\n");
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.skipped, 2);
	assert_int_equal(r.skips[SKIP_UNPAID], 2);
	assert_int_equal(r.revenue, 3300);
	assert_int_equal(r.customers_added, 1);
	e = nth(t.f, ENTRY_SALE, 1);
	assert_int_equal(e->line_count, 3);		/* shipping: without an item */
	assert_int_equal(e->lines[0].amount, 1900);
	assert_int_equal(e->lines[0].quantity, 2000);
	assert_int_equal(e->lines[2].amount, 250);
	assert_int_equal(e->lines[2].item, 0);
	free(e);
	e = nth(t.f, ENTRY_SALE, 2);
	assert_int_equal(e->total, 800);
	assert_int_equal(e->lines[1].amount, -200);	/* a discount on the whole */
	free(e);
	end(&t);
}

/* -- cancelled afterwards -- */

#define STATES TILL AMOUNT REFUNDS("receipt") \
	       "skip void { column = \"State\" values = {\"Void\"} }\n" \
	       "skip open { column = \"State\" values = {\"Open\"} }\n"

static void a_sale_that_is_cancelled_later_is_told(void **state)
{
	struct told t;
	struct import_result r;
	struct entry *sale;
	static const char later[] =
		"When,No,Money,State,Kind\n2026-02-18,1,50.00,Void,Sale\n"
		"2026-02-18,1,5.00,Void,Sale\n2026-02-19,2,30.00,Open,Sale\n"
		"2026-02-19,2,30.00,Void,Refund\n2026-02-20,3,9.00,Void,Sale\n";

	start(&t, state, STATES);
	r = import(&t, later);
	assert_int_equal(r.skipped, 5);
	r = import(&t, "When,No,Money,Kind\n2026-02-18,1,55.00,Sale\n"
		   "2026-02-19,2,30.00,Sale\n");
	assert_int_equal(r.sales, 2);
	r = import_twice(&t, later);
	assert_int_equal(r.skipped, 3);
	assert_int_equal(r.skips[SKIP_VOID], 2);
	assert_int_equal(r.rejected, 2);
	assert_int_equal(r.reasons[0].line, 2);
	assert_string_equal(r.reasons[1].text, "receipt 1 was booked before and is cancelled "
			    "now: refund it with regulars sale refund till:1");
	sale = nth(t.f, ENTRY_SALE, 1);
	MUST(give_back(t.f, sale->seq, 5500));
	r = import_twice(&t, later);
	assert_int_equal(r.skipped, 5);
	free(sale);
	end(&t);
}

/* One of two payments was, and the other one was not. */
static void a_sale_that_is_cancelled_in_part_stands(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, STATES);
	r = import_twice(&t, "When,No,Money,State,Kind\n2026-02-18,1,50.00,Void,Sale\n"
			 "2026-02-18,1,50.00,Done,Sale\n2026-02-18,1,50.00,Void,Sale\n");
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.skipped, 2);
	assert_int_equal(r.rejected, 0);
	end(&t);
}

/* -- two files of one till -- */

static void the_same_bill_is_the_same_sale(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT);
	import(&t, "When,No,Money,What\n2026-02-18 10:00,1,30.00,Tea\n"
	       "2026-02-18 10:00,1,20.00,Khari\n2026-02-18 10:05,2,5.00,Tea\n");
	r = import(&t, "When,No,Money,Who\n2026-02-18 10:01,1,50.00,Meena Desai\n"
		   "2026-02-18 10:05,2,6.00,\n");
	assert_int_equal(r.duplicates, 1);
	assert_int_equal(r.rejected, 1);
	assert_non_null(strstr(r.reasons[0].text, "it was 5.00, here it is 6.00"));
	assert_int_equal(r.customers_added, 0);
	assert_verified(t.f);
	end(&t);
}

/* A till that begins its numbers anew, or two people with the same tea. */
static void another_day_or_person_is_another_sale(void **state)
{
	struct told t;
	struct import_result r;
	static const char *const others[] = {
		"2026-02-20 10:00,1,30.00,Meena Desai\n", "2026-02-16 23:00,1,30.00,\n",
		"2026-02-18 10:00,1,30.00,Ravi Shah\n", "2026-02-18 10:00,1,30.00,Nobody Yet\n"
	};
	char text[200];

	start(&t, state, TILL AMOUNT);
	import(&t, "When,No,Money,Who\n2026-02-18 10:00,1,30.00,Meena Desai\n"
	       "2026-02-18 11:00,2,8.00,Ravi Shah\n");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		snprintf(text, sizeof(text), "When,No,Money,Who\n%s", others[i]);
		r = import(&t, text);
		assert_int_equal(r.rejected, 1);
		assert_int_equal(r.duplicates + r.sales, 0);
		assert_non_null(strstr(r.reasons[0].text, "receipt 1"));
	}
	/* Another zone's midnight, and who was not named. */
	r = import(&t, "When,No,Money,Who\n2026-02-19 00:30,1,30.00,\n");
	assert_int_equal(r.duplicates, 1);
	assert_verified(t.f);
	end(&t);
}

static void who_became_another_or_was_erased_does_not_part_a_sale(void **state)
{
	struct told t;
	struct import_result r;
	struct customer_merge merge = { .from = 0 };
	struct customer_merged merged;
	static const char later[] = "When,No,Money,Who\n2026-02-18 10:01,1,30.00,Meena Desai\n";

	start(&t, state, TILL AMOUNT);
	import(&t, "When,No,Money,Who\n2026-02-18 10:00,1,30.00,M D Tailor\n"
	       "2026-02-18 11:00,2,8.00,Meena Desai\n");
	merge.from = person(t.f, "M D Tailor").id;
	merge.into = person(t.f, "Meena Desai").id;
	MUST(customer_merge(&t.f->shop, &t.f->by, &merge, &merged));
	r = import(&t, later);
	assert_int_equal(r.duplicates, 1);
	MUST(customer_erase(&t.f->shop, &t.f->by, merge.into));
	r = import(&t, later);
	assert_int_equal(r.duplicates, 1);
	assert_int_equal(r.customers_added, 0);
	end(&t);
}

/* -- amounts beyond what is kept -- */

#define PRICE "column price { names = {\"Price\"} }\ncolumn quantity { names = {\"Qty\"} }\n" \
	      "column tender { names = {\"Paid\"} }\n"

static void amounts_that_cannot_be_kept_are_refused(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL PRICE);
	/* 9e18 each; the sum of the payments alone would not fit. */
	r = import(&t, "When,No,Price,Qty,Paid\n"
		   "2026-02-18 10:00,1,10000000000000.00,9000,Cash\n"
		   "2026-02-18 10:00,1,-10000000000000.00,9000,Cash\n"
		   "2026-02-18 10:00,1,10000000000000.00,9000,Card\n");
	assert_int_equal(r.rejected, 3);
	assert_int_equal(r.sales, 0);
	/* The least number of all has no positive one. */
	r = import(&t, "When,No,Price,Qty,Paid\n"
		   "2026-02-18 10:00,2,-10995116277.76,8388608,Cash\n");
	assert_int_equal(r.rejected, 1);
	assert_non_null(strstr(r.reasons[0].text, "larger than can be kept"));
	r = import(&t, "When,No,Price,Qty,Paid\n"
		   "2026-02-18 10:00,3,10000000000000.00,1,Cash\n");
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.revenue, MONEY_MOST);
	assert_verified(t.f);
	end(&t);
}

/* -- dates -- */

static void a_description_settles_what_the_file_leaves_open(void **state)
{
	struct told t;
	struct import_result r;
	struct entry *e;

	start(&t, state, TILL AMOUNT "dates = dmy\ndates_12h = mdy\n");
	import(&t, "When,No,Money\n03/02/2026 15:00,1,5.00\n");
	e = nth(t.f, ENTRY_SALE, 1);
	assert_int_equal(e->occurred, at("2026-02-03T15:00:00"));
	free(e);
	import(&t, "When,No,Money\n1/2/2026 3:00 PM,2,5.00\n");
	e = nth(t.f, ENTRY_SALE, 2);
	assert_int_equal(e->occurred, at("2026-01-02T15:00:00"));
	free(e);
	/* The whole column knows better. */
	r = import(&t, "When,No,Money\n1/2/2026 3:00 PM,3,5.00\n20/2/2026 3:00 PM,4,5.00\n");
	assert_int_equal(r.sales, 2);
	e = nth(t.f, ENTRY_SALE, 3);
	assert_int_equal(e->occurred, at("2026-02-01T15:00:00"));
	free(e);
	end(&t);
}

/* -- people -- */

static void what_cannot_be_kept_of_a_person_costs_no_sale(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, TILL AMOUNT "column contact { names = {\"Contact\"} }\n");
	r = import_twice(&t, "When,No,Money,Who,Contact\n"
			 "2026-02-18,1,5.00,Meena Desai,\"meena@example.com, 9824012345\"\n"
			 "2026-02-18,2,5.00,Ravi Shah,99999999999999999999\n");
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.reason_count, 1);
	assert_non_null(strstr(r.reasons[0].text, "it is left out"));
	assert_string_equal(person(t.f, "Meena Desai").phones[0].text, "+919824012345");
	assert_string_equal(person(t.f, "Meena Desai").emails[0].address, "meena@example.com");
	assert_int_equal(person(t.f, "Ravi Shah").phone_count, 0);
	end(&t);
}

static void a_word_for_nobody_is_nobody(void **state)
{
	struct told t;
	struct import_result r;

	start(&t, state, "title = \"Till\"\ntill = \"till\"\nmatch = {\"When\"}\n"
	      "column date { names = {\"When\"} }\n" AMOUNT
	      "column name { names = {\"Card\", \"Who\"} "
	      "empty = {\"Valued customer\", \"n/a\"} }\n");
	r = import_twice(&t, "When,Money,Card,Who\n2026-02-18,5.00,VALUED CUSTOMER,Meena Desai\n"
			 "2026-02-18,6.00,N/A,\n2026-02-18,7.00,Ravi Shah,x\n");
	assert_int_equal(r.sales, 3);
	assert_int_equal(r.customers_added, 2);
	assert_int_equal(figures_of(t.f, person(t.f, "Meena Desai").id).spend, 500);
	end(&t);
}

static void consents_come_in_and_are_never_weakened(void **state)
{
	struct told t;
	struct import_result r;
	struct customer c;

	start(&t, state, TILL AMOUNT
	      "consent sms { column = {\"Old\", \"Texts\"} yes = {\"yes\"} no = {\"no\"} }\n"
	      "consent email { column = \"Mail\" yes = {\"subscribed\"} }\n");
	r = import_twice(&t, "When,No,Money,Who,Texts,Mail\n"
			 "2026-02-18,1,5.00,Meena Desai,No,Subscribed\n"
			 "2026-02-19,2,5.00,Ravi Shah,Yes,unsubscribed\n");
	assert_int_equal(r.consents, 3);
	c = person(t.f, "Meena Desai");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_YES);
	c = person(t.f, "Ravi Shah");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_YES);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_NOT_ASKED);
	r = import(&t, "When,No,Money,Who,Texts\n2026-02-20,3,5.00,Meena Desai,yes\n");
	assert_int_equal(r.consents, 0);
	c = person(t.f, "Meena Desai");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NO);
	end(&t);
}

/* Our own contract has them, too. */
static void a_list_of_customers_has_consents(void **state)
{
	struct fixture *f = *state;
	struct import_result r;
	struct customer c;

	import_text(f, "name,phone,sms_consent,Email consent,whatsapp_consent\n"
		    "Meena Desai,9824012345,yes,no,\nRavi Shah,9824012346,perhaps,1,N\n", 2, 0,
		    &r);
	assert_int_equal(r.consents, 4);
	c = person(f, "Meena Desai");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_YES);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_NO);
	assert_int_equal(consent_of(&c, CONSENT_WHATSAPP), CONSENT_NOT_ASKED);
	c = person(f, "Ravi Shah");
	assert_int_equal(consent_of(&c, CONSENT_SMS), CONSENT_NOT_ASKED);
	assert_int_equal(consent_of(&c, CONSENT_EMAIL), CONSENT_YES);
	assert_int_equal(consent_of(&c, CONSENT_WHATSAPP), CONSENT_NO);
}

/* -- choosing -- */

static void a_format_can_be_named(void **state)
{
	struct fixture *f = *state;
	struct import_options how = { .format = "sqare-items" };
	struct import_result r;
	struct files files;
	char folder[400];

	snprintf(folder, sizeof(folder), "%s/data/pos", getenv("srcdir") ? getenv("srcdir") : ".");
	setenv("REGULARS_POSDIR", folder, 1);
	files_make(&files);
	assert_int_equal(import_how(f, &files, "date,amount\n2026-02-01,5\n", &how, &r),
			 ST_NOT_FOUND);
	assert_non_null(strstr(status_text(), "did you mean square-items?"));
	how.format = "square-items";
	assert_int_equal(import_how(f, &files, "date,amount\n2026-02-01,5\n", &how, &r),
			 ST_INVALID);
	assert_non_null(strstr(status_text(), "--map receipt=COLUMN"));
	how.format = "generic";
	MUST(import_how(f, &files, "date,amount\n2026-02-01,5\n", &how, &r));
	assert_string_equal(r.format, "generic");
	assert_int_equal(r.sales, 1);
	files_remove(&files);
}

static void a_map_stands_above_the_description(void **state)
{
	static const char *const maps[] = { "receipt=Bill", "-=Who" };
	struct told t;
	struct import_options how = { .map_count = 2, .maps = maps };
	struct import_result r;

	start(&t, state, TILL AMOUNT);
	how.format = t.conf;
	MUST(import_how(t.f, &t.files, "When,Bill,Money,Who\n2026-02-18,1,5.00,Meena Desai\n", &how,
			&r));
	assert_int_equal(r.sales, 1);
	assert_int_equal(r.customers_added, 0);
	assert_entry(t.f, ENTRY_SALE, 1, "1", 500);
	end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(lines_are_booked_in_order_of_time),
		TEST(rejected_lines_are_those_of_the_file),
		TEST(orders_of_one_till_do_not_meet_those_of_another),
		TEST(the_first_row_speaks_for_the_receipt),
		TEST(a_sale_that_is_cancelled_later_is_told),
		TEST(a_sale_that_is_cancelled_in_part_stands),
		TEST(the_same_bill_is_the_same_sale),
		TEST(another_day_or_person_is_another_sale),
		TEST(who_became_another_or_was_erased_does_not_part_a_sale),
		TEST(amounts_that_cannot_be_kept_are_refused),
		TEST(a_description_settles_what_the_file_leaves_open),
		TEST(what_cannot_be_kept_of_a_person_costs_no_sale),
		TEST(a_word_for_nobody_is_nobody),
		TEST(consents_come_in_and_are_never_weakened),
		TEST(a_list_of_customers_has_consents),
		TEST(a_format_can_be_named),
		TEST(a_map_stands_above_the_description),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
