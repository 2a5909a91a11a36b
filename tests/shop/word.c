/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "base/buf.h"
#include "shop/word.h"

/* The rows of the word table. */

static const char *const people[] = {
	"Asha Patel", "Ravi Patel", "પટેલ મીના", "ज़ाकिर", "जाकिर", "José Núñez", "", "محمد علی",
	"Patel Patel", "x", "王小明", "Asha Zubin Kothari"
};
enum { PEOPLE = sizeof(people) / sizeof(people[0]) };

/* All keys of the table, with signs for the bytes that cannot be read. */
static void print_key(struct bytes key, struct buf *out)
{
	const uint8_t *at = key.at;

	for (size_t i = 0; i < key.len; i++)
		if (at[i] < ' ')
			buf_printf(out, "<%d>", at[i]);
		else
			buf_add(out, &at[i], 1);
	buf_text(out, "\n");
}

static void print_table(struct txn *txn, struct buf *out)
{
	struct range r;

	buf_clear(out);
	buf_text(out, "");
	range_start(&r, txn, TABLE_WORD, NULL);
	while (range_next(&r))
		print_key(r.key, out);
	range_end(&r);
}

static void write_batch(struct txn *txn, int first, int last)
{
	struct word_batch b = { 0 };

	for (int i = first; i <= last; i++)
		word_batch_add(&b, people[i], i + 1);
	word_batch_write(&b, txn);
	assert_int_equal(b.n, 0);
}

static enum status write_first(struct txn *txn, void *arg)
{
	write_batch(txn, 0, 0);
	print_table(txn, arg);
	return txn_status(txn);
}

static void a_word_has_a_row_for_the_person_and_rows_for_its_sounds(void **state)
{
	struct fixture *f = *state;
	struct buf table = { 0 };

	MUST(store_write(f->shop.store, write_first, &table));
	assert_non_null(strstr(table.at, "<1>asha<0><0><0><0><1>\n<1>patel<0><0><0><0><1>\n<3>"));
	assert_non_null(strstr(table.at, "<3>ptl<0>patel\n"));
	assert_non_null(strstr(table.at, "<0>patel\n<4>"));
	buf_release(&table);
}

struct comparison {
	struct buf at_once, one_by_one, after;
};

static void delete_all(struct txn *txn)
{
	for (int i = 0; i < PEOPLE; i++)
		words_delete(txn, people[i], i + 1);
}

static enum status both_ways(struct txn *txn, void *arg)
{
	struct comparison *c = arg;

	write_batch(txn, 0, PEOPLE - 1);
	print_table(txn, &c->at_once);
	delete_all(txn);
	print_table(txn, &c->after);
	for (int i = PEOPLE; i-- > 0;)
		write_batch(txn, i, i);
	print_table(txn, &c->one_by_one);
	return txn_status(txn);
}

static void a_batch_writes_what_single_ones_would(void **state)
{
	struct fixture *f = *state;
	struct comparison c = { 0 };

	MUST(store_write(f->shop.store, both_ways, &c));
	assert_string_equal(c.at_once.at, c.one_by_one.at);
	assert_non_null(strstr(c.at_once.at, "<1>patel<0><0><0><0><1>\n"));
	assert_string_equal(c.after.at, "");
	buf_release(&c.at_once);
	buf_release(&c.one_by_one);
	buf_release(&c.after);
}

/* Folding drops the dot that makes z of j: the form keeps the Latin spelling,
 * so that one name's rows go when that name goes, and not before. */
static enum status write_dotted(struct txn *txn, void *arg)
{
	struct comparison *c = arg;

	write_batch(txn, 3, 4);
	print_table(txn, &c->at_once);
	words_delete(txn, people[3], 4);
	print_table(txn, &c->after);
	return txn_status(txn);
}

static void a_lost_mark_makes_a_form_of_its_own(void **state)
{
	struct fixture *f = *state;
	struct comparison c = { 0 };

	MUST(store_write(f->shop.store, write_dotted, &c));
	assert_non_null(strstr(c.at_once.at, "<1>जाकिर<0><0><0><0><5>\n"));
	assert_non_null(strstr(c.at_once.at, "<1>जाकिर<1>zakir<0><0><0><0><4>\n"));
	assert_non_null(strstr(c.at_once.at, "<2>zakir<0>जाकिर<1>zakir\n"));
	assert_non_null(strstr(c.after.at, "<2>jakir<0>जाकिर\n"));
	assert_null(strstr(c.after.at, "zakir"));
	buf_release(&c.at_once);
	buf_release(&c.after);
}

static void words_past_the_limits_are_cut_not_lost(void **state)
{
	struct words words;
	char text[2000] = "";

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(text, "ab ");
	words_of(text, &words);
	assert_int_equal(words.n, WORDS_MOST);
	memset(text, 'k', 500);
	text[500] = '\0';
	words_of(text, &words);
	assert_int_equal(words.n, 1);
	assert_int_equal(strlen(words.row[0].fold), WORD_SIZE - 1);
	assert_string_equal(words.row[0].form, words.row[0].fold);
	words_of("", &words);
	assert_int_equal(words.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
		IN_SHOP(a_word_has_a_row_for_the_person_and_rows_for_its_sounds),
		IN_SHOP(a_batch_writes_what_single_ones_would),
		IN_SHOP(a_lost_mark_makes_a_form_of_its_own),
		cmocka_unit_test(words_past_the_limits_are_cut_not_lost),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
