/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "shop/item.h"

/* The short list of what the shop sells. */

static struct item an_item(const char *name, const char *code)
{
	struct item item = { .id = 0 };

	strcpy(item.name, name);
	strcpy(item.code, code);
	return item;
}

static int64_t add(struct fixture *f, const char *name, const char *code)
{
	struct item item = an_item(name, code);

	MUST(item_add(&f->shop, &f->by, &item));
	return item.id;
}

struct question {
	const char *code, *name;
	int64_t id;
	uint64_t keys;
	struct item item;
	struct entry *entry;
};

static enum status look_up(struct txn *txn, void *arg)
{
	struct question *q = arg;

	q->id = item_lookup(txn, q->code, q->name);
	return txn_status(txn);
}

static int64_t lookup(struct fixture *f, const char *code, const char *name)
{
	struct question q = { .code = code, .name = name };

	MUST(store_read(f->shop.store, look_up, &q));
	return q.id;
}

static enum status ask_which(struct txn *txn, void *arg)
{
	struct question *q = arg;

	return item_resolve(txn, q->name, &q->id);
}

static int64_t which(struct fixture *f, const char *text, enum status *st)
{
	struct question q = { .name = text };

	*st = store_read(f->shop.store, ask_which, &q);
	return *st == ST_OK ? q.id : 0;
}

static void assert_means(struct fixture *f, const char *text, int64_t expected)
{
	enum status st;
	int64_t id = which(f, text, &st);

	if (id != expected)
		print_error("%s: %s\n", text, status_text());
	assert_int_equal(id, expected);
}

static void assert_refused(struct fixture *f, const char *text, enum status expected,
			   const char *said)
{
	enum status st;

	which(f, text, &st);
	assert_int_equal(st, expected);
	if (!strstr(status_text(), said))
		print_error("\"%s\" is not in: %s\n", said, status_text());
	assert_non_null(strstr(status_text(), said));
}

static enum status read_all(struct txn *txn, void *arg)
{
	struct question *q = arg;
	uint8_t digest[DIGEST_SIZE];

	q->keys = txn_count(txn, TABLE_ITEM_KEY);
	item_get(txn, q->id, &q->item);
	return journal_read(txn, journal_last(txn, digest), q->entry);
}

/* The item, how many keys there are, and the newest entry, which the caller
 * frees. */
static struct question read_back(struct fixture *f, int64_t id)
{
	struct question q = { .id = id, .entry = calloc(1, sizeof(*q.entry)) };

	MUST(store_read(f->shop.store, read_all, &q));
	return q;
}

static void an_entry_has_the_item_as_it_is(void **state)
{
	struct fixture *f = *state;
	struct item item = an_item("  Masala  chai", "CH1");
	struct question q;

	item.price = 2050;
	strcpy(item.category, "Tea");
	MUST(item_add(&f->shop, &f->by, &item));
	assert_int_equal(item.id, 1);
	q = read_back(f, 1);
	assert_string_equal(q.item.name, "Masala chai");
	assert_int_equal(q.item.price, 2050);
	assert_int_equal(q.entry->kind, ENTRY_ITEM);
	assert_int_equal(q.entry->subject, 1);
	assert_int_equal(q.entry->customer, 0);
	assert_non_null(strstr(q.entry->rule, "\"name\":\"Masala chai\""));
	assert_non_null(strstr(q.entry->rule, "\"price\":\"20.50\""));
	free(q.entry);
}

static void keys_follow_an_edit(void **state)
{
	struct fixture *f = *state;
	struct item item = an_item("Masala chai", "CH1");
	struct question q;
	int64_t seq;

	MUST(item_add(&f->shop, &f->by, &item));
	q = read_back(f, 1);
	assert_int_equal(q.keys, 2);
	seq = q.entry->seq;
	free(q.entry);
	MUST(item_edit(&f->shop, &f->by, &item));
	strcpy(item.name, "Kadak chai");
	strcpy(item.code, "CH2");
	MUST(item_edit(&f->shop, &f->by, &item));
	q = read_back(f, 1);
	assert_int_equal(q.keys, 2);
	assert_int_equal(q.entry->seq, seq + 1);	/* the edit without a change left none */
	free(q.entry);
	assert_int_equal(lookup(f, "CH1", ""), 0);
	assert_int_equal(lookup(f, "", "masala chai"), 0);
	assert_int_equal(lookup(f, "ch2", ""), 1);
	assert_int_equal(lookup(f, "", "KADAK CHAI"), 1);
	item.id = 9;
	assert_int_equal(item_edit(&f->shop, &f->by, &item), ST_NOT_FOUND);
}

