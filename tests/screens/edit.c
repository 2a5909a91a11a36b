/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/screens/drawn.h"

#include <cmocka.h>

#define FAMILY "\U0001f468\u200d\U0001f469\u200d\U0001f467"

static bool act(struct edit *e, int action)
{
	return edit_act(e, &(struct event){ .action = action, .text = "" });
}

static bool type(struct edit *e, const char *text)
{
	return edit_act(e, &(struct event){ .action = ACT_TEXT, .text = text });
}

static bool scan(struct edit *e, const char *text)
{
	return edit_act(e, &(struct event){ .action = ACT_SCAN, .text = text });
}

/* '|' in 'expected' is where the cursor stands. */
static void assert_edit(const struct edit *e, const char *expected)
{
	char text[EDIT_SIZE + 1];

	snprintf(text, sizeof(text), "%.*s|%s", (int)e->at, e->text, e->text + e->at);
	assert_string_equal(text, expected);
}

static void letters_come_in_at_the_cursor(void **state)
{
	struct edit e = { 0 };

	(void)state;
	type(&e, "Aha");
	act(&e, ACT_LEFT);
	act(&e, ACT_LEFT);
	type(&e, "s");
	assert_edit(&e, "As|ha");
	act(&e, ACT_HOME);
	type(&e, "Dr ");
	assert_edit(&e, "Dr |Asha");
	act(&e, ACT_END);
	type(&e, " \u0aaa\u0a9f\u0ac7\u0ab2");
	assert_edit(&e, "Dr Asha \u0aaa\u0a9f\u0ac7\u0ab2|");
	act(&e, ACT_CLEAR);
	assert_edit(&e, "|");
}

static void arrows_pass_whole_letters(void **state)
{
	struct edit e = { 0 };

	(void)state;
	edit_set(&e, "q\u0301\u0a86\u0ab6\u0abe" FAMILY);
	act(&e, ACT_LEFT);
	assert_edit(&e, "q\u0301\u0a86\u0ab6\u0abe|" FAMILY);
	act(&e, ACT_LEFT);
	assert_edit(&e, "q\u0301\u0a86|\u0ab6\u0abe" FAMILY);
	act(&e, ACT_LEFT);
	act(&e, ACT_LEFT);
	assert_edit(&e, "|q\u0301\u0a86\u0ab6\u0abe" FAMILY);
	act(&e, ACT_LEFT);
	act(&e, ACT_RIGHT);
	assert_edit(&e, "q\u0301|\u0a86\u0ab6\u0abe" FAMILY);
	act(&e, ACT_END);
	act(&e, ACT_RIGHT);
	assert_edit(&e, "q\u0301\u0a86\u0ab6\u0abe" FAMILY "|");
}

static void backspace_takes_what_was_typed_last(void **state)
{
	struct edit e = { 0 };

	(void)state;
	edit_set(&e, "\u0936\u0930\u094d\u092e\u093e");	/* sharma: sign by sign */
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "\u0936\u0930\u094d\u092e|");
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "\u0936\u0930\u094d|");
	edit_set(&e, "x" FAMILY);
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "x|");
	edit_set(&e, "Zo\u00ebq\u0301");
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "Zo\u00eb|");
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "Zo|");
	edit_set(&e, "");
	act(&e, ACT_BACKSPACE);
	assert_edit(&e, "|");
}

static void delete_takes_a_whole_letter(void **state)
{
	struct edit e = { 0 };

	(void)state;
	edit_set(&e, "\u0ab6\u0abe" FAMILY "a");
	act(&e, ACT_HOME);
	act(&e, ACT_DELETE);
	assert_edit(&e, "|" FAMILY "a");
	act(&e, ACT_DELETE);
	assert_edit(&e, "|a");
	act(&e, ACT_END);
	act(&e, ACT_DELETE);
	assert_edit(&e, "a|");
}

static void what_is_too_long_is_cut_between_letters(void **state)
{
	struct edit e = { .most = 10 };

	(void)state;
	type(&e, "\u0a86\u0a86\u0ab6\u0abe");	/* 12 bytes; the last letter has 6 */
	assert_edit(&e, "\u0a86\u0a86|");
	type(&e, "\u0ab6\u0abe");
	assert_edit(&e, "\u0a86\u0a86|");
	type(&e, "abcdefgh");
	assert_edit(&e, "\u0a86\u0a86abcd|");
	type(&e, "x");
	assert_edit(&e, "\u0a86\u0a86abcd|");
	edit_set(&e, "\u0a86\u0a86\u0ab6\u0abe");
	assert_edit(&e, "\u0a86\u0a86|");
}

static void a_field_may_be_limited_in_columns(void **state)
{
	struct edit e = { .columns = 5 };

	(void)state;
	type(&e, "ab\u738b\u5c0f\u660e");
	assert_edit(&e, "ab\u738b|");
	type(&e, "c\u0301d");
	assert_edit(&e, "ab\u738bc\u0301|");
}

