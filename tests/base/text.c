/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ZWNJ "\u200c"
#define ZWJ "\u200d"
#define BAD "\ufffd"

static void assert_clean(const char *in, const char *expected)
{
	char out[256];

	assert_int_equal(text_clean(in, strlen(in), out, sizeof(out)), ST_OK);
	assert_string_equal(out, expected);
	assert_true(text_is_clean(out));
	assert_int_equal(text_is_clean(in), !strcmp(in, expected));
}

static void clean_tidies_white_space(void **state)
{
	(void)state;
	assert_clean("Asha Patel", "Asha Patel");
	assert_clean("  Asha \t\r\n Patel ", "Asha Patel");
	assert_clean("", "");
	assert_clean(" \n ", "");
	assert_clean("\u00a0Asha\u2003\u3000Patel\u2028", "Asha Patel");
	assert_clean("\xc2\x85Zo\u00eb \xc2\x85", "Zo\u00eb");
}

static void clean_composes(void **state)
{
	(void)state;
	assert_clean("Zoe\u0308", "Zo\u00eb");
	assert_clean("\u212b", "\u00c5");
	assert_clean("\u0958", "\u0915\u093c");	/* qa: NFC takes it apart */
	assert_clean("\u09c7\u09be", "\u09cb");	/* Bengali o from its halves */
	assert_clean("\u1112\u1161\u11ab", "\ud55c");
}

static void clean_keeps_joiners_where_they_work(void **state)
{
	(void)state;
	assert_clean("\u0915\u094d" ZWJ "\u0937", "\u0915\u094d" ZWJ "\u0937");
	assert_clean("\u0645\u06cc" ZWNJ "\u062e", "\u0645\u06cc" ZWNJ "\u062e");
	/* Malayalam of before 2008 ends words in virama and ZWJ. */
	assert_clean("\u0d28\u0d4d" ZWJ, "\u0d28\u0d4d" ZWJ);
	assert_clean("ad" ZWNJ "min", "admin");
	assert_clean(ZWJ "\u0915" ZWNJ, "\u0915");
	assert_clean("\u0915\u094d" ZWJ ZWJ "\u0937", "\u0915\u094d" ZWJ "\u0937");
	assert_clean("\u0915 " ZWJ "\u0937", "\u0915 \u0937");
}

static void assert_refused(const char *in, size_t len, const char *part)
{
	char out[64] = "before";

	assert_int_equal(text_clean(in, len, out, sizeof(out)), ST_INVALID);
	assert_string_equal(out, "");
	assert_non_null(strstr(status_text(), part));
}

static void clean_refuses_what_may_not_be_kept(void **state)
{
	(void)state;
	assert_refused("ab\033[2J", 6, "character 3 of the text is U+001B");
	assert_refused("a\0b", 3, "character 2 of the text is U+0000");
	assert_refused("a\177", 2, "U+007F");
	assert_refused("\u0906\u202e", 6, "character 2 of the text is U+202E");
	assert_refused("\u2066a", 4, "U+2066");
	assert_refused("\u200ea", 4, "U+200E");
	assert_refused("\ufeffa", 4, "character 1 of the text is U+FEFF");
	assert_refused("\xc2\x9bm", 3, "U+009B");
	assert_refused("\ue000", 3, "U+E000");
	assert_refused("\uffff", 3, "U+FFFF");
	assert_refused("\u0378", 2, "U+0378");
	assert_refused("\U000f0000", 4, "U+F0000");
	assert_refused("\u200b", 3, "U+200B");
	assert_false(text_is_clean("a\033"));
	assert_false(text_is_clean("\u202e\u0906"));
}

static void clean_refuses_bad_bytes(void **state)
{
	(void)state;
	assert_refused("Jos\xe9", 4, "byte 4 of the text is not UTF-8");
	assert_refused("\xc0\x80", 2, "byte 1");
	assert_refused("\u0906\xed\xa0\x80", 6, "byte 4");
	assert_refused("a\xf5\x80\x80\x80", 5, "byte 2");
	assert_refused("\xe0\xa4", 2, "byte 1");	/* cut off */
	assert_false(text_is_clean("\xff"));
}

