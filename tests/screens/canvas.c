/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "screens/terminal.h"
#include "tests/screens/headless.h"

#include <cmocka.h>

/* -- spots -- */

static void text_is_padded_and_aligned(void **state)
{
	struct canvas c = whole();

	(void)state;
	put_text(&c, (struct spot){ .y = 1, .x = 2, .cols = 8 }, "પટેલ");
	assert_row(1, 1, "#પટેલ     #", 10);
	put_text(&c, (struct spot){ .y = 2, .x = 2, .cols = 8, .align = ALIGN_RIGHT }, "પટેલ");
	assert_row(2, 1, "#     પટેલ#", 10);
	put_text(&c, (struct spot){ .y = 3, .x = 2, .cols = 8, .align = ALIGN_CENTER }, "પટેલ");
	assert_row(3, 1, "#  પટેલ   #", 10);
	put_text(&c, (struct spot){ .y = 4, .x = 2, .cols = 4 }, "Patel Asha");
	assert_row(4, 1, "#Pat…#", 6);
	put_text(&c, (struct spot){ .y = 5, .x = 2, .cols = 4 }, "王小明");
	assert_row(5, 1, "#王… #", 6);
	put_format(&c, (struct spot){ .y = 6, .x = 2, .cols = 8 }, "%d %s", 12, "ચા");
	assert_row(6, 1, "#12 ચા   #", 10);
}

static void no_columns_are_all_up_to_the_edge(void **state)
{
	struct canvas c = { stdscr, { 2, 10, 3, 6 } };

	(void)state;
	put_text(&c, (struct spot){ .y = 0 }, "abc");
	assert_row(2, 9, "#abc   #", 8);
	put_text(&c, (struct spot){ .y = 1, .x = 4 }, "abc");
	assert_row(3, 9, "#####a…#", 8);
}

