/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/screens/little.h"
#include "tests/screens/place.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* The terminal that screens are tested with is tested itself. The program in
 * it is this one, told by its first argument to be the little one. */

static struct place *on(void **state, const char *mood)
{
	struct place *p = *state;

	p->args[0] = "little";
	p->args[1] = mood;
	p->args[2] = NULL;
	p->how.program = "/proc/self/exe";
	return p;
}

static void shows_what_stands_there(void **state)
{
	struct term *t = place_open(on(state, "good"));
	struct buf line = { 0 };
	int row, col;

	see(t, "size 80x24");
	see_at(t, 3, "પટેલ આશા|王小明|e\314\201");
	see_at(t, -1, "Enter Open  Help F1");
	term_line(t, 4, &line);
	assert_string_equal(line.at, "  chosen  red");
	assert_true(term_find(t, "王小明", &row, &col));
	assert_int_equal(row, 3);
	/* પ ટે લ, a blank, આ શ ા and the bar: a spacing sign has its own column. */
	assert_int_equal(col, 8);
	assert_true(term_find(t, "e\314\201", &row, &col));
	assert_int_equal(col, 8 + 3 * 2 + 1);
	assert_false(term_find(t, "nowhere", &row, &col));
	cursor_is(t, 2, 5);
	assert_true(term_look(t, 4, 2).reverse && term_look(t, 4, 2).bold);
	assert_false(term_look(t, 4, 9).reverse);
	assert_int_equal(term_look(t, 4, 10).fg, 1);
	assert_int_equal(term_look(t, 4, 2).fg, -1);
	assert_true(term_has_colour(t));
	looks_whole(t);
	footer_whole(t);
	screen_is(t, "selftest");
	press(t, "ctrl-q");
	ends_clean(t, 3);
	buf_release(&line);
}

static void keys_of(struct place *p, const char *term, enum keyboard keyboard)
{
	static const char *const pairs[][2] = {
		{ "up", "KEY_UP" }, { "left", "KEY_LEFT" }, { "F1", "KEY_F(1)" },
		{ "F4", "KEY_F(4)" },
	};
	struct term *t;

	p->how.term = term;
	p->how.keyboard = keyboard;
	t = place_open(p);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		press(t, pairs[i][0]);
		see_at(t, 1, pairs[i][1]);
	}
	press(t, "esc");
	see_at(t, 1, "key - 0x1b");
	press(t, "enter");
	see_at(t, 1, "key - 0xd");
	press(t, "backspace");
	see_at(t, 1, "KEY_BACKSPACE");
	press(t, "ctrl-e");
	see_at(t, 1, "key - 0x5");
	press(t, "8");
	press(t, "ક");
	see_at(t, 2, "text 8ક");
}

static void presses_the_keys_of_each_keyboard(void **state)
{
	struct place *p = on(state, "good");

	keys_of(p, "xterm-256color", KEYS_XTERM);
	keys_of(p, "linux", KEYS_LINUX);
	keys_of(p, "vt100", KEYS_VT100);
}

static void presses_putty_keys_as_putty(void **state)
{
	struct place *p = on(state, "good");
	struct term *t;

	p->how.keyboard = KEYS_PUTTY;
	t = place_open(p);
	/* xterm's description does not know ESC [ 1 1 ~, so its letters come. */
	press(t, "F1");
	see(t, "text [11~");
}

static void text_comes_in_one_piece(void **state)
{
	struct term *t = place_open(on(state, "good"));

	type(t, "પટેલ asha");
	see_at(t, 0, "keys 9 pastes 0");
	see_at(t, 2, "text પટેલ asha");
	press(t, "ctrl-c");
	gone(t, "asha");
	paste(t, "pasted");
	see_at(t, 0, "keys 18 pastes 1");
	see_at(t, 2, "text pasted");
	scan(t, "8901234567890");
	see_at(t, 2, "text pasted8901234567890");
	see_at(t, 1, "key - 0xd");
}

static void a_person_is_no_scanner(void **state)
{
	struct term *t = place_open(on(state, "good"));
	long long before;

	type(t, "120.00");
	before = term_clock_ms();
	press(t, "enter");
	assert_true(term_clock_ms() - before >= 35);
	before = term_clock_ms();
	press(t, "enter");
	assert_true(term_clock_ms() - before < 35 * 100);
}

static void resizes_to_nothing_and_back(void **state)
{
	struct term *t = place_open(on(state, "good"));
	static const int sizes[][2] = { { 16, 60 }, { 3, 9 }, { 1, 1 }, { 1, 80 }, { 40, 120 },
					{ 24, 1 }, { 24, 80 } };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		term_resize(t, sizes[i][0], sizes[i][1]);
	see(t, "size 80x24");
	looks_whole(t);
	press(t, "ctrl-q");
	ends_clean(t, 3);
}

static void other_terminals_and_locales(void **state)
{
	struct place *p = on(state, "good");
	struct term *t;

	p->how.env = WORDS("NO_COLOR=1");
	p->how.rows = 16;
	p->how.cols = 60;
	t = place_open(p);
	see(t, "size 60x16");
	assert_false(term_has_colour(t));
	p->how.term = "vt100";
	p->how.env = NULL;
	assert_false(term_has_colour(place_open(p)));
	p->how.locale = "C";
	looks_whole(place_open(p));
}

static void two_at_once(void **state)
{
	struct place *p = on(state, "good");
	struct term *one = place_open(p), *two = place_open(p);

	type(one, "one");
	type(two, "two");
	see(one, "text one");
	see(two, "text two");
	/* The other does not keep the line up. */
	term_hang_up(one);
	ends_with(one, 128 + SIGHUP);
	press(two, "ctrl-q");
	ends_clean(two, 3);
}