static void the_largest_text_fits_and_no_more(void **state)
{
	struct edit e = { 0 };

	(void)state;
	for (int i = 0; i < EDIT_SIZE; i++)
		type(&e, "yz");
	assert_int_equal(strlen(e.text), EDIT_SIZE - 1);
	assert_int_equal(e.at, EDIT_SIZE - 1);
}

static void numbers_take_digits_of_any_script(void **state)
{
	static const char *const taken[] = {
		"120", "1,250.50", "-3", "\u0ae7\u0ae8", "\u06f1\u066b\u06f5", "21/11/2026",
		"2026-11-21", "12.5%", "1\u00a0000", "1'000"
	};
	static const char *const left[] = {
		"a", "12a", "\u20b912", "x12", "\u0a86", "\x1b", "=", "1e5"
	};
	struct edit e = { .kind = EDIT_NUMBER };

	(void)state;
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		assert_true(edit_takes(&e, &(struct event){ ACT_TEXT, taken[i] }));
		edit_set(&e, "");
		assert_true(type(&e, taken[i]));
		assert_string_equal(e.text, taken[i]);
	}
	edit_set(&e, "7");
	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		assert_false(edit_takes(&e, &(struct event){ ACT_TEXT, left[i] }));
		assert_false(type(&e, left[i]));
	}
	assert_edit(&e, "7|");
}

static void a_scan_is_enter_for_words_and_goes_out_of_numbers(void **state)
{
	struct edit words = { 0 }, number = { .kind = EDIT_NUMBER };

	(void)state;
	type(&words, "8901234567890");
	assert_false(scan(&words, "8901234567890"));	/* Enter, for whoever asked */
	assert_edit(&words, "8901234567890|");
	assert_false(edit_takes(&number, &(struct event){ ACT_SCAN, "8901234567890" }));
	type(&number, "12.50");
	type(&number, "8901234567890");
	assert_true(scan(&number, "8901234567890"));
	assert_edit(&number, "12.50|");
	assert_false(type(&number, "TEA"));
	type(&number, "17001");
	assert_true(scan(&number, "TEA17001"));
	assert_edit(&number, "12.50|");
	assert_false(type(&number, "X0"));
	assert_false(type(&number, "TEA17001"));	/* all at once: none of it came in */
	assert_true(scan(&number, "TEA17001"));
	assert_edit(&number, "12.50|");
	act(&number, ACT_HOME);
	type(&number, "8901234567890");
	assert_true(scan(&number, "8901234567890"));
	assert_edit(&number, "|12.50");
	for (int i = 0; i < 200; i++)
		type(&number, "9");
	assert_true(scan(&number, "9999999999"));
	assert_int_equal(strlen(number.text), 195);
	number = (struct edit){ .kind = EDIT_NUMBER, .most = 6 };
	type(&number, "123");
	type(&number, "8901234567890");			/* as much as there is room for */
	assert_true(scan(&number, "8901234567890"));
	assert_edit(&number, "123|");
}

static void other_actions_are_left(void **state)
{
	struct edit e = { 0 };

	(void)state;
	assert_false(act(&e, ACT_ENTER));
	assert_false(act(&e, ACT_UP));
	assert_false(act(&e, ACT_TAB));
	assert_false(act(&e, ACT_OWN));
}

/* -- drawn -- */

static void assert_row(const struct canvas *c, int y, const char *expected)
{
	assert_string_equal(drawn_row(c, y), expected);
	assert_true(drawn_inside(c));
}

static void the_cursor_stands_where_letters_go(void **state)
{
	struct canvas c = drawn_canvas(2, 20);
	struct edit e = { .hint = "Name or phone" };

	(void)state;
	put_blank(&c);
	edit_draw(&c, (struct spot){ .y = 1, .x = 2, .cols = 16 }, &e, true);
	assert_row(&c, 1, "  Name or phone");
	assert_true(drawn_cursor_is(&c, 1, 2));
	edit_set(&e, "a\u0aaa\u0a9f\u0ac7\u738b");
	edit_draw(&c, (struct spot){ .y = 1, .x = 2, .cols = 16 }, &e, true);
	assert_row(&c, 1, "  a\u0aaa\u0a9f\u0ac7\u738b");
	assert_true(drawn_cursor_is(&c, 1, 2 + 5));
	act(&e, ACT_LEFT);
	edit_draw(&c, (struct spot){ .y = 1, .x = 2, .cols = 16 }, &e, true);
	assert_true(drawn_cursor_is(&c, 1, 2 + 3));
}

static void without_focus_the_cursor_is_left_alone(void **state)
{
	struct canvas c = drawn_canvas(2, 20);
	struct edit e = { 0 };

	(void)state;
	put_cursor(&c, 1, 7);
	edit_set(&e, "abcdefghijklmnopqrstuvwxyz");
	edit_draw(&c, (struct spot){ 0 }, &e, false);
	assert_row(&c, 0, "abcdefghijklmnopqrs\u2026");
	assert_true(drawn_cursor_is(&c, 1, 7));
}

