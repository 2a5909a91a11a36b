/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/screens/drawn.h"

#include <cmocka.h>

static void assert_row(const struct canvas *c, int y, const char *expected)
{
	assert_string_equal(drawn_row(c, y), expected);
}

/* -- bars: label, two columns, bar, two columns, number -- */

static void bars_are_to_one_scale(void **state)
{
	static const struct bar bars[] = {
		{ "Mon", "40", 40 }, { "Tue", "0", 0 }, { "Wed", "20", 20 }, { "Thu", "1", 1 },
	};
	struct canvas c = drawn_canvas(5, 19);	/* ten cells for bars */

	(void)state;
	terminal.blocks = false;
	chart_bars(&c, bars, 4);
	assert_row(&c, 0, "Mon              40");
	assert_row(&c, 1, "Tue               0");
	assert_row(&c, 4, "");
	assert_int_equal(drawn_reversed(&c, 0), 10);
	assert_int_equal(drawn_reversed(&c, 1), 0);
	assert_int_equal(drawn_reversed(&c, 2), 5);
	assert_int_equal(drawn_reversed(&c, 3), 1);	/* little is not nothing */
	assert_true(drawn_inside(&c));
	terminal.blocks = true;
}

static void a_bar_ends_in_eighths(void **state)
{
	static const struct bar bars[] = {
		{ "a", "80", 80 }, { "b", "33", 33 }, { "c", "1", 1 }, { "d", "79", 79 },
	};
	struct canvas c = drawn_canvas(4, 17);

	(void)state;
	chart_bars(&c, bars, 4);
	assert_int_equal(drawn_reversed(&c, 0), 10);
	assert_row(&c, 1, "b      \u258f       33");
	assert_int_equal(drawn_reversed(&c, 1), 4);
	assert_row(&c, 2, "c  \u258f            1");
	assert_row(&c, 3, "d           \u2589  79");
	assert_int_equal(drawn_reversed(&c, 3), 9);
}

static void losses_go_to_the_left(void **state)
{
	static const struct bar bars[] = {
		{ "a", "10", 10 }, { "b", "-10", -10 }, { "c", "-5", -5 }
	};
	struct canvas c = drawn_canvas(3, 18);	/* five cells on each side */

	(void)state;
	chart_bars(&c, bars, 3);
	assert_int_equal(drawn_reversed(&c, 0), 5);
	assert_true(mvinch(c.at.y, c.at.x + 8) & A_REVERSE);
	assert_false(mvinch(c.at.y, c.at.x + 7) & A_REVERSE);
	assert_int_equal(drawn_reversed(&c, 1), 5);
	assert_true(mvinch(c.at.y + 1, c.at.x + 7) & A_REVERSE);
	assert_false(mvinch(c.at.y + 1, c.at.x + 8) & A_REVERSE);
	assert_int_equal(drawn_reversed(&c, 2), 3);
	assert_row(&c, 2, "c               -5");
}

static void any_bars_fit_any_room(void **state)
{
	static const struct bar bars[] = {
		{ "least", "-9,223,372,036,854,775,808", INT64_MIN },
		{ "most", "9,223,372,036,854,775,807", INT64_MAX },
		{ "\u0a97\u0ac1\u0a9c\u0ab0\u0abe\u0aa4\u0ac0", "\u0ae7", 1 },
		{ "", "", 0 }, { "minus", "-1", -1 },
	};

	(void)state;
	for (int h = 0; h < 7; h++) {
		for (int w = 0; w < 90; w++) {
			for (size_t n = 0; n <= 5; n++) {
				struct canvas c = drawn_canvas(h, w);

				chart_bars(&c, bars + 5 - n, n);
				assert_true(drawn_inside(&c));
			}
		}
	}
}

/* -- lines -- */

static void assert_line(int cols, const int64_t *values, size_t n, const char *expected)
{
	struct canvas c = drawn_canvas(1, cols);

	chart_line(&c, (struct spot){ 0 }, values, n);
	assert_row(&c, 0, expected);
	assert_true(drawn_inside(&c));
}

