/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BAD 0xfffd

static void assert_letters(const char *text, const int32_t *expected)
{
	int32_t letters[TEXT_LETTERS_MAX];
	size_t n = text_letters(text, letters), wanted = 0;

	while (expected[wanted])
		wanted++;
	assert_int_equal(n, wanted);
	assert_memory_equal(letters, expected, n * sizeof(*expected));
}
#define LETTERS(...) (const int32_t[]){ __VA_ARGS__, 0 }

static void letters_are_composed(void **state)
{
	(void)state;
	assert_letters("", (const int32_t[]){ 0 });
	assert_letters("Zoe\u0308", LETTERS('Z', 'o', 0xeb));
	assert_letters("\u1112\u1161\u11ab", LETTERS(0xd55c));
	assert_letters("\u09c7\u09be", LETTERS(0x9cb));
	assert_letters("a\tb\r\nc", LETTERS('a', ' ', 'b', ' ', ' ', 'c'));
}

static void a_dot_below_is_part_of_its_letter(void **state)
{
	(void)state;
	assert_letters("\u092b\u093c\u093e", LETTERS(0x95e, 0x93e));
	assert_letters("\u0958", LETTERS(0x958));
	assert_letters("\u09af\u09bc", LETTERS(0x9df));
	assert_letters("\u0a32\u0a3c", LETTERS(0xa33));
	assert_letters("\u0aaf\u0abc", LETTERS(0xaaf, 0xabc));
	assert_letters("\u093c", LETTERS(0x93c));
}

static void what_cannot_be_seen_goes(void **state)
{
	(void)state;
	assert_letters("a\ufe0f\U000e0100\u180b", LETTERS('a'));
	assert_letters("\U0001f44d\U0001f3fd", LETTERS(0x1f44d));
	assert_letters("\U0001f469\u200d\U0001f467", LETTERS(0x1f469, 0x1f467));
	assert_letters("\u200da\u034f\u200b\ufeff\u202e", LETTERS('a'));
	assert_letters("\u0915\u094d\u200d\u0937", LETTERS(0x915, 0x94d, 0x200d, 0x937));
	assert_letters("\u06cc\u200c\u062e", LETTERS(0x6cc, 0x200c, 0x62e));
}

static void what_drives_terminals_is_replaced(void **state)
{
	(void)state;
	assert_letters("\033[m", LETTERS(BAD, '[', 'm'));
	assert_letters("\xc2\x9b", LETTERS(BAD));
	assert_letters("\x7f\x01", LETTERS(BAD, BAD));
	assert_letters("\xc0\x9b", LETTERS(BAD, BAD));
	assert_letters("\ue000\u0378", LETTERS(BAD, BAD));
}

static void no_more_letters_than_there_is_room_for(void **state)
{
	int32_t letters[TEXT_LETTERS_MAX];
	char text[9001] = "";

	(void)state;
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "\u1f82", 3);	/* comes apart into four */
	assert_int_equal(text_letters(text, letters), TEXT_LETTERS_MAX);
	assert_int_equal(letters[TEXT_LETTERS_MAX - 1], 0x1f82);
}

static void assert_clusters(const char *text, const char *expected)
{
	char parted[128] = "";

	for (size_t n; (n = text_cluster(text)); text += n) {
		strncat(parted, text, n);
		strcat(parted, ".");
	}
	assert_string_equal(parted, expected);
}

static void clusters_are_what_a_person_sees_as_one(void **state)
{
	(void)state;
	assert_clusters("", "");
	assert_clusters("ab", "a.b.");
	assert_clusters("પટેલ", "પ.ટે.લ.");
	assert_clusters("क्षत्रिय", "क्ष.त्रि.य.");
	assert_clusters("e\u0301\u0302x", "e\u0301\u0302.x.");
	assert_clusters("\U0001f469\u200d\U0001f467!", "\U0001f469\u200d\U0001f467.!.");
	assert_clusters("\xff" "a", "\xff.a.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_composed),
		cmocka_unit_test(a_dot_below_is_part_of_its_letter),
		cmocka_unit_test(what_cannot_be_seen_goes),
		cmocka_unit_test(what_drives_terminals_is_replaced),
		cmocka_unit_test(no_more_letters_than_there_is_room_for),
		cmocka_unit_test(clusters_are_what_a_person_sees_as_one),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
