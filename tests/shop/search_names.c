/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shop/fixture.h"

#include "base/text.h"
#include "shop/search.h"

/* Lists of names and what people type who look for them. A line is a name, then
 * queries, parted by '|'; a last '?' marks a query that would merely be nice to
 * answer, '#' a remark. All names of a list are customers of one shop. A query
 * hits when its own name is among what it finds; whoever else it finds is
 * unrelated, but for names that share a query.
 *
 * With lists as arguments it says what each one misses and finds beside. */

enum { QUERIES = 12, NAMES = 1000, FOUND_MOST = 20 };

struct named {
	char line[512];
	const char *name, *queries[QUERIES];
	size_t asked;
};

struct list {
	struct named row[NAMES];
	size_t n;
	bool aloud;
	size_t asked, hit;		/* without those that end in ? */
	size_t queries, unrelated;	/* all; other people they find */
};

static bool is_optional(const char *query)
{
	return query[strlen(query) - 1] == '?';
}

static void read_line(struct named *e)
{
	char *rest = e->line, *query;

	e->name = strsep(&rest, "|");
	for (e->asked = 0; e->asked < QUERIES && (query = strsep(&rest, "|")); )
		if (*query)
			e->queries[e->asked++] = query;
}

static void read_list(const char *path, struct list *l)
{
	FILE *f = fopen(path, "r");

	if (!f)
		print_error("%s cannot be read\n", path);
	assert_non_null(f);
	while (l->n < NAMES && fgets(l->row[l->n].line, sizeof(l->row[0].line), f)) {
		struct named *e = &l->row[l->n];

		e->line[strcspn(e->line, "\r\n")] = '\0';
		if (*e->line && *e->line != '#') {
			read_line(e);
			l->n++;
		}
	}
	assert_true(feof(f));
	fclose(f);
}

static bool share_a_query(const struct named *a, const struct named *b)
{
	char x[128], y[128];

	for (size_t i = 0; i < a->asked; i++)
		for (size_t j = 0; j < b->asked; j++) {
			text_fold(a->queries[i], x, sizeof(x));
			text_fold(b->queries[j], y, sizeof(y));
			if (!strcmp(x, y))
				return true;
		}
	return false;
}

struct search_question {
	char words[128];
	struct finding found;
};

static enum status ask(struct txn *txn, void *arg)
{
	struct search_question *q = arg;

	return customer_find(txn, q->words, FOUND_MOST, &q->found);
}

static void count_found(struct list *l, size_t i, const struct finding *found, const char *query)
{
	bool hit = false;

	for (size_t k = 0; k < found->n; k++) {
		size_t other = (size_t)found->row[k].id - 1;

		hit |= other == i;
		if (other == i || share_a_query(&l->row[i], &l->row[other]))
			continue;
		l->unrelated++;
		if (l->aloud)
			print_message("# %s (%s) also finds %s: %s\n", query, l->row[i].name,
				      l->row[other].name, match_name(found->row[k].match));
	}
	l->queries++;
	if (is_optional(query))
		return;
	l->asked++;
	l->hit += hit;
	if (l->aloud && !hit)
		print_message("# %s does not find %s\n", query, l->row[i].name);
}

static void search(struct fixture *f, struct list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct customer c = { .id = 0 };

		snprintf(c.name, sizeof(c.name), "%s", l->row[i].name);
		MUST(customer_add(&f->shop, &f->by, &c, true));
		assert_int_equal(c.id, i + 1);
	}
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->row[i].asked; j++) {
			const char *query = l->row[i].queries[j];
			struct search_question q = { .found = { 0 } };

			snprintf(q.words, sizeof(q.words), "%.*s",
				 (int)strlen(query) - is_optional(query), query);
			MUST(store_read(f->shop.store, ask, &q));
			count_found(l, i, &q.found, query);
			finding_release(&q.found);
		}
}

static struct list *search_list(struct fixture *f, const char *path, bool aloud)
{
	struct list *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	l->aloud = aloud;
	read_list(path, l);
	search(f, l);
	print_message("# %s: %zu names, %zu of %zu hit (%.1f %%), %zu unrelated in %zu (%.3f)\n",
		      path, l->n, l->hit, l->asked, 100.0 * (double)l->hit / (double)l->asked,
		      l->unrelated, l->queries, (double)l->unrelated / (double)l->queries);
	return l;
}

/* At least 97 of 100 queries hit, and not one in ten finds somebody unrelated. */
static void assert_list(void **state, const char *name)
{
	const char *folder = getenv("srcdir");
	char path[512];
	struct list *l;

	snprintf(path, sizeof(path), "%s/tests/shop/names/%s.txt", folder ? folder : ".", name);
	l = search_list(*state, path, false);
	assert_true(l->asked > 300);
	assert_true(l->hit * 100 >= l->asked * 97);
	assert_true(l->unrelated * 10 < l->queries);
	free(l);
}

/* The prices of sounds were found with this list. */
static void a_list_that_was_tuned_on(void **state)
{
	assert_list(state, "tuned");
}

/* Its misses were looked at once, when the rules were nearly done. */
static void a_list_that_was_held_out(void **state)
{
	assert_list(state, "held-out");
}

/* Written down when they were; nothing was changed for it. */
static void a_list_that_came_last(void **state)
{
	assert_list(state, "last");
}

static int try_lists(int n, char **paths)
{
	for (int i = 0; i < n; i++) {
		void *f;

		fixture_setup(&f);
		free(search_list(f, paths[i], true));
		fixture_teardown(&f);
	}
	return 0;
}

int main(int argc, char **argv)
{
#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		IN_SHOP(a_list_that_was_tuned_on),
		IN_SHOP(a_list_that_was_held_out),
		IN_SHOP(a_list_that_came_last),
	};

	if (argc > 1)
		return try_lists(argc - 1, argv + 1);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