static void clean_reads_no_further_than_told(void **state)
{
	char out[8];

	(void)state;
	assert_int_equal(text_clean("Asha\xff", 4, out, sizeof(out)), ST_OK);
	assert_string_equal(out, "Asha");
}

static void clean_says_when_it_does_not_fit(void **state)
{
	static const char name[] = "\u0a86\u0ab6\u0abe";	/* nine bytes */
	size_t many = 200000;
	char out[16], *marks;

	(void)state;
	assert_int_equal(text_clean("Asha", 4, out, 5), ST_OK);
	assert_int_equal(text_clean("Asha", 4, out, 4), ST_FULL);
	assert_non_null(strstr(status_text(), "longer than 3 bytes"));
	assert_int_equal(text_clean("Asha  ", 6, out, 5), ST_OK);
	assert_int_equal(text_clean("A  B", 4, out, 3), ST_FULL);
	assert_int_equal(text_clean("", 0, out, 1), ST_OK);
	assert_int_equal(text_clean(name, 9, out, 10), ST_OK);
	assert_int_equal(text_clean(name, 9, out, 9), ST_FULL);
	assert_string_equal(out, "");
	/* What composing makes short enough fits. */
	assert_int_equal(text_clean("e\u0308", 3, out, 3), ST_OK);
	/* Sorting all these marks would take minutes. */
	marks = malloc(4 * many);
	for (size_t i = 0; i < many; i++)
		memcpy(marks + 4 * i, "\u0301\u0323", 4);
	assert_int_equal(text_clean(marks, 4 * many, out, sizeof(out)), ST_FULL);
	free(marks);
}

