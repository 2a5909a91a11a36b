/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/keys.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* From characters and key codes, each with its time, to presses. */

static struct keys keys;
static int64_t now;

static int start(void **state)
{
	(void)state;
	memset(&keys, 0, sizeof(keys));
	now = 1000000;
	return 0;
}

/* One after the other, 'gap' ms apart; the last press that came of it, and in
 * 'text' all that was typed. */
static struct press last;
static char typed[400];

static int take(bool code, wint_t ch, int gap)
{
	struct press p;

	now += gap;
	if (!keys_take(&keys, code, ch, now, &p))
		return PRESS_NONE;
	last = p;
	if (p.kind == PRESS_TEXT)
		strcat(typed, p.text);
	return (int)p.kind;
}

static const char *text(const char *letters, int gap)
{
	typed[0] = '\0';
	for (; *letters; letters++)
		take(false, (unsigned char)*letters, gap);
	return typed;
}

static int key(wint_t ch, int gap)
{
	assert_int_equal(take(true, ch, gap), PRESS_KEY);
	return last.key;
}

/* -- keys and letters -- */

static void keys_have_one_name(void **state)
{
	(void)state;
	assert_int_equal(key(KEY_ENTER, 100), '\r');
	assert_int_equal(key(KEY_BACKSPACE, 100), KEY_BACKSPACE);
	assert_int_equal(key(KEY_FIND, 100), KEY_HOME);
	assert_int_equal(key(KEY_SELECT, 100), KEY_END);
	assert_int_equal(key(KEY_F(4), 100), KEY_F(4));
	assert_int_equal(take(false, '\n', 100), PRESS_KEY);
	assert_int_equal(last.key, '\r');
	assert_int_equal(take(false, 0x7f, 100), PRESS_KEY);
	assert_int_equal(last.key, KEY_BACKSPACE);
	assert_int_equal(take(false, CTRL_KEY('H'), 100), PRESS_KEY);
	assert_int_equal(last.key, KEY_BACKSPACE);
	assert_int_equal(take(false, CTRL_KEY('E'), 100), PRESS_KEY);
	assert_int_equal(last.key, CTRL_KEY('E'));
	assert_int_equal(take(false, 0x1b, 100), PRESS_KEY);
	assert_int_equal(last.key, 0x1b);
	assert_int_equal(take(false, 0, 100), PRESS_NONE);
	assert_int_equal(take(true, KEY_RESIZE, 100), PRESS_RESIZE);
}

static void letters_become_utf8(void **state)
{
	static const struct {
		wint_t ch;
		const char *bytes;
	} letters[] = {
		{ 'a', "a" }, { 0xe9, "\303\251" }, { 0xaa6, "\340\252\246" },
		{ 0x1f600, "\360\237\230\200" }, { 0x10ffff, "\364\217\277\277" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		assert_int_equal(take(false, letters[i].ch, 100), PRESS_TEXT);
		assert_string_equal(last.text, letters[i].bytes);
	}
	/* What is in no text. */
	assert_int_equal(take(false, 0xd800, 100), PRESS_NONE);
	assert_int_equal(take(false, 0x110000, 100), PRESS_NONE);
	assert_int_equal(take(false, 0x9b, 100), PRESS_NONE);
}

/* -- scanners -- */

static void a_burst_and_enter_is_a_scan(void **state)
{
	static const int gaps[] = { 0, 4, 35 };

	(void)state;
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		now += 1000;
		assert_string_equal(text("TEA17001", gaps[i]), "TEA17001");
		assert_int_equal(take(false, '\r', gaps[i]), PRESS_SCAN);
		assert_string_equal(last.text, "TEA17001");
	}
	now += 1000;
	text("8901234567890", 4);
	assert_int_equal(take(false, '\t', 4), PRESS_SCAN);
	assert_string_equal(last.text, "8901234567890");
}

