/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/bidi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#include <cmocka.h>

static size_t read_text(const char *text, int32_t letters[TEXT_LETTERS_MAX])
{
	return text_letters(text, letters);
}

static void assert_letters(const int32_t *letters, size_t n, const char *expected)
{
	int32_t wanted[TEXT_LETTERS_MAX];

	assert_int_equal(n, read_text(expected, wanted));
	assert_memory_equal(letters, wanted, n * sizeof(*wanted));
}

static void assert_visual(const char *text, const char *expected)
{
	int32_t letters[TEXT_LETTERS_MAX];
	size_t n = read_text(text, letters);

	n = bidi_visual(letters, n);
	assert_letters(letters, n, expected);
}

static void assert_words(const char *text, const char *expected)
{
	int32_t letters[TEXT_LETTERS_MAX];
	size_t n = read_text(text, letters);

	bidi_words(letters, n);
	assert_letters(letters, n, expected);
}

static bool needed(const char *text)
{
	int32_t letters[TEXT_LETTERS_MAX];

	return bidi_is_needed(letters, read_text(text, letters));
}

static bool begins_right(const char *text)
{
	int32_t letters[TEXT_LETTERS_MAX];

	return bidi_begins_right(letters, read_text(text, letters));
}

static void most_text_needs_nothing(void **state)
{
	(void)state;
	assert_false(needed(""));
	assert_false(needed("Patel Asha 98240 12345"));
	assert_false(needed("પટેલ आशा Գրիգորյան"));
	assert_false(needed("۱۲۳"));
	assert_true(needed("Patel علی"));
	assert_true(needed("שרה"));
	/* these digits turn the words between them around */
	assert_true(needed("٢ ٣"));
}

static void the_first_letter_says_which_way(void **state)
{
	(void)state;
	assert_true(begins_right("علی Patel"));
	assert_true(begins_right("1. (علی)"));
	assert_false(begins_right("Patel علی"));
	assert_false(begins_right("12 ?"));
	assert_false(begins_right(""));
}

static void letters_are_joined_and_turned(void **state)
{
	(void)state;
	assert_visual("", "");
	assert_visual("Asha", "Asha");
	assert_visual("علی", "\ufbfd\ufee0\ufecb");
	/* every letter of Urdu's own has its joined form */
	assert_visual("بھٹو", "\ufeee\ufb69\ufbad\ufe91");
	assert_visual("گڑیا", "\ufe8e\ufbfe\ufb8d\ufb94");
	assert_visual("چوہ", "\ufba6\ufeee\ufb7c");
	assert_visual("ڈار", "\ufead\ufe8d\ufb88");
	/* marks stay behind the letter they stand on */
	assert_visual("بَب", "\ufe90\ufe91\u064e");
}

static void lam_and_alef_are_one_letter(void **state)
{
	(void)state;
	assert_visual("لا", "\ufefb");
	assert_visual("علا", "\ufefc\ufecb");
}

static void joiners_do_their_work_and_go(void **state)
{
	(void)state;
	assert_visual("ب\u200cب", "\ufe8f\ufe8f");
	assert_visual("بب", "\ufe90\ufe91");
	assert_visual("ب\u200d", "\ufe91");
}

static void figures_and_brackets_are_read_from_the_left(void **state)
{
	(void)state;
	assert_visual("אב 123", "123 בא");
	assert_visual("(אב)", "(בא)");
	assert_visual("Patel אב 12", "Patel 12 בא");
	assert_visual("אב Patel", "Patel בא");
}

static void words_alone_keep_their_letters(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words("علی", "علی");
	assert_words("محمد علی", "علی محمد");
	assert_words("شاہ محمد علی Ltd", "Ltd علی محمد شاہ");
	assert_words("Tea شاہ محمد 12 cups", "Tea 12 محمد شاہ cups");
	assert_words(" علی  خان", "خان  علی ");
}

/* The longest text there is, and one level in another as deep as it goes. */
static void any_length_is_taken(void **state)
{
	int32_t letters[TEXT_LETTERS_MAX];

	(void)state;
	for (size_t i = 0; i < TEXT_LETTERS_MAX; i++)
		letters[i] = i % 3 ? 0x5d0 : i % 2 ? ' ' : '(';
	bidi_words(letters, TEXT_LETTERS_MAX);
	assert_int_equal(bidi_visual(letters, TEXT_LETTERS_MAX), TEXT_LETTERS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_text_needs_nothing),
		cmocka_unit_test(the_first_letter_says_which_way),
		cmocka_unit_test(letters_are_joined_and_turned),
		cmocka_unit_test(lam_and_alef_are_one_letter),
		cmocka_unit_test(joiners_do_their_work_and_go),
		cmocka_unit_test(figures_and_brackets_are_read_from_the_left),
		cmocka_unit_test(words_alone_keep_their_letters),
		cmocka_unit_test(any_length_is_taken),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
