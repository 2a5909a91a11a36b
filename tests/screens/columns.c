/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "screens/screen.h"
#include "tests/screens/drawn.h"

#include <cmocka.h>

static const struct heading headings[] = {
	{ "Name", 8, 20, 9, ALIGN_LEFT },
	{ "Phone", 11, 11, 5, ALIGN_LEFT },
	{ "Points", 4, 6, 7, ALIGN_RIGHT },
	{ "Area", 6, 10, 1, ALIGN_LEFT },
	{ 0 }
};

static void assert_widths(int width, int name, int phone, int points, int area)
{
	int widths[COLUMNS_MOST];

	columns_fit(headings, width, widths);
	assert_int_equal(widths[0], name);
	assert_int_equal(widths[1], phone);
	assert_int_equal(widths[2], points);
	assert_int_equal(widths[3], area);
}

static void the_least_important_columns_fold_away_first(void **state)
{
	(void)state;
	assert_widths(200, 20, 11, 6, 10);
	assert_widths(53, 20, 11, 6, 10);
	assert_widths(52, 20, 11, 6, 9);
	assert_widths(37, 8, 11, 6, 6);
	assert_widths(36, 15, 11, 6, 0);
	assert_widths(29, 8, 11, 6, 0);
	assert_widths(28, 20, 0, 6, 0);
	assert_widths(16, 8, 0, 6, 0);
	assert_widths(15, 15, 0, 0, 0);
	assert_widths(5, 5, 0, 0, 0);
	assert_widths(0, 0, 0, 0, 0);
	assert_widths(-3, 0, 0, 0, 0);
}

static void assert_room(int width, const int needs[4], const int expected[4])
{
	int all[COLUMNS_MOST] = { needs[0], needs[1], needs[2], needs[3] };
	int widths[COLUMNS_MOST];

	columns_fit(headings, width, widths);
	columns_make_room(headings, all, width, widths);
	for (int i = 0; i < 4; i++)
		assert_int_equal(widths[i], expected[i]);
}

static void cut_columns_get_the_room_that_others_leave(void **state)
{
	(void)state;
	/* what is left over, the name first */
	assert_room(60, (int[]){ 30, 11, 6, 20 }, (int[]){ 27, 11, 6, 10 });
	assert_room(70, (int[]){ 30, 11, 6, 20 }, (int[]){ 30, 11, 6, 17 });
	/* what the name does not use; its title stays whole */
	assert_room(53, (int[]){ 9, 11, 6, 20 }, (int[]){ 10, 11, 6, 20 });
	assert_room(53, (int[]){ 1, 11, 6, 40 }, (int[]){ 4, 11, 6, 26 });
	/* nothing moves when nothing is cut, and what is folded stays so */
	assert_room(53, (int[]){ 3, 3, 3, 3 }, (int[]){ 20, 11, 6, 10 });
	assert_room(36, (int[]){ 3, 3, 3, 30 }, (int[]){ 15, 11, 6, 0 });
}

/* A word of another language may be longer than any number below it. */
static void a_long_title_has_its_room(void **state)
{
	static const struct heading two[] = {
		{ "\u0aaa\u0ac9\u0a87\u0aa8\u0acd\u0a9f\u0acd\u0ab8", 2, 2, 1, ALIGN_RIGHT },
		{ "", 2, 2, 1, ALIGN_LEFT },
		{ 0 }
	};
	int widths[COLUMNS_MOST];

	(void)state;
	columns_fit(two, 40, widths);
	assert_int_equal(widths[0], shown_columns(two[0].title));
	assert_true(widths[0] > 2);
	assert_int_equal(widths[1], 2);
}

static void alike_columns_fold_from_the_right(void **state)
{
	static const struct heading alike[] = {
		{ "", 4, 4, 3, ALIGN_LEFT }, { "", 4, 4, 3, ALIGN_LEFT },
		{ "", 4, 4, 3, ALIGN_LEFT }, { 0 }
	};
	int widths[COLUMNS_MOST];

	(void)state;
	columns_fit(alike, 10, widths);
	assert_int_equal(widths[0], 4);
	assert_int_equal(widths[1], 4);
	assert_int_equal(widths[2], 0);
}

static void rows_that_fit_are_counted(void **state)
{
	(void)state;
	assert_int_equal(columns_rows(5, 10), 9);
	assert_int_equal(columns_rows(9, 10), 9);
	assert_int_equal(columns_rows(10, 10), 8);	/* a line says how many more */
	assert_int_equal(columns_rows(10, 3), 2);
	assert_int_equal(columns_rows(10, 2), 2);
	assert_int_equal(columns_rows(10, 1), 1);
	assert_int_equal(columns_rows(10, 0), 0);
	assert_int_equal(columns_rows(10, -1), 0);
}

/* -- drawn -- */

static const char *const names[] = {
	"Asha", "\u0aaa\u0a9f\u0ac7\u0ab2 \u0a86\u0ab6\u0abe", "\u062e\u0627\u0646",
	"Bhupendrasinh Chauhan", "Zo\u00eb\x1b[31m"
};