static void a_person_is_no_scanner(void **state)
{
	(void)state;
	text("TEA17001", 80);
	assert_int_equal(take(false, '\r', 80), PRESS_KEY);
	now += 1000;
	text("TEA17001", 36);
	assert_int_equal(take(false, '\r', 10), PRESS_KEY);
	now += 1000;
	text("TEA17001", 4);	/* pasted or repeated, and then Enter by hand */
	assert_int_equal(take(false, '\r', 36), PRESS_KEY);
	now += 1000;
	text("12345", 4);	/* too short for a code */
	assert_int_equal(take(false, '\r', 4), PRESS_KEY);
}

/* What a person had typed before is not of the code. */
static void a_scan_begins_with_its_first_letter(void **state)
{
	(void)state;
	text("120", 200);
	now += 200;
	text("8901234567890", 4);
	assert_int_equal(take(false, '\r', 4), PRESS_SCAN);
	assert_string_equal(last.text, "8901234567890");
	assert_int_equal(take(false, '\r', 4), PRESS_KEY);
}

static void a_line_feed_behind_a_scan_is_no_second_enter(void **state)
{
	(void)state;
	text("TEA17001", 4);
	assert_int_equal(take(false, '\r', 4), PRESS_SCAN);
	assert_int_equal(take(false, '\n', 4), PRESS_NONE);
	now += 100;
	assert_int_equal(take(false, '\n', 4), PRESS_KEY);
}

