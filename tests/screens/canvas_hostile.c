/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/canvas.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "screens/terminal.h"
#include "tests/faults/report.h"
#include "tests/hostile.h"
#include "tests/screens/headless.h"
#include "tests/screens/scripts.h"

#include <cmocka.h>

/* Whatever somebody calls themselves, what is painted is the spot and nothing
 * else. */

static uint64_t dice;

static int throw_dice(int sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int)(dice % (uint64_t)sides);
}

/* Some of the worst one after the other, now and then behind 500 marks. */
static void make_hostile(char out[4096])
{
	int pieces = 1 + throw_dice(12);

	out[0] = '\0';
	if (throw_dice(10) == 0)
		for (int i = 0; i < 500; i++)
			strcat(out, throw_dice(2) ? "\u0301" : "\u0abe");
	while (pieces--) {
		int script = throw_dice(SCRIPTS);

		if (throw_dice(4) == 0)
			strcat(out, scripts[script].names[throw_dice(12)]);
		else
			strcat(out, hostile_pieces[throw_dice(HOSTILE_PIECES)]);
	}
}

static struct rect throw_rect(void)
{
	struct rect r = { .y = throw_dice(ROWS), .x = throw_dice(COLUMNS) };

	r.h = 1 + throw_dice(ROWS - r.y);
	r.w = 1 + throw_dice(COLUMNS - r.x);
	return r;
}

static void paint_hostile(void)
{
	struct rect at = throw_rect(), expected;
	struct canvas c = { stdscr, at };
	struct spot s = {
		.y = throw_dice(at.h), .x = throw_dice(at.w), .align = (enum align)throw_dice(3)
	};
	char text[4096];

	s.cols = throw_dice(30);
	make_hostile(text);
	fill();
	put_text(&c, s, text);
	expected = (struct rect){ at.y + s.y, at.x + s.x, 1, s.cols };
	if (!s.cols || s.cols > at.w - s.x)
		expected.w = at.w - s.x;
	assert_painted(expected);
	/* with all the columns it asks for, nothing is missing */
	s = (struct spot){ .cols = shown_columns(text) };
	c = whole();
	if (s.cols && s.cols <= COLUMNS) {
		fill();
		put_text(&c, s, text);
		assert_painted((struct rect){ 0, 0, 1, s.cols });
		assert_null(strstr(row_part(0, 0, s.cols), terminal.latin_only ? "~" : "…"));
	}
}

static void hostile_text_stays_in_its_spot(void **state)
{
	(void)state;
	dice = 88172645463325252;
	for (int i = 0; i < 600; i++) {
		terminal.bidi = (enum bidi)(i % 4);
		terminal.mc_joins = i / 4 % 2;
		terminal.multiplexed = i / 8 % 2;
		terminal.latin_only = i / 16 % 4 == 0;
		paint_hostile();
	}
}

static void hostile_text_is_ascii_elsewhere(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C");
	terminal = (struct terminal){ .latin_only = true };
	dice = 123456789;
	for (int i = 0; i < 200; i++) {
		paint_hostile();
		for (int x = 0; x < COLUMNS; x++)
			assert_in_range(cell_at(0, x).chars[0], ' ', '~');
	}
}

/* Each of them by itself, on each kind of terminal. */
static void every_hostile_text_stays_in_its_spot(void **state)
{
	struct canvas c = whole();
	char text[HOSTILE_SIZE];

	(void)state;
	for (int i = 0; i < HOSTILE_TEXTS; i++) {
		terminal.bidi = (enum bidi)(i % 4);
		terminal.mc_joins = i / 4 % 2;
		terminal.latin_only = i % 3 == 0;
		fill();
		put_text(&c, (struct spot){ .y = 2, .x = 4, .cols = 30 }, hostile_text(i, text));
		assert_painted((struct rect){ 2, 4, 1, 30 });
	}
	report("hostile", "texts painted on a screen", HOSTILE_TEXTS, 0, NO_SEED);
}

static void every_name_takes_the_columns_it_is_said_to(void **state)
{
	struct canvas c = whole();

	(void)state;
	for (int mode = 0; mode < 8; mode++) {
		terminal.bidi = (enum bidi)(mode % 4);
		terminal.mc_joins = mode / 4;
		for (int i = 0; i < SCRIPTS; i++)
			for (int k = 0; scripts[i].names[k]; k++) {
				const char *name = scripts[i].names[k];
				int cols = shown_columns(name);

				fill();
				put_text(&c, (struct spot){ .y = 3, .x = 5, .cols = cols }, name);
				assert_painted((struct rect){ 3, 5, 1, cols });
				assert_null(strstr(row_part(3, 5, cols), "…"));
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(hostile_text_stays_in_its_spot, headless_usual),
		cmocka_unit_test_setup(every_hostile_text_stays_in_its_spot, headless_usual),
		cmocka_unit_test_setup(hostile_text_is_ascii_elsewhere, headless_usual),
		cmocka_unit_test_setup(every_name_takes_the_columns_it_is_said_to, headless_usual),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, headless_open, headless_close);
}