static void assert_printable(const char *in, const char *expected)
{
	char out[64];

	text_printable(in, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void printable_cannot_drive_a_terminal(void **state)
{
	(void)state;
	assert_printable("Asha \u0a86", "Asha \u0a86");
	assert_printable("\033]0;x\a", BAD "]0;x" BAD);
	assert_printable("a\tb\nc\177", "a" BAD "b" BAD "c" BAD);
	assert_printable("\xc2\x9b" "31m", BAD "31m");
	assert_printable("\x9b" "31m\xff", BAD "31m" BAD);
	assert_printable("\xe0\xa4", BAD BAD);
	assert_printable("a\u202e\u200f\u2066\u061cb\u00ad\ufeff", "ab");
	assert_printable("\ue000\u0378\u2028", BAD BAD BAD);
	assert_printable("\u0915\u094d" ZWJ "\u0937", "\u0915\u094d" ZWJ "\u0937");
}

static void printable_is_cut_at_a_character(void **state)
{
	char out[8];

	(void)state;
	text_printable("ab\u0906c", out, 5);
	assert_string_equal(out, "ab");
	text_printable("ab\u0906c", out, 6);
	assert_string_equal(out, "ab\u0906");
	text_printable("abc", out, 1);
	assert_string_equal(out, "");
	strcpy(out, "kept");
	text_printable("abc", out, 0);
	assert_string_equal(out, "kept");
}

static void cut_leaves_clusters_whole(void **state)
{
	(void)state;
	assert_int_equal(text_cut("Asha", 10), 4);
	assert_int_equal(text_cut("Asha", 4), 4);
	assert_int_equal(text_cut("Asha", 3), 3);
	assert_int_equal(text_cut("Asha", 0), 0);
	assert_int_equal(text_cut("", 0), 0);
	assert_int_equal(text_cut("Asha", SIZE_MAX), 4);
	assert_int_equal(text_cut("ae\u0308", 2), 1);
	assert_int_equal(text_cut("ae\u0308", 4), 4);
	/* ki is one cluster, and so is ksha */
	assert_int_equal(text_cut("\u0915\u093f\u0915", 8), 6);
	assert_int_equal(text_cut("\u0915\u093f\u0915", 5), 0);
	assert_int_equal(text_cut("\u0a95\u0acd\u0ab7\u0ab7", 8), 0);
	assert_int_equal(text_cut("\u0a95\u0acd\u0ab7\u0ab7", 11), 9);
	/* a flag is two letters */
	assert_int_equal(text_cut("\U0001f1ee\U0001f1f3\U0001f1ee\U0001f1f3", 15), 8);
	assert_int_equal(text_cut("\xff\xff\xff", 2), 2);
}

static void columns_are_those_of_the_terminal(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	assert_int_equal(text_columns("Asha"), 4);
	assert_int_equal(text_columns("\u738b\u5c0f"), 4);
	assert_int_equal(text_columns("e\u0308"), 1);
	assert_int_equal(text_columns("a\033\xff" "b"), 2);
	assert_int_equal(text_columns(""), 0);
}

static void distance_counts_edits(void **state)
{
	char longer[66];

	(void)state;
	assert_int_equal(text_distance("sale", "sale", 2), 0);
	assert_int_equal(text_distance("sale", "sales", 2), 1);
	assert_int_equal(text_distance("slae", "sale", 2), 1);
	assert_int_equal(text_distance("customr", "customer", 2), 1);
	assert_int_equal(text_distance("", "ab", 2), 2);
	assert_int_equal(text_distance("kitten", "sitting", 5), 3);
	assert_int_equal(text_distance("report", "verify", 2), 3);
	memset(longer, 'a', 65);
	longer[65] = '\0';
	assert_int_equal(text_distance(longer, longer, 2), 3);
	assert_int_equal(text_distance(longer + 1, longer + 1, 2), 0);
}

static bool is_utf8(const char *text)
{
	return mbstowcs(NULL, text, 0) != (size_t)-1;
}

/* Bytes and characters of all kinds, some of them right. */
static void make_noise(char *noise, size_t size)
{
	size_t len = 0;

	while (len + MB_LEN_MAX + 1 < size && rand() % 40) {
		int c = rand() % (rand() % 8 ? 0x3000 : 0x110000), n;

		if (rand() % 10 == 0)
			noise[len++] = (char)(1 + rand() % 255);
		n = wctomb(noise + len, c ? c : 1);
		if (n > 0)
			len += (size_t)n;
	}
	noise[len] = '\0';
}

static void noise_does_no_harm(void **state)
{
	char noise[256], *out, again[256];
	int kept = 0;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	srand(7);
	for (int i = 0; i < 100000; i++) {
		size_t size = 1 + (size_t)rand() % 200, cut;

		make_noise(noise, sizeof(noise));
		out = malloc(size);	/* of the exact size, for ASan */
		if (text_clean(noise, strlen(noise), out, size) == ST_OK) {
			kept++;
			assert_true(is_utf8(out) && strlen(out) < size);
			assert_true(text_is_clean(out));
			assert_int_equal(text_clean(out, strlen(out), again, size), ST_OK);
			assert_string_equal(out, again);
		}
		text_printable(noise, out, size);
		assert_true(is_utf8(out) && strlen(out) < size);
		cut = text_cut(noise, size);
		assert_true(cut <= size && cut <= strlen(noise));
		assert_true(text_columns(noise) >= 0);
		free(out);
	}
	assert_true(kept > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_tidies_white_space),
		cmocka_unit_test(clean_composes),
		cmocka_unit_test(clean_keeps_joiners_where_they_work),
		cmocka_unit_test(clean_refuses_what_may_not_be_kept),
		cmocka_unit_test(clean_refuses_bad_bytes),
		cmocka_unit_test(clean_reads_no_further_than_told),
		cmocka_unit_test(clean_says_when_it_does_not_fit),
		cmocka_unit_test(printable_cannot_drive_a_terminal),
		cmocka_unit_test(printable_is_cut_at_a_character),
		cmocka_unit_test(cut_leaves_clusters_whole),
		cmocka_unit_test(columns_are_those_of_the_terminal),
		cmocka_unit_test(distance_counts_edits),
		cmocka_unit_test(noise_does_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
