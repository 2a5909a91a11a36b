/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/bidi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "screens/terminal.h"

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

	n = bidi_visual(letters, n, bidi_is_right(letters, n));
	assert_letters(letters, n, expected);
}

static void assert_words(const char *text, const char *expected)
{
	int32_t letters[TEXT_LETTERS_MAX];
	size_t n = read_text(text, letters);

	bidi_words(letters, n, bidi_is_right(letters, n));
	assert_letters(letters, n, expected);
}

static bool needed(const char *text)
{
	int32_t letters[TEXT_LETTERS_MAX];

	return bidi_is_needed(letters, read_text(text, letters));
}

static bool is_right(const char *text)
{
	int32_t letters[TEXT_LETTERS_MAX];

	return bidi_is_right(letters, read_text(text, letters));
}

static int in_urdu(void **state)
{
	(void)state;
	terminal.words_right_to_left = true;
	return 0;
}

static int in_english(void **state)
{
	(void)state;
	terminal.words_right_to_left = false;
	return 0;
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

static void only_names_are_read_from_the_right_in_english(void **state)
{
	(void)state;
	assert_true(is_right("علی"));
	assert_true(is_right("محمد علی (خان)"));
	assert_false(is_right("علی Patel"));
	assert_false(is_right("علی 98240"));
	assert_false(is_right("12 ?"));
	assert_false(is_right(""));
}

static void most_letters_decide_in_urdu(void **state)
{
	(void)state;
	assert_true(is_right("علی"));
	assert_true(is_right("علی 98240"));
	assert_true(is_right("Tea card: 10 میں سے 9 مہریں"));
	assert_false(is_right("Patel علی"));
	assert_false(is_right("12 ?"));
	assert_false(is_right(""));
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

/* Parts of a row in an English shop stay where they are. */
static void english_goes_on_to_the_right_of_a_name(void **state)
{
	(void)state;
	assert_visual("אב 123 45", "בא 123 45");
	assert_visual("אב  98240 12345  ₹38", "בא  98240 12345  ₹38");
	assert_visual("(אב)", "(בא)");
	assert_visual("Patel אב 12", "Patel בא 12");
	assert_visual("אב Patel", "בא Patel");
	assert_visual("אב גד, ab", "דג בא, ab");
	assert_words("علی خان 98 240", "خان علی 98 240");
}

static void urdu_is_read_from_the_right(void **state)
{
	(void)state;
	assert_visual("אב 123", "123 בא");
	assert_visual("Ab: 10 אבג", "גבא Ab: 10");
	assert_visual("Patel אב 12", "Patel 12 בא");
	assert_visual("אבג Ab 12", "Ab 12 גבא");
	assert_words("علی 98 240", "240 98 علی");
}

/* Arabic letters give figures after them a direction of their own. */
static void signs_stay_with_what_they_touch(void **state)
{
	(void)state;
	assert_words("علی ^E (F4)", "^E (F4) علی");
	assert_words("علی @18375", "@18375 علی");
	assert_visual("ااا ^E (F4)", "^E (F4) \ufe8d\ufe8d\ufe8d");
	assert_visual("ا @18375", "@18375 \ufe8d");
	assert_visual("ا ₹38.50 ا", "\ufe8d ₹38.50 \ufe8d");
	assert_visual("ا 38₹ ا", "\ufe8d 38₹ \ufe8d");
	assert_visual("ا +1 ا", "\ufe8d +1 \ufe8d");
	assert_visual("ا -1,250 ا", "\ufe8d -1,250 \ufe8d");
	assert_visual("ا 28/07/2026 ا", "\ufe8d 28/07/2026 \ufe8d");
	assert_visual("ا #A-12 ا", "\ufe8d #A-12 \ufe8d");
	assert_visual("ا 5% ا", "\ufe8d 5% \ufe8d");
	assert_visual("ا 10:30 ا", "\ufe8d 10:30 \ufe8d");
	assert_visual("ا +91 98240 00512 ا", "\ufe8d +91 98240 00512 \ufe8d");
	/* a sign that touches nothing goes with the letters */
	assert_visual("ا - ا + ا", "\ufe8d + \ufe8d - \ufe8d");
}

static void words_alone_keep_their_letters(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words("علی", "علی");
	assert_words("محمد علی", "علی محمد");
	assert_words("شاہ محمد علی Ltd", "علی محمد شاہ Ltd");
	assert_words("Tea شاہ محمد 12 cups", "Tea محمد شاہ 12 cups");
	assert_words(" علی  خان", "خان  علی ");
}

/* The longest text there is, and one level in another as deep as it goes. */
static void any_length_is_taken(void **state)
{
	int32_t letters[TEXT_LETTERS_MAX];

	(void)state;
	for (size_t i = 0; i < TEXT_LETTERS_MAX; i++)
		letters[i] = i % 3 ? 0x5d0 : i % 2 ? ' ' : '(';
	bidi_words(letters, TEXT_LETTERS_MAX, true);
	assert_int_equal(bidi_visual(letters, TEXT_LETTERS_MAX, true), TEXT_LETTERS_MAX);
}

#define IN_URDU(test) cmocka_unit_test_setup_teardown(test, in_urdu, in_english)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_text_needs_nothing),
		cmocka_unit_test(only_names_are_read_from_the_right_in_english),
		IN_URDU(most_letters_decide_in_urdu),
		cmocka_unit_test(letters_are_joined_and_turned),
		cmocka_unit_test(lam_and_alef_are_one_letter),
		cmocka_unit_test(joiners_do_their_work_and_go),
		cmocka_unit_test(english_goes_on_to_the_right_of_a_name),
		IN_URDU(urdu_is_read_from_the_right),
		IN_URDU(signs_stay_with_what_they_touch),
		cmocka_unit_test(words_alone_keep_their_letters),
		cmocka_unit_test(any_length_is_taken),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
