/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/report.h"
#include "tests/screens/place.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#define fail cmocka_fail	/* ours takes a status */
#include <cmocka.h>
#undef fail

/* From the first frame to the last: what holds on any terminal before anything
 * is sold. */

#define TOO_SMALL "This window is too small"
#define PALETTE "What do you want to do?"

static struct place *sample(void **state)
{
	struct place *p = *state;

	place_demo(p);
	return p;
}

static void whole(struct term *t)
{
	looks_whole(t);
	footer_whole(t);
}

static void leave(struct term *t)
{
	press(t, "ctrl-q");
	see(t, "Leave regulars?");
	whole(t);
	press(t, "2");
	ends_clean(t, 0);
}

static void asks_for_the_language_first(void **state)
{
	struct term *t = place_open(*state);

	see(t, "English");
	see(t, "हिन्दी");
	see(t, "ગુજરાતી");
	see(t, "4   ﻭﺩﺭﺍ ");	/* joined, in the order that it is seen in */
	see(t, "Հայերեն");
	whole(t);
	press(t, "1");
	see(t, "Start my shop");
	whole(t);
	press(t, "esc");
	see(t, "ગુજરાતી");
	gone(t, "Start my shop");
	leave(t);
}

/* Each language by its number; the screen after it is in that language. */
static void starts_in_each_language(void **state)
{
	struct term *t = place_open(*state);
	struct buf english = { 0 }, other = { 0 };

	press(t, "1");
	term_line(t, 6, &english);
	for (int i = 2; i <= 5; i++) {
		char number[2] = { (char)('0' + i), '\0' };

		press(t, "esc");
		press(t, number);
		looks_whole(t);
		term_line(t, 6, &other);
		assert_true(other.len > 0);
		assert_string_not_equal(english.at, other.at);
	}
	buf_release(&english);
	buf_release(&other);
}

static void esc_at_the_start_leaves_nothing_half_done(void **state)
{
	struct place *p = *state;
	struct term *t = place_open(p);
	struct buf listed = { 0 };

	press(t, "1");
	press(t, "esc");
	press(t, "esc");
	see(t, "English");
	leave(t);
	place_run(p, "test ! -e shop; ls -A", &listed);
	assert_string_equal(listed.at, "");
	buf_release(&listed);
}

/* -- Home -- */

static void home_at_the_design_size(void **state)
{
	struct term *t = place_open(sample(state));

	see_at(t, 0, "SAMPLE");
	whole(t);
	screen_is(t, "home-80x24");
	leave(t);
}

static void home_in_other_sizes(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 40, 120 }, { 24, 132 }, { 50, 80 } };
	struct place *p = sample(state);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct term *t;

		p->how.rows = sizes[i][0];
		p->how.cols = sizes[i][1];
		t = place_open(p);
		see_at(t, 0, "SAMPLE");
		see(t, "1");
		whole(t);
		leave(t);
	}
}

static struct term *on_terminal(struct place *p, const char *term, enum keyboard keyboard)
{
	p->how.term = term;
	p->how.keyboard = keyboard;
	return place_open(p);
}

/* Home, Help and back, with that keyboard's F1. */
static void looks_around(struct term *t)
{
	see_at(t, 0, "SAMPLE");
	whole(t);
	press(t, "F1");
	see_at(t, 0, "Help");
	whole(t);
	press(t, "esc");
	see_at(t, 0, "SAMPLE");
	press(t, "F4");
	gone(t, "Today ");
	whole(t);
	leave(t);
}

static void home_on_other_terminals(void **state)
{
	struct place *p = sample(state);

	looks_around(on_terminal(p, "xterm", KEYS_PUTTY));
	looks_around(on_terminal(p, "linux", KEYS_LINUX));
	looks_around(on_terminal(p, "vt100", KEYS_VT100));
	looks_around(on_terminal(p, "screen-256color", KEYS_XTERM));
	looks_around(on_terminal(p, "tmux-256color", KEYS_XTERM));
}

static void home_in_the_c_locale(void **state)
{
	struct place *p = sample(state);

	p->how.locale = "C";
	looks_around(on_terminal(p, "xterm-256color", KEYS_XTERM));
	looks_around(on_terminal(p, "linux", KEYS_LINUX));
	looks_around(on_terminal(p, "vt100", KEYS_VT100));
}

static void an_unknown_terminal_is_said(void **state)
{
	struct place *p = sample(state);
	struct term *t = on_terminal(p, "no-such-terminal", KEYS_XTERM);

	ends_clean(t, 4);
	see(t, "\"no-such-terminal\" is not known here");
}