static void later_frames_are_waited_for(void **state)
{
	struct term *t = place_open(on(state, "good"));

	press(t, "ctrl-t");
	gone(t, "later");
	kill(t->pid, SIGKILL);
	ends_with(t, 128 + SIGKILL);
}

/* -- what should fail does -- */

static void what_is_not_there_is_not_seen(void **state)
{
	struct place *p = on(state, "good");
	struct term *t = place_open(p);

	assert_true(term_shows(t, "chosen"));
	assert_false(term_shows(t, "no such text"));
	t->patience_ms = 50;
	assert_false(term_send(t, "\027", 1));		/* ^W: deaf */
}

static bool has_fault(struct place *p, const char *mood, const char *fault)
{
	struct buf faults = { 0 };
	bool has;

	p->args[1] = mood;
	term_faults(place_open(p), &faults);
	has = *fault ? strstr(faults.at, fault) != NULL : !faults.len;
	if (!has)
		print_error("%s: %s\n", mood, faults.at);
	buf_release(&faults);
	return has;
}

static void faults_are_found(void **state)
{
	struct place *p = on(state, "good");

	assert_true(has_fault(p, "good", ""));
	assert_true(has_fault(p, "blink", "row 5, column 0 blinks"));
	assert_true(has_fault(p, "bad", "row 5, column 0 is U+FFFD"));
	assert_true(has_fault(p, "hidden", "the cursor is hidden"));
	assert_true(has_fault(p, "bytes", ""));
	p->how.locale = "C";
	assert_true(has_fault(p, "bytes", "2 bytes above 0x7f"));
}

/* Runs a test of this program that must fail; what it says. */
static void failing(const char *what, struct buf *out)
{
	char command[200], bytes[1000];
	FILE *pipe;
	size_t n;

	snprintf(command, sizeof(command), "GENERATE= exec /proc/%d/exe fails %s 2>&1",
		 (int)getpid(), what);
	fflush(stdout);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	buf_clear(out);
	while ((n = fread(bytes, 1, sizeof(bytes), pipe)) > 0)
		buf_add(out, bytes, n);
	assert_int_not_equal(pclose(pipe), 0);
}

static void failures_show_the_screen(void **state)
{
	static const char *const all[][2] = {
		{ "see", "\"nowhere\" is not on the screen" },
		{ "gone", "\"chosen\" is still on the screen" },
		{ "cursor", "the cursor is not at row 1, column 1" },
		{ "deaf", "ctrl-w was not answered within 100 ms" },
		{ "crash", "the program has ended with 134" },
		{ "goes-on", "the program goes on" },
		{ "status", "should have ended with 0" },
		{ "dirty", "left on the other screen" },
		{ "screen", "row 2 expected |text|" },
	};
	struct buf said = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		failing(all[i][0], &said);
		if (!strstr(said.at, all[i][1]))
			print_error("%s:\n%s\n", all[i][0], said.at);
		assert_non_null(strstr(said.at, all[i][1]));
		assert_non_null(strstr(said.at, "not ok"));
		assert_non_null(strstr(said.at, "selftest.c"));
	}
	buf_release(&said);
}

static const char *what_fails;	/* the word that follows "fails" on the command line */

static void fails(void **state)
{
	bool dirty = !strcmp(what_fails, "dirty");
	struct term *t = place_open(on(state, dirty ? "dirty" : "good"));

	t->patience_ms = 100;
	if (!strcmp(what_fails, "see"))
		see(t, "nowhere");
	else if (!strcmp(what_fails, "gone"))
		gone(t, "chosen");
	else if (!strcmp(what_fails, "cursor"))
		cursor_is(t, 1, 1);
	else if (!strcmp(what_fails, "goes-on"))
		ends_with(t, 0);
	else if (!strcmp(what_fails, "screen")) {
		type(t, "x");
		screen_is(t, "selftest");
	} else if (!strcmp(what_fails, "deaf"))
		press(t, "ctrl-w");
	t->patience_ms = PATIENCE_MS;
	press(t, strcmp(what_fails, "crash") ? "ctrl-q" : "ctrl-x");
	if (dirty)
		ends_clean(t, 3);
	else
		ends_with(t, 0);
}

static void shops_can_be_made(void **state)
{
	struct place *p = *state;
	struct buf out = { 0 };

	place_tea_house(p);
	place_run(p, "regulars customer find patel; regulars program list", &out);
	assert_non_null(strstr(out.at, "પટેલ સુરેશ"));
	assert_non_null(strstr(out.at, "Tea card"));
	buf_release(&out);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(int argc, char **argv)
{
	static const struct CMUnitTest one[] = { TEST(fails) };
	static const struct CMUnitTest tests[] = {
		TEST(shows_what_stands_there),
		TEST(presses_the_keys_of_each_keyboard),
		TEST(presses_putty_keys_as_putty),
		TEST(text_comes_in_one_piece),
		TEST(a_person_is_no_scanner),
		TEST(resizes_to_nothing_and_back),
		TEST(other_terminals_and_locales),
		TEST(two_at_once),
		TEST(later_frames_are_waited_for),
		TEST(what_is_not_there_is_not_seen),
		TEST(faults_are_found),
		TEST(failures_show_the_screen),
		TEST(shops_can_be_made),
	};

	if (argc == 3 && !strcmp(argv[1], "little"))
		return little_program(argv[2]);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	if (argc == 3 && !strcmp(argv[1], "fails")) {
		what_fails = argv[2];
		return cmocka_run_group_tests(one, NULL, NULL);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
