/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "insight/basket.h"

#include <jansson.h>
#include <math.h>

#include "tests/insight/hand.h"

/* The pair rules of the groceries data of the R package arules, 9,835 receipts,
 * beside those that are kept in reference/groceries_rules.json. Both are read
 * from the folder that REGULARS_DATA names. */

enum { ITEMS = 200, NAME = 64, BASKETS = 9835 };

struct groceries {
	struct hand *hand;
	struct sold sold;
	json_t *file, *expected;
	char names[ITEMS][NAME];
	int n;
};

static char *data_path(const char *name, char room[1000])
{
	snprintf(room, 1000, "%s/%s", getenv("REGULARS_DATA"), name);
	return room;
}

static int64_t item_named(struct groceries *g, const char *name)
{
	for (int i = 0; i < g->n; i++)
		if (!strcmp(g->names[i], name))
			return i + 1;
	assert_true(g->n < ITEMS);
	snprintf(g->names[g->n], NAME, "%s", name);
	return ++g->n;
}

static struct entry *entry_of(struct groceries *g, struct book *b, struct entry *e, char *text)
{
	struct actor by = { .who = "test", .now = clock_day_start(20000) };
	char *rest = text;

	text[strcspn(text, "\r\n")] = '\0';
	book_start(b, e, ENTRY_SALE, &by);
	for (char *name; (name = strsep(&rest, ","));)
		e->lines[e->line_count++] = (struct line){ item_named(g, name), 1000, 0 };
	return e;
}

static enum status post_baskets(struct txn *txn, void *arg)
{
	struct groceries *g = arg;
	struct entry *e = mem_alloc(sizeof(*e));
	char path[1000], text[4096];
	FILE *f = fopen(data_path("groceries/groceries_baskets.csv", path), "r");
	enum status st = ST_OK;
	struct book b;

	assert_non_null(f);
	book_open(&b, txn);
	while (st == ST_OK && fgets(text, sizeof(text), f))
		st = book_post(&b, entry_of(g, &b, e, text));
	fclose(f);
	free(e);
	return st == ST_OK ? book_close(&b) : st;
}

static void put_names(struct groceries *g)
{
	static struct hand_item items[ITEMS + 1];

	for (int i = 0; i < g->n; i++)
		items[i].name = items[i].category = g->names[i];
	hand_items(g->hand, items);
}

static int setup(void **state)
{
	struct groceries *g;
	char path[1000];

	g = mem_alloc(sizeof(*g));
	hand_setup((void **)&g->hand);
	g->file = json_load_file(data_path("reference/groceries_rules.json", path), 0, NULL);
	g->expected = json_object_get(g->file, "groceries");
	assert_non_null(g->expected);
	assert_int_equal(store_write(g->hand->store, post_baskets, g), ST_OK);
	put_names(g);
	assert_int_equal(sold_read(g->hand->store, &g->sold), ST_OK);
	*state = g;
	return 0;
}

static int teardown(void **state)
{
	struct groceries *g = *state;

	sold_release(&g->sold);
	hand_teardown((void **)&g->hand);
	json_decref(g->file);
	free(g);
	return 0;
}

static struct basket basket_at(const struct groceries *g, int64_t support, int64_t confidence)
{
	const struct basket_options options = { .support = support, .confidence = confidence };
	struct basket b;

	assert_int_equal(basket_of(&g->sold, &options, &b), ST_OK);
	assert_int_equal(b.baskets, BASKETS);
	return b;
}

/* Seven digits are given. */
static void expect_number(double have, json_t *want)
{
	assert_true(fabs(have - json_number_value(want)) <= 1e-6 * json_number_value(want));
}

static const struct basket_rule *rule(const struct groceries *g, const struct basket *b,
				      const char *lhs, const char *rhs)
{
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(basket_name(&g->sold, b, b->rule[i].lhs), lhs) &&
		    !strcmp(basket_name(&g->sold, b, b->rule[i].rhs), rhs))
			return &b->rule[i];
	print_error("no rule %s => %s\n", lhs, rhs);
	assert_true(false);
	return NULL;
}

static const char *text(json_t *row, size_t i)
{
	return json_string_value(json_array_get(row, i));
}

