/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "screens/screen.h"

#include <cmocka.h>

static struct list list_of(size_t n, size_t height)
{
	struct list l = { 0 };

	list_fit(&l, height);
	list_count(&l, n);
	return l;
}

static void press(struct list *l, int action, int times)
{
	while (times--)
		assert_true(list_act(l, action));
}

static void assert_view(const struct list *l, size_t height, size_t first, size_t last)
{
	struct list_view v = list_view(l, height);

	assert_int_equal(v.first, first);
	assert_int_equal(v.last, last);
}

static void moves_and_stops_at_both_ends(void **state)
{
	struct list l = list_of(3, 10);

	(void)state;
	press(&l, ACT_UP, 1);
	assert_int_equal(l.at, 0);
	press(&l, ACT_DOWN, 2);
	assert_int_equal(l.at, 2);
	press(&l, ACT_DOWN, 1);
	assert_int_equal(l.at, 2);
	press(&l, ACT_HOME, 1);
	assert_int_equal(l.at, 0);
	press(&l, ACT_END, 1);
	assert_int_equal(l.at, 2);
}

static void leaves_other_actions(void **state)
{
	struct list l = list_of(3, 10);

	(void)state;
	assert_false(list_act(&l, ACT_ENTER));
	assert_false(list_act(&l, ACT_LEFT));
	assert_false(list_act(&l, ACT_TEXT));
	assert_int_equal(l.at, 0);
}

static void scrolls_no_more_than_it_must(void **state)
{
	struct list l = list_of(20, 5);

	(void)state;
	assert_view(&l, 5, 0, 5);
	press(&l, ACT_DOWN, 4);
	assert_view(&l, 5, 0, 5);
	press(&l, ACT_DOWN, 1);
	assert_view(&l, 5, 1, 6);
	press(&l, ACT_UP, 4);
	assert_view(&l, 5, 1, 6);
	press(&l, ACT_UP, 1);
	assert_view(&l, 5, 0, 5);
}

static void pages_by_what_is_in_view(void **state)
{
	struct list l = list_of(20, 5);

	(void)state;
	press(&l, ACT_PAGE_DOWN, 1);
	assert_int_equal(l.at, 5);
	press(&l, ACT_PAGE_DOWN, 9);
	assert_int_equal(l.at, 19);
	assert_view(&l, 5, 15, 20);
	press(&l, ACT_PAGE_UP, 1);
	assert_int_equal(l.at, 14);
	press(&l, ACT_PAGE_UP, 9);
	assert_int_equal(l.at, 0);
}

static void pages_before_the_height_is_known(void **state)
{
	struct list l = { 0 };

	(void)state;
	list_count(&l, 100);
	press(&l, ACT_PAGE_DOWN, 1);
	assert_true(l.at > 1 && l.at < 100);
}

/* Whatever height comes with a resize, told or not. */
static void shows_the_chosen_row_at_any_height(void **state)
{
	(void)state;
	for (size_t told = 0; told < 8; told++) {
		struct list l = list_of(9, told);

		for (size_t row = 0; row < 2 * l.n; row++) {
			list_choose(&l, row < l.n ? row : 2 * l.n - 1 - row);
			for (size_t height = 0; height < 12; height++) {
				struct list_view v = list_view(&l, height);

				assert_int_equal(v.last - v.first, height < 9 ? height : 9);
				assert_true(!height || (v.first <= l.at && l.at < v.last));
			}
		}
	}
}

static void leaves_no_line_empty_when_it_grows(void **state)
{
	struct list l = list_of(20, 5);

	(void)state;
	press(&l, ACT_END, 1);
	assert_view(&l, 12, 8, 20);
	list_fit(&l, 12);
	assert_int_equal(l.top, 8);
}

static void without_rows_there_is_nothing(void **state)
{
	struct list l = { 0 };

	(void)state;
	assert_view(&l, 10, 0, 0);
	press(&l, ACT_DOWN, 3);
	press(&l, ACT_END, 1);
	press(&l, ACT_PAGE_DOWN, 1);
	press(&l, ACT_PAGE_UP, 1);
	assert_int_equal(l.at, 0);
	assert_view(&l, 10, 0, 0);
	assert_view(&l, 0, 0, 0);
}

static void shrinks_to_the_last_row(void **state)
{
	struct list l = list_of(20, 5);

	(void)state;
	press(&l, ACT_END, 1);
	list_count(&l, 7);
	assert_int_equal(l.at, 6);
	assert_view(&l, 5, 2, 7);
	list_count(&l, 0);
	assert_int_equal(l.at, 0);
	assert_view(&l, 5, 0, 0);
}

struct people {
	const int *ids;
	int chosen;
};

static bool is_chosen(const void *arg, size_t row)
{
	const struct people *p = arg;

	return p->ids[row] == p->chosen;
}

static void the_choice_follows_its_row(void **state)
{
	static const int grown[] = { 40, 10, 20, 30 }, gone[] = { 40, 10 };
	struct list l = list_of(3, 5);

	(void)state;
	list_choose(&l, 1);
	list_keep(&l, 4, is_chosen, &(struct people){ grown, 20 });
	assert_int_equal(l.at, 2);
	list_keep(&l, 2, is_chosen, &(struct people){ gone, 20 });
	assert_int_equal(l.at, 1);
	list_keep(&l, 0, is_chosen, &(struct people){ gone, 20 });
	assert_int_equal(l.at, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_and_stops_at_both_ends),
		cmocka_unit_test(leaves_other_actions),
		cmocka_unit_test(scrolls_no_more_than_it_must),
		cmocka_unit_test(pages_by_what_is_in_view),
		cmocka_unit_test(pages_before_the_height_is_known),
		cmocka_unit_test(shows_the_chosen_row_at_any_height),
		cmocka_unit_test(leaves_no_line_empty_when_it_grows),
		cmocka_unit_test(without_rows_there_is_nothing),
		cmocka_unit_test(shrinks_to_the_last_row),
		cmocka_unit_test(the_choice_follows_its_row),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