static void no_color_is_honoured(void **state)
{
	struct place *p = sample(state);
	struct term *plain, *coloured = place_open(p);

	p->how.env = WORDS("NO_COLOR=1");
	plain = place_open(p);
	see_at(plain, 0, "SAMPLE");
	assert_false(term_has_colour(plain));
	press(plain, "ctrl-p");
	assert_false(term_has_colour(plain));
	/* The check can see colour where there is some. */
	assert_true(term_has_colour(coloured));
}

/* -- keys that are the same everywhere -- */

static void help_opens_and_closes(void **state)
{
	struct term *t = place_open(sample(state));
	static const char *const ways[] = { "F1", "?", "esc-1" };

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		press(t, ways[i]);
		see_at(t, 0, "Help");
		see(t, "What today is like");
		whole(t);
		press(t, "pgdn");
		whole(t);
		press(t, "esc");
		gone(t, "What today is like");
	}
}

static void menu_opens_narrows_and_closes(void **state)
{
	struct term *t = place_open(sample(state));
	static const char *const ways[] = { "F9", "ctrl-p", "esc-9" };

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		press(t, ways[i]);
		see(t, PALETTE);
		whole(t);
		press(t, "esc");
		gone(t, PALETTE);
	}
	press(t, "F9");
	type(t, "custo");
	see(t, "Customers");
	gone(t, "draws everything again");
	/* One layer at a time: what was typed, then the menu. */
	press(t, "esc");
	see(t, "draws everything again");
	press(t, "esc");
	gone(t, PALETTE);
	leave(t);
}

static void redraws_what_something_else_wrote(void **state)
{
	struct term *t = place_open(sample(state));
	static const char noise[] = "\033[5;5HBROADCAST MESSAGE";
	struct buf before = { 0 }, after = { 0 };

	term_text(t, &before);
	vterm_input_write(t->vt, noise, sizeof(noise) - 1);
	see(t, "BROADCAST");
	press(t, "ctrl-l");
	gone(t, "BROADCAST");
	term_text(t, &after);
	assert_string_equal(before.at, after.at);
	buf_release(&before);
	buf_release(&after);
}

/* -- sizes that change, and terminals that go -- */

static void shrinks_to_nothing_and_comes_back(void **state)
{
	static const int sizes[][2] = { { 16, 60 }, { 15, 60 }, { 16, 59 }, { 5, 20 }, { 1, 1 },
					{ 1, 200 }, { 60, 1 }, { 2, 2 }, { 24, 80 } };
	struct term *t = place_open(sample(state));
	struct buf before = { 0 }, after = { 0 };

	term_text(t, &before);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(t, sizes[i][0], sizes[i][1]);
		looks_whole(t);
		press(t, "down");
		press(t, "up");
	}
	term_text(t, &after);
	assert_string_equal(before.at, after.at);
	report("terminal", "sizes down to one by one, and back",
	       sizeof(sizes) / sizeof(sizes[0]), 0, NO_SEED);
	term_resize(t, 10, 79);
	see(t, TOO_SMALL);
	term_resize(t, 16, 60);
	leave(t);
	buf_release(&before);
	buf_release(&after);
}

static void the_palette_survives_sizes(void **state)
{
	struct term *t = place_open(sample(state));

	press(t, "ctrl-p");
	see(t, PALETTE);
	term_resize(t, 1, 1);
	term_resize(t, 16, 60);
	see(t, PALETTE);
	whole(t);
	term_resize(t, 40, 120);
	see(t, PALETTE);
	whole(t);
}

static void a_lost_terminal_ends_it(void **state)
{
	struct place *p = sample(state);
	struct term *t;

	t = place_open(p);
	term_hang_up(t);
	ends_with(t, 0);
	t = place_open(p);
	press(t, "ctrl-p");
	term_hang_up(t);
	ends_with(t, 0);
	t = place_open(p);
	kill(t->pid, SIGHUP);
	ends_clean(t, 0);
	t = place_open(p);
	kill(t->pid, SIGTERM);
	ends_clean(t, 0);
	place_run(p, "regulars verify", NULL);
	report("terminal", "terminals closed, lines lost, SIGHUP and SIGTERM", 4, 0, NO_SEED);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(asks_for_the_language_first),
		TEST(starts_in_each_language),
		TEST(esc_at_the_start_leaves_nothing_half_done),
		TEST(home_at_the_design_size),
		TEST(home_in_other_sizes),
		TEST(home_on_other_terminals),
		TEST(home_in_the_c_locale),
		TEST(an_unknown_terminal_is_said),
		TEST(no_color_is_honoured),
		TEST(help_opens_and_closes),
		TEST(menu_opens_narrows_and_closes),
		TEST(redraws_what_something_else_wrote),
		TEST(shrinks_to_nothing_and_comes_back),
		TEST(the_palette_survives_sizes),
		TEST(a_lost_terminal_ends_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
