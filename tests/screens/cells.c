/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/cells.h"

#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/terminal.h"
#include "tests/screens/scripts.h"

#include <cmocka.h>

#define BAD "\ufffd"
#define PLENTY INT_MAX

/* Every test begins with a terminal in UTF-8 that leaves the order to us. */
static int usual_terminal(void **state)
{
	(void)state;
	terminal = (struct terminal){ .utf8 = true, .blocks = true, .colours = true };
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

/* Cells with a dot behind each, so that one sees what shares one. */
static const char *cells_of(const char *text, int room)
{
	static char out[8192];
	struct cells cells;
	size_t len = 0;

	cells_make(text, room, &cells);
	for (size_t i = 0; i < cells.n; i++) {
		for (int k = 0; k < cells.at[i].n; k++)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%lc",
						(wint_t)cells.at[i].letters[k]);
		len += (size_t)snprintf(out + len, sizeof(out) - len, ".");
	}
	out[len] = '\0';
	if (cells.pinned)
		snprintf(out + len, sizeof(out) - len, "|");
	return out;
}

#define assert_cells(text, expected) assert_string_equal(cells_of(text, PLENTY), expected)
#define assert_cut(text, room, expected) assert_string_equal(cells_of(text, room), expected)

static void assert_sound(const struct cells *cells)
{
	int cols = 0;

	for (size_t i = 0; i < cells->n; i++) {
		const struct cell *cell = &cells->at[i];

		assert_in_range(cell->n, 1, CELL_LETTERS);
		assert_int_equal(cell->cols, wcwidth(cell->letters[0]));
		for (int k = 0; k < cell->n; k++)
			assert_true(cell->letters[k] >= L' ' &&
				    (cell->letters[k] < 0x7f || cell->letters[k] >= 0xa0));
		for (int k = 1; k < cell->n; k++)
			assert_true(wcwidth(cell->letters[k]) == 0 || terminal.mc_joins);
		cols += cell->cols;
	}
	assert_int_equal(cols, cells->cols);
}

/* In every room a text has: no more columns than there are, an ellipsis when
 * something is missing and else not. */
static void assert_fits_everywhere(const char *text)
{
	int all = cells_columns(text);

	for (int room = 0; room <= all + 2; room++) {
		struct cells cells;
		size_t ellipses = 0;

		cells_make(text, room, &cells);
		assert_sound(&cells);
		assert_true(cells.cols + cells.pinned <= room);
		for (size_t i = 0; i < cells.n; i++)
			ellipses += cells.at[i].letters[0] == cells_ellipsis();
		assert_int_equal(ellipses, room > 0 && room < all);
		if (room >= all)
			assert_int_equal(cells.cols + cells.pinned, all);
	}
}

static void names_fit_in_every_room(void **state)
{
	(void)state;
	for (int joins = 0; joins < 2; joins++)
		for (enum bidi bidi = BIDI_APP; bidi <= BIDI_WORDS; bidi++)
			for (int i = 0; i < SCRIPTS; i++) {
				terminal.mc_joins = joins;
				terminal.bidi = bidi;
				for (int k = 0; scripts[i].names[k]; k++)
					assert_fits_everywhere(scripts[i].names[k]);
			}
}

/* What xterm, VTE, PuTTY and the C library agree upon. */
static void columns_are_those_of_the_c_library(void **state)
{
	(void)state;
	for (int i = 0; i < SCRIPTS; i++)
		for (int k = 0; scripts[i].names[k]; k++) {
			int32_t letters[TEXT_LETTERS_MAX];
			size_t n = text_letters(scripts[i].names[k], letters);
			int cols = 0;

			for (size_t j = 0; j < n; j++)
				cols += wcwidth((wchar_t)letters[j]);
			if (!scripts[i].right_to_left)
				assert_int_equal(cells_columns(scripts[i].names[k]), cols);
		}
	assert_int_equal(cells_columns("प्रिया शर्मा"), 10);
	assert_int_equal(cells_columns("પટેલ આશા"), 7);
	assert_int_equal(cells_columns("王小明"), 6);
}

