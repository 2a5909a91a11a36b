/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/pos.h"

#include "shop/consent.h"

/* What the descriptions in data/pos make of files as tills write them. */

static struct formats all;

static int load_all(void **state)
{
	char folder[POS_PATH];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/data/pos", pos_root());
	setenv("REGULARS_POSDIR", folder, 1);
	digest_start();
	MUST(formats_load(&all));
	return 0;
}

static int free_all(void **state)
{
	(void)state;
	formats_free(&all);
	return 0;
}

/* -- which file is whose -- */

/* "nearly": it is refused. */
static const char *detected(const struct formats *some, const char *path)
{
	const struct till_format *f;
	struct csv_row header;
	enum status st;
	struct csv *c;

	MUST(csv_open(path, &c));
	MUST(csv_next(c, &header));
	st = formats_detect(some, &header, &f);
	csv_close(c);
	if (st != ST_OK)
		return "nearly";
	return f ? f->name : FORMAT_GENERIC;
}

static void knows_only_its_own(const struct expected *e)
{
	for (size_t i = 0; i < all.n; i++) {
		struct formats one = { .n = 1, .row = &all.row[i] };
		bool own = !strcmp(all.row[i]->name, e->format);

		if (!own && !strcmp(detected(&one, e->csv), all.row[i]->name))
			GIVE_UP("%s takes %s for its own\n", all.row[i]->name, e->name);
	}
	assert_string_equal(detected(&all, e->csv), e->format);
}

static void each_file_is_known_by_one_description(void **state)
{
	(void)state;
	assert_int_equal(all.n, 9);
	each_sample(knows_only_its_own);
}

static void files_of_nobody_stay_generic(void **state)
{
	static const char *const headers[] = {
		HEADER, "date,amount\n", "name,phone,email\n", "customer,name,balance\n",
		"Name,Email,Total,Created at\n", "Date,Item,Net Sales\n",
		"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
		"Country\n",
		"Order ID,Order Date,Status,Order Total\n", "Receipt number,Date,Net sales\n",
		"First Name,Last Name,Email,Phone,Tags\n", "Username,Email,Orders\n",
		"id,date,quantity,amount\n", "Receipt no.,Date,Type,Amount,Customer\n",
		"Customer ID,First Name,Last Name,Email,Phone,Address1,City,Tags,Note\n",
		"date,time,item,sku,category,quantity,amount,customer,name,phone,email,receipt,"
		"refund,tender,currency\n"
	};
	struct files files;

	(void)state;
	files_make(&files);
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		put_file(files.path, headers[i], strlen(headers[i]));
		assert_string_equal(detected(&all, files.path), FORMAT_GENERIC);
	}
	files_remove(&files);
}

/* -- what comes of them -- */

static void import_path(struct fixture *f, const char *path, struct import_result *r)
{
	struct import_options how = { .format = NULL };
	struct files files;

	files_make(&files);
	how.rejected = files.rejected;
	MUST(import_file(&f->shop, &f->by, path, &how, r));
	files_remove(&files);
}

static void assert_same(const struct expected *e, const struct import_result *r)
{
	char revenue[MONEY_TEXT];

	money_print(r->revenue, 2, revenue);
	if (r->rows != e->rows || r->sales != e->sales || r->refunds != e->refunds ||
	    r->unknown_refunds != e->unknown || r->customers_added != e->customers ||
	    r->skipped != e->skipped || r->rejected != e->rejected ||
	    strcmp(revenue, e->revenue) != 0) {
		print_error("%s: rows %" PRId64 " sales %" PRId64 " refunds %" PRId64
			    " (unknown %" PRId64 ") revenue %s customers %" PRId64
			    " skipped %" PRId64 " rejected %" PRId64 "\n", e->name, r->rows,
			    r->sales, r->refunds, r->unknown_refunds, revenue,
			    r->customers_added, r->skipped, r->rejected);
		for (size_t i = 0; i < r->reason_count; i++)
			print_error("line %ld: %s\n", r->reasons[i].line, r->reasons[i].text);
		GIVE_UP("%s: not what %s.expect says\n", e->name, e->name);
	}
	assert_int_equal(r->rows, r->accepted + r->duplicates + r->skipped + r->rejected);
}