static void a_line_shows_the_newest_at_the_right(void **state)
{
	static const int64_t rising[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

	(void)state;
	assert_line(8, rising, 8, "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588");
	assert_line(10, rising, 8, "  \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588");
	assert_line(2, rising, 8, "\u2587\u2588");
	terminal.blocks = false;
	assert_line(8, rising, 8, "_..-=**#");
	terminal.blocks = true;
}

static void a_line_counts_from_nought(void **state)
{
	static const int64_t alike[] = { 5, 5, 5 }, none[] = { 0, 0, 0 }, little[] = { 1000, 1, 0 };
	static const int64_t below[] = { -7, 0, 7 };
	static const int64_t far[] = { INT64_MIN, 0, INT64_MAX };

	(void)state;
	assert_line(3, alike, 3, "\u2588\u2588\u2588");
	assert_line(3, none, 3, "\u2581\u2581\u2581");
	assert_line(3, little, 3, "\u2588\u2582\u2581");
	assert_line(3, below, 3, "\u2581\u2585\u2588");
	assert_line(3, far, 3, "\u2581\u2585\u2588");
	assert_line(3, NULL, 0, "");
	assert_line(0, alike, 3, "");
}

/* -- heat maps -- */

static const char *const months[] = { "2026-01", "2026-02" };
static const char *const after[] = { "+1", "+2", "+3" };
static const int64_t came_back[] = { 100, 50, 25, 0, 75, 0 };
static const char *const came_back_text[] = { "100", "50", "25", "0", "75", NULL };
static const struct heat cohorts = {
	.row_labels = months, .column_labels = after, .values = came_back,
	.printed = came_back_text, .rows = 2, .columns = 3
};

static void heat_has_a_number_in_every_cell(void **state)
{
	struct canvas c = drawn_canvas(4, 30);

	(void)state;
	terminal.colours = false;
	terminal.blocks = false;
	chart_heat(&c, &cohorts);
	assert_row(&c, 0, "          +1   +2   +3");
	assert_row(&c, 1, "2026-01  100   50   25");
	assert_row(&c, 2, "2026-02    0   75");
	assert_row(&c, 3, "");
	terminal.blocks = true;
	chart_heat(&c, &cohorts);
	assert_row(&c, 1, "2026-01 \u2588100 \u2592 50 \u2591 25");
	assert_row(&c, 2, "2026-02    0 \u2593 75");
	terminal.colours = true;
}

static void heat_scrolls_and_has_a_chosen_cell(void **state)
{
	static const char *const words[] = { NULL, "too few" };
	struct canvas c = drawn_canvas(4, 30);
	struct heat h = cohorts;

	(void)state;
	terminal.colours = false;
	terminal.blocks = false;
	h.corner = "people";
	h.row_words = words;
	h.first_column = 1;
	h.chosen = true;
	h.column = 2;
	assert_int_equal(chart_heat_columns(&c, &h), 2);
	chart_heat(&c, &h);
	assert_row(&c, 0, " people   +2   +3");
	assert_row(&c, 1, "2026-01   50   25");
	assert_row(&c, 2, "2026-02   too few");
	assert_int_equal(drawn_reversed(&c, 1), 4);
	h.first_row = 1;
	chart_heat(&c, &h);
	assert_row(&c, 1, "2026-02   too few");
	assert_row(&c, 2, "");
	terminal.blocks = true;
	terminal.colours = true;
}

static void heat_can_have_a_scale_for_each_column(void **state)
{
	struct canvas c = drawn_canvas(4, 30);
	struct heat h = cohorts;

	(void)state;
	terminal.colours = false;
	h.by_column = true;
	chart_heat(&c, &h);
	assert_row(&c, 1, "2026-01 \u2588100   50   25");
	assert_row(&c, 2, "2026-02    0 \u2588 75");
	terminal.colours = true;
}

static int ground_at(const struct canvas *c, int y, int x)
{
	cchar_t cell;
	wchar_t text[CCHARW_MAX + 1];
	attr_t attr;
	short pair;
	int letters = 0, ground = 0;

	mvin_wch(c->at.y + y, c->at.x + x, &cell);
	getcchar(&cell, text, &attr, &pair, NULL);
	extended_pair_content(pair, &letters, &ground);
	return pair ? ground : -1;
}

static void heat_is_a_ground_where_there_are_colours(void **state)
{
	struct canvas c = drawn_canvas(3, 30);

	(void)state;
	chart_heat(&c, &cohorts);
	assert_row(&c, 1, "2026-01  100   50   25");
	assert_int_equal(ground_at(&c, 1, 8), 40);
	assert_int_equal(ground_at(&c, 1, 11), 40);
	assert_int_equal(ground_at(&c, 1, 12), -1);
	assert_int_equal(ground_at(&c, 1, 13), 28);
	assert_int_equal(ground_at(&c, 2, 8), 234);
	assert_int_equal(ground_at(&c, 2, 18), -1);	/* nothing is known */
	assert_true(drawn_inside(&c));
}

static void any_heat_fits_any_room(void **state)
{
	static const int64_t values[] = { INT64_MIN, INT64_MAX, 0, 7, 7, 7 };
	static const char *const printed[] = { "-9E18", "9E18", "0", "7", NULL, "7" };
	static const struct heat far = {
		.row_labels = months, .column_labels = after, .values = values,
		.printed = printed, .rows = 2, .columns = 3, .corner = "people",
		.first_row = 1, .first_column = 2, .chosen = true, .row = 1, .column = 2
	};
	static const struct heat none = { 0 };

	(void)state;
	for (int h = 0; h < 5; h++) {
		for (int w = 0; w < 40; w++) {
			struct canvas c = drawn_canvas(h, w);

			chart_heat(&c, &far);
			chart_heat(&c, &none);
			terminal.colours = false;
			chart_heat(&c, &far);
			terminal.colours = true;
			assert_true(drawn_inside(&c));
		}
	}
}

static void columns_that_do_not_fit_are_left_out_whole(void **state)
{
	struct canvas c = drawn_canvas(2, 17);

	(void)state;
	terminal.colours = false;
	terminal.blocks = false;
	chart_heat(&c, &cohorts);
	assert_row(&c, 0, "        +1   +2");
	assert_row(&c, 1, "2026\u2026  100   50");
	terminal.colours = true;
	terminal.blocks = true;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_are_to_one_scale),
		cmocka_unit_test(a_bar_ends_in_eighths),
		cmocka_unit_test(losses_go_to_the_left),
		cmocka_unit_test(any_bars_fit_any_room),
		cmocka_unit_test(a_line_shows_the_newest_at_the_right),
		cmocka_unit_test(a_line_counts_from_nought),
		cmocka_unit_test(heat_has_a_number_in_every_cell),
		cmocka_unit_test(heat_scrolls_and_has_a_chosen_cell),
		cmocka_unit_test(heat_can_have_a_scale_for_each_column),
		cmocka_unit_test(heat_is_a_ground_where_there_are_colours),
		cmocka_unit_test(any_heat_fits_any_room),
		cmocka_unit_test(columns_that_do_not_fit_are_left_out_whole),
	};

	drawn_start("xterm-256color");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