static void letters_that_belong_together_share_a_cell(void **state)
{
	(void)state;
	assert_cells("", "");
	assert_cells("Asha", "A.s.h.a.");
	assert_cells("પટેલ", "પ.ટે.લ.");
	assert_cells("क्षत्रिय", "क्.ष.त्.र.ि.य.");
	assert_cells("Zoe\u0308", "Z.o.\u00eb.");
	assert_cells("q\u0308y", "q\u0308.y.");
	assert_cells("王a", "王.a.");
}

static void spacing_signs_join_where_the_terminal_joins_them(void **state)
{
	(void)state;
	assert_cells("काकि", "क.ा.क.ि.");
	assert_int_equal(cells_columns("प्रिया शर्मा"), 10);
	terminal.mc_joins = true;
	assert_cells("काकि", "का.कि.");
	assert_int_equal(cells_columns("प्रिया शर्मा"), 7);
	assert_cut("काकि", 1, "….");
	assert_cells("ा", "◌ा.");
}

static void what_terminals_disagree_about_goes(void **state)
{
	(void)state;
	assert_cells("\u0958", "\u0958.");		/* a letter and its dot are one again */
	assert_cells("\u0915\u093c\u093e", "\u0958.\u093e.");
	assert_cells("\u09a1\u09bc", "\u09dc.");
	assert_cells("\u0a38\u0a3c", "\u0a36.");
	assert_cells("\u0b21\u0b3c", "\u0b5c.");
	assert_cells("\u0aab\u0abc", "\u0aab\u0abc.");	/* Gujarati has no such letter */
	assert_cells("\u2764\ufe0f", "\u2764.");
	assert_cells("\U0001f44d\U0001f3fd", "\U0001f44d.");
	assert_cells("\U0001f469\u200d\U0001f467", "\U0001f469.\U0001f467.");
	assert_cells("a\u200bb\ufeffc\u00ad\u2060d", "a.b.c.d.");
	assert_cells("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d.\u0937.");
	assert_cells("a\u200db", "a.b.");
	assert_cells("\u1112\u1161\u11ab", "\ud55c.");
}

static void nothing_drives_the_terminal(void **state)
{
	(void)state;
	assert_cells("a\033[31mb", "a." BAD ".[.3.1.m.b.");
	assert_cells("\xc2\x9b" "2J", BAD ".2.J.");
	assert_cells("\x9b" "2J", BAD ".2.J.");
	assert_cells("a\x01\x7f\b", "a." BAD "." BAD "." BAD ".");
	assert_cells("a\tb\nc\r", "a. .b. .c. .");
	assert_cells("abc\u202edef", "a.b.c.d.e.f.");
	assert_cells("\u2066a\u2069\u200f\u061c", "a.");
	assert_cells("\xc0\x9b", BAD "." BAD ".");			/* overlong */
	assert_cells("\xed\xa0\x80", BAD "." BAD "." BAD ".");	/* half of a pair */
	assert_cells("ab\xff\xe0\xa4", "a.b." BAD "." BAD "." BAD ".");
	assert_cells("\ue000\U0010ffff\u0378", BAD "." BAD "." BAD ".");
	assert_cells("\u2028", BAD ".");
}

static void marks_need_a_letter(void **state)
{
	char many[512] = "e";

	(void)state;
	assert_cells("\u0301abc", "◌\u0301.a.b.c.");
	assert_cells("\u0a3c", "◌\u0a3c.");
	assert_cells("ा", "ा.");		/* a cell of its own, where it has one */
	for (int i = 0; i < 200; i++)
		strcat(many, "\u0332");
	strcat(many, "x");
	assert_cells(many, "e\u0332\u0332\u0332\u0332.x.");
	assert_cut(many, 1, "….");
}