static void assert_nothing_new(const struct import_result *r)
{
	assert_int_equal(r->accepted, 0);
	assert_int_equal(r->sales + r->refunds + r->openings, 0);
	assert_int_equal(r->customers_added + r->customers_changed + r->items_added, 0);
	assert_int_equal(r->revenue, 0);
}

/* "ivo@example.net sms yes"; "-" for nobody asked. */
static void assert_consent(struct fixture *f, const char *claim)
{
	static const char *const states[] = { "-", "yes", "no" };
	char who[POS_CLAIM], channel[POS_CLAIM], state[POS_CLAIM];
	enum consent_channel ch = 0;
	struct customer c;

	assert_int_equal(sscanf(claim, "%119s %119s %119s", who, channel, state), 3);
	while (ch < CONSENT_CHANNELS && strcmp(channel, consent_channel_names[ch]) != 0)
		ch++;
	assert_true(ch < CONSENT_CHANNELS);
	c = person(f, who);
	if (strcmp(states[consent_of(&c, ch)], state) != 0)
		GIVE_UP("%s: it is %s\n", claim, states[consent_of(&c, ch)]);
}

static void comes_in_once(const struct expected *e)
{
	struct import_result r;
	struct fixture f;
	uint64_t version;

	open_shop(&f, e->country);
	import_path(&f, e->csv, &r);
	assert_same(e, &r);
	assert_string_equal(r.format, e->format);
	for (size_t i = 0; i < e->persons; i++)
		person(&f, e->person[i]);
	for (size_t i = 0; i < e->consents; i++)
		assert_consent(&f, e->consent[i]);
	assert_verified(&f);
	version = rows_of(&f, TABLE_JOURNAL);
	import_path(&f, e->csv, &r);
	assert_nothing_new(&r);
	assert_int_equal(r.rejected, e->rejected);
	assert_int_equal(r.skipped, e->skipped);
	assert_int_equal(rows_of(&f, TABLE_JOURNAL), version);
	close_shop(&f);
}

static void each_file_comes_in_once(void **state)
{
	(void)state;
	each_sample(comes_in_once);
}

static void comes_in_turned_around(const struct expected *e)
{
	struct import_result r;
	struct files files;
	struct fixture f;

	files_make(&files);
	turn_around(e->csv, files.path, SIZE_MAX);
	assert_string_equal(detected(&all, files.path), e->format);
	open_shop(&f, e->country);
	import_path(&f, files.path, &r);
	assert_same(e, &r);
	/* It is the same file to the book. */
	import_path(&f, e->csv, &r);
	assert_nothing_new(&r);
	close_shop(&f);
	files_remove(&files);
}

static void columns_may_stand_anywhere(void **state)
{
	(void)state;
	each_sample(comes_in_turned_around);
}

static void comes_in_empty(const struct expected *e)
{
	struct import_result r;
	struct files files;
	struct fixture f;

	files_make(&files);
	turn_around(e->csv, files.path, 1);
	open_shop(&f, e->country);
	import_path(&f, files.path, &r);
	assert_int_equal(r.rows, 0);
	close_shop(&f);
	files_remove(&files);
}

static void headings_alone_are_no_fault(void **state)
{
	(void)state;
	each_sample(comes_in_empty);
}

/* -- several files of one till -- */

static void import_sample(struct fixture *f, const char *name, struct import_result *r)
{
	struct expected e = expected_of(name);

	import_path(f, e.csv, r);
}

static void what_two_files_say_is_booked_once(void **state)
{
	static const char *const pairs[][2] = {
		{ "loyverse-receipts-dmy", "loyverse-items-dmy" },
		{ "loyverse-items-dmy", "loyverse-receipts-dmy" },
		{ "clover-orders", "clover-payments" }, { "clover-payments", "clover-orders" },
	};
	struct import_result r;
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct expected first = expected_of(pairs[i][0]);

		open_shop(&f, first.country);
		import_sample(&f, pairs[i][0], &r);
		assert_same(&first, &r);
		import_sample(&f, pairs[i][1], &r);
		print_message("# %s after %s\n", pairs[i][1], pairs[i][0]);
		assert_int_equal(r.sales + r.refunds, 0);
		assert_int_equal(r.revenue, 0);
		assert_int_equal(r.rejected, 0);
		assert_verified(&f);
		close_shop(&f);
	}
}

