/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_EXCHANGE_TILL_H
#define TESTS_EXCHANGE_TILL_H

#include "tests/exchange/files.h"

/* What a till's file says is in the book afterwards, by a description of our
 * own: the real ones have their samples in tests/exchange/pos. */

#define TILL "title = \"Till\"\ntill = \"till\"\nmatch = {\"When\"}\n" \
	     "column date { names = {\"When\"} }\ncolumn receipt { names = {\"No\"} }\n" \
	     "column name { names = {\"Who\"} }\ncolumn item { names = {\"What\"} }\n"
#define AMOUNT "column amount { names = {\"Money\"} }\n"
#define REFUNDS(how) "column refund { names = {\"Ref\"} }\n" \
		     "refund { column = \"Kind\" values = {\"Refund\"} sale = " how " }\n"

struct told {
	struct fixture *f;
	struct files files;
	char conf[160];
};

static inline void start(struct told *t, void **state, const char *conf)
{
	t->f = *state;
	files_make(&t->files);
	snprintf(t->conf, sizeof(t->conf), "%s/own.conf", t->files.dir);
	put_file(t->conf, conf, strlen(conf));
}

static inline struct import_result import(struct told *t, const char *text)
{
	struct import_options how = { .format = t->conf };
	struct import_result r;

	MUST(import_how(t->f, &t->files, text, &how, &r));
	for (size_t i = 0; i < r.reason_count && r.rejected; i++)
		print_error("line %ld: %s\n", r.reasons[i].line, r.reasons[i].text);
	assert_int_equal(r.rows, r.accepted + r.duplicates + r.rejected + r.skipped);
	return r;
}

/* Once, and again, which changes nothing. */
static inline struct import_result import_twice(struct told *t, const char *text)
{
	struct import_result r = import(t, text), again = import(t, text);

	assert_int_equal(again.accepted + again.sales + again.refunds + again.consents, 0);
	assert_int_equal(again.revenue, 0);
	assert_int_equal(again.rejected, r.rejected);
	assert_int_equal(again.skipped, r.skipped);
	assert_verified(t->f);
	return r;
}

static inline void end(struct told *t)
{
	files_remove(&t->files);
}

/* -- reading the book -- */

static inline enum status read_entry(struct txn *txn, void *arg)
{
	struct entry *e = arg;

	return journal_read(txn, e->seq, e);
}

/* The n-th entry of that kind, from 1; seq 0 when there are fewer. */
static inline struct entry *nth(struct fixture *f, enum entry_kind kind, int n)
{
	struct entry *e = calloc(1, sizeof(*e));

	for (int64_t seq = 1; n > 0; seq++) {
		e->seq = seq;
		if (store_read(f->shop.store, read_entry, e) != ST_OK) {
			e->seq = 0;
			break;
		}
		n -= e->kind == kind;
	}
	return e;
}

static inline void assert_entry(struct fixture *f, enum entry_kind kind, int n, const char *receipt,
			 int64_t total)
{
	struct entry *e = nth(f, kind, n);

	assert_int_not_equal(e->seq, 0);
	assert_string_equal(e->source, "till");
	assert_string_equal(e->receipt, receipt);
	assert_int_equal(e->total, total);
	free(e);
}

/* Receipt of the sale that the n-th refund is of; "" none that is known. */
static inline void assert_refund_of(struct fixture *f, int n, const char *sale)
{
	struct entry *e = nth(f, ENTRY_REFUND, n);
	struct entry *of = calloc(1, sizeof(*of));

	assert_int_not_equal(e->seq, 0);
	of->seq = e->about;
	if (e->about)
		MUST(store_read(f->shop.store, read_entry, of));
	assert_string_equal(of->receipt, sale);
	free(of);
	free(e);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