static void cuts_are_between_letters(void **state)
{
	(void)state;
	assert_cut("Patel Asha", 10, "P.a.t.e.l. .A.s.h.a.");
	assert_cut("Patel Asha", 9, "P.a.t.e.l. .A.s.….");
	assert_cut("Patel Asha", 1, "….");
	assert_cut("Patel Asha", 0, "");
	assert_cut("Patel Asha", -3, "");
	assert_cut("王小明", 5, "王.小.….");
	assert_cut("王小明", 4, "王.….");
	assert_cut("王小明", 2, "….");
	/* the letters of a conjunct stay together, as do a letter and its sign */
	assert_cut("क्षत्रिय", 5, "क्.ष.….");
	assert_cut("क्षत्रिय", 2, "….");
	assert_cut("काका", 3, "क.ा.….");
	assert_cut("काका", 2, "….");
}

static void endless_conjuncts_are_cut_too(void **state)
{
	char endless[1024] = "";

	(void)state;
	for (int i = 0; i < 100; i++)
		strcat(endless, "क्");
	assert_cut(endless, 12, "क्.क्.क्.क्.क्.क्.क्.क्.….");
}

static void long_texts_are_cut(void **state)
{
	char book[20000];

	(void)state;
	memset(book, 'x', sizeof(book) - 1);
	book[sizeof(book) - 1] = '\0';
	assert_cut(book, 4, "x.x.x.….");
	assert_int_equal(cells_columns(book), TEXT_LETTERS_MAX);
	for (size_t i = 0; i + 2 < sizeof(book); i += 2)
		memcpy(book + i, "\xcc\x81", 2);
	assert_int_equal(cells_columns(book), 1);
}

static void visual_order_is_ours(void **state)
{
	(void)state;
	for (enum bidi bidi = BIDI_APP; bidi <= BIDI_EXPLICIT; bidi++) {
		terminal.bidi = bidi;
		assert_cells("علی", "\ufbfd.\ufee0.\ufecb.");
		assert_cells("שלום a", "ם.ו.ל.ש. .a.");
		assert_cells("a שלום", "a. .ם.ו.ל.ש.");
		assert_cells("שלום 12", "ם.ו.ל.ש. .1.2.");
		assert_cells("(אב)", "(.ב.א.).");
		assert_cells("لا", "\ufefb.");
		assert_cells("יִצ", "צ.י\u05b4.");
		/* the end of the text is at the left, or where its last word is */
		assert_cut("אבגדה", 4, "….ג.ב.א.");
		assert_cut("Ab אבגדה", 6, "A.b. .ב.א.….");
		assert_cut("אב Patel", 6, "ב.א. .P.a.….");
		terminal.words_right_to_left = true;
		assert_cells("שלום 12", "1.2. .ם.ו.ל.ש.");
		assert_cells("שלום a", "a. .ם.ו.ל.ש.");
		assert_cut("אבגדהו Patel", 9, "….P. .ו.ה.ד.ג.ב.א.");
		/* what is shown of it does not decide */
		assert_cut("Ab אבגדה", 6, "….ב.א. .A.b.");
		terminal.words_right_to_left = false;
	}
}

static void words_are_put_in_order_for_terminals_that_join_letters(void **state)
{
	(void)state;
	terminal.bidi = BIDI_WORDS;
	assert_cells("محمد علی", "ع.ل.ی. .م.ح.م.د.");
	assert_cells("Patel شاه علی Ltd", "P.a.t.e.l. .ع.ل.ی. .ش.ا.ه. .L.t.d.");
	assert_cells("علی 98 240", "ع.ل.ی. .9.8. .2.4.0.");
	assert_cells("علی Asha Patel", "ع.ل.ی. .A.s.h.a. .P.a.t.e.l.");
	assert_cut("محمد علی خان", 8, "ع.ل.…. .م.ح.م.د.");
}