static void square_items_and_transactions_meet(void **state)
{
	struct import_result r;
	struct fixture f;

	(void)state;
	open_shop(&f, "US");
	import_sample(&f, "square-items-33", &r);
	import_sample(&f, "square-transactions-55", &r);
	/* TX5, its refund and TX6 were in the file of items. */
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.revenue, 3000 - 1200 - 500);
	assert_int_equal(r.rejected, 0);
	assert_int_equal(r.duplicates, 3);
	assert_verified(&f);
	close_shop(&f);
}

static void a_later_export_books_what_is_new(void **state)
{
	struct import_result r;
	struct fixture f;

	(void)state;
	open_shop(&f, "US");
	import_sample(&f, "shopify-orders", &r);
	import_sample(&f, "shopify-orders-later", &r);
	assert_int_equal(r.sales, 2);
	assert_int_equal(r.refunds, 2);
	assert_int_equal(r.revenue, 1200 - 950 - 1500);
	assert_int_equal(r.rejected, 0);
	assert_verified(&f);
	import_sample(&f, "shopify-orders-later", &r);
	assert_nothing_new(&r);
	/* The older file says less and takes nothing back. */
	import_sample(&f, "shopify-orders", &r);
	assert_nothing_new(&r);
	assert_verified(&f);
	close_shop(&f);
}

static void the_first_customer_file_is_filled_in_by_a_later_one(void **state)
{
	struct import_result r;
	struct fixture f;

	(void)state;
	open_shop(&f, "US");
	import_sample(&f, "shopify-customers-2020", &r);
	import_sample(&f, "shopify-customers-2023", &r);
	assert_int_equal(r.customers_added, 1);		/* Ivo */
	assert_int_equal(r.customers_matched, 1);
	assert_string_equal(person(&f, "marisol.q@example.net").code, "7001");
	assert_verified(&f);
	close_shop(&f);
}

static void say(struct fixture *f, const char *who, enum consent_channel ch,
		enum consent_state state)
{
	struct customer c = person(f, who);
	struct consent_change change = { .customer = c.id, .channel = ch, .state = state,
					 .how = CONSENT_AT_COUNTER };
	struct trade_run run;

	MUST(consent_set(&f->shop, &f->by, &change, &run));
}

static void a_file_never_says_more_than_they_said_here(void **state)
{
	struct import_result r;
	struct fixture f;

	(void)state;
	open_shop(&f, "US");
	import_sample(&f, "shopify-customers-2023", &r);
	assert_consent(&f, "marisol.q@example.net email yes");
	say(&f, "marisol.q@example.net", CONSENT_EMAIL, CONSENT_NO);
	say(&f, "ivo@example.net", CONSENT_EMAIL, CONSENT_YES);	/* the file says no */
	import_sample(&f, "shopify-customers-2023", &r);
	assert_consent(&f, "marisol.q@example.net email no");
	assert_consent(&f, "ivo@example.net email yes");
	/* A tick at the checkout is no answer to what was asked here either. */
	import_sample(&f, "shopify-orders", &r);
	assert_consent(&f, "marisol.q@example.net email no");
	assert_verified(&f);
	close_shop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_is_known_by_one_description),
		cmocka_unit_test(files_of_nobody_stay_generic),
		cmocka_unit_test(each_file_comes_in_once),
		cmocka_unit_test(columns_may_stand_anywhere),
		cmocka_unit_test(headings_alone_are_no_fault),
		cmocka_unit_test(what_two_files_say_is_booked_once),
		cmocka_unit_test(square_items_and_transactions_meet),
		cmocka_unit_test(a_later_export_books_what_is_new),
		cmocka_unit_test(the_first_customer_file_is_filled_in_by_a_later_one),
		cmocka_unit_test(a_file_never_says_more_than_they_said_here),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_all, free_all);
}