static void the_twenty_commonest_pairs_are_exact(void **state)
{
	struct groceries *g = *state;
	struct basket b = basket_at(g, 1, 1);
	json_t *row;
	size_t i;

	assert_int_equal(b.things, json_integer_value(json_object_get(g->expected,
								      "distinct_items")));
	assert_int_equal(b.pairs, json_integer_value(json_object_get(g->expected,
								     "pairs_total_distinct")));
	json_array_foreach(json_object_get(g->expected, "top_pairs_by_count"), i, row) {
		const struct basket_rule *there = rule(g, &b, text(row, 0), text(row, 1));
		const struct basket_rule *back = rule(g, &b, text(row, 1), text(row, 0));

		assert_int_equal(there->count, json_integer_value(json_array_get(row, 2)));
		expect_number(basket_support(&b, there), json_array_get(row, 3));
		expect_number(basket_confidence(there), json_array_get(row, 4));
		expect_number(basket_confidence(back), json_array_get(row, 5));
		expect_number(basket_lift(&b, there), json_array_get(row, 6));
		expect_number(basket_lift(&b, back), json_array_get(row, 6));
	}
	assert_int_equal(i, 20);
	json_array_foreach(json_object_get(g->expected, "top_items"), i, row) {
		const char *other = i ? "whole milk" : "other vegetables";

		assert_int_equal(rule(g, &b, text(row, 0), other)->lhs_count,
				 json_integer_value(json_array_get(row, 1)));
	}
	basket_release(&b);
}

/* Rules with one item on the left are the pairs among all that are listed. */
static int compare_listed(const struct groceries *g, const struct basket *b, json_t *listed)
{
	int compared = 0;
	json_t *want;
	size_t i;

	json_array_foreach(listed, i, want) {
		json_t *lhs = json_object_get(want, "lhs");
		const struct basket_rule *r;

		if (json_array_size(lhs) != 1)
			continue;
		r = rule(g, b, text(lhs, 0), json_string_value(json_object_get(want, "rhs")));
		assert_int_equal(r->count, json_integer_value(json_object_get(want, "count")));
		assert_int_equal(r->lhs_count,
				 json_integer_value(json_object_get(want, "lhs_count")));
		expect_number(basket_support(b, r), json_object_get(want, "support"));
		expect_number(basket_confidence(r), json_object_get(want, "confidence"));
		expect_number(basket_lift(b, r), json_object_get(want, "lift"));
		compared++;
	}
	return compared;
}

static void rules_are_as_many_and_the_same(void **state)
{
	static const struct {
		const char *name;
		int64_t support, confidence;
		int listed;	/* pairs among the rules that are given one by one */
	} cases[] = {
		{ "supp=0.001 conf=0.8 minlen=1 maxlen=10", 1000000, 800000000, 0 },
		{ "supp=0.001 conf=0.5 minlen=1 maxlen=10", 1000000, 500000000, 0 },
		{ "supp=0.006 conf=0.25 minlen=2 maxlen=10", 6000000, 250000000, 2 },
		{ "supp=0.01 conf=0.5 minlen=1 maxlen=10", 10000000, 500000000, 0 },
		{ "supp=0.001 conf=0.1 minlen=2 maxlen=2", 1000000, 100000000, 23 },
		{ "supp=0.01 conf=0.1 minlen=2 maxlen=2", 10000000, 100000000, 23 },
	};
	struct groceries *g = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		json_t *want = json_object_get(g->expected, cases[i].name);
		json_t *sets = json_object_get(want, "itemsets_by_len");
		struct basket b = basket_at(g, cases[i].support, cases[i].confidence);

		assert_int_equal(b.used.min_count,
				 json_integer_value(json_object_get(want, "min_count")));
		assert_int_equal(b.frequent, json_integer_value(json_object_get(sets, "1")));
		assert_int_equal(b.pairs, json_integer_value(json_object_get(sets, "2")));
		assert_int_equal(b.n, json_integer_value(json_object_get(
			json_object_get(want, "rules_by_len"), "2")));
		assert_int_equal(compare_listed(g, &b, json_object_get(want, "top_by_lift")) +
				 compare_listed(g, &b, json_object_get(want, "top_by_confidence")),
				 cases[i].listed);
		basket_release(&b);
	}
}

/* Worked out once with exact fractions, and Benjamini and Hochberg by hand. */
static void chance_is_told_of_each(void **state)
{
	struct groceries *g = *state;
	struct basket b = basket_at(g, 1000000, 100000000);
	const struct basket_rule *r = rule(g, &b, "other vegetables", "whole milk");

	assert_true(fabs(r->p_value / 1.44389155474375e-45 - 1) < 1e-9);
	assert_true(r->significant);
	r = rule(g, &b, "soda", "whole milk");
	assert_true(fabs(r->p_value / 0.996986839125454 - 1) < 1e-9);
	assert_false(r->significant);
	r = rule(g, &b, "butter", "whipped/sour cream");
	assert_true(fabs(r->p_value / 2.97780616733291e-19 - 1) < 1e-9);
	assert_true(r->significant);
	basket_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_twenty_commonest_pairs_are_exact),
		cmocka_unit_test(rules_are_as_many_and_the_same),
		cmocka_unit_test(chance_is_told_of_each),
	};

	if (!getenv("REGULARS_DATA")) {
		puts("1..0 # SKIP REGULARS_DATA names no folder with groceries/ and reference/");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