/* A part of a code would be another code. */
static void what_is_no_code_is_not_scanned_in_part(void **state)
{
	char longer[200];

	(void)state;
	memset(longer, '7', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	text(longer, 2);
	assert_int_equal(take(false, '\r', 2), PRESS_KEY);
	now += 1000;
	text("MECARD 12345678", 2);
	assert_int_equal(take(false, '\r', 2), PRESS_KEY);
	now += 1000;
	text("123456", 2);
	take(false, 0xaa6, 2);
	text("123456", 2);
	assert_int_equal(take(false, '\r', 2), PRESS_KEY);
	now += 1000;
	text("TEA17001", 2);
	assert_int_equal(take(false, '\r', 2), PRESS_SCAN);
}

/* The first letter was drawn and looked up while the others came. */
static void a_slow_computer_does_not_cut_a_code(void **state)
{
	(void)state;
	text("8", 4);
	now += 300;
	keys.behind = true;
	text("901234567890", 0);
	now += 300;
	keys.behind = true;
	assert_int_equal(take(false, '\r', 0), PRESS_SCAN);
	assert_string_equal(last.text, "8901234567890");
}

/* -- pasting -- */

enum { BEGIN = KEY_MAX + 1, END };

static void a_paste_presses_no_keys(void **state)
{
	(void)state;
	assert_int_equal(take(true, BEGIN, 100), PRESS_NONE);
	assert_string_equal(text("asha\rpatel\n12\t3\033\001\177", 0), "asha patel 12 3");
	assert_int_equal(take(true, KEY_F(4), 0), PRESS_NONE);
	assert_int_equal(take(true, KEY_ENTER, 0), PRESS_NONE);
	assert_int_equal(take(true, END, 0), PRESS_NONE);
	assert_int_equal(take(false, '\r', 0), PRESS_KEY);
	assert_int_equal(last.key, '\r');
}

static void a_code_that_is_pasted_is_not_scanned(void **state)
{
	(void)state;
	take(true, BEGIN, 100);
	text("8901234567890", 0);
	take(true, END, 0);
	assert_int_equal(take(false, '\r', 0), PRESS_KEY);
}

/* The end of the paste got lost: nobody is locked out. */
static void a_paste_ends_with_a_pause(void **state)
{
	(void)state;
	take(true, BEGIN, 100);
	text("asha", 0);
	assert_int_equal(take(false, '\r', 1900), PRESS_TEXT);
	assert_int_equal(take(false, '\r', 2100), PRESS_KEY);
	assert_int_equal(take(true, KEY_F(4), 10), PRESS_KEY);
}

/* -- sequences that nobody knows -- */

static int swallowed(const char *behind_escape)
{
	int presses = 0;

	assert_true(keys_begin_sequence(&keys, (unsigned char)*behind_escape, now));
	for (const char *c = behind_escape + 1; *c; c++)
		presses += take(false, (unsigned char)*c, 1) != PRESS_NONE;
	return presses;
}

static void late_answers_are_swallowed(void **state)
{
	static const char *const answers[] = {
		"[24;80R", "[?62;22c", "[>0;136;0c", "[8;3$y", "P>|Konsole 22.12.3\033\\",
		"]11;rgb:0000/0000/0000\a", "[1;5A", "Ow", "[<0;10;20M", "_x\033\\",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		now += 1000;
		assert_int_equal(swallowed(answers[i]), 0);
		assert_int_equal(take(false, 'a', 1), PRESS_TEXT);
		assert_string_equal(last.text, "a");
	}
}

static void letters_begin_no_sequence(void **state)
{
	(void)state;
	assert_false(keys_begin_sequence(&keys, 'x', now));
	assert_false(keys_begin_sequence(&keys, '1', now));
	assert_int_equal(take(false, 'a', 1), PRESS_TEXT);
}

static void a_sequence_that_does_not_end_locks_nobody_out(void **state)
{
	(void)state;
	assert_true(keys_begin_sequence(&keys, 'P', now));
	assert_int_equal(take(false, 'x', 50), PRESS_NONE);
	assert_int_equal(take(false, 'a', 101), PRESS_TEXT);
	assert_true(keys_begin_sequence(&keys, '[', now));
	assert_int_equal(take(true, KEY_F(2), 1), PRESS_KEY);
	assert_int_equal(take(false, 'a', 1), PRESS_TEXT);
}

/* -- bindings and their words -- */

static void bindings_know_both_keys(void **state)
{
	static const struct binding table[] = {
		{ ACT_SALE, KEY_F(4), CTRL_KEY('E'), "Sale", NULL },
		{ ACT_UNDO, 0, CTRL_KEY('Z'), NULL, NULL },
		{ 0 }
	};

	(void)state;
	assert_int_equal(binding_action(table, KEY_F(4)), ACT_SALE);
	assert_int_equal(binding_action(table, CTRL_KEY('E')), ACT_SALE);
	assert_int_equal(binding_action(table, CTRL_KEY('Z')), ACT_UNDO);
	assert_int_equal(binding_action(table, 0), ACT_NONE);
	assert_int_equal(binding_action(table, 'x'), ACT_NONE);
	assert_int_equal(binding_action(NULL, KEY_F(4)), ACT_NONE);
}

static void keys_have_words(void **state)
{
	char name[KEY_NAME];

	(void)state;
	assert_string_equal(key_words(KEY_F(11), name), "F11");
	assert_string_equal(key_words(CTRL_KEY('E'), name), "^E");
	assert_string_equal(key_words('\r', name), "Enter");
	assert_string_equal(key_words('\t', name), "Tab");
	assert_string_equal(key_words(0x1b, name), "Esc");
	assert_string_equal(key_words('?', name), "?");
	assert_string_equal(key_words(0, name), "");
}

#define TEST(test) cmocka_unit_test_setup(test, start)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(keys_have_one_name),
		TEST(letters_become_utf8),
		TEST(a_burst_and_enter_is_a_scan),
		TEST(a_person_is_no_scanner),
		TEST(a_scan_begins_with_its_first_letter),
		TEST(a_line_feed_behind_a_scan_is_no_second_enter),
		TEST(what_is_no_code_is_not_scanned_in_part),
		TEST(a_slow_computer_does_not_cut_a_code),
		TEST(a_paste_presses_no_keys),
		TEST(a_code_that_is_pasted_is_not_scanned),
		TEST(a_paste_ends_with_a_pause),
		TEST(late_answers_are_swallowed),
		TEST(letters_begin_no_sequence),
		TEST(a_sequence_that_does_not_end_locks_nobody_out),
		TEST(bindings_know_both_keys),
		TEST(keys_have_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("screens/keys", tests, NULL, NULL);
}
