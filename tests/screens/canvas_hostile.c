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

static const char *const nasty[] = {
	"\033[2J", "\033]0;evil\a", "\033[?1049l", "\xc2\x9b" "31m", "\x9b" "6n",
	"\033P>|\033\\", "\r\n", "\b\b\b\b", "\t", "\x0e\x0f", "\x7f", "\x01\x02\x1a",
	"\u202eabc", "\u2066\u2069", "\u200f\u200e\u061c", "\xc0\x80", "\xc0\x9b",
	"\xe0\x80\x9b", "\xf0\x80\x80\x9b", "\xff\xfe", "\xed\xa0\x80\xed\xb0\x80",
	"\xf4\x90\x80\x80", "\xe0\xa4", "\xf0\x9f\x91", "\u0301",
	"\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "\u20dd", "\u0489", "\u093e",
	"\u094d\u200d", "\u1161\u11ab", "\u3164", "\u115f", "\ufeff\u200b\u2060",
	"\u00ad", "\ue000\uf8ff", "\U0001f469\u200d\U0001f469\u200d\U0001f467",
	"\U0001f44b\U0001f3ff", "\U0001f1ee", "\u2764\ufe0f\u200d\U0001f525",
	"\U000e0067\U000e007f", "\U0010ffff", "\ufffe", "\u0600", "王小明", "한글", "ﷺ", "﷽",
	"\u0644\u0627", "علی", "שלום", "१२३", "क्षत्रिय", "㍿", "\u2028\u2029",
	"ก็็็็็็็็็็", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334", "a",
	"   ", "(", "]",
};

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
			strcat(out, nasty[throw_dice(sizeof(nasty) / sizeof(*nasty))]);
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
		cmocka_unit_test_setup(hostile_text_is_ascii_elsewhere, headless_usual),
		cmocka_unit_test_setup(every_name_takes_the_columns_it_is_said_to, headless_usual),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, headless_open, headless_close);
}