static void rows_are_pinned_for_terminals_that_order_them(void **state)
{
	(void)state;
	terminal.bidi = BIDI_TERMINAL;
	assert_true(cells_row_is_pinned());
	assert_cells("محمد", "م.ح.م.د.|");
	assert_int_equal(cells_columns("محمد"), 5);
	assert_cells("Asha", "A.s.h.a.");
	assert_cut("محمد", 4, "….م.ح.|");
	assert_cut("Ali محمد", 7, "A.l.i. .م.….|");
	assert_cut("محمد", 2, "….|");
	assert_cut("محمد", 1, "….");
	assert_cut("محمد", 0, "");
}

/* What is around tmux may order rows; the letters are ours all the same. */
static void rows_are_pinned_inside_a_multiplexer(void **state)
{
	(void)state;
	assert_false(cells_row_is_pinned());
	terminal.multiplexed = true;
	assert_true(cells_row_is_pinned());
	assert_cells("علی", "\ufbfd.\ufee0.\ufecb.|");
	assert_cells("Asha", "A.s.h.a.");
}

static void consoles_get_latin_letters(void **state)
{
	(void)state;
	terminal.latin_only = true;
	assert_cells("પટેલ", "P.a.t.e.l.");
	assert_cells("José", "J.o.s.é.");
	assert_cells("علی", "A.l.i.");
	assert_cells("₹12", "R.s. .1.2.");
	assert_cut("શાહ હાર્દિક", 6, "S.h.a.h. .~.");
	assert_cells("a\033[31m", "a.?.[.3.1.m.");
	terminal.bidi = BIDI_TERMINAL;
	assert_false(cells_row_is_pinned());
}

static void other_locales_get_ascii(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C"));
	terminal = (struct terminal){ .latin_only = true };
	assert_cells("José Núñez", "J.o.s.e. .N.u.n.e.z.");
	assert_cells("પટેલ આશા", "P.a.t.e.l. .A.s.h.a.");
	assert_cells("5 €", "5. .E.U.R.");
	assert_cells("\x9b\033\u202e王", "?.?.?.");
	for (int i = 0; i < SCRIPTS; i++)
		for (int k = 0; scripts[i].names[k]; k++) {
			const char *shown = cells_of(scripts[i].names[k], PLENTY);

			for (; *shown; shown++)
				assert_in_range(*shown, ' ', '~');
			assert_fits_everywhere(scripts[i].names[k]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names_fit_in_every_room, usual_terminal),
		cmocka_unit_test_setup(columns_are_those_of_the_c_library, usual_terminal),
		cmocka_unit_test_setup(letters_that_belong_together_share_a_cell, usual_terminal),
		cmocka_unit_test_setup(spacing_signs_join_where_the_terminal_joins_them,
				       usual_terminal),
		cmocka_unit_test_setup(what_terminals_disagree_about_goes, usual_terminal),
		cmocka_unit_test_setup(nothing_drives_the_terminal, usual_terminal),
		cmocka_unit_test_setup(marks_need_a_letter, usual_terminal),
		cmocka_unit_test_setup(cuts_are_between_letters, usual_terminal),
		cmocka_unit_test_setup(endless_conjuncts_are_cut_too, usual_terminal),
		cmocka_unit_test_setup(long_texts_are_cut, usual_terminal),
		cmocka_unit_test_setup(visual_order_is_ours, usual_terminal),
		cmocka_unit_test_setup(words_are_put_in_order_for_terminals_that_join_letters,
				       usual_terminal),
		cmocka_unit_test_setup(rows_are_pinned_for_terminals_that_order_them,
				       usual_terminal),
		cmocka_unit_test_setup(rows_are_pinned_inside_a_multiplexer, usual_terminal),
		cmocka_unit_test_setup(consoles_get_latin_letters, usual_terminal),
		cmocka_unit_test_setup(other_locales_get_ascii, usual_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