static void what_is_outside_is_not_painted(void **state)
{
	struct canvas c = { stdscr, { 2, 10, 3, 6 } };
	const struct spot outside[] = {
		{ .y = -1, .cols = 3 }, { .y = 3, .cols = 3 }, { .x = 6, .cols = 3 },
		{ .x = 99 }, { .x = -3, .cols = 3 }, { .cols = -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++)
		put_text(&c, outside[i], "abc");
	put_rule(&c, -1);
	put_rule(&c, 3);
	put_gutter(&c, 3);
	c.at = (struct rect){ 30, 90, 3, 6 };	/* the window has become smaller */
	put_text(&c, (struct spot){ .cols = 3 }, "abc");
	put_blank(&c);
	assert_painted((struct rect){ 0, 0, 0, 0 });
	c.at = (struct rect){ 22, 78, 9, 9 };
	put_text(&c, (struct spot){ .y = 1, .cols = 6 }, "abcdef");
	assert_row(23, 77, "#a…", 3);
}

static void the_last_cell_of_the_screen_is_painted(void **state)
{
	struct canvas c = whole();

	(void)state;
	put_text(&c, (struct spot){ .y = 23, .x = 76 }, "王小");
	assert_row(23, 75, "#王小", 5);
	assert_row(22, 0, "###", 3);
	put_rule(&c, 23);
	assert_painted((struct rect){ 23, 0, 1, COLUMNS });
}

static void letters_that_terminals_join_reach_the_window(void **state)
{
	struct canvas c = whole();

	(void)state;
	terminal.mc_joins = true;
	put_text(&c, (struct spot){ .y = 1, .cols = 3 }, "काकि");
	assert_int_equal(cell_at(1, 0).chars[1], 0x93e);
	assert_row(1, 0, "काकि #", 4);
}

static void rows_begin_with_a_pin_where_terminals_order_them(void **state)
{
	struct canvas c = whole();

	(void)state;
	put_gutter(&c, 1);
	assert_row(1, 0, " #", 2);
	terminal.bidi = BIDI_TERMINAL;
	put_gutter(&c, 2);
	assert_row(2, 0, "\u2800#", 2);
	put_text(&c, (struct spot){ .y = 2, .x = 1, .cols = 6 }, "علی");
	assert_row(2, 0, "\u2800علی  \u2800#", 8);
	put_text(&c, (struct spot){ .y = 3, .x = 1, .cols = 6, .align = ALIGN_RIGHT }, "علی");
	assert_row(3, 0, "#  علی\u2800#", 8);
	put_text(&c, (struct spot){ .y = 4, .x = 1, .cols = 6 }, "Ali");
	assert_row(4, 0, "#Ali   #", 8);
}

static void rules_need_lines(void **state)
{
	struct canvas c = { stdscr, { 2, 10, 3, 4 } };

	(void)state;
	put_rule(&c, 0);
	assert_row(2, 9, "#────#", 6);
	terminal.blocks = false;
	put_rule(&c, 1);
	assert_row(3, 9, "#----#", 6);
	put_blank(&c);
	assert_painted(c.at);
}

/* -- lines -- */

static void assert_wrapped(const char *text, int cols, int most, const char *expected)
{
	struct canvas c = { stdscr, { 1, 1, 6, cols } };
	char shown[1024] = "";
	int rows;

	fill();
	rows = put_wrapped(&c, (struct spot){ .cols = cols }, most, text);
	for (int y = 0; y < rows && y < 6; y++)
		snprintf(shown + strlen(shown), sizeof(shown) - strlen(shown), "%s|",
			 row_part(1 + y, 1, cols));
	assert_string_equal(shown, expected);
	if (rows < 6)
		assert_int_equal(cell_at(1 + rows, 1).chars[0], UNTOUCHED);
}

static void lines_break_between_words(void **state)
{
	(void)state;
	assert_wrapped("", 5, 5, "");
	assert_wrapped("one two three", 7, 5, "one two|three  |");
	assert_wrapped("one two three", 6, 5, "one   |two   |three |");
	assert_wrapped("one two", 20, 5, "one two             |");
	assert_wrapped("one\n\ntwo\n", 5, 5, "one  |     |two  |");
	assert_wrapped("a  b ", 1, 5, "a|b|");
	assert_wrapped("પટેલ આશા પટેલ", 8, 5, "પટેલ આશા |પટેલ     |");
}

static void long_words_break_between_letters(void **state)
{
	(void)state;
	assert_wrapped("abcdefgh ij", 5, 5, "abcde|fgh  |ij   |");
	assert_wrapped("王小明", 5, 5, "王小 |明   |");
	assert_wrapped("王小明", 1, 2, "…|…|");
	assert_wrapped("क्षत्रिय", 3, 5, "क्ष |त्रि|य  |");
}

static void the_last_line_says_that_there_is_more(void **state)
{
	(void)state;
	assert_wrapped("one two three four", 7, 2, "one two|three …|");
	assert_wrapped("one two three", 7, 2, "one two|three  |");
	assert_wrapped("one two\n", 7, 1, "one two|");
	assert_wrapped("one two", 7, 0, "");
}

static void lines_can_be_counted_without_painting(void **state)
{
	struct canvas c = { stdscr, { 1, 1, 0, 7 } };
	char endless[6000];

	(void)state;
	assert_int_equal(put_wrapped(&c, (struct spot){ 0 }, 99, "one two three"), 2);
	memset(endless, 'x', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_int_equal(put_wrapped(&c, (struct spot){ 0 }, 9999, endless), 857);
	strcpy(endless, "e");
	for (int i = 0; i < 2900; i++)
		strcat(endless, "\u0301");
	assert_in_range(put_wrapped(&c, (struct spot){ 0 }, 9999, endless), 1, 9);
	assert_painted((struct rect){ 0, 0, 0, 0 });
}

/* -- parts and the cursor -- */

static void assert_part(struct rect part, struct rect expected)
{
	const struct canvas c = { stdscr, { 2, 10, 5, 20 } };
	struct canvas p = canvas_part(&c, part);

	assert_ptr_equal(p.win, stdscr);
	assert_int_equal(p.at.h, expected.h);
	assert_int_equal(p.at.w, expected.w);
	if (expected.h && expected.w) {
		assert_int_equal(p.at.y, expected.y);
		assert_int_equal(p.at.x, expected.x);
	}
}

static void parts_lie_inside(void **state)
{
	(void)state;
	assert_part((struct rect){ 0, 0, 5, 20 }, (struct rect){ 2, 10, 5, 20 });
	assert_part((struct rect){ 1, 2, 3, 4 }, (struct rect){ 3, 12, 3, 4 });
	assert_part((struct rect){ 1, 2, 30, 40 }, (struct rect){ 3, 12, 4, 18 });
	assert_part((struct rect){ -2, -4, 4, 8 }, (struct rect){ 2, 10, 2, 4 });
	assert_part((struct rect){ 9, 0, 3, 4 }, (struct rect){ 0, 0, 0, 4 });
	assert_part((struct rect){ 0, -9, 3, 4 }, (struct rect){ 0, 0, 3, 0 });
	assert_part((struct rect){ 1, 1, -3, -4 }, (struct rect){ 0, 0, 0, 0 });
}

static void the_cursor_stays_where_it_was_put(void **state)
{
	struct canvas c = { stdscr, { 2, 10, 5, 20 } };
	int y, x;

	(void)state;
	put_cursor(&c, 1, 3);
	put_text(&c, (struct spot){ .y = 4 }, "Asha");
	put_rule(&c, 0);
	put_gutter(&c, 1);
	put_blank(&c);
	getyx(stdscr, y, x);
	assert_int_equal(y, 3);
	assert_int_equal(x, 13);
	put_cursor(&c, 99, -1);
	getyx(stdscr, y, x);
	assert_int_equal(y, 6);
	assert_int_equal(x, 10);
}

/* -- looks -- */

static attr_t look_at(int y, int x)
{
	wchar_t letters[CCHARW_MAX + 1];
	cchar_t cell = cell_at(y, x);
	attr_t look;
	short pair;

	getcchar(&cell, letters, &look, &pair, NULL);
	return look & ~(attr_t)A_CHARTEXT;
}

static void tones_differ_without_colours(void **state)
{
	struct canvas c = whole();

	(void)state;
	canvas_start();
	for (enum tone tone = TONE_NORMAL; tone < TONES; tone++)
		assert_int_equal(PAIR_NUMBER(tone_attr(tone)), 0);
	assert_int_equal(tone_attr(TONE_NORMAL), A_NORMAL);
	assert_int_equal(tone_attr(TONE_DIM), A_NORMAL);
	assert_int_equal(tone_attr(TONE_SELECTED), A_REVERSE);
	assert_int_equal(tone_attr(TONE_BAR), A_REVERSE);
	assert_int_not_equal(tone_attr(TONE_WARN), A_NORMAL);
	assert_int_not_equal(tone_attr(TONE_BAD), A_NORMAL);
	put_text(&c, (struct spot){ .cols = 4, .tone = TONE_SELECTED }, "a");
	assert_int_equal(look_at(0, 0), A_REVERSE);
	assert_int_equal(look_at(0, 3), A_REVERSE);
	assert_int_equal(look_at(0, 4), A_NORMAL);
}

static void tones_have_colours_where_they_are_allowed(void **state)
{
	struct canvas c = whole();

	(void)state;
	terminal.colours = true;
	canvas_start();
	assert_true(terminal.colours);
	assert_int_not_equal(PAIR_NUMBER(tone_attr(TONE_GOOD)), 0);
	assert_int_not_equal(PAIR_NUMBER(tone_attr(TONE_WARN)), PAIR_NUMBER(tone_attr(TONE_BAD)));
	put_text(&c, (struct spot){ .cols = 4, .tone = TONE_BAD }, "a");
	assert_int_equal(PAIR_NUMBER(look_at(0, 0)), PAIR_NUMBER(tone_attr(TONE_BAD)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(text_is_padded_and_aligned, headless_usual),
		cmocka_unit_test_setup(no_columns_are_all_up_to_the_edge, headless_usual),
		cmocka_unit_test_setup(what_is_outside_is_not_painted, headless_usual),
		cmocka_unit_test_setup(the_last_cell_of_the_screen_is_painted, headless_usual),
		cmocka_unit_test_setup(letters_that_terminals_join_reach_the_window,
				       headless_usual),
		cmocka_unit_test_setup(rows_begin_with_a_pin_where_terminals_order_them,
				       headless_usual),
		cmocka_unit_test_setup(rules_need_lines, headless_usual),
		cmocka_unit_test_setup(lines_break_between_words, headless_usual),
		cmocka_unit_test_setup(long_words_break_between_letters, headless_usual),
		cmocka_unit_test_setup(the_last_line_says_that_there_is_more, headless_usual),
		cmocka_unit_test_setup(lines_can_be_counted_without_painting, headless_usual),
		cmocka_unit_test_setup(parts_lie_inside, headless_usual),
		cmocka_unit_test_setup(the_cursor_stays_where_it_was_put, headless_usual),
		cmocka_unit_test_setup(tones_differ_without_colours, headless_usual),
		cmocka_unit_test_setup(tones_have_colours_where_they_are_allowed, headless_usual),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, headless_open, headless_close);
}
