/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_latin(const char *text, enum text_latin how, const char *expected)
{
	char out[256];

	text_latin(text, how, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void assert_both(const char *text, const char *expected)
{
	assert_latin(text, TEXT_ACCENTS, expected);
	assert_latin(text, TEXT_ASCII, expected);
}

static void names_are_spelled_with_capitals(void **state)
{
	(void)state;
	assert_both("પટેલ આશા", "Patel Asha");
	assert_both("ज़ाकिर", "Zakir");
	assert_both("علی خان", "Ali Khan");
	assert_both("Գրիգորյան Երևան", "Grigoryan Yerevan");
	assert_both("Иванов ИВАН иван", "Ivanov IVAN ivan");
	assert_both("Patel પટેલ (Chai)", "Patel Patel (Chai)");
}

/* Rules alone say "Mahmad", "Yusaf", "Malak" and "Sid". */
static void common_names_are_spelled_as_people_do(void **state)
{
	(void)state;
	assert_both("محمد یوسف ملک", "Muhammad Yusuf Malik");
	assert_both("سید احمد حسین", "Syed Ahmed Hussain");
	assert_both("فاطمہ بی بی", "Fatima Bibi");
	assert_both("زینب بیگم، عمران", "Zainab Begum, Imran");
	assert_both("عائشہ", "Ayesha");
	/* however the keyboard writes it */
	assert_both("يوسف مُحَمَّد", "Yusuf Muhammad");
	/* between words that have no usual spelling, and not inside one */
	assert_both("نور محمد نور", "Nur Muhammad Nur");
	assert_both("محمدی", "Mahmadi");
	/* spoken as one word with the article */
	assert_both("عبد اللہ", "Abdullah");
	assert_both("نور الدین", "Nuruddin");
	assert_both("کریم اللہ", "Karimullah");
}

static void plain_text_stays(void **state)
{
	(void)state;
	assert_both("", "");
	assert_both("O'Brien, A-12: 50.00 %", "O'Brien, A-12: 50.00 %");
}

static void accents_stay_where_they_can_be_shown(void **state)
{
	(void)state;
	assert_latin("José Łukasz ÉCOLE", TEXT_ACCENTS, "José Łukasz ÉCOLE");
	assert_latin("José Łukasz ÉCOLE", TEXT_ASCII, "Jose Lukasz ECOLE");
	assert_latin("Straße Øystein İbrahim", TEXT_ASCII, "Strasse Oystein Ibrahim");
	assert_both("Nguyễn Hương", "Nguyen Huong");
	assert_both("q\u0308", "q");
}

static void signs_become_plain_ones(void **state)
{
	(void)state;
	assert_both("₹૧,૨૫૦.૫૦", "Rs 1,250.50");
	assert_both("₨5 ֏900 ₹", "Rs 5 AMD 900 Rs");
	assert_both("5 €", "5 EUR");
	assert_both("“tea” – ‘chai’…", "\"tea\" - 'chai'...");
	assert_both("ચા • दूध।", "Cha * Dudh.");
	assert_both("Ինչո՞ւ, այո՛", "Inchu, ayo");
	assert_latin("½ × £3", TEXT_ASCII, "1/2 x GBP 3");
}

static void what_has_no_spelling_is_asked_about(void **state)
{
	(void)state;
	assert_both("王小明", "???");
	assert_both("שרה", "???");
	assert_both("a\033[31m\xff", "a?[31m?");
	assert_both("\u202e\u200b", "");
}

static void the_copy_is_cut_to_size(void **state)
{
	char out[6];

	(void)state;
	text_latin("પટેલ આશા", TEXT_ASCII, out, sizeof(out));
	assert_string_equal(out, "Patel");
	text_latin("abcé", TEXT_ACCENTS, out, 5);
	assert_string_equal(out, "abc");
	out[0] = 'x';
	text_latin("abc", TEXT_ASCII, out, 0);
	assert_int_equal(out[0], 'x');
	text_latin("abc", TEXT_ASCII, out, 1);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_spelled_with_capitals),
		cmocka_unit_test(common_names_are_spelled_as_people_do),
		cmocka_unit_test(plain_text_stays),
		cmocka_unit_test(accents_stay_where_they_can_be_shown),
		cmocka_unit_test(signs_become_plain_ones),
		cmocka_unit_test(what_has_no_spelling_is_asked_about),
		cmocka_unit_test(the_copy_is_cut_to_size),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