static void imports_look_up_by_code_then_by_name(void **state)
{
	struct fixture *f = *state;

	add(f, "Masala chai", "CH1");
	add(f, "Samosa", "");
	assert_int_equal(lookup(f, "CH1", "anything"), 1);
	assert_int_equal(lookup(f, "", "masala CHAI"), 1);
	assert_int_equal(lookup(f, "CH9", "Masala chai"), 0);	/* another size */
	assert_int_equal(lookup(f, "S1", "samosa"), 2);		/* has no code yet */
	assert_int_equal(lookup(f, "", "Kachori"), 0);
	assert_int_equal(lookup(f, "", ""), 0);
}

static void codes_names_and_digits_are_told_apart(void **state)
{
	struct fixture *f = *state;
	struct item item = an_item("Masala chai", "CH1"), other = an_item("Samosa", "ch1");

	item.digit = 3;
	MUST(item_add(&f->shop, &f->by, &item));
	assert_int_equal(item_add(&f->shop, &f->by, &other), ST_EXISTS);
	assert_non_null(strstr(status_text(), "Masala chai (#1)"));
	strcpy(other.code, "S1");
	other.digit = 3;
	assert_int_equal(item_add(&f->shop, &f->by, &other), ST_EXISTS);
	assert_non_null(strstr(status_text(), "digit 3"));
	other = an_item("MASALA CHAI", "");
	assert_int_equal(item_add(&f->shop, &f->by, &other), ST_EXISTS);
	other = an_item("Masala chai", "CH2");
	MUST(item_add(&f->shop, &f->by, &other));
	assert_int_equal(other.id, 2);
	other = an_item(" ", "X");
	assert_int_equal(item_add(&f->shop, &f->by, &other), ST_INVALID);
	other = an_item("Kachori", "");
	other.digit = 10;
	assert_int_equal(item_add(&f->shop, &f->by, &other), ST_INVALID);
}

static void the_same_operation_adds_once(void **state)
{
	struct fixture *f = *state;
	struct item item = an_item("Masala chai", ""), again = item;

	f->by.has_op = true;
	op_from_text("first", f->by.op);
	MUST(item_add(&f->shop, &f->by, &item));
	MUST(item_add(&f->shop, &f->by, &again));
	assert_int_equal(again.id, item.id);
	assert_int_equal(lookup(f, "", "masala chai"), 1);
}

static void words_mean_one_item(void **state)
{
	struct fixture *f = *state;

	add(f, "Masala chai", "CH1");
	add(f, "7", "");
	add(f, "Samosa", "1");
	assert_means(f, "ch1", 1);
	assert_means(f, "MASALA CHAI", 1);
	assert_means(f, "#1", 1);
	assert_means(f, "1", 3);	/* a code goes before a number */
	assert_means(f, "7", 2);	/* and so does a name */
	assert_means(f, "3", 3);
	add(f, "Samosa", "2");
	assert_refused(f, "samosa", ST_REFUSED, "#3 and #4");
}

static void near_items_are_named(void **state)
{
	struct fixture *f = *state;

	assert_refused(f, "chai", ST_NOT_FOUND, "regulars item add");
	add(f, "Masala chai", "CH1");
	add(f, "Samosa", "");
	add(f, "Kachori", "");
	assert_refused(f, "samossa", ST_NOT_FOUND, "near to it: Samosa");
	assert_refused(f, "chai", ST_NOT_FOUND, "near to it: Masala chai");
	assert_refused(f, "gulab jamun", ST_NOT_FOUND, "regulars item add");
	assert_refused(f, "", ST_NOT_FOUND, "no item");
	assert_refused(f, "#9", ST_NOT_FOUND, "#9");
	assert_refused(f, "#99999999999999999999", ST_NOT_FOUND, "no item");
}

struct category_question {
	struct fixture *f;
	char first[64], none[64];
};

static enum status read_categories(struct txn *txn, void *arg)
{
	struct category_question *q = arg;
	struct trade t;

	trade_open(&t, txn, &q->f->shop, &q->f->by);
	strcpy(q->first, item_category(&t, 1));
	strcpy(q->none, item_category(&t, 2));
	return trade_close(&t);
}

static void a_category_is_folded(void **state)
{
	struct fixture *f = *state;
	struct item item = an_item("Masala chai", "");
	struct category_question q = { .f = f };

	strcpy(item.category, "Hot Drínks");
	MUST(item_add(&f->shop, &f->by, &item));
	MUST(store_write(f->shop.store, read_categories, &q));
	assert_string_equal(q.first, "hot drinks");
	assert_string_equal(q.none, "");
}

int main(void)
{
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		IN_SHOP(an_entry_has_the_item_as_it_is),
		IN_SHOP(keys_follow_an_edit),
		IN_SHOP(imports_look_up_by_code_then_by_name),
		IN_SHOP(codes_names_and_digits_are_told_apart),
		IN_SHOP(the_same_operation_adds_once),
		IN_SHOP(words_mean_one_item),
		IN_SHOP(near_items_are_named),
		IN_SHOP(a_category_is_folded),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