static void people(const void *arg, size_t row, size_t column, struct cell *out)
{
	(void)arg;
	switch (column) {
	case 0:
		out->text = names[row % 5];
		return;
	case 1:
		out->text = "98240 12345";
		return;
	case 2:
		snprintf(out->room, sizeof(out->room), "%zu", row * 100);
		out->text = out->room;
		out->tone = TONE_GOOD;
		return;
	default:
		return;
	}
}

static struct listing listing_of(const struct list *list)
{
	return (struct listing){
		.headings = headings, .list = list, .cell = people,
		.empty = "Nobody yet.", .focused = true
	};
}

static void assert_row(const struct canvas *c, int y, const char *expected)
{
	assert_string_equal(drawn_row(c, y), expected);
}

static void draws_a_header_and_rows(void **state)
{
	struct canvas c = drawn_canvas(8, 31);
	struct list list = { .n = 5, .at = 1 };
	struct listing l = listing_of(&list);

	(void)state;
	terminal.bidi = BIDI_WORDS;
	columns_draw(&c, &l);
	assert_row(&c, 0, "  Name      Phone        Points");
	assert_row(&c, 1, "  Asha      98240 12345       0");
	assert_row(&c, 2, "> \u0aaa\u0a9f\u0ac7\u0ab2 \u0a86\u0ab6\u0abe   98240 12345     100");
	assert_row(&c, 3, "  \u062e\u0627\u0646       98240 12345     200");
	assert_row(&c, 4, "  Bhupend\u2026  98240 12345     300");
	assert_row(&c, 5, "  Zo\u00eb\ufffd[31m  98240 12345     400");
	assert_row(&c, 6, "");
	assert_true(drawn_inside(&c));
	assert_true(drawn_cursor_is(&c, 2, 0));
	assert_int_equal(drawn_reversed(&c, 2), 31);
	assert_int_equal(drawn_reversed(&c, 1), 0);
	terminal.bidi = BIDI_APP;
}

static void says_how_many_more_there_are(void **state)
{
	struct canvas c = drawn_canvas(6, 40);
	struct list list = { 0 };
	struct listing l = listing_of(&list);

	(void)state;
	list_fit(&list, columns_rows(50, 6));
	list_count(&list, 50);
	columns_draw(&c, &l);
	assert_row(&c, 4, "  Bhupendras\u2026  98240 12345     300");
	assert_row(&c, 5, "                           46 more below");
	for (int i = 0; i < 10; i++)
		list_act(&list, ACT_DOWN);
	columns_draw(&c, &l);
	assert_row(&c, 5, "  7 more above             39 more below");
	list_act(&list, ACT_END);
	columns_draw(&c, &l);
	assert_row(&c, 5, "  46 more above");
	assert_true(drawn_cursor_is(&c, 4, 0));
}

static void an_empty_list_says_so(void **state)
{
	struct canvas c = drawn_canvas(6, 40);
	struct list list = { 0 };
	struct listing l = listing_of(&list);

	(void)state;
	columns_draw(&c, &l);
	assert_row(&c, 0, "  Nobody yet.");
	assert_row(&c, 1, "");
	l.empty = NULL;
	columns_draw(&c, &l);
	assert_row(&c, 0, "");
}

static void without_focus_the_cursor_stays(void **state)
{
	struct canvas c = drawn_canvas(6, 40);
	struct list list = { .n = 5, .at = 2 };
	struct listing l = listing_of(&list);

	(void)state;
	l.focused = false;
	put_cursor(&c, 5, 9);
	columns_draw(&c, &l);
	assert_true(drawn_cursor_is(&c, 5, 9));
	assert_int_equal(drawn_row(&c, 3)[0], '>');
}

static void any_size_is_kept_to(void **state)
{
	struct list list = { .n = 30, .at = 17 };
	struct listing l = listing_of(&list);

	(void)state;
	for (int h = 0; h < 12; h++) {
		for (int w = 0; w < 60; w++) {
			struct canvas c = drawn_canvas(h, w);
			bool marked = false;

			columns_draw(&c, &l);
			assert_true(drawn_inside(&c));
			for (int y = 0; y < h && w; y++)
				marked |= drawn_row(&c, y)[0] == '>';
			assert_true(marked == (h > 0 && w > 0));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_important_columns_fold_away_first),
		cmocka_unit_test(cut_columns_get_the_room_that_others_leave),
		cmocka_unit_test(a_long_title_has_its_room),
		cmocka_unit_test(alike_columns_fold_from_the_right),
		cmocka_unit_test(rows_that_fit_are_counted),
		cmocka_unit_test(draws_a_header_and_rows),
		cmocka_unit_test(says_how_many_more_there_are),
		cmocka_unit_test(an_empty_list_says_so),
		cmocka_unit_test(without_focus_the_cursor_stays),
		cmocka_unit_test(any_size_is_kept_to),
	};

	drawn_start("xterm-256color");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