static void letters_know_their_columns(void **state)
{
	struct edit e = { 0 };

	(void)state;
	edit_set(&e, "abcdefghijklmnopqrstuvwxyz");	/* …qrstuvwxyz */
	assert_int_equal(edit_column(&e, 0, 12), -1);
	assert_int_equal(edit_column(&e, 15, 12), -1);
	assert_int_equal(edit_column(&e, 16, 12), 1);
	assert_int_equal(edit_column(&e, 26, 12), 11);
	assert_int_equal(edit_column(&e, 5, 40), 5);
	act(&e, ACT_HOME);
	assert_int_equal(edit_column(&e, 5, 12), 5);
	edit_set(&e, "\u0aaa\u0a9f\u0ac7\u0ab2 > 3");	/* three letters and a sign */
	assert_int_equal(edit_column(&e, 13, 20), shown_columns("\u0aaa\u0a9f\u0ac7\u0ab2") + 1);
	edit_set(&e, "\u067e\u0679\u06cc\u0644");	/* from the right */
	assert_int_equal(edit_column(&e, 4, 20), 0);
}

static void a_long_text_scrolls_with_the_cursor(void **state)
{
	struct canvas c = drawn_canvas(1, 12);
	struct edit e = { 0 };

	(void)state;
	edit_set(&e, "abcdefghijklmnopqrstuvwxyz");
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "\u2026qrstuvwxyz");
	assert_true(drawn_cursor_is(&c, 0, 11));
	act(&e, ACT_HOME);
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "abcdefghijk\u2026");
	assert_true(drawn_cursor_is(&c, 0, 0));
	for (int i = 0; i < 12; i++)
		act(&e, ACT_RIGHT);
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "\u2026fghijklmno\u2026");
	assert_true(drawn_cursor_is(&c, 0, 8));
}

/* The letter behind the cursor is the one under it, wherever it stands. */
static void the_cursor_is_in_view_at_any_width(void **state)
{
	(void)state;
	for (int w = 1; w < 16; w++) {
		struct canvas c = drawn_canvas(1, w);
		struct edit e = { 0 };

		edit_set(&e, "abcdefghijklmnopqrstuvwxyz");
		for (e.at = 0; e.at <= strlen(e.text); e.at++) {
			int x, wanted = e.text[e.at] ? e.text[e.at] : ' ';

			edit_draw(&c, (struct spot){ 0 }, &e, true);
			x = getcurx(stdscr);
			assert_true(x >= c.at.x && x < c.at.x + w);
			if (w >= 4)
				assert_int_equal(mvinch(c.at.y, x) & A_CHARTEXT, wanted);
			assert_true(drawn_inside(&c));
		}
	}
}

static void right_to_left_text_stands_at_the_right(void **state)
{
	struct canvas c = drawn_canvas(1, 12);
	struct edit e = { 0 };

	(void)state;
	terminal.bidi = BIDI_WORDS;	/* letters as they are written, to compare them */
	edit_set(&e, "\u062e\u0627\u0646");
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "         \u062e\u0627\u0646");
	assert_true(drawn_cursor_is(&c, 0, 8));
	act(&e, ACT_HOME);
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_true(drawn_cursor_is(&c, 0, 11));
	terminal.bidi = BIDI_TERMINAL;
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "        \u062e\u0627\u0646\u2800");
	assert_true(drawn_cursor_is(&c, 0, 10));
	act(&e, ACT_END);
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_true(drawn_cursor_is(&c, 0, 7));
	terminal.bidi = BIDI_APP;
}

static void where_it_is_spelled_in_latin_it_stands_at_the_left(void **state)
{
	struct canvas c = drawn_canvas(1, 12);
	struct edit e = { 0 };

	(void)state;
	terminal.latin_only = true;
	edit_set(&e, "\u062e\u0627\u0646");
	edit_draw(&c, (struct spot){ 0 }, &e, true);
	assert_row(&c, 0, "Khan");
	assert_true(drawn_cursor_is(&c, 0, 4));
	terminal.latin_only = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_come_in_at_the_cursor),
		cmocka_unit_test(arrows_pass_whole_letters),
		cmocka_unit_test(backspace_takes_what_was_typed_last),
		cmocka_unit_test(delete_takes_a_whole_letter),
		cmocka_unit_test(what_is_too_long_is_cut_between_letters),
		cmocka_unit_test(a_field_may_be_limited_in_columns),
		cmocka_unit_test(the_largest_text_fits_and_no_more),
		cmocka_unit_test(numbers_take_digits_of_any_script),
		cmocka_unit_test(a_scan_is_enter_for_words_and_goes_out_of_numbers),
		cmocka_unit_test(other_actions_are_left),
		cmocka_unit_test(the_cursor_stands_where_letters_go),
		cmocka_unit_test(without_focus_the_cursor_is_left_alone),
		cmocka_unit_test(a_long_text_scrolls_with_the_cursor),
		cmocka_unit_test(letters_know_their_columns),
		cmocka_unit_test(the_cursor_is_in_view_at_any_width),
		cmocka_unit_test(right_to_left_text_stands_at_the_right),
		cmocka_unit_test(where_it_is_spelled_in_latin_it_stands_at_the_left),
	};

	drawn_start("xterm-256color");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
